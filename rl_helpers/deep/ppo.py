"""Proximal policy optimisation: learn several times from the same steps, and not go too far from them."""

from math import inf

import numpy as np

from rl_helpers import updates
from rl_helpers.arguments import count, number_in
from rl_helpers.deep.actor_critic import ActorCriticAgent
from rl_helpers.deep.statistics import explained_variance, means, standardised_per_run


class PPOAgent(ActorCriticAgent):
    """PPO: several passes over each rollout in small batches, with the clipped objective.

    Args:
        observation_space, action_space, n_runs, hidden, learning_rate, discount, entropy_weight,
            value_weight, largest_gradient, optimiser, is_orthogonal, first_gain, first_action,
            first_probabilities, first_deviation, features, standardise_observations, dtype, rng: see
            `PolicyAgent`.
        n_envs, rollout_steps, trace_decay: see `ActorCriticAgent`.
        standardise_advantages: whether the advantages of each batch are brought to mean 0 and spread 1.
        clip: ε: an action gains nothing by becoming more than 1 + ε times as probable, or less than 1 − ε
            times; infinity for no clip.
        n_epochs: passes over each rollout.
        n_batches: batches of each pass, drawn anew.

    Source:
        Schulman et al. (2017), "Proximal policy optimization algorithms"; the details, which the paper leaves
        to its code, in Huang et al. (2022), "The 37 implementation details of proximal policy optimization".

    >>> import gymnasium as gym
    >>> pole = gym.make("CartPole-v1")
    >>> history = PPOAgent.train_many(pole, n_runs=2, n_steps=320, seed=0, n_envs=4, rollout_steps=32)
    >>> sorted(history.diagnostics)
    ['approx_kl', 'clip_fraction', 'entropy', 'explained_variance', 'gradient_norm']
    """

    def __init__(
        self,
        observation_space,
        action_space,
        *,
        clip=0.2,
        n_epochs=4,
        n_batches=4,
        rollout_steps=32,
        standardise_advantages=True,
        **shared,
    ):
        self.clip = number_in("clip", clip, 0, inf, low_open=True)
        self.n_epochs, self.n_batches = count("n_epochs", n_epochs), count("n_batches", n_batches)
        super().__init__(
            observation_space,
            action_space,
            rollout_steps=rollout_steps,
            standardise_advantages=standardise_advantages,
            **shared,
        )
        if self.n_batches > self.n_envs * self.rollout_steps:
            raise ValueError(
                f"n_batches is {n_batches}, and a rollout has {self.n_envs * self.rollout_steps} samples: "
                "give at most as many"
            )

    def learn(self, rollout):
        """Take n_epochs × n_batches steps uphill; return diagnostics by name, float (n_runs,) each.

        The diagnostics are means over the batches of the last pass, but for `explained_variance`, which is
        from before.
        """
        values, advantages = self.advantages(rollout)
        flat = rollout.flat()
        returns = advantages + values
        # Of the policy that has acted: numbers from before the first step, that no step changes.
        old = self.log_probabilities(flat.inputs, flat.actions)
        columns = flat.inputs, flat.actions, flat.is_valid, old, advantages, returns
        before = self.parameters, self.climbed
        n_samples = flat.rewards.shape[1]
        try:
            for _ in range(self.n_epochs):
                order = self.rng.permutation(n_samples)
                said = []
                for chosen in np.array_split(order, self.n_batches):
                    batch = (each.take(chosen, axis=1) for each in columns)
                    said.append(self.learn_batch(*batch))
        except (ValueError, KeyboardInterrupt):
            self.parameters, self.climbed = (
                before  # those of the last rollout that was learned from to its end
            )
            raise
        self.n_updates += 1
        self.n_decisions += float(flat.is_valid.sum()) / self.n_runs
        batches = [self._diagnose(*each) for each in said]
        diagnostics = {name: np.mean([each[name] for each in batches], axis=0) for name in batches[0]}
        return diagnostics | {"explained_variance": explained_variance(values, returns, flat.is_valid)}

    def log_probabilities(self, inputs, actions):
        """Return ln π(a | s) of actions under the present policy, float (n_runs, n_samples)."""
        return self.distribution(inputs).log_probability(actions)

    def learn_batch(self, inputs, actions, is_valid, old, advantages, returns):
        """Take one step uphill from a batch of samples.

        Args:
            inputs, actions: of the networks, and those taken.
            is_valid: whether a sample is a transition at all, bool (n_runs, n_samples).
            old: ln π(a | s) when the actions were taken, float (n_runs, n_samples).
            advantages, returns: A, and what V(s) is moved towards, float (n_runs, n_samples).

        Returns:
            What `step` says, and `old` and `is_valid` once more, for the diagnostics.
        """
        if self.standardise_advantages:
            advantages = standardised_per_run(advantages, is_valid)

        def rule(log_probability, entropy, value):
            return updates.ppo(
                log_probability,
                old,
                advantages,
                entropy,
                value,
                returns,
                clip=self.clip,
                entropy_weight=self.at_present("entropy_weight"),
                value_weight=self.value_weight,
            )[1]

        weight = is_valid / np.maximum(is_valid.sum(axis=1, keepdims=True), 1)
        return *self.step(inputs, actions, weight, rule), old, is_valid

    def _diagnose(self, log_probability, entropy, length, old, is_valid):
        log_ratio = log_probability - old
        ratio = np.exp(log_ratio)
        return {
            "entropy": means(entropy, is_valid),
            "clip_fraction": means(np.abs(ratio - 1) > self.clip, is_valid),
            "approx_kl": means(ratio - 1 - log_ratio, is_valid),
            "gradient_norm": length,
        }
