"""Bob/Room-v0 does what its transition model and its documentation say."""

import subprocess
import sys
from itertools import pairwise

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from hypothesis import given, settings
from hypothesis import strategies as st

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.planning import value_iteration
from rl_helpers.worlds import LAYOUTS, Action, dynamics, parse_layout
from rl_helpers.worlds.room import RoomEnv

UP, RIGHT, DOWN, LEFT, SCRATCH = Action


class FixedDraws:
    """Stands in for a random generator: `random()` gives the number it was told."""

    def __init__(self, number):
        self.number = number

    def random(self):
        return self.number


@st.composite
def layouts(draw):
    """Any room without walls, with one post and up to four rugs."""
    n_rows, n_columns = draw(st.integers(1, 5)), draw(st.integers(2, 6))
    n_cells = n_rows * n_columns
    n_rugs = draw(st.integers(0, min(4, n_cells - 2)))
    rest = draw(
        st.lists(st.sampled_from(".CDN"), min_size=n_cells - 2 - n_rugs, max_size=n_cells - 2 - n_rugs)
    )
    cells = draw(st.permutations(["B", "P", *"R" * n_rugs, *rest]))
    return "\n".join("".join(cells[row * n_columns :][:n_columns]) for row in range(n_rows))


def play(env, *actions):
    """Do some actions and return the five values of the last one."""
    return [env.step(action) for action in actions][-1]


@pytest.mark.parametrize("render_mode", [None, "rgb_array", "ansi"])
@pytest.mark.parametrize("options", [{}, {"slippery": True}, {"rearrange_every": 1}, {"layout": "B.B\n.RP"}])
def test_follows_gymnasiums_interface_without_a_warning(options, render_mode):
    check_env(gym.make("Bob/Room-v0", render_mode=render_mode, **options).unwrapped)


