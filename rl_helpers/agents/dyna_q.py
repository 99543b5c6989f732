"""Dyna-Q: Q-learning that also learns from imagined steps, in a model of the world that it builds itself."""

from operator import index

from rl_helpers.agents.q_learning import QLearningAgent
from rl_helpers.arguments import count


class DynaQAgent(QLearningAgent):
    """Tabular Dyna-Q: one real step, then `planning_steps` imagined ones.

    The model holds what followed each pair of state and action the last time. In a world with chance that is
    one outcome of several, so this agent is made for worlds without.

    Args:
        n_states, n_actions, learning_rate, discount, epsilon, policy, initial_value, target, rng: see
            `TableAgent`.
        planning_steps: imagined steps after each real one, at least 0; with 0 it is Q-learning.

    Source:
        Sutton (1990); Sutton & Barto (2018), section 8.2.

    >>> agent = DynaQAgent(2, 1, learning_rate=0.5, planning_steps=1)
    >>> agent.update((0, 0, 1.0, 1, True))      # learned once as it happened, once imagined
    1.0
    >>> agent.q_values[0]
    array([0.75])
    """

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
        state, action = index(state), index(action)  # an array of one number cannot be looked up
        tried = self._tried[state]
        if not tried:
            self._visited.append(state)
        if action not in tried:
            tried.append(action)
        self._model[state, action] = float(reward), index(next_state), bool(terminated)

    def plan(self):
        """Learn from transitions of the model, in states that were visited and with actions tried there."""
        random = self._random.random
        for _ in range(self.planning_steps):
            state = self._visited[int(random() * len(self._visited))]
            tried = self._tried[state]
            action = tried[int(random() * len(tried))]
            super().update((state, action, *self.imagine(state, action)))
            self.n_steps -= 1  # an imagined step takes no time

    def imagine(self, state, action):
        """Return what the model says: reward, next state, and whether that is terminal."""
        return self._model[state, action]
