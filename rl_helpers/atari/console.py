"""A game of the console, observed as memory or as pictures."""

import gymnasium as gym

OBSERVED = {"memory": "ram", "pixels": "rgb"}
"""What a state may be read from, and what the console calls it."""


def make_console(name, *, source="memory", render_mode=None):
    """Return a game with its defaults, observed as memory or as pictures.

    Args:
        name: such as `ALE/Freeway-v5`.
        source: what is observed, "memory" (128 bytes) or "pixels" (210 × 160 × 3).
        render_mode: None or "rgb_array".

    Raises:
        ValueError: if there is no such source.

    >>> make_console("ALE/Freeway-v5").observation_space.shape
    (128,)
    """
    if source not in OBSERVED:
        raise ValueError(f"source is {source!r}, expected one of {', '.join(map(repr, OBSERVED))}")
    import ale_py  # Heavy, and a missing game must not keep the rest of the course from working.

    ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)
    gym.register_envs(ale_py)
    return gym.make(name, obs_type=OBSERVED[source], render_mode=render_mode, disable_env_checker=True)
