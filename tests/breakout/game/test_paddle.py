"""Where the paddle comes to rest, foreseen and then seen in the game."""

import ale_py
import numpy as np
import pytest

from rl_helpers.breakout.game.paddle import LEAST, MOST, REACH, Paddle
from rl_helpers.breakout.game.reading import PADDLE_X, Reading
from rl_helpers.breakout.states import Watcher

ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)
PUSHES = {0: ale_py.Action.NOOP, 1: ale_py.Action.RIGHT, -1: ale_py.Action.LEFT}


@pytest.fixture(scope="module")
def rests():
    """Rows of (foreseen rest, foreseen push, where it came to rest) from 1,500 random pieces of play."""
    ale = ale_py.ALEInterface()
    ale.setInt("random_seed", 3)
    ale.setFloat("repeat_action_probability", 0.25)
    ale.loadROM(ale_py.roms.get_rom_path("breakout"))
    rng = np.random.default_rng(3)

    def x_after(push):
        for _ in range(4):
            ale.act(PUSHES[push])
        return int(ale.getRAM()[PADDLE_X]) - 47

    rows, paddle = [], Paddle()
    for _ in range(1500):
        if ale.game_over():
            ale.reset_game()
            paddle.reset()
        for push in rng.integers(-1, 2, size=rng.integers(1, 8)).tolist():
            rest = paddle.follow(x_after(push), push)
        for _ in range(3):
            x = x_after(0)
            paddle.follow(x, 0)
        rows.append((*rest, x))
    return np.array(rows)


def test_a_paddle_that_nothing_pushed_last_comes_to_rest_where_foreseen(rests):
    x, push, came = rests.T
    off = np.abs(came - x)[push == 0]
    assert len(off) > 300
    assert np.mean(off <= 2) > 0.97


def test_a_sticky_last_push_may_carry_it_on_by_whole_frames(rests):
    x, push, came = rests.T
    # Near the right wall the hand may be further out than the paddle can go, and pushes come to nothing.
    inside = (push != 0) & (x > LEAST + 3 * REACH) & (x < MOST - 6 * REACH)
    frames = ((came - x) * push / REACH)[inside]
    near = np.abs(frames - frames.round()) * REACH <= 2.5
    assert np.mean(near) > 0.97
    # It is repeated in the next frame with probability 0.25, and in one more with 0.25 of that.
    assert abs(np.mean(frames.round() == 0) - 0.75) < 0.06
    assert abs(np.mean(frames.round() == 1) - 0.1875) < 0.05


def test_it_never_rests_outside_the_field(rests):
    assert rests[:, 0].min() >= LEAST
    assert rests[:, 0].max() <= MOST
    assert (rests[:, 0] == LEAST).any()
    assert (rests[:, 0] == MOST).any()


def test_the_way_tells_how_long_the_last_action_went_on():
    # From rest, two frames of the old action and then two of a push to the right: hand at 2 × REACH.
    late, early = Paddle(), Paddle()
    for paddle, way in ((late, REACH / 2), (early, REACH * (7 / 8 + 3 / 4 + 1 / 2))):
        paddle.follow(60, push=0)
        rest = paddle.follow(60 + way, push=1)
        assert rest.push == 1
        assert rest.x == pytest.approx(60 + (2 if paddle is late else 4) * REACH)


def test_a_new_game_forgets_the_old_one():
    paddle = Paddle()
    paddle.follow(60, push=1)
    paddle.follow(72, push=1)
    paddle.reset()
    assert paddle.follow(99, push=1) == (99, 0)


def test_the_watcher_forgets_the_paddle_with_the_old_game():
    def after(watcher):
        watcher.watch(Reading(None, None, 60, 16, 5, bytes(108)), action=2)
        return watcher.rest

    fresh, used = Watcher(), Watcher()
    for x in (80, 92):
        used.watch(Reading(None, None, x, 16, 1, bytes(108)), action=3)
    used.reset()
    assert used.rest is None
    assert after(used) == after(fresh) == (60, 0)
