"""What every agent with a table has to do, and what sets each of them apart."""

import gymnasium as gym
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    DoubleQLearningAgent,
    DynaQAgent,
    DynaQPlusAgent,
    ExpectedSarsaAgent,
    MonteCarloAgent,
    QLearningAgent,
    SarsaAgent,
)
from rl_helpers.exploration import UCB, Boltzmann
from rl_helpers.planning import value_iteration
from rl_helpers.schedules import SampleAverage
from rl_helpers.training import Transition, train, train_many
from tests.random_worlds import World, random_worlds, values_of_random_walk

AGENTS = [
    QLearningAgent,
    SarsaAgent,
    ExpectedSarsaAgent,
    DoubleQLearningAgent,
    MonteCarloAgent,
    DynaQAgent,
    DynaQPlusAgent,
]
HALF = {"learning_rate": 0.5, "discount": 0.9}
every_agent = pytest.mark.parametrize("agent_class", AGENTS)


def learn(agent, *transitions):
    """Update with each transition, end the episode, and return the TD errors."""
    errors = [agent.update(Transition(*transition)) for transition in transitions]
    agent.end_episode()
    return errors


class Draws:
    """A generator whose numbers are given, one after the other."""

    def __init__(self, *numbers):
        self.numbers = list(numbers)

    def random(self, shape=None):
        return self.numbers.pop(0) if shape is None else np.array([self.numbers.pop(0) for _ in range(shape)])


def with_draws(agent, *numbers):
    agent._uniforms = Draws(*numbers)
    return agent


# One action, so that nothing is left to chance: what one update must do, by hand.


@every_agent
def test_terminal_step_is_learned_without_a_next_value(agent_class):
    agent = agent_class(3, 1, initial_value=10.0, **HALF)
    learn(agent, (0, 0, 5.0, 2, True))
    # Halfway from 10 to 5. Double Q-learning has moved one of two tables; Dyna has imagined it 5 times more.
    expected = {DoubleQLearningAgent: 8.75, DynaQAgent: 5 + 5 / 2**6, DynaQPlusAgent: 5 + 5 / 2**6}
    assert agent.q_values[0, 0] == pytest.approx(expected.get(agent_class, 7.5))
    assert agent.q_values[1:].tolist() == [[10.0], [10.0]]


@every_agent
def test_time_limit_still_bootstraps(agent_class):
    """An episode cut off after a step: the next state's value 10 counts, 0.9 × 10 + 5 = 14."""
    agent = agent_class(3, 1, initial_value=10.0, **HALF)
    learn(agent, (0, 0, 5.0, 2, False))
    expected = {DoubleQLearningAgent: 11.0, DynaQAgent: 14 - 4 / 2**6, DynaQPlusAgent: 14 - 4 / 2**6}
    assert agent.q_values[0, 0] == pytest.approx(expected.get(agent_class, 12.0))


@every_agent
@pytest.mark.parametrize(("terminated", "first"), [(True, 5.0), (False, 14.0)])
def test_many_agents_bootstrap_as_one_does(agent_class, terminated, first):
    world = World({s: {0: [(1.0, 1, 5.0, terminated)]} for s in range(2)}, start=np.array([1.0, 0.0]))
    env = gym.wrappers.TimeLimit(world, 1)
    many = train_many(
        agent_class, env, n_runs=3, n_episodes=1, seed=0, initial_value=10.0, learning_rate=1.0, discount=0.9
    )
    moved = (first + 10) / 2 if agent_class is DoubleQLearningAgent else first
    assert many.lengths.tolist() == [[1]] * 3
    assert many.q_values[:, 0, 0] == pytest.approx([moved] * 3)
    assert (many.q_values[:, 1] == 10.0).all()


@every_agent
def test_td_error_is_returned_before_the_step_is_taken(agent_class):
    agent = agent_class(2, 1, initial_value=1.0, **HALF)
    (error,) = learn(agent, (0, 0, 3.0, 1, True))
    # Monte Carlo learns at the end of the episode only.
    assert error == (0.0 if agent_class is MonteCarloAgent else 2.0)
    assert type(error) is float


