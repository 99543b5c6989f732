"""A network that says Q, in one run or many: what it sees, what it chooses, one run by itself."""

from typing import NamedTuple

import gymnasium as gym
import numpy as np

from rl_helpers.agents.checks import generator
from rl_helpers.arguments import count, number_in
from rl_helpers.deep.many.observations import check_observation
from rl_helpers.deep.networks import units_of
from rl_helpers.deep.q.networks import QNetwork, q_forward, q_layers
from rl_helpers.deep.q.seeing import as_inputs, check_q_spaces, flat, on_scale, stored_as
from rl_helpers.deep.statistics import no_moments, see
from rl_helpers.deep.trees import tree_map
from rl_helpers.schedules import share_at


class QParameters(NamedTuple):
    """All that an agent learns, with a leading axis of runs.

    Attributes:
        network: the network that learns.
        held: the copy that says what the next state is worth.
        averaged: the mean of the network's recent past, which plays when nothing is to be tried out; empty if
            the network itself does.
    """

    network: QNetwork
    held: QNetwork
    averaged: QNetwork | tuple


class QPlayer:
    """Networks that choose actions by what they say of them; a subclass says how they learn.

    Args:
        observation_space: a `Box` of any shape, bytes or numbers, or `Discrete` states.
        action_space: `Discrete`.
        n_runs: number of independent agents, side by side.
        n_envs: environments that each run plays in. An agent that learns by `update` has one.
        hidden: numbers of units of the hidden layers.
        has_layer_norm, is_dueling: see `q_layers`.
        epsilon: ε, the share of random actions, or a schedule: a function from the number of decisions taken
            to ε, such as `LinearDecay(1, 0.05, n_steps=10_000)`.
        play_epsilon: ε where nothing is to be tried out, as in `evaluate_many`: above 0 where a greedy player
            may wait for ever.
        averaging: share of the mean of all weights that is kept at each batch, such as 0.999, or a function
            from the number of batches to it; 0 for no mean.
        n_frames: how many successive pictures an observation is, along its first axis, the newest last: then
            each is stored once. 1: observations are stored as they are.
        standardise_steps: decisions of each run after which the mean and the spread of every number seen so
            far are taken out of all observations for good: what most observations have in common, such as
            the background of a picture, would drown what they differ in. 0: they are told as they are.
        dtype: of parameters; float32 is twice as fast as float64.
        rng: `np.random.Generator`.

    Attributes:
        parameters: `QParameters`.
        n_steps_of_all: time steps that all runs together have taken.
    """

    def __init__(
        self,
        observation_space,
        action_space,
        *,
        n_runs=1,
        n_envs=1,
        hidden=(64, 64),
        has_layer_norm=False,
        is_dueling=False,
        epsilon=0.1,
        play_epsilon=0.0,
        averaging=0.0,
        n_frames=1,
        standardise_steps=0,
        dtype=np.float32,
        rng=None,
    ):
        self.n_frames = count("n_frames", n_frames)
        check_q_spaces(observation_space, action_space, self.n_frames)
        self.observation_space, self.action_space = observation_space, action_space
        self.n_runs, self.n_envs = count("n_runs", n_runs), count("n_envs", n_envs)
        self.rng, self.dtype = generator(rng), np.dtype(dtype)
        self.epsilon = epsilon if callable(epsilon) else number_in("epsilon", epsilon, 0, 1)
        self.play_epsilon = number_in("play_epsilon", play_epsilon, 0, 1)
        is_schedule = callable(averaging)
        self.averaging = averaging if is_schedule else number_in("averaging", averaging, 0, 1, high_open=True)
        self.hidden = units_of(hidden)
        is_box = isinstance(observation_space, gym.spaces.Box)
        if not self.hidden and (is_dueling or not is_box):
            raise ValueError("hidden is empty, and a dueling head or states need a hidden layer: give (64,)")
        self.n_numbers, self.stored = stored_as(observation_space, self.dtype)
        network = q_layers(
            (self.n_numbers if is_box else int(observation_space.n), *self.hidden, int(action_space.n)),
            self.n_runs,
            self.rng,
            has_layer_norm=has_layer_norm,
            is_dueling=is_dueling,
            dtype=self.dtype,
        )
        # A step makes new arrays, so that the three may begin as one.
        self.parameters = QParameters(network, network, network if self.averaging else ())
        self.standardise_steps = count("standardise_steps", standardise_steps, at_least=0)
        self.moments = no_moments(self.n_runs, self.n_numbers) if self.standardise_steps and is_box else None
        self.n_steps_of_all = 0

    @property
    def n_decisions(self):
        """The time steps that each run has taken, on average."""
        return self.n_steps_of_all / self.n_runs

    def act(self, state, *, explore=True):
        """Return the action for one state, where there is one run: mostly the best one."""
        if self.n_runs != 1:
            raise TypeError(
                f"this agent is {self.n_runs} runs side by side: take one of them with agent.run(0), or "
                "measure all with `evaluate_many`"
            )
        seen = self.see_one(state, learn=explore)
        return int(self.for_world(self.choose(seen, explore=explore))[0, 0])

    def see_one(self, state, *, learn=False):
        """Return what `see` returns of the one observation of the one run."""
        check_observation(state, self.observation_space)
        return self.see(np.asarray(state)[None, None], learn=learn)

    def see(self, observations, *, learn=False):
        """Return observations (n_runs, n_samples, ...) as a memory takes them: flat."""
        seen = flat(observations, self.stored)
        if learn and self.moments is not None and self.moments.n_seen.min() < self.standardise_steps:
            self.moments = see(self.moments, as_inputs(seen, self.observation_space, self.dtype))
        return seen

    def inputs(self, seen):
        """Return what the networks are told of what `see` returns: bytes as numbers from 0 to 1, a scale."""
        inputs = as_inputs(seen, self.observation_space, self.dtype)
        return inputs if self.moments is None else on_scale(inputs, self.moments)

    def q_values(self, observations):
        """Return Q(s, ·) in every run, float (n_runs, n_samples, n_actions), of the network that would play.

        Args:
            observations: that all runs are asked for, (n_samples, ...).
        """
        observations = np.asarray(observations)
        return self.says(self.see(np.broadcast_to(observations, (self.n_runs, *observations.shape))))

    def says(self, seen, *, explore=False):
        """Return Q of what was seen, float (n_runs, n_samples, n_actions): of the network that would play."""
        network = self.parameters.network if explore else self.parameters.averaged or self.parameters.network
        return q_forward(network, self.inputs(seen))[0]

    def choose(self, seen, *, explore=True):
        """Return actions for what was seen, int (n_runs, n_samples)."""
        actions = self.says(seen, explore=explore).argmax(axis=-1)
        share = self.exploration() if explore else self.play_epsilon
        if share > 0:
            tries = self.rng.random(actions.shape) < share
            actions[tries] = self.rng.integers(int(self.action_space.n), size=int(tries.sum()))
        return actions

    def exploration(self):
        """Return the present ε."""
        if callable(self.epsilon):
            return share_at("epsilon", self.epsilon, self.n_decisions)
        return self.epsilon

    def for_world(self, actions):
        """Return actions as the world numbers them."""
        return actions + self.action_space.start

    def run(self, number):
        """Return one of the runs as an agent of its own, with its parameters and an empty memory."""
        if not 0 <= number < self.n_runs:
            raise ValueError(f"there is no run {number}: give a number from 0 to {self.n_runs - 1}")
        one = object.__new__(type(self))
        vars(one).update(vars(self), n_runs=1, n_envs=1, rng=np.random.default_rng(self.rng.integers(2**63)))
        one.parameters = tree_map(lambda array: array[number : number + 1].copy(), self.parameters)
        if self.moments is not None:
            one.moments = tree_map(lambda array: array[number : number + 1].copy(), self.moments)
        one.n_steps_of_all = round(self.n_decisions)
        one.begin_again()
        return one

    def begin_again(self):
        """Forget what was lived through, but not what was learned."""
