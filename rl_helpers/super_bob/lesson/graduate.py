"""The Bob of a thousand levels, whom an exercise tries to fool."""

from rl_helpers.deep import PPOAgent
from rl_helpers.deep.files import load
from rl_helpers.notebook.paths import DATA
from rl_helpers.super_bob.learning import new_agent

NETWORK = DATA / "bob_of_many_levels.npz"


def load_graduate() -> PPOAgent:
    """Return the agent of 1,000 random levels, made by `python -m tools.trials.new_levels --network`.

    >>> load_graduate().hidden
    (64, 64)
    """
    agent = new_agent(1)
    load(agent, NETWORK)
    return agent
