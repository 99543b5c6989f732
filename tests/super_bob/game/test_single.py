"""What Bob does in a picture: running, jumping, standing, dying, finishing."""

from itertools import pairwise

import pytest

from rl_helpers.super_bob.game.single import ACTIONS, CAUSES, Game, first_state
from rl_helpers.super_bob.levels import parse_level
from rl_helpers.super_bob.levels.rules import (
    BODY_HEIGHT,
    ENEMY_TOP,
    FALL_SPEED,
    LATE_JUMP,
    PIXEL,
    TILE,
    TOP_SPEED,
)

NOTHING, LEFT, RIGHT, JUMP, LEFT_JUMP, RIGHT_JUMP = range(6)
ROOM = ".........................\n" * 9
LONG = ROOM + "B.......................F\n" + "#########################"
GROUND = 12 * TILE - BODY_HEIGHT


def played(level, actions, *, start=None, phases=()):
    """Return all states of a game, picture by picture; actions are (action, pictures)."""
    level = parse_level(level)
    game = Game(level, phases)
    states = [first_state(level, start)]
    for action, n_pictures in actions:
        for _ in range(n_pictures):
            if not states[-1].is_over:
                states.append(game.after(states[-1], action, 1))
    return states


def height(states):
    """Return how high Bob came, in tiles."""
    return (GROUND - min(state.y for state in states)) / TILE


def test_he_speeds_up_and_slows_down_and_brakes():
    run = played(LONG, [(RIGHT, 60)])
    speeds = [state.vx for state in run]
    assert speeds[1:4] == [16, 32, 48]
    assert speeds[-1] == max(speeds) == TOP_SPEED
    assert speeds.index(TOP_SPEED) == 32
    rolls = [state.vx for state in played(LONG, [(RIGHT, 60), (NOTHING, 20)])][60:]
    assert rolls.index(0) == 16
    brakes = [state.vx for state in played(LONG, [(RIGHT, 60), (LEFT, 20)])][60:]
    assert brakes[1] == TOP_SPEED - 48
    assert next(number for number, speed in enumerate(brakes) if speed <= 0) == 11


def test_a_jump_is_as_high_as_the_key_is_held_long():
    heights = [height(played(LONG, [(JUMP, held), (NOTHING, 60)])) for held in (1, 4, 8, 16, 29, 60)]
    assert heights == sorted(heights)
    assert heights[0] == pytest.approx(1.48, abs=0.05)
    assert heights[1] == pytest.approx(1.98, abs=0.05)
    assert heights[4] == heights[5] == pytest.approx(4.0, abs=0.1)


def test_one_press_is_one_jump():
    states = played(LONG, [(JUMP, 120)])
    assert sum(late.vy < -1_000 <= early.vy for early, late in pairwise(states)) == 1
    assert states[-1].y == GROUND
    again = played(LONG, [(JUMP, 100), (NOTHING, 1), (JUMP, 10)])
    assert again[-1].y < GROUND


@pytest.mark.parametrize(("too_late", "jumps"), [(0, True), (3, True), (9, False)])
def test_a_jump_starts_a_little_after_the_edge(too_late, jumps):
    cliff = ROOM + "B.......................F\n" + "####....................#"
    run = played(cliff, [(RIGHT, 60)])
    edge = next(number for number, state in enumerate(run) if state.late < LATE_JUMP)
    states = played(cliff, [(RIGHT, edge + too_late), (RIGHT_JUMP, 20)])
    assert (height(states) > 1) == jumps


@pytest.mark.parametrize(("too_early", "jumps"), [(3, True), (9, False)])
def test_a_press_counts_a_little_before_landing(too_early, jumps):
    lands = next(
        number
        for number, state in enumerate(played(LONG, [(JUMP, 4), (NOTHING, 60)]))
        if number > 10 and state.late == LATE_JUMP
    )
    states = played(LONG, [(JUMP, 4), (NOTHING, lands - 4 - too_early), (JUMP, too_early + 10)])
    assert (height(states[lands:]) > 1) == jumps


def test_walls_stop_him_across_and_ceilings_upwards():
    walled = "....#.\n....#.\n....#.\nB...#F\n######"
    states = played(walled, [(RIGHT, 120)])
    assert (states[-1].x + 12 * PIXEL, states[-1].vx) == (4 * TILE, 0)
    low = "......\n======\n......\nB....F\n######"
    states = played(low, [(JUMP, 60)])
    assert min(state.y for state in states) == 10 * TILE
    assert states[-1].y == GROUND


def test_a_plank_is_jumped_through_and_stood_on():
    planked = "......\n.-----\n......\n.B...F\n######"
    states = played(planked, [(JUMP, 40), (NOTHING, 60)])
    assert states[-1].y == 9 * TILE - BODY_HEIGHT
    assert states[-1].late == LATE_JUMP


def test_a_spring_throws_him_higher_than_any_jump():
    sprung = "\n".join(["........."] * 9 + [".B......F", "#S#######"])
    assert height(played(sprung, [(NOTHING, 60)])) == pytest.approx(5.8, abs=0.3)
    assert height(played(sprung, [(NOTHING, 2), (JUMP, 60)])) == pytest.approx(8.4, abs=0.3)


