"""`Bob/Super-v0` keeps to Gymnasium's interface, and tells what happens."""

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.super_bob.env import SuperBobEnv
from rl_helpers.super_bob.game.observations import N_TILES, NUMBERS, TILES_SHAPE
from tests.super_bob.zoo import ZOO, plays

FLAT = "B..F\n####"


@pytest.mark.parametrize("render_mode", [None, "rgb_array", "ansi"])
@pytest.mark.parametrize(
    "options", [{}, {"level": ZOO}, {"observation": "pixels"}, {"level": [ZOO, FLAT]}, {"frame_skip": 1}]
)
def test_follows_gymnasiums_interface_without_a_warning(options, render_mode):
    check_env(gym.make("Bob/Super-v0", render_mode=render_mode, **options).unwrapped)


def test_the_same_seed_is_the_same_game():
    games = [SuperBobEnv(ZOO) for _ in range(2)]
    for game in games:
        game.reset(seed=3)
    for (action,) in plays(np.random.default_rng(0), 1, 300):
        one, other = (game.step(action) for game in games)
        np.testing.assert_array_equal(one[0], other[0])
        assert one[1:] == other[1:]
        if one[2]:
            for game in games:
                game.reset()


def test_a_state_is_gone_back_to():
    env = SuperBobEnv(ZOO)
    env.reset(seed=1)
    state, phases = env.state, env.game.phases
    first = [env.step(5) for _ in range(5)]
    env.reset(options={"state": state, "phases": phases})
    for one, other in zip(first, [env.step(5) for _ in range(5)], strict=True):
        np.testing.assert_array_equal(one[0], other[0])
        assert one[1:] == other[1:]


def test_tiles_are_those_around_bob():
    env = SuperBobEnv("........\n.o......\n........\n.B.^-S.F\n########")
    tiles = env.reset(seed=0)[0][:N_TILES].reshape(TILES_SHAPE)
    # Bob is in the middle row and in the fifth column, as he is in column 1 of the level.
    assert tiles[5].tolist() == [1, 1, 1, 0, 0, 0, -1, 0.5, 0.75, 0, 0.125, 1, 1]
    assert tiles[3, 4] == 0.25
    assert tiles[6].tolist() == [1] * 13
    assert tiles[7, 3:11].tolist() == [-0.5] * 8


def test_numbers_say_how_fast_he_is_and_who_is_near():
    env = SuperBobEnv("............\n............\nB..#h..j...F\n############")
    env.reset(seed=0, options={"phases": (0, 0)})
    told = dict(zip(NUMBERS, env.step(2)[0][N_TILES:].tolist(), strict=True))
    assert told["speed to the right"] == 4 * 16 / 512
    assert told["can jump"] == 1
    assert told["jump key held"] == 0
    assert 0 < told["nearest enemy to the right"] < told["second enemy to the right"] < 1
    assert told["nearest platform to the right"] == told["nearest platform downwards"] == 1
    told = dict(zip(NUMBERS, env.step(5)[0][N_TILES:].tolist(), strict=True))
    assert told["speed downwards"] < 0
    assert told["can jump"] == 0
    assert told["jump key held"] == 1


def test_foresight_tells_of_more_and_of_what_will_be():
    seen = {}
    for observation in ("tiles", "foresight"):
        env = SuperBobEnv("B...........j.F\n###############", observation=observation)
        env.reset(seed=0)
        (period,) = env.level.periods
        for phase in range(period):
            told = env.reset(options={"phases": (phase,)})[0]
            seen.setdefault(observation, []).append(told[N_TILES + 6 : N_TILES + 10].tolist())
    assert {tuple(told) for told in seen["tiles"]} == {(1.0, 1.0, 0.0, 0.0)}  # 12 columns ahead
    assert {told[0] for told in seen["foresight"]} == {12 / 16}
    # A cucumber rests at first, for 44 pictures, and is told from the 29th on to be about to rise.
    rests = [told[3] for told in seen["foresight"][:44]]
    assert rests[:28] == [0] * 28
    assert max(rests[29:]) < 0


