// The page's side of a Player: keys and buttons go to Python, frames come back.

const ACKNOWLEDGE_EVERY = 4; // frames; Python sends three times as many before it waits
const LONGEST_QUEUE = 4; // frames
const PATIENCE = 500; // milliseconds without an answer, then it is said that Python is busy
const BUSY = "Python is busy and answers when it has finished. If no cell is running, run this cell again.";
const HOLD = 500; // milliseconds after a press in which the cell does not get the focus back

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function toImageData(rgb, width, height) {
  const image = new ImageData(width, height);
  const rgba = image.data;
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from];
    rgba[to + 1] = rgb[from + 1];
    rgba[to + 2] = rgb[from + 2];
    rgba[to + 3] = 255;
  }
  return image;
}

function make(tag, className, parent, text) {
  const element = document.createElement(tag);
  element.className = className;
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

// Draws one frame each time the screen is refreshed. Frames come unevenly, so a few may wait in a queue;
// when more do, the page is too slow, and the oldest are dropped.
function painter(canvas, model, isPlaying) {
  const context = canvas.getContext("2d");
  const queue = [];
  let newest = 0, acknowledged = 0, running = false;
  function refresh() {
    queue.splice(0, Math.max(0, queue.length - LONGEST_QUEUE));
    if (queue.length) {
      const { number, image } = queue.shift();
      context.putImageData(image, 0, 0);
      if (number - acknowledged >= ACKNOWLEDGE_EVERY) {
        acknowledged = number;
        model.send({ kind: "drawn", number });
      }
    }
    // Asking for every refresh, frame or not, doubles the rate: a browser at rest takes its time to wake up.
    running = queue.length > 0 || isPlaying();
    if (running) requestAnimationFrame(refresh);
  }
  return async (number, bytes) => {
    const rgb = await inflate(bytes);
    if (number < newest) return;
    newest = number;
    queue.push({ number, image: toImageData(rgb, canvas.width, canvas.height) });
    if (!running) requestAnimationFrame(refresh);
    running = true;
  };
}

function render({ model, el }) {
  const controls = model.get("controls");
  const realTime = model.get("real_time");
  let state = "ready", overSince = 0, silence = null, heldUntil = 0;
  const pressed = new Set();

  const root = make("section", "bob-player", el);
  // JupyterLab's shortcuts stay out of a game.
  root.dataset.lmSuppressShortcuts = "true";
  root.setAttribute("aria-label", model.get("title"));
  make("p", "bob-title", root, model.get("title"));
  const table = make("div", "bob-table", root);
  const screen = make("div", "bob-screen", table);
  const [width, height] = model.get("css_size");
  screen.style.width = `${width}px`;
  const canvas = make("canvas", "bob-canvas", screen);
  [canvas.width, canvas.height] = model.get("size");
  canvas.style.aspectRatio = `${width} / ${height}`;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-roledescription", "game");
  const banner = make("div", "bob-banner", screen);
  banner.setAttribute("aria-hidden", "true");
  const side = make("div", "bob-side", table);
  const numbers = make("div", "bob-numbers", side);
  const pad = make("div", "bob-pad", side);
  const again = make("button", "bob-again", side, "Start again");
  const message = make("p", "bob-message", root);
  message.setAttribute("role", "status");
  message.setAttribute("aria-live", "polite");
  const heard = make("p", "bob-unseen", root); // the picture in words, for screen readers
  heard.setAttribute("aria-live", "polite");
  const paint = painter(canvas, model, () => realTime && state === "playing" && root.isConnected);

  function unanswered() {
    message.textContent = BUSY;
  }
  function tell(content) {
    try {
      model.send(content);
    } catch {
      unanswered(); // The kernel was restarted: nobody is there.
      return;
    }
    const answers = content.kind !== "release" && state !== "error" && state !== "closed";
    if (silence === null && answers) silence = setTimeout(unanswered, PATIENCE);
  }
  function press(control) {
    if (pressed.has(control)) return;
    pressed.add(control);
    buttons[control].classList.add("bob-pressed");
    if (state !== "over") tell({ kind: "press", control });
  }
  function release(control) {
    if (!pressed.delete(control)) return;
    buttons[control].classList.remove("bob-pressed");
    if (realTime) tell({ kind: "release", control });
  }
  function takeFocus() {
    heldUntil = performance.now() + HOLD;
    canvas.focus({ preventScroll: true });
  }
  function releaseAll() {
    for (const control of [...pressed]) release(control);
  }
  function pause() {
    releaseAll();
    if (realTime && state === "playing") tell({ kind: "pause" });
  }
  function goOn() {
    if (state === "over") tell({ kind: "again" });
    else if (state === "ready" || state === "paused") tell({ kind: "go" });
  }

  // Buttons without arrows stand in rows of five or four if these come out even.
  if (!controls.some(({ key }) => key.startsWith("Arrow"))) {
    const columns = [5, 4, 3].find((each) => controls.length % each === 0);
    if (columns) pad.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
    pad.classList.toggle("bob-narrow", columns > 3);
  }
  const buttons = controls.map(({ label, key, sign }, control) => {
    const button = make("button", "bob-button", pad);
    button.type = "button";
    button.dataset.key = key === " " ? "Space" : key;
    make("span", "bob-label", button, label);
    if (sign) make("kbd", "bob-key", button, sign).setAttribute("aria-hidden", "true");
    button.addEventListener("pointerdown", (event) => {
      // The canvas takes the focus: Safari gives none to buttons, and the keys work from here on.
      event.preventDefault();
      takeFocus();
      button.setPointerCapture(event.pointerId);
      press(control);
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      button.addEventListener(end, () => release(control));
    }
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) press(control);
    });
    button.addEventListener("keyup", (event) => {
      if (event.key === "Enter" || event.key === " ") release(control);
    });
    // What is left are clicks that neither a finger nor a key made: a screen reader's.
    button.addEventListener("click", (event) => {
      if (event.detail !== 0 || pressed.has(control)) return;
      press(control);
      setTimeout(() => release(control), 150);
    });
    return button;
  });
  again.type = "button";
  again.addEventListener("click", () => {
    tell({ kind: "again" });
    takeFocus();
  });

  canvas.addEventListener("pointerdown", () => {
    takeFocus();
    if (state !== "over") goOn();
  });
  root.addEventListener("keydown", (event) => {
    // Everything stays here but Tab, which leads out, and what the browser or the system want (Ctrl-C …).
    event.stopPropagation();
    if (event.target !== canvas && event.key !== "Escape" && !event.key.startsWith("Arrow")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const control = controls.findIndex(({ key }) => key.toLowerCase() === event.key.toLowerCase());
    const start = event.key === "Enter" || event.key === " ";
    if (control < 0 && !start && event.key !== "Escape") return;
    event.preventDefault();
    if (event.repeat) return;
    if (event.key === "Escape") pause();
    else if (start && (state === "over" || control < 0)) {
      // A key still hammered from the game must not wipe away the score at once.
      if (state !== "over" || performance.now() - overSince > 400) goOn();
    } else press(control);
  });
  root.addEventListener("keyup", (event) => {
    event.stopPropagation();
    const control = controls.findIndex(({ key }) => key.toLowerCase() === event.key.toLowerCase());
    if (control >= 0) release(control);
  });
  root.addEventListener("focusout", (event) => {
    if (root.contains(event.relatedTarget)) return;
    // JupyterLab makes the cell of a press the active one, and may give it the focus that the game has just got.
    if (performance.now() < heldUntil && event.relatedTarget?.contains(root)) {
      setTimeout(() => canvas.focus({ preventScroll: true }));
    } else pause();
  });
  const onHidden = () => { if (document.hidden) pause(); };
  document.addEventListener("visibilitychange", onHidden);
  window.addEventListener("blur", pause);
  const watcher = new IntersectionObserver(([entry]) => { if (!entry.isIntersecting) pause(); });
  watcher.observe(canvas);

  function showNumbers(rows) {
    if (numbers.children.length !== rows.length) {
      numbers.replaceChildren();
      for (const [name] of rows) {
        const row = make("div", "bob-number", numbers);
        make("span", "bob-name", row, name);
        make("span", "bob-value", row);
      }
    }
    rows.forEach(([, value], row) => {
      const cell = numbers.children[row].lastChild;
      if (cell.textContent !== value) cell.textContent = value;
    });
  }
  function onMessage(content, buffers) {
    if (content.kind !== "show") return;
    clearTimeout(silence);
    silence = null;
    if (content.state === "over" && state !== "over") overSince = performance.now();
    state = content.state;
    root.dataset.state = state;
    if (message.textContent !== content.message) message.textContent = content.message;
    const stands = state !== "playing";
    banner.hidden = !stands || (state === "ready" && !realTime);
    if (stands) banner.textContent = content.message;
    showNumbers(content.numbers);
    if (content.description) {
      canvas.setAttribute("aria-label", content.description);
      heard.textContent = content.description;
    }
    if (buffers.length) paint(content.number, buffers[0]);
  }
  model.on("msg:custom", onMessage);
  tell({ kind: "hello" });

  return () => {
    pause();
    clearTimeout(silence);
    model.off("msg:custom", onMessage);
    document.removeEventListener("visibilitychange", onHidden);
    window.removeEventListener("blur", pause);
    watcher.disconnect();
  };
}

export default { render };
