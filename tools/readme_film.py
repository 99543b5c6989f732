"""Makes the film at the top of the README: `python -m tools.readme_film` writes `data/bob_learns.gif`."""

import gymnasium as gym
import numpy as np

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import QLearningAgent
from rl_helpers.gifs import create_gif, record_episode, side_by_side
from rl_helpers.notebook.paths import DATA
from rl_helpers.training import train

FILM = DATA / "bob_learns.gif"


def main(filename=FILM):
    """Train Bob and write him before and after, beside each other."""
    room = gym.make("Bob/Room-v0", render_mode="rgb_array")
    bob = QLearningAgent(room.observation_space.n, room.action_space.n, rng=np.random.default_rng(0))
    before = record_episode(room, bob, seed=0, max_steps=24)
    train(room, bob, n_episodes=600, seed=0)
    after = record_episode(room, bob, seed=0)
    create_gif(side_by_side({"first day": before, "600 episodes later": after}), filename, hold_last=1.5)


if __name__ == "__main__":
    main()
