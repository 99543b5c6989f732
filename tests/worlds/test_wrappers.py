"""A world's model is read through wrappers that leave it true, and through no others."""

import inspect
import os
import re

import gymnasium as gym
import numpy as np
import pytest
from gymnasium import wrappers
from gymnasium.envs.toy_text.cliffwalking import CliffWalkingEnv
from gymnasium.envs.toy_text.frozen_lake import FrozenLakeEnv
from gymnasium.envs.toy_text.taxi import TaxiEnv

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import QLearningAgent
from rl_helpers.atari import ClipReward as OurClipReward
from rl_helpers.fast.train_many import train_many as train_together
from rl_helpers.planning import policy_iteration, policy_values, value_iteration
from rl_helpers.training import sweep, train_many
from rl_helpers.worlds.room import RoomEnv
from rl_helpers.worlds.transition_model import models_by_step, transition_model
from rl_helpers.worlds.wrappers import time_limit, world_and_rewards

HARMLESS = {
    "AddWhiteNoise": {"probability_of_noise_per_pixel": 0.5},
    "HumanRendering": {},
    "ObstructView": {"obstructed_pixels_ratio": 0.5, "obstruction_width": 2},
    "OrderEnforcing": {},
    "PassiveEnvChecker": {},
    "RecordEpisodeStatistics": {},
    "RecordVideo": {"disable_logger": True},
    "RenderCollection": {},
    "TimeLimit": {"max_episode_steps": 50},
}
REWARDS_KNOWN = ("ClipReward", "TransformReward")
REFUSED = (
    "AddRenderObservation",
    "AtariPreprocessing",
    "Autoreset",
    "ClipAction",
    "DelayObservation",
    "DiscretizeAction",
    "DiscretizeObservation",
    "DtypeObservation",
    "FilterObservation",
    "FlattenObservation",
    "FrameStackObservation",
    "GrayscaleObservation",
    "MaxAndSkipObservation",
    "NormalizeObservation",
    "NormalizeReward",
    "RepeatAction",
    "RescaleAction",
    "RescaleObservation",
    "ReshapeObservation",
    "ResizeObservation",
    "StickyAction",
    "TimeAwareObservation",
    "TransformAction",
    "TransformObservation",
)
FOR_OTHER_ARRAYS = (
    "ArrayConversion",
    "JaxToNumpy",
    "JaxToTorch",
    "NumpyToTorch",
)  # need what is not installed


def lake(**options):
    return gym.make("FrozenLake-v1", **options)


def test_every_wrapper_of_gymnasium_is_known():
    """A new one must be looked at: does it leave states, actions, rewards and starts alone?"""
    known = {*HARMLESS, *REWARDS_KNOWN, *REFUSED, *FOR_OTHER_ARRAYS}
    assert set(wrappers.__all__) - {"vector"} == known


@pytest.mark.parametrize("name", REFUSED)
def test_wrappers_that_may_change_what_happens_are_refused_by_name(name):
    kind = getattr(wrappers, name)
    env = object.__new__(kind)  # many cannot be put around this world, and must not pass if they could
    env.env = lake()
    for read in (transition_model, models_by_step, world_and_rewards):
        with pytest.raises(TypeError, match=rf"^{name} around FrozenLakeEnv .*leave it out.*`train`.*seeds$"):
            read(env)


def test_wrappers_for_other_arrays_are_not_taken_for_harmless():
    for name in FOR_OTHER_ARRAYS:
        stand_in = type(name, (gym.Wrapper,), {"step": lambda self, action: self.env.step(action)})
        with pytest.raises(TypeError, match=f"^{name} around"):
            transition_model(stand_in(lake()))


