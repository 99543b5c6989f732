"""Learning in Breakout: settings, a short training, the shipped table."""

import numpy as np
import pytest

from rl_helpers.agents import QLearningAgent, RandomAgent
from rl_helpers.breakout import BEST, learn, load_agent, make_breakout, new_agent, trained
from rl_helpers.breakout.learning import BUDGET_VARIABLE, BUDGETS, decisions
from rl_helpers.intervals import mean_interval
from rl_helpers.training import evaluate, run_episode, train


def test_budget_is_counted_in_decisions_and_can_be_shortened_from_outside(monkeypatch):
    monkeypatch.delenv(BUDGET_VARIABLE, raising=False)
    assert [decisions(budget) for budget in BUDGETS] == sorted(BUDGETS.values())
    monkeypatch.setenv(BUDGET_VARIABLE, "123")
    assert decisions("5 min") == 123
    with pytest.raises(ValueError, match="expected one of '30 s', '2 min', '5 min'"):
        decisions("an hour")


def test_real_scores_are_kept_below_clipped_rewards():
    env = make_breakout(for_training=True)
    agent = RandomAgent(4, rng=np.random.default_rng(0))
    progress = learn(env, agent, 1500, seed=0, average_last=0)
    plain = make_breakout()
    scores = evaluate(plain, RandomAgent(4, rng=np.random.default_rng(0)), 2, seed=0).returns
    assert progress.scores[:2] == scores.tolist()
    assert progress.ends == sorted(progress.ends)


def test_learning_is_counted_in_decisions_and_the_same_to_the_last_bit():
    tables = [trained(n_decisions=1500, seed=5)[0].q_values for _ in range(2)]
    np.testing.assert_array_equal(*tables)
    agent, progress = trained(n_decisions=1500, seed=6)
    assert agent.n_steps == progress.n_decisions == 1500
    assert (agent.q_values != tables[0]).any()


def test_the_ordinary_train_learns_here_too():
    env = make_breakout(for_training=True)
    agent = QLearningAgent(env.observation_space.n, 4, rng=np.random.default_rng(0))
    history = train(env, agent, n_episodes=5, seed=0)
    assert len(history.returns) == 5
    assert (history.returns >= -1).all()
    assert (agent.q_values != 0).any()


def test_schedules_fall_with_the_decisions():
    agent = new_agent(10, 1000, seed=0)
    assert agent.learning_rate(1) == 1
    assert agent.learning_rate(10**9) == 0.002
    assert agent.epsilon(0) > agent.epsilon(800) > agent.epsilon(900) == agent.epsilon(1000)
    assert agent.q_values.min() == 1.0


def test_the_stop_button_keeps_what_is_learned():
    env = make_breakout(for_training=True)
    agent = new_agent(BEST.n_states, 10_000, seed=0)

    def stop(progress):
        raise KeyboardInterrupt

    progress = learn(env, agent, 10_000, seed=0, on_game=stop)
    assert len(progress.scores) == 1
    assert 0 < progress.n_decisions == agent.n_steps < 10_000


def test_a_short_training_beats_random_with_non_overlapping_intervals():
    _, progress = trained(n_decisions=30_000, seed=0)
    learned = np.array(progress.scores[-15:])
    random = evaluate(make_breakout(), RandomAgent(4, rng=np.random.default_rng(0)), 15, seed=100).returns
    assert mean_interval(learned)[0] > mean_interval(random)[1]


def test_the_shipped_table_fits_the_shipped_state_and_plays_well():
    agent = load_agent()
    assert agent.q_values.shape == (BEST.n_states, 4)
    score, _ = run_episode(make_breakout(), agent, seed=1, learn=False, explore=False)
    assert score > 150


def test_the_shipped_table_plays_from_pixels_too():
    score, _ = run_episode(make_breakout(source="pixels"), load_agent(), seed=1, learn=False, explore=False)
    assert score > 100