def test_spikes_hurt_from_above_and_from_below_but_not_beside_them():
    assert CAUSES[played(LONG.replace("B....", "B...^"), [(RIGHT, 120)])[-1].cause] == "spikes"
    hanging = "..........\n.vvvvvvv..\nB........F\n##########"
    assert played(hanging, [(RIGHT, 200)])[-1].finished
    assert CAUSES[played(hanging, [(RIGHT, 20), (RIGHT_JUMP, 20)])[-1].cause] == "spikes"


def test_a_fall_ends_below_the_level():
    last = played("B....F\n##..##", [(RIGHT, 200)])[-1]
    assert CAUSES[last.cause] == "fell"
    assert last.y > 13 * TILE


def test_an_enemy_is_stomped_from_above_and_kills_from_beside():
    cornered = "..........\n..........\n..........\nB..#w#...F\n##########"
    stomp = played(cornered, [(RIGHT_JUMP, 90)])
    assert stomp[-1].stomped == 1
    assert not stomp[-1].cause
    bounce = next(number for number, state in enumerate(stomp) if state.stomped)
    assert stomp[bounce].vy < -900
    walks_in = "B.w...F\n#######"
    assert CAUSES[played(walks_in, [(RIGHT, 200)])[-1].cause] == "enemy"


def test_a_hedgehog_cannot_be_stomped():
    cornered = "..........\n..........\n..........\nB..#h#...F\n##########"
    last = played(cornered, [(RIGHT_JUMP, 90)])[-1]
    assert (last.stomped, CAUSES[last.cause]) == (0, "enemy")


def test_a_stack_is_stomped_one_after_the_other():
    stacked = "\n".join(["..........", "....w.....", "B..#w#...F", "##########"])
    last = played(stacked, [(RIGHT_JUMP, 60), (NOTHING, 60)])
    assert max(state.stomped for state in last) >= 2  # the upper one is the second in the list


def test_a_platform_carries_him():
    states = played("\n".join(["........", ".B......", ".MM~~~.F", "........"]), [(NOTHING, 79)])
    assert all(state.late == LATE_JUMP for state in states[1:])
    assert states[-1].x - states[0].x == pytest.approx(3 * TILE, abs=TILE)
    lift = played(
        "\n".join([".:......", ".:.....F", ".:......", ".:B.....", ".MM....."]),
        [(NOTHING, 90)],
        phases=(100,),
    )
    assert lift[-1].y < lift[0].y


def test_coins_are_collected_once_and_the_flag_ends_the_game():
    states = played("B.o.F\n#####", [(RIGHT, 40), (LEFT, 30), (RIGHT, 200)])
    assert states[-1].collected == 1
    assert states[-1].finished
    assert states[-1].farthest == states[-1].column == 4
    assert len(states) < 200


def test_a_decision_is_its_pictures():
    level = parse_level(LONG)
    game = Game(level)
    four = game.after(first_state(level), ACTIONS.index("RIGHT+JUMP"))
    assert four == played(LONG, [(RIGHT_JUMP, 4)])[-1]


def test_phases_must_be_one_for_each_group():
    with pytest.raises(ValueError, match="phases has 2 entries, expected 1"):
        Game(parse_level("B.j.F\n#####"), (1, 2))


def test_a_hop_into_a_plank_ends_where_it_began():
    states = played("......\n.-----\n.B...F\n######", [(JUMP, 1), (NOTHING, 60)])
    assert 10 * TILE < min(state.y for state in states) + BODY_HEIGHT < 11 * TILE
    assert states[-1].y == GROUND


def test_nobody_falls_faster_than_allowed():
    tall = parse_level("\n".join(["B.F", *["..."] * 11, "###"]))
    game, state, speeds = Game(tall), first_state(tall), []
    while not state.is_over and len(speeds) < 60:
        state = game.after(state, NOTHING, 1)
        speeds.append(state.vy)
    assert max(speeds) == FALL_SPEED


@pytest.mark.parametrize(("vy", "cause", "stomped"), [(300, "", 1), (-300, "enemy", 0)])
def test_only_who_falls_stomps(vy, cause, stomped):
    level = parse_level("..........\n..........\n..........\nB..#w#...F\n##########")
    over = 11 * TILE + ENEMY_TOP + 5 * PIXEL - BODY_HEIGHT
    state = first_state(level)._replace(x=4 * TILE + 2 * PIXEL, y=over, vy=vy, late=0)
    after = Game(level).after(state, NOTHING, 1)
    assert (CAUSES[after.cause], after.stomped) == (cause, stomped)


def test_who_dies_at_the_flag_has_not_finished():
    level = parse_level("B..^F.\n######")
    state = first_state(level)._replace(x=60 * PIXEL, y=GROUND)
    after = Game(level).after(state, NOTHING, 1)
    assert (CAUSES[after.cause], after.finished) == ("spikes", 0)


def test_a_platform_lifts_only_who_was_above_it():
    level = parse_level("......\n.MM..F\n......\nB.....\n######")
    top = 9 * TILE
    above = first_state(level)._replace(x=TILE, y=top - BODY_HEIGHT - 10, vy=200, late=0)
    below = above._replace(y=top - BODY_HEIGHT + 4 * PIXEL)
    game = Game(level)
    assert game.after(above, NOTHING, 1).y == top - BODY_HEIGHT
    assert game.after(below, NOTHING, 1).y > below.y
