"""Firefox by WebDriver BiDi, its own protocol: a page that can do what `lab.Lab` asks of Playwright's.

Playwright drives a Firefox of its own making, which has to be downloaded; this drives the one of the system.
"""

import base64
import contextlib
import json
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

from websocket import WebSocketTimeoutException, create_connection

PROGRAMS = ("firefox-esr", "firefox")
NO_FIREFOX = "no Firefox to drive: install it (Debian: `apt-get install firefox-esr`)"
# Nothing is asked of other machines, nothing is shown before the page.
PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.provider.mozilla.updateURL": "",
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.server": "",
}
START_SECONDS, ANSWER_SECONDS = 60, 60
# As WebDriver writes the keys that are no signs.
KEYS = {"ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015"}
KEYS |= {"Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004", "Space": " "}
# What is asked goes in and comes out as JSON: of all values of the protocol only texts are needed.
CALL = "async (text) => JSON.stringify((await ({})(JSON.parse(text))) ?? null)"
MIDDLE = """([selector, number]) => {
  const seen = [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
  const element = seen.at(number);
  if (!element) throw new Error(`${seen.length} are shown of ${selector}`);
  element.scrollIntoView({ block: 'nearest' });
  const { left, top, width, height } = element.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
}"""


class Firefox:
    """A running Firefox; `start_firefox` makes one."""

    def __init__(self, address):
        self._socket = create_connection(f"{address}/session", timeout=ANSWER_SECONDS, suppress_origin=True)
        self._n_sent = 0
        self._hear = lambda method, event: None
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])

    def send(self, method, /, **parameters):
        """Send a command of the protocol and return its result; what is told meanwhile is heard.

        Raises:
            RuntimeError: if Firefox refuses.
            TimeoutError: if it is silent.
        """
        self._n_sent += 1
        self._socket.send(json.dumps({"id": self._n_sent, "method": method, "params": parameters}))
        while True:
            try:
                answer = json.loads(self._socket.recv())
            except WebSocketTimeoutException:
                raise TimeoutError(f"Firefox did not answer {method} in {ANSWER_SECONDS} s") from None
            if answer["type"] == "event":
                self._hear(answer["method"], answer["params"])
            elif answer["id"] == self._n_sent:
                if answer["type"] == "error":
                    raise RuntimeError(f"Firefox refuses {method}: {answer['message']}")
                return answer["result"]

    def new_page(self, *, viewport, device_scale_factor=1.0, has_touch=False, reduced_motion="no-preference"):
        """Open the one page at a time that this drives.

        Args:
            viewport: {"width": …, "height": …} in CSS pixels.
            device_scale_factor, has_touch, reduced_motion: as Playwright has them; only what is usual.
        """
        if (device_scale_factor, has_touch, reduced_motion) != (1.0, False, "no-preference"):
            raise ValueError("Firefox is driven as it is: scale 1, no touch, motion: leave these out")
        page = Page(self, self.send("browsingContext.create", type="tab")["context"])
        self._hear = page.hear
        page.set_viewport_size(viewport)
        return page

    def close(self):
        """End the session, and Firefox with it."""
        with contextlib.suppress(Exception):
            self.send("browser.close")
        self._socket.close()


class Keyboard:
    """The keys of a page."""

    def __init__(self, page):
        self._page = page

    def down(self, key):
        """Press a key, such as "ArrowLeft" or "a", and hold it."""
        self._page.act("key", {"type": "keyDown", "value": KEYS.get(key, key)})

    def up(self, key):
        """Let a key go."""
        self._page.act("key", {"type": "keyUp", "value": KEYS.get(key, key)})

    def press(self, key):
        """Press a key and let it go."""
        self.down(key)
        self.up(key)


