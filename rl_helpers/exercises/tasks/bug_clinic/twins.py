"""The bugs of the clinic for many runs at once: the same agents as in `bugs`, up to chance."""

import numpy as np

from rl_helpers.exercises.tasks.bug_clinic import bugs
from rl_helpers.exploration import epsilon_greedy
from rl_helpers.fast.q_learning import ManyQLearning
from rl_helpers.fast.twins import TWINS


class ManySkipsTheLastUpdate(ManyQLearning):
    """Many runs of `SkipsTheLastUpdate`."""

    def update(self, runs, state, action, reward, next_state, terminated):
        """Learn from one transition in each run whose episode goes on."""
        first_column = self.first_column(runs)
        td_target = self.td_target(runs, reward, first_column + next_state, terminated)
        goes_on = ~terminated
        self.learn(self.entry(first_column + state, action)[goes_on], td_target[goes_on])
        self.n_steps += 1


class ManyTakesTheClockForTheEnd(ManyQLearning):
    """Many runs of `TakesTheClockForTheEnd`."""

    def update(self, runs, state, action, reward, next_state, terminated):
        """Learn from one transition in each run, and remember what it changed."""
        entry = self.entry(self.first_column(runs) + state, action)
        self.last = runs, entry, self.entries.take(entry), reward, terminated
        super().update(runs, state, action, reward, next_state, terminated)

    def end_episode(self, runs):
        """Where the clock ended the episode, learn its last step again, as if nothing could follow."""
        played, entry, before, reward, terminated = self.last
        cut_off = np.isin(played, runs) & ~terminated
        self.entries[entry[cut_off]] = before[cut_off]
        self.learn(entry[cut_off], reward[cut_off])


class ManyCreditsAnotherAction(ManyQLearning):
    """Many runs of `CreditsAnotherAction`."""

    def update(self, runs, state, action, reward, next_state, terminated):
        """Learn from one transition in each run."""
        action = self.choose(self.first_column(runs) + state)
        super().update(runs, state, action, reward, next_state, terminated)


class ManyTakesTheFirstOfTheBest(ManyQLearning):
    """Many runs of `TakesTheFirstOfTheBest`."""

    def choose(self, column, q_values=None):
        """Return an ε-greedy action for each column of the tables."""
        explores = self.rng.random(column.size) < self.policy.at(self.n_steps)
        at_random = self.rng.integers(self.n_actions, size=column.size)
        return np.where(explores, at_random, self.values(column).argmax(axis=-1))


class ManyStartsEpsilonOver(ManyQLearning):
    """Many runs of `StartsEpsilonOver`; they share one count, so each notes where its episode began."""

    def __init__(self, agent, n_runs, rng):
        super().__init__(agent, n_runs, rng)
        self.begun = np.zeros(n_runs, dtype=int)

    def act(self, runs, state):
        """Return an ε-greedy action for each run."""
        steps = self.n_steps - self.begun.take(runs)
        epsilon = np.array([self.policy.at(step) for step in steps.tolist()])
        return epsilon_greedy(self.values(self.first_column(runs) + state), epsilon, self.rng)

    def end_episode(self, runs):
        """Begin to count anew in these runs."""
        self.begun[runs] = self.n_steps


CLINIC_TWINS = TWINS | {
    bugs.SkipsTheLastUpdate: ManySkipsTheLastUpdate,
    bugs.TakesTheClockForTheEnd: ManyTakesTheClockForTheEnd,
    bugs.CreditsAnotherAction: ManyCreditsAnotherAction,
    bugs.TakesTheFirstOfTheBest: ManyTakesTheFirstOfTheBest,
    bugs.StartsEpsilonOver: ManyStartsEpsilonOver,
}
"""From an agent class to its twin, for the patients and the healthy."""
