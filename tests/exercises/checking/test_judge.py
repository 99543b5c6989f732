import inspect

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers import updates
from rl_helpers.agents import QLearningAgent
from rl_helpers.exercises import EXERCISES, Check, solution
from rl_helpers.exercises.answers import solutions
from rl_helpers.exercises.checking.judge import judge
from rl_helpers.exercises.checking.scripted_world import ScriptedAgent, ScriptedWorld
from rl_helpers.exercises.progress import NO_PROGRESS, Progress
from rl_helpers.training import Transition, run_episode
from tests.answers.table import planted

RIGHT, WRONG = planted()


@pytest.fixture
def check(tmp_path):
    return Check(Progress(tmp_path / "progress.json"))


@pytest.mark.parametrize(("exercise", "function"), RIGHT)
def test_right_answer_passes_however_it_is_written(exercise, function):
    report = judge(EXERCISES[exercise], function)
    assert report.status == "solved", report


@pytest.mark.parametrize(("exercise", "hint", "function"), WRONG)
def test_wrong_answer_gets_the_hint_that_names_its_mistake(exercise, hint, function):
    report = judge(EXERCISES[exercise], function)
    assert report.status == "wrong"
    assert hint in report.hint, report
    assert report.rows[0][0] == "Called"


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_has_enough_planted_answers(name):
    assert sum(param.values[0] == name for param in RIGHT) >= 2
    assert sum(param.values[0] == name for param in WRONG) >= 5


@pytest.mark.parametrize(
    ("exercise", "mistake", "hint"),
    [
        pytest.param(exercise, mistake, hint, id=f"{exercise.name}-{number}")
        for exercise in EXERCISES.values()
        for number, (mistake, hint) in enumerate(exercise.mistakes)
    ],
)
def test_every_known_mistake_is_told_apart_from_the_others(exercise, mistake, hint):
    report = judge(exercise, mistake)
    assert report.status == "wrong"
    assert report.hint == hint


@pytest.mark.parametrize("name", EXERCISES)
def test_shown_solution_runs_as_it_stands_and_passes_its_own_check(name):
    namespace = {"Transition": Transition, "np": np}
    exec(solution(name).code, namespace)
    assert judge(EXERCISES[name], namespace[name]).status == "solved"


@pytest.mark.parametrize("name", EXERCISES)
def test_solution_is_what_the_check_hands_over(name):
    assert EXERCISES[name].solution is getattr(solutions, name)
    assert '"""' not in solution(name).code
    assert solution(name).code in inspect.getsource(solutions).replace(docstring(name), "")


def docstring(name):
    return f'    """{getattr(solutions, name).__doc__}"""\n'


def test_solutions_do_what_the_courses_agent_does():
    rng = np.random.default_rng(0)
    agent = QLearningAgent(6, 3, learning_rate=0.25, discount=0.9, rng=rng)
    table = rng.normal(size=(6, 3))
    agent.q_values = table
    for _ in range(200):
        transition = Transition(
            *rng.integers((6, 3)).tolist(), rng.normal(), int(rng.integers(6)), rng.random() < 0.3
        )
        state, action, reward, next_state, terminated = transition
        target = solutions.td_target(reward, table[next_state], terminated, 0.9)
        assert target == updates.q_learning_target(reward, table[next_state], terminated, 0.9)
        error = solutions.td_error(target, table[state, action])
        assert error == pytest.approx(agent.update(transition))
        solutions.q_update(table, state, action, error, 0.25)
    np.testing.assert_allclose(agent.q_values, table)


def test_solution_of_the_loop_does_what_run_episode_does():
    def played(loop):
        world = ScriptedWorld(([0.5, 1.0, -2.0], "truncated"))
        return loop(world, ScriptedAgent(world))

    assert played(solutions.interaction_loop) == played(run_episode)


def test_solutions_number_states_as_room_and_taxi_do():
    room = gym.make("Bob/Room-v0", layout="two_rugs").unwrapped
    taxi = gym.make("Taxi-v4").unwrapped
    for world, sizes in ((room, [room.n_rows, room.n_columns, 2, 2]), (taxi, [5, 5, 5, 4])):
        for values in np.ndindex(*sizes):
            state = solutions.encode_state(values, sizes)
            assert state == world.encode(*values)
            assert solutions.decode_state(state, sizes) == list(values) == list(world.decode(state))