def test_importing_the_package_imports_nothing_heavy():
    program = (
        "import sys, rl_helpers, rl_helpers.worlds.room\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'matplotlib', 'moviepy', 'ipywidgets', 'ale_py', 'PIL', 'pygame'}))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("slippery", [False, True, 0.5, 1.0])
def test_every_step_is_in_the_model_and_every_entry_of_the_model_is_a_step(layout, slippery):
    env = RoomEnv(layout, slippery=slippery)
    assert sorted(env.P) == list(range(env.n_states))
    for state in env.P:
        assert sorted(env.P[state]) == list(range(5))
        if env.layout.is_wall(*env.decode(state)[:2]):
            continue
        for action, outcomes in env.P[state].items():
            assert sum(outcome[0] for outcome in outcomes) == pytest.approx(1, abs=1e-12)
            assert len({outcome[1] for outcome in outcomes}) == len(outcomes)
            drawn_so_far = 0.0
            for probability, next_state, reward, terminated in outcomes:
                env.reset(options={"state": state})
                env.np_random = FixedDraws(drawn_so_far + probability / 2)
                drawn_so_far += probability
                answer = env.step(action)
                assert answer == (next_state, reward, terminated, False, {"prob": probability})
                assert [type(value) for value in answer] == [int, float, bool, bool, dict]


def test_steps_are_drawn_as_often_as_the_model_says():
    env = RoomEnv("...\n.B.\n..P", slippery=0.5)
    env.reset(seed=0)
    start, counts = env.state, dict.fromkeys(range(9), 0)
    for _ in range(4000):
        env.reset()
        counts[env.step(UP)[0]] += 1
    expected = {outcome[1]: outcome[0] for outcome in env.P[start][UP]}
    assert expected == {1: 0.5, 3: 0.25, 5: 0.25}
    for state, count in counts.items():
        assert count / 4000 == pytest.approx(expected.get(state, 0), abs=0.03)


def test_moves_go_where_they_are_called_and_walls_stop_them():
    env = RoomEnv("...#\n.B.P\n...#")
    start = env.encode(1, 1)
    targets = {UP: (0, 1), RIGHT: (1, 2), DOWN: (2, 1), LEFT: (1, 0)}
    for action, cell in targets.items():
        assert env.P[start][action] == [(1.0, env.encode(*cell), 0.0, False)]
    for corner, action in [((0, 0), UP), ((0, 0), LEFT), ((2, 2), DOWN), ((0, 2), RIGHT), ((1, 3), DOWN)]:
        state = env.encode(*corner)
        assert env.P[state][action] == [(1.0, state, 0.0, False)]


def test_slippery_paws_slide_to_both_sides_and_scratching_never_slips():
    env = RoomEnv("...\n.B.\n.P.", slippery=True)
    outcomes = {env.decode(outcome[1]): outcome[0] for outcome in env.P[env.encode(1, 1)][RIGHT]}
    assert outcomes == pytest.approx({(1, 2): 0.8, (0, 1): 0.1, (2, 1): 0.1})
    corner = {env.decode(outcome[1]): outcome[0] for outcome in env.P[env.encode(0, 0)][LEFT]}
    assert corner == pytest.approx({(0, 0): 0.9, (1, 0): 0.1})
    assert env.P[env.encode(2, 1)][SCRATCH] == [(1.0, env.encode(2, 1), 5.0, True)]


@pytest.mark.parametrize(
    ("kind", "reward", "terminated"),
    [("R", 1.0, False), ("P", 5.0, True), ("C", -1.0, False), ("D", -5.0, True), ("N", 0.0, False)],
)
def test_scratching_earns_what_the_thing_gives_and_stays_in_its_cell(kind, reward, terminated):
    env = gym.make("Bob/Room-v0", layout=f"B{kind}P")
    env.reset(seed=0)
    env.step(RIGHT)
    state, *answer = env.step(SCRATCH)
    assert answer[:3] == [reward, terminated, False]
    assert env.unwrapped.decode(state)[:2] == (0, 1)


def test_scratching_free_floor_earns_nothing():
    env = RoomEnv("B.P")
    env.reset(seed=0)
    assert env.step(SCRATCH)[:3] == (0, 0.0, False)


def test_a_rug_gives_its_treat_once_an_episode():
    env = RoomEnv("BRRP")
    env.reset(seed=0)
    assert play(env, RIGHT, SCRATCH)[:2] == (env.encode(0, 1, 0, 1), 1.0)
    assert play(env, SCRATCH)[:3] == (env.encode(0, 1, 0, 1), 0.0, False)
    assert play(env, RIGHT, SCRATCH)[:2] == (env.encode(0, 2, 0, 0), 1.0)
    assert env.reset()[0] == env.encode(0, 0, 1, 1)


def test_states_are_numbered_as_documented():
    env = RoomEnv("B.R.\n..RP")
    assert env.n_states == env.observation_space.n == 2 * 4 * 2**2
    assert env.encode(1, 3, 1, 0) == (1 * 4 + 3) * 4 + 0b10
    assert env.decode(30) == (1, 3, 1, 0)
    assert RoomEnv("tiny").n_states == 12


@given(layouts())
@settings(max_examples=40, deadline=None)
def test_decode_is_the_inverse_of_encode(text):
    env = RoomEnv(text)
    for state in range(env.n_states):
        assert env.encode(*env.decode(state)) == state
    assert len({env.decode(state) for state in range(env.n_states)}) == env.n_states
    assert (env.n_rows, env.n_columns) == (
        text.count("\n") + 1,
        text.index("\n") if "\n" in text else len(text),
    )


def test_encode_and_decode_refuse_what_does_not_exist():
    env = RoomEnv("BRP")
    with pytest.raises(ValueError, match="row 1, column 0 is outside"):
        env.encode(1, 0, 1)
    with pytest.raises(ValueError, match="row 0, column -1 is outside"):
        env.encode(0, -1, 1)
    for treats in [(), (2,), (1, 1)]:
        with pytest.raises(ValueError, match="1 rugs: give 0 or 1"):
            env.encode(0, 0, *treats)
    for state in (-1, 6):
        with pytest.raises(ValueError, match="from 0 to 5"):
            env.decode(state)


def test_bob_starts_on_every_start_equally_often():
    env = RoomEnv("B.B\n.PB")
    cells = [env.decode(env.reset(seed=0 if episode == 0 else None)[0]) for episode in range(1500)]
    expected = {(0, 0), (0, 2), (1, 2)}
    assert set(cells) == expected
    assert all(cells.count(cell) / 1500 == pytest.approx(1 / 3, abs=0.05) for cell in expected)
    distribution = env.initial_state_distrib
    assert {env.decode(state) for state in np.flatnonzero(distribution)} == expected
    assert distribution.sum() == pytest.approx(1)
    assert env.reset()[1] == {"prob": pytest.approx(1 / 3)}


def test_the_seed_decides_everything_that_is_drawn():
    def trajectory(seed):
        env = RoomEnv("B..B\n.R.P", slippery=True, rearrange_every=1)
        states = [env.reset(seed=seed)[0]]
        for _ in range(5):
            states += [env.step(action)[0] for action in (RIGHT, DOWN, LEFT, UP)]
            states += [env.reset()[0], env.layout.rows]
        return states

    assert trajectory(1) == trajectory(1)
    assert trajectory(1) != trajectory(2)


def test_an_episode_can_begin_in_any_state_bob_can_be_in():
    env = RoomEnv("BRP")
    assert env.reset(options={"state": np.int64(2)}) == (2, {"prob": 1.0})
    assert env.step(RIGHT)[0] == 4
    for state in (6, -1, 1.5, "2", None):
        with pytest.raises(ValueError, match="give a number from 0 to 5"):
            env.reset(options={"state": state})
    with pytest.raises(ValueError, match="a wall: begin in a cell"):
        RoomEnv("B#.\n..P").reset(options={"state": 1})
    with pytest.raises(ValueError, match="the only one here is"):
        env.reset(options={"start": 2})


def test_walls_are_counted_but_never_entered():
    env = RoomEnv("default", slippery=True)
    walls = {state for state in env.P if env.layout.is_wall(*env.decode(state)[:2])}
    assert len(walls) == 5 * 2
    for state, actions in env.P.items():
        for outcomes in actions.values():
            if state in walls:
                assert outcomes == [(1.0, state, 0.0, False)]
            else:
                assert walls.isdisjoint(outcome[1] for outcome in outcomes)


def test_time_limit_truncates_and_does_not_terminate():
    env = gym.make("Bob/Room-v0")
    env.reset(seed=0)
    answers = [env.step(LEFT) for _ in range(100)]
    assert [answer[2:4] for answer in answers] == [(False, False)] * 99 + [(False, True)]
    assert env.unwrapped.step(LEFT)[2:4] == (False, False)  # the room goes on: only the wrapper counts


@pytest.mark.parametrize("k", [1, 2, 3])
def test_furniture_moves_exactly_every_k_episodes(k):
    env = RoomEnv("default", rearrange_every=k)
    for _ in range(2):  # a seed begins the count again, wherever it was
        env.reset(seed=5)
        rooms = [env.layout.rows]
        for _ in range(10):
            env.step(DOWN)
            env.reset()
            rooms.append(env.layout.rows)
        assert rooms[0] == parse_layout("default").rows
        assert [number for number in range(1, 11) if rooms[number] != rooms[number - 1]] == [*range(k, 11, k)]


def test_furniture_always_finds_a_new_place():
    env = RoomEnv("BP.", rearrange_every=1)
    env.reset(seed=0)
    posts = [env.layout.where("P")]
    for _ in range(20):
        env.reset()
        posts.append(env.layout.where("P"))
    assert all(later != earlier for earlier, later in pairwise(posts))


def test_furniture_never_moves_unless_asked():
    env = RoomEnv()
    model = env.P
    for _ in range(5):
        env.reset()
    assert env.P is model


def test_moved_furniture_keeps_walls_starts_and_a_way_to_the_post():
    env = RoomEnv("B..#.\nR..#P\nDCN#.\nB....", rearrange_every=1)
    before = env.layout
    env.reset(seed=0)
    posts = set()
    for _ in range(60):
        env.reset()
        after = env.layout
        assert after.where("#") == before.where("#")
        assert after.starts == before.starts
        assert sorted("".join(after.rows)) == sorted("".join(before.rows))
        (post,) = after.where("P")
        assert all(post in after.reachable(start) for start in after.starts)
        posts.add(post)
    assert len(posts) > 10


def test_furniture_stays_out_of_closed_chambers():
    env = RoomEnv("B..#.\nP..#.", rearrange_every=1)
    env.reset(seed=0)
    for _ in range(30):
        env.reset()
        assert env.layout.where("P")[0][1] < 3


def test_model_and_picture_follow_the_furniture():
    env = RoomEnv("default", rearrange_every=1)
    env.reset(seed=0)
    model, picture = env.P, env.picture()
    env.reset()
    assert model != env.P
    assert not np.array_equal(env.picture(), picture)
    assert dynamics.room_model(env.layout, dynamics.REWARDS, 0.0) == env.P
    rug = env.encode(*env.layout.rugs[0], 1)
    env.reset(options={"state": rug})  # moves again: the same state is another place now
    (row, column) = env.layout.where("P")[0]
    assert env.P[env.encode(row, column, 1)][SCRATCH][0][2:] == (5.0, True)


def test_rewards_can_be_changed_in_part():
    env = RoomEnv("BRCDNP", rewards={"couch": -0.25, "cushion": 2, "step": -0.5})
    earned = [env.P[env.encode(0, column, 1)][SCRATCH][0][2] for column in range(6)]
    assert earned == [-0.5, 0.5, -0.75, -5.5, 1.5, 4.5]
    assert env.P[env.encode(0, 0, 1)][RIGHT][0][2] == -0.5
    assert env.P[env.encode(0, 1, 0)][SCRATCH][0][2] == -0.5
    assert RoomEnv("BP").P[1][SCRATCH][0][2] == 5.0  # the usual rewards are as they were


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rewards": {"sofa": 1}}, "no reward named 'sofa': choose from rug, post"),
        ({"rewards": {"rug": float("nan")}}, "reward for 'rug' is nan: give a finite number"),
        ({"rewards": {"rug": "one"}}, "reward for 'rug' is 'one': give a finite number"),
        ({"slippery": 1.5}, "slippery is 1.5: give True, False or the probability"),
        ({"slippery": -0.1}, "slippery is -0.1"),
        ({"slippery": "very"}, "slippery is 'very'"),
        ({"rearrange_every": 0}, "rearrange_every is 0: give a number of episodes"),
        ({"rearrange_every": 2.5}, "rearrange_every is 2.5"),
        ({"rearrange_every": True}, "rearrange_every is True"),
        ({"rearrange_every": 2, "layout": "BP"}, "1 pieces of furniture and 1 cells"),
        ({"rearrange_every": 2, "layout": "BP.#.PB"}, "2 pieces of furniture and 0 cells"),
        ({"render_mode": "human"}, "render_mode is 'human': choose"),
        ({"layout": "B.X"}, "no layout named 'B.X': take one of default, tiny"),
        ({"layout": "B.P\n.X."}, "unknown character 'X' in row 1, column 1: use # wall"),
        ({"layout": "B.P\n.."}, "row 1 of the layout has 2 cells, row 0 has 3: make all rows equally long"),
        ({"layout": "B.P\n\n..."}, "row 1 of the layout has 0 cells"),
        ({"layout": "..P"}, "no start: put a B"),
        ({"layout": "B.."}, "cannot reach a post from his start in row 0, column 0"),
        ({"layout": "BP#B"}, "cannot reach a post from his start in row 0, column 3"),
        ({"layout": "BRRRRRP"}, "5 rugs, at most 4 are allowed"),
        ({"layout": ""}, "no start"),
    ],
)
def test_arguments_out_of_range_are_explained(options, message):
    with pytest.raises(ValueError, match=message):
        RoomEnv(**options)


