"""Frames a second of the players and how fast the slider answers, in JupyterLab in a headless browser."""

import statistics

from tools.bench.figures import Figure
from tools.browser.station import open_lab

IMPORTS = """
import ale_py, gymnasium as gym, numpy as np, rl_helpers
from matplotlib.figure import Figure
from rl_helpers import widgets
from rl_helpers.notebook import show
gym.register_envs(ale_py)
"""
BREAKOUT = """
env = gym.make("ALE/Breakout-v5", frameskip=1, repeat_action_probability=0, render_mode="rgb_array")
breakout = widgets.play(env, fps=60)
breakout
"""
ROOM = """
room = widgets.play(gym.make("Bob/Room-v0", max_episode_steps=10_000, render_mode="rgb_array"))
room
"""
SLIDER = """
def draw(value):
    figure = Figure(figsize=(7, 4))
    figure.subplots().plot(np.random.default_rng(0).normal(size=1000).cumsum() * value)
    return figure
widgets.picture_slider(widgets.draw_all(range(1, 21), draw, alt="curve {}"), label="factor")
"""
# A frame counts when it is put on the canvas; the widgets themselves know nothing of being measured.
COUNT = """() => {
  window.drawn = [];
  const put = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = function (...image) {
    window.drawn.push(performance.now());
    return put.apply(this, image);
  };
}"""
FORGET = "() => { window.drawn.length = 0; }"
DRAWN = "() => window.drawn"
# From a move of the slider to the second refresh of the screen after it: by then the picture is on it.
MOVE = """async () => {
  const range = document.querySelector('.bob-slider input');
  const times = [];
  for (let move = 0; move < 20; move += 1) {
    const start = performance.now();
    range.value = (Number(range.value) + 7) % 20;
    range.dispatchEvent(new Event('input', { bubbles: true }));
    const image = document.querySelector('.bob-front img');
    await image.decode();
    await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
    times.push(performance.now() - start);
  }
  return times;
}"""
SECONDS = 5


def measure():
    """Return the figures: frames a second on a local server, and milliseconds from move or key to picture."""
    with open_lab([IMPORTS, BREAKOUT, ROOM, SLIDER]) as lab:
        lab.run_all()
        if lab.errors():
            raise RuntimeError(f"the notebook failed in {lab.errors()}")
        lab.call(COUNT)
        return [_breakout(lab), _room(lab), _slider(lab)]


def _breakout(lab):
    lab.scroll_to_cell(1)
    lab.page.locator(".bob-canvas").first.click()
    lab.page.wait_for_timeout(500)
    lab.call(FORGET)
    for second in range(SECONDS):
        key = ("ArrowRight", "ArrowLeft")[second % 2]
        lab.page.keyboard.down(key)
        lab.page.wait_for_timeout(1000)
        lab.page.keyboard.up(key)
    drawn = lab.call(DRAWN)
    rate = (len(drawn) - 1) / (drawn[-1] - drawn[0]) * 1000
    lab.page.keyboard.press("Escape")
    return Figure("Breakout played in JupyterLab", f"{rate:.0f} frames/s", "≥ 30 frames/s", rate >= 30)


def _room(lab):
    lab.scroll_to_cell(2)
    lab.page.locator(".bob-canvas").nth(1).click()
    waits = []
    for press in range(20):
        lab.page.wait_for_timeout(50)
        lab.call(FORGET)
        start = lab.page.evaluate("performance.now()")
        lab.page.keyboard.press(("ArrowUp", "ArrowDown")[press % 2])
        lab.page.wait_for_function("window.drawn.length > 0", polling=5, timeout=5000)
        waits.append(lab.call(DRAWN)[0] - start)
    wait = statistics.median(waits)
    return Figure("Bob's room, from key to picture", f"{wait:.0f} ms", "≤ 100 ms", wait <= 100)


def _slider(lab):
    lab.scroll_to_cell(3)
    wait = statistics.median(lab.call(MOVE))
    return Figure("Picture slider, from move to picture", f"{wait:.0f} ms", "≤ 50 ms", wait <= 50)


if __name__ == "__main__":
    for figure in measure():
        print(figure)
