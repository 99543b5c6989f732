"""Bob and his scratching posts, the k-armed bandit: `Bob/Posts-v0`."""

from collections.abc import Sequence
from math import isfinite
from numbers import Real
from typing import Any

import gymnasium as gym
import numpy as np

from rl_helpers.arguments import count
from rl_helpers.worlds.descriptions import scratch_in_words
from rl_helpers.worlds.drawing.art import TILE
from rl_helpers.worlds.drawing.posts import PostsPainter, rows_of_posts
from rl_helpers.worlds.maps.layouts import POST, START

USUAL_POSTS = 10  # the textbook's testbed


class PostsEnv(gym.Env[int, int]):
    """Which of the posts gives the most treats? Bob finds out by scratching.

    ## Action space
    `Discrete(k)`: the number of the post to scratch.

    ## Observation space
    `Discrete(1)`: there is nothing to see that would help, the state is always 0.

    ## Starting state
    0. Every episode is a new problem with posts of other values, unless `values` are given.

    ## Rewards
    Treats from post a, normally distributed around its value q*(a) with standard deviation 1 (below zero:
    water). The values are drawn from a normal distribution with mean 0 and standard deviation 1.

    ## Episode end
    Never terminated. Truncated after 1,000 steps by `gym.make`, as long as a run of the textbook's testbed.

    ## Information
    What Bob cannot know, to measure him by: "best", whether no other post had a higher value; "value", q* of
    the post he scratched; "regret", how much the best value was above it. All as they were when he scratched.

    ## Arguments
    See `__init__`. The true values of the moment are in `values`, float (k,).

    ## Source
    Sutton & Barto (2018), section 2.3; the posts that wear out are those of exercise 2.5.

    >>> import gymnasium as gym, rl_helpers
    >>> env = gym.make("Bob/Posts-v0", values=[0.5, 2, -1])
    >>> env.reset(seed=0)
    (0, {})
    >>> state, reward, terminated, truncated, info = env.step(0)
    >>> round(reward, 2), info
    (0.63, {'best': False, 'value': 0.5, 'regret': 1.5})
    """

    metadata = {  # noqa: RUF012 (Gymnasium's way)
        "render_modes": ["rgb_array", "ansi"],
        "render_fps": 6,
        "reward_unit": "treats",
    }

    def __init__(
        self,
        k: int | None = None,
        *,
        values: Sequence[float] | None = None,
        wear: float = 0.0,
        render_mode: str | None = None,
    ):
        """Put up the posts.

        Args:
            k: number of posts, at least 2; 10, or as many as there are `values`, if not given.
            values: true values q*(a), one a post, in treats; the same in every episode. None: drawn anew by
                every `reset`, or all 0 if the posts wear.
            wear: standard deviation of the normal step that each value takes after every action, in treats:
                the values walk at random. 0: they stay. The textbook's exercise takes 0.01.
            render_mode: "rgb_array", "ansi" or None.

        Raises:
            TypeError: if `k` is not a number.
            ValueError: if an argument is out of its range.
        """
        if render_mode not in (None, *self.metadata["render_modes"]):
            raise ValueError(f'render_mode is {render_mode!r}: choose "rgb_array", "ansi" or None')
        self.render_mode = render_mode
        self._given_values = None if values is None else _check_values(values, k)
        if k is None:
            k = USUAL_POSTS if self._given_values is None else len(self._given_values)
        self.k = count("k", k, at_least=2)
        self.wear = _check_wear(wear)
        self.n_states = 1
        self.tile = TILE
        self.action_space = gym.spaces.Discrete(self.k)
        self.observation_space = gym.spaces.Discrete(self.n_states)
        self._painter = PostsPainter(self.k)
        self.values = np.full(self.k, np.nan)  # unknown before the first reset
        self._best_value = np.nan
        self._playing: dict[int, float] = {}  # values by post, empty before the first reset
        self.last_action: int | None = None
        self.last_reward = 0.0

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Begin an episode: a new problem, unless the posts have given values.

        Args:
            seed: starts the random numbers afresh.
            options: there are none here.

        Returns:
            The state 0, and no information.
        """
        super().reset(seed=seed)
        if options:
            raise ValueError(f"options are {options!r}: there are none here, give `values` to gym.make")
        self._set_values(self.first_values(self.np_random, 1)[0])
        self.last_action, self.last_reward = None, 0.0
        return 0, {}

    def first_values(self, rng: np.random.Generator, n_problems: int) -> np.ndarray:
        """Return the true values with which problems begin.

        Args:
            rng: draws them, unless they are given or all 0.
            n_problems: how many.

        Returns:
            A new float array (n_problems, k).
        """
        if self._given_values is not None:
            return np.tile(self._given_values, (n_problems, 1))
        if self.wear:
            return np.zeros((n_problems, self.k))
        return rng.standard_normal((n_problems, self.k))

    def step(self, action: int) -> tuple[int, float, bool, bool, dict[str, Any]]:
        """Scratch a post; see Gymnasium's `Env.step` for the five values it returns."""
        try:
            value = self._playing[action]
        except (KeyError, TypeError):
            action = self._check_action(action)
            value = self._playing[action]
        self.last_action = action
        self.last_reward = value + float(self.np_random.standard_normal())
        info = {"best": value == self._best_value, "value": value, "regret": self._best_value - value}
        if self.wear:
            self._set_values(self.values + self.wear * self.np_random.standard_normal(self.k))
        return 0, self.last_reward, False, False, info

    def copies(self, n_runs: int, rng: np.random.Generator) -> "PostsCopies":
        """Return as many independent problems like this one, for `training.train_many`."""
        return PostsCopies(self, n_runs, rng)

    def render(self) -> np.ndarray | str | None:
        """Return the posts as a new (height, width, 3) uint8 array, or as text, by `render_mode`."""
        if self.render_mode == "rgb_array":
            return self.picture()
        if self.render_mode == "ansi":
            posts = [START if post == self.last_action else POST for post in range(self.k)]
            done = "start, Bob at no post"
            if self.last_action is not None:
                done = f"post {self.last_action}, reward {self.last_reward:.2f}"
            return "\n".join(["".join(posts[row.start : row.stop]) for row in rows_of_posts(self.k)] + [done])
        gym.logger.warn('nothing is rendered: give render_mode="rgb_array" or "ansi" to gym.make')
        return None

    def picture(self, *, bob: bool = True) -> np.ndarray:
        """Draw the posts, whatever the render mode.

        Args:
            bob: False leaves out Bob and his treats.

        Returns:
            A new (height, width, 3) uint8 array.
        """
        if not bob:
            return self._painter.room()
        return self._painter.frame(self.last_action, self.last_reward)

    def describe(self) -> str:
        """Say in words what the picture shows, as an alt text."""
        rows = rows_of_posts(self.k)
        two = f" in two rows of {len(rows[0])} and {len(rows[1])}" if len(rows) == 2 else " in a row"
        posts = f"There are {self.k} scratching posts{two}, numbered from 0 at the top left."
        if self.last_action is None:
            return f"Bob the cat sits before his posts. {posts}"
        reward = scratch_in_words(round(self.last_reward, 2))
        return f"Bob the cat is at post {self.last_action}. {posts} {reward}"

    def _set_values(self, values: np.ndarray) -> None:
        # A new array each time: whoever has kept the old one keeps what the values were.
        self.values = values
        self._playing = dict(enumerate(values.tolist()))
        self._best_value = max(self._playing.values())

    def _check_action(self, action: Any) -> int:
        if not self._playing:
            raise gym.error.ResetNeeded("the episode has not begun: call reset before the next step")
        if action not in self.action_space:
            raise ValueError(f"the action is {action!r}: give the number of a post, 0 to {self.k - 1}")
        return int(action)


