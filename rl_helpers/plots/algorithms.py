"""The map of algorithms: which questions tell them apart, and where each of them stands."""

from typing import NamedTuple

from matplotlib.patches import FancyBboxPatch, Rectangle

from rl_helpers.notebook import course, palette

LEARNS = ("values", "both", "policy")
"""What is learned: values, from which the policy follows; the policy itself; or both (actor-critic)."""

FROM = ("rules", "model", "off-policy", "on-policy")
"""From what: given rules, a model learned from steps, or steps alone, of another or of its own policy."""

COLUMN_TITLES = ("learns values,\nacts by them", "learns both\n(actor-critic)", "learns the\npolicy itself")
ROW_TITLES = (
    "knows the rules",
    "learns the rules\nas a model",
    "off-policy: learns about\na policy it does not play",
    "on-policy: learns about\nthe policy it plays",
)
GROUPS = (("model-based", 0, 2, palette.GREEN), ("model-free", 2, 4, palette.BLUE))


class Algorithm(NamedTuple):
    """One algorithm on the map.

    Attributes:
        name: as it is called in the field.
        learns: one of `LEARNS`.
        source: one of `FROM`.
        code: what runs it is called so in `rl_helpers`.
    """

    name: str
    learns: str
    source: str
    code: str

    @property
    def notebook(self):
        """The number of the notebook that teaches it, such as "05"; None if it is outside this course."""
        return course.where(self.name.replace("\n", " "), self.code)


ALGORITHMS = (
    Algorithm("value iteration", "values", "rules", "value_iteration"),
    Algorithm("Dyna-Q", "values", "model", "DynaQAgent"),
    Algorithm("Dyna-Q+", "values", "model", "DynaQPlusAgent"),
    Algorithm("Q-learning", "values", "off-policy", "QLearningAgent"),
    Algorithm("double\nQ-learning", "values", "off-policy", "DoubleQLearningAgent"),
    Algorithm("DQN", "values", "off-policy", "DQNAgent"),
    Algorithm("SARSA", "values", "on-policy", "SarsaAgent"),
    Algorithm("expected\nSARSA", "values", "on-policy", "ExpectedSarsaAgent"),
    Algorithm("Monte Carlo\ncontrol", "values", "on-policy", "MonteCarloAgent"),
    Algorithm("PPO", "both", "on-policy", "PPOAgent"),
    Algorithm("REINFORCE", "policy", "on-policy", "ReinforceAgent"),
)
"""The algorithms of this course.

Source:
    Sutton & Barto (2018), chapters 4 to 8 and 13; Mnih et al. (2015) for DQN, Schulman et al. (2017) for PPO.
    Expected SARSA stands where it is used here: it can learn about other policies than its own, too.
"""

COLUMN_EDGES = (0.0, 5.1, 6.9, 8.7)
BOX_WIDTH, BOX_HEIGHT = 1.6, 0.8


def algorithm_map(axes, algorithms=ALGORITHMS):
    """Draw the algorithms as boxes in a table: what each learns, from what, and which notebook teaches it.

    Args:
        axes: where to draw; its frame is switched off.
        algorithms: `Algorithm`s; those that no notebook teaches are dashed.

    Returns:
        The axes.

    >>> from rl_helpers.plots import new_axes
    >>> axes = algorithm_map(new_axes()[1])
    >>> [text.get_text() for text in axes.texts if "Dyna" in text.get_text()]
    ['Dyna-Q', 'Dyna-Q+']
    """
    axes.set_axis_off()
    axes.set_xlim(-3.3, COLUMN_EDGES[-1] + 0.05)
    axes.set_ylim(len(FROM) + 0.05, -0.75)
    _titles(axes)
    for row, source in enumerate(FROM):
        for column, learns in enumerate(LEARNS):
            inside = [each for each in algorithms if (each.learns, each.source) == (learns, source)]
            left, right = COLUMN_EDGES[column : column + 2]
            for place, algorithm in enumerate(inside):
                x = left + (right - left) * (place + 0.5) / len(inside)
                _box(axes, x, row + 0.5, algorithm, GROUPS[row // 2][-1])
    return axes


def _titles(axes):
    for column, title in enumerate(COLUMN_TITLES):
        middle = (COLUMN_EDGES[column] + COLUMN_EDGES[column + 1]) / 2
        axes.text(middle, -0.35, title, ha="center", va="center", fontsize=11)
    for edge in COLUMN_EDGES[1:-1]:
        axes.plot([edge, edge], [0, len(FROM)], color=palette.GREY, linewidth=0.8, linestyle=":")
    for name, first, last, colour in GROUPS:
        ground = (-3.3, first + 0.04), COLUMN_EDGES[-1] + 3.3, last - first - 0.08
        axes.add_patch(Rectangle(*ground, facecolor=colour + "14", edgecolor="none"))
        place = -3.08, (first + last) / 2
        axes.text(
            *place, name, ha="center", va="center", fontsize=13, weight="bold", color=colour, rotation=90
        )
    for row, title in enumerate(ROW_TITLES):
        axes.text(-2.75, row + 0.5, title, ha="left", va="center", fontsize=11)


def in_words(algorithms=ALGORITHMS):
    """Return in words what `algorithm_map` shows, for those who cannot see it.

    >>> in_words(ALGORITHMS[:1]).partition(" (")[0]
    'A map of algorithms. Knows the rules, learns values: value iteration'
    """
    rows = [title.replace("\n", " ").partition(":")[0] for title in ROW_TITLES]
    columns = dict(zip(LEARNS, ("values", "both", "the policy"), strict=True))
    words = ["A map of algorithms."]
    for source, row in zip(FROM, rows, strict=True):
        for learns, column in columns.items():
            inside = [each for each in algorithms if (each.learns, each.source) == (learns, source)]
            names = ", ".join(f"{each.name} ({_place(each)})".replace("\n", " ") for each in inside)
            words += [f"{row[0].upper()}{row[1:]}, learns {column}: {names}."] if inside else []
    return " ".join(words)


def _place(algorithm):
    number = algorithm.notebook
    return f"notebook {number}" if number else "outside this course"


def _box(axes, x, y, algorithm, colour):
    axes.add_patch(
        FancyBboxPatch(
            (x - BOX_WIDTH / 2, y - BOX_HEIGHT / 2),
            BOX_WIDTH,
            BOX_HEIGHT,
            boxstyle="round,pad=0,rounding_size=0.1",
            facecolor="white",
            edgecolor=colour,
            linewidth=1.8,
            linestyle="-" if algorithm.notebook else "--",
        )
    )
    axes.text(x, y - 0.09, algorithm.name, ha="center", va="center", fontsize=10.5, linespacing=1.05)
    axes.text(x, y + 0.28, _place(algorithm), ha="center", va="center", fontsize=8)
