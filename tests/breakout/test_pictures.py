"""Small pictures of the field, and the games that show them."""

import numpy as np

from rl_helpers.breakout import field_view, make_breakout_games, mirrored_pictures, read_memory


def test_the_field_has_everything_but_walls_score_and_lives():
    games = make_breakout_games(2)
    observations, _ = games.reset(seed=0)
    assert observations.shape == (2, 2, 41, 36)
    picture = observations[0, 0].astype(int)
    # A wall of 18 × 6 bricks of 8 × 6 points, and of the paddle the four rows that are seen.
    assert picture[:37].sum() == 108 * 48
    assert (picture[6:16].sum(axis=0) == 144).all()
    assert picture[37:].sum() == 16 * 4


def test_the_ball_is_where_the_memory_says():
    games, n_seen = make_breakout_games(1), 0
    games.reset(seed=1)
    rng = np.random.default_rng(0)
    for _ in range(200):
        observations, *_ = games.step(rng.choice([1, 1, 2, 3], size=1))
        reading = read_memory(games.memory()[0])
        if reading.ball_x is not None and 96 < reading.ball_y < 180 and 8 <= reading.ball_x < 150:
            below_the_wall = observations[0, 1, 16:39].astype(float)
            assert below_the_wall.sum() == 8
            rows, columns = (np.arange(n) * 4 + 1.5 for n in below_the_wall.shape)
            assert abs(below_the_wall.sum(axis=1) @ rows / 8 + 96 - (reading.ball_y + 1.5)) < 2
            assert abs(below_the_wall.sum(axis=0) @ columns / 8 + 8 - (reading.ball_x + 0.5)) < 2
            n_seen += 1
    assert n_seen > 20


def test_a_mirror_swaps_left_and_right_and_what_is_done():
    pictures = np.arange(48).reshape(2, 2, 3, 4)
    seen, done = mirrored_pictures(pictures, np.array([3, 1]))
    np.testing.assert_array_equal(seen[1, 0, 2], pictures[1, 0, 2, ::-1])
    assert done.tolist() == [2, 1]


def test_another_view_can_be_taken():
    assert make_breakout_games(1, view=field_view(), n_pictures=3).reset(seed=0)[0].shape == (1, 3, 41, 36)
