"""What a network cannot learn from is refused in words, before NumPy says something about shapes."""

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.vector import AutoresetMode, SyncVectorEnv
from gymnasium.wrappers.vector import DictInfoToList

from rl_helpers.deep import DQNAgent, PPOAgent, ReinforceAgent, evaluate_many
from rl_helpers.deep.many import go_on, rollout, training, vector_of, vectors
from rl_helpers.training import evaluate, train

SPACE = gym.spaces.Box(-10, 10, (2,), np.float32)


class Walk(gym.Env):
    """Ten steps, unless something is changed."""

    observation_space, action_space = SPACE, gym.spaces.Discrete(2)

    def __init__(self, **changed):
        self.changed, self.n_steps = changed, 0

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.n_steps = 0
        return np.zeros(2, np.float32), {}

    def step(self, action):
        self.n_steps += 1
        step = {"seen": np.full(2, self.n_steps, np.float32), "reward": 1.0, "terminated": self.n_steps == 10}
        step |= {name: value for name, value in self.changed.items() if name in step}
        return step["seen"], step["reward"], step["terminated"], False, {}


class LateNaN(Walk):
    """After four steps, a number is missing."""

    def step(self, action):
        seen, *others = super().step(action)
        return seen / (seen != 4), *others


gym.register("Tests/Walk-v0", Walk, max_episode_steps=50)
gym.register("Tests/LateNaN-v0", LateNaN, max_episode_steps=50)
gym.register("Tests/Endless-v0", Walk)


def walk(name="Walk", **changed):
    """Make a world without Gymnasium's own checks, as nobody else looks at the later steps."""
    return gym.make(f"Tests/{name}-v0", disable_env_checker=True, **changed)


def agent_for(agent_class, env, **options):
    return agent_class(env.observation_space, env.action_space, rng=np.random.default_rng(0), **options)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"seen": np.zeros(3)}, r"step returns array.* observation_space is Box.*: return finite numbers of"),
        ({"seen": None}, r"step returns None, and the world's observation_space"),
        ({"seen": np.array(["a", "b"])}, r"step returns array\(\['a', 'b'\]"),
        ({"seen": np.array([np.inf, 0])}, r"step returns array\(\[inf"),
        ({"reward": np.ones(1)}, r"step 1: reward is array\(\[1.\]\), expected a finite number"),
        ({"reward": "1"}, r"step 1: reward is '1', expected a finite number"),
        ({"terminated": None}, r"step 1: terminated is None, expected True or False"),
    ],
)
@pytest.mark.parametrize("agent_class", [PPOAgent, DQNAgent])
def test_a_step_that_cannot_be_used_is_told_in_words(agent_class, changed, words):
    with pytest.raises(ValueError, match=words):
        agent_class.train_many(walk(**changed), n_runs=2, n_steps=50, seed=0)


@pytest.mark.filterwarnings("ignore:(divide by zero|invalid value):RuntimeWarning")
@pytest.mark.parametrize("agent_class", [PPOAgent, DQNAgent, ReinforceAgent])
def test_numbers_that_are_not_finite_are_noticed_before_anything_is_learned_from_them(agent_class):
    env = walk("LateNaN")
    with pytest.raises(
        ValueError, match=r"observation of environment \d is \[inf inf\], expected finite numb"
    ):
        agent_class.train_many(env, n_runs=2, n_steps=100, seed=0)
    agent = agent_for(agent_class, env)
    with pytest.raises(ValueError, match=r"observation of environment 0 is"):
        evaluate_many(agent, env, n_episodes=2, seed=0)
    for measure in (train, evaluate):
        with pytest.raises(ValueError, match=r"the state is array\(\[inf, inf\].*, expected finite numbers"):
            measure(env, agent, 2, seed=0)


@pytest.mark.filterwarnings("ignore:(divide by zero|invalid value):RuntimeWarning")
def test_a_scale_is_not_spoilt_by_what_was_refused():
    policy = agent_for(PPOAgent, walk(), standardise_observations=True)
    network = agent_for(DQNAgent, walk(), standardise_steps=50)
    for agent in (policy, network):
        with pytest.raises(ValueError, match="expected finite numbers"):
            train(walk("LateNaN"), agent, 1, seed=0)
        train(walk(), agent, 2, seed=0)
        assert np.isfinite(agent.moments.mean).all()
        assert agent.moments.mean.any()


@pytest.fixture
def _short_patience(monkeypatch):
    """Cut episodes off after 40 steps where nobody has set a limit."""
    for module in ("finite", "vectors"):
        monkeypatch.setattr(f"rl_helpers.deep.many.{module}.LONGEST_EPISODE", 40)


