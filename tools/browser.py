"""Drive JupyterLab in a browser nobody sees: run notebooks, press keys, take pictures of the page.

    python -m tools.browser screenshot NOTEBOOK.ipynb FOLDER [--dark] [--run] [--size 1280x1000]

A server of its own starts on a free port of this computer, with settings, kernels' files and notebooks in a
temporary folder, so that nothing of the person at the keyboard is read or changed.
"""

import argparse
import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--no-sandbox",  # a container's root has no right to make one
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
    "--disable-component-update",
)
THEMES = {False: "JupyterLab Light", True: "JupyterLab Dark"}

# `page.evaluate` waits for ever: a promise is parked in the page and polled with a time limit instead.
PARK = """([body, argument]) => {
  window.parked = {};
  const job = window.parked;
  Promise.resolve().then(() => (0, eval)('(' + body + ')')(argument)).then(
    (value) => { job.value = value === undefined ? null : value; },
    (error) => { job.error = String(error && error.stack || error); });
}"""
READY = """async () => {
  const app = window.jupyterapp;
  await app.restored;
  while (!app.shell.currentWidget?.context) { await new Promise((go) => setTimeout(go, 50)); }
  const panel = app.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
  await panel.revealed;
  app.shell.collapseLeft();
}"""
RUN = """async (number) => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  if (number !== null) { notebook.deselectAll(); notebook.activeCellIndex = number; }
  const command = number === null ? 'notebook:run-all-cells' : 'notebook:run-cell';
  await window.jupyterapp.commands.execute(command);
}"""
# Cells outside the window are not in the page, so outputs are read from the notebook's model.
OUTPUTS = """() => Array.from(window.jupyterapp.shell.currentWidget.content.model.cells)
  .map((cell) => cell.outputs ? cell.outputs.toJSON() : [])"""
SCROLLER = "() => document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer')"
PICTURES_LOADED = """async () => {
  await Promise.all(Array.from(document.images, (image) => image.decode().catch(() => null)));
  await document.fonts.ready;
}"""


