"""The certificate: who gets it, what stands on it, and names of every kind."""

import base64
import datetime
import io
import re
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image, ImageColor

from rl_helpers.exercises import EXERCISES, Check, certificate
from rl_helpers.exercises.answers.progress import Progress
from rl_helpers.exercises.award import award
from rl_helpers.exercises.certificate import BY_HAND, checked_name, draw_certificate, font_for, in_words
from rl_helpers.exercises.course import DIAGNOSES
from rl_helpers.notebook import palette, paths

DAY = datetime.date(2027, 3, 1)
SOLVED = {"01 One": ["a", "b"], "02 Two": ["c"]}
COURSE = [
    SimpleNamespace(notebook=number, name=name)
    for number, name in (("04", "softmax"), ("05", "td_error"), ("05", "td_target"))
]


@pytest.fixture
def output(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "OUTPUT", tmp_path)
    return tmp_path


def where(picture, colour, top=0, bottom=certificate.HEIGHT):
    """Return how many pixels of a colour there are between two heights, and how far they reach."""
    found = np.all(np.array(picture)[top:bottom] == ImageColor.getrgb(colour), axis=2)
    columns = np.flatnonzero(found.any(axis=0))
    return int(found.sum()), (int(columns[0]), int(columns[-1])) if len(columns) else None


def name_of(picture):
    return where(picture, palette.VERMILION, 240, 440)


def test_who_has_solved_all_gets_a_picture_of_a4_that_is_saved_and_told(output):
    shown = award("Ada <b>", COURSE, {"softmax", "td_error", "td_target", "old"}, DAY)
    data = base64.b64decode(re.search(r'base64,([^"]+)"', shown.html)[1])
    assert (output / "certificate.png").read_bytes() == data
    assert Image.open(io.BytesIO(data)).size == (1600, 1130)
    assert len(data) < 200_000
    assert "Certificate of 1 March 2027: Ada &lt;b&gt; has solved all 3 exercises" in shown.html
    assert "<b>" not in shown.html
    assert "Saved as notebooks/output/certificate.png" in repr(shown)


def test_the_date_is_todays_if_none_is_given(output):
    assert f"Certificate of {in_words(datetime.date.today())}:" in repr(award("Ada", [], set()))


def test_who_has_not_is_told_what_is_left_with_links(output):
    shown = award("Ada", COURSE, {"td_error"}, DAY)
    assert "2 of 3 exercises are left" in repr(shown)
    assert repr(shown).splitlines()[1:] == ["  04 Exploration: softmax", "  05 Q-learning: td_target"]
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>: <code>(\w+)<', shown.html) == [
        ("04_exploration.ipynb", "04 Exploration", "softmax"),
        ("05_q_learning.ipynb", "05 Q-learning", "td_target"),
    ]
    assert not list(output.iterdir())
    assert "1 exercise is left" in repr(award("Ada", COURSE, {"td_error", "softmax"}, DAY))


