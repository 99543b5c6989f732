// Begins the deck once pictures are there and formulas set.
const READABLE = 16; // pixels, for words inside what a cell has drawn

function enlargeSmallWords(output) {
  const sizes = [...output.querySelectorAll('*')]
    .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((each) => parseFloat(getComputedStyle(each).fontSize));
  const smallest = Math.min(READABLE, ...sizes);
  if (smallest < READABLE) output.style.zoom = 1.02 * READABLE / smallest;
}

async function beginDeck() {
  await Promise.all([...document.images].map((each) => each.decode().catch(() => null)));
  document.querySelectorAll('.jp-OutputArea-child > div').forEach(enlargeSmallWords);
  document.body.classList.remove('measuring');
  await Reveal.initialize({
    width: 1280, height: 720, margin: 0, center: false, hash: true, slideNumber: 'c/t', transition: 'none',
    controlsTutorial: false,
  });
  document.body.dataset.ready = 'yes';
}
