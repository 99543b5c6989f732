"""An episode that is broken off in the middle is never joined to the next one, by no agent."""

import copy
import pickle

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.agents import MonteCarloAgent, SarsaAgent
from rl_helpers.training import run_episode, train
from tests.agents.learning import every_agent

ALONG = ((0, 0, 1.0, 1, False), (1, 0, 2.0, 2, False))  # an episode as far as it came
AGAIN = ((0, 1, 10.0, 3, False), (3, 0, 20.0, 0, True))  # the next one, whole
SETTINGS = {"learning_rate": 0.5, "discount": 1.0, "epsilon": 1.0}


def made(agent_class):
    return agent_class(4, 2, rng=np.random.default_rng(0), **SETTINGS)


def told(agent, transitions):
    for transition in transitions:
        agent.update(transition)


class World(gym.Env):
    """Goes through transitions that are given, and raises what is given in their place."""

    observation_space, action_space = gym.spaces.Discrete(4), gym.spaces.Discrete(2)

    def __init__(self, *episodes):
        self.episodes = list(episodes)

    def reset(self, *, seed=None, options=None):
        self.left = list(self.episodes.pop(0))
        return self.left[0][0], {}

    def step(self, action):
        following = self.left.pop(0)
        if isinstance(following, BaseException):
            raise following
        return following[3], following[2], following[4], False, {}


def stop_button(agent):
    train(World((*ALONG, KeyboardInterrupt())), agent, 1)


def error_in_the_environment(agent):
    with pytest.raises(RuntimeError, match="dust"):
        train(World((*ALONG, RuntimeError("dust"))), agent, 1)


def break_and_end(agent):
    told(agent, ALONG)
    agent.end_episode()


def break_of_a_loop_of_ones_own(agent):
    told(agent, ALONG)


BREAKS = [stop_button, error_in_the_environment, break_and_end, break_of_a_loop_of_ones_own]


@pytest.mark.parametrize("breaks_off", BREAKS)
def test_monte_carlo_learns_both_parts_apart(breaks_off):
    """After state 2 the first part expects no more: 1 + 2 and 2, half of the way; then 10 + 20 and 20."""
    agent = made(MonteCarloAgent)
    # Actions are random, so they are taken away: one column for both.
    agent.act = lambda state, explore=True: 0
    breaks_off(agent)
    train(World([(s, 0, *rest) for s, _, *rest in AGAIN]), agent, 1)
    # State 0 was at 1.5 after the part that was broken off, and then went half of the way to 30.
    assert agent.q_values[:, 0].tolist() == [15.75, 1.0, 0.0, 10.0]


@every_agent
@pytest.mark.parametrize("again", ["train", "loop"])
def test_whatever_broke_off_the_episode_the_agent_learns_the_same(agent_class, again):
    tables = []
    for breaks_off in BREAKS[2:]:
        agent = made(agent_class)
        breaks_off(agent)
        agent.rng = agent._random = np.random.default_rng(1)  # the same luck from here on
        if again == "train":
            train(World(AGAIN), agent, 1)
        else:
            told(agent, AGAIN)
            agent.end_episode()
        tables.append(agent.q_values.tolist())
    assert tables[0] == tables[1]


def test_monte_carlo_begins_anew_in_the_state_where_it_was_broken_off():
    agent = made(MonteCarloAgent)
    agent.update((0, 0, 1.0, 0, False))  # the wall: Bob is where he began, and the loop breaks here
    run_episode(World([(0, 0, 8.0, 3, True)]), agent)
    whole = made(MonteCarloAgent)
    whole.update((0, 0, 1.0, 0, False))
    whole.end_episode()
    run_episode(World([(0, 0, 8.0, 3, True)]), whole)
    assert agent.q_values.tolist() == whole.q_values.tolist()


def test_monte_carlo_takes_a_terminal_state_for_the_end():
    agent = made(MonteCarloAgent)
    told(agent, [(0, 0, 1.0, 1, True), (1, 0, 8.0, 2, True)])
    agent.end_episode()
    assert agent.q_values[:2, 0].tolist() == [0.5, 4.0]


@every_agent
@pytest.mark.parametrize(
    "handed_on",
    [lambda agent: pickle.loads(pickle.dumps(agent)), copy.deepcopy, copy.copy],
    ids=["pickle", "deepcopy", "copy"],
)
def test_a_copy_and_a_table_that_is_assigned_begin_with_an_episode_of_their_own(agent_class, handed_on):
    agent = made(agent_class)
    told(agent, ALONG)
    other = handed_on(agent)
    other.end_episode()
    if agent_class is MonteCarloAgent:
        assert not other.q_values.any()  # nothing of the episode has come along
    agent.q_values = np.full((4, 2), 3.0)
    agent.end_episode()
    assert (agent.q_values == 3.0).all()


def test_sarsa_plays_no_action_that_a_table_before_has_chosen():
    agent = SarsaAgent(4, 50, epsilon=0.0, rng=np.random.default_rng(0))
    table = np.zeros((4, 50))
    table[1, 7] = 1.0
    agent.q_values = table
    agent.update((0, 0, 0.0, 1, False))
    table[1, 9] = 2.0
    agent.q_values = table
    assert agent.act(1) == 9


def test_sarsa_chooses_anew_where_train_begins():
    agent = SarsaAgent(4, 50, epsilon=1.0, rng=np.random.default_rng(0))
    played = []
    for _ in range(20):
        agent.update((1, 0, 0.0, 0, False))
        chosen = agent._chosen[1]
        real, asked = agent.act, []
        agent.act = lambda state, real=real, asked=asked, **options: asked.append(real(state)) or asked[-1]
        train(World([(0, 0, 0.0, 1, True)]), agent, 1)
        del agent.act
        played.append(asked[0] == chosen)
    assert sum(played) < 5


def test_an_agent_that_cannot_end_its_episode_hides_no_error():
    class Fails:
        def act(self, state, *, explore=True):
            raise LookupError("first")

        def end_episode(self):
            raise ValueError("second")

    with pytest.raises(LookupError, match="first"):
        run_episode(World(ALONG), Fails())
