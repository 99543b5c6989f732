"""DQN: what a batch teaches, held networks, one run and many, files, the stop button, what is refused."""

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers import updates
from rl_helpers.deep import DQNAgent, evaluate_many
from rl_helpers.deep.files import load, save
from rl_helpers.deep.many import go_on
from rl_helpers.deep.many.rollout import Player, Rollout
from rl_helpers.deep.many.vectors import vector_of
from rl_helpers.deep.q.learning import uphill
from rl_helpers.deep.q.networks import q_forward, q_layers
from rl_helpers.deep.q.replay import Sample
from rl_helpers.deep.q.seeing import as_inputs, mirrored
from rl_helpers.deep.statistics import standardise
from rl_helpers.deep.trees import arrays, tree_map
from rl_helpers.history import Transition
from rl_helpers.schedules import LinearDecay
from rl_helpers.training import train, train_many
from tests.deep.differences import assert_alike, gradient_by_differences

BOX, LEVERS = gym.spaces.Box(-10, 10, shape=(3,)), gym.spaces.Discrete(3)
PICTURES = gym.spaces.Box(0, 16, (2, 4, 5), np.uint8)
SHORT = {"n_runs": 2, "n_steps": 300, "seed": 0, "learning_starts": 50, "hidden": (8,)}


def make(observations=BOX, actions=LEVERS, *, seed=0, **options):
    settings = {"rng": np.random.default_rng(seed), "n_runs": 2, "hidden": (8,), "learning_starts": 0}
    return DQNAgent(observations, actions, **settings | options)


def planted(n_runs=2, n_samples=6, seed=0):
    rng = np.random.default_rng(seed)
    here, there = rng.standard_normal((2, n_runs, n_samples, 3))
    shape = n_runs, n_samples
    return Sample(
        here,
        rng.integers(3, size=shape),
        rng.standard_normal(shape),
        rng.integers(1, 4, size=shape),
        there,
        rng.random(shape) < 0.3,
    )


def remember(agent, n_steps=40, seed=0):
    """Give an agent invented steps to learn from."""
    rng = np.random.default_rng(seed)
    shape = agent.n_runs, agent.n_envs
    for _ in range(n_steps):
        here, there = rng.standard_normal((2, *shape, agent.n_numbers)).astype(agent.stored)
        agent.memory.add(
            here,
            rng.integers(3, size=shape),
            rng.random(shape),
            there,
            rng.random(shape) < 0.2,
            np.zeros(shape),
        )


@pytest.mark.parametrize("is_double", [True, False])
@pytest.mark.parametrize("threshold", [0.5, np.inf])
def test_a_batch_leads_down_the_mean_loss(is_double, threshold):
    rng = np.random.default_rng(1)
    network, held = (q_layers((3, 5, 3), 2, rng, dtype=float, is_dueling=True) for _ in range(2))
    batch = planted()
    settings = {"discount": 0.9, "is_double": is_double, "huber_threshold": threshold}
    gradient, told = uphill(network, held, batch, **settings)
    next_q, held_q = (q_forward(each, batch.next_observations)[0] for each in (network, held))
    choice = (next_q if is_double else held_q).argmax(axis=-1)[..., None]
    following = np.take_along_axis(held_q, choice, -1)[..., 0]
    target = batch.rewards + 0.9**batch.n_steps * following * ~batch.terminated

    def minus_loss(network):
        q_values = q_forward(network, batch.observations)[0]
        said = np.take_along_axis(q_values, batch.actions[..., None], -1)[..., 0]
        return -updates.huber(said - target, threshold)[0].mean(axis=1).sum()

    assert_alike(gradient, gradient_by_differences(minus_loss, network))
    assert -told["loss"].sum() == pytest.approx(minus_loss(network))
    np.testing.assert_allclose(told["target"], target.mean(axis=1))


def test_hard_copies_come_when_they_are_due():
    agent = make(target_every=3)
    first = agent.parameters.held
    remember(agent)
    is_first, is_equal = [], []
    for _ in range(6):
        agent.learn_from_memory()
        is_first.append(agent.parameters.held is first)
        is_equal.append(agent.parameters.held is agent.parameters.network)
    assert is_first == [True, True, False, False, False, False]
    assert is_equal == [False, False, True, False, False, True]


