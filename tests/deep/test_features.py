"""Features stand in place of an observation's numbers, and products tell places, headings and flags apart."""

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.deep import FourierFeatures, PPOAgent, ReinforceAgent
from rl_helpers.training import train_many

ROOM = gym.make("Bob/ContinuousRoom-v0")
SPACE = ROOM.observation_space
FEATURES = FourierFeatures(SPACE, 3, angles=(2,), flags=(3,))


def test_features_are_the_products_of_waves_turns_and_sides():
    rng = np.random.default_rng(0)
    seen = rng.uniform(SPACE.low, SPACE.high, size=(5, 4))
    seen[:, 3] = rng.integers(2, size=5)
    features = FEATURES(seen)
    assert features.shape == (5, 4 * 4 * 3 * 2)
    for (x, y, heading, treat), row in zip(seen, features, strict=True):
        expected = [
            np.cos(np.pi * i * x / 8) * np.cos(np.pi * j * y / 6) * turn * side
            for i in range(4)
            for j in range(4)
            for turn in (1, np.cos(heading), np.sin(heading))
            for side in (treat, 1 - treat)
        ]
        np.testing.assert_allclose(row, expected, atol=1e-6)


def test_bounds_that_do_not_begin_at_0_and_several_axes_before_the_last_are_kept():
    features = FourierFeatures(gym.spaces.Box(np.float32([-1]), np.float32([3])), 2)
    ends = features(np.array([[[-1.0]], [[1.0]], [[3.0]]], dtype=np.float32))
    assert ends.dtype == np.float32
    np.testing.assert_allclose(ends, [[[1, 1, 1]], [[1, 0, -1]], [[1, -1, 1]]], atol=1e-6)


def test_an_agent_sees_the_features_and_learns_their_scale_if_asked_to():
    settings = {"features": FEATURES, "hidden": (), "n_envs": 2, "rollout_steps": 8, "n_batches": 2}
    history = train_many(
        PPOAgent, ROOM, n_runs=2, n_steps=48, seed=0, standardise_observations=True, **settings
    )
    assert history.agent.parameters.policy.weights[0].shape == (2, 96, 3)
    assert history.agent.moments.mean.shape == (2, 96)
    agent = PPOAgent(SPACE, ROOM.action_space, **settings)
    seen = ROOM.reset(seed=0)[0]
    np.testing.assert_allclose(agent.see(seen[None, None])[0, 0], FEATURES(seen), atol=1e-6)
    assert ROOM.action_space.contains(agent.act(seen))


@pytest.mark.parametrize(
    ("features", "hidden", "stays"), [(FEATURES, (), True), (FEATURES, (4,), False), (None, (), False)]
)
def test_the_offset_of_a_linear_policy_of_features_stays(features, hidden, stays):
    history = train_many(
        PPOAgent, ROOM, n_runs=2, n_steps=48, seed=0, features=features, hidden=hidden, n_envs=2,
        rollout_steps=8, n_batches=2, first_action=(0.8, 0.0, 0.25),
    )  # fmt: skip
    policy = history.agent.parameters.policy
    assert np.allclose(policy.biases[-1], (0.8, 0.0, -0.5)) == stays
    assert (policy.weights[-1] != 0).all()


def test_what_features_cannot_take_is_refused():
    with pytest.raises(TypeError, match="expected a Box of one axis"):
        FourierFeatures(gym.spaces.Discrete(3), 2)
    with pytest.raises(ValueError, match="each place from 0 to 3 once at most"):
        FourierFeatures(SPACE, 2, angles=(3,), flags=(3,))
    with pytest.raises(ValueError, match="each place from 0 to 3 once at most"):
        FourierFeatures(SPACE, 2, angles=(4,))
    with pytest.raises(ValueError, match="without bounds is no length"):
        FourierFeatures(gym.make("CartPole-v1").observation_space, 2)
    with pytest.raises(ValueError, match="order"):
        FourierFeatures(SPACE, 0)
    room = gym.make("Bob/Room-v0")
    with pytest.raises(TypeError, match="here states are Discrete"):
        ReinforceAgent(room.observation_space, room.action_space, features=FEATURES)


@pytest.mark.parametrize(
    ("features", "hidden", "promises"), [(FEATURES, (), False), (FEATURES, (4,), True), (None, (), True)]
)
def test_a_linear_critic_of_features_promises_nothing_before_it_has_learned(features, hidden, promises):
    agent = PPOAgent(SPACE, ROOM.action_space, features=features, hidden=hidden)
    rng = np.random.default_rng(0)
    values = agent.values(agent.see(rng.uniform(SPACE.low, SPACE.high, size=(1, 9, 4)).astype(np.float32)))
    assert bool(np.abs(values).max() > 0.01) == promises
