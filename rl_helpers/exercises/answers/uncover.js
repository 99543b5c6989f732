// The page's side of an Uncover: it has all it needs, and asks Python nothing.

function render({ model, el }) {
  const root = document.createElement("section");
  root.className = "bob-solution";
  root.setAttribute("aria-label", `Solution of ${model.get("name")}`);
  root.dataset.lmSuppressShortcuts = "true";
  root.addEventListener("keydown", (event) => event.stopPropagation());
  const button = document.createElement("button");
  button.type = "button";
  button.className = "jupyter-button lm-Widget";
  const place = document.createElement("div");
  root.append(button, place);
  el.append(root);

  let uncovered = false;
  function uncover(yes) {
    uncovered = yes;
    button.textContent = yes ? "Hide the solution" : "Show the solution";
    button.setAttribute("aria-expanded", yes);
    place.replaceChildren();
    if (!yes) return;
    const box = document.createElement(model.get("mode") === "hide" ? "p" : "pre");
    if (box.tagName === "PRE") box.tabIndex = 0; // It may be wider than the page: the arrows move it.
    box.innerHTML = model.get("content");
    place.append(box);
  }
  function follow() {
    button.hidden = model.get("mode") === "hide";
    uncover(model.get("mode") !== "button");
  }
  button.addEventListener("click", () => uncover(!uncovered));
  model.on("msg:custom", follow); // Python says that all are to be shown or hidden, whatever was clicked here.
  follow();
  return () => model.off("msg:custom", follow);
}

export default { render };