@pytest.mark.parametrize(
    ("rewards", "discount"),
    [({"cushion": 0.1}, 0.99), ({"cushion": 0.3}, 0.95), ({"cushion": 0.01, "rug": 0.75}, 0.9)],
)
def test_repair_is_judged_for_the_discount_at_which_it_fails(rewards, discount):
    report = judge(EXERCISES["repair_the_reward"], lambda discount: rewards)
    assert dict(report.rows) == {"Called": f"repair_the_reward(discount={discount})"}
    assert f"with γ = {discount} the best that Bob can do is: " in report.hint


def test_repair_is_held_to_the_wish_to_keep_the_cushion_only_when_bob_does_the_rest():
    dear = judge(EXERCISES["repair_the_reward"], lambda discount: {"cushion": 0.0, "step": -1.0})
    assert "is: post." in dear.hint
    assert "cushion" not in dear.hint


# What a learner sees, apart from right and wrong


STUBS = {
    "ellipsis": lambda target, q_value: ...,
    "pass": lambda target, q_value: None,
}


@pytest.mark.parametrize("stub", STUBS.values(), ids=STUBS)
def test_stub_is_not_yet_solved_and_the_notebook_goes_on_with_the_courses_function(check, capsys, stub):
    function = check.td_error(stub)
    assert function(2.0, 0.5) == 1.5
    shown = capsys.readouterr().out
    assert "○ td_error: not yet" in shown
    assert "✗" not in shown


def test_stub_with_a_beginning_is_not_yet_solved():
    def interaction_loop(env, agent):
        env.reset()
        episode_return, n_steps = 0.0, 0
        return episode_return, n_steps

    def q_update(q_values, state, action, td_error, learning_rate):
        """Your line here."""

    def training_loop(env, agent, n_episodes, seed):
        returns = []
        for _ in range(n_episodes):
            env.reset(seed=seed)
        return returns

    def td_target(reward, next_q_values, terminated, discount):
        raise NotImplementedError

    def discounted_return(rewards, discount):
        total = ...
        for _ in rewards:
            total = ...
        return total

    for stub in (interaction_loop, q_update, training_loop, td_target, discounted_return):
        assert judge(EXERCISES[stub.__name__], stub).status == "not yet"


def test_solved_exercise_goes_on_with_the_learners_own_function(check, capsys):
    def td_error(target, q_value):
        return target - q_value

    assert check.td_error(td_error) is td_error
    assert "✓ td_error: solved" in capsys.readouterr().out


def test_wrong_answer_goes_on_with_the_courses_function(check, capsys):
    assert check.td_error(lambda target, q_value: q_value - target) is solutions.td_error
    assert "✗ td_error: not right yet" in capsys.readouterr().out


def test_the_courses_function_does_not_count_as_an_answer(check, capsys):
    """Running the check's cell twice hands the course's function back in: that solves nothing."""
    check.td_error(check.td_error(lambda target, q_value: None))
    assert "This is the course's own function" in capsys.readouterr().out
    check.progress("06")
    assert "0 of 5 solved" in capsys.readouterr().out


def test_report_says_call_expected_and_got():
    report = judge(EXERCISES["td_target"], lambda reward, next_q_values, terminated, discount: reward)
    assert dict(report.rows) == {
        "Called": "td_target(reward=1.0, next_q_values=np.array([0.0, 2.0, -1.0]), "
        "terminated=False, discount=0.5)",
        "Expected": "2.0",
        "Got": "1.0",
    }


def test_exception_in_learners_code_is_shown_with_their_line_and_no_other():
    def td_error(target, q_value):
        difference = target - q_value
        return undefined_name + difference  # noqa: F821

    report = judge(EXERCISES["td_error"], td_error)
    rows = dict(report.rows)
    assert rows["Error"] == "NameError: name 'undefined_name' is not defined"
    assert rows["Your line"].endswith(": return undefined_name + difference  # noqa: F821")
    assert "Traceback" not in repr(report)