@every_agent
def test_learning_rate_may_follow_the_visits_to_each_pair(agent_class):
    """With 1/n the value is the average of the targets: 2, 4 and 9 after the first, second, third visit."""
    options = {"planning_steps": 0} if issubclass(agent_class, DynaQAgent) else {}
    agent = agent_class(1, 2, learning_rate=SampleAverage(), discount=0.5, **options)
    if agent_class is DoubleQLearningAgent:
        # Heads is the second table: it sees 2 and 4, the other one 9.
        with_draws(agent, 0.1, 0.1, 0.9, 0.1)
    for reward in (2.0, 4.0, 9.0):
        learn(agent, (0, 1, reward, 0, True))
    expected = (3.0 + 9.0) / 2 if agent_class is DoubleQLearningAgent else 5.0
    assert agent.q_values.tolist() == [[0.0, expected]]
    learn(agent, (0, 0, 8.0, 0, True))
    # The first visit to the other pair, however many the first pair has had.
    assert agent.q_values[0, 0] == (4.0 if agent_class is DoubleQLearningAgent else 8.0)


@every_agent
def test_steps_are_counted(agent_class):
    agent = agent_class(2, 1)
    learn(agent, (0, 0, 0.0, 1, False), (1, 0, 0.0, 1, True))
    assert agent.n_steps == 2


@every_agent
@pytest.mark.parametrize(
    "options", [{}, {"policy": Boltzmann(0.5)}, {"policy": UCB(1.0)}, {"initial_value": 5}]
)
def test_same_seed_same_bits(agent_class, options):
    def q_values(seed):
        agent = agent_class(16, 4, rng=np.random.default_rng(seed), **options)
        train(gym.make("FrozenLake-v1"), agent, 30, seed=seed)
        return agent.q_values

    def many(seed):
        return train_many(
            agent_class, gym.make("FrozenLake-v1"), n_runs=3, n_episodes=10, seed=seed, **options
        ).q_values

    for table in (q_values, many):
        assert np.array_equal(table(1), table(1))
        assert not np.array_equal(table(1), table(2)) or not table(1).any()


@every_agent
def test_policies_steer_the_choice(agent_class):
    """UCB tries all four actions before any twice; ε-greedy with ε = 0 and a best action does not."""
    ucb = agent_class(1, 4, policy=UCB(1.0), rng=np.random.default_rng(0))
    assert sorted(ucb.act(0) for _ in range(4)) == [0, 1, 2, 3]
    greedy = agent_class(1, 4, epsilon=0.0)
    greedy.q_values = [[0.0, 1.0, 0.0, 0.0]]
    assert {greedy.act(0) for _ in range(20)} == {1}
    assert {ucb.act(0, explore=False) for _ in range(200)} == {0, 1, 2, 3}


@every_agent
def test_epsilon_and_policy_exclude_each_other(agent_class):
    with pytest.raises(TypeError, match="give one of them"):
        agent_class(2, 2, epsilon=0.1, policy=Boltzmann(1.0))


@every_agent
def test_table_of_another_shape_is_refused(agent_class):
    with pytest.raises(ValueError, match=r"shape \(2, 3\), expected \(3, 2\)"):
        agent_class(3, 2).q_values = np.zeros((2, 3))


@every_agent
def test_table_is_a_copy_that_cannot_be_changed_by_accident(agent_class):
    with pytest.raises(ValueError, match="read-only"):
        agent_class(3, 2).q_values[0, 0] = 1.0


@every_agent
def test_assigned_tables_are_used(agent_class):
    agent = agent_class(2, 2, epsilon=0.0)
    agent.q_values = [[1, 0], [0, 1]]
    assert [agent.act(0), agent.act(1)] == [0, 1]
    assert agent.q_values.tolist() == [[1.0, 0.0], [0.0, 1.0]]


# Random worlds, against the exact answer.

OFF_POLICY = [QLearningAgent, DoubleQLearningAgent, DynaQAgent]


