"""One environment played by a person: steps, scores, ends; no page, no clock."""

import numbers

import numpy as np

from rl_helpers.notebook.pixels import checked_pixels, to_rgb
from rl_helpers.super_bob.env import SuperBobEnv
from rl_helpers.worlds.drawing.art import SCALE
from rl_helpers.worlds.layout_env import LayoutEnv
from rl_helpers.worlds.posts import PostsEnv

PICTURE = 'make it with gym.make(..., render_mode="rgb_array")'


def check_pictures(env):
    """Raise unless an environment returns pictures.

    Raises:
        ValueError: if its render mode is another one.
    """
    if env.render_mode != "rgb_array":
        raise ValueError(f"the environment's render_mode is {env.render_mode!r}, not 'rgb_array': {PICTURE}")


class Game:
    """An environment and the score of the one who plays it.

    Args:
        env: a Gymnasium environment with render mode "rgb_array".
        max_steps: ends every episode after that many steps; None: only the environment does.
        seed: of the first episode; the following ones go on with the environment's random numbers.

    Attributes:
        scores: returns of the finished episodes, floats.
        episode_return: sum of the rewards of this episode.
        reward: of the last step.
        length: steps of this episode.
        state: what the environment returned last.
        over: whether the episode has ended, by itself or by a limit.
        terminated: whether it has ended by itself.
        lives: what the environment says, or None.
    """

    def __init__(self, env, *, max_steps=None, seed=None):
        check_pictures(env)
        self.env = env
        self.max_steps = max_steps
        self.scores = []
        self.reset(seed=seed)
        self.frame()  # a picture that is none is told before there is a widget

    def reset(self, *, seed=None):
        """Begin an episode; one that has not ended does not count."""
        self.state, info = self.env.reset(seed=seed)
        self.terminated = False
        self.episode_return, self.reward, self.length, self.over = 0.0, 0.0, 0, False
        self.lives = _lives(info)

    def step(self, action):
        """Do one action, and note the score if it was the last."""
        self.state, reward, terminated, truncated, info = self.env.step(action)
        self.terminated = bool(terminated)
        self.reward = float(reward)
        self.episode_return += self.reward
        self.length += 1
        self.lives = _lives(info)
        self.over = bool(terminated or truncated or self.length == self.max_steps)
        if self.over:
            self.scores.append(self.episode_return)

    def told(self):
        """Return what stands beside the picture, pairs of texts, if the environment says it; or None."""
        return self.env.get_wrapper_attr("told")() if self.env.has_wrapper_attr("told") else None

    def frame(self):
        """Return the picture, uint8 (height, width, 3); TypeError or ValueError where it is none."""
        return np.ascontiguousarray(to_rgb(checked_pixels(self.env.render(), "env.render()")))

    def describe(self):
        """Say what the picture shows, as far as the environment can."""
        if isinstance(self.env.unwrapped, LayoutEnv | PostsEnv | SuperBobEnv):
            return self.env.unwrapped.describe()
        return f"{game_name(self.env)}, as it is drawn on the screen."


def enlargement(env, frame, widest, highest):
    """Return by how much a picture grows or shrinks to fit, so that every pixel grows alike.

    Args:
        env: what it shows.
        frame: (height, width, 3).
        widest, highest: of the picture on the page, in CSS pixels.

    Returns:
        A factor: a whole number for each pixel as it was drawn, unless the picture has to shrink.

    >>> import gymnasium as gym
    >>> enlargement(gym.make("FrozenLake-v1"), np.zeros((210, 160, 3)), 640, 480)
    2.0
    """
    height, width = frame.shape[:2]
    block = _block(env)
    fitting = min(widest * block // width, highest * block // height)
    return fitting / block if fitting else min(widest / width, highest / height)


def enlarged(env, frame, widest, highest):
    """Return a frame in the size that `enlargement` says; one that has to shrink stays as it is."""
    block = _block(env)
    factor = round(block * enlargement(env, frame, widest, highest))
    return frame[::block, ::block].repeat(factor, axis=0).repeat(factor, axis=1) if factor else frame


def _block(env):
    """Return how large a pixel of the drawing is in the picture: Bob's worlds enlarge theirs."""
    return SCALE if isinstance(env.unwrapped, LayoutEnv | PostsEnv) else 1


def game_name(env):
    """Return the name of an environment without its namespace and version.

    >>> import gymnasium as gym
    >>> game_name(gym.make("Bob/Room-v0"))
    'Room'
    """
    return env.spec.name if env.spec else type(env.unwrapped).__name__


def _lives(info):
    lives = info.get("lives")
    return int(lives) if isinstance(lives, numbers.Integral) else None
