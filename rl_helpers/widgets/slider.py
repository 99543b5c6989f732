"""A slider over pictures that are all drawn beforehand: the page switches them by itself."""

import html
from numbers import Real
from pathlib import Path

import numpy as np
import traitlets

from rl_helpers.notebook import show
from rl_helpers.notebook.progress import progress_bar
from rl_helpers.widgets.static_picture import StaticPictureWidget

HERE = Path(__file__).parent


def picture_slider(pictures, *, label, start=None, width=None):
    """Show one of many pictures, chosen by a slider that answers without asking Python.

    Args:
        pictures: from the slider's value to a `Shown`, or to (PNG bytes or `Shown`, alt text), in order.
        label: what the slider changes, "learning rate α".
        start: the value it begins with; by default the first.
        width: of PNG pictures on the page, in CSS pixels; by default their own.

    Returns:
        A `PictureSlider`; its `value` is where the slider stands.

    Raises:
        ValueError: if there is no picture, or none for `start`.

    >>> import numpy as np
    >>> dark, light = (show.picture(np.full((9, 9), grey, np.uint8), alt="a square") for grey in (0, 255))
    >>> picture_slider({0.1: dark, 0.5: light}, label="α", start=0.5).value
    0.5
    """
    values = list(pictures)
    if not values:
        raise ValueError("pictures is empty: give one for each value of the slider")
    start = values[0] if start is None else start
    texts = [text_of(value) for value in values]
    if start not in values and text_of(start) not in texts:
        raise ValueError(f"start is {start!r}, expected one of {', '.join(texts)}")
    markup = [_html(value, pictures[value], width) for value in values]
    index = values.index(start) if start in values else texts.index(text_of(start))
    return PictureSlider(values, markup, label, index)


def text_of(value):
    """Return a slider's value as it is read: without the digits that sums of fractions get wrong.

    >>> text_of(0.1 + 0.2), text_of(1.0), text_of(-3000), text_of("α")
    ('0.3', '1.0', '−3,000', 'α')
    """
    if isinstance(value, float):
        value = float(f"{value:.12g}")
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    return f"{value:,}".replace("-", "−") if is_number else f"{value}"


def draw_all(values, draw, *, alt, progress=False, n_colours=256):
    """Draw a picture for every value of a slider.

    Args:
        values: of the slider.
        draw: from a value to a matplotlib figure.
        alt: from a value to what is to be seen, for screen readers; or a text in which {} is the value.
        progress: whether to show a progress bar.
        n_colours: of each picture, as `show.figure` takes it.

    Returns:
        A dict from value to `Shown`, for `picture_slider`.

    Raises:
        TypeError: if an argument is none of these.
    """
    if not callable(draw) or not np.iterable(values):
        raise TypeError(
            f"values are {values!r} and draw is {draw!r}, expected the values first, then a function of a "
            "value"
        )
    if not callable(alt) and not isinstance(alt, str):
        raise TypeError(
            f"alt is {alt!r}, expected a text such as 'γ = {{}}', or a function from a value to it"
        )
    # Not `format`: a text may have other braces, as formulas do.
    describe = alt if callable(alt) else lambda value: alt.replace("{}", text_of(value))
    pictures = {}
    for value in progress_bar(list(values), progress, unit="picture"):
        pictures[value] = show.figure(draw(value), alt=describe(value), n_colours=n_colours)
    return pictures


class PictureSlider(StaticPictureWidget):
    """The widget that `picture_slider` returns.

    Attributes:
        index: of the slider's value, from 0 on; set it to move the slider.
    """

    _esm = HERE / "slider.js"
    _css = HERE / "widgets.css"
    invitation = "Run this cell to move the slider."
    label = traitlets.Unicode().tag(sync=True)
    texts = traitlets.List().tag(sync=True)
    pictures = traitlets.List().tag(sync=True)
    index = traitlets.Int().tag(sync=True)

    def __init__(self, values, pictures, label, index):
        self.values = values
        super().__init__(label=label, texts=list(map(text_of, values)), pictures=pictures, index=index)
        self._first = f"<p>{html.escape(f'{label} = {text_of(values[index])}')}</p>{pictures[index]}"

    @property
    def value(self):
        """The value the slider stands at."""
        return self.values[self.index]

    def static_html(self):
        """Return the picture the slider begins with."""
        return self._first


def _html(value, entry, width):
    if isinstance(entry, show.Shown):
        return entry.html
    try:
        picture, alt = entry
    except (TypeError, ValueError):
        kind = type(entry).__name__
        raise ValueError(f"pictures[{value!r}] is a {kind}, expected (PNG bytes, alt text)") from None
    return (
        picture.html if isinstance(picture, show.Shown) else show.picture(picture, alt=alt, width=width).html
    )
