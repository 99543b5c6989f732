"""What an environment returns is checked where it is returned, and no episode goes on for ever."""

import re
import warnings

import gymnasium as gym
import numpy as np
import pytest
from gymnasium import spaces

from rl_helpers.agents import QLearningAgent, RandomAgent
from rl_helpers.agents.checks import StateError
from rl_helpers.training import evaluate, run_episode, steps, sweep, train, train_many
from rl_helpers.training.steps import StepError
from tests.agents.learning import every_agent

PLAYS = pytest.mark.parametrize("play", [train, evaluate])


class World(gym.Env):
    """Returns what it is given, step after step, the last thing for ever."""

    observation_space, action_space = spaces.Discrete(4), spaces.Discrete(2)

    def __init__(self, *outcomes, first=(0, {})):
        self.outcomes, self.first = outcomes, first

    def reset(self, *, seed=None, options=None):
        self.n_steps = 0
        return self.first

    def step(self, action):
        self.n_steps += 1
        return self.outcomes[min(self.n_steps, len(self.outcomes)) - 1]


GOES_ON, ENDS = (1, 0.5, False, False, {}), (1, 0.5, True, False, {})


def learner(agent_class=QLearningAgent, n_states=4):
    return agent_class(n_states, 2, rng=np.random.default_rng(0))


@pytest.mark.parametrize("agent", [learner(), RandomAgent(2)], ids=["Q-learning", "random"])
@PLAYS
@pytest.mark.parametrize(
    "reward", [float("nan"), float("inf"), -float("inf"), np.float32("inf"), np.array(np.nan)]
)
def test_a_reward_that_is_not_finite_is_named_with_episode_and_step(play, agent, reward):
    class Later(World):
        n_episodes = 0

        def reset(self, **options):
            self.n_episodes += 1
            if self.n_episodes == 3:
                self.outcomes = (GOES_ON, GOES_ON, (1, reward, True, False, {}))
            return super().reset(**options)

    words = rf"^episode 3, step 3: reward is {re.escape(repr(reward))}, expected a finite number"
    with pytest.raises(steps.StepError, match=words):
        play(Later(ENDS), agent, 5)


@pytest.mark.parametrize("agent", [learner(), RandomAgent(2)], ids=["Q-learning", "random"])
@pytest.mark.parametrize(
    ("reward", "places"),
    [
        (np.array([1.0]), [1]),
        ("1", [1]),
        (np.array([1.0, 2.0]), [1, 5]),
        (None, [1, 5]),
        ([1.0], [1, 5]),
        ((2.0,), [1, 5]),
        (1j, [1, 5]),
    ],
)
def test_a_reward_that_is_no_number_is_named(agent, reward, places):
    for place in places:
        env = World(*[GOES_ON] * (place - 1), (1, reward, True, False, {}))
        words = rf"^step {place}: reward is .*expected a finite number"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of NumPy, about arrays of one number
            with pytest.raises(steps.StepError, match=words):
                run_episode(env, agent)


@pytest.mark.parametrize("reward", [1, True, np.int64(1), np.float32(1), np.array(1.0), np.bool_(True)])
@pytest.mark.parametrize("learn", [True, False])
def test_every_kind_of_number_is_a_reward(reward, learn):
    outcome = (1, reward, False, False, {})
    total, length = run_episode(World(outcome, outcome, ENDS), learner(), learn=learn)
    assert (total, length, type(total)) == (2.5, 3, float)


def test_rewards_of_single_precision_add_up_in_double_precision():
    tenth = (1, np.float32(0.1), False, False, {})
    total, _ = run_episode(World(tenth), RandomAgent(2), max_steps=200_000)
    assert total == pytest.approx(200_000 * float(np.float32(0.1)), rel=1e-12)


@pytest.mark.parametrize("agent", [learner(), RandomAgent(2)], ids=["Q-learning", "random"])
@pytest.mark.parametrize("flag", [np.array([True]), np.array([False, True]), None, "yes", [False], 2])
@pytest.mark.parametrize("name", ["terminated", "truncated"])
def test_a_flag_that_is_no_bool_is_named_at_the_first_step(agent, flag, name):
    outcome = (1, 0.5, flag, False, {}) if name == "terminated" else (1, 0.5, False, flag, {})
    with pytest.raises(steps.StepError, match=rf"^step 1: {name} is .*expected True or False: return bool"):
        run_episode(World(outcome), agent)


@pytest.mark.parametrize("flag", [True, 1, np.bool_(True), np.array(True), np.int64(1) * np.array(1)])
def test_every_kind_of_yes_is_an_end(flag):
    assert run_episode(World((1, 0.5, flag, False, {})), learner()) == (0.5, 1)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ((1, 0.5, True, {}), "the four of Gym before 0.26: split `done` in two"),
        ((1, 0.5), r"expected .* truncated, info from step"),
        (None, "None"),
        (3, "3"),
    ],
)
def test_another_number_of_values_is_the_old_api(outcome, words):
    with pytest.raises(steps.StepError, match=rf"^step 1: step returned .*{words}"):
        run_episode(World(outcome), learner())


