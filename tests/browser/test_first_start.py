"""JupyterLab as a learner meets it: the first start, with no setting but the course's own."""

import re
import shutil

import pytest

from tests.browser.course import BUILT
from tools.browser.lab import Lab
from tools.browser.server import serve
from tools.environment import FIRST_NOTEBOOK
from tools.notebooks import build

STARTED = """async () => {
  const app = window.jupyterapp;
  await app.restored;
  await app.shell.restored;
  while (!app.shell.currentWidget?.context) { await new Promise((go) => setTimeout(go, 50)); }
  await app.shell.currentWidget.context.ready;
  await app.shell.currentWidget.sessionContext.ready;
}"""
MARKED = "() => window.jupyterapp.shell.currentWidget.context.model.dirty"
CHANGE = """() => {
  window.jupyterapp.shell.currentWidget.content.model.cells.get(0).sharedModel.setSource('changed');
}"""
KERNEL_SPOKE = """async () => {
  const { model, sessionContext } = window.jupyterapp.shell.currentWidget.context;
  await sessionContext.session.kernel.info;
  while (!model.getMetadata('language_info').version) { await new Promise((go) => setTimeout(go, 50)); }
}"""
RUN = "async (name) => { await window.jupyterapp.commands.execute(name); }"
OPEN = "async (path) => { await window.jupyterapp.commands.execute('docmanager:open', { path }); }"
HEADING = re.search(r"^## (.+)$", build.sources()[0].read_text(encoding="utf-8"), re.M)[1]
NEWS = "jupyter news"  # words of the question that JupyterLab asks at a first start
NAMES = """() => [...document.querySelectorAll('.jp-DirListing-item')].map((item) => {
  const text = item.querySelector('.jp-DirListing-itemText > span');
  const room = item.querySelector('.jp-DirListing-itemName').getBoundingClientRect();
  return [text.textContent, text.getBoundingClientRect().right <= room.right];
})"""


@pytest.fixture
def first(course, tmp_path):
    """A page on which the course has just been opened, on a server that nobody has used before."""
    with serve(tmp_path) as server:
        for path in BUILT:
            shutil.copy(path, server.root)
        for name in ("src", "instructors", "output"):
            (server.root / name).mkdir()
            (server.root / name / "text.md").write_text("# A text\n\nof words\n", encoding="utf-8")
        page = course.lab.page.context.browser.new_page(viewport={"width": 1280, "height": 720})
        lab = Lab(page, server.root / FIRST_NOTEBOOK)
        page.goto(f"{server.address}/lab/tree/{FIRST_NOTEBOOK}?token={server.token}", timeout=60_000)
        page.wait_for_function("window.jupyterapp", timeout=60_000)
        lab.call(STARTED, timeout=120)
        yield lab
        page.close()
        server.stop_kernels()


def test_nothing_is_asked_and_the_notebooks_contents_stand_at_the_side(first):
    first.page.locator("#table-of-contents .jp-tocItem").first.wait_for(timeout=20_000)
    assert HEADING in first.page.locator("#table-of-contents").inner_text()
    assert not first.page.locator("#filebrowser").is_visible()
    first.page.wait_for_timeout(1500)  # as long as it takes the question to come where it is asked
    assert first.page.locator(".Toastify__toast, .jp-Dialog").count() == 0
    assert NEWS not in first.page.locator("body").inner_text().lower()
    assert first.complaints == []


def test_files_have_their_whole_names_and_texts_are_shown_as_they_read(first):
    first.call(RUN, "filebrowser:activate")
    first.page.locator(".jp-DirListing-item").first.wait_for(timeout=20_000)
    assert first.call(NAMES) == [["output", True], *([path.name, True] for path in BUILT)]
    first.call(OPEN, "src/text.md")  # not in the list, and there all the same
    first.page.locator(".jp-MarkdownViewer h1", has_text="A text").wait_for(timeout=20_000)
    assert first.page.locator(".jp-FileEditor").count() == 0


def test_a_notebook_is_marked_as_changed_only_when_somebody_changed_it(first):
    first.call(KERNEL_SPOKE)
    assert first.call(MARKED) is False
    first.page.wait_for_timeout(500)
    assert first.call(MARKED) is False
    first.call(CHANGE)
    assert first.call(MARKED) is True
