"""Actor and critic: learn after a few steps, from advantages that a critic's values make less spread."""

import numpy as np

from rl_helpers import updates
from rl_helpers.arguments import count, number_in
from rl_helpers.deep.policy_agent import PolicyAgent
from rl_helpers.deep.statistics import explained_variance, means, standardised_per_run


class ActorCriticAgent(PolicyAgent):
    """Advantage actor-critic with generalized advantages: one step uphill from each rollout.

    Args:
        observation_space, action_space, n_runs, hidden, learning_rate, discount, entropy_weight,
            value_weight, largest_gradient, optimiser, is_orthogonal, first_gain, first_action,
            first_probabilities, first_deviation, features, standardise_observations, dtype, rng: see
            `PolicyAgent`.
        n_envs: environments that each run plays in: their samples are less alike than those of one.
        rollout_steps: time steps of each environment between two updates; a single agent in a single
            environment waits for n_envs × rollout_steps.
        trace_decay: λ of the advantages, 0 ≤ λ ≤ 1.
        standardise_advantages: whether they are brought to mean 0 and spread 1 in each step uphill: then its
            size does not depend on the rewards' scale.

    Source:
        Mnih et al. (2016), "Asynchronous methods for deep reinforcement learning"; Sutton & Barto (2018),
        section 13.5.

    >>> import gymnasium as gym
    >>> pole = gym.make("CartPole-v1")
    >>> history = ActorCriticAgent.train_many(pole, n_runs=2, n_steps=320, seed=0)
    >>> history.decisions[:, -1] > 300
    array([ True,  True])
    """

    def __init__(
        self,
        observation_space,
        action_space,
        *,
        n_envs=8,
        rollout_steps=20,
        trace_decay=0.95,
        standardise_advantages=False,
        largest_gradient=0.5,
        **shared,
    ):
        self.n_envs = count("n_envs", n_envs)
        self.rollout_steps = count("rollout_steps", rollout_steps)
        self.trace_decay = number_in("trace_decay", trace_decay, 0, 1)
        self.standardise_advantages = standardise_advantages
        super().__init__(observation_space, action_space, largest_gradient=largest_gradient, **shared)

    def is_enough(self, n_transitions, n_episodes):
        """Return whether there are transitions enough to learn from."""
        return n_transitions >= self.n_envs * self.rollout_steps

    def collect(self, player):
        """Play on for `rollout_steps` in each environment."""
        return player.play(self.rollout_steps)

    def advantages(self, rollout):
        """Return V(s) and the advantages of a rollout's steps, float (n_runs, n_samples) each."""
        flat, shape = rollout.flat(), rollout.rewards.shape
        values = self.values(flat.inputs)
        advantages = updates.generalized_advantage(
            rollout.rewards,
            values.reshape(shape),
            self.values(flat.next_inputs).reshape(shape),
            rollout.terminated,
            rollout.ended,
            discount=self.discount,
            trace_decay=self.trace_decay,
        )
        return values, advantages.reshape(values.shape).astype(self.dtype)

    def learn(self, rollout):
        """Take one step uphill; return diagnostics by name, float (n_runs,) each."""
        values, advantages = self.advantages(rollout)
        flat = rollout.flat()
        returns = advantages + values
        is_valid = flat.is_valid
        if self.standardise_advantages:
            advantages = standardised_per_run(advantages, is_valid)

        def rule(log_probability, entropy, value):
            return updates.ppo(
                log_probability,
                log_probability,
                advantages,
                entropy,
                value,
                returns,
                clip=np.inf,
                entropy_weight=self.at_present("entropy_weight"),
                value_weight=self.value_weight,
            )[1]

        weight = is_valid / np.maximum(is_valid.sum(axis=1, keepdims=True), 1)
        _, entropy, length = self.step(flat.inputs, flat.actions, weight, rule)
        self.n_updates += 1
        self.n_decisions += float(is_valid.sum()) / self.n_runs
        return {
            "entropy": means(entropy, is_valid),
            "explained_variance": explained_variance(values, returns, is_valid),
            "gradient_norm": length,
        }
