"""Q-learning in many runs at once."""

from rl_helpers.fast.tables import ManyTables


class ManyQLearning(ManyTables):
    """Many runs of `QLearningAgent`."""

    def td_target(self, runs, reward, next_column, terminated):
        """Return r + γ max Q(s′, ·) of each run, (n,)."""
        return self.target(reward, self.values(next_column), terminated, self.discount)
