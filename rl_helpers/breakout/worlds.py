"""Breakout as an environment with numbered states, and wrappers that change what is learned from."""

import gymnasium as gym

from rl_helpers.breakout.game.reading import read_memory, read_pixels
from rl_helpers.breakout.spaces import BEST
from rl_helpers.breakout.states import MIRRORED, NOOP, Watcher

SOURCES = {"memory": ("ram", read_memory), "pixels": ("rgb", read_pixels)}


class ClipReward(gym.RewardWrapper):
    """Gives the sign of the reward: +1, 0 or −1, so that a cheap brick teaches as much as a dear one.

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

    Even without a penalty a life is worth something: all the bricks that it would still have hit. The penalty
    makes the difference between a hit and a miss stand out from the noise. An agent that explores little may
    learn from it not to serve the ball while it cannot play yet: who does not play loses no life.

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


class NumberedStates(gym.Wrapper):
    """Breakout with `Discrete` observations: the number that a `StateSpace` gives to what is seen.

    Where the state is one of the mirror, left and right of the action are swapped back.

    Args:
        env: Breakout, observed as memory or as pictures.
        space: a `StateSpace`.
        read: from an observation to a `Reading`.

    Attributes:
        reading, ball, rest, moment: what the state was made of.
        mirrored: whether the state is one of the mirror.
        played: the action that was last given to the game.
    """

    def __init__(self, env, space, read):
        super().__init__(env)
        self.space, self.read = space, read
        self.observation_space = gym.spaces.Discrete(space.n_states)
        self._watcher = Watcher()

    def reset(self, *, seed=None, options=None):
        """Begin a new game."""
        observation, info = self.env.reset(seed=seed, options=options)
        self._watcher.reset()
        self.played = NOOP
        return self._look(observation), info

    def step(self, action):
        """Step with the action, or with its mirror image in a state of the mirror."""
        self.played = MIRRORED[action] if self.mirrored else int(action)
        observation, reward, terminated, truncated, info = self.env.step(self.played)
        return self._look(observation), reward, terminated, truncated, info

    @property
    def ball(self):
        """The `Ball` as it is followed, or None."""
        return self._watcher.ball

    @property
    def rest(self):
        """The `Rest` of the paddle, as it is foreseen."""
        return self._watcher.rest

    def _look(self, observation):
        self.reading = self.read(observation)
        self.moment = self._watcher.watch(self.reading, self.played)
        state, self.mirrored = self.space.state(self.moment)
        return state


def make_breakout(space=BEST, *, source="memory", for_training=False, render_mode=None):
    """Return `ALE/Breakout-v5` with its defaults and numbered states.

    Args:
        space: a `StateSpace`.
        source: what the state is read from, "memory" or "pixels".
        for_training: whether rewards are clipped to their sign and a lost life terminates.
            Without it an episode is a game and its return is the score.
        render_mode: None or "rgb_array".

    Returns:
        The environment. `env.get_wrapper_attr("scores")` holds the scores of the games finished so far.

    Raises:
        ValueError: if there is no such source.

    >>> env = make_breakout()
    >>> env.reset(seed=0)[0], int(env.action_space.n)
    (0, 4)
    """
    if source not in SOURCES:
        raise ValueError(f"source is {source!r}, expected one of {', '.join(map(repr, SOURCES))}")
    import ale_py  # Heavy, and a missing game must not keep the rest of the course from working.

    ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)
    gym.register_envs(ale_py)
    kind, read = SOURCES[source]
    env = gym.make("ALE/Breakout-v5", obs_type=kind, render_mode=render_mode, disable_env_checker=True)
    env = NumberedStates(Scores(env), space, read)
    return LostLife(ClipReward(env)) if for_training else env
