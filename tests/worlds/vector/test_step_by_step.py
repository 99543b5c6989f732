"""Every vector world does what the single one does, step by step; Gymnasium's own CartPole too."""

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.envs.classic_control.cartpole import CartPoleVectorEnv
from gymnasium.vector import AutoresetMode

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.worlds.vector import VectorAcrobot, VectorPendulum

N = 40
ROOMS = ["default", "two_rugs", "BN.\n#RP\nCD."]


def put_room(single, vector, copy):
    single.x, single.y, single.heading = (
        float(getattr(vector, name)[copy]) for name in ("x", "y", "heading")
    )
    single.treats_left = tuple(int(treat) for treat in vector.treats_left[copy])


def put_state(single, vector, copy):
    single.state = vector.state[:, copy].copy()


def put_pendulum(single, vector, copy):
    single.state = np.array([vector.angle[copy], vector.speed[copy]])


def put_place(single, vector, copy):
    single.place = int(vector.place[copy])


WORLDS = {
    "corridor": ("Bob/Corridor-v0", {}, None, put_place),
    "corridor with numbers": ("Bob/Corridor-v0", {"alike": False}, None, put_place),
    "room": ("Bob/ContinuousRoom-v0", {}, None, put_room),
    "two rugs": ("Bob/ContinuousRoom-v0", {"layout": ROOMS[1], "rewards": {"step": -0.1}}, None, put_room),
    "small room": ("Bob/ContinuousRoom-v0", {"layout": ROOMS[2]}, None, put_room),
    "acrobot": ("Acrobot-v1", {}, VectorAcrobot, put_state),
    "pendulum": ("Pendulum-v1", {"g": 9.0}, VectorPendulum, put_pendulum),
    "cartpole": ("CartPole-v1", {}, None, put_state),
}


@pytest.mark.parametrize("name", WORLDS)
def test_every_step_is_that_of_the_single_world(name):
    env_id, options, vector_class, put = WORLDS[name]
    limit = 60
    if vector_class is None:
        vector = gym.make_vec(env_id, num_envs=N, max_episode_steps=limit, **options)
        assert vector.metadata["autoreset_mode"] != AutoresetMode.DISABLED
    else:
        vector = vector_class(N, max_episode_steps=limit, **options)
    singles = [gym.make(env_id, max_episode_steps=limit, **options) for _ in range(N)]
    assert vector.single_observation_space == singles[0].observation_space
    assert vector.single_action_space == singles[0].action_space
    observations, _ = vector.reset(seed=0)
    rng = np.random.default_rng(1)
    vector.action_space.seed(2)
    is_same_step = vector.metadata["autoreset_mode"] == AutoresetMode.SAME_STEP
    begins, n_terminated, n_truncated = np.ones(N, dtype=bool), 0, 0
    waits = np.zeros(N, dtype=bool)  # for a new episode, which begins with the next step
    for _ in range(300):
        for copy in np.flatnonzero(begins):
            singles[copy].reset(seed=0)
            put(singles[copy].unwrapped, vector, copy)
        actions = vector.action_space.sample()
        if name == "room":  # else Bob stays near his start
            actions[:, 0] = np.where(rng.random(N) < 0.8, 1.0, actions[:, 0])
        observations, rewards, terminated, truncated, infos = vector.step(actions)
        over = terminated | truncated
        expected, playing = observations.copy(), np.flatnonzero(~waits)
        if is_same_step and over.any():
            expected[over] = [infos["final_obs"][copy] for copy in np.flatnonzero(over)]
        if playing.size:  # all at once: to compare numbers one by one takes longer than the steps
            steps = [singles[copy].step(actions[copy])[:4] for copy in playing]
            seen, reward, *ends = (np.array(each) for each in zip(*steps, strict=True))
            np.testing.assert_allclose(expected[playing], seen, rtol=1e-5, atol=1e-5)
            np.testing.assert_allclose(rewards[playing], reward, rtol=5e-6, atol=5e-6)
            np.testing.assert_array_equal([terminated[playing], truncated[playing]], ends)
        assert vector.observation_space.contains(observations)
        begins = over if is_same_step else waits
        waits = np.zeros(N, dtype=bool) if is_same_step else over
        n_terminated, n_truncated = n_terminated + terminated.sum(), n_truncated + truncated.sum()
    assert n_truncated > 0 or name in ("cartpole", "corridor", "corridor with numbers")
    assert n_terminated > 0 or name in ("pendulum", "acrobot", "two rugs")


