"""The loop between agents and worlds for many runs: all take their time steps together."""

import numpy as np


class Runs:
    """All runs that still play: where each is, and when its episode began.

    Args:
        agents: a twin of `rl_helpers.fast.TWINS`.
        worlds: `WorldCopies`.
        n_runs: how many.
        time_limit: after how many time steps an episode is cut off.
    """

    def __init__(self, agents, worlds, n_runs, time_limit):
        self.agents, self.worlds, self.time_limit = agents, worlds, time_limit
        self.active = np.arange(n_runs)
        self.state = np.zeros(n_runs, dtype=np.intp) + worlds.start(n_runs)
        self.begun = np.zeros(n_runs, dtype=int)
        self.n_steps = 0
        self.next_limit = time_limit  # no episode reaches its time limit before this step
        agents.begin_episode(self.active, self.state)

    def advance(self):
        """Take one time step in every run; return its rewards, and the indices of the runs that it ended."""
        runs, state = self.active, self.state
        action = self.agents.act(runs, state)
        next_state, reward, terminated = self.worlds.step(runs, state, action)
        self.agents.update(runs, state, action, reward, next_state, terminated)
        self.n_steps += 1
        self.state = next_state
        if self.n_steps >= self.next_limit:
            terminated = terminated | (self.n_steps - self.begun >= self.time_limit)
        return reward, terminated.nonzero()[0]

    def restart(self, ended, runs):
        """Begin the next episode in the runs with these indices and numbers."""
        if ended.size:
            state = self.worlds.start(ended.size)
            self.agents.end_episode(runs)
            self.agents.begin_episode(runs, state)
            self.state[ended] = state
            self.begun[ended] = self.n_steps
        if self.n_steps >= self.next_limit:
            self.next_limit = self.begun.min() + self.time_limit


class Episodes(Runs):
    """Runs that stop after a number of episodes, with the return and the length of each."""

    def __init__(self, agents, worlds, n_runs, time_limit, n_episodes):
        super().__init__(agents, worlds, n_runs, time_limit)
        self.returns = np.zeros((n_runs, n_episodes))
        self.ends = np.zeros((n_runs, n_episodes), dtype=int)  # time steps taken when each episode was over
        self.flat_returns, self.flat_ends = self.returns.reshape(-1), self.ends.reshape(-1)
        # Where the present episode of each run is to be noted, and where the notes of the next run begin.
        self.place = np.arange(n_runs) * n_episodes
        self.next_place = self.place + n_episodes
        self.episode_return = np.zeros(n_runs)
        self.next_finish = n_episodes  # no run plays all its episodes before this step

    def remaining(self):
        """Return how many episodes each run has still to end, (n_runs,)."""
        return self.next_place - self.place

    def lengths(self):
        """Return the lengths of all episodes that are over, (n_runs, n_episodes)."""
        return np.diff(self.ends, prepend=0)  # the first step of an episode follows the last one before

    def step(self):
        """Take one time step in every run that still plays, and return how many episodes it ended."""
        reward, ended = self.advance()
        self.episode_return += reward
        runs = self.active.take(ended)
        if ended.size:
            place = self.place.take(runs)
            self.flat_returns[place] = self.episode_return.take(ended)
            self.flat_ends[place] = self.n_steps
            self.place[runs] = place + 1
            self.episode_return[ended] = 0.0
        self.restart(ended, runs)
        if self.n_steps >= self.next_finish:
            self.drop_finished()
        return ended.size

    def drop_finished(self):
        """Go on without the runs that have played all their episodes."""
        remaining = self.remaining().take(self.active)
        goes_on = remaining > 0
        if not goes_on.all():
            for name in ("active", "state", "begun", "episode_return"):
                setattr(self, name, getattr(self, name)[goes_on])
        # An episode takes at least one step.
        self.next_finish = self.n_steps + remaining.min(where=goes_on, initial=self.returns.shape[1])
