"""What an agent adds to its parameters is α times the gradient of what it is said to climb."""

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers import updates
from rl_helpers.deep import ActorCriticAgent, PPOAgent, ReinforceAgent
from rl_helpers.deep.heads import Categorical, Gaussian
from rl_helpers.deep.networks import forward
from rl_helpers.deep.trees import arrays, norms, tree_map
from tests.deep.agents import AGENTS, BOX, LEVERS, WHEEL, make, one_run, planted_rollout
from tests.deep.differences import assert_alike, gradient_by_differences

ALPHA = 1e-3
PLAIN = {"optimiser": "plain", "learning_rate": ALPHA, "largest_gradient": np.inf}
WEIGHTS = {"entropy_weight": 0.3, "value_weight": 0.7}
SPACES = {
    "numbers and levers": (BOX, LEVERS, {"hidden": (4,)}),
    "numbers and wheel": (BOX, WHEEL, {"hidden": (4, 3)}),
    "states and levers": (gym.spaces.Discrete(4), LEVERS, {}),
    "states and wheel, hidden": (gym.spaces.Discrete(4), WHEEL, {"hidden": (5,)}),
}


def said(agent, parameters, flat):
    """Return log-probability, entropy and value of samples."""
    outputs = forward(parameters.policy, flat.inputs)[0]
    head = Categorical.of(outputs) if agent.is_discrete else Gaussian(outputs, parameters.log_deviation)
    value = forward(parameters.critic, flat.inputs)[0][..., 0] if parameters.critic else None
    return head.log_probability(flat.actions), head.entropy(), value


def values(agent, inputs, shape):
    return forward(agent.parameters.critic, inputs)[0][..., 0].reshape(shape)


def expected_step(agent, objective):
    gradient = gradient_by_differences(objective, agent.parameters)
    return tree_map(lambda theta, g: theta + ALPHA * g, agent.parameters, gradient)


def advantages(agent, rollout):
    flat, shape = rollout.flat(), rollout.rewards.shape
    value, following = values(agent, flat.inputs, shape), values(agent, flat.next_inputs, shape)
    found = updates.generalized_advantage(
        rollout.rewards, value, following, rollout.terminated, rollout.ended, discount=0.9, trace_decay=0.8
    )
    return found.reshape(2, -1), (found + value).reshape(2, -1)


@pytest.mark.parametrize("spaces", SPACES)
@pytest.mark.parametrize("baseline", [True, False])
def test_reinforce(spaces, baseline):
    observations, actions, options = SPACES[spaces]
    agent = make(
        ReinforceAgent, observations, actions, baseline=baseline, discount=0.9, **PLAIN, **WEIGHTS, **options
    )
    rollout = planted_rollout(agent, truncated=[4])
    flat, shape = rollout.flat(), rollout.rewards.shape
    following = values(agent, flat.next_inputs, shape) if baseline else np.zeros(shape)
    returns = np.zeros(shape)
    for run, env in np.ndindex(*shape[:2]):
        r, v = rollout.rewards[run, env], following[run, env]
        # Steps 0 and 1 are an episode with an end, 2 to 4 one that a time limit has cut off.
        returns[run, env, :2] = updates.monte_carlo_returns(r[:2], 0.0, 0.9)
        returns[run, env, 2:] = updates.monte_carlo_returns(r[2:], v[4], 0.9)
    returns = returns.reshape(2, -1)
    b = values(agent, flat.inputs, returns.shape) if baseline else 0.0

    def objective(parameters):
        log_probability, entropy, value = said(agent, parameters, flat)
        per_sample = (returns - b) * log_probability + 0.3 * entropy
        if baseline:
            per_sample = per_sample - 0.35 * (returns - value) ** 2
        return per_sample.sum() / 4  # four episodes in each run

    expected = expected_step(agent, objective)
    agent.learn(rollout)
    assert_alike(agent.parameters, expected, tolerance=1e-9)


