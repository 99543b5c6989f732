"""Agents as their users meet them: one or many, in any world they can take, stopped, refused, measured."""

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.deep import ActorCriticAgent, PPOAgent, ReinforceAgent, evaluate_many
from rl_helpers.deep.policy_agent import PolicyAgent
from rl_helpers.deep.trees import arrays, tree_map
from rl_helpers.history import Transition
from rl_helpers.schedules import LinearDecay
from rl_helpers.training import evaluate, train, train_many
from tests.deep.agents import AGENTS, BOX, LEVERS, WHEEL, make, planted_rollout
from tests.deep.differences import assert_alike
from tests.deep.planted import Planted

SMALL = {
    ReinforceAgent: {"episodes_per_update": 8, "learning_rate": 0.1, "entropy_weight": 0.05},
    ActorCriticAgent: {"n_envs": 8, "rollout_steps": 10, "learning_rate": 0.05, "entropy_weight": 0.02},
    PPOAgent: {"n_envs": 8, "rollout_steps": 16, "learning_rate": 0.05, "entropy_weight": 0.02},
}


def small_room():
    return gym.make("Bob/Room-v0", layout="B.P", max_episode_steps=30)


@pytest.mark.parametrize("agent_class", AGENTS)
def test_bob_learns_to_go_to_his_post(agent_class):
    history = train_many(agent_class, small_room(), n_runs=20, n_steps=12_000, seed=0, **SMALL[agent_class])
    score = evaluate_many(history.agent, small_room(), n_episodes=2, seed=1)
    assert (score.returns == 5.0).all(axis=1).mean() >= 0.95
    assert (score.lengths.mean(axis=1) == 3).mean() >= 0.95  # two steps to the right, and scratch
    assert history.lengths[:, :4].mean() > 2 * history.lengths[:, -4:].mean()


@pytest.mark.parametrize("agent_class", AGENTS)
def test_the_same_seed_gives_the_same_numbers(agent_class):
    def parameters(seed):
        history = train_many(
            agent_class, small_room(), n_runs=3, n_steps=600, seed=seed, **SMALL[agent_class]
        )
        return arrays(history.agent.parameters)

    first = parameters(1)
    assert all((one == other).all() for one, other in zip(first, parameters(1), strict=True))
    assert any((one != other).any() for one, other in zip(first, parameters(2), strict=True))
    assert not np.array_equal(first[0][0], first[0][1])


@pytest.mark.parametrize("agent_class", AGENTS)
def test_a_single_agent_learns_from_transitions_what_a_run_learns_from_a_rollout(agent_class):
    options = {
        ReinforceAgent: {"episodes_per_update": 2},
        ActorCriticAgent: {"n_envs": 1, "rollout_steps": 5},
        PPOAgent: {"n_envs": 1, "rollout_steps": 5, "n_epochs": 1, "n_batches": 1},
    }[agent_class]
    single, run = (make(agent_class, n_runs=1, **options) for _ in range(2))
    rollout = planted_rollout(run, n_envs=1, truncated=[4])
    flat = rollout.flat()
    for step in range(5):
        state, following = flat.inputs[0, step], flat.next_inputs[0, step]
        action, reward = int(flat.actions[0, step]), flat.rewards[0, step]
        single.update(Transition(state, action, reward, following, bool(flat.terminated[0, step])))
        if flat.ended[0, step]:
            diagnostics = single.end_episode()
    assert diagnostics.keys() == run.learn(rollout).keys()
    assert_alike(single.parameters, run.parameters, tolerance=1e-9)


@pytest.mark.parametrize("agent_class", AGENTS)
def test_one_by_one_is_learned_as_in_many_runs(agent_class):
    """Both climb as fast: mean returns of runs, 4.5 standard errors are one false alarm in 10⁵."""
    options = SMALL[agent_class]
    n_episodes = 80
    many = train_many(agent_class, small_room(), n_runs=20, n_episodes=n_episodes, seed=0, **options).returns
    single = []
    for seed in range(20):
        env = small_room()
        agent = agent_class(
            env.observation_space, env.action_space, rng=np.random.default_rng(100 + seed), **options
        )
        single.append(train(env, agent, n_episodes, seed=seed).returns)
    one, other = many[:, :n_episodes].mean(axis=1), np.mean(single, axis=1)
    error = np.sqrt(one.var(ddof=1) / 20 + other.var(ddof=1) / 20)
    # In many environments the first episodes are short ones that ended early, whatever they brought.
    assert abs(one.mean() - other.mean()) < 4.5 * error + 0.3


