"""The platform game as a Gymnasium environment: `Bob/Super-v0`."""

from collections.abc import Mapping, Sequence
from typing import Any

import gymnasium as gym
import numpy as np

from rl_helpers.arguments import count
from rl_helpers.super_bob.drawing.painter import picture
from rl_helpers.super_bob.drawing.small import SMALL_SHAPE, SmallPicture
from rl_helpers.super_bob.drawing.words import describe, text_picture
from rl_helpers.super_bob.game.beginnings import Beginnings
from rl_helpers.super_bob.game.observations import N_NUMBERS, N_TILES, SIGHTS, observe
from rl_helpers.super_bob.game.single import ACTIONS, ALIVE, CAUSES, DIRECTIONS, Game, State, first_state
from rl_helpers.super_bob.levels.level import Level
from rl_helpers.super_bob.levels.rules import FRAME_SKIP, LONGEST_SKIP, PICTURES_A_SECOND
from rl_helpers.super_bob.rewards import check_rewards, reward_of

OBSERVATIONS = (*SIGHTS, "pixels")


def observation_space(observation: str) -> gym.spaces.Box:
    """Return the space of "tiles", "foresight" or "pixels".

    Raises:
        ValueError: if it is none of them.
    """
    if observation not in OBSERVATIONS:
        raise ValueError(f"observation is {observation!r}, expected one of {', '.join(OBSERVATIONS)}")
    if observation == "pixels":
        return gym.spaces.Box(0, 255, SMALL_SHAPE, np.uint8)
    return gym.spaces.Box(-1.0, 1.0, (N_TILES + N_NUMBERS,))


def checked_skip(frame_skip: int) -> int:
    """Return for how many pictures a decision lasts, if it can.

    Raises:
        ValueError: if it cannot.
    """
    if count("frame_skip", frame_skip) > LONGEST_SKIP:
        raise ValueError(f"frame_skip is {frame_skip}, expected 1 to {LONGEST_SKIP} pictures a decision")
    return int(frame_skip)


