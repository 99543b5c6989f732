"""The web site: complete, whole in itself, and nothing of a notebook is lost on the way."""

import contextlib
import importlib
import inspect
import json
import pkgutil
import re
from urllib.parse import unquote

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from bs4 import BeautifulSoup

import rl_helpers
from rl_helpers.notebook.show import CHART
from rl_helpers.widgets.slider import PictureSlider
from tests.browser.accessibility import LIGHT, MOST_LIGHT, OF_COLOURS
from tests.browser.page import missing
from tools.browser.server import start_browser
from tools.notebooks.build import BUILT, ROOT
from tools.notebooks.rules import SLIDER
from tools.site import build, reference

NOTEBOOKS = sorted(BUILT.glob("[0-9][0-9]_*.ipynb"))
MOST_MEGABYTES = 40
by_name = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
AXE = """async (rules) => (await axe.run({
  resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}),
})).violations
  .map(({ id, nodes }) => [id, nodes.length, nodes[0].html.slice(0, 200), nodes[0].failureSummary])"""
STANDS_STILL = "() => !document.getAnimations().some((each) => each instanceof CSSTransition)"
# Words in outputs whose colour is too near the page's: where nothing of their own lies below them.
FAINT = """() => {
  const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((value) => value / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0.05);
  const ground = (each) => {
    for (; each; each = each.parentElement) {
      const { backgroundColor } = getComputedStyle(each);
      if (!/^rgba\\(.*, 0\\)$/.test(backgroundColor)) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('article .cell_output .text_html *')]
    .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((each) => each.checkVisibility())
    .filter((each) => {
      const [dark, bright] = [ground(each), getComputedStyle(each).color].map(light).sort((a, b) => a - b);
      return bright / dark < 4.5;
    }).map((each) => each.outerHTML.slice(0, 200));
}"""
# Attributes whose file a browser fetches without being asked. A link is followed only by a click.
FETCHED = {"script": "src", "img": "src", "source": "srcset", "iframe": "src", "video": "src", "link": "href"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site's pages, parsed, by name."""
    folder = tmp_path_factory.mktemp("site")
    assert build.build(NOTEBOOKS, folder) == 0
    pages = (folder / "html").rglob("*.html")
    return folder / "html", {
        path.relative_to(folder / "html").as_posix(): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in pages
    }


@pytest.fixture(scope="module")
def page(count_browsers_work):
    """A page that complains aloud."""
    with contextlib.ExitStack() as stack:
        try:
            browser = stack.enter_context(start_browser())
        except FileNotFoundError as error:
            missing(error)
        stack.callback(count_browsers_work)
        page = browser.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page


def article(site, path):
    return site[1][f"notebooks/{path.stem}.html"].article


def stored(path):
    """Return the HTML that a notebook's cells show, parsed."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return BeautifulSoup("".join("".join(data.get("text/html", "")) for data in outputs), "html.parser")


def test_no_page_fetches_anything_from_elsewhere(site):
    folder, pages = site
    for name, page in pages.items():
        for tag, attribute in FETCHED.items():
            addresses = [each.get(attribute, "") for each in page.find_all(tag)]
            assert not [each for each in addresses if re.match(r"(https?:)?//", each)], name
    for path in folder.rglob("*.css"):
        assert not re.findall(r"(?:url\(|@import )['\"]?(?:https?:)?//", path.read_text("utf-8")), path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_shut_nobody_out_and_fit_the_screen(site, page, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    rules = OF_COLOURS if scheme == "dark" else None  # the rest is as in the light
    notebooks = ("00_start_here", "01_agent_and_environment", "05_q_learning")
    for name in ("index", *(f"notebooks/{each}" for each in notebooks), "api/index"):
        page.goto((site[0] / f"{name}.html").as_uri())
        page.wait_for_function("() => window.MathJax?.startup?.promise ?? !document.querySelector('.math')")
        page.evaluate("() => window.MathJax?.startup?.promise?.then(() => null)")
        page.evaluate(AXE_SCRIPT)
        page.wait_for_function(STANDS_STILL)  # On its way from one theme to the other a colour is neither.
        assert page.evaluate(AXE, rules) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert page.complaints == []


def test_outputs_can_be_read_and_do_not_glare_in_the_dark(site, page):
    page.emulate_media(color_scheme="dark")
    for path in NOTEBOOKS:
        page.goto((site[0] / "notebooks" / f"{path.stem}.html").as_uri())
        page.evaluate(
            "() => Promise.all([...document.images].map((each) => each.decode().catch(() => null)))"
        )
        seen = page.evaluate(LIGHT, "article .cell_output img")
        assert [each for each in seen if each[-1] > MOST_LIGHT] == [], path.stem
        assert [each for each in seen if each[1] == CHART and each[-1] > 0.3] == [], path.stem
        assert page.evaluate(FAINT) == [], path.stem


def test_questions_answer_without_a_kernel(site, page):
    page.goto((site[0] / "notebooks" / "01_agent_and_environment.html").as_uri())
    questions = page.locator(".bob-quiz")
    assert questions.count() == page.locator("article details > summary", has_text="Answer").count() > 3
    questions.first.locator("input").nth(1).check()
    assert "Right. It turns action and state" in questions.first.locator("[role=status]").inner_text()


def test_guesses_come_back_without_a_kernel(site, page):
    address = (site[0] / "notebooks" / "02_actions_and_states.html").as_uri()
    page.goto(address)
    back = page.locator(".bob-guessed")
    assert (page.locator(".bob-guess").count(), back.count()) == (2, 2)
    assert not back.first.is_visible()
    page.get_by_role("textbox", name="Your guess: positions of tic-tac-toe").fill("5000")
    page.get_by_role("radiogroup", name="Your guess: digits").get_by_role("radio").first.check()
    words = ["You guessed: 5000 positions of tic-tac-toe", "You guessed: 10 digits"]
    assert back.all_inner_texts() == words
    page.goto(address)
    assert back.all_inner_texts() == words


def test_sliders_move_without_a_kernel(site, page):
    page.goto((site[0] / "notebooks" / "00_start_here.html").as_uri())
    slider = page.locator(".bob-slider")
    ground = "(each) => getComputedStyle(each).backgroundColor"
    page.emulate_media(color_scheme="dark")
    assert slider.evaluate(ground) == page.locator("body").evaluate(ground) != "rgb(255, 255, 255)"
    front = slider.locator(".bob-front img")
    assert "Run this cell to move the slider" not in page.locator("article").inner_text()
    before = front.get_attribute("alt")
    slider.get_by_role("slider", name="step").focus()
    page.keyboard.press("ArrowRight")
    assert front.count() == 1
    assert front.is_visible()
    assert front.get_attribute("alt").startswith("After 1 steps")
    assert before.startswith("After 0 steps")
    assert slider.locator("output").inner_text() == "1"
    assert front.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 100
    assert page.complaints == []


def test_every_slider_has_its_pictures_on_the_site(site):
    n_sliders = 0
    for path in NOTEBOOKS:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
        sliders = [data for data in outputs if PictureSlider.invitation in "".join(data.get("text/html", ""))]
        assert all(SLIDER in data for data in sliders), path.stem
        states = article(site, path).select("script.bob-slider-state")
        assert len(states) == len(sliders), path.stem
        n_sliders += len(sliders)
        for state in states:
            told = json.loads(state.string)
            assert len(told["pictures"]) == len(told["texts"]) > told["index"]
            assert all(" alt=" in markup for markup in told["pictures"])
    assert n_sliders >= 9


def test_every_link_between_pages_leads_somewhere(site):
    folder, pages = site
    ids = {name: {each["id"] for each in page.find_all(id=True)} for name, page in pages.items()}
    for name, page in pages.items():
        for link in {each["href"] for each in page.find_all("a", href=True)}:
            if re.match(r"[a-z]+:", link):
                continue
            target, _, place = link.partition("#")
            path = (folder / name).parent.joinpath(unquote(target)).resolve() if target else folder / name
            assert path.is_file(), f"{name} links to {link}"
            if place and path.suffix == ".html":
                assert unquote(place) in ids[path.relative_to(folder).as_posix()], f"{name} links to {link}"


@by_name
def test_pictures_and_films_are_kept_with_their_words(site, path):
    shown = article(site, path).find_all("img")
    assert all(each.get("alt") for each in shown)
    kept = {(each["src"], each["alt"]) for each in shown}
    assert {(each["src"], each.get("alt")) for each in stored(path).find_all("img")} <= kept


@by_name
def test_folded_code_is_folded_and_all_code_is_there(site, path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    folded = [cell for cell in code if cell["metadata"].get("jupyter", {}).get("source_hidden")]
    page = article(site, path)
    assert len(page.select("div.cell_input")) == len(code)
    assert len(page.select("div.cell.tag_hide-input")) == len(folded)
    names = ["".join(cell["source"]).split("\n")[0].removeprefix("# ").removesuffix(".") for cell in folded]
    summaries = [each.get_text(" ", strip=True) for each in page.select("div.cell.tag_hide-input summary")]
    assert [name for name, words in zip(names, summaries, strict=True) if name not in words] == []


def test_reference_has_every_module_and_every_name_that_one_imports(site):
    ids = {
        each["id"]
        for name, page in site[1].items()
        if name.startswith("api/")
        for each in page.find_all(id=True)
    }
    modules = [each.name for each in pkgutil.walk_packages(rl_helpers.__path__, "rl_helpers.")]
    assert {f"module-{name}" for name in modules if not name.endswith("__main__")} <= ids
    for name in modules:
        for word in getattr(importlib.import_module(name), "__all__", ()):
            thing = getattr(importlib.import_module(name), word)
            if inspect.isfunction(thing) or inspect.isclass(thing):
                assert f"{thing.__module__}.{thing.__qualname__}" in ids


def test_front_page_leads_to_every_notebook(site):
    links = {each.get("href") for each in site[1]["index.html"].article.find_all("a")}
    assert {f"notebooks/{path.stem}.html" for path in NOTEBOOKS} <= links


def test_site_stays_small(site):
    assert sum(path.stat().st_size for path in site[0].rglob("*") if path.is_file()) / 1e6 < MOST_MEGABYTES


# What it is made of.


def test_binder_is_offered_once_the_readme_names_a_repository(tmp_path):
    link = "(https://mybinder.org/v2/gh/{}/HEAD?urlpath=lab)"
    for name, found in (("OWNER/REPO", None), ("bob/learns", "bob/learns")):
        (tmp_path / "README.md").write_text(link.format(name))
        assert build.repository(tmp_path) == found


def test_front_page_is_the_readmes_introduction_without_badges():
    badge = "[![b](https://a)](https://b)\n<!-- c -->\n\n"
    readme = f"# Bob\n\nWords.\n\n{badge}## Two\n\nmake\n\n## The notebooks\n\ntable\n"
    page = build.front_page(readme, ["00_start"])
    assert page.startswith("# Bob\n\nWords.\n\n\n## The notebooks\n\ntable\n")
    assert "https" not in page
    assert "\nnotebooks/00_start\nnotebooks/GLOSSARY\n" in page
    with pytest.raises(ValueError, match="no section '## The notebooks'"):
        build.front_page("# Bob\n", [])


def test_links_that_an_output_has_to_notebooks_lead_to_pages():
    link = '<a href="{}">05</a>'
    data = {"text/html": [link.format("05_q_learning.ipynb"), link.format("https://x.org/a.ipynb")]}
    cell = {"metadata": {}, "outputs": [{"data": data}, {"text": "05_q_learning.ipynb"}]}
    (output, _) = build.page_of({"cells": [cell, {"metadata": {}}]})["cells"][0]["outputs"]
    wanted = link.format("05_q_learning.html") + link.format("https://x.org/a.ipynb")
    assert output["data"]["text/html"] == wanted


def test_links_lead_to_pages_to_files_or_are_words(tmp_path):
    (tmp_path / "LICENSE").touch()
    (tmp_path / "tools").mkdir()
    text = "[a](A.md#b) [l](LICENSE) ![p](LICENSE) [t](tools/) [r](README.md#x) [w](https://b.org)"
    made, files = build.linked(text, {"A.md"}, tmp_path)
    assert made == "[a](A.md#b) [l](LICENSE) ![p](LICENSE) t [r](index.md) [w](https://b.org)"
    assert files == {"LICENSE"}


def test_what_a_slider_tells_ends_no_script():
    state = {"pictures": ["<p></p></script>"]}
    made = BeautifulSoup(build.with_slider("<b>1</b>", state), "html.parser")
    assert json.loads(made.script.string) == state
    assert made.b.string == "1"
    assert build.with_slider("<b>1</b>", None) == "<b>1</b>"


@pytest.mark.parametrize("error", [ConnectionError("no route"), ValueError("no section")])
def test_what_stops_the_build_is_said_in_a_sentence(monkeypatch, capsys, error):
    def stop(_):
        raise error

    monkeypatch.setattr(build, "build", stop)
    assert build.main([]) == 1
    assert capsys.readouterr().err == f"{error}\n"


def test_second_build_keeps_what_is_the_same_and_removes_what_is_gone(tmp_path):
    build.place({"a.md": b"1", "b/c.md": b"2"}, tmp_path)
    before = (tmp_path / "a.md").stat().st_mtime_ns
    build.place({"a.md": b"1", "d.md": b"3"}, tmp_path)
    assert {path.name for path in tmp_path.rglob("*.md")} == {"a.md", "d.md"}
    assert (tmp_path / "a.md").stat().st_mtime_ns == before


def test_reference_lists_each_folder_with_the_first_line_of_its_docstring():
    pages = reference.pages(ROOT / "rl_helpers")
    assert f":doc:`rl_helpers.agents`: {rl_helpers_line('agents')}" in pages["index"]
    assert ".. automodule:: rl_helpers.agents.sarsa\n   :members:" in pages["rl_helpers.agents"]


def rl_helpers_line(folder):
    return importlib.import_module(f"rl_helpers.{folder}").__doc__.splitlines()[0]
