"""What `plt.show()` shows."""

import re

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import select_figure_formats
from matplotlib.figure import Figure

from rl_helpers.notebook.own_charts import shown_as_ours
from tests.notebook.failures import STARTUP


def chart(**kwargs):
    fig = Figure(figsize=(4, 3), facecolor="white", **kwargs)
    axes = fig.subplots()
    axes.plot([1, 2, 4])
    axes.set(xlabel="episode", ylabel="return (treats)", title="Bob & co")
    return fig


def test_a_chart_is_turned_in_the_dark_and_says_what_it_shows():
    markup = shown_as_ours(chart())
    assert 'class="bob-chart"' in markup
    assert 'alt="Chart: Bob &amp; co; return (treats) against episode"' in markup
    assert 300 < int(re.search(r'width="(\d+)"', markup)[1]) < 420


def test_a_picture_of_a_room_is_not():
    fig = Figure(facecolor="white")
    fig.subplots().imshow(np.zeros((4, 4, 3), np.uint8))
    assert 'class="bob-white"' in shown_as_ours(fig)


@pytest.mark.parametrize("colour", ["black", "#222222", "none"])
def test_a_figure_without_a_light_ground_stays_as_it_is(colour):
    fig = chart()
    fig.set_facecolor(colour)
    assert shown_as_ours(fig) is None


@pytest.fixture
def shell(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    shell = InteractiveShell()
    start = (STARTUP / "60-charts.py").read_text(encoding="utf-8")
    exec(start, {"get_ipython": lambda: shell})
    select_figure_formats(shell, {"png"})  # as pyplot does when it starts
    yield shell
    shell.history_manager.end_session()


def test_every_kernel_of_the_course_shows_figures_so(shell, monkeypatch):
    data, _ = shell.display_formatter.format(chart())
    assert 'class="bob-chart"' in data["text/html"]
    monkeypatch.setattr("rl_helpers.notebook.own_charts.shown_as_ours", lambda fig: 1 / 0)
    data, _ = shell.display_formatter.format(chart())
    assert "text/html" not in data
    assert data["image/png"]


def test_nothing_is_said_of_axes_that_have_no_names():
    fig = Figure(facecolor="white")
    fig.subplots().plot([1])
    assert "no names" in shown_as_ours(fig)