def test_a_continuous_action_is_kept_as_it_was_drawn_and_cut_off_for_the_world():
    agent = make(ActorCriticAgent, actions=WHEEL, n_runs=1, first_deviation=5.0, n_envs=1, rollout_steps=4)
    state = np.zeros(3)
    drawn = []
    for _ in range(4):
        action = agent.act(state)
        assert WHEEL.contains(action)
        drawn.append(agent._diary.last_choice.copy())
        agent.update(Transition(state, action, 1.0, state, False))
    assert np.abs(drawn).max() > 1
    kept = np.array([step[1] for step in agent._diary.steps])
    assert (kept == np.array(drawn)).all()


def test_an_action_of_somebody_else_is_learned_from_too():
    agent = make(ActorCriticAgent, actions=WHEEL, n_runs=1)
    agent.act(np.zeros(3))
    agent.update(Transition(np.ones(3), np.float32([1.0, 0.75]), 1.0, np.zeros(3), False))
    inputs, choice, *_ = agent._diary.steps[0]
    assert inputs.tolist() == [[[1.0, 1.0, 1.0]]]
    assert choice.tolist() == [[[0.5, 0.5]]]


def test_box_actions_reach_from_bound_to_bound():
    agent = make(PPOAgent, actions=WHEEL)
    middle = agent.for_world(np.zeros((2, 1, 2)))
    assert middle.tolist() == [[[0.0, 0.5]]] * 2
    assert agent.for_world(np.full((1, 1, 2), 7.0)).tolist() == [[[2.0, 1.0]]]
    assert agent.for_world(np.full((1, 1, 2), -7.0)).tolist() == [[[-2.0, 0.0]]]
    some = np.random.default_rng(0).uniform(-1, 1, (2, 3, 2)).astype(np.float32)
    np.testing.assert_allclose(agent.from_world(agent.for_world(some)), some, atol=1e-6)


def test_a_gaussian_policy_may_begin_with_an_action():
    for hidden in ((), (4,)):
        agent = make(PPOAgent, actions=WHEEL, first_action=(1.0, 0.75), hidden=hidden, first_gain=1e-9)
        found = agent.choose(np.ones((2, 5, 3)), explore=False)
        np.testing.assert_allclose(agent.for_world(found), np.broadcast_to([1.0, 0.75], (2, 5, 2)), atol=1e-6)
    table = make(PPOAgent, gym.spaces.Discrete(4), WHEEL, first_action=(1.0, 0.75), n_runs=1)
    np.testing.assert_allclose(table.act(2, explore=False), [1.0, 0.75])
    with pytest.raises(ValueError, match="first_action is"):
        make(PPOAgent, actions=WHEEL, first_action=(1.0, 7.0))
    with pytest.raises(TypeError, match="Discrete actions take probabilities"):
        make(PPOAgent, first_action=1)


def test_a_categorical_policy_may_begin_with_probabilities():
    for observations, states in ((BOX, np.ones((4, 3))), (gym.spaces.Discrete(4), np.arange(4))):
        agent = make(PPOAgent, observations, first_probabilities=(0.7, 0.2, 0.1), first_gain=1e-9)
        np.testing.assert_allclose(agent.probabilities(states), np.tile([0.7, 0.2, 0.1], (2, 4, 1)))
    for wrong in ((0.5, 0.5), (0.5, 0.5, 0.5), (1.0, 0.0, 0.0)):
        with pytest.raises(ValueError, match="expected 3 numbers above 0 that sum to 1"):
            make(PPOAgent, first_probabilities=wrong)


def test_numbered_actions_may_begin_elsewhere():
    agent = make(PPOAgent, actions=gym.spaces.Discrete(2, start=5), n_runs=1)
    assert agent.act(np.zeros(3)) in (5, 6)
    assert agent.from_world(np.array(6)) == 1


def test_greedy_is_the_most_probable_and_chance_is_not():
    agent = make(PPOAgent, n_runs=1)
    best = agent.probabilities(np.ones((1, 3)))[0, 0].argmax()
    actions = [agent.act(np.ones(3)) for _ in range(300)]
    assert {agent.act(np.ones(3), explore=False) for _ in range(10)} == {int(best)}
    share = np.bincount(actions, minlength=3) / 300
    np.testing.assert_allclose(share, agent.probabilities(np.ones((1, 3)))[0, 0], atol=0.12)


