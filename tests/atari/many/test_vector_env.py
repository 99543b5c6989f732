"""Many consoles at once play what `gymnasium.make` plays, frame by frame."""

import ale_py
import gymnasium as gym
import numpy as np
import pytest
from gymnasium.vector import AutoresetMode

from rl_helpers.atari.many import BlockCounts, ConsoleVectorEnv

gym.register_envs(ale_py)
GAMES = ["ALE/Breakout-v5", "ALE/Freeway-v5", "ALE/Pong-v5", "ALE/SpaceInvaders-v5"]


def actions(env, n, seed=0):
    return np.random.default_rng(seed).integers(env.single_action_space.n, size=(n, env.num_envs))


def counted(env, screen):
    """Return the blocks of a screen without what makes `BlockCounts` fast."""
    shows = screen != env.view.background
    return shows.reshape(42, 5, 40, 4).sum(axis=(1, 3))


@pytest.mark.parametrize("game", GAMES)
def test_every_game_is_that_of_gymnasium(game):
    # 1,501 frames: games end, and one ends in the middle of a decision.
    limit = {"max_num_frames_per_episode": 1501}
    ours = ConsoleVectorEnv(game, 3, **limit)
    theirs = [gym.make(game, disable_env_checker=True, **limit) for _ in range(3)]
    observations, infos = ours.reset(seed=5)
    n_ended, lives = 0, infos["lives"].tolist()
    for number, env in enumerate(theirs):
        _, info = env.reset(seed=5 + number)
        screen = counted(ours, env.unwrapped.ale.getScreen())
        np.testing.assert_array_equal(observations[number], [screen, screen])
        assert infos["lives"][number] == info["lives"]
    for each in actions(ours, 800):
        before = observations
        observations, rewards, terminated, truncated, infos = ours.step(each)
        rendered, memory = ours.render(), ours.memory()
        for number, env in enumerate(theirs):
            picture, reward, is_over, is_cut, info = env.step(each[number])
            assert (rewards[number], terminated[number], truncated[number]) == (reward, is_over, is_cut)
            assert infos["lost_lives"][number] == lives[number] - info["lives"]
            screen = counted(ours, env.unwrapped.ale.getScreen())
            if is_over or is_cut:
                n_ended += 1
                last = infos["final_info"]
                assert (last["lives"][number], last["episode_frame_number"][number]) == (
                    info["lives"],
                    info["episode_frame_number"],
                )
                np.testing.assert_array_equal(infos["final_obs"][number], [before[number, -1], screen])
                assert infos["_final_obs"][number]
                picture, info = env.reset()
                screen = counted(ours, env.unwrapped.ale.getScreen())
                np.testing.assert_array_equal(observations[number], [screen, screen])
            else:
                np.testing.assert_array_equal(observations[number], [before[number, -1], screen])
                assert not ("_final_obs" in infos and infos["_final_obs"][number])
            assert infos["lives"][number] == info["lives"]
            lives[number] = info["lives"]
            assert infos["episode_frame_number"][number] == info["episode_frame_number"]
            np.testing.assert_array_equal(rendered[number], picture)
            np.testing.assert_array_equal(memory[number], env.unwrapped.ale.getRAM())
    assert n_ended >= 6


def test_settings_of_a_game_are_kept_when_it_is_seeded():
    other = {"mode": 4, "difficulty": 1, "repeat_action_probability": 0.0, "full_action_space": True}
    ours, theirs = ConsoleVectorEnv("ALE/Breakout-v5", 1, **other), gym.make("ALE/Breakout-v5", **other)
    assert ours.single_action_space.n == theirs.action_space.n == 18
    ours.reset(seed=2)
    theirs.reset(seed=2)
    for action in actions(ours, 100):
        ours.step(action)
        theirs.step(action[0])
    np.testing.assert_array_equal(ours.memory()[0], theirs.unwrapped.ale.getRAM())


def test_the_rules_are_those_registered():
    for console in ConsoleVectorEnv("ALE/Breakout-v5", 2)._consoles:
        assert console.getFloat("repeat_action_probability") == 0.25
        assert console.getInt("frame_skip") == 4
        assert console.getInt("max_num_frames_per_episode") == 108_000


