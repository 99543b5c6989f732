"""Monte Carlo control: waits for the end of the episode, then learns from what it really brought."""

from rl_helpers import updates
from rl_helpers.agents.table import TableAgent


class MonteCarloAgent(TableAgent):
    """On-policy first-visit Monte Carlo control.

    Learns at the end of an episode: each pair of state and action is moved towards the return that followed
    its first visit. Where a time limit cut the episode off, the expected value of the last state stands for
    what would have come.

    Args:
        n_states, n_actions, learning_rate, discount, epsilon, policy, initial_value, target, rng: see
            `TableAgent`.
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
            final_value = float(self.probabilities(next_states[-1]) @ self._values(next_states[-1]))
        returns = self.target(rewards, final_value, self.discount).tolist()
        first_visits = {}
        for state, action, following in zip(states, actions, returns, strict=True):
            first_visits.setdefault((state, action), following)
        for (state, action), following in first_visits.items():
            error = following - self._table[state][action]
            self._table[state][action] += self.step_size(state, action) * error