def test_polyak_goes_a_share_of_the_way():
    agent = make(polyak=0.25)
    remember(agent)
    agent.learn_from_memory()
    before = agent.parameters.held
    agent.learn_from_memory()
    expected = tree_map(lambda a, b: 0.75 * a + 0.25 * b, before, agent.parameters.network)
    assert_alike(agent.parameters.held, expected)


def test_averaged_weights_play_and_the_others_learn():
    agent = make(averaging=0.5)
    remember(agent)
    for _ in range(5):
        before = agent.parameters.averaged
        agent.learn_from_memory()
    expected = tree_map(lambda a, b: 0.5 * a + 0.5 * b, before, agent.parameters.network)
    assert_alike(agent.parameters.averaged, expected)
    observations = np.random.default_rng(0).standard_normal((4, 3))
    seen = agent.see(np.broadcast_to(observations, (2, 4, 3)))
    np.testing.assert_array_equal(agent.q_values(observations), q_forward(agent.parameters.averaged, seen)[0])
    assert (agent.choose(seen, explore=False) == agent.q_values(observations).argmax(-1)).all()


def test_the_mean_may_reach_back_further_with_every_batch():
    asked = []

    def kept(n_updates):
        asked.append(n_updates)
        return n_updates / (n_updates + 9)

    agent = make(averaging=kept)
    remember(agent)
    for n_updates in range(1, 5):
        before = agent.parameters.averaged
        agent.learn_from_memory()
        share = n_updates / (n_updates + 9)
        expected = tree_map(
            lambda a, b, share=share: share * a + (1 - share) * b, before, agent.parameters.network
        )
        assert_alike(agent.parameters.averaged, expected)
    assert asked == [1, 2, 3, 4]


def test_runs_learn_apart_from_each_other():
    # The same samples for both, but other networks: each learns what it would learn alone.
    together = make()
    batch = planted()
    gradient, _ = uphill(together.parameters.network, together.parameters.held, batch, discount=0.9)
    for run in range(2):
        part = slice(run, run + 1)
        network, held = (
            tree_map(lambda array, part=part: array[part], each) for each in together.parameters[:2]
        )
        one, _ = uphill(network, held, Sample(*(each[part] for each in batch)), discount=0.9)
        assert_alike(one, tree_map(lambda array, part=part: array[part], gradient), tolerance=1e-5)


def test_epsilon_falls_with_decisions_and_is_the_share_of_random_actions():
    agent = make(epsilon=LinearDecay(1.0, 0.2, n_steps=100))
    seen = agent.see(np.zeros((2, 4000, 3)))
    greedy = agent.choose(seen, explore=False)
    agent.n_steps_of_all = 200
    other = (agent.choose(seen) != greedy).mean()
    assert other == pytest.approx(0.2 * 2 / 3, abs=0.02)  # a third of the random ones are greedy by chance
    agent.n_steps_of_all = 0
    assert (agent.choose(seen) != greedy).mean() == pytest.approx(2 / 3, abs=0.02)
    assert (agent.choose(seen, explore=False) == greedy).all()
    restless = make(play_epsilon=0.3)
    restless.parameters = agent.parameters
    other = (restless.choose(seen, explore=False) != greedy).mean()
    assert other == pytest.approx(0.3 * 2 / 3, abs=0.02)


def test_single_agent_learns_from_transitions_and_time_limits_bootstrap():
    agent = make(n_runs=1, replay_size=20, discount=0.5)
    for t in range(3):
        agent.update(Transition(np.full(3, t), 1, 1.0, np.full(3, t + 1), False))
    agent.end_episode()
    agent.end_episode()
    agent.update(Transition(np.full(3, 7.0), 2, 1.0, np.full(3, 8.0), True))
    assert agent.memory.written.tolist() == [6]
    sample = agent.memory.sample(np.random.default_rng(0), 50, n_steps=5, discount=0.5)
    found = {
        (float(here[0]), float(there[0]), bool(over))
        for here, there, over in zip(
            sample.observations[0], sample.next_observations[0], sample.terminated[0], strict=True
        )
    }
    assert found == {(0.0, 3.0, False), (1.0, 3.0, False), (2.0, 3.0, False), (7.0, 8.0, True)}
    assert agent.n_decisions == 4
    assert agent.n_updates == 3  # from the second decision on


