"""Says in words what Bob does when he follows a table of action values."""

import numpy as np

from rl_helpers.worlds import Action
from rl_helpers.worlds.maps.layouts import COUCH, CUSHION, DRAPES, POST, RUG

THINGS = {RUG: "rug", POST: "post", COUCH: "couch", DRAPES: "drapes", CUSHION: "cushion"}

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
    scratched, cells = [], []  # scratched: [thing, how many times in a row, when it was last]
    state, _ = env.reset()
    over, step = False, 0
    while not over:
        row, column, *_ = env.unwrapped.decode(state)
        cells.append((row, column))
        action = int(np.flatnonzero(q_values[state] >= q_values[state].max() - SAME)[0])
        thing = THINGS.get(env.unwrapped.layout.rows[row][column])
        if action == Action.SCRATCH and thing:
            if scratched and scratched[-1][0] == thing and scratched[-1][2] == step - 1:
                scratched[-1][1:] = [scratched[-1][1] + 1, step]
            else:
                scratched.append([thing, 1, step])
        state, _, terminated, truncated, _ = env.step(action)
        over, step = terminated or truncated, step + 1
    words = [thing if times == 1 else f"{thing} {times} times" for thing, times, _ in scratched]
    if terminated:
        return ", then ".join(words)
    if scratched and scratched[-1][2] == step - 1:
        return f"{', then '.join(words)} until the time is up"
    return f"{', then '.join([*words, _walk(cells[-4:])])} until the time is up"


def _walk(cells):
    """Name a walk by the last cells it went through."""
    if len(set(cells)) == 1:
        return "stays where he is"
    to_and_fro = len(set(cells)) == 2 and cells[-1] == cells[-3]
    return "walks to and fro" if to_and_fro else "walks about"
