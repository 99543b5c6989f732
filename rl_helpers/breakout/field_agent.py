"""The network that learns Breakout from pictures: what it is told, its settings, and its file."""

import numpy as np

from rl_helpers.atari.many import SignsAndLives
from rl_helpers.breakout.pictures import MIRROR, make_breakout_games, mirrored_pictures, untouched_wall
from rl_helpers.deep.q import DQNAgent
from rl_helpers.deep.q.playing import QParameters
from rl_helpers.deep.trees import arrays, with_arrays
from rl_helpers.notebook.paths import DATA
from rl_helpers.schedules import InTurn, LinearDecay

NETWORK = DATA / "breakout_network.npz"
N_GAMES = 32
"""Games that one network learns from at a time."""
N_FALLING = 1_000_000
"""Decisions over which the step size falls at first, at most: a long training begins as that of a million.
Over the rest of a longer one it falls on, to a tenth. The three trainings that are measured had stood at 21
to 23 points while learning with a step size of 0.0001; as it fell, they came to 25 to 29."""


def last_tenth(n_updates):
    """Return the share of the mean of all weights that is kept, so that it reaches back over a tenth of them.

    A network that learns for long with one step size dances around what it could be. At 2,100,000 decisions
    the mean of two networks that lay 250,000 apart made 27.0 points (25.3 to 28.7), the later one, itself the
    mean of its last 1,000 updates, 24.2 (22.7 to 25.8); one training, 60 games.

    Source: polynomial-decay averaging of O. Shamir and T. Zhang (2013), "Stochastic gradient descent for
        non-smooth optimization: convergence results and optimal averaging schemes", section 4.

    >>> last_tenth(9), round(last_tenth(90_000), 4)
    (0.5, 0.9999)
    """
    return n_updates / (n_updates + 9)


SETTINGS = {
    "hidden": (128, 64),
    "has_layer_norm": True,
    "is_dueling": True,
    "is_double": True,
    "n_frames": 2,
    "n_envs": N_GAMES,
    "discount": 0.98,
    "return_steps": 10,
    "replay_size": 400_000,
    "learning_starts": 2_000,
    "batch_size": 128,
    "n_batches": 2,
    "polyak": 0.005,
    "huber_threshold": 1.0,
    "largest_gradient": 10.0,
    "averaging": last_tenth,
    "mirror": mirrored_pictures,
    "learns_from": SignsAndLives(),
}


class FieldAgent(DQNAgent):
    """A `DQNAgent` that is told what has changed: since the start of the game, and since the last picture.

    Most of the picture is wall, and the wall is the same at nearly every decision. A layer that is told all
    of it hears the ball, eight points among five thousand, only faintly. So the wall as it stands at the
    start is taken away, and the last picture is taken away from this one: bricks that stand count nothing,
    missing ones a little, and what moves counts most. After 40,000 decisions, one training each, that was 5.2
    points against 1.7 of a network that is told both pictures as they are.

    Where nothing is to be tried out, it looks into a mirror, too: what it says is the mean of both. After
    300,000 decisions that was 13.4 points (12.3 to 14.5) against 11.8 (10.9 to 12.8), one training.

    Args:
        observation_space, action_space, **settings: see `DQNAgent`; observations (2, 41, 36).
    """

    MISSING, MOVED = 0.5, 2.0
    """What a full block counts that is gone, and one that has come since the last picture."""

    def __init__(self, observation_space, action_space, **settings):
        super().__init__(observation_space, action_space, **settings)
        self._wall = untouched_wall().ravel().view(np.int8)

    def says(self, seen, *, explore=False):
        """Return Q of what was seen, float (n_runs, n_samples, n_actions); the mean with the mirror's."""
        said = super().says(seen, explore=explore)
        if explore:
            return said
        in_mirror = seen.reshape(*seen.shape[:-1], *self.observation_space.shape)[..., ::-1]
        return (said + super().says(in_mirror.reshape(seen.shape))[..., MIRROR]) / 2

    def inputs(self, seen):
        """Return what the network is told of flat pictures, float (n_runs, n_samples, n_numbers)."""
        before, now = np.split(seen.view(np.int8), 2, axis=-1)
        told = np.empty(seen.shape, self.dtype)
        n = len(self._wall)
        most = float(self.observation_space.high.max())
        told[..., :n] = now - self._wall
        told[..., :n] *= self.dtype.type(self.MISSING / most)
        told[..., n:] = now - before
        told[..., n:] *= self.dtype.type(self.MOVED / most)
        return told


def new_agent(n_decisions, *, seed, **settings):
    """Return an agent that knows nothing.

    Args:
        n_decisions: how long it will be trained; the step size falls over that, see `N_FALLING`, and ε over
            30,000 of them or half.
        seed: of its weights and its random choices.
        **settings: in place of `SETTINGS`, see `DQNAgent`.
    """
    env = make_breakout_games(1)
    step_size = LinearDecay(5e-4, 1e-4, n_steps=min(n_decisions, N_FALLING))
    if n_decisions > N_FALLING:
        step_size = InTurn(step_size, LinearDecay(1e-4, 1e-5, n_steps=n_decisions - N_FALLING))
    falling = {
        "learning_rate": step_size,
        "epsilon": LinearDecay(1.0, 0.02, n_steps=max(1, min(30_000, n_decisions // 2))),
    }
    return FieldAgent(
        env.single_observation_space,
        env.single_action_space,
        rng=np.random.default_rng(seed),
        **(SETTINGS | falling | settings),
    )


def save_network(agent, path):
    """Write the network that plays, the mean of the last ones, as float32 and without pickle.

    Args:
        agent: of `new_agent`.
        path: of the file, which is replaced: the same bytes for the same network.
    """
    network = agent.parameters.averaged or agent.parameters.network
    with open(path, "wb") as file:
        np.savez(file, **{f"numbers_{n}": array.astype("<f4") for n, array in enumerate(arrays(network))})


def load_network(path=NETWORK):
    """Return an agent with a network that `save_network` has written, the shipped one if no path is given.

    Raises:
        FileNotFoundError: if there is no such file.
    """
    with np.load(path, allow_pickle=False) as file:
        numbers = [file[f"numbers_{number}"] for number in range(len(file.files))]
    # The first layer's outputs and the second's are the hidden units.
    agent = new_agent(1, seed=0, hidden=tuple(numbers[n].shape[-1] for n in range(2)), replay_size=1_000)
    network = with_arrays(agent.parameters.network, numbers)
    agent.parameters = QParameters(network, network, network)
    return agent
