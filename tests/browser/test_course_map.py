"""The map of the course leads to its notebooks, and ticks what is solved."""

import nbformat

from tools.notebooks import build

SOURCE = """import os
os.environ.pop("RL_HELPERS_NO_PROGRESS", None)
from rl_helpers.exercises import check
from rl_helpers.exercises.answers.progress import Progress
check = type(check)(Progress("progress.json"))
check.total_reward(lambda rewards: sum(rewards))
check.course_map()"""


def test_the_map_ticks_what_is_solved_and_opens_what_is_clicked(course, tmp_path):
    cells = [nbformat.v4.new_code_cell(SOURCE)]
    path = tmp_path / "map.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=build.METADATA), path)
    lab = course.lab
    copy, name = course.station.put(path)
    (copy.parent / "05_q_learning.ipynb").write_bytes(copy.read_bytes())
    lab.open(copy, name)
    lab.run_all()
    stations = lab.page.get_by_role("list", name="Map of the course").get_by_role("listitem")
    words = {each.split("\n")[0]: each.split("\n")[1] for each in stations.all_inner_texts()}
    assert len(words) == len(build.sources())
    assert words["00 Start here"] == "✓ 1 of 1 solved"
    assert words["05 Q-learning"].endswith(" exercises")
    link = stations.get_by_role("link", name="05 Q-learning")
    link.focus()
    lab.page.keyboard.press("Enter")
    lab.page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.context?.path.endsWith('05_q_learning.ipynb')"
    )
    lab.close()
    lab.open(copy, name)
    lab.close()