def test_exception_inside_numpy_is_shown_with_the_learners_line():
    def td_target(reward, next_q_values, terminated, discount):
        return reward + discount * np.max(next_q_values, axis=1)

    rows = dict(judge(EXERCISES["td_target"], td_target).rows)
    assert "AxisError" in rows["Error"]
    assert rows["Your line"].endswith("np.max(next_q_values, axis=1)")


@pytest.mark.parametrize(("exercise", "hint", "function"), WRONG)
def test_no_report_shows_names_that_only_the_check_knows(exercise, hint, function):
    report = judge(EXERCISES[exercise], function)
    shown = "".join(code for title, code in report.rows if title != "Your line") + report.hint
    assert "Scripted" not in shown
    assert "the error came up in your function" not in shown


def test_wrong_entries_of_a_table_are_named_one_by_one():
    def q_update(q_values, state, action, td_error, learning_rate):
        q_values[state, action] -= learning_rate * td_error

    rows = dict(judge(EXERCISES["q_update"], q_update).rows)
    assert rows["Table"] == "entry (2, 1): should be 2.75, is 1.25"
    assert rows["Called"].splitlines()[:3] == [
        "q_update(q_values=np.array([",
        "    [0.0, 0.0, 0.0],",
        "    [0.0, 1.0, 0.0],",
    ]


def test_many_wrong_entries_of_a_table_are_counted():
    def q_update(q_values, state, action, td_error, learning_rate):
        q_values += 1

    lines = dict(judge(EXERCISES["q_update"], q_update).rows)["Table"].splitlines()
    assert lines[0] == "entry (0, 0): should be 0.0, is 1.0"
    assert len(lines) == 5
    assert lines[-1] == "and 8 more"


@pytest.mark.parametrize(
    ("change", "expected", "got"),
    [
        (lambda entries: entries[:4], "10 entries", "4 entries"),
        (lambda entries: entries[:1], "10 entries", "1 entry"),
        (lambda entries: None, "a list of dicts", "None"),
        (len, "a list of 10 dicts with frame, state, action, reward", "10"),
        (
            lambda entries: [{**entry, "reward": 2.0} for entry in entries],
            "rewards [0.0, 1.0, 0.0, 4.0, 0.0, 7.0, 1.0, 0.0, 1.0, 0.0]",
            f"rewards {[2.0] * 10}",
        ),
    ],
)
def test_expected_and_got_of_collected_frames_are_of_one_kind(change, expected, got):
    def collect_frames(env, n_steps, rng):
        return change(solutions.collect_frames(env, n_steps, rng))

    rows = dict(judge(EXERCISES["collect_frames"], collect_frames).rows)
    assert (rows["Expected"], rows["Got"]) == (expected, got)


@pytest.mark.parametrize("name", ["error", "foo", "np"])
def test_name_that_does_not_exist_is_explained(name):
    namespace = {}
    source = f"def q_update(q_values, state, action, td_error, learning_rate):\n    q_values[0] += {name}"
    exec(source, namespace)
    hints = {
        "error": "the parameter is called `td_error`.",
        "foo": "there is no `foo`: the function knows its parameters (q_values, state, action, td_error, "
        "learning_rate) and what you set in it.",
        "np": "run `import numpy as np` in a cell above.",
    }
    assert judge(EXERCISES["q_update"], namespace["q_update"]).hint == hints[name]


def test_name_from_outside_does_no_harm_in_a_right_answer():
    """Only wrong answers are searched for names such as `action`, which a helper may well use."""
    namespace = {}
    exec("action = 1\ndef td_error(target, q_value):\n    return target - q_value + 0 * action", namespace)
    assert judge(EXERCISES["td_error"], namespace["td_error"]).status == "solved"


def test_endless_recursion_is_named():
    def discounted_return(rewards, discount):
        return rewards[0] + discount * discounted_return(rewards, discount)

    report = judge(EXERCISES["discounted_return"], discounted_return)
    assert "calls itself without end" in report.hint


@pytest.mark.parametrize("answer", [5, None, 2.5, "td_target", [1, 2]])
def test_a_value_instead_of_a_function_is_named(check, capsys, answer):
    assert check.td_target(answer) is solutions.td_target
    shown = capsys.readouterr().out
    assert f"got {answer!r}, which is no function" in shown
    assert "check.td_target(td_target)" in shown


