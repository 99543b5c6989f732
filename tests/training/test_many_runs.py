"""Many runs in any world: together where there is a model, else one by one, to the same bits."""

import subprocess
import sys
import threading

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import MonteCarloAgent, QLearningAgent, RandomAgent, SarsaAgent
from rl_helpers.environments import explore_model
from rl_helpers.exploration import Boltzmann
from rl_helpers.history import reward_unit
from rl_helpers.intervals import difference_interval
from rl_helpers.schedules import SampleAverage
from rl_helpers.training import evaluate, sweep, train, train_many

LATER = "one run after the other, from experience"


class Battery(gym.Env):
    """Charge 0 to 3; selling one unit pays a price by chance, and an empty battery ends the day."""

    def __init__(self, fault=None):
        self.observation_space, self.action_space = gym.spaces.Discrete(4), gym.spaces.Discrete(2)
        self.fault = fault

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        if self.fault == "seed":
            self.np_random = np.random.default_rng()
        self.charge = int(self.np_random.integers(1, 4))
        return self.charge, {}

    def step(self, action):
        price = float(self.np_random.random())
        self.charge -= int(action)
        reward = price if action else -0.1
        if self.fault == "reward":
            reward = np.nan
        return self.charge, reward, self.charge == 0, False, {}


gym.register("Tests/Battery-v0", entry_point=Battery, max_episode_steps=20)
SETTINGS = {"n_runs": 6, "n_episodes": 5, "seed": 0}


def battery():
    return gym.make("Tests/Battery-v0")


def same_bits(*histories):
    first = histories[0]
    names = ("rewards", "q_values") if hasattr(first, "rewards") else ("returns", "lengths", "q_values")
    return all(
        getattr(each, name).tobytes() == getattr(first, name).tobytes()
        for each in histories
        for name in names
    )


def test_a_world_without_a_model_is_trained_one_by_one_and_says_so():
    history = train_many(QLearningAgent, battery(), **SETTINGS)
    assert history.way == LATER
    assert history.returns.shape == history.lengths.shape == (6, 5)
    assert history.returns.dtype == float
    assert history.lengths.dtype == int
    assert history.q_values.shape == (6, 4, 2)
    assert len(np.unique(history.returns, axis=0)) == 6, "two runs had the same luck"
    assert len(np.unique(history.q_values, axis=0)) == 6
    assert history.lengths.max() <= 20


def test_a_world_with_a_model_is_trained_together_and_says_so():
    assert train_many(QLearningAgent, "FrozenLake-v1", **SETTINGS).way.startswith("all runs together")
    assert train_many(QLearningAgent, "FrozenLake-v1", n_runs=2, n_steps=3).way.startswith(
        "all runs together"
    )


@pytest.mark.parametrize("length", [{"n_episodes": 5}, {"n_steps": 33}])
@pytest.mark.parametrize("progress", [False, True])
def test_the_number_of_jobs_changes_no_bit(length, progress):
    histories = [
        train_many(SarsaAgent, battery(), n_runs=5, seed=3, n_jobs=n_jobs, progress=progress, **length)
        for n_jobs in (None, 1, 2, 3)
    ]
    assert same_bits(*histories)
    assert [each.way for each in histories] == [LATER, LATER, f"{LATER}, 2 at once", f"{LATER}, 3 at once"]
    other = train_many(SarsaAgent, battery(), n_runs=5, seed=4, **length)
    assert not same_bits(other, histories[0])


def test_a_name_an_environment_and_a_function_are_the_same_world():
    ways = ("Tests/Battery-v0", battery(), battery, lambda: gym.wrappers.TimeLimit(Battery(), 20))
    assert same_bits(*(train_many(QLearningAgent, way, n_jobs=2, **SETTINGS) for way in ways))


def test_a_used_environment_gives_the_same_and_is_left_as_it_was():
    used = battery()
    used.reset(seed=5)
    charge = used.unwrapped.charge
    assert same_bits(*(train_many(QLearningAgent, env, **SETTINGS) for env in (used, battery())))
    assert used.unwrapped.charge == charge


