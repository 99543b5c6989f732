"""Looks at a page for what shuts out keyboards, screen readers and weak eyes."""

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.page import PANEL
from tools.browser.server import THEMES

# axe takes a page whose body has no height for hidden, and passes over what is scrolled away. So the body
# gets its height from what it holds, and the window is as high as the whole notebook.
SEEN_BY_AXE = "body { overflow: visible !important; }"
HEIGHT = """(panel) => {
  const top = document.querySelector(`${panel} .jp-WindowedPanel-outer`).scrollTop;
  const cells = [...document.querySelectorAll(`${panel} .jp-Cell`)];
  return Math.ceil(top + Math.max(...cells.map((cell) => cell.getBoundingClientRect().bottom)));
}"""
TO_THE_TOP = """(panel) => {
  const box = document.querySelector(`${panel} .jp-WindowedPanel-outer`);
  box.scrollTop = 0;
  return box.scrollTop;
}"""
# What depends on the theme; the rest need be looked for only once.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
AXE = """async ([panel, rules]) => {
  const include = ['.jp-OutputArea-output', '.jp-MarkdownOutput'].map((ours) => `${panel} ${ours}`)
    .filter((selector) => document.querySelector(selector)).map((selector) => [selector]);
  const found = await axe.run({ include }, {
    selectors: false, resultTypes: ['violations', 'incomplete', 'passes'],
    ...(rules ? { runOnly: rules } : {}),
  });
  const nodes = (kind, rule) => found[kind].filter(({ id }) => id === rule).flatMap(({ nodes }) => nodes);
  const page = (html) => new DOMParser().parseFromString(html, 'text/html');
  const words = (html) => page(html).documentElement.textContent.trim();
  const signs = (text) => text.length < 2 || /^[^a-z]{0,3}$/i.test(text);
  const written = [...document.querySelectorAll(`${panel} :is(.jp-OutputArea-output, .jp-MarkdownOutput) *`)]
    .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((each) => !each.closest('math, mjx-assistive-mml, .jp-InternalAnchorLink'))
    .filter((each) => each.checkVisibility() && !signs(each.textContent.trim()));
  return {
    bad: found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => [id, nodes.length, nodes[0].html.slice(0, 200), nodes[0].failureSummary]),
    coloured: nodes('passes', 'color-contrast').length,
    unclear: nodes('incomplete', 'color-contrast').map(({ html }) => html)
      .filter((html) => html.endsWith('>') && !signs(words(html)))
      .filter((html) => !html.includes('class="bob-banner"')),  // white on a game under four fifths of black
    written: written.length,
  };
}"""
OPEN_ALL = """([panel, open]) => document.querySelectorAll(`${panel} details`)
  .forEach((each) => { each.open = open; })"""
# axe knows no editor. Its highlighted words have the colours of the theme and of custom.css.
CODE = """(panel) => {
  const channels = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((value) => value / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const light = (colour) => channels(colour)
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0.05);
  const found = {};
  for (const editor of document.querySelectorAll(`${panel} .jp-CodeCell .jp-InputArea-editor`)) {
    const paper = light(getComputedStyle(editor).backgroundColor);
    for (const word of editor.querySelectorAll('.cm-line span')) {
      const colour = getComputedStyle(word).color;
      const [dark, bright] = [paper, light(colour)].sort((one, other) => one - other);
      found[colour] ??= [Math.round(100 * bright / dark) / 100, word.textContent.slice(0, 30)];
    }
  }
  return found;
}"""
# How light pictures are, as they are seen: the mean of WCAG's relative luminance, 1 for a white box.
LIGHT = """(which) => [...document.querySelectorAll(which)].filter(({ width }) => width).map((image) => {
  const small = document.createElement('canvas');
  small.width = 200;
  small.height = Math.max(1, Math.round(200 * image.naturalHeight / image.naturalWidth));
  const paper = small.getContext('2d');
  paper.filter = getComputedStyle(image).filter;
  paper.drawImage(image, 0, 0, small.width, small.height);
  const { data } = paper.getImageData(0, 0, small.width, small.height);
  const weights = [0.2126, 0.7152, 0.0722, 0];
  const linear = (value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = data.reduce((sum, value, index) => sum + weights[index % 4] * linear(value / 255), 0);
  return [image.alt.slice(0, 60), image.className, 4 * light / data.length];
})"""
MOST_LIGHT = 0.62
HEADINGS = """(panel) => Array.from(document.querySelectorAll(
  `${panel} :is(.jp-MarkdownOutput, .jp-OutputArea-output) :is(h1, h2, h3, h4, h5, h6)`),
  (heading) => Number(heading.tagName[1]))"""
