"""Backup diagrams: what an algorithm looks at before it changes one entry of its table."""

import math
from typing import NamedTuple

from matplotlib.patches import Arc, Circle, Rectangle

from rl_helpers.notebook import palette

STATE, ACTION, END = palette.BLUE, palette.VERMILION, palette.GREY
SIZE = 12.5
RADIUS, DOT = 0.17, 0.085
TOP, MIDDLE, BOTTOM, WORDS = 3.0, 1.95, 0.8, -0.05
"""Heights of the entry that learns, of the next state, of its actions, and of the formula."""


class Backup(NamedTuple):
    """What one algorithm looks at.

    Attributes:
        target: the formula that stands beneath.
        draw: from axes to the drawing above it.
        says: the same in words, for those who do not see it.
    """

    target: str
    draw: object
    says: str


def backup_diagram(axes, name):
    """Draw the backup diagram of one algorithm, its name above and its target beneath.

    Circles are states, dots are actions, a square is the end of the episode, an arc over branches takes the
    best of them. On top is the pair (s, a) whose value is learned.

    Args:
        axes: where to draw; its frame is switched off.
        name: one of `BACKUPS`.

    Returns:
        The axes.

    Raises:
        ValueError: if there is no diagram of this name.

    Source:
        After Sutton & Barto (2018), figures 3.4 and 6.4, section 5.1 and the exercises of section 6.7.

    >>> from rl_helpers.plots import new_axes
    >>> backup_diagram(new_axes()[1], "SARSA").get_title()
    'SARSA'
    """
    backup = _known(name)
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(-1.75, 1.75)
    axes.set_ylim(-0.3, TOP + 0.25)
    backup.draw(axes)
    axes.text(0, WORDS, backup.target, ha="center", va="center", fontsize=SIZE)
    axes.set_title(name, fontsize=SIZE + 1, weight="bold")
    return axes


def backup_words(*names):
    """Return what backup diagrams show, as alt text.

    >>> backup_words("SARSA")
    'SARSA: from (s, a) one line to the next state s′ and on to one action, the one that is played.'
    """
    return " ".join(f"{name}: {_known(name).says}" for name in names)


def _known(name):
    if name not in BACKUPS:
        raise ValueError(f"there is no backup diagram of {name!r}: choose from {', '.join(BACKUPS)}")
    return BACKUPS[name]


def _line(axes, start, end, *, colour="black", dashed=False, width=1.6):
    axes.plot(*zip(start, end, strict=True), color=colour, linewidth=width, zorder=1)[0].set_linestyle(
        (0, (3, 2)) if dashed else "-"
    )


def _state(axes, x, y, name=""):
    axes.add_patch(Circle((x, y), RADIUS, facecolor="white", edgecolor=STATE, linewidth=2.2, zorder=2))
    _name(axes, x + RADIUS, y, name)


def _action(axes, x, y, name=""):
    axes.add_patch(Circle((x, y), DOT, facecolor=ACTION, edgecolor=ACTION, zorder=2))
    _name(axes, x + DOT, y, name)


def _name(axes, x, y, name, side="left"):
    axes.text(x + (0.09 if side == "left" else -0.09), y, name, ha=side, va="center", fontsize=SIZE)


def _step(axes, x=0.0, *, names=True, dashed=False):
    """Draw (s, a), the reward, and the next state."""
    _line(axes, (x, TOP), (x, MIDDLE), dashed=dashed)
    _action(axes, x, TOP, "s, a" if names else "")
    _state(axes, x, MIDDLE, "s′" if names else "")
    if names:
        _name(axes, x, (TOP + MIDDLE) / 2 + 0.05, "r")


