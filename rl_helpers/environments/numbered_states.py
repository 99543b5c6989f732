"""A world whose observations are the state numbers of a `StateSpace`, with mirror and memory if wanted."""

import gymnasium as gym

NOTHING = 0  # what a watcher is told at the start, where no action led to what is seen


class NumberedStates(gym.Wrapper, gym.utils.RecordConstructorArgs):
    """A world with `Discrete` observations: the number that a `StateSpace` gives to what is seen.

    Where the state is one of the mirror, the action is swapped for its mirror image.

    Args:
        env: an environment, whatever its observations.
        space: a `StateSpace`.
        read: from an observation to a reading: what there is to see. None: the observation itself.
        watcher: makes moments of readings. Has `reset()`, for a new episode, and `watch(reading, action)`,
            which returns the moment, or None where there is nothing to decide; `action` led to the reading.
            None: every reading is a moment.
        mirrored_actions: what each action is in the mirror; needed where the space has one.

    Attributes:
        reading, moment: what the state was made of.
        mirrored: whether the state is one of the mirror.
        played: the action that was last given to the world.

    Raises:
        TypeError: if the space has a mirror and the actions have none.

    >>> from rl_helpers.environments import StateSpace
    >>> space = StateSpace.of_buckets([None, None, (-0.05, 0.05), (-0.5, 0.5)])
    >>> env = NumberedStates(gym.make("CartPole-v1"), space)
    >>> env.observation_space, env.reset(seed=0)[0]
    (Discrete(10), 5)
    """

    def __init__(self, env, space, *, read=None, watcher=None, mirrored_actions=None):
        gym.utils.RecordConstructorArgs.__init__(
            self, space=space, read=read, watcher=watcher, mirrored_actions=mirrored_actions
        )
        gym.Wrapper.__init__(self, env)
        if space.mirror is not None and mirrored_actions is None:
            raise TypeError(
                "the space has a mirror, and what an action is in it is not said: give mirrored_actions=…, "
                "such as [1, 0] where left and right change places"
            )
        self.space, self.read, self.watcher = space, read, watcher
        self.mirrored_actions = mirrored_actions
        self.observation_space = gym.spaces.Discrete(space.n_states)

    def reset(self, *, seed=None, options=None):
        """Begin a new episode."""
        observation, info = self.env.reset(seed=seed, options=options)
        if self.watcher is not None:
            self.watcher.reset()
        self.played = NOTHING
        return self._look(observation), info

    def step(self, action):
        """Step with the action, or with its mirror image in a state of the mirror."""
        self.played = self.mirrored_actions[action] if self.mirrored else int(action)
        observation, reward, terminated, truncated, info = self.env.step(self.played)
        return self._look(observation), reward, terminated, truncated, info

    def _look(self, observation):
        self.reading = observation if self.read is None else self.read(observation)
        self.moment = self.reading if self.watcher is None else self.watcher.watch(self.reading, self.played)
        state, self.mirrored = self.space.state(self.moment)
        return state
