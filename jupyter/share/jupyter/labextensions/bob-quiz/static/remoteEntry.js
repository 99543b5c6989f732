// A question in a text, its list of answers a), b), c) and, folded below, what is to be said of each: here the
// answers can be chosen, and the page says at once what is to be said of that one. It needs no kernel; where this
// does not run, on GitHub, there is what is folded. What was chosen is kept in the browser.
const STORE = "bob-quiz";
const LETTER = /^\s*([a-z])\)\s*/;
let count = 0;

function stored() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) ?? {};
  } catch {
    return {}; // There is none, or the browser keeps none.
  }
}

function keep(question, letter) {
  try {
    localStorage.setItem(STORE, JSON.stringify({ ...stored(), [question]: letter }));
  } catch { /* The browser keeps none. */ }
}

function entries(list) {
  const found = new Map();
  for (const item of list.children) found.set(LETTER.exec(item.textContent)?.[1], item);
  return found;
}

// A copy of what an entry says, without its letter.
function saying(item) {
  const copy = document.createElement("span");
  copy.append(...item.cloneNode(true).childNodes);
  const first = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT).nextNode();
  first.data = first.data.replace(LETTER, "");
  return copy;
}

function enliven(details) {
  details.dataset.bobQuiz = "";
  const list = details.previousElementSibling;
  const reasons = details.querySelector(":scope > ul");
  if (list?.tagName !== "UL" || !reasons) return;
  const [options, answers] = [entries(list), entries(reasons)];
  if (options.has(undefined) || [...options.keys()].join() !== [...answers.keys()].join()) return;

  const question = list.previousElementSibling?.textContent.trim() ?? "Question";
  const group = document.createElement("fieldset");
  group.className = "bob-quiz";
  group.dataset.lmSuppressShortcuts = "true"; // JupyterLab's shortcuts stay out, and its double click.
  for (const event of ["keydown", "dblclick"]) group.addEventListener(event, (each) => each.stopPropagation());
  const legend = document.createElement("legend");
  legend.textContent = question;
  list.before(group);
  const reason = document.createElement("p");
  reason.className = "bob-reason";
  reason.setAttribute("role", "status");
  group.append(legend, list, reason);

  const show = (letter) => {
    const words = saying(answers.get(letter));
    const right = /^Right\b/.test(words.textContent);
    reason.replaceChildren(`${right ? "✓" : "✗"} ${letter}) `, words);
  };
  const name = `bob-quiz-${count += 1}`;
  const before = stored()[question];
  for (const [letter, item] of options) {
    const label = document.createElement("label");
    const choice = document.createElement("input");
    Object.assign(choice, { type: "radio", name, value: letter, checked: letter === before });
    const words = document.createElement("span");
    words.append(...item.childNodes);
    label.append(choice, words);
    item.append(label);
    choice.addEventListener("change", () => {
      keep(question, letter);
      show(letter);
    });
  }
  if (options.has(before)) show(before);
}

function look(texts) {
  document.querySelectorAll(`${texts} details:not([data-bob-quiz])`).forEach(enliven);
}

(window._JUPYTERLAB ??= {})[STORE] = {
  look, // for the web site, which has no JupyterLab
  init: () => {},
  get: async () => () => ({
    __esModule: true,
    default: {
      id: "bob-quiz:plugin",
      autoStart: true,
      activate: () => {
        let due = false;
        new MutationObserver(() => {
          if (due) return;
          due = true;
          requestAnimationFrame(() => {
            due = false;
            look(".jp-MarkdownOutput");
          });
        }).observe(document.body, { childList: true, subtree: true });
      },
    },
  }),
};
