"""A JupyterLab server of its own and a browser nobody sees; what they write is in a temporary folder."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

from rl_helpers.breakout.deep import BUDGET_VARIABLE as PICTURES_BUDGET
from rl_helpers.breakout.learning import BUDGET_VARIABLE
from rl_helpers.super_bob.lesson.live import BUDGET_VARIABLE as SUPER_BOB_BUDGET

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
NO_BROWSER = (
    "no browser to drive: install Chromium or Google Chrome (Debian: `apt-get install chromium`), "
    "or run `python -m playwright install chromium`"
)


class Server:
    """A running JupyterLab.

    Attributes:
        address: such as "http://127.0.0.1:8899".
        token: to sign in with.
        root: the folder whose notebooks it opens.
        pid: its process, which starts the kernels.
    """

    def __init__(self, address, token, folder):
        self.address = address
        self.token = token
        self.root = folder / "root"
        self.pid = None
        self._folder = folder

    def set(self, settings):
        """Write JupyterLab's settings, which the next page that is opened reads.

        Args:
            settings: from a plug-in's name, "apputils-extension/themes", to its settings.
        """
        for name, setting in settings.items():
            path = self._folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(setting), encoding="utf-8")

    def trust(self, path):
        """Sign a notebook as if it had been run here, so that its stored HTML is shown whole."""
        import nbformat
        from nbformat.sign import NotebookNotary

        NotebookNotary(data_dir=str(self._folder / "data")).sign(nbformat.read(path, as_version=4))

    def stop_kernels(self):
        """Shut down every session: the next notebook has the machine to itself."""
        for session in self._ask("GET", "/api/sessions"):
            with contextlib.suppress(urllib.error.HTTPError):  # Gone by itself meanwhile.
                self._ask("DELETE", f"/api/sessions/{session['id']}")

    def _ask(self, method, path):
        request = urllib.request.Request(
            self.address + path, method=method, headers={"Authorization": f"token {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None


@contextlib.contextmanager
def serve(folder, environment=None):
    """Start JupyterLab on a free port of this computer, with its settings and notebooks in a folder.

    Args:
        folder: path of a folder that may be filled.
        environment: variables that it and its kernels have beside those of this process.

    Yields:
        A `Server`.

    Raises:
        RuntimeError: if it does not start.
    """
    folder = Path(folder)
    (folder / "root").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(f"http://127.0.0.1:{port}", secrets.token_hex(16), folder)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--expose-app-in-browser", "--allow-root"]
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": server.root,
        "IdentityProvider.token": server.token,
    }
    command += [f"--{name}={value}" for name, value in options.items()]
    log_path = folder / "server.log"
    environment = _environment(folder) | (environment or {})
    with open(log_path, "wb") as log:
        process = subprocess.Popen(command, cwd=server.root, env=environment, stdout=log, stderr=log)
    server.pid = process.pid
    try:
        _wait_for(f"{server.address}/api/status?token={server.token}", process, log_path)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment(folder):
    """Point everything Jupyter reads or writes to `folder`."""
    places = {
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "IPYTHONDIR": "ipython",
    }
    # Whatever this person chose for the solutions, here they wait behind their buttons; and nobody waits for
    # minutes while Bob learns.
    return (
        os.environ
        | {name: str(folder / place) for name, place in places.items()}
        | {"RL_HELPERS_SOLUTIONS": "button", BUDGET_VARIABLE: "5000", SUPER_BOB_BUDGET: "30000"}
        | {PICTURES_BUDGET: "5000"}
    )


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
def start_browser():
    """Start Chromium: one that is on this computer, or the one that Playwright brings if it was installed.

    Yields:
        Playwright's browser.

    Raises:
        FileNotFoundError: if there is none.
    """
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        if path is None and not Path(playwright.chromium.executable_path).exists():
            raise FileNotFoundError(NO_BROWSER)
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()
