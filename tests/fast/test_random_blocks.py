"""Random numbers in blocks give many runs the same chance as drawn at every step."""

import numpy as np
import pytest

from rl_helpers.agents import QLearningAgent
from rl_helpers.exploration import UCB, Boltzmann, EpsilonGreedy
from rl_helpers.fast import random_blocks
from rl_helpers.fast.q_learning import ManyQLearning
from rl_helpers.fast.random_blocks import (
    EpsilonGreedyAtAnyTime,
    EpsilonGreedyInTurn,
    choices_in_blocks,
    in_blocks,
)
from rl_helpers.schedules import SampleAverage

N_RUNS, N_ACTIONS, N_STEPS = 50, 4, 2000


either = pytest.mark.parametrize("kind", [EpsilonGreedyInTurn, EpsilonGreedyAtAnyTime])


def choices(epsilon, q_values, n_steps=N_STEPS, n_runs=N_RUNS, seed=0, kind=EpsilonGreedyInTurn):
    """Return what all runs choose with the same values, (n_steps, n_runs)."""
    chooser = kind(EpsilonGreedy(epsilon), n_runs, len(q_values), np.random.default_rng(seed))
    rows = np.tile(np.array(q_values, dtype=float), (n_runs, 1))
    return np.array([chooser.choose(rows) for _ in range(n_steps)])


def shares(chosen, n_actions=N_ACTIONS):
    return np.bincount(chosen.ravel(), minlength=n_actions) / chosen.size


@either
# 100,000 choices: the standard error of a share is at most 0.0016; four of them.
@pytest.mark.parametrize(
    ("epsilon", "q_values", "expected"),
    [
        (0.0, [1, 0, 1, 1], [1 / 3, 0, 1 / 3, 1 / 3]),
        (0.2, [0, 5, 0, 0], [0.05, 0.85, 0.05, 0.05]),
        (1.0, [0, 5, 0, 0], [0.25, 0.25, 0.25, 0.25]),
        (0.3, [-7, -7, -9, -8], [0.425, 0.425, 0.075, 0.075]),
    ],
)
def test_actions_have_the_probabilities_of_the_policy(epsilon, q_values, expected, kind):
    assert shares(choices(epsilon, q_values, kind=kind)) == pytest.approx(expected, abs=0.0065)
    assert EpsilonGreedy(epsilon).probabilities(q_values) == pytest.approx(expected)


def test_a_schedule_counts_every_choice_as_a_time_step_also_beyond_what_is_drawn_at_a_time(monkeypatch):
    monkeypatch.setattr(random_blocks, "MOST_STEPS", 7)
    explored = choices(lambda step: float(step % 3 == 1), [0, 5, 0, 0], n_steps=30) != 1
    assert explored[1::3].mean() == pytest.approx(0.75, abs=0.08)  # 500 choices
    assert not explored[0::3].any()
    assert not explored[2::3].any()


@either
def test_runs_and_time_steps_are_independent(kind):
    chosen = choices(1.0, [0, 0, 0, 0], kind=kind).astype(float)
    between_runs = np.corrcoef(chosen.T)[np.triu_indices(N_RUNS, 1)]
    between_steps = [np.corrcoef(run[:-1], run[1:])[0, 1] for run in chosen.T]
    # Of 2,000 steps: by chance a correlation has a standard deviation of 0.022; 1,225 stay below 5 of it.
    assert np.abs(between_runs).max() < 0.11
    assert np.abs(between_steps).max() < 0.11


def test_numbers_are_not_drawn_twice(monkeypatch):
    monkeypatch.setattr(random_blocks, "BYTES", 3 * 8 * 5)
    rng = np.random.default_rng(0)
    rows = in_blocks(lambda n_steps: rng.random((n_steps, 5)), n_numbers=5)
    numbers = np.array([next(rows) for _ in range(10)])
    assert (numbers.ravel() == np.random.default_rng(0).random(50)).all()


def test_at_least_one_row_is_drawn_however_wide():
    rows = in_blocks(lambda n_steps: np.zeros((n_steps, 1)), n_numbers=10**9)
    assert next(rows).shape == (1,)


@either
def test_fewer_runs_may_choose_later(kind):
    chooser = kind(EpsilonGreedy(0.5), 10, 3, np.random.default_rng(0))
    assert chooser.choose(np.eye(10, 3)).shape == (10,)
    assert chooser.choose(np.eye(4, 3)).shape == (4,)


def test_for_runs_that_stay_away_nothing_more_is_drawn(monkeypatch):
    monkeypatch.setattr(random_blocks, "MOST_STEPS", 4)
    chooser = EpsilonGreedyInTurn(EpsilonGreedy(0.2), 10, 3, np.random.default_rng(0))
    drawn = []
    draw = np.random.default_rng(1).random

    class Noted:
        integers = np.random.default_rng(2).integers

        def random(self, shape, **options):
            drawn.append(shape)
            return draw(shape, **options)

    chooser.rng = Noted()
    chosen = [chooser.choose(np.tile([0.0, 5.0, 0.0], (n, 1))) for n in [10, 10] + [6] * 998]
    assert drawn[:4] == [(4, 3, 10), (4, 10), (4, 3, 6), (4, 6)]
    assert shares(np.concatenate(chosen[2:]), 3) == pytest.approx([1 / 15, 13 / 15, 1 / 15], abs=0.02)


