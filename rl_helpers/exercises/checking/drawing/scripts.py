"""Draws scripts for the scripted world: episodes of any length and ending, and says them in words."""

from rl_helpers.exercises.checking.drawing.inputs import length

ENDINGS = {
    "terminated": "terminated",
    "truncated": "truncated (the time is up)",
    "both": "terminated and truncated at once",
}
LONGER_THAN_ANY_LOOP = 10_500
DEEP = 200  # more turns than a function may call itself
MOST_IN_WORDS = 12
FIRST_STATE = 40


def script(rng, n_steps=None):
    """Return one episode, (rewards, ending).

    >>> import numpy as np
    >>> script(np.random.default_rng(1), 3)
    ([0.0, 0.5, 1.0], 'terminated')
    """
    n_steps = length(rng) if n_steps is None else n_steps
    largest = int(rng.choice([4, 40]))
    rewards = (rng.integers(-largest, largest + 1, size=n_steps) / 4).tolist()
    return rewards, str(rng.choice(list(ENDINGS)))


def words(*episodes):
    """Return in words what a world is like.

    >>> words(([0.5], "both"), ([0.0] * 300, "truncated"))
    'episode 0: rewards [0.5], then terminated and truncated at once; episode 1: 300 steps, then truncated
    (the time is up)'
    """
    texts = []
    for number, (rewards, ending) in enumerate(episodes[:MOST_IN_WORDS]):
        steps = f"rewards {rewards}" if len(rewards) <= MOST_IN_WORDS else f"{len(rewards)} steps"
        start = f"episode {number}: " if len(episodes) > 1 else ""
        texts.append(f"{start}{steps}, then {ENDINGS[ending]}")
    more = len(episodes) - MOST_IN_WORDS
    return "; ".join([*texts, f"and {more} more"] if more > 0 else texts)
