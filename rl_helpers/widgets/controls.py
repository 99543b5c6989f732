"""What keys and buttons mean in an environment, and how its actions and pictures are called."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from rl_helpers.worlds import Action
from rl_helpers.worlds.descriptions import thing_at
from rl_helpers.worlds.maps.layouts import FLOOR, NAMES
from rl_helpers.worlds.model_env import ModelEnv

ARROWS = {"UP": "ArrowUp", "RIGHT": "ArrowRight", "DOWN": "ArrowDown", "LEFT": "ArrowLeft"}
KEY_WORDS = {key: name.capitalize() for name, key in ARROWS.items()} | {" ": "Space"}
KEY_SIGNS = {"ArrowUp": "↑", "ArrowRight": "→", "ArrowDown": "↓", "ArrowLeft": "←", " ": "Space"}


class Control(NamedTuple):
    """One thing a player can do: a button, and the key that does the same.

    Attributes:
        label: the button's text.
        action: what is given to `env.step`.
        key: as the page names it (`KeyboardEvent.key`), or "" for none.
    """

    label: str
    action: Any
    key: str

    def for_page(self):
        """Return what the page needs to know: everything but the action itself."""
        return {"label": self.label, "key": self.key, "sign": KEY_SIGNS.get(self.key, self.key)}


def action_names(env):
    """Return a name for every action of an environment, or None if its actions cannot be counted.

    >>> import gymnasium as gym
    >>> action_names(gym.make("Bob/Room-v0"))
    ['UP', 'RIGHT', 'DOWN', 'LEFT', 'SCRATCH']
    >>> action_names(gym.make("FrozenLake-v1"))
    ['0', '1', '2', '3']
    """
    n_actions = getattr(env.action_space, "n", None)
    if n_actions is None:
        return None
    if isinstance(env.unwrapped, ModelEnv):
        return [Action(action).name for action in range(n_actions)]
    return _atari_names(env.unwrapped, n_actions) or [str(action) for action in range(n_actions)]


def _atari_names(world, n_actions):
    """Return the names of a world that says them as Atari's do, or None."""
    meanings = getattr(world, "get_action_meanings", None)
    names = list(meanings()) if callable(meanings) else []
    return names if len(names) == n_actions and all(isinstance(name, str) for name in names) else None


def state_name(env, state):
    """Return a state for a sentence: its number, its cell where the environment has cells, what is in it.

    Bob hides what he stands on, so that the picture alone does not tell.

    >>> import gymnasium as gym
    >>> state_name(gym.make("Bob/Room-v0", layout="tiny"), 3)
    '3 (row 0, column 3, scratching post)'
    """
    place = place_of(env, state)
    if not place:
        return str(state)
    row, column, *_ = env.unwrapped.decode(state)
    thing = thing_at(env.unwrapped.layout, row, column)
    place += "" if thing == NAMES[FLOOR] else f", {thing}"
    return f"{state} ({place})"


def place_of(env, state):
    """Return the cell that a state stands for in words, or "" if it is none of Bob's with cells.

    >>> import gymnasium as gym
    >>> place_of(gym.make("Bob/Room-v0"), 12), place_of(gym.make("Taxi-v4"), 12)
    ('row 0, column 6', '')
    """
    if not isinstance(env.unwrapped, ModelEnv):
        return ""
    row, column, *_ = env.unwrapped.decode(state)
    return f"row {row}, column {column}"


def controls_for(env, actions=None, keys=None):
    """Return the controls of an environment.

    Args:
        env: a Gymnasium environment.
        actions: from a button's label to an action; by default those the environment names.
        keys: from a key (as in `KeyboardEvent.key`: "ArrowLeft", "a", " ") to an action.

    Returns:
        A list of `Control`, one for every button and one for every key that has no button yet.

    Raises:
        TypeError: if actions or keys are no dict from names.
        ValueError: if an action is not in the action space, or nothing says what the keys mean.

    >>> import gymnasium as gym
    >>> controls_for(gym.make("Bob/Room-v0"))[0]
    Control(label='Up', action=0, key='ArrowUp')
    """
    if actions is None and keys is None:
        actions, keys = _usual(env)
    actions, keys = _named("actions", actions, "Left"), _named("keys", keys, "ArrowLeft")
    for origin, named in (("actions", actions), ("keys", keys)):
        for name, action in named.items():
            if action not in env.action_space:
                raise ValueError(f"{origin}[{name!r}] is {action!r}, expected one of {env.action_space}")
    for name in keys:
        # Browsers name keys that write nothing in capitals, without spaces: ArrowLeft, Enter, F1.
        if len(name) > 1 and not (name[0].isupper() and name.isalnum()):
            raise ValueError(
                f"keys has {name!r}, which names no key, expected what it writes, such as 'a' or ' ', or a "
                "browser's name, such as 'ArrowLeft' or 'Enter'"
            )
    if not actions and not keys:
        raise ValueError(
            "nothing says which keys play this environment: "
            'give keys, such as keys={"ArrowLeft": 0, "ArrowRight": 1}'
        )
    free = {" " if key == "Space" else key: action for key, action in keys.items()}
    controls = []
    for label, action in actions.items():
        key = next((key for key, known in free.items() if _same(known, action)), "")
        free.pop(key, None)
        controls.append(Control(label, action, key))
    controls += [Control(KEY_WORDS.get(key, key), action, key) for key, action in free.items()]
    return controls


def _named(origin, named, example):
    if named is None:
        return {}
    if not isinstance(named, Mapping) or not all(isinstance(name, str) for name in named):
        raise TypeError(
            f'{origin} is {named!r}, expected actions by name, such as {origin}={{"{example}": 0}}'
        )
    return dict(named)


def _same(one, other):
    result = one == other
    return bool(result.all()) if hasattr(result, "all") else bool(result)


def chords_of(env):
    """Return from actions whose keys are held together to the action that is both, such as LEFT+JUMP.

    >>> import gymnasium as gym
    >>> chords_of(gym.make("Bob/Super-v0"))
    {frozenset({1, 3}): 4, frozenset({2, 3}): 5}
    """
    names = action_names(env) or []
    chords = {}
    for action, name in enumerate(names):
        parts = name.split("+")
        if len(parts) == 2 and set(parts) <= set(names):
            chords[frozenset(map(names.index, parts))] = action
    return chords


def pressed_action(held, tapped, chords, idle):
    """Return what the keys that are pressed mean together.

    Args:
        held: actions of the keys that are held, the last one pressed at the end.
        tapped: of a key pressed since the last tick, held or not: a list of one action or none.
        chords: from `chords_of`.
        idle: the action when no key is pressed.

    >>> pressed_action([2, 3], [], {frozenset({2, 3}): 5}, 0), pressed_action([2, 1], [], {}, 0)
    (5, 1)
    """
    if chords:
        *others, last = [idle, *held, *tapped]
        for other in reversed(others):
            if (chord := chords.get(frozenset((other, last)))) is not None:
                return chord
    return (held or tapped or [idle])[-1]


def _usual(env):
    """Return actions and keys by the names of the actions: arrows for directions, Space for the rest."""
    names = action_names(env) or []
    actions, keys = {}, {}
    for action, name in enumerate(names):
        if name in ARROWS or name in ("SCRATCH", "FIRE", "JUMP"):
            actions[name.capitalize()] = action
            keys[ARROWS.get(name, " ")] = action
    return actions, keys
