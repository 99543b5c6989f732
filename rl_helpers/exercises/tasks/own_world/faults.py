"""Three faults that a first world often has, each planted in a battery; and one more that nobody here has."""

from types import MappingProxyType
from typing import NamedTuple

import gymnasium as gym
from gymnasium import spaces

from rl_helpers.exercises.tasks.own_world.battery import CALM, CAPACITY, WINDY, Battery


class PaysForWishes(Battery):
    """Pays for what the agent wanted to sell, whether or not there was something to sell."""

    def step(self, action):
        """Let an hour pass."""
        price = (WINDY if self.windy else CALM)[self.hour % 24]
        observation, _, terminated, truncated, info = super().step(action)
        reward = (0.9 * price, 0.0, -1.0 * price)[action]
        return observation, reward, terminated, truncated, info


class HidesTheWind(Battery):
    """Shows the hour and the charge, and not whether the day is windy."""

    def __init__(self, render_mode=None):
        super().__init__(render_mode)
        self.observation_space = spaces.Tuple([spaces.Discrete(24), spaces.Discrete(CAPACITY + 1)])

    def observation(self):
        """Return what there is to see."""
        return self.hour % 24, self.charge


def ends_at_noon():
    """Return a battery whose time limit rings after twelve hours."""
    return gym.wrappers.TimeLimit(Battery(), max_episode_steps=12)


class Fault(NamedTuple):
    """A fault.

    Attributes:
        name: what a diagnosis calls it.
        story: how it comes about, one sentence.
        make: from nothing to a world that has it; None where no world of the exercise has.
        code: the lines at fault.
    """

    name: str
    story: str
    make: object
    code: str


FAULTS = MappingProxyType(
    {
        fault.name: fault
        for fault in (
            Fault(
                "pays for wishes",
                "The reward follows the action: to sell earns money, even from an empty battery.",
                PaysForWishes,
                "reward = (0.9 * price, 0.0, -1.0 * price)[action]",
            ),
            Fault(
                "hides the wind",
                "The observation is the hour and the charge, and leaves out the weather.",
                HidesTheWind,
                "return self.hour % 24, self.charge",
            ),
            Fault(
                "ends at noon",
                "The time limit is 12 hours, so no episode ever sees the evening.",
                ends_at_noon,
                "gym.register(…, max_episode_steps=12)",
            ),
            Fault(
                "has the wrong sign",
                "Who buys is paid, and who sells pays.",
                None,
                "return charge + 1, +1.0 * price",
            ),
        )
    }
)
