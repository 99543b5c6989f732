"""What every agent with a table has to do, and what sets each of them apart."""

import re

import gymnasium as gym
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    DoubleQLearningAgent,
    DynaQAgent,
    DynaQPlusAgent,
    MonteCarloAgent,
    QLearningAgent,
    RandomAgent,
)
from rl_helpers.agents.table import TableAgent
from rl_helpers.exploration import UCB, Boltzmann, LinearDecay
from rl_helpers.planning import value_iteration
from rl_helpers.schedules import SampleAverage
from rl_helpers.training import Transition, train, train_many
from tests.agents.learning import HALF, every_agent, learn, sweep, with_draws
from tests.random_worlds import random_worlds

# One action, so that nothing is left to chance: what one update must do, by hand.


@every_agent
def test_terminal_step_is_learned_without_a_next_value(agent_class):
    agent = agent_class(3, 1, initial_value=10.0, **HALF)
    learn(agent, (0, 0, 5.0, 2, True))
    # Halfway from 10 to 5. Double Q-learning has moved one of two tables; Dyna has imagined it 5 times more.
    expected = {DoubleQLearningAgent: 8.75, DynaQAgent: 5 + 5 / 2**6, DynaQPlusAgent: 5 + 5 / 2**6}
    assert agent.q_values[0, 0] == pytest.approx(expected.get(agent_class, 7.5))
    assert agent.q_values[1:].tolist() == [[10.0], [10.0]]


@every_agent
def test_td_error_is_returned_before_the_step_is_taken(agent_class):
    agent = agent_class(2, 1, initial_value=1.0, **HALF)
    (error,) = learn(agent, (0, 0, 3.0, 1, True))
    # Monte Carlo learns at the end of the episode only.
    assert error == (0.0 if agent_class is MonteCarloAgent else 2.0)
    assert type(error) is float


@every_agent
def test_learning_rate_may_follow_the_visits_to_each_pair(agent_class):
    """With 1/n the value is the average of the targets: 2, 4 and 9 after the first, second, third visit."""
    options = {"planning_steps": 0} if issubclass(agent_class, DynaQAgent) else {}
    agent = agent_class(1, 2, learning_rate=SampleAverage(), discount=0.5, **options)
    if agent_class is DoubleQLearningAgent:
        # Heads is the second table: it sees 2 and 4, the other one 9.
        with_draws(agent, 0.1, 0.1, 0.9, 0.1)
    for reward in (2.0, 4.0, 9.0):
        learn(agent, (0, 1, reward, 0, True))
    expected = (3.0 + 9.0) / 2 if agent_class is DoubleQLearningAgent else 5.0
    assert agent.q_values.tolist() == [[0.0, expected]]
    learn(agent, (0, 0, 8.0, 0, True))
    # The first visit to the other pair, however many the first pair has had.
    assert agent.q_values[0, 0] == (4.0 if agent_class is DoubleQLearningAgent else 8.0)


@every_agent
def test_steps_are_counted(agent_class):
    agent = agent_class(2, 1)
    learn(agent, (0, 0, 0.0, 1, False), (1, 0, 0.0, 1, True))
    assert agent.n_steps == 2


@every_agent
@pytest.mark.parametrize(
    "options", [{}, {"policy": Boltzmann(0.5)}, {"policy": UCB(1.0)}, {"initial_value": 5}]
)
def test_same_seed_same_bits(agent_class, options):
    def q_values(seed):
        agent = agent_class(16, 4, rng=np.random.default_rng(seed), **options)
        train(gym.make("FrozenLake-v1"), agent, 30, seed=seed)
        return agent.q_values

    def many(seed):
        return train_many(
            agent_class, gym.make("FrozenLake-v1"), n_runs=3, n_episodes=10, seed=seed, **options
        ).q_values

    for table in (q_values, many):
        assert np.array_equal(table(1), table(1))
        assert not np.array_equal(table(1), table(2)) or not table(1).any()


@every_agent
def test_policies_steer_the_choice(agent_class):
    """UCB tries all four actions before any twice; ε-greedy with ε = 0 and a best action does not."""
    ucb = agent_class(1, 4, policy=UCB(1.0), rng=np.random.default_rng(0))
    assert sorted(ucb.act(0) for _ in range(4)) == [0, 1, 2, 3]
    greedy = agent_class(1, 4, epsilon=0.0)
    greedy.q_values = [[0.0, 1.0, 0.0, 0.0]]
    assert {greedy.act(0) for _ in range(20)} == {1}
    assert {ucb.act(0, explore=False) for _ in range(200)} == {0, 1, 2, 3}


