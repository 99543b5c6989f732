"""The networks that come with the course, so that nobody has to wait to see Bob finish."""

from pathlib import Path

from rl_helpers.deep import PPOAgent
from rl_helpers.deep.files import load
from rl_helpers.notebook.paths import DATA
from rl_helpers.super_bob.learning.training import new_agent

SHIPPED = ("rooftops", "nightmare", "nightmare_early")
"""What they were trained on, by `python -m tools.super_bob`; early: on the way, when he often dies."""


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
