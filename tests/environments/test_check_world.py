"""One planted world for every sentence, and none for the worlds that are right."""

import re

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.environments import check_world

TOY_TEXT = ("Blackjack-v1", "FrozenLake-v1", "FrozenLake8x8-v1", "CliffWalking-v1", "Taxi-v4")
CLASSIC = (
    *("CartPole-v0", "CartPole-v1", "MountainCar-v0", "MountainCarContinuous-v0"),
    *("Pendulum-v1", "Acrobot-v1"),
)
BOB = ("Bob/Room-v0", "Bob/ContinuousRoom-v0", "Bob/Posts-v0", "Bob/Maze-v0")


class Lift(gym.Env):
    """Four floors; the top one is the aim. Each fault is planted by a subclass."""

    metadata = {"render_modes": ["rgb_array", "ansi"]}  # noqa: RUF012

    def __init__(self, render_mode=None):
        self.observation_space = gym.spaces.Discrete(4)
        self.action_space = gym.spaces.Discrete(2)
        self.render_mode = render_mode

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.floor = int(self.np_random.integers(3))
        return self.floor, {}

    def step(self, action):
        if self.np_random.random() < 0.9:
            self.floor = max(0, min(3, self.floor + (1 if action else -1)))
        return self.floor, float(self.floor == 3), self.floor == 3, False, {}

    def render(self):
        return str(self.floor) if self.render_mode == "ansi" else np.zeros((2, 2, 3), dtype=np.uint8)


def lift(name=None, **methods):
    """A lift with other methods."""
    return type("Lift", (Lift,), methods)()


def changed(place, value):
    """Return a `step` whose result differs in one place."""

    def step(self, action):
        outcome = list(Lift.step(self, action))
        outcome[place] = value(outcome[place]) if callable(value) else value
        return tuple(outcome)

    return step


class Array(Lift):
    """A lift that is observed as an array."""

    def __init__(self, copies, dtype):
        super().__init__()
        self.observation_space = gym.spaces.Box(0, 3, (1,), np.float32)
        self.seen, self.copies = np.zeros(1, dtype), copies

    def reset(self, *, seed=None, options=None):
        self.seen[:] = super().reset(seed=seed)[0]
        return (self.seen.copy() if self.copies else self.seen), {}

    def step(self, action):
        floor, *rest = super().step(action)
        self.seen[:] = floor
        return (self.seen.copy() if self.copies else self.seen), *rest


def old_reset(self):
    return Lift.reset(self)


def bare_reset(self, *, seed=None, options=None):
    return Lift.reset(self, seed=seed)[0]


def pair_reset(self, *, seed=None, options=None):
    return Lift.reset(self, seed=seed)[0], 7


def unseeded_reset(self, *, seed=None, options=None):
    return Lift.reset(self)


def raising_reset(self, *, seed=None, options=None):
    raise RuntimeError("the lift is stuck")


def raising_step(self, action):
    raise RuntimeError("the lift is stuck")


def four(self, action):
    floor, reward, over, _, info = Lift.step(self, action)
    return floor, reward, over, info


def succeeds_by_truncating(self, action):
    floor, reward, over, _, info = Lift.step(self, action)
    return floor, reward, False, over, info


def pays_on(self, action):
    if self.floor == 3:  # the aim was reached before, and pays again
        self.floor = 1
        return 1, 1.0, False, False, {}
    return Lift.step(self, action)


def counts_on(self, action):
    """Costs add up, and no reset takes them back."""
    self.costs = getattr(self, "costs", 0) + 1
    floor, _, *rest = Lift.step(self, action)
    return floor, -self.costs, *rest


def no_spaces(self):
    self.action_space = gym.spaces.Discrete(2)


def above(self, action):
    floor, *rest = Lift.step(self, action)
    return floor + 1, *rest


