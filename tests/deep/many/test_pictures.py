"""Pictures of a finite world: many copies see what one sees, and see enough."""

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.deep import DQNAgent
from rl_helpers.deep.many.pictures import StatesAsPictures, shrunk
from rl_helpers.deep.many.vectors import vector_of
from rl_helpers.training import train_many


@pytest.mark.parametrize("name", ["Bob/Room-v0", "Bob/Maze-v0"])
def test_many_copies_see_what_one_sees(name):
    env = StatesAsPictures(gym.make(name, max_episode_steps=30))
    copies, rng = vector_of(env, 3), np.random.default_rng(0)
    seen, _ = copies.reset(seed=0)
    first, _ = env.reset(seed=0)
    assert seen.dtype == np.uint8
    assert (seen == first).all()
    for _ in range(200):
        action = int(rng.integers(env.action_space.n))
        picture, reward, terminated, truncated, _ = env.step(action)
        pictures, rewards, ends, cuts, infos = copies.step(np.full(3, action))
        assert (rewards == reward).all()
        assert (ends == terminated).all()
        assert (cuts == truncated).all()
        if terminated or truncated:
            assert (infos["final_obs"] == picture).all()
            picture, _ = env.reset()
        assert (pictures == picture).all()


def test_what_was_seen_last_stays_as_it_was():
    env = StatesAsPictures(gym.make("Bob/Room-v0"))
    before, _ = env.reset(seed=0)
    kept = before.copy()
    env.step(1)
    assert (before == kept).all()


def test_a_picture_shows_whether_the_treat_was_taken():
    # Bob covers the rug, so that only the scratching itself shows that the treat is gone.
    env = StatesAsPictures(gym.make("Bob/Room-v0"))
    rug = env.unwrapped.encode(1, 1, 1)
    arrived, _ = env.reset(options={"state": rug})
    after, reward, *_ = env.step(4)
    assert reward == 1
    assert (arrived != after).any()


def test_grey_is_the_mean_of_a_square():
    picture = np.zeros((4, 4, 3), np.uint8)
    picture[:2, :2] = 120
    picture[2:, 2:, 0] = 90
    assert shrunk(picture, 2).tolist() == [[120, 0], [0, 30]]
    assert shrunk(picture, 4).tolist() == [[38]]


def test_a_network_learns_from_pictures():
    room = StatesAsPictures(gym.make("Bob/Room-v0"))
    history = train_many(DQNAgent, room, n_runs=2, n_steps=300, seed=0, hidden=(8,), learning_starts=100)
    assert np.isfinite(history.diagnostics["loss"][:, -1]).all()
    assert history.reward_unit == "treats"


def test_worlds_without_a_picture_are_refused():
    with pytest.raises(TypeError, match="expected one of Bob's worlds"):
        StatesAsPictures(gym.make("CartPole-v1"))
