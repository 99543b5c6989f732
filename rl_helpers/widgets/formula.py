"""The update of Q-learning with the numbers of one step filled in, term by term beside its line of code."""

import html

import numpy as np

from rl_helpers import updates
from rl_helpers.notebook import palette
from rl_helpers.notebook.show import Shown

# Black text is legible on all of these, in light and dark themes alike.
COLOURS = {
    "new": palette.YELLOW,
    "old": palette.SKY_BLUE,
    "rate": palette.PURPLE,
    "reward": palette.ORANGE,
    "next": palette.GREEN,
}
CELL = "text-align:center;padding:1px 4px;white-space:nowrap;border:0"
ROW = '<tr style="background:none">'  # JupyterLab stripes the tables of an output


def update_formula(agent, transition, before, *, action_name=None):
    """Show Q(s,a) ← Q(s,a) + α [ r + γ max Q(s′,·) − Q(s,a) ] with the numbers of one step.

    Args:
        agent: a `QLearningAgent` that has just updated.
        transition: the `Transition` it updated from.
        before: its `q_values` before that, (n_states, n_actions).
        action_name: how the action is called; by default its number.

    Returns:
        A `Shown`: make it the last line of a cell.

    >>> from rl_helpers.agents import QLearningAgent
    >>> agent = QLearningAgent(2, 2, learning_rate=0.5, discount=0.9)
    >>> before, step = agent.q_values, (0, 1, 1.0, 1, False)
    >>> error = agent.update(step)
    >>> update_formula(agent, step, before)
    TD target 1, TD error 1, value from 0 to 0.5
    """
    terms = Terms(agent, transition, before)
    words = f"TD target {number(terms.target)}, TD error {number(terms.error)}, "
    words += f"value from {number(terms.old)} to {number(terms.new)}"
    return Shown(formula_html(agent, transition, before, action_name), words)


def formula_html(agent, transition, before, action_name=None):
    """Return the HTML of `update_formula`."""
    terms = Terms(agent, transition, before)
    state, action, _, next_state, terminated = transition
    action = action if action_name is None else action_name
    entry, follows = f"Q({state}, {action})", f"max Q({next_state}, ·)"
    ended = "no next state" if terminated else None
    columns = [
        # symbol, number, words, colour, struck out
        ("Q(s,a)", number(terms.new), "new value", "new", None),
        ("←", "=", "", None, None),
        ("Q(s,a)", number(terms.old), "old value", "old", None),
        ("+", "+", "", None, None),
        ("α", f"{terms.rate:g}", "learning rate", "rate", None),
        ("[", "× [", "", None, None),
        ("r", number(terms.reward), "reward", "reward", None),
        ("+", "+", "", None, ended and ""),
        ("γ", f"{terms.discount:g}", "discount", "next", ended and ""),
        ("max Q(s′,·)", f"× {number(terms.next_max)}", "best next value", "next", ended),
        ("−", "−", "", None, None),
        ("Q(s,a)", number(terms.old), "old value", "old", None),
        ("]", "]", "", None, None),
    ]
    return (
        f'<table style="border-collapse:separate;border-spacing:0 2px;margin:4px 0;font-size:15px">'
        f'<caption style="text-align:left;padding:2px 0">The update of <b>{html.escape(entry)}</b>'
        f"{_target_words(terms, follows)}</caption>"
        f"{_row(columns, 0, bold=True)}{_row(columns, 1)}{_row(columns, 2, small=True)}</table>"
        f"{_code(terms)}"
    )


class Terms:
    """The numbers of one update, as floats: every one that the formula shows.

    Attributes:
        old, new: the entry before and after.
        rate, discount, reward: α, γ and r.
        next_max: the best value of the next state, or nothing that counts if the step is terminal.
        target, error: TD target and TD error.
    """

    def __init__(self, agent, transition, before):
        state, action, reward, next_state, self.terminated = transition
        before = np.asarray(before, dtype=float)
        self.old = float(before[state, action])
        self.new = float(agent.q_values[state, action])
        self.rate, self.discount, self.reward = agent.learning_rate, agent.discount, float(reward)
        self.next_max = float(before[next_state].max())
        self.target = float(
            updates.q_learning_target(reward, before[next_state], self.terminated, self.discount)
        )
        self.error = self.target - self.old


def number(value):
    """Write a value of the table: three decimals, no trailing zeros, a true minus sign.

    >>> number(-0.12345), number(2.0), number(-0.0001)
    ('−0.123', '2', '0')
    """
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def _target_words(terms, follows):
    if terms.terminated:
        return ": after a terminal step the target is r alone."
    return f" with {html.escape(follows)} = {number(terms.next_max)}."


def _row(columns, line, *, bold=False, small=False):
    cells = []
    for column in columns:
        text, colour, struck = html.escape(column[line]), column[3], column[4]
        if struck is not None:
            text = f"<s>{text}</s>" if text else ""
            if line == 2 and struck:
                text = f"<b>{html.escape(struck)}</b>"
        text = f"<b>{text}</b>" if bold and text else text
        text = f"<small>{text}</small>" if small and text else text
        style = CELL + (f";background:{COLOURS[colour]};color:#000" if colour else "")
        cells.append(f'<td style="{style}">{text}</td>')
    return f"{ROW}{''.join(cells)}</tr>"


def _code(terms):
    """Return the three lines of `update`, every term in the colour it has in the formula."""
    following = f"+ {_chip('discount', 'next')} * {_chip('max(q_values[next_state])', 'next')}"
    if terms.terminated:
        following = f"<s>{following}</s>"
    entry = "q_values[state, action]"
    lines = [
        (f"td_target = {_chip('reward', 'reward')} {following}", number(terms.target)),
        (f"td_error = td_target - {_chip(entry, 'old')}", number(terms.error)),
        (f"{_chip(entry, 'new')} += {_chip('learning_rate', 'rate')} * td_error", number(terms.new)),
    ]
    names = ("TD target", "TD error", "new value")
    rows = "".join(
        f'{ROW}<td style="text-align:left;padding:1px 24px 1px 0;border:0">'
        f'<code style="background:none;color:inherit">{code}</code></td>'
        f'<td style="text-align:left;padding:1px 0;border:0">{name} {value}</td></tr>'
        for (code, value), name in zip(lines, names, strict=True)
    )
    return (
        '<table style="border-collapse:collapse;margin:4px 0;font-size:14px">'
        f'<caption style="text-align:left;padding:2px 0">The same in code</caption>{rows}</table>'
    )


def _chip(text, colour):
    return f'<span style="background:{COLOURS[colour]};color:#000;padding:0 3px">{text}</span>'
