"""Many runs on the posts, and the textbook's testbed."""

import itertools

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import QLearningAgent
from rl_helpers.schedules import SampleAverage
from rl_helpers.training import Transition, train_many
from rl_helpers.updates import q_learning_target

BANDIT = {"learning_rate": SampleAverage(), "discount": 0.0}


def posts(**options):
    return gym.make("Bob/Posts-v0", **options)


@pytest.mark.parametrize(
    ("epsilon", "best", "reward"), [(0.0, 0.36, 1.03), (0.1, 0.79, 1.37), (0.01, 0.60, 1.33)]
)
def test_testbed_comes_out_with_the_numbers_of_the_textbook(epsilon, best, reward):
    """Figure 2.2, last 100 of 1,000 steps. Half the runs of the book, and ± twice its band of reading."""
    history = train_many(
        QLearningAgent, posts(), n_runs=1000, n_steps=1000, seed=2, epsilon=epsilon, **BANDIT
    )
    assert history.best[:, -100:].mean() == pytest.approx(best, abs=0.06)
    assert history.rewards[:, -100:].mean() == pytest.approx(reward, abs=0.08)


def test_rewards_are_noise_around_the_value_of_the_post():
    history = train_many(
        QLearningAgent, posts(values=[2.0, -1.0]), n_runs=200, n_steps=200, seed=0, epsilon=1.0
    )
    best = history.best
    # 20,000 draws each: a standard error of 0.007.
    assert history.rewards[best].mean() == pytest.approx(2.0, abs=0.04)
    assert history.rewards[~best].mean() == pytest.approx(-1.0, abs=0.04)
    assert history.rewards[best].std() == pytest.approx(1.0, abs=0.03)
    assert history.regret[best].tolist() == [0.0] * best.sum()
    assert set(history.regret[~best]) == {3.0}


def test_each_run_has_a_problem_of_its_own():
    """With ε = 1 regret is the best of ten normal values less one of them: 1.54 on average."""
    history = train_many(QLearningAgent, posts(), n_runs=2000, n_steps=20, seed=0, epsilon=1.0)
    assert history.regret.mean() == pytest.approx(1.54, abs=0.07)
    assert history.regret.mean(axis=1).std() > 0.3
    assert (history.best.mean(axis=0) < 0.2).all()


def test_values_learned_are_the_averages_of_the_rewards():
    history = train_many(QLearningAgent, posts(values=[0.0, 0.0]), n_runs=5, n_steps=1, seed=0, **BANDIT)
    learned = history.q_values[:, 0].sum(axis=1)
    assert learned == pytest.approx(history.rewards[:, 0])


def test_worn_posts_begin_alike_and_walk_apart():
    history = train_many(
        QLearningAgent, posts(wear=0.1), n_runs=500, n_steps=400, seed=0, epsilon=1.0, learning_rate=0.1
    )
    regret = history.regret.mean(axis=0)
    assert regret[0] == 0.0
    # After n steps values are normal with deviation 0.1 √n: the best of ten is 1.54 of those above the mean.
    assert regret[399] == pytest.approx(1.54 * 0.1 * 399**0.5, rel=0.1)


def test_one_agent_and_many_learn_alike():
    env = posts()
    single = []
    for run in range(60):
        agent = QLearningAgent(1, 10, rng=np.random.default_rng(run), epsilon=0.1, **BANDIT)
        state, _ = env.reset(seed=run)
        best = []
        for _ in range(200):
            action = agent.act(state)
            next_state, reward, terminated, _, info = env.step(action)
            agent.update(Transition(state, action, reward, next_state, terminated))
            best.append(info["best"])
        single.append(np.mean(best))
    many = train_many(QLearningAgent, env, n_runs=600, n_steps=200, seed=0, epsilon=0.1, **BANDIT)
    together = many.best.mean(axis=1)
    error = np.sqrt(np.var(single) / 60 + together.var() / 600)
    assert abs(np.mean(single) - together.mean()) < 4.5 * error


def test_posts_have_no_episodes():
    with pytest.raises(TypeError, match="give n_steps in place of n_episodes"):
        train_many(QLearningAgent, posts(), n_episodes=3)


def test_more_steps_than_the_posts_stay_are_refused():
    with pytest.raises(ValueError, match="larger max_episode_steps"):
        train_many(QLearningAgent, posts(), n_steps=1001)
    assert train_many(
        QLearningAgent, posts(max_episode_steps=1001), n_runs=1, n_steps=1001
    ).rewards.shape == (1, 1001)


@pytest.mark.parametrize("length", [{}, {"n_episodes": 2, "n_steps": 2}])
def test_a_run_lasts_episodes_or_steps(length):
    with pytest.raises(TypeError, match="give one of them"):
        train_many(QLearningAgent, posts(), **length)


def test_stop_button_hands_over_the_steps_all_runs_have_taken():
    updates = itertools.count(1)

    def target(*arguments):
        if next(updates) == 8:
            raise KeyboardInterrupt
        return q_learning_target(*arguments)

    history = train_many(QLearningAgent, posts(), n_runs=3, n_steps=100, seed=0, target=target)
    assert history.rewards.shape == history.best.shape == history.regret.shape == (3, 7)
    assert history.rewards.all()


def test_worlds_with_a_model_note_rewards_alone():
    history = train_many(QLearningAgent, gym.make("FrozenLake-v1"), n_runs=2, n_steps=9, seed=0)
    assert history.best is history.regret is None
    assert history.rewards.shape == (2, 9)


def test_steps_of_worlds_with_episodes_go_on_after_their_end():
    class Three(gym.Env):
        P = {s: {0: [(1.0, s + 1, float(s), s == 2)]} for s in range(3)} | {3: {0: [(1.0, 3, 0.0, True)]}}
        initial_state_distrib = np.array([1.0, 0.0, 0.0, 0.0])

    env = gym.wrappers.TimeLimit(Three(), 2)
    assert train_many(QLearningAgent, Three(), n_runs=1, n_steps=7, seed=0).rewards.tolist() == [
        [0, 1, 2, 0, 1, 2, 0]
    ]
    assert train_many(QLearningAgent, env, n_runs=1, n_steps=5, seed=0).rewards.tolist() == [[0, 1, 0, 1, 0]]