@pytest.mark.parametrize("name", HARMLESS)
@pytest.mark.filterwarnings("ignore")  # of recording and rendering
def test_harmless_wrappers_leave_everything_as_it_is(name, tmp_path, monkeypatch):
    monkeypatch.setitem(os.environ, "SDL_VIDEODRIVER", "dummy")
    options = dict(HARMLESS[name])
    if name == "RecordVideo":
        options["video_folder"] = str(tmp_path)
    bare = lake(render_mode="rgb_array")
    env = getattr(wrappers, name)(lake(render_mode="rgb_array"), **options)
    assert played(env) == played(bare)
    env.close()
    for one, other in zip(transition_model(env), transition_model(bare), strict=True):
        assert np.array_equal(one, other)


def played(env):
    """Return states, rewards and ends of three episodes with the same actions."""
    rng, steps = np.random.default_rng(0), []
    for seed in range(3):
        state, _ = env.reset(seed=seed)
        over = False
        while not over:
            steps.append(state)
            state, reward, terminated, truncated, _ = env.step(int(rng.integers(4)))
            steps.append((state, float(reward), terminated, truncated))
            over = terminated or truncated
    return steps


def test_rewards_are_transformed_before_planning():
    env = wrappers.TransformReward(lake(), lambda reward: 10 * reward)
    usual = value_iteration(lake(), 0.9)
    assert value_iteration(env, 0.9) == pytest.approx(10 * usual)
    assert value_iteration(env, 0.9)[14].max() == pytest.approx(10 * usual[14].max())
    assert policy_iteration(env, 0.9) == pytest.approx(10 * usual)
    best = usual.argmax(axis=1)
    assert policy_values(env, best, 0.9) == pytest.approx(10 * policy_values(lake(), best, 0.9))


def test_rewards_are_transformed_before_many_runs():
    """With −1 a step the return of an episode is its success less its length."""
    env = wrappers.TransformReward(lake(is_slippery=False), lambda reward: reward - 1)
    history = train_many(QLearningAgent, env, n_runs=5, n_episodes=300, seed=0, epsilon=1.0)
    success = history.returns + history.lengths
    assert set(success.ravel()) == {0.0, 1.0}


def test_the_innermost_wrapper_comes_first():
    inner = wrappers.TransformReward(lake(), lambda reward: reward + 1)
    env = wrappers.TimeLimit(wrappers.TransformReward(inner, lambda reward: 3 * reward), 7)
    assert set(np.unique(transition_model(env).reward[14])) == {3.0, 6.0}
    assert time_limit(env) == 7


def test_rewards_are_clipped():
    env = wrappers.ClipReward(gym.make("Taxi-v4"), min_reward=-2, max_reward=5)
    assert np.unique(transition_model(env).reward).tolist() == [-2.0, -1.0, 5.0]
    one_sided = wrappers.ClipReward(gym.make("Taxi-v4"), max_reward=5)
    assert np.unique(transition_model(one_sided).reward).tolist() == [-10.0, -1.0, 5.0]


def test_a_function_with_chance_or_memory_is_refused():
    rng = np.random.default_rng(0)
    for function in (lambda reward: reward + rng.normal(), RoomEnv.__init__, int.__add__):
        with pytest.raises(TypeError, match=r"^the function of TransformReward .*alone, or .*`train`"):
            value_iteration(wrappers.TransformReward(lake(), function), 0.9)


def test_a_function_that_fails_for_a_reward_is_named_with_its_place():
    env = wrappers.TransformReward(lake(), lambda reward: 1 / reward)
    with pytest.raises(ValueError, match=r"FrozenLakeEnv.P\[0\]\[0\] has the reward 0, .*division by zero"):
        transition_model(env)


class Truncates(gym.Wrapper):
    def step(self, action):
        return *self.env.step(action)[:3], True, {}


class BeginsElsewhere(gym.Wrapper):
    def reset(self, **options):
        self.env.reset(**options)
        self.unwrapped.s = 4
        return 4, {}


class Counts(wrappers.RecordEpisodeStatistics):
    def step(self, action):
        return self.env.step(0)


class ShapedTransform(wrappers.TransformReward):
    def __init__(self, env):
        super().__init__(env, lambda reward: 2 * reward)


