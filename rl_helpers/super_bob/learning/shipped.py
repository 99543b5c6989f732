"""The networks that come with the course, so that nobody has to wait to see Bob finish."""

from rl_helpers.deep import PPOAgent
from rl_helpers.deep.files import load
from rl_helpers.notebook.paths import DATA
from rl_helpers.super_bob.learning.training import new_agent

SHIPPED = ("rooftops", "nightmare")
"""Levels with a network, made by `python -m tools.super_bob`."""


def network_file(level: str):
    """Return the path of the network that was trained on a level.

    Raises:
        ValueError: if there is none.
    """
    if level not in SHIPPED:
        raise ValueError(f"no network for {level!r} comes with the course, expected {' or '.join(SHIPPED)}")
    return DATA / f"super_bob_{level}.npz"


def load_agent(level: str = "nightmare", *, seed: int = 0) -> PPOAgent:
    """Return the agent that was trained on a level.

    Args:
        level: a name of `SHIPPED`.
        seed: of its choices, where it tries actions.

    Raises:
        ValueError: if no network for it comes with the course.
    """
    agent = new_agent(1, seed=seed)
    load(agent, network_file(level))
    return agent
