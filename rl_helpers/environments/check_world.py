"""What a first environment usually has wrong, in words."""

import copy
import inspect
import warnings
from math import isfinite

import gymnasium as gym
import numpy as np

from rl_helpers.arguments import count
from rl_helpers.environments.walks import (
    SHARED,
    comparable,
    differ,
    inside,
    random_walk,
    shares_with_copies,
)
from rl_helpers.worlds.wrappers import has_time_limit

FIVE = "observation, reward, terminated, truncated, info"
USUAL = 3_000  # random steps; more only while no end was seen and no time limit makes one
PICTURES = {"rgb_array": "an array (height, width, 3) of uint8", "ansi": "a text"}


def check_world(env, *, n_steps=100_000, seed=0):
    """Return what is wrong with a world, a sentence each: an empty list where nothing was found.

    Gymnasium's `check_env` asks whether a world keeps to the interface, and stops at the first fault. This
    one also looks at what happens in random steps, and says what to do. It finds usual mistakes, not all.

    Args:
        env: a Gymnasium environment. It is reset and stepped.
        n_steps: random steps within which an episode has to end.
        seed: of the random steps.

    Returns:
        A list of sentences.

    Raises:
        TypeError: if `env` is no `gymnasium.Env`.

    >>> check_world(gym.make("FrozenLake-v1"))
    []
    """
    if not isinstance(env, gym.Env):
        raise TypeError(
            f"env is {env!r}, expected an environment: an instance of class MyWorld(gymnasium.Env)"
        )
    n_steps = count("n_steps", n_steps)
    world = inside(env)
    if found := _spaces(world):
        return found
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Gymnasium warns of is said here in other words
        walk = _Walk(world, seed)
        limited = has_time_limit(env)
        if walk.play(min(n_steps, USUAL) if limited else n_steps):
            walk.look_at_ends(limited, n_steps)
            walk.look_at_seeds()
            walk.look_at_picture()
    return walk.found


def _spaces(world):
    return [
        f"{name} is {getattr(world, name, None)!r}: set self.{name} in __init__, such as "
        "gymnasium.spaces.Discrete(8)"
        for name in ("observation_space", "action_space")
        if not isinstance(getattr(world, name, None), gym.Space)
    ]