@pytest.mark.parametrize("wrapper", [Truncates, BeginsElsewhere, Counts, ShapedTransform, OurClipReward])
def test_wrappers_of_ones_own_are_refused(wrapper):
    message = f"^{wrapper.__name__} around FrozenLakeEnv may change"
    for env in (wrapper(lake()), wrappers.TimeLimit(wrapper(lake()), 9)):
        with pytest.raises(TypeError, match=message):
            value_iteration(env, 0.9)
        with pytest.raises(TypeError, match=message):
            train_together(QLearningAgent, env, n_runs=2, n_episodes=1)
        with pytest.warns(UserWarning, match=f"one by one, which takes longer: {message[1:]}"):
            sweep(QLearningAgent, env, vary={"discount": [0.5]}, seed=0, n_runs=2, n_episodes=1)


def test_a_wrapper_that_only_draws_passes():
    class Smaller(gym.Wrapper):
        def render(self):
            return self.env.render()[::2, ::2]

    assert np.array_equal(value_iteration(Smaller(lake()), 0.9), value_iteration(lake(), 0.9))


def test_a_step_replaced_in_the_wrapper_itself_is_seen():
    env = gym.Wrapper(lake())
    env.step = lambda action: (0, 5.0, False, False, {})
    with pytest.raises(TypeError, match=r"^Wrapper around"):
        transition_model(env)
    tenfold = wrappers.TransformReward(lake(), lambda reward: 10 * reward)
    tenfold.step = env.step
    with pytest.raises(TypeError, match=r"^the function of TransformReward"):
        transition_model(tenfold)
    for harmless in (lake(), wrappers.RecordEpisodeStatistics(lake())):
        harmless.step = env.step
        with pytest.raises(TypeError, match=rf"^{type(harmless).__name__} around"):
            transition_model(harmless)


def test_a_wrapper_that_offers_fewer_actions_is_seen():
    class LeftOrRight(gym.Wrapper):
        def __init__(self, env):
            super().__init__(env)
            self.action_space = gym.spaces.Discrete(2)

    with pytest.raises(
        ValueError, match=r"FrozenLakeEnv.P\[0\] has the action 2, expected numbers from 0 to 1"
    ):
        transition_model(LeftOrRight(lake()))


def test_what_hides_a_world_without_being_a_wrapper_is_refused():
    class Proxy:
        unwrapped = lake().unwrapped

    with pytest.raises(TypeError, match=r"Proxy is no gymnasium.Wrapper, and hides FrozenLakeEnv"):
        transition_model(Proxy())


def test_a_world_with_copies_of_its_own_is_wrapped_by_nothing_they_do_not_know():
    posts = gym.make("Bob/Posts-v0")
    settings = {"n_runs": 2, "n_steps": 5, "seed": 0}
    for env in (wrappers.TransformReward(posts, np.sign), wrappers.StickyAction(posts, 0.5)):
        with pytest.raises(TypeError, match=r"(rewards of PostsEnv|around PostsEnv).*leave it out"):
            train_together(QLearningAgent, env, **settings)
    watched = wrappers.RecordEpisodeStatistics(posts)
    same = [train_many(QLearningAgent, env, **settings).rewards for env in (posts, watched)]
    assert np.array_equal(*same)


def test_the_shortest_of_two_time_limits_counts():
    env = gym.wrappers.TimeLimit(gym.make("FrozenLake-v1", max_episode_steps=9), max_episode_steps=30)
    assert time_limit(env) == 9


TOY_TEXT_OPTIONS = {
    FrozenLakeEnv: {
        "desc": ["SFHF", "FFFG"],
        "map_name": None,
        "is_slippery": False,
        "success_rate": 0.8,
        "reward_schedule": (5, -2, -1),
    },
    CliffWalkingEnv: {"is_slippery": True},
    TaxiEnv: {
        "is_rainy": True,
        "fickle_passenger": True,
        "rainy_probability": 0.5,
        "fickle_probability": 0.9,
    },
}


