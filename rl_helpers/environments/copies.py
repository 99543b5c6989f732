"""Copies of a world in the middle of an episode, which all draw their chance from one generator."""

import copy
import random

import gymnasium as gym
import numpy as np

from rl_helpers.worlds.wrappers import WITHOUT_EFFECT

GENERATORS = (np.random.Generator, np.random.RandomState, random.Random)


class Copier:
    """Copies worlds; a copy shares what never changes, and the generators here.

    Args:
        env: the environment of which copies are wanted. It is left as it is.
        seed: of all chance in the copies.

    Raises:
        TypeError: if it cannot be copied.
    """

    def __init__(self, env, seed):
        self.name = type(env.unwrapped).__name__
        self._generators = np.random.default_rng(seed), np.random.RandomState(seed), random.Random(seed)
        self._held = set()  # kinds of generators that the world holds
        if isinstance(env.unwrapped, gym.utils.EzPickle):
            raise TypeError(
                f"a copy of {self.name} begins anew (it is an EzPickle), and exploring needs copies in the "
                "middle of an episode: train with `train_many`, which needs none"
            )
        self._shared = {id(each): each for each in (*self._generators, *_unchanging(env))}
        try:
            self.env = _without_effect(copy.deepcopy(env, dict(self._shared)))
        except Exception as error:
            raise TypeError(
                f"{self.name} cannot be copied ({error}), and exploring tries every action in a copy: make "
                "it without render_mode, or train with `train_many`, which needs no model"
            ) from error

    def copy(self, env):
        """Return a copy of a copy."""
        return copy.deepcopy(env, dict(self._shared))

    def begun(self, seed):
        """Return the first observation of an episode, and a copy that is there."""
        observation, _ = self._reset(seed)
        found = {}  # what the copying met, by the identity of the original
        copy.deepcopy(self.env, memo := dict(self._shared))
        for identity, twin in memo.items():
            for kind, ours in zip(GENERATORS, self._generators, strict=True):
                if isinstance(twin, kind) and identity not in self._shared:
                    found[identity] = ours
                    self._held.add(kind)
        return observation, copy.deepcopy(self.env, self._shared | found)

    def _reset(self, seed):
        try:
            outcome = self.env.reset(seed=seed)
        except TypeError as error:
            if "seed" not in str(error):
                raise
            raise TypeError(
                f"reset of {self.name} takes no seed ({error}): write `def reset(self, *, seed=None, "
                "options=None)`"
            ) from error
        if type(outcome) is not tuple or len(outcome) != 2:
            raise TypeError(
                f"reset of {self.name} returned {outcome!r}, expected an observation and a dictionary: "
                "rl_helpers.environments.check_world(env) says what to mend"
            )
        return outcome

    def chance(self):
        """Return something that differs from before if chance was asked in between."""
        modern, old, plain = self._generators
        # The states of the older two are copied to be looked at, which takes longer than many a step.
        held_old, held_plain = (kind in self._held for kind in GENERATORS[1:])
        return (
            modern.bit_generator.state,
            old.get_state()[2] if held_old else None,
            plain.getstate()[1][-1] if held_plain else None,
        )

    def check_global(self, call):
        """Return what a call returns.

        Raises:
            TypeError: if it draws from a generator that all of the program shares.
        """
        before = np.random.get_state()[1:3], random.getstate()  # noqa: NPY002 (looked at, not drawn from)
        outcome = call()
        after = np.random.get_state()[1:3], random.getstate()  # noqa: NPY002
        if before[1] != after[1] or before[0][1] != after[0][1] or (before[0][0] != after[0][0]).any():
            raise TypeError(
                f"{self.name} draws from a generator that all of the program shares, so no seed fixes what "
                "it does: draw all chance from self.np_random"
            )
        return outcome


def _unchanging(env):
    """Return what all copies may share: spaces, specifications, and a table that is there already."""
    parts = []
    while True:
        parts += [getattr(env, name, None) for name in ("observation_space", "action_space", "spec", "P")]
        parts += [value for value in vars(env).values() if isinstance(value, gym.Space)]
        if not isinstance(env, gym.Wrapper):
            return [part for part in parts if part is not None]
        env = env.env


def _without_effect(env):
    """Return an environment without the wrappers that only look on, and without time limits."""
    while type(env) in WITHOUT_EFFECT:
        env = env.env
    outer = env
    while isinstance(outer, gym.Wrapper):
        while type(outer.env) in WITHOUT_EFFECT:
            outer.env = outer.env.env
        outer = outer.env
    return env
