"""The check of the three worlds explains right diagnoses and answers wrong ones."""

import pytest

from rl_helpers.exercises import Check, solution
from rl_helpers.exercises.answers.progress import NO_PROGRESS, Progress
from rl_helpers.exercises.tasks.own_world import FAULTS, PATIENTS
from rl_helpers.exercises.tasks.own_world.planted_faults import AGAINST, EXPLAINED, exercise

RIGHT = {name: fault.name for name, fault in PATIENTS.items()}


def test_right_diagnosis_is_solved_and_explained():
    report = exercise.judge(RIGHT)
    assert report.status == "solved"
    assert [words for _, _, words in report.findings] == [EXPLAINED[name] for name in PATIENTS]


@pytest.mark.parametrize("name", PATIENTS)
@pytest.mark.parametrize("claimed", FAULTS)
def test_every_wrong_diagnosis_gets_the_sentence_that_speaks_against_it(name, claimed):
    report = exercise.judge(RIGHT | {name: claimed})
    (found,) = [words for _, who, words in report.findings if who == name]
    if claimed == RIGHT[name]:
        assert report.status == "solved"
    else:
        assert report.status == "wrong"
        assert found == AGAINST[name][claimed]


def test_what_cannot_be_read_is_answered_in_the_words_of_this_exercise():
    assert 'from worlds to faults, such as `{"Anna": "…", "Boris": "…"}`' in exercise.judge(["Anna"]).hint
    assert exercise.judge({"hides the wind": "Anna"}).hint.startswith("the worlds come first")
    assert "there is no world 'Dora'" in exercise.judge({"Dora": "hides the wind"}).hint
    twice = exercise.judge(dict.fromkeys(PATIENTS, "hides the wind"))
    assert "each of the three has a fault of their own" in twice.hint


def test_check_and_solution_know_the_exercise(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv(NO_PROGRESS, raising=False)
    progress = Progress(tmp_path / "progress.json")
    Check(progress).planted_faults(dict.fromkeys(PATIENTS, ...))
    assert not progress.solved()
    Check(progress).planted_faults(RIGHT)
    assert progress.solved() == {"planted_faults"}
    namespace = {}
    exec(solution("planted_faults").code, namespace)
    assert namespace["diagnosis"] == RIGHT
