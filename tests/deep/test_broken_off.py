"""An episode that was broken off is over: nothing of the next one is taken for what followed it."""

from itertools import pairwise

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.deep import ActorCriticAgent, DQNAgent, PPOAgent, ReinforceAgent
from rl_helpers.history import Transition

PLACES, MOVES = gym.spaces.Box(-100, 100, (2,), np.float32), gym.spaces.Discrete(2)
BROKEN, NEXT = [0, 1, 2], [50, 51, 52, 53]


def lived(agent, places):
    """Let an agent live through steps from place to place, none of which ends the episode."""
    for here, there in pairwise(places):
        here, there = (np.array([place, 1], np.float32) for place in (here, there))
        agent.act(here)
        agent.update(Transition(here, 0, 1.0, there, False))


def begin_silently(agent):
    """Begin an episode as a loop of one's own does that was left by a break."""


@pytest.mark.parametrize("begin", [begin_silently, lambda agent: agent.begin_episode()])
@pytest.mark.parametrize("agent_class", [ReinforceAgent, ActorCriticAgent, PPOAgent])
def test_policy_gradients_are_told_where_an_episode_was_broken_off(agent_class, begin):
    options = {} if agent_class is ReinforceAgent else {"n_envs": 1, "rollout_steps": 5}
    options |= {"n_batches": 1} if agent_class is PPOAgent else {}
    agent, seen = agent_class(PLACES, MOVES, rng=np.random.default_rng(0), **options), []
    learn = agent.learn
    agent.learn = lambda rollout: (seen.append(rollout), learn(rollout))[1]
    lived(agent, BROKEN)
    begin(agent)
    lived(agent, NEXT)
    agent.end_episode()
    steps = [
        (int(state[0]), bool(ended), bool(terminated))
        for rollout in seen
        for state, ended, terminated in zip(
            rollout.inputs[0, 0], rollout.ended[0, 0], rollout.terminated[0, 0], strict=True
        )
    ]
    assert steps == [
        (0, False, False),
        (1, True, False),
        (50, False, False),
        (51, False, False),
        (52, True, False),
    ]


@pytest.mark.parametrize("begin", [begin_silently, lambda agent: agent.begin_episode()])
def test_a_memory_does_not_lead_from_one_episode_into_the_next(begin):
    agent = DQNAgent(PLACES, MOVES, rng=np.random.default_rng(0), return_steps=3, learning_starts=100)
    lived(agent, BROKEN)
    begin(agent)
    lived(agent, NEXT)
    agent.end_episode()
    drawn = agent.memory.sample(np.random.default_rng(0), 500, n_steps=3)
    found = {
        (int(here[0]), int(there[0]), float(reward))
        for here, there, reward in zip(
            drawn.observations[0], drawn.next_observations[0], drawn.rewards[0], strict=True
        )
    }
    assert found == {(0, 2, 2.0), (1, 2, 1.0), (50, 53, 3.0), (51, 53, 2.0), (52, 53, 1.0)}


@pytest.mark.parametrize("agent_class", [ReinforceAgent, ActorCriticAgent, PPOAgent])
def test_an_array_that_changes_in_place_is_no_new_episode(agent_class):
    agent = agent_class(PLACES, MOVES, rng=np.random.default_rng(0))
    place = np.zeros(2, np.float32)
    for _ in range(3):
        agent.act(place)
        place += 1
        agent.update(Transition(place, 0, 1.0, place, False))
    assert [step[-1] for step in agent._diary.steps] == [False] * 3


def test_an_episode_that_begins_where_the_last_was_broken_off_is_another_one_if_it_is_said():
    policy, network = (
        agent_class(PLACES, MOVES, rng=np.random.default_rng(0)) for agent_class in (ReinforceAgent, DQNAgent)
    )
    for agent in (policy, network):
        lived(agent, [0, 1])
        agent.begin_episode()
        lived(agent, [1, 2])
    assert [step[-1] for step in policy._diary.steps] == [False]  # the first episode was learned from
    assert policy.n_updates == 1
    assert network.memory.written.tolist() == [3]  # two steps, and what was seen after the first
