"""Monte Carlo control: waits for the end of the episode, then learns from what it really brought."""

from math import isfinite
from operator import index

from rl_helpers import updates
from rl_helpers.agents.checks import check_transition
from rl_helpers.agents.table import TableAgent


class MonteCarloAgent(TableAgent):
    """On-policy first-visit Monte Carlo control.

    Learns at the end of an episode: each pair of state and action is moved towards the return that followed
    its first visit. Where a time limit cut the episode off, the expected value of the last state stands for
    what would have come.

    An episode that was broken off ends in the same way, as soon as another begins: where `run_episode` says
    so, or where a transition does not go on from the last one. Whoever breaks off a loop of their own calls
    `end_episode`, for the next episode may begin in the very state where that one stopped.

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
        state, action, reward, next_state, terminated = transition
        try:
            # Copies: an environment may change its arrays in place.
            step = index(state), index(action), float(reward), index(next_state), bool(terminated)
            if type(terminated) is not bool or state < 0 or not isfinite(reward):
                check_transition(transition, self.n_states, self.n_actions)
            self._table[state][action], terminated or self._table[next_state]  # are there such entries?
        except (TypeError, IndexError, ValueError):
            check_transition(transition, self.n_states, self.n_actions)
            raise
        if self._episode:
            *_, last_state, has_ended = self._episode[-1]
            if has_ended or last_state != state:
                self.end_episode()
        self._episode.append(step)
        self.n_steps += 1
        return 0.0

    def begin_episode(self):
        """Learn from an episode that was broken off, as from one that a time limit has cut off."""
        if self._episode:
            self.end_episode()

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

    def _forget_episode(self):
        self._episode = []
