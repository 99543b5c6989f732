"""What is made of Pong's readings: where the ball lands, and the mirror."""

import numpy as np
import pytest

from rl_helpers.atari import StateSpace
from rl_helpers.pong import SPACE, Moment, Reading, make_pong
from rl_helpers.pong.reading import BALL_HEIGHT, BOTTOM, PADDLE_X, TOP
from rl_helpers.pong.states import DOWN, MIDDLE, MIRRORED, UP, Watcher


def moments(n=1000):
    rng = np.random.default_rng(0)
    for _ in range(n):
        time = float(rng.random() * 20) if rng.random() < 0.7 else None
        yield Moment(float(rng.integers(-140, 141)), time)


def watched(*readings):
    watcher = Watcher()
    return [watcher.watch(reading, action=0) for reading in readings][-1]


def test_a_moment_and_its_mirror_image_are_one_state_with_up_and_down_swapped():
    for moment in moments():
        state, mirrored = SPACE.state(moment)
        assert 1 <= state < SPACE.n_states
        assert SPACE.state(moment.mirrored())[0] == state
        assert mirrored == (moment.landing_offset < 0)


def test_mirror_swaps_up_and_down_with_and_without_fire():
    assert (MIRRORED[UP], MIRRORED[DOWN]) == (DOWN, UP)
    assert [MIRRORED[action] for action in MIRRORED] == list(range(6))
    assert [action for action in range(6) if MIRRORED[action] == action] == [0, 1]


@pytest.mark.parametrize(("action", "direction"), [(UP, -1), (DOWN, 1)])
def test_up_is_up_and_down_is_down(action, direction):
    env = make_pong()
    env.reset(seed=0)
    start = env.reading.paddle_y
    for _ in range(3):
        env.step(action)  # no ball, so no mirror
    assert direction * (env.reading.paddle_y - start) > 20


def test_a_ball_that_comes_is_mirrored_at_the_walls_and_one_that_goes_is_where_it_is():
    # Ten columns and twenty rows a decision. After three more it would be in row −20, 54 rows above the edge
    # of the upper wall: it will be 54 rows below it.
    first, second = Reading(100, 60, 90, None), Reading(110, 40, 90, None)
    assert watched(first, second) == Moment(TOP + 54 - 90 - MIDDLE, 3.0)
    assert watched(second, first) == Moment(60 - 90 - MIDDLE, None)
    low = watched(Reading(130, 170, 90, None), Reading(135, 180, 90, None))  # ten rows more: just there
    assert low == Moment(BOTTOM - BALL_HEIGHT - 90 - MIDDLE, 1.0)


def test_what_is_seen_for_the_first_time_has_no_speed():
    ball, none = Reading(100, 60, 90, None), Reading(None, None, 90, None)
    assert watched(ball) is watched(ball, none) is watched(none, ball) is None
    assert watched(ball._replace(paddle_y=None), ball) is None


def test_a_new_game_forgets_the_old_one():
    watcher = Watcher()
    watcher.watch(Reading(100, 60, 90, None), action=0)
    watcher.reset()
    assert watcher.watch(Reading(104, 60, 90, None), action=0) is None


def test_landing_is_foreseen_in_the_game():
    """From a third of the field away, within what a paddle reaches: up to 9 pixels it overlaps the ball."""
    env = make_pong(StateSpace(lambda moment: (0,), (1,)))
    rng, errors, foreseen = np.random.default_rng(0), [], None
    env.reset(seed=0)
    for _ in range(2500):
        *_, terminated, truncated, _ = env.step(int(rng.integers(6)))
        moment, reading = env.moment, env.reading
        if moment is None or moment.landing_time is None:
            foreseen = None
        else:
            lands = moment.landing_offset + reading.paddle_y + MIDDLE
            if foreseen is None and 90 < reading.ball_x < 115:
                foreseen = lands
            elif foreseen is not None and reading.ball_x >= PADDLE_X - 8:
                errors.append(abs(lands - foreseen))
                foreseen = None
        if terminated or truncated:
            env.reset()
    assert len(errors) > 40
    assert np.mean(np.array(errors) <= 9) > 0.85
