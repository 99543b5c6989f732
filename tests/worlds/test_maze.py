"""Bob/Maze-v0 is the textbook's mazes: their walls, their shortest ways, and when the walls move."""

import re

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers import plots
from rl_helpers.planning import value_iteration
from rl_helpers.worlds import Action
from rl_helpers.worlds.drawing.art import TILE, bob_sprite
from rl_helpers.worlds.maps.mazes import MAZES
from rl_helpers.worlds.maze import MazeEnv

UP, RIGHT, DOWN, LEFT, SCRATCH = Action


MOVES = {UP: (-1, 0), RIGHT: (0, 1), DOWN: (1, 0), LEFT: (0, -1)}


WALLS = {
    "dyna": {(1, 2), (2, 2), (3, 2), (4, 5), (0, 7), (1, 7), (2, 7)},
    "blocking": {(3, column) for column in range(8)},
    "shortcut": {(3, column) for column in range(1, 9)},
}


WALLS_LATER = {
    "blocking": {(3, column) for column in range(1, 9)},
    "shortcut": {(3, column) for column in range(1, 8)},
}


STARTS = {"dyna": (2, 0), "blocking": (5, 3), "shortcut": (5, 3)}


def changed(before, after):
    """Return the (first, last) row and the (first, last) column of the pixels that differ; None if equal."""
    rows, columns = np.nonzero((before != after).any(axis=2))
    return ((rows.min(), rows.max()), (columns.min(), columns.max())) if len(rows) else None


def walls(env):
    return set(env.layout.where("#"))


def shortest_way(env):
    """Return how many steps the best policy takes from the start, by value iteration."""
    q_values = value_iteration(env, 0.9)
    (start,) = np.flatnonzero(env.unwrapped.initial_state_distrib)
    return round(np.log(q_values[start].max()) / np.log(0.9)) + 1


def after_steps(env, n):
    """Begin a life with seed 0 and let Bob bump into the lower rim of the maze n times."""
    env.reset(seed=0)
    for _ in range(n):
        env.step(DOWN)
    return env


@pytest.mark.parametrize("render_mode", [None, "rgb_array", "ansi"])
@pytest.mark.parametrize(
    "options",
    [{}, {"maze": "blocking", "change_at": 2}, {"maze": "shortcut"}, {"layout": "S.S\n#.G"}],
)
def test_follows_gymnasiums_interface_without_a_warning(options, render_mode):
    check_env(gym.make("Bob/Maze-v0", render_mode=render_mode, **options).unwrapped)


@pytest.mark.parametrize("name", MAZES)
def test_walls_start_and_goal_are_where_the_textbook_has_them(name):
    env = MazeEnv(name)
    assert (env.n_rows, env.n_columns, env.n_states) == (6, 9, 54)
    assert env.observation_space.n == 54
    assert env.action_space.n == 4
    assert walls(env) == WALLS[name]
    assert env.layout.starts == (STARTS[name],)
    assert env.layout.where("P") == ((0, 8),)
    assert env.decode(env.reset(seed=0)[0]) == STARTS[name]


@pytest.mark.parametrize(("name", "first", "later"), [("blocking", 10, 16), ("shortcut", 16, 10)])
def test_the_shortest_way_before_and_after_the_walls_move(name, first, later):
    env = MazeEnv(name, change_at=3)
    assert shortest_way(env) == first
    assert shortest_way(after_steps(env, 3)) == later


def test_the_shortest_way_through_the_dyna_maze_takes_14_steps_and_earns_one():
    env = gym.make("Bob/Maze-v0")
    assert shortest_way(env) == 14
    q_values = value_iteration(env, 0.95)
    state, _ = env.reset(seed=0)
    rewards, terminated = [], False
    while not terminated:
        state, reward, terminated, _, _ = env.step(int(q_values[state].argmax()))
        rewards.append(reward)
    assert rewards == [0.0] * 13 + [1.0]
    assert env.unwrapped.decode(state) == (0, 8)


