"""What the browser tests do in a page and look for there."""

import itertools
import os
import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT

PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
# axe takes a page whose body has no height for hidden, and passes over what is scrolled away. So the body
# gets its height from what it holds, and the window is as high as the whole notebook.
SEEN_BY_AXE = "body { overflow: visible !important; }"
HEIGHT = """(panel) => {
  const top = document.querySelector(`${panel} .jp-WindowedPanel-outer`).scrollTop;
  const cells = [...document.querySelectorAll(`${panel} .jp-Cell`)];
  return Math.ceil(top + Math.max(...cells.map((cell) => cell.getBoundingClientRect().bottom)));
}"""
TO_THE_TOP = """(panel) => {
  const box = document.querySelector(`${panel} .jp-WindowedPanel-outer`);
  box.scrollTop = 0;
  return box.scrollTop;
}"""
# What depends on the theme; the rest need be looked for only once.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
AXE = """async ([panel, rules]) => {
  const include = ['.jp-OutputArea-output', '.jp-MarkdownOutput'].map((ours) => `${panel} ${ours}`)
    .filter((selector) => document.querySelector(selector)).map((selector) => [selector]);
  const found = await axe.run({ include }, {
    resultTypes: ['violations', 'incomplete', 'passes'], ...(rules ? { runOnly: rules } : {}),
  });
  const nodes = (kind, rule) => found[kind].filter(({ id }) => id === rule).flatMap(({ nodes }) => nodes);
  const page = (html) => new DOMParser().parseFromString(html, 'text/html');
  const words = (html) => page(html).documentElement.textContent.trim();
  const signs = (text) => text.length < 2 || /^[^a-z]{0,3}$/i.test(text);
  const written = [...document.querySelectorAll(`${panel} :is(.jp-OutputArea-output, .jp-MarkdownOutput) *`)]
    .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((each) => !each.closest('math, mjx-assistive-mml, .jp-InternalAnchorLink'))
    .filter((each) => each.checkVisibility() && !signs(each.textContent.trim()));
  return {
    bad: found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => [id, nodes.length, nodes[0].html.slice(0, 200), nodes[0].failureSummary]),
    coloured: nodes('passes', 'color-contrast').length,
    unclear: nodes('incomplete', 'color-contrast').map(({ html }) => html)
      .filter((html) => html.endsWith('>') && !signs(words(html)))
      .filter((html) => !html.includes('class="bob-banner"')),  // white on a game under four fifths of black
    written: written.length,
  };
}"""
OPEN_ALL = """([panel, open]) => document.querySelectorAll(`${panel} details`)
  .forEach((each) => { each.open = open; })"""
# axe knows no editor. Its highlighted words have the colours of the theme and of custom.css.
CODE = """(panel) => {
  const channels = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((value) => value / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const light = (colour) => channels(colour)
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0.05);
  const found = {};
  for (const editor of document.querySelectorAll(`${panel} .jp-CodeCell .jp-InputArea-editor`)) {
    const paper = light(getComputedStyle(editor).backgroundColor);
    for (const word of editor.querySelectorAll('.cm-line span')) {
      const colour = getComputedStyle(word).color;
      const [dark, bright] = [paper, light(colour)].sort((one, other) => one - other);
      found[colour] ??= [Math.round(100 * bright / dark) / 100, word.textContent.slice(0, 30)];
    }
  }
  return found;
}"""
HEADINGS = """(panel) => Array.from(document.querySelectorAll(
  `${panel} :is(.jp-MarkdownOutput, .jp-OutputArea-output) :is(h1, h2, h3, h4, h5, h6)`),
  (heading) => Number(heading.tagName[1]))"""
WORDLESS = """(panel) => Array.from(document.querySelectorAll(
  `${panel} :is(.jp-MarkdownOutput, .jp-OutputArea-output) :is(img, canvas, video)`))
  .filter((picture) => !(picture.alt || picture.getAttribute('aria-label')))
  .map((picture) => picture.outerHTML.slice(0, 200))"""
# From a key to the second refresh of the screen after it: by then the picture is on it.
TIME_NEXT_MOVE = """(slider) => {
  const range = slider.querySelector('input');
  const front = () => slider.querySelector('.bob-front').innerHTML;
  const before = front();
  window.moved = null;
  let start = null;
  range.addEventListener('keydown', () => { start = performance.now(); }, { once: true, capture: true });
  range.addEventListener('input', async () => {
    await slider.querySelector('.bob-front img').decode();
    await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
    window.moved = { seconds: (performance.now() - start) / 1000, changed: front() !== before };
  }, { once: true });
}"""
HASH = """(canvas) => {
  const { width, height } = canvas;
  const bytes = canvas.getContext('2d').getImageData(0, 0, width, height).data;
  let hash = 0;
  for (const byte of bytes) { hash = (hash * 31 + byte) | 0; }
  return hash;
}"""
# The middle of the red paddle; the row crosses both side walls, of which one is red too.
PADDLE = """(canvas) => {
  const { data } = canvas.getContext('2d').getImageData(8, 190, 144, 1);
  const red = Array.from({ length: 144 }, (_, x) => x)
    .filter((x) => data[4 * x] > 150 && data[4 * x + 1] < 100);
  return red.reduce((sum, x) => sum + x, 0) / red.length;
}"""
RING = """() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const ring = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
  return { ring, tag: element.tagName, text: element.textContent.trim().slice(0, 40) };
}"""
STEPS = ".bob-number:has-text('Steps') .bob-value"
MOST_TABS = 12  # from one of our controls to the next, a cell's own buttons in between
FOCUSABLE = "button, input, canvas, summary, a[href]:not(.jp-InternalAnchorLink), [tabindex='0']"