def test_reinforce_step_by_step_asks_the_baseline_as_it_is_by_then():
    agent = make(ReinforceAgent, discount=0.9, step_by_step=True, hidden=(4,), **PLAIN, **WEIGHTS)
    rollout = planted_rollout(agent, n_envs=1, ended=[4])
    flat = rollout.flat()
    returns = updates.monte_carlo_returns(flat.rewards, 0.0, 0.9)
    parameters = agent.parameters
    for step in range(5):
        one = type(flat)(*(each[:, step : step + 1] for each in flat))
        b = said(agent, parameters, one)[2]

        def objective(parameters, one=one, b=b, g=returns[:, step : step + 1]):
            log_probability, entropy, value = said(agent, parameters, one)
            return ((g - b) * log_probability + 0.3 * entropy - 0.35 * (g - value) ** 2).sum()

        gradient = gradient_by_differences(objective, parameters)
        parameters = tree_map(lambda theta, g: theta + ALPHA * g, parameters, gradient)
    agent.learn(rollout)
    assert_alike(agent.parameters, parameters, tolerance=1e-8)


@pytest.mark.parametrize("spaces", SPACES)
def test_actor_critic(spaces):
    observations, actions, options = SPACES[spaces]
    agent = make(
        ActorCriticAgent, observations, actions, discount=0.9, trace_decay=0.8, **PLAIN, **WEIGHTS, **options
    )
    rollout = planted_rollout(agent, ended=[1], truncated=[1])
    flat = rollout.flat()
    advantage, returns = advantages(agent, rollout)

    def objective(parameters):
        log_probability, entropy, value = said(agent, parameters, flat)
        per_sample = advantage * log_probability + 0.3 * entropy - 0.35 * (returns - value) ** 2
        return per_sample.mean(axis=1).sum()

    expected = expected_step(agent, objective)
    agent.learn(rollout)
    assert_alike(agent.parameters, expected, tolerance=1e-9)


@pytest.mark.parametrize("spaces", SPACES)
def test_ppo_twice_with_the_log_probabilities_of_before(spaces):
    observations, actions, options = SPACES[spaces]
    agent = make(
        PPOAgent, observations, actions, n_envs=2, rollout_steps=5, n_epochs=2, n_batches=1, clip=0.0005,
        discount=0.9, trace_decay=0.8, **PLAIN | {"learning_rate": 0.01}, **WEIGHTS, **options,
    )  # fmt: skip
    rollout = planted_rollout(agent)
    flat = rollout.flat()
    advantage, returns = advantages(agent, rollout)
    mean, spread = advantage.mean(axis=1, keepdims=True), advantage.std(axis=1, keepdims=True)
    advantage = (advantage - mean) / (spread + 1e-8)
    old, _, _ = said(agent, agent.parameters, flat)

    def objective(parameters):
        log_probability, entropy, value = said(agent, parameters, flat)
        ratio = np.exp(log_probability - old)
        surrogate = np.minimum(ratio * advantage, np.clip(ratio, 0.9995, 1.0005) * advantage)
        per_sample = surrogate + 0.3 * entropy - 0.35 * (returns - value) ** 2
        return per_sample.mean(axis=1).sum()

    expected = agent.parameters
    for _ in range(2):
        # Where the ratio is 1 the objective has no kink; after the first step some are beyond the clip.
        gradient = gradient_by_differences(objective, expected, width=1e-7)
        expected = tree_map(lambda theta, g: theta + 0.01 * g, expected, gradient)
    diagnostics = agent.learn(rollout)
    assert_alike(agent.parameters, expected, tolerance=1e-7)
    assert diagnostics["clip_fraction"].mean() > 0.1
    assert (diagnostics["approx_kl"] > 0).all()


@pytest.mark.parametrize("agent_class", AGENTS)
def test_what_is_not_valid_teaches_nothing(agent_class):
    changed = [make(agent_class, **one_batch(agent_class)) for _ in range(2)]
    rollout = planted_rollout(changed[0], ended=[1, 3])
    rollout.is_valid[..., 4] = False
    other = rollout._replace(rewards=rollout.rewards.copy(), inputs=rollout.inputs.copy())
    other.rewards[..., 4] = 1000.0
    other.inputs[..., 4, :] = 7.0
    for agent, lived in zip(changed, (rollout, other), strict=True):
        agent.learn(lived)
    assert_alike(changed[0].parameters, changed[1].parameters, tolerance=1e-12)


def one_batch(agent_class):
    options = {"n_epochs": 1, "n_batches": 1} if agent_class is PPOAgent else {}
    return options | ({} if agent_class is ReinforceAgent else {"n_envs": 2, "rollout_steps": 5})


