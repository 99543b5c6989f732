// The page's side of a PushButton: what Python says it shows, and where Python is silent it says so.

const PATIENCE = 500; // milliseconds without an answer, then it is said that Python is busy
const BUSY = "Python is busy and answers when it has finished. If no cell is running, run this cell again.";

function render({ model, el }) {
  let silence = null;
  const root = document.createElement("section");
  root.className = "bob-push";
  root.setAttribute("aria-label", model.get("label"));
  root.dataset.lmSuppressShortcuts = "true";
  root.addEventListener("keydown", (event) => event.stopPropagation());
  const button = document.createElement("button");
  button.type = "button";
  button.className = "jupyter-button lm-Widget";
  const words = document.createElement("p");
  words.className = "bob-words";
  words.setAttribute("role", "status");
  const content = document.createElement("div");
  content.className = "widget-html-content";
  root.append(button, words, content);
  el.append(root);

  button.addEventListener("click", () => {
    clearTimeout(silence);
    silence = setTimeout(() => { words.textContent = BUSY; }, PATIENCE);
    try {
      model.send({ kind: "press" });
    } catch {
      words.textContent = BUSY; // The kernel was restarted.
    }
  });
  const showState = () => {
    clearTimeout(silence);
    words.textContent = "";
    button.disabled = model.get("working");
    button.textContent = model.get("working") ? `${model.get("label")} …` : model.get("label");
  };
  const showContent = () => { content.innerHTML = model.get("content"); };
  model.on("change:working", showState);
  model.on("change:content", showContent);
  showState();
  showContent();
  return () => {
    clearTimeout(silence);
    model.off("change:working", showState);
    model.off("change:content", showContent);
  };
}

export default { render };
