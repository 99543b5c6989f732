"""Deep Q-learning in Breakout from pictures."""

import signal

import numpy as np
import pytest

from rl_helpers.breakout import make_breakout_games, mirrored_pictures
from rl_helpers.breakout.deep import Training, picture_decisions, scores_of, trained_on_pictures
from rl_helpers.breakout.field_agent import load_network, new_agent, save_network
from rl_helpers.breakout.pictures import untouched_wall
from rl_helpers.deep.trees import arrays

SMALL = {"hidden": (16, 8), "replay_size": 3_000, "learning_starts": 640, "n_envs": 8}


def small_agent(n_decisions=1_200, seed=0):
    return new_agent(n_decisions, seed=seed, **SMALL)


def test_the_network_is_told_what_has_changed():
    agent, games = small_agent(), make_breakout_games(2)
    observations, _ = games.reset(seed=0)
    told = agent.inputs(agent.see(observations[None]))[0].reshape(2, 2, 41, 36)
    # Before the first ball nothing is missing, nothing has moved, and there is a paddle.
    assert np.count_nonzero(told[:, 0, :37]) == np.count_nonzero(told[:, 1]) == 0
    assert told[0, 0, 37:].sum() == pytest.approx(0.5 * 64 / 16)
    for _ in range(200):
        before = observations
        observations, *_ = games.step(np.random.default_rng(int(observations.sum())).integers(1, 4, size=2))
        told = agent.inputs(agent.see(observations[None]))[0].reshape(2, 2, 41, 36)
        now, then = observations[:, 1].astype(int), observations[:, 0].astype(int)
        np.testing.assert_allclose(told[:, 1], 2.0 * (now - then) / 16)
        np.testing.assert_allclose(told[:, 0], 0.5 * (now - untouched_wall()) / 16)
    assert (before[:, 0, 6:16] < untouched_wall()[6:16]).any()


def test_the_mirror_image_of_a_game_is_a_game():
    wall, picture = untouched_wall(), make_breakout_games(1).reset(seed=0)[0][0, -1]
    np.testing.assert_array_equal(wall[:37], picture[:37])
    assert wall[37:].sum() == 0
    np.testing.assert_array_equal(wall, wall[:, ::-1])
    _, actions = mirrored_pictures(np.zeros((4, 2, 41, 36)), np.arange(4))
    assert actions.tolist() == [0, 1, 3, 2]


def test_who_tries_nothing_out_says_of_the_mirror_what_it_says_in_it():
    agent = small_agent()
    pictures = np.random.default_rng(0).integers(17, size=(5, 2, 41, 36)).astype(np.uint8)
    seen, in_mirror = (agent.see(each[None]) for each in (pictures, pictures[..., ::-1]))
    one, other = (agent.says(each, explore=True) for each in (seen, in_mirror))
    swapped = [0, 1, 3, 2]  # nothing, fire, right and left in a mirror
    assert np.abs(other[..., swapped] - one).max() > 0.01
    np.testing.assert_allclose(agent.q_values(pictures), (one + other[..., swapped]) / 2, rtol=1e-5)
    np.testing.assert_allclose(agent.says(in_mirror)[..., swapped], agent.says(seen), rtol=1e-5)
    np.testing.assert_array_equal(agent.choose(seen, explore=False), agent.says(seen).argmax(axis=-1))


def test_a_long_training_begins_as_the_one_of_a_million_and_ends_with_smaller_steps():
    short, million, long = (small_agent(n_decisions) for n_decisions in (10_000, 1_000_000, 6_000_000))
    for n in (0, 300_000, 999_999, 1_000_000):
        assert long.learning_rate(n) == million.learning_rate(n)
    assert million.learning_rate(3_500_000) == pytest.approx(1e-4)
    assert [long.learning_rate(n) for n in (3_500_000, 6_000_000)] == pytest.approx([5.5e-5, 1e-5])
    assert million.learning_rate(999_000) > short.learning_rate(10_000) == pytest.approx(1e-4)
    assert long.averaging(900) == pytest.approx(900 / 909)  # the mean of the last tenth plays


