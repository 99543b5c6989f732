"""Bob's room on a grid: `Bob/Room-v0`."""

from collections.abc import Mapping
from numbers import Integral
from typing import Any

import numpy as np

from rl_helpers.worlds import dynamics
from rl_helpers.worlds.descriptions import scratch_in_words
from rl_helpers.worlds.drawing.art import Painter
from rl_helpers.worlds.maps.actions import Action
from rl_helpers.worlds.maps.layouts import Layout, parse_layout
from rl_helpers.worlds.model_env import ModelEnv, Stage


class RoomEnv(ModelEnv):
    """Bob, a cat, should use the scratching post and the rug, not the couch and the drapes.

    ## Action space
    `Discrete(5)`: `Action.UP` 0, `RIGHT` 1, `DOWN` 2, `LEFT` 3, `SCRATCH` 4. Bob walks on every cell but
    walls; bumping into a wall leaves him where he is. He scratches what is in the cell he stands on.

    ## Observation space
    `Discrete(n_rows * n_columns * 2**n_rugs)`, the state as one integer:
    `state = (row * n_columns + column) * 2**n_rugs + treats`, where `treats` is read in binary, one digit a
    rug in reading order, 1 while its treat is there. Every cell is counted, walls too.

    ## Starting state
    Bob on a `B` of the layout (several: drawn uniformly), a treat on every rug.

    ## Rewards
    Scratching: rug +1 (one treat, once an episode), post +5, couch −1, drapes −5, anything else 0.
    Walking: 0.

    ## Episode end
    Terminated by scratching the post (success) or the drapes (failure). Truncated after 100 steps by
    `gym.make`.

    ## Arguments
    See `__init__`. The exact model is in `P[state][action]`: a list of
    (probability, next state, reward, terminated), as in Gymnasium's toy-text worlds.

    >>> import gymnasium as gym, rl_helpers
    >>> env = gym.make("Bob/Room-v0", layout="B.P")
    >>> env.reset(seed=0)
    (0, {'prob': 1.0})
    >>> env.step(Action.RIGHT)
    (1, 0.0, False, False, {'prob': 1.0})
    >>> [env.step(action)[:3] for action in (Action.RIGHT, Action.SCRATCH)]
    [(2, 0.0, False), (2, 5.0, True)]
    """

    def __init__(
        self,
        layout: str = "default",
        *,
        slippery: bool | float = False,
        rearrange_every: int | None = None,
        rewards: Mapping[str, float] | None = None,
        render_mode: str | None = None,
    ):
        """Build a room.

        Args:
            layout: a text map or the name of one, see `rl_helpers.worlds.parse_layout`.
            slippery: True lets a move go to each of its two sides with probability 0.1; a number is the
                probability of both together, 0 to 1. Scratching never slips.
            rearrange_every: the furniture moves every so many episodes, counted from the last
                `reset(seed=...)`, which also puts it back; None: never.
            rewards: those to change, by name: rug, post, couch, drapes, cushion, step.
            render_mode: "rgb_array", "ansi" or None.

        Raises:
            ValueError: if an argument is out of its range.
        """
        if rearrange_every is not None and not _is_count(rearrange_every):
            raise ValueError(f"rearrange_every is {rearrange_every!r}: give a number of episodes, or None")
        self.rearrange_every = rearrange_every
        self._slip = dynamics.check_slip(slippery)
        self._rewards = dynamics.check_rewards(rewards)
        self._n_resets = 0
        self._as_drawn = self._furnished(parse_layout(layout))
        if rearrange_every is not None:
            self._as_drawn.layout.rearranged(np.random.default_rng(0))  # complains now if there is no space
        super().__init__(self._as_drawn, render_mode)

    def _furnished(self, layout: Layout) -> Stage:
        return Stage(layout, dynamics.room_model(layout, self._rewards, self._slip), Painter(layout.rows))

    def _set_stage(self, *, restart: bool) -> None:
        if not self.rearrange_every:
            return
        if restart:
            self._n_resets = 0
            self._enter(self._as_drawn)
        elif self._n_resets and self._n_resets % self.rearrange_every == 0:
            self._enter(self._furnished(self.layout.rearranged(self.np_random)))
        self._n_resets += 1

    def _scratched(self) -> float | None:
        if self.last_action != Action.SCRATCH:
            return None
        return round(self.last_reward - self._rewards["step"], 9)  # without what every step earns

    def _happened(self) -> str:
        return scratch_in_words(self._scratched())


def _is_count(number: Any) -> bool:
    return isinstance(number, Integral) and not isinstance(number, bool) and number >= 1