@pytest.mark.parametrize("agent_class", OFF_POLICY)
@settings(deadline=None, max_examples=20)
@given(world=random_worlds(most_outcomes=1), seed=st.integers(0, 1000))
def test_off_policy_agents_find_the_best_values(agent_class, world, seed):
    """Without chance and with α = 1, trying every pair often enough gives Q* to the last digits."""
    n_states, n_actions = len(world.P), len(world.P[0])
    agent = agent_class(n_states, n_actions, learning_rate=1.0, discount=0.8, rng=np.random.default_rng(seed))
    sweep(agent, world, 300)
    assert agent.q_values == pytest.approx(value_iteration(world, 0.8), abs=1e-9)


@settings(deadline=None, max_examples=20)
@given(world=random_worlds(most_outcomes=1))
def test_expected_sarsa_finds_the_values_of_its_own_policy(world):
    agent = ExpectedSarsaAgent(len(world.P), len(world.P[0]), learning_rate=1.0, discount=0.8, epsilon=1.0)
    sweep(agent, world, 150)
    assert agent.q_values == pytest.approx(values_of_random_walk(world, 0.8), abs=1e-9)


def sweep(agent, world, n_sweeps):
    for _ in range(n_sweeps):
        for state, actions in world.P.items():
            for action, ((_, next_state, reward, terminated),) in actions.items():
                agent.update(Transition(state, action, reward, next_state, terminated))


@pytest.mark.parametrize("agent_class", [SarsaAgent, ExpectedSarsaAgent, MonteCarloAgent])
def test_on_policy_agents_come_close_to_the_values_of_a_random_walk(agent_class):
    """Two states with chance in them. Over 20 seeds the largest error of the mean over 50 runs was 0.05."""
    world = World(
        {
            0: {0: [(0.5, 1, 1.0, False), (0.5, 0, -1.0, False)], 1: [(1.0, 1, 0.0, False)]},
            1: {0: [(0.8, 0, 0.5, False), (0.2, 1, 2.0, True)], 1: [(1.0, 0, -1.0, True)]},
        }
    )
    env = gym.wrappers.TimeLimit(world, 50)
    history = train_many(
        agent_class,
        env,
        n_runs=50,
        n_steps=1500,
        seed=1,
        learning_rate=SampleAverage(),
        discount=0.8,
        epsilon=1.0,
    )
    assert history.q_values.mean(axis=0) == pytest.approx(values_of_random_walk(world, 0.8), abs=0.12)


# What sets each of them apart.


def test_sarsa_plays_the_action_it_has_learned_from():
    """In a hundred states with random choices, the action played is always the one in the target."""
    rng = np.random.default_rng(0)
    agent = SarsaAgent(100, 5, learning_rate=1.0, discount=1.0, epsilon=1.0, rng=rng)
    table = rng.normal(size=(100, 5))
    agent.q_values = table
    for state in range(0, 98, 2):
        agent.update(Transition(state, 0, 0.0, state + 1, terminated=False))
        # Odd states were not changed, so the entry of the even one says which action was in the target.
        assert agent.q_values[state, 0] == pytest.approx(table[state + 1, agent.act(state + 1)])


def test_sarsa_forgets_its_choice_when_the_episode_ends():
    agent = SarsaAgent(2, 50, epsilon=1.0, rng=np.random.default_rng(0))

    def next_action(*, ends):
        agent.update(Transition(0, 0, 0.0, 1, terminated=False))
        kept = agent._chosen[1]
        if ends:
            agent.end_episode()
        return kept == agent.act(1)

    assert all(next_action(ends=False) for _ in range(20))
    # A choice of its own is the same by chance in 1 of 50.
    assert sum(next_action(ends=True) for _ in range(20)) < 5


def test_sarsa_chooses_anew_in_another_state_than_foreseen():
    agent = SarsaAgent(3, 2, epsilon=0.0)
    agent.q_values = [[0, 0], [5, 0], [0, 5]]
    agent.update(Transition(0, 0, 0.0, 1, terminated=False))
    assert agent.act(2) == 1
    # And does not come back to the old choice later.
    agent.q_values = [[0, 0], [0, 5], [0, 5]]
    assert agent.act(1) == 1