def test_a_layout_that_is_no_text_is_explained():
    with pytest.raises(TypeError, match="not a list: join the rows"):
        RoomEnv(["B.P"])


def test_a_layout_may_be_indented():
    assert parse_layout("\n    B.R\n    #.P\n  ").rows == ("B.R", "#.P")


@pytest.mark.parametrize("action", [5, -1, 1.5, "up", None, [0], np.array([1]), np.float64(0.5)])
def test_an_invalid_action_is_explained_and_changes_nothing(action):
    env = RoomEnv("B.P")
    env.reset(seed=0)
    with pytest.raises(ValueError, match="give one of 0 UP, 1 RIGHT, 2 DOWN, 3 LEFT, 4 SCRATCH"):
        env.step(action)
    assert (env.state, env.last_action) == (0, None)


@pytest.mark.parametrize("action", [1, Action.RIGHT, np.int64(1), np.uint8(1), np.array(1)])
def test_every_kind_of_whole_number_is_an_action(action):
    env = RoomEnv("B.P", render_mode="ansi")
    env.reset(seed=0)
    assert env.step(action)[0] == 1
    assert "RIGHT" in env.render()


def test_a_step_outside_of_an_episode_is_refused():
    env = RoomEnv("BP")
    with pytest.raises(gym.error.ResetNeeded, match="has not begun: call reset"):
        env.step(RIGHT)
    env.reset(seed=0)
    assert play(env, RIGHT, SCRATCH)[2]
    with pytest.raises(gym.error.ResetNeeded, match="is over: call reset"):
        env.step(SCRATCH)
    env.reset()
    assert env.step(RIGHT)[0] == 1


