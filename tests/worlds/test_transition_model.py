"""What a world says of itself besides its table: sizes, starts, changes with time."""

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import QLearningAgent
from rl_helpers.fast.train_many import train_many as train_together
from rl_helpers.planning import policy_iteration, policy_values, value_iteration
from rl_helpers.training import train_many
from rl_helpers.worlds.transition_model import models_by_step, transition_model
from tests.random_worlds import World

TABLE = {0: {0: [(1.0, 1, -1.0, False)]}, 1: {0: [(1.0, 2, 4.0, True)]}, 2: {}}


def world(table=TABLE, start=(1.0, 0.0, 0.0), n_states=3):
    env = World(table, start=None if start is None else np.array(start))
    env.observation_space, env.action_space = gym.spaces.Discrete(n_states), gym.spaces.Discrete(1)
    return env


def test_an_end_without_outcomes_is_planned_and_trained():
    assert value_iteration(world(), 0.5).ravel().tolist() == [1.0, 4.0, 0.0]
    assert policy_iteration(world(), 0.5).ravel().tolist() == [1.0, 4.0, 0.0]
    history = train_many(QLearningAgent, world(), n_runs=2, n_episodes=3, seed=0)
    assert history.returns.tolist() == [[3.0] * 3] * 2
    assert history.q_values.shape == (2, 3, 1)


def test_an_end_that_is_left_out_of_the_table_counts_as_a_state_of_the_space():
    env = world({state: TABLE[state] for state in (0, 1)})
    assert value_iteration(env, 0.5).ravel().tolist() == [1.0, 4.0, 0.0]


def test_planning_needs_no_start():
    env = world()
    del env.initial_state_distrib
    assert value_iteration(env, 0.5).ravel().tolist() == [1.0, 4.0, 0.0]
    assert policy_iteration(env, 0.5).ravel().tolist() == [1.0, 4.0, 0.0]
    assert policy_values(env, [0, 0, 0], 0.5).tolist() == [1.0, 4.0, 0.0]
    assert transition_model(env).start is None
    with pytest.raises(TypeError, match=r"World.initial_state_distrib is missing: .*\(3,\), which training"):
        train_together(QLearningAgent, env, n_runs=2, n_episodes=1)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ([1.0, 0.0], r"has shape \(2,\), expected \(3,\)"),
        ([[1.0, 0.0, 0.0]], r"has shape \(1, 3\), expected \(3,\)"),
        ([0.5, 0.0, 0.0], "has entries from 0 to 0.5 that sum to 0.5, expected probabilities"),
        ([1.5, -0.5, 0.0], "has entries from -0.5 to 1.5 that sum to 1, expected probabilities"),
        ([np.nan, 0.0, 0.0], "has entries from nan to nan that sum to nan, expected probabilities"),
        ([0.5, 0.0, 0.5], "begins episodes in state 2, which has no outcomes"),
    ],
)
def test_a_start_that_makes_no_sense_is_refused_for_training(start, words):
    with pytest.raises(ValueError, match=f"^World.initial_state_distrib {words}"):
        models_by_step(world(start=start))


@pytest.mark.filterwarnings("ignore:invalid value")
def test_a_lake_without_a_start_can_be_planned_and_not_trained():
    lake = gym.make("FrozenLake-v1", desc=["FG"], is_slippery=False)
    assert value_iteration(lake, 0.5).max() == 1.0
    with pytest.raises(ValueError, match=r"^FrozenLakeEnv.initial_state_distrib has entries from nan"):
        train_many(QLearningAgent, lake, n_runs=2, n_episodes=1)


def test_a_lake_of_impossible_ice_is_refused():
    with pytest.raises(ValueError, match=r"^FrozenLakeEnv.P\[0\]\[0\] has an outcome of probability -0.1"):
        value_iteration(gym.make("FrozenLake-v1", success_rate=1.2), 0.9)


def test_taxi_in_impossible_rain_is_refused():
    with pytest.raises(ValueError, match=r"^TaxiEnv.P\[0\]\[0\] has an outcome of probability 1.2"):
        value_iteration(gym.make("Taxi-v4", is_rainy=True, rainy_probability=1.2), 0.9)


def test_numbers_from_1_are_refused():
    env = world()
    env.P = {state + 1: actions for state, actions in TABLE.items()}
    with pytest.raises(ValueError, match=r"^World.P has the state 3, expected numbers from 0 to 2"):
        value_iteration(env, 0.5)
    env = world()
    env.observation_space = gym.spaces.Discrete(3, start=1)
    with pytest.raises(ValueError, match=r"^the observation_space of World begins with 1, expected 0"):
        value_iteration(env, 0.5)
    env = world()
    env.action_space = gym.spaces.Discrete(1, start=5)
    with pytest.raises(ValueError, match=r"^the action_space of World begins with 5, expected 0"):
        value_iteration(env, 0.5)


def test_a_world_needs_no_spaces():
    env = world()
    del env.observation_space, env.action_space
    assert value_iteration(env, 0.5).ravel().tolist() == [1.0, 4.0, 0.0]


@pytest.mark.parametrize("read", [lambda env: value_iteration(env, 0.9), models_by_step])
@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ((1.0, 0, float("inf"), False), "has the reward inf"),
        ((1.0, 0, float("nan"), False), "has the reward nan"),
        ((0.9, 0, 1.0, False), "has probabilities that sum to 0.9"),
        ((1.0, 3, 1.0, False), "leads to state 3"),
        ((1.0, 0, 1.0), "has the outcome"),
    ],
)
def test_a_model_that_makes_no_sense_is_refused_by_all_who_read_it(read, outcome, words):
    with pytest.raises(ValueError, match=rf"^World.P\[1\]\[0\] {words}"):
        read(world(TABLE | {1: {0: [outcome]}}))


def test_models_of_later_steps_are_checked_too():
    env = world()
    env.P_by_step = {0: TABLE, 5: TABLE | {0: {0: [(0.5, 1, 0.0, False)]}}}
    with pytest.raises(
        ValueError, match=r"^World.P_by_step\[5\]\[0\]\[0\] has probabilities that sum to 0.5"
    ):
        models_by_step(env)


@pytest.mark.parametrize("env", ["FrozenLake-v1", gym.make("Blackjack-v1"), gym.make("CartPole-v1")])
def test_what_has_no_model_is_refused(env):
    with pytest.raises(TypeError, match=r"has no transition model `P`: use a finite world.*`train`.*seeds$"):
        transition_model(env)