def test_sarsa_is_greedy_on_demand_and_keeps_its_choice():
    agent = SarsaAgent(2, 2, epsilon=0.0)
    agent.q_values = [[0, 0], [5, 0]]
    agent.update(Transition(0, 0, 0.0, 1, terminated=False))
    agent.q_values = [[0, 0], [0, 5]]
    assert agent.act(1, explore=False) == 1
    assert agent.act(1) == 0


def test_many_sarsa_play_what_they_have_learned_from():
    """Two actions, one good and one bad; chosen at random: the mean target is the mean of both."""

    class Audited(SarsaAgent.many):
        played, learned = [], []

        def act(self, runs, state):
            action = super().act(runs, state)
            self.played.append(action.copy())
            return action

        def td_target(self, *arguments):
            target = super().td_target(*arguments)
            self.learned.append(self.next_action.copy())
            return target

    class Agent(SarsaAgent):
        many = Audited

    world = World({0: {a: [(1.0, 0, 0.0, False)] for a in range(5)}})
    train_many(Agent, world, n_runs=20, n_steps=50, seed=0, epsilon=1.0)
    assert np.array_equal(Audited.played[1:], Audited.learned[:-1])


def test_many_sarsa_choose_anew_where_an_episode_begins():
    """State 1 is terminal; its best action is the worst in the state where the next episode begins."""
    world = World(
        {
            0: {0: [(1.0, 1, -1.0, True)], 1: [(1.0, 1, 1.0, True)]},
            1: {0: [(1, 1, 0, True)], 1: [(1, 1, 0, True)]},
        }
    )
    world.initial_state_distrib = np.array([1.0, 0.0])
    history = train_many(SarsaAgent, world, n_runs=50, n_episodes=60, seed=0, epsilon=0.0, learning_rate=1.0)
    assert (history.returns[:, 5:] == 1.0).all()


def test_many_sarsa_begin_in_the_state_where_the_episode_does():
    """One step an episode, from either state: action 0 is right in state 0, action 1 in state 1."""
    world = World({s: {a: [(1.0, 1 - s, float(a == s), True)] for a in range(2)} for s in range(2)})
    history = train_many(SarsaAgent, world, n_runs=50, n_episodes=100, seed=0, epsilon=0.0, learning_rate=1.0)
    # What is right in a state is found in a quarter of all episodes: one of 100 is unknown after 80 by a
    # chance of 100 × 0.75⁸⁰ = 10⁻⁸.
    assert (history.returns[:, 80:] == 1.0).all()


def test_many_sarsa_draw_their_very_first_action():
    world = World({0: {a: [(1.0, 0, float(a), True)] for a in range(4)}})
    first = train_many(SarsaAgent, world, n_runs=400, n_steps=1, seed=0).rewards[:, 0]
    assert np.bincount(first.astype(int), minlength=4) / 400 == pytest.approx(np.full(4, 0.25), abs=0.1)


def test_double_q_learning_moves_the_table_of_the_coin():
    agent = with_draws(DoubleQLearningAgent(3, 2, **HALF), 0.1, 0.9)
    agent.q_values = [[0, 0], [2, 6], [0, 0]]
    agent._tables[0][1][:] = [3.0, 1.0]  # tails
    # Heads learns: its best is the second action (6), which tails says is worth 1: halfway to 1 + 0.9.
    assert agent.update(Transition(0, 0, 1.0, 1, terminated=False)) == pytest.approx(1.9)
    assert agent._tables[1][0][0] == pytest.approx(0.95)
    # Tails learns: its best is the first action (3), which heads says is worth 2: halfway to 1 + 1.8.
    assert agent.update(Transition(0, 1, 1.0, 1, terminated=False)) == pytest.approx(2.8)
    assert agent._tables[0][0] == pytest.approx([0.0, 1.4])
    assert agent.q_values[0] == pytest.approx([0.475, 0.7])


