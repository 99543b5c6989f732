"""Lost lives on many consoles, and the scores of whole games."""

import numpy as np
import pytest
from gymnasium.vector import AutoresetMode

from rl_helpers.atari import ConsoleVectorEnv, LostLives, game_scores

BREAKOUT = "ALE/Breakout-v5"


def test_rewards_are_signs_and_lives_are_episodes_and_scores_are_real():
    plain, env = ConsoleVectorEnv(BREAKOUT, 4), LostLives(ConsoleVectorEnv(BREAKOUT, 4), penalty=-0.5)
    plain.reset(seed=3)
    env.reset(seed=3)
    rng = np.random.default_rng(0)
    scores, lengths, score, length = [], [], np.zeros(4), np.zeros(4, dtype=int)
    n_lost, lives = 0, np.full(4, 5)
    for _ in range(700):
        actions = rng.integers(4, size=4)
        seen, points, over, _, infos = plain.step(actions)
        observations, rewards, terminated, truncated, wrapped = env.step(actions)
        np.testing.assert_array_equal(observations, seen)
        left = np.where(over, 0, infos["lives"])
        lost = left < lives
        n_lost += int(lost.sum())
        np.testing.assert_array_equal(rewards, np.sign(points) - 0.5 * lost)
        np.testing.assert_array_equal(terminated, lost)
        assert not truncated.any()
        for number in np.flatnonzero(lost):
            final = infos["final_obs"][number] if over[number] else seen[number]
            assert wrapped["_final_obs"][number]
            np.testing.assert_array_equal(wrapped["final_obs"][number], final)
        score += points
        length += 1
        for number in np.flatnonzero(over):
            scores.append(score[number])
            lengths.append(length[number])
            score[number] = length[number] = 0
        lives = infos["lives"]
    assert n_lost > 30
    assert any(points > 1 for points in scores)
    assert (env.scores, env.lengths) == (scores, lengths)


def test_consoles_that_stand_still_are_refused():
    with pytest.raises(ValueError, match="SAME_STEP"):
        LostLives(ConsoleVectorEnv(BREAKOUT, autoreset_mode=AutoresetMode.DISABLED))


def random_player(observations):
    return np.random.default_rng(observations.sum()).integers(4, size=len(observations))


def test_each_console_plays_one_game_to_its_end():
    scores, lengths = game_scores(random_player, BREAKOUT, 12, seed=100, epsilon=0.0)
    assert len(set(lengths)) > 6
    # What random play brings: 1.7 points by the published table.
    assert 0.3 < scores.mean() < 3.5
    again, _ = game_scores(random_player, BREAKOUT, 12, seed=100, epsilon=0.0)
    np.testing.assert_array_equal(scores, again)


def test_who_never_serves_waits_for_the_end_and_an_epsilon_serves():
    def idle(observations):
        return np.zeros(len(observations), dtype=int)

    scores, lengths = game_scores(idle, BREAKOUT, 2, seed=0, epsilon=0.0, max_num_frames_per_episode=4000)
    assert (scores.tolist(), lengths.tolist()) == ([0, 0], [1000, 1000])
    _, lengths = game_scores(idle, BREAKOUT, 4, seed=0, epsilon=0.2, max_num_frames_per_episode=4000)
    assert (lengths < 1000).all()