def test_a_game_that_is_over_stands_still_until_it_is_begun_again():
    env = ConsoleVectorEnv(
        "ALE/Breakout-v5", 3, autoreset_mode=AutoresetMode.DISABLED, max_num_frames_per_episode=40
    )
    assert env.metadata["autoreset_mode"] == AutoresetMode.DISABLED
    env.reset(seed=0)
    first_only = np.array([True, False, False])
    for _ in range(10):
        *_, truncated, infos = env.step(np.ones(3, dtype=int))
    assert truncated.all()
    assert infos["episode_frame_number"].tolist() == [40, 40, 40]
    _, _, _, truncated, infos = env.step(np.ones(3, dtype=int))
    assert truncated.all()
    assert infos["episode_frame_number"].tolist() == [40, 40, 40]
    assert infos["lost_lives"].tolist() == [0, 0, 0]
    _, infos = env.reset(options={"reset_mask": first_only})
    assert infos["episode_frame_number"].tolist() == [0, 40, 40]
    _, _, _, truncated, infos = env.step(np.ones(3, dtype=int))
    assert truncated.tolist() == [False, True, True]
    assert infos["episode_frame_number"].tolist() == [4, 40, 40]


def test_random_numbers_go_on_where_no_seed_is_given():
    one, same, other = (ConsoleVectorEnv("ALE/Breakout-v5", 2) for _ in range(3))
    one.reset(seed=1)
    same.reset(seed=[1, 2])
    other.reset(seed=1)
    for each in actions(one, 60):
        one.step(each)
        same.step(each)
        other.step(each)
    np.testing.assert_array_equal(one.memory(), same.memory())
    one.reset()
    same.reset(seed=None)
    other.reset(seed=1)
    for each in actions(one, 60, seed=1):
        one.step(each)
        same.step(each)
        other.step(each)
    np.testing.assert_array_equal(one.memory(), same.memory())
    assert (one.memory() != other.memory()).any()


def test_observations_are_of_the_space_and_stay_as_they_were():
    env = ConsoleVectorEnv("ALE/Breakout-v5", 2, n_pictures=3, view=BlockCounts(block=(10, 8)))
    observations, _ = env.reset(seed=0)
    assert observations.shape == (2, 3, 21, 20)
    kept = observations.copy()
    history = [observations[:, 0]] * 3
    for each in actions(env, 20):
        following, *_ = env.step(each)
        assert following in env.observation_space
        history = [*history[1:], following[:, -1]]
        np.testing.assert_array_equal(following, np.stack(history, axis=1))
    np.testing.assert_array_equal(observations, kept)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda env: env.step(np.zeros(2, dtype=int)), gym.error.ResetNeeded, "no game has begun"),
        (
            lambda env: env.reset(options={"reset_mask": np.array([True, False])}),
            gym.error.ResetNeeded,
            "reset all consoles first",
        ),
        (lambda env: env.reset(options={"lives": 3}), ValueError, "expected none but reset_mask"),
        (lambda env: env.reset(seed=[1]), ValueError, "expected 2: one a console"),
        (lambda env: env.reset() and env.step(np.zeros(2)), ValueError, "expected whole numbers"),
        (lambda env: env.reset() and env.step(np.array([0, 4])), ValueError, "from 0 to 3"),
        (lambda env: env.reset(options={"reset_mask": np.ones(3, bool)}), ValueError, "shape \\(3,\\)"),
        (
            lambda env: ConsoleVectorEnv("ALE/Breakout-v5", autoreset_mode=AutoresetMode.NEXT_STEP),
            ValueError,
            "SAME_STEP or DISABLED",
        ),
        (lambda env: ConsoleVectorEnv("ALE/Breakout-v5", frameskip=(2, 5)), ValueError, "version 5"),
        (lambda env: ConsoleVectorEnv("ALE/Breakout-v5", sound_obs=True), TypeError, "no rules of a console"),
    ],
)
def test_what_cannot_be_is_refused_in_words(call, error, words):
    with pytest.raises(error, match=words):
        call(ConsoleVectorEnv("ALE/Breakout-v5", 2))