@pytest.mark.parametrize("first", [0, (0, {}, 1), None, np.zeros(2)])
def test_a_reset_that_returns_no_pair_is_named(first):
    with pytest.raises(steps.StepError, match=r"^episode 1, reset returned .*expected \(observation, info\)"):
        train(World(ENDS, first=first), learner(), 2)


def test_a_reset_without_a_seed_is_told_how_to_write_it():
    class Old(World):
        def reset(self):
            return 0, {}

    with pytest.raises(steps.StepError, match=r"reset takes no seed.*def reset"):
        run_episode(Old(ENDS), learner())


def test_an_error_of_the_environment_or_the_agent_stays_what_it_is():
    class Breaks(World):
        def step(self, action):
            if self.n_steps:
                raise TypeError("my own mistake")
            return super().step(action)

    with pytest.raises(TypeError, match=r"^my own mistake$"):
        run_episode(Breaks(GOES_ON), learner())


@every_agent
@PLAYS
@pytest.mark.parametrize(
    ("world", "words"),
    [
        (lambda: gym.make("Blackjack-v1"), r"a tuple.*RavelObservation.*notebook 02.*Tuple\(Discrete\(32\)"),
        (lambda: gym.make("CartPole-v1"), r"shape \(4,\).*observation_space is Box"),
        (
            lambda: World(ENDS, first=(7, {})),
            r"state is 7, and the table has 4 states.*space is Discrete\(4\)",
        ),
        (
            lambda: World((9, 0.0, False, False, {})),
            r"state is 9, .*Discrete\(4\), and this is not in it: .*check_world\(env\)",
        ),
        (lambda: World(ENDS, first=(np.eye(4)[1], {})), "one-hot"),
        (lambda: gym.make_vec("FrozenLake-v1", num_envs=3), "vector environment of 3.*train_many"),
        (lambda: gym.make_vec("FrozenLake-v1", num_envs=1), "vector environment of 1"),
    ],
)
def test_worlds_that_no_table_can_use_are_told_what_helps(agent_class, play, world, words):
    with pytest.raises((StateError, steps.StepError), match=words):
        play(world(), learner(agent_class), 1)


def test_states_numbered_from_one_are_told_how_many_the_world_has():
    class FromOne(World):
        observation_space = spaces.Discrete(4, start=1)

    env = FromOne((4, 0.5, False, False, {}), first=(1, {}))
    with pytest.raises(StateError, match=r"state is 4, .*numbered 0 to 3.*Discrete\(4, start=1\)"):
        run_episode(env, learner())


@every_agent
@pytest.mark.parametrize("kind", [np.int64, np.array, np.uint8], ids=str)
def test_numbers_of_numpy_are_states_in_all_agents_alike(agent_class, kind):
    class Walk(World):
        def __init__(self, kind):
            self.kind = kind

        def reset(self, *, seed=None, options=None):
            self.place = 0
            return self.kind(0), {}

        def step(self, action):
            self.place += 1
            return self.kind(self.place), kind(1), self.place == 3, False, {}

    tables = []
    for each in (int, kind):
        agent = learner(agent_class)
        train(Walk(each), agent, 5)
        tables.append(agent.q_values.tolist())
    assert tables[0] == tables[1]


def test_an_array_that_changes_in_place_is_read_at_once():
    class InPlace(World):
        def reset(self, *, seed=None, options=None):
            self.place = np.array(0)
            return self.place, {}

        def step(self, action):
            self.place += 1
            return self.place, 1.0, bool(self.place == 2), False, {}

    seen = []
    agent = learner()
    agent.update = seen.append
    run_episode(InPlace(), agent)
    assert [(state, next_state) for state, _, _, next_state, _ in seen] == [(0, 1), (1, 2)]


def test_tuples_are_states_for_an_agent_that_wants_them():
    class Looks:
        def act(self, state, *, explore=True):
            return int(state[0] < 18)

    assert evaluate(gym.make("Blackjack-v1"), Looks(), 3, seed=0).returns.shape == (3,)


# Worlds without an end.


@PLAYS
def test_most_steps_cut_an_episode_off_as_a_time_limit_does(play):
    agent = learner()
    assert play(World(GOES_ON), agent, 3, max_steps=7).lengths.tolist() == [7] * 3
    if play is train:
        train(World(GOES_ON), other := learner(), 3, max_steps=7)
        limited = gym.wrappers.TimeLimit(World(GOES_ON), 7)
        train(limited, same := learner(), 3)
        assert other.q_values.tolist() == same.q_values.tolist()