@pytest.mark.parametrize(
    ("name", "later"),
    [("dyna", False), ("blocking", False), ("blocking", True), ("shortcut", False), ("shortcut", True)],
)
def test_every_step_is_in_the_model_and_goes_where_the_walls_allow(name, later):
    env = MazeEnv(name, change_at=1 if later else None)
    if later:
        after_steps(env, 1)
    closed = WALLS_LATER[name] if later else WALLS[name]
    assert sorted(env.P) == list(range(54))
    for state in env.P:
        row, column = divmod(state, 9)
        assert sorted(env.P[state]) == [0, 1, 2, 3]
        for action, (rows, columns) in MOVES.items():
            target = (row + rows, column + columns)
            if not (0 <= target[0] < 6 and 0 <= target[1] < 9) or target in closed:
                target = (row, column)
            expected = (1.0, target[0] * 9 + target[1], float(target == (0, 8)), target == (0, 8))
            if (row, column) == (0, 8):
                assert env.P[state][action] == [(1.0, 8, 0.0, True)]
                continue
            assert env.P[state][action] == [expected]
            if (row, column) in closed:
                continue
            env.reset(options={"state": state})
            answer = env.step(action)
            assert answer == (*expected[1:], False, {"prob": 1.0})
            assert [type(value) for value in answer] == [int, float, bool, bool, dict]


@pytest.mark.parametrize(("name", "change_at"), [("blocking", 1_000), ("shortcut", 3_000)])
def test_walls_move_after_the_textbooks_number_of_steps(name, change_at):
    env = after_steps(MazeEnv(name), change_at - 1)
    assert env.changes_after == change_at
    assert walls(env) == WALLS[name]
    env.step(DOWN)
    assert walls(env) == WALLS_LATER[name]
    for _ in range(2 * change_at):
        env.step(DOWN)
    assert walls(env) == WALLS_LATER[name]


@pytest.mark.parametrize("change_at", [1, 2, 7])
def test_walls_move_after_the_given_step_and_the_next_step_meets_the_new_ones(change_at):
    env = MazeEnv("blocking", change_at=change_at)
    above_the_left_end = env.encode(2, 0)
    for n_steps in range(1, 10):
        after_steps(env, n_steps - 1)
        env.reset(options={"state": above_the_left_end})
        answer = env.step(DOWN)[0]
        assert env.decode(answer) == ((3, 0) if n_steps > change_at else (2, 0))


def test_walls_move_in_the_middle_of_an_episode_and_it_goes_on():
    env = MazeEnv("blocking", change_at=3)
    env.reset(seed=0, options={"state": env.encode(2, 0)})
    assert [env.decode(env.step(DOWN)[0]) for _ in range(5)] == [(2, 0)] * 3 + [(3, 0), (4, 0)]


def test_time_steps_are_counted_over_episodes_until_the_next_seed():
    env = MazeEnv(maze="blocking", change_at=4)
    for _ in range(2):
        env.reset(seed=1)
        assert env.n_steps == 0
        assert walls(env) == WALLS["blocking"]
        env.step(DOWN)
        env.step(DOWN)
        env.reset()
        env.step(DOWN)
        assert walls(env) == WALLS["blocking"]
        env.step(DOWN)
        assert env.n_steps == 4
        env.reset()
        assert walls(env) == WALLS_LATER["blocking"]
        assert env.step(UP)[0] == env.encode(4, 3)


def test_steps_without_effect_are_counted_and_refused_ones_are_not():
    env = MazeEnv()
    env.reset(seed=0)
    env.step(LEFT)
    with pytest.raises(ValueError, match="give one of"):
        env.step(4)
    assert env.n_steps == 1


def test_walls_that_move_with_the_step_into_the_goal_leave_the_episode_over():
    env = MazeEnv("blocking", change_at=1)
    env.reset(seed=0, options={"state": env.encode(1, 8)})
    assert env.step(UP)[:3] == (8, 1.0, True)
    assert walls(env) == WALLS_LATER["blocking"]
    with pytest.raises(gym.error.ResetNeeded, match="is over"):
        env.step(DOWN)


@pytest.mark.parametrize(("action", "cell"), [(UP, (2, 8)), (DOWN, (4, 8)), (LEFT, (3, 8)), (RIGHT, (3, 8))])
def test_bob_walks_out_of_a_wall_that_came_down_where_he_stands_and_never_in_again(action, cell):
    env = MazeEnv("blocking", change_at=1)
    env.reset(seed=0, options={"state": env.encode(2, 8)})
    assert env.decode(env.step(DOWN)[0]) == (3, 8)
    assert env.layout.is_wall(3, 8)
    assert env.decode(env.step(action)[0]) == cell
    env.reset(options={"state": env.encode(2, 8)})
    assert env.decode(env.step(DOWN)[0]) == (2, 8)


