"""Who made which fault, and what gives it away: what agents are paid there, and earn in the sound world."""

from dataclasses import dataclass
from types import MappingProxyType

import gymnasium as gym
import numpy as np

from rl_helpers.agents import QLearningAgent
from rl_helpers.exercises.tasks.own_world.battery import CALM, CAPACITY, WINDY, Battery
from rl_helpers.exercises.tasks.own_world.faults import FAULTS, HidesTheWind, PaysForWishes
from rl_helpers.fast.q_learning import ManyQLearning
from rl_helpers.training import train_many
from rl_helpers.worlds.wrappers import time_limit

N_DAYS = 600
EXAMS = (0, 10, 20, 40, 60, 80, 100, 150, 200, 300, 400, 500, 600)
SETTINGS = {"learning_rate": 1.0, "discount": 1.0, "epsilon": 0.3}
"""Hyperparameters of all agents: the best ones of the notebook's sweep."""

PRICES = np.array([CALM, WINDY])
PATIENTS = MappingProxyType(
    {
        "Anna": FAULTS["hides the wind"],
        "Boris": FAULTS["pays for wishes"],
        "Clara": FAULTS["ends at noon"],
    }
)
"""Who made which fault: do not look before you have tried."""


@dataclass(frozen=True)
class Findings:
    """What an examination found.

    Attributes:
        paid: return of each episode in the world as it was written, (n_runs, N_DAYS).
        exams: after how many episodes the tables were examined, (n_exams,).
        worth: mean return of a day of the greedy policy in the sound world, cents, (n_runs, n_exams).
        by_hour: the same of the last exam, hour by hour, (n_runs, 24).
    """

    paid: np.ndarray
    exams: np.ndarray
    worth: np.ndarray
    by_hour: np.ndarray


def examine(make=Battery, *, n_runs=100, seed=0):
    """Train many agents in a world, and examine their tables in the sound one.

    Args:
        make: makes the world, such as `PATIENTS["Anna"].make`.
        n_runs: number of independent runs.
        seed: fixes all random numbers.

    Returns:
        The `Findings`.

    >>> examine(n_runs=3).worth.shape
    (3, 13)
    """
    world = make()
    fault = type(world.unwrapped)
    hours = int(min(time_limit(world), 24))
    tables = []

    class Recorded(ManyQLearning):
        def act(self, runs, state):
            if self.n_steps in [hours * day for day in EXAMS]:
                tables.append(self.q_values.copy())
            return super().act(runs, state)

    limited = gym.wrappers.TimeLimit(_Lockstep(fault), max_episode_steps=hours)
    length = {"n_runs": n_runs, "n_steps": N_DAYS * hours, "seed": seed}
    history = train_many(QLearningAgent, limited, twin=Recorded, **length, **SETTINGS)
    tables.append(history.q_values)
    earned = [_earned(table) for table in tables]
    paid = history.rewards.reshape(n_runs, N_DAYS, hours).sum(axis=2)
    return Findings(paid, np.array(EXAMS), np.array([each.sum(axis=1) for each in earned]).T, earned[-1])


def healthy(**options):
    """Examine the sound world; the options are those of `examine`."""
    return examine(**options)


def _earned(tables):
    """Return what greedy policies earn in each hour of the sound world, (n_runs, 24), over all starts."""
    n_runs, n_rows, _ = tables.shape
    greedy = tables.argmax(axis=-1)
    sees_wind = n_rows == 24 * (CAPACITY + 1) * 2
    charge, windy = (each.ravel() for each in np.mgrid[: CAPACITY + 1, :2])
    charge, windy, runs = (
        np.tile(charge, (n_runs, 1)),
        np.tile(windy, (n_runs, 1)),
        np.arange(n_runs)[:, None],
    )
    earned = np.zeros((n_runs, 24))
    for hour in range(24):
        row = _row(hour, charge, windy if sees_wind else None)
        charge, reward = _trade(charge, greedy[runs, row], PRICES[windy, hour])
        earned[:, hour] = reward.mean(axis=1)
    return earned


def _row(hour, charge, windy=None):
    row = hour * (CAPACITY + 1) + charge
    return row if windy is None else 2 * row + windy


def _trade(charge, action, price):
    """Do what `trade` does, for arrays."""
    sells, buys = (action == 0) & (charge > 0), (action == 2) & (charge < CAPACITY)
    return charge + buys - sells, np.where(sells, 0.9 * price, 0.0) - np.where(buys, price, 0.0)


class _Lockstep(gym.Env):
    """A battery, sound or with a fault, whose copies step together: all of them are in the same hour."""

    def __init__(self, fault):
        self.fault = fault
        space = fault().observation_space
        self.observation_space = gym.spaces.Discrete(int(np.prod([part.n for part in space])))
        self.action_space = gym.spaces.Discrete(3)

    def copies(self, n_runs, rng):
        """Return `WorldCopies` for `train_many`."""
        return _Copies(self.fault, int(self.observation_space.n), rng)


class _Copies:
    n_actions, has_episodes, has_regret = 3, True, False

    def __init__(self, fault, n_states, rng):
        self.fault, self.n_states, self.rng = fault, n_states, rng

    def start(self, n):
        """Begin a day in all copies: they are as many as there are runs, since all days are equally long."""
        self.hour = 0
        self.charge = self.rng.integers(CAPACITY + 1, size=n)
        self.windy = self.rng.integers(2, size=n)
        return self._state()

    def step(self, runs, state, action):
        """Let an hour pass in all copies."""
        price = PRICES[self.windy, self.hour]
        self.charge, reward = _trade(self.charge, action, price)
        if self.fault is PaysForWishes:
            reward = np.array([0.9, 0.0, -1.0])[action] * price
        self.hour = (self.hour + 1) % 24
        return self._state(), reward, np.full(len(runs), self.hour == 0)

    def _state(self):
        return _row(self.hour, self.charge, None if self.fault is HidesTheWind else self.windy)
