"""Goes through a notebook's slides as jupyterlab-slideshow shows them, with live controls."""

import contextlib
from types import MappingProxyType

import nbformat

from tests.browser.controls import act_in_game, do_and_wait, move_slider
from tools.slides.check import SIZE, too_small
from tools.stage.pieces import OUTPUT_ONLY

STAGE = dict(zip(("width", "height"), SIZE, strict=True))
START = "async () => { await window.jupyterapp.commands.execute('deck:start'); }"
STOP = "async () => { await window.jupyterapp.commands.execute('deck:stop'); }"
BEGINS = ("slide", "subslide")
ON_SCREEN = ".jp-deck-mod-onscreen"
LEAST_IN_PICTURES = 10.2  # pixels: 8 points in a figure that a slide shows smaller by a twentieth at most
SLIDE = """async (number) => {
  const panel = window.jupyterapp.shell.currentWidget;
  panel.content.activeCellIndex = number;
  const refresh = () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  const place = () => [...panel.node.querySelectorAll('.jp-deck-mod-onscreen')]
    .map((cell) => Object.values(cell.getBoundingClientRect().toJSON()).join()).join();
  const rest = async () => {  // The extension centres a slide after it is there.
    for (let still = 0, turn = 0, before = ''; still < 3 && turn < 100; turn += 1) {
      await refresh();
      still = place() === before ? still + 1 : 0;
      before = place();
    }
  };
  await rest();
  const cells = [...panel.node.querySelectorAll('.jp-deck-mod-onscreen')];
  const all = (selector) => cells.flatMap((cell) => [...cell.querySelectorAll(selector)]);
  const answers = all('details');
  if (answers.length) {
    answers.forEach((each) => { each.open = true; });  // A quiz must fit with its answer open.
    await rest();
  }
  const unseen = '.bob-unseen, .bob-layer:not(.bob-front), .jp-InternalAnchorLink, mjx-container, sub, sup';
  const parts = all('*').filter((each) => {
    const { width, height } = each.getBoundingClientRect();
    return width > 1 && height > 1 && !each.closest(unseen);
  });
  const outside = parts.filter((each) => {
    const box = each.getBoundingClientRect();
    return box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
  });
  const written = parts.filter((each) => [...each.childNodes]
    .some((node) => node.nodeType === 3 && node.data.trim()));
  const size = (each) => parseFloat(getComputedStyle(each).fontSize) * (each.currentCSSZoom ?? 1);
  const smallest = (chosen) => Math.min(99, ...chosen.map(size));
  const seen = {
    cells: cells.map((cell) => panel.content.widgets.findIndex((each) => each.node === cell)),
    outside: outside.slice(0, 3).map((each) => {
      const { right, bottom } = each.getBoundingClientRect();
      return `${each.tagName.toLowerCase()} to ${Math.round(right)} × ${Math.round(bottom)}`;
    }),
    plain: written.filter((each) => !each.closest('h1, h2, h3, h4')).length,
    isNamed: all('h1, h2, h3').length > 0
      || cells.some((each) => getComputedStyle(each, '::before').content.startsWith('"')),
    controls: all('.bob-slider, .bob-player, .bob-stepper, .bob-push').length,
    drawn: all('img, canvas, table, mjx-container').length,
    failed: all('[data-mime-type$=stderr], [data-mime-type$=error]').length,
    broken: all('img').filter((each) => !each.naturalWidth).length,
    text: smallest(written.filter((each) => each.closest('.jp-MarkdownOutput :is(p, li, summary)')
      && !each.closest('code, kbd, table'))),
    code: smallest(written.filter((each) =>
      !each.closest('[class*="bob-"], .jupyter-widgets, svg, kbd, small, p code, li code'))),
    words: smallest(written),
    pictures: parts.filter((each) => each.tagName === 'IMG')
      .map((each) => [each.src.slice(-64), each.getBoundingClientRect().width]),
    editors: cells.flatMap((cell, index) =>
      [...cell.querySelectorAll('.jp-CodeCell .jp-InputArea-editor, .cm-content')]
        .filter((each) => each.getBoundingClientRect().height > 1).map(() => index)),
  };
  answers.forEach((each) => { each.open = false; });
  return seen;
}"""