def test_what_was_changed_in_an_environment_counts():
    """A copy has it, an environment made anew by its name has not."""
    env = gym.make("Tests/Battery-v0")
    env.unwrapped.step = lambda action: (0, 7.0, True, False, {})
    assert (train_many(QLearningAgent, env, **SETTINGS).returns == 7).all()


def test_a_world_that_cannot_be_copied_is_made_anew_from_its_name():
    env = battery()
    env.unwrapped.lock = threading.Lock()
    assert same_bits(*(train_many(QLearningAgent, each, **SETTINGS) for each in (env, battery())))


def test_a_world_that_can_neither_be_copied_nor_made_anew_is_refused():
    env = Battery()
    env.lock = threading.Lock()
    with pytest.raises(TypeError, match=r"^Battery cannot be copied.*give a function that makes it"):
        train_many(QLearningAgent, env, **SETTINGS)
    with pytest.raises(
        TypeError, match=r"^env is 3, expected an environment, the name of one, or a function"
    ):
        train_many(QLearningAgent, 3, **SETTINGS)


@pytest.mark.parametrize("agent_class", [QLearningAgent, SarsaAgent, MonteCarloAgent])
def test_the_runs_are_those_of_train(agent_class):
    """200 runs of each: the means are not told apart at 99.99 %."""
    settings = {"learning_rate": 0.3, "discount": 0.9, "epsilon": 0.2}
    many = train_many(agent_class, battery, n_runs=200, n_episodes=4, seed=0, **settings)
    loop = [
        train(
            battery(),
            agent_class(4, 2, rng=np.random.default_rng(seed), **settings),
            n_episodes=4,
            seed=10_000 + seed,
        ).returns
        for seed in range(200)
    ]
    low, high = difference_interval(many.returns.mean(axis=1), np.mean(loop, axis=1), level=0.9999)
    assert low < 0 < high


def test_steps_are_noted_one_by_one_over_the_ends_of_episodes():
    history = train_many(QLearningAgent, battery, n_runs=3, n_steps=50, seed=0, epsilon=1.0)
    assert history.rewards.shape == (3, 50)
    assert history.way == LATER
    waits = history.rewards == -0.1
    assert 0.3 < waits.mean() < 0.7
    assert ((history.rewards >= 0) | waits).all()
    once = train_many(QLearningAgent, battery, n_runs=3, n_steps=7, seed=0, epsilon=1.0)
    assert np.array_equal(once.rewards, history.rewards[:, :7])


def test_schedules_and_policies_begin_anew_in_every_run():
    class Fading(Boltzmann):
        """Keeps what it has done, as no policy should, and still no run sees another's."""

        asked = 0

        def choose(self, *arguments, **options):
            self.asked += 1
            return 0 if self.asked < 20 else 1

    for settings in ({"policy": Fading(1.0)}, {"policy": Boltzmann(0.5), "learning_rate": SampleAverage()}):
        first, second = (
            train_many(QLearningAgent, battery, n_jobs=n_jobs, **SETTINGS, **settings) for n_jobs in (1, 2)
        )
        assert same_bits(first, second)


def test_progress_counts_all_episodes_and_all_steps(capsys):
    for n_jobs in (1, 2):
        train_many(QLearningAgent, battery, n_jobs=n_jobs, progress=True, **SETTINGS)
        assert "30/30" in capsys.readouterr().err
        train_many(QLearningAgent, battery, n_runs=4, n_steps=10, seed=0, n_jobs=n_jobs, progress=True)
        assert "40/40" in capsys.readouterr().err


def stopped_after(n_calls):
    """A target that presses the stop button."""
    calls = [0]

    def target(reward, next_q_values, terminated, discount):
        calls[0] += 1
        if calls[0] > n_calls:
            raise KeyboardInterrupt
        return reward

    target.__deepcopy__ = lambda memo: target
    return target


