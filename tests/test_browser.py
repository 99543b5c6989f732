"""Every notebook as a learner has it: in JupyterLab, in a browser, with keys, buttons and sliders.

All notebooks are tabs of one page. Those that take long run in the background meanwhile.
"""

import itertools
import os
import statistics
from functools import partial
from urllib.parse import urlsplit

import pytest
from browser_checks import (
    HEADINGS,
    OF_COLOURS,
    PANEL,
    WORDLESS,
    look_with_axe,
    move_slider,
    play,
    prepare,
    walk_with_tab,
)

from tools import notebooks
from tools.browser import open_station
from tools.browser_server import THEMES

BUILT = sorted(notebooks.BUILT.glob("*.ipynb"))
LONG = ("04", "05", "06")  # start first, so that two cores have something to do
MOST_SECONDS = 0.5  # from a move of a slider to its picture
SOLUTION = ".widget-vbox:has(> .jupyter-button)"
WIDGETS = f".bob-player, .bob-stepper, .bob-slider, {SOLUTION}, .jp-MarkdownOutput details"
SMALL = {"width": 1024, "height": 614}  # 13 inches, 1280 × 768, at 125 %
TOO_WIDE = """(panel) => Array.from(document.querySelectorAll(
  `${panel} .jp-OutputArea-output :is(.bob-player, .bob-stepper, .bob-slider, .bob-screen, .bob-side, img)`))
  .filter((part) => {
    const box = part.closest('.jp-OutputArea-output').getBoundingClientRect();
    return part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().right > box.right + 1;
  }).map((part) => part.outerHTML.slice(0, 200))"""
FILMS = """(panel) => Array.from(document.querySelectorAll(`${panel} img[src^="data:image/gif"]`),
  (film) => film.currentSrc.slice(0, 14))"""
TRAINING = [
    "import gymnasium as gym, rl_helpers\n"
    "from rl_helpers.agents import QLearningAgent\n"
    "from rl_helpers.training import train\n"
    "room, bob = gym.make('Bob/Room-v0'), QLearningAgent(96, 5)",
    "history = train(room, bob, n_episodes=10**7, seed=0)",
    "print(len(history.returns) > 0, bool(bob.q_values.any()))",
]


class Course:
    """The page, and for each notebook its copy and the number of its run."""

    def __init__(self, station, lab):
        self.station, self.lab = station, lab
        self.copies, self.runs = {}, {}

    def bring(self, path):
        """Open a notebook, or bring it forward."""
        if path not in self.copies:
            self.copies[path] = self.station.put(path)
        self.lab.open(*self.copies[path])

    def run(self, path):
        """Open a notebook and run all its cells, in the background."""
        self.bring(path)
        self.runs[path] = self.lab.start_all()


@pytest.fixture(scope="module")
def course(request):
    chosen = {
        item.callspec.params["lab"]
        for item in request.session.items
        if "lab" in getattr(item, "fixturenames", ())
    }
    try:
        opened = open_station()
        station = opened.__enter__()
    except FileNotFoundError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    try:
        with station.open(TRAINING, windowing="none") as lab:
            prepare(lab)
            course = Course(station, lab)
            for path in BUILT:
                if path in chosen and path.name.startswith(LONG):
                    course.run(path)
            yield course
    finally:
        opened.__exit__(None, None, None)


@pytest.fixture(scope="module", params=BUILT, ids=lambda path: path.stem)
def lab(course, request):
    """A notebook, run from top to bottom."""
    path = request.param
    if path not in course.runs:
        course.run(path)
    course.bring(path)
    course.lab.wait(course.runs[path], timeout=500)
    course.lab.settle()
    yield course.lab
    course.bring(path)
    course.lab.close()


def ours(lab, selector):
    """Return locators of what a selector matches in the notebook that is open."""
    every = ", ".join(f"{PANEL} {part}" for part in selector.split(", "))
    return [found for found in lab.page.locator(every).all() if found.is_visible()]


def test_run_all_shows_no_error(lab):
    assert lab.errors() == []
    assert lab.complaints == []