def test_double_q_learning_acts_by_the_mean_of_both_tables():
    agent = DoubleQLearningAgent(1, 3, epsilon=0.0)
    agent._tables = [[5.0, 0.0, 3.0]], [[0.0, 5.0, 3.0]]
    assert {agent.act(0) for _ in range(20)} == {2}
    assert {agent.act(0, explore=False) for _ in range(20)} == {2}


@pytest.mark.parametrize("seed", range(3))
def test_double_q_learning_does_not_overrate_noise(seed):
    """Ten ways with mean 0 and noise: the largest of their estimates is above 0, a second opinion is not."""
    noise = [(0.5, 1, 1.0, True), (0.5, 1, -1.0, True)]
    world = World({0: {a: [(1.0, 1, 0.0, False)] for a in range(10)}, 1: dict.fromkeys(range(10), noise)})
    world.initial_state_distrib = np.array([1.0, 0.0])
    settings = {"n_runs": 100, "n_steps": 400, "seed": seed, "epsilon": 1.0, "discount": 1.0}
    plain, double = (
        train_many(kind, world, learning_rate=0.5, **settings).q_values[:, 0].mean()
        for kind in (QLearningAgent, DoubleQLearningAgent)
    )
    assert plain > 0.5
    assert abs(double) < 0.2


def test_monte_carlo_learns_the_return_of_the_first_visit():
    agent = MonteCarloAgent(2, 2, learning_rate=0.5, discount=0.5)
    # Pair (0, 0) comes twice; after the first time follow 1, 2, 4: 1 + 1 + 1 = 3. After (0, 1): 2 + 2 = 4.
    learn(agent, (0, 0, 1.0, 0, False), (0, 1, 2.0, 0, False), (0, 0, 4.0, 1, True))
    assert agent.q_values.tolist() == [[1.5, 2.0], [0.0, 0.0]]
    # A new episode does not remember the old one: 6, halfway from 1.5.
    learn(agent, (0, 0, 6.0, 1, True))
    assert agent.q_values[0, 0] == 3.75


def test_monte_carlo_expects_what_its_policy_would_earn_after_a_time_limit():
    agent = MonteCarloAgent(2, 2, learning_rate=1.0, discount=0.5, epsilon=0.5)
    agent.q_values = [[0, 0], [0, 4]]
    learn(agent, (0, 0, 1.0, 1, False))
    # 1 + 0.5 × (0.25 × 0 + 0.75 × 4)
    assert agent.q_values[0, 0] == 2.5


def test_monte_carlo_without_an_episode_does_nothing():
    agent = MonteCarloAgent(1, 1, initial_value=2.0)
    agent.end_episode()
    assert agent.q_values.tolist() == [[2.0]]


def test_many_monte_carlo_learn_long_episodes_of_different_lengths():
    """Episodes longer than the first log, entangled: with one action and no chance, all must be exact."""
    n = 150
    corridor = World(
        {s: {0: [(1.0, s + 1, float(s % 7), s == n - 1)]} for s in range(n)} | {n: {0: [(1.0, n, 0.0, True)]}}
    )
    corridor.initial_state_distrib = np.zeros(n + 1)
    corridor.initial_state_distrib[[0, 75, 140]] = 1 / 3
    history = train_many(
        MonteCarloAgent, corridor, n_runs=12, n_episodes=8, seed=0, learning_rate=1.0, discount=0.9
    )
    later, expected = 0.0, np.zeros(n + 1)
    for s in reversed(range(n)):
        later = expected[s] = s % 7 + 0.9 * later
    assert len(np.unique(history.lengths)) == 3
    for run in range(12):
        seen = history.lengths[run].max()
        assert history.q_values[run, n - seen : n, 0] == pytest.approx(expected[n - seen : n])
        assert (history.q_values[run, : n - seen] == 0).all()


