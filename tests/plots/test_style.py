import numpy as np
import pytest
from matplotlib import pyplot as plt

from rl_helpers import plots


def test_nothing_stays_open_and_no_style_is_changed():
    before = dict(plt.rcParams)
    plots.new_axes(columns=2)
    assert plt.get_fignums() == []
    assert dict(plt.rcParams) == before


@pytest.mark.parametrize("value", np.linspace(-1, 1, 21))
def test_numbers_can_be_read_on_every_colour(value):
    """Contrast of at least 7:1 between a black number and its ground, the most that WCAG 2.2 asks."""

    def luminance(parts):
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return float(np.dot([0.2126, 0.7152, 0.0722], linear))

    assert (luminance(plots.DIVERGING((value + 1) / 2)[:3]) + 0.05) / 0.05 >= 7


def test_a_figure_becomes_a_frame_as_it_is_drawn():
    fig, axes = plots.new_axes(width=3, height=2)
    blank = plots.pixels(fig, dpi=50)
    assert blank.shape == (100, 150, 3)
    assert blank.dtype == np.uint8
    assert (blank[0, 0] == 255).all()
    axes.axvspan(0, 1, color=(1.0, 0.0, 0.0))
    assert plots.pixels(fig, dpi=50)[40, 80].tolist() == [255, 0, 0]
