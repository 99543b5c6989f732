"""The eight states of Breakout, and the mirror."""

import numpy as np
import pytest

from rl_helpers.breakout import STEPS, Moment
from rl_helpers.breakout.states import MIRRORED, MOVE_LEFT, MOVE_RIGHT


def moments(n=2000, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(n):
        now, straight, seen = rng.integers(-140, 141, size=3).tolist()
        heights = rng.integers(150, size=3).tolist()
        push, falling, narrow = int(rng.integers(-1, 2)), bool(rng.random() < 0.5), bool(rng.random() < 0.5)
        rest = seen - 10.5 * push
        yield Moment(now, heights[0], falling, straight, heights[1], seen, heights[2], rest, push, narrow)


@pytest.mark.parametrize("name", [name for name, space in STEPS.items() if space.mirror])
def test_a_moment_and_its_mirror_image_are_one_state_with_left_and_right_swapped(name):
    n_sided = 0
    for moment in moments():
        state, mirrored = STEPS[name].state(moment)
        twin_state, twin_mirrored = STEPS[name].state(moment.mirrored())
        assert state == twin_state
        if getattr(moment, STEPS[name].mirror.field) != 0:
            assert mirrored != twin_mirrored
            n_sided += 1
    assert n_sided > 1900


def test_without_the_mirror_left_and_right_are_states_of_their_own():
    space = STEPS["+ last action"]
    assert any(space.state(moment)[0] != space.state(moment.mirrored())[0] for moment in moments())
    assert not any(space.state(moment)[1] for moment in moments())


def test_mirror_swaps_left_and_right_and_nothing_else():
    assert MIRRORED[MOVE_LEFT] == MOVE_RIGHT
    assert MIRRORED[MOVE_RIGHT] == MOVE_LEFT
    assert [action for action in range(4) if MIRRORED[action] == action] == [0, 1]


@pytest.mark.parametrize("name", STEPS)
def test_every_state_number_is_in_the_space_and_0_is_no_ball(name):
    space = STEPS[name]
    assert space.state(None) == (0, False)
    numbers = {space.state(moment)[0] for moment in moments()}
    assert min(numbers) >= 1
    assert max(numbers) < space.n_states
