"""Pong as an environment with numbered states."""

from rl_helpers.atari import NumberedStates, Scores, make_console
from rl_helpers.pong.reading import read_memory, read_pixels
from rl_helpers.pong.states import MIRRORED, SPACE, Watcher

READERS = {"memory": read_memory, "pixels": read_pixels}


def make_pong(space=SPACE, *, source="memory", render_mode=None):
    """Return `ALE/Pong-v5` with its defaults and numbered states.

    A point won brings 1 and a point lost −1, so there is nothing to clip, and there are no lives to lose.

    Args:
        space: a `StateSpace`.
        source: what the state is read from, "memory" or "pixels".
        render_mode: None or "rgb_array".

    Returns:
        The environment. `env.get_wrapper_attr("scores")` holds the scores of the games finished so far, from
        −21 to 21.

    Raises:
        ValueError: if there is no such source.

    >>> env = make_pong()
    >>> env.reset(seed=0)[0], int(env.action_space.n)
    (0, 6)
    """
    game = Scores(make_console("ALE/Pong-v5", source=source, render_mode=render_mode))
    return NumberedStates(game, space, read=READERS[source], watcher=Watcher(), mirrored_actions=MIRRORED)