def test_many_monte_carlo_learn_first_visits():
    """Two steps in one state, then the end: 1 + 0.5 × 1 follow the first visit, 1 the second."""
    world = World({0: {0: [(1.0, 0, 1.0, False)]}})
    env = gym.wrappers.TimeLimit(world, 2)
    settings = {"n_runs": 3, "n_episodes": 1, "seed": 0, "learning_rate": 1.0, "discount": 0.5}
    history = train_many(MonteCarloAgent, env, initial_value=8.0, **settings)
    # And 8 is expected after the time limit: 1 + 0.5 × (1 + 0.5 × 8).
    assert history.q_values.ravel().tolist() == [3.5] * 3


@pytest.mark.parametrize("kind", [DynaQAgent, DynaQPlusAgent])
def test_dyna_without_planning_is_q_learning(kind):
    env, settings = gym.make("Bob/Maze-v0"), {"n_runs": 3, "n_episodes": 5, "seed": 4}
    dyna = train_many(kind, env, planning_steps=0, **settings)
    plain = train_many(QLearningAgent, env, **settings)
    assert np.array_equal(dyna.q_values, plain.q_values)


def test_dyna_imagines_tried_actions_of_visited_states_alone():
    """The textbook draws a visited state, then an action tried there: 1/2, 1/4, 1/4 here, not thirds."""
    agent = DynaQAgent(4, 3, planning_steps=4000, learning_rate=1e-9, rng=np.random.default_rng(0))
    agent.remember(Transition(0, 1, 0.0, 2, terminated=False))
    agent.remember(Transition(3, 0, 0.0, 2, terminated=False))
    agent.remember(Transition(3, 2, 0.0, 2, terminated=False))
    imagined = []
    agent.imagine = lambda state, action: imagined.append((state, action)) or (0.0, 0, True)
    agent.plan()
    shares = {pair: imagined.count(pair) / 4000 for pair in set(imagined)}
    # Five standard deviations: 5 × sqrt(0.25 / 4000).
    assert shares == pytest.approx({(0, 1): 0.5, (3, 0): 0.25, (3, 2): 0.25}, abs=0.04)


