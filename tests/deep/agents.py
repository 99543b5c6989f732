"""What the tests of agents share: small spaces, planted rollouts, a world that is learned in seconds."""

import gymnasium as gym
import numpy as np

from rl_helpers.deep import ActorCriticAgent, PPOAgent, ReinforceAgent
from rl_helpers.deep.many.rollout import Rollout

BOX = gym.spaces.Box(-10, 10, shape=(3,))
LEVERS = gym.spaces.Discrete(3)
WHEEL = gym.spaces.Box(np.float32([-2, 0]), np.float32([2, 1]))
AGENTS = (ReinforceAgent, ActorCriticAgent, PPOAgent)


def make(agent_class, observations=BOX, actions=LEVERS, *, seed=0, **options):
    settings = {"dtype": float, "first_gain": 1.0, "rng": np.random.default_rng(seed), "n_runs": 2}
    return agent_class(observations, actions, **settings | options)


def planted_rollout(agent, *, n_envs=2, n_steps=5, seed=3, ended=None, truncated=()):
    """Return a rollout with random numbers; steps 1 and 4 end episodes, those in `truncated` by time."""
    rng = np.random.default_rng(seed)
    shape = (agent.n_runs, n_envs, n_steps)
    ends = np.zeros(shape, dtype=bool)
    ends[..., [1, n_steps - 1] if ended is None else ended] = True
    cut = np.zeros(shape, dtype=bool)
    cut[..., list(truncated)] = True
    if agent.sees_states:
        states, following = rng.integers(agent.observation_space.n, size=(2, *shape))
    else:
        states, following = rng.standard_normal((2, *shape, 3))
    goes_on = ~ends[..., :-1]
    following[:, :, :-1][goes_on] = states[:, :, 1:][goes_on]
    n_numbers = () if agent.is_discrete else (2,)
    actions = rng.integers(3, size=shape) if agent.is_discrete else rng.standard_normal((*shape, *n_numbers))
    rewards = rng.standard_normal(shape)
    return Rollout(states, actions, rewards, following, ends & ~cut, ends, np.ones(shape, dtype=bool))


def one_run(rollout, run):
    """Return what one run has lived through, as a rollout of one run."""
    return Rollout(*(each[run : run + 1] for each in rollout))
