"""Games note the episodes from Bob's own start, and show what they say they show."""

import numpy as np
import pytest

from rl_helpers.super_bob import parse_level
from rl_helpers.super_bob.drawing.small import SKY, SMALL_SHAPE
from rl_helpers.super_bob.game.observations import N_TILES
from rl_helpers.super_bob.learning import games as noted
from rl_helpers.super_bob.learning.games import NotedGames, NumbersOnly, PixelGames, places_to_stand
from rl_helpers.super_bob.vector_env import SuperBobVectorEnv

GAP = parse_level("B......F\n####.###\n####.###")
LONG = parse_level("B........................F\n####################..####\n####################..####")
RIGHT, RIGHT_JUMP = 2, 5


def test_only_episodes_from_his_own_start_are_counted():
    games = NotedGames(40, GAP, starts=[0, 5])
    games.reset(seed=0)
    own = int((games.games.farthest == 0).sum())
    assert 0 < own < 40
    for _ in range(12):
        games.step(np.full(40, RIGHT))  # from column 5 to the flag and again; from column 0 into the gap
        if games._ended:
            break
    n_own, n_finished, _, n_lost = games.told()
    assert n_lost == n_own
    assert n_finished == 0
    games = NotedGames(3, GAP)
    games.reset(seed=0)
    for action in [RIGHT] * 6 + [RIGHT_JUMP] * 12:
        games.step(np.full(3, action))
    assert games.told() == (3, 3, 7, 0)
    assert games.told() == (0, 0, 0, 0)


def test_practice_begins_shortly_before_where_he_died():
    rng = np.random.default_rng(0)
    games = NotedGames(30, LONG)
    games.reset(seed=0)
    games.practise(0.5, rng)
    assert games._beginnings.starts is None  # he has not died yet
    while not games._deaths:
        games.step(np.full(30, RIGHT))
    (death,) = set(games._deaths)
    assert 20 <= death <= 21
    games.practise(0.25, rng)
    begins = np.array(games._beginnings.starts)
    assert np.mean(begins == 0) == pytest.approx(0.75, abs=0.01)
    assert set(begins[begins > 0]) == set(range(death - 14, death - 1))
    games.practise(0.25, rng)
    assert np.mean(np.array(games._beginnings.starts) == 0) == pytest.approx(0.75, abs=0.01)
    with pytest.raises(ValueError, match="give one"):
        NotedGames(2, [LONG, GAP]).practise(0.5, rng)
    with pytest.raises(ValueError, match="share is 1"):
        games.practise(1, rng)


def test_practice_is_cut_off_and_games_from_his_own_start_are_not(monkeypatch):
    monkeypatch.setattr(noted, "PRACTISED", 3)
    games = NotedGames(40, parse_level("B" + "." * 30 + "F\n" + "#" * 32), starts=[0, 10])
    games.reset(seed=0)
    own = games.games.farthest == 0
    for practises in (False, True):
        games.reset(seed=0)
        games._deaths.append(20)
        if practises:
            games.practise(0.5, np.random.default_rng(0))
        ended, columns = np.zeros(40, bool), np.zeros(40, int)
        for _ in range(30):
            _, _, terminated, truncated, infos = games.step(np.full(40, RIGHT))
            assert not terminated.any()
            first = truncated & ~ended
            ended |= truncated
            if first.any():
                columns[first] = infos["final_info"]["column"][first]
        assert not (ended & own).any()
        assert (ended[~own] == practises).all()
        assert set(columns[ended]) <= {13, 14}


def test_practice_keeps_the_starts_along_the_level():
    games = NotedGames(30, GAP, starts=[0, 0, 0, 5])
    games.reset(seed=0)
    while not games._deaths:
        games.step(np.full(30, RIGHT))
    games.practise(0.5, np.random.default_rng(0))
    practised, others = np.split(np.array(games._beginnings.starts), 2)
    assert set(practised) <= {0, 1, 2, 3}
    assert np.mean(others == 5) == pytest.approx(0.25, abs=0.01)


def test_places_to_stand_are_before_the_flag():
    assert places_to_stand(GAP) == [0, 1, 2, 3, 5, 6]


@pytest.mark.parametrize(("kind", "observation"), [(NumbersOnly, "tiles"), (PixelGames, "pixels")])
def test_other_views_are_of_the_same_games(kind, observation):
    shown, plain = kind(6, "meadow"), SuperBobVectorEnv(6, "meadow", observation=observation)
    rng = np.random.default_rng(0)
    n_ended = 0
    ours, theirs = shown.reset(seed=0)[0], plain.reset(seed=0)[0]
    for _ in range(300):
        assert ours.dtype == np.float32
        assert ours.shape == shown.observation_space.shape
        np.testing.assert_array_equal(ours, view(theirs))
        actions = rng.choice([RIGHT, RIGHT_JUMP], size=6)
        (ours, rewards, *_, infos), (theirs, same, *_, other) = shown.step(actions), plain.step(actions)
        np.testing.assert_array_equal(rewards, same)
        if "final_obs" in infos:
            for game in np.flatnonzero(infos["_final_obs"]):
                n_ended += 1
                assert infos["final_obs"][game] in shown.single_observation_space
                np.testing.assert_array_equal(
                    infos["final_obs"][game], view(other["final_obs"][game][None])[0]
                )
    assert n_ended > 5


def view(observations):
    if observations.ndim == 2:
        return observations[:, N_TILES:]
    total = sum(
        observations[:, :, row::4, column::4].astype(np.float32) for row in range(4) for column in range(4)
    )
    return (total.reshape(len(observations), -1) / 16 - SKY) / 100


def test_an_empty_sky_is_told_as_nothing():
    sky = np.full((1, *SMALL_SHAPE), SKY, np.uint8)
    seen = PixelGames(1, "meadow").seen(sky)
    assert seen.shape == (1, 2 * 13 * 20)
    assert not seen.any()
