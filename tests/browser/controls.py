"""Uses sliders and games in a page, and times what they show."""

import itertools
import re

# From a key to the second refresh of the screen after it: by then the picture is on it.
TIME_NEXT_MOVE = """(slider) => {
  const range = slider.querySelector('input');
  const front = () => slider.querySelector('.bob-front').innerHTML;
  const before = front();
  window.moved = null;
  let start = null;
  range.addEventListener('keydown', () => { start = performance.now(); }, { once: true, capture: true });
  range.addEventListener('input', async () => {
    await slider.querySelector('.bob-front img').decode();
    await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
    window.moved = { seconds: (performance.now() - start) / 1000, changed: front() !== before };
  }, { once: true });
}"""
HASH = """(canvas) => {
  const { width, height } = canvas;
  const bytes = canvas.getContext('2d').getImageData(0, 0, width, height).data;
  let hash = 0;
  for (const byte of bytes) { hash = (hash * 31 + byte) | 0; }
  return hash;
}"""
# The middle of the red paddle; the row crosses both side walls, of which one is red too.
PADDLE = """(canvas) => {
  const { data } = canvas.getContext('2d').getImageData(8, 190, 144, 1);
  const red = Array.from({ length: 144 }, (_, x) => x)
    .filter((x) => data[4 * x] > 150 && data[4 * x + 1] < 100);
  return red.reduce((sum, x) => sum + x, 0) / red.length;
}"""
# A player draws a picture at the next refresh of the screen after it has been unpacked.
REFRESHED = """async () => {
  for (let turn = 0; turn < 3; turn += 1) { await new Promise((go) => requestAnimationFrame(go)); }
}"""
STEPS = ".bob-number:is(:has-text('Steps'), :has-text('Seconds')) .bob-value"
STANDS = """([player]) => player.dataset.state !== 'playing'
  || !player.querySelector('.bob-message').textContent.startsWith('Playing')"""


def move_slider(lab, slider, keys=("ArrowRight", "ArrowRight", "ArrowLeft")):
    """Move a slider with keys; return the seconds each picture took, None where it stayed the same."""
    slider.locator("input").focus()
    if slider.locator("input").evaluate("(range) => range.value === range.max"):
        keys = [{"ArrowRight": "ArrowLeft", "ArrowLeft": "ArrowRight"}[key] for key in keys]
    seconds = []
    for key in keys:
        slider.evaluate(TIME_NEXT_MOVE)
        lab.page.keyboard.press(key)
        lab.page.wait_for_function("window.moved", timeout=10_000)
        moved = lab.page.evaluate("window.moved")
        seconds.append(moved["seconds"] if moved["changed"] else None)
    return seconds


def play(lab, player, acts):
    """Do things to a game, one after the other, each when the one before has had its effect.

    Args:
        lab: what shows it.
        player: locator of the widget.
        acts: functions.

    Returns:
        How many of the pictures in between are different.
    """
    canvas = player.locator("canvas")
    pictures = {canvas.evaluate(HASH)}
    for act in acts:
        act_in_game(lab, player, act)
        lab.call(REFRESHED)
        pictures.add(canvas.evaluate(HASH))
    return len(pictures)


def act_in_game(lab, player, act):
    """Do something to a game and wait until it has gone on; a game that goes on by itself is paused then.

    In a game that goes on Bob would soon be dead, and a dead Bob takes no keys: then it is begun anew first.
    """
    if player.get_attribute("data-state") == "over":
        player.locator(".bob-again").click()
    do_and_wait(lab, act, player.locator(STEPS))
    player.locator("canvas").press("Escape")
    _wait_for(lab, STANDS, player)


def do_and_wait(lab, act, words):
    """Do something and wait until an element says something else."""
    before = words.inner_text()
    act()
    _wait_for(lab, "([words, before]) => words.innerText !== before", words, before)


def _wait_for(lab, function, locator, *arguments):
    """Wait until a function of an element, and of what else is given, says yes."""
    element = locator.element_handle()
    lab.page.wait_for_function(function, arg=[element, *arguments], timeout=10_000)
    element.dispose()  # else the page keeps the notebook after it is closed


def go(lab, player, acts):
    """Send Bob somewhere; return the steps he took, (rows, columns).

    Args:
        lab: what shows it.
        player: locator of his room.
        acts: functions.
    """
    places = [_place_of_bob(player)]
    for act in acts:
        do_and_wait(lab, act, player.locator(STEPS))
        places.append(_place_of_bob(player))
    return [
        (row - row_before, column - column_before)
        for (row_before, column_before), (row, column) in itertools.pairwise(places)
    ]


def _place_of_bob(player):
    words = player.locator("canvas").get_attribute("aria-label")
    return tuple(map(int, re.search(r"at row (\d+), column (\d+)", words).groups()))


def steer(lab, player, way, down, up):
    """Hold a key or a button until Breakout's paddle has gone ten pixels that way.

    Args:
        lab: what shows it.
        player: locator of the game.
        way: 1 for right, -1 for left.
        down, up: functions that press and release it.
    """
    canvas = player.locator("canvas")
    before = canvas.evaluate(PADDLE)
    down()
    has_gone = f"([canvas, before, way]) => (({PADDLE})(canvas) - before) * way > 10"
    _wait_for(lab, has_gone, canvas, before, way)
    up()
