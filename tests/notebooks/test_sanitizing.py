"""What nbval leaves out of its comparison: pictures, progress and times, nothing else."""

import re

import pytest
from nbval.plugin import get_sanitize_patterns

from tests.notebooks.nbval import SANITIZE
from tools.notebooks import rules


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('<img src="data:image/gif;base64,R0lG+/8=" alt="Bob">', '<img src="PICTURE" alt="Bob">'),
        (" 40%|████      | 4/10 [00:01<00:02,  3.1it/s]", "PROGRESS"),
        ("took 12.5 s and 3 minutes", "took TIME and TIME"),
        ("17 steps, 1.70 points, 5,478 states", "17 steps, 1.70 points, 5,478 states"),
        ("40 % of 3 states", "40 % of 3 states"),
    ],
)
def test_sanitizer_hides_pictures_progress_and_times_only(text, kept):
    for pattern, replacement in get_sanitize_patterns(SANITIZE.read_text(encoding="utf-8")):
        text = re.sub(pattern, replacement, text)
    assert text == kept


def test_builder_and_nbval_agree_on_what_a_time_is():
    assert rules.DURATION.pattern in SANITIZE.read_text(encoding="utf-8")
