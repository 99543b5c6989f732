"""Several whole numbers as one, there and back."""

import copy
import pickle

import gymnasium as gym
import numpy as np
import pytest
from gymnasium import spaces

from rl_helpers.environments import RavelObservation

COUNTABLE = {
    "Discrete from 1": (spaces.Discrete(3, start=1), [(1,), (2,), (3,)]),
    "MultiDiscrete": (spaces.MultiDiscrete([2, 3]), [(a, b) for a in range(2) for b in range(3)]),
    "MultiDiscrete from elsewhere": (
        spaces.MultiDiscrete([2, 2], start=[5, -1]),
        [(5, -1), (5, 0), (6, -1), (6, 0)],
    ),
    "MultiBinary": (spaces.MultiBinary(2), [(0, 0), (0, 1), (1, 0), (1, 1)]),
    "Box of whole numbers": (
        spaces.Box(np.array([0, -1]), np.array([1, 0]), dtype=np.int32),
        [(0, -1), (0, 0), (1, -1), (1, 0)],
    ),
    "Tuple": (
        spaces.Tuple([spaces.Discrete(2), spaces.MultiBinary(1)]),
        [(0, 0), (0, 1), (1, 0), (1, 1)],
    ),
    "Dict": (
        spaces.Dict({"b": spaces.Discrete(2, start=1), "a": spaces.Discrete(2)}),
        [(0, 1), (0, 2), (1, 1), (1, 2)],
    ),
}


class Shows(gym.Env):
    """A world that shows one sample of a space after the other."""

    action_space = spaces.Discrete(1)

    def __init__(self, space):
        self.observation_space = space

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.observation_space.seed(seed)
        return self.observation_space.sample(), {}

    def step(self, action):
        return self.observation_space.sample(), 0.0, False, False, {}


def flat(observation):
    if isinstance(observation, dict):
        return tuple(value for key in sorted(observation) for value in flat(observation[key]))
    if isinstance(observation, tuple):
        return tuple(value for part in observation for value in flat(part))
    return tuple(np.ravel(observation).tolist())


@pytest.mark.parametrize("name", COUNTABLE)
def test_numbers_count_all_observations_in_order_and_lead_back(name):
    space, values = COUNTABLE[name]
    env = RavelObservation(Shows(space))
    assert env.observation_space == spaces.Discrete(len(values))
    assert [env.revert_observation(number) for number in range(len(values))] == values
    env.reset(seed=0)
    seen = set()
    for _ in range(100):
        number, *_ = env.step(0)
        assert type(number) is int
        seen.add(number)
    assert seen == set(range(len(values)))
    for _ in range(20):
        sample = space.sample()
        assert env.revert_observation(env.observation(sample)) == flat(sample)


def test_what_is_not_countable_is_refused_with_what_helps():
    fraction, own = r"Box.*DiscretizeObservation, or with .*Numb", r"StateSpace\(function, sizes\)"
    for space, words in (
        (spaces.Box(0, 1), fraction),
        (spaces.Box(0, np.inf, dtype=np.int64), fraction),
        (spaces.Tuple([spaces.Discrete(2), spaces.Box(0, 1)]), own),
        (spaces.Text(3), own),
        (spaces.Sequence(spaces.Discrete(3)), own),
    ):
        with pytest.raises(TypeError, match=rf"observations of Shows are .*{words}"):
            RavelObservation(Shows(space))


def test_more_rows_than_can_be_counted_are_refused_by_their_number():
    picture = spaces.Box(0, 255, (20, 20, 3), np.uint8)
    with pytest.raises(ValueError, match=r"Shows can show about 10\^2889 different .*function, sizes\)"):
        RavelObservation(Shows(picture))


@pytest.mark.parametrize("shown", ["left", None, 1.0, np.array([1, 1, 1]), {"a": 1}])
def test_what_is_no_such_observation_is_named(shown):
    env = RavelObservation(Shows(COUNTABLE["MultiDiscrete"][0]))
    with pytest.raises(ValueError, match=r"the observation .* is not in MultiDiscrete"):
        env.observation(shown)


@pytest.mark.parametrize("outside", [(2, 0), (-1, 0), (0, 3)])
def test_an_observation_outside_the_space_is_not_taken_for_another(outside):
    env = RavelObservation(Shows(COUNTABLE["MultiDiscrete"][0]))
    with pytest.raises(ValueError, match=r"is not in MultiDiscrete.*: make the space larger"):
        env.observation(np.array(outside))


def test_it_can_be_made_anew_from_its_specification():
    env = RavelObservation(gym.make("Blackjack-v1"))
    assert gym.make(env.spec).observation_space == env.observation_space


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda env: pickle.loads(pickle.dumps(env))])
def test_it_can_be_copied_and_sent_to_other_processes(copied):
    env = copied(RavelObservation(gym.make("Blackjack-v1")))
    assert env.observation((14, 10, 0)) == 328