def test_what_is_finished_is_kept_when_stopped():
    whole = train_many(QLearningAgent, battery, target=stopped_after(10**9), **SETTINGS)
    part = train_many(QLearningAgent, battery, target=stopped_after(whole.lengths[:3].sum() + 1), **SETTINGS)
    assert part.returns.shape == (3, 5)
    assert np.array_equal(part.returns, whole.returns[:3])
    assert np.array_equal(part.q_values, whole.q_values[:3])
    first = train_many(QLearningAgent, battery, target=stopped_after(whole.lengths[0, :2].sum()), **SETTINGS)
    assert np.array_equal(first.returns, whole.returns[:1, :2])
    assert first.q_values.shape == (1, 4, 2)
    steps = {"n_runs": 3, "seed": 0, "n_steps": 30}
    rewards = train_many(QLearningAgent, battery, target=stopped_after(75), **steps).rewards
    assert rewards.shape == (2, 30)


INTERRUPTED = """
import os, signal, sys, threading, time
from pathlib import Path
import numpy as np
import rl_helpers
from rl_helpers.agents import QLearningAgent
from rl_helpers.training import train_many
from tests.training.test_many_runs import Battery

notes = Path(sys.argv[1])

class Slow(Battery):
    def step(self, action):
        time.sleep(0.005)
        with notes.open("a") as file:
            file.write(".")
        return super().step(action)

def press():
    while not notes.exists() or notes.stat().st_size < 1000:
        time.sleep(0.01)
    signal.raise_signal(signal.SIGINT)

threading.Thread(target=press, daemon=True).start()
history = train_many(QLearningAgent, Slow, n_runs=10_000, n_episodes=3, seed=0, n_jobs=2)
again = train_many(QLearningAgent, Battery, n_runs=10_000, n_episodes=3, seed=0)
print(len(history.returns), np.array_equal(history.returns, again.returns[: len(history.returns)]))
"""


def test_a_stop_keeps_what_several_jobs_have_finished(tmp_path):
    arguments = [sys.executable, "-c", INTERRUPTED, str(tmp_path / "notes")]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    n_runs, same = done.stdout.split()
    assert 0 < int(n_runs) < 10_000
    assert same == "True"


def test_a_world_that_does_not_keep_to_its_seed_is_refused():
    with pytest.raises(
        ValueError, match=r"^Battery gives other episodes for the same seed.*check_world\(env\)"
    ):
        train_many(QLearningAgent, lambda: Battery("seed"), **SETTINGS)


def test_what_a_world_returns_is_refused_in_the_words_of_train():
    with pytest.raises(ValueError, match=r"episode 1, step 1: reward is nan, expected a finite number"):
        train_many(QLearningAgent, lambda: Battery("reward"), **SETTINGS)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Blackjack-v1", "observations of BlackjackEnv are Tuple.*RavelObservation around it"),
        ("CartPole-v1", "observations of CartPoleEnv are Box.*NumberedStates.*of_buckets"),
        ("MountainCar-v0", "observations of MountainCarEnv are Box.*DiscretizeObservation.*bins"),
    ],
)
def test_states_that_are_no_rows_are_refused_with_the_wrapper_that_helps(name, words):
    with pytest.raises(TypeError, match=words):
        train_many(QLearningAgent, name, **SETTINGS)


def test_actions_that_are_no_columns_are_refused_with_the_wrapper_that_helps():
    env = gym.wrappers.DiscretizeObservation(gym.make("MountainCarContinuous-v0"), bins=4)
    with pytest.raises(TypeError, match=r"actions of Continuous.* are Box.*DiscretizeAction\(env, bins"):
        train_many(QLearningAgent, env, **SETTINGS)


def test_a_model_that_could_not_be_used_is_said_in_a_warning():
    shifted = gym.wrappers.TransformObservation(
        gym.make("FrozenLake-v1"), lambda state: 15 - state, gym.spaces.Discrete(16)
    )
    with pytest.warns(
        UserWarning, match=r"one by one, which takes longer: TransformObservation around Frozen"
    ):
        history = train_many(QLearningAgent, shifted, **SETTINGS)
    assert history.way == LATER
    moving = gym.make("Bob/Room-v0", rearrange_every=2)
    with pytest.warns(UserWarning, match="furniture moves"):
        assert train_many(QLearningAgent, moving, **SETTINGS).returns.shape == (6, 5)


