import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 - registers Bob's worlds
from rl_helpers.planning import value_iteration
from rl_helpers.worlds import Action
from rl_helpers.worlds.greedy_episode import describe_episode

UP, RIGHT, DOWN, LEFT, SCRATCH = Action


def room(layout="B.P", steps=10, **options):
    return gym.make("Bob/Room-v0", layout=layout, max_episode_steps=steps, **options)


def table(env, actions):
    """Return action values that prefer the given action in every state."""
    return np.eye(5)[[actions[state] for state in range(env.observation_space.n)]]


@pytest.mark.parametrize(
    ("layout", "actions", "words"),
    [
        ("B.P", [RIGHT, RIGHT, SCRATCH], "post"),
        ("BDP", [RIGHT, SCRATCH, UP], "drapes"),
        ("B.P", [UP, UP, UP], "stays where he is until the time is up"),
        ("B.P", [SCRATCH, UP, UP], "stays where he is until the time is up"),
        ("B.P", [RIGHT, LEFT, UP], "walks to and fro until the time is up"),
        ("B.P", [RIGHT, RIGHT, LEFT], "walks to and fro until the time is up"),
        ("BN.P", [RIGHT, SCRATCH, UP, UP], "cushion 9 times until the time is up"),
        ("B.\n.P", [RIGHT, DOWN, UP, LEFT], "walks about until the time is up"),
    ],
)
def test_every_kind_of_end_has_its_words(layout, actions, words):
    env = room(layout)
    assert describe_episode(env, table(env, actions)) == words


def test_scratches_in_a_row_are_counted_and_others_are_listed_one_by_one():
    env = room("BRP")
    # State 3: on the rug with its treat, 2: without it; there he goes on scratching, in vain.
    assert (
        describe_episode(env, table(env, [RIGHT, RIGHT, SCRATCH, SCRATCH, UP, UP]))
        == "rug 9 times until the time is up"
    )
    assert describe_episode(env, table(env, [RIGHT, RIGHT, UP, SCRATCH, UP, UP])) == (
        "rug, then stays where he is until the time is up"
    )
    assert describe_episode(env, table(env, [RIGHT, RIGHT, RIGHT, SCRATCH, SCRATCH, UP])) == "rug, then post"


def test_a_thing_that_is_left_and_found_again_is_named_twice():
    env = room("BRRP", steps=8)
    encode = env.unwrapped.encode
    actions = dict.fromkeys(range(16), RIGHT)
    actions |= {encode(0, 1, 1, 1): SCRATCH, encode(0, 2, 0, 1): SCRATCH}  # the first rug, then the second
    actions |= {encode(0, 2, 0, 0): LEFT, encode(0, 1, 0, 0): SCRATCH}  # back to the first, where he stays
    assert (
        describe_episode(env, table(env, actions)) == "rug, then rug, then rug 3 times until the time is up"
    )


def test_the_time_limit_is_that_of_the_environment():
    for steps in (3, 6):
        env = room("NBP", steps, rewards={"cushion": 9.0})
        words = f"cushion {steps - 1} times until the time is up"
        assert describe_episode(env, value_iteration(env, discount=0.9)) == words


def test_of_equal_values_the_first_is_taken_however_they_are_rounded():
    env = room("B.P")
    values = table(env, [RIGHT, RIGHT, SCRATCH])
    values[0, LEFT] += 1e-12  # rounding noise above the value of RIGHT
    assert describe_episode(env, values) == "post"


def test_nothing_is_learned_nor_changed():
    env = room("BRP")
    values = value_iteration(env, discount=0.9)
    before = values.copy()
    assert describe_episode(env, values) == describe_episode(env, values) == "rug, then post"
    np.testing.assert_array_equal(values, before)