WORDLESS = """(panel) => Array.from(document.querySelectorAll(
  `${panel} :is(.jp-MarkdownOutput, .jp-OutputArea-output) :is(img, canvas, video)`))
  .filter((picture) => !(picture.alt || picture.getAttribute('aria-label')))
  .map((picture) => picture.outerHTML.slice(0, 200))"""
RING = """() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const ring = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
  return { ring, tag: element.tagName, text: element.textContent.trim().slice(0, 40) };
}"""
MOST_TABS = 12  # from one of our controls to the next, a cell's own buttons in between
FOCUSABLE = "button, input, canvas, summary, a[href]:not(.jp-InternalAnchorLink), [tabindex='0']"


def prepare(lab):
    """Bring axe-core into the page."""
    lab.page.evaluate(AXE_SCRIPT)
    lab.page.add_style_tag(content=SEEN_BY_AXE)


def look_in_both_themes(lab, pictures):
    """Let axe-core look at our part of the notebook that is open, and see how light its pictures are.

    The window is enlarged once for both: to draw all of a notebook anew takes as long as to look at it.

    Args:
        lab: what shows it, in the light theme.
        pictures: a selector.

    Returns:
        From whether the theme is dark to a dictionary: `bad`, the serious and critical findings, of colours
        alone in the dark; `written`, the number of elements with words of their own; `coloured`, those whose
        contrast was found good; `unclear`, those of which axe could not find it out, single signs such as ✓
        and ← left out; `code`, from each colour of code to its contrast and a word that has it; `light`,
        what `LIGHT` says of the pictures.
    """
    size, seen = lab.page.viewport_size, {}
    lab.call(OPEN_ALL, [PANEL, True])  # hints, and answers of the quiz
    try:
        for dark, rules in ((False, None), (True, OF_COLOURS)):
            if dark:
                lab.set_theme(THEMES[True])
            _enlarge(lab, size)
            axe, code = lab.call(AXE, [PANEL, rules], timeout=120), lab.call(CODE, PANEL)
            seen[dark] = axe | {"code": code, "light": lab.call(LIGHT, pictures)}
    finally:
        lab.call(OPEN_ALL, [PANEL, False])
        lab.page.set_viewport_size(size)
        lab.set_theme(THEMES[False])
    return seen


def _enlarge(lab, size):
    """Make the window as high as the notebook."""
    for _ in range(2):  # In the higher window a scroll bar may be gone.
        enlarged = {**size, "height": lab.call(HEIGHT, PANEL) + 60}
        if enlarged != lab.page.viewport_size:
            lab.page.set_viewport_size(enlarged)
            lab.settle()
    lab.call(TO_THE_TOP, PANEL)
    lab.settle()


def walk_with_tab(lab, element):
    """Tab through everything in an element that can have the focus; return what a learner gets to see.

    Returns:
        A dictionary for each stop: `ring`, whether the focus is to be seen, `tag` and `text`.
    """
    stops = [stop for stop in element.locator(FOCUSABLE).element_handles() if stop.is_visible()]
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
        stop.dispose()  # else the page keeps the notebook after it is closed
    return seen
