"""Pictures of what Bob sees and knows in Breakout."""

import numpy as np
from matplotlib.colors import ListedColormap
from PIL import Image, ImageDraw

from rl_helpers.breakout.game.flight import LANDING, fly
from rl_helpers.breakout.game.reading import (
    BALL_HEIGHT,
    BALL_WIDTH,
    BRICK_HEIGHT,
    BRICK_WIDTH,
    LEFT,
    N_COLUMNS,
    PADDLE_TOP,
    WALL_TOP,
)
from rl_helpers.breakout.results import last_scores
from rl_helpers.breakout.spaces import REST_OFFSETS, TIMES
from rl_helpers.plots import palette

ACTION_NAMES = ("nothing", "fire", "right", "left")
WHITE = (255, 255, 255)


def overlay(frame, reading, *, scale=2):
    """Return a picture of the game, enlarged and dimmed, with what was read drawn over it.

    Args:
        frame: uint8 array (210, 160, 3).
        reading: a `Reading`.
        scale: how much larger, a whole number.

    Returns:
        uint8 array (210 · scale, 160 · scale, 3).
    """
    large = np.repeat(np.repeat(frame // 2, scale, axis=0), scale, axis=1)
    image = Image.fromarray(large)
    draw = ImageDraw.Draw(image)

    def box(x, y, width, height, margin=0):
        corners = x - margin, y - margin, x + width + margin, y + height + margin
        left, top, right, bottom = (scale * corner for corner in corners)
        draw.rectangle((left, top, right - 1, bottom - 1), outline=WHITE)

    for brick, stands in enumerate(reading.bricks):
        if stands:
            row, column = divmod(brick, N_COLUMNS)
            box(LEFT + BRICK_WIDTH * column, WALL_TOP + BRICK_HEIGHT * row, BRICK_WIDTH, BRICK_HEIGHT)
    box(reading.paddle_x, PADDLE_TOP, reading.paddle_width, 4, margin=1)
    if reading.ball_x is not None:
        box(reading.ball_x, reading.ball_y, BALL_WIDTH, BALL_HEIGHT, margin=2)
    return np.asarray(image)


def path_overlay(frame, reading, ball, *, scale=2):
    """Return the same picture with the way of the ball to its landing, as it is foreseen."""
    image = Image.fromarray(overlay(frame, reading, scale=scale))
    draw = ImageDraw.Draw(image)
    bricks, points = reading.bricks, [(ball.x, ball.y)]
    while not (ball.vy > 0 and ball.y >= LANDING) and len(points) < 400:
        ball = fly(ball, bricks, 1)
        points.append((ball.x, ball.y))
    draw.line([(scale * (x + 1), scale * (y + 2)) for x, y in points], fill=WHITE, width=scale)
    x = scale * (points[-1][0] + 1)
    draw.polygon([(x - 5, scale * 200), (x + 5, scale * 200), (x, scale * 194)], fill=WHITE)
    return np.asarray(image)


def ringed(frame, ball, *, radius=6):
    """Return a picture of the game with a ring around the ball, whose 2 × 4 pixels are easily missed.

    Args:
        frame: uint8 array (210, 160, 3).
        ball: a `Ball`; None if there is none to be seen.
        radius: of the ring, in pixels of the game.

    Returns:
        uint8 array (210, 160, 3); `frame` itself if there is no ball.
    """
    if ball is None:
        return frame
    image = Image.fromarray(frame)
    x, y = round(ball.x), round(ball.y)
    side, above = radius - BALL_WIDTH // 2, radius - BALL_HEIGHT // 2
    corners = x - side, y - above, x + BALL_WIDTH - 1 + side, y + BALL_HEIGHT - 1 + above
    ImageDraw.Draw(image).ellipse(corners, outline=WHITE)
    return np.asarray(image)


def policy_map(axes, q_values, space, *, push=0):
    """Draw the greedy action for every landing offset and time, for the state of the shipped table.

    Args:
        axes: where to draw.
        q_values: the table, (n_states, 4).
        space: its `StateSpace`, of sizes (offsets, times, 3).
        push: the last action's: −1 away from where the ball lands, 0, or 1 towards it.

    Returns:
        The axes.
    """
    n_offsets, n_times, _ = space.sizes
    table = q_values[1:].reshape(n_offsets, n_times, 3, 4)[:, :, push + 1]
    # Fire does nothing while the ball flies: it counts as "wait".
    best = table.argmax(axis=2)
    kind = np.where(best < 2, 0, best - 1)
    known = ~np.all(table == table[..., :1], axis=2)
    colours = ListedColormap(["#FFFFFF", palette.BLUE, palette.ORANGE])
    axes.imshow(kind.T, cmap=colours, vmin=0, vmax=2, aspect="auto", origin="lower")
    signs = {0: "·", 1: "→", 2: "←"}
    for offset in range(n_offsets):
        for time in range(n_times):
            text = signs[int(kind[offset, time])] if known[offset, time] else "?"
            ink = "black" if kind[offset, time] != 1 else "white"
            axes.text(offset, time, text, ha="center", va="center", color=ink, fontsize=11)
    axes.set_xticks(np.arange(len(REST_OFFSETS)) + 0.5, [str(edge) for edge in REST_OFFSETS], fontsize=9)
    axes.set_yticks(np.arange(len(TIMES)) + 0.5, [str(edge) for edge in TIMES], fontsize=9)
    axes.set(
        xlabel="ball lands this far to the right of where the paddle comes to rest (pixels)",
        ylabel="time to landing (pictures)",
    )
    return axes


def thinking(frame, values, played, *, title="", scale=2):
    """Return the picture of the game with the values of the four actions beside it as bars.

    Args:
        frame: uint8 array (210, 160, 3).
        values: of nothing, fire, right, left, as they are for the screen (not for the mirror).
        played: the action chosen.
        title: what stands above the bars, such as the state.
        scale: how much larger, a whole number.

    Returns:
        uint8 array (210 · scale, 160 · scale + 120, 3).
    """
    large = np.repeat(np.repeat(frame, scale, axis=0), scale, axis=1)
    height, width, _ = large.shape
    image = Image.new("RGB", (width + 120, height), (0, 0, 0))
    image.paste(Image.fromarray(large), (0, 0))
    draw = ImageDraw.Draw(image)
    draw.text((width + 8, 12), title, fill=WHITE)
    low, high = min(0.0, *values), max(1.5, *values)
    for action, value in enumerate(values):
        top = 40 + 90 * action
        mark = "> " if action == played else ""
        draw.text((width + 8, top), f"{mark}{ACTION_NAMES[action]} {value:.2f}", fill=WHITE)
        length = 104 * (value - low) / (high - low)
        look = {"fill": (86, 180, 233)} if action == played else {"outline": (160, 160, 160)}
        draw.rectangle((width + 8, top + 16, width + 8 + max(1, length), top + 32), **look)
    return np.asarray(image)


def steps_chart(axes, rows):
    """Draw the score of every step of the state at the end of its trainings, a dot a seed and their mean.

    Args:
        axes: where to draw.
        rows: of `results.rows_of("steps")`.

    Returns:
        The axes.
    """
    names = list(dict.fromkeys(row["step"] for row in rows))
    for place, name in enumerate(names):
        scores = last_scores(rows, name)
        axes.barh(place, np.mean(scores), color=palette.SKY_BLUE, height=0.6)
        axes.plot(scores, [place] * len(scores), "o", color=palette.BLACK, markersize=4)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlabel("points per game in the second half of the training")
    return axes
