// The page's side of a Stepper: five buttons, and what Python drew.

const BUTTONS = [
  ["Step", { kind: "step", n_steps: 1 }],
  ["10 steps", { kind: "step", n_steps: 10 }],
  ["Next change", { kind: "next_change" }],
  ["Episode", { kind: "episode" }],
  ["Start again", { kind: "again" }],
];

const PATIENCE = 500; // milliseconds without an answer, then it is said that Python is busy
const BUSY = "Python is busy and answers when it has finished. If no cell is running, run this cell again.";

function render({ model, el }) {
  let silence = null;
  const root = document.createElement("section");
  root.className = "bob-stepper";
  root.setAttribute("aria-label", "Step it: one learning step of Q-learning at a time");
  // JupyterLab's shortcuts stay out: Enter and Space press the buttons.
  root.dataset.lmSuppressShortcuts = "true";
  root.addEventListener("keydown", (event) => event.stopPropagation());
  const bar = document.createElement("div");
  bar.className = "bob-bar";
  for (const [label, message] of BUTTONS) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => {
      clearTimeout(silence);
      silence = setTimeout(() => { words.textContent = BUSY; }, PATIENCE);
      try {
        model.send(message);
      } catch {
        words.textContent = BUSY; // The kernel was restarted.
      }
    });
    bar.append(button);
  }
  const words = document.createElement("p");
  words.className = "bob-words";
  words.setAttribute("role", "status");
  words.setAttribute("aria-live", "polite");
  const content = document.createElement("div");
  content.className = "bob-content";
  root.append(bar, words, content);
  el.append(root);

  const showWords = () => { words.textContent = model.get("message"); };
  const showContent = () => { content.innerHTML = model.get("content"); };
  const onAnswer = () => {
    clearTimeout(silence);
    showWords();
  };
  model.on("msg:custom", onAnswer);
  model.on("change:message", showWords);
  model.on("change:content", showContent);
  showWords();
  showContent();
  return () => {
    clearTimeout(silence);
    model.off("msg:custom", onAnswer);
    model.off("change:message", showWords);
    model.off("change:content", showContent);
  };
}

export default { render };