def test_model_is_a_new_one_when_the_walls_move_and_the_old_one_is_kept_as_it_was():
    env = MazeEnv("shortcut", change_at=2)
    env.reset(seed=0)
    before = env.P
    copy = {state: {action: list(outcomes) for action, outcomes in before[state].items()} for state in before}
    after_steps(env, 1)
    assert env.P is before
    env.step(DOWN)
    assert env.P is not before
    assert before == copy
    assert copy != env.P
    env.reset(seed=0)
    assert copy == env.P


def test_only_mazes_whose_walls_move_announce_a_change():
    assert MazeEnv().changes_after is None
    assert MazeEnv(layout="SG").changes_after is None
    assert MazeEnv("blocking").changes_after == 1_000
    assert MazeEnv("shortcut", change_at=200).changes_after == 200
    model = (env := MazeEnv()).P
    for _ in range(3):
        env.reset(seed=0)
    assert env.P is model


def test_mazes_do_not_share_their_walls():
    first, second = MazeEnv("blocking", change_at=1), MazeEnv("blocking", change_at=1)
    after_steps(first, 1)
    assert walls(second) == WALLS["blocking"]


def test_decode_is_the_inverse_of_encode():
    env = MazeEnv(layout="S..G\n#...")
    assert [env.decode(state) for state in range(8)] == [
        (row, column) for row in (0, 1) for column in range(4)
    ]
    assert [env.encode(*env.decode(state)) for state in range(8)] == list(range(8))
    for cell in [(2, 0), (0, 4), (-1, 0), (0, -1)]:
        with pytest.raises(ValueError, match="is outside of the maze: give a row from 0 to 1"):
            env.encode(*cell)
    for state in (-1, 8):
        with pytest.raises(ValueError, match="from 0 to 7"):
            env.decode(state)


def test_bob_starts_on_every_start_equally_often():
    env = MazeEnv(layout="S.S\n.GS")
    states = [env.reset(seed=0 if episode == 0 else None)[0] for episode in range(1_500)]
    assert set(states) == {0, 2, 5}
    assert all(states.count(state) / 1_500 == pytest.approx(1 / 3, abs=0.06) for state in (0, 2, 5))
    np.testing.assert_allclose(env.initial_state_distrib, [1 / 3, 0, 1 / 3, 0, 0, 1 / 3])
    assert env.reset()[1] == {"prob": pytest.approx(1 / 3)}
    again = [env.reset(seed=0 if episode == 0 else None)[0] for episode in range(50)]
    assert again == states[:50]


def test_several_goals_all_end_the_episode():
    env = MazeEnv(layout="GSG")
    for action in (LEFT, RIGHT):
        env.reset(seed=0)
        assert env.step(action)[1:3] == (1.0, True)


def test_an_episode_can_begin_in_any_cell_bob_can_walk_on_from():
    env = MazeEnv(layout="S.#G\n....")
    assert env.reset(options={"state": np.int64(5)}) == (5, {"prob": 1.0})
    assert env.step(LEFT)[0] == 4
    for state in (8, -1, 1.5, "2", None):
        with pytest.raises(ValueError, match="give a number from 0 to 7"):
            env.reset(options={"state": state})
    for state in (2, 3):
        with pytest.raises(ValueError, match="a wall or the goal: begin in a cell"):
            env.reset(options={"state": state})
    with pytest.raises(ValueError, match="the only one here is"):
        env.reset(options={"start": 2})


