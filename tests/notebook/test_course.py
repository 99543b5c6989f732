"""What the course holds is read from the notebooks there are."""

import pytest

from rl_helpers.notebook import course


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "notebooks" / "src"
    folder.mkdir(parents=True)
    (folder / "01_b.md").write_text(
        "---\nx: y\n---\n\n# 01 The b\n\nUses **SARSA**, and SarsaAgents.\n", "utf-8"
    )
    (folder / "00_a.md").write_text("# 00 A\n\nSarsaAgent\n", "utf-8")
    (folder / "notes.md").write_text("# 02 No\n", "utf-8")
    return folder


def test_notebooks_come_in_order_and_a_new_one_is_listed(folder):
    assert [each[:2] for each in course.notebooks(folder)] == [("00", "A"), ("01", "The b")]
    (folder / "02_c.md").write_text("# 02 SARSA\n\nSarsaAgent(\n", "utf-8")
    assert [each.title for each in course.notebooks(folder)] == ["A", "The b", "SARSA"]
    assert [each.file for each in course.notebooks(folder)] == ["00_a.ipynb", "01_b.ipynb", "02_c.ipynb"]


def test_what_is_taught_is_both_defined_and_run(folder):
    assert course.where("sarsa", "SarsaAgent", folder) is None  # 00 defines it not, 01 runs it not
    (folder / "02_c.md").write_text("# 02 SARSA\n\nSarsaAgent(\n", "utf-8")
    (folder / "03_d.md").write_text("# 03 D\n\n**SARSA** SarsaAgent(\n", "utf-8")
    assert course.where("SARSA", "SarsaAgent", folder) == "02"
    assert course.where("S.RSA", "SarsaAgent", folder) is None
    assert course.where("D", "SarsaAgent", folder) == "03"


def test_a_course_without_notebooks_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"src holds no notebook .* copy the course"):
        course.notebooks(tmp_path / "src")
