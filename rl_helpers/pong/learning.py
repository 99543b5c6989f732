"""Q-learning in Pong: the settings."""

import numpy as np

from rl_helpers.agents import QLearningAgent
from rl_helpers.atari import learn
from rl_helpers.pong.states import MIRRORED, SPACE
from rl_helpers.pong.worlds import make_pong
from rl_helpers.schedules import LinearDecay, PowerDecay


def new_agent(n_states, n_decisions, *, seed):
    """Return an agent for Pong.

    Args:
        n_states: number of states.
        n_decisions: how long it will be trained; exploration falls over nine tenths of that.
        seed: of its random choices.

    Returns:
        A `QLearningAgent`.
    """
    return QLearningAgent(
        n_states,
        len(MIRRORED),
        learning_rate=PowerDecay(0.5, floor=0.01),
        discount=0.97,
        epsilon=LinearDecay(0.2, 0.02, n_steps=max(1, n_decisions * 9 // 10)),
        rng=np.random.default_rng(seed),
    )


def trained(space=SPACE, *, n_decisions, seed, source="memory", on_game=None):
    """Return an agent trained from nothing, and its `TrainingLog`."""
    env = make_pong(space, source=source)
    agent = new_agent(space.n_states, n_decisions, seed=seed)
    log = learn(env, agent, n_decisions, seed=seed, on_game=on_game)
    env.close()
    return agent, log
