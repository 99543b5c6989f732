"""Q-learning in Breakout: the settings, how long it takes, and the shipped table."""

from functools import partial

import numpy as np

from rl_helpers import atari
from rl_helpers.agents import QLearningAgent
from rl_helpers.breakout.spaces import BEST
from rl_helpers.breakout.worlds import make_breakout
from rl_helpers.notebook.paths import DATA
from rl_helpers.schedules import LinearDecay, PowerDecay

TABLE = DATA / "breakout_table.npy"
BUDGETS = {"30 s": 60_000, "2 min": 250_000, "5 min": 600_000}
"""Decisions for a time to wait, on a slow core, which takes some 2,000 decisions a second."""

BUDGET_VARIABLE = "RL_HELPERS_BREAKOUT_DECISIONS"


def decisions(budget):
    """Return how many decisions a training takes for which one likes to wait so long.

    Where nobody watches, the environment variable `RL_HELPERS_BREAKOUT_DECISIONS` may say another number.

    Args:
        budget: "30 s", "2 min" or "5 min".

    Raises:
        ValueError: if it is none of them.

    >>> decisions("30 s")
    60000
    """
    return atari.decisions_in(budget, BUDGETS, variable=BUDGET_VARIABLE)


def new_agent(n_states, n_decisions, *, seed, initial_value=1.0):
    """Return the agent of notebook 05 with what Breakout needs: a falling step size, an optimistic start.

    Args:
        n_states: number of states.
        n_decisions: how long it will be trained; exploration falls over nine tenths of that.
        seed: of its random choices.
        initial_value: every entry of the table at the start.

    Returns:
        A `QLearningAgent`.
    """
    return QLearningAgent(
        n_states,
        4,
        learning_rate=PowerDecay(0.5, floor=0.002),
        discount=0.97,
        epsilon=LinearDecay(0.2, 0.02, n_steps=max(1, n_decisions * 9 // 10)),
        initial_value=initial_value,
        rng=np.random.default_rng(seed),
    )


def load_agent(path=TABLE, *, seed=0):
    """Return an agent with a learned table, the shipped one if there is no `path`; see `atari.load_agent`."""
    return atari.load_agent(path, seed=seed)


def trained(space=BEST, *, n_decisions, seed, source="memory", on_game=None):
    """Return an agent trained from nothing, and its `TrainingLog`."""
    env = make_breakout(space, source=source, for_training=True)
    agent = new_agent(space.n_states, n_decisions, seed=seed)
    log = atari.learn(env, agent, n_decisions, seed=seed, on_game=on_game)
    env.close()
    return agent, log


def trained_together(space=BEST, *, n_decisions, seed, **options):
    """Return an agent that several consoles have trained, and its `TrainingLog`.

    Args:
        space: a `StateSpace` whose functions can be sent to another process.
        n_decisions, seed, **options: see `atari.trained_in_parallel`.
    """
    return atari.trained_in_parallel(
        partial(make_breakout, space, for_training=True),
        partial(new_agent, space.n_states, n_decisions),
        n_decisions=n_decisions,
        seed=seed,
        **options,
    )
