"""Many consoles with one game in one process and one thread, seen as small pictures."""

from collections.abc import Sequence
from typing import Any

import gymnasium as gym
import numpy as np
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space

from rl_helpers.arguments import count
from rl_helpers.atari.many.block_counts import BlockCounts

MODES = AutoresetMode.SAME_STEP, AutoresetMode.DISABLED


class ConsoleVectorEnv(VectorEnv):
    """Consoles that play a game by the rules under which Gymnasium has registered it.

    Frames between two decisions, sticky actions, lives, rewards and the longest game are read from the
    registration, and nothing is added: no clipped reward, no lost life that ends an episode, no first
    actions by chance. A console does what `gymnasium.make` does with its seed, which is the first one plus
    its number. A test compares the two frame by frame.

    The last pictures are observed, the newest last. After a beginning, all of them are the first one.

    With `SAME_STEP` a game that is over begins again in the same step: the observation is the first of the
    next game, and the last one of the game that ended is in `infos["final_obs"]`. With `DISABLED` it stands
    still until `reset(options={"reset_mask": ...})` begins it again, and costs no time: so each console plays
    one game, and no game counts more because it is short.

    Args:
        game: as registered, such as "ALE/Freeway-v5".
        num_envs: how many consoles.
        view: function from a screen, uint8 (210, 160) of palette numbers, to a picture, uint8, with the
            attributes `shape` and `most`; blocks of the whole screen if not given. None of the rules depends
            on it.
        n_pictures: how many pictures are observed: two show what moves.
        autoreset_mode: `SAME_STEP` or `DISABLED`.
        **rules: in place of those registered, such as `repeat_action_probability=0.0`.

    Raises:
        ValueError: if an argument is out of its range.
        TypeError: if the game is registered with something that is not known here.

    >>> consoles = ConsoleVectorEnv("ALE/Freeway-v5", 2)
    >>> observations, infos = consoles.reset(seed=0)
    >>> observations.shape, infos["lives"].tolist()
    ((2, 2, 42, 40), [0, 0])
    """

    metadata = {"autoreset_mode": AutoresetMode.SAME_STEP, "render_modes": ["rgb_array"]}  # noqa: RUF012 (Gymnasium's way)
    render_mode = "rgb_array"

    def __init__(
        self, game, num_envs=1, *, view=None, n_pictures=2, autoreset_mode=AutoresetMode.SAME_STEP, **rules
    ):
        super().__init__()
        if autoreset_mode not in MODES:
            raise ValueError(f"autoreset_mode is {autoreset_mode!r}, expected SAME_STEP or DISABLED")
        self.metadata = type(self).metadata | {"autoreset_mode": autoreset_mode}
        self.num_envs, self.n_pictures = count("num_envs", num_envs), count("n_pictures", n_pictures)
        self.view = BlockCounts() if view is None else view
        self.rules = _rules(game, rules)
        self._consoles = [_console(self.rules) for _ in range(self.num_envs)]
        is_full = self.rules["full_action_space"]
        first = self._consoles[0]
        self._buttons = first.getLegalActionSet() if is_full else first.getMinimalActionSet()
        self.single_action_space = gym.spaces.Discrete(len(self._buttons))
        shape = self.n_pictures, *self.view.shape
        self.single_observation_space = gym.spaces.Box(0, self.view.most, shape, np.uint8)
        self.action_space = batch_space(self.single_action_space, self.num_envs)
        self.observation_space = batch_space(self.single_observation_space, self.num_envs)
        self._screen = np.zeros(first.getScreenDims(), np.uint8)
        self._observations = np.zeros((self.num_envs, *shape), np.uint8)
        self._over = np.zeros(self.num_envs, dtype=bool)
        self._ended = np.zeros((2, self.num_envs), dtype=bool)  # terminated, truncated
        self._has_begun = False

    def reset(
        self, *, seed: int | Sequence[int | None] | None = None, options: dict[str, Any] | None = None
    ) -> tuple[np.ndarray, dict[str, Any]]:
        """Begin a game on every console.

        Args:
            seed: of the first console, the others follow; or one each. None: go on with its random numbers.
            options: `{"reset_mask": bool (num_envs,)}`: begin on these consoles alone.

        Returns:
            Observations (num_envs, n_pictures, ...), and infos, arrays (num_envs,).
        """
        mask = self._mask(options)
        seeds = [seed] * self.num_envs if seed is None else seed
        if isinstance(seeds, (int, np.integer)):
            seeds = range(seeds, seeds + self.num_envs)
        if len(seeds) != self.num_envs:
            raise ValueError(f"seed has {len(seeds)} entries, expected {self.num_envs}: one a console")
        for number, own in enumerate(seeds):
            if mask[number] and own is not None:
                _load(self._consoles[number], own, self.rules)
        self._begin(np.flatnonzero(mask).tolist())
        self._has_begun = True
        infos = self._infos()
        self._lives = infos["lives"]
        return self._observations.copy(), infos

    def step(
        self, actions: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, dict[str, Any]]:
        """Press a button on every console for the frames of one decision.

        Args:
            actions: int (num_envs,). Where a game is over and stands still, the action does nothing.

        Returns:
            Observations (num_envs, n_pictures, ...), rewards, whether terminated, whether truncated, and
            infos: `lives` that are left, `lost_lives` in this step, `episode_frame_number`, arrays
            (num_envs,), and what Gymnasium says of games that ended.
        """
        if not self._has_begun:
            raise gym.error.ResetNeeded("no game has begun: call reset before the first step")
        actions = np.asarray(actions)
        if actions.shape != (self.num_envs,) or actions.dtype.kind not in "iu":
            raise ValueError(
                f"actions have the shape {actions.shape} and the type {actions.dtype}, expected whole "
                f"numbers ({self.num_envs},)"
            )
        if actions.min() < 0 or actions.max() >= len(self._buttons):
            raise ValueError(
                f"actions are {actions}, expected whole numbers from 0 to {len(self._buttons) - 1}"
            )
        rewards = np.zeros(self.num_envs)
        observations = self._observations
        plays = np.flatnonzero(~self._over).tolist()
        observations[plays, :-1] = observations[plays, 1:]
        for number in plays:
            console = self._consoles[number]
            rewards[number] = console.act(self._buttons[actions[number]])
            console.getScreen(self._screen)
            observations[number, -1] = self.view(self._screen)
            if console.game_over():
                self._ended[:, number] = console.game_over(with_truncation=False), console.game_truncated()
        terminated, truncated = self._ended.copy()
        infos, before = self._infos(), self._lives
        self._lives = infos["lives"]
        lost = {"lost_lives": np.maximum(before - self._lives, 0)}
        ended = np.flatnonzero((terminated | truncated) & ~self._over).tolist()
        self._over[ended] = True
        if ended and self.metadata["autoreset_mode"] == AutoresetMode.SAME_STEP:
            infos |= self._ends(ended, infos)
            self._begin(ended)
            infos |= self._infos()
            self._lives = infos["lives"]
        return observations.copy(), rewards, terminated, truncated, infos | lost

    def render(self) -> tuple[np.ndarray, ...]:
        """Return the screen of every console, uint8 (height, width, 3) each."""
        return tuple(console.getScreenRGB() for console in self._consoles)

    def memory(self) -> np.ndarray:
        """Return the memory of every console, uint8 (num_envs, 128)."""
        return np.stack([console.getRAM() for console in self._consoles])

    def _begin(self, numbers) -> None:
        for number in numbers:
            console = self._consoles[number]
            console.reset_game()
            console.getScreen(self._screen)
            self._observations[number] = self.view(self._screen)
        self._over[numbers] = False
        self._ended[:, numbers] = False

    def _ends(self, ended, infos) -> dict[str, Any]:
        """Return what is said about games that ended, as Gymnasium says it."""
        final, which = np.full(self.num_envs, None, dtype=object), np.zeros(self.num_envs, dtype=bool)
        which[ended] = True
        for number in ended:
            final[number] = self._observations[number].copy()
        last = {name: np.where(which, value, 0) for name, value in infos.items()}
        return {"final_obs": final, "_final_obs": which, "final_info": last, "_final_info": which}

    def _infos(self) -> dict[str, Any]:
        return {
            "lives": np.array([console.lives() for console in self._consoles]),
            "episode_frame_number": np.array([each.getEpisodeFrameNumber() for each in self._consoles]),
        }

    def _mask(self, options):
        """Return which consoles `reset` is to begin on, bool (num_envs,)."""
        options = dict(options or {})
        mask = np.asarray(options.pop("reset_mask", np.ones(self.num_envs, dtype=bool)))
        if options:
            raise ValueError(f"options are {options!r}, expected none but reset_mask")
        if mask.shape != (self.num_envs,) or mask.dtype != bool:
            raise ValueError(
                f"reset_mask has the shape {mask.shape} and the type {mask.dtype}, expected bool "
                f"({self.num_envs},)"
            )
        if not self._has_begun and not mask.all():
            raise gym.error.ResetNeeded("no game has begun: reset all consoles first, without reset_mask")
        return mask


