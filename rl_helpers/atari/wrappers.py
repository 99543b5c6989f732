"""What a training makes of a game's rewards and lives, and the real scores below it."""

import gymnasium as gym


class ClipReward(gym.RewardWrapper):
    """Gives the sign of the reward: +1, 0 or −1, so that a cheap point teaches as much as a dear one.

    >>> ClipReward(gym.make("FrozenLake-v1")).reward(7.0)
    1.0
    """

    def reward(self, reward):
        """Return the sign of the reward."""
        return float((reward > 0) - (reward < 0))


class LostLife(gym.Wrapper):
    """Makes every life an episode of its own: a lost life costs a penalty and terminates.

    The game goes on where it was: `reset` begins a new game only when the old one is over. So the agent
    learns that nothing follows a lost life, and still sees how the game goes on.

    Even without a penalty a life is worth something: all the points that it would still have brought. The
    penalty makes the difference between keeping and losing it stand out from the noise. An agent that
    explores little may learn from it not to begin to play: who does not play loses no life.

    Args:
        env: an environment whose info has `"lives"`.
        penalty: reward for a lost life, added to the step's own.
    """

    def __init__(self, env, *, penalty=-1.0):
        super().__init__(env)
        self.penalty = penalty
        self._lives = 0
        self._game_over = True
        self._last = None

    def reset(self, *, seed=None, options=None):
        """Go on with the game if it is not over, else begin a new one; a seed always begins a new one."""
        if self._game_over or seed is not None:
            observation, info = self.env.reset(seed=seed, options=options)
            self._last = observation, info
            self._lives, self._game_over = info["lives"], False
        return self._last

    def step(self, action):
        """Step, and terminate with the life."""
        observation, reward, terminated, truncated, info = self.env.step(action)
        self._last = observation, info
        self._game_over = terminated or truncated
        lost = info["lives"] < self._lives
        self._lives = info["lives"]
        return observation, reward + self.penalty * lost, terminated or lost, truncated, info


class Scores(gym.Wrapper):
    """Keeps the score of every finished game in `scores`, whatever wrappers above make of the reward."""

    def __init__(self, env):
        super().__init__(env)
        self.scores = []
        self.score = 0.0

    def reset(self, *, seed=None, options=None):
        """Begin a game with a score of 0."""
        self.score = 0.0
        return self.env.reset(seed=seed, options=options)

    def step(self, action):
        """Step, and count the points."""
        observation, reward, terminated, truncated, info = self.env.step(action)
        self.score += reward
        if terminated or truncated:
            self.scores.append(self.score)
        return observation, reward, terminated, truncated, info
