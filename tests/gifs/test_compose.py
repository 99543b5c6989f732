import numpy as np
import pytest

from rl_helpers.gifs import (
    change_speed,
    create_gif,
    side_by_side,
    with_title,
)
from tests.gifs.films import GOOD, seen, starts, walk


def test_the_shorter_film_holds_its_last_frame():
    long, short = walk(5), walk(5)[:2] // 2
    film = list(side_by_side({"a": long, "b": iter(short)}))
    assert len(film) == 5
    for number, step in enumerate(film):
        np.testing.assert_array_equal(step["frame"][20:, :41], long[number])
        np.testing.assert_array_equal(step["frame"][20:, 49:], short[min(number, 1)])


def test_titles_are_written_in_black_on_white_and_add_no_other_color():
    grey = np.full((30, 100, 3), 128, np.uint8)
    (step,) = with_title([grey], "ε = 0.1")
    bar = step["frame"][:20]
    assert set(np.unique(bar)) == {0, 255}
    assert (bar == 0).sum() > 90
    (other,) = with_title([grey], "α = 0.1")
    assert (other["frame"] != step["frame"]).any()
    np.testing.assert_array_equal(step["frame"][20:], grey)


def test_a_long_title_gets_the_room_it_needs():
    dot = np.full((2, 2, 3), 128, np.uint8)
    (narrow,), (wide,) = with_title([dot], "Bob"), with_title([dot], "Bob, after 500 episodes")
    assert narrow["frame"].shape[1] < 60 < 100 < wide["frame"].shape[1]
    for step in (narrow, wide):
        frame = step["frame"]
        assert (frame == 128).all(axis=2).sum() == 4
        assert (frame[:, :4] == 255).all()
        assert (frame[:, -3:] == 255).all()


def test_films_of_different_speeds_show_what_is_due():
    film = {"a": change_speed(walk(8), 2), "b": walk(3)}
    steps = list(side_by_side(film))
    assert {step["render_fps"] for step in steps} == {60}
    assert len(steps) == 8
    for number, step in enumerate(steps):
        np.testing.assert_array_equal(step["frame"][20:, 49:], walk(3)[min(number // 2, 2)])


def test_a_frame_that_is_due_at_that_very_moment_is_shown():
    fast = [{"frame": GOOD, "render_fps": 47}] * 60
    slow = [{"frame": frame, "render_fps": 12} for frame in walk(20)]
    for number, step in enumerate(side_by_side({"fast": fast, "slow": slow})):
        np.testing.assert_array_equal(step["frame"][20:, -41:], walk(20)[min(12 * number // 47, 19)])


def test_a_film_made_of_lists_can_be_gone_through_twice(path):
    film = side_by_side({"a": list(walk(3)), "b": list(walk(2))})
    assert len(list(film)) == len(list(film)) == 3
    create_gif(film, path)
    np.testing.assert_array_equal(seen(path), [step["frame"] for step in film])


def test_side_by_side_says_which_film_is_wrong():
    with pytest.raises(ValueError, match=r"film 'after': frames\[0\] is None"):
        side_by_side({"before": [GOOD], "after": [None]})
    with pytest.raises(ValueError, match="dict from titles to frames"):
        side_by_side([GOOD])


@pytest.mark.parametrize(("factor", "end"), [(0.5, 40), (2, 10), (1, 20)])
def test_speed_changes_and_every_frame_stays(path, factor, end):
    create_gif(change_speed([{"frame": frame, "render_fps": 20} for frame in walk(4)], factor), path)
    assert starts(path)[-1] == end
    np.testing.assert_array_equal(seen(path), walk(4))


@pytest.mark.parametrize("factor", [0, -1, float("nan")])
def test_an_impossible_factor_is_refused(factor):
    with pytest.raises(ValueError, match="factor is"):
        change_speed(walk(2), factor)
