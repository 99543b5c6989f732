"""The pictures show what the room is: every pixel in its place."""

from itertools import product

import numpy as np
import pytest

from rl_helpers.worlds import LAYOUTS, Action
from rl_helpers.worlds.continuous_room import ContinuousRoomEnv
from rl_helpers.worlds.drawing import art, bob, sprites
from rl_helpers.worlds.drawing.art import (
    CELL,
    SCALE,
    TILE,
    Painter,
    Sprite,
    bob_sprite,
    draw,
    paste,
    reward_sprite,
)
from rl_helpers.worlds.room import RoomEnv

UP, RIGHT, DOWN, LEFT, SCRATCH = Action
TILES = {name: text for name, text in vars(sprites).items() if name.isupper() and isinstance(text, str)}
SMALL = {"FISH", "HEART", "DROPS", "WALL_TOP"}


def changed(before, after):
    """Return the (first, last) row and the (first, last) column of the pixels that differ; None if equal."""
    rows, columns = np.nonzero((before != after).any(axis=2))
    return ((rows.min(), rows.max()), (columns.min(), columns.max())) if len(rows) else None


def inside_cell(place, row, column):
    (top, bottom), (left, right) = place
    return (
        row * TILE <= top <= bottom < (row + 1) * TILE
        and column * TILE <= left <= right < (column + 1) * TILE
    )


def episode(layout, *actions):
    """Return the frames of an episode, the first one before any action."""
    env = RoomEnv(layout, render_mode="rgb_array")
    env.reset(seed=0)
    frames = [env.render()]
    for action in actions:
        env.step(action)
        frames.append(env.render())
    return frames


@pytest.mark.parametrize(
    ("name", "text"),
    [*((name, text) for name, text in TILES.items() if name not in SMALL), *bob.POSES.items()],
)
def test_a_tile_is_sixteen_pixels_square(name, text):
    lines = text.strip("\n").split("\n")
    assert [len(line) for line in lines] == [CELL] * CELL


@pytest.mark.parametrize(("name", "text"), [*TILES.items(), *bob.POSES.items()])
def test_every_character_of_a_picture_has_a_colour(name, text):
    assert set(text) - {"\n", "."} <= set(sprites.COLOURS)
    assert len({len(line) for line in text.strip().split("\n")}) == 1


def test_colours_are_distinct_and_few_enough_for_any_animation():
    assert len(set(sprites.COLOURS.values())) == len(sprites.COLOURS) <= 64


def test_an_animation_has_at_most_64_colours():
    frames = episode("BRN#\nCD.P", SCRATCH, RIGHT, SCRATCH, LEFT, DOWN, SCRATCH, RIGHT, SCRATCH)
    assert len(np.unique(np.concatenate(frames).reshape(-1, 3), axis=0)) <= 64


def test_a_frame_is_an_array_of_the_documented_size():
    (frame,) = episode("B.R\n..P")
    assert frame.shape == (2 * TILE, 3 * TILE, 3)
    assert frame.dtype == np.uint8
    assert RoomEnv().tile == TILE == CELL * SCALE


def test_pixels_are_crisp():
    frame = episode("B.R\n#.P", RIGHT, RIGHT, SCRATCH)[-1]
    art_pixels = frame[::SCALE, ::SCALE]
    np.testing.assert_array_equal(art.enlarge(art_pixels), frame)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_bob_is_drawn_in_the_cell_he_stands_in_and_nowhere_else(layout):
    env = RoomEnv(layout)
    for state in env.P:
        row, column, *_ = env.decode(state)
        if env.layout.is_wall(row, column):
            continue
        env.reset(options={"state": state})
        place = changed(env.picture(bob=False), env.picture())
        assert inside_cell(place, row, column)
        (top, bottom), (left, right) = place
        assert (bottom - top) > TILE * 3 / 4
        assert (right - left) > TILE * 3 / 4


def test_up_is_up_and_right_is_right():
    env = RoomEnv("...\n.B.\n..P")
    env.reset(seed=0)
    before = env.picture(bob=False)
    env.step(UP)
    (top, _), _ = changed(before, env.picture())
    assert top < TILE
    env.step(DOWN)
    env.step(RIGHT)
    _, (left, _) = changed(before, env.picture())
    assert left >= 2 * TILE


