"""Rules that choose an action from action values.

A rule takes the values of one state, as a list of floats or an array, or of many at once, as an array
(..., n_actions). The list is what a single agent holds: on a handful of numbers plain Python is ten times
as fast as NumPy.
"""

import numpy as np

from rl_helpers.arguments import number_in

LARGE = 4000  # entries from where on fewer random numbers pay: a tenth of 2,000 runs of UCB (bench many)


def greedy(q_values, rng):
    """Return the action with the largest value; ties break at random.

    Args:
        q_values: Q(s, ·), a list of floats or an array (..., n_actions).
        rng: `np.random.Generator`, asked only when there is a tie (many states at once: always).

    Returns:
        The action: an int for one state, else an integer array (...).

    >>> greedy([0.0, 3.0, 1.0], np.random.default_rng(0))
    1
    """
    if type(q_values) is not list and q_values.ndim == 1:
        q_values = q_values.tolist()  # a row of a table draws what an agent's list does
    if type(q_values) is list:
        best = max(q_values)
        n_best = q_values.count(best)
        if n_best == 1:
            return q_values.index(best)
        if n_best == len(q_values):  # nothing is known yet: no need to look for the ties
            return int(rng.random() * n_best)
        ties = [action for action, value in enumerate(q_values) if value == best]
        return ties[int(rng.random() * n_best)]
    return _any_of(q_values == q_values.max(axis=-1, keepdims=True), rng)


def epsilon_greedy(q_values, epsilon, rng):
    """Return a random action with probability ε, else the greedy one.

    Args:
        q_values: Q(s, ·), a list of floats or an array (..., n_actions).
        epsilon: ε, the share of random actions, 0 ≤ ε ≤ 1, a number or an array (...).
        rng: `np.random.Generator`.

    Returns:
        The action: an int for one state, else an integer array (...).

    Source:
        Sutton & Barto (2018), section 2.2. The random action is drawn from all, the greedy one included.

    >>> rng = np.random.default_rng(0)
    >>> actions = [epsilon_greedy([0.0, 1.0], 0.5, rng) for _ in range(1000)]
    >>> bool(0.7 < np.mean(actions) < 0.8)
    True
    """
    if type(q_values) is list or q_values.ndim == 1:
        if rng.random() < epsilon:
            return int(rng.random() * len(q_values))
        return greedy(q_values, rng)
    # Who explores takes any action: for them all are as good as the best.
    explores = rng.random(q_values.shape[:-1]) < epsilon
    candidates = q_values == q_values.max(axis=-1, keepdims=True)
    candidates |= explores[..., None]
    return _any_of(candidates, rng)


def softmax(q_values, temperature):
    """Return probabilities in proportion to exp(Q(s, ·) / τ), without overflow.

    Args:
        q_values: Q(s, ·), any finite numbers, a list or an array (..., n_actions).
        temperature: τ > 0, finite, in the unit of the values: differences well below it hardly count.

    Returns:
        Probabilities, float array (..., n_actions), which sum to 1 over the actions.

    Raises:
        ValueError: if `temperature` is not above 0, or not finite.

    Source:
        Sutton & Barto (2018), equation 2.11, with preferences Q/τ.

    >>> softmax([1.0, 1.0], temperature=0.1)
    array([0.5, 0.5])
    >>> softmax([1e308, -1e308], temperature=1e-300)
    array([1., 0.])
    """
    temperature = number_in("temperature", temperature, 0, float("inf"), low_open=True, high_open=True)
    q_values = np.asarray(q_values, dtype=float)
    # Only differences count. Taken from the best, none is above 0, so nothing overflows but towards −∞, and
    # exp(−∞) = 0 is what is meant.
    with np.errstate(over="ignore"):
        weights = np.exp((q_values - q_values.max(axis=-1, keepdims=True)) / temperature)
    return weights / weights.sum(axis=-1, keepdims=True)


def boltzmann(q_values, temperature, rng):
    """Return an action drawn with the probabilities of `softmax`.

    Args:
        q_values: Q(s, ·), any finite numbers, a list of floats or an array (..., n_actions).
        temperature: τ > 0: near 0 greedy, very large uniform.
        rng: `np.random.Generator`.

    Returns:
        The action: an int for one state, else an integer array (...).

    >>> rng = np.random.default_rng(0)
    >>> actions = [boltzmann([0.0, 1.0], 1.0, rng) for _ in range(1000)]   # e / (1 + e) = 0.73
    >>> bool(0.68 < np.mean(actions) < 0.78)
    True
    """
    cumulative = softmax(q_values, temperature).cumsum(axis=-1)
    cumulative[..., -1] = 1.0  # Rounding must not leave a gap above the last probability.
    if cumulative.ndim == 1:
        return int((rng.random() >= cumulative).sum())
    return (rng.random((*cumulative.shape[:-1], 1)) >= cumulative).sum(axis=-1)


def ucb_scores(q_values, counts, bonus):
    """Return the upper confidence bounds Q(s, a) + c √(ln t / N(s, a)); ∞ for what was never tried.

    Args:
        q_values: Q(s, ·), a list of floats or an array (..., n_actions).
        counts: N(s, ·), how often each action was taken in this state, same shape.
        bonus: c ≥ 0, the weight of what is not known.

    Returns:
        Scores, float array (..., n_actions).

    Source:
        Sutton & Barto (2018), equation 2.10; t is the number of the present choice in this state.

    >>> ucb_scores([1.0, 1.0], [8, 0], bonus=2.0)
    array([2.04814707,        inf])
    """
    counts = np.asarray(counts)
    tried = np.maximum(counts, 1)
    choice = counts.sum(axis=-1, keepdims=True) + 1
    return np.where(counts > 0, q_values + bonus * np.sqrt(np.log(choice) / tried), np.inf)


def ucb(q_values, counts, bonus, rng):
    """Return the action with the largest upper confidence bound; ties break at random.

    Args:
        q_values, counts, bonus: as in `ucb_scores`.
        rng: `np.random.Generator`.

    Returns:
        The action: an int for one state, else an integer array (...).

    >>> ucb([1.0, 1.5, 0.0], [50, 50, 1], bonus=2.0, rng=np.random.default_rng(0))
    2
    """
    return greedy(ucb_scores(q_values, counts, bonus), rng)


def _any_of(candidates, rng):
    """Draw one of the actions marked in a bool array (..., n, n_actions), all with equal probability."""
    if candidates.size < LARGE:
        # A marked action gets a number from 1 to 2, the others one below 1: the largest is a fair draw.
        return (candidates + rng.random(candidates.shape)).argmax(axis=-1)
    # In a large batch it pays to draw only where there is more than one.
    actions = candidates.argmax(axis=-1)
    several = (candidates.sum(axis=-1) > 1).nonzero()
    marked = candidates[several]
    actions[several] = (marked + rng.random(marked.shape)).argmax(axis=-1)
    return actions