@pytest.mark.parametrize("kind", TOY_TEXT_OPTIONS)
def test_every_option_of_the_toy_worlds_is_known(kind):
    """A new one must be looked at: does `P` know of it?"""
    options = set(inspect.signature(kind).parameters) - {"render_mode"}
    assert options == set(TOY_TEXT_OPTIONS[kind])


@pytest.mark.parametrize(
    ("kind", "options"),
    [(kind, {}) for kind in TOY_TEXT_OPTIONS]
    + [(kind, {name: value}) for kind, every in TOY_TEXT_OPTIONS.items() for name, value in every.items()]
    + [(TaxiEnv, {"is_rainy": True, "rainy_probability": 0.5}), (FrozenLakeEnv, {"success_rate": 0.0})],
)
def test_all_that_a_toy_world_does_is_in_its_model(kind, options):
    if options.get("fickle_passenger"):
        with pytest.raises(TypeError):
            transition_model(kind(**options))
        return
    env = kind(**options)
    model, rng = transition_model(env), np.random.default_rng(0)
    state, _ = env.reset(seed=0)
    for _ in range(3000):
        action = int(rng.integers(env.action_space.n))
        next_state, reward, terminated, _, info = env.step(action)
        pair = (state, action)
        happened = (model.next_state[pair] == next_state) & (model.reward[pair] == reward)
        happened &= (model.terminated[pair] == terminated) & (model.probability[pair] == info["prob"])
        assert happened.any()
        state = env.reset()[0] if terminated else next_state
        assert not terminated or model.start[state] > 0


def test_a_passenger_who_changes_the_mind_is_refused_by_name():
    fickle = gym.make("Taxi-v4", fickle_passenger=True)
    words = r"passenger of TaxiEnv .*\(fickle_passenger=True\).*`P` does not know.*`train`"
    with pytest.raises(TypeError, match=words):
        value_iteration(fickle, 0.9)
    with pytest.raises(TypeError, match=words):
        train_together(QLearningAgent, fickle, n_runs=2, n_episodes=1)
    never = gym.make("Taxi-v4", fickle_passenger=True, fickle_probability=0.0)
    assert np.array_equal(value_iteration(never, 0.9), value_iteration(gym.make("Taxi-v4"), 0.9))
    now = gym.make("Taxi-v4")
    now.unwrapped.fickle_passenger = True
    with pytest.raises(TypeError, match=words):
        value_iteration(now, 0.9)


class ColdLake(FrozenLakeEnv):
    def step(self, action):
        state, reward, *rest = super().step(action)
        return state, reward - 0.1, *rest


class OtherCliff(CliffWalkingEnv):
    def reset(self, **options):
        self.s = 0
        return 0, {}


class Draught(RoomEnv):
    def step(self, action):
        return super().step(0)


@pytest.mark.parametrize(
    ("kind", "method", "parent"),
    [
        (ColdLake, "step", "FrozenLakeEnv"),
        (OtherCliff, "reset", "CliffWalkingEnv"),
        (Draught, "step", "RoomEnv"),
    ],
)
def test_a_known_world_with_a_step_of_its_own_is_refused(kind, method, parent):
    with pytest.raises(TypeError, match=f"^{kind.__name__} has a {method} of its own in place of {parent}'s"):
        transition_model(kind())


def test_a_known_world_with_a_model_of_its_own_is_read():
    class PaidLake(FrozenLakeEnv):
        def __init__(self):
            super().__init__(is_slippery=False)
            self.P[14][2] = [(1.0, 15, 7.0, True)]

    assert value_iteration(PaidLake(), 0.9)[14, 2] == 7.0


def test_a_step_replaced_in_the_world_itself_is_seen():
    env = lake()
    env.unwrapped.step = lambda action: (0, 5.0, False, False, {})
    with pytest.raises(TypeError, match=re.escape("FrozenLakeEnv has a step of its own")):
        transition_model(env)
