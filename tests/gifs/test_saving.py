import subprocess
import sys

import pytest

from rl_helpers.gifs import (
    container,
    create_gif,
    saving,
)
from rl_helpers.notebook import show
from tests.gifs.films import GOOD, OLD, seen, walk


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
@pytest.mark.parametrize("in_memory", [1, 1 << 20])
def test_a_film_that_is_stopped_leaves_the_old_file_and_no_rubbish(path, monkeypatch, stop, in_memory):
    monkeypatch.setattr(container, "IN_MEMORY", in_memory)

    def play():
        yield from walk(5)
        raise stop

    path.write_bytes(OLD)
    with pytest.raises(stop):
        create_gif(play(), path)
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("place", ["rl_helpers.gifs.container.Container.finish", "os.replace"])
def test_a_full_disk_leaves_the_old_file_and_no_rubbish(path, monkeypatch, place):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(place, full)
    path.write_bytes(OLD)
    with pytest.raises(OSError, match="No space left"):
        create_gif(list(walk(3)), path)
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


def test_the_old_file_stays_until_the_new_one_is_complete(path):
    path.write_bytes(OLD)

    def play():
        for frame in walk(3):
            assert path.read_bytes() == OLD
            yield frame

    assert create_gif(play(), str(path)) == path
    assert len(seen(path)) == 3


def test_rights_and_links_of_the_old_file_stay(path):
    create_gif([GOOD], path)
    plain = path.parent / "plain"
    plain.touch()
    assert path.stat().st_mode == plain.stat().st_mode
    path.chmod(0o640)
    mode = path.stat().st_mode
    link = path.parent / "link.gif"
    try:
        link.symlink_to(path)
    except OSError:
        link = path  # Windows lets only some users make links
    create_gif(list(walk(2)), link)
    assert path.stat().st_mode == mode
    assert len(seen(path)) == 2


KILLED = """
import sys
import numpy as np
from rl_helpers.gifs import create_gif

def play():
    yield np.zeros((4, 5, 3), np.uint8)
    print("writing", flush=True)
    sys.stdin.read()

create_gif(play(), sys.argv[1])
"""


def test_what_a_killed_process_has_left_is_removed_by_the_next_and_no_other_file(path):
    own = [
        path.parent / name
        for name in (".film-notes.gif", ".film-0123456.gif", ".other-01234567.gif", ".film")
    ]
    for each in own:
        each.touch()
    command = [sys.executable, "-c", KILLED, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        (left,) = set(path.parent.iterdir()) - set(own)
        # Another one writes the same film meanwhile: it leaves the first alone.
        create_gif(list(walk(2)), path)
        assert left.exists()
        process.kill()
    assert left.exists()
    create_gif(list(walk(2)), path)
    assert set(path.parent.iterdir()) == {path, *own}


def test_a_drive_that_knows_no_locks_is_written_to(path, monkeypatch):
    def fail(*_):
        raise OSError("no locks available")

    monkeypatch.setattr(saving, "_lock", fail)
    left = path.parent / ".film-01234567.gif"
    left.touch()
    assert len(seen(create_gif(list(walk(2)), path))) == 2
    assert left.exists()


def test_home_is_a_place_for_films(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert create_gif([GOOD], "~/film.gif") == tmp_path / "film.gif"
    assert "gif" in show.film("~/film.gif", alt="a film").html
    with pytest.raises(FileNotFoundError, match=r"the folder of '~/films/film\.gif' does not exist") as error:
        create_gif([GOOD], "~/films/film.gif")
    assert repr(str(tmp_path / "films")) in str(error.value)
    with pytest.raises(ValueError, match="nobody knows that home"):
        create_gif([GOOD], "~nobody-of-that-name/film.gif")
