"""Look at every slide of a deck as a room sees it: `python -m tools.slides.check DECK.html FOLDER`.

It tells in words what is too large for its slide, empty or broken, and takes pictures, several to a sheet.
"""

import argparse
import io
import re
import sys
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from tools.browser.server import start_browser

SIZE = (1280, 720)
LEAST_TEXT, LEAST_CODE, LEAST_WORDS = 28, 20, 16  # pixels: of text, of code and tables, of words in controls
MEASURE = """() => Reveal.getSlides().map((slide) => {
  const { h, v } = Reveal.getIndices(slide);
  Reveal.slide(h, v ?? 0);
  const answers = slide.querySelectorAll('details');
  answers.forEach((each) => { each.open = true; });  // A quiz must fit with its answer open.
  const words = [], outside = [];
  const zoom = (each) => each.currentCSSZoom ?? 1;
  for (const each of slide.querySelectorAll('*')) {
    if (each.closest('.anchor-link') || each.closest('mjx-assistive-mml')) continue;
    const box = each.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    if (box.left < -1 || box.top < -1 || box.right > 1281 || box.bottom > 721) {
      outside.push(`${each.tagName.toLowerCase()} to ${Math.round(box.right)} × ${Math.round(box.bottom)}`);
    }
    const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || each.closest('mjx-container')) continue;
    const isText = !each.closest('pre, code, sub, sup, table, kbd, .jp-OutputArea');
    const isCode = !isText && !each.closest('sub, sup, kbd, p code, li code, svg, [style*="display:flex"]');
    words.push([parseFloat(getComputedStyle(each).fontSize) * zoom(each), isText, isCode]);
  }
  const shown = slide.cloneNode(true);
  shown.querySelectorAll('.anchor-link, .notes').forEach((each) => each.remove());
  const found = {
    place: [h, v ?? 0],
    outside: outside.slice(0, 3),
    text: shown.innerText.trim(),
    drawn: shown.querySelectorAll('img, svg, table').length,
    broken: [...slide.querySelectorAll('img')].filter((each) => !each.naturalWidth).length,
    failed: slide.querySelectorAll('[data-mjx-error], [data-mime-type$=stderr], [data-mime-type$=error]')
      .length,
    smallest: Math.min(99, ...words.map(([size]) => size)),
    smallestText: Math.min(99, ...words.filter(([, isText]) => isText).map(([size]) => size)),
    smallestCode: Math.min(99, ...words.filter(([,, isCode]) => isCode).map(([size]) => size)),
    heading: shown.querySelector('h1, h2, h3')?.innerText.replace('¶', '') ?? '',
    isNamed: [...slide.querySelectorAll('h1, h2, h3')].length > 0
      || getComputedStyle(slide.querySelector('.jp-Cell') ?? slide, '::before').content.startsWith('"'),
  };
  answers.forEach((each) => { each.open = false; });
  return found;
})"""


class Seen(NamedTuple):
    """One slide.

    Attributes:
        place: such as "3.2": the part from left to right, the slide in it from top to bottom.
        heading: of the slide, empty if it goes on from the one before.
        troubles: what is wrong, sentences.
        picture: PNG bytes, or None.
    """

    place: str
    heading: str
    troubles: tuple
    picture: bytes | None


def open_deck(page, path):
    """Show a deck and wait until it stands."""
    page.goto(Path(path).resolve().as_uri())
    page.wait_for_function("document.body.dataset.ready === 'yes'", timeout=60_000)


def walk(page, path, *, pictures=False):
    """Go through every slide of a deck.

    Args:
        page: a Playwright page of 1280 × 720.
        path: of the deck.
        pictures: whether to keep what each looks like.

    Yields:
        A `Seen` a slide.
    """
    open_deck(page, path)
    for found in page.evaluate(MEASURE):
        across, down = found["place"]
        picture = None
        if pictures:
            page.evaluate("([across, down]) => Reveal.slide(across, down)", [across, down])
            picture = page.screenshot()
        yield Seen(f"{across + 1}.{down + 1}", found["heading"], tuple(_troubles(found)), picture)


def _troubles(found):
    if found["outside"]:
        yield f"does not fit: {', '.join(found['outside'])}"
    if found["text"].replace("¶", "").strip() == found["heading"].strip() and not found["drawn"]:
        yield "is empty"
    if found["broken"]:
        yield f"{found['broken']} pictures cannot be read"
    if found["failed"] or "Traceback (most recent call last)" in found["text"]:
        yield "shows an error"
    if re.search(r"\$\$|\$[^$\n]*[\\_^][^$\n]*\$", found["text"]):
        yield "shows a formula as TeX"
    if not found["isNamed"]:
        yield "has no heading"
    yield from too_small(found["smallestText"], found["smallestCode"], found["smallest"])


def too_small(text, code, words):
    """Say what cannot be read from the back row: pixels of the smallest text, code, and words of any kind."""
    if text < LEAST_TEXT:
        yield f"has text of {text:g} px: {LEAST_TEXT} at least"
    if code < LEAST_CODE:
        yield f"has code or a table of {code:g} px: {LEAST_CODE} at least"
    if words < LEAST_WORDS:
        yield f"has words of {words:g} px: {LEAST_WORDS} at least"


def sheets(seen, folder, name, *, columns=3, rows=3, width=640):
    """Write slides as sheets of several and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    height = width * SIZE[1] // SIZE[0]
    paths = []
    for first in range(0, len(seen), columns * rows):
        sheet = Image.new("RGB", (columns * (width + 6), rows * (height + 6)), "#555555")
        for number, each in enumerate(seen[first : first + columns * rows]):
            small = Image.open(io.BytesIO(each.picture)).convert("RGB").resize((width, height))
            sheet.paste(small, ((number % columns) * (width + 6), (number // columns) * (height + 6)))
        paths.append(folder / f"{name}_{len(paths) + 1:02d}.png")
        sheet.save(paths[-1])
    return paths


def main(arguments=None):
    """Look through decks; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.slides.check", description=__doc__.splitlines()[0])
    parser.add_argument(
        "decks", nargs="+", type=Path, help="such as notebooks/output/slides/05_q_learning.html"
    )
    parser.add_argument("folder", type=Path, help="for the pictures")
    options = parser.parse_args(arguments)
    wrong = 0
    with start_browser() as browser:
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        for path in options.decks:
            seen = list(walk(page, path, pictures=True))
            for each in seen:
                for trouble in each.troubles:
                    wrong += 1
                    print(f"{path.stem}, slide {each.place} {each.heading!r}: {trouble}")
            print(*sheets(seen, options.folder, path.stem), sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