def test_text_shows_bob_the_treats_and_what_he_did():
    env = RoomEnv("B.R\n#.P", render_mode="ansi")
    env.reset(seed=0)
    assert env.render() == "B.R\n#.P\nstart, Bob on free floor"
    play(env, RIGHT, RIGHT, SCRATCH, LEFT)
    assert env.render() == ".Br\n#.P\nLEFT, reward 0, Bob on free floor"
    play(env, DOWN, RIGHT, SCRATCH)
    assert env.render() == "..r\n#.B\nSCRATCH, reward 5, Bob on scratching post"


def test_rendering_without_a_mode_warns_and_returns_nothing():
    env = RoomEnv()
    env.reset(seed=0)
    with pytest.warns(UserWarning, match='give render_mode="rgb_array"'):
        assert env.render() is None


def test_description_says_what_the_picture_shows():
    env = RoomEnv("BR.#\nCC.#\nDN.P")
    env.reset(seed=0)
    text = env.describe()
    assert text.startswith(
        "Bob the cat is on free floor at row 0, column 0. The room has 3 rows and 4 columns"
    )
    for words in (
        "scratch rug with a treat at row 0, column 1",
        "couch at row 1, columns 0 to 1",
        "drapes at row 2, column 0",
        "cushion at row 2, column 1",
        "scratching post at row 2, column 3",
        "wall at rows 0 to 1, column 3",
    ):
        assert words in text
    assert "scratched" not in text
    play(env, RIGHT, SCRATCH)
    assert "is on scratch rug at row 0, column 1" in env.describe()
    assert "without its treat at row 0, column 1" in env.describe()
    assert env.describe().endswith("He has just scratched: a treat, reward +1.")
    play(env, DOWN, SCRATCH)
    assert env.describe().endswith("a squirt of water, reward -1.")
    play(env, DOWN, SCRATCH)
    assert env.describe().endswith("nothing happens, reward 0.")