@PLAYS
def test_a_world_without_a_time_limit_is_cut_off_and_says_so(play, monkeypatch):
    monkeypatch.setattr(steps, "LONGEST_EPISODE", 50)
    with pytest.warns(UserWarning, match=r"an episode of World was cut off after 50 steps.*give max_steps="):
        history = play(World(GOES_ON), learner(), 2)
    assert history.lengths.tolist() == [50, 50]
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("default")
        play(World(GOES_ON), learner(), 5)
    assert len(said) == 1


def test_the_default_is_the_half_hour_of_an_atari_game():
    assert steps.LONGEST_EPISODE == 30 * 60 * 60
    assert steps.step_limit(World(GOES_ON)) == 108_000


@pytest.mark.parametrize(
    "wrap", [lambda env: env, gym.wrappers.OrderEnforcing, gym.wrappers.RecordEpisodeStatistics]
)
def test_a_time_limit_however_long_is_left_alone(wrap, monkeypatch):
    monkeypatch.setattr(steps, "LONGEST_EPISODE", 50)
    assert run_episode(wrap(gym.wrappers.TimeLimit(World(GOES_ON), 80)), learner())[1] == 80


def test_an_episode_that_ends_with_the_last_step_is_not_cut_off(monkeypatch):
    monkeypatch.setattr(steps, "LONGEST_EPISODE", 2)
    assert run_episode(World(GOES_ON, ENDS), learner()) == (1.0, 2)


def test_walking_along_the_cliff_without_having_learned_ends():
    """Greedy after nothing: this world has no time limit, and the goal is not reached."""
    env = gym.make("CliffWalking-v1")
    agent = QLearningAgent(48, 4, rng=np.random.default_rng(0))
    agent.q_values = np.eye(4)[np.zeros(48, dtype=int)]
    assert evaluate(env, agent, 2, seed=0, max_steps=300).returns.tolist() == [-300.0] * 2


@pytest.mark.parametrize("max_steps", [0, -1, 2.5, float("inf")])
def test_most_steps_are_a_whole_number(max_steps):
    with pytest.raises(ValueError, match="max_steps"):
        train(World(ENDS), learner(), 1, max_steps=max_steps)


AGENT, LAKE = RandomAgent(4), gym.make("FrozenLake-v1")


@pytest.mark.parametrize(
    ("env", "agent", "words"),
    [
        (AGENT, LAKE, r"agent is .*, expected an agent: it comes after the env"),
        (LAKE, RandomAgent, r"agent is .*, expected an agent: make one, such as RandomAgent\("),
        (LAKE, None, r"agent is None, expected an agent"),
        (
            "FrozenLake-v1",
            AGENT,
            r"env is 'FrozenLake-v1', expected an environment: give gymnasium.make\('Fro",
        ),
        (AGENT, AGENT, r"env is .*, expected an environment: it comes first, then the agent"),
        (None, AGENT, r"env is None, expected an environment: such as gymnasium.make returns"),
    ],
)
@pytest.mark.parametrize("play", [train, evaluate])
def test_who_plays_where_is_said_when_it_is_mixed_up(play, env, agent, words):
    with pytest.raises(TypeError, match=words):
        play(env, agent, 3)


@pytest.mark.parametrize("given", [LAKE, QLearningAgent(16, 4), "QLearningAgent"])
def test_many_runs_ask_for_a_class(given):
    with pytest.raises(
        TypeError, match=r"agent_class is .*, expected the class of an agent, which comes first"
    ):
        train_many(given, LAKE, n_runs=2, n_episodes=3)


def test_a_seed_may_be_a_number_of_numpy():
    for seed in (np.int64(5), np.array(5)):
        assert run_episode(LAKE, RandomAgent(4, rng=np.random.default_rng(0)), seed=seed) == run_episode(
            LAKE, RandomAgent(4, rng=np.random.default_rng(0)), seed=5
        )
    for seed in (1.5, "a", np.random.default_rng(0)):
        with pytest.raises(TypeError, match=r"seed is .*, expected a whole number from 0 or None"):
            run_episode(LAKE, AGENT, seed=seed)


@pytest.mark.parametrize("seed", [-1, 1.5, "a"])
def test_seeds_of_many_runs_are_told_by_name(seed):
    match = rf"seed is {seed!r}, expected a whole number from 0, a generator or None"
    for use in (
        lambda: train_many(QLearningAgent, LAKE, n_runs=2, n_episodes=3, seed=seed),
        lambda: sweep(QLearningAgent, LAKE, vary={"discount": [1]}, n_runs=2, n_episodes=3, seed=seed),
    ):
        with pytest.raises((TypeError, ValueError), match=match):
            use()


@pytest.mark.parametrize("reward", [10**400, -(10**400)])
def test_a_whole_number_too_large_to_be_a_reward_is_refused(reward):
    class Rich(gym.Wrapper):
        def step(self, action):
            state, _, *others = self.env.step(action)
            return state, reward, *others

    with pytest.raises(StepError, match=r"episode 1, step 1: reward is -?1000.*, expected a finite number"):
        train(Rich(LAKE), AGENT, 2, seed=0)