@pytest.mark.usefixtures("_short_patience")
@pytest.mark.parametrize("env_id", ["Tests/Endless-v0", "CliffWalking-v1"])
def test_a_world_without_an_end_ends_and_says_why(env_id):
    options = {"disable_env_checker": True, "terminated": False} if env_id.startswith("Tests") else {}
    env = gym.make(env_id, **options)
    agent = agent_for(PPOAgent, env)
    with pytest.warns(
        UserWarning, match=r"cut off after 108,000 steps: it has no time limit and did not end; make"
    ):
        score = evaluate_many(agent, env, n_episodes=2, seed=0)
    assert score.lengths.tolist() == [[40, 40]]
    with pytest.warns(UserWarning, match=r"cut off after"):
        history = ReinforceAgent.train_many(env, n_runs=2, n_episodes=2, seed=0)
    assert history.lengths.max() == 40


@pytest.mark.parametrize("agent_class", [PPOAgent, DQNAgent])
@pytest.mark.parametrize("other", ["Acrobot-v1", "FrozenLake-v1", "Pendulum-v1"])
def test_an_agent_of_another_world_is_refused(agent_class, other):
    agent = agent_for(agent_class, gym.make("CartPole-v1"))
    for use in (lambda env: evaluate_many(agent, env), lambda env: go_on(agent, env, n_steps=10)):
        with pytest.raises(
            ValueError, match=r"the observation_space of \w+ is .*, and this agent was made for"
        ):
            use(gym.make(other))


def test_a_larger_lake_is_another_world():
    lakes = [gym.make("FrozenLake-v1", map_name=name) for name in ("4x4", "8x8")]
    for one, other in (lakes, lakes[::-1]):
        with pytest.raises(ValueError, match=r"is Discrete\(\d+\), and this agent was made for Discrete"):
            evaluate_many(agent_for(PPOAgent, one), other)


def test_other_bounds_and_dtypes_are_the_same_world():
    agent = PPOAgent(
        gym.spaces.Box(-1, 1, (2,), np.float64), gym.spaces.Discrete(2), rng=np.random.default_rng(0)
    )
    assert evaluate_many(agent, walk(), n_episodes=2, seed=0).lengths.tolist() == [[10, 10]]


@pytest.mark.parametrize(
    ("env", "words"),
    [
        (
            "CartPole-v1",
            r"env is 'CartPole-v1', expected an environment: give gymnasium.make\('CartPole-v1'\)",
        ),
        (walk, r"expected an environment: give what the function returns"),
        (SyncVectorEnv([walk]), r"expected an environment: give a single one"),
        (None, r"env is None, expected an environment: such as"),
    ],
)
def test_what_is_no_environment_is_told_what_to_give(env, words):
    agent = agent_for(PPOAgent, walk())
    for use in (
        lambda: PPOAgent.train_many(env, n_steps=10),
        lambda: go_on(agent, env, n_steps=10),
        lambda: evaluate_many(agent, env),
        lambda: vector_of(env, 2),
    ):
        with pytest.raises(TypeError, match=words):
            use()


def test_environments_that_hide_what_was_seen_last_are_refused():
    class Hidden(gym.Wrapper):
        def many(self, num_envs):
            vector = SyncVectorEnv([walk] * num_envs, autoreset_mode=AutoresetMode.SAME_STEP)
            return DictInfoToList(vector)

    with pytest.raises(TypeError, match=r'in the same step, and its infos have no "final_obs"'):
        PPOAgent.train_many(Hidden(walk()), n_runs=1, n_steps=100, seed=0)


def test_a_method_that_happens_to_be_called_many_is_left_alone():
    class Orchard(gym.Wrapper):
        def many(self):
            return "apples"

    assert vector_of(Orchard(walk()), 2).num_envs == 2


def test_measuring_keeps_no_steps(monkeypatch):
    def joined(steps):
        raise AssertionError("steps were kept")

    monkeypatch.setattr(rollout.Player, "joined", staticmethod(joined))
    assert training.Player is rollout.Player
    assert evaluate_many(agent_for(PPOAgent, walk()), walk(), n_episodes=2, seed=0).returns.tolist() == [
        [10, 10]
    ]


def test_a_world_is_tried_and_closed(monkeypatch):
    closed = []
    monkeypatch.setattr(Walk, "close", lambda self: closed.append(self))
    vectors.vector_of(walk(), 2)
    assert len(closed) == 1