def test_what_every_step_earns_is_not_shown_as_water():
    env = RoomEnv("BP", rewards={"step": -0.1})
    env.reset(seed=0)
    env.step(SCRATCH)
    assert env.describe().endswith("nothing happens, reward 0.")


def test_the_best_policy_of_the_default_room_takes_the_treat_and_then_goes_round_to_the_post():
    env = gym.make("Bob/Room-v0")
    q_values = value_iteration(env, 0.95)
    state, _ = env.reset(seed=0)
    scratched, n_steps, ended = [], 0, False
    while not ended:
        action = int(q_values[state].argmax())
        if action == SCRATCH:
            row, column, _ = env.unwrapped.decode(state)
            scratched.append(env.unwrapped.layout.rows[row][column])
        state, _, terminated, truncated, _ = env.step(action)
        n_steps, ended = n_steps + 1, terminated or truncated
    assert scratched == ["R", "P"]
    assert n_steps == 18
    # Going round is what makes the room worth learning: without the walls more of the treats' value is left.
    without_walls = RoomEnv("\n".join(env.unwrapped.layout.rows).replace("#", "."))
    start = without_walls.encode(3, 0, 1)
    assert value_iteration(without_walls, 0.95)[start].max() > q_values[start].max() + 0.5


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_named_room_can_be_made_and_rearranged(layout):
    env = gym.make("Bob/Room-v0", layout=layout, rearrange_every=1)
    env.reset(seed=0)
    env.reset()
    assert env.unwrapped.layout.rows != parse_layout(layout).rows


def test_a_reset_that_is_refused_leaves_the_episode_as_it_was():
    env = RoomEnv("B.P")
    env.reset(seed=0)
    env.step(RIGHT)
    with pytest.raises(ValueError, match="the only one here is"):
        env.reset(options={"start": 2})
    assert (env.state, env.last_action) == (1, RIGHT)
    assert env.step(RIGHT)[0] == 2