def test_bob_looks_where_he_goes():
    painter = Painter(["."])
    looks = {action: painter.frame(0, 0, facing=action) for action in (UP, RIGHT, DOWN, LEFT)}
    assert len({frame.tobytes() for frame in looks.values()}) == 4
    np.testing.assert_array_equal(looks[DOWN], painter.frame(0, 0))
    for part in range(2):
        np.testing.assert_array_equal(bob_sprite("left")[part], bob_sprite("right")[part][:, ::-1])


def test_bob_is_an_orange_cat():
    pixels, mask = bob_sprite("down")
    colours, counts = np.unique(pixels[mask[:, :, 0]], axis=0, return_counts=True)
    outline, fur = (list(bytes.fromhex(sprites.COLOURS[name][1:])) for name in "ko")
    common = [colour.tolist() for colour in colours[counts.argsort()[::-1]]]
    assert next(colour for colour in common if colour != outline) == fur


@pytest.mark.parametrize("kind", "RPCDN#B")
def test_a_thing_is_drawn_in_its_own_cell_and_nowhere_else(kind):
    empty = Painter(["...", "...", "..."]).room()
    room = Painter(["...", f"..{kind}", "..."]).room([1] if kind == "R" else [])
    assert inside_cell(changed(empty, room), 1, 2)


def test_every_thing_looks_different():
    pictures = {Painter([kind]).room([1] if kind == "R" else []).tobytes() for kind in ".#BRPCDN"}
    assert len(pictures) == 8


def test_the_treat_disappears_from_its_rug_and_only_from_it():
    painter = Painter(["R.R", "...", "R.."])
    full = painter.room([1, 1, 1])
    for number, cell in enumerate([(0, 0), (0, 2), (2, 0)]):
        treats = [1, 1, 1]
        treats[number] = 0
        assert inside_cell(changed(full, painter.room(treats)), *cell)


def test_the_treat_is_gone_from_the_picture_after_scratching():
    env = RoomEnv("BR.P")
    env.reset(seed=0)
    before = env.picture(bob=False)
    env.step(RIGHT)
    np.testing.assert_array_equal(env.picture(bob=False), before)
    env.step(SCRATCH)
    assert inside_cell(changed(before, env.picture(bob=False)), 0, 1)


@pytest.mark.parametrize("room", [RoomEnv, ContinuousRoomEnv])
@pytest.mark.parametrize("bob", [True, False])
def test_a_picture_can_show_other_treats_than_are_left_now(room, bob):
    env = room("B..RP")
    env.reset(seed=0)
    place = changed(env.picture(bob=bob), env.picture(bob=bob, treats_left=[0]))
    assert inside_cell(place, 0, 3)
    assert changed(env.picture(bob=bob), env.picture(bob=bob, treats_left=[1])) is None