@every_agent
def test_epsilon_and_policy_exclude_each_other(agent_class):
    with pytest.raises(TypeError, match="give one of them"):
        agent_class(2, 2, epsilon=0.1, policy=Boltzmann(1.0))


@every_agent
def test_table_of_another_shape_is_refused(agent_class):
    with pytest.raises(ValueError, match=r"shape \(2, 3\), expected \(3, 2\)"):
        agent_class(3, 2).q_values = np.zeros((2, 3))


@every_agent
def test_table_is_a_copy_that_cannot_be_changed_by_accident(agent_class):
    with pytest.raises(ValueError, match="read-only"):
        agent_class(3, 2).q_values[0, 0] = 1.0


@every_agent
def test_assigned_tables_are_used(agent_class):
    agent = agent_class(2, 2, epsilon=0.0)
    agent.q_values = [[1, 0], [0, 1]]
    assert [agent.act(0), agent.act(1)] == [0, 1]
    assert agent.q_values.tolist() == [[1.0, 0.0], [0.0, 1.0]]


# Random worlds, against the exact answer.

OFF_POLICY = [QLearningAgent, DoubleQLearningAgent, DynaQAgent]


@pytest.mark.parametrize("agent_class", OFF_POLICY)
@settings(deadline=None, max_examples=20)
@given(world=random_worlds(most_outcomes=1), seed=st.integers(0, 1000))
def test_off_policy_agents_find_the_best_values(agent_class, world, seed):
    """Without chance and with α = 1, trying every pair often enough gives Q* to the last digits."""
    n_states, n_actions = len(world.P), len(world.P[0])
    agent = agent_class(n_states, n_actions, learning_rate=1.0, discount=0.8, rng=np.random.default_rng(seed))
    sweep(agent, world, 300)
    assert agent.q_values == pytest.approx(value_iteration(world, 0.8), abs=1e-9)


# Hyperparameters


def q_learner(**changes):
    return QLearningAgent(3, 2, **{"learning_rate": 0.5, "discount": 0.9, "epsilon": 0.1} | changes)


@pytest.mark.parametrize("make", [lambda: QLearningAgent(1, 4, epsilon=1.0), lambda: RandomAgent(4)])
def test_without_a_generator_every_agent_explores_differently(make):
    one, other = ([player.act(0) for _ in range(100)] for player in (make(), make()))
    assert one != other


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"learning_rate": 0.0}, "learning_rate is 0.0, expected 0 < learning_rate ≤ 1"),
        ({"learning_rate": 1.5}, "learning_rate is 1.5, expected 0 < learning_rate ≤ 1"),
        ({"learning_rate": float("nan")}, "learning_rate is nan, expected 0 < learning_rate ≤ 1"),
        ({"discount": -0.1}, "discount is -0.1, expected 0 ≤ discount ≤ 1"),
        ({"discount": 1.1}, "discount is 1.1, expected 0 ≤ discount ≤ 1"),
        ({"epsilon": 2.0}, "epsilon is 2.0, expected 0 ≤ epsilon ≤ 1"),
        ({"epsilon": -0.1}, "epsilon is -0.1, expected 0 ≤ epsilon ≤ 1"),
        ({"initial_value": float("nan")}, "initial_value is nan, expected -∞ < initial_value < ∞"),
        ({"initial_value": float("inf")}, "initial_value is inf, expected -∞ < initial_value < ∞"),
    ],
)
def test_hyperparameters_out_of_range_are_named(options, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        q_learner(**options)


def test_hyperparameters_have_the_defaults_that_the_documentation_names():
    plain = QLearningAgent(2, 2)
    assert (plain.learning_rate, plain.discount, plain.epsilon, plain.n_steps) == (0.1, 0.95, 0.1, 0)
    assert plain.q_values.tolist() == [[0.0, 0.0]] * 2
    assert plain.initial_value == 0.0
    assert QLearningAgent(2, 2, policy=Boltzmann(1.0)).epsilon is None


@pytest.mark.parametrize("value", ["0.1", None, [0.1, 0.2]])
def test_a_learning_rate_that_is_no_number(value):
    with pytest.raises(TypeError, match="learning_rate"):
        q_learner(learning_rate=value)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: QLearningAgent(0, 2), "n_states is 0"),
        (lambda: QLearningAgent(3, 0), "n_actions is 0"),
        (lambda: QLearningAgent(2.5, 2), "n_states is 2.5"),
        (lambda: RandomAgent(0), "n_actions is 0"),
    ],
)
def test_sizes_must_be_whole_and_positive(make, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}, expected a whole number of at least 1$"):
        make()