class PostsCopies:
    """Copies of the posts for many runs at once, each with a problem of its own.

    Attributes:
        n_states, n_actions: sizes of the world.
        has_episodes, has_regret: what can be learned over, and what is known of each step.
        best, regret: of the last step, (n_runs,): whether no other post had a higher value, and how much the
            best value was above that of the post taken.
    """

    n_states = 1
    has_episodes, has_regret = False, True

    def __init__(self, world: PostsEnv, n_runs: int, rng: np.random.Generator):
        self.rng, self.wear, self.n_actions = rng, world.wear, world.k
        self.values = world.first_values(rng, n_runs)
        self._best_value = self.values.max(axis=1)
        self._run = np.arange(n_runs)

    def start(self, n: int) -> int:
        """Return the state in which `n` episodes begin: there is one."""
        return 0

    def step(
        self, runs: np.ndarray, state: np.ndarray, action: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Scratch a post in every run; return next state, reward and whether it is terminal, (n_runs,)."""
        value = self.values[self._run, action]
        self.best, self.regret = value == self._best_value, self._best_value - value
        reward = value + self.rng.standard_normal(action.size)
        if self.wear:
            self.values += self.wear * self.rng.standard_normal(self.values.shape)
            self._best_value = self.values.max(axis=1)
        return state, reward, np.zeros(action.size, dtype=bool)


def _check_values(values: Sequence[float], k: int | None) -> np.ndarray:
    try:
        numbers = np.array(values, dtype=float)
    except (TypeError, ValueError):
        numbers = np.array(np.nan)
    if numbers.ndim != 1 or len(numbers) < 2 or not np.isfinite(numbers).all():
        raise ValueError(
            f"values are {values!r}: give at least two finite numbers, the mean treats of each post"
        )
    if k is not None and k != len(numbers):
        raise ValueError(f"k is {k!r}, and there are {len(numbers)} values: give one value a post, or no k")
    return numbers


def _check_wear(wear: float) -> float:
    if not isinstance(wear, Real) or not isfinite(wear) or wear < 0:
        raise ValueError(
            f"wear is {wear!r}: give the standard deviation of a value's step, a finite number of at least 0"
        )
    return float(wear)
