"""Bob/Corridor-v0 is the textbook's: where each side leads, what Bob sees, and the exact values."""

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.planning import policy_values, value_iteration
from rl_helpers.worlds.corridor import BEST_RIGHT, GOAL, CorridorEnv, Side, next_place, start_value
from rl_helpers.worlds.transition_model import transition_model


@pytest.mark.parametrize("render_mode", [None, "rgb_array", "ansi"])
@pytest.mark.parametrize("alike", [True, False])
def test_follows_gymnasiums_interface_without_a_warning(alike, render_mode):
    check_env(gym.make("Bob/Corridor-v0", alike=alike, render_mode=render_mode).unwrapped)


def test_the_middle_turns_actions_round_and_left_of_the_first_place_is_a_wall():
    where = {(place, side): next_place(place, side) for place in range(3) for side in Side}
    assert where == {
        (0, Side.LEFT): 0,
        (0, Side.RIGHT): 1,
        (1, Side.LEFT): 2,
        (1, Side.RIGHT): 0,
        (2, Side.LEFT): 1,
        (2, Side.RIGHT): 3,
    }


@pytest.mark.parametrize("alike", [True, False])
def test_an_episode_costs_one_a_step_and_ends_at_the_post(alike):
    env = gym.make("Bob/Corridor-v0", alike=alike)
    assert env.reset(seed=0) == (0, {"place": 0})
    seen = []
    for side in (Side.LEFT, Side.RIGHT, Side.LEFT, Side.RIGHT):
        state, reward, terminated, truncated, info = env.step(side)
        assert (reward, truncated) == (-1.0, False)
        assert terminated == (info["place"] == GOAL)
        seen.append((state, info["place"]))
    places = [0, 1, 2, 3]
    assert seen == [(0 if alike else place, place) for place in places]
    with pytest.raises(gym.error.ResetNeeded):
        env.step(Side.LEFT)


def test_the_model_is_what_the_steps_do():
    env = CorridorEnv(alike=False)
    for place in range(3):
        for side in Side:
            env.reset()
            env.place = place
            state, reward, terminated, *_ = env.step(side)
            assert env.P[place][side] == [(1.0, state, reward, terminated)]


def test_who_sees_the_places_needs_three_steps():
    env = gym.make("Bob/Corridor-v0", alike=False)
    q_values = value_iteration(env, 1.0)
    assert q_values[:3].max(axis=1).tolist() == [-3.0, -2.0, -1.0]
    assert q_values[:3].argmax(axis=1).tolist() == [Side.RIGHT, Side.LEFT, Side.RIGHT]
    assert policy_values(env, [1, 0, 1, 0], 0.5)[0] == -1.75


def test_who_does_not_has_no_model_to_plan_in():
    with pytest.raises(TypeError, match="no transition model"):
        value_iteration(gym.make("Bob/Corridor-v0"), 1.0)


def test_the_value_of_the_first_place_is_that_of_the_linear_equations():
    model = transition_model(gym.make("Bob/Corridor-v0", alike=False))
    for right in (0.05, 0.3, BEST_RIGHT, 0.95):
        policy = np.array([1 - right, right])
        follows = np.zeros((3, 3))
        for place in range(3):
            for side in Side:
                to = model.next_state[place, side, 0]
                if to < GOAL:
                    follows[place, to] += policy[side]
        values = np.linalg.solve(np.eye(3) - follows, -np.ones(3))
        assert start_value(right) == pytest.approx(values[0])


def test_the_best_probability_of_right_is_that_of_the_book():
    probabilities = np.linspace(0.01, 0.99, 9801)
    values = start_value(probabilities)
    assert probabilities[values.argmax()] == pytest.approx(BEST_RIGHT, abs=1e-4)
    assert pytest.approx(0.59, abs=0.005) == BEST_RIGHT
    assert start_value(BEST_RIGHT) == pytest.approx(-11.6, abs=0.06)


def test_pictures_and_words_say_where_bob_is():
    env = gym.make("Bob/Corridor-v0", render_mode="rgb_array").unwrapped
    env.reset(seed=0)
    first = env.render()
    assert "in place 0" in env.describe()
    env.step(Side.RIGHT)
    assert (env.render() != first).any()
    assert "in place 1" in env.describe()
    assert env.text() == ".B.P\nRIGHT, reward -1, Bob on free floor"
    for side in (Side.LEFT, Side.RIGHT):
        env.step(side)
    assert "at his post" in env.describe()
    assert CorridorEnv().text().endswith("start, Bob on free floor")


def test_wrong_calls_are_refused():
    env = CorridorEnv()
    env.reset()
    with pytest.raises(ValueError, match="give 0 for left or 1 for right"):
        env.step(2)
    with pytest.raises(ValueError, match="none here"):
        env.reset(options={"place": 1})
    with pytest.raises(ValueError, match="alike is 3"):
        CorridorEnv(3)
    with pytest.raises(ValueError, match="render_mode"):
        CorridorEnv(render_mode="human")
