"""What a check shows: one verdict, as HTML in a notebook and as text in a terminal."""

import html
import re
from dataclasses import dataclass, replace

from rl_helpers.notebook import palette

# Symbol, words and colour of a verdict: the colour only repeats what the words say. It is used for the line
# at the left alone; the text keeps the page's own colour, and with it the contrast of any theme.
LOOKS = {
    "solved": ("✓", "solved", palette.GREEN),
    "not yet": ("○", "not yet", palette.GREY),
    "wrong": ("✗", "not right yet", palette.VERMILION),
}


@dataclass(frozen=True, repr=False)
class Report:
    """A verdict on one exercise.

    Attributes:
        name: the exercise.
        status: "solved", "not yet" or "wrong".
        message: one or two sentences.
        rows: (title, code) pairs: what was called, what was expected, what came.
        hint: what to look at next.
        note: something apart from the verdict.
        findings: (status, about whom, sentence) triples, for an answer that is judged part by part.

    >>> Report("td_error", "wrong", "", (("Expected", "0.5"), ("Got", "-0.5")), "Swap the `operands`.")
    ✗ td_error: not right yet
      Expected  0.5
      Got       -0.5
      Hint: Swap the `operands`.
    >>> Report("bug_clinic", "wrong", findings=(("wrong", "Alma", "Her curve *falls*."),))
    ✗ bug_clinic: not right yet
      ✗ Alma: Her curve *falls*.
    """

    name: str
    status: str
    message: str = ""
    rows: tuple = ()
    hint: str = ""
    note: str = ""
    findings: tuple = ()

    def with_note(self, note):
        """Return the same report with a note."""
        return replace(self, note=note)

    def _repr_html_(self):
        symbol, words, colour = LOOKS[self.status]
        message = f" {markup(self.message)}" if self.message else ""
        parts = [f"<p><strong>{symbol} <code>{self.name}</code>: {words}.</strong>{message}</p>"]
        if self.rows:
            rows = "".join(
                f'<dt style="margin:0;width:auto;white-space:nowrap">{html.escape(title)}</dt>'
                f'<dd style="margin:0"><code style="white-space:pre-wrap">{html.escape(code)}</code></dd>'
                for title, code in self.rows
            )
            grid = "display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em;margin:0 0 .5em 0"
            parts.append(f'<dl style="{grid}">{rows}</dl>')
        if self.hint:
            parts.append(f"<p><strong>Hint:</strong> {markup(self.hint)}</p>")
        if self.note:
            parts.append(f"<p>{markup(self.note)}</p>")
        if self.findings:
            items = "".join(
                f'<li style="list-style:none;margin-bottom:.4em">{LOOKS[status][0]} '
                f"<strong>{about}:</strong> {markup(sentence)}</li>"
                for status, about, sentence in self.findings
            )
            parts.append(f'<ul style="padding-left:0">{items}</ul>')
        style = f"border-left:5px solid {colour};padding:.2em 0 .1em 1em;margin:.3em 0"
        return f'<div role="status" style="{style}">{"".join(parts)}</div>'

    def __repr__(self):
        symbol, words, _ = LOOKS[self.status]
        width = max((len(title) for title, _ in self.rows), default=0)
        lines = [f"{symbol} {self.name}: {words}" + (f". {self.message}" if self.message else "")]
        for title, code in self.rows:
            first, *rest = code.splitlines() or [""]
            lines.append(f"  {title.ljust(width)}  {first}")
            lines.extend(" " * (width + 4) + line for line in rest)
        if self.hint:
            lines.append(f"  Hint: {self.hint}")
        if self.note:
            lines.append(f"  {self.note}")
        lines.extend(f"  {LOOKS[status][0]} {about}: {sentence}" for status, about, sentence in self.findings)
        return "\n".join(lines)


def markup(text):
    """Return text as HTML: `code` in backticks, *emphasis* in asterisks.

    >>> markup("the *sum*: `a < b**2`")
    'the <em>sum</em>: <code>a &lt; b**2</code>'
    """

    def tag(match):
        code, emphasis = match.groups()
        return f"<code>{code}</code>" if code else f"<em>{emphasis}</em>"

    return re.sub(r"`([^`]+)`|\*([^*`]+)\*", tag, html.escape(text, quote=False))