def test_without_notebooks_beside_the_package_numbers_do(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    shown = award("Ada", COURSE[:1], set(), DAY)
    assert "notebook 04: <code>softmax</code>" in shown.html
    assert "<a " not in shown.html


def test_a_certificate_that_cannot_be_saved_is_shown_all_the_same(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(paths, "OUTPUT", tmp_path / "file")
    shown = award("Ada", [], set(), DAY)
    assert "<img" in shown.html
    assert "could not be saved" in repr(shown)


def test_check_knows_all_exercises_and_what_is_solved(output, capsys):
    progress = Progress(output / "progress.json")
    check = Check(progress)
    every = [*EXERCISES, *DIAGNOSES]
    for name in every[1:]:
        progress.record(name)
    check.certificate("Ada", date=DAY)
    assert "1 exercise is left before the certificate is yours" in capsys.readouterr().out
    progress.record(every[0])
    check.certificate("Ada", date=DAY)
    assert f"Ada has solved all {len(every)} exercises" in capsys.readouterr().out
    assert "certificate" in dir(check)


def test_another_name_date_or_list_is_another_picture():
    first = draw_certificate("Ada", DAY, SOLVED)[0].tobytes()
    assert draw_certificate("Ada", DAY, SOLVED)[0].tobytes() == first
    others = (
        ("Bea", DAY, SOLVED),
        ("Ada", DAY + datetime.timedelta(1), SOLVED),
        ("Ada", DAY, {"01 One": ["a", "b"], "02 Two": ["d"]}),
        ("Ada", DAY, {"01 One": ["a", "b"], "03 Two": ["c"]}),
    )
    pictures = {draw_certificate(*other)[0].tobytes() for other in others}
    assert len(pictures) == 4
    assert first not in pictures


@pytest.mark.parametrize("name", ["I", "Ada", "Ada " * 12, "x" * 40, "Maximiliana von Hohenstein " * 3])
def test_names_short_and_long_stay_on_their_line(name):
    picture, trouble = draw_certificate(name, DAY, SOLVED)
    n_pixels, (left, right) = name_of(picture)
    assert trouble == ""
    assert n_pixels > 300
    assert left >= 140
    assert right <= 1460
    assert abs((left + right) / 2 - 800) < 15


@pytest.mark.parametrize("name", ["Żółć", "Ελένη", "Мария", "<b>&amp;</b>", "O’Neill-Ñandú"])
def test_names_in_scripts_of_the_courses_own_fonts_are_drawn(name):
    assert font_for(name).name.startswith("DejaVu")
    assert name_of(draw_certificate(name, DAY, SOLVED)[0])[0] > 300


def test_a_name_that_no_font_has_leaves_the_line_free_and_says_so(monkeypatch):
    monkeypatch.setattr(certificate.font_manager, "findSystemFonts", lambda: ["/nowhere/at/all.ttf"])
    picture, trouble = draw_certificate("李小龍", DAY, SOLVED)
    assert trouble == BY_HAND
    assert name_of(picture)[0] == 0


def test_another_font_of_the_computer_is_taken_if_it_has_the_letters(monkeypatch):
    ours = str(certificate._fonts() / "DejaVuSansMono.ttf")
    monkeypatch.setattr(certificate.font_manager, "findSystemFonts", lambda: ["/nowhere/at/all.ttf", ours])
    monkeypatch.setattr(certificate, "_has", lambda path, text: str(path) == ours)
    assert str(font_for("李")) == ours


def test_letters_that_must_be_shaped_are_not_drawn_by_a_library_that_cannot(monkeypatch):
    monkeypatch.setattr(certificate.features, "check", lambda feature: False)
    assert font_for("محمد") is None
    assert font_for("Ada") is not None


def test_a_name_too_wide_for_two_lines_is_not_cut_in_silence():
    picture, trouble = draw_certificate("W" * 100, DAY, SOLVED)
    assert "too long" in trouble
    assert name_of(picture)[0] == 0


@pytest.mark.parametrize("n_notebooks", [1, 3, 9, 13])
def test_the_list_stays_in_its_place_however_much_was_solved(n_notebooks):
    names = ["a_long_name_of_an_exercise"] * 5
    solved = {f"{number:02} A notebook": names for number in range(n_notebooks)}
    picture, _ = draw_certificate("Ada", DAY, solved)
    ink, columns = where(picture, certificate.INK, certificate.LIST_TOP, certificate.LIST_BOTTOM + 10)
    assert ink > 300
    assert columns[0] >= 105
    assert columns[1] <= 1495
    assert where(picture, certificate.INK, certificate.LIST_BOTTOM + 10, 835)[0] == 0
    titles, _ = where(picture, palette.BLUE, certificate.LIST_TOP, certificate.LIST_BOTTOM)
    alone, _ = where(draw_certificate("Ada", DAY, {})[0], palette.BLUE, certificate.LIST_TOP, 800)
    assert titles > alone + 50 * n_notebooks


def test_spaces_and_signs_that_cannot_be_seen_are_left_out():
    assert checked_name(" Ada\n\tLove\u202elace\x00 ") == "Ada Lovelace"


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("", ValueError, "name is empty: write your own"),
        (" \n\u202e", ValueError, "name is empty: write your own"),
        ("x" * 101, ValueError, "name has 101 letters, expected at most 100"),
        (None, TypeError, "name is a NoneType, expected a text"),
    ],
)
def test_what_is_no_name_is_refused_even_before_all_is_solved(name, error, words):
    with pytest.raises(error, match=words):
        award(name, COURSE, set(), DAY)


def test_what_is_no_date_is_refused():
    with pytest.raises(TypeError, match=r"date is '1 March', expected a datetime\.date"):
        award("Ada", COURSE, set(), "1 March")
