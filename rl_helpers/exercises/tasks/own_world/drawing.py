"""How the battery of notebook 09 is drawn: prices, what a table does, and what three worlds pay."""

import numpy as np

from rl_helpers.exercises.tasks.own_world.battery import CALM, CAPACITY, WINDY
from rl_helpers.exercises.tasks.own_world.trade import trade
from rl_helpers.notebook import palette
from rl_helpers.plots.curves import learning_curve, mean_and_band, reference_line

SELLS, WAITS, BUYS = "sells", "waits", "buys"
LOOKS = {SELLS: (palette.ORANGE, "▼"), WAITS: ("white", ""), BUYS: (palette.SKY_BLUE, "▲")}


def prices(axes):
    """Draw the prices of a calm day and of a windy one.

    >>> from rl_helpers.plots import new_axes
    >>> prices(new_axes()[1]).get_ylabel()
    'price (cents a kilowatt-hour)'
    """
    for name, day, colour, line in (
        ("calm", CALM, palette.BLUE, "-"),
        ("windy", WINDY, palette.VERMILION, "--"),
    ):
        axes.stairs(
            day, np.arange(25), color=colour, linestyle=line, linewidth=1.8, baseline=None, label=name
        )
    axes.axhline(0, color=palette.BLACK, linewidth=0.8)
    axes.set(xlabel="hour", ylabel="price (cents a kilowatt-hour)", xlim=(0, 24), xticks=range(0, 25, 3))
    axes.legend(loc="upper left")
    return axes


def deed(q_values, hour, charge, windy):
    """Return what the greedy action of a table does in a state; an action by which nothing flows waits.

    Args:
        q_values: (192, 3), rows as `RavelObservation` numbers them.
        hour, charge, windy: the state.

    >>> deed(np.zeros((192, 3)) + [1, 0, 0], hour=13, charge=2, windy=1)
    'sells'
    >>> deed(np.zeros((192, 3)) + [1, 0, 0], hour=13, charge=0, windy=1)
    'waits'
    """
    action = int(q_values[(hour * (CAPACITY + 1) + charge) * 2 + windy].argmax())
    flow = trade(charge, action, 0.0, CAPACITY)[0] - charge
    return (SELLS, WAITS, BUYS)[flow + 1]


def day_of(q_values, *, charge=0, windy=1):
    """Return the charge at the beginning of each hour and at midnight, and the return of a greedy day.

    >>> day_of(np.zeros((192, 3)) + [0, 1, 0], charge=2)[1]
    0.0
    """
    charges, earned = [charge], 0.0
    for hour, price in enumerate(WINDY if windy else CALM):
        action = int(q_values[(hour * (CAPACITY + 1) + charges[-1]) * 2 + windy].argmax())
        charge, reward = trade(charges[-1], action, price, CAPACITY)
        charges.append(charge)
        earned += reward
    return charges, earned


def policy(axes, q_values, *, windy=1):
    """Draw what a table does for each hour and charge, with the way of a day that begins empty.

    >>> from rl_helpers.plots import new_axes
    >>> policy(new_axes()[1], np.zeros((192, 3))).get_ylabel()
    'charge (kilowatt-hours)'
    """
    for hour in range(24):
        for charge in range(CAPACITY + 1):
            colour, symbol = LOOKS[deed(q_values, hour, charge, windy)]
            axes.fill_between([hour, hour + 1], charge - 0.5, charge + 0.5, color=colour, linewidth=0)
            axes.text(hour + 0.5, charge, symbol, ha="center", va="center", fontsize=11)
    charges, _ = day_of(q_values, windy=windy)
    axes.plot(np.arange(25), charges, color=palette.BLACK, linewidth=2.2)
    axes.set(xlabel="hour", ylabel="charge (kilowatt-hours)", xlim=(0, 24), ylim=(-0.5, CAPACITY + 0.5))
    axes.set(xticks=range(0, 25, 3), yticks=range(CAPACITY + 1))
    return axes


def patient(three_axes, name, found, sound, best):
    """Draw three pictures of a world beside the sound one: paid, worth, and worth hour by hour.

    Args:
        three_axes: where to draw.
        name: of who wrote the world.
        found, sound: the `Findings` of both.
        best: mean return of the best policy, in cents.

    Returns:
        The three axes.
    """
    paid, worth, hours = three_axes
    for label, each, colour, line in (
        ("sound", sound, palette.BLUE, "--"),
        (name, found, palette.VERMILION, "-"),
    ):
        learning_curve(paid, each.paid, label=label, colour=colour, line=line, window=20, unit="cents")
        for axes, places, values in (
            (worth, each.exams, each.worth),
            (hours, np.arange(24) + 0.5, each.by_hour),
        ):
            mean, low, high = mean_and_band(values)
            axes.plot(places, mean, color=colour, linestyle=line, linewidth=1.8, label=label)
            axes.fill_between(places, low, high, color=colour, alpha=0.25, linewidth=0)
    for axes in (paid, worth):
        reference_line(axes, best, "best possible")
        axes.set_ylim(bottom=0, top=max(1.2 * best, axes.get_ylim()[1]))
    paid.set_title(f"{name}: what the agents are paid")
    worth.set(title="what their tables earn", xlabel="episode", ylabel="return (cents)")
    hours.set(title="and when", xlabel="hour", ylabel="reward (cents)", xlim=(0, 24), xticks=range(0, 25, 6))
    paid.legend(loc="lower right")
    return three_axes
