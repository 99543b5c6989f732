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
            first_probabilities, first_deviation, features, standardise_observations, dtype, rng: see
            `PolicyAgent`.
        baseline: whether V(s) is learned, and taken from the return. Then an episode that a time limit has
            cut off is worth V of its last state beside its rewards; without, no more than these.
        episodes_per_update: of how many episodes the gradient is the mean.
        step_by_step: whether the parameters move after each step of an episode, as in the book's boxes: then
            the baseline has learned from the first steps when it comes to the later ones.
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
        step_by_step=False,
        standardise_returns=False,
        **shared,
    ):
        self.has_critic = bool(baseline)
        self.n_envs = self.episodes_per_update = count("episodes_per_update", episodes_per_update)
        self.step_by_step, self.standardise_returns = step_by_step, standardise_returns
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
        values, later = self._expectations(flat)
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
        weight = is_valid / (flat.ended & is_valid).sum(axis=1, keepdims=True)
        places = np.arange(is_valid.shape[1])
        at_once = places.reshape(-1, shape[2]).T if self.step_by_step else [places]
        columns = flat.inputs, flat.actions, returns, is_valid, weight
        said = [self._climb(*(each[:, chosen] for each in columns)) for chosen in at_once]
        entropy = np.concatenate([each for each, _ in said], axis=1)
        length = np.mean([each for _, each in said], axis=0)
        self.n_updates += 1
        self.n_decisions += float(is_valid.sum()) / self.n_runs
        is_valid = np.concatenate([is_valid[:, chosen] for chosen in at_once], axis=1)
        diagnostics = {"entropy": means(entropy, is_valid), "gradient_norm": length}
        if self.has_critic:
            diagnostics["explained_variance"] = explained_variance(values, returns, flat.is_valid)
        return diagnostics

    def _climb(self, inputs, actions, returns, is_valid, weight):
        """Take one step uphill; return the entropy before, and the length of the gradient."""

        def rule(log_probability, entropy, value):
            _, gradient = updates.reinforce(log_probability, returns, value)  # no critic says 0
            if self.standardise_returns:
                gradient = standardised_per_run(gradient, is_valid)
            return updates.PPOGradient(
                gradient, self.at_present("entropy_weight"), self.value_weight * (returns - value)
            )

        _, entropy, length = self.step(inputs, actions, weight, rule)
        return entropy, length

    def _expectations(self, flat):
        """Return V of the states acted in, and of those that followed; 0 where there is no critic."""
        if not self.has_critic:
            return np.zeros((2, *flat.rewards.shape))
        return self.values(flat.inputs), self.values(flat.next_inputs)
