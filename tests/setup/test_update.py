"""Learners' work is theirs: whatever way the course is updated, what they wrote is still there, whole."""

import errno
import json
import os
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rl_helpers.notebook import my_world
from tools import answers, update
from tools.notebooks import build

NOTEBOOK = "notebooks/06_q.ipynb"
STUB = "def td_error(target, q_value):\n    ..."
ANSWER = "def td_error(target, q_value):\n    return target - q_value"
CELLS = ("# 05 Q", "import rl_helpers", "## Exercise", STUB, "td_error = check.td_error(td_error)")


@pytest.fixture(autouse=True)
def _no_git_settings_of_this_machine(monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Bob")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "bob@example.org")


def git(folder, *arguments, check=True):
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=check)


def write(path, sources):
    """Write a notebook as the course builds it: ids are digests of what the cells say."""
    notebook = nbformat.v4.new_notebook(metadata=build.METADATA)
    for source in sources:
        make = nbformat.v4.new_markdown_cell if source.startswith("#") else nbformat.v4.new_code_cell
        notebook.cells.append(make(source))
    build.name_cells(notebook)
    path.parent.mkdir(exist_ok=True)
    path.write_text(build.as_text(notebook), encoding="utf-8")


def sources(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return [cell.source for cell in notebook.cells]


def edit(path, changes, *more):
    """Change cells as a learner does in JupyterLab, which keeps their ids, runs them and saves."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in more]
    for cell in notebook.cells:
        cell.source = changes.get(cell.source, cell.source)
        if cell.cell_type == "code":
            cell.execution_count = 7
            cell.outputs = [nbformat.v4.new_output("stream", text=f"I ran {len(cell.source)}\n")]
    nbformat.write(notebook, path)


def publish(course, sources, *, message="newer", name=NOTEBOOK):
    write(course / name, sources)
    git(course, "add", "-A")
    git(course, "commit", "-m", message)


@pytest.fixture
def course(tmp_path):
    """The course's own repository."""
    folder = tmp_path / "course"
    folder.mkdir()
    git(folder, "init", "-b", "main")
    for name in (".gitattributes", ".gitignore"):
        shutil.copy(update.ROOT / name, folder)
    write(folder / "notebooks/00_start.ipynb", ["# 00 Start", "1 + 1"])
    (folder / "README.md").write_text("the course\n")
    publish(folder, CELLS, message="first")
    return folder


@pytest.fixture
def learner(course, tmp_path):
    """A learner's clone: an exercise solved, a cell added, progress and a film in the output folder."""
    folder = tmp_path / "learner"
    git(tmp_path, "clone", "-q", str(course), str(folder))
    edit(folder / NOTEBOOK, {STUB: ANSWER}, "my_own = 'idea'")
    (folder / "notebooks/output").mkdir()
    (folder / "notebooks/output/progress.json").write_text('{"solved": ["td_error"]}\n')
    return folder


def snapshot(folder):
    """Return every file with its content, git's own apart."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def kept(learner):
    return {path.name: path for path in (learner / update.ANSWERS).rglob("*") if path.is_file()}


NEWER = ("# 05 Q, better told", "import rl_helpers, numpy", "## Exercise", STUB, CELLS[-1], "## Recap")


def test_answers_go_into_the_new_notebook(course, learner):
    before = snapshot(learner)
    publish(course, NEWER)
    said = " ".join(update.update(learner))
    found = sources(learner / NOTEBOOK)
    assert found[:5] == [*NEWER[:3], ANSWER, NEWER[4]]
    assert set(found[5:]) == {"## Recap", "my_own = 'idea'"}
    assert "new one with your answers in it" in said
    (copy,) = kept(learner).values()
    assert copy.read_bytes() == before[NOTEBOOK]
    after = snapshot(learner)
    assert all(after[name] == content for name, content in before.items() if name != NOTEBOOK)


def test_outputs_of_an_answer_stay_with_it_and_other_cells_are_the_courses(course, learner):
    publish(course, NEWER)
    update.update(learner)
    notebook = nbformat.read(learner / NOTEBOOK, as_version=4)
    ran = [cell.source for cell in notebook.cells if cell.get("outputs")]
    assert ran == [ANSWER, "my_own = 'idea'"]


def test_answer_to_an_exercise_that_changed_is_quoted(course, learner):
    publish(course, [*CELLS[:3], "def td_error(target, estimate):\n    ...", CELLS[4]])
    said = " ".join(update.update(learner))
    found = sources(learner / NOTEBOOK)
    assert "def td_error(target, estimate):\n    ..." in found
    (quote,) = [source for source in found if answers.BEFORE in source]
    assert ANSWER in quote
    assert "1 of your cells changed in the course too" in said


def test_notebook_that_the_update_leaves_alone_is_left_alone(course, learner):
    before = snapshot(learner)
    publish(course, ["# 00 Start", "2 + 2"], name="notebooks/00_start.ipynb")
    assert update.update(learner) == ["The course is up to date now."]
    after = snapshot(learner)
    assert "2 + 2" in after.pop("notebooks/00_start.ipynb").decode()
    before.pop("notebooks/00_start.ipynb")
    assert after == before


def test_second_update_has_nothing_to_do_and_a_third_keeps_the_answers_still(course, learner):
    publish(course, NEWER)
    update.update(learner)
    before = snapshot(learner)
    assert update.update(learner) == ["The course is up to date."]
    assert snapshot(learner) == before
    publish(course, (*NEWER[:-1], "## Summary"))
    update.update(learner)
    assert {ANSWER, "my_own = 'idea'", "## Summary"} <= set(sources(learner / NOTEBOOK))


def test_file_of_ones_own_in_the_way_is_kept(course, learner):
    own = learner / "notebooks/08_new.ipynb"
    own.write_text("mine")
    publish(course, ["# 08 New"], name="notebooks/08_new.ipynb")
    said = " ".join(update.update(learner))
    assert kept(learner)["08_new.ipynb"].read_text() == "mine"
    assert sources(own) == ["# 08 New"]
    assert "could not be read as a notebook" in said


def test_a_learners_own_world_is_never_touched(course, learner):
    my_world.make(folder=learner / "notebooks")
    own = learner / "notebooks" / my_world.NAME
    edit(own, {}, "my_own = 'world'")
    before = own.read_bytes()
    publish(course, NEWER)
    update.update(learner)
    assert own.read_bytes() == before
    assert my_world.NAME not in kept(learner)
    assert git(learner, "status", "--porcelain", "--", str(own)).stdout == ""  # no commit takes it along


def test_other_files_that_a_learner_changed_are_kept_too(course, learner):
    (learner / "README.md").write_bytes(b"my notes \xff\n")
    (course / "README.md").write_text("the course, newer\n")
    git(course, "commit", "-am", "newer")
    update.update(learner)
    assert kept(learner)["README.md"].read_bytes() == b"my notes \xff\n"
    assert (learner / "README.md").read_text() == "the course, newer\n"


def test_notebook_that_the_course_drops_is_kept(course, learner):
    before = snapshot(learner)
    git(course, "rm", "-q", NOTEBOOK)
    git(course, "commit", "-m", "dropped")
    update.update(learner)
    assert kept(learner)["06_q.ipynb"].read_bytes() == before[NOTEBOOK]


def rename(course, new_name, sources):
    git(course, "rm", "-q", NOTEBOOK)
    publish(course, sources, name=new_name)


def test_answers_are_found_in_a_notebook_that_got_another_number(course, learner):
    before = (learner / NOTEBOOK).read_bytes()
    publish(course, ["# 06 Another", "check.progress()"], name="notebooks/06_another.ipynb")
    rename(course, "notebooks/05_q.ipynb", ["# 05 Q, told anew", "## Exercise", STUB, "another = 1"])
    said = " ".join(update.update(learner))
    found = sources(learner / "notebooks/05_q.ipynb")
    assert found[:3] == ["# 05 Q, told anew", "## Exercise", ANSWER]
    assert "my_own = 'idea'" in found
    assert STUB not in found
    assert (
        "notebooks/06_q.ipynb is called notebooks/05_q.ipynb now. It is the new one with your answers" in said
    )
    assert kept(learner)["06_q.ipynb"].read_bytes() == before
    assert not (learner / NOTEBOOK).exists()
    assert sources(learner / "notebooks/06_another.ipynb") == ["# 06 Another", "check.progress()"]


def test_two_notebooks_that_change_places_keep_the_answers_of_each(course, learner):
    first, second = "notebooks/05_a.ipynb", "notebooks/06_q.ipynb"
    publish(course, ["# 05 A", SARSA, "## Recap"], name=first)
    update.update(learner)
    edit(learner / first, {SARSA: SOLVED})
    git(course, "mv", first, "notebooks/06_a.ipynb")
    git(course, "mv", second, "notebooks/05_q.ipynb")
    git(course, "commit", "-qm", "other order")
    update.update(learner)
    assert SOLVED in sources(learner / "notebooks/06_a.ipynb")
    assert ANSWER in sources(learner / "notebooks/05_q.ipynb")
    assert not (learner / first).exists()
    assert not (learner / second).exists()


def test_answers_are_found_under_another_title_by_the_cells(course, learner):
    publish(course, ["# 07 Other", CELLS[1]], name="notebooks/07_other.ipynb")
    rename(course, "notebooks/05_learning.ipynb", NEWER)
    assert "called notebooks/05_learning.ipynb now" in " ".join(update.update(learner))
    assert ANSWER in sources(learner / "notebooks/05_learning.ipynb")
    assert sources(learner / "notebooks/07_other.ipynb") == ["# 07 Other", CELLS[1]]


def test_answers_go_into_no_notebook_that_is_about_something_else(course, learner):
    rename(course, "notebooks/07_other.ipynb", ["# 07 Other", CELLS[1], "## Other", "x = 1", "y = 2"])
    said = " ".join(update.update(learner))
    assert "The course has no notebooks/06_q.ipynb any more. Yours is notebooks/output/answers/" in said
    assert sources(learner / "notebooks/07_other.ipynb")[2] == "## Other"
    assert ANSWER not in sources(learner / "notebooks/07_other.ipynb")


def test_deleted_notebook_comes_back_new(course, learner):
    (learner / NOTEBOOK).unlink()
    publish(course, NEWER)
    assert update.update(learner) == ["The course is up to date now."]
    assert sources(learner / NOTEBOOK) == list(NEWER)


def refuse(error):
    def fail(*_, **__):
        raise error

    return fail


def test_full_disk_stops_before_anything_is_touched(course, learner, monkeypatch, capsys):
    publish(course, NEWER)
    before = snapshot(learner)
    monkeypatch.setattr(update.os, "fsync", refuse(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))))
    assert update.main(learner) == 1
    assert "No space left" in capsys.readouterr().err
    after = snapshot(learner)
    assert all(after[name] == content for name, content in before.items())


def test_disk_that_fills_up_at_the_end_leaves_the_copy_and_says_where(course, learner, monkeypatch):
    publish(course, NEWER)
    before = snapshot(learner)
    monkeypatch.setattr(update.os, "replace", refuse(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))))
    said = " ".join(update.update(learner))
    assert "without your answers" in said
    assert "notebooks/output/answers/" in said
    assert kept(learner)["06_q.ipynb"].read_bytes() == before[NOTEBOOK]
    assert not list(learner.rglob("*.new"))


@pytest.mark.parametrize("step", ["checkout", "merge"])
@pytest.mark.parametrize(
    "error", [update.UpdateError("no"), KeyboardInterrupt()], ids=["git fails", "Ctrl-C"]
)
def test_update_that_stops_half_way_puts_everything_back(course, learner, monkeypatch, step, error):
    publish(course, NEWER)
    (learner / "notebooks/09.ipynb").write_text("mine")
    publish(course, ["# 09"], name="notebooks/09.ipynb")
    before, real = snapshot(learner), update.git

    def fails_once(root, *arguments, **options):
        if arguments[0] == step:
            raise error
        return real(root, *arguments, **options)

    monkeypatch.setattr(update, "git", fails_once)
    with pytest.raises(type(error)):
        update.update(learner)
    after = snapshot(learner)
    assert {name: after[name] for name in before} == before


def test_commits_of_ones_own_and_unfinished_merges_are_left_to_their_owner(course, learner):
    publish(course, NEWER)
    before = snapshot(learner)
    git(learner, "commit", "-qam", "mine")
    with pytest.raises(update.UpdateError, match="commits of your own"):
        update.update(learner)
    assert snapshot(learner) == before


def test_folder_that_is_no_clone_and_clone_without_origin_are_told_what_to_do(tmp_path, course):
    with pytest.raises(update.UpdateError, match="download the course anew beside it"):
        update.update(tmp_path)
    with pytest.raises(update.UpdateError, match="set-upstream-to"):
        update.update(course)


# Without `make update`.


def test_git_pull_alone_never_overwrites_an_answer(course, learner):
    before = snapshot(learner)
    publish(course, NEWER)
    result = git(learner, "pull", check=False)
    assert result.returncode != 0
    assert "would be overwritten" in result.stderr
    assert snapshot(learner) == before


def nbgitpuller(folder):
    """Do what nbgitpuller 1.3.0 does when its link is clicked."""
    author = ("-c", "user.email=nbgitpuller@nbgitpuller.link", "-c", "user.name=nbgitpuller")
    git(folder, "fetch")
    deleted = git(folder, "ls-files", "--deleted", "-z").stdout.split("\0")
    for name in filter(None, deleted):
        git(folder, "checkout", "origin/main", "--", name)
    git(folder, "reset", "--mixed")
    if git(folder, "diff-files", "--quiet", check=False).returncode:
        git(folder, *author, "commit", "-am", "Automatic commit by nbgitpuller", "--allow-empty")
    git(folder, *author, "merge", "-Xours", "origin/main")


def test_hubs_link_keeps_a_learners_notebook_whole_and_brings_the_others(course, learner):
    before = snapshot(learner)
    publish(course, NEWER)
    publish(course, ["# 00 Start", "2 + 2"], name="notebooks/00_start.ipynb")
    nbgitpuller(learner)
    assert (learner / NOTEBOOK).read_bytes() == before[NOTEBOOK]
    assert sources(learner / "notebooks/00_start.ipynb") == ["# 00 Start", "2 + 2"]
    publish(course, [*NEWER, "## More"])
    nbgitpuller(learner)
    assert (learner / NOTEBOOK).read_bytes() == before[NOTEBOOK]


def test_hubs_link_brings_the_new_notebook_beside_a_renamed_one(course, learner):
    own = learner / "notebooks/06_mine.ipynb"
    (learner / NOTEBOOK).rename(own)
    before = own.read_bytes()
    publish(course, NEWER)
    nbgitpuller(learner)
    assert own.read_bytes() == before
    assert sources(learner / NOTEBOOK) == list(NEWER)


# Carrying over, whatever anybody did.

words = st.sampled_from(["a = 1", "b = 2", "c = 3", "d = 4"])
ids = st.sampled_from(["a", "b", "c", "d", "e"])


def cell(name, source):
    return {"cell_type": "code", "id": name, "metadata": {}, "source": source, "outputs": []}


def as_notebook(pairs):
    return {"cells": [cell(*pair) for pair in pairs]}


course_notebooks = st.dictionaries(ids, words).map(lambda cells: as_notebook(cells.items()))


@given(st.lists(st.tuples(ids, words)).map(as_notebook), course_notebooks, course_notebooks)
def test_nothing_a_learner_wrote_is_missing_and_nothing_of_the_course(mine, old, new):
    untouched = json.dumps([mine, old, new])
    try:
        merged, quoted = answers.carry_over(mine, old, new)
    except answers.UnknownCellsError:
        return  # Both files are kept apart, and nothing is missing.
    finally:
        assert json.dumps([mine, old, new]) == untouched
    # What a cell of the course says may be the course's, whatever id an editor has given it.
    written, courses = ([each["source"] for each in notebook["cells"]] for notebook in (mine, old))
    said = [each["source"] for each in merged["cells"]]
    for source in set(written):
        assert sum(source in each for each in said) >= written.count(source) - courses.count(source)
    names = [each["id"] for each in merged["cells"]]
    assert len(set(names)) == len(names)
    assert [each["id"] for each in new["cells"]] == [
        name for name in names if name in {each["id"] for each in new["cells"]}
    ]
    assert quoted == sum(answers.BEFORE in each for each in said)


# Ids that an editor has renewed, and whatever else happens to cells.

SARSA = "def sarsa(reward):\n    ..."
LONG = (
    "# 05 Q",
    "import rl_helpers",
    "## One",
    STUB,
    CELLS[-1],
    "alpha = 0.1  # change it",
    "## Two",
    SARSA,
    "plot()",
)
SOLVED = "def sarsa(reward):\n    return reward"
CHANGES = {STUB: ANSWER, SARSA: SOLVED, "alpha = 0.1  # change it": "alpha = 0.9  # change it"}
UPDATED = ("# 05 Q", "import rl_helpers, numpy", *LONG[2:8], "plot(wide=True)", "## Recap")


def named(sources, names):
    return {"cells": [cell(name, source) for name, source in zip(names, sources, strict=True)]}


def renewed(names, how):
    """Return other ids for cells: what editors, converters and people with scissors have done to them."""
    n = len(names)
    return {
        "kept": names,
        "all new": [f"fresh-{number}" for number in range(n)],
        "all the same": ["x"] * n,
        "numbers": [str(number) for number in range(n)],
        "shifted": names[1:] + names[:1],
        "backwards": names[::-1],
        "two swapped": [names[7] if i == 3 else names[3] if i == 7 else name for i, name in enumerate(names)],
        "every second": [name if number % 2 else f"fresh-{number}" for number, name in enumerate(names)],
        "answers only": [f"fresh-{i}" if LONG[i] in CHANGES else name for i, name in enumerate(names)],
        "one": [f"fresh-{i}" if i == 3 else name for i, name in enumerate(names)],
    }[how]


IDS = ["kept", "all new", "all the same", "numbers", "shifted", "backwards", "two swapped", "every second"]
IDS += ["answers only", "one", "lost"]


@pytest.mark.parametrize("how", IDS)
def test_answers_find_their_cells_whatever_ids_they_have(how):
    old = named(LONG, [f"c{i}" for i in range(len(LONG))])
    names = {each["source"]: each["id"] for each in old["cells"]}
    new = named(UPDATED, [names.get(source, f"n{i}") for i, source in enumerate(UPDATED)])
    mine = named(
        [CHANGES.get(source, source) for source in LONG],
        renewed(list(names.values()), how.replace("lost", "kept")),
    )
    if how == "lost":
        for each in mine["cells"]:
            del each["id"]
    mine["cells"].insert(4, cell("own", "my_own = 'idea'"))
    merged, quoted = answers.carry_over(mine, old, new)
    expected = [CHANGES.get(source, source) for source in UPDATED]
    expected.insert(4, "my_own = 'idea'")
    assert [each["source"] for each in merged["cells"]] == expected
    assert [each["id"] for each in merged["cells"] if each["source"] != "my_own = 'idea'"] == [
        each["id"] for each in new["cells"]
    ]
    assert quoted == 0


@pytest.mark.parametrize("how", IDS[:-1])
@given(data=st.data())
def test_no_stub_comes_after_an_answer_whatever_is_moved_deleted_and_added(how, data):
    old = named(LONG, [f"c{i}" for i in range(len(LONG))])
    names = {each["source"]: each["id"] for each in old["cells"]}
    theirs = data.draw(st.permutations(UPDATED), "the new course")[: data.draw(st.integers(5, len(UPDATED)))]
    new = named(theirs, [names.get(source, f"n{i}") for i, source in enumerate(theirs)])
    mine = named([CHANGES.get(source, source) for source in LONG], renewed(list(names.values()), how))
    if data.draw(st.booleans(), "moved"):
        mine["cells"] = data.draw(st.permutations(mine["cells"]), "mine")
    mine["cells"] = mine["cells"][data.draw(st.integers(0, 3), "deleted") :]
    for place in data.draw(st.lists(st.integers(0, 8), max_size=2), "added"):
        mine["cells"].insert(place, cell(f"own-{place}", f"own({place})"))
    try:
        merged, _ = answers.carry_over(mine, old, new)
    except answers.UnknownCellsError:
        assert how not in ("kept", "one", "two swapped")
        return
    said = [each["source"] for each in merged["cells"]]
    for each in mine["cells"]:
        if each["source"] not in LONG:
            assert any(each["source"] in source for source in said)
    for stub, answer in ((STUB, ANSWER), (SARSA, SOLVED)):
        if any(each["source"] == answer for each in mine["cells"]) and stub in theirs:
            assert stub not in said
            assert said.count(answer) == 1


def test_a_copy_of_the_stub_that_a_learner_keeps_is_not_taken_for_it():
    old = named(LONG, [f"c{i}" for i in range(len(LONG))])
    mine = named([CHANGES.get(source, source) for source in LONG], [f"c{i}" for i in range(len(LONG))])
    mine["cells"].insert(3, cell("backup", STUB))
    said = [each["source"] for each in answers.carry_over(mine, old, old)[0]["cells"]]
    assert said[3:5] == [STUB, ANSWER]


def test_cells_that_cannot_be_told_apart_stay_in_two_files(course, learner):
    notebook = nbformat.read(learner / NOTEBOOK, as_version=4)
    for number, each in enumerate(notebook.cells):
        each.id = f"fresh-{number}"
        each.source = "nothing = like(before)" if each.source == ANSWER else each.source
    nbformat.write(notebook, learner / NOTEBOOK)
    before = (learner / NOTEBOOK).read_bytes()
    publish(course, NEWER)
    said = " ".join(update.update(learner))
    assert sources(learner / NOTEBOOK) == list(NEWER)
    assert kept(learner)["06_q.ipynb"].read_bytes() == before
    assert "without your answers: an editor has given its cells other ids" in said
    assert "notebooks/output/answers/" in said


def test_a_renewed_notebook_is_updated_as_one_file(course, learner):
    notebook = nbformat.read(learner / NOTEBOOK, as_version=4)
    for number, each in enumerate(notebook.cells):
        each.id = f"fresh-{number}"
    nbformat.write(notebook, learner / NOTEBOOK)
    publish(course, NEWER)
    assert "new one with your answers in it" in " ".join(update.update(learner))
    found = sources(learner / NOTEBOOK)
    assert found[:5] == [*NEWER[:3], ANSWER, NEWER[4]]
    assert STUB not in found


def test_a_state_that_is_no_branch_is_told_the_way_back(course, learner):
    publish(course, NEWER)
    git(learner, "checkout", "-q", "--detach")
    before = snapshot(learner)
    with pytest.raises(
        update.UpdateError, match=r"detached HEAD\): `git switch main`, then `make update` again"
    ):
        update.update(learner)
    assert snapshot(learner) == before
    git(learner, "switch", "-q", "main")
    assert "new one with your answers" in " ".join(update.update(learner))


def test_a_folder_of_another_user_is_told_how_to_trust_it(course, learner, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("LANGUAGE", "de")
    with pytest.raises(update.UpdateError, match=r"belongs to another user.*safe\.directory .*learner`$"):
        update.update(learner)


def test_courses_own_notebooks_can_be_carried_over():
    for path in sorted(build.BUILT.glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        merged, quoted = answers.carry_over(*(json.loads(text) for _ in range(3)))
        assert json.dumps(merged, indent=1, ensure_ascii=False) + "\n" == text
        assert quoted == 0


def test_answers_folder_is_not_part_of_the_course():
    assert git(update.ROOT, "check-ignore", str(update.ANSWERS / "x.ipynb")).returncode == 0
    assert Path(update.ANSWERS).is_relative_to("notebooks/output")
