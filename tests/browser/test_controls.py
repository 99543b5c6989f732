"""Every control of every notebook, with keys, buttons and sliders."""

from collections import Counter
from functools import partial

from rl_helpers.notebook import my_world
from tests.browser.accessibility import walk_with_tab
from tests.browser.controls import do_and_wait, go, move_slider, play, steer
from tests.browser.page import CONTROLS, PANEL, PUSH, SOLUTION, ours
from tools.browser.lab import RUN

COLOURS = "(words) => words.map((each) => getComputedStyle(each).color)"
BUSY = "Python is busy"
ALL_CONTROLS = (
    "import pathlib\nimport time\nimport gymnasium as gym\nimport numpy as np\n"
    "from rl_helpers import widgets\nfrom rl_helpers.agents import QLearningAgent\n"
    "from rl_helpers.exercises import solution\n"
    "from rl_helpers.notebook import show",
    "widgets.play(gym.make('Bob/Room-v0', render_mode='rgb_array'))",
    "tiny = gym.make('Bob/Room-v0', layout='tiny', render_mode='rgb_array')\n"
    "widgets.step_through(tiny, QLearningAgent(12, 5, rng=np.random.default_rng(0)))",
    "widgets.push_button('Draw', lambda number: show.picture(np.zeros((9, 9), np.uint8), alt='a square'))",
    "solution('td_error')",
    "print('asleep', flush=True)\nwhile not pathlib.Path({!r}).exists():\n    time.sleep(0.05)",
)
MOST_SECONDS = 0.5  # from a move of a slider to its picture
WIDGETS = f"{CONTROLS}, .jp-MarkdownOutput details"
WAYS = {"ArrowUp": (-1, 0), "ArrowRight": (0, 1), "ArrowDown": (1, 0), "ArrowLeft": (0, -1)}


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


def test_every_slider_changes_its_picture_at_once(lab, tell):
    for slider in ours(lab, ".bob-slider"):
        seconds = move_slider(lab, slider)
        label = slider.get_attribute("aria-label")
        tell(f"{lab.notebook.stem}, slider {label}: {', '.join(f'{each:.3f}' for each in seconds)} s")
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
        button, code = box.locator("button"), box.locator("pre")
        button.click()
        code.wait_for(timeout=10_000)
        assert code.inner_text().strip()
        colours = code.locator("span").evaluate_all(
            "(all) => all.map((each) => getComputedStyle(each).color)"
        )
        assert len(set(colours)) > 1
        button.focus()
        lab.page.keyboard.press("Enter")
        code.wait_for(state="detached", timeout=10_000)


def test_a_button_shows_what_came_of_it(lab):
    for box in ours(lab, PUSH):
        box.locator(".jupyter-button").focus()
        lab.page.keyboard.press("Enter")
        picture, words = box.locator("img").first, box.locator(".widget-html-content p").first
        picture.or_(words).first.wait_for(timeout=60_000)
        assert box.locator(".jupyter-button").is_enabled()
        if words.count():
            assert my_world.NAME in words.inner_text()  # made, there already, or not to be made in here
        else:
            assert picture.get_attribute("alt")
            picture.evaluate("(picture) => picture.remove()")  # other tests count the films of the notebook


def test_games_are_played_with_keys_and_with_buttons(lab):
    for player in ours(lab, ".bob-player"):
        buttons = buttons_of(player)
        player.locator("canvas").focus()
        assert play(lab, player, [partial(lab.page.keyboard.press, key) for key in buttons]) > 1
        assert play(lab, player, [button.click for button in buttons.values()]) > 1
        lab.page.keyboard.press("Escape")


def test_buttons_without_arrows_stand_in_even_rows(lab):
    for player in ours(lab, ".bob-player"):
        buttons = buttons_of(player)
        if not any(key.startswith("Arrow") for key in buttons):
            rows = Counter(round(button.bounding_box()["y"]) for button in buttons.values())
            assert len(set(rows.values())) == 1, rows


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


def test_controls_say_while_python_is_busy_that_it_is_and_answer_later(course, tmp_path):
    lab, end = course.lab, tmp_path / "end"
    *cells, busy = ALL_CONTROLS
    lab.open(*course.station.put([*cells, busy.format(str(end))]))
    for number in range(len(ALL_CONTROLS) - 1):
        lab.run_cell(number)
    player, stepper, push, solution = (
        lab.page.locator(f"{PANEL} .bob-{kind}") for kind in ("player", "stepper", "push", "solution")
    )
    asleep = lab.start(RUN, len(ALL_CONTROLS) - 1)
    lab.page.locator(f"{PANEL} .jp-OutputArea-output").filter(has_text="asleep").wait_for(timeout=20_000)
    player.locator(".bob-button").first.click()
    stepper.get_by_role("button", name="Step", exact=True).click()
    push.locator("button").click()
    for words in (player.locator(".bob-message"), stepper.locator(".bob-words"), push.locator(".bob-words")):
        words.filter(has_text=BUSY).wait_for(timeout=20_000)  # Python stays busy until `end`.
    solution.locator("button").click()
    solution.locator("pre").wait_for(timeout=1000)  # It asks nothing of Python.
    assert [output["text"] for output in lab.outputs()[-1]] == ["asleep\n"]
    end.touch()
    lab.wait(asleep)
    push.locator("img").wait_for(timeout=10_000)
    for control in (player, stepper, push):
        control.filter(has_not_text=BUSY).wait_for(timeout=10_000)
    lab.close()