DEFAULTS = {
    "full_action_space": False,
    "max_num_frames_per_episode": None,
    "mode": None,
    "difficulty": None,
}
"""What a registration need not say."""


def _rules(game, others):
    """Return the rules of a registered game, with others in their place."""
    import ale_py  # Heavy, and a missing game must not keep the rest of the course from working.

    gym.register_envs(ale_py)
    registered = {name: value for name, value in gym.spec(game).kwargs.items() if name != "obs_type"}
    rules = DEFAULTS | registered | others
    if unknown := set(rules) - {"game", "frameskip", "repeat_action_probability", *DEFAULTS}:
        raise TypeError(f"{sorted(unknown)} are no rules of a console: leave them out")
    return rules


def _console(rules):
    """Return a console with a game in it, the rules set."""
    import ale_py

    if not isinstance(rules["frameskip"], int) or rules["frameskip"] < 1:
        raise ValueError(
            f"frameskip is {rules['frameskip']}, expected a whole number: take version 5 of the game"
        )
    ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)
    console = ale_py.ALEInterface()
    console.setFloat("repeat_action_probability", rules["repeat_action_probability"])
    # The console itself repeats the action: that is `act` called so often, with the same random numbers.
    console.setInt("frame_skip", rules["frameskip"])
    if rules["max_num_frames_per_episode"] is not None:
        console.setInt("max_num_frames_per_episode", rules["max_num_frames_per_episode"])
    _load(console, None, rules)
    return console


def _load(console, seed, rules):
    """Load the game with random numbers of a seed, the way `ale_py.AtariEnv` does."""
    from ale_py import roms

    _, number = np.random.SeedSequence(seed).generate_state(n_words=2)
    console.setInt("random_seed", np.int32(number))
    console.loadROM(roms.get_rom_path(rules["game"]))
    if rules["mode"] is not None:
        console.setMode(rules["mode"])
    if rules["difficulty"] is not None:
        console.setDifficulty(rules["difficulty"])
