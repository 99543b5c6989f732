import pytest

from rl_helpers.gifs import (
    container,
    create_gif,
)
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
