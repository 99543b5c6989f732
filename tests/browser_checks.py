"""What the browser tests do in a page and look for there."""

from axe_playwright_python.base import AXE_SCRIPT

PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
# axe takes a page whose body has no height for hidden, and passes over what is scrolled away. So the body
# gets its height from what it holds, and the window is as high as the whole notebook.
SEEN_BY_AXE = "body { overflow: visible !important; }"
NOTEBOOK_HEIGHT = f"() => document.querySelector('{PANEL} .jp-WindowedPanel-outer').scrollHeight"
# What depends on the theme; the rest need be looked for only once.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
AXE = """async ([panel, rules]) => {
  const include = ['.jp-OutputArea-output', '.jp-MarkdownOutput'].map((ours) => `${panel} ${ours}`)
    .filter((selector) => document.querySelector(selector)).map((selector) => [selector]);
  const found = await axe.run({ include }, {
    resultTypes: ['violations', 'incomplete', 'passes'], ...(rules ? { runOnly: rules } : {}),
  });
  const nodes = (kind, rule) => found[kind].filter(({ id }) => id === rule)
    .reduce((total, { nodes }) => total + nodes.length, 0);
  return {
    bad: found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => [id, nodes.length, nodes[0].html.slice(0, 200), nodes[0].failureSummary]),
    coloured: nodes('passes', 'color-contrast'),
    unclear: nodes('incomplete', 'color-contrast'),
  };
}"""
HEADINGS = """(panel) => Array.from(document.querySelectorAll(
  `${panel} :is(.jp-MarkdownOutput, .jp-OutputArea-output) :is(h1, h2, h3, h4, h5, h6)`),
  (heading) => Number(heading.tagName[1]))"""
WORDLESS = """(panel) => Array.from(document.querySelectorAll(
  `${panel} :is(.jp-MarkdownOutput, .jp-OutputArea-output) :is(img, canvas, video)`))
  .filter((picture) => !(picture.alt || picture.getAttribute('aria-label')))
  .map((picture) => picture.outerHTML.slice(0, 200))"""
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
RING = """() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const ring = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
  return { ring, tag: element.tagName, text: element.textContent.trim().slice(0, 40) };
}"""
STEPS = ".bob-number:has-text('Steps') .bob-value"
MOST_TABS = 12  # from one of our controls to the next, a cell's own buttons in between
FOCUSABLE = "button, input, canvas, summary, a[href]:not(.jp-InternalAnchorLink), [tabindex='0']"


def prepare(lab):
    """Bring axe-core into the page."""
    lab.page.evaluate(AXE_SCRIPT)
    lab.page.add_style_tag(content=SEEN_BY_AXE)


def look_with_axe(lab, rules=None):
    """Let axe-core look at our part of the notebook that is open, laid out at full height.

    Args:
        lab: what shows it.
        rules: their names; None: all.

    Returns:
        A dictionary: `bad`, the serious and critical findings, and how often the contrast of colours was
        found good (`coloured`) and could not be found out (`unclear`).
    """
    size = lab.page.viewport_size
    try:
        lab.page.set_viewport_size({**size, "height": lab.call(NOTEBOOK_HEIGHT) + 200})
        lab.settle()
        return lab.call(AXE, [PANEL, rules], timeout=120)
    finally:
        lab.page.set_viewport_size(size)


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
    canvas, steps = player.locator("canvas"), player.locator(STEPS)
    pictures = {canvas.evaluate(HASH)}
    for act in acts:
        before = steps.inner_text()
        act()
        lab.page.wait_for_function(
            "([steps, before]) => steps.textContent !== before",
            arg=[steps.element_handle(), before],
            timeout=10_000,
        )
        lab.page.wait_for_timeout(100)  # until it is on the canvas
        pictures.add(canvas.evaluate(HASH))
    return len(pictures)


def walk_with_tab(lab, element):
    """Tab through everything in an element that can have the focus; return what a learner gets to see.

    Returns:
        A dictionary for each stop: `ring`, whether the focus is to be seen, `tag` and `text`.
    """
    stops = [stop for stop in element.locator(FOCUSABLE).all() if stop.is_visible()]
    # One step before the first and then only Tab. JupyterLab has stops of its own in between.
    stops[0].focus()
    lab.page.keyboard.press("Shift+Tab")
    seen = []
    for stop in stops:
        here = False
        for _ in range(MOST_TABS):
            lab.page.keyboard.press("Tab")
            here = stop.evaluate("(stop) => stop === document.activeElement")
            if here:
                break
        seen.append(lab.page.evaluate(RING) | {"reached": here})
    return seen
