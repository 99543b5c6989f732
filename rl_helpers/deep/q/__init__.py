"""Deep Q-networks: a network in place of the table, a memory to learn from, a held copy to aim at.

Start with `agent.py`.

An agent plays (`playing`), remembers (`replay`), and moves what it says (`networks`) towards targets
(`learning`). As everywhere in `deep`, one run and many are the same lines.
"""

from rl_helpers.deep.q.agent import DQNAgent
from rl_helpers.deep.q.replay import Replay, replay_megabytes

__all__ = ["DQNAgent", "Replay", "replay_megabytes"]
