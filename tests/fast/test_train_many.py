"""Many runs at once are the same as one by one, and what they cannot do is refused."""

import itertools

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import QLearningAgent, RandomAgent, SarsaAgent
from rl_helpers.fast.q_learning import ManyQLearning
from rl_helpers.fast.train_many import train_many as train_together
from rl_helpers.training import train, train_many
from rl_helpers.updates import q_learning_target
from tests.fast.worlds import Choice, Corridor, Dice, Lottery

SETTINGS = {"learning_rate": 0.3, "discount": 0.9, "epsilon": 0.2}


def singles(env, n_runs, n_episodes, **settings):
    """Return returns, lengths and tables of `train` called run by run."""
    histories, tables = [], []
    for run in range(n_runs):
        agent = QLearningAgent(
            env.observation_space.n, env.action_space.n, rng=np.random.default_rng(1000 + run), **settings
        )
        histories.append(train(env, agent, n_episodes, seed=1000 + run))
        tables.append(agent.q_values)
    return (
        np.array([history.returns for history in histories]),
        np.array([history.lengths for history in histories]),
        np.array(tables),
    )


def z_score(one, other):
    """Return by how many standard errors two means over runs differ."""
    error = np.sqrt(one.var(axis=0, ddof=1) / len(one) + other.var(axis=0, ddof=1) / len(other))
    return np.abs(one.mean(axis=0) - other.mean(axis=0)) / np.maximum(error, 1e-12)


@pytest.mark.parametrize(
    ("env_id", "options"),
    [
        ("FrozenLake-v1", {"is_slippery": True}),  # chance, terminal states
        ("Taxi-v4", {"max_episode_steps": 40}),  # 300 starts, time limit
        ("Bob/Room-v0", {"slippery": True, "max_episode_steps": 50}),
    ],
)
def test_same_distribution_as_runs_one_by_one(env_id, options):
    env = gym.make(env_id, **options)
    returns, lengths, tables = singles(env, 60, 30, **SETTINGS)
    many = train_many(QLearningAgent, env, n_runs=60, n_episodes=30, seed=5, **SETTINGS)
    # Means over the episodes of a run, compared over runs; 4.5 standard errors are one false alarm in 10⁵.
    assert z_score(returns.mean(axis=1), many.returns.mean(axis=1)) < 4.5
    assert z_score(lengths.mean(axis=1), many.lengths.mean(axis=1)) < 4.5
    assert z_score(tables.mean(axis=(1, 2)), many.q_values.mean(axis=(1, 2))) < 4.5


def test_a_world_without_chance_is_learned_step_for_step_alike():
    """One action only: no choice and no chance, so one run and many must give the same numbers."""

    env = Corridor()
    agent = QLearningAgent(3, 1, **SETTINGS)
    history = train(env, agent, 10)
    many = train_many(QLearningAgent, env, n_runs=4, n_episodes=10, seed=0, **SETTINGS)
    assert many.returns.tolist() == [history.returns.tolist()] * 4
    assert many.lengths.tolist() == [history.lengths.tolist()] * 4
    assert all(np.array_equal(table, agent.q_values) for table in many.q_values)


def test_time_limit_truncates_and_still_bootstraps():
    class Circle(gym.Env):
        P = {0: {0: [(1.0, 0, 1.0, False)]}}  # noqa: RUF012
        initial_state_distrib = np.array([1.0])

    env = gym.wrappers.TimeLimit(Circle(), max_episode_steps=1)
    many = train_many(QLearningAgent, env, n_runs=2, n_episodes=2, seed=0, learning_rate=1.0, discount=0.5)
    assert many.lengths.tolist() == [[1, 1]] * 2
    # 1, then 1 + 0.5 × 1 = 1.5; taken for a termination it would stay at 1.
    assert many.q_values.ravel().tolist() == [1.5, 1.5]


class Survival(gym.Env):
    """Every step earns 1 and is the last one with probability 0.3."""

    P = {0: {0: [(0.3, 0, 1.0, True), (0.7, 0, 1.0, False)]}}  # noqa: RUF012
    initial_state_distrib = np.array([1.0])


