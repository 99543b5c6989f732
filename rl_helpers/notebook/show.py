"""Pictures and films in a notebook, with words for those who cannot see them.

JupyterLab drops the alternative text of an image output, so everything is shown as an HTML `<img alt="…">`
that carries its data with it. What lies on white has a class, so that it does not glare in a dark theme:
`bob-chart` is seen there in light ink on dark, `bob-white` dimmed. GitHub and slides show both as they are.
"""

import base64
import contextlib
import html
import io
import os
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from rl_helpers.notebook.pixels import checked_figure, checked_pixels, to_rgb

CHART, WHITE = "bob-chart", "bob-white"
"""Classes of what has a white ground: lines and words alone, or with a picture among them."""


class Shown:
    """One picture or film, or several beside each other, that a notebook displays.

    Attributes:
        html: the HTML shown.
        text: the same in words, for a terminal.
    """

    def __init__(self, markup, text):
        self.html = markup
        self.text = text

    def _repr_html_(self):
        return self.html

    def __repr__(self):
        return self.text


def figure(fig, *, alt, dpi=96, n_colours=256):
    """Show a matplotlib figure, and close it if pyplot made it, for else the notebook would show it twice.

    Args:
        fig: a `matplotlib.figure.Figure`.
        alt: what is to be seen, for screen readers.
        dpi: pixels an inch; the file has twice as many, for sharp screens.
        n_colours: of the file, 2 to 256; with 64 curves look the same and take a quarter less room.

    Returns:
        A `Shown`: make it the last line of a cell.
    """
    data = figure_png(fig, dpi=2 * dpi, n_colours=n_colours)
    shown = tag(data, "png", alt, round(fig.get_figwidth() * dpi), ground_of(fig))
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(fig)
    return shown


def ground_of(fig):
    """Return `WHITE` for a figure with a room or a screen in colours of its own, else `CHART`.

    Args:
        fig: a `matplotlib.figure.Figure`; a faint picture below a map does not count.
    """
    images = [image for axes in fig.axes for image in axes.images]
    own = any(image.get_array().ndim == 3 and image.get_alpha() is None for image in images)
    return WHITE if own else CHART


def figure_png(fig, *, dpi=192, n_colours=256):
    """Return a figure as PNG bytes, the same bytes for the same figure."""
    buffer = io.BytesIO()
    checked_figure(fig).savefig(buffer, format="png", dpi=dpi, facecolor="white")
    return _small_png(Image.open(buffer).convert("RGB"), n_colours)  # names no version of matplotlib


def _small_png(image, n_colours=256):
    small = io.BytesIO()
    image.quantize(n_colours, dither=Image.Dither.NONE).save(small, format="png", optimize=True)
    return small.getvalue()


def picture(image, *, alt, width=None):
    """Show an array of pixels or a PNG.

    Args:
        image: uint8 array (height, width) or (height, width, 1, 3 or 4), or the bytes of a PNG file.
        alt: what is to be seen, for screen readers.
        width: on the page, in CSS pixels; the picture's own width if not given.

    Returns:
        A `Shown`.

    Raises:
        TypeError, ValueError: if it is no picture; see `pixels`.

    >>> picture(np.zeros((2, 3, 3), np.uint8), alt="a black rectangle").html[-57:]
    'alt="a black rectangle" width="3" style="max-width:100%">'
    """
    if not isinstance(image, bytes):
        buffer = io.BytesIO()
        pixels = checked_pixels(image, "image", opaque=False)
        pixels = pixels[:, :, 0] if pixels.shape[2:] == (1,) else pixels
        Image.fromarray(pixels).save(buffer, format="png", optimize=True)
        image = buffer.getvalue()
    opened = Image.open(io.BytesIO(image))
    return tag(image, "png", alt, width or opened.width, _ground(opened))


def film(filename, *, alt, width=None):
    """Show a GIF, or its first picture where the system asks for less motion.

    Args:
        filename: path of the file.
        alt: what is to be seen, for screen readers.
        width: on the page, in CSS pixels; the film's own width if not given.

    Returns:
        A `Shown`.

    Raises:
        FileNotFoundError: if the file is missing.
    """
    path = Path(filename).expanduser()
    if not path.is_file():
        raise FileNotFoundError(f"{path.name} is not in {path.parent}: make it first, with `create_gif`")
    data = path.read_bytes()
    first = Image.open(io.BytesIO(data))
    shown = tag(data, "gif", alt, width or first.width, _ground(first))
    still = io.BytesIO()
    first.save(still, format="png", optimize=True)
    address = _data_uri(still.getvalue(), "png")
    calm = f'<source media="(prefers-reduced-motion: reduce)" srcset="{address}">'
    return Shown(f"<picture>{calm}{shown.html}</picture>", shown.text)


def beside(*shown, captions=None):
    """Show several pictures or films beside each other, each with a caption.

    Args:
        shown: what `figure`, `picture` or `film` returned.
        captions: one text each.

    Returns:
        A `Shown`.
    """
    captions = captions or [""] * len(shown)
    if len(captions) != len(shown):
        raise ValueError(f"{len(captions)} captions for {len(shown)} pictures: give one each")
    cells = "".join(
        f'<figure style="margin:0 16px 8px 0;display:inline-block">{one.html}'
        f"<figcaption>{html.escape(caption)}</figcaption></figure>"
        for one, caption in zip(shown, captions, strict=True)
    )
    return Shown(f"<div>{cells}</div>", "\n".join(one.text for one in shown))


