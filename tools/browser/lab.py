"""What can be done in a JupyterLab page: open notebooks, run them, read what they say, look at them."""

from pathlib import Path

from playwright.sync_api import TimeoutError as PlaywrightTimeout

# `page.evaluate` waits for ever: a promise is parked in the page and polled with a time limit instead.
PARK = """([number, body, argument]) => {
  window.jobs ??= {};
  const job = window.jobs[number] = {};
  Promise.resolve().then(() => (0, eval)('(' + body + ')')(argument)).then(
    (value) => { job.value = value === undefined ? null : value; },
    (error) => { job.error = String(error && error.stack || error); });
}"""
IS_DONE = "(number) => 'value' in window.jobs[number] || 'error' in window.jobs[number]"
TAKE = "(number) => { const job = window.jobs[number]; delete window.jobs[number]; return job; }"
READY = """async (path) => {
  const app = window.jupyterapp;
  await app.restored;
  if (path) { await app.commands.execute('docmanager:open', { path }); }
  while (!app.shell.currentWidget?.context || (path && app.shell.currentWidget.context.path !== path)) {
    await new Promise((go) => setTimeout(go, 50));
  }
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
CLOSE = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.context.save();
  await panel.sessionContext.shutdown();
  panel.dispose();
}"""
# Cells outside the window are not in the page, so outputs are read from the notebook's model.
OUTPUTS = """() => Array.from(window.jupyterapp.shell.currentWidget.content.model.cells)
  .map((cell) => cell.outputs ? cell.outputs.toJSON() : [])"""
# Milliseconds. By default Playwright asks at every refresh of the screen, which then is drawn anew 60 times a
# second, however long a notebook runs.
POLLING = 50
SCROLLER = "() => document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer')"
# At rest: controls and pictures are there, and nothing has moved for a few refreshes of the screen.
AT_REST = """async () => {
  const panel = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden)');
  const refresh = () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  const all = (selector) => [...panel.querySelectorAll(selector)];
  const isLoading = () => all('[data-mime-type="application/vnd.jupyter.widget-view+json"]')
    .some((output) => !output.firstElementChild);
  const isMoving = () => document.getAnimations().some(({ playState, effect }) =>
    playState === 'running' && Number.isFinite(effect.getComputedTiming().endTime));
  const places = () => [panel, ...all('.jp-Cell')]
    .map((part) => Object.values(part.getBoundingClientRect().toJSON()).join()).join();
  await Promise.all(all('img').map((image) => image.decode().catch(() => null)));
  await document.fonts.ready;
  for (let still = 0, before = ''; still < 4;) {
    await refresh();
    const now = places();
    still = now === before && !isLoading() && !isMoving() ? still + 1 : 0;
    before = now;
  }
}"""
SET_THEME = """async (theme) => {
  await window.jupyterapp.commands.execute('apputils:change-theme', { theme });
  while (document.body.dataset.jpThemeName !== theme) { await new Promise((go) => setTimeout(go, 20)); }
}"""


class Lab:
    """A page of JupyterLab with a notebook open in it.

    Attributes:
        page: the Playwright page.
        notebook: the copy that is open; the original is never written.
        requests: the address of everything the page has asked for, web sockets included.
        complaints: what the browser's console calls an error, and errors that nobody caught.
    """

    def __init__(self, page, notebook):
        self.page = page
        self.notebook = notebook
        self.requests, self.complaints = [], []
        self._n_jobs = 0
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message):
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

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
        return self.wait(self.start(function, argument), timeout=timeout)

    def start(self, function, argument=None):
        """Call a JavaScript function as `call` does, but do not wait: return a number for `wait`."""
        self._n_jobs += 1
        self.page.evaluate(PARK, [self._n_jobs, function, argument])
        return self._n_jobs

    def wait(self, job, *, timeout=60.0):
        """Wait for what `start` has begun, and return what it returns; raises what `call` raises."""
        try:
            self.page.wait_for_function(IS_DONE, arg=job, timeout=timeout * 1000, polling=POLLING)
        except PlaywrightTimeout:
            raise TimeoutError(f"the page had no answer within {timeout:g} s") from None
        answer = self.page.evaluate(TAKE, job)
        if "error" in answer:
            raise RuntimeError(f"the page answers {answer['error']}")
        return answer["value"]

    def open(self, copy, path):
        """Open or bring forward a notebook in a tab of its own and wait for its kernel.

        Args:
            copy: the notebook's file.
            path: the same as JupyterLab calls it, below its root.
        """
        self.notebook = copy
        self.call(READY, path, timeout=120)

    def close(self):
        """Save the notebook, end its kernel and close its tab."""
        self.call(CLOSE)

    def run_all(self, *, timeout=300.0):
        """Run every cell and wait for the last one."""
        self.wait(self.start_all(), timeout=timeout)

    def start_all(self):
        """Run every cell and do not wait: return a number for `wait`."""
        return self.start(RUN)

    def run_cell(self, number, *, timeout=60.0):
        """Run one cell, counted from 0, and wait for it."""
        self.call(RUN, number, timeout=timeout)

    def unfold(self):
        """Show what is folded away below headings, as everything that is *Further* is at first."""
        self.call("async () => { await window.jupyterapp.commands.execute('notebook:expand-all-headings'); }")
        self.settle()

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

    def set_theme(self, theme):
        """Change JupyterLab's theme, "JupyterLab Dark" or "JupyterLab Light"."""
        self.call(SET_THEME, theme)
        self.settle()

    def scroll_to_cell(self, number):
        """Bring a cell to the top of the window."""
        self.call(
            "async (number) => { const notebook = window.jupyterapp.shell.currentWidget.content;"
            " await notebook.scrollToItem(number, 'start'); }",
            number,
        )
        self.settle()

    def settle(self):
        """Wait until controls, pictures and fonts are there and the layout is at rest."""
        self.call(AT_REST)

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
