"""What all agents with a table of action values share: the learning step, the table, the policy."""

from math import inf, isfinite

import numpy as np

from rl_helpers.agents.checks import check_state, check_transition, generator, policy_of
from rl_helpers.arguments import count, number_in
from rl_helpers.exploration import BlockRandom, EpsilonGreedy, greedy
from rl_helpers.schedules import share_at

USUAL_EPSILON = 0.1


class TableAgent:
    """A Q-table, the policy that acts by it, and the step by which it learns; `td_target` is the subclass's.

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
        target: another rule for what Q(s, a) is moved towards: a function with the arguments of the
            algorithm's own, which is in `updates`.
        rng: `np.random.Generator`; without one every agent explores differently.

    Raises:
        TypeError: if both `epsilon` and `policy` are given, or `target`, `policy` or `rng` is none.
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
        target=None,
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
        self.policy = policy_of(policy)
        self.initial_value = number_in(
            "initial_value", initial_value, -inf, inf, low_open=True, high_open=True
        )
        if target is not None:
            self.target = _function("target", target)
        self.rng = generator(rng)
        self.n_steps = 0
        self._random = BlockRandom(self.rng)
        # Lists, `_table[state][action]`, for speed: on arrays `train` takes 4 times as long (bench learning).
        self._table = self._new_table()
        # Choices made in each state and visits learned from; counting costs time, and few settings need it.
        self._choices = self._zero_counts() if self.policy.needs_counts else None
        self._visits = self._zero_counts() if callable(learning_rate) else None

    def update(self, transition):
        """Learn from one `Transition` and return the TD error.

        Raises:
            StateError, TypeError, ValueError: if no table can learn from it; this one stays as it was.
        """
        try:
            state, action, reward, next_state, terminated = transition
            td_target = self.td_target(float(reward), next_state, terminated)
            q_values = self._table[state]
            td_error = td_target - q_values[action]
            if not isfinite(td_error):
                raise ValueError(f"Q({state}, {action}) has the target {td_target}, expected a finite one")
            # For speed asked here too: the call takes a fiftieth of a step in Bob's room (bench learning).
            step_size = self.learning_rate if self._visits is None else self.step_size(state, action)
            q_values[action] += step_size * td_error
        except (TypeError, IndexError, ValueError):
            check_transition(transition, self.n_states, self.n_actions)  # says what is wrong with it
            raise
        self.n_steps += 1
        return td_error

    def td_target(self, reward, next_state, terminated):
        """Return what Q(s, a) is moved towards: this is what sets one algorithm apart from another."""
        raise NotImplementedError(f"{type(self).__name__} has no td_target: say what it learns from a step")

    @property
    def q_values(self):
        """The Q-table, a read-only array (n_states, n_actions); assign a whole table to change it."""
        table = np.array(self._table)
        table.flags.writeable = False
        return table

    @q_values.setter
    def q_values(self, table):
        self._table = self._checked("q_values", table).tolist()
        self._forget_episode()

    @property
    def visits(self):
        """How often each entry was learned, int (n_states, n_actions); None where α is no schedule.

        Assign an array to go on from the counts of another agent.
        """
        return None if self._visits is None else np.array(self._visits)

    @visits.setter
    def visits(self, counts):
        counts = self._checked_visits(counts)
        self._visits = None if counts is None else counts.tolist()

    @property
    def epsilon(self):
        """ε of an ε-greedy policy, a number or the schedule; None of another policy."""
        return getattr(self.policy, "epsilon", None)

    def act(self, state, *, explore=True):
        """Return the action for `state`: by the policy, or greedy with `explore=False`."""
        try:
            if state < 0:  # Python counts −1 from the end: that is another state
                check_state(state, self.n_states)
            return self.choose(state) if explore else greedy(self._values(state), self._random)
        except (TypeError, IndexError, ValueError):
            check_state(state, self.n_states)
            raise

    def choose(self, state):
        """Return an action of the policy in `state`."""
        if self._choices is None:
            return self.policy.choose(self._values(state), self._random, self.n_steps)
        choices = self._choices[state]
        action = self.policy.choose(self._values(state), self._random, self.n_steps, counts=choices)
        choices[action] += 1
        return action

    def probabilities(self, state):
        """Return with which probability the policy takes each action in `state`, array (n_actions,)."""
        counts = None if self._choices is None else self._choices[state]
        return self.policy.probabilities(self._values(state), self.n_steps, counts=counts)

    def step_size(self, state, action):
        """Count a visit to a pair of state and action, and return α for it."""
        if self._visits is None:
            return self.learning_rate
        visits = self._visits[state]
        visits[action] += 1
        return share_at("learning_rate", self.learning_rate, visits[action])

    def begin_episode(self):
        """Do nothing: nothing is left of an episode that was broken off."""

    def end_episode(self):
        """Do nothing: this agent learns at every step."""

    def _forget_episode(self):
        """Drop what is kept of an episode under way: it does not belong to an assigned table or a copy."""

    def __setstate__(self, state):
        vars(self).update(state)
        self._forget_episode()

    def _values(self, state):
        """Return the values that the policy goes by, Q(s, ·), a list of floats."""
        return self._table[state]

    def _new_table(self):
        return [[self.initial_value] * self.n_actions for _ in range(self.n_states)]

    def _zero_counts(self):
        return [[0] * self.n_actions for _ in range(self.n_states)]

    def _checked(self, name, table):
        table = np.asarray(table, dtype=float)
        if table.shape != (self.n_states, self.n_actions):
            raise ValueError(
                f"{name} has shape {table.shape}, expected {(self.n_states, self.n_actions)}: "
                "one row a state, one column an action"
            )
        if not np.isfinite(table).all():
            state, action = np.argwhere(~np.isfinite(table))[0]
            raise ValueError(
                f"{name}[{state}, {action}] is {table[state, action]}, expected finite numbers: a single "
                "other one would spread to all"
            )
        return table

    def _checked_visits(self, counts):
        """Return counts to be assigned as an int array, or None where None is what is read."""
        if not callable(self.learning_rate):
            if counts is None:
                return None
            raise TypeError(
                f"visits are counted where learning_rate is a schedule, and here it is {self.learning_rate}: "
                "make the agent with a schedule, such as schedules.SampleAverage()"
            )
        counts = self._checked("visits", counts)
        if not (counts >= 0).all() or (counts % 1).any():
            raise ValueError(
                "visits has entries below 0 or between whole numbers: give how often each was learned"
            )
        return counts.astype(int)


def _function(name, value):
    if not callable(value):
        raise TypeError(f"{name} is {value!r}, expected a function such as `updates.q_learning_target`")
    return value
