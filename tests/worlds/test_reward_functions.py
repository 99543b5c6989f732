"""Of which functions it is certain that equal rewards stay equal, and of which it is not."""

import functools
import math
import time

import numpy as np
import pytest

from rl_helpers.worlds.reward_functions import is_pure

SCALE, SCALES, RNG, SEEN = 2.0, [2.0], np.random.default_rng(0), []


def closed_over(value):
    return lambda reward: reward * value


def shaped(reward, *, bonus=0.5):
    if reward > 0:
        return math.sqrt(reward) + bonus
    lowest = np.clip(reward, -1.0, None)
    return float(lowest) if lowest > -math.pi else -np.inf


def growing():
    total = 0

    def add(reward):
        nonlocal total
        total += reward
        return total

    return add


def remembering(reward):
    global SCALE
    SCALE = reward
    return reward


def generating(reward):
    yield reward


async def waiting(reward):
    return reward


def importing(reward):
    import random

    return random.random()


def unfilled():
    def early(reward):
        return reward * later

    if False:
        later = 1
    return early


@pytest.mark.parametrize(
    "function",
    [
        lambda reward: 10 * reward,
        lambda reward: reward - 1,
        lambda reward: max(-1.0, min(reward, 1.0)),
        lambda reward: 1.0 if reward > 0 else -0.01,
        lambda reward: SCALE * reward,
        lambda reward: np.tanh(reward) + math.exp(-abs(reward)),
        lambda reward: np.sign(reward),
        lambda reward: 0,
        closed_over(3),
        closed_over(np.float32(3)),
        closed_over((1, 2)),
        shaped,
        np.sign,
        math.floor,
        float,
        abs,
    ],
)
def test_certain_functions(function):
    assert is_pure(function)


@pytest.mark.parametrize(
    "function",
    [
        lambda reward: reward + RNG.random(),
        lambda reward: reward + np.random.random(),  # noqa: NPY002
        lambda reward: SCALES[0] * reward,
        lambda reward: SEEN.append(reward) or reward,
        lambda reward: reward * time.time(),
        lambda reward: print(reward),
        lambda reward, seen=[]: len(seen),
        lambda reward, *, rng=RNG: reward,
        lambda reward: shaped(reward),
        lambda reward: (lambda: reward)(),
        lambda reward: nowhere,  # noqa: F821
        lambda reward: reward.tofile("film"),
        lambda reward: reward.real,
        lambda reward: np.save,
        closed_over(SCALES),
        closed_over(np.ones(2)),
        closed_over((1, SCALES)),
        growing(),
        remembering,
        generating,
        waiting,
        importing,
        unfilled(),
        functools.partial(np.clip, a_min=0, a_max=1),
        np.random.default_rng(0).normal,
        SEEN.append,
        np.ones,
        np.vectorize(abs),
        print,
    ],
)
def test_functions_of_which_it_is_not_certain(function):
    assert not is_pure(function)