class _Walk:
    """Random steps through a world, and what was found wrong on the way."""

    def __init__(self, world, seed):
        self.world, self.seed, self.found = world, seed, []
        self.actions = copy.deepcopy(world.action_space)
        self.actions.seed(seed)
        self.lasted, self.ends = 0, []  # (length, terminated, reward at the end) of every episode
        self.rewards = []  # of steps that ended nothing

    def say(self, sentence):
        """Note a sentence, once."""
        if sentence not in self.found:
            self.found.append(sentence)

    def play(self, n_steps, n_episodes=20):
        """Take random steps, and return whether the world could be walked through to the last of them."""
        observation = self.begin(seed=self.seed)
        for number in range(n_steps):
            if self.ends and number >= USUAL:
                break
            if self.found:
                return False  # one fault brings others: the first ones are to be mended first
            before, was = observation, comparable(copy.deepcopy(observation))
            outcome = self.step()
            if outcome is None:
                return False
            observation, reward, terminated, truncated = outcome
            self.look_at_same_array(before, was)
            if terminated or truncated:
                self.ends.append((self.lasted, terminated, reward))
                if terminated and len(self.ends) == 1:
                    self.look_behind_the_end()
                if len(self.ends) == n_episodes:
                    break
                observation = self.begin()
            else:
                self.rewards.append(reward)
        return not self.found

    def begin(self, **seed):
        """Reset the world and return the observation."""
        self.lasted = 0
        if seed and not _takes_seed(self.world.reset):
            self.say("reset takes no seed: write `def reset(self, *, seed=None, options=None)`")
            return None
        try:
            outcome = self.world.reset(**seed)
        except Exception as error:  # whatever a learner's code raises
            self.say(f"reset raised {type(error).__name__}: {error}")
            return None
        if type(outcome) is not tuple or len(outcome) != 2:
            self.say(
                f"reset returned {_short(outcome)}, expected an observation and a dictionary: end it with "
                "`return observation, {}`"
            )
            return None
        observation, info = outcome
        self.look_at_observation("reset", observation)
        self.look_at_info("reset", info)
        return observation

    def step(self):
        """Take a random step; return observation, reward and flags, or None where they cannot be used."""
        action = self.actions.sample()
        self.lasted += 1
        try:
            outcome = self.world.step(action)
        except Exception as error:
            self.say(f"step({action!r}) raised {type(error).__name__}: {error}")
            return None
        if type(outcome) is not tuple or len(outcome) != 5:
            n = f"{len(outcome)} values" if isinstance(outcome, tuple) else _short(outcome)
            old = ": split `done` in terminated and truncated" if n == "4 values" else ""
            self.say(f"step returned {n}, expected five: {FIVE}{old}")
            return None
        observation, reward, terminated, truncated, info = outcome
        self.look_at_observation("step", observation)
        self.look_at_info("step", info)
        if np.shape(reward) != () or not isinstance(reward, int | float | np.number | np.bool_ | np.ndarray):
            self.say(f"reward is {_short(reward)}, expected one number: return float(…)")
            return None
        if not isfinite(reward):
            self.say(f"reward is {reward}, expected a finite number: look for a division by zero")
        for name, flag in (("terminated", terminated), ("truncated", truncated)):
            if not isinstance(flag, bool | np.bool_):
                self.say(f"{name} is {_short(flag)}, expected True or False: return bool(…)")
        return None if self.found else (observation, float(reward), bool(terminated), bool(truncated))

    def look_at_observation(self, method, observation):
        """An observation is in the space."""
        space = self.world.observation_space
        if space.contains(observation):
            return
        is_array = isinstance(observation, np.ndarray)
        if is_array and space.dtype is not None and observation.dtype != space.dtype:
            with np.errstate(all="ignore"):
                if space.contains(observation.astype(space.dtype)):
                    self.say(
                        f"{method} returned an observation of dtype {observation.dtype}, and "
                        f"observation_space says {space.dtype}: return it with .astype(np.{space.dtype})"
                    )
                    return
        self.say(
            f"{method} returned the observation {_short(observation)}, which is not in observation_space "
            f"{space}: make the space larger, or look where the state leaves it"
        )

    def look_at_info(self, method, info):
        """The last value is a dictionary."""
        if not isinstance(info, dict):
            self.say(f"{method} returned {_short(info)} as info, expected a dictionary: return {{}} at least")

    def look_at_same_array(self, before, was):
        """What was returned stays as it was."""
        if comparable(before) != was:
            self.say(
                "an observation changed after it was returned: step writes into the same array, so state and "
                "next state are one; return a copy, with .copy()"
            )

    def look_behind_the_end(self):
        """Nothing is to be earned after the end."""
        try:
            states = [copy.deepcopy(self.world) for _ in range(10)]
        except Exception:
            states = []  # what cannot be copied would go on from here
        for state in states:
            try:
                _, reward, terminated, *_ = state.step(self.actions.sample())
            except Exception:
                continue  # refusing is right
            if not terminated and float(reward) > 0:
                self.say(
                    f"the episode goes on after its end: a step behind it returned terminated=False and a "
                    f"reward of {float(reward):g}; keep in the state that it is over, and return "
                    "terminated=True"
                )
                return

    def look_at_ends(self, has_limit, n_steps):
        """Episodes end, and success is no time limit."""
        if not self.ends and not has_limit:
            self.say(
                f"no episode ended within {n_steps:,} random steps, and there is no time limit: return "
                "terminated=True where it is over, or make it with max_episode_steps=…"
            )
        lengths = {length for length, _, _ in self.ends}
        never = not any(terminated for _, terminated, _ in self.ends)
        if never and len(lengths) > 1:
            least = min(reward for *_, reward in self.ends)
            if least > max(self.rewards, default=least):
                self.say(
                    "truncated seems to say that the aim is reached: it came after different numbers of "
                    "steps, with a higher reward than any other step, and terminated never; success is an "
                    "end, so return terminated=True, and keep truncated for a time limit"
                )

    def look_at_seeds(self):
        """The same seed brings the same episodes."""
        first, second = (random_walk(self.world, self.seed, 300) for _ in range(2))
        if differ(first, second):
            self.say(
                "the same seed gave other episodes: begin reset with super().reset(seed=seed), draw all "
                "chance from self.np_random, and set back everything that an episode changes"
            )
        elif shares_with_copies(self.world, self.seed):
            self.say(SHARED)

    def look_at_picture(self):
        """There is something to see where it was asked for."""
        expected = PICTURES.get(mode := getattr(self.world, "render_mode", None))
        if expected is None:
            return
        try:
            picture = self.world.render()
        except Exception as error:
            self.say(f"render raised {type(error).__name__}: {error}")
            return
        right = isinstance(picture, str) if mode == "ansi" else _is_picture(picture)
        if not right:
            self.say(f'render returned {_short(picture)} with render_mode="{mode}": return {expected}')


def _is_picture(picture):
    return (
        isinstance(picture, np.ndarray)
        and picture.dtype == np.uint8
        and picture.ndim == 3
        and picture.shape[-1] == 3
    )


def _takes_seed(reset):
    parameters = inspect.signature(reset).parameters.values()
    return any(each.name == "seed" or each.kind is each.VAR_KEYWORD for each in parameters)


def _short(value):
    words = repr(value)
    return words if len(words) <= 80 else f"{words[:79]}…"
