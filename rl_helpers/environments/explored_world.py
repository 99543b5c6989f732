"""A world known by its transition model alone: what exploring another one has found."""

import gymnasium as gym
import numpy as np

from rl_helpers.intervals import share_interval


class ExploredWorld(gym.Env):
    """The transition model of a world, found by trying; it can be planned in, trained in, and played.

    Attributes:
        P: `P[state][action]`, a list of (probability, next state, reward, terminated), as Gymnasium's
            toy-text worlds have it. A state from which nothing was tried has no outcomes.
        initial_state_distrib: share of the starts in each state, (n_states,).
        states: the observation that each row stands for, numbers in tuples; None where none was seen.
        n_samples: how often each pair was tried, int (n_states, n_actions).
        exact: whether chance had no part in what followed a pair, bool, same shape.
        uncertainty: half the width of the widest 95 % interval of the probabilities of a pair, same shape; 0
            where exact.
        n_starts: how many starts were looked at.

    Args:
        counts: from (row, action) to the dictionary of how often each (row, reward, terminated) followed.
        exact: the pairs in which chance had no part.
        starts: how often each row was a start.
        states: the observation of each row, a list as long as there are rows.
        n_actions: how many actions there are.
    """

    def __init__(self, counts, exact, starts, states, n_actions):
        self.states = states
        n_states = len(states)
        self.observation_space = gym.spaces.Discrete(n_states)
        self.action_space = gym.spaces.Discrete(n_actions)
        self.n_starts = sum(starts.values())
        self.initial_state_distrib = np.zeros(n_states)
        for row, n in starts.items():
            self.initial_state_distrib[row] = n / self.n_starts
        shape = n_states, n_actions
        self.n_samples, self.exact = np.zeros(shape, dtype=int), np.zeros(shape, dtype=bool)
        self.uncertainty = np.zeros(shape)
        self.P = {row: {action: [] for action in range(n_actions)} for row in range(n_states)}
        for pair, followed in counts.items():
            row, action = pair
            n = self.n_samples[pair] = sum(followed.values())
            self.P[row][action] = [(times / n, *outcome) for outcome, times in followed.items()]
            self.exact[pair] = pair in exact
            if pair not in exact:
                low, high = share_interval(np.array(list(followed.values())), n)
                self.uncertainty[pair] = np.max(high - low) / 2

    def __str__(self):
        tried = self.n_samples > 0
        text = f"{tried.any(axis=1).sum():,} states to act in, {self.action_space.n} actions: "
        if self.exact[tried].all():
            return f"{text}exact"
        counted = tried & ~self.exact
        fewest, most = self.n_samples[counted].min(), self.n_samples[counted].max()
        n_samples = f"{most:,}" if fewest == most else f"{fewest:,} to {most:,}"
        return (
            f"{text}{self.exact.sum():,} pairs exact, {counted.sum():,} counted in "
            f"{n_samples} samples each, probabilities within "
            f"± {self.uncertainty.max():.3f} (95 %)"
        )

    def reset(self, *, seed=None, options=None):
        """Begin an episode."""
        super().reset(seed=seed)
        self.state = int(self.np_random.choice(len(self.states), p=self.initial_state_distrib))
        return self.state, {}

    def step(self, action):
        """Take a step by the model."""
        outcomes = self.P[self.state][int(action)]
        chosen = self.np_random.choice(len(outcomes), p=[probability for probability, *_ in outcomes])
        _, self.state, reward, terminated = outcomes[chosen]
        return self.state, reward, terminated, False, {}