@either
def test_values_of_each_run_are_its_own(kind):
    chooser = kind(EpsilonGreedy(0.0), 3, 3, np.random.default_rng(0))
    assert chooser.choose(np.array([[9.0, 0, 0], [0, 0, 9], [0, 9, 0]])).tolist() == [0, 2, 1]


@either
@pytest.mark.parametrize("best", [0, 3])
def test_exploring_beats_the_luckiest_tie(kind, best):
    class Lucky(np.random.Generator):
        """Draws the largest number below 1 for every tie."""

        def random(self, size, dtype=float):
            return np.full(size, np.nextafter(dtype(1), dtype(0)) if dtype is np.float32 else 0.0)

    rng = Lucky(np.random.PCG64(0))
    chooser = kind(EpsilonGreedy(0.1), 100, 4, rng)
    values = np.zeros((100, 4))
    values[:, best] = 1.0
    # All explore, as every 0.0 is below ε; if it did not count, all would choose the best.
    assert shares(np.array([chooser.choose(values) for _ in range(10)])).min() > 0.15


def test_chance_for_some_is_used_once_in_its_order(monkeypatch):
    """Five columns, 2 + 2 used, one too few for the third call: it begins with the next five."""
    monkeypatch.setattr(random_blocks, "CHOICES_FOR_EACH_RUN", 1)
    some = EpsilonGreedyAtAnyTime(EpsilonGreedy(0.0), 5, 4, np.random.default_rng(0))
    chosen = [some.choose(np.zeros((2, 4))).tolist() for _ in range(3)]
    first, second = np.random.default_rng(0).random((2, 4, 5), dtype=np.float32).argmax(axis=1).tolist()
    # More rows than two are drawn at a time, but in the same order.
    assert chosen == [first[:2], first[2:4], second[:2]]
    assert some.choose(np.zeros((3, 4))).tolist() == second[2:]


def test_with_a_schedule_nothing_is_drawn_for_some():
    assert choices_in_blocks(EpsilonGreedy(lambda step: 0.5), 2, 2, np.random.default_rng(0))[1] is None


@pytest.mark.parametrize("policy", [EpsilonGreedy(0.1), Boltzmann(1.0), UCB(1.0)], ids=repr)
def test_only_epsilon_greedy_runs_draw_their_chance_ahead_and_only_ucb_counts_choices(policy):
    agent = QLearningAgent(3, N_ACTIONS, policy=policy)
    runs = ManyQLearning(agent, N_RUNS, np.random.default_rng(0))
    is_greedy, is_ucb = isinstance(policy, EpsilonGreedy), isinstance(policy, UCB)
    assert isinstance(runs.in_turn, EpsilonGreedyInTurn) is is_greedy
    assert isinstance(runs.at_any_time, EpsilonGreedyAtAnyTime) is is_greedy
    assert (runs.choices is not None) is is_ucb
    assert runs.visits is None


def test_visits_are_counted_in_whole_numbers_and_only_for_a_schedule():
    agent = QLearningAgent(3, N_ACTIONS, learning_rate=SampleAverage(), policy=UCB(1.0))
    runs = ManyQLearning(agent, N_RUNS, np.random.default_rng(0))
    assert runs.visits.dtype.kind == runs.choices.dtype.kind == "i"
    assert runs.visits.shape == (N_RUNS * 3 * N_ACTIONS,)
    assert runs.learning_rate is agent.learning_rate
    fixed = ManyQLearning(QLearningAgent(3, N_ACTIONS), N_RUNS, np.random.default_rng(0))
    assert isinstance(fixed.learning_rate, np.ndarray)


def test_a_run_that_stayed_away_cannot_choose_again():
    """The draws that are made meanwhile are for those that stayed."""
    chooser = EpsilonGreedyInTurn(EpsilonGreedy(0.5), 10, 3, np.random.default_rng(0))
    chooser.choose(np.eye(4, 3))
    with pytest.raises(ValueError, match="5 runs choose, and 4 did the last time"):
        chooser.choose(np.eye(5, 3))
    with pytest.raises(ValueError, match="11 runs choose, and 10 did"):
        EpsilonGreedyInTurn(EpsilonGreedy(0.5), 10, 3, np.random.default_rng(0)).choose(np.eye(11, 3))


def test_a_policy_that_only_resembles_epsilon_greedy_chooses_by_itself():
    class Stubborn(EpsilonGreedy):
        def choose(self, q_values, rng, step=0, counts=None):
            return np.full(len(q_values), 2)

    policy = Stubborn(0.5)
    assert choices_in_blocks(policy, 2, 4, np.random.default_rng(0)) == (None, None)
    runs = ManyQLearning(QLearningAgent(3, 4, policy=policy), 5, np.random.default_rng(0))
    assert runs.act(np.arange(5), np.zeros(5, dtype=int)).tolist() == [2] * 5
