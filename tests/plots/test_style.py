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
    """Contrast of at least 4.5:1 between number and ground, as WCAG 2.2 asks."""

    def luminance(parts):
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return float(np.dot([0.2126, 0.7152, 0.0722], linear))

    ground = plots.DIVERGING((value + 1) / 2)
    ink = {"black": 0.0, "white": 1.0}[plots.ink(ground)]
    light, dark = sorted([luminance(ground[:3]), ink], reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
