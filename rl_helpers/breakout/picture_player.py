"""A network in the game of the tables: so films, meetings and tests are the same for both."""

import numpy as np

from rl_helpers.breakout.pictures import MIRROR, field_view


class PicturePlayer:
    """Plays in `make_breakout()` by a network that knows nothing of numbered states: it looks at the screen.

    Args:
        agent: of `load_network`, or one that was trained; it learns nothing.
        env: of `make_breakout()`.
        epsilon: share of actions by chance, without which a player may never serve.
        seed: of these.

    Attributes:
        q_values: what the network says of nothing, fire, right and left at its last decision, float (4,).
        pictures: what it was told, uint8 (2, 41, 36), the newest last.
    """

    def __init__(self, agent, env, *, epsilon=0.01, seed=0):
        self.agent, self.env, self.epsilon = agent, env, epsilon
        self.rng = np.random.default_rng(seed)
        self.q_values = self.pictures = None
        self._view = field_view()

    def act(self, state, *, explore=False):
        """Return the action as the table's world takes it; the state, a number, is not looked at."""
        console = self.env.unwrapped.ale
        now = self._view(console.getScreen())
        begins = self.pictures is None or console.getEpisodeFrameNumber() == 0
        self.pictures = np.stack([now if begins else self.pictures[1], now])
        self.q_values = self.agent.q_values(self.pictures[None])[0, 0]
        by_chance = self.rng.random() < self.epsilon
        action = self.rng.integers(4) if by_chance else self.q_values.argmax()
        # In a mirrored state the world swaps right and left once more.
        return int(MIRROR[action] if self.env.mirrored else action)
