"""Hardness is measured: on levels of which one knows what must come out."""

import pytest

from rl_helpers.super_bob import parse_level
from rl_helpers.super_bob.env import SuperBobEnv
from rl_helpers.super_bob.game.single import Game, first_state
from rl_helpers.super_bob.hardness import fatal_errors, jumps, random_play, survives
from rl_helpers.super_bob.search.a_star import solve

FLAT = "B......F\n########"


def gap(n_columns):
    """Return a game with a gap of so many columns, and a way over it."""
    ground = "######" + "." * n_columns + "######"
    air = "." * len(ground)
    game = Game(parse_level("\n".join([air, air, f"B{air[3:]}F.", ground])))
    return game, solve(game).actions


def test_a_random_player_crosses_a_meadow_and_no_wall():
    easy = random_play(FLAT, 20_000, n_games=32)
    assert easy.n_finished > 0
    assert easy.farthest == 7
    assert easy.n_decisions == 20_000
    wall = "..#.....\n..#.....\n..#.....\n..#.....\nB.#....F\n########"
    walled = random_play(wall, 5_000, n_games=32)
    assert (walled.farthest, walled.n_finished) == (1, 0)


def test_who_falls_cannot_survive_and_who_stands_does():
    game = Game(parse_level("B....F\n##...#"))
    state = first_state(game.level)
    assert survives(game, state)
    assert not survives(game, state._replace(x=3 * 4096, late=0))


def test_no_error_kills_on_a_meadow_and_many_do_at_a_gap():
    game = Game(parse_level(FLAT))
    way = solve(game).actions
    assert fatal_errors(game, way) == (0, 5 * len(way))
    wide, way = gap(6)
    n_fatal, n_errors = fatal_errors(wide, way)
    assert 0.02 < n_fatal / n_errors < 0.6


def test_a_jump_over_a_wide_gap_must_be_exact_and_one_on_a_meadow_need_not():
    way = [2] * 8 + [5] * 8 + [2] * 30
    (free,) = jumps(Game(parse_level("B" + "." * 40 + "F" + chr(10) + "#" * 42)), way)
    assert free.n_pictures >= 12
    game, way = gap(6)
    over = [jump for jump in jumps(game, way) if jump.column >= 3]
    assert over
    assert all(jump.earliest <= 0 <= jump.latest for jump in over)
    assert 1 <= min(jump.n_pictures for jump in over) < 8


def test_the_nightmare_is_harder_than_the_meadow():
    shares, hardest = {}, {}
    for name in ("meadow", "nightmare"):
        env = SuperBobEnv(name)
        env.reset(seed=0)
        way = solve(env.game).actions
        n_fatal, n_errors = fatal_errors(env.game, way[:70])
        shares[name] = n_fatal / n_errors
        hardest[name] = min(jump.n_pictures for jump in jumps(env.game, way))
    assert shares["nightmare"] > 2 * shares["meadow"]
    assert hardest["nightmare"] <= hardest["meadow"]


def test_no_decision_is_no_play():
    with pytest.raises(ValueError, match="n_decisions is 0"):
        random_play(FLAT, 0)
