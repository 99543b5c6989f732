"""Schedules, policies and targets of a learner do the same in many runs as in one, or it is said why not."""

import math

import numpy as np
import pytest

from rl_helpers.agents import (
    DoubleQLearningAgent,
    ExpectedSarsaAgent,
    MonteCarloAgent,
    QLearningAgent,
    SarsaAgent,
)
from rl_helpers.exploration import UCB, Boltzmann, EpsilonGreedy
from rl_helpers.fast.rules_of_others import LearningRates
from rl_helpers.schedules import PowerDecay, SampleAverage
from rl_helpers.training import train, train_many
from tests.fast.worlds import Choice, Corridor

SETTINGS = {"n_runs": 3, "n_episodes": 4, "seed": 0}


@pytest.mark.parametrize(
    ("schedule", "same"),
    [
        (lambda n: max(1 / n, 0.1), lambda n: (1 / n).clip(0.1)),
        (lambda n: 1.0 if n == 1 else 0.5, lambda n: np.where(n == 1, 1.0, 0.5)),
        (lambda n: math.exp(-n), lambda n: np.exp(-n)),
        (lambda n: {1: 0.9}.get(n, 0.2), lambda n: np.where(n == 1, 0.9, 0.2)),
        (lambda n: 0.25, lambda n: np.full(len(n), 0.25)),
        ([0.0, 0.9, 0.5, 0.3, 0.3, 0.3].__getitem__, lambda n: np.array([0, 0.9, 0.5, 0.3, 0.3, 0.3])[n]),
    ],
)
@pytest.mark.parametrize("agent_class", [QLearningAgent, DoubleQLearningAgent, MonteCarloAgent])
def test_a_schedule_of_one_number_serves_many_runs(schedule, same, agent_class):
    """The world has one action and no chance, so that one agent's table is known."""
    many = train_many(agent_class, Corridor(), learning_rate=schedule, **SETTINGS)
    if agent_class is not DoubleQLearningAgent:  # which tosses coins
        agent = agent_class(3, 1, learning_rate=schedule)
        train(Corridor(), agent, 4, seed=0)
        assert many.q_values == pytest.approx(np.tile(agent.q_values, (3, 1, 1)))
    rates = LearningRates(schedule)
    assert rates(np.array([3, 1, 5])) == pytest.approx([schedule(n) for n in (3, 1, 5)])
    if "__getitem__" not in repr(schedule):
        assert rates(np.arange(1, 3000)) == pytest.approx(same(np.arange(1, 3000)))


@pytest.mark.parametrize("schedule", [SampleAverage(), PowerDecay(0.6, floor=0.05), lambda n: 1 / n**0.7])
def test_a_schedule_that_takes_arrays_gives_the_same_bits_as_ever(schedule):
    visits = np.random.default_rng(0).integers(1, 5000, size=400)
    assert LearningRates(schedule)(visits).tolist() == schedule(visits).tolist()


def test_a_schedule_is_asked_once_for_each_visit():
    asked = []

    def schedule(visit):
        if isinstance(visit, np.ndarray):
            raise TypeError("one number only")
        asked.append(visit)
        return 0.5

    rates = LearningRates(schedule)
    for visits in ([1, 1], [2, 900], [1200, 7]):
        assert rates(np.array(visits)).tolist() == [0.5, 0.5]
    assert asked == list(range(1, len(asked) + 1))
    assert 1200 <= len(asked) <= 2400


@pytest.mark.parametrize("agent_class", [QLearningAgent, MonteCarloAgent])
@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (lambda n: 2.0, "learning_rate is a schedule that gives 2.0 for 1, expected a number from 0 to 1"),
        (lambda n: 1 - 0.4 * n, r"gives -0\.2\d* for 3, expected"),
        (lambda n: float("nan") if n > 2 else 0.5, "gives nan for 3, expected"),
        (lambda n: None, "gives None for 1, expected"),
        (lambda n: "much", "gives 'much' for 1, expected"),
        (lambda n: [0.5, 0.5], r"gives \[0.5, 0.5\] for 1, expected"),
    ],
)
def test_learning_rates_out_of_range_are_refused_in_one_run_and_in_many(agent_class, schedule, words):
    with pytest.raises(ValueError, match=words):
        train_many(agent_class, Corridor(), learning_rate=schedule, **SETTINGS)
    with pytest.raises(ValueError, match=words):
        train(Corridor(), agent_class(3, 1, learning_rate=schedule), 4, seed=0)