def test_schedule_counts_steps_over_the_whole_life():
    learner = q_learner(epsilon=LinearDecay(1.0, 0.0, n_steps=4), rng=np.random.default_rng(0))
    learner.q_values = [[0.0, 1.0]] * 3
    for _ in range(4):
        learner.update(Transition(1, 0, 0.0, 1, terminated=False))
        learner.end_episode()
    assert {learner.act(0) for _ in range(50)} == {1}


# Visits


def test_visits_are_counted_for_each_pair_and_can_be_handed_on():
    first, second = (q_learner(learning_rate=SampleAverage()) for _ in range(2))
    learn(first, (0, 1, 1.0, 2, True), (0, 1, 1.0, 2, True), (2, 0, 1.0, 2, True))
    assert first.visits.tolist() == [[0, 2], [0, 0], [1, 0]]
    second.visits = first.visits
    learn(second, (0, 1, 9.0, 2, True))  # the third visit: a third of the way from 0 to 9
    assert second.q_values[0, 1] == pytest.approx(3.0)
    assert second.visits.tolist() == [[0, 3], [0, 0], [1, 0]]
    assert second.visits.dtype == int


@every_agent
def test_visits_without_a_schedule_are_refused_before_they_do_harm(agent_class):
    agent = agent_class(2, 2)
    assert agent.visits is None
    agent.visits = None  # what another agent of its kind reads
    with pytest.raises(TypeError, match=r"learning_rate is a schedule, and here it is 0\.1.*SampleAverage"):
        agent.visits = np.ones((2, 2))
    learn(agent, (0, 0, 1.0, 1, True))
    assert agent.visits is None


@every_agent
@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (np.ones((2, 3)), r"^visits has shape \(2, 3\), expected \(3, 2\)"),
        (None, r"^visits has shape \(\), expected \(3, 2\)"),
        (np.full((3, 2), -1), "^visits has entries below 0"),
        (np.full((3, 2), 0.5), "between whole numbers"),
    ],
)
def test_impossible_visits_are_refused_by_their_name(agent_class, counts, words):
    agent = agent_class(3, 2, learning_rate=SampleAverage())
    with pytest.raises(ValueError, match=words):
        agent.visits = counts


# Another target


@every_agent
def test_another_target_is_learned_and_the_class_keeps_its_own(agent_class):
    agent, other = (
        agent_class(2, 1, target=lambda reward, *_: np.asarray(reward) + 100.0, **HALF),
        agent_class(2, 1, **HALF),
    )
    for each in (agent, other):
        learn(each, (0, 0, 0.0, 1, True))
    assert agent.q_values[0, 0] > 20
    assert other.q_values[0, 0] == 0.0


def test_a_target_that_is_no_function_is_refused():
    with pytest.raises(TypeError, match=r"^target is 3, expected a function such as `updates"):
        q_learner(target=3)


def test_an_agent_that_says_no_target_is_told_what_is_missing():
    with pytest.raises(NotImplementedError, match="TableAgent has no td_target"):
        TableAgent(2, 1).update((0, 0, 0.0, 1, True))


@pytest.mark.parametrize("number", [np.nan, np.inf])
@pytest.mark.parametrize("agent_class", [QLearningAgent, DoubleQLearningAgent])
def test_a_table_with_numbers_that_are_not_finite_is_refused_and_changes_nothing(agent_class, number):
    agent = agent_class(3, 2)
    table = np.zeros((3, 2))
    table[1, 0] = number
    with pytest.raises(ValueError, match=rf"^q_values\[1, 0\] is {number}, expected finite numbers"):
        agent.q_values = table
    assert (agent.q_values == 0).all()