class Lab:
    """One notebook open in JupyterLab.

    Attributes:
        page: the Playwright page.
        notebook: the copy that is open; the original is never written.
    """

    def __init__(self, page, notebook):
        self.page = page
        self.notebook = notebook

    def call(self, function, argument=None, *, timeout=60.0):
        """Call a JavaScript function, which may be async, and return what it returns.

        Args:
            function: its source, `(argument) => …`.
            argument: anything JSON can hold.
            timeout: seconds.

        Raises:
            RuntimeError: if it throws.
            TimeoutError: if it takes longer.
        """
        self.page.evaluate(PARK, [function, argument])
        try:
            self.page.wait_for_function(
                "'value' in window.parked || 'error' in window.parked", timeout=timeout * 1000
            )
        except PlaywrightTimeout:
            raise TimeoutError(f"the page had no answer within {timeout:g} s to {function[:60]}…") from None
        answer = self.page.evaluate("window.parked")
        if "error" in answer:
            raise RuntimeError(f"the page answers {answer['error']}")
        return answer["value"]

    def run_all(self, *, timeout=300.0):
        """Run every cell and wait for the last one."""
        self.call(RUN, timeout=timeout)

    def run_cell(self, number, *, timeout=60.0):
        """Run one cell, counted from 0, and wait for it."""
        self.call(RUN, number, timeout=timeout)

    def outputs(self):
        """Return the outputs of every cell as nbformat dictionaries, a list a cell."""
        return self.call(OUTPUTS)

    def errors(self):
        """Return (cell number, error name, message) of every cell that failed."""
        return [
            (number, output["ename"], output["evalue"])
            for number, outputs in enumerate(self.outputs())
            for output in outputs
            if output["output_type"] == "error"
        ]

    def active_cell(self):
        """Return the number of the cell that JupyterLab has selected."""
        return self.call("() => window.jupyterapp.shell.currentWidget.content.activeCellIndex")

    def scroll_to_cell(self, number):
        """Bring a cell to the top of the window."""
        self.call(
            "async (number) => { const notebook = window.jupyterapp.shell.currentWidget.content;"
            " await notebook.scrollToItem(number, 'start'); }",
            number,
        )
        self.settle()

    def settle(self):
        """Wait until pictures and fonts are there and the layout is at rest."""
        self.page.wait_for_timeout(300)
        self.call(PICTURES_LOADED)
        self.page.wait_for_timeout(100)

    def screenshot(self, path):
        """Write what the window shows to a PNG file."""
        self.page.screenshot(path=str(path), animations="disabled")

    def screenshots(self, folder):
        """Scroll through the notebook and write one picture a windowful; returns their paths."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        paths, top = [], 0
        while True:
            self.call(f"(top) => {{ ({SCROLLER})().scrollTop = top; }}", top)
            self.settle()
            seen = self.call(
                f"() => {{ const box = ({SCROLLER})();"
                " return [box.scrollTop, box.clientHeight, box.scrollHeight]; }"
            )
            paths.append(folder / f"{self.notebook.stem}_{len(paths) + 1:02d}.png")
            self.screenshot(paths[-1])
            if seen[0] + seen[1] >= seen[2] - 2 or seen[0] < top - 2:
                return paths
            # A strip is seen twice, so that no line is cut in both pictures.
            top = seen[0] + seen[1] - 40


@contextlib.contextmanager
def open_lab(notebook, *, dark=False, size=(1280, 720), windowing=None, trusted=True, touch=False):
    """Open a copy of a notebook in JupyterLab in headless Chromium.

    Args:
        notebook: path of an `.ipynb` file, or a list of sources, one code cell each.
        dark: JupyterLab's dark theme instead of the light one.
        size: of the window, (width, height) in CSS pixels.
        windowing: JupyterLab's windowing mode, its default if not given; "none" keeps all cells in the page.
        trusted: whether stored HTML outputs are trusted, as after running the notebook oneself.
        touch: a screen that is touched.

    Yields:
        A `Lab`, when the kernel is ready.

    Raises:
        RuntimeError: if the server does not start.
    """
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        copy = _copy(notebook, folder)
        environment = _environment(folder, dark, windowing)
        if trusted:
            trust = [sys.executable, "-m", "jupyter", "trust", str(copy)]
            subprocess.run(trust, env=environment, check=True, capture_output=True)
        address, token = stack.enter_context(_server(copy.parent, environment, folder / "server.log"))
        browser = stack.enter_context(_browser())
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, has_touch=touch)
        page.goto(f"{address}/lab/tree/{copy.name}?token={token}", timeout=60_000)
        page.wait_for_function("window.jupyterapp", timeout=60_000)
        lab = Lab(page, copy)
        lab.call(READY, timeout=120)
        yield lab


def _copy(notebook, folder):
    """Write the notebook into a folder that holds nothing else, and return its path."""
    root = folder / "root"
    root.mkdir()
    if isinstance(notebook, str | Path):
        return Path(shutil.copy(notebook, root))
    import nbformat

    cells = [nbformat.v4.new_code_cell(source) for source in notebook]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = root / "notebook.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)
    return path


def _environment(folder, dark, windowing):
    """Point everything Jupyter reads or writes to `folder`, and write the settings there."""
    settings = {
        "apputils-extension/themes": {"theme": THEMES[dark]},
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
        "notebook-extension/tracker": {"windowingMode": windowing} if windowing else {},
    }
    for name, setting in settings.items():
        path = folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting), encoding="utf-8")
    places = {
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "IPYTHONDIR": "ipython",
    }
    return os.environ | {name: str(folder / place) for name, place in places.items()}


@contextlib.contextmanager
def _server(root, environment, log_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--expose-app-in-browser", "--allow-root"]
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": root,
        "IdentityProvider.token": token,
    }
    command += [f"--{name}={value}" for name, value in options.items()]
    address = f"http://127.0.0.1:{port}"
    with open(log_path, "wb") as log:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(f"{address}/api/status?token={token}", process, log_path)
        yield address, token
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(url, process, log_path, *, seconds=60):
    give_up = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < give_up:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    log = log_path.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise RuntimeError(f"JupyterLab did not start within {seconds} s, its last words: {log}")


@contextlib.contextmanager
def _browser():
    # A browser that is there, by name; None: the one that Playwright brings, if it was installed.
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


def main(arguments=None):
    """Take pictures of a notebook, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("screenshot", help="write the notebook page by page as PNG files")
    command.add_argument("notebook", type=Path)
    command.add_argument("folder", type=Path)
    command.add_argument("--dark", action="store_true", help="JupyterLab's dark theme")
    command.add_argument("--run", action="store_true", help="run all cells first, else show stored outputs")
    command.add_argument("--untrusted", action="store_true", help="as after cloning: HTML is sanitized")
    command.add_argument("--size", default="1280x1000", help="of the window, WIDTHxHEIGHT")
    options = parser.parse_args(arguments)
    size = tuple(int(side) for side in options.size.split("x"))
    with open_lab(
        options.notebook, dark=options.dark, size=size, windowing="none", trusted=not options.untrusted
    ) as lab:
        if options.run:
            lab.run_all(timeout=900)
        for number, name, message in lab.errors():
            print(f"cell {number}: {name}: {message}")
        for path in lab.screenshots(options.folder):
            print(path)


if __name__ == "__main__":
    main()
