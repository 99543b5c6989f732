"""Random numbers in blocks: a time step of all runs is too short to ask a generator each time."""

import numpy as np

from rl_helpers.exploration import EpsilonGreedy

BYTES = 1 << 20  # of a block; what is much larger than a processor's cache costs more than it saves
MOST_STEPS = 1000  # in a block; a training of few runs would throw most of more away
CHOICES_FOR_EACH_RUN = 10  # in a time step's place, where nobody knows which run chooses when
EXPLORES = np.float32(np.inf)  # the number of an action that is explored: larger than the best one's


def in_blocks(draw, n_numbers):
    """Yield the random numbers of one time step after the other, for ever, drawn for many steps at a time.

    Args:
        draw: function from a number of steps to an array whose first axis is the steps.
        n_numbers: of 8 bytes in a step, which says how many steps make a block.

    >>> rng = np.random.default_rng(0)
    >>> steps = in_blocks(lambda n_steps: rng.random((n_steps, 2)), n_numbers=2)
    >>> bool((next(steps) == np.random.default_rng(0).random(2)).all())
    True
    """
    n_steps = steps_in_a_block(n_numbers)
    while True:
        yield from draw(n_steps)


def steps_in_a_block(n_numbers):
    """Return for how many time steps of so many numbers of 8 bytes to draw at a time.

    >>> steps_in_a_block(100), steps_in_a_block(1000), steps_in_a_block(10**9)
    (1000, 131, 1)
    """
    return min(MOST_STEPS, max(1, BYTES // (8 * n_numbers)))


def choices_in_blocks(policy, n_runs, n_actions, rng):
    """Return two choosers of a policy for many runs, or None for what can not be drawn in blocks.

    Returns:
        One that all runs ask together, once a time step; one that some of them ask at any time, which needs
        an ε that does not change with time.
    """
    if type(policy) is not EpsilonGreedy or {"at", "choose"} & vars(policy).keys():
        return None, None  # another way to choose, or another ε, of the class or of this very policy
    in_turn = EpsilonGreedyInTurn(policy, n_runs, n_actions, rng)
    if callable(policy.epsilon):
        return in_turn, None
    return in_turn, EpsilonGreedyAtAnyTime(policy, n_runs, n_actions, rng)


class EpsilonGreedyInTurn:
    """The choices of an ε-greedy policy for many runs, once a time step.

    Args:
        policy: `EpsilonGreedy`.
        n_runs, n_actions: how many runs choose at first, and from how many actions.
        rng: `np.random.Generator`.

    >>> in_turn = EpsilonGreedyInTurn(EpsilonGreedy(0.0), n_runs=2, n_actions=3, rng=np.random.default_rng(0))
    >>> in_turn.choose(np.array([[0.0, 0.0, 1.0], [5.0, 4.0, 3.0]]))
    array([2, 0])
    """

    def __init__(self, policy, n_runs, n_actions, rng):
        self.policy, self.n_runs, self.n_actions, self.rng = policy, n_runs, n_actions, rng
        self.n_steps_drawn = 0
        self.steps_in_a_block = steps_in_a_block(n_actions * n_runs)
        self.block = iter(())

    def choose(self, q_values):
        """Return an action for each row of Q(s, ·), (n, n_actions), at the next time step.

        Every call is one time step, which counts where ε is a schedule. Runs that are over stay away.

        Raises:
            ValueError: if more runs choose than the last time.
        """
        n = len(q_values)
        if n > self.n_runs:
            raise ValueError(
                f"{n} runs choose, and {self.n_runs} did the last time: a run that stays away is over"
            )
        draws = next(self.block, None)
        if draws is None:
            self.block = iter(self._draw())
            draws = next(self.block)
        self.n_runs = n  # the next block is for no more than these
        return _choose(q_values, draws[:, :n])

    def _draw(self):
        """Return the draws of the next steps, (steps_in_a_block, n_actions, n_runs) at most.

        They end before a step for which there is no ε: the training can be over before it is needed.
        """
        first, epsilon = self.n_steps_drawn, []
        try:
            for step in range(first, first + self.steps_in_a_block):
                epsilon.append(self.policy.at(step))
        except Exception:
            if not epsilon:
                raise
        self.n_steps_drawn += len(epsilon)
        return _draws(self.rng, np.array(epsilon), self.n_actions, self.n_runs)


class EpsilonGreedyAtAnyTime:
    """The same for some of the runs at any time, with a number for ε: nobody knows which run chooses when.

    SARSA asks it where an episode begins, and takes a tenth longer without (bench many).

    Args:
        policy: `EpsilonGreedy` with a number for ε.
        n_runs, n_actions: at most how many runs choose together, and from how many actions.
        rng: `np.random.Generator`.

    >>> some = EpsilonGreedyAtAnyTime(EpsilonGreedy(0.0), n_runs=9, n_actions=3, rng=np.random.default_rng(0))
    >>> some.choose(np.array([[0.0, 0.0, 1.0], [5.0, 4.0, 3.0]]))
    array([2, 0])
    """

    def __init__(self, policy, n_runs, n_actions, rng):
        # Draws for many choices beside each other, of which every call uses up as many as it needs.
        self.n_choices = self.n_used = CHOICES_FOR_EACH_RUN * n_runs
        epsilon = policy.epsilon
        self.block = in_blocks(
            lambda n_steps: _draws(rng, np.full(n_steps, epsilon), n_actions, self.n_choices),
            n_actions * self.n_choices,
        )

    def choose(self, q_values):
        """Return an action for each row of Q(s, ·), (n, n_actions) with n ≤ `n_runs`."""
        begin, end = self.n_used, self.n_used + len(q_values)
        if end > self.n_choices:
            self.draws, begin, end = next(self.block), 0, len(q_values)
        self.n_used = end
        return _choose(q_values, self.draws[:, begin:end])


def _draws(rng, epsilon, n_actions, n_choices):
    """Return for each step, action and choice a number below 1 that breaks ties, or `EXPLORES`."""
    draws = rng.random(
        (len(epsilon), n_actions, n_choices), dtype=np.float32
    )  # 24 bits break ties well enough
    step, choice = (rng.random((len(epsilon), n_choices)) < epsilon[:, None]).nonzero()
    draws[step, rng.integers(n_actions, size=len(step)), choice] = EXPLORES
    return draws


def _choose(q_values, draws):
    """Return an action for each row of Q(s, ·), (n, n_actions), with the draws (n_actions, n) for it."""
    columns = q_values.T  # The tables of many runs hold the values of one action side by side.
    is_best = columns == np.maximum.reduce(columns)
    # The best have 1 and a draw below 1, so the largest is a fair choice among them, unless one is explored.
    # Two arrays of one kind are added twice as fast as truth values and numbers.
    return (is_best.astype(draws.dtype) + draws).argmax(axis=0)
