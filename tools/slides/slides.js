// Begins the deck once formulas are set. Pictures take the room that a slide leaves them, within reason.
const WIDTH = 1280, HEIGHT = 720, SIDE = 50;
const LARGEST = 1.8, SMALLEST = 0.7;
const TEXT_SIZES = [1.4, 1.2]; // two larger sizes for slides with few words, no more: a deck needs some calm
const READABLE = 16; // pixels, for words inside what a cell has drawn

function nameContinuations() {
  for (const stack of document.querySelectorAll('.slides > section')) {
    const title = stack.querySelector('h1, h2');
    for (const slide of stack.querySelectorAll(':scope > section')) {
      if (!title || slide.querySelector('h1, h2, h3')) continue;
      const running = document.createElement('div');
      running.className = 'running';
      running.textContent = title.textContent.replace('¶', '');
      slide.prepend(running);
    }
  }
}

function enlargeSmallWords(output) {
  const sizes = [...output.querySelectorAll('*')]
    .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((each) => parseFloat(getComputedStyle(each).fontSize));
  const smallest = Math.min(READABLE, ...sizes);
  if (smallest < READABLE) output.style.zoom = 1.02 * READABLE / smallest;
}

function enlargeText(slide) {
  if (slide.querySelector('img')) return;
  slide.style.width = `${WIDTH}px`;
  for (const factor of TEXT_SIZES) {
    slide.style.setProperty('--zoom', factor);
    const sticksOut = [...slide.querySelectorAll('svg, table')]
      .some((each) => each.getBoundingClientRect().right > slide.getBoundingClientRect().right - SIDE / 2);
    if (!sticksOut && slide.scrollHeight <= HEIGHT - 20) return;
  }
  slide.style.removeProperty('--zoom');
}

function fitPictures(slide) {
  const pictures = [...slide.querySelectorAll('img')].filter((each) => each.naturalWidth);
  if (!pictures.length) return;
  const widths = pictures.map((each) => each.offsetWidth);
  const resize = (factor) => pictures.forEach((each, index) => {
    each.style.width = `${Math.min(widths[index] * factor, WIDTH - 2 * SIDE)}px`;
  });
  const rows = () => new Set(pictures.map((each) => Math.round(each.getBoundingClientRect().top))).size;
  const wanted = rows();
  const fits = () => slide.scrollHeight <= HEIGHT && rows() <= wanted;
  let low = SMALLEST, high = LARGEST;
  for (let turn = 0; turn < 8; turn += 1) {
    const middle = (low + high) / 2;
    resize(middle);
    if (fits()) low = middle; else high = middle;
  }
  resize(low);
}

async function beginDeck() {
  nameContinuations();
  await Promise.all([...document.images].map((each) => each.decode().catch(() => null)));
  document.querySelectorAll('.jp-OutputArea-child > div').forEach(enlargeSmallWords);
  const slides = document.querySelectorAll('.slides section:not(:has(> section))');
  slides.forEach(fitPictures);
  slides.forEach(enlargeText);
  document.body.classList.remove('measuring');
  await Reveal.initialize({
    width: WIDTH, height: HEIGHT, margin: 0, center: false, hash: true, slideNumber: 'c/t', transition: 'none',
    controlsTutorial: false,
  });
  document.body.dataset.ready = 'yes';
}
