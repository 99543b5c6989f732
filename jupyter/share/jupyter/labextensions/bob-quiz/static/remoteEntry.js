// A question in a text, its list of answers a), b), c) and, folded below, what is to be said of each: here the
// answers can be chosen, and the page says at once what is to be said of that one. It needs no kernel; where this
// does not run, on GitHub, there is what is folded. What was chosen is kept in the browser.
//
// Guesses likewise: a line "> Your guess: `30` `300` episodes" can be chosen from, "> Your guess: … episodes" is
// written into, and the line "> You guessed: … episodes", by the measurement, brings the guess back. Nobody sees
// that line before there is a guess.
const STORE = "bob-quiz";
const LETTER = /^\s*([a-z])\)\s*/;
const [ASKED, GUESSED] = ["Your guess:", "You guessed:"];
// How they look, in JupyterLab and on the web site: each has its own names for its theme's colours.
const STYLE = `
.bob-quiz, .bob-guess {
  --focus: var(--jp-brand-color1, var(--pst-color-link, #0072b2));
}
.bob-quiz {
  border: 0;
  margin: 0 0 4px;
  padding: 0;
}
.bob-quiz legend {
  clip-path: inset(50%);
  height: 1px;
  overflow: hidden;
  position: absolute;
  white-space: nowrap;
  width: 1px;
}
.bob-quiz.bob-quiz ul {
  list-style: none;
  margin: 0;
  padding: 0;
}
:is(.bob-quiz, .bob-guess) label {
  align-items: baseline;
  cursor: pointer;
  display: flex;
  gap: 8px;
  margin: 0;
  min-height: 24px;
  padding: 2px 4px;
  width: fit-content;
}
.bob-quiz label p {
  margin: 0;
}
:is(.bob-quiz, .bob-guess) input[type="radio"] {
  accent-color: var(--focus);
  flex: none;
  height: 16px;
  margin: 0;
  position: relative;
  top: 2px;
  width: 16px;
}
:is(.bob-quiz, .bob-guess) input:focus-visible {
  outline: 3px solid var(--focus);
  outline-offset: 2px;
}
.bob-quiz.bob-quiz .bob-reason {
  margin: 2px 0 6px 28px;
}
.bob-quiz .bob-reason p {
  display: inline;
}
p.bob-guess.bob-guess {
  align-items: baseline;
  display: flex;
  flex-wrap: wrap;
  gap: 2px 8px;
}
.bob-guess input[type="text"] {
  background: var(--jp-layout-color0, var(--pst-color-background, #fff));
  border: 1px solid var(--jp-ui-font-color2, var(--pst-color-text-muted, #616161));
  border-radius: 2px;
  box-sizing: border-box;
  color: var(--jp-ui-font-color0, var(--pst-color-text-base, #000));
  font: inherit;
  max-width: 100%;
  min-height: 26px;
  padding: 2px 6px;
}`;
const session = {}; // for browsers that keep none
let count = 0;

function stored() {
  try {
    return { ...JSON.parse(localStorage.getItem(STORE)), ...session };
  } catch {
    return session; // There is none that can be read.
  }
}

function keep(question, answer) {
  session[question] = answer;
  try {
    localStorage.setItem(STORE, JSON.stringify(stored()));
  } catch { /* The browser keeps none. */ }
}

// JupyterLab's shortcuts stay out, and its double click.
function shield(group) {
  group.dataset.lmSuppressShortcuts = "true";
  for (const event of ["keydown", "dblclick"]) group.addEventListener(event, (each) => each.stopPropagation());
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

function choice(name, words, checked, onChange) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { type: "radio", name, checked });
  input.addEventListener("change", onChange);
  label.append(input, words);
  return label;
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
  shield(group);
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
    const words = document.createElement("span");
    words.append(...item.childNodes);
    item.append(choice(name, words, letter === before, () => {
      keep(question, letter);
      show(letter);
    }));
  }
  if (options.has(before)) show(before);
}

// What a line says with … for all that can be chosen: the same where a guess is asked for and where it comes back.
function key(line) {
  const copy = line.cloneNode(true);
  for (const option of copy.querySelectorAll("code")) option.replaceWith("…");
  return copy.textContent.replace(GUESSED, ASKED).replace(/…(\s*…)*/, "…").replace(/\s+/g, " ").trim();
}

// Puts an element in the place of a line's "…"; says whether there was one.
function fill(line, element) {
  const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const place = texts.currentNode.data.indexOf("…");
    if (place < 0) continue;
    const rest = texts.currentNode.splitText(place);
    rest.data = rest.data.slice(1);
    rest.before(element);
    return true;
  }
  return false;
}

function ask(line) {
  const question = key(line);
  const before = stored()[question] ?? "";
  const options = line.querySelectorAll("code");
  const words = question.replace(/\s*…/, "");
  const guess = (text) => {
    keep(question, text.trim());
    document.querySelectorAll(".bob-guessed").forEach(bring);
  };
  if (options.length) {
    line.setAttribute("role", "radiogroup");
    line.setAttribute("aria-label", words);
    const name = `bob-quiz-${count += 1}`;
    for (const option of options) {
      const text = option.textContent;
      const span = document.createElement("span");
      span.textContent = text;
      option.replaceWith(choice(name, span, text === before, () => guess(text)));
    }
  } else {
    const field = document.createElement("input");
    // Words take more room than a number with its unit behind it.
    Object.assign(field, { type: "text", value: before, maxLength: 200, size: question.endsWith("…") ? 40 : 10 });
    field.setAttribute("aria-label", words);
    field.addEventListener("input", () => guess(field.value));
    if (!fill(line, field)) return;
  }
  shield(line);
  line.classList.add("bob-guess");
}

function bring(line) {
  const guess = stored()[line.dataset.bobQuiz];
  line.querySelector("strong").textContent = guess ?? "";
  line.hidden = !guess;
  const quote = line.closest("blockquote");
  quote.hidden = [...quote.querySelectorAll("p")].every((each) => each.hidden);
}

function read(line) {
  const words = line.textContent.trimStart();
  line.dataset.bobQuiz = key(line);
  if (words.startsWith(ASKED)) ask(line);
  if (!words.startsWith(GUESSED) || !fill(line, document.createElement("strong"))) return;
  line.classList.add("bob-guessed");
  bring(line);
}

function look(texts) {
  if (!document.getElementById(STORE)) {
    document.head.append(Object.assign(document.createElement("style"), { id: STORE, textContent: STYLE }));
  }
  document.querySelectorAll(`${texts} details:not([data-bob-quiz])`).forEach(enliven);
  document.querySelectorAll(`${texts} blockquote p:not([data-bob-quiz])`).forEach(read);
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
