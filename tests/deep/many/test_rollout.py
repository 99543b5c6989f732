"""Planted episodes: transitions are the same whichever way the next episode begins."""

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.vector import AutoresetMode, SyncVectorEnv

from rl_helpers.deep.many.rollout import Player
from tests.deep.planted import LENGTHS, TERMINATES, Planted, Watcher

MODES = list(AutoresetMode)


def player(mode, n_runs=2, n_envs=2, **options):
    envs = [lambda number=number: Planted(number, **options) for number in range(n_runs * n_envs)]
    return Player(SyncVectorEnv(envs, autoreset_mode=mode), Watcher(n_runs), seed=0)


def transitions(rollout, run, env):
    """Return (episode, step, next episode, next step, reward, terminated, ended) of valid transitions."""
    found = []
    for step in np.flatnonzero(rollout.is_valid[run, env]):
        state, following = rollout.inputs[run, env, step], rollout.next_inputs[run, env, step]
        assert state[0] == following[0] == run * rollout.inputs.shape[1] + env
        numbers = *state[1:], *following[1:], rollout.rewards[run, env, step]
        flags = rollout.terminated[run, env, step], rollout.ended[run, env, step]
        found.append((*map(float, numbers), *map(bool, flags)))
    return found


def expected(n, first=0):
    found, episode = [], first
    while len(found) < n:
        kind = episode % 3
        for step in range(1, LENGTHS[kind] + 1):
            over = step == LENGTHS[kind]
            numbers = episode, step - 1, episode, step, 10.0 * episode + step
            found.append((*map(float, numbers), over and TERMINATES[kind], over))
        episode += 1
    return found[:n]


@pytest.mark.parametrize("mode", MODES)
def test_transitions_are_those_that_were_planted(mode):
    rollout, episodes = player(mode).play(17)
    assert rollout.inputs.shape == (2, 2, 17, 3)
    for run in range(2):
        for env in range(2):
            found = transitions(rollout, run, env)
            assert found == expected(len(found))
            assert len(found) == (12 if mode == AutoresetMode.NEXT_STEP else 17)  # five steps only begin
    assert [(episode.episode_return, episode.length) for episode in episodes[:9:4]] == [
        (3.0, 2),
        (36.0, 3),
        (21.0, 1),
    ]
    assert len(episodes) == 4 * (6 if mode == AutoresetMode.NEXT_STEP else 8)
    assert [episode.run for episode in episodes[:4]] == [0, 0, 1, 1]


@pytest.mark.parametrize("mode", MODES)
def test_playing_on_loses_nothing_between_rollouts(mode):
    pieces = player(mode)
    found = []
    for n in (1, 2, 1, 4, 3):
        found += transitions(pieces.play(n)[0], 1, 0)
    assert found == expected(len(found))
    assert len(found) >= 6


@pytest.mark.parametrize("mode", MODES)
def test_whole_episodes_are_one_in_each_environment(mode):
    plays = player(mode)
    for _ in range(2):
        before = plays.vector.envs[0].unwrapped.episode
        rollout, episodes = plays.play_episodes()
        kind = (before + 1) % 3
        assert len(episodes) == 4
        assert {episode.length for episode in episodes} == {LENGTHS[kind]}
        for run in range(2):
            for env in range(2):
                assert transitions(rollout, run, env) == expected(LENGTHS[kind], first=before + 1)


def test_episodes_of_different_lengths_wait_for_the_longest():
    class Uneven(Planted):
        def step(self, action):
            *five, info = super().step(action)
            over = self.n_steps == self.number + 1
            return five[0], five[1], over, False, info

    envs = [lambda number=number: Uneven(number) for number in range(3)]
    plays = Player(SyncVectorEnv(envs, autoreset_mode=AutoresetMode.SAME_STEP), Watcher(1))
    rollout, episodes = plays.play_episodes()
    assert rollout.is_valid[0].tolist() == [[True, False, False], [True, True, False], [True, True, True]]
    assert sorted(episode.length for episode in episodes) == [1, 2, 3]


def test_last_observations_may_come_as_one_array():
    """Vector environments written with arrays give them so; Gymnasium's own gives an array of objects."""
    vector = gym.make_vec("Bob/ContinuousRoom-v0", num_envs=4, max_episode_steps=3)
    watcher = Watcher(2)
    watcher.choose = lambda inputs, explore: np.tile([1.0, 0.0, 0.0], (2, 2, 1))
    rollout, _ = Player(vector, watcher, seed=0).play(6)
    np.testing.assert_allclose(rollout.inputs[..., 0], np.broadcast_to([0.5, 1, 1.5] * 2, (2, 2, 6)))
    np.testing.assert_allclose(rollout.next_inputs[..., 0], np.broadcast_to([1, 1.5, 2] * 2, (2, 2, 6)))
    assert rollout.ended[0, 0].tolist() == [False, False, True] * 2
    assert not rollout.terminated.any()


def test_the_scale_of_observations_is_learned_in_play_and_not_in_measuring():
    plays = player(AutoresetMode.SAME_STEP)
    plays.play(5)
    seen = plays.agent.n_seen
    assert seen == 5
    plays.play(5, explore=False)
    assert plays.agent.n_seen == seen


def test_a_reward_that_is_not_finite_is_refused_with_its_step():
    plays = player(AutoresetMode.SAME_STEP, rewards=[0.0, float("nan"), 0.0])
    plays.play(1)
    with pytest.raises(ValueError, match="reward is nan in run 0, environment 0, step 2"):
        plays.play(1)


def test_each_run_has_as_many_environments():
    with pytest.raises(ValueError, match="4 environments for 3 runs"):
        Player(SyncVectorEnv([Planted] * 4), Watcher(3))


def test_flat_puts_environments_and_steps_along_one_axis():
    rollout, _ = player(AutoresetMode.SAME_STEP).play(5)
    flat = rollout.flat()
    assert flat.inputs.shape == (2, 10, 3)
    assert flat.rewards.shape == (2, 10)
    assert (flat.inputs[1, 5:] == rollout.inputs[1, 1]).all()
