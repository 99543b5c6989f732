"""A world's table `P`: what can follow each action in each state, read and checked."""

from collections.abc import Mapping, Sequence

import numpy as np

ROUNDING = 1e-6  # what a sum of probabilities may be off 1
MOST = np.finfo(float).max
LOWEST = np.array([0, 0, -MOST, 0])  # of probability, next state, reward, terminated
OUTCOME = "(probability, next state, reward, terminated)"


def read_outcomes(name, table, n_states=None, n_actions=None, rewards=()):
    """Return a table of outcomes as one array, with its entries checked.

    Args:
        name: of the table, for messages.
        table: `table[state][action]`, a list of (probability, next state, reward, terminated). A state
            without outcomes is an end; all that leads there has to be terminated.
        n_states, n_actions: sizes of the world; without them those of the table.
        rewards: functions to be applied to each reward, in this order.

    Returns:
        Array (n_states, n_actions, n_outcomes, 4), padded with outcomes of probability 0, and which states
        have no outcomes, bool (n_states,).

    Raises:
        ValueError: if states or actions are missing, or an outcome makes no sense.

    >>> table = {0: {0: [(0.5, 0, -1.0, False), (0.5, 1, 2.0, True)]}, 1: {}}
    >>> outcomes, is_end = read_outcomes("P", table)
    >>> outcomes[:, 0, :, 0]
    array([[0.5, 0.5],
           [1. , 0. ]])
    >>> is_end
    array([False,  True])
    """
    n_states = _length(name, table, "state") if n_states is None else n_states
    known = _rows(name, table, n_states, "state")
    if n_actions is None:
        rows = [(f"{name}[{state}]", actions) for state, actions in enumerate(known) if actions is not None]
        n_actions = max((_length(*row, "action") for row in rows), default=0)
    if not n_states or not n_actions:
        raise ValueError(
            f"{name} has {n_states} states and {n_actions} actions: give it at least one of each"
        )
    listed, counts = _listed(name, known, n_states, n_actions)
    is_end = counts.sum(axis=1) == 0
    outcomes = _as_numbers(name, listed, counts)
    if rewards:
        outcomes[:, 2] = _changed_rewards(name, listed, counts, rewards)
    _check(name, outcomes, counts, is_end)
    columns = np.zeros((n_states, n_actions, max(1, counts.max()), 4))
    columns[..., 3] = 1.0
    columns[np.arange(columns.shape[2]) < counts[..., None]] = outcomes
    # Nothing follows an end; as if it led to itself, and that were over too.
    columns[is_end, :, 0, 0] = 1.0
    columns[is_end, :, :, 1] = np.flatnonzero(is_end)[:, None, None]
    return columns, is_end


def _length(name, entries, kind):
    """Return how many entries a dictionary or list has."""
    if not isinstance(entries, Mapping) and not _is_list(entries):
        raise ValueError(
            f"{name} is {_short(entries)}, expected a dictionary or list with one entry a {kind}: `P` of a "
            "world is read as its transition model, so give anything else another name"
        )
    return len(entries)


def _rows(name, entries, n, kind):
    """Return the entries of a dictionary or list by their number from 0, None for what is missing."""
    if isinstance(entries, Mapping):
        rows = [entries.get(number) for number in range(n)]
        if len(entries) == n and not [row for row in rows if row is None]:
            return rows
        unknown = [key for key in entries if not (isinstance(key, int | np.integer) and key in range(n))]
        if unknown:
            raise ValueError(
                f"{name} has the {kind} {unknown[0]!r}, expected numbers from 0 to {n - 1}: "
                f"number the {kind}s so"
            )
        return rows
    if _length(name, entries, kind) > n:
        raise ValueError(f"{name} has {len(entries)} {kind}s, and the world's space has {n}: let them agree")
    return [*entries, *[None] * (n - len(entries))]


def _listed(name, states, n_states, n_actions):
    """Return all outcomes in one list, and how many each pair has, (n_states, n_actions)."""
    listed, counts = [], []
    for state, actions in enumerate(states):
        rows = (
            [None] * n_actions if actions is None else _rows(f"{name}[{state}]", actions, n_actions, "action")
        )
        for action, follows in enumerate(rows):
            if follows is None:
                follows = ()
            elif type(follows) is not list and not _is_list(follows):
                raise ValueError(
                    f"{name}[{state}][{action}] is {_short(follows)}, expected a list of {OUTCOME}"
                )
            listed.extend(follows)
            counts.append(len(follows))
    counts = np.array(counts).reshape(n_states, n_actions)
    partly = (counts == 0) & (counts.sum(axis=1, keepdims=True) > 0)
    if partly.any():
        state, action = np.argwhere(partly)[0]
        raise ValueError(
            f"{name}[{state}][{action}] has no outcomes, and other actions in state {state} have: say what "
            "follows, such as staying there; only a state where the world ends has none at all"
        )
    return listed, counts


