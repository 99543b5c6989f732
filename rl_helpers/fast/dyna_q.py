"""Dyna-Q and Dyna-Q+ in many runs at once."""

import numpy as np

from rl_helpers import updates
from rl_helpers.fast.q_learning import ManyQLearning


class ManyDynaQ(ManyQLearning):
    """Many runs of `DynaQAgent`, each with a model of its own."""

    def __init__(self, agent, n_runs, rng):
        super().__init__(agent, n_runs, rng)
        # The model: what followed the last time, for every entry of the tables.
        self.model_reward = np.zeros(self.entries.size)
        self.model_next_column = np.zeros(self.entries.size, dtype=np.intp)
        self.model_terminated = np.zeros(self.entries.size, dtype=bool)
        # Where to imagine: the columns that each run has visited, and the actions tried in each column.
        self.visited = np.zeros((n_runs, self.n_states), dtype=np.intp)
        self.n_visited = np.zeros(n_runs, dtype=np.intp)
        # In the smallest integers that will do: in a large world most time goes into fetching from memory.
        self.actions_per_column = np.array(self.n_actions)  # an array for speed, see ManyTables
        small = np.min_scalar_type(self.n_actions)
        self.tried = np.zeros((self.n_columns, self.n_actions), dtype=small)
        self.n_tried = np.zeros(self.n_columns, dtype=small)
        self.is_tried = np.zeros(self.entries.size, dtype=bool)

    def update(self, runs, state, action, reward, next_state, terminated):
        """Learn from one transition in each run, remember it, and go through some imagined ones."""
        super().update(runs, state, action, reward, next_state, terminated)
        first_column = self.first_column(runs)
        column = first_column + state
        entry = self.entry(column, action)
        new = (~self.is_tried.take(entry)).nonzero()[0]
        if new.size:
            self.note_new(runs[new], column[new], action[new])
        self.model_reward[entry] = reward
        self.model_next_column[entry] = first_column + next_state
        self.model_terminated[entry] = terminated
        self.plan(runs)

    def note_new(self, runs, column, action):
        """Note pairs of state and action that were tried for the first time."""
        first_visit = self.n_tried[column] == 0
        visitors, place = runs[first_visit], column[first_visit]
        self.visited[visitors, self.n_visited[visitors]] = place
        self.n_visited[visitors] += 1
        self.is_tried[self.entry(column, action)] = True
        self.tried[column, self.n_tried[column]] = action
        self.n_tried[column] += 1

    def plan(self, runs):
        """Learn from transitions of the model, in states that were visited and with actions tried there."""
        # The model stays as it is meanwhile, so all steps, (planning_steps, n), are imagined before they are
        # learned from, one after the other.
        draw_state, draw_action = self.rng.random((2, self.agent.planning_steps, runs.size))
        place = (draw_state * self.n_visited.take(runs)).astype(np.intp)
        column = self.visited.take(self.first_column(runs) + place)
        entries = self.entry(column, self.imagined_action(column, draw_action))
        next_columns, terminated = self.model_next_column.take(entries), self.model_terminated.take(entries)
        imagined = zip(entries, self.imagined_reward(entries), next_columns, terminated, strict=True)
        for entry, reward, next_column, is_terminal in imagined:
            self.learn(entry, self.target(reward, self.values(next_column), is_terminal, self.discount))

    def imagined_action(self, column, draw):
        """Return one of the actions tried in each column; `draw` is uniform in [0, 1)."""
        place = (draw * self.n_tried.take(column)).astype(np.intp)
        return self.tried.take(column * self.actions_per_column + place)

    def imagined_reward(self, entry):
        """Return what the model says of each entry."""
        return self.model_reward.take(entry)


class ManyDynaQPlus(ManyDynaQ):
    """Many runs of `DynaQPlusAgent`."""

    def __init__(self, agent, n_runs, rng):
        super().__init__(agent, n_runs, rng)
        # The step at which each entry was last tried; never counts as before the first step.
        self.last_tried = np.zeros(self.entries.size, dtype=int)
        # What was never tried leads nowhere and earns nothing, as far as the model knows.
        self.model_next_column = np.tile(np.arange(self.n_columns), self.n_actions)

    def update(self, runs, state, action, reward, next_state, terminated):
        """Learn from one transition in each run, remember it, and go through some imagined ones."""
        self.last_tried[self.entry(self.first_column(runs) + state, action)] = self.n_steps + 1
        super().update(runs, state, action, reward, next_state, terminated)

    def imagined_action(self, column, draw):
        """Return any action, tried or not; `draw` is uniform in [0, 1)."""
        return (draw * self.n_actions).astype(np.intp)

    def imagined_reward(self, entry):
        """Return what the model says of each entry, and the bonus for not having tried it for long."""
        steps_since_tried = self.n_steps - self.last_tried.take(entry)
        return self.model_reward.take(entry) + updates.dyna_bonus(steps_since_tried, self.agent.bonus_weight)
