"""The scripted world: no two of its moments can be mistaken for each other."""

import numpy as np
import pytest

from rl_helpers.exercises.checking.exercise import Mistake
from rl_helpers.exercises.checking.scripted_world import STATES_AN_EPISODE, ScriptedWorld, state_in_picture


def moments(world, n_episodes):
    """Return all states of some episodes, and what is read from a picture of each."""
    states, pictures = [], []
    for _ in range(n_episodes):
        state, _ = world.reset()
        over = False
        while True:
            states.append(state)
            pictures.append(state_in_picture(world.render()))
            if over:
                break
            state, _, terminated, truncated, _ = world.step(0)
            over = terminated or truncated
    return states, pictures


def test_every_moment_has_a_state_and_a_picture_of_its_own():
    longest = [0.0] * (STATES_AN_EPISODE - 1)
    states, pictures = moments(ScriptedWorld((longest, "truncated"), ([1.0], "both")), n_episodes=600)
    assert states == pictures
    assert len(set(states)) == len(states) == 300 * (STATES_AN_EPISODE + 2)


def test_episode_with_more_steps_than_states_is_refused():
    with pytest.raises(ValueError, match="an episode has 100 steps, and states are numbered for 99 at most"):
        ScriptedWorld(([1.0], "both"), ([0.0] * STATES_AN_EPISODE, "truncated"))


@pytest.mark.parametrize("picture", [None, "a picture", np.zeros((2, 2)), np.zeros((2, 3, 2))])
def test_what_is_no_picture_of_this_world_shows_no_state(picture):
    assert state_in_picture(picture) is None


def test_script_begins_again_and_says_how_each_episode_ends():
    world = ScriptedWorld(([0.5], "both"), ([2.0, 1.0], "terminated"))
    played = []
    for _ in range(3):
        world.reset()
        while not world.ended:
            played.append(world.step(1)[:4])
    assert played == [
        (1, 0.5, True, True),
        (101, 2.0, False, False),
        (102, 1.0, True, False),
        (201, 0.5, True, True),
    ]
    with pytest.raises(Mistake, match="the episode ended with `terminated` and `truncated`"):
        world.step(1)


def test_second_reset_before_the_first_step_begins_the_same_episode_again_and_later_ones_are_refused():
    world = ScriptedWorld(([0.5, 2.0], "truncated"))
    assert world.reset(seed=3) == world.reset() == (0, {})
    world.step(0)
    with pytest.raises(Mistake, match="in the middle of an episode"):
        world.reset()
    assert world.seeds == [3, None]
    assert world.n_episodes == 1
