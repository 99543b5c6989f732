"""Monte Carlo control in many runs at once."""

import numpy as np

from rl_helpers.fast.tables import ManyTables


class ManyMonteCarlo(ManyTables):
    """Many runs of `MonteCarloAgent`."""

    def __init__(self, agent, n_runs, rng):
        super().__init__(agent, n_runs, rng)
        # What happened in the last time steps, (steps, runs): entry of the table and reward. A ring: step
        # number modulo its size; it grows when an episode is longer.
        self.entry_log = np.zeros((64, n_runs), dtype=np.intp)
        self.reward_log = np.zeros((64, n_runs))
        self.begun = np.zeros(n_runs, dtype=int)
        self.last_column = np.zeros(n_runs, dtype=np.intp)
        self.terminated = np.zeros(n_runs, dtype=bool)

    def update(self, runs, state, action, reward, next_state, terminated):
        """Keep one transition of each run for the end of its episode."""
        first_column = self.first_column(runs)
        if self.n_steps - self.begun[runs].min() >= len(self.entry_log):
            self.grow()
        place = self.n_steps % len(self.entry_log)
        self.entry_log[place, runs] = self.entry(first_column + state, action)
        self.reward_log[place, runs] = reward
        self.last_column[runs] = first_column + next_state
        self.terminated[runs] = terminated
        self.n_steps += 1

    def grow(self):
        """Make room for episodes twice as long; every step keeps its number."""
        size = len(self.entry_log)
        steps = np.arange(self.n_steps - size, self.n_steps)
        for name in ("entry_log", "reward_log"):
            old = getattr(self, name)
            new = np.zeros((2 * size, self.n_runs), dtype=old.dtype)
            new[steps % (2 * size)] = old[steps % size]
            setattr(self, name, new)

    def end_episode(self, runs):
        """Learn from the episodes that have ended in `runs`."""
        lengths = self.n_steps - self.begun[runs]
        longest = lengths.max()
        # (episodes, steps): all end together on the right; what was before an episode's first step is masked.
        steps = np.arange(self.n_steps - longest, self.n_steps) % len(self.entry_log)
        entries = self.entry_log[steps[None, :], runs[:, None]]
        rewards = self.reward_log[steps[None, :], runs[:, None]]
        columns = self.last_column[runs]
        expected = (self.probabilities(columns) * self.values(columns)).sum(axis=-1)
        final_value = np.where(self.terminated[runs], 0.0, expected)
        returns = self.target(rewards, final_value, self.discount)
        happened = np.arange(longest) >= longest - lengths[:, None]
        entry, index = np.unique(entries[happened], return_index=True)  # first visits: unique gives the first
        self.learn(entry, returns[happened][index])
        self.begun[runs] = self.n_steps