@pytest.mark.parametrize(
    "answer",
    [
        lambda reward: reward,
        lambda reward, next_q_values, terminated, discount, more: reward,
        lambda reward, values, terminated, discount: reward,
        lambda next_q_values, reward, terminated, discount: reward,
        lambda: 0,
    ],
)
def test_other_parameters_are_named(answer):
    report = judge(EXERCISES["td_target"], answer)
    assert dict(report.rows)["Expected"] == "def td_target(reward, next_q_values, terminated, discount):"
    assert "keep the `def` line" in report.hint


def test_more_parameters_with_defaults_are_fine():
    def td_error(target, q_value, *, verbose=False):
        return target - q_value

    assert judge(EXERCISES["td_error"], td_error).status == "solved"
    assert judge(EXERCISES["td_error"], lambda *values: values[0] - values[1]).status == "solved"


def test_coroutine_is_told_apart_without_a_warning():
    async def td_error(target, q_value):
        return target - q_value

    assert "no `async`" in judge(EXERCISES["td_error"], td_error).hint


def test_answer_that_cannot_even_be_shown_is_rejected():
    class Broken:
        def __repr__(self):
            raise ValueError

        def __eq__(self, other):
            raise ValueError

        __hash__ = None

    report = judge(EXERCISES["td_error"], lambda target, q_value: Broken())
    assert dict(report.rows)["Got"] == "<Broken>"


def test_a_check_leaves_its_cases_as_they_were():
    """An answer that spoils its arguments must not spoil the next check."""

    def q_update(q_values, state, action, td_error, learning_rate):
        q_values[:] = np.nan

    assert judge(EXERCISES["q_update"], q_update).status == "wrong"
    assert judge(EXERCISES["q_update"], lambda *arguments: solutions.q_update(*arguments)).status == "solved"


def test_prints_are_kept_out_of_the_way_and_shown_beside_the_failing_call(capsys):
    def td_error(target, q_value):
        print("looking at", target)
        return 0

    report = judge(EXERCISES["td_error"], td_error)
    assert dict(report.rows)["Printed"] == "looking at 2.0"
    assert capsys.readouterr().out == ""


def test_html_says_by_symbol_and_words_what_colour_repeats(check):
    reports = {
        "✓ <code>td_error</code>: solved": lambda target, q_value: target - q_value,
        "○ <code>td_error</code>: not yet": lambda target, q_value: None,
        "✗ <code>td_error</code>: not right yet": lambda target, q_value: q_value - target,
    }
    for words, answer in reports.items():
        markup = judge(EXERCISES["td_error"], answer)._repr_html_()
        assert words in markup
        # The text keeps the theme's own colours: any contrast is the theme's.
        assert ";color:" not in markup.replace(" ", "")
        assert "background" not in markup


def test_html_of_learners_text_is_escaped():
    report = judge(EXERCISES["td_error"], lambda target, q_value: "<script>")
    assert "<script>" not in report._repr_html_()
    assert "&lt;script&gt;" in report._repr_html_()


def test_misspelt_exercise_lists_what_there_is(check):
    with pytest.raises(AttributeError, match=r"did you mean 'td_target'\? There are: interaction_loop, "):
        check.td_tagret  # noqa: B018
    with pytest.raises(ValueError, match="there is no exercise 'nonsense'"):
        solution("nonsense")
    assert "td_target" in dir(check)


def test_solution_is_not_given_away_before_the_button_is_pressed(monkeypatch):
    monkeypatch.delenv(NO_PROGRESS, raising=False)
    button = solution("td_error")
    bundle = button._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "target - q_value" not in str(bundle)
    box = button.widget()
    show, place = box.children
    assert place.value == ""
    show.click()
    assert "return target - q_value" in place.value
    assert show.description == "Hide the solution"
    show.click()
    assert place.value == ""


def test_stored_solution_button_is_the_same_every_time_and_gives_nothing_away(monkeypatch):
    monkeypatch.setenv(NO_PROGRESS, "1")
    bundle = solution("td_error")._repr_mimebundle_()
    assert bundle == solution("td_error")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert all("Run this cell to get the solution button" in text for text in bundle.values())
