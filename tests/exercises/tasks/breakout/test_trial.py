"""The trial that tells whether a learner's state for Breakout is better than the notebook's third step."""

import re

import numpy as np
import pytest

from rl_helpers.breakout import STEPS, Moment, bucket
from rl_helpers.exercises.tasks.breakout import improve_the_state as task
from rl_helpers.exercises.tasks.breakout import trial as module
from rl_helpers.exercises.tasks.breakout.trial import BASELINE, Trial, stored_scores, trial_score, try_state
from tests.notebooks.built import BUILT, read
from tools.notebooks.rules import IGNORE


def test_the_courses_own_solution_is_better_than_the_third_step():
    """As its notebook says. That the trial comes out so is seen where the notebook is run and compared."""
    cells = [cell for path in BUILT for cell in read(path).cells if cell.cell_type == "code"]
    (trial,) = (cell for cell in cells if cell.source == f"try_state({task.improve_the_state.__name__})")
    assert IGNORE not in trial.metadata.get("tags", [])
    said = trial.outputs[0].data["text/plain"]
    assert f"the third step's: {np.mean(stored_scores()):.1f}." in said
    low = float(re.search(r"95% interval (\S+) to \S+\): better\.$", said)[1])
    assert low > 10


def test_a_state_without_the_ball_is_worse():
    # Only three short trainings: scores of 2 or so, whatever the seed.
    trial = try_state(lambda moment: (bucket(moment.push, (0,)),), n_decisions=5000, seeds=(1, 2, 3))
    assert trial.verdict == "worse"


def test_stored_scores_are_those_of_the_third_step():
    scores = stored_scores()
    assert len(scores) == 6
    assert trial_score(STEPS[BASELINE], 1) == pytest.approx(scores[0], abs=0.01)


def test_a_mirror_that_is_no_field_is_refused_in_words():
    with pytest.raises(ValueError, match="expected a field of a moment: offset, distance"):
        try_state(lambda moment: (0,), mirror="side")


@pytest.mark.parametrize(
    ("yours", "ours", "verdict"),
    [
        ([10.0, 12.0, 11.0], [4.0, 5.0, 3.0], "better"),
        ([4.0, 5.0, 3.0], [10.0, 12.0, 11.0], "worse"),
        ([4.0, 9.0, 3.0], [5.0, 6.0, 4.0], "these runs cannot tell"),
    ],
)
def test_verdict_goes_by_the_interval(yours, ours, verdict):
    assert Trial(yours, ours).verdict == verdict


def test_interval_is_welchs():
    # By hand: variances 1 and 4 over 3 and 4 runs, t of 4.7 degrees of freedom is 2.62.
    trial = Trial([10.0, 11.0, 12.0], np.array([1.0, 2.0, 4.0, 5.0]) + 0.0)
    spread = 1 / 3 + np.var([1, 2, 4, 5], ddof=1) / 4
    freedom = spread**2 / ((1 / 3) ** 2 / 2 + (np.var([1, 2, 4, 5], ddof=1) / 4) ** 2 / 3)
    assert trial.difference == pytest.approx(8.0)
    assert 4.5 < freedom < 5.1
    assert trial.high - trial.low == pytest.approx(2 * 2.58 * spread**0.5, rel=0.03)


@pytest.mark.parametrize(("mirror", "sides"), [("landing_offset", 1), (None, 2)])
def test_a_mirror_gives_both_sides_one_state(monkeypatch, mirror, sides):
    left = Moment(-40, 20, True, -40, 10, -40, 10, -40, 0, False)
    seen = []

    def both_sides(space, *_):
        seen.append({space.state(moment)[0] for moment in (left, left.mirrored())})
        return 1.0

    monkeypatch.setattr(module, "trial_score", both_sides)
    try_state(lambda moment: (bucket(moment.landing_offset, (0,)),), mirror=mirror, seeds=(1, 2))
    assert [len(states) for states in seen] == [sides] * 2
