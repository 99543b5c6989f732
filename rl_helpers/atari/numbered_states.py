"""A game of the console whose observations are state numbers, made from moments that a watcher sees."""

import gymnasium as gym

OBSERVED = {"memory": "ram", "pixels": "rgb"}
"""What a state may be read from, and what the console calls it."""

NOTHING = 0  # the action that does nothing, in every game


def make_console(name, *, source="memory", render_mode=None):
    """Return a game with its defaults, observed as memory or as pictures.

    Args:
        name: such as `ALE/Freeway-v5`.
        source: what is observed, "memory" (128 bytes) or "pixels" (210 × 160 × 3).
        render_mode: None or "rgb_array".

    Raises:
        ValueError: if there is no such source.

    >>> make_console("ALE/Freeway-v5").observation_space.shape
    (128,)
    """
    if source not in OBSERVED:
        raise ValueError(f"source is {source!r}, expected one of {', '.join(map(repr, OBSERVED))}")
    import ale_py  # Heavy, and a missing game must not keep the rest of the course from working.

    ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)
    gym.register_envs(ale_py)
    return gym.make(name, obs_type=OBSERVED[source], render_mode=render_mode, disable_env_checker=True)


class NumberedStates(gym.Wrapper):
    """A game with `Discrete` observations: the number that a `StateSpace` gives to what is seen.

    Where the state is one of the mirror, the action is swapped for its mirror image.

    Args:
        env: a game, observed as memory or as pictures.
        space: a `StateSpace`.
        read: from an observation to a reading: what there is to see.
        watcher: makes moments of readings. Has `reset()`, for a new game, and `watch(reading, action)`, which
            returns the moment, or None where there is nothing to decide; `action` led to the reading.
        mirrored_actions: what each action is in the mirror.

    Attributes:
        reading, moment: what the state was made of.
        mirrored: whether the state is one of the mirror.
        played: the action that was last given to the game.
    """

    def __init__(self, env, space, *, read, watcher, mirrored_actions):
        super().__init__(env)
        self.space, self.read, self.watcher = space, read, watcher
        self.mirrored_actions = mirrored_actions
        self.observation_space = gym.spaces.Discrete(space.n_states)

    def reset(self, *, seed=None, options=None):
        """Begin a new game."""
        observation, info = self.env.reset(seed=seed, options=options)
        self.watcher.reset()
        self.played = NOTHING
        return self._look(observation), info

    def step(self, action):
        """Step with the action, or with its mirror image in a state of the mirror."""
        self.played = self.mirrored_actions[action] if self.mirrored else int(action)
        observation, reward, terminated, truncated, info = self.env.step(self.played)
        return self._look(observation), reward, terminated, truncated, info

    def _look(self, observation):
        self.reading = self.read(observation)
        self.moment = self.watcher.watch(self.reading, self.played)
        state, self.mirrored = self.space.state(self.moment)
        return state
