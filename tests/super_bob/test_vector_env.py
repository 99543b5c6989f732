"""Many games do step for step what single ones do, to the bit."""

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.vector import AutoresetMode, SyncVectorEnv

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.super_bob import LEVELS
from rl_helpers.super_bob.search.a_star import as_actions
from rl_helpers.super_bob.vector_env import SuperBobVectorEnv
from tests.super_bob.search.test_a_star import WAYS
from tests.super_bob.zoo import ZOO, plays

N_GAMES = 12


def both(n_games=N_GAMES, **options):
    """Return as many single games, and one vector environment."""
    singles = SyncVectorEnv(
        [lambda: gym.make("Bob/Super-v0", **options)] * n_games, autoreset_mode=AutoresetMode.SAME_STEP
    )
    many = gym.make_vec("Bob/Super-v0", n_games, vectorization_mode="vector_entry_point", **options)
    return singles, many


def assert_same(one, other):
    """Compare arrays, or what is known of episodes, to the bit."""
    if isinstance(one, dict):
        assert {name for name in one if not name.startswith("_")} == {
            name for name in other if not name.startswith("_")
        }
        for name in other:
            if not name.startswith("_"):
                assert_same(one[name], other[name])
        return
    one, other = np.asarray(one), np.asarray(other)
    if other.dtype == object:
        assert [each is None for each in one] == [each is None for each in other]
        one, other = (np.array([each for each in some if each is not None]) for some in (one, other))
    if one.dtype == object:  # a text where there is one, None where there is none
        one = np.where(one == None, "", one).astype(other.dtype)  # noqa: E711
    np.testing.assert_array_equal(one, other)


OPTIONS = {
    **{name: {"level": name} for name in LEVELS},
    "zoo": {"level": ZOO},
    "one picture": {"level": ZOO, "frame_skip": 1},
    "eight pictures": {"level": ZOO, "frame_skip": 8},
    "several": {"level": [ZOO, "meadow", "B...F\n#####"], "max_episode_steps": 30},
    "starts": {"level": ZOO, "starts": [3, 10, 30, 35, 60, 66], "max_episode_steps": 25},
    "foresight": {"level": ZOO, "observation": "foresight", "starts": [3, 10, 30, 35, 60, 66]},
    "pixels": {"level": [ZOO, "B.o.w.F\n#######"], "observation": "pixels", "starts": [3, 0, 4]},
    "rewards": {"level": ZOO, "rewards": {"coin": 0.3, "stomp": 0.1, "death": -2.5}, "starts": [4, 9, 33]},
}


@pytest.mark.parametrize("name", OPTIONS)
def test_many_games_are_single_games_step_for_step(name):
    singles, many = both(**OPTIONS[name])
    first = singles.reset(seed=5)
    for one, other in zip(first, many.reset(seed=5), strict=True):
        assert_same(one, other)
    n_ends = 0
    for actions in plays(np.random.default_rng(1), N_GAMES, 400):
        expected, found = singles.step(actions), many.step(actions)
        for one, other in zip(expected, found, strict=True):
            assert_same(one, other)
        assert expected[0].dtype == found[0].dtype
        n_ends += (expected[2] | expected[3]).sum()
    assert n_ends > 3


@pytest.mark.parametrize("level", LEVELS)
def test_many_games_go_whole_ways_as_single_games_do(level):
    """From the start to the flag: the seeds of eight games are those that the ways were found for."""
    ways = [as_actions(way) for name, _, way in WAYS if name == level]
    singles, many = both(len(ways), level=level)
    assert_same(singles.reset(seed=0)[0], many.reset(seed=0)[0])
    finished = np.zeros(len(ways), dtype=bool)
    for step in range(max(map(len, ways))):
        actions = np.array([way[step] if step < len(way) else 0 for way in ways])
        expected, found = singles.step(actions), many.step(actions)
        for one, other in zip(expected, found, strict=True):
            assert_same(one, other)
        if "final_info" in found[-1]:
            finished |= found[-1]["final_info"]["finished"]
    assert finished.all()


def test_everything_happens_in_the_zoo():
    """Else the comparison would not see it."""
    seen, coins, stomps = set(), 0, 0
    options = {"level": ZOO, "starts": [1, 3, 10, 25, 30, 35, 45, 60, 66], "max_episode_steps": 100}
    many = SuperBobVectorEnv(64, **options)
    many.reset(seed=0)
    for actions in plays(np.random.default_rng(2), 64, 300):
        infos = many.step(actions)[-1]
        if "final_info" in infos:
            last = infos["final_info"]
            seen |= set(last["cause"][infos["_final_info"]].tolist())
            seen |= {"flag"} if last["finished"].any() else set()
            coins, stomps = max(coins, last["coins"].max()), max(stomps, last["stomps"].max())
    assert seen == {"", "fell", "spikes", "enemy", "flag"}
    assert coins > 0
    assert stomps > 0


def test_spaces_hold_what_is_returned():
    many = SuperBobVectorEnv(5, ZOO)
    observations, _ = many.reset(seed=0)
    for actions in plays(np.random.default_rng(0), 5, 100):
        assert observations in many.observation_space
        observations = many.step(actions)[0]


def test_seeds_begin_afresh_and_none_goes_on():
    many = SuperBobVectorEnv(3, "B..^..w...F\n###########")
    first = many.reset(seed=4)[0]
    second = many.reset()[0]
    assert (first != second).any(axis=1).all()
    np.testing.assert_array_equal(many.reset(seed=4)[0], first)
    np.testing.assert_array_equal(many.reset(seed=[4, 5, 6])[0], first)
    assert (many.reset(seed=[4, None, 6])[0][[0, 2]] == first[[0, 2]]).all()


@pytest.mark.parametrize(
    ("actions", "says"),
    [
        ([0, 1], "shape"),
        ([0.0, 1.0, 2.0], "type float64"),
        ([0, 1, 6], "from 0 to 5"),
        ([0, -1, 2], "from 0"),
    ],
)
def test_other_actions_are_refused(actions, says):
    many = SuperBobVectorEnv(3)
    with pytest.raises(gym.error.ResetNeeded):
        many.step(np.zeros(3, dtype=int))
    many.reset(seed=0)
    with pytest.raises(ValueError, match=says):
        many.step(np.array(actions))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"level": []}, "level is empty"),
        ({"starts": []}, "starts is empty"),
        ({"starts": [1_000]}, "nobody can stand in column 1000"),
        ({"frame_skip": 9}, "expected 1 to 8"),
        ({"observation": "sound"}, "expected one of tiles, foresight, pixels"),
        ({"rewards": {"fish": 1}}, "there is no reward 'fish'"),
        ({"render_mode": "rgb_array"}, "draw no picture"),
    ],
)
def test_other_options_are_refused(options, says):
    with pytest.raises(ValueError, match=says):
        SuperBobVectorEnv(2, **options)
    many = SuperBobVectorEnv(2)
    with pytest.raises(ValueError, match="there are none here"):
        many.reset(options={"state": 1})
    with pytest.raises(ValueError, match="seed has 3 entries"):
        many.reset(seed=[1, 2, 3])
