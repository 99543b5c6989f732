"""Several processes that feed one table."""

import numpy as np
import pytest

from rl_helpers.atari import parallel_training
from rl_helpers.breakout import BEST, learn, make_breakout, trained, trained_together
from rl_helpers.breakout.learning import new_agent


@pytest.fixture(scope="module")
def short():
    rounds = []
    agent, progress = trained_together(
        n_decisions=20_000, seed=1, on_round=lambda each: rounds.append(each.n_decisions)
    )
    return agent, progress, rounds


@pytest.fixture
def short_rounds(monkeypatch):
    """Rounds of a thousand decisions, for what holds of any round."""
    monkeypatch.setattr(parallel_training, "ROUND", 1000)


def test_the_same_seed_gives_the_same_table_to_the_last_bit(monkeypatch):
    # Three rounds: later ones begin with a merged table, and of the last the tables are averaged.
    monkeypatch.setattr(parallel_training, "ROUND", 500)
    (agent, progress), (again, their_progress) = (trained_together(n_decisions=3000, seed=1) for _ in "ab")
    assert len(progress.scores) > 2
    np.testing.assert_array_equal(agent.q_values, again.q_values)
    np.testing.assert_array_equal(agent.visits, again.visits)
    assert progress == their_progress


def test_every_decision_of_every_worker_is_learned_from(short):
    agent, progress, rounds = short
    assert rounds == [10_000, 20_000]
    assert agent.n_steps == progress.n_decisions == agent.visits.sum() == 20_000
    assert len(progress.scores) == len(progress.ends) > 20


def test_workers_see_different_games_and_both_count(short_rounds):
    # One worker with all the decisions has other games than two with half of them each.
    agent, progress = trained_together(n_decisions=2000, seed=1)
    alone, their_progress = trained_together(n_decisions=2000, seed=1, n_workers=1)
    assert progress.scores != their_progress.scores
    assert alone.visits.sum() == agent.visits.sum() == 2000
    assert (alone.q_values != agent.q_values).any()


def test_one_worker_learns_what_an_agent_alone_learns(short_rounds):
    """One round: later ones start from a table with a last bit more or less, and a tie may fall otherwise."""
    n = parallel_training.ROUND
    together_agent, progress = trained_together(n_decisions=n, seed=2, n_workers=1, average_last=0)
    alone = new_agent(BEST.n_states, n, seed=200)
    their_progress = learn(make_breakout(for_training=True), alone, n, seed=200, average_last=0)
    np.testing.assert_allclose(together_agent.q_values, alone.q_values, rtol=1e-12)
    np.testing.assert_array_equal(together_agent.visits, alone.visits)
    assert progress.scores == their_progress.scores


def test_entries_are_weighted_by_how_often_they_were_learned_in_the_round():
    table, visits = np.array([[0.0, 7.0]]), np.array([[5, 5]])
    reports = [(np.array([[1.0, 7.0]]), np.array([[6, 5]])), (np.array([[5.0, 9.0]]), np.array([[8, 6]]))]
    new_table, new_visits = parallel_training.merged(table, visits, reports)
    np.testing.assert_allclose(new_table, [[(1 * 1 + 3 * 5) / 4, 9.0]])
    np.testing.assert_array_equal(new_visits, [[9, 6]])


def test_the_stop_button_keeps_full_rounds(short_rounds):
    def stop(progress):
        raise KeyboardInterrupt

    agent, progress = trained_together(n_decisions=8000, seed=1, on_round=stop)
    assert progress.n_decisions == agent.n_steps == 2000
    assert (agent.q_values != 1.0).any()


def test_a_worker_that_dies_is_noticed_and_said():
    worker = parallel_training._Worker(make_breakout, new_agent, 1)
    worker._process.terminate()
    worker._process.join()
    with pytest.raises(RuntimeError, match="a process that learns has ended"):
        worker.receive()
    worker.stop()


def test_it_learns(short):
    _, progress, _ = short
    _, alone = trained(n_decisions=1000, seed=1)
    assert np.mean(progress.scores[-10:]) > 2 * np.mean(alone.scores[:10])