def test_many_dyna_imagine_as_one_does():
    """After real steps in two states: a visited state first, then an action tried there."""

    class Audited(DynaQAgent.many):
        imagined = []  # noqa: RUF012

        def imagined_reward(self, entry):
            self.imagined.append(entry // self.n_rows * 10 + entry % self.n_states)
            return super().imagined_reward(entry)

    class Agent(DynaQAgent):
        many = Audited

    world = World({s: {a: [(1.0, s, 0.0, False)] for a in range(3)} for s in range(4)})
    many = Audited(Agent(4, 3, planning_steps=40), 100, np.random.default_rng(0))
    runs, zeros = np.arange(100), np.zeros(100, dtype=int)
    for state, action in ((0, 1), (3, 0), (3, 2), (3, 2)):
        Audited.imagined.clear()
        many.update(runs, zeros + state, zeros + action, zeros + 0.0, zeros + 2, zeros == 1)
    drawn = np.concatenate(Audited.imagined)
    shares = {pair: (drawn == pair).mean() for pair in np.unique(drawn).tolist()}
    assert shares == pytest.approx({10: 0.5, 3: 0.25, 23: 0.25}, abs=0.04)
    assert world.P  # the world itself plays no part


@pytest.mark.parametrize(("terminated", "learned"), [(True, 0.875), (False, 1.5)])
def test_many_dyna_learn_from_one_imagined_step_after_the_other(terminated, learned):
    """One pair, reward 1, α = ½, γ = 1: 0.5, 0.75, 0.875 if it ends there, else ½ more each time."""
    world = World({0: {0: [(1.0, 0, 1.0, terminated)]}})
    halves = {"learning_rate": 0.5, "discount": 1.0, "planning_steps": 2}
    history = train_many(DynaQAgent, world, n_runs=3, n_steps=1, seed=0, **halves)
    assert history.q_values.ravel().tolist() == [learned] * 3


@pytest.mark.parametrize("kind", [DynaQAgent, DynaQPlusAgent])
def test_dyna_believes_what_it_saw_last(kind):
    agent = kind(2, 1, learning_rate=1.0, discount=0.5, planning_steps=1)
    agent.update(Transition(0, 0, 1.0, 1, terminated=False))
    agent.update(Transition(0, 0, 7.0, 0, terminated=True))
    agent.plan()
    assert agent.q_values[0, 0] == 7.0


def test_dyna_plus_rewards_what_was_not_tried_for_long():
    agent = DynaQPlusAgent(3, 2, planning_steps=0, bonus_weight=0.5)
    agent.update(Transition(0, 0, 2.0, 1, terminated=True))
    for _ in range(4):
        agent.update(Transition(1, 1, 0.0, 2, terminated=False))
    # Five steps so far: the first was tried four steps ago, 2 + 0.5 × √4; the last one just now.
    assert agent.imagine(0, 0) == (3.0, 1, True)
    assert agent.imagine(1, 1) == (0.0, 2, False)
    # Never tried, so not since the beginning: 0.5 × √5, and back to where it began.
    assert agent.imagine(1, 0) == (pytest.approx(0.5 * 5**0.5), 1, False)


def test_dyna_plus_imagines_every_action_of_visited_states():
    agent = DynaQPlusAgent(3, 2, planning_steps=0, rng=np.random.default_rng(0))
    agent.update(Transition(2, 0, 0.0, 1, terminated=False))
    imagined = set()
    agent.imagine = lambda state, action: imagined.add((state, action)) or (0.0, 0, True)
    agent.planning_steps = 50
    agent.plan()
    assert imagined == {(2, 0), (2, 1)}


def test_many_dyna_plus_give_the_same_bonus():
    agent = DynaQPlusAgent(3, 2, planning_steps=0, bonus_weight=0.5)
    many = agent.many(agent, 2, np.random.default_rng(0))
    runs, zeros = np.arange(2), np.zeros(2, dtype=int)
    many.update(runs, zeros, zeros, zeros + 2.0, zeros + 1, zeros == 0)
    for _ in range(4):
        many.update(runs, zeros + 1, zeros + 1, zeros + 0.0, zeros + 2, zeros == 1)
    rows = runs * 3
    assert many.imagined_reward(many.entry(rows, 0)).tolist() == [3.0, 3.0]
    assert many.imagined_reward(many.entry(rows + 1, 1)).tolist() == [0.0, 0.0]
    untried = many.entry(rows + 1, 0)
    assert many.imagined_reward(untried) == pytest.approx([0.5 * 5**0.5] * 2)
    assert many.model_next_row[untried].tolist() == (rows + 1).tolist()
    assert not many.model_terminated[untried].any()
    assert set(many.imagined_action(rows, np.array([0.2, 0.7]))) == {0, 1}


@pytest.mark.parametrize("options", [{"planning_steps": -1}, {"planning_steps": 2.5}])
def test_impossible_planning_steps_are_refused(options):
    with pytest.raises(ValueError, match="planning_steps"):
        DynaQAgent(2, 2, **options)


def test_a_negative_bonus_is_refused():
    with pytest.raises(ValueError, match="bonus_weight"):
        DynaQPlusAgent(2, 2, bonus_weight=-0.1)


@every_agent
def test_many_are_statistically_like_one_by_one(agent_class):
    """Means over runs agree to 4.5 standard errors: returns, and the values learned."""
    env = gym.make("FrozenLake-v1", is_slippery=True)
    settings = {"learning_rate": 0.3, "discount": 0.9, "epsilon": 0.2}
    returns, tables = [], []
    for run in range(40):
        agent = agent_class(16, 4, rng=np.random.default_rng(run), initial_value=0.5, **settings)
        returns.append(train(env, agent, 25, seed=run).lengths.mean())
        tables.append(agent.q_values.mean())
    many = train_many(agent_class, env, n_runs=100, n_episodes=25, seed=9, initial_value=0.5, **settings)
    assert z_score(np.array(returns), many.lengths.mean(axis=1)) < 4.5
    assert z_score(np.array(tables), many.q_values.mean(axis=(1, 2))) < 4.5


def z_score(one, other):
    error = np.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
    return abs(one.mean() - other.mean()) / error
