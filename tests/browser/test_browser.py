"""Every notebook as a learner has it: in JupyterLab, in a browser, with keys, buttons and sliders.

All notebooks are tabs of one page. Those that take long run in the background meanwhile.
"""

import itertools
import os
import subprocess
import sys
from functools import partial
from urllib.parse import urlsplit

import nbformat
import pytest

from tests.browser import live_slides
from tests.browser.checks import (
    HEADINGS,
    OF_COLOURS,
    PANEL,
    WORDLESS,
    do_and_wait,
    go,
    look_with_axe,
    missing,
    move_slider,
    play,
    prepare,
    steer,
    walk_with_tab,
)
from tools.browser.server import THEMES
from tools.browser.station import open_station
from tools.notebooks import build
from tools.notebooks.rules import WIDGET

BUILT = sorted(build.BUILT.glob("*.ipynb"))
LONG = ("04", "05", "06")  # start first, so that two cores have something to do
MOST_SECONDS = 0.5  # from a move of a slider to its picture
SOLUTION = ".widget-vbox:has(> .jupyter-button)"
CONTROLS = f".bob-player, .bob-stepper, .bob-slider, {SOLUTION}"
WIDGETS = f"{CONTROLS}, .jp-MarkdownOutput details"
SMALL = {"width": 1024, "height": 614}  # 13 inches, 1280 × 768, at 125 %
TOO_WIDE = """(panel) => {
  const places = '.jp-OutputArea-output, .jp-MarkdownOutput, .jp-InputArea-editor';
  const bob = '.bob-player, .bob-stepper, .bob-slider, .bob-screen, .bob-side';
  const parts = `${bob}, img, table, pre, .cm-scroller`;
  return [...document.querySelectorAll(`${panel} :is(${places}) :is(${parts})`)].filter((part) => {
    const box = part.closest(places).getBoundingClientRect();
    const { width, right } = part.getBoundingClientRect();
    return width > 1 && (part.scrollWidth > part.clientWidth + 1 || right > box.right + 1);
  }).map((part) => part.outerHTML.slice(0, 200));
}"""
FILMS = """(panel) => Array.from(document.querySelectorAll(`${panel} img[src^="data:image/gif"]`),
  (film) => film.currentSrc.slice(0, 14))"""
