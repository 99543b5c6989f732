"""What a person who plays has achieved: deaths and the farthest column, kept over restarts, and a ghost."""

import json
import os
from contextlib import suppress

import gymnasium as gym

from rl_helpers.notebook import paths
from rl_helpers.super_bob.drawing.painter import picture

FILENAME = "super_bob_played.json"


class Tally(gym.Wrapper):
    """Counts deaths and finishes on a level, and lets the best run so far run along as a ghost.

    What is counted is kept in `notebooks/output/`, by the level's name, or its text where it has none. The
    ghost runs as it ran, though enemies and platforms begin elsewhere; it is gone with the kernel.

    Args:
        env: `Bob/Super-v0` on one level, with render mode "rgb_array".

    Attributes:
        deaths, finishes: how often Bob has died and touched the flag here.
        farthest: the last column he has reached.

    >>> env = Tally(gym.make("Bob/Super-v0", level="B..^..F" + chr(10) + "#######", render_mode="rgb_array"))
    >>> env.told()[:2]
    [['Deaths', '0'], ['Finished', '0']]
    """

    def __init__(self, env):
        super().__init__(env)
        level = env.unwrapped.level
        self._name = level.name or "\n".join(level.rows)
        self.deaths, self.finishes, self.farthest = _kept(self._name)
        self._run, self._best, self._ghost = [], (), ()

    def reset(self, **options):
        """Begin an episode; the ghost begins, too."""
        self._run, self._ghost = [], self._best
        return self.env.reset(**options)

    def step(self, action):
        """Take an action, and count what it led to."""
        result = self.env.step(action)
        info, state = result[-1], self.env.unwrapped.state
        self._run.append((state.x, state.y))
        self.farthest = max(self.farthest, info["column"])
        if result[2] or result[3]:
            self.deaths += bool(info["cause"])
            self.finishes += bool(info["finished"])
            self._best = max(self._best, self._run, key=lambda run: max(run, default=(-1, 0))[0])
            _keep(self._name, (self.deaths, self.finishes, self.farthest))
        return result

    def render(self):
        """Return the picture, with the ghost in it while it is under way."""
        game = self.env.unwrapped
        n_played = len(self._run)
        if game.render_mode != "rgb_array" or not 0 < n_played <= len(self._ghost):
            return self.env.render()
        ghost = self._ghost[n_played - 1]
        return picture(game.game, game.state, faces_left=game.faces_left, ghost=ghost)

    def told(self):
        """Return what a player shows beside the picture: pairs of a name and a text."""
        game = self.env.unwrapped
        return [
            ["Deaths", f"{self.deaths:,}"],
            ["Finished", f"{self.finishes:,}"],
            ["Column", f"{game.state.column} of {game.level.flag_column}"],
            ["Farthest", str(self.farthest)],
            ["Seconds", f"{len(self._run) / game.metadata['render_fps']:.1f}"],
        ]


def _path():
    return paths.OUTPUT / FILENAME


def _all_kept():
    if paths.NO_PROGRESS in os.environ:
        return {}
    try:
        kept = json.loads(_path().read_text(encoding="utf-8"))
        return {name: numbers for name, numbers in kept.items() if _are_counts(numbers)}
    except (OSError, ValueError, AttributeError):
        return {}  # A count that cannot be read begins anew: it is a game.


def _are_counts(numbers):
    return isinstance(numbers, list) and len(numbers) == 3 and all(type(each) is int for each in numbers)


def _kept(name):
    """Return deaths, finishes and the farthest column of a level, zeros where nothing is known."""
    return tuple(_all_kept().get(name, (0, 0, 0)))


def _keep(name, numbers):
    """Write what was counted; a disk that is full must not end a game."""
    if paths.NO_PROGRESS not in os.environ:
        with suppress(OSError):
            new = paths.output_path(f"{FILENAME}.{os.getpid()}")
            new.write_text(json.dumps(_all_kept() | {name: list(numbers)}), encoding="utf-8")
            os.replace(new, _path())
