"""Levels are read from text, and refused with what to change."""

import numpy as np
import pytest

from rl_helpers.super_bob.levels import LEGEND, LEVELS, Level, level_of, parse_level
from rl_helpers.super_bob.levels.level import AIR, FLAG, GROUND, PAD_SIDE, PAD_TOP, SPRING
from rl_helpers.super_bob.levels.rules import BODY_HEIGHT, N_ROWS, PIXEL, TILE
from tests.super_bob.zoo import ZOO

FLAT = "B..F\n####"


def test_rows_are_filled_up_with_air_on_top():
    level = parse_level(FLAT)
    assert level.rows == ("....",) * 11 + ("B..F", "####")
    assert level.start == (2 * PIXEL, 12 * TILE - BODY_HEIGHT)
    assert level.flag_column == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "0 rows"),
        ("\n".join(["B.F"] + ["..."] * 13), "14 rows"),
        ("B..F\n###", "row 1 of the level has 3 characters, expected 4"),
        ("B.?F\n####", "row 0, column 2 of the level is '?'"),
        ("...F\n\tB..\n####", r"row 1, column 0 of the level is '\\t', expected .*: air is a full stop"),
        ("...F\nB  \u00a0\n####", "row 1, column 1 of the level is ' ', expected .*: air is a full stop"),
        ("...F\nB..  # here\n####", "row 1, column 3 of the level is ' '"),
        ("...F\n####", "0 times B"),
        ("B.BF\n####", "2 times B"),
        ("B...\n####", "has no F"),
        ("B.wF\n##.#", "vacuum at row 11, column 2 hangs in the air"),
        ("B.jF\n##.#", "cucumber at row 11, column 2"),
        (".:..\nBM~F\n####", "track beside it and one above"),
    ],
)
def test_what_is_no_level_is_refused_with_what_to_change(text, says):
    with pytest.raises(ValueError, match=says.replace("?", r"\?")):
        parse_level(text)


def test_a_level_that_is_no_text_is_refused():
    with pytest.raises(TypeError, match="expected a text map"):
        parse_level(7)
    with pytest.raises(ValueError, match="expected one of meadow"):
        level_of("medow")


def test_named_levels_are_read_once_and_a_level_stays_as_it_is():
    for name in LEVELS:
        level = level_of(name)
        assert level is level_of(name) is level_of(level)
        assert (level.name, len(level.rows)) == (name, N_ROWS)
    assert isinstance(level_of(FLAT), Level)


def test_the_level_is_walled_at_its_sides_and_its_top_row_goes_on_above_it():
    level = parse_level("\n".join(["#..S", *["...."] * 10, "B..F", "####"]))
    kinds = level.kinds
    assert (kinds[:, :PAD_SIDE] == GROUND).all()
    assert (kinds[:, -PAD_SIDE:] == GROUND).all()
    assert (kinds[: PAD_TOP + 1, PAD_SIDE : PAD_SIDE + 4] == [GROUND, AIR, AIR, SPRING]).all()
    assert (kinds[PAD_TOP + N_ROWS :, PAD_SIDE : PAD_SIDE + 4] == AIR).all()


def test_the_flags_pole_goes_up_until_something_stands_in_its_way():
    column = parse_level("...#\n....\nB..F\n####").kinds[PAD_TOP:, PAD_SIDE + 3]
    assert column[8:14].tolist() == [AIR, GROUND, FLAG, FLAG, GROUND, AIR]


def test_a_walker_goes_to_the_edge_and_to_the_wall_and_back():
    (vacuum,) = parse_level("......#\n..w...#\n.####.F\nB......\n#######").movers
    # From one edge of its ground, column 1, to the other, column 4, and back.
    assert vacuum.columns == (1, 4)
    assert vacuum.period == 2 * 3 * 32
    assert (np.abs(np.diff(vacuum.xs)) == TILE // 32).all()
    (vacuum,) = parse_level("B#w^..F\n#######").movers
    assert set(vacuum.xs) == {2 * TILE}


def test_a_jumper_rests_and_hops_in_its_column():
    (cucumber,) = parse_level("B.j.F\n#####").movers
    assert set(cucumber.xs) == {2 * TILE}
    top = 11 * TILE
    assert cucumber.ys[0] == cucumber.ys[20] == top
    assert 2 < (top - min(cucumber.ys)) / TILE < 2.2
    assert max(cucumber.ys) == top


def test_enemies_that_are_stacked_go_together():
    lower, upper = parse_level("..j...\n..w...\n.###.F\nB.....\n######").movers
    assert (lower.kind, upper.kind) == ("w", "j")
    assert upper.xs == lower.xs
    assert {low - up for low, up in zip(lower.ys, upper.ys, strict=True)} == {TILE}
    assert upper.group == lower.group
    assert len(parse_level("..j...\n..w...\n.###.F\nB.....\n######").periods) == 1


def test_a_platform_keeps_to_its_track_and_rests_at_both_ends():
    (platform,) = parse_level("B.~MM~~.F\n#########").movers
    assert platform.n_tiles == 2
    assert platform.columns == (2, 6)
    assert platform.period == 2 * (3 * 16 + 32)
    assert len(set(platform.ys)) == 1
    (platform,) = parse_level("..:...\n..M...\n..:...\nB....F\n######").movers
    assert sorted(set(platform.ys))[:: 2 * 16] == [8 * TILE, 10 * TILE]
    assert set(platform.xs) == {2 * TILE}
    (platform,) = parse_level("B.MM.F\n##..##").movers
    assert platform.period == 1


def test_phases_are_drawn_over_the_whole_round():
    level = parse_level("B.j...M~F\n#########")
    rng = np.random.default_rng(0)
    phases = np.array([level.draw_phases(rng) for _ in range(2_000)])
    assert phases.min(axis=0).tolist() == [0, 0]
    assert (phases.max(axis=0) == level.periods - 1).all()
    assert phases.mean(axis=0) == pytest.approx((level.periods - 1) / 2, rel=0.1)


def test_near_leaves_out_only_who_never_comes_near():
    level = parse_level(ZOO)
    near = level.near(level.movers, 3, 3)
    for column in range(level.n_columns):
        for number, mover in enumerate(level.movers):
            columns = {x // TILE for x in mover.xs} | {(x - 1) // TILE + mover.n_tiles for x in mover.xs}
            comes = any(abs(each - column) <= 3 for each in columns)
            assert not comes or number in near[column]


def test_standing_is_on_the_lowest_ground_with_room():
    level = parse_level("......\n..--..\n......\nB.#^.F\n###.##")
    assert level.standing(1)[1] == 12 * TILE - BODY_HEIGHT
    assert level.standing(2)[1] == 11 * TILE - BODY_HEIGHT
    assert level.standing(3)[1] == 9 * TILE - BODY_HEIGHT
    with pytest.raises(ValueError, match="nobody can stand in column 9"):
        level.standing(9)


def test_the_zoo_has_everything():
    assert set(LEGEND) - set(ZOO) == set()
