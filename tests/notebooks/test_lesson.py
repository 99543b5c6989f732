"""Minutes follow the rule, and a notebook that says others is told what to say."""

import pytest

from tools.notebooks import lesson

CELL = "```{{code-cell}} ipython3\n{}```\n"
FOLDED = "---\njupyter:\n  source_hidden: true\n---\n"
PARTS = {
    "Words": "word " * 149 + "[word](https://example.org/no/word)\n\n$$\nno + word\n$$\n\n```\nno word\n```",
    "Code": CELL.format("x = 1\n" * 12),
    "Folded": CELL.format(FOLDED + "# Drawing\n" + "x = 1\n" * 20 + "show.figure(fig)\n"),
    "Claim": CELL.format(":tags: [claim]\n\n# The claim: it is so.\nassert x == 1\n"),
    "Control": CELL.format(":tags: [widget]\n\n" + "x = 1\n" * 5 + "play(show.picture(x))\n"),
    "Exercise: one": "*About 7 minutes.*\n\nDo it, " + "word " * 148,
    "Quiz": "**1. Why?**\n\n**2. How?**\n",
    "Further: more": "word " * 300,
}
MINUTES = {
    "the opening": 14 / 150 + 1 / 12 + 0.5,
    "Words": 1.0,
    "Code": 1.0,
    "Folded": 0.5,
    "Claim": 0.0,
    "Control": 0.5 + 2,
    "Exercise: one": 7 + 1.0,
    "Quiz": 1.0 + 4 / 150,
    "more": 2.0,
}
PROMISE = "About 15 minutes, and 5 more for what is marked *Further*."


@pytest.fixture
def read(tmp_path):
    """A function that reads a notebook with that promise."""

    def read(promise, parts=PARTS):
        top = f"# 01 X\n\n**Why?**\n\n{CELL.format('show.film(f)' + chr(10))}\n"
        body = "".join(f"## {title}\n\n{text}\n\n" for title, text in parts.items())
        source = tmp_path / "01_x.md"
        source.write_text(f"{top}\n{promise}\n\n{body}", encoding="utf-8")
        return lesson.read(source)

    return read


def test_rule_counts_what_takes_time_and_nothing_else(read):
    sections = read(PROMISE).sections
    found = {section.title: section.minutes for section in sections}
    assert found == pytest.approx(MINUTES)
    assert [section.title for section in sections if section.further] == ["more"]
    assert sum(section.exercise_minutes for section in sections) == 7


def test_core_and_further_are_told_apart(read):
    each = read(PROMISE)
    assert (each.minutes, each.further_minutes) == (15, 5)
    assert each.estimate(further=True) == 2.0
    assert lesson.problems(each) == []


@pytest.mark.parametrize(
    "wrong", ["About 15 minutes.", "About 20 minutes, and 5 more for what is marked *Further*."]
)
def test_wrong_minutes_are_told_the_right_sentence(read, wrong):
    (found,) = lesson.problems(read(wrong))
    assert found.endswith(f"write `{PROMISE}`")


def test_without_further_nothing_is_said_of_it(read):
    parts = {title: text for title, text in PARTS.items() if "Further" not in title}
    assert lesson.problems(read("About 15 minutes. You need nothing.", parts)) == []


def test_a_core_that_is_too_long_is_told_where(read):
    long = {"Short": "word", "Long": "word " * 150 * 46}
    (found,) = lesson.problems(read("About 45 minutes.", long))
    assert "the core takes 46.6 minutes, 45 at most" in found
    assert "'Long' (46.0)" in found
    assert lesson.problems(read("About 45 minutes.", {"Long": "word " * 150 * 44})) == []


def test_a_source_without_minutes_is_named(tmp_path):
    source = tmp_path / "01_x.md"
    source.write_text("# 01 X\n\n**Why?**\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"01_x\.md: expected"):
        lesson.read(source)
