"""Which vector environment an environment becomes, and what none can be made of."""

import threading

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.envs.classic_control.cartpole import CartPoleVectorEnv
from gymnasium.vector import SyncVectorEnv

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.deep.many.finite import VectorFiniteWorld
from rl_helpers.deep.many.vectors import vector_of
from rl_helpers.worlds.vector import VectorAcrobot, VectorPendulum
from rl_helpers.worlds.vector.continuous_room import VectorContinuousRoom


@pytest.mark.parametrize(
    ("env_id", "kind", "limit"),
    [
        ("CartPole-v1", CartPoleVectorEnv, 500),
        ("Acrobot-v1", VectorAcrobot, 500),
        ("Pendulum-v1", VectorPendulum, 200),
        ("Bob/ContinuousRoom-v0", VectorContinuousRoom, 200),
        ("Bob/Room-v0", VectorFiniteWorld, 100),
        ("FrozenLake-v1", VectorFiniteWorld, 100),
    ],
)
def test_the_fastest_there_is_with_the_time_limit_of_the_single_one(env_id, kind, limit):
    vector = vector_of(gym.make(env_id, render_mode="rgb_array"), 3)
    assert type(vector) is kind
    assert vector.num_envs == 3
    assert vector.max_episode_steps == limit
    assert vector_of(gym.make(env_id, max_episode_steps=7), 3).max_episode_steps == 7


def test_options_of_the_single_world_reach_the_many():
    room = gym.make("Bob/ContinuousRoom-v0", layout="BP", rewards={"step": -1.0})
    vector = vector_of(room, 2)
    vector.reset(seed=0)
    assert vector.single_observation_space == room.observation_space
    assert vector.step(np.zeros((2, 3)))[1].tolist() == [-1.0, -1.0]
    assert vector_of(gym.make("Pendulum-v1", g=3.0), 2).g == 3.0
    assert vector_of(gym.make("CartPole-v1", sutton_barto_reward=True), 2)._sutton_barto_reward


def test_any_other_world_is_made_as_often_as_needed():
    assert type(vector_of(gym.make("MountainCar-v0"), 2)) is SyncVectorEnv
    doubled = gym.wrappers.RescaleObservation(
        gym.make("MountainCarContinuous-v0"), np.float32([-1, -1]), np.float32([1, 1])
    )
    vector = vector_of(doubled, 2)
    assert type(vector) is SyncVectorEnv
    assert vector.single_observation_space == doubled.observation_space


@pytest.mark.parametrize("env_id", ["CartPole-v1", "Acrobot-v1", "FrozenLake-v1", "Bob/Corridor-v0"])
def test_without_a_time_limit_an_episode_is_cut_off_where_run_episode_does(env_id):
    assert vector_of(gym.make(env_id, max_episode_steps=-1), 2).max_episode_steps == 108_000


def test_a_world_that_was_changed_by_hand_is_refused():
    pole = gym.make("CartPole-v1")
    pole.unwrapped.gravity = 1.6
    with pytest.raises(TypeError, match=r"gravity of CartPoleEnv was changed from 9.8 to 1.6"):
        vector_of(pole, 2)
    acrobot = gym.make("Acrobot-v1")
    acrobot.reset(seed=0)
    vector_of(acrobot, 2)
    acrobot.unwrapped.book_or_nips = "nips"
    with pytest.raises(TypeError, match="book_or_nips"):
        vector_of(acrobot, 2)


class Dice(gym.Env):
    """Shows a number by chance; step adds `bonus` to the reward."""

    bonus = 0

    def __init__(self):
        self.observation_space, self.action_space = gym.spaces.Discrete(10**6), gym.spaces.Discrete(2)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        return int(self.np_random.integers(10**6)), {}

    def step(self, action):
        return int(self.np_random.integers(10**6)), float(self.bonus), True, False, {}


def test_a_world_of_ones_own_is_copied_as_it_is_and_every_copy_has_its_own_chance():
    env = Dice()
    env.reset(seed=0)
    env.bonus = 3
    for vector in (vector_of(env, 4), vector_of(gym.wrappers.TimeLimit(env, 5), 4)):
        assert len(set(vector.reset()[0].tolist())) == 4
        assert vector.step(np.zeros(4, dtype=int))[1].tolist() == [3.0] * 4
        np.testing.assert_array_equal(vector.reset(seed=1)[0], vector_of(env, 4).reset(seed=1)[0])


def test_what_can_neither_be_copied_nor_made_again_is_refused():
    locked = Dice()
    locked.lock = threading.Lock()
    with pytest.raises(TypeError, match=r"Dice cannot be copied, .* give a function that makes it"):
        vector_of(locked, 2)
    with pytest.raises(TypeError, match="expected an environment"):
        vector_of("CartPole-v1", 2)


def test_a_finite_world_steps_in_its_model_as_the_single_one_does():
    env = gym.make("Bob/Room-v0", layout="B.R\n..P")
    vector = vector_of(env, 1)
    observations, _ = vector.reset(seed=0)
    state, _ = env.reset(seed=0)
    rng = np.random.default_rng(0)
    n_over = 0
    for _ in range(400):
        assert observations[0] == state
        action = int(rng.integers(5))
        observations, rewards, terminated, truncated, infos = vector.step(np.array([action]))
        state, reward, ended, cut, _ = env.step(action)
        assert (rewards[0], terminated[0], truncated[0]) == (reward, ended, cut)
        if ended or cut:
            assert infos["final_obs"][0] == state
            state, _ = env.reset()
            n_over += 1
    assert n_over > 5


def test_chance_of_a_finite_world_follows_the_seed():
    def play(vector, seed):
        seen = [vector.reset(seed=seed)[0]]
        return np.array(seen + [vector.step(np.full(50, 2))[0] for _ in range(20)])

    lake = vector_of(gym.make("FrozenLake-v1"), 50)
    first = play(lake, 1)
    assert (play(lake, 1) == first).all()
    assert (play(lake, 2) != first).any()
