"""Bob/ContinuousRoom-v0 is the room of the grid, with real numbers in place of cells."""

from itertools import pairwise
from math import cos, floor, pi, sin

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from hypothesis import given, settings
from hypothesis import strategies as st

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.worlds import LAYOUTS, Action
from rl_helpers.worlds.continuous_room import HALF_BODY, ContinuousRoomEnv, continuous_actions
from rl_helpers.worlds.drawing.art import TILE, bob_sprite
from rl_helpers.worlds.room import RoomEnv

UP, RIGHT, DOWN, LEFT, SCRATCH = Action
ACTIONS = st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.just(0.0))


def begun(layout="default", **options):
    env = ContinuousRoomEnv(layout)
    env.reset(seed=0, options=options)
    return env


@pytest.mark.parametrize("render_mode", [None, "rgb_array", "ansi"])
@pytest.mark.parametrize("layout", ["default", "tiny", "B.B\n.RP"])
def test_follows_gymnasiums_interface_without_a_warning(layout, render_mode):
    check_env(gym.make("Bob/ContinuousRoom-v0", layout=layout, render_mode=render_mode).unwrapped)


def test_spaces_are_as_documented():
    env = ContinuousRoomEnv("BRR\n..P")
    assert env.action_space == gym.spaces.Box(np.float32([-1, -1, 0]), np.float32([1, 1, 1]))
    assert env.observation_space.low.tolist() == np.float32([0, 0, -pi, 0, 0]).tolist()
    assert env.observation_space.high.tolist() == np.float32([3, 2, pi, 1, 1]).tolist()


def test_an_episode_begins_in_the_centre_of_a_start_looking_right():
    env = ContinuousRoomEnv("..R\nB.P")
    position, info = env.reset(seed=0)
    assert position.tolist() == [0.5, 1.5, 0.0, 1.0]
    assert position.dtype == np.float32
    assert info == {"cell": (1, 0)}


def test_bob_starts_on_every_start_and_the_seed_decides_where():
    env = ContinuousRoomEnv("B.B\n.PB")
    cells = [env.reset(seed=0 if episode == 0 else None)[1]["cell"] for episode in range(60)]
    assert set(cells) == {(0, 0), (0, 2), (1, 2)}
    assert cells == [env.reset(seed=0 if episode == 0 else None)[1]["cell"] for episode in range(60)]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ((1, 0, 0), (2.0, 1.5, 0)),
        ((-1, 0, 0), (1.0, 1.5, 0)),
        ((0.5, 0, 0), (1.75, 1.5, 0)),
        ((0, 1, 0), (1.5, 1.5, pi / 4)),
        ((0, -0.5, 0), (1.5, 1.5, -pi / 8)),
        (
            (1, 1, 0),
            (1.5 + 0.5 * cos(pi / 4), 1.5 + 0.5 * sin(pi / 4), pi / 4),
        ),  # right and down: he turns first
    ],
)
def test_a_step_turns_and_walks(action, expected):
    env = begun("...\n.B.\n..P")
    np.testing.assert_allclose(env.step(action)[0], expected, atol=1e-6)


def test_y_points_down_as_rows_do():
    env = begun("...\n.B.\n..P", heading=pi / 2)
    assert env.step((1, 0, 0))[0][1] == 2.0
    assert env.step((1, 0, 0))[4]["cell"] == (2, 1)


def test_the_heading_stays_between_minus_pi_and_pi():
    env = begun()
    headings = [float(env.step((0, 1, 0))[0][2]) for _ in range(16)]
    assert max(map(abs, headings)) <= np.float32(pi)
    assert headings[8 - 1] == pytest.approx(0, abs=1e-6)
    assert headings[6 - 1] == pytest.approx(-pi / 2)


def bob_is_clear_of_walls(env):
    corners = [(env.y + down, env.x + right) for down in (-0.29, 0.29) for right in (-0.29, 0.29)]
    return not any(env.layout.is_wall(floor(row), floor(column)) for row, column in corners)


@given(st.sampled_from(sorted(LAYOUTS)), st.lists(ACTIONS, min_size=1, max_size=80))
@settings(max_examples=60, deadline=None)
def test_bob_is_never_in_a_wall_and_never_jumps_over_one(layout, actions):
    env = begun(layout)
    cells = [env.cell]
    for action in actions:
        observation = env.step(action)[0]
        assert observation in env.observation_space
        assert bob_is_clear_of_walls(env)
        cells.append(env.cell)
    for (row, column), (next_row, next_column) in pairwise(cells):
        assert max(abs(row - next_row), abs(column - next_column)) <= 1
    assert env.cell in env.layout.reachable(env.layout.starts[0])


