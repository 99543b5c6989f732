"""Learning in Pong, by what serves every game."""

from functools import partial

import numpy as np

from rl_helpers.agents import RandomAgent
from rl_helpers.atari import trained_in_parallel
from rl_helpers.pong import SPACE, make_pong, new_agent, trained


def points_lost(agent, n_decisions, seed):
    """Return how many points are lost in greedy play; a game is long, so decisions are counted."""
    env = make_pong()
    state, _ = env.reset(seed=seed)
    lost = 0
    for _ in range(n_decisions):
        state, reward, terminated, truncated, _ = env.step(agent.act(state, explore=False))
        lost += reward < 0
        if terminated or truncated:
            state, _ = env.reset()
    return lost


def test_a_short_training_loses_fewer_points_than_random_play():
    # Of twenty seeds, each lost 6 to 32 points, 13.6 on average, and random play 29 to 41, 33.5 on average.
    # The worst three of twenty together are at 0.7 of the mean of random play.
    learned = random = 0
    for seed in range(3):
        agent, log = trained(n_decisions=10_000, seed=seed)
        assert log.n_decisions == agent.n_steps == agent.visits.sum() == 10_000
        assert len(log.scores) > 4
        learned += points_lost(agent, 1500, seed=1000 + seed)
        random += points_lost(RandomAgent(6, rng=np.random.default_rng(seed)), 1500, seed=1000 + seed)
    assert learned < 0.75 * random


def test_the_same_seed_gives_the_same_table_to_the_last_bit():
    (one, _), (same, _), (other, _) = (trained(n_decisions=800, seed=seed) for seed in (5, 5, 6))
    np.testing.assert_array_equal(one.q_values, same.q_values)
    assert (one.q_values != other.q_values).any()


def test_a_console_in_another_process_feeds_the_table_too():
    agent, log = trained_in_parallel(
        make_pong, partial(new_agent, SPACE.n_states, 5000), n_decisions=5000, seed=1, n_workers=1
    )
    assert agent.visits.sum() == log.n_decisions == 5000
    assert len(log.scores) > 2
