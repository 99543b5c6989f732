"""When a player hits the ball with the paddle, and when not."""

from typing import NamedTuple

from rl_helpers.breakout.game.flight import FAST


class Meeting(NamedTuple):
    """A ball that comes down to the paddle.

    Attributes:
        hit: whether the paddle returns it.
        is_fast: whether the ball has its highest speed.
        is_narrow: whether the paddle has shrunk.
        n_bricks: how many bricks stand.
    """

    hit: bool
    is_fast: bool
    is_narrow: bool
    n_bricks: int


def meetings(env, agent, n_games, *, seed):
    """Play greedily and return a list of `Meeting`s, one for each ball that comes down to the paddle.

    Args:
        env: from `make_breakout()`.
        agent: has `act`.
        n_games: how many to play.
        seed: seeds the first game.
    """
    met = []
    for game in range(n_games):
        state, info = env.reset(seed=seed if game == 0 else None)
        lives, over, falling = info["lives"], False, None
        while not over:
            moment, ball = env.moment, env.ball
            if ball is not None and ball.vy > 0:
                falling = abs(ball.vy) == FAST, moment.narrow, sum(env.reading.bricks)
            state, _, terminated, truncated, info = env.step(agent.act(state, explore=False))
            over = terminated or truncated
            if info["lives"] < lives:
                met.append(Meeting(False, *falling))
            elif ball is not None and env.ball is not None and ball.vy > 0 > env.ball.vy and env.ball.y > 150:
                met.append(Meeting(True, *falling))
            lives = info["lives"]
    return met


BRICKS = (0, 12, 36, 72, 108)
"""The last number of bricks of each group in which `tally` counts: none, the last 12 of a wall, and so on."""


def tally(met):
    """Count hits and misses apart by bricks that stand, speed of the ball and width of the paddle.

    Args:
        met: of `meetings`.

    Returns:
        Rows of (most bricks of the group, "slow" or "fast", "wide" or "narrow", hits, misses), in order.

    >>> tally([Meeting(True, False, False, 108), Meeting(False, False, False, 90)])
    [(108, 'slow', 'wide', 1, 1)]
    """
    counts = {}
    for hit, is_fast, is_narrow, n_bricks in met:
        most = next(most for most in BRICKS if n_bricks <= most)
        group = most, ("slow", "fast")[is_fast], ("wide", "narrow")[is_narrow]
        counts.setdefault(group, [0, 0])[not hit] += 1
    return [(*group, *counts[group]) for group in sorted(counts)]
