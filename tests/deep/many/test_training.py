"""`rl_helpers.training.train_many` hands agents with a policy to their own trainer, whatever the world."""

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.deep import PPOAgent, ReinforceAgent, evaluate_many
from rl_helpers.training import train_many

SHORT = {"n_runs": 2, "n_steps": 200, "seed": 0}


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("CartPole-v1", "reward"),
        ("Acrobot-v1", "reward"),
        ("MountainCar-v0", "reward"),  # has no vector twin of ours
        ("Bob/Room-v0", "treats"),
        ("Bob/ContinuousRoom-v0", "treats"),
        ("Bob/Super-v0", "reward"),
    ],
)
def test_what_came_says_which_way_it_was_made_and_in_what_rewards_count(name, unit):
    history = train_many(PPOAgent, gym.make(name), **SHORT)
    assert history.way == "all runs together, in copies of the world"
    assert history.reward_unit == unit
    assert evaluate_many(history.agent, gym.make(name, max_episode_steps=5), n_episodes=2).reward_unit == unit


def test_a_name_or_a_function_that_makes_the_world_gives_the_same_bits_as_the_world():
    ways = gym.make("CartPole-v1"), "CartPole-v1", lambda: gym.make("CartPole-v1")
    histories = [train_many(ReinforceAgent, world, **SHORT) for world in ways]
    for history in histories[1:]:
        assert np.array_equal(history.decisions, histories[0].decisions)
        assert np.array_equal(history.scores, histories[0].scores, equal_nan=True)