def test_time_limit_is_far_beyond_a_random_walk():
    env = gym.make("Bob/Maze-v0")
    env.reset(seed=0)
    ends = [env.step(LEFT)[2:4] for _ in range(10_000)]
    assert ends == [(False, False)] * 9_999 + [(False, True)]

    follows = np.zeros((54, 54))
    for state, actions in env.unwrapped.P.items():
        for ((_, next_state, _, terminated),) in actions.values():
            follows[state, next_state] += 0.25 * (not terminated)
    still_walking = env.unwrapped.initial_state_distrib @ np.linalg.matrix_power(follows, 10_000)
    assert 2.5e-6 < still_walking.sum() < 3.5e-6
    mean_length = np.linalg.solve(np.eye(54) - follows, np.ones(54))[env.unwrapped.encode(2, 0)]
    assert mean_length == pytest.approx(869, abs=1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"maze": "hedge"}, "no maze named 'hedge': take one of dyna, blocking, shortcut, or draw one"),
        ({"maze": "blocking", "layout": "SG"}, "maze is 'blocking' and there is a layout too: give one"),
        ({"change_at": 10}, "change_at is 10, but the walls of this maze stay: take blocking or shortcut"),
        ({"layout": "SG", "change_at": 10}, "the walls of this maze stay"),
        ({"maze": "blocking", "change_at": 0}, "change_at is 0, expected a whole number of at least 1"),
        ({"maze": "blocking", "change_at": 1.5}, "change_at is 1.5, expected a whole number"),
        ({"render_mode": "human"}, "render_mode is 'human': choose"),
        (
            {"layout": "S.B\n..G"},
            "unknown character 'B' in row 0, column 2: use # wall, . free floor, S start",
        ),
        ({"layout": "S..|..G"}, "unknown character '|' in row 0, column 3"),
        ({"layout": "S.G\n.."}, "row 1 of the layout has 2 cells, row 0 has 3: make all rows equally long"),
        ({"layout": "..G"}, "no start: put an S"),
        ({"layout": "S.."}, "no goal: put a G"),
        ({"layout": ""}, "no start"),
        ({"layout": "S#G"}, "cannot reach a goal from his start in row 0, column 0"),
        ({"layout": "SG#S"}, "cannot reach a goal from his start in row 0, column 3"),
    ],
)
def test_arguments_out_of_range_are_explained(options, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        MazeEnv(**options)


def test_arguments_of_the_wrong_kind_are_explained():
    with pytest.raises(TypeError, match="a text map, not a list: join the rows"):
        MazeEnv(layout=["S.G"])
    with pytest.raises(TypeError, match="change_at is 'late', expected a whole number"):
        MazeEnv("blocking", change_at="late")


@pytest.mark.parametrize("action", [4, -1, 1.5, "up", None, [0], np.array([1]), np.float64(0.5)])
def test_an_invalid_action_is_explained_and_changes_nothing(action):
    env = MazeEnv(layout="S.G")
    env.reset(seed=0)
    with pytest.raises(ValueError, match="give one of 0 UP, 1 RIGHT, 2 DOWN, 3 LEFT"):
        env.step(action)
    assert (env.state, env.last_action, env.n_steps) == (0, None, 0)


@pytest.mark.parametrize("action", [1, Action.RIGHT, np.int64(1), np.uint8(1), np.array(1)])
def test_every_kind_of_whole_number_is_an_action(action):
    env = MazeEnv(layout="S.G", render_mode="ansi")
    env.reset(seed=0)
    assert env.step(action)[0] == 1
    assert "RIGHT" in env.render()


def test_a_step_outside_of_an_episode_is_refused():
    env = MazeEnv(layout="SG")
    with pytest.raises(gym.error.ResetNeeded, match="has not begun: call reset"):
        env.step(RIGHT)
    env.reset(seed=0)
    env.step(RIGHT)
    with pytest.raises(gym.error.ResetNeeded, match="is over: call reset"):
        env.step(RIGHT)
    env.reset()
    assert env.step(LEFT)[0] == 0


def test_text_shows_bob_and_what_he_did():
    env = MazeEnv(layout="S.G\n#..", render_mode="ansi")
    env.reset(seed=0)
    assert env.render() == "B.P\n#..\nstart, Bob on free floor"
    env.step(RIGHT)
    assert env.render() == ".BP\n#..\nRIGHT, reward 0, Bob on free floor"
    env.step(RIGHT)
    assert env.render() == "..B\n#..\nRIGHT, reward 1, Bob on scratching post"


def test_rendering_without_a_mode_warns_and_returns_nothing():
    env = MazeEnv()
    env.reset(seed=0)
    with pytest.warns(UserWarning, match='give render_mode="rgb_array"'):
        assert env.render() is None


def test_description_says_what_the_picture_shows():
    env = MazeEnv("blocking", change_at=1)
    env.reset(seed=0, options={"state": env.encode(0, 6)})
    assert env.describe().startswith("Bob the cat is on free floor at row 0, column 6. ")
    assert "6 rows and 9 columns" in env.describe()
    assert "scratching post at row 0, column 8; wall at row 3, columns 0 to 7." in env.describe()
    env.step(RIGHT)
    assert "wall at row 3, columns 1 to 8." in env.describe()
    assert "reached" not in env.describe()
    env.step(RIGHT)
    assert env.describe().endswith("He has just reached his post: reward +1.")


@pytest.mark.parametrize("name", MAZES)
def test_bob_is_drawn_in_the_cell_he_stands_in_and_nowhere_else(name):
    env = MazeEnv(name)
    assert env.tile == TILE
    for state in range(54):
        row, column = divmod(state, 9)
        if (row, column) in WALLS[name] | {(0, 8)}:
            continue
        env.reset(options={"state": state})
        (top, bottom), (left, right) = changed(env.picture(bob=False), env.picture())
        assert row * TILE <= top <= bottom < (row + 1) * TILE
        assert column * TILE <= left <= right < (column + 1) * TILE


def test_the_maze_is_drawn_right_side_up():
    env = MazeEnv(layout="S..\n..#\nG..", render_mode="rgb_array")
    open_maze = MazeEnv(layout="S..\n...\nG..").picture()
    (top, bottom), (left, right) = changed(env.picture(), open_maze)
    assert TILE <= top < bottom < 2 * TILE
    assert 2 * TILE <= left < right < 3 * TILE
    env.reset(seed=0)
    before = env.render()
    env.step(DOWN)
    (top, bottom), (_, right) = changed(before, env.render())
    assert top < TILE <= bottom < 2 * TILE
    assert right < TILE


def test_bob_looks_where_he_goes_and_scratches_the_post_he_has_reached():
    env = MazeEnv(layout="..G\nS..", render_mode="rgb_array")
    env.reset(seed=0)
    for action, pose in [(UP, "up"), (RIGHT, "right"), (LEFT, "left"), (DOWN, "down")]:
        env.step(action)
        row, column = env.decode(env.state)
        sprite = bob_sprite(pose)
        cell = env.render()[row * TILE :, column * TILE :][:TILE, :TILE]
        np.testing.assert_array_equal(cell[sprite.mask], sprite.pixels[sprite.mask])
    env.reset(options={"state": 1})
    env.step(RIGHT)
    cell, sprite = env.render()[: TILE * 3 // 4, 2 * TILE :], bob_sprite("scratch")
    seen = sprite.mask[: TILE * 3 // 4]
    np.testing.assert_array_equal(cell[seen], sprite.pixels[: TILE * 3 // 4][seen])


def test_picture_follows_the_walls():
    env = MazeEnv("shortcut", change_at=1)
    env.reset(seed=0)
    before = env.picture(bob=False)
    env.step(DOWN)
    (top, bottom), (left, right) = changed(before, env.picture(bob=False))
    assert 3 * TILE <= top < bottom < 4 * TILE
    assert 8 * TILE <= left < right < 9 * TILE
    env.reset(seed=0)
    np.testing.assert_array_equal(env.picture(bob=False), before)


def test_the_picture_before_the_first_reset_is_the_one_after_it():
    env = MazeEnv()
    before = env.picture()
    env.reset(seed=0)
    np.testing.assert_array_equal(env.picture(), before)


def test_every_frame_is_a_new_array():
    env = MazeEnv(render_mode="rgb_array")
    env.reset(seed=0)
    first = env.render()
    copy, maze = first.copy(), env.picture(bob=False)
    first[:], maze[:] = 0, 0
    np.testing.assert_array_equal(env.render(), copy)
    assert env.picture(bob=False).any()


def test_treats_are_refused_where_there_are_no_rugs():
    with pytest.raises(ValueError, match=r"treats_left is \(1,\), a maze has no rugs: give treats_left=\(\)"):
        MazeEnv().picture(treats_left=(1,))


def test_plots_of_values_and_policies_can_be_drawn_over_a_maze():
    env = MazeEnv()
    q_values = value_iteration(env, 0.95)
    assert {(row, column) for row, column, _ in plots.walkable(env, ())} == {
        (row, column) for row in range(6) for column in range(9)
    } - WALLS["dyna"]
    _, (left, middle, right) = plots.new_axes(columns=3)
    heat = plots.values(left, env, q_values, treats_left=()).get_array()
    assert heat[1, 8] == pytest.approx(1)
    assert np.ma.getmaskarray(heat).sum() == len(WALLS["dyna"])
    plots.policy(middle, env, np.zeros_like(q_values), treats_left=())
    plots.policy(right, env, q_values, treats_left=())
    # At least one arrow in every cell but the goal.
    assert len(right.get_children()) - len(middle.get_children()) >= 54 - len(WALLS["dyna"]) - 1


def test_what_happened_in_the_last_episode_is_no_longer_seen():
    env = MazeEnv(layout="SG", render_mode="ansi")
    env.reset(seed=0)
    picture, text, words = env.picture(), env.render(), env.describe()
    env.step(RIGHT)
    env.reset()
    np.testing.assert_array_equal(env.picture(), picture)
    assert (env.render(), env.describe()) == (text, words)
