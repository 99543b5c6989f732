"""A world with state numbers, mirrored actions included."""

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.agents import QLearningAgent
from rl_helpers.environments import NumberedStates, StateSpace
from rl_helpers.training import train_many
from tests.atari.scripted import Scripted


class Watch:
    """Makes a moment of the reading and of what came before: even ones are to be looked at in the mirror."""

    def __init__(self):
        self.calls = []

    def reset(self):
        self.calls.append("reset")

    def watch(self, reading, action):
        self.calls.append((reading, action))
        return reading


def new_env(n_steps=6):
    game = Scripted([(1.0, 3, step == n_steps - 1, False) for step in range(n_steps)])
    space = StateSpace(
        lambda moment: (abs(moment),), (50,), mirror=lambda moment: None if moment % 2 else -moment
    )
    return NumberedStates(
        game, space, read=lambda seen: seen + 10, watcher=Watch(), mirrored_actions=[0, 2, 1]
    )


def test_states_are_numbers_of_what_the_watcher_makes_of_what_the_reader_reads():
    env = new_env()
    assert env.observation_space == gym.spaces.Discrete(51)
    assert env.reset() == (1 + 10, {"lives": 3})
    assert env.step(1)[0] == 1 + 11
    assert (env.reading, env.moment) == (11, 11)


def test_actions_are_swapped_for_their_mirror_image_in_states_of_the_mirror_only():
    env = new_env()
    env.reset()
    played = []
    for action in (1, 1, 2, 2):
        was_mirrored = env.mirrored
        env.step(action)
        played.append((was_mirrored, env.played))
    assert played == [(True, 2), (False, 1), (True, 1), (False, 2)]


def test_the_watcher_hears_of_new_games_and_of_what_was_really_played():
    env = new_env()
    env.reset()
    env.step(1)
    env.reset()
    assert env.watcher.calls == ["reset", (10, 0), (11, 2), "reset", (10, 0)]


ANGLES = StateSpace.of_buckets(
    [None, None, (0.05, 0.1), (-0.5, 0.5)], mirror=lambda seen: -seen if seen[2] < 0 else None
)


def test_the_pole_leans_to_one_side_only_in_the_mirror():
    env = NumberedStates(gym.make("CartPole-v1"), ANGLES, mirrored_actions=[1, 0])
    rows = set()
    for seed in range(20):
        row, _ = env.reset(seed=seed)
        for _ in range(30):
            leans_left = env.moment[2] < 0
            assert env.mirrored == leans_left
            angle, speed = (-1 if leans_left else 1) * env.moment[2:]
            assert row == 1 + 3 * np.digitize(angle, (0.05, 0.1)) + np.digitize(speed, (-0.5, 0.5))
            row, _, terminated, *_ = env.step(1)
            assert env.played == (0 if leans_left else 1)
            rows.add(row)
            if terminated:
                break
    assert len(rows) == 9


def test_a_mirror_without_mirrored_actions_is_refused():
    with pytest.raises(TypeError, match=r"space has a mirror, .*give mirrored_actions"):
        NumberedStates(gym.make("CartPole-v1"), ANGLES)


def test_a_world_that_was_drawn_cannot_be_copied_and_is_made_anew_with_its_states():
    settings = {"n_runs": 2, "n_episodes": 3, "seed": 0}
    drawn, plain = (
        NumberedStates(gym.make("CartPole-v1", render_mode="rgb_array"), ANGLES, mirrored_actions=[1, 0])
        for _ in range(2)
    )
    drawn.reset()
    drawn.render()
    returns = [
        train_many(QLearningAgent, env, n_jobs=n, **settings).returns
        for env in (drawn, plain)
        for n in (1, 2)
    ]
    assert all(np.array_equal(each, returns[0]) for each in returns)
