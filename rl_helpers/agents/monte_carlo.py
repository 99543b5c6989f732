"""Monte Carlo control: waits for the end of the episode, then learns from what it really brought."""

import numpy as np

from rl_helpers import updates
from rl_helpers.agents.table import TableAgent
from rl_helpers.fast.tables import ManyTables


class ManyMonteCarlo(ManyTables):
    """Many runs of Monte Carlo control at once."""

    def __init__(self, agent, n_runs, rng):
        super().__init__(agent, n_runs, rng)
        # What happened in the last steps, a row a step: entry of the tables and reward of every run. A ring:
        # step number modulo its size; it grows when an episode is longer.
        self.entry_log = np.zeros((64, n_runs), dtype=np.intp)
        self.reward_log = np.zeros((64, n_runs))
        self.begun = np.zeros(n_runs, dtype=int)
        self.last_row = np.zeros(n_runs, dtype=np.intp)
        self.terminated = np.zeros(n_runs, dtype=bool)

    def update(self, runs, state, action, reward, next_state, terminated):
        """Keep one transition of each run for the end of its episode."""
        first_row = self.first_row(runs)
        if self.n_steps - self.begun[runs].min() >= len(self.entry_log):
            self.grow()
        place = self.n_steps % len(self.entry_log)
        self.entry_log[place, runs] = self.entry(first_row + state, action)
        self.reward_log[place, runs] = reward
        self.last_row[runs] = first_row + next_state
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
        # One row an episode, its last step in the last column; what was before its first step is masked.
        steps = np.arange(self.n_steps - longest, self.n_steps) % len(self.entry_log)
        entries = self.entry_log[steps[None, :], runs[:, None]]
        rewards = self.reward_log[steps[None, :], runs[:, None]]
        rows = self.last_row[runs]
        expected = (self.probabilities(rows) * self.values(rows)).sum(axis=-1)
        final_value = np.where(self.terminated[runs], 0.0, expected)
        returns = self.target(rewards, final_value, self.discount)
        happened = np.arange(longest) >= longest - lengths[:, None]
        entry, index = np.unique(entries[happened], return_index=True)  # first visits: unique gives the first
        self.learn(entry, returns[happened][index])
        self.begun[runs] = self.n_steps


class MonteCarloAgent(TableAgent):
    """On-policy first-visit Monte Carlo control.

    Learns at the end of an episode: each pair of state and action is moved towards the return that followed
    its first visit. Where a time limit cut the episode off, the expected value of the last state stands for
    what would have come.

    Args:
        n_states, n_actions, learning_rate, discount, epsilon, policy, initial_value, rng: see `TableAgent`.
            With `learning_rate=schedules.SampleAverage()` the values are the averages of the returns.

    Source:
        Sutton & Barto (2018), section 5.4.

    >>> agent = MonteCarloAgent(2, 1, learning_rate=0.5, discount=0.5)
    >>> agent.update((0, 0, 1.0, 1, False)), agent.update((1, 0, 4.0, 0, True))
    (0.0, 0.0)
    >>> agent.end_episode()
    >>> agent.q_values.ravel()          # half of 1 + 0.5 × 4, half of 4
    array([1.5, 2. ])
    """

    target = staticmethod(updates.monte_carlo_returns)
    many = ManyMonteCarlo

    def __init__(self, n_states, n_actions, **hyperparameters):
        super().__init__(n_states, n_actions, **hyperparameters)
        self._episode = []

    def update(self, transition):
        """Keep one `Transition` for the end of the episode, and return 0: nothing is learned yet."""
        self._episode.append(transition)
        self.n_steps += 1
        return 0.0

    def end_episode(self):
        """Learn from the episode that has ended."""
        if not self._episode:
            return
        states, actions, rewards, next_states, terminated = zip(*self._episode, strict=True)
        self._episode = []
        final_value = 0.0
        if not terminated[-1]:
            final_value = float(self.probabilities(next_states[-1]) @ self._row(next_states[-1]))
        returns = self.target(rewards, final_value, self.discount).tolist()
        first_visits = {}
        for state, action, following in zip(states, actions, returns, strict=True):
            first_visits.setdefault((state, action), following)
        for (state, action), following in first_visits.items():
            row = self._rows[state]
            row[action] += self.step_size(state, action) * (following - row[action])
