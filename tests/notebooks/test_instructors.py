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

    publish("tools/update.py", (ROOT / "tools" / "update.py").read_text(encoding="utf-8"))
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
