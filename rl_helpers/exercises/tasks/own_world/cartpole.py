"""CartPole for a table: buckets of angle and speed, and the trials of them that `data/` keeps."""

import csv
from math import pi

import gymnasium as gym
import numpy as np

from rl_helpers.environments import NumberedStates, StateSpace
from rl_helpers.notebook.paths import DATA

FALLS = 12 * pi / 180
"""At which angle the pole has fallen, in radians."""

FAST = 1.0
"""Beyond this a pole turns fast, in radians a second: the outermost buckets begin inside."""

HELD = 500
"""After so many steps the time limit of CartPole-v1 rings."""

USUAL = {"initial_value": 0.0, "learning_rate": 0.1, "discount": 0.99, "epsilon": 0.1}
CHANGED = {"initial_value": 20.0, "learning_rate": 0.2, "discount": 0.95, "epsilon": 0.02}
TRIALS = DATA / "cartpole_trials.csv"


def edges(n, limit):
    """Return the edges between n buckets, evenly from −limit to limit; the outermost have no end.

    >>> edges(3, 3.0), edges(1, 3.0)
    ((-1.0, 1.0), ())
    """
    return tuple(np.linspace(-limit, limit, n + 1)[1:-1].round(3).tolist())


def space_of(n_angles, n_speeds):
    """Return the `StateSpace` of buckets of the pole's angle and of its speed; the cart is not looked at.

    >>> space_of(2, 3).sizes
    (2, 3)
    """
    return StateSpace.of_buckets([None, None, edges(n_angles, FALLS), edges(n_speeds, FAST)])


def with_buckets(n_angles, n_speeds):
    """Return CartPole with buckets of the pole's angle and of its speed; the cart is not looked at.

    >>> with_buckets(2, 3).observation_space
    Discrete(7)
    """
    return NumberedStates(gym.make("CartPole-v1"), space_of(n_angles, n_speeds))


class Fixed:
    """A player that looks up its action by state and never learns.

    Args:
        actions: of each row; row 0 of `NumberedStates` is not among them.

    >>> Fixed((0, 1)).act(2)
    1
    """

    def __init__(self, actions):
        self.actions = actions

    def act(self, state, *, explore=True):
        """Return the action of a state."""
        return self.actions[state - 1]


def trials(**which):
    """Return the rows of `data/cartpole_trials.csv`, numbers as numbers, in which columns have these values.

    >>> {row["setting"] for row in trials(part="buckets", angles=2, speeds=3)}
    {'all'}
    """
    with TRIALS.open(encoding="utf-8", newline="") as file:
        rows = [{name: _read(text) for name, text in row.items()} for row in csv.DictReader(file)]
    return [row for row in rows if all(row[name] == value for name, value in which.items())]


def _read(text):
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number
