"""A network in the game of the tables."""

import numpy as np

from rl_helpers.breakout import make_breakout, make_breakout_games
from rl_helpers.breakout.field_agent import new_agent
from rl_helpers.breakout.picture_player import PicturePlayer

SWAPPED = [0, 1, 3, 2]  # nothing, fire, right and left in a mirror


def test_it_sees_what_the_network_was_trained_on_and_does_what_it_says_also_in_mirrored_states():
    env, games = make_breakout(), make_breakout_games(1)
    agent = new_agent(1_000, seed=2, hidden=(16, 8), replay_size=1_000)
    player, mirrored, played = PicturePlayer(agent, env, epsilon=0.2, seed=1), [], set()
    for seed in (5, 6):  # a second game begins with two equal pictures again
        pictures, _ = games.reset(seed=seed)
        state, _ = env.reset(seed=seed)
        for _ in range(100):
            action = player.act(state)
            np.testing.assert_array_equal(player.pictures, pictures[0])
            np.testing.assert_array_equal(player.q_values, agent.q_values(pictures)[0, 0])
            mirrored.append(env.mirrored)
            button = SWAPPED[action] if env.mirrored else action
            played.add(button)
            pictures, rewards, *_ = games.step(np.array([button]))
            state, reward, *_ = env.step(action)
            assert reward == rewards[0]
    assert any(mirrored)
    assert not all(mirrored)
    assert played == {0, 1, 2, 3}


def test_without_chance_it_does_what_is_said_to_be_best():
    env = make_breakout()
    agent = new_agent(1_000, seed=2, hidden=(16, 8), replay_size=1_000)
    player = PicturePlayer(agent, env, epsilon=0)
    state, _ = env.reset(seed=0)
    for _ in range(50):
        action = player.act(state)
        best = int(player.q_values.argmax())
        assert action == (SWAPPED[best] if env.mirrored else best)
        state, *_ = env.step(action)
