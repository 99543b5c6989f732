"""Random levels: the same for the same seed, harder where that is asked for, and possible."""

import numpy as np
import pytest

from rl_helpers.super_bob.game.single import Game
from rl_helpers.super_bob.levels import parse_level
from rl_helpers.super_bob.levels.segments import SEGMENTS
from rl_helpers.super_bob.random_levels import BEGINNING, END, joined, random_level, random_levels
from rl_helpers.super_bob.search.a_star import replay, solve

PIECES = [(grade, piece) for grade, pieces in SEGMENTS.items() for piece in range(len(pieces))]


@pytest.mark.parametrize(("grade", "piece"), PIECES)
def test_every_piece_is_possible_by_itself_and_stands_on_the_ground(grade, piece):
    level = parse_level(joined([BEGINNING, SEGMENTS[grade][piece], END]))
    for row in (-1, -2):
        assert {level.rows[row][column] for column in (6, 7, -8, -7)} <= {"#"}
    game = Game(level, tuple(level.draw_phases(np.random.default_rng(piece))))
    found = solve(game, max_decisions=200_000)
    assert found.is_found, f"stopped at column {found.farthest}"
    assert replay(game, found.actions).finished


@pytest.mark.parametrize("difficulty", [1, 2.5, 4, 5])
def test_a_seed_is_a_level(difficulty):
    one, other, another = random_levels([3, 3, 4], difficulty, n_pieces=3)
    assert one.rows == other.rows != another.rows
    assert (one.name, another.name) == ("random 3", "random 4")


def test_a_random_level_is_finished_from_new_phases():
    for seed in range(6):
        level = random_level(seed, 3, n_pieces=3)
        game = Game(level, tuple(level.draw_phases(np.random.default_rng(99))))
        assert solve(game, max_decisions=200_000).is_found


def test_difficulty_chooses_the_pieces():
    def has(difficulty, characters):
        levels = random_levels(range(12), difficulty, n_pieces=3)
        return sum(any(each in "".join(level.rows) for each in characters) for level in levels)

    assert has(1, "^vhjM") == 0
    assert has(4, "^vhjM") >= 8
    assert 0 < has(1.5, "^jS") < 12


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"difficulty": 0.5}, "1 ≤ difficulty ≤ 5"),
        ({"difficulty": 6}, "1 ≤ difficulty ≤ 5"),
        ({"n_pieces": 0}, "n_pieces is 0"),
    ],
)
def test_other_arguments_are_refused(options, says):
    with pytest.raises(ValueError, match=says):
        random_level(0, **options)
    with pytest.raises(ValueError, match="seed is -1"):
        random_level(-1)
