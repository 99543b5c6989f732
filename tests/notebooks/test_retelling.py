"""Texts are brought over without executing; other code is refused."""

import nbformat

from tools.notebooks import build


def test_text_is_brought_over_without_executing_and_other_code_is_refused(tmp_path):
    source = tmp_path / "00_trial.md"
    source.write_text("# Trial\n\n```{code-cell} ipython3\nprint(2)\n```\n", encoding="utf-8")
    assert build.build(source, tmp_path) == []
    source.write_text(source.read_text().replace("# Trial", "# Another"), encoding="utf-8")
    assert build.differences(source, tmp_path) != []
    assert build.retell(source, tmp_path) == []
    assert build.differences(source, tmp_path) == []
    built = nbformat.read(tmp_path / "00_trial.ipynb", as_version=4)
    assert (built.cells[0].source, built.cells[1].outputs[0].text) == ("# Another", "2\n")
    source.write_text(source.read_text().replace("print(2)", "print(3)"), encoding="utf-8")
    assert "must be executed" in build.retell(source, tmp_path)[0]
