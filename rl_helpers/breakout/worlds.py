"""Breakout as an environment with numbered states."""

from rl_helpers.atari import ClipReward, LostLife, NumberedStates, Scores, make_console
from rl_helpers.breakout.game.reading import read_memory, read_pixels
from rl_helpers.breakout.spaces import BEST
from rl_helpers.breakout.states import MIRRORED, Watcher

READERS = {"memory": read_memory, "pixels": read_pixels}


class BreakoutStates(NumberedStates):
    """Breakout with the numbers of a `StateSpace` as its states; see `NumberedStates`."""

    @property
    def ball(self):
        """The `Ball` as it is followed, or None."""
        return self.watcher.ball

    @property
    def rest(self):
        """The `Rest` of the paddle, as it is foreseen."""
        return self.watcher.rest


def make_breakout(space=BEST, *, source="memory", for_training=False, render_mode=None):
    """Return `ALE/Breakout-v5` with its defaults and numbered states.

    Args:
        space: a `StateSpace`.
        source: what the state is read from, "memory" or "pixels".
        for_training: whether rewards are clipped to their sign and a lost life terminates.
            Without it an episode is a game and its return is the score.
        render_mode: None or "rgb_array".

    Returns:
        The environment. `env.get_wrapper_attr("scores")` holds the scores of the games finished so far.

    Raises:
        ValueError: if there is no such source.

    >>> env = make_breakout()
    >>> env.reset(seed=0)[0], int(env.action_space.n)
    (0, 4)
    """
    game = Scores(make_console("ALE/Breakout-v5", source=source, render_mode=render_mode))
    env = BreakoutStates(game, space, read=READERS[source], watcher=Watcher(), mirrored_actions=MIRRORED)
    return LostLife(ClipReward(env)) if for_training else env
