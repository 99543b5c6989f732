"""What a check says of answers that are not begun, not right, or nothing that can be called."""

import numpy as np
import pytest

from rl_helpers.exercises import EXERCISES
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