@pytest.mark.parametrize("heading", [0.0, pi / 2, pi, -pi / 2])
def test_a_wall_stops_bob_at_his_side(heading):
    env = begun("###\n#B.\n##P", heading=heading)
    for _ in range(5):
        env.step((1, 0, 0))
    assert (env.x, env.y) == pytest.approx(
        {
            0.0: (3 - HALF_BODY, 1.5),
            pi / 2: (1.5, 2 - HALF_BODY),
            pi: (1 + HALF_BODY, 1.5),
            -pi / 2: (1.5, 1 + HALF_BODY),
        }[heading]
    )


def test_bob_slides_along_a_wall():
    env = begun("....P\nB....", heading=pi / 4)
    for _ in range(4):
        env.step((1, 0, 0))
    assert env.y == pytest.approx(2 - HALF_BODY)
    assert env.x == pytest.approx(0.5 + 4 * 0.5 * cos(pi / 4))


def test_bob_can_leave_a_wall_he_leans_on():
    env = begun("#.P\nB..", heading=-pi / 2)
    env.step((1, 0, 0))
    assert env.step((-1, 0, 0))[0][1] > 1.5
    for _ in range(2):
        env.step((0, 1, 0))
    env.step((1, 0, 0))
    assert env.x == pytest.approx(1.0)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_scratching_does_in_every_cell_what_it_does_on_the_grid(layout):
    grid = RoomEnv(layout)
    treats = (1,) * len(grid.layout.rugs)
    for row in range(grid.n_rows):
        for column in range(grid.n_columns):
            if grid.layout.is_wall(row, column):
                continue
            env = begun(layout, position=(column + 0.5, row + 0.5))
            (_, next_state, reward, terminated) = grid.P[grid.encode(row, column, *treats)][SCRATCH][0]
            observation, *answer, info = env.step((0, 0, 1))
            assert answer == [reward, terminated, False]
            assert observation[3:].tolist() == list(grid.decode(next_state)[2:])
            assert info["cell"] == (row, column)


def test_a_rug_gives_its_treat_once_an_episode():
    env = begun("BRP", position=(1.5, 0.5))
    assert [env.step((0, 0, 1))[1] for _ in range(2)] == [1.0, 0.0]
    assert env.reset()[0][3] == 1.0


def test_scratching_is_pressed_above_one_half():
    env = begun("BP", position=(1.5, 0.5))
    assert env.step((0, 0, 0.5))[1:3] == (0.0, False)
    assert env.step((0, 0, 0.51))[1:3] == (5.0, True)


def test_scratching_acts_where_the_step_leads():
    env = begun("BP", position=(0.7, 0.5))
    assert env.step((1, 0, 1))[1] == 5.0


def test_rewards_can_be_changed():
    env = ContinuousRoomEnv("BCP", rewards={"couch": 3, "step": -0.5})
    env.reset(options={"position": (1.5, 0.5)})
    assert env.step((0, 0, 1))[1] == 2.5
    assert env.step((0, 0, 0))[1] == -0.5


def test_time_limit_truncates_and_does_not_terminate():
    env = gym.make("Bob/ContinuousRoom-v0")
    env.reset(seed=0)
    answers = [env.step(np.float32([0, 1, 0])) for _ in range(200)]
    assert [answer[2:4] for answer in answers] == [(False, False)] * 199 + [(False, True)]


