"""An exception is shown with the learner's line and explained."""

import dataclasses

import numpy as np
import pytest

from rl_helpers.exercises import EXERCISES
from rl_helpers.exercises.checking.exceptions import Rule
from rl_helpers.exercises.checking.judge import judge


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


def test_rule_is_for_one_kind_of_exception_one_message_and_one_line():
    rule = Rule(ValueError, r"write \1", message=r"no (\w+) here", line=r"= (\w+)")
    assert rule.apply(ValueError("no key here"), "x = model") == "write model"
    assert rule._replace(line="").apply(ValueError("no key here"), "x = model") == "write key"
    assert rule.apply(TypeError("no key here"), "x = model") is None
    assert rule.apply(ValueError("something else"), "x = model") is None
    assert rule.apply(ValueError("no key here"), "model") is None


def test_rules_of_the_exercise_count_before_those_of_all():
    def td_error(target, q_value):
        return [][0]

    general = judge(EXERCISES["td_error"], td_error)
    assert "counting begins at 0" in general.hint
    own = dataclasses.replace(EXERCISES["td_error"], errors=(Rule(IndexError, "no list here."),))
    assert judge(own, td_error).hint == "no list here."
