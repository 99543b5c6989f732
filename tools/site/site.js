// What the theme leaves out: questions and sliders that answer as in JupyterLab, and names and places for screen readers and keys.

window._JUPYTERLAB["bob-quiz"].look("article");

// A slider needs no Python: what it would ask its model is in the page.
for (const told of document.querySelectorAll("script.bob-slider-state")) {
  const state = JSON.parse(told.textContent);
  const el = document.createElement("div");
  const model = { get: (key) => state[key], set: () => {}, save_changes: () => {}, on: () => {} };
  told.parentElement.replaceChildren(el);
  window.bobSlider.render({ model, el });
}

// The arrows that unfold the contents have no words.
for (const arrow of document.querySelectorAll(".bd-sidebar-primary details > summary")) {
  const page = arrow.closest("li").querySelector("a")?.textContent.trim();
  arrow.setAttribute("aria-label", `Pages below ${page}`);
}
const brand = document.querySelector(".sidebar-primary-items__start > .sidebar-primary-item:first-child");
brand?.setAttribute("role", "region");
brand?.setAttribute("aria-label", "Front page");

// On a narrow screen formulas are wider than their room: the arrow keys move what has the focus.
function reach() {
  for (const formula of document.querySelectorAll("mjx-container")) {
    if (formula.scrollWidth > formula.clientWidth && formula.clientWidth) formula.tabIndex = 0;
  }
}
window.addEventListener("resize", reach);
new MutationObserver(reach).observe(document.querySelector("article"), { childList: true, subtree: true });
reach();
