"""Random numbers come from the generator that is handed over: notices those that come from elsewhere."""

import random

import numpy as np

ELSEWHERE = (
    "the random numbers come from elsewhere, {}. Ask the generator that is handed over, `rng`: then the same "
    "seed gives the same choices again"
)


def elsewhere():
    """Return the states of the generators that everybody shares, by name.

    >>> before = elsewhere()
    >>> drawn_from(before), random.random() < 1, drawn_from(before)
    ([], True, ['`random`'])
    """
    _, keys, *rest = np.random.get_state()  # noqa: NPY002 - the one that everybody shares
    return {"`random`": random.getstate(), "`np.random`": (keys.tobytes(), *rest)}


def drawn_from(before):
    """Return the names of the shared generators that have been used since `before`."""
    now = elsewhere() if before else {}
    return [name for name in now if now[name] != before[name]]


def sampled(arguments):
    """Return how often worlds among the arguments were asked for `env.action_space.sample()`."""
    spaces = [getattr(argument, "action_space", None) for argument in arguments]
    return sum(getattr(space, "n_sampled", 0) for space in spaces)