def test_single_agent_and_one_of_a_batch_learn_the_same_from_the_same():
    env = gym.make("CartPole-v1")
    settings = {"hidden": (8,), "learning_starts": 20, "replay_size": 500, "n_runs": 1}
    agent = DQNAgent(env.observation_space, env.action_space, rng=np.random.default_rng(0), **settings)
    other = DQNAgent(env.observation_space, env.action_space, rng=np.random.default_rng(0), **settings)
    player, episodes = Player(vector_of(env, 1), agent, seed=0), []
    for _ in range(100):
        step = player.step(episodes)
        if step.is_valid.all():
            agent.memory.add(*step)
            agent.learn_from_memory()
            other.choose(step.inputs)  # draws as many random numbers
            here, there = step.inputs[0, 0], step.next_inputs[0, 0]
            over = bool(step.terminated[0, 0])
            other.update(Transition(here, step.actions[0, 0], step.rewards[0, 0], there, over))
        else:
            other.choose(step.inputs)
    assert agent.n_updates == other.n_updates > 50
    assert_alike(agent.parameters, other.parameters, tolerance=0)


def test_it_is_trained_as_any_agent_is():
    env = gym.make("CartPole-v1")
    agent = DQNAgent(
        env.observation_space, env.action_space, hidden=(8,), learning_starts=20, rng=np.random.default_rng(0)
    )
    history = train(env, agent, 5, seed=0)
    assert agent.n_decisions == history.lengths.sum()
    assert agent.n_updates == history.lengths.sum() - 19
    assert agent.act(env.reset(seed=0)[0], explore=False) in (0, 1)


@pytest.mark.parametrize("name", ["CartPole-v1", "Acrobot-v1", "Bob/Room-v0", "MountainCar-v0"])
def test_many_runs_learn_in_any_world(name):
    history = train_many(DQNAgent, gym.make(name), **SHORT)
    assert (history.decisions[:, -1] >= 300).all()
    assert history.diagnostics["loss"].shape == history.decisions.shape
    assert np.isfinite(history.diagnostics["loss"][:, -1]).all()
    score = evaluate_many(history.agent, gym.make(name, max_episode_steps=20), n_episodes=3)
    assert score.returns.shape == (2, 3)


def test_same_seed_same_bits():
    histories = [
        train_many(DQNAgent, gym.make("CartPole-v1"), n_envs=3, n_batches=2, **SHORT) for _ in range(2)
    ]
    for one, other in zip(*(arrays(history.agent.parameters) for history in histories), strict=True):
        assert np.array_equal(one, other)


def test_pictures_of_bytes_are_learned_from():
    agent = make(PICTURES, n_frames=2, n_envs=3)
    rng = np.random.default_rng(0)
    pictures = rng.integers(0, 17, size=(20, 2, 3, 4, 5), dtype=np.uint8)
    zeros = np.zeros((2, 3))
    for t in range(18):
        here, there = (agent.see(np.stack([pictures[t + k], pictures[t + k + 1]], axis=2)) for k in (0, 1))
        agent.memory.add(here, zeros, zeros, there, zeros, zeros)
    assert agent.memory.observations.dtype == np.uint8
    assert agent.memory.observations.shape[-1] == 20
    sample = agent.memory.sample(rng, 30)
    assert sample.observations.dtype == np.uint8
    np.testing.assert_array_equal(sample.next_observations[..., :20], sample.observations[..., 20:])
    assert agent.inputs(np.full((1, 1, 40), 16, np.uint8)).max() == 1.0
    agent.learn_from_memory()
    assert agent.q_values(np.zeros((4, 2, 4, 5), np.uint8)).shape == (2, 4, 3)