@pytest.mark.parametrize("limit", [None, 4])
def test_every_episode_is_noted_in_its_run_and_place(limit):
    env = Survival() if limit is None else gym.wrappers.TimeLimit(Survival(), limit)
    history = train_many(QLearningAgent, env, n_runs=70, n_episodes=90, seed=0)
    assert history.lengths.shape == (70, 90)
    assert (history.returns == history.lengths).all()
    assert history.lengths.min() == 1
    # A mean of 6,300 lengths with a deviation of at most 2.8.
    mean = 1 / 0.3 if limit is None else sum(0.7**step for step in range(limit))
    assert history.lengths.mean() == pytest.approx(mean, abs=0.15)
    assert history.lengths.max() == 4 if limit else history.lengths.max() > 10
    # The first episodes are not other than the last ones, where few runs still play.
    assert history.lengths[:, :45].mean() == pytest.approx(history.lengths[:, 45:].mean(), abs=0.3)


@pytest.mark.parametrize("n_episodes", [1, 2, 7])
def test_runs_that_end_together_end_at_the_last_step(n_episodes):
    history = train_many(QLearningAgent, Corridor(), n_runs=3, n_episodes=n_episodes, seed=0)
    assert history.lengths.tolist() == [[3] * n_episodes] * 3
    assert history.returns.tolist() == [[3.5] * n_episodes] * 3


@pytest.mark.parametrize("world", [Dice, Lottery])
def test_every_run_has_chance_of_its_own(world):
    """Bands are drawn over runs: runs that share their luck would make them far too narrow or wide."""
    returns = train_many(QLearningAgent, world(), n_runs=20, n_episodes=1000, seed=0).returns
    between_runs = np.corrcoef(returns)[np.triu_indices(20, k=1)]
    # A correlation of independent runs has standard deviation 1 / sqrt(1000) = 0.032; here are 190 of them.
    assert np.abs(between_runs).max() < 0.16


@pytest.mark.parametrize("agent_class", [QLearningAgent, SarsaAgent])
def test_exploring_runs_choose_each_for_itself(agent_class):
    returns = train_many(agent_class, Choice(), n_runs=20, n_episodes=1000, seed=0, epsilon=1.0).returns
    assert returns.mean() == pytest.approx(0.5, abs=0.02)
    assert np.abs(np.corrcoef(returns)[np.triu_indices(20, k=1)]).max() < 0.16


def test_schedule_is_asked_with_the_number_of_time_steps():
    asked = []

    def epsilon(step):
        asked.append(step)
        return 0.1

    train_many(QLearningAgent, Corridor(), n_runs=3, n_episodes=4, seed=0, epsilon=epsilon)
    assert len(asked) >= 3 * 4  # chance is drawn ahead
    assert asked == list(range(len(asked)))


@pytest.mark.parametrize("agent_class", [QLearningAgent, SarsaAgent])
def test_schedule_of_epsilon_is_followed(agent_class):
    def epsilon(step):
        return 1.0 if step < 100 else 0.0

    returns = train_many(agent_class, Choice(), n_runs=50, n_episodes=200, seed=0, epsilon=epsilon).returns
    # First at random, though action 1 is soon known to be the better one; then action 1 alone.
    assert returns[:, :100].mean() == pytest.approx(0.5, abs=0.04)
    assert (returns[:, 100:] == 1.0).all()


def test_entries_never_visited_keep_the_initial_value():
    env = gym.make("FrozenLake-v1")
    settings = {"initial_value": 3.0, "discount": 0.5}
    many = train_many(QLearningAgent, env, n_runs=3, n_episodes=5, seed=0, **settings)
    holes_and_goal = [5, 7, 11, 12, 15]
    assert (many.q_values[:, holes_and_goal] == 3.0).all()
    # Every step from the start brings an entry towards 0 + 0.5 × 3.
    assert ((many.q_values[:, 0] < 3.0).any(axis=1) & (many.q_values[:, 0] > 1.4).all(axis=1)).all()


