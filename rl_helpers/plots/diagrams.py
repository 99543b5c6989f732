"""A diagram drawn by code: the loop between agent and environment."""

from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from rl_helpers.notebook import palette


def _box(axes, x, y, width, height, text, *, colour, dashed=False, size=12):
    axes.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - height / 2),
            width,
            height,
            boxstyle="round,pad=0.02,rounding_size=0.12",
            facecolor=colour + "22",
            edgecolor=colour,
            linewidth=2,
            linestyle="--" if dashed else "-",
        )
    )
    axes.text(x, y, text, ha="center", va="center", fontsize=size, color="black")


def _bent_arrow(axes, start, end, *, bend, colour):
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            connectionstyle=f"arc3,rad={bend}",
            arrowstyle="-|>",
            mutation_scale=20,
            linewidth=2.2,
            color=colour,
        )
    )


def agent_environment_loop(axes, *, agent="Agent", environment="Environment"):
    """Draw the loop: an action goes from the agent to the environment, state and reward come back.

    Args:
        axes: where to draw; its frame is switched off.
        agent, environment: texts of the two boxes.

    Returns:
        The axes.

    Source:
        After Sutton & Barto (2018), figure 3.1.
    """
    axes.set_axis_off()
    axes.set_xlim(0, 10)
    axes.set_ylim(0, 4.4)
    _box(axes, 2, 2.2, 2.6, 1.5, agent, colour=palette.ORANGE, size=14)
    _box(axes, 8, 2.2, 2.9, 1.5, environment, colour=palette.BLUE, size=14)
    _bent_arrow(axes, (2.6, 3.05), (7.4, 3.05), bend=-0.28, colour=palette.ORANGE)
    _bent_arrow(axes, (7.4, 1.35), (2.6, 1.35), bend=-0.28, colour=palette.BLUE)
    axes.text(5, 4.08, "action", ha="center", va="center", fontsize=14)
    axes.text(5, 0.3, "next state, reward", ha="center", va="center", fontsize=14)
    return axes
