"""The five patients, and the two worlds that they are examined in: one ends by itself, one by the clock."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import gymnasium as gym
import numpy as np

import rl_helpers  # noqa: F401 - registers Bob's worlds
from rl_helpers.agents import QLearningAgent
from rl_helpers.exercises.tasks.bug_clinic.bugs import BUGS
from rl_helpers.exercises.tasks.bug_clinic.twins import CLINIC_TWINS
from rl_helpers.intervals import mean_interval
from rl_helpers.schedules import LinearDecay
from rl_helpers.training import train_many
from rl_helpers.worlds.transition_model import transition_model

N_EPISODES = 150
STEPS_BETWEEN_EXAMS = 150
N_EXAMS = 20
SETTINGS = {"learning_rate": 0.3, "discount": 0.95, "epsilon": LinearDecay(0.5, 0.02, n_steps=2000)}
"""Hyperparameters of all patients and of the healthy agent."""

_ORDER = (
    "epsilon starts over",
    "credits another action",
    "skips the last update",
    "takes the clock for the end",
    "takes the first of the best",
)
PATIENTS = MappingProxyType(
    dict(zip(("Alma", "Bruno", "Carla", "Dino", "Elli"), map(BUGS.get, _ORDER), strict=True))
)
"""Who has which bug: do not look before you have tried."""


def quiet_room(**options):
    """Return a room without furniture but the post, nine steps from Bob; the clock rings after 100 steps."""
    return gym.make("Bob/Room-v0", layout="B..#P\n...#.\n.....", max_episode_steps=100, **options)


def narrow_corridor(**options):
    """Return a corridor where every step costs 1, Bob begins anywhere, and the clock rings after 5 steps."""
    return gym.make(
        "Bob/Room-v0", layout="B" * 10 + "P", rewards={"step": -1.0}, max_episode_steps=5, **options
    )


class Interval(NamedTuple):
    """A mean over runs with its 95 % interval.

    >>> interval = Interval.of(np.array([9.0, 10.0, 11.0]))
    >>> print(interval, interval.apart(Interval(7.0, 6.5, 7.4)))
    10.0 (7.5 to 12.5) True
    """

    mean: float
    low: float
    high: float

    @classmethod
    def of(cls, values):
        """Return the interval of the mean of some values, one a run, by Student's t."""
        return cls(float(values.mean()), *mean_interval(values))

    def apart(self, other):
        """Return whether two intervals have no number in common."""
        return self.low > other.high or other.low > self.high

    def __str__(self):
        return f"{self.mean:.1f} ({self.low:.1f} to {self.high:.1f})"


@dataclass(frozen=True)
class Findings:
    """What an examination found.

    Attributes:
        lengths: time steps of each episode in the quiet room, (n_runs, n_episodes).
        steps: after how many time steps the tables were examined in the corridor, (n_exams,).
        home: from which share of the corridor's cells the greedy actions lead home, (n_runs, n_exams).
    """

    lengths: np.ndarray
    steps: np.ndarray
    home: np.ndarray

    def values(self):
        """Return four means, from what is measured to its `Interval`: lengths in steps, shares in percent."""
        middle, end = N_EXAMS // 2, N_EXAMS
        return {
            "room: length in episodes 21 to 40": Interval.of(self.lengths[:, 20:40].mean(axis=1)),
            "room: length in the last 50 episodes": Interval.of(self.lengths[:, -50:].mean(axis=1)),
            f"corridor: % home after {self.steps[middle]:,} steps": Interval.of(100 * self.home[:, middle]),
            f"corridor: % home after {self.steps[end]:,} steps": Interval.of(100 * self.home[:, end]),
        }


def examine(agent_class, *, n_runs=100, seed=0, **settings):
    """Train many agents of a kind in both worlds.

    Args:
        agent_class: such as `PATIENTS["Alma"].agent_class`.
        n_runs: number of independent runs in each world.
        seed: fixes all random numbers.
        **settings: hyperparameters other than the clinic's `SETTINGS`.

    Returns:
        The `Findings`.

    >>> examine(QLearningAgent, n_runs=3).home.shape
    (3, 21)
    """
    settings = SETTINGS | settings
    twin, length = CLINIC_TWINS[agent_class], {"n_episodes": N_EPISODES}
    room = train_many(agent_class, quiet_room(), twin=twin, n_runs=n_runs, seed=seed, **length, **settings)
    corridor = narrow_corridor()
    steps = np.arange(N_EXAMS + 1) * STEPS_BETWEEN_EXAMS
    tables = _tables(agent_class, corridor, steps, n_runs=n_runs, seed=seed, **settings)
    return Findings(room.lengths, steps, np.array([_share_home(corridor, table) for table in tables]).T)


def healthy(**options):
    """Examine healthy Q-learning; the options are those of `examine`."""
    return examine(QLearningAgent, **options)


def _tables(agent_class, env, steps, **options):
    """Train many agents, and return copies of their tables after each of the given numbers of steps."""
    copies = []

    class Recorded(CLINIC_TWINS[agent_class]):
        def act(self, runs, state):
            if self.n_steps in steps:
                copies.append(self.q_values.copy())
            return super().act(runs, state)

    last = train_many(agent_class, env, n_steps=int(steps[-1]), twin=Recorded, **options).q_values
    return [*copies, last]


def _share_home(env, q_values):
    """Return for each table from which share of all starts its greedy actions end the episode."""
    model = transition_model(env)
    next_state, terminated = model.next_state[..., 0], model.terminated[..., 0]
    greedy = q_values.argmax(axis=-1)
    runs = np.arange(len(greedy))[:, None]
    state = np.tile(np.flatnonzero(model.start), (len(greedy), 1))
    home = np.zeros(state.shape, dtype=bool)
    for _ in range(model.start.size):  # whoever needs more steps than there are states goes round in a circle
        action = greedy[runs, state]
        home |= terminated[state, action]
        state = next_state[state, action]
    return home.mean(axis=1)
