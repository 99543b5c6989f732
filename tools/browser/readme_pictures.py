"""Takes the pictures of the README: `python -m tools.browser.readme_pictures` writes `data/screen_*.png`."""

import io

import nbformat
from PIL import Image

from rl_helpers.notebook.paths import DATA, ROOT
from tools.browser.station import open_station

RUN_TO = """async (number) => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  const run = async (command) => {
    notebook.deselectAll();
    notebook.activeCellIndex = number;
    await window.jupyterapp.commands.execute(command);
  };
  await run('notebook:run-all-above');
  await run('notebook:run-cell');
}"""
PRESENT = """async (number) => {
  await window.jupyterapp.commands.execute('deck:start');
  window.jupyterapp.shell.currentWidget.content.activeCellIndex = number;
}"""
SHOW = """(words) => [...document.querySelectorAll('.jp-MarkdownOutput h2')]
  .find((each) => each.textContent.startsWith(words)).scrollIntoView({ block: 'start' })"""
COLOURS = 256


def be_bob(station):
    """Notebook 01 in the dark theme: Bob has walked to the rug and scratched it."""
    with station.open(_path("01"), dark=True, size=(1060, 860), windowing="none") as lab:
        _run_to(lab, "widgets.play(")
        player = lab.page.locator(".bob-player")
        player.locator("canvas").click()
        for key in ("ArrowUp", "ArrowUp", "ArrowRight", "Space"):
            before = player.inner_text()
            lab.page.keyboard.press(key)
            _wait_for_other_words(lab, ".bob-player", before)
        return _picture(lab, "Try it: be Bob")


def step_through(station):
    """Notebook 05: the formula of the third number that has changed."""
    with station.open(_path("05"), size=(1280, 980), windowing="none") as lab:
        _run_to(lab, "widgets.step_through(")
        stepper = lab.page.locator(".bob-stepper")
        for _ in range(3):
            before = stepper.inner_text()
            stepper.get_by_role("button", name="Next change", exact=True).click()
            _wait_for_other_words(lab, ".bob-stepper", before)
        return _picture(lab, "Step it")


def slide(station):
    """Notebook 03, presented: two treats, and the slider at 0.9."""
    with station.open(_path("03"), windowing="none") as lab:
        number = _run_to(lab, "widgets.picture_slider(")
        lab.call(PRESENT, number)
        lab.settle()
        slider = lab.page.locator(".jp-deck-mod-onscreen .bob-slider")
        slider.locator("input").focus()
        for _ in range(2):
            lab.page.keyboard.press("ArrowRight")
        return _picture(lab)


PICTURES = {"screen_be_bob": be_bob, "screen_step_through": step_through, "screen_slide": slide}


def _path(number):
    return next((ROOT / "notebooks").glob(f"{number}_*.ipynb"))


def _run_to(lab, words):
    """Run all cells down to the first that holds the words; return its number."""
    cells = nbformat.read(lab.notebook, as_version=4).cells
    number = next(
        number for number, cell in enumerate(cells) if cell.cell_type == "code" and words in cell.source
    )
    lab.call(RUN_TO, number, timeout=300)
    lab.settle()
    return number


def _wait_for_other_words(lab, selector, before):
    changed = "([selector, before]) => document.querySelector(selector).innerText !== before"
    lab.page.wait_for_function(changed, arg=[selector, before], timeout=30_000)


def _picture(lab, heading=None):
    """Return what the window shows, from a heading on."""
    if heading:
        lab.call(SHOW, heading)
    lab.settle()
    lab.page.wait_for_timeout(500)
    return lab.page.screenshot(animations="disabled")


def main(folder=DATA):
    """Write all pictures to a folder."""
    with open_station() as station:
        for name, take in PICTURES.items():
            picture = Image.open(io.BytesIO(take(station))).convert("RGB")
            small = picture.quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(folder / f"{name}.png", optimize=True)
            print(f"{name}.png", flush=True)


if __name__ == "__main__":
    main()
