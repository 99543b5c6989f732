"""The instructors' guide is what its sources say, and its minutes are plausible."""

import re
from pathlib import Path

import pytest

from rl_helpers.exercises import solution
from rl_helpers.exercises.course import DIAGNOSES, EXERCISES
from tools import instructors, lesson

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "notebooks" / "src").glob("*.md"))


def test_guide_matches_its_sources():
    assert instructors.GUIDE.read_text(encoding="utf-8") == instructors.guide()


def test_a_stale_guide_is_noticed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(instructors, "GUIDE", tmp_path / "INSTRUCTORS.md")
    assert instructors.main(["--check"]) == 1
    assert "does not match" in capsys.readouterr().err
    assert instructors.main([]) == 0
    assert instructors.main(["--check"]) == 0


def test_every_exercise_has_its_solution_and_hints_in_the_guide():
    text = instructors.guide()
    for exercise in (EXERCISES | DIAGNOSES).values():
        part = text.split(f"### Exercise `{exercise.name}`")[1].split("\n## ")[0].split("\n### ")[0]
        assert solution(exercise.name).code in part
        assert all(hint[1:] in part for _, hint in exercise.mistakes)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_minutes_promised_are_near_the_estimate(path):
    """Three quarters to five quarters of what words, code, pictures and exercises take."""
    each = lesson.read(path)
    estimate = sum(section.minutes for section in each.sections)
    assert 0.7 <= each.minutes / estimate <= 1.3, f"{each.minutes} minutes promised, {estimate:.0f} estimated"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_exercise_is_marked_with_its_minutes(path):
    exercises = [section for section in lesson.read(path).sections if section.title.startswith("Exercise")]
    assert all(1 <= section.exercise_minutes <= 20 for section in exercises)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_parts_add_up_to_the_minutes_of_the_notebook(path):
    each = lesson.read(path)
    timing = instructors._timing(each)
    assert sum(map(int, re.findall(r"\((\d+)\)", timing))) == each.minutes
    assert all(section.title in timing for section in each.sections)


def test_a_source_without_minutes_is_named(tmp_path):
    source = tmp_path / "01_x.md"
    source.write_text("# 01 X\n\n**Why?**\n")
    with pytest.raises(ValueError, match=r"01_x\.md: expected"):
        lesson.read(source)


def test_estimate_counts_what_takes_time(tmp_path):
    source = tmp_path / "01_x.md"
    cell = "```{{code-cell}} ipython3\n{}```\n"
    parts = {
        "Words": "word " * 400,
        "Folded": cell.format(
            "---\njupyter:\n  source_hidden: true\n---\n" + "x = 1\n" * 50 + "show.figure(fig)\n"
        ),
        "Control": cell.format(":tags: [widget]\n\n" + "x = 1\n" * 25),
        "Quiz": "**1. Why?**\n\n**2. How?**\n",
    }
    body = "".join(f"## {title}\n\n{text}\n" for title, text in parts.items())
    source.write_text(f"# 01 X\n\n**Why?**\n\nAbout 9 minutes.\n\n{body}")
    minutes = {section.title: section.minutes for section in lesson.read(source).sections}
    assert minutes["Words"] == 2.0
    assert minutes["Folded"] == pytest.approx(0.3)
    assert minutes["Control"] == pytest.approx(1.5 + 27 / 25)
    assert minutes["Quiz"] == pytest.approx(1.0 + 4 / 200)
