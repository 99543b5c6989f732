"""Pictures of Breakout."""

import numpy as np
from matplotlib.figure import Figure

from rl_helpers.atari import StateSpace
from rl_helpers.breakout import BEST, drawing
from rl_helpers.breakout.game.flight import Ball, landing
from rl_helpers.breakout.game.reading import Reading
from rl_helpers.plots import palette

WALL = bytes([1]) * 108
NO_WALL = bytes(108)
GREY_FRAME = np.full((210, 160, 3), 100, np.uint8)


def axes():
    return Figure().add_subplot()


def white(picture):
    return (picture == 255).all(axis=2)


def test_overlay_frames_ball_paddle_and_standing_bricks_and_dims_the_rest():
    one_brick = bytes([0] * 19 + [1] + [0] * 88)  # second row, second column
    picture = drawing.overlay(GREY_FRAME, Reading(60, 120, 50, 16, 5, one_brick), scale=2)
    assert picture.shape == (420, 320, 3)
    lit = white(picture)
    for left, top, right, bottom in (
        (2 * 58, 2 * 118, 2 * 64 - 1, 2 * 126 - 1),  # ball, two pixels away
        (2 * 49, 2 * 188, 2 * 67 - 1, 2 * 194 - 1),  # paddle, one pixel away
        (2 * 16, 2 * 63, 2 * 24 - 1, 2 * 69 - 1),  # brick
    ):
        assert lit[top, left : right + 1].all()
        assert lit[bottom, left : right + 1].all()
        assert lit[top : bottom + 1, left].all()
        assert lit[top : bottom + 1, right].all()
        assert not lit[top + 1 : bottom, left + 1 : right].any()
    assert (picture[~lit] == 50).all()


def test_overlay_without_a_ball_frames_the_paddle_alone():
    lit = white(drawing.overlay(GREY_FRAME, Reading(None, None, 50, 16, 5, NO_WALL)))
    assert lit.any()
    assert not lit[: 2 * 188].any()


def test_ring_lies_around_the_ball_and_hides_nothing_of_it():
    frame = np.zeros((210, 160, 3), np.uint8)
    frame[126:130, 60:62] = 200
    lit = white(drawing.ringed(frame, Ball(60, 126, 1, -1)))
    rows, columns = lit.nonzero()
    assert (rows.min() + rows.max(), columns.min() + columns.max()) == (2 * 127.5, 2 * 60.5)
    assert not lit[124:132, 58:64].any()
    assert drawing.ringed(frame, None) is frame


def test_path_ends_where_the_ball_lands():
    ball = Ball(60, 126, 1, -1)
    reading = Reading(60, 126, 50, 16, 5, WALL)
    x, _ = landing(ball, WALL)
    new = white(drawing.path_overlay(GREY_FRAME, reading, ball)) & ~white(
        drawing.overlay(GREY_FRAME, reading)
    )
    rows, columns = new[2 * 194 :].nonzero()  # the triangle below the paddle
    assert abs((columns.min() + columns.max()) / 2 - 2 * (x + 1)) <= 2
    assert rows.max() >= 10
    assert new[2 * 100 : 2 * 126].any()  # and up to the wall


def test_policy_map_shows_the_best_action_of_each_state_and_what_was_never_tried():
    space = StateSpace(None, (2, 2, 3))
    q_values = np.zeros((space.n_states, 4))
    table = q_values[1:].reshape(2, 2, 3, 4)
    table[0, 0, 1] = [0, 0, 1, 0]  # right
    table[0, 1, 1] = [0, 0, 0, 1]  # left
    table[1, 0, 1] = [0, 1, 0, 0]  # fire, which does nothing in flight
    table[:, :, 0] = [9, 0, 0, 0]  # another last action: not in this picture
    drawn = drawing.policy_map(axes(), q_values, space)
    assert {text.get_position(): text.get_text() for text in drawn.texts} == {
        (0, 0): "→",
        (0, 1): "←",
        (1, 0): "·",
        (1, 1): "?",
    }
    assert drawn.images[0].get_array().tolist() == [[1, 0], [2, 0]]


def test_policy_map_has_an_edge_between_any_two_buckets_of_the_shipped_state():
    drawn = drawing.policy_map(axes(), np.zeros((BEST.n_states, 4)), BEST)
    n_offsets, n_times, _ = BEST.sizes
    assert len(drawn.get_xticks()) == n_offsets - 1
    assert len(drawn.get_yticks()) == n_times - 1


def test_thinking_fills_the_bar_of_what_is_played_and_lengths_follow_values():
    picture = drawing.thinking(np.zeros((210, 160, 3), np.uint8), [0.5, 0.0, 1.5, 1.0], played=2)
    assert picture.shape == (420, 440, 3)
    widths = [
        picture[40 + 90 * action + 20 : 40 + 90 * action + 30].any(axis=(0, 2)).nonzero()[0]
        for action in range(4)
    ]
    lengths = [columns.max() - columns.min() for columns in widths]
    assert lengths[1] < lengths[0] < lengths[3] < lengths[2]
    filled = [
        (picture[40 + 90 * action + 24, 320:] == (86, 180, 233)).all(axis=1).sum() for action in range(4)
    ]
    assert [count > 0 for count in filled] == [False, False, True, False]


def test_steps_chart_has_a_bar_for_each_step_in_order_and_a_dot_for_each_seed():
    about = {"penalty": "-1.0", "initial_value": "1.0", "decisions": "10"}
    rows = [
        about | {"step": step, "training_seed": str(seed), "score": str(score)}
        for step, scores in (("a", (1, 3)), ("b", (4, 8)))
        for seed, score in enumerate(scores)
    ]
    drawn = drawing.steps_chart(axes(), rows)
    assert [label.get_text() for label in drawn.get_yticklabels()] == ["a", "b"]
    assert [bar.get_width() for bar in drawn.patches] == [2, 6]
    assert [line.get_xdata().tolist() for line in drawn.lines] == [[1, 3], [4, 8]]
    assert drawn.yaxis_inverted()


def test_colours_of_the_map_are_those_of_the_palette():
    drawn = drawing.policy_map(axes(), np.zeros((BEST.n_states, 4)), BEST)
    assert drawn.images[0].cmap.colors[1:] == [palette.BLUE, palette.ORANGE]