def test_measuring_changes_nothing():
    agent = train_many(PPOAgent, gym.make("CartPole-v1"), n_runs=2, n_steps=600, seed=0,
                       standardise_observations=True).agent  # fmt: skip
    before, moments = tree_map(np.copy, agent.parameters), tree_map(np.copy, agent.moments)
    score = evaluate_many(agent, gym.make("CartPole-v1"), n_episodes=3, seed=1)
    assert score.returns.shape == score.lengths.shape == (2, 3)
    assert (score.returns == score.lengths).all()
    assert_alike(agent.parameters, before, tolerance=0)
    assert_alike(agent.moments, moments, tolerance=0)


def test_one_run_taken_out_plays_as_it_does_among_the_others():
    history = train_many(PPOAgent, gym.make("CartPole-v1"), n_runs=3, n_steps=2000, seed=0)
    inputs = np.random.default_rng(0).standard_normal((3, 50, 4)).astype(np.float32)
    together = history.agent.choose(inputs, explore=False)
    for run in range(3):
        one = history.agent.run(run)
        assert [one.act(state, explore=False) for state in inputs[run]] == together[run].tolist()
    parameters = tree_map(np.copy, history.agent.parameters)
    train(gym.make("CartPole-v1"), history.agent.run(0), 20, seed=0)
    assert_alike(history.agent.parameters, parameters, tolerance=0)
    assert evaluate(gym.make("CartPole-v1"), one, 2, seed=0).returns.shape == (2,)


def test_history_counts_what_each_run_has_done():
    history = train_many(PPOAgent, small_room(), n_runs=4, n_steps=500, seed=0, n_envs=4, rollout_steps=32)
    assert history.decisions.tolist() == [[128, 256, 384, 512]] * 4
    assert history.scores.shape == (4, 4)
    assert history.returns.shape == history.lengths.shape
    assert all(numbers.shape == (4, 4) for numbers in history.diagnostics.values())
    assert history.agent.n_decisions == 512
    by_episodes = train_many(
        ReinforceAgent, small_room(), n_runs=4, n_episodes=10, seed=0, episodes_per_update=4
    )
    assert by_episodes.returns.shape == (4, 12)
    assert (by_episodes.lengths.sum(axis=1) == by_episodes.decisions[:, -1]).all()


def test_idle_steps_of_gymnasiums_cartpole_are_no_decisions():
    history = train_many(PPOAgent, gym.make("CartPole-v1"), n_runs=2, n_steps=1000, seed=0)
    n_updates = history.decisions.shape[1]
    assert (history.decisions[:, -1] < n_updates * 8 * 32).all()


@pytest.mark.parametrize("agent_class", AGENTS)
def test_the_stop_button_keeps_what_was_learned(agent_class):
    class Stopped(agent_class):
        def learn(self, rollout):
            if self.n_updates == 3:
                raise KeyboardInterrupt
            return super().learn(rollout)

    history = train_many(Stopped, small_room(), n_runs=2, n_steps=50_000, seed=0)
    assert history.agent.n_updates == 3
    assert history.decisions.shape == (2, 3)
    untouched = agent_class(small_room().observation_space, small_room().action_space, n_runs=2)
    moved = [np.abs(now).max() for now in arrays(history.agent.parameters)]
    assert max(moved) > 0
    assert max(np.abs(array).max() for array in arrays(untouched.parameters)) == 0


def test_stopped_before_the_first_update_there_is_an_empty_history():
    class Stopped(PPOAgent):
        def learn(self, rollout):
            raise KeyboardInterrupt

    history = train_many(Stopped, small_room(), n_runs=2, n_steps=50_000, seed=0)
    assert history.returns.shape == (2, 0)
    assert history.decisions.shape == history.scores.shape == (2, 0)


class Reckless(Planted):
    def __init__(self):
        super().__init__(rewards=[0.0, np.inf, 0.0])


def test_a_reward_that_is_not_finite_stops_training_with_its_place(monkeypatch):
    gym.register("Reckless-v0", entry_point="tests.deep.test_agents:Reckless")
    with pytest.raises(ValueError, match="reward is inf in run 0, environment 0, step 2 of its episode"):
        train_many(PPOAgent, gym.make("Reckless-v0"), n_runs=2, n_steps=1000, seed=0)
    agent = make(PPOAgent, n_runs=1)
    with pytest.raises(ValueError, match="reward is nan, expected a finite number"):
        agent.update(Transition(np.zeros(3), 0, float("nan"), np.zeros(3), False))