@given(st.sampled_from(sorted(LAYOUTS)), st.lists(st.sampled_from(list(Action)), max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_walk_on_the_grid_is_repeated_in_the_continuous_room(layout, walk):
    grid, env = RoomEnv(layout), begun(layout)
    grid.reset(seed=0)
    heading = 0.0
    for action in walk:
        before = grid.state
        state, reward, terminated, _, _ = grid.step(action)
        if state == before and action != SCRATCH:
            continue  # bumps are not repeated
        translated = continuous_actions([action], heading)
        answers = [env.step(move) for move in translated]
        heading = env.heading
        row, column, *treats = grid.decode(state)
        np.testing.assert_allclose(answers[-1][0][:2], (column + 0.5, row + 0.5), atol=1e-5)
        assert answers[-1][0][3:].tolist() == treats
        assert sum(answer[1] for answer in answers) == reward
        assert answers[-1][2] == terminated
        if terminated:
            break


def test_a_whole_walk_is_translated_at_once():
    env = begun("B.#\n..P")
    answers = [
        env.step(action)
        for action in continuous_actions([DOWN, RIGHT, LEFT, UP, RIGHT, DOWN, RIGHT, SCRATCH])
    ]
    assert [answer[2] for answer in answers].index(True) == len(answers) - 1
    assert answers[-1][1] == 5.0
    assert all(action in env.action_space for action in continuous_actions(Action))


@pytest.mark.parametrize(
    "action", [(1.1, 0, 0), (0, -2, 0), (0, 0, -0.1), (0, 0), 3, None, "up", (0, float("nan"), 0)]
)
def test_an_invalid_action_is_explained_and_changes_nothing(action):
    env = begun()
    with pytest.raises(ValueError, match=r"give \(speed, turn, scratch\)"):
        env.step(action)
    assert (env.x, env.y, env.heading) == (0.5, 3.5, 0.0)


def test_a_step_outside_of_an_episode_is_refused():
    env = ContinuousRoomEnv("BP")
    with pytest.raises(gym.error.ResetNeeded, match="call reset"):
        env.step((0, 0, 0))
    env.reset(options={"position": (1.5, 0.5)})
    assert env.step((0, 0, 1))[2]
    with pytest.raises(gym.error.ResetNeeded, match="call reset"):
        env.step((0, 0, 1))


def test_places_to_begin_are_checked():
    env = ContinuousRoomEnv("B#.\n..P")
    for position in [(1.5, 0.5), (0.8, 0.5), (0.2, 0.5), (2.8, 0.5), (-1, 0.5)]:
        with pytest.raises(ValueError, match="Bob would stand in a wall there"):
            env.reset(options={"position": position})
    assert env.reset(options={"position": (0.7, 1.7), "heading": 3 * pi / 2})[0].tolist() == pytest.approx(
        [0.7, 1.7, -pi / 2]
    )
    with pytest.raises(ValueError, match='those here are "position"'):
        env.reset(options={"state": 3})


def test_arguments_out_of_range_are_explained():
    with pytest.raises(ValueError, match="render_mode is 'human'"):
        ContinuousRoomEnv(render_mode="human")
    with pytest.raises(TypeError, match="rewards are 5, expected numbers by name"):
        gym.make("Bob/ContinuousRoom-v0", rewards=5)
    with pytest.raises(ValueError, match="no reward named 'sofa'"):
        ContinuousRoomEnv(rewards={"sofa": 1})


def sprite_is_at(env, pose):
    sprite = bob_sprite(pose)
    top, left = round((env.y - 0.5) * TILE), round((env.x - 0.5) * TILE)
    tile = env.picture()[top : top + TILE, left : left + TILE]
    return np.array_equal(tile[sprite.mask], sprite.pixels[sprite.mask])


@pytest.mark.parametrize(
    ("heading", "pose"),
    [(0.0, "right"), (0.7, "right"), (0.9, "down"), (pi, "left"), (-3.0, "left"), (-pi / 2, "up")],
)
def test_bob_is_drawn_where_he_is_and_looks_where_he_heads(heading, pose):
    assert sprite_is_at(begun("....\n.B..\n...P", position=(1.83, 1.21), heading=heading), pose)


def test_the_picture_without_bob_is_that_of_the_grid():
    np.testing.assert_array_equal(begun().picture(bob=False), RoomEnv().picture(bob=False))
    assert begun().tile == TILE


def test_scratching_and_its_reward_are_seen_until_the_next_step():
    env = begun("...\n.RP\nB..", position=(1.5, 1.5))
    env.step((0, 0, 1))
    assert sprite_is_at(env, "scratch")
    assert env.describe().endswith("a treat, reward +1.")
    env.step((0, 0, 0))
    assert sprite_is_at(env, "right")
    assert "scratched" not in env.describe()


def test_description_and_text_say_where_bob_is():
    env = ContinuousRoomEnv("B.R\n#.P", render_mode="ansi")
    env.reset(seed=0)
    env.step((1, 0, 0))
    assert env.render() == ".BR\n#.P\nx 1.00, y 0.50, heading 0.00, reward 0, Bob on free floor"
    assert env.describe().startswith(
        "Bob the cat is on free floor at x 1.0, y 0.5, facing right. The room has 2 rows"
    )


def test_rendering_without_a_mode_warns_and_returns_nothing():
    with pytest.warns(UserWarning, match='give render_mode="rgb_array"'):
        assert begun().render() is None


def test_every_frame_is_a_new_array():
    env = ContinuousRoomEnv(render_mode="rgb_array")
    env.reset(seed=0)
    first = env.render()
    copy = first.copy()
    first[:] = 0
    np.testing.assert_array_equal(env.render(), copy)
