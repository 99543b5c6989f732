"""What a room answers to each action."""

import gymnasium as gym
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.worlds.room import RoomEnv
from tests.worlds.rooms import DOWN, LEFT, RIGHT, SCRATCH, UP, play


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


def test_rewards_can_be_changed_in_part():
    env = RoomEnv("BRCDNP", rewards={"couch": -0.25, "cushion": 2, "step": -0.5})
    earned = [env.P[env.encode(0, column, 1)][SCRATCH][0][2] for column in range(6)]
    assert earned == [-0.5, 0.5, -0.75, -5.5, 1.5, 4.5]
    assert env.P[env.encode(0, 0, 1)][RIGHT][0][2] == -0.5
    assert env.P[env.encode(0, 1, 0)][SCRATCH][0][2] == -0.5
    assert RoomEnv("BP").P[1][SCRATCH][0][2] == 5.0  # the usual rewards are as they were
