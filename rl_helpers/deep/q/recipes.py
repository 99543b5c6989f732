"""Settings that are known to learn, and what is left out of them to see what it was good for.

What was measured with them is in `data/deep_q.json`; `python -m tools.deep_q` measures it again.
"""

from math import inf

from rl_helpers.schedules import LinearDecay


def time_limits_end_all(step, infos):
    """Return rewards and ends as one learns from them who takes a time limit for the end; see `DQNAgent`."""
    return step.rewards, step.ended


CARTPOLE = {
    "n_envs": 8,
    "hidden": (64, 64),
    "learning_rate": LinearDecay(0.001, 0.0001, n_steps=100_000),
    "discount": 0.99,
    "epsilon": LinearDecay(1.0, 0.05, n_steps=10_000),
    "return_steps": 5,
    # Each batch raises what is aimed at by about 5 × 0.02 rewards: slower, and 100,000 decisions are too few.
    "polyak": 0.02,
    # A pole that falls is one step in twenty at first, one in five hundred later, and its error is as large
    # as the value of all that is lost. Cut off at 1 it weighs no more than any other step.
    "huber_threshold": inf,
    "replay_size": 50_000,
    "batch_size": 64,
}
"""For `CartPole-v1`, 100,000 decisions."""

CARTPOLE_WITHOUT = {
    "nothing": {},
    "the square": {"huber_threshold": 1.0},
    "several steps": {"return_steps": 1},
    "a target network": {"polyak": None, "target_every": 1},
    "double": {"is_double": False},
    "replay": {"replay_size": 64},
    "time limits told apart": {"learns_from": time_limits_end_all},
    "all of that": {"huber_threshold": 1.0, "return_steps": 1, "polyak": 0.005, "is_double": False},
}
"""From what is left out to the settings that do so. Without replay the last 64 steps are learned from, and
"all of that" is DQN with Huber's loss, one step and a slow target, as one first writes it."""

ROOM = {
    "n_envs": 64,
    "hidden": (32,),
    "learning_rate": LinearDecay(0.0005, 0.00002, n_steps=100_000),
    "discount": 0.95,
    # At random the post is found once in 8,600 decisions: exploration has to last.
    "epsilon": LinearDecay(1.0, 0.3, n_steps=80_000),
    "return_steps": 3,
    "target_every": 20,
    "replay_size": 30_000,
    "largest_megabytes": 1100,
    "batch_size": 32,
    "n_batches": 2,
    "averaging": 0.995,
    "standardise_steps": 1000,
}
"""For Bob's room from its picture, `StatesAsPictures(gym.make("Bob/Room-v0"))`, 100,000 decisions."""
