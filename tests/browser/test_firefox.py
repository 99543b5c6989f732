"""The controls of the course in Firefox: one notebook that has each of them, run, used and presented."""

import contextlib
import tempfile
from functools import partial
from urllib.parse import urlsplit

import nbformat
import pytest

from tests.browser.controls import PADDLE
from tests.browser.live_slides import START, STOP
from tests.browser.page import PANEL, missing
from tools.browser.firefox import start_firefox
from tools.browser.server import serve
from tools.browser.station import Station
from tools.notebooks import build

GUESS = "> Your guess: … days\n>\n> Your guess: `cold` `warm`\n\n> You guessed: … days\n>\n> You guessed: …"
QUESTION = "<details><summary>Why?</summary>\n\nBecause.\n\n</details>"
CELLS = (
    "import ale_py\nimport gymnasium as gym\nimport numpy as np\nfrom rl_helpers import widgets\n"
    "from rl_helpers.agents import QLearningAgent\nfrom rl_helpers.exercises import solution",
    "widgets.play(gym.make('Bob/Room-v0', render_mode='rgb_array'))",
    "widgets.play(gym.make('ALE/Breakout-v5', frameskip=1, render_mode='rgb_array'), fps=60)",
    "frames = {n: np.full((40, 40), 80 * n, np.uint8) for n in (1, 2, 3)}\n"
    "widgets.picture_slider({n: (each, f'grey {n}') for n, each in frames.items()}, label='shade', start=1)",
    "tiny = gym.make('Bob/Room-v0', layout='tiny', render_mode='rgb_array')\n"
    "widgets.step_through(tiny, QLearningAgent(12, 5, rng=np.random.default_rng(0)))",
    "solution('td_target')",
)
WORDS = 1  # the number of the cell with the question
MARKS = ("skip", "slide", None, "slide", "slide", "slide", "slide")  # Words and Bob's room share a slide.
TAKES_THE_FOCUS_BACK = """(selector) => {
  const canvas = document.querySelector(selector);
  canvas.addEventListener('focus', () => canvas.closest('.jp-Cell').focus(), { once: true });
}"""
BOB, BREAKOUT = (f"{PANEL} .bob-player[aria-label='Play: {game}']" for game in ("Room", "Breakout"))
TEXT = "(selector) => document.querySelector(selector).innerText"
CHANGED = "([selector, before]) => document.querySelector(selector).innerText !== before"
FOCUSED = "(selector) => document.activeElement === document.querySelector(selector)"
GO_TO = "(cell) => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = cell; }"
MOVED = f"""([selector, before, way]) =>
  (({PADDLE})(document.querySelector(selector)) - before) * way > 10"""


@pytest.fixture(scope="module")
def lab(count_browsers_work):
    """A page of Firefox with the notebook, which has run."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in CELLS], metadata=build.METADATA
    )
    notebook.cells.insert(WORDS, nbformat.v4.new_markdown_cell(f"# Controls\n\n{GUESS}\n\n{QUESTION}"))
    for cell, mark in zip(notebook.cells, MARKS, strict=True):
        cell.metadata |= {"slideshow": {"slide_type": mark}} if mark else {}
    with contextlib.ExitStack() as stack:
        try:
            firefox = stack.enter_context(start_firefox())
        except FileNotFoundError as error:
            missing(error)
        stack.callback(count_browsers_work)
        folder, root = (stack.enter_context(tempfile.TemporaryDirectory()) for _ in range(2))
        nbformat.write(notebook, f"{folder}/controls.ipynb")
        station = Station(stack.enter_context(serve(root)), firefox)
        lab = stack.enter_context(station.open(f"{folder}/controls.ipynb"))
        lab.run_all()
        lab.settle()
        yield lab
        hosts = {urlsplit(url).hostname for url in lab.requests if url.startswith("http")}
        assert hosts == {"127.0.0.1"}
        assert lab.complaints == []


def changes(lab, selector, *acts):
    """Do things, each of which must change what an element says."""
    for act in acts:
        before = lab.page.evaluate(TEXT, selector)
        act()
        lab.page.wait_for_function(CHANGED, arg=[selector, before])


def paddle_goes(lab, key, way):
    """Hold a key until the paddle has gone 10 pixels that way."""
    canvas = f"{BREAKOUT} canvas"
    before = lab.page.evaluate(f"(selector) => ({PADDLE})(document.querySelector(selector))", canvas)
    lab.page.keyboard.down(key)
    lab.page.wait_for_function(MOVED, arg=[canvas, before, way])
    lab.page.keyboard.up(key)


def test_notebook_runs_without_an_error(lab):
    assert lab.errors() == []


def test_first_click_on_a_game_sticks(lab):
    lab.call(GO_TO, WORDS)
    lab.page.click(f"{BOB} canvas")
    steps = f"{BOB} .bob-numbers"
    keys = ("ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft")
    changes(lab, steps, *(partial(lab.page.keyboard.press, key) for key in keys))
    assert lab.page.evaluate(FOCUSED, f"{BOB} canvas")
    lab.page.evaluate(TAKES_THE_FOCUS_BACK, f"{BREAKOUT} canvas")  # as JupyterLab does, now and then
    lab.page.click(f"{BREAKOUT} .bob-button")
    lab.page.wait_for_function(FOCUSED, arg=f"{BREAKOUT} canvas")
    lab.page.keyboard.press("Space")
    for key, way in (("ArrowLeft", -1), ("ArrowRight", 1)):
        paddle_goes(lab, key, way)
    lab.page.keyboard.press("Escape")


def test_other_controls_answer(lab):
    slider, words = f"{PANEL} .bob-slider", f"{PANEL} .bob-stepper .bob-words"
    lab.page.click(f"{slider} input")
    changes(lab, f"{slider} output", partial(lab.page.keyboard.press, "ArrowRight"))
    buttons = f"{PANEL} .bob-stepper button"
    changes(lab, words, *(partial(lab.page.click, buttons, number) for number in range(5)))
    lab.page.click(f"{PANEL} .bob-solution button")
    lab.page.wait_for_function(
        "(selector) => document.querySelector(selector)?.innerText.includes('td_target')",
        arg=f"{PANEL} .bob-solution pre",
    )
    lab.page.click(f"{PANEL} .jp-MarkdownOutput summary")
    assert lab.page.evaluate("(selector) => document.querySelector(selector).open", f"{PANEL} details")


def test_guesses_come_back(lab):
    lab.call(GO_TO, WORDS + 1)  # The first click makes another cell the active one, which takes the focus.
    back = f"{PANEL} .bob-guessed"
    assert lab.page.evaluate("(selector) => document.querySelector(selector).hidden", back)
    lab.page.click(f"{PANEL} .bob-guess input[type=text]")
    changes(lab, back, *(partial(lab.page.keyboard.press, key) for key in "12"))
    assert lab.page.evaluate(TEXT, back) == "You guessed: 12 days"
    lab.page.click(f"{PANEL} .bob-guess label", 1)
    lab.page.wait_for_function(
        "([selector, words]) => document.querySelectorAll(selector)[1].innerText === words",
        arg=[back, "You guessed: warm"],
    )


def test_a_game_on_a_slide_keeps_the_focus_that_a_press_gives_it(lab):
    lab.call(START)
    try:
        lab.call(GO_TO, WORDS)
        lab.settle()
        lab.page.click(f"{BOB} .bob-button")  # while the cell of the words is the active one
        lab.page.wait_for_function(FOCUSED, arg=f"{BOB} canvas")
        changes(lab, f"{BOB} .bob-numbers", partial(lab.page.keyboard.press, "ArrowDown"))
    finally:
        lab.call(STOP)
