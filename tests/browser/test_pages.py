"""Every notebook as a learner sees it: without errors, whole, and for everybody."""

import itertools
from urllib.parse import urlsplit

import nbformat
import pytest

from rl_helpers.notebook.show import CHART, WHITE
from tests.browser.accessibility import HEADINGS, MOST_LIGHT, WORDLESS, look_in_both_themes
from tests.browser.page import CONTROLS, PANEL, missing, ours
from tools.browser.server import NO_BROWSER
from tools.notebooks import build
from tools.notebooks.rules import WIDGET

SMALL = {"width": 1024, "height": 614}  # 13 inches, 1280 × 768, at 125 %
TOO_WIDE = """(panel) => {
  const places = '.jp-OutputArea-output, .jp-MarkdownOutput, .jp-InputArea-editor';
  const bob = '.bob-player, .bob-stepper, .bob-slider, .bob-screen, .bob-side';
  const parts = `${bob}, img, table, pre, .cm-scroller`;
  return [...document.querySelectorAll(`${panel} :is(${places}) :is(${parts})`)].filter((part) => {
    const box = part.closest(places).getBoundingClientRect();
    const { width, right } = part.getBoundingClientRect();
    return width > 1 && (part.scrollWidth > part.clientWidth + 1 || right > box.right + 1);
  }).map((part) => part.outerHTML.slice(0, 200));
}"""
FILMS = """(panel) => Array.from(document.querySelectorAll(`${panel} img[src^="data:image/gif"]`),
  (film) => film.currentSrc.slice(0, 14))"""
UNREADABLE = """(panel) => [...document.querySelectorAll(`${panel} img`)]
  .filter((image) => !image.naturalWidth).length"""


LINES = """(panel) => [...document.querySelectorAll(`${panel} .jp-MarkdownOutput > p`)]
  .map((text) => text.getBoundingClientRect().width / parseFloat(getComputedStyle(text).fontSize))"""
LONGEST_LINE = 48  # times the size of its letters: 75 to 90 characters, by the font


def test_run_all_shows_no_error(lab):
    assert lab.errors() == []
    assert lab.complaints == []


def test_every_control_and_every_question_is_on_the_page(lab):
    """So that none of the tests below passes because it finds nothing."""
    shown = [output for outputs in lab.outputs() for output in outputs if WIDGET in output.get("data", {})]
    assert len(ours(lab, CONTROLS)) == len(shown)
    texts = [cell for cell in nbformat.read(lab.notebook, as_version=4).cells if cell.cell_type == "markdown"]
    questions = sum(cell.source.count("<details") for cell in texts)
    assert len(ours(lab, ".jp-MarkdownOutput details")) == questions


def test_course_has_each_kind_of_control():
    sources = "".join(path.read_text(encoding="utf-8") for path in build.sources())
    for call in ("picture_slider(", "step_through(", "solution(", "<details", 'play(gym.make("Bob/Room-v0"'):
        assert call in sources
    assert "ALE/Breakout-v5" in sources


def test_nothing_is_asked_of_another_machine(lab):
    hosts = {urlsplit(url).hostname for url in lab.requests if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}


def test_lines_of_text_are_short_enough_to_be_read(lab):
    assert 0 < max(lab.call(LINES, PANEL)) <= LONGEST_LINE


@pytest.fixture(scope="module")
def looks(run):
    """What is seen in either theme, from whether it is dark."""
    return look_in_both_themes(run.lab or missing(NO_BROWSER), f"{PANEL} .jp-OutputArea-output img")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_shuts_out_who_cannot_see_well(looks, dark):
    found = looks[dark]
    assert found["bad"] == []
    assert found["unclear"] == []
    assert found["coloured"] >= 0.95 * found["written"] > 0  # all of the page was looked at
    assert len(found["code"]) > 5
    assert {colour: seen for colour, seen in found["code"].items() if seen[0] < 4.5} == {}


def test_no_picture_glares_in_the_dark(looks):
    in_light, seen = looks[False]["light"], looks[True]["light"]
    assert [each for each in seen if each[-1] > MOST_LIGHT] == []
    assert {mark for _, mark, light in in_light if light > MOST_LIGHT} <= {CHART, WHITE}
    # In the light theme everything is as it is stored, and in the dark one charts lie on the page's ground; a
    # chart full of colour, such as a map of a policy, gets no lighter.
    assert len(seen) == len(in_light) > 0
    for (_, mark, stored), (_, _, dark) in zip(in_light, seen, strict=True):
        if mark == CHART:
            assert stored > 0.4
            assert dark < (0.3 if stored > 0.6 else stored)


def test_headings_come_in_order_and_pictures_have_words(lab):
    levels = lab.call(HEADINGS, PANEL)
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert lab.call(WORDLESS, PANEL) == []


def test_films_stand_still_for_who_asks_for_less_motion(lab):
    calm = lab.call(FILMS, PANEL)
    lab.page.emulate_media(reduced_motion="no-preference")
    lab.settle()
    moving, unreadable = lab.call(FILMS, PANEL), lab.call(UNREADABLE, PANEL)
    lab.page.emulate_media(reduced_motion="reduce")
    stored = [
        output for outputs in lab.outputs() for output in outputs if "text/html" in output.get("data", {})
    ]
    n_films = sum("".join(output["data"]["text/html"]).count('src="data:image/gif') for output in stored)
    assert moving == ["data:image/gif"] * n_films
    assert unreadable == 0  # all other tests see the films' first pictures only
    assert calm == ["data:image/png"] * len(moving)


def test_nothing_is_cut_off_on_a_small_screen(lab):
    size = lab.page.viewport_size
    lab.page.set_viewport_size(SMALL)
    lab.settle()
    cut = lab.call(TOO_WIDE, PANEL)
    lab.page.set_viewport_size(size)
    assert cut == []
