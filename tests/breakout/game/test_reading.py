"""The picture says what the memory says, and what is made of either is how the ball really flies."""

import itertools

import ale_py
import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.breakout import read_memory, read_pixels
from rl_helpers.breakout.game.flight import SPEEDS, Ball, fly, landing
from rl_helpers.breakout.game.reading import CEILING, LEFT, RIGHT, WALL_BOTTOM, WALL_TOP, WIDE
from rl_helpers.breakout.game.tracking import Tracker

N_FRAMES = 20_000
LAST_X = RIGHT - 2  # of a ball that is seen as a whole


def true_speed(memory):
    """Return the console's own speed of the ball, pixels a frame to the right and down."""

    def signed(whole, part):
        return ((int(memory[whole]) * 256 + int(memory[part]) + 32768) % 65536 - 32768) / 256

    return -signed(105, 106), signed(103, 104)


class Pilot:
    """Plays well by knowing the ball's speed, and looks away now and then, so that balls are lost."""

    def __init__(self):
        self.rng = np.random.default_rng(0)
        self.away = 0
        self.aim = 0

    def act(self, memory):
        reading = read_memory(memory)
        self.away = 40 if self.rng.random() < 0.002 else self.away - 1
        if reading.ball_x is None or self.away > 0:
            return 1 if reading.ball_x is None else int(self.rng.integers(4))
        vx, vy = true_speed(memory)
        if reading.ball_y > 170:
            self.aim = int(self.rng.integers(-5, 6))
        x = landing(Ball(reading.ball_x, reading.ball_y, vx, vy), reading.bricks)[0] if vy else reading.ball_x
        rest = 235 - int(memory[70]) - 47  # where the paddle comes to rest
        ahead = x - rest - WIDE / 2 + 1 + self.aim
        return 2 if ahead > 3 else 3 if ahead < -3 else 0


@pytest.fixture(scope="module")
def played():
    """Memory, both readings and the lives of 20,000 frames, one row a frame."""
    ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)
    env = gym.make(
        "ALE/Breakout-v5",
        obs_type="ram",
        render_mode="rgb_array",
        frameskip=1,
        repeat_action_probability=0.0,
    )
    memory, _ = env.reset(seed=0)
    pilot, rows = Pilot(), []
    while len(rows) < N_FRAMES:
        memory, _, terminated, truncated, info = env.step(pilot.act(memory))
        rows.append((memory.copy(), read_memory(memory), read_pixels(env.render()), info["lives"]))
        if terminated or truncated:
            memory, _ = env.reset()
    return rows


def test_paddle_and_bricks_are_the_same_in_every_frame(played):
    for _, from_memory, from_pixels, _ in played:
        assert from_memory.bricks == from_pixels.bricks
        # A ball beside the paddle, in its rows and of its colour, may look like a piece of it.
        if from_memory.ball_y is None or from_memory.ball_y < 180:
            assert from_memory.paddle_x == from_pixels.paddle_x
            assert from_memory.paddle_width == from_pixels.paddle_width
    assert len({sum(from_memory.bricks) for _, from_memory, _, _ in played}) > 60
    assert {16, 12, 8} <= {from_memory.paddle_width for _, from_memory, _, _ in played}


def test_lives_are_the_same_but_for_the_frames_in_which_one_is_lost(played):
    assert all(from_memory.lives == lives for _, from_memory, _, lives in played)
    late = [from_pixels.lives - lives for _, _, from_pixels, lives in played if from_pixels.lives != lives]
    assert set(late) <= {1}
    assert len(late) < 100
    assert {lives for _, _, _, lives in played} >= {1, 2, 3, 4, 5}


def test_ball_in_the_open_is_read_to_the_pixel(played):
    n_balls = 0
    for _, from_memory, from_pixels, _ in played:
        x, y = from_memory.ball_x, from_memory.ball_y
        if x is not None and LEFT <= x <= LAST_X and WALL_BOTTOM + 4 < y < 180:
            assert (from_pixels.ball_x, from_pixels.ball_y) == (x, y)
            n_balls += 1
    assert n_balls > 0.5 * N_FRAMES


def test_ball_above_the_wall_is_read_to_the_pixel_below_the_ceiling(played):
    above = [
        (from_memory, from_pixels)
        for _, from_memory, from_pixels, _ in played
        if from_memory.ball_x is not None
        and LEFT <= from_memory.ball_x <= LAST_X
        and CEILING < from_memory.ball_y < WALL_TOP - 3
    ]
    assert len(above) > 1000
    seen = [pair for pair in above if pair[1].ball_x is not None]
    assert len(seen) > 0.9 * len(above)
    assert all(one[:2] == other[:2] for one, other in seen)


