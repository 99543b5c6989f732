"""The instructors' guide is what its sources say, and its minutes are plausible."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from rl_helpers.exercises import solution
from rl_helpers.exercises.course import DIAGNOSES, EXERCISES
from tools.notebooks import instructors, lesson

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "notebooks" / "src").glob("*.md"))


def test_guide_matches_its_sources():
    assert instructors.GUIDE.read_text(encoding="utf-8") == instructors.guide()


def test_table_of_the_readme_matches_its_sources():
    text = instructors.README.read_text(encoding="utf-8")
    assert text == instructors.front_page(text)


def test_a_stale_guide_and_a_stale_readme_are_noticed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(instructors, "GUIDE", tmp_path / "INSTRUCTORS.md")
    monkeypatch.setattr(instructors, "README", tmp_path / "README.md")
    instructors.README.write_text(
        f"before\n{instructors.BEGIN}\n{instructors.END}\nafter\n", encoding="utf-8"
    )
    assert instructors.main(["--check"]) == 1
    told = capsys.readouterr().err
    assert "INSTRUCTORS.md does not match" in told
    assert "README.md does not match" in told
    assert instructors.main([]) == 0
    assert instructors.main(["--check"]) == 0


def test_table_of_the_readme_has_both_times_and_keeps_what_bench_has_measured(tmp_path, monkeypatch):
    (tmp_path / "05_q.md").write_text("# 05 Q\n\n**Why?**\n\nAbout 40 minutes.\n", encoding="utf-8")
    further = "About 30 minutes, and 15 more for what is marked *Further*."
    (tmp_path / "06_a.md").write_text(f"# 06 A\n\n**How?**\n\n{further}\n", encoding="utf-8")
    monkeypatch.setattr(instructors, "SOURCES", tmp_path)
    measured = "| [05 Old](notebooks/05_q.ipynb) | What? | 9 min |  | 19 s |"
    found = instructors.front_page(f"a\n{instructors.BEGIN}\n{measured}\n{instructors.END}\nb")
    assert "| [05 Q](notebooks/05_q.ipynb) | Why? | 40 min |  | 19 s |\n" in found
    assert "| [06 A](notebooks/06_a.ipynb) | How? | 30 min | 15 min |  |\n" in found
    assert lesson.RULE in found
    assert (found[:2], found[-2:]) == ("a\n", "\nb")
    with pytest.raises(ValueError, match="put the two lines where the table shall stand"):
        instructors.front_page("no table")


def test_guide_says_by_which_rule_minutes_are_counted():
    text = instructors.guide()
    assert lesson.RULE in text
    assert instructors.RULE_PLACE not in text


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_five_hard_questions_are_answered_by_sentences_of_the_notebook(path):
    notes = (instructors.NOTES / f"{path.stem[:2]}.md").read_text(encoding="utf-8")
    source = " ".join(path.read_text(encoding="utf-8").split())
    questions = instructors.hard_questions(notes)
    assert len(questions) >= 5
    for question, quoted in questions:
        sentences = [words for words in quoted if len(words.split()) > 3]
        assert any(words in source for words in sentences), f"no answer in {path.name}: {question}"


QUESTIONS = """\
**Ask aloud**

- Why “not this one”?

**Hard questions**

- Why “so”? “It is so
  because of that.”
- And how? "By trying."

**Watch for** “those who guess”.
"""


def test_hard_questions_are_read_with_what_they_quote():
    first, second = instructors.hard_questions(QUESTIONS)
    assert first[0].startswith("Why “so”?")
    assert "It is so because of that." in first[1]
    assert second == ('And how? "By trying."', ["By trying."] * 2)
    assert instructors.hard_questions("**Ask aloud**\n\n- Why?") == []


def test_every_exercise_has_its_solution_and_hints_in_the_guide():
    text = instructors.guide()
    for exercise in (EXERCISES | DIAGNOSES).values():
        part = text.split(f"### Exercise `{exercise.name}`")[1].split("\n## ")[0].split("\n### ")[0]
        assert solution(exercise.name).code in part
        assert all(hint[1:] in part for _, hint in exercise.mistakes)


# For a class.

CLASS = instructors.NOTES / "class.md"


def in_class(kind):
    """Return the blocks of code of one kind, such as "yaml", in the part for a class."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", CLASS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [code for name, code in blocks if name == kind]


