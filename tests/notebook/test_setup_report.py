import importlib.metadata

import pytest

from rl_helpers.notebook import paths, setup_report


def test_a_good_machine_is_ready():
    assert repr(setup_report.report()).splitlines()[-1].split() == ["your", "set-up", "ready"]


def test_every_finding_is_named_and_found():
    names = [finding.name for finding in setup_report.look()]
    assert names[0] == "Python"
    assert set(setup_report.PACKAGES) < set(names)
    assert {"memory", "Atari", "output folder"} < set(names)
    assert all(finding.found for finding in setup_report.look())


def test_a_missing_package_is_named_with_the_remedy(monkeypatch):
    version = importlib.metadata.version

    def without_moviepy(name):
        if name == "moviepy":
            raise importlib.metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(importlib.metadata, "version", without_moviepy)
    lines = repr(setup_report.report()).splitlines()
    assert any(line.startswith("moviepy") and "missing" in line and "make lab" in line for line in lines)
    assert "first: run `make lab`" in lines[-1]


def test_an_atari_that_does_not_start_is_told_in_words(monkeypatch):
    import gymnasium

    def broken(*arguments, **options):
        raise RuntimeError("no games here")

    monkeypatch.setattr(gymnasium, "make", broken)
    finding = next(finding for finding in setup_report.look() if finding.name == "Atari")
    assert "no games here" in finding.found
    assert "notebooks 00 to 06" in finding.to_do


def test_a_folder_that_cannot_be_written_is_told_in_words(monkeypatch):
    from pathlib import Path

    def refuse(self, *arguments, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_text", refuse)
    finding = next(finding for finding in setup_report.look() if finding.name == "output folder")
    assert "Permission denied" in finding.found
    assert "you may write to" in finding.to_do


def test_an_atari_whose_game_does_not_begin_is_told_in_words(monkeypatch):
    import gymnasium

    class Broken(gymnasium.Env):
        def reset(self, *, seed=None, options=None):
            raise RuntimeError("the cartridge is missing")

    monkeypatch.setattr(gymnasium, "make", lambda *arguments, **options: Broken())
    finding = next(finding for finding in setup_report.look() if finding.name == "Atari")
    assert "the cartridge is missing" in finding.found
    assert "notebooks 00 to 06" in finding.to_do


def test_looking_leaves_no_file_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "OUTPUT", tmp_path / "output")
    assert all(finding.to_do == "" for finding in setup_report.look())
    assert list((tmp_path / "output").iterdir()) == []


@pytest.mark.parametrize(("version", "fine"), [((3, 10, 9), False), ((3, 11, 0), True)])
def test_python_must_be_new_enough(monkeypatch, version, fine):
    monkeypatch.setattr("sys.version_info", version)
    assert (setup_report.look()[0].to_do == "") is fine


@pytest.mark.parametrize(("pages", "fine"), [(100, False), (10**6, True)])
def test_little_memory_is_named(monkeypatch, pages, fine):
    sizes = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": pages}
    monkeypatch.setattr("os.sysconf", sizes.__getitem__, raising=False)
    finding = next(finding for finding in setup_report.look() if finding.name == "memory")
    assert (finding.to_do == "") is fine