class Page:
    """A page of Firefox.

    Attributes:
        keyboard: its `Keyboard`.
    """

    def __init__(self, firefox, context):
        self._firefox, self._context = firefox, context
        self._listeners = {}
        self.keyboard = Keyboard(self)

    def on(self, event, listener):
        """Hear of "request", "console" or "pageerror", as Playwright tells of them."""
        self._listeners[event] = listener

    def hear(self, method, event):
        """Hand on what Firefox tells."""
        if method == "network.beforeRequestSent":
            self._tell("request", SimpleNamespace(url=event["request"]["url"]))
        elif event["type"] == "javascript":
            self._tell("pageerror", event["text"])
        else:
            place = ((event.get("stackTrace") or {}).get("callFrames") or [{}])[0]
            message = {
                "type": event["level"],
                "text": event["text"],
                "location": {"url": place.get("url", "")},
            }
            self._tell("console", SimpleNamespace(**message))

    def _tell(self, event, what):
        self._listeners.get(event, lambda what: None)(what)

    def set_viewport_size(self, viewport):
        """Make the page {"width": …, "height": …} CSS pixels large."""
        self._send("browsingContext.setViewport", viewport=viewport)

    def goto(self, address, *, timeout=ANSWER_SECONDS * 1000):
        """Open an address and wait until it has loaded, `timeout` milliseconds at most."""
        self._send("browsingContext.navigate", url=address, wait="none")
        self.wait_for_function("() => document.readyState === 'complete'", timeout=timeout)

    def evaluate(self, function, argument=None):
        """Call a JavaScript function and return what it returns, anything JSON can hold.

        Raises:
            RuntimeError: if it throws.
        """
        result = self._firefox.send(
            "script.callFunction",
            functionDeclaration=CALL.format(function),
            arguments=[{"type": "string", "value": json.dumps(argument)}],
            awaitPromise=True,
            target={"context": self._context},
        )
        if result["type"] == "exception":
            raise RuntimeError(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])

    def wait_for_function(self, function, *, arg=None, timeout=10_000, polling=50):
        """Wait until a function says yes; `timeout` and `polling` are milliseconds.

        Raises:
            TimeoutError: if it does not.
        """
        give_up = time.monotonic() + timeout / 1000
        while time.monotonic() < give_up:
            with contextlib.suppress(RuntimeError):  # While a page loads there is none to ask.
                if self.evaluate(f"async (argument) => Boolean(await ({function})(argument))", arg):
                    return
            time.sleep(polling / 1000)
        raise TimeoutError(f"not within {timeout / 1000:g} s: {function[:200]}")

    def click(self, selector, number=0):
        """Click the middle of what a CSS selector finds: of all that is shown the one of that number."""
        x, y = self.evaluate(MIDDLE, [selector, number])
        move = {"type": "pointerMove", "x": x, "y": y}
        buttons = [{"type": f"pointer{way}", "button": 0} for way in ("Down", "Up")]
        self.act("pointer", move, *buttons)

    def act(self, kind, *actions):
        """Do what a hand does: `actions` of the protocol's "key" or "pointer"."""
        source = {"type": kind, "id": kind, "actions": list(actions)}
        self._send("input.performActions", actions=[source])

    def screenshot(self, *, path, **_):
        """Write what the window shows to a PNG file."""
        data = self._send("browsingContext.captureScreenshot")["data"]
        Path(path).write_bytes(base64.b64decode(data))

    def close(self):
        """Close it."""
        self._send("browsingContext.close")

    def _send(self, method, **parameters):
        return self._firefox.send(method, context=self._context, **parameters)


@contextlib.contextmanager
def start_firefox():
    """Start the Firefox that is on this computer, with a profile of its own that is thrown away.

    Yields:
        A `Firefox`.

    Raises:
        FileNotFoundError: if there is none.
        RuntimeError: if it does not start.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise FileNotFoundError(NO_FIREFOX)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()
        ]
        Path(folder, "user.js").write_text("".join(lines), encoding="utf-8")
        log = Path(folder, "log.txt")
        command = [program, "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port=0"]
        with open(log, "wb") as told:
            process = subprocess.Popen(command, stdout=told, stderr=told)
        try:
            firefox = Firefox(_address(process, log))
            try:
                yield firefox
            finally:
                firefox.close()
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _address(process, log):
    give_up = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < give_up:
        found = re.search(r"listening on (ws://\S+)", log.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found[1]
        time.sleep(0.1)
    said = log.read_text(encoding="utf-8", errors="replace")[-1000:]
    raise RuntimeError(f"Firefox did not start within {START_SECONDS} s, its last words: {said}")