def test_rewards_are_those_of_the_text():
    env = SuperBobEnv(FLAT, rewards={"coin": 2})
    env.reset(seed=0)
    rewards = []
    while True:
        _, reward, terminated, _, info = env.step(2)
        rewards.append(reward)
        if terminated:
            break
    assert info == {"column": 3, "finished": True, "cause": "", "coins": 0, "stomps": 0}
    assert sum(rewards) == pytest.approx(3 * 0.5 + 5 - 0.005 * len(rewards))
    env = SuperBobEnv("B.oF\n##.#", rewards={"coin": 2})
    env.reset(seed=0)
    rewards = []
    for _ in range(30):
        _, reward, terminated, _, info = env.step(2)
        rewards.append(reward)
        if terminated:
            break
    assert (info["cause"], info["coins"]) == ("fell", 1)
    assert sum(rewards) == pytest.approx(2 * 0.5 + 2 - 1 - 0.005 * len(rewards))


def test_a_game_that_is_over_or_has_not_begun_is_not_played_on():
    env = SuperBobEnv(FLAT)
    with pytest.raises(gym.error.ResetNeeded):
        env.step(2)
    env.reset(seed=0)
    while not env.step(2)[2]:
        pass
    with pytest.raises(gym.error.ResetNeeded):
        env.step(2)


@pytest.mark.parametrize("action", [6, -1, 1.5, "left"])
def test_other_actions_are_refused(action):
    env = SuperBobEnv(FLAT)
    env.reset(seed=0)
    with pytest.raises(ValueError, match="expected a whole number from 0 to 5"):
        env.step(action)


def test_other_options_are_refused():
    env = SuperBobEnv(FLAT)
    with pytest.raises(ValueError, match='"state" and "phases"'):
        env.reset(options={"start": 3})
    with pytest.raises(ValueError, match="render_mode is 'human'"):
        SuperBobEnv(render_mode="human")


def test_text_shows_who_is_where_now():
    env = SuperBobEnv("B.oj.h.F\n########", render_mode="ansi")
    env.reset(seed=0, options={"phases": (0, 4 * 64)})
    assert env.render().split("\n")[-3:-1] == ["B.ojh..F", "########"]
    for _ in range(8):
        env.step(2)
    picture = env.render()
    assert "o" not in picture.split("\n")[-3]
    assert "1 fish" in picture


def test_words_say_where_he_is_and_what_comes():
    env = SuperBobEnv("B...j..F\n###.####")
    env.reset(seed=0)
    assert env.describe() == (
        "Bob the cat is on the ground, at rest, in column 0 of the 8 of this level, with 0 fish. Ahead: a "
        "gap 3 columns ahead; a cucumber 4 columns ahead; the flag 7 columns ahead."
    )
    while not env.step(2)[2]:
        pass
    assert "He has fallen out of the level." in env.describe()


def test_keys_lead_to_actions():
    env = SuperBobEnv()
    assert env.get_keys_to_action()["ArrowRight", " "] == env.get_action_meanings().index("RIGHT+JUMP")
    assert env.get_keys_to_action()[()] == env.get_action_meanings().index("NOTHING")


@pytest.mark.parametrize(
    ("level", "kind", "words"),
    [
        (
            ["....", "B..F", "####"],
            ValueError,
            r"several rows, .* of its own: join them",
        ),
        (("B..w", "####F"), ValueError, r"several rows"),
        (None, TypeError, r"the level is None, expected a text map"),
        (5, TypeError, r"the level is 5, expected a text map"),
        ("medow", ValueError, r"level is 'medow', expected one of meadow"),
    ],
)
def test_what_is_no_level_is_told_in_words(level, kind, words):
    with pytest.raises(kind, match=words):
        gym.make("Bob/Super-v0", level=level)