def test_acrobot_ends_where_the_single_one_does():
    vector, single = VectorAcrobot(200), gym.make("Acrobot-v1").unwrapped
    vector.reset(seed=0)
    rng = np.random.default_rng(0)
    vector.state[:] = rng.uniform([[-3], [-3], [-4], [-9]], [[3], [3], [4], [9]], size=(4, 200))
    before, actions = vector.state.copy(), rng.integers(3, size=200)
    _, rewards, terminated, _, _ = vector.step(actions)
    assert 0 < terminated.sum() < 200
    single.reset(seed=0)
    for copy in range(200):
        single.state = before[:, copy].copy()
        _, reward, ended, _, _ = single.step(actions[copy])
        assert (rewards[copy], terminated[copy]) == (reward, ended)


@pytest.mark.parametrize("make", [VectorAcrobot, VectorPendulum])
def test_starts_are_those_of_the_single_world(make):
    name = {VectorAcrobot: "Acrobot-v1", VectorPendulum: "Pendulum-v1"}[make]
    many, _ = make(4000).reset(seed=0)
    single = gym.make(name)
    single.reset(seed=1)
    some = np.array([single.reset()[0] for _ in range(4000)])
    for moment in (np.mean, np.std, np.min, np.max):
        np.testing.assert_allclose(moment(many, axis=0), moment(some, axis=0), atol=0.06)


def test_the_same_seed_gives_the_same_episodes():
    def play(seed):
        vector = gym.make_vec(
            "Bob/ContinuousRoom-v0", num_envs=5, layout="B..\n..B\n.P.", max_episode_steps=9
        )
        seen = [vector.reset(seed=seed)[0]]
        vector.action_space.seed(3)
        return np.array(seen + [vector.step(vector.action_space.sample())[0] for _ in range(40)])

    assert (play(1) == play(1)).all()
    assert (play(1) != play(2)).any()


def test_bob_begins_on_every_start_as_often():
    vector = gym.make_vec("Bob/ContinuousRoom-v0", num_envs=4000, layout="B..\n..B\n.P.")
    observations, _ = vector.reset(seed=0)
    assert set(map(tuple, observations[:, :2].tolist())) == {(0.5, 0.5), (2.5, 1.5)}
    assert abs((observations[:, 0] == 0.5).mean() - 0.5) < 0.04


def test_gymnasium_makes_the_vector_world_with_the_time_limit_of_the_single_one():
    vector = gym.make_vec("Bob/ContinuousRoom-v0", num_envs=2, vectorization_mode="vector_entry_point")
    assert vector.max_episode_steps == 200


def test_wrong_calls_are_refused():
    vector = gym.make_vec("Bob/ContinuousRoom-v0", num_envs=2)
    with pytest.raises(gym.error.ResetNeeded):
        vector.step(np.zeros((2, 3)))
    vector.reset(seed=0)
    with pytest.raises(ValueError, match="one for each copy"):
        vector.step(np.zeros((3, 3)))
    with pytest.raises(ValueError, match="clip them"):
        vector.step(np.full((2, 3), np.nan))
    with pytest.raises(ValueError, match="none here"):
        vector.reset(options={"x": 1})
    poles = VectorAcrobot(2)
    poles.reset(seed=0)
    for wrong in (np.array([0, 3]), np.array([0, -1]), np.array([0.0, 1.0])):
        with pytest.raises(ValueError, match="from 0 to 2"):
            poles.step(wrong)


def test_gymnasiums_cartpole_begins_again_in_the_next_step():
    assert CartPoleVectorEnv.metadata["autoreset_mode"] == AutoresetMode.NEXT_STEP