def worlds(described, *, height=170, seed=0):
    """Show how worlds look when an episode begins, beside each other, each with its id beneath.

    Args:
        described: from the id of each world, as `gym.make` takes it, to what is to be seen, for screen
            readers.
        height: of each picture on the page, in CSS pixels.
        seed: of the episodes.

    Returns:
        A `Shown`.

    Raises:
        ValueError: if there is no world, or one without words.

    >>> worlds({"FrozenLake-v1": "Four by four cells of ice, with four holes."})
    FrozenLake-v1: Four by four cells of ice, with four holes.
    """
    if not described:
        raise ValueError("no worlds are given: give their ids, each with what is to be seen")
    if not isinstance(described, dict):
        raise TypeError(f"described is a {type(described).__name__}, expected a dict from id to alt text")
    shown = []
    for name, alt in described.items():
        image = Image.fromarray(_first_frame(name, seed))
        width = round(image.width * height / image.height)
        if image.height > 2 * height:  # twice as many pixels, for sharp screens
            image = image.resize((2 * width, 2 * height))
        image = ImageOps.expand(image, border=2, fill="#BBBBBB")  # some worlds are white, as the page is
        shown.append(picture(_small_png(image), alt=alt, width=width))
        shown[-1].text = f"{name}: {alt}"
    return beside(*shown, captions=list(described))


def _first_frame(name, seed):
    """Return what a world looks like when an episode begins; the world is closed again."""
    import gymnasium as gym

    with _without_a_window():
        env = gym.make(name, render_mode="rgb_array")
        try:
            env.reset(seed=seed)
            return to_rgb(checked_pixels(env.render(), f"the picture of {name}"))
        finally:
            env.close()


@contextlib.contextmanager
def _without_a_window():
    """Let pygame, which draws most of Gymnasium's worlds, look for no screen meanwhile."""
    given = os.environ.get("SDL_VIDEODRIVER")
    os.environ["SDL_VIDEODRIVER"] = given or "dummy"
    try:
        yield
    finally:
        if given is None:
            del os.environ["SDL_VIDEODRIVER"]


def table(rows, *, header, caption, digits=2):
    """Show rows of numbers and words as a table with a header row.

    Args:
        rows: sequences, one a row; floats are rounded.
        header: one title a column.
        caption: what the table shows, read aloud first by screen readers.
        digits: decimals of floats.

    Returns:
        A `Shown`.

    >>> print(table([("random", 1.7)], header=("player", "score"), caption="Scores", digits=1))
    Scores
    player  score
    random  1.7
    """
    rows = [list(row) for row in rows]
    texts = [[_text(entry, digits) for entry in row] for row in rows]
    # Words to the left, numbers to the right, where their digits line up.
    sides = ["right" if all(map(_is_number, column)) else "left" for column in zip(*rows, strict=True)]
    head = "".join(
        f'<th scope="col" style="text-align:{side}">{html.escape(title)}</th>'
        for title, side in zip(header, sides, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="text-align:{side}">{html.escape(text)}</td>'
            for text, side in zip(row, sides, strict=True)
        )
        + "</tr>"
        for row in texts
    )
    title = f"<caption>{html.escape(caption)}</caption>"
    markup = f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    widths = [max(map(len, column)) for column in zip(header, *texts, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in (list(header), *texts)]
    return Shown(markup, "\n".join([caption, *lines]))


def _is_number(entry):
    return isinstance(entry, int | float | np.number) or str(entry).rstrip("%").replace(".", "", 1).isdigit()


def _text(entry, digits):
    if isinstance(entry, float | np.floating):
        # z: what rounds to zero has no sign.
        return f"{entry:z,.{digits}f}".replace("inf", "∞").replace("-", "−")
    if isinstance(entry, int | np.integer) and not isinstance(entry, bool):
        return f"{entry:,}".replace("-", "−")
    return str(entry)


def _data_uri(data, kind):
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _ground(image):
    """Return `WHITE` for a picture that is light as a whole: that of a cart and its pole, but not a room."""
    linear = (np.asarray(image.convert("RGB")) / 255) ** 2.2
    return WHITE if (linear @ [0.2126, 0.7152, 0.0722]).mean() > 0.55 else None


def tag(data, kind, alt, width, ground=None):
    """Return a `Shown` of a picture's bytes.

    Args:
        data, kind: of the file, "png" or "gif".
        alt: what is to be seen, for screen readers.
        width, ground: on the page, in CSS pixels; `CHART`, `WHITE` or None.

    Raises:
        ValueError: if nothing is said for screen readers.
    """
    if not alt.strip():
        raise ValueError("alt is empty: say in a sentence what is to be seen")
    address, words = _data_uri(data, kind), html.escape(alt)
    mark = f' class="{ground}"' if ground else ""
    return Shown(f'<img{mark} src="{address}" alt="{words}" width="{width}" style="max-width:100%">', alt)
