"""Bob/Room-v0 does what its transition model and its documentation say."""

import subprocess
import sys
from itertools import pairwise

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.planning import value_iteration
from rl_helpers.worlds import dynamics, parse_layout
from rl_helpers.worlds.room import RoomEnv
from tests.worlds.rooms import DOWN, RIGHT, SCRATCH, play


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