@pytest.mark.parametrize("agent_class", AGENTS)
def test_each_run_learns_from_its_own_life_alone(agent_class):
    two = make(agent_class, **one_batch(agent_class))
    rollout = planted_rollout(two)
    ones = [two.run(0), two.run(1)]
    two.learn(rollout)
    for number, one in enumerate(ones):
        one.learn(one_run(rollout, number))
        expected = tree_map(lambda array, n=number: array[n : n + 1], two.parameters)
        assert_alike(one.parameters, expected, tolerance=1e-9)


@pytest.mark.parametrize("agent_class", AGENTS)
def test_a_gradient_that_is_not_finite_is_refused_and_nothing_is_lost(agent_class):
    agent = make(agent_class, **one_batch(agent_class))
    agent.learn(planted_rollout(agent))
    before = tree_map(np.copy, agent.parameters)
    rollout = planted_rollout(agent, seed=9)
    rollout.inputs[1, 0, 2] = np.nan
    with pytest.raises(
        ValueError, match=r"update 2: the gradient of run 1 is not finite, the parameters stay"
    ):
        agent.learn(rollout)
    assert_alike(agent.parameters, before, tolerance=0)
    agent.learn(planted_rollout(agent))


def test_ppo_keeps_what_it_had_when_a_later_pass_fails():
    agent = make(PPOAgent, n_envs=2, rollout_steps=5, n_epochs=3)
    before = tree_map(np.copy, agent.parameters)
    step, calls = agent.step, []

    def breaks(*arguments):
        calls.append(1)
        if len(calls) == 6:
            raise KeyboardInterrupt
        return step(*arguments)

    agent.step = breaks
    with pytest.raises(KeyboardInterrupt):
        agent.learn(planted_rollout(agent))
    assert_alike(agent.parameters, before, tolerance=0)
    assert agent.n_updates == 0


def test_the_gradient_is_clipped_in_each_run():
    agent = make(ActorCriticAgent, n_envs=2, rollout_steps=5, **PLAIN | {"largest_gradient": 1e-3})
    before = tree_map(np.copy, agent.parameters)
    length = agent.learn(planted_rollout(agent))["gradient_norm"]
    moved = tree_map(lambda now, then: now - then, agent.parameters, before)
    np.testing.assert_allclose(norms(moved), ALPHA * 1e-3, rtol=1e-6)
    assert (length > 0.01).all()


def test_the_learning_rate_may_fall_with_the_decisions_taken():
    asked = []

    def schedule(n_decisions):
        asked.append(n_decisions)
        return 0.0

    agent = make(ActorCriticAgent, n_envs=2, rollout_steps=5, learning_rate=schedule, optimiser="plain")
    before = tree_map(np.copy, agent.parameters)
    for _ in range(3):
        agent.learn(planted_rollout(agent))
    assert asked == [0, 10, 20]
    assert_alike(agent.parameters, before, tolerance=0)


def test_standardised_returns_do_not_depend_on_the_scale_of_the_rewards():
    agents = [
        make(ReinforceAgent, baseline=False, standardise_returns=True, optimiser="plain", learning_rate=0.1)
        for _ in range(2)
    ]
    rollout = planted_rollout(agents[0])
    agents[0].learn(rollout)
    agents[1].learn(rollout._replace(rewards=100 * rollout.rewards))
    assert_alike(agents[0].parameters, agents[1].parameters, tolerance=1e-6)


@pytest.mark.parametrize("agent_class", [ReinforceAgent, ActorCriticAgent, PPOAgent])
def test_the_entropy_weight_may_fall_with_the_decisions_taken(agent_class):
    agents = [
        make(agent_class, entropy_weight=weight, optimiser="plain", learning_rate=0.1)
        for weight in (lambda n_decisions: 0.7 if n_decisions == 0 else 0.0, 0.7, 0.0)
    ]
    rollout = planted_rollout(agents[0])
    for agent in agents:
        agent.learn(rollout)
    falling, open_minded, decided = (agent.parameters for agent in agents)
    assert_alike(falling, open_minded, tolerance=0)
    assert any((a != b).any() for a, b in zip(arrays(falling), arrays(decided), strict=True))
    assert agents[0].at_present("entropy_weight") == 0