def _fan(axes, x=0.0, *, spread=0.85, best=False, dashed=False, name="a′", looked_up=None):
    """Draw the actions of the next state; with an arc if the best of them counts."""
    for place in (-1, 0, 1):
        end = x + place * spread, BOTTOM
        _line(axes, (x, MIDDLE), end, dashed=dashed)
        _action(axes, *end, name if place == 1 else "")
    if best:
        # From the first branch to the last one.
        half = math.degrees(math.atan2(spread, MIDDLE - BOTTOM))
        ends = {"theta1": 270 - half, "theta2": 270 + half}
        axes.add_patch(Arc((x, MIDDLE), 1.16, 1.16, **ends, linewidth=2, zorder=1))
    if looked_up:
        axes.add_patch(
            Circle((x, BOTTOM), 2.1 * DOT, fill=False, edgecolor=palette.BLACK, linewidth=1.8, zorder=2)
        )


def _q_learning(axes):
    _step(axes)
    _fan(axes, best=True)


def _sarsa(axes):
    _step(axes)
    _line(axes, (0, MIDDLE), (0, BOTTOM))
    _action(axes, 0, BOTTOM, "a′")


def _expected_sarsa(axes):
    _step(axes)
    _fan(axes)


def _double_q_learning(axes):
    _step(axes)
    _fan(axes, best=True, looked_up=True)
    _name(axes, -0.4, MIDDLE - 0.28, "Q₁ chooses", side="right")
    axes.text(0, BOTTOM - 0.32, "Q₂ says what it is worth", ha="center", va="center", fontsize=SIZE - 1.5)


def _dyna_q(axes):
    for x, dashed, words in ((-0.85, False, "once,\nfrom a step"), (0.85, True, "n times,\nfrom the model")):
        _step(axes, x, names=False, dashed=dashed)
        _fan(axes, x, spread=0.5, best=True, dashed=dashed, name="")
        axes.text(x, BOTTOM - 0.38, words, ha="center", va="center", fontsize=SIZE - 1.5)
    _name(axes, -0.85 + DOT, TOP, "s, a")


def _monte_carlo(axes):
    heights = [TOP - 0.47 * place for place in range(6)]
    _line(axes, (0, TOP), (0, heights[3]))
    _line(axes, (0, heights[3]), (0, heights[5]), dashed=True)
    for place, height in enumerate(heights[:4]):
        (_state if place % 2 else _action)(axes, 0, height, ("s, a", "s′", "a′", "")[place])
    square = (-RADIUS, heights[5] - RADIUS), 2 * RADIUS, 2 * RADIUS
    axes.add_patch(Rectangle(*square, facecolor=END, edgecolor=END, zorder=2))
    _name(axes, RADIUS, heights[5], "the end")


BACKUPS = {
    "Q-learning": Backup(
        "r + γ max Q(s′, ·)",
        _q_learning,
        "from (s, a) one line to the next state s′, from there to all its actions, joined by an arc: the "
        "best counts.",
    ),
    "SARSA": Backup(
        "r + γ Q(s′, a′)",
        _sarsa,
        "from (s, a) one line to the next state s′ and on to one action, the one that is played.",
    ),
    "expected SARSA": Backup(
        "r + γ Σ π(a′ | s′) Q(s′, a′)",
        _expected_sarsa,
        "from (s, a) one line to the next state s′, from there to all its actions, without an arc: their "
        "mean counts.",
    ),
    "double Q-learning": Backup(
        "r + γ Q₂(s′, arg max Q₁(s′, ·))",
        _double_q_learning,
        "as Q-learning, but table Q₁ chooses the best action, and table Q₂ says what it is worth.",
    ),
    "Dyna-Q": Backup(
        "r + γ max Q(s′, ·)",
        _dyna_q,
        "the diagram of Q-learning twice: once from a real step, and dashed, n times, from the model.",
    ),
    "Monte Carlo": Backup(
        "r₁ + γ r₂ + γ² r₃ + …",
        _monte_carlo,
        "from (s, a) one line through states and actions down to a square, the end of the episode.",
    ),
}
"""From each algorithm to its backup."""
