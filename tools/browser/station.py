"""Drive JupyterLab in a browser nobody sees: run notebooks, press keys, take pictures of the page.

    python -m tools.browser screenshot NOTEBOOK.ipynb FOLDER [--dark] [--run] [--size 1280x1000]

A server of its own starts on a free port of this computer, with settings, kernels' files and notebooks in a
temporary folder, so that nothing of the person at the keyboard is read or changed.
"""

import argparse
import contextlib
import shutil
import tempfile
from pathlib import Path

from tools.browser.lab import READY, Lab
from tools.browser.server import THEMES, serve, start_browser


class Station:
    """A server and a browser in which notebooks are opened, one after the other.

    Args:
        server: what `serve` yields.
        browser: what `start_browser` yields.

    Attributes:
        server: the same.
    """

    def __init__(self, server, browser):
        self.server = server
        self._browser = browser
        self._n_copies = 0

    def put(self, notebook, *, trusted=True):
        """Copy a notebook to where the server finds it.

        Args:
            notebook: path of an `.ipynb` file, or a list of sources, one code cell each.
            trusted: whether stored HTML outputs are trusted, as after running the notebook oneself.

        Returns:
            The copy and what JupyterLab calls it: what `Lab.open` takes.
        """
        self._n_copies += 1
        copy = _copy(notebook, self.server.root / f"{self._n_copies}")
        if trusted:
            self.server.trust(copy)
        return copy, copy.relative_to(self.server.root).as_posix()

    @contextlib.contextmanager
    def open(
        self,
        notebook,
        *,
        dark=False,
        size=(1280, 720),
        scale=1.0,
        windowing=None,
        trusted=True,
        touch=False,
        reduced_motion=False,
    ):
        """Open a copy of a notebook in a page of its own; all kernels end with the block.

        Args:
            notebook: as `put` takes it.
            dark: JupyterLab's dark theme instead of the light one.
            size: of the window, (width, height) in CSS pixels.
            scale: pixels of the screen a CSS pixel.
            windowing: JupyterLab's windowing mode, its default if not given; "none" keeps all cells in the
                page.
            trusted: as `put` has it.
            touch: a screen that is touched.
            reduced_motion: whether the system asks for less motion.

        Yields:
            A `Lab`, when the kernel is ready.
        """
        self.server.set(
            {
                "apputils-extension/themes": {"theme": THEMES[dark]},
                "notebook-extension/tracker": {"windowingMode": windowing} if windowing else {},
            }
        )
        copy, path = self.put(notebook, trusted=trusted)
        page = self._browser.new_page(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=scale,
            has_touch=touch,
            reduced_motion="reduce" if reduced_motion else "no-preference",
        )
        try:
            lab = Lab(page, copy)
            # A workspace of its own: nothing that was open before is opened again.
            place = f"lab/workspaces/{self._n_copies}/tree/{path}"
            page.goto(f"{self.server.address}/{place}?token={self.server.token}", timeout=60_000)
            page.wait_for_function("() => window.jupyterapp", timeout=60_000)
            lab.call(READY, timeout=120)
            yield lab
        finally:
            page.close()
            self.server.stop_kernels()


@contextlib.contextmanager
def open_station(environment=None):
    """Start a server and a browser.

    Args:
        environment: further variables of the server and its kernels.

    Yields:
        A `Station`.

    Raises:
        FileNotFoundError: if there is no browser.
        RuntimeError: if the server does not start.
    """
    with contextlib.ExitStack() as stack:
        browser = stack.enter_context(start_browser())
        folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        yield Station(stack.enter_context(serve(folder, environment)), browser)


@contextlib.contextmanager
def open_lab(notebook, **options):
    """Open a copy of one notebook in JupyterLab in headless Chromium.

    Args:
        notebook: path of an `.ipynb` file, or a list of sources, one code cell each.
        options: of `Station.open`.

    Yields:
        A `Lab`, when the kernel is ready.
    """
    with open_station() as station, station.open(notebook, **options) as lab:
        yield lab


def _copy(notebook, folder):
    """Write the notebook into a new folder that holds nothing else, and return its path."""
    folder.mkdir()
    if isinstance(notebook, str | Path):
        return Path(shutil.copy(notebook, folder))
    import nbformat

    cells = [nbformat.v4.new_code_cell(source) for source in notebook]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = folder / "notebook.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)
    return path


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
        lab.unfold()
        for number, name, message in lab.errors():
            print(f"cell {number}: {name}: {message}")
        for path in lab.screenshots(options.folder):
            print(path)