def test_an_agent_without_a_twin_is_trained_with_its_own_methods():
    class Lazy(QLearningAgent):
        def act(self, state, *, explore=True):
            return 0

    with pytest.warns(UserWarning, match="Lazy has no twin"):
        history = train_many(Lazy, "CliffWalking-v1", n_runs=2, n_steps=9, seed=0)
    assert (history.rewards == -1).all()
    assert train_many(RandomAgent, battery, **SETTINGS).q_values is None


def test_arguments_are_checked_before_anything_is_trained():
    with pytest.raises(ValueError, match="n_jobs is 0"):
        train_many(QLearningAgent, battery, n_jobs=0, **SETTINGS)
    with pytest.raises(ValueError, match="learning_rate is 2"):
        train_many(QLearningAgent, battery, learning_rate=2, n_jobs=2, **SETTINGS)
    with pytest.raises(ValueError, match="n_episodes is 0"):
        train_many(QLearningAgent, battery, n_episodes=0)
    with pytest.raises(TypeError, match="n_episodes is None and n_steps is None"):
        train_many(QLearningAgent, battery)
    with pytest.raises(TypeError, match="the seed fixes all random numbers"):
        train_many(QLearningAgent, battery, rng=np.random.default_rng(0), **SETTINGS)


def test_sweeps_go_through_any_world_with_the_same_bits_for_any_number_of_jobs():
    settings = {"vary": {"discount": [0.5, 0.9]}, **SETTINGS}
    first, second = (sweep(QLearningAgent, "Tests/Battery-v0", n_jobs=n, **settings) for n in (1, 2))
    assert [setting for setting, _ in first] == [{"discount": 0.5}, {"discount": 0.9}]
    for (_, one), (_, other) in zip(first, second, strict=True):
        assert same_bits(one, other)
    alone = train_many(QLearningAgent, battery, discount=0.9, **SETTINGS)
    assert same_bits(first[1][1], alone)


def test_one_by_one_does_no_more_a_step_than_the_loop_around_train():
    """Counted in calls, which no busy machine changes; seconds are measured by `make bench`."""

    def many():
        train_many(QLearningAgent, battery, n_runs=20, n_episodes=30, seed=0)

    def loop():
        for seed in range(20):
            train(battery(), QLearningAgent(4, 2, rng=np.random.default_rng(seed)), 30, seed=seed)

    assert calls_a_step(many) <= calls_a_step(loop)


def calls_a_step(train_all):
    """Return how many functions, of Python or C, are called for each step of the battery."""
    train_all()  # what is imported and kept at the first time is not counted
    n_calls = n_steps = 0

    def note(frame, event, value):
        nonlocal n_calls, n_steps
        n_calls += event in {"call", "c_call"}
        n_steps += event == "call" and frame.f_code is Battery.step.__code__

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        train_all()
    finally:
        sys.setprofile(before)
    return n_calls / n_steps


def test_all_ways_of_training_say_in_what_the_world_counts():
    """Wrapped or not: Bob's worlds count treats, others what they say, and "reward" if they say nothing."""
    bob, other = gym.make("Bob/Room-v0"), battery()
    named = battery()
    named.unwrapped.metadata = {"reward_unit": "euros"}
    for env, unit in ((bob, "treats"), (other, "reward"), (named, "euros")):
        agent = QLearningAgent(env.observation_space.n, env.action_space.n)
        assert train(env, agent, 1).reward_unit == evaluate(env, agent, 1).reward_unit == unit
        for length in ({"n_episodes": 1}, {"n_steps": 2}):
            assert train_many(QLearningAgent, env, n_runs=2, **length).reward_unit == unit
        assert explore_model(env, n_samples=1, n_starts=5).metadata["reward_unit"] == unit
    for name in ("Bob/ContinuousRoom-v0", "Bob/Posts-v0", "Bob/Maze-v0"):
        assert reward_unit(gym.make(name)) == "treats"
