"""The picture of Pong says what the memory says."""

import ale_py
import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.pong import read_memory, read_pixels
from rl_helpers.pong.reading import BALL_HEIGHT, BOTTOM, TOP

SEEDS = range(4)
N_FRAMES = 2500  # of each seed: a game and a half of random play


@pytest.fixture(scope="module")
def played():
    """Both readings of every frame of random play, but the first two of a game."""
    ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)
    env = gym.make(
        "ALE/Pong-v5",
        obs_type="ram",
        render_mode="rgb_array",
        frameskip=1,
        repeat_action_probability=0.0,
    )
    pairs = []
    for seed in SEEDS:
        rng, since_reset = np.random.default_rng(seed), 0
        env.reset(seed=seed)
        for _ in range(N_FRAMES):
            if since_reset % 8 == 0:  # pushed for a while, the paddle gets everywhere
                action = int(rng.integers(6))
            memory, _, terminated, truncated, _ = env.step(action)
            since_reset += 1
            if since_reset > 1:
                pairs.append((read_memory(memory), read_pixels(env.render())))
            if terminated or truncated:
                env.reset()
                since_reset = 0
    return pairs


def test_our_paddle_is_the_same_in_every_frame(played):
    assert all(one.paddle_y == other.paddle_y for one, other in played)
    places = {one.paddle_y for one, _ in played}
    assert min(places) < TOP
    assert max(places) > BOTTOM - 16
    assert len(places) > 50


def test_the_opponent_is_the_same_in_every_frame_and_away_in_the_same_ones(played):
    assert all(one.opponent_y == other.opponent_y for one, other in played)
    places = {one.opponent_y for one, _ in played}
    assert None in places
    assert len(places) > 50


def whole(reading):
    """Return whether the ball can be seen from top to bottom."""
    return reading.ball_y is not None and TOP <= reading.ball_y <= BOTTOM - BALL_HEIGHT


def test_the_ball_is_the_same_to_the_pixel_but_on_the_right_where_it_may_be_a_row_higher(played):
    left = [(one, other) for one, other in played if whole(one) and one.ball_x < 128]
    right = [(one, other) for one, other in played if whole(one) and one.ball_x >= 128]
    assert len(left) > 3000
    assert len(right) > 800
    assert all(one[:2] == other[:2] for one, other in left)
    assert all(one.ball_x == other.ball_x for one, other in right)
    assert {one.ball_y - other.ball_y for one, other in right} == {0, 1}


def test_a_ball_that_a_wall_hides_in_part_is_read_within_a_row(played):
    hidden = [(one, other) for one, other in played if one.ball_y is not None and not whole(one)]
    seen = [(one, other) for one, other in hidden if other.ball_y is not None]
    assert len(seen) > 15
    assert all(one.ball_x == other.ball_x and abs(one.ball_y - other.ball_y) <= 1 for one, other in seen)
    assert all(one.ball_y <= TOP - BALL_HEIGHT + 1 for one, other in hidden if other.ball_y is None)


def test_no_ball_in_memory_is_no_ball_in_the_picture(played):
    gone = [other for one, other in played if one.ball_y is None]
    assert len(gone) > 1000
    assert all(reading[:2] == (None, None) for reading in gone)
