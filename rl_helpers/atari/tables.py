"""Q-tables kept in files."""

import numpy as np

from rl_helpers.agents import QLearningAgent


def save_table(q_values, path):
    """Write a Q-table as float32, in NumPy's format without pickle, the same bytes for the same table.

    Args:
        q_values: (n_states, n_actions).
        path: of the file, which is replaced.
    """
    with open(path, "wb") as file:
        np.save(file, np.asarray(q_values, dtype="<f4"), allow_pickle=False)


def load_agent(path, *, seed=0):
    """Return an agent with a learned table.

    Args:
        path: of the table.
        seed: of its random choices, which greedy play needs for ties alone.

    Raises:
        FileNotFoundError: if there is no such file.
    """
    table = np.load(path, allow_pickle=False).astype(float)
    agent = QLearningAgent(*table.shape, rng=np.random.default_rng(seed))
    agent.q_values = table
    return agent
