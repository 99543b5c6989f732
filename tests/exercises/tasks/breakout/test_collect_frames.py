"""What was expected of collected frames is told in the words of what came."""

import pytest

from rl_helpers.exercises import EXERCISES
from rl_helpers.exercises.checking.judge import judge
from rl_helpers.exercises.tasks.breakout import collect_frames as task


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
        return change(task.collect_frames(env, n_steps, rng))

    rows = dict(judge(EXERCISES["collect_frames"], collect_frames).rows)
    assert (rows["Expected"], rows["Got"]) == (expected, got)
