"""What no table can use is refused in words, by all agents alike; what it can use works in all of them."""

import operator

import numpy as np
import pytest

from rl_helpers.agents import QLearningAgent, RandomAgent
from rl_helpers.agents.checks import StateError
from rl_helpers.exploration import Boltzmann, EpsilonGreedy
from tests.agents.learning import HALF, every_agent, learn

ONE_HOT = np.eye(4)[2]


@every_agent
@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            (14, 10, False),
            r"a tuple, \(14, 10, False\), and a table needs .* from 0 to 3: make one whole number",
        ),
        (np.array([0.5, 2.0]), r"array of shape \(2,\) and dtype float64.*DiscretizeObs.*NumberedStates"),
        (np.array([3, 2]), r"array of shape \(2,\) and dtype int64.*RavelObservation\(env\).*notebook 02"),
        (np.array([2]), r"shape \(1,\).*state\.item\(\)"),
        (np.array([0.5]), r"shape \(1,\) and dtype float64.*DiscretizeObservation"),
        (np.float32(0.5), "a float32.*DiscretizeObservation"),
        (ONE_HOT, r"one-hot.*argmax"),
        ("left", r"a str, 'left', .*NumberedStates\(env, StateSpace\(function"),
        (None, "a NoneType, None"),
        (2.0, "a float, 2.0.*DiscretizeObservation"),
        ({"place": 1}, "a dict.*RavelObservation"),
        ([1], "a list"),
        (4, "state is 4, and the table has 4 states, numbered 0 to 3.*RavelObservation"),
        (-1, "state is -1, and the table has 4 states"),
        (np.int64(9), "state is 9, and the table has 4 states"),
    ],
)
def test_states_that_no_table_can_use_are_named(agent_class, state, words):
    agent = agent_class(4, 2, rng=np.random.default_rng(0))
    for explore in (True, False):
        with pytest.raises(StateError, match=words):
            agent.act(state, explore=explore)
    if state != -1 if isinstance(state, int) else True:
        with pytest.raises(StateError, match=words):
            learn(agent, (state, 0, 1.0, 1, False))
        with pytest.raises(StateError, match=words.replace("state is", "next_state is")):
            learn(agent, (0, 0, 1.0, state, False))
    assert not agent.q_values.any()


@every_agent
@pytest.mark.parametrize("kind", [np.int64, np.uint8, np.array, bool], ids=str)
def test_numpy_integers_and_arrays_without_axes_are_states_and_actions(agent_class, kind):
    def table(kind):
        agent = agent_class(2, 2, rng=np.random.default_rng(3), **HALF)
        for _ in range(5):
            state, action = kind(0), agent.act(kind(0))
            learn(
                agent, (state, kind(action), np.float32(0.5), kind(1), False), (kind(1), 0, 2, kind(1), True)
            )
        return agent.q_values

    assert table(kind).tolist() == table(int).tolist()


@every_agent
def test_arrays_that_change_in_place_are_not_remembered_wrongly(agent_class):
    def table(*, in_place):
        agent = agent_class(3, 1, rng=np.random.default_rng(0), **HALF)
        place = np.array(0)
        for step in range(2):
            place[...] = step + 1
            agent.update((step, 0, 1.0, place if in_place else step + 1, step == 1))
        agent.end_episode()
        return agent.q_values.tolist()

    assert table(in_place=True) == table(in_place=False)


@every_agent
@pytest.mark.parametrize("reward", [float("nan"), float("inf"), -np.inf, np.float32("nan")])
def test_rewards_that_are_not_finite_are_refused_before_they_do_harm(agent_class, reward):
    agent = agent_class(2, 2, rng=np.random.default_rng(0))
    with pytest.raises(
        ValueError, match=r"^reward is .*expected a finite number: look for a division by zero"
    ):
        learn(agent, (0, 0, reward, 1, True))
    assert not agent.q_values.any()


@every_agent
@pytest.mark.parametrize("reward", [np.array([1.0]), np.array([1.0, 2.0]), None, "much", [1.0]])
def test_rewards_that_are_no_number_are_refused(agent_class, reward):
    with pytest.raises(TypeError, match=r"^reward is .*expected a finite number"):
        learn(agent_class(2, 2), (0, 0, reward, 1, True))


@every_agent
@pytest.mark.parametrize("terminated", [np.array([False]), None, "no", [True]])
def test_an_end_that_is_no_bool_is_refused(agent_class, terminated):
    agent = agent_class(2, 2, rng=np.random.default_rng(0))
    with pytest.raises(TypeError, match=r"^terminated is .*expected True or False"):
        learn(agent, (0, 0, 1.0, 1, terminated))
    assert not agent.q_values.any()


@every_agent
@pytest.mark.parametrize("action", [2, "up", None, 0.5])
def test_an_action_that_does_not_exist_is_named(agent_class, action):
    with pytest.raises(IndexError, match=r"^action is .*expected a whole number from 0 to 1"):
        learn(agent_class(2, 2), (0, action, 1.0, 1, True))


@every_agent
def test_small_rewards_of_single_precision_add_up_in_double_precision(agent_class):
    agent, exact = (agent_class(1, 1, rng=np.random.default_rng(0), **HALF) for _ in range(2))
    for _ in range(50):
        learn(agent, (0, 0, np.float32(0.1), 0, True))
        learn(exact, (0, 0, float(np.float32(0.1)), 0, True))
    assert agent.q_values.tolist() == exact.q_values.tolist()


@every_agent
@pytest.mark.parametrize("rng", [0, "0", np.random, np.random.RandomState(0), np.random.PCG64(0)])
def test_what_is_no_generator_is_refused(agent_class, rng):
    with pytest.raises(
        TypeError, match=r"^rng is .*expected a generator: give rng=np\.random\.default_rng\(0\)$"
    ):
        agent_class(2, 2, rng=rng)
    with pytest.raises(TypeError, match=r"^rng is "):
        RandomAgent(2, rng=rng)


def test_a_seed_in_place_of_a_generator_is_put_into_one():
    with pytest.raises(TypeError, match=r"default_rng\(7\)$"):
        QLearningAgent(2, 2, rng=7)


@every_agent
@pytest.mark.parametrize("policy", ["greedy", 0.1, EpsilonGreedy, operator.add])
def test_what_is_no_policy_is_refused(agent_class, policy):
    with pytest.raises(TypeError, match=r"^policy is .*expected a policy with its settings.*epsilon=0\.0$"):
        agent_class(2, 2, policy=policy)


def test_a_policy_of_ones_own_is_one():
    class Mine(Boltzmann):
        pass

    assert QLearningAgent(2, 2, policy=Mine(1.0)).epsilon is None
