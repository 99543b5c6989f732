"""When a player hits the ball with the paddle, and when not."""

from collections import Counter
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


def count_misses(met, name):
    """Count hits and misses of meetings, in groups.

    Args:
        met: of `meetings`.
        name: from a `Meeting` to the name of its group.

    Returns:
        Rows of (name, hits, misses, share of misses), the largest group first.

    >>> met = [Meeting(hit, True, False, 108) for hit in (True, True, False, True)]
    >>> count_misses(met, lambda meeting: "fast" if meeting.is_fast else "slow")
    [('fast', 3, 1, 0.25)]
    """
    hits = Counter(name(meeting) for meeting in met if meeting.hit)
    misses = Counter(name(meeting) for meeting in met if not meeting.hit)
    return [
        (group, hits[group], misses[group], misses[group] / (hits[group] + misses[group]))
        for group, _ in (hits + misses).most_common()
    ]
