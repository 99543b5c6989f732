"""When a player hits the ball with the paddle, and when not."""

from collections import Counter

from rl_helpers.breakout.flight import FAST


def count_misses(env, agent, n_games, *, seed):
    """Play greedily and count hits and misses, by the speed of the ball and the width of the paddle.

    Args:
        env: from `make_breakout()`.
        agent: has `act`.
        n_games: how many to play.
        seed: seeds the first game.

    Returns:
        Rows of (ball and paddle in words, hits, misses, share of misses), the most frequent first.
    """
    hits, misses = Counter(), Counter()
    for game in range(n_games):
        state, info = env.reset(seed=seed if game == 0 else None)
        lives, over, falling = info["lives"], False, None
        while not over:
            moment, ball = env.moment, env.ball
            if ball is not None and ball.vy > 0:
                speed = "fast" if ball.vy == FAST else "slow"
                falling = f"{speed} ball, {'narrow' if moment.narrow else 'wide'} paddle"
            state, _, terminated, truncated, info = env.step(agent.act(state, explore=False))
            over = terminated or truncated
            if info["lives"] < lives:
                misses[falling] += 1
            elif ball is not None and env.ball is not None and ball.vy > 0 > env.ball.vy and env.ball.y > 150:
                hits[falling] += 1
            lives = info["lives"]
    return [
        (name, hits[name], misses[name], misses[name] / (hits[name] + misses[name]))
        for name, _ in (hits + misses).most_common()
    ]
