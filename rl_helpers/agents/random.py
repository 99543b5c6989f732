"""An agent that does not learn: the yardstick for those that do."""

from rl_helpers.agents.checks import generator
from rl_helpers.arguments import count


class RandomAgent:
    """Chooses every action with equal probability and learns nothing.

    Args:
        n_actions: number of actions.
        rng: `np.random.Generator`; without one the walk differs every time.

    >>> import numpy as np
    >>> agent = RandomAgent(4, rng=np.random.default_rng(0))
    >>> [agent.act(state=0) for _ in range(6)]
    [3, 2, 2, 1, 1, 0]
    """

    def __init__(self, n_actions, *, rng=None):
        self.n_actions = count("n_actions", n_actions)
        self.rng = generator(rng)

    def act(self, state, *, explore=True):
        """Return a random action; neither `state` nor `explore` makes a difference."""
        return int(self.rng.integers(self.n_actions))

    def update(self, transition):
        """Learn nothing and return a TD error of 0."""
        return 0.0

    def begin_episode(self):
        """Do nothing."""

    def end_episode(self):
        """Do nothing."""