@pytest.mark.parametrize("agent_class", [QLearningAgent, SarsaAgent, ExpectedSarsaAgent, MonteCarloAgent])
@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (lambda step: 7, "epsilon is a schedule that gives 7 for 0, expected a number from 0 to 1"),
        (lambda step: 0.5 - 0.2 * step, r"epsilon is a schedule that gives -0\.1\d* for 3, expected"),
        (lambda step: None, "gives None for 0, expected"),
    ],
)
def test_exploration_out_of_range_is_refused_in_one_run_and_in_many(agent_class, schedule, words):
    with pytest.raises(ValueError, match=words):
        train_many(agent_class, Corridor(), epsilon=schedule, **SETTINGS)
    with pytest.raises(ValueError, match=words):
        train(Corridor(), agent_class(3, 1, epsilon=schedule), 4, seed=0)


def test_a_schedule_need_not_go_on_after_the_last_step():
    """Chance and learning rates are asked for ahead, further than the training goes."""

    def shares(step):
        if step > 12:
            raise IndexError("no more")
        return 1 - step / 12

    history = train_many(
        QLearningAgent, Corridor(), epsilon=shares, learning_rate=lambda n: 1 - n / 5, **SETTINGS
    )
    assert history.returns.tolist() == [[3.5] * 4] * 3
    with pytest.raises(IndexError, match="no more"):
        train_many(QLearningAgent, Corridor(), epsilon=shares, n_runs=3, n_episodes=5, seed=0)


@pytest.mark.filterwarnings("error")
def test_what_a_schedule_would_say_after_the_last_visit_brings_no_warning():
    train_many(QLearningAgent, Corridor(), learning_rate=lambda n: (1 - n / 5) ** 0.5, **SETTINGS)


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan"), None])
def test_temperatures_out_of_range_are_refused_in_one_run_and_in_many(temperature):
    policy = Boltzmann(lambda step: temperature if step > 2 else 1.0)
    with pytest.raises((ValueError, TypeError), match="temperature is"):
        train_many(QLearningAgent, Corridor(), policy=policy, **SETTINGS)
    with pytest.raises((ValueError, TypeError), match="temperature is"):
        train(Corridor(), QLearningAgent(3, 1, policy=policy), 4, seed=0)


class Stubborn(EpsilonGreedy):
    """Takes action 1 always."""

    def choose(self, q_values, rng, step=0, counts=None):
        return np.ones(np.shape(q_values)[:-1], dtype=int)


class Contrary(UCB):
    """Takes the other one of two actions."""

    def choose(self, q_values, rng, step=0, *, counts):
        return 1 - super().choose(q_values, rng, step, counts=counts)


@pytest.mark.parametrize("agent_class", [QLearningAgent, SarsaAgent, ExpectedSarsaAgent, MonteCarloAgent])
def test_a_policy_of_ones_own_chooses(agent_class):
    history = train_many(agent_class, Choice(), policy=Stubborn(0.5), n_runs=4, n_episodes=50, seed=0)
    assert (history.returns == 1.0).all()


class AllRandom(EpsilonGreedy):
    """Has an ε of its own, 1 for ever."""

    def at(self, step):
        return 1.0


@pytest.mark.parametrize("agent_class", [QLearningAgent, SarsaAgent, ExpectedSarsaAgent, MonteCarloAgent])
def test_an_epsilon_of_ones_own_counts_in_one_run_and_in_many(agent_class):
    returns = train_many(
        agent_class, Choice(), policy=AllRandom(0.0), n_runs=40, n_episodes=50, seed=0
    ).returns
    # 2,000 coins: 0.5 ± 6 standard errors.
    assert 0.433 < returns.mean() < 0.567
    agent = agent_class(1, 2, policy=AllRandom(0.0), rng=np.random.default_rng(0))
    assert 0.433 < np.mean([agent.act(0) for _ in range(2000)]) < 0.567


