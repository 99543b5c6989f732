"""The scripted world: no two of its moments can be mistaken for each other."""

import numpy as np
import pytest

from rl_helpers.exercises.checking.exercise import Mistake
from rl_helpers.exercises.checking.scripted_world import (
    STATES_AN_EPISODE,
    ScriptedAgent,
    ScriptedWorld,
    state_in_picture,
)


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


@pytest.mark.parametrize(
    ("n_steps", "n_episodes", "apart"),
    [(STATES_AN_EPISODE - 1, 600, 100), (100, 140, 1000), (1000, 14, 10_000)],
)
def test_every_moment_has_a_state_and_a_picture_of_its_own(n_steps, n_episodes, apart):
    world = ScriptedWorld(([0.0] * n_steps, "truncated"), ([1.0], "both"))
    states, pictures = moments(world, n_episodes)
    assert world.states_an_episode == apart
    assert states == pictures
    assert len(set(states)) == len(states) == n_episodes // 2 * (n_steps + 3)
    assert max(states) > 50_000


def test_the_first_mistake_is_remembered_though_it_was_swallowed():
    world = ScriptedWorld(([0.5], "both"))
    agent = ScriptedAgent(world)
    for act in (lambda: world.step(0), lambda: agent.act(0), world.render, lambda: agent.update(())):
        with pytest.raises(Mistake):
            act()
    assert "the first `env.step` came before `env.reset`" in str(world.mistake)
    fresh = ScriptedWorld(([0.5], "both"))
    with pytest.raises(Mistake):
        ScriptedAgent(fresh).act(fresh.reset())
    assert str(fresh.mistake) == "`env.reset` returns two values: state, info"


def test_random_actions_are_counted():
    world = ScriptedWorld(([0.5], "both"))
    assert world.action_space.n_sampled == 0
    assert 0 <= world.action_space.sample() < 4
    assert world.action_space.n_sampled == 1


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