def test_no_ball_in_memory_is_no_ball_in_the_picture(played):
    gone = [from_pixels for _, from_memory, from_pixels, _ in played if from_memory.ball_x is None]
    assert len(gone) > 50
    assert all(reading.ball_x is None for reading in gone)


def test_ball_in_the_wall_is_hidden_by_bricks_or_read_within_two_rows(played):
    n_seen = n_hidden = 0
    for _, from_memory, from_pixels, _ in played:
        x, y = from_memory.ball_x, from_memory.ball_y
        if x is not None and LEFT <= x <= LAST_X and WALL_TOP <= y <= WALL_BOTTOM:
            if from_pixels.ball_x is None:
                n_hidden += 1
            else:
                assert abs(from_pixels.ball_x - x) <= 1
                assert abs(from_pixels.ball_y - y) <= 2
                n_seen += 1
    assert n_seen > 1000
    assert n_hidden < 0.25 * n_seen


def test_ball_at_the_edge_is_read_within_a_pixel_or_hidden_by_the_side_wall(played):
    edge = [
        (from_memory, from_pixels)
        for _, from_memory, from_pixels, _ in played
        if from_memory.ball_x is not None
        and not LEFT < from_memory.ball_x < LAST_X
        and WALL_BOTTOM + 4 < from_memory.ball_y < 180
    ]
    assert len(edge) > 100
    seen = [pair for pair in edge if pair[1].ball_x is not None]
    assert len(seen) > 20
    assert all(abs(one.ball_x - other.ball_x) <= 1 and one.ball_y == other.ball_y for one, other in seen)
    assert all(other.ball_x is not None for one, other in edge if LEFT <= one.ball_x <= LAST_X)


def test_tracker_finds_the_consoles_own_speed_from_memory_and_nearly_as_often_from_pixels(played):
    for column, share in ((1, 0.97), (2, 0.93)):
        tracker, right, total, lives = Tracker(), 0, 0, 5
        for row in played[::4]:
            reading = row[column]
            if row[3] > lives:
                tracker.reset()
            lives = row[3]
            ball = tracker.follow(reading)
            truth = row[1]
            # At the paddle and at the side walls the speed is just changing.
            if truth.ball_x is None or truth.ball_y > 160 or not LEFT + 8 < truth.ball_x < RIGHT - 10:
                continue
            total += 1
            right += ball is not None and (ball.vx, ball.vy) == true_speed(row[0])
        assert total > 3000
        assert right / total > share


def test_the_game_has_eight_speeds(played):
    speeds = {
        tuple(map(abs, true_speed(memory)))
        for memory, reading, _, _ in played
        if reading.ball_x is not None and reading.ball_y < 160
    }
    assert speeds == set(SPEEDS)


def test_landing_is_foreseen_through_the_bricks(played):
    """From the paddle up to the wall and down again: the place is right within the paddle's tolerance."""
    errors, start = [], None
    for (memory, reading, _, _), (_, after, _, _) in itertools.pairwise(played):
        if reading.ball_x is None or after.ball_x is None:
            start = None
        elif reading.ball_y > 160 and true_speed(memory)[1] < 0 and start is None:
            ball = Ball(reading.ball_x, reading.ball_y, *true_speed(memory))
            start = landing(ball, reading.bricks)[0]
        elif start is not None and true_speed(memory)[1] > 0 and reading.ball_y >= 178:
            ball = Ball(reading.ball_x, reading.ball_y, *true_speed(memory))
            errors.append(abs(landing(ball, reading.bricks)[0] - start))
            start = None
    assert len(errors) > 100
    assert np.mean(np.array(errors) < 5) > 0.85


def test_ball_turns_at_ceiling_and_breaks_one_brick_until_then():
    wall = bytes([1]) * 108
    falling = fly(Ball(80, 50, 2, 3.375), wall, 4)  # from above the wall down onto it
    assert falling.vy == -3.375
    assert not falling.armed
    assert fly(Ball(80, 60, 2, -3.375, armed=False), wall, 1).vy == -3.375  # flies through
    back = fly(Ball(80, CEILING + 2, 2, -3.375, armed=False), wall, 2)
    assert back.vy == 3.375
    assert back.armed


def test_a_brick_of_the_upper_rows_makes_the_ball_fast():
    lower, upper = bytes(54) + bytes([1]) * 54, bytes([1]) * 54 + bytes(54)
    assert fly(Ball(80, 96, 1, -1), lower, 4).vy == 1
    struck = fly(Ball(80, 78, 1, -1), upper, 6)
    assert (struck.vx, struck.vy) == (2, 3.375)
