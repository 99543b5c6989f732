"""What notebook 11 finds, in small: the recipe holds the pole, and what keeps others from it."""

import gymnasium as gym
import numpy as np

from rl_helpers.deep import DQNAgent, evaluate_many
from rl_helpers.deep.q.recipes import CARTPOLE
from rl_helpers.training import train_many

MOST = 1 / (1 - CARTPOLE["discount"])
"""No state of the pole is worth more: a reward of 1 a step, for ever."""


def trained(n_steps, *, n_runs=6, seed=0, **changed):
    return train_many(
        DQNAgent,
        gym.make("CartPole-v1"),
        n_runs=n_runs,
        n_steps=n_steps,
        seed=seed,
        **{**CARTPOLE, **changed},
    )


def test_the_recipe_learns_to_hold_the_pole():
    history = trained(16_000)
    score = evaluate_many(history.agent, gym.make("CartPole-v1"), n_episodes=5, seed=1)
    assert score.returns.mean() > 150
    assert np.nanmax(history.diagnostics["q_value"]) < MOST


def test_an_error_that_is_cut_off_does_not_hear_the_pole_fall():
    # One step, and a target that follows fast. Values of 100 are the greatest there can be.
    settings = {"return_steps": 1, "polyak": 0.05, "learning_rate": 0.001, "n_runs": 5}
    cut, square = (trained(10_000, huber_threshold=threshold, **settings) for threshold in (1.0, np.inf))
    values, others = (history.diagnostics["q_value"][:, -100:].mean(axis=1) for history in (cut, square))
    assert np.median(values) > 1.5 * MOST
    assert others.max() < MOST
    scores, better = (np.nanmean(history.scores[:, -100:]) for history in (cut, square))
    assert better > 3 * scores