def test_the_same_seed_gives_the_same_network_to_the_last_bit():
    one, same, other = (trained_on_pictures(720, seed=seed, **SMALL)[0] for seed in (1, 1, 2))
    for mine, its in zip(arrays(one.parameters), arrays(same.parameters), strict=True):
        np.testing.assert_array_equal(mine, its)
    assert one.n_updates == 2 * (720 - 640) // 8 + 2
    assert (one.parameters.network.weights[0] != other.parameters.network.weights[0]).any()


def test_scores_are_those_of_whole_games():
    agent, log = trained_on_pictures(2_400, seed=3, **(SMALL | {"learning_starts": 2_400}))
    assert agent.n_updates == 2
    assert log.n_decisions == agent.n_decisions == 2_400
    assert len(log.scores) == len(log.ends) > 3
    # Random play brings 1.7 points by the published table, more than the 5 lives a game cost.
    assert 0.3 < np.mean(log.scores) < 3.5
    assert log.ends == sorted(log.ends)


def test_a_training_goes_on_from_its_file(tmp_path, monkeypatch):
    monkeypatch.setattr("rl_helpers.breakout.deep.REFILL", 700)
    path = tmp_path / "training.npz"
    training = Training(small_agent(), seed=5)
    training.run(800)
    training.save(path, seconds=3.5)
    assert [each.name for each in tmp_path.iterdir()] == ["training.npz"]
    again = Training(small_agent(seed=9), seed=6)
    assert again.load(path) == {"seconds": 3.5}
    assert again.log == training.log
    mine, its = ([*arrays(each.agent.parameters), *each.agent.climbed.mean] for each in (training, again))
    for one, other in zip(mine, its, strict=True):
        np.testing.assert_array_equal(one, other)
    n_updates = again.agent.n_updates
    assert n_updates == training.agent.n_updates >= 20
    again.run(1_496)
    assert again.agent.n_updates == n_updates
    again.run(1_512)
    assert again.agent.n_updates == n_updates + 4
    assert again.agent.climbed.n_steps == n_updates + 4


def test_another_network_is_refused(tmp_path):
    path = tmp_path / "training.npz"
    Training(small_agent(), seed=5).save(path)
    other = new_agent(100, seed=0, **(SMALL | {"hidden": (16, 9)}))
    with pytest.raises(ValueError, match="other shapes"):
        Training(other, seed=0).load(path)


def stop(log):
    signal.raise_signal(signal.SIGINT)


def test_a_training_that_is_stopped_goes_on_where_it_was():
    training = Training(small_agent(), seed=5)
    n_decisions = training.run(100_000, on_game=stop).n_decisions
    assert len(training.log.scores) >= 1
    assert n_decisions == training.agent.n_decisions < 20_000
    assert training.run(n_decisions + 16).n_decisions == n_decisions + 16


def test_two_cores_learn_as_much_and_the_same_each_time():
    one, same = (
        trained_on_pictures(720, seed=1, uses_two_cores=True, **(SMALL | {"n_envs": 8}))[0] for _ in range(2)
    )
    for mine, its in zip(arrays(one.parameters), arrays(same.parameters), strict=True):
        np.testing.assert_array_equal(mine, its)
    assert one.n_updates == 2 * (720 - 640) // 8


def test_a_saved_network_plays_the_same(tmp_path):
    agent, _ = trained_on_pictures(720, seed=1, **SMALL)
    save_network(agent, tmp_path / "network.npz")
    same = load_network(tmp_path / "network.npz")
    observations, _ = make_breakout_games(3).reset(seed=0)
    np.testing.assert_array_equal(agent.q_values(observations), same.q_values(observations))


def test_scores_of_an_agent_come_from_whole_games_with_an_epsilon():
    agent = small_agent()
    scores, lengths = scores_of(agent, 3, seed=1, epsilon=1.0)
    assert scores.shape == lengths.shape == (3,)
    assert (scores < 12).all()
    assert (lengths > 60).all()
    _, lengths = scores_of(agent, 3, seed=1, epsilon=0.0, max_num_frames_per_episode=120)
    assert lengths.tolist() == [30, 30, 30]


def test_budgets_are_decisions():
    assert picture_decisions("5 min") == 250_000
    with pytest.raises(ValueError, match="expected one of"):
        picture_decisions("a day")
