"""What a check says of answers that are not begun, not right, or nothing that can be called."""

import operator
import sys
import time

import numpy as np
import pytest

from rl_helpers.exercises import EXERCISES
from rl_helpers.exercises.checking.explain import FURTHER
from rl_helpers.exercises.checking.judge import judge


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


def test_report_says_call_expected_and_got():
    report = judge(EXERCISES["td_target"], lambda reward, next_q_values, terminated, discount: reward)
    assert dict(report.rows) == {
        "Called": "td_target(reward=1.0, next_q_values=np.array([0.0, 2.0, -1.0]), "
        "terminated=False, discount=0.5)",
        "Expected": "2.0",
        "Got": "1.0",
    }


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
    assert (
        judge(EXERCISES["q_update"], lambda *arguments: EXERCISES["q_update"].solution(*arguments)).status
        == "solved"
    )


def test_prints_are_kept_out_of_the_way_and_shown_beside_the_failing_call(capsys):
    def td_error(target, q_value):
        print("looking at", target)
        return 0

    report = judge(EXERCISES["td_error"], td_error)
    assert dict(report.rows)["Printed"] == "looking at 2.0"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("answer", [operator.sub, np.subtract, lambda a, b, /: a - b])
def test_parameters_without_names_may_be_called_anything(answer):
    assert judge(EXERCISES["td_error"], answer).status == "solved"
    assert "other parameters" in judge(EXERCISES["td_target"], answer).message or answer is np.subtract


def test_the_smallest_further_input_is_shown_that_the_answer_fails():
    def discounted_return(rewards, discount):
        return sum(discount**t * reward for t, reward in enumerate(rewards[:7]))

    report = judge(EXERCISES["discounted_return"], discounted_return)
    assert report.message == FURTHER
    called = dict(report.rows)["Called"]
    # Eight rewards are the fewest that tell.
    assert called.count(",") == 8


def test_a_slow_answer_that_is_right_is_not_refused_for_the_further_inputs():
    def td_error(target, q_value):
        time.sleep(0.02)
        return target - q_value

    began = time.monotonic()
    assert judge(EXERCISES["td_error"], td_error).status == "solved"
    assert time.monotonic() - began < 4.5


def test_what_is_written_in_a_loop_has_begun_though_it_never_runs():
    def interaction_loop(env, agent):
        state, _ = env.reset()
        terminated = truncated = False
        while terminated or truncated:
            state, _, terminated, truncated, _ = env.step(agent.act(state))
        return 0.0, 0

    def training_loop(env, agent, n_episodes, seed):
        for _ in range(n_episodes):
            env.reset(seed=seed)
            yield 0.0

    def planning_loop(q_values, model, planning_steps, learning_rate, discount, rng):
        yield

    for answer in (interaction_loop, training_loop, planning_loop):
        assert judge(EXERCISES[answer.__name__], answer).status == "wrong"


def test_equal_seeds_must_give_equal_tables():
    solution = EXERCISES["planning_loop"].solution
    n_calls = []

    def planning_loop(q_values, model, planning_steps, learning_rate, discount, rng):
        n_calls.append(rng.random())
        rng = np.random.default_rng(len(n_calls))
        solution(q_values, model, planning_steps, learning_rate, discount, rng)

    assert "and are others each time" in judge(EXERCISES["planning_loop"], planning_loop).hint


def test_deep_recursion_is_python_s_limit_and_no_mistake():
    def interaction_loop(env, agent):
        def rest(state):
            state, reward, terminated, truncated, _ = env.step(agent.act(state))
            further, n_steps = (0.0, 0) if terminated or truncated else rest(state)
            return reward + further, 1 + n_steps

        return rest(env.reset()[0])

    assert judge(EXERCISES["interaction_loop"], interaction_loop).status == "solved"


def test_what_an_answer_raises_is_shown_and_an_error_of_the_check_itself_is_not_hidden(monkeypatch):
    exercise = EXERCISES["td_error"]
    monkeypatch.setitem(exercise.names, "x", "y")
    monkeypatch.setattr("rl_helpers.exercises.checking.judge.wrong_answer", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        judge(exercise, lambda target, q_value: 0)


def test_the_function_of_a_check_of_many_inputs_is_shown_with_one():
    report = judge(EXERCISES["improve_the_state"], lambda moment: (moment.landing_offset, 1))
    called = dict(report.rows)["Called"]
    assert called.startswith("improve_the_state(moment=Moment(offset=")
    assert len(called) < 250
    everything = judge(EXERCISES["improve_the_state"], lambda moment: (1,))
    assert dict(everything.rows)["Called"] == "improve_the_state(moment)"


SPOILERS = {
    "recursion limit": lambda: sys.setrecursionlimit(400),
    "warnings": lambda: __import__("warnings").simplefilter("error"),
    "errors of NumPy": lambda: np.seterr(all="raise"),
    "standard output": lambda: sys.stdout.close(),
    "seeds": lambda: np.random.seed(0),  # noqa: NPY002
}


@pytest.mark.parametrize("spoil", SPOILERS.values(), ids=SPOILERS)
def test_after_an_answer_that_spoils_what_all_share_the_right_one_passes(spoil):
    exercise = EXERCISES["softmax"]

    def softmax(q_values, temperature):
        spoil()
        return 0

    def right(q_values, temperature):
        return exercise.solution(q_values, temperature)

    assert judge(exercise, softmax).status == "wrong"
    assert judge(exercise, right).status == "solved"


def test_tables_that_notebooks_import_cannot_be_changed():
    from rl_helpers.breakout import STEPS
    from rl_helpers.worlds.dynamics import REWARDS

    for table in (REWARDS, STEPS, EXERCISES):
        with pytest.raises(TypeError, match="does not support item assignment"):
            table["post"] = 0.0

    def repair_the_reward(discount):
        REWARDS["cushion"] = 0.01
        return REWARDS

    report = judge(EXERCISES["repair_the_reward"], repair_the_reward)
    assert "take a copy" in report.hint
    assert REWARDS["cushion"] == 0.0
