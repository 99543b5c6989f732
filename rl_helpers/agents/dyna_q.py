"""Dyna-Q: Q-learning that also learns from imagined steps, in a model of the world that it builds itself."""

import numpy as np

from rl_helpers.agents.q_learning import ManyQLearning, QLearningAgent
from rl_helpers.arguments import count


class ManyDynaQ(ManyQLearning):
    """Many runs of Dyna-Q at once, each with a model of its own."""

    def __init__(self, agent, n_runs, rng):
        super().__init__(agent, n_runs, rng)
        # The model: what followed the last time, for every entry of the tables.
        self.model_reward = np.zeros(self.entries.size)
        self.model_next_row = np.zeros(self.entries.size, dtype=np.intp)
        self.model_terminated = np.zeros(self.entries.size, dtype=bool)
        # Where to imagine: the rows of the states that each run has visited, the actions tried in each row.
        self.visited = np.zeros((n_runs, self.n_states), dtype=np.intp)
        self.n_visited = np.zeros(n_runs, dtype=np.intp)
        # In the smallest integers that will do: in a large world most time goes into fetching from memory.
        self.actions_per_row = np.array(self.n_actions)
        small = np.min_scalar_type(self.n_actions)
        self.tried = np.zeros((self.n_rows, self.n_actions), dtype=small)
        self.n_tried = np.zeros(self.n_rows, dtype=small)
        self.is_tried = np.zeros(self.entries.size, dtype=bool)

    def update(self, runs, state, action, reward, next_state, terminated):
        """Learn from one transition in each run, remember it, and go through some imagined ones."""
        super().update(runs, state, action, reward, next_state, terminated)
        first_row = self.first_row(runs)
        row = first_row + state
        entry = self.entry(row, action)
        new = (~self.is_tried.take(entry)).nonzero()[0]
        if new.size:
            self.note_new(runs[new], row[new], action[new])
        self.model_reward[entry] = reward
        self.model_next_row[entry] = first_row + next_state
        self.model_terminated[entry] = terminated
        self.plan(runs)

    def note_new(self, runs, row, action):
        """Note pairs of state and action that were tried for the first time."""
        first_visit = self.n_tried[row] == 0
        visitors, place = runs[first_visit], row[first_visit]
        self.visited[visitors, self.n_visited[visitors]] = place
        self.n_visited[visitors] += 1
        self.is_tried[self.entry(row, action)] = True
        self.tried[row, self.n_tried[row]] = action
        self.n_tried[row] += 1

    def plan(self, runs):
        """Learn from transitions of the model, in states that were visited and with actions tried there."""
        # The model stays as it is meanwhile, so all steps, (planning_steps, n), are imagined before they are
        # learned from, one after the other.
        draw_state, draw_action = self.rng.random((2, self.agent.planning_steps, runs.size))
        place = (draw_state * self.n_visited.take(runs)).astype(np.intp)
        row = self.visited.take(self.first_row(runs) + place)
        entries = self.entry(row, self.imagined_action(row, draw_action))
        next_rows, terminated = self.model_next_row.take(entries), self.model_terminated.take(entries)
        imagined = zip(entries, self.imagined_reward(entries), next_rows, terminated, strict=True)
        for entry, reward, next_row, is_terminal in imagined:
            self.learn(entry, self.target(reward, self.values(next_row), is_terminal, self.discount))

    def imagined_action(self, row, draw):
        """Return one of the actions tried in each row; `draw` is uniform in [0, 1)."""
        return self.tried.take(row * self.actions_per_row + (draw * self.n_tried.take(row)).astype(np.intp))

    def imagined_reward(self, entry):
        """Return what the model says of each entry."""
        return self.model_reward.take(entry)


class DynaQAgent(QLearningAgent):
    """Tabular Dyna-Q: one real step, then `planning_steps` imagined ones.

    The model holds what followed each pair of state and action the last time. In a world with chance that is
    one outcome of several, so this agent is made for worlds without.

    Args:
        n_states, n_actions, learning_rate, discount, epsilon, policy, initial_value, rng: see `TableAgent`.
        planning_steps: imagined steps after each real one, at least 0; with 0 it is Q-learning.

    Source:
        Sutton (1990); Sutton & Barto (2018), section 8.2.

    >>> agent = DynaQAgent(2, 1, learning_rate=0.5, planning_steps=1)
    >>> agent.update((0, 0, 1.0, 1, True))      # learned once as it happened, once imagined
    1.0
    >>> agent.q_values[0]
    array([0.75])
    """

    many = ManyDynaQ

    def __init__(self, n_states, n_actions, *, planning_steps=5, **hyperparameters):
        super().__init__(n_states, n_actions, **hyperparameters)
        self.planning_steps = count("planning_steps", planning_steps, at_least=0)
        self._visited = []  # states, in the order of their first visit
        self._tried = [[] for _ in range(self.n_states)]  # actions tried in each state
        self._model = {}  # (state, action): (reward, next_state, terminated)

    def update(self, transition):
        """Learn from one `Transition`, remember it, go through some imagined ones, return the TD error."""
        td_error = super().update(transition)
        self.remember(transition)
        self.plan()
        return td_error

    def remember(self, transition):
        """Put one transition into the model, in place of what followed there the last time."""
        state, action, reward, next_state, terminated = transition
        tried = self._tried[state]
        if not tried:
            self._visited.append(state)
        if action not in tried:
            tried.append(action)
        self._model[state, action] = reward, next_state, terminated

    def plan(self):
        """Learn from transitions of the model, in states that were visited and with actions tried there."""
        random = self._uniforms.random
        for _ in range(self.planning_steps):
            state = self._visited[int(random() * len(self._visited))]
            tried = self._tried[state]
            action = tried[int(random() * len(tried))]
            reward, next_state, terminated = self.imagine(state, action)
            row = self._rows[state]
            td_target = self.target(reward, self._rows[next_state], terminated, self.discount)
            row[action] += self.step_size(state, action) * (td_target - row[action])

    def imagine(self, state, action):
        """Return what the model says: reward, next state, and whether that is terminal."""
        return self._model[state, action]