def slides_of(path):
    """Return the numbers of the cells that begin a slide."""
    cells = nbformat.read(path, as_version=4).cells
    marks = [cell.metadata.get("slideshow", {}).get("slide_type") for cell in cells]
    return [number for number, mark in enumerate(marks) if mark in BEGINS]


def troubles(seen, cells, words):
    """Say what is wrong with a slide.

    Args:
        seen: what `SLIDE` returns.
        cells: of the notebook.
        words: of a `Run`: how large the smallest words of its figures are.
    """
    if seen["outside"]:
        yield f"does not fit: {', '.join(seen['outside'])}"
    if not seen["plain"] and not seen["drawn"]:
        yield "is empty"
    if not seen["isNamed"]:
        yield "has no heading"
    if seen["broken"]:
        yield f"{seen['broken']} pictures cannot be read"
    if seen["failed"]:
        yield "shows an error"
    yield from too_small(seen["text"], seen["code"], seen["words"])
    smallest = min(
        [words[picture] * width for picture, width in seen["pictures"] if picture in words], default=99
    )
    if smallest < LEAST_IN_PICTURES:
        yield f"has words of {smallest:.1f} px in a picture: {LEAST_IN_PICTURES:g} at least"
    for number in seen["cells"]:
        if cells[number].metadata.get("slideshow", {}).get("slide_type") == "skip":
            yield f"shows cell {number}, which is to be skipped"
    for index in seen["editors"]:
        if OUTPUT_ONLY in cells[seen["cells"][index]].metadata.get("tags", []):
            yield "shows code that leaves no room for its picture"


@contextlib.contextmanager
def presented(lab):
    """Present the notebook that is open, on a stage of 1280 × 720."""
    size = lab.page.viewport_size
    lab.page.set_viewport_size(STAGE)
    lab.call(START)
    try:
        lab.settle()
        yield
    finally:
        lab.call(STOP)
        lab.page.set_viewport_size(size)


def walk(lab, words=MappingProxyType({})):
    """Go through all slides of the notebook that is presented.

    Args:
        lab: the page.
        words: of the notebook's `Run`.

    Yields:
        The numbers of the cells of each, how many controls it has, and a list of what is wrong with it.
    """
    for number in slides_of(lab.notebook):
        yield look(lab, number, words)


def look(lab, number, words=MappingProxyType({})):
    """Show the slide that a cell is on; return what `walk` yields for it."""
    seen = lab.call(SLIDE, number)
    cells = nbformat.read(lab.notebook, as_version=4).cells
    return seen["cells"], seen["controls"], list(troubles(seen, cells, words))


def go_on(lab):
    """Press the space bar; return the number of the cell that is then selected."""
    before = lab.active_cell()
    lab.call("() => { window.jupyterapp.shell.currentWidget.content.activeCell.node.focus(); }")
    lab.page.keyboard.press("Space")
    lab.page.wait_for_function(
        "(before) => window.jupyterapp.shell.currentWidget.content.activeCellIndex !== before",
        arg=before,
        timeout=10_000,
    )
    return lab.active_cell()


@contextlib.contextmanager
def used_controls(lab):
    """Use every control on the slide that is shown, each of its buttons too; yields how many there are."""
    shown = lab.page.locator(ON_SCREEN)
    sliders, players, steppers, pushes = (
        shown.locator(f".bob-{kind}").all() for kind in ("slider", "player", "stepper", "push")
    )
    for slider in sliders:
        assert None not in move_slider(lab, slider, ["ArrowRight"])
    for player in players:
        for button in player.locator(".bob-button").all():
            act_in_game(lab, player, button.click)
    for stepper in steppers:
        for name in ("Step", "10 steps", "Episode", "Next change"):
            button = stepper.get_by_role("button", name=name, exact=True)
            do_and_wait(lab, button.click, stepper.locator(".bob-words"))
    for push in pushes:
        push.locator(".jupyter-button").click()
        push.locator(".widget-html-content :is(img, p)").first.wait_for(timeout=60_000)
    yield len(sliders) + len(players) + len(steppers) + len(pushes)
    for picture in (each for push in pushes for each in push.locator("img").all()):
        picture.evaluate("(picture) => picture.remove()")  # other tests count the films of the notebook
