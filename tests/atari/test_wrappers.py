"""Rewards, lives and real scores."""

from rl_helpers.atari import ClipReward, LostLife, Scores
from tests.atari.scripted import Scripted


def test_rewards_are_clipped_to_their_sign():
    env = ClipReward(Scripted([(7.0, 3, False, False), (0.0, 3, False, False), (-4.0, 3, False, False)]))
    env.reset()
    assert [env.step(0)[1] for _ in range(3)] == [1.0, 0.0, -1.0]


def test_a_lost_life_costs_one_and_terminates_but_the_game_goes_on():
    game = Scripted([(0, 3, False, False), (1, 2, False, False), (0, 2, False, False), (0, 0, True, False)])
    env = LostLife(game)
    env.reset(seed=0)
    assert env.step(0)[1:3] == (0, False)
    assert env.step(0)[1:3] == (0, True)  # a brick and a life: 1 − 1
    observation, info = env.reset()
    assert (observation, info["lives"], game.n_resets) == (2, 2, 1)
    assert env.step(0)[1:3] == (0, False)
    assert env.step(0)[1:3] == (-1, True)
    env.reset()
    assert game.n_resets == 2


def test_a_time_limit_is_no_lost_life():
    env = LostLife(Scripted([(0, 3, False, True)]))
    env.reset()
    assert env.step(0)[1:4] == (0, False, True)
    env.reset()
    assert env.env.n_resets == 2


def test_a_seed_begins_a_new_game_even_in_the_middle_of_one():
    env = LostLife(Scripted([(0, 2, False, False), (0, 2, False, False)]))
    env.reset()
    env.step(0)
    assert env.reset(seed=1)[0] == 0


def test_a_penalty_of_ones_own_takes_the_place_of_the_usual_one():
    env = LostLife(Scripted([(2, 2, False, False)]), penalty=-0.5)
    env.reset()
    assert env.step(0)[1:3] == (1.5, True)


def test_the_score_of_every_finished_game_is_kept_and_begins_with_0():
    env = Scores(Scripted([(7.0, 3, False, False), (4.0, 0, True, False), (0, 0, False, False)]))
    for _ in range(2):
        env.reset()
        env.step(0)
        env.step(0)
    env.reset()
    env.step(0)
    assert env.scores == [11.0, 11.0]
    assert env.score == 7.0


def test_a_game_cut_short_has_a_score_too():
    env = Scores(Scripted([(7.0, 3, False, True)]))
    env.reset()
    env.step(0)
    assert env.scores == [7.0]
