import numpy as np
import pytest
from matplotlib.figure import Figure

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers import plots, widgets
from rl_helpers.notebook import show
from tests.widgets.pages import Pictures, slider


def test_slider_holds_every_picture_and_says_where_it_stands():
    control = slider()
    assert control.value == 0.2
    assert [Pictures(markup).alts for markup in control.pictures] == [
        ["curve for 0.1"],
        ["curve for 0.2"],
        ["curve for 0.5"],
    ]
    control._handle_msg({"content": {"data": {"method": "update", "state": {"index": 2}}}, "buffers": []})
    assert control.value == 0.5


def test_slider_takes_png_bytes_with_their_words():
    from matplotlib.figure import Figure

    png = show.figure_png(Figure(figsize=(1, 1)))
    control = widgets.picture_slider({"a": (png, "an empty figure")}, label="kind", width=96)
    assert Pictures(control.pictures[0]).alts == ["an empty figure"]
    assert 'width="96"' in control.pictures[0]


def test_slider_refuses_what_it_cannot_show():
    picture = show.picture(np.zeros((3, 3), np.uint8), alt="black")
    with pytest.raises(ValueError, match="pictures is empty"):
        widgets.picture_slider({}, label="α")
    with pytest.raises(ValueError, match=r"start is 3, expected one of 1, 2"):
        widgets.picture_slider({1: picture, 2: picture}, label="α", start=3)
    with pytest.raises(ValueError, match=r"pictures\[1\] is a int, expected \(PNG bytes, alt text\)"):
        widgets.picture_slider({1: 5}, label="α")


def test_every_value_is_drawn_once_and_its_figure_closed():
    from matplotlib import pyplot as plt

    plt.switch_backend("agg")
    drawn = []

    def draw(value):
        drawn.append(value)
        return plt.figure(figsize=(1, 1))

    pictures = widgets.draw_all([0.1, 0.5], draw, alt="curve for α = {}")
    assert drawn == [0.1, 0.5]
    assert plt.get_fignums() == []
    assert Pictures(pictures[0.5].html).alts == ["curve for α = 0.5"]
    pictures = widgets.draw_all([1], draw, alt=lambda value: f"number {value}")
    assert Pictures(pictures[1].html).alts == ["number 1"]


def test_values_are_read_without_the_digits_that_sums_get_wrong():
    picture = show.picture(np.zeros((3, 3), np.uint8), alt="black")
    values = [0.1 + 0.2, 1.0, 1e-9, 3, np.float64(0.7) * 3, 1 / 3, "α"]
    slider = widgets.picture_slider(dict.fromkeys(values, picture), label="x", start=0.3)
    assert slider.texts == ["0.3", "1.0", "1e−09", "3", "2.1", "0.333333333333", "α"]
    assert slider.value == 0.1 + 0.2
    assert "x = 0.3<" in slider.static_html()
    with pytest.raises(ValueError, match=r"start is 0\.4, expected one of 0\.3, 1\.0"):
        widgets.picture_slider(dict.fromkeys(values, picture), label="x", start=0.4)


@pytest.mark.parametrize(
    ("alt", "said"),
    [
        (r"$\epsilon_{t}$ at {}", r"$\epsilon_{t}$ at 0.3"),
        ("{} and {}", "0.3 and 0.3"),
        ("a set {1, 2} of {x}", "a set {1, 2} of {x}"),
        ("} at {", "} at {"),
        (lambda value: f"{{{value}}}", "{0.30000000000000004}"),
    ],
)
def test_a_text_may_have_other_braces(alt, said):
    pictures = widgets.draw_all([0.1 + 0.2], lambda value: plots.new_axes()[0], alt=alt)
    assert pictures[0.1 + 0.2].text == said


@pytest.mark.parametrize(
    ("values", "draw", "alt", "words"),
    [
        (Figure, [1, 2], "at {}", r"expected the values first, then a function of a value"),
        (None, Figure, "at {}", r"values are None and draw is"),
        ([1], lambda value: Figure(), None, r"alt is None, expected a text such as"),
        ([1], lambda value: None, "at {}", r"the figure is None, expected one of matplotlib: .*`return fig`"),
        ([1], lambda value: np.zeros((2, 2)), "at {}", r"the figure is ndarray, expected one of matplotlib"),
    ],
)
def test_what_cannot_be_drawn_is_told_in_words(values, draw, alt, words):
    with pytest.raises(TypeError, match=words):
        widgets.draw_all(values, draw, alt=alt)
