"""What all agents with a table of action values share: the table, the policy, the learning rate."""

from math import inf

import numpy as np

from rl_helpers.arguments import count, number_in
from rl_helpers.exploration import EpsilonGreedy, Uniforms, greedy

USUAL_EPSILON = 0.1


class TableAgent:
    """A Q-table, the policy that acts by it, and a learning rate; the update rule is up to the subclass.

    Args:
        n_states: number of states.
        n_actions: number of actions.
        learning_rate: step size (α), 0 < α ≤ 1, or a schedule: a function from the number of visits to a pair
            of state and action, 1 for the first, to α, such as `schedules.SampleAverage()`.
        discount: discount (γ), 0 ≤ γ ≤ 1.
        epsilon: share of random actions (ε), 0 ≤ ε ≤ 1, or a schedule: a function from the number of steps
            taken to ε, such as `schedules.LinearDecay`. 0.1 unless there is a `policy`.
        policy: another way to explore, such as `exploration.Boltzmann(0.5)`, in place of `epsilon`.
        initial_value: every entry of the table at the start; an optimistic one is above what can be earned.
        rng: `np.random.Generator`; without one every agent explores differently.

    Raises:
        TypeError: if both `epsilon` and `policy` are given.
        ValueError: if a hyperparameter is out of its range.
    """

    def __init__(
        self,
        n_states,
        n_actions,
        *,
        learning_rate=0.1,
        discount=0.95,
        epsilon=None,
        policy=None,
        initial_value=0.0,
        rng=None,
    ):
        self.n_states = count("n_states", n_states)
        self.n_actions = count("n_actions", n_actions)
        self.learning_rate = (
            learning_rate
            if callable(learning_rate)
            else number_in("learning_rate", learning_rate, 0, 1, low_open=True)
        )
        self.discount = number_in("discount", discount, 0, 1)
        if policy is not None and epsilon is not None:
            raise TypeError(f"epsilon is {epsilon} and policy is {policy}: give one of them, not both")
        if policy is None:
            policy = EpsilonGreedy(USUAL_EPSILON if epsilon is None else epsilon)
        self.policy = policy
        self.initial_value = number_in(
            "initial_value", initial_value, -inf, inf, low_open=True, high_open=True
        )
        self.rng = np.random.default_rng() if rng is None else rng
        self.n_steps = 0
        self._uniforms = Uniforms(self.rng)
        # Rows are lists of floats: a step on lists takes a third of its time on a NumPy array.
        self._rows = self._new_rows()
        # Choices made in each state and visits learned from; counting costs time, and few settings need it.
        self._choices = self._zero_counts() if self.policy.needs_counts else None
        self._visits = self._zero_counts() if callable(learning_rate) else None

    @property
    def q_values(self):
        """The Q-table, a read-only array (n_states, n_actions); assign a whole table to change it."""
        table = np.array(self._rows)
        table.flags.writeable = False
        return table

    @q_values.setter
    def q_values(self, table):
        self._rows = self._checked(table).tolist()

    @property
    def visits(self):
        """How often each entry was learned, int (n_states, n_actions); None where α is no schedule.

        Assign an array to go on from the counts of another agent.
        """
        return None if self._visits is None else np.array(self._visits)

    @visits.setter
    def visits(self, counts):
        self._visits = None if counts is None else np.asarray(self._checked(counts), dtype=int).tolist()

    @property
    def epsilon(self):
        """ε of an ε-greedy policy, a number or the schedule; None of another policy."""
        return getattr(self.policy, "epsilon", None)

    def act(self, state, *, explore=True):
        """Return the action for `state`: by the policy, or greedy with `explore=False`."""
        if not explore:
            return greedy(self._row(state), self._uniforms)
        return self.choose(state)

    def choose(self, state):
        """Return an action of the policy in `state`."""
        if self._choices is None:
            return self.policy.choose(self._row(state), self._uniforms, self.n_steps)
        choices = self._choices[state]
        action = self.policy.choose(self._row(state), self._uniforms, self.n_steps, counts=choices)
        choices[action] += 1
        return action

    def probabilities(self, state):
        """Return with which probability the policy takes each action in `state`, array (n_actions,)."""
        counts = None if self._choices is None else self._choices[state]
        return self.policy.probabilities(self._row(state), self.n_steps, counts=counts)

    def step_size(self, state, action):
        """Count a visit to a pair of state and action, and return α for it."""
        if self._visits is None:
            return self.learning_rate
        visits = self._visits[state]
        visits[action] += 1
        return self.learning_rate(visits[action])

    def end_episode(self):
        """Do nothing: this agent learns at every step."""

    def _row(self, state):
        """Return the values that the policy goes by, Q(state, ·), a list of floats."""
        return self._rows[state]

    def _new_rows(self):
        return [[self.initial_value] * self.n_actions for _ in range(self.n_states)]

    def _zero_counts(self):
        return [[0] * self.n_actions for _ in range(self.n_states)]

    def _checked(self, table):
        table = np.asarray(table, dtype=float)
        if table.shape != (self.n_states, self.n_actions):
            raise ValueError(
                f"q_values has shape {table.shape}, expected {(self.n_states, self.n_actions)}: "
                "one row a state, one column an action"
            )
        return table
