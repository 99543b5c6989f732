import re

import gymnasium as gym
import numpy as np

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers import widgets
from rl_helpers.agents import QLearningAgent
from tests.widgets.pages import row_names, stepper, table_rows


def test_changed_entry_is_marked_in_the_whole_table_of_a_tiny_room():
    watched, learner = stepper(epsilon=0.0, initial_value=1.0)
    watched.step()
    entries = [row for row in table_rows(watched.content) if len(row) == 5]
    states = [int(name.split(":")[0]) for name in row_names(watched.content)]
    assert states == [0, 1, 3, 4, 5, 7, 8, 9, 10, 11]  # 2 and 6 are walls
    rows = dict(zip(states, entries, strict=True))
    marked = [(state, action) for state in states for action in range(5) if "▼" in rows[state][action]]
    # Optimistic values fall: target = 0 + 0.9 × 1, new value = 1 + 0.5 × (0.9 − 1) = 0.95.
    assert marked == [tuple(np.argwhere(learner.q_values != 1.0)[0])]
    assert "0.95" in rows[marked[0][0]][marked[0][1]]
    assert watched.content.count("outline:2px solid") == 1
    assert "The Q-table without the rows of walls" in watched.content


def test_rows_and_columns_are_called_what_they_are_in_the_pictures():
    watched, _ = stepper()
    assert row_names(watched.content)[:3] == [
        "0: row 0, column 0",
        "1: row 0, column 1",
        "3: row 0, column 3",
    ]
    heads = re.findall('scope="col".*?>(.*?)<', watched.content)
    assert heads == ["state", "up", "right", "down", "left", "scratch"]
    watched.step()
    action = heads[1:][watched._transition.action]
    assert f"in state 0 (row 0, column 0): {action}, drawn by lot" in watched.message
    assert f"<b>Q(0, {action})</b>" in watched.content


def test_table_without_walls_is_called_whole():
    env = gym.make("FrozenLake-v1", render_mode="rgb_array")
    watched = widgets.step_through(env, QLearningAgent(16, 4))
    assert row_names(watched.content) == [str(state) for state in range(16)]
    assert "The whole Q-table<" in watched.content


def test_large_table_shows_the_rows_of_the_step():
    env = gym.make("Bob/Room-v0", render_mode="rgb_array")
    watched = widgets.step_through(env, QLearningAgent(96, 5, rng=np.random.default_rng(1)))
    assert row_names(watched.content) == [f"{env.unwrapped.encode(3, 0, 1)}: row 3, column 0"]
    assert "The Q-table: 1 of 96 rows" in watched.content
    watched.step()
    state, _, _, next_state, _ = watched._transition
    shown = [row for row in table_rows(watched.content) if len(row) == 5]
    assert len(shown) == len({state, next_state})
    assert f">{state}: row" in watched.content
    assert f">{next_state}: row" in watched.content
