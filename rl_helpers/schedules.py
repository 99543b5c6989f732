"""Schedules: numbers that change while an agent learns.

Some fall with the time steps of the agent's whole life (how often to explore), others with the visits to one
pair of state and action (how far to move its value).
"""

from math import inf

from rl_helpers.arguments import count, number_in


def share_at(name, schedule, number):
    """Return what a schedule gives for a number of steps or visits, 0 to 1.

    Args:
        name: the hyperparameter's, for the message.
        schedule: function from `number` to a share.
        number: time steps taken, or visits.

    Raises:
        ValueError: if the schedule gives anything else.

    >>> share_at("epsilon", LinearDecay(1.0, 0.1, n_steps=100), 50)
    0.55
    """
    share = schedule(number)
    try:
        if 0 <= share <= 1:
            return share
    except (TypeError, ValueError):
        pass
    raise ValueError(
        f"{name} is a schedule that gives {share!r} for {number}, expected a number from 0 to 1: "
        "let it stay between them"
    )


def amount_at(name, schedule, number):
    """Return what a schedule gives for a number of steps: a finite number that is not negative.

    Args:
        name: the hyperparameter's, for the message.
        schedule: function from `number` to an amount, such as a learning rate that may be above 1.
        number: time steps taken.

    Raises:
        ValueError: if the schedule gives anything else.

    >>> amount_at("entropy_weight", lambda step: 2.0, 50)
    2.0
    """
    amount = schedule(number)
    try:
        if 0 <= amount < inf:
            return amount
    except (TypeError, ValueError):
        pass
    raise ValueError(
        f"{name} is a schedule that gives {amount!r} for {number}, expected a finite number of at least 0: "
        "let it stay there"
    )


class LinearDecay:
    """A schedule that falls in a straight line from `start` to `end` over `n_steps` steps, then stays.

    Call it with the number of steps taken so far, over the agent's whole life and not within one episode.

    Args:
        start, end: values at the beginning and from `n_steps` on, 0 to 1.
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
        remaining = 1 - step / self.n_steps if step < self.n_steps else 0.0
        return self.end + (self.start - self.end) * remaining

    def __repr__(self):
        return f"LinearDecay({self.start:g}, {self.end:g}, n_steps={self.n_steps})"


class InTurn:
    """`LinearDecay`s one after the other: each begins when the one before it has come to its end.

    Args:
        *schedules: one or more.

    >>> rate = InTurn(LinearDecay(1.0, 0.0, n_steps=10), LinearDecay(0.5, 0.1, n_steps=20))
    >>> rate(0), rate(5), rate(10), rate(30), rate(99)
    (1.0, 0.5, 0.5, 0.1, 0.1)
    """

    def __init__(self, *schedules):
        if not schedules:
            raise ValueError("there are no schedules, expected one or more")
        self.schedules = schedules

    def __call__(self, step):
        """Return the value after `step` time steps."""
        for schedule in self.schedules[:-1]:
            if step < schedule.n_steps:
                return schedule(step)
            step -= schedule.n_steps
        return self.schedules[-1](step)

    def __repr__(self):
        return f"InTurn({', '.join(map(repr, self.schedules))})"


class ExponentialDecay:
    """A schedule whose distance to `end` halves every `half_life` steps.

    Args:
        start, end: value at the beginning, and the one it approaches, 0 to 1.
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


class PowerDecay:
    """A learning rate of n^−power at the n-th visit to a pair of state and action, never below `floor`.

    Args:
        power: 0 < power ≤ 1. With 1 and no floor, values are the averages of all targets seen; between 0.5
            and 1 they converge too (Robbins and Monro's conditions), and forget bad beginnings sooner.
        floor: the smallest learning rate, 0 to 1; above 0 an agent never stops to learn.

    >>> learning_rate = PowerDecay(0.5, floor=0.1)
    >>> learning_rate(1), learning_rate(4), learning_rate(1_000_000)
    (1.0, 0.5, 0.1)
    """

    def __init__(self, power, *, floor=0.0):
        self.power = number_in("power", power, 0, 1, low_open=True)
        self.floor = number_in("floor", floor, 0, 1)

    def __call__(self, visits):
        """Return the learning rate at the given visit, 1 for the first: an int, or an array (...)."""
        if isinstance(visits, int):
            rate = visits**-self.power
            return rate if rate > self.floor else self.floor
        return (visits**-self.power).clip(min=self.floor)

    def __repr__(self):
        return f"PowerDecay({self.power:g}, floor={self.floor:g})"


class SampleAverage(PowerDecay):
    """A learning rate of 1/n at the n-th visit: the value is the plain average of all targets seen.

    Source:
        Sutton & Barto (2018), equation 2.3.

    >>> SampleAverage()(4)
    0.25
    """

    def __init__(self):
        super().__init__(1.0)

    def __repr__(self):
        return "SampleAverage()"