def test_nothing_is_asked_of_another_machine(lab):
    hosts = {urlsplit(url).hostname for url in lab.requests if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_shuts_out_who_cannot_see_well(lab, dark):
    lab.set_theme(THEMES[dark])
    found = look_with_axe(lab, OF_COLOURS if dark else None)
    assert found["bad"] == []
    # Where axe cannot tell a contrast, a person has looked: signs such as ✓ and ←, and words on a picture.
    assert found["coloured"] > 5 * found["unclear"]
    lab.set_theme(THEMES[False])


def test_headings_come_in_order_and_pictures_have_words(lab):
    levels = lab.call(HEADINGS, PANEL)
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert lab.call(WORDLESS, PANEL) == []


def test_every_slider_changes_its_picture_at_once(lab, capsys):
    for slider in ours(lab, ".bob-slider"):
        seconds = move_slider(lab, slider)
        with capsys.disabled():
            label = slider.get_attribute("aria-label")
            print(f"\n{lab.notebook.stem}, slider {label}: {statistics.median(seconds):.3f} s")
        assert None not in seconds
        assert statistics.median(seconds) <= MOST_SECONDS


def test_controls_are_reached_with_tab_and_show_it(lab):
    for control in ours(lab, WIDGETS):
        for stop in walk_with_tab(lab, control):
            assert stop["reached"], stop
            assert stop["ring"], stop


def test_quiz_is_answered_from_the_keyboard(lab):
    for question in ours(lab, ".jp-MarkdownOutput details"):
        summary = question.locator("summary")
        summary.focus()
        lab.page.keyboard.press("Space")
        assert question.evaluate("(question) => question.open"), summary.inner_text()
        assert question.inner_text() != summary.inner_text()


def test_solution_is_shown_and_hidden(lab):
    for box in ours(lab, SOLUTION):
        button, code = box.locator(".jupyter-button"), box.locator("pre")
        button.click()
        code.wait_for(timeout=10_000)
        assert code.inner_text().strip()
        button.focus()
        lab.page.keyboard.press("Enter")
        code.wait_for(state="detached", timeout=10_000)


def test_games_are_played_with_keys_and_with_buttons(lab):
    for player in ours(lab, ".bob-player"):
        buttons = player.locator(".bob-button").all()
        keys = [button.get_attribute("data-key") for button in buttons]
        player.locator("canvas").focus()
        assert play(lab, player, [partial(lab.page.keyboard.press, key) for key in keys]) > 1
        assert play(lab, player, [button.click for button in buttons]) > 1
        lab.page.keyboard.press("Escape")


def test_learning_is_stepped_through(lab):
    for stepper in ours(lab, ".bob-stepper"):
        words = stepper.locator(".bob-words")
        before = words.inner_text()
        for name in ("Step", "10 steps", "Next change", "Episode", "Start again"):
            button = stepper.get_by_role("button", name=name, exact=True)
            button.focus()
            lab.page.keyboard.press("Enter")
            lab.page.wait_for_function(
                "([element, before]) => element.innerText !== before", arg=[words.element_handle(), before]
            )
            before = words.inner_text()
        assert "Episode 1 begins" in before


def test_films_stand_still_for_who_asks_for_less_motion(lab):
    moving = lab.call(FILMS, PANEL)
    lab.page.emulate_media(reduced_motion="reduce")
    lab.settle()
    calm = lab.call(FILMS, PANEL)
    lab.page.emulate_media(reduced_motion="no-preference")
    assert set(moving) <= {"data:image/gif"}
    assert calm == ["data:image/png"] * len(moving)


def test_nothing_is_cut_off_on_a_small_screen(lab):
    size = lab.page.viewport_size
    lab.page.set_viewport_size(SMALL)
    lab.settle()
    cut = lab.call(TOO_WIDE, PANEL)
    lab.page.set_viewport_size(size)
    assert cut == []


def test_stopped_training_goes_on_with_what_was_learned(course):
    lab = course.lab
    lab.open(*course.station.put(TRAINING))
    lab.run_cell(0)
    training = lab.start(
        "async () => { const notebook = window.jupyterapp.shell.currentWidget.content;"
        " notebook.activeCellIndex = 1;"
        " await window.jupyterapp.commands.execute('notebook:run-cell'); }"
    )
    lab.page.wait_for_timeout(2000)
    lab.page.locator(
        f"{PANEL} [data-command='notebook:interrupt-kernel'], {PANEL} jp-button[title^='Interrupt']"
    ).first.click()
    lab.wait(training, timeout=20)
    lab.run_cell(2)
    outputs = lab.outputs()
    assert lab.errors() == []
    assert [output["text"] for output in outputs[2]] == ["True True\n"]
    lab.close()
