import gymnasium as gym
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.planning import best_walk, policy_iteration, policy_values, value_iteration
from rl_helpers.worlds.transition_model import transition_model
from tests.random_worlds import World, random_worlds, values_of_policy


@settings(deadline=None, max_examples=60)
@given(world=random_worlds(), discount=st.sampled_from([0.0, 0.5, 0.9, 0.99]))
def test_values_solve_the_linear_system_of_their_greedy_policy(world, discount):
    q_values = value_iteration(world, discount)
    state_values = values_of_policy(world, q_values.argmax(axis=1), discount)
    assert q_values.max(axis=1) == pytest.approx(state_values, abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(world=random_worlds(), discount=st.sampled_from([0.5, 0.95]))
def test_no_action_promises_more_than_the_best(world, discount):
    """One more sweep, written as plain loops, changes nothing: Q* is the fixed point."""
    q_values = value_iteration(world, discount)
    for state, actions in world.P.items():
        for action, outcomes in actions.items():
            expected = sum(
                p * (r + (0 if end else discount * q_values[following].max()))
                for p, following, r, end in outcomes
            )
            assert q_values[state, action] == pytest.approx(expected, abs=1e-9)


def test_cliff_walking_costs_thirteen():
    q_values = value_iteration(gym.make("CliffWalking-v1"), 1.0)
    assert q_values[36].max() == -13.0


def test_bobs_best_first_move_earns_rug_and_post():
    env = gym.make("Bob/Room-v0")
    world = env.unwrapped
    q_values = value_iteration(env, 0.95)
    # Follow the greedy policy and add up: rug and post, and nothing bad, within the time limit.
    state, _ = env.reset(seed=0)
    rewards = []
    for _ in range(30):
        state, reward, terminated, _, _ = env.step(int(q_values[state].argmax()))
        rewards.append(reward)
        if terminated:
            break
    assert [reward for reward in rewards if reward] == [1.0, 5.0]
    discounted = sum(reward * 0.95**step for step, reward in enumerate(rewards))
    assert world.initial_state_distrib @ q_values.max(axis=1) == pytest.approx(discounted)


def test_endless_reward_without_discount_is_refused():
    with pytest.raises(ValueError, match="discount below 1"):
        value_iteration(World({0: {0: [(1.0, 0, 1.0, False)]}}), 1.0, max_sweeps=50)


@pytest.mark.parametrize(
    ("discount", "goes_on", "reward"), [(0.99, 1.0, 1000.0), (0.9999, 0.9, 1e6), (1.0, 0.5, 5e8)]
)
def test_rounding_that_never_settles_does_not_keep_it_going(discount, goes_on, reward):
    """Two states that follow each other swap their last bits at every sweep, more than the tolerance."""
    world = World(
        {
            state: {0: [(goes_on, 1 - state, gain, False), (1 - goes_on, state, 0.0, True)]}
            for state, gain in enumerate([reward, -reward])
        }
    )
    # V(0) = p r + γ p V(1) and V(1) = −V(0), by hand.
    value = goes_on * reward / (1 + discount * goes_on)
    assert value_iteration(world, discount).ravel() == pytest.approx([value, -value], rel=1e-12)


def test_a_discount_close_to_one_is_not_stopped_early():
    world = World({0: {0: [(1.0, 0, 1.0, False)]}})
    assert value_iteration(world, 0.999).item() == pytest.approx(1000, abs=1e-9)


@pytest.mark.parametrize("discount", [-0.1, 1.01, float("nan")])
def test_discount_out_of_range_is_refused(discount):
    with pytest.raises(ValueError, match="discount"):
        value_iteration(gym.make("FrozenLake-v1"), discount)


def test_padding_of_the_model_has_no_weight():
    world = World({0: {0: [(0.5, 0, 1.0, False), (0.5, 1, 2.0, True)]}, 1: {0: [(1.0, 1, 3.0, True)]}})
    model = transition_model(world)
    assert model.probability.sum(axis=-1).tolist() == [[1.0], [1.0]]
    assert model.probability[1, 0].tolist() == [1.0, 0.0]


@pytest.mark.parametrize("env_id", ["FrozenLake-v1", "Taxi-v4", "CliffWalking-v1", "Bob/Room-v0"])
def test_model_holds_every_entry_of_the_table(env_id):
    env = gym.make(env_id)
    model = transition_model(env)
    for state, actions in env.unwrapped.P.items():
        for action, outcomes in actions.items():
            for index, (probability, next_state, reward, terminated) in enumerate(outcomes):
                place = (state, action, index)
                assert model.probability[place] == probability
                assert model.next_state[place] == next_state
                assert model.reward[place] == reward
                assert model.terminated[place] == terminated


@settings(deadline=None, max_examples=60)
@given(world=random_worlds(), discount=st.sampled_from([0.0, 0.5, 0.9, 0.99]))
def test_policy_iteration_finds_what_value_iteration_finds(world, discount):
    """Two ways to the same values, and their greedy policy solved as a linear system."""
    q_values = policy_iteration(world, discount)
    assert q_values == pytest.approx(value_iteration(world, discount), abs=1e-10)
    state_values = values_of_policy(world, q_values.argmax(axis=1), discount)
    assert q_values.max(axis=1) == pytest.approx(state_values, abs=1e-10)


@pytest.mark.parametrize(
    "env_id", ["FrozenLake-v1", "CliffWalking-v1", "Taxi-v4", "Bob/Room-v0", "Bob/Maze-v0"]
)
@pytest.mark.parametrize("plan", [value_iteration, policy_iteration])
def test_plans_of_every_world_solve_the_linear_system(env_id, plan):
    world = gym.make(env_id).unwrapped
    q_values = plan(world, 0.95)
    # Ties between actions are broken by rounding, so any best action will do for the policy.
    state_values = values_of_policy(world, q_values.argmax(axis=1), 0.95)
    assert q_values.max(axis=1) == pytest.approx(state_values, abs=1e-10)


def test_policy_iteration_sees_far_with_a_discount_close_to_one():
    """A hundred steps to the only reward: value iteration needs a sweep for each, a policy few rounds."""
    corridor = {s: {0: [(1.0, s, 0.0, False)], 1: [(1.0, s + 1, 0.0, False)]} for s in range(100)}
    corridor[100] = {a: [(1.0, 100, 1.0, True)] for a in (0, 1)}
    q_values = policy_iteration(World(corridor), 0.99999)
    assert q_values.max(axis=1) == pytest.approx(0.99999 ** np.arange(100, -1, -1))


def test_policy_iteration_gives_up_with_a_word():
    with pytest.raises(ValueError, match="still changes after 1 rounds"):
        policy_iteration(gym.make("FrozenLake-v1"), 0.9, max_rounds=1)


@pytest.mark.parametrize("discount", [-0.1, 1.0, float("nan")])
def test_policy_iteration_needs_a_discount_below_one(discount):
    with pytest.raises(ValueError, match="0 ≤ discount < 1"):
        policy_iteration(gym.make("FrozenLake-v1"), discount)


@settings(deadline=None, max_examples=60)
@given(world=random_worlds(), seed=st.integers(0, 1000))
def test_policy_values_agree_with_the_table(world, seed):
    n_states, n_actions = len(world.P), len(world.P[0])
    policy = np.random.default_rng(seed).integers(n_actions, size=n_states)
    assert policy_values(world, policy, 0.9) == pytest.approx(values_of_policy(world, policy, 0.9), abs=1e-9)


@pytest.mark.parametrize("policy", [[0], [0] * 17, [4] * 16, [-1] * 16])
def test_a_policy_that_does_not_fit_is_refused(policy):
    with pytest.raises(ValueError, match="one action from 0 to 3 for each of the 16 states"):
        policy_values(gym.make("FrozenLake-v1"), policy, 0.9)


def test_a_policy_that_never_ends_needs_a_discount():
    """Who bumps into the wall at the left for ever has no return without a discount."""
    corridor = {
        s: {0: [(1.0, max(s - 1, 0), -1.0, False)], 1: [(1.0, s + 1, -1.0, s == 2)]} for s in range(3)
    }
    corridor[3] = {a: [(1.0, 3, 0.0, True)] for a in (0, 1)}
    with pytest.raises(ValueError, match="comes to state 0 never ends: take a discount below 1, or an eps"):
        policy_values(World(corridor), [0, 1, 1, 0], 1.0)
    assert policy_values(World(corridor), [1, 1, 1, 0], 1.0).tolist() == [-3, -2, -1, 0]


@settings(deadline=None, max_examples=60)
@given(world=random_worlds(), epsilon=st.sampled_from([0.0, 0.1, 0.5, 1.0]), seed=st.integers(0, 1000))
def test_exploring_is_a_world_in_which_actions_slip(world, epsilon, seed):
    """Book, section 5.4: who explores in a world plays greedily in one that swaps the action now and then."""
    n_states, n_actions = len(world.P), len(world.P[0])
    slips = World(
        {
            state: {
                action: [(p * (1 - epsilon), *rest) for p, *rest in actions[action]]
                + [(p * epsilon / n_actions, *rest) for any_ in actions for p, *rest in actions[any_]]
                for action in actions
            }
            for state, actions in world.P.items()
        }
    )
    policy = np.random.default_rng(seed).integers(n_actions, size=n_states)
    explored = policy_values(world, policy, 0.9, epsilon=epsilon)
    assert explored == pytest.approx(values_of_policy(slips, policy, 0.9), abs=1e-9)
    q_values = value_iteration(world, 0.9, epsilon=epsilon)
    best = (1 - epsilon) * q_values.max(axis=1) + epsilon * q_values.mean(axis=1)
    assert best == pytest.approx(value_iteration(slips, 0.9).max(axis=1), abs=1e-9)


def test_the_best_way_of_one_who_stumbles_keeps_a_row_away_from_the_cliff():
    cliff = gym.make("CliffWalking-v1")
    q_values = value_iteration(cliff, 1.0, epsilon=0.1)
    policy = q_values.argmax(axis=1)
    state, visited = 36, []
    while state != 47:
        ((_, state, _, _),) = cliff.unwrapped.P[state][policy[state]]
        visited.append(state)
    assert visited == [24, *range(12, 24), 35, 47]
    best = policy_values(cliff, policy, 1.0, epsilon=0.1)
    assert best[36] == pytest.approx(0.9 * q_values[36].max() + 0.1 * q_values[36].mean())
    # Many walks, by no code of the course but the world's own.
    rng = np.random.default_rng(0)
    walks = [_walk(cliff.unwrapped.P, policy, 0.1, rng) for _ in range(4000)]
    assert abs(np.mean(walks) - best[36]) < 5 * np.std(walks) / np.sqrt(len(walks))


def _walk(model, policy, epsilon, rng):
    state, total, over = 36, 0, False
    while not over:
        action = rng.integers(4) if rng.random() < epsilon else policy[state]
        ((_, state, reward, over),) = model[state][int(action)]
        total += reward
    return total


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
def test_values_beyond_all_floats_are_refused():
    world = World({0: {0: [(1.0, 0, 1e308, False)]}})
    for plan in (value_iteration, policy_iteration, lambda *asked: policy_values(asked[0], [0], asked[1])):
        with pytest.raises(ValueError, match="beyond the largest float: give smaller rewards"):
            plan(world, 0.99)
    with pytest.raises(ValueError, match="beyond the largest float: give smaller rewards"):
        value_iteration(world, 1.0, max_sweeps=50)


@pytest.mark.parametrize(
    ("plan", "options", "words"),
    [
        (value_iteration, {"epsilon": 1.1}, "epsilon is 1.1, expected 0 ≤ epsilon ≤ 1"),
        (value_iteration, {"max_sweeps": 0}, "max_sweeps is 0, expected a whole number of at least 1"),
        (value_iteration, {"tolerance": -1}, "tolerance is -1, expected 0 ≤ tolerance"),
        (value_iteration, {"tolerance": float("nan")}, "tolerance is nan, expected 0 ≤ tolerance"),
        (policy_iteration, {"max_rounds": 0}, "max_rounds is 0, expected a whole number of at least 1"),
    ],
)
def test_limits_out_of_range_are_refused(plan, options, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        plan(gym.make("FrozenLake-v1"), 0.9, **options)


def test_a_policy_may_be_of_any_numbers_that_name_actions():
    lake = gym.make("FrozenLake-v1")
    expected = policy_values(lake, [1] * 16, 0.9)
    for policy in (np.ones(16), [True] * 16, np.ones(16, dtype=np.uint8)):
        assert np.array_equal(policy_values(lake, policy, 0.9), expected)


def test_a_world_that_changes_is_planned_as_it_is_at_present():
    room = gym.make("Bob/Room-v0", rearrange_every=1)
    room.reset(seed=0)
    plans = []
    for _ in range(2):
        present = World(room.unwrapped.P)
        plans.append(value_iteration(room, 0.9))
        assert np.array_equal(plans[-1], value_iteration(present, 0.9))
        room.reset()
    assert not np.array_equal(*plans)


@pytest.mark.parametrize("options", [{}, {"layout": "two_rugs"}, {"layout": "B.#P\n...."}])
def test_the_best_walk_can_be_walked_and_earns_what_it_says(options):
    env = gym.make("Bob/ContinuousRoom-v0", **options)
    walk = best_walk(env, 0.97, cells=4, n_headings=8)
    env.reset(seed=0)
    rewards = []
    for action in walk.actions:
        _, reward, terminated, truncated, _ = env.step(action)
        rewards.append(reward)
        assert not truncated
    assert terminated
    assert walk.episode_return == sum(rewards)
    assert walk.discounted_return == pytest.approx(sum(r * 0.97**t for t, r in enumerate(rewards)))


def test_the_best_walk_is_the_shortest_where_there_is_one_thing_to_earn():
    # From x = 0.5 into the cell of the post, which begins at x = 4: seven half cells, scratch with the last.
    walk = best_walk(gym.make("Bob/ContinuousRoom-v0", layout="B...P"), 0.9)
    assert len(walk.actions) == 7
    assert walk.discounted_return == pytest.approx(5 * 0.9**6)


def test_a_finer_grid_finds_no_worse_walk():
    env = gym.make("Bob/ContinuousRoom-v0")
    coarse, fine = best_walk(env, 0.99, cells=2, n_headings=8), best_walk(env, 0.99, cells=6, n_headings=16)
    assert fine.episode_return == 6.0
    assert fine.discounted_return > coarse.discounted_return - 0.01


def test_a_room_without_gain_has_no_best_walk():
    with pytest.raises(ValueError, match="no walk in this room ends with a gain"):
        best_walk(gym.make("Bob/ContinuousRoom-v0", layout="BP", rewards={"post": -1}), 0.9)
    with pytest.raises(ValueError, match="2 starts"):
        best_walk(gym.make("Bob/ContinuousRoom-v0", layout="BPB"), 0.9)