class SuperBobEnv(gym.Env[np.ndarray, int]):
    """Bob runs and jumps from the left of a level to the flag at its right.

    ## Action space
    `Discrete(6)`: nothing, left, right, jump, left and jump, right and jump. What is chosen is held for four
    pictures. How high a jump goes depends on how long it is held; for a second one the key must be released.

    ## Observation space
    "tiles": `Box(-1, 1, (161,), float32)`: 13 × 11 tiles around Bob, then 18 numbers, see `observations.py`.
    "foresight": the same, but enemies and platforms are told from 16 columns away, and for their speeds, how
    far they will be in 16 pictures.
    "pixels": `Box(0, 255, (2, 52, 80), uint8)`: two small grey pictures, one decision apart.

    ## Starting state
    Bob on his start, at rest; every enemy and every platform somewhere on its round, drawn by chance.
    From there on nothing is left to chance.

    ## Rewards
    +0.5 for every new column, +5 for the flag, −1 for a death, −0.005 for every decision. Fish and enemies
    stomped are counted, and earn what `rewards` says: nothing, unless it is changed.

    ## Episode end
    Terminated by the flag or by a death: a fall, spikes, an enemy. Truncated after 1,500 decisions, 100
    seconds, by `gym.make`.

    ## Information
    "column": the last that Bob has reached; "finished": whether he has touched the flag; "cause": what he
    died of, or ""; "coins" and "stomps" of the episode.

    ## Arguments
    See `__init__`.

    >>> import gymnasium as gym, rl_helpers
    >>> env = gym.make("Bob/Super-v0", level="B..F" + chr(10) + "####")
    >>> observation, info = env.reset(seed=0)
    >>> for _ in range(9):
    ...     observation, reward, terminated, truncated, info = env.step(2)
    >>> terminated, info["column"], info["finished"]
    (True, 3, True)
    """

    metadata = {"render_modes": ["rgb_array", "ansi"], "render_fps": PICTURES_A_SECOND}  # noqa: RUF012

    def __init__(
        self,
        level: str | Level | Sequence = "meadow",
        *,
        observation: str = "tiles",
        frame_skip: int = FRAME_SKIP,
        starts: Sequence[int] | None = None,
        rewards: Mapping[str, float] | None = None,
        render_mode: str | None = None,
    ):
        """Build a game.

        Args:
            level: a name of `LEVELS`, a text map, a `Level`, or several of these: `reset` draws one.
            observation: "tiles", "foresight" or "pixels".
            frame_skip: pictures a decision lasts, 1 to 8.
            starts: columns of which `reset` draws one where Bob begins; None: at his start.
            rewards: those to change, by name: column, coin, stomp, flag, death, decision.
            render_mode: "rgb_array", "ansi" or None.

        Raises:
            ValueError: if an argument is out of its range, or a level is none.
        """
        if render_mode not in (None, *self.metadata["render_modes"]):
            raise ValueError(f'render_mode is {render_mode!r}: choose "rgb_array", "ansi" or None')
        self.render_mode = render_mode
        self._beginnings = Beginnings(level, starts)
        self.frame_skip = checked_skip(frame_skip)
        self.metadata = self.metadata | {"render_fps": PICTURES_A_SECOND // self.frame_skip}
        self.rewards = check_rewards(rewards)
        self.action_space = gym.spaces.Discrete(len(ACTIONS))
        self.observation_space = observation_space(observation)
        self._sight = SIGHTS.get(observation)
        self._pixels = SmallPicture(self._beginnings.levels) if observation == "pixels" else None
        self.game = Game(self._beginnings.levels[0])
        self.state = first_state(self.game.level)
        self.faces_left = False
        self._playing = False

    @property
    def level(self) -> Level:
        """The level of this episode."""
        return self.game.level

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[np.ndarray, dict[str, Any]]:
        """Begin an episode.

        Args:
            seed: starts the random numbers afresh.
            options: `{"state": a State}` begins there, such as `env.unwrapped.state` was in a game with the
                same phases; `{"phases": whole numbers}` sets these.

        Returns:
            The observation, and what is known about the episode.
        """
        super().reset(seed=seed)
        options = options or {}
        if not set(options) <= {"state", "phases"}:
            raise ValueError(f'options are {options!r}: those here are "state" and "phases"')
        number, column, phases = self._beginnings.draw(self.np_random)
        level = self._beginnings.levels[number]
        self.game = Game(level, tuple(options.get("phases", phases)))
        self.state = State(*options["state"]) if "state" in options else first_state(level, column)
        self.faces_left = False
        self._playing = True
        return self._observation(begins=True), self._info()

    def step(self, action: int) -> tuple[np.ndarray, float, bool, bool, dict[str, Any]]:
        """Hold an action for some pictures; see Gymnasium's `Env.step` for the five values it returns."""
        if not self._playing:
            raise gym.error.ResetNeeded("no episode has begun or it is over: call reset before the next step")
        if action not in self.action_space:
            raise ValueError(
                f"the action is {action!r}, expected a whole number from 0 to {len(ACTIONS) - 1}"
            )
        before = self.state
        after = self.state = self.game.after(before, int(action), self.frame_skip)
        reward = reward_of(
            self.rewards,
            after.farthest - before.farthest,
            after.collected.bit_count() - before.collected.bit_count(),
            after.stomped.bit_count() - before.stomped.bit_count(),
            after.finished,
            after.cause != ALIVE,
        )
        self._playing = not after.is_over
        if DIRECTIONS[action]:
            self.faces_left = DIRECTIONS[action] < 0
        return self._observation(), reward, after.is_over, False, self._info()

    def render(self) -> np.ndarray | str | None:
        """Return the game as a new (208, 320, 3) uint8 array, or as text, by `render_mode`."""
        if self.render_mode == "rgb_array":
            return picture(self.game, self.state, faces_left=self.faces_left)
        if self.render_mode == "ansi":
            return text_picture(self.game, self.state)
        gym.logger.warn('nothing is rendered: give render_mode="rgb_array" or "ansi" to gym.make')
        return None

    def describe(self) -> str:
        """Say in words what the picture shows, as an alt text."""
        return describe(self.game, self.state)

    def get_action_meanings(self) -> list[str]:
        """Return the names of the actions, in their order."""
        return list(ACTIONS)

    def get_keys_to_action(self) -> dict[tuple[str, ...], int]:
        """Return from the keys that are held together to the action, as `gymnasium.utils.play` asks for."""
        keys = {"LEFT": "ArrowLeft", "RIGHT": "ArrowRight", "JUMP": " "}
        return {
            tuple(keys[part] for part in name.split("+") if part in keys): action
            for action, name in enumerate(ACTIONS)
        }

    def _observation(self, *, begins: bool = False) -> np.ndarray:
        if self._pixels is not None:
            return self._pixels.observe(self.game, self.state, begins=begins)
        return observe(self.game, self.state, self._sight)

    def _info(self) -> dict[str, Any]:
        state = self.state
        return {
            "column": state.farthest,
            "finished": bool(state.finished),
            "cause": CAUSES[state.cause],
            "coins": state.collected.bit_count(),
            "stomps": state.stomped.bit_count(),
        }
