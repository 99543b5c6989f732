"""The networks that come with the course, so that nobody has to wait to see Bob finish."""

from pathlib import Path
from types import MappingProxyType

import numpy as np

from rl_helpers.deep import PPOAgent
from rl_helpers.deep.files import load
from rl_helpers.notebook.paths import DATA
from rl_helpers.super_bob.learning.training import new_agent

SHIPPED = MappingProxyType(
    {
        "rooftops": "foresight",
        "nightmare": "foresight",
        "nightmare_early": "foresight",
    }
)
"""What they were trained on, and what they are told. Early: on the way."""


def network_file(level: str) -> Path:
    """Return the path of a network.

    Args:
        level: a name of `SHIPPED`.

    Raises:
        ValueError: if there is none.
    """
    if level not in SHIPPED:
        raise ValueError(
            f"no network for {level!r} comes with the course, expected one of {', '.join(SHIPPED)}"
        )
    return DATA / f"super_bob_{level}.npz"


def load_agent(level: str = "nightmare", *, seed: int = 0) -> PPOAgent:
    """Return the agent that was trained on a level; `play_games` and `film_game` show it what it is used to.

    Args:
        level: a name of `SHIPPED`.
        seed: of its choices, where it tries actions.

    Raises:
        ValueError: if no network for it comes with the course.
    """
    path = network_file(level)
    with np.load(path, allow_pickle=False) as file:
        hidden = tuple(file[f"parameters_{number}"].shape[-1] for number in range(2))
    agent = new_agent(1, seed=seed, hidden=hidden)
    load(agent, path)
    agent.observation = SHIPPED[level]
    return agent