PLANTED = {
    r"step returned 4 values, expected five.*split `done`": lift(step=four),
    r"step returned 3, expected five": lift(step=lambda self, action: 3),
    r"step\(.*\) raised RuntimeError: the lift is stuck": lift(step=raising_step),
    r"reset raised RuntimeError: the lift is stuck": lift(reset=raising_reset),
    r"reset takes no seed: write `def reset\(self, \*, seed=None": lift(reset=old_reset),
    r"reset returned \d, expected an observation and a dictionary": lift(reset=bare_reset),
    r"reset returned 7 as info, expected a dictionary": lift(reset=pair_reset),
    r"step returned None as info, expected a dictionary": lift(step=changed(4, None)),
    r"reward is array\(\[.*\]\), expected one number": lift(step=changed(1, lambda r: np.array([r]))),
    r"reward is None, expected one number": lift(step=changed(1, None)),
    r"reward is nan, expected a finite number": lift(step=changed(1, np.nan)),
    r"terminated is 1, expected True or False": lift(step=changed(2, 1)),
    r"truncated is None, expected True or False": lift(step=changed(3, None)),
    r"step returned the observation 4, which is not in observation_space Discrete\(4\)": lift(step=above),
    r"no episode ended within 100,000 random steps, and there is no time limit": lift(step=changed(2, False)),
    r"the same seed gave other episodes: begin reset with super": lift(reset=unseeded_reset),
    r"the same seed gave other episodes: .* set back everything": lift(step=counts_on),
    r"truncated seems to say that the aim is reached": lift(step=succeeds_by_truncating),
    r"the episode goes on after its end: .* reward of 1": lift(step=pays_on),
    r"dtype float64, and observation_space says float32: .*astype\(np.float32\)": Array(True, np.float64),
    r"an observation changed after it was returned: .*\.copy\(\)": Array(False, np.float32),
    r"observation_space is None: set self.observation_space": lift(__init__=no_spaces),
}


@pytest.mark.parametrize("sentence", PLANTED)
def test_what_is_planted_is_said_and_nothing_else(sentence):
    (said,) = check_world(PLANTED[sentence])
    assert re.search(sentence, said)


@pytest.mark.parametrize("mode", ["rgb_array", "ansi"])
@pytest.mark.parametrize("picture", [None, np.zeros((2, 2, 3)), np.zeros((2, 2), dtype=np.uint8), 3])
def test_a_picture_that_is_none_is_said(mode, picture):
    blind = type("Lift", (Lift,), {"render": lambda self: picture})(render_mode=mode)
    (sentence,) = check_world(blind)
    assert sentence.startswith("render returned ")
    assert f'with render_mode="{mode}": return a' in sentence


def test_a_picture_that_fails_is_said():
    def fails(self):
        raise RuntimeError("no ink")

    assert check_world(type("Lift", (Lift,), {"render": fails})(render_mode="ansi")) == [
        "render raised RuntimeError: no ink"
    ]


@pytest.mark.parametrize("seed", range(20))
def test_worlds_that_are_right_bring_no_sentence(seed):
    assert check_world(Lift(), seed=seed) == []
    assert check_world(Lift("ansi"), seed=seed) == check_world(Lift("rgb_array"), seed=seed) == []
    assert check_world(Array(True, np.float32), seed=seed) == []


@pytest.mark.parametrize("env_id", [*TOY_TEXT, *CLASSIC, *BOB])
@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.filterwarnings("ignore:.*out of date")
def test_gymnasiums_worlds_and_bobs_are_right(env_id, seed):
    assert check_world(gym.make(env_id), seed=seed) == []


def test_a_time_limit_is_an_end():
    endless = lift(step=changed(2, False))
    assert check_world(gym.wrappers.TimeLimit(endless, 50)) == []


def test_truncating_after_the_same_time_is_a_time_limit():
    """A world that counts for itself, and pays in the last step, is right."""

    class Shift(Lift):
        def reset(self, *, seed=None, options=None):
            self.time = 0
            return super().reset(seed=seed)

        def step(self, action):
            floor, *_ = super().step(action)
            self.time += 1
            return floor, float(self.time == 8), False, self.time == 8, {}

    assert check_world(Shift()) == []


def test_the_number_of_steps_is_said_and_can_be_chosen():
    (sentence,) = check_world(lift(step=changed(2, False)), n_steps=50)
    assert "within 50 random steps" in sentence


def test_what_is_no_environment_is_refused():
    with pytest.raises(TypeError, match=r"env is <class .*Lift'>, expected an environment: an instance of"):
        check_world(Lift)