def test_runs_differ_and_the_seed_fixes_them():
    env = gym.make("FrozenLake-v1")
    first, again, other = (
        train_many(QLearningAgent, env, n_runs=5, n_episodes=20, seed=seed) for seed in (1, 1, 2)
    )
    assert np.array_equal(first.lengths, again.lengths)
    assert np.array_equal(first.q_values, again.q_values)
    assert not np.array_equal(first.lengths, other.lengths)
    assert len({tuple(lengths) for lengths in first.lengths}) == 5


def stopped_at(n_updates):
    """Return a target in whose n-th use somebody presses the stop button."""
    updates = itertools.count(1)

    def target(*arguments):
        if next(updates) == n_updates:
            raise KeyboardInterrupt
        return q_learning_target(*arguments)

    return target


def test_stop_button_hands_over_the_episodes_all_runs_have_finished():
    lake, stopped = gym.make("FrozenLake-v1"), stopped_at(200)
    history = train_many(QLearningAgent, lake, n_runs=4, n_episodes=1000, seed=0, target=stopped)
    assert 0 < history.returns.shape[1] < 200
    assert history.returns.shape == history.lengths.shape
    assert (history.lengths > 0).all()


def test_progress_bar_counts_every_episode_of_every_run(capsys):
    train_many(QLearningAgent, gym.make("FrozenLake-v1"), n_runs=3, n_episodes=4, seed=0, progress=True)
    assert "12/12" in capsys.readouterr().err


def test_an_agent_that_does_not_learn_is_refused():
    with pytest.raises(TypeError, match="RandomAgent has no twin"):
        train_together(RandomAgent, gym.make("FrozenLake-v1"), n_episodes=1)


def test_another_target_is_a_hyperparameter():
    def last_reward(reward, next_q_values, terminated, discount):
        return reward

    settings = {"seed": 0, "learning_rate": 1.0, "target": last_reward}
    many = train_many(QLearningAgent, Corridor(), n_runs=2, n_episodes=1, **settings)
    assert many.q_values[..., 0].tolist() == [[0.5, -1.0, 4.0]] * 2
    again = train_many(QLearningAgent, Corridor(), n_runs=1, n_episodes=2, **settings)
    # Q-learning would count what follows: 0.5 + 0.95 × (−1) in the second episode.
    assert again.q_values[0, 0, 0] == 0.5


@pytest.mark.parametrize("name", ["act", "update", "end_episode", "target", "anything"])
def test_a_subclass_is_refused_because_its_own_methods_would_not_be_called(name):
    """Plain Q-learning would be shown under another name."""
    own = type("Curious", (QLearningAgent,), {name: lambda self, *arguments, **options: 0})
    with pytest.raises(TypeError, match=r"Curious has no twin.*use `train`.*`target`.*`twin`"):
        train_together(own, Corridor(), n_runs=1, n_episodes=1)


def test_a_twin_of_ones_own_learns_in_place_of_the_known_one():
    class Curious(QLearningAgent):
        """Has a hyperparameter more."""

        def __init__(self, *sizes, reward_for_all=0.0, **hyperparameters):
            super().__init__(*sizes, **hyperparameters)
            self.reward_for_all = reward_for_all

    class ManyCurious(ManyQLearning):
        def td_target(self, runs, reward, next_column, terminated):
            return super().td_target(runs, reward + self.agent.reward_for_all, next_column, terminated)

    history = train_many(
        Curious, Corridor(), n_runs=2, n_episodes=1, twin=ManyCurious, reward_for_all=10.0, learning_rate=1.0
    )
    assert history.q_values[..., 0].tolist() == [[10.5, 9.0, 14.0]] * 2


def test_a_generator_is_refused():
    with pytest.raises(TypeError, match="the seed fixes all random numbers"):
        train_many(QLearningAgent, Corridor(), n_runs=1, n_episodes=1, rng=np.random.default_rng(0))


def test_a_world_without_a_model_is_refused():
    with pytest.raises(TypeError, match="transition model"):
        train_together(QLearningAgent, gym.make("CartPole-v1"), n_episodes=1)


def test_hyperparameters_are_checked_by_the_agent():
    with pytest.raises(ValueError, match="learning_rate is 2"):
        train_many(QLearningAgent, gym.make("FrozenLake-v1"), n_episodes=1, learning_rate=2)