def test_a_scale_is_learned_from_the_first_observations_and_stays(tmp_path):
    agent = make(PICTURES, standardise_steps=100, n_envs=4)
    rng = np.random.default_rng(0)
    background = rng.integers(0, 17, size=(2, 4, 5))

    def pictures():
        return np.where(rng.random((2, 4, 2, 4, 5)) < 0.5, 0, background).astype(np.uint8)

    for _ in range(25):
        agent.see(pictures(), learn=True)
    seen = agent.see(np.stack([pictures()[:, 0] for _ in range(2000)], axis=1))
    told = agent.inputs(seen)
    varies = background.ravel() > 0
    np.testing.assert_allclose(told.mean(axis=1)[:, varies], 0, atol=0.4)
    np.testing.assert_allclose(told.std(axis=1)[:, varies], 1, atol=0.1)
    expected = standardise(agent.moments, as_inputs(seen, PICTURES, np.float32))
    np.testing.assert_allclose(told, expected, atol=1e-4)
    before = agent.moments
    agent.see(np.full((2, 4, 2, 4, 5), 9, np.uint8), learn=True)
    assert agent.moments is before
    save(agent, tmp_path / "bob.npz")
    other = make(PICTURES, standardise_steps=100, n_envs=4, seed=7)
    load(other, tmp_path / "bob.npz")
    other.see(pictures(), learn=True)
    np.testing.assert_array_equal(other.inputs(seen), told)
    np.testing.assert_array_equal(agent.run(1).inputs(seen[1:]), told[1:])


def test_half_of_the_samples_are_mirrored_before_and_after_the_step():
    seen = []

    def mirror(observations, actions):
        seen.append(observations.shape)
        return -observations, 2 - actions

    agent = make(mirror=mirror, batch_size=500)
    one = np.full((2, 1, 3), 1.0)
    for _ in range(5):
        agent.memory.add(one, [[0], [0]], np.ones((2, 1)), 2 * one, np.zeros((2, 1)), np.zeros((2, 1)))
        agent.memory.end(2 * one)
    batch = mirrored(agent.memory.sample(agent.rng, 500), mirror, BOX, agent.rng)
    turned = batch.actions == 2
    assert 0.4 < turned.mean() < 0.6
    assert (batch.observations[..., 0] == np.where(turned, -1, 1)).all()
    assert (batch.next_observations[..., 0] == np.where(turned, -2, 2)).all()
    assert set(batch.actions.ravel()) == {0, 2}
    agent.learn_from_memory()
    assert all(shape[1:] == (3,) for shape in seen)


def test_a_mirror_that_loses_something_is_refused():
    agent = make(mirror=lambda observations, actions: (observations[:, :1], actions))
    remember(agent)
    with pytest.raises(ValueError, match="return both in the shapes that came"):
        agent.learn_from_memory()


def test_what_is_learned_from_may_differ_from_what_is_counted():
    def lesson(step, infos):
        assert isinstance(step, Rollout)
        assert isinstance(infos, dict)
        return np.full(step.rewards.shape, -7.0), np.ones(step.rewards.shape, dtype=bool)

    history = train_many(DQNAgent, gym.make("CartPole-v1"), learns_from=lesson, **SHORT)
    assert (history.returns > 0).all()
    sample = history.agent.memory.sample(np.random.default_rng(0), 50)
    assert (sample.rewards == -7).all()
    assert sample.terminated.all()


def test_what_was_learned_comes_back_from_a_file(tmp_path):
    history = train_many(DQNAgent, gym.make("CartPole-v1"), averaging=0.9, **SHORT)
    save(history.agent, tmp_path / "pole.npz")
    other = make(history.agent.observation_space, history.agent.action_space, averaging=0.9)
    load(other, tmp_path / "pole.npz")
    assert_alike(other.parameters, history.agent.parameters, tolerance=0)
    with pytest.raises(ValueError, match="holds another network"):
        load(make(history.agent.observation_space, history.agent.action_space), tmp_path / "pole.npz")
    go_on(other, gym.make("CartPole-v1"), n_steps=100, seed=1)
    assert other.n_updates > 50


def test_training_goes_on_and_can_be_watched_and_ended():
    agent, seen = make(gym.make("CartPole-v1").observation_space, gym.spaces.Discrete(2)), []

    def watch(n_steps):
        seen.append(n_steps)
        return n_steps >= 60

    first = go_on(agent, gym.make("CartPole-v1"), n_steps=500, seed=0, watch=watch)
    assert seen == sorted(seen)
    assert first.decisions[:, -1].min() == seen[-1] == 60
    n_updates = agent.n_updates
    go_on(agent, gym.make("CartPole-v1"), n_steps=50, seed=1)
    assert agent.n_updates > n_updates + 40


