"""The search finds ways that the game itself confirms, and none where there is none."""

from collections import Counter
from pathlib import Path

import pytest

from rl_helpers.super_bob import LEVELS, parse_level
from rl_helpers.super_bob.env import SuperBobEnv
from rl_helpers.super_bob.game.single import Game, first_state
from rl_helpers.super_bob.search.a_star import as_actions, as_text, replay, solve

# Found by `python -m tools.level_proofs`.
FILE = Path(__file__).parents[1] / "ways.txt"
WAYS = [line.split() for line in FILE.read_text(encoding="utf-8").splitlines()]


def test_every_named_level_was_finished_from_several_phases():
    assert Counter(name for name, _, _ in WAYS) == dict.fromkeys(LEVELS, 8)


@pytest.mark.parametrize(("name", "seed", "way"), WAYS, ids=[f"{name}-{seed}" for name, seed, _ in WAYS])
def test_a_way_that_was_found_leads_to_the_flag(name, seed, way):
    env = SuperBobEnv(name)
    env.reset(seed=int(seed))
    *_, terminated, _, info = [env.step(action) for action in as_actions(way)][-1]
    assert terminated
    assert info["finished"]


@pytest.mark.parametrize("name", ["meadow", "nightmare"])
def test_the_search_still_finds_one(name):
    env = SuperBobEnv(name)
    env.reset(seed=1)
    found = solve(env.game)
    assert found.is_found
    assert replay(env.game, found.actions).finished


@pytest.mark.parametrize(
    ("level", "column"),
    [
        ("....#....\n....#....\n....#....\n....#....\nB...#...F\n#########", 3),
        ("B..^^^^^^^^..F\n##############", 8),
    ],
)
def test_it_tells_what_is_impossible(level, column):
    """A wall of five tiles is a tile too high, eight tiles of spikes are too far."""
    found = solve(Game(parse_level(level)), max_decisions=20_000, max_pictures=120)
    assert not found.is_found
    assert found.actions is None
    assert found.farthest <= column + 3


def test_it_waits_for_a_platform_and_goes_on_from_where_it_is_told():
    level = parse_level("B..................\n...MM~~~~~~~~......\n##...............F.\n##..............###")
    for phase in (0, 100, 200):
        game = Game(level, (phase,))
        found = solve(game)
        assert replay(game, found.actions).finished
    later = replay(game, found.actions[:20])
    on = solve(game, state=later)
    assert replay(game, on.actions, state=later).finished
    assert replay(game, as_actions(as_text(found.actions))).finished


def test_a_limit_ends_it():
    game = Game(parse_level("B.......F\n#########"))
    found = solve(game, max_decisions=12)
    assert not found.is_found
    assert found.n_decisions <= 12 + 6 * 5
    assert not found.is_exhausted
    assert first_state(game.level).column <= found.farthest < 8


def test_digits_that_are_no_action_are_refused():
    with pytest.raises(ValueError, match="9 is no action"):
        as_actions("0129")
