"""The rows of a Q-table that one update touches, in HTML."""

import html

import numpy as np

from rl_helpers.widgets.controls import place_of
from rl_helpers.widgets.formula import COLOURS, ROW, number
from rl_helpers.worlds.model_env import ModelEnv

WHOLE_TABLE = 16  # rows; with more, only the rows of this step are shown
CELL = "text-align:right;padding:0 10px;white-space:nowrap;min-width:64px"
HEAD = "text-align:left;padding:0 10px;white-space:nowrap;font-weight:400"
NAME = f"{HEAD};min-width:200px"  # room for "← s and s′": the columns stay where they are from step to step


def table_html(env, q_values, names, state, *, transition=None, before=None):
    """Return the rows of state and next state as a table; the changed entry has a frame and a sign.

    Args:
        env: what the states belong to.
        q_values: the table now, (n_states, n_actions).
        names: of the actions.
        state: where the agent is.
        transition: the step that changed it, or None.
        before: the table before the step.

    Returns:
        HTML: the whole table if the world is tiny.
    """
    q_values = np.asarray(q_values)
    states = possible_states(env, len(q_values))
    shown = "whole Q-table" if len(states) == len(q_values) else "Q-table without the rows of walls"
    if len(states) > WHOLE_TABLE:
        states = [state] if transition is None else sorted({transition[0], transition[3]})
        shown = f"Q-table: {len(states)} of {len(q_values)} rows"
    rows = "".join(_row(env, q_values, state, transition, before) for state in states)
    head = "".join(f'<th scope="col" style="{CELL}">{html.escape(name)}</th>' for name in names)
    return (
        '<table style="border-collapse:collapse;font-size:13px;margin:0">'
        f'<caption style="text-align:left;padding:2px 0">The {shown}</caption>'
        f'<thead><tr><th scope="col" style="{HEAD}">state</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def possible_states(env, n_states):
    """Return the states an agent can be in: Bob's rooms count the cells of walls too.

    >>> import gymnasium as gym
    >>> possible_states(gym.make("Bob/Room-v0", layout="tiny"), 12)
    [0, 1, 3, 4, 5, 7, 8, 9, 10, 11]
    """
    world = env.unwrapped
    states = range(n_states)
    if not isinstance(world, ModelEnv):
        return list(states)
    return [state for state in states if not world.layout.is_wall(*world.decode(state)[:2])]


def row_name(env, state):
    """Return what the pictures of Q-tables call a row.

    >>> import gymnasium as gym
    >>> row_name(gym.make("Bob/Room-v0"), 12), row_name(gym.make("FrozenLake-v1"), 12)
    ('12: row 0, column 6', '12')
    """
    place = place_of(env, state)
    return f"{state}: {place}" if place else str(state)


def _row(env, q_values, state, transition, before):
    cells = "".join(_cell(q_values, state, action, transition, before) for action in range(q_values.shape[1]))
    role = ""
    if transition is not None:
        roles = [name for name, known in (("s", transition[0]), ("s′", transition[3])) if known == state]
        role = f"<b> ← {' and '.join(roles)}</b>" if roles else ""
    name = html.escape(row_name(env, state))
    return f'{ROW}<th scope="row" style="{NAME}">{name}{role}</th>{cells}</tr>'


def _cell(q_values, state, action, transition, before):
    text, style = number(q_values[state, action]), CELL
    if transition is None:
        return f'<td style="{style}">{text}</td>'
    changed = (state, action) == tuple(transition[:2])
    # The best next value is read before the update, which may change that very entry.
    is_best = (
        state == transition[3] and not transition[4] and action == int(np.asarray(before)[state].argmax())
    )
    if is_best:
        text = f"max {text}"
        style += f";background:{COLOURS['next']};color:#000"
    if changed:
        rise = q_values[state, action] - before[state, action]
        text = f"<b>{'▲' if rise > 0 else '▼' if rise < 0 else '='} {text}</b>"
        style += f";background:{COLOURS['new']};color:#000;outline:2px solid #000;outline-offset:-2px"
    return f'<td style="{style}">{text}</td>'
