"""Training counted in decisions."""

import numpy as np
import pytest

from rl_helpers.agents import QLearningAgent, RandomAgent
from rl_helpers.atari import LostLife, MeanTable, Scores, Training, learn
from rl_helpers.training import Transition
from tests.atari.scripted import Scripted

GAME = [(1.0, 3, False, False), (0.0, 2, False, False), (4.0, 2, False, False), (0.0, 0, True, False)]


class Listener:
    """Does one action, keeps what it is told, and has a table that counts what it was told."""

    def __init__(self):
        self.told = []
        self.q_values = np.zeros((1, 1))

    def act(self, state, *, explore=True):
        assert explore is True
        return 3

    def update(self, transition):
        self.told.append(transition)
        self.q_values = np.full((1, 1), float(len([each for each in self.told if each != "end"])))

    def end_episode(self):
        self.told.append("end")


def new_env(rows=GAME, **options):
    return LostLife(Scores(Scripted(rows)), **options)


def test_every_decision_is_learned_from_also_the_last_one_of_a_life():
    agent = Listener()
    learn(new_env(), agent, 5, average_last=0)
    assert agent.told == [
        Transition(0, 3, 1.0, 1, False),
        Transition(1, 3, -1.0, 2, True),
        "end",
        Transition(2, 3, 4.0, 3, False),
        Transition(3, 3, -1.0, 4, True),
        "end",
        Transition(0, 3, 1.0, 1, False),
    ]


def test_a_game_cut_short_ends_the_episode_but_is_not_terminal():
    agent = Listener()
    learn(new_env([(0.0, 3, False, True)]), agent, 2, average_last=0)
    assert agent.told == [Transition(0, 3, 0.0, 1, False), "end"] * 2


def test_training_goes_on_in_the_middle_of_an_episode_where_it_stopped():
    agent, env = Listener(), Scores(Scripted(GAME))  # without lives: only the end of a game is one
    training = Training(env, agent)
    training.run(3)
    training.run(3)
    assert env.env.n_resets == 2
    assert [each if each == "end" else each.state for each in agent.told] == [0, 1, 2, 3, "end", 0, 1]
    assert training.log.n_decisions == 6


def test_the_log_has_the_real_score_and_the_time_of_each_game():
    seen = []
    log = learn(new_env(), Listener(), 9, on_game=lambda log: seen.append((log.n_decisions, log.scores[-1])))
    assert (log.n_decisions, log.scores, log.ends) == (9, [5.0, 5.0], [4, 8])
    assert seen == [(4, 5.0), (8, 5.0)]


def test_games_of_before_are_not_counted():
    env = new_env()
    learn(env, Listener(), 4)
    assert learn(env, Listener(), 4).scores == [5.0]


def test_only_the_first_game_is_seeded():
    seeds = []

    class Seeded(Scripted):
        def reset(self, *, seed=None, options=None):
            seeds.append(seed)
            return super().reset(seed=seed)

    learn(Scores(Seeded(GAME)), Listener(), 12, seed=7)
    assert seeds == [7, None, None]


def test_the_table_is_the_mean_of_those_at_the_ends_of_lives_in_the_last_part_and_of_the_last():
    agent = Listener()
    learn(new_env(), agent, 9, average_last=0.7)  # alone for two decisions; lives end after 4, 6, 8
    np.testing.assert_allclose(agent.q_values, np.mean([4, 6, 8, 9]))


def test_a_last_decision_that_ends_a_life_counts_once():
    mean = MeanTable()
    Training(new_env(), Listener()).run(4, mean)
    assert (mean.n_tables, float(mean.table[0, 0])) == (2, 3.0)


def test_without_a_last_part_the_table_stays_as_it_is():
    agent = Listener()
    learn(new_env(), agent, 9, average_last=0)
    assert agent.q_values[0, 0] == 9


def test_an_agent_without_a_table_can_be_trained_too():
    assert learn(new_env(), RandomAgent(4, rng=np.random.default_rng(0)), 9).n_decisions == 9


def test_the_stop_button_keeps_what_is_learned():
    def stop(log):
        raise KeyboardInterrupt

    agent = QLearningAgent(5, 4, rng=np.random.default_rng(0))
    log = learn(new_env(), agent, 1000, on_game=stop)
    assert log.n_decisions == agent.n_steps == 4
    assert log.scores == [5.0]
    assert agent.q_values.any()


def test_a_stop_in_the_last_part_leaves_the_mean_of_what_there_was():
    def stop(log):
        if log.n_decisions == 8:
            raise KeyboardInterrupt

    agent = Listener()
    learn(new_env(), agent, 1000, on_game=stop, average_last=1)
    np.testing.assert_allclose(agent.q_values, np.mean([2, 4, 6, 8]))


@pytest.mark.parametrize("n_decisions", [0, 2.5])
def test_a_number_of_decisions_that_is_none_is_refused(n_decisions):
    with pytest.raises(ValueError, match="n_decisions"):
        learn(new_env(), Listener(), n_decisions)
