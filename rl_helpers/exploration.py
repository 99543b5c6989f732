"""Rules that choose an action from action values, and schedules for how often to explore.

A rule takes the values of one state, as a list of floats or an array, or of many at once, as an array
(..., n_actions). The list is what a single agent holds: on a handful of numbers plain Python is ten times
as fast as NumPy.
"""

import numpy as np

from rl_helpers.checks import count, number_in


def greedy(q_values, rng):
    """Return the action with the largest value; ties break at random.

    Args:
        q_values: Q(s, ·), a list of floats or an array (..., n_actions).
        rng: `np.random.Generator`, asked only when there is a tie (arrays: always).

    Returns:
        The action: an int for one state, else an integer array (...).

    >>> greedy([0.0, 3.0, 1.0], np.random.default_rng(0))
    1
    """
    if type(q_values) is list:
        best = max(q_values)
        n_best = q_values.count(best)
        if n_best == 1:
            return q_values.index(best)
        if n_best == len(q_values):  # nothing is known yet: no need to look for the ties
            return int(rng.random() * n_best)
        ties = [action for action, value in enumerate(q_values) if value == best]
        return ties[int(rng.random() * n_best)]
    # A random number in (0, 1] for every best action, 0 for the others: the largest is a fair draw of a tie.
    is_best = q_values == q_values.max(axis=-1, keepdims=True)
    actions = (is_best * (1.0 - rng.random(q_values.shape))).argmax(axis=-1)
    return int(actions) if q_values.ndim == 1 else actions


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
    if type(q_values) is list:
        if rng.random() < epsilon:
            return int(rng.random() * len(q_values))
        return greedy(q_values, rng)
    actions = np.asarray(greedy(q_values, rng))
    explores = rng.random(actions.shape) < epsilon
    actions = np.where(explores, rng.integers(q_values.shape[-1], size=actions.shape), actions)
    return int(actions) if q_values.ndim == 1 else actions


class Uniforms:
    """The random numbers of a generator, drawn a thousand at a time.

    `random()` gives the numbers of `rng.random()` in their order, in a fraction of the time. It stands in for
    the generator in `greedy` and `epsilon_greedy` with lists. A copy goes on with new numbers.

    Args:
        rng: `np.random.Generator`; what is drawn ahead is gone from it.

    >>> Uniforms(np.random.default_rng(0)).random() == np.random.default_rng(0).random()
    True
    """

    def __init__(self, rng):
        self.rng = rng
        self.random = _numbers(rng).__next__

    def __reduce__(self):
        return Uniforms, (self.rng,)


def _numbers(rng):
    while True:
        yield from rng.random(1000).tolist()


class LinearDecay:
    """A schedule that falls in a straight line from `start` to `end` over `n_steps` steps, then stays.

    Call it with the number of steps taken so far, over the agent's whole life and not within one episode.

    Args:
        start, end: values at the beginning and from `n_steps` on.
        n_steps: length of the fall, in time steps.

    >>> epsilon = LinearDecay(1.0, 0.1, n_steps=100)
    >>> epsilon(0), epsilon(50), epsilon(100), epsilon(1000)
    (1.0, 0.55, 0.1, 0.1)
    """

    def __init__(self, start, end, *, n_steps):
        self.start = number_in("start", start, 0, 1)
        self.end = number_in("end", end, 0, 1)
        self.n_steps = count("n_steps", n_steps)

    def __call__(self, step):
        """Return the value after `step` time steps."""
        return self.end + (self.start - self.end) * max(0.0, 1 - step / self.n_steps)

    def __repr__(self):
        return f"LinearDecay({self.start:g}, {self.end:g}, n_steps={self.n_steps})"


class ExponentialDecay:
    """A schedule whose distance to `end` halves every `half_life` steps.

    Args:
        start, end: value at the beginning, and the one it approaches.
        half_life: time steps in which half of the way is gone.

    >>> epsilon = ExponentialDecay(1.0, 0.0, half_life=100)
    >>> epsilon(0), epsilon(100), epsilon(200)
    (1.0, 0.5, 0.25)
    """

    def __init__(self, start, end, *, half_life):
        self.start = number_in("start", start, 0, 1)
        self.end = number_in("end", end, 0, 1)
        self.half_life = number_in("half_life", half_life, 0, float("inf"), low_open=True)

    def __call__(self, step):
        """Return the value after `step` time steps."""
        return self.end + (self.start - self.end) * 0.5 ** (step / self.half_life)

    def __repr__(self):
        return f"ExponentialDecay({self.start:g}, {self.end:g}, half_life={self.half_life:g})"