def test_every_file_and_make_target_of_the_class_is_there():
    text = CLASS.read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"`make ([a-z]+)`", text)) <= set(targets)
    for name in ("requirements.lock", "tools/update.py", "notebooks/00_start_here.ipynb"):
        assert name in text.replace("\\", "/")
        assert (ROOT / name).is_file()


def test_figures_of_the_class_fit_together_and_its_limits_hold_them():
    text = CLASS.read_text(encoding="utf-8")
    kernel = int(re.search(r"mean \d+ MB, largest (\d+) MB", text)[1])
    server = int(re.search(r"\d+ to (\d+) MB under JupyterHub", text)[1])
    assert f"at most {kernel} + {server} MB" in text
    a_gigabyte = float(re.search(r"count on ([\d.]+) learners a GB", text)[1])
    assert a_gigabyte <= 1000 / (kernel + server) < a_gigabyte + 0.1
    assert 3 * kernel + server <= 1000 < 4 * kernel + server  # "a limit of 1 GB holds three"
    (config,) = map(yaml.safe_load, in_class("yaml"))
    assert config["singleuser"]["memory"] == {"guarantee": "512M", "limit": "1G"}
    assert kernel + server <= 512
    assert "tljh-config set limits.memory 1G" in text


def test_hook_of_the_cluster_copies_the_course_and_later_updates_it_with_the_answers(tmp_path):
    """The command in the chart's configuration, run as Kubernetes would, on a course that changes."""
    (config,) = map(yaml.safe_load, in_class("yaml"))
    shell, option, script = config["singleuser"]["lifecycleHooks"]["postStart"]["exec"]["command"]
    course, home = tmp_path / "course", tmp_path / "home"
    home.mkdir()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    author = {f"GIT_{who}_{what}": "bob@x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    path = os.pathsep.join([str(tmp_path / "bin"), os.environ["PATH"]])
    environment = {**os.environ, **author, "GIT_CONFIG_GLOBAL": os.devnull, "HOME": str(home), "PATH": path}

    def publish(name, text):
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text, encoding="utf-8")
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "newer"]):
            subprocess.run(["git", *command], cwd=course, env=environment, check=True)

    def start_server():
        hook = [shell, option, script.replace("ADDRESS-OF-THIS-REPOSITORY", str(course))]
        return subprocess.run(hook, env=environment, capture_output=True, check=False).returncode

    for name in ("tools/update.py", "tools/answers.py", "tools/__init__.py"):
        publish(name, (ROOT / name).read_text(encoding="utf-8"))
    publish("README.md", "first")
    assert start_server() == 0
    mine = home / "bob-learns" / "README.md"
    assert mine.read_text() == "first"
    publish("README.md", "second")
    assert start_server() == 0
    assert mine.read_text() == "second"
    mine.write_text("my notes")
    publish("README.md", "third")
    assert start_server() == 0
    assert mine.read_text() == "third"
    (kept,) = (home / "bob-learns" / "notebooks" / "output" / "answers").rglob("README.md")
    assert kept.read_text() == "my notes"
    # The hub takes a server down whose hook fails; a course that cannot be reached must not do that.
    course.rename(tmp_path / "gone")
    assert start_server() == 0


def test_image_is_built_where_the_mounted_home_does_not_hide_it():
    tool = Path(sys.executable).with_name("jupyter-repo2docker")
    (line,) = (line for block in in_class("") for line in block.splitlines() if line.startswith(tool.name))
    _, *options, address = line.split()
    assert address == "ADDRESS-OF-THIS-REPOSITORY"
    assert options[options.index("--target-repo-dir") + 1] == "/srv/bob-learns"
    # As written but for what needs Docker and a registry.
    options = [option for option in options if option not in ("--push", "--no-run")]
    result = subprocess.run([tool, "--no-build", *options, "."], cwd=ROOT, capture_output=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_minutes_are_those_of_the_rule_and_the_core_is_short(path):
    assert lesson.problems(lesson.read(path)) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_exercise_is_marked_with_its_minutes(path):
    exercises = [section for section in lesson.read(path).sections if section.title.startswith("Exercise")]
    assert all(1 <= section.exercise_minutes <= 20 for section in exercises)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
@pytest.mark.parametrize("further", [False, True])
def test_parts_add_up_to_the_minutes_of_the_notebook(path, further):
    each = lesson.read(path)
    titles = [section.title for section in each.sections if section.further == further]
    if titles:
        timing = instructors._timing(each, further=further)
        told = each.further_minutes if further else each.minutes
        assert sum(map(int, re.findall(r"\((\d+)\)", timing))) == told
        assert all(title in timing for title in titles)
