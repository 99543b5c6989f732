"""The one page that all notebooks are tabs of."""

from typing import NamedTuple

from tools.notebooks import build

BUILT = sorted(build.BUILT.glob("*.ipynb"))
TRAINING = [
    "import gymnasium as gym, rl_helpers\n"
    "from rl_helpers.agents import QLearningAgent\n"
    "from rl_helpers.training import train\n"
    "room, bob = gym.make('Bob/Room-v0'), QLearningAgent(96, 5)",
    "history = train(room, bob, n_episodes=10**7, seed=0, progress=True)",
    "print(len(history.returns) > 0, bool(bob.q_values.any()))",
    "learned = bob.q_values.copy()\n"
    "more = train(room, bob, n_episodes=20, seed=1)\n"
    "print(len(more.returns), bool((learned != bob.q_values).any()), bool(bob.q_values[learned > 0].all()))",
]


class Course(NamedTuple):
    """What notebooks are opened with, a `Station`, and the page they are opened in, a `Lab`."""

    station: object
    lab: object