def test_episodes_that_were_left_do_not_lead_into_those_of_the_next_training():
    env = gym.make("CartPole-v1")
    agent = make(env.observation_space, gym.spaces.Discrete(2), n_envs=3)
    for seed in range(4):
        go_on(agent, env, n_steps=30, seed=seed)
    sample = agent.memory.sample(np.random.default_rng(0), 2000)
    # A cart moves by velocity × 0.02 s, and never jumps to where another episode begins.
    moved = sample.next_observations[..., 0] - sample.observations[..., 0]
    np.testing.assert_allclose(moved, 0.02 * sample.observations[..., 1], atol=1e-6)


def test_the_stop_button_keeps_what_was_learned():
    def stop(n_steps):
        if n_steps >= 100:
            raise KeyboardInterrupt

    agent = make(gym.make("CartPole-v1").observation_space, gym.spaces.Discrete(2))
    history = go_on(agent, gym.make("CartPole-v1"), n_steps=10_000, seed=0, watch=stop)
    assert history.decisions[:, -1].min() == 100
    assert history.agent is agent
    assert agent.n_updates > 50


def test_one_run_goes_on_by_itself():
    history = train_many(DQNAgent, gym.make("CartPole-v1"), **SHORT)
    one = history.agent.run(1)
    observations = np.random.default_rng(0).standard_normal((4, 4))
    np.testing.assert_allclose(
        one.q_values(observations)[0], history.agent.q_values(observations)[1], rtol=1e-5
    )
    train(gym.make("CartPole-v1"), one, 10, seed=0)
    assert not np.allclose(one.q_values(observations)[0], history.agent.q_values(observations)[1])
    with pytest.raises(ValueError, match="there is no run 2"):
        history.agent.run(2)


def test_a_loss_that_is_not_finite_leaves_the_parameters_as_they_were():
    agent = make()
    remember(agent)
    agent.memory.rewards[1] = np.inf
    before = agent.parameters
    with pytest.raises(ValueError, match="an error of run 1 is not finite, the parameters stay as they were"):
        agent.learn_from_memory()
    assert agent.parameters is before


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"polyak": 0.1, "target_every": 5}, TypeError, "give one of them, how the held network follows"),
        ({"hidden": (), "is_dueling": True}, ValueError, "need a hidden layer"),
        ({"actions": BOX}, TypeError, "expected Discrete: the network says Q for each action"),
        ({"observations": gym.spaces.MultiBinary(3)}, TypeError, "FlattenObservation.*makes one axis"),
        ({"observations": PICTURES, "n_frames": 3}, ValueError, "first axis must be that of the pictures"),
        ({"replay_size": 10**8}, ValueError, "take a smaller size, fewer runs, or allow more"),
        ({"discount": 1.5}, ValueError, "expected 0 ≤ discount ≤ 1"),
        ({"batch_size": 0}, ValueError, "batch_size is 0"),
        ({"huber_threshold": 0}, ValueError, "huber_threshold"),
        ({"epsilon": -1}, ValueError, "epsilon"),
    ],
)
def test_settings_that_make_no_sense_are_refused(options, error, message):
    with pytest.raises(error, match=message):
        make(**options)


def test_who_asks_many_runs_for_one_action_is_told_what_to_do():
    agent = make()
    with pytest.raises(TypeError, match="take one of them with"):
        agent.act(np.zeros(3))
    with pytest.raises(TypeError, match="make it with n_runs=1 and n_envs=1, or use `train_many`"):
        agent.update(Transition(np.zeros(3), 0, 0.0, np.zeros(3), False))
    with pytest.raises(ValueError, match="expected one of Box"):
        make(n_runs=1).act(np.zeros(4))
    with pytest.raises(ValueError, match="action is 3, expected one of Discrete"):
        make(n_runs=1).update(Transition(np.zeros(3), 3, 0.0, np.zeros(3), False))


@pytest.mark.parametrize("name", ["learning_rate", "averaging"])
def test_schedules_that_leave_what_is_allowed_are_refused_by_name(name):
    with pytest.raises(ValueError, match=rf"{name} is a schedule that gives -1 for"):
        DQNAgent.train_many(
            gym.make("CartPole-v1"), n_steps=50, seed=0, learning_starts=10, **{name: lambda step: -1}
        )
