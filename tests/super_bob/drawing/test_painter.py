"""Pictures show what is in the game, where it is."""

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.super_bob.drawing import PICTURE_SHAPE, picture
from rl_helpers.super_bob.drawing.scenery import FAR_SPEED, THEMES, landscape
from rl_helpers.super_bob.game.single import CAUGHT, Game, first_state
from rl_helpers.super_bob.levels import LEVELS, parse_level
from tests.super_bob.zoo import ZOO

LONG = "." * 40 + "\nB" + "." * 38 + "F\n" + "#" * 40


def changed(before, after):
    """Return the first and last row and column of the pixels that differ."""
    rows, columns = np.nonzero((before != after).any(axis=2))
    return rows.min(), rows.max(), columns.min(), columns.max()


def test_bob_is_where_his_body_is():
    game = Game(parse_level(LONG))
    state = first_state(game.level, 3)
    without = picture(game, state._replace(x=-100_000, y=-100_000))
    top, bottom, left, right = changed(without, picture(game, state))
    # His picture is on the tile at row 11, column 3; its first rows may be air.
    assert 11 * 16 <= top < 11 * 16 + 4
    assert bottom == 12 * 16 - 1
    assert 3 * 16 <= left <= right < 4 * 16


def test_the_picture_goes_along_with_him_and_stops_at_the_ends():
    game = Game(parse_level(LONG))
    assert picture(game, first_state(game.level)).shape == PICTURE_SHAPE
    # At the end nothing moves but Bob: of two pictures only his place differs.
    one, other = (picture(game, first_state(game.level, column)) for column in (37, 38))
    assert changed(one, other)[2] >= 17 * 16
    # The flag is seen there, and not from further left.
    assert changed(one, picture(game, first_state(game.level, 12)))[3] > 18 * 16
    assert (landscape("", 0) != landscape("", FAR_SPEED)).any()
    np.testing.assert_array_equal(landscape("", 0), landscape("", 1))


@pytest.mark.parametrize("kind", "#=S-^vow")
def test_every_kind_of_tile_is_seen(kind):
    row = ".o" if kind == "o" else f".{kind}"
    plain = Game(parse_level("....\n....\n....\nB..F\n####"))
    ground = "----" if kind == "w" else "...."
    drawn = Game(parse_level(f"..{row[1]}.\n{ground}\n....\nB..F\n####"))
    base = Game(parse_level(f"....\n{ground}\n....\nB..F\n####")) if kind == "w" else plain
    state = first_state(plain.level)
    top, bottom, left, right = changed(picture(base, state), picture(drawn, state))
    assert 8 * 16 <= top <= bottom <= 9 * 16 + 1
    assert (0 if kind == "w" else 32) <= left <= right < 48


def test_who_is_stomped_and_what_is_collected_is_gone():
    game = Game(parse_level("B.o.j.F\n#######"))
    state = first_state(game.level)
    full = picture(game, state)
    assert 32 <= changed(full, picture(game, state._replace(collected=1)))[2] < 48
    assert 64 <= changed(full, picture(game, state._replace(stomped=1)))[2] < 80


def test_poses_differ():
    game = Game(parse_level(LONG))
    state = first_state(game.level, 4)
    poses = [
        picture(game, each).tobytes()
        for each in (state, state._replace(late=0), state._replace(cause=CAUGHT), state._replace(finished=1))
    ]
    assert len({*poses, picture(game, state, faces_left=True).tobytes()}) == 5


def test_every_named_level_has_a_landscape_of_its_own():
    assert set(THEMES) == set(LEVELS)
    assert len({landscape(name, 0).tobytes() for name in LEVELS}) == len(LEVELS)


def test_a_whole_level_is_one_picture():
    game = Game(parse_level(ZOO))
    whole = picture(game, first_state(game.level), n_columns=game.level.n_columns)
    assert whole.shape == (208, game.level.n_columns * 16, 3)
    assert (whole[:, -40:] != whole[:, :40]).any()


def test_the_environment_draws_and_turns_him():
    env = gym.make("Bob/Super-v0", level=LONG, render_mode="rgb_array")
    env.reset(seed=0)
    assert env.render().shape == PICTURE_SHAPE
    env.step(1)
    assert env.unwrapped.faces_left
    env.step(0)
    assert env.unwrapped.faces_left
    env.step(2)
    assert not env.unwrapped.faces_left
