import re
from itertools import pairwise

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers import widgets
from rl_helpers.agents import QLearningAgent
from rl_helpers.widgets.stepper import Stepper
from rl_helpers.worlds import Action
from tests.widgets.pages import Page, Pictures, stepper


def test_stepping_is_what_training_does():
    from rl_helpers.training import train

    watched, learner = stepper(epsilon=0.3)
    for _ in range(20):
        watched.episode()
    env = gym.make("Bob/Room-v0", layout="tiny", render_mode="rgb_array")
    trained = QLearningAgent(
        12, 5, learning_rate=0.5, discount=0.9, epsilon=0.3, rng=np.random.default_rng(0)
    )
    train(env, trained, 20, seed=0)
    assert np.array_equal(learner.q_values, trained.q_values)
    assert learner.q_values.any()


def test_buttons_step_ten_steps_episode_and_start_again(monkeypatch):
    watched, learner = stepper(slippery=True)
    page = Page(watched, monkeypatch)
    before = watched.content
    page.says(kind="step", n_steps=1)
    assert learner.n_steps == 1
    assert "Episode 1, step 1" in watched.message
    page.says(kind="step", n_steps=10)
    assert learner.n_steps == 11
    page.says(kind="episode")
    assert watched._game.over
    first_run = watched.content
    page.says(kind="step", n_steps=1)
    assert "Episode 2, step 1" in watched.message
    page.says(kind="again")
    assert learner.n_steps == 0
    assert not learner.q_values.any()
    assert watched.content == before
    watched.step(11)
    watched.episode()
    assert watched.content == first_run


def test_next_change_stops_right_where_a_number_moves():
    single, learner = stepper()
    tables = []
    update = learner.update

    def update_and_note(transition):
        update(transition)
        tables.append(learner.q_values)

    learner.update = update_and_note
    single.step(500)
    moved = [np.any(later != earlier) for earlier, later in pairwise([np.zeros((12, 5)), *tables])]
    changes = np.flatnonzero(moved) + 1
    assert changes[0] > 10
    assert 1 in np.diff(changes)  # two in a row: nothing may be jumped over

    watched, learner = stepper()
    for step, n_steps in zip(changes, np.diff(changes, prepend=0), strict=True):
        watched.next_change()
        assert learner.n_steps == step
        assert np.array_equal(learner.q_values, tables[step - 1])
        words = "1 step" if n_steps == 1 else f"{n_steps} steps"
        assert watched.message.startswith(f"A number has changed after {words}. Episode ")
    last = watched.content
    watched.again()
    watched.step(int(changes[-1]))
    assert watched.content == last


def test_next_change_goes_on_over_the_ends_of_episodes(monkeypatch):
    env = gym.make("Bob/Room-v0", layout="tiny", max_episode_steps=3, render_mode="rgb_array")
    learner = QLearningAgent(12, 5, rng=np.random.default_rng(0))
    watched = widgets.step_through(env, learner)
    ends = []
    monkeypatch.setattr(learner, "end_episode", lambda: ends.append(learner.n_steps))
    watched.next_change()
    # Three steps are just enough for the couch: right, down, scratch.
    assert watched._transition[:4] == (5, Action.SCRATCH, -1.0, 5)
    assert ends == list(range(3, learner.n_steps, 3))
    assert ends
    assert f"Episode {len(ends) + 1}, step 3" in watched.message


def test_next_change_says_so_when_nothing_changes(monkeypatch):
    rewards = {"post": 0, "couch": 0, "drapes": 0}
    env = gym.make("Bob/Room-v0", layout="tiny", rewards=rewards, render_mode="rgb_array")
    learner = QLearningAgent(12, 5, rng=np.random.default_rng(0))
    watched = widgets.step_through(env, learner)
    page = Page(watched, monkeypatch)
    page.says(kind="next_change")
    assert learner.n_steps == 5000
    assert watched.message.startswith("No number in the table has changed in 5,000 steps. Episode ")
    page.says(kind="step", n_steps=1)
    assert watched.message.startswith("Episode ")