@pytest.mark.parametrize(
    ("observations", "actions", "message"),
    [
        (gym.spaces.Box(0, 255, (8, 8)), LEVERS, r"observation_space is Box.*FlattenObservation"),
        (gym.spaces.Discrete(3, start=1), LEVERS, "observation_space is Discrete"),
        (BOX, gym.spaces.MultiDiscrete([2, 2]), "action_space is MultiDiscrete"),
        (BOX, gym.spaces.Box(-np.inf, np.inf, (2,)), "with bounds"),
    ],
)
def test_spaces_that_no_network_here_takes_are_refused(observations, actions, message):
    with pytest.raises(TypeError, match=message):
        PPOAgent(observations, actions)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"learning_rate": 0}, ValueError, "learning_rate is 0"),
        ({"discount": 1.1}, ValueError, "discount is 1.1"),
        ({"entropy_weight": -1}, ValueError, "entropy_weight is -1"),
        ({"hidden": (1, 2, 3)}, ValueError, "at most 2 hidden layers"),
        ({"optimiser": "sgd"}, ValueError, "optimiser is 'sgd'"),
        ({"rng": 3}, TypeError, "default_rng"),
        ({"clip": 0}, ValueError, "clip is 0"),
        ({"trace_decay": 2}, ValueError, "trace_decay is 2"),
        ({"n_batches": 1000}, ValueError, "n_batches is 1000"),
        ({"n_epochs": 0}, ValueError, "n_epochs is 0"),
    ],
)
def test_settings_out_of_range_are_refused(options, error, message):
    with pytest.raises(error, match=message):
        PPOAgent(BOX, LEVERS, **options)


def test_wrong_calls_are_refused():
    many = make(PPOAgent)
    with pytest.raises(TypeError, match=r"2 runs side by side: take one of them with agent.run\(0\)"):
        many.act(np.zeros(3))
    with pytest.raises(ValueError, match="there is no run 2"):
        many.run(2)
    one = many.run(1)
    with pytest.raises(ValueError, match="expected one of Box"):
        one.act(np.zeros(4))
    with pytest.raises(TypeError, match="densities"):
        make(PPOAgent, actions=WHEEL).probabilities(np.zeros((1, 3)))
    with pytest.raises(TypeError, match="give one of them"):
        train_many(PPOAgent, small_room())
    with pytest.raises(TypeError, match="rng is given"):
        train_many(PPOAgent, small_room(), n_steps=10, rng=1)
    with pytest.raises(NotImplementedError, match="PolicyAgent does not say"):
        PolicyAgent(BOX, LEVERS).learn(None)


def test_a_schedule_of_the_course_anneals_the_learning_rate():
    rate = LinearDecay(0.01, 0.0, n_steps=500)
    history = train_many(PPOAgent, small_room(), n_runs=2, n_steps=1000, seed=0, learning_rate=rate)
    middle = history.diagnostics["entropy"]
    assert middle.shape[1] == 4
    np.testing.assert_allclose(middle[:, 2], middle[:, 3], atol=0.05)  # nothing moves any more


@pytest.mark.parametrize("env_id", ["Pendulum-v1", "MountainCar-v0", "Bob/ContinuousRoom-v0", "Acrobot-v1"])
def test_other_worlds_are_taken(env_id):
    env = gym.make(env_id)
    history = train_many(PPOAgent, env, n_runs=2, n_steps=512, seed=0, standardise_observations=True)
    assert np.isfinite(history.diagnostics["gradient_norm"]).all()


@pytest.mark.parametrize("agent_class", AGENTS)
def test_a_discount_may_follow_the_decisions_taken(agent_class):
    schedule = LinearDecay(0.5, 0.9, n_steps=100)
    for n_decisions, discount in ((0, 0.5), (50, 0.7), (200, 0.9)):
        agents = [make(agent_class, n_runs=2, discount=each) for each in (schedule, discount)]
        for agent in agents:
            agent.n_decisions = n_decisions
            agent.learn(planted_rollout(agent))
        learned = [arrays(agent.parameters) for agent in agents]
        for one, other in zip(*learned, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-7)
    with pytest.raises(ValueError, match="discount is a schedule that gives 2"):
        _ = make(agent_class, discount=lambda n_decisions: 2).discount


@pytest.mark.parametrize("amount", [-1.0, float("nan"), float("inf"), None])
@pytest.mark.parametrize("name", ["learning_rate", "entropy_weight"])
@pytest.mark.parametrize("agent_class", AGENTS)
def test_schedules_that_leave_what_is_allowed_are_refused_by_name(agent_class, name, amount):
    agent = make(agent_class, **{name: lambda step: amount})
    with pytest.raises(
        ValueError, match=rf"{name} is a schedule that gives {amount!r} for 0, expected a finite"
    ):
        agent.learn(planted_rollout(agent))