def test_couches_side_by_side_are_one_couch():
    apart = Painter(["C.C"]).room()
    together = Painter(["CC"]).room()
    assert not np.array_equal(together[:, TILE // 2 : TILE], apart[:, TILE // 2 : TILE])
    np.testing.assert_array_equal(together[:, : TILE // 2], apart[:, : TILE // 2])
    np.testing.assert_array_equal(Painter(["C", "C"]).room()[:TILE], apart[:, :TILE])


def test_the_top_of_a_wall_shows_only_where_no_wall_is_behind_it():
    upper, lower = np.split(Painter(["#", "#"]).room(), 2)
    assert (upper[0, 0] != lower[0, 0]).any()
    np.testing.assert_array_equal(upper[TILE // 2 :], lower[TILE // 2 :])


def scratching(row, reward, n_rows=3):
    """Return what a reward adds to the picture of Bob scratching: changed rows and columns."""
    painter = Painter(["..."] * n_rows)
    return changed(painter.frame(row, 1, scratched=0.0), painter.frame(row, 1, scratched=reward))


@pytest.mark.parametrize("reward", [1.0, 5.0, -1.0, -5.0])
def test_a_reward_is_shown_above_bob_and_below_him_in_the_top_row(reward):
    (top, bottom), (left, right) = scratching(1, reward)
    assert 0 < top < bottom < TILE + SCALE  # it may touch his paws
    assert TILE / 2 < left < right < 2.5 * TILE
    (top, bottom), _ = scratching(0, reward)
    assert TILE <= top < bottom < 2 * TILE


def test_a_reward_is_shown_in_a_room_of_one_row():
    assert scratching(0, 5.0, n_rows=1) is not None


@pytest.mark.parametrize("column", [0, 2])
def test_a_reward_stays_inside_of_the_picture(column):
    painter = Painter(["...", "..."])
    _, (left, right) = changed(
        painter.frame(1, column, scratched=0.0), painter.frame(1, column, scratched=-5.0)
    )
    width = reward_sprite(-5.0).mask[:, :, 0].any(axis=0).sum()
    assert right - left + 1 >= width - SCALE


def test_treats_and_water_and_numbers_look_different():
    pictures = {reward_sprite(reward).pixels.tobytes() for reward in (1.0, 5.0, -1.0, -5.0)}
    assert len(pictures) == 4


@pytest.mark.parametrize("reward", [0.25, -1e-05, 1e9, -123456.0, 1 / 3])
def test_any_number_can_be_written(reward):
    assert reward_sprite(reward).mask.any()


def test_only_scratching_shows_the_scratching_pose():
    painter = Painter(["."])
    assert changed(painter.frame(0, 0), painter.frame(0, 0, scratched=0.0))
    frames = episode("B.P", RIGHT, SCRATCH, LEFT)
    scratches = bob_sprite("scratch")
    shown = [
        np.array_equal(frame[:, TILE : 2 * TILE][scratches.mask], scratches.pixels[scratches.mask])
        for frame in frames
    ]
    assert shown == [False, False, True, False]


def test_every_frame_is_a_new_array():
    env = RoomEnv("BR\n.P", render_mode="rgb_array")
    env.reset(seed=0)
    first = env.render()
    copy, room = first.copy(), env.picture(bob=False)
    first[:], room[:] = 0, 0
    np.testing.assert_array_equal(env.render(), copy)
    assert env.picture(bob=False).any()


def test_the_picture_before_the_first_reset_is_the_one_after_it():
    env = RoomEnv()
    before = env.picture()
    env.reset(seed=0)
    np.testing.assert_array_equal(env.picture(), before)


def test_what_happened_in_the_last_episode_is_no_longer_seen():
    env = RoomEnv("BP")
    env.reset(seed=0)
    before = env.picture()
    env.step(SCRATCH)
    env.reset()
    np.testing.assert_array_equal(env.picture(), before)


def test_bob_is_drawn_between_cells_too():
    painter = Painter(["....", "....", "...."])
    (top, _), (left, _) = changed(painter.room(), painter.frame(0.5, 1.25))
    (top_at_origin, _), (left_at_origin, _) = changed(painter.room(), painter.frame(0, 0))
    assert (top - top_at_origin, left - left_at_origin) == (TILE // 2, TILE * 5 // 4)


@pytest.mark.parametrize(("top", "left"), list(product((-5, -2, 0, 3, 9, 12), repeat=2)))
def test_what_is_outside_of_a_picture_is_cut_off(top, left):
    stamp = Sprite(np.full((4, 4, 3), 9, np.uint8), np.ones((4, 4, 3), bool))
    picture, margin = np.zeros((10, 10, 3), np.uint8), 8
    wide = np.zeros((26, 26, 3), np.uint8)
    wide[margin + top : margin + top + 4, margin + left : margin + left + 4] = 9
    paste(picture, stamp, top, left)
    np.testing.assert_array_equal(picture, wide[margin:-margin, margin:-margin])


def test_holes_of_a_sprite_let_the_picture_shine_through():
    picture = np.full((1, 2, 3), 7, np.uint8)
    paste(picture, draw("k."), 0, 0)
    assert picture[0].tolist() == [[0x2B, 0x1D, 0x2E], [7, 7, 7]]
