"""Deep Q-networks: Q-learning with a network, from a memory, towards a copy that is held still."""

from math import inf

import numpy as np

from rl_helpers.agents.checks import check_reward
from rl_helpers.arguments import count, number_in
from rl_helpers.deep.adam import adam, adam_start, clip_norm
from rl_helpers.deep.many.training import train_many
from rl_helpers.deep.q.learning import DIAGNOSTICS, towards, uphill
from rl_helpers.deep.q.playing import QParameters, QPlayer
from rl_helpers.deep.q.replay import Replay
from rl_helpers.deep.q.seeing import mirrored
from rl_helpers.schedules import amount_at, share_at


class DQNAgent(QPlayer):
    """DQN, in one run or many, with the parts that it has been given since.

    Args:
        observation_space, action_space, n_runs, n_envs, hidden, has_layer_norm, is_dueling, epsilon,
            play_epsilon, averaging, n_frames, standardise_steps, dtype, rng: see `QPlayer`.
        learning_rate: step size of Adam (α) > 0, or a schedule: a function from the number of decisions taken
            to α.
        discount: γ, 0 ≤ γ ≤ 1.
        is_double: whether the network that learns chooses the next action; see `updates.double_dqn_target`.
        return_steps: rewards that are counted before the held network is asked, n of n-step returns.
        replay_size: steps that the memory of each run holds.
        largest_megabytes: that the memory of all runs may take.
        learning_starts: steps of each run that are in the memory before it learns.
        batch_size: steps that are drawn from the memory at a time.
        steps_per_update: time steps of each environment between two times of learning.
        n_batches: batches that are learned from each time.
        polyak: τ: after each batch the held network goes this share of the way to the one that learns; 0.005
            if neither this nor `target_every` is given.
        target_every: batches after which the held network is made equal to the one that learns. With 1 no
            network is held.
        huber_threshold: see `updates.huber`; infinity is half the squared error. With 1, as in the paper, an
            error of 100 weighs no more than one of 1: what is rare and matters much, such as the fall of a
            pole, is not heard, and values may grow without end. It fits where returns are about 1.
        largest_gradient: the gradient of all parameters of a run is shortened to this length.
        mirror: function from observations (n, ...) and actions (n,), counted from 0, to those of the mirrored
            world, where the world is as likely as its mirror image; half of all samples are mirrored.
        learns_from: function from a step, a `Rollout` with axes (n_runs, n_envs), and the `infos` of the
            environments to the rewards and ends that are learned from, (n_runs, n_envs) each; the step's own
            `rewards` and `terminated` if not given.

    Attributes:
        parameters: `QParameters`.
        memory: `Replay`; `memory.megabytes` says what it takes.
        n_decisions: time steps of each run, on average.
        n_updates: batches learned from.

    Source:
        Mnih et al. (2015), "Human-level control through deep reinforcement learning".

    >>> import gymnasium as gym
    >>> pole = gym.make("CartPole-v1")
    >>> history = DQNAgent.train_many(pole, n_runs=2, n_steps=300, seed=0, learning_starts=100)
    >>> sorted(history.diagnostics), history.agent.n_updates > 200
    (['loss', 'q_value', 'target'], True)
    """

    def __init__(
        self,
        observation_space,
        action_space,
        *,
        learning_rate=0.0005,
        discount=0.99,
        is_double=True,
        return_steps=1,
        replay_size=50_000,
        largest_megabytes=600,
        learning_starts=1000,
        batch_size=64,
        steps_per_update=1,
        n_batches=1,
        polyak=None,
        target_every=None,
        huber_threshold=inf,
        largest_gradient=inf,
        mirror=None,
        learns_from=None,
        **playing,
    ):
        self.learning_rate = (
            learning_rate
            if callable(learning_rate)
            else number_in("learning_rate", learning_rate, 0, inf, low_open=True, high_open=True)
        )
        self.discount = number_in("discount", discount, 0, 1)
        self.is_double, self.return_steps = is_double, count("return_steps", return_steps)
        self.learning_starts = count("learning_starts", learning_starts, at_least=0)
        self.batch_size = count("batch_size", batch_size)
        self.steps_per_update = count("steps_per_update", steps_per_update)
        self.n_batches = count("n_batches", n_batches)
        if polyak is not None and target_every is not None:
            raise TypeError(
                f"polyak is {polyak} and target_every is {target_every}: give one of them, how the held "
                "network follows"
            )
        self.target_every = None if target_every is None else count("target_every", target_every)
        self.polyak = number_in("polyak", 0.005 if polyak is None else polyak, 0, 1, low_open=True)
        self.huber_threshold = number_in("huber_threshold", huber_threshold, 0, inf, low_open=True)
        self.largest_gradient = number_in("largest_gradient", largest_gradient, 0, inf, low_open=True)
        self.mirror, self.learns_from = mirror, learns_from
        self.replay_size, self.largest_megabytes = count("replay_size", replay_size), largest_megabytes
        super().__init__(observation_space, action_space, **playing)
        self.n_updates = 0
        self.begin_again()

    train_many = classmethod(train_many)

    def begin_again(self):
        """Forget what was lived through, but not what was learned."""
        self.memory = Replay(
            self.n_runs,
            self.n_envs,
            self.replay_size,
            self.n_numbers,
            dtype=self.stored,
            n_frames=self.n_frames,
            largest_megabytes=self.largest_megabytes,
        )
        self._last_seen = self._begun = None
        self.forget_steps()

    def forget_steps(self):
        """Let the optimiser begin anew, as it must with other parameters."""
        self.climbed = adam_start(self.parameters.network)

    def update(self, transition):
        """Keep one `Transition`, and learn when it is time; return the diagnostics if so, else None."""
        state, action, reward, next_state, terminated = transition
        if self.n_runs != 1 or self.n_envs != 1:
            raise TypeError(
                f"this agent learns in {self.n_runs} runs from {self.n_envs} environments each at once: make "
                "it with n_runs=1 and n_envs=1, or use `train_many`"
            )
        check_reward(reward)
        here, there = self.see_one(state), self.see_one(next_state)
        if not self.action_space.contains(action):
            raise ValueError(f"action is {action!r}, expected one of {self.action_space}")
        action, is_over = int(action) - int(self.action_space.start), bool(terminated)
        if self._last_seen is not None and not np.array_equal(here, self._last_seen):
            self.end_episode()  # somebody has begun another one
        self.memory.add(here, [[action]], [[float(reward)]], there, [[is_over]], [[is_over]])
        self._last_seen = there
        self.n_steps_of_all += 1
        return self.learn_from_memory() if self.n_steps_of_all % self.steps_per_update == 0 else None

    def begin_episode(self):
        """Note that what came before belongs to another episode: one that was broken off is over."""
        self.end_episode()

    def end_episode(self):
        """Note that the last transition ended its episode, by its end or by a time limit."""
        if self._last_seen is not None:
            self.memory.end(self._last_seen)
            self._last_seen = None

    def collect(self, player):
        """Play `steps_per_update` time steps; return a `Rollout` and a list of every `Episode` that ended."""
        if player.begun is not self._begun:  # the episodes of another player were left
            self.memory.break_off()
            self._begun = player.begun
        steps, episodes = [], []
        for _ in range(self.steps_per_update):
            step = player.step(episodes)
            rewards, terminated = (
                self.learns_from(step, player.infos) if self.learns_from else (step.rewards, step.terminated)
            )
            self.memory.add(
                step.inputs, step.actions, rewards, step.next_inputs, terminated, step.ended, step.is_valid
            )
            self.n_steps_of_all += int(step.is_valid.sum())
            steps.append(step)
        return player.joined(steps), episodes

    def learn(self, rollout):
        """Learn from the memory, which holds the rollout by now; return `DIAGNOSTICS`, (n_runs,) each."""
        return self.learn_from_memory() or dict.fromkeys(DIAGNOSTICS, np.full(self.n_runs, np.nan))

    def learn_from_memory(self):
        """Learn from `n_batches` batches; return what the last one says, None before `learning_starts`."""
        if not self.memory.has(self.learning_starts):
            return None
        for _ in range(self.n_batches):
            diagnostics = self._learn_batch()
        return diagnostics

    def _learn_batch(self):
        batch = self.memory.sample(
            self.rng, self.batch_size, n_steps=self.return_steps, discount=self.discount
        )
        if self.mirror:
            batch = mirrored(batch, self.mirror, self.observation_space, self.rng)
        here, there = (self.inputs(each) for each in (batch.observations, batch.next_observations))
        gradient, said = uphill(
            self.parameters.network,
            self.parameters.held,
            batch._replace(observations=here, next_observations=there),
            discount=self.discount,
            is_double=self.is_double,
            huber_threshold=self.huber_threshold,
        )
        self._climb(gradient)
        return said

    def _climb(self, gradient):
        """Take one step, and let the held and the averaged network follow."""
        if self.largest_gradient < inf:
            gradient, _ = clip_norm(gradient, self.largest_gradient)
        network, held, averaged = self.parameters
        rate = self.learning_rate
        if callable(rate):
            rate = amount_at("learning_rate", rate, self.n_decisions)
        network, climbed = adam(network, gradient, self.climbed, rate)
        n_updates = self.n_updates + 1
        if self.target_every is None:
            held = towards(held, network, self.polyak)
        elif n_updates % self.target_every == 0:
            held = network
        if averaged:
            kept = self.averaging
            if callable(kept):
                kept = share_at("averaging", kept, n_updates)
            averaged = towards(averaged, network, 1 - min(kept, n_updates / (n_updates + 1)))
        self.parameters, self.climbed, self.n_updates = (
            QParameters(network, held, averaged),
            climbed,
            n_updates,
        )
