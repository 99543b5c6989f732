"""What all agents with a policy of their own share: networks, choosing, one step uphill, one run or many."""

from math import inf

import gymnasium as gym
import numpy as np

from rl_helpers.agents.checks import generator
from rl_helpers.arguments import count, number_in
from rl_helpers.deep.adam import adam, adam_start, ascend, clip_norm
from rl_helpers.deep.heads import Categorical, Gaussian
from rl_helpers.deep.many.training import train_many
from rl_helpers.deep.networks import Parameters, backward, forward, layers, table, units_of
from rl_helpers.deep.single import Diary
from rl_helpers.deep.spaces import check_spaces, first_outputs, into_box, out_of_box
from rl_helpers.deep.statistics import no_moments, see, standardise
from rl_helpers.deep.trees import tree_map
from rl_helpers.schedules import amount_at, share_at

STEPS = {"adam": adam, "plain": ascend}


class PolicyAgent:
    """A policy with parameters, and mostly a critic, in one run or many; a subclass says how it learns.

    Args:
        observation_space: of the world: `Discrete` states have a row each in a table, unless there are hidden
            layers; the numbers of a one-dimensional `Box` go into a network.
        action_space: `Discrete`: a categorical policy; a one-dimensional `Box` with bounds: a Gaussian one,
            whose 0 is the middle of the box and ±1 its bounds; what is drawn beyond them is cut off there.
        n_runs: number of independent agents, side by side.
        hidden: numbers of units of the hidden layers, at most two; (32,) for a `Box` and () for `Discrete`
            states if not given. () for a `Box` is a linear policy.
        learning_rate: step size (α) > 0, or a schedule: a function from the number of decisions taken to α,
            such as `schedules.LinearDecay(0.003, 0, n_steps=30_000)`.
        discount: γ, 0 ≤ γ ≤ 1, or a schedule as for the learning rate: with a γ that rises, what is near is
            found first, and what is far from there.
        entropy_weight: c_H ≥ 0: how much an open mind is worth beside the return; or a schedule as
            `learning_rate` may be: open at first, decided in the end.
        value_weight: c_V ≥ 0: by how much the critic's gradient is multiplied.
        largest_gradient: the gradient of all parameters of a run is shortened to this length.
        optimiser: "adam", or "plain" for steps of α times the gradient, as in the book.
        is_orthogonal: whether layers begin orthogonal; else normal.
        first_gain: by what the policy's last layer is multiplied at first: with little, all actions are about
            equally probable until something was learned.
        first_action: the mean of a Gaussian policy at first, an action of the world; the middle of the box
            if not given. Who begins with a stride gets about, and sees more than who begins with a tremble.
        first_probabilities: those of a categorical policy at first, one for each action; about equal ones if
            not given.
        first_deviation: σ of a Gaussian policy at first, where 1 is half of the action's range.
        features: what the networks are told of a `Box`: a function from observations (..., n_numbers) to
            features (..., n_features), such as `FourierFeatures`; the numbers themselves if not given. With
            no hidden layers the policy's first outputs stay as an offset (a bias that is learned would carry
            from one place into all others), and the critic begins at 0, as a table does.
        standardise_observations: whether a running mean and spread is taken out of these.
        dtype: of parameters; float32 is about four times as fast as float64.
        rng: `np.random.Generator`.

    Attributes:
        parameters: `Parameters`.
        n_decisions: time steps learned from, of each run on average.
        n_updates: how often it has learned.
    """

    has_critic = True
    n_envs = 1

    def __init__(
        self,
        observation_space,
        action_space,
        *,
        n_runs=1,
        hidden=None,
        learning_rate=0.003,
        discount=0.99,
        entropy_weight=0.0,
        value_weight=0.5,
        largest_gradient=inf,
        optimiser="adam",
        is_orthogonal=True,
        first_gain=0.01,
        first_action=None,
        first_probabilities=None,
        first_deviation=0.5,
        features=None,
        standardise_observations=False,
        dtype=np.float32,
        rng=None,
    ):
        check_spaces(observation_space, action_space)
        self.observation_space, self.action_space = observation_space, action_space
        self.n_runs, self.rng = count("n_runs", n_runs), generator(rng)
        self.learning_rate = _number_or_schedule("learning_rate", learning_rate, inf, low_open=True)
        self._discount = _number_or_schedule("discount", discount, 1)
        self.entropy_weight = _number_or_schedule("entropy_weight", entropy_weight, inf)
        self.value_weight = number_in("value_weight", value_weight, 0, inf, high_open=True)
        self.largest_gradient = number_in("largest_gradient", largest_gradient, 0, inf, low_open=True)
        if optimiser not in STEPS:
            raise ValueError(f'optimiser is {optimiser!r}: choose "adam" or "plain"')
        self.climb = STEPS[optimiser]
        self.is_discrete = isinstance(action_space, gym.spaces.Discrete)
        self.sees_states = isinstance(observation_space, gym.spaces.Discrete)
        if features is not None and self.sees_states:
            raise TypeError(
                "features are of the numbers of a Box, and here states are Discrete: leave them out"
            )
        self.features = features
        usual = () if self.sees_states else (32,)
        self.hidden = units_of(usual if hidden is None else hidden, at_most=2)
        self.dtype = np.dtype(dtype)
        self.n_inputs = self._count_inputs()
        n_outputs = int(action_space.n) if self.is_discrete else action_space.shape[0]
        start = {"is_orthogonal": is_orthogonal}
        policy = self._network(n_outputs, first_gain, start)
        critic = self._critic(start) if self.has_critic else ()
        log_deviation = ()
        if not self.is_discrete:
            deviation = number_in("first_deviation", first_deviation, 0, inf, low_open=True, high_open=True)
            log_deviation = np.full((self.n_runs, n_outputs), np.log(deviation), self.dtype)
        first = first_outputs(action_space, first_action, first_probabilities)
        if first is not None:
            (policy.biases[-1] if policy.biases else policy.weights[0])[...] = first
        self.parameters = Parameters(policy, log_deviation, critic)
        self.forget_steps()
        is_standardised = standardise_observations and not self.sees_states
        self.moments = no_moments(self.n_runs, self.n_inputs) if is_standardised else None
        self.n_decisions = self.n_updates = 0
        self._diary = Diary(self)

    train_many = classmethod(train_many)

    @property
    def discount(self):
        """γ at present."""
        gamma = self._discount
        return share_at("discount", gamma, self.n_decisions) if callable(gamma) else gamma

    def forget_steps(self):
        """Let the optimiser begin anew, as it must with other parameters."""
        self.climbed = adam_start(self.parameters) if self.climb is adam else ()

    def _count_inputs(self):
        if self.sees_states:
            return int(self.observation_space.n)
        one = np.zeros((1, *self.observation_space.shape), self.dtype)
        return one.shape[-1] if self.features is None else self.features(one).shape[-1]

    def _critic(self, start):
        return self._network(1, 0.0 if self.features is not None and not self.hidden else 1.0, start)

    def _network(self, n_outputs, last_gain, start):
        if self.sees_states and not self.hidden:
            return table(self.n_inputs, n_outputs, self.n_runs, self.dtype)
        sizes = (self.n_inputs, *self.hidden, n_outputs)
        return layers(sizes, self.n_runs, self.rng, last_gain=last_gain, dtype=self.dtype, **start)

    def act(self, state, *, explore=True):
        """Return the action for one state, where there is one run: drawn, or the most probable one."""
        return self._diary.act(state, explore)

    def update(self, transition):
        """Keep one `Transition`, and learn when there are enough; return the diagnostics if so, else None."""
        return self._diary.add(transition)

    def begin_episode(self):
        """Note that what came before belongs to another episode: one that was broken off is over."""
        self._diary.end_episode()

    def end_episode(self):
        """Note that the last transition ended its episode, by its end or by a time limit."""
        return self._diary.end_episode()

    def collect(self, player):
        """Play as much as one update needs; return a `Rollout` and the list of each `Episode` that ended."""
        raise NotImplementedError(
            f"{type(self).__name__} does not say what it learns from: give it a collect"
        )

    def learn(self, rollout):
        """Learn from a `Rollout` and return diagnostics by name, float (n_runs,) each."""
        raise NotImplementedError(f"{type(self).__name__} does not say how it learns: give it a learn")

    def see(self, observations, *, learn=False):
        """Return what the networks are told of observations (n_runs, n_samples, ...)."""
        if self.sees_states:
            return observations.astype(np.intp)
        told = observations if self.features is None else self.features(observations)
        inputs = told.astype(self.dtype)
        if self.moments is None:
            return inputs
        if learn:
            self.moments = see(self.moments, inputs)
        return standardise(self.moments, inputs)

    def choose(self, inputs, *, explore=True):
        """Return actions for inputs (n_runs, n_samples, ...): int, or float with an axis of numbers."""
        head = self.distribution(inputs)
        return head.sample(self.rng) if explore else head.best()

    def distribution(self, inputs):
        """Return the distribution over actions for inputs (n_runs, n_samples, ...)."""
        return self.head(self.parameters, forward(self.parameters.policy, inputs)[0])

    def for_world(self, actions):
        """Return actions as the world takes them: those of a Gaussian policy brought into the box."""
        return actions + self.action_space.start if self.is_discrete else into_box(actions, self.action_space)

    def from_world(self, actions):
        """Return actions of the world as the policy counts them: the inverse of `for_world`."""
        if self.is_discrete:
            return actions - self.action_space.start
        return out_of_box(actions, self.action_space)

    def head(self, parameters, outputs):
        """Return the distribution over actions for the policy's outputs."""
        if self.is_discrete:
            return Categorical.of(outputs)
        return Gaussian(outputs, parameters.log_deviation)

    def probabilities(self, states):
        """Return π(· | s) of a categorical policy in every run, float (n_runs, n_samples, n_actions).

        Args:
            states: observations that all runs are asked for, (n_samples, ...).
        """
        if not self.is_discrete:
            raise TypeError("the actions are numbers of a box, which have densities: see `head`")
        states = np.asarray(states)
        inputs = self.see(np.broadcast_to(states, (self.n_runs, *states.shape)))
        return np.exp(self.distribution(inputs).log_probabilities)

    def values(self, inputs):
        """Return V(s) for inputs (n_runs, n_samples, ...), float (n_runs, n_samples)."""
        return forward(self.parameters.critic, inputs)[0][..., 0]

    def step(self, inputs, actions, weight, rule):
        """Take one step uphill from samples of all runs.

        Args:
            inputs: of the networks, (n_runs, n_samples, ...).
            actions: those taken.
            weight: of each sample in the objective, float (n_runs, n_samples), 0 for none.
            rule: function from log-probability, entropy and value, (n_runs, n_samples) each, to an
                `updates.PPOGradient`.

        Returns:
            Log-probability and entropy before the step, and the length of the gradient in each run.

        Raises:
            ValueError: if a gradient is not finite; the parameters stay as they were.
        """
        policy, critic = self.parameters.policy, self.parameters.critic
        outputs, memory = forward(policy, inputs)
        head = self.head(self.parameters, outputs)
        log_probability, entropy = head.log_probability(actions), head.entropy()
        value, value_memory = forward(critic, inputs) if critic else (np.zeros((1, 1, 1)), None)
        gradient = rule(log_probability, entropy, value[..., 0])
        weighted = [np.asarray(weight * each, self.dtype) for each in gradient]
        outputs_gradient, deviation_gradient = head.gradient(actions, weighted[0], weighted[1])
        policy_gradient = backward(policy, memory, outputs_gradient)
        if self.features is not None and not self.hidden:
            policy_gradient = policy_gradient._replace(biases=tuple(map(np.zeros_like, policy.biases)))
        gradient = Parameters(
            policy_gradient,
            deviation_gradient,
            backward(critic, value_memory, weighted[2][..., None]) if critic else (),
        )
        gradient, length = clip_norm(gradient, self.largest_gradient)
        if not np.isfinite(length).all():
            raise ValueError(
                f"update {self.n_updates + 1}: the gradient of run {np.isfinite(length).argmin()} is not "
                "finite, the parameters stay as they were: take a smaller learning_rate, or look for "
                "observations that are not finite"
            )
        rate = self.at_present("learning_rate")
        self.parameters, self.climbed = self.climb(self.parameters, gradient, self.climbed, rate)
        return log_probability, entropy, length

    def at_present(self, name):
        """Return a hyperparameter as it is, or what its schedule gives for the decisions taken so far."""
        number = getattr(self, name)
        return amount_at(name, number, self.n_decisions) if callable(number) else number

    def run(self, number):
        """Return one of the runs as an agent of its own, which goes on with its parameters from here."""
        if not 0 <= number < self.n_runs:
            raise ValueError(f"there is no run {number}: give a number from 0 to {self.n_runs - 1}")
        one = object.__new__(type(self))
        vars(one).update(vars(self), n_runs=1, rng=np.random.default_rng(self.rng.integers(2**63)))
        one.parameters = tree_map(lambda array: array[number : number + 1].copy(), self.parameters)
        if self.moments is not None:
            one.moments = tree_map(lambda array: array[number : number + 1].copy(), self.moments)
        one.forget_steps()
        one._diary = Diary(one)
        return one


def _number_or_schedule(name, value, high, **bounds):
    return value if callable(value) else number_in(name, value, 0, high, high_open=high == inf, **bounds)