def test_an_epsilon_replaced_in_one_policy_counts():
    policy = EpsilonGreedy(0.0)
    policy.at = AllRandom(0.0).at
    returns = train_many(QLearningAgent, Choice(), policy=policy, n_runs=40, n_episodes=50, seed=0).returns
    assert 0.433 < returns.mean() < 0.567


def test_a_choice_replaced_in_one_policy_counts():
    policy = EpsilonGreedy(0.5)
    policy.choose = Stubborn(0.5).choose
    history = train_many(QLearningAgent, Choice(), policy=policy, n_runs=4, n_episodes=50, seed=0)
    assert (history.returns == 1.0).all()


def test_a_policy_of_ones_own_that_counts_chooses():
    returns = train_many(
        QLearningAgent, Choice(), policy=Contrary(1.0), n_runs=9, n_episodes=50, seed=0
    ).returns
    # What was not tried has the larger bound, so the contrary one never takes it.
    assert (returns == returns[:, :1]).all()
    assert set(returns[:, 0]) == {0.0, 1.0}


class Noting(EpsilonGreedy):
    """Notes whether the action was another than the best, for one agent's list of values only."""

    strayed = ()

    def choose(self, q_values, rng, step=0, counts=None):
        action = super().choose(q_values, rng, step)
        self.strayed = (*self.strayed, q_values[action] < max(q_values))
        return action


def always(action):
    return type("Always", (EpsilonGreedy,), {"choose": lambda self, *arguments, **options: action})(0.1)


@pytest.mark.parametrize("agent_class", [QLearningAgent, SarsaAgent])
@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (Noting(0.1), r"^Noting.choose fails \(.*ambiguous.*all runs at once"),
        (always(1), r"^Always.choose gives int64 numbers of shape \(\) for values of shape \(3, 2\)"),
        (always([0, 1]), r"^Always.choose gives int64 numbers of shape \(2,\) for"),
        (always(np.ones(3)), r"^Always.choose gives float64 numbers of shape \(3,\)"),
        (always([0, 1, 2]), r"^Always.choose gives"),
        (always([0, 1, -1]), r"^Always.choose gives"),
    ],
)
def test_a_policy_that_chooses_for_one_agent_only_is_refused_with_advice(agent_class, policy, words):
    with pytest.raises(TypeError, match=words + ".*or use `train`, in a loop over seeds$"):
        train_many(agent_class, Choice(), policy=policy, n_runs=3, n_episodes=4, seed=0)


def test_probabilities_that_are_for_one_agent_only_are_refused():
    class Even(EpsilonGreedy):
        def probabilities(self, q_values, step=0, counts=None):
            return np.array([0.5, 0.5])

    with pytest.raises(TypeError, match=r"^Even.probabilities gives float64 numbers of shape \(2,\) for"):
        train_many(ExpectedSarsaAgent, Choice(), policy=Even(0.1), n_runs=3, n_episodes=4, seed=0)
    # Whoever learns without them may have them as they are.
    train_many(QLearningAgent, Choice(), policy=Even(0.1), n_runs=3, n_episodes=4, seed=0)


def greedy_target(reward, next_q_values, terminated, discount):
    return reward + (1 - terminated) * discount * max(next_q_values)


def test_a_target_that_is_for_one_agent_only_is_refused():
    with pytest.raises(TypeError, match=r"^target, 'greedy_target', fails \(.*ambiguous.*all runs at once"):
        train_many(QLearningAgent, Choice(), target=greedy_target, n_runs=3, n_episodes=4, seed=0)
    with pytest.raises(TypeError, match=r"gives float64 numbers of shape \(2,\) for values of shape \(1,\)"):
        train_many(QLearningAgent, Choice(), target=greedy_target, n_runs=1, n_episodes=4, seed=0)


def test_a_target_may_be_a_number():
    settings = {"target": lambda *arguments: 2.0, "learning_rate": 1.0, **SETTINGS}
    assert (train_many(QLearningAgent, Corridor(), **settings).q_values == 2.0).all()
