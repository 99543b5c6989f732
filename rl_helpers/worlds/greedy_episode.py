"""What Bob does in his room when he follows a table of action values greedily, in words."""

from itertools import groupby

import numpy as np

from rl_helpers.worlds.dynamics.room import REWARD_NAMES
from rl_helpers.worlds.maps.actions import Action

SAME = 1e-9
"""Action values that differ by less count as equal; of equal ones Bob takes the first."""


def describe_episode(env, q_values):
    """Play one greedy episode and return what Bob scratches, in order, and how it ends.

    Args:
        env: `Bob/Room-v0` from `gym.make`, not slippery, so that one episode tells all.
        q_values: (n_states, n_actions).

    Returns:
        A text such as "rug, then post" or "cushion 91 times until the time is up".

    >>> import gymnasium as gym, rl_helpers
    >>> from rl_helpers.planning import value_iteration
    >>> env = gym.make("Bob/Room-v0", layout="BR.P")
    >>> describe_episode(env, value_iteration(env, discount=0.9))
    'rug, then post'
    >>> describe_episode(env, np.zeros((8, 5)))
    'stays where he is until the time is up'
    """
    cells, scratched, terminated = _play(env, q_values)
    deeds = [
        thing if (times := len(list(steps))) == 1 else f"{thing} {times} times"
        for thing, steps in groupby(scratched)
        if thing
    ]
    if terminated:
        return ", then ".join(deeds)
    if not scratched[-1]:
        deeds.append(_walk(cells[-4:]))
    return f"{', then '.join(deeds)} until the time is up"


def _play(env, q_values):
    """Return Bob's cell and what he scratched (None: nothing) of each step, and whether the last ended it."""
    cells, scratched = [], []
    state, _ = env.reset()
    terminated = truncated = False
    while not (terminated or truncated):
        row, column, *_ = env.unwrapped.decode(state)
        action = int(np.flatnonzero(q_values[state] >= q_values[state].max() - SAME)[0])
        thing = REWARD_NAMES.get(env.unwrapped.layout.rows[row][column])
        cells.append((row, column))
        scratched.append(thing if action == Action.SCRATCH else None)
        state, _, terminated, truncated, _ = env.step(action)
    return cells, scratched, terminated


def _walk(cells):
    """Name a walk by the last cells it went through."""
    if len(set(cells)) == 1:
        return "stays where he is"
    to_and_fro = len(set(cells)) == 2 and cells[-1] == cells[-3]
    return "walks to and fro" if to_and_fro else "walks about"
