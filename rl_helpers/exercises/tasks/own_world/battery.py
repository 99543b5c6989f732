"""The world of notebook 09: a battery in a cellar that buys and sells power, one day an episode."""

from typing import ClassVar

import gymnasium as gym
import numpy as np
from gymnasium import spaces

from rl_helpers.exercises.tasks.own_world.trade import trade

CALM = (22, 20, 18, 18, 20, 24, 30, 36, 34, 30, 28, 26, 25, 26, 26, 28, 30, 36, 42, 44, 40, 34, 28, 24)
WINDY = (12, 10, 8, 8, 10, 14, 20, 24, 18, 10, 3, -6, -8, -1, -8, -6, 3, 14, 26, 30, 26, 20, 16, 14)
"""What a kilowatt-hour costs in each hour of a day, in cents."""

CAPACITY = 3
"""How many kilowatt-hours fit in."""


class Battery(gym.Env):
    """A battery that buys or sells a kilowatt-hour an hour, and is paid at midnight.

    An observation is the hour, the charge and whether the day is windy. Actions: 0 sells, 1 waits, 2 buys.
    The reward is what was earned in cents, below 0 what was paid; of what is sold a tenth is lost on its way.

    Args:
        render_mode: "rgb_array" for pictures.
    """

    metadata: ClassVar = {"render_modes": ["rgb_array"], "render_fps": 4, "reward_unit": "cents"}

    def __init__(self, render_mode=None):
        self.observation_space = spaces.Tuple([spaces.Discrete(n) for n in (24, CAPACITY + 1, 2)])
        self.action_space = spaces.Discrete(3)
        self.render_mode = render_mode

    def reset(self, *, seed=None, options=None):
        """Begin at midnight, with any charge and any weather."""
        super().reset(seed=seed)
        self.hour = 0
        self.charge = int(self.np_random.integers(CAPACITY + 1))
        self.windy = int(self.np_random.integers(2))
        return self.observation(), {}

    def observation(self):
        """Return what there is to see."""
        return self.hour % 24, self.charge, self.windy

    def step(self, action):
        """Let an hour pass."""
        price = (WINDY if self.windy else CALM)[self.hour % 24]
        self.charge, reward = trade(self.charge, action, price, CAPACITY)
        self.hour += 1
        return self.observation(), float(reward), self.hour >= 24, False, {}

    def render(self):
        """Return a picture: a bar for the price of each hour, the present one dark; the cells below."""
        picture = np.full((150, 252, 3), 255, dtype=np.uint8)
        picture[80:81, 6:246] = GREY
        for hour, price in enumerate(WINDY if self.windy else CALM):
            top, bottom = sorted((80, 80 - 3 * price // 2))
            picture[top:bottom, 10 * hour + 8 : 10 * hour + 14] = BLUE if hour == self.hour else GREY
        for cell in range(CAPACITY):
            picture[114:138, 80 * cell + 8 : 80 * cell + 82] = GREEN if cell < self.charge else PALE
        return picture


GREY, PALE, BLUE, GREEN = (160, 160, 160), (225, 225, 225), (0, 114, 178), (0, 158, 115)
