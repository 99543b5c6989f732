"""What is measured of games is what happened in them."""

import numpy as np

from rl_helpers.super_bob import parse_level
from rl_helpers.super_bob.learning import film_game, play_games

WALK = parse_level("B.......F\n#########")
PIT = parse_level("B...F\n##..#\n##..#")


class Always:
    """Chooses the same action everywhere."""

    def __init__(self, action):
        self.action, self.asked = action, []

    def see(self, observations):
        return observations

    def choose(self, inputs, *, explore):
        self.asked.append(explore)
        return np.full(inputs.shape[:2], self.action)

    def act(self, observation, *, explore):
        return self.action


def test_games_are_played_to_their_end():
    games = play_games(Always(2), WALK, 5)
    assert games.share == 1
    assert games.columns.tolist() == [8] * 5
    assert len(set(games.lengths.tolist())) == 1
    assert set(games.causes) == {""}


def test_a_fall_is_told():
    games = play_games(Always(2), PIT, 3, explore=True)
    assert games.share == 0
    assert set(games.causes) == {"fell"}
    assert games.columns.max() < 4


def test_who_stands_still_runs_out_of_time():
    agent = Always(0)
    games = play_games(agent, WALK, 2, max_episode_steps=30)
    assert games.lengths.tolist() == [30, 30]
    assert set(agent.asked) == {False}


def test_games_differ_in_their_phases_and_the_same_seed_is_the_same():
    meadow = [play_games(Always(5), "meadow", 20, seed=seed) for seed in (1, 1, 2)]
    assert meadow[0].lengths.tolist() == meadow[1].lengths.tolist()
    assert meadow[0].lengths.tolist() != meadow[2].lengths.tolist()


def test_a_film_shows_every_second_picture_up_to_the_end():
    frames = film_game(Always(2), WALK)
    n_decisions = play_games(Always(2), WALK, 1).lengths[0]
    assert 2 * (n_decisions - 1) + 1 < len(frames) <= 2 * n_decisions + 1
    assert frames[-1]["finished"]
    assert not frames[-2]["finished"]
    assert {frame["render_fps"] for frame in frames} == {30}
    assert len(film_game(Always(2), WALK, step=4)) == n_decisions + 1
    assert len(film_game(Always(0), WALK, most_decisions=3, step=1)) == 13
    assert not film_game(Always(2), PIT)[-1]["finished"]
