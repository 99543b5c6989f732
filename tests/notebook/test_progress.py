"""Progress bars show how far something is, when asked."""

from rl_helpers.notebook.progress import progress_bar, progress_counter


def test_without_a_bar_the_steps_are_handed_back_and_nothing_is_shown(capsys):
    steps = range(3)
    assert progress_bar(steps, False, unit="episode") is steps
    with progress_counter(False, total=2, unit="episode") as bar:
        bar.update(2)
    assert capsys.readouterr() == ("", "")


def test_a_bar_counts_the_steps_and_a_counter_what_it_is_told(capsys):
    assert list(progress_bar(range(3), True)) == [0, 1, 2]
    assert "3/3" in capsys.readouterr().err
    with progress_counter(True, total=5, unit="episode") as bar:
        bar.update(4)
    assert "4/5" in capsys.readouterr().err
