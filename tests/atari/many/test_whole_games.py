"""What is learned from on many consoles, and the scores of whole games."""

from types import SimpleNamespace

import numpy as np

from rl_helpers.atari.many import ConsoleVectorEnv, SignsAndLives, game_scores

BREAKOUT = "ALE/Breakout-v5"


def test_rewards_become_signs_and_lost_lives_become_ends():
    step = SimpleNamespace(
        rewards=np.array([[7.0, 0.0], [-2.0, 1.0]]), terminated=np.array([[False, True], [False, False]])
    )
    rewards, ends = SignsAndLives(penalty=-0.5)(step, {"lost_lives": np.array([0, 1, 1, 0])})
    assert rewards.tolist() == [[1.0, -0.5], [-1.5, 1.0]]
    assert ends.tolist() == [[False, True], [True, False]]


def test_a_game_that_ends_is_an_end_without_a_lost_life():
    step = SimpleNamespace(rewards=np.zeros((1, 2)), terminated=np.array([[True, False]]))
    rewards, ends = SignsAndLives()(step, {"lost_lives": np.zeros(2, dtype=int)})
    assert (rewards.tolist(), ends.tolist()) == ([[0.0, 0.0]], [[True, False]])


def chosen(observations):
    """Serve where nothing moves, else do something that follows from the picture."""
    flat = observations.reshape(len(observations), 2, -1).astype(int)
    return np.where((flat[:, 0] == flat[:, 1]).all(axis=1), 1, flat[:, 1] @ (np.arange(42 * 40) % 7) % 4)


def test_each_console_plays_one_game_to_its_end_with_its_real_points():
    scores, lengths = game_scores(chosen, BREAKOUT, 6, seed=100, epsilon=0.0, max_num_frames_per_episode=4000)
    env = ConsoleVectorEnv(BREAKOUT, 6, max_num_frames_per_episode=4000)
    observations, _ = env.reset(seed=100)
    score, is_first = np.zeros(6), np.ones(6, dtype=bool)
    for decision in range(1, 1001):
        observations, rewards, terminated, truncated, _ = env.step(chosen(observations))
        score += rewards * is_first
        for number in np.flatnonzero(is_first & (terminated | truncated)):
            assert (score[number], decision) == (scores[number], lengths[number])
        is_first &= ~(terminated | truncated)
    assert not is_first.any()
    assert scores.max() > 0
    assert len(set(lengths)) > 1


def test_who_never_serves_waits_for_the_end_and_an_epsilon_serves():
    def idle(observations):
        return np.zeros(len(observations), dtype=int)

    scores, lengths = game_scores(idle, BREAKOUT, 2, seed=0, epsilon=0.0, max_num_frames_per_episode=4000)
    assert (scores.tolist(), lengths.tolist()) == ([0, 0], [1000, 1000])
    _, lengths = game_scores(idle, BREAKOUT, 4, seed=0, epsilon=0.2, max_num_frames_per_episode=4000)
    assert (lengths < 1000).all()
