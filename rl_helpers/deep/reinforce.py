"""REINFORCE: play whole episodes, then make more probable what was followed by much."""

import numpy as np

from rl_helpers import updates
from rl_helpers.arguments import count
from rl_helpers.deep.policy_agent import PolicyAgent
from rl_helpers.deep.statistics import explained_variance, means, standardised_per_run


class ReinforceAgent(PolicyAgent):
    """REINFORCE, with a baseline or without.

    The gradient is the sum over the steps of an episode, and the mean over episodes. As is common, γᵗ does
    not weigh the steps, which the book's algorithm has: every state visited counts.

    Args:
        observation_space, action_space, n_runs, hidden, learning_rate, discount, entropy_weight,
            value_weight, largest_gradient, optimiser, is_orthogonal, first_gain, first_action,
            first_probabilities, first_deviation, standardise_observations, dtype, rng: see `PolicyAgent`.
        baseline: whether V(s) is learned, and taken from the return. Then an episode that a time limit has
            cut off is worth V of its last state beside its rewards; without, no more than these.
        episodes_per_update: of how many episodes the gradient is the mean.
        standardise_returns: whether what the log-probabilities are weighed by is brought to mean 0 and
            spread 1 in every update: then the size of a step does not depend on the rewards' scale.

    Source:
        Williams (1992); Sutton & Barto (2018), sections 13.3 and 13.4.

    >>> import gymnasium as gym
    >>> pole = gym.make("CartPole-v1")
    >>> history = ReinforceAgent.train_many(pole, n_runs=2, n_episodes=6, seed=0, episodes_per_update=3)
    >>> history.returns.shape, sorted(history.diagnostics)
    ((2, 6), ['entropy', 'explained_variance', 'gradient_norm'])
    """

    def __init__(
        self,
        observation_space,
        action_space,
        *,
        baseline=True,
        episodes_per_update=1,
        standardise_returns=False,
        **shared,
    ):
        self.has_critic = bool(baseline)
        self.n_envs = self.episodes_per_update = count("episodes_per_update", episodes_per_update)
        self.standardise_returns = standardise_returns
        super().__init__(observation_space, action_space, **shared)

    def is_enough(self, n_transitions, n_episodes):
        """Return whether there are episodes enough to learn from."""
        return n_episodes >= self.episodes_per_update

    def collect(self, player):
        """Play one episode in each environment."""
        return player.play_episodes()

    def learn(self, rollout):
        """Take one step uphill from whole episodes; return diagnostics by name, float (n_runs,) each."""
        flat, shape = rollout.flat(), rollout.rewards.shape
        is_valid, nothing = flat.is_valid, np.zeros(shape)
        values, later = (
            self._expectations(flat) if self.has_critic else (nothing.reshape(len(nothing), -1), 0.0)
        )
        # Without values and with λ = 1, what is called an advantage there is the return.
        returns = updates.generalized_advantage(
            rollout.rewards,
            nothing,
            np.reshape(later * flat.ended, shape),
            rollout.terminated,
            rollout.ended,
            discount=self.discount,
            trace_decay=1.0,
        ).reshape(values.shape)
        n_episodes = (flat.ended & is_valid).sum(axis=1, keepdims=True)

        def rule(log_probability, entropy, value):
            _, gradient = updates.reinforce(log_probability, returns, values)
            if self.standardise_returns:
                gradient = standardised_per_run(gradient, is_valid)
            return updates.PPOGradient(gradient, self.entropy_weight, self.value_weight * (returns - value))

        _, entropy, length = self.step(flat.inputs, flat.actions, is_valid / n_episodes, rule)
        self.n_updates += 1
        self.n_decisions += float(is_valid.sum()) / self.n_runs
        said = {"entropy": means(entropy, is_valid), "gradient_norm": length}
        if self.has_critic:
            said["explained_variance"] = explained_variance(values, returns, is_valid)
        return said

    def _expectations(self, flat):
        """Return V of the states acted in, and of those that followed, float (n_runs, n_samples) each."""
        return self.values(flat.inputs), self.values(flat.next_inputs)