def missing(reason):
    """Skip by name, but fail where all must run."""
    if os.environ.get("CI"):
        pytest.fail(str(reason))
    pytest.skip(str(reason))


def prepare(lab):
    """Bring axe-core into the page."""
    lab.page.evaluate(AXE_SCRIPT)
    lab.page.add_style_tag(content=SEEN_BY_AXE)


def look_with_axe(lab, rules=None):
    """Let axe-core look at our part of the notebook that is open, laid out at full height.

    Args:
        lab: what shows it.
        rules: their names; None: all.

    Returns:
        A dictionary: `bad`, the serious and critical findings; `written`, the number of elements with words
        of their own; `coloured`, those whose contrast was found good; `unclear`, those of which axe could
        not find it out, single signs such as ✓ and ← left out; `code`, from each colour of code to its
        contrast and a word that has it.
    """
    size = lab.page.viewport_size
    lab.call(OPEN_ALL, [PANEL, True])  # hints, and answers of the quiz
    try:
        # Twice: in the higher window a scroll bar may be gone.
        for _ in range(2):
            lab.page.set_viewport_size({**size, "height": lab.call(HEIGHT, PANEL) + 60})
            lab.page.wait_for_timeout(100)
        lab.call(TO_THE_TOP, PANEL)
        lab.settle()
        return lab.call(AXE, [PANEL, rules], timeout=120) | {"code": lab.call(CODE, PANEL)}
    finally:
        lab.call(OPEN_ALL, [PANEL, False])
        lab.page.set_viewport_size(size)


def move_slider(lab, slider, keys=("ArrowRight", "ArrowRight", "ArrowLeft")):
    """Move a slider with keys; return the seconds each picture took, None where it stayed the same."""
    slider.locator("input").focus()
    if slider.locator("input").evaluate("(range) => range.value === range.max"):
        keys = [{"ArrowRight": "ArrowLeft", "ArrowLeft": "ArrowRight"}[key] for key in keys]
    seconds = []
    for key in keys:
        slider.evaluate(TIME_NEXT_MOVE)
        lab.page.keyboard.press(key)
        lab.page.wait_for_function("window.moved", timeout=10_000)
        moved = lab.page.evaluate("window.moved")
        seconds.append(moved["seconds"] if moved["changed"] else None)
    return seconds


def play(lab, player, acts):
    """Do things to a game, one after the other, each when the one before has had its effect.

    Args:
        lab: what shows it.
        player: locator of the widget.
        acts: functions.

    Returns:
        How many of the pictures in between are different.
    """
    canvas = player.locator("canvas")
    pictures = {canvas.evaluate(HASH)}
    for act in acts:
        do_and_wait(lab, act, player.locator(STEPS))
        lab.page.wait_for_timeout(100)  # until it is on the canvas
        pictures.add(canvas.evaluate(HASH))
    return len(pictures)


def do_and_wait(lab, act, words):
    """Do something and wait until an element says something else."""
    before = words.inner_text()
    act()
    lab.page.wait_for_function(
        "([words, before]) => words.innerText !== before",
        arg=[words.element_handle(), before],
        timeout=10_000,
    )


def go(lab, player, acts):
    """Send Bob somewhere; return the steps he took, (rows, columns).

    Args:
        lab: what shows it.
        player: locator of his room.
        acts: functions.
    """
    places = [_place_of_bob(player)]
    for act in acts:
        do_and_wait(lab, act, player.locator(STEPS))
        places.append(_place_of_bob(player))
    return [
        (row - row_before, column - column_before)
        for (row_before, column_before), (row, column) in itertools.pairwise(places)
    ]


def _place_of_bob(player):
    words = player.locator("canvas").get_attribute("aria-label")
    return tuple(map(int, re.search(r"at row (\d+), column (\d+)", words).groups()))


def steer(lab, player, way, down, up):
    """Hold a key or a button until Breakout's paddle has gone ten pixels that way.

    Args:
        lab: what shows it.
        player: locator of the game.
        way: 1 for right, -1 for left.
        down, up: functions that press and release it.
    """
    canvas = player.locator("canvas")
    before = canvas.evaluate(PADDLE)
    down()
    lab.page.wait_for_function(
        f"([canvas, before, way]) => (({PADDLE})(canvas) - before) * way > 10",
        arg=[canvas.element_handle(), before, way],
        timeout=10_000,
    )
    up()


def walk_with_tab(lab, element):
    """Tab through everything in an element that can have the focus; return what a learner gets to see.

    Returns:
        A dictionary for each stop: `ring`, whether the focus is to be seen, `tag` and `text`.
    """
    stops = [stop for stop in element.locator(FOCUSABLE).all() if stop.is_visible()]
    # One step before the first and then only Tab. JupyterLab has stops of its own in between.
    stops[0].focus()
    lab.page.keyboard.press("Shift+Tab")
    seen = []
    for stop in stops:
        here = False
        for _ in range(MOST_TABS):
            lab.page.keyboard.press("Tab")
            here = stop.evaluate("(stop) => stop === document.activeElement")
            if here:
                break
        seen.append(lab.page.evaluate(RING) | {"reached": here})
    return seen