WAYS = {"ArrowUp": (-1, 0), "ArrowRight": (0, 1), "ArrowDown": (1, 0), "ArrowLeft": (0, -1)}
TRAINING = [
    "import gymnasium as gym, rl_helpers\n"
    "from rl_helpers.agents import QLearningAgent\n"
    "from rl_helpers.training import train\n"
    "room, bob = gym.make('Bob/Room-v0'), QLearningAgent(96, 5)",
    "history = train(room, bob, n_episodes=10**7, seed=0)",
    "print(len(history.returns) > 0, bool(bob.q_values.any()))",
    "learned = bob.q_values.copy()\n"
    "more = train(room, bob, n_episodes=20, seed=1)\n"
    "print(len(more.returns), bool((learned != bob.q_values).any()), bool(bob.q_values[learned > 0].all()))",
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
    # Other modules have fixtures of this name too.
    chosen = {
        item.callspec.params["lab"]
        for item in request.session.items
        if item.path == request.path and "lab" in getattr(item, "fixturenames", ())
    }
    try:
        opened = open_station()
        station = opened.__enter__()
    except FileNotFoundError as error:
        missing(error)
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


def titled(lab, title):
    """Return locators of the games of that name."""
    return [player for player in ours(lab, ".bob-player") if player.get_attribute("aria-label") == title]


def buttons_of(player):
    """Return the buttons of a game, from their keys."""
    return {button.get_attribute("data-key"): button for button in player.locator(".bob-button").all()}


def hold(lab, button):
    """Return functions that press and release a button with the mouse."""

    def down():
        button.hover()
        lab.page.mouse.down()

    return down, lab.page.mouse.up


def test_run_all_shows_no_error(lab):
    assert lab.errors() == []
    assert lab.complaints == []


def test_every_control_and_every_question_is_on_the_page(lab):
    """So that none of the tests below passes because it finds nothing."""
    shown = [output for outputs in lab.outputs() for output in outputs if WIDGET in output.get("data", {})]
    assert len(ours(lab, CONTROLS)) == len(shown)
    texts = [cell for cell in nbformat.read(lab.notebook, as_version=4).cells if cell.cell_type == "markdown"]
    questions = sum(cell.source.count("<details") for cell in texts)
    assert len(ours(lab, ".jp-MarkdownOutput details")) == questions


def test_course_has_each_kind_of_control():
    sources = "".join(path.read_text(encoding="utf-8") for path in build.sources())
    for call in ("picture_slider(", "step_through(", "solution(", "<details", 'play(gym.make("Bob/Room-v0"'):
        assert call in sources
    assert "ALE/Breakout-v5" in sources


def test_nothing_is_asked_of_another_machine(lab):
    hosts = {urlsplit(url).hostname for url in lab.requests if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_shuts_out_who_cannot_see_well(lab, dark):
    lab.set_theme(THEMES[dark])
    found = look_with_axe(lab, OF_COLOURS if dark else None)
    assert found["bad"] == []
    assert found["unclear"] == []
    assert found["coloured"] >= 0.95 * found["written"] > 0  # all of the page was looked at
    assert len(found["code"]) > 5
    assert {colour: seen for colour, seen in found["code"].items() if seen[0] < 4.5} == {}
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
            print(f"\n{lab.notebook.stem}, slider {label}: {', '.join(f'{each:.3f}' for each in seconds)} s")
        assert None not in seconds
        assert max(seconds) <= MOST_SECONDS


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
        buttons = buttons_of(player)
        player.locator("canvas").focus()
        assert play(lab, player, [partial(lab.page.keyboard.press, key) for key in buttons]) > 1
        assert play(lab, player, [button.click for button in buttons.values()]) > 1
        lab.page.keyboard.press("Escape")


def test_bob_goes_where_arrows_and_buttons_send_him(lab):
    for player in titled(lab, "Play: Room"):
        buttons = buttons_of(player)
        player.locator("canvas").focus()
        for acts in (
            [partial(lab.page.keyboard.press, key) for key in WAYS],
            [buttons[key].click for key in WAYS],
        ):
            steps = go(lab, player, acts)
            assert sum(step != (0, 0) for step in steps) >= 3  # a wall may stand in his way
            assert all(step in (way, (0, 0)) for step, way in zip(steps, WAYS.values(), strict=True))


def test_paddle_of_breakout_goes_where_it_is_sent(lab):
    keyboard = lab.page.keyboard
    for player in titled(lab, "Play: Breakout"):
        buttons = buttons_of(player)
        player.locator(".bob-again").click()
        keyboard.press("Space")
        for key, way in (("ArrowLeft", -1), ("ArrowRight", 1)):
            steer(lab, player, way, partial(keyboard.down, key), partial(keyboard.up, key))
        for key, way in (("ArrowLeft", -1), ("ArrowRight", 1)):
            steer(lab, player, way, *hold(lab, buttons[key]))
        keyboard.press("Escape")
        lab.page.locator(f"{PANEL} .bob-player[data-state=paused]").first.wait_for(timeout=5000)


def test_learning_is_stepped_through(lab):
    for stepper in ours(lab, ".bob-stepper"):
        words = stepper.locator(".bob-words")
        for name in ("Step", "10 steps", "Next change", "Episode", "Start again"):
            button = stepper.get_by_role("button", name=name, exact=True)
            button.focus()
            do_and_wait(lab, partial(lab.page.keyboard.press, "Enter"), words)
        assert "Episode 1 begins" in words.inner_text()


def test_films_stand_still_for_who_asks_for_less_motion(lab):
    moving = lab.call(FILMS, PANEL)
    lab.page.emulate_media(reduced_motion="reduce")
    lab.settle()
    calm = lab.call(FILMS, PANEL)
    lab.page.emulate_media(reduced_motion="no-preference")
    stored = [
        output for outputs in lab.outputs() for output in outputs if "text/html" in output.get("data", {})
    ]
    n_films = sum("".join(output["data"]["text/html"]).count('src="data:image/gif') for output in stored)
    assert moving == ["data:image/gif"] * n_films
    assert calm == ["data:image/png"] * len(moving)


def test_nothing_is_cut_off_on_a_small_screen(lab):
    size = lab.page.viewport_size
    lab.page.set_viewport_size(SMALL)
    lab.settle()
    cut = lab.call(TOO_WIDE, PANEL)
    lab.page.set_viewport_size(size)
    assert cut == []


def test_slides_are_shown_live_and_their_controls_work(lab):
    n_controls, found = 0, {}
    with live_slides.presented(lab):
        for cells, has_controls, troubles in live_slides.walk(lab):
            if troubles:
                found[cells[0]] = troubles
            if has_controls:
                n_controls += live_slides.use_controls(lab)
                assert lab.active_cell() in cells  # the arrows moved the slider, not the slide
        lab.call(live_slides.SLIDE, 0)
        assert live_slides.go_on(lab) == live_slides.slides_of(lab.notebook)[1]
    assert found == {}
    assert n_controls == len(ours(lab, ".bob-player, .bob-stepper, .bob-slider"))


LIVE_FAULTS = {
    "does not fit": nbformat.v4.new_code_cell(
        "x", outputs=[nbformat.v4.new_output("stream", text="line\n" * 60)], execution_count=1
    ),
    "is empty": nbformat.v4.new_markdown_cell("## Only a title"),
    "shows an error": nbformat.v4.new_code_cell(
        "x", outputs=[nbformat.v4.new_output("error", ename="E", evalue="no", traceback=["E: no"])]
    ),
    "20 at least": nbformat.v4.new_markdown_cell('<p style="font-size: 12px">small</p>'),
}


def test_planted_faults_are_seen_on_live_slides(course, tmp_path):
    for cell in LIVE_FAULTS.values():
        cell.metadata["slideshow"] = {"slide_type": "slide"}
    planted = nbformat.v4.new_notebook(cells=list(LIVE_FAULTS.values()), metadata=build.METADATA)
    nbformat.write(planted, tmp_path / "planted.ipynb")
    lab = course.lab
    lab.open(*course.station.put(tmp_path / "planted.ipynb"))
    with live_slides.presented(lab):
        for fault, (*_, troubles) in zip(LIVE_FAULTS, live_slides.walk(lab), strict=True):
            assert any(fault in each for each in troubles), (fault, troubles)
    lab.close()


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
    lab.run_cell(3)
    assert lab.errors() == []
    outputs = lab.outputs()
    assert [output["text"] for output in outputs[2]] == ["True True\n"]
    assert [output["text"] for output in outputs[3]] == ["20 True True\n"]
    lab.close()


@pytest.mark.parametrize(("in_ci", "outcome"), [("", "1 skipped"), ("true", "1 error")])
def test_missing_browser_is_a_named_skip_but_a_failure_in_ci(in_ci, outcome, tmp_path):
    test = f"tests/{__name__}.py::test_stopped_training_goes_on_with_what_was_learned"
    command = [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", test]
    without = {"PATH": "", "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path), "CI": in_ci}
    answer = subprocess.run(
        command, cwd=build.ROOT, env=os.environ | without, capture_output=True, text=True, check=False
    )
    assert outcome in answer.stdout
    assert "no browser to drive: install Chromium" in answer.stdout