def test_next_change_passes_over_changes_too_small_to_be_seen():
    watched, learner = stepper()
    learner.learning_rate = 1e-8
    watched.next_change()
    assert learner.n_steps == 5000
    assert "No number" in watched.message
    assert learner.q_values.any()


def test_buttons_stand_in_the_order_of_how_far_they_go():
    labels = re.findall(r'^ +\["(.*?)", \{ kind', str(Stepper._esm), re.MULTILINE)
    assert labels == ["Step", "10 steps", "Next change", "Episode", "Start again"]


def test_agent_hears_of_the_end_of_an_episode(monkeypatch):
    watched, learner = stepper()
    ends = []
    monkeypatch.setattr(learner, "end_episode", lambda: ends.append(learner.n_steps))
    watched.episode()
    length = learner.n_steps
    watched.step()
    assert ends == [length]


def test_message_says_whether_the_action_was_random_or_greedy():
    watched, learner = stepper(epsilon=0.0)
    table = np.zeros((12, 5))
    table[0, Action.DOWN] = 1.0
    learner.q_values = table
    watched.step()
    assert "down, the greedy action" in watched.message
    watched.step()
    assert "drawn by lot: 5 actions" in watched.message
    watched, learner = stepper(epsilon=1.0)
    learner.q_values = table
    watched.step()
    assert ", a random action" in watched.message  # the first draw of this seed is not down


def test_message_tells_an_end_from_a_time_limit():
    watched, learner = stepper(epsilon=0.0)
    walk = [Action.DOWN, Action.DOWN, Action.RIGHT, Action.RIGHT, Action.RIGHT, Action.UP, Action.UP]
    table, state = np.zeros((12, 5)), 0
    for action in walk:
        table[state, action] = 1.0
        state += {Action.DOWN: 4, Action.UP: -4, Action.RIGHT: 1}[action]
    table[state, Action.SCRATCH] = 1.0
    learner.q_values = table
    watched.episode()
    assert "This ends the episode." in watched.message
    assert "no next state" in watched.content
    env = gym.make("Bob/Room-v0", layout="tiny", max_episode_steps=1, render_mode="rgb_array")
    watched = widgets.step_through(env, QLearningAgent(12, 5, rng=np.random.default_rng(0)))
    watched.step()
    assert "truncated, and the next state still counts" in watched.message
    assert "no next state" not in watched.content


def test_message_names_what_bob_hides_and_a_state_once():
    watched, learner = stepper(epsilon=0.0)
    table = np.zeros((12, 5))
    table[0, Action.DOWN] = table[4, Action.RIGHT] = table[5, Action.SCRATCH] = 1.0
    learner.q_values = table
    watched.step(2)
    assert "next state 5 (row 1, column 1, couch)." in watched.message
    watched.step()
    assert "in state 5 (row 1, column 1, couch): scratch" in watched.message
    assert "Reward −1, next state 5 again." in watched.message


def test_still_picture_of_a_later_step_can_be_shown():
    watched, _ = stepper()
    watched.step(3)
    picture = watched.as_html()
    assert "Episode 1, step 3" in picture.html
    assert len(Pictures(picture.html).alts) == 1


def test_error_of_the_agent_is_shown(monkeypatch):
    watched, learner = stepper()
    page = Page(watched, monkeypatch)

    def broken(transition):
        raise KeyError("lost")

    monkeypatch.setattr(learner, "update", broken)
    page.says(kind="step", n_steps=1)
    assert "Stopped with KeyError" in watched.message


def test_agent_of_another_size_is_refused():
    env = gym.make("Bob/Room-v0", layout="tiny", render_mode="rgb_array")
    with pytest.raises(ValueError, match=r"table is \(96, 5\), the environment has 12 states and 5 actions"):
        widgets.step_through(env, QLearningAgent(96, 5))