def _as_numbers(name, listed, counts):
    """Return the outcomes as an array (n, 4), whatever kind of numbers they are."""
    outcomes = _array(listed or np.zeros((0, 4)))
    if outcomes.shape != (len(listed), 4):
        index = [_array(outcome).shape == (4,) for outcome in listed].index(False)
        raise ValueError(
            f"{_pair(name, counts, index)} has the outcome {_short(listed[index])}, expected {OUTCOME}"
        )
    return outcomes


def _array(numbers):
    try:
        return np.array(numbers, dtype=float)
    except (TypeError, ValueError):
        return np.array(np.nan)


def _changed_rewards(name, listed, counts, functions):
    changed = []
    for index, outcome in enumerate(listed):
        reward = outcome[2]
        try:
            for function in functions:
                reward = function(reward)
            changed.append(float(reward))
        except Exception as error:
            raise ValueError(
                f"{_pair(name, counts, index)} has the reward {outcome[2]!r}, for which the function of the "
                f"wrapper fails ({error}): let it take every reward of the world"
            ) from error
    return changed


def _check(name, outcomes, counts, is_end):
    """Raise for the first outcome that makes no sense."""
    if _makes_sense(outcomes, counts, is_end):
        return
    n_states = len(counts)
    probability, next_state, reward, terminated = outcomes.T
    pairs = np.repeat(np.arange(counts.size), counts.ravel())

    def refuse(wrong, words):
        if wrong.any():
            index = int(wrong.argmax())
            raise ValueError(f"{_pair(name, counts, index)} {words(*outcomes[index].tolist())}")

    refuse(
        ~((probability >= 0) & (probability <= 1 + ROUNDING)),
        lambda p, s, r, t: f"has an outcome of probability {p:g}, expected 0 to 1",
    )
    refuse(
        ~((next_state >= 0) & (next_state < n_states) & (next_state % 1 == 0)),
        lambda p, s, r, t: f"leads to state {s:g}, expected a whole number from 0 to {n_states - 1}",
    )
    refuse(
        ~np.isfinite(reward),
        lambda p, s, r, t: (
            f"has the reward {r:g}, expected a finite number: a single other one would fill "
            "every value; for what is forbidden give a large cost"
        ),
    )
    refuse(
        ~((terminated == 0) | (terminated == 1)),
        lambda p, s, r, t: f"says that terminated is {t:g}, expected True or False",
    )
    sums = np.bincount(pairs, weights=probability, minlength=counts.size)
    off = (np.abs(sums - 1) > ROUNDING) & (counts.ravel() > 0)
    refuse(
        off[pairs],
        lambda p, s, r, t: (
            f"has probabilities that sum to {sums[off][0]:g}, expected 1: add what is missing, "
            "or divide by the sum"
        ),
    )
    refuse(
        is_end[next_state.astype(int)] & (terminated == 0) & (probability > 0),
        lambda p, s, r, t: (
            f"leads to state {s:g}, which has no outcomes, and is not terminated: say True "
            f"there if the world ends in state {s:g}, else what follows in it"
        ),
    )


def _makes_sense(outcomes, counts, is_end):
    """Return whether all outcomes do, for speed in small worlds: at once, where `_check` finds the first."""
    if not len(outcomes) or is_end.any():
        return False
    highest = np.array([1 + ROUNDING, len(counts) - 1, MOST, 1])
    whole = outcomes[:, 1::2]
    # What is no number (nan) is neither above nor below anything.
    if not ((outcomes >= LOWEST) & (outcomes <= highest)).all() or not (whole == np.trunc(whole)).all():
        return False
    sums = np.add.reduceat(outcomes[:, 0], counts.ravel().cumsum() - counts.ravel())
    return np.abs(sums - 1).max() <= ROUNDING


def _pair(name, counts, index):
    """Return in words the state and action that an outcome belongs to."""
    pair = int(np.searchsorted(counts.ravel().cumsum(), index, side="right"))
    return f"{name}[{pair // counts.shape[1]}][{pair % counts.shape[1]}]"


def _is_list(value):
    return isinstance(value, Sequence | np.ndarray) and not isinstance(value, str)


def _short(value):
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
