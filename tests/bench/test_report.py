"""`make bench` finds its modules and says when an aim is missed."""

import re
from pathlib import Path

from tools.bench import report
from tools.bench.figures import Figure


def test_bench_finds_its_modules_and_says_when_an_aim_is_missed(monkeypatch, capsys):
    measuring = {
        path.stem for path in Path(report.__file__).parent.glob("*.py") if "def measure(" in path.read_text()
    }
    assert set(report.MODULES) == measuring
    figures = [Figure("speed", "1", "≥ 2", False), Figure("memory", "1 MB", "≤ 2 MB", True)]
    module = type("Module", (), {"measure": staticmethod(lambda: figures)})
    monkeypatch.setattr(report.importlib, "import_module", lambda name: module)
    assert report.main("trial") == 1
    assert re.search(r"\| speed +\| 1 +\| ≥ 2 +\| missed +\|", capsys.readouterr().out)
    del figures[0]
    assert report.main("trial") == 0
