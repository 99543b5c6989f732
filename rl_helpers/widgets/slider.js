// The page's side of a PictureSlider. All pictures are in the page, stacked, and one is visible: moving the
// slider only changes which, so nothing is fetched, nothing flickers and nothing changes size.

const REST = 600; // milliseconds without a move, then a screen reader hears what is to be seen

function render({ model, el }) {
  const texts = model.get("texts");
  const root = document.createElement("section");
  root.className = "bob-slider";
  root.setAttribute("aria-label", model.get("label"));
  root.dataset.lmSuppressShortcuts = "true";
  root.addEventListener("keydown", (event) => event.stopPropagation());

  const line = document.createElement("label");
  line.className = "bob-line";
  const name = document.createElement("span");
  name.textContent = model.get("label");
  const range = document.createElement("input");
  range.type = "range";
  range.min = 0;
  range.max = texts.length - 1;
  range.step = 1;
  const value = document.createElement("output");
  // As wide as the widest value: the slider must not move under the hand.
  value.style.minWidth = `${Math.max(...texts.map((text) => text.length)) + 1}ch`;
  line.append(name, range, value);

  const stack = document.createElement("div");
  stack.className = "bob-stack";
  const layers = model.get("pictures").map((html) => {
    const layer = document.createElement("div");
    layer.className = "bob-layer";
    layer.innerHTML = html;
    stack.append(layer);
    return layer;
  });
  const heard = document.createElement("p");
  heard.className = "bob-unseen";
  heard.setAttribute("aria-live", "polite");
  root.append(line, stack, heard);
  el.append(root);
  // Decoded now, not when first seen.
  for (const image of stack.querySelectorAll("img")) image.decode().catch(() => {});

  let shown = null, resting = null;
  function show(index) {
    if (index === shown) return;
    if (shown !== null) layers[shown].classList.remove("bob-front");
    layers[index].classList.add("bob-front");
    range.value = index;
    range.setAttribute("aria-valuetext", texts[index]);
    value.textContent = texts[index];
    clearTimeout(resting);
    if (shown !== null) {
      resting = setTimeout(() => {
        heard.textContent = Array.from(layers[index].querySelectorAll("img"), ({ alt }) => alt).join(" ");
      }, REST);
    }
    shown = index;
  }
  range.addEventListener("input", () => {
    show(range.valueAsNumber);
    model.set("index", range.valueAsNumber);
  });
  // Python hears of it when the slider comes to rest: it may be far away.
  range.addEventListener("change", () => model.save_changes());
  const onIndex = () => show(model.get("index"));
  model.on("change:index", onIndex);
  onIndex();
  return () => {
    clearTimeout(resting);
    model.off("change:index", onIndex);
  };
}

export default { render };
