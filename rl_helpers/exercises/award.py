"""Who has solved all exercises gets the certificate; who has not is told what is left, and where."""

import datetime
import html
import io
import re
from pathlib import Path

from PIL import Image

from rl_helpers.exercises.certificate import checked_name, draw_certificate, in_words
from rl_helpers.notebook import paths, show

FILENAME = "certificate.png"


def award(name, exercises, solved, date=None):
    """Return the certificate to be shown, saved in `notebooks/output/`, or what is still to be solved.

    Args:
        name: of the learner.
        exercises: anything with a `name` and the number of its `notebook`, in the order of the course.
        solved: names of those that are solved.
        date: a `datetime.date`; today if not given.

    Returns:
        A `Shown`.

    Raises:
        TypeError, ValueError: if the name or the date is none.
    """
    name, date = checked_name(name), datetime.date.today() if date is None else date
    day = in_words(date)
    left = [exercise for exercise in exercises if exercise.name not in solved]
    if left:
        return _what_is_left(_by_notebook(left), len(left), len(exercises))
    by_notebook = {_title(number): names for number, names in _by_notebook(exercises).items()}
    picture, trouble = draw_certificate(name, date, by_notebook)
    data = _png(picture)
    alt = (
        f"Certificate of {day}: {name} has solved all {len(exercises)} exercises of the course. Below, what "
        "was solved in each notebook, a paw print as signature, and Bob beside his post."
    )
    shown = show.picture(data, alt=alt, width=800)
    said = " ".join(filter(None, (_saved(data), trouble)))
    return show.Shown(f"{shown.html}<p>{html.escape(said)}</p>", f"{alt}\n{said}")


def _by_notebook(exercises):
    """Return from the number of each notebook to the names of its exercises."""
    found = {}
    for exercise in exercises:
        found.setdefault(exercise.notebook, []).append(exercise.name)
    return found


def _what_is_left(by_notebook, n_left, n_all):
    words = "1 exercise is" if n_left == 1 else f"{n_left} of {n_all} exercises are"
    title = f"{words} left before the certificate is yours"
    items, lines = "", [f"{title}:"]
    for number, names in by_notebook.items():
        path = _file(number)
        place = html.escape(_title(number))
        place = f'<a href="{path.name}">{place}</a>' if path else place
        items += f"<li>{place}: {', '.join(f'<code>{name}</code>' for name in names)}</li>"
        lines.append(f"  {_title(number)}: {', '.join(names)}")
    return show.Shown(f"<p><strong>{title}</strong></p><ul>{items}</ul>", "\n".join(lines))


def _file(number):
    """Return the notebook of a number, None where there are no notebooks beside the package."""
    return next(iter(sorted((paths.ROOT / "notebooks").glob(f"{number}_*.ipynb"))), None)


def _title(number):
    """Return the title of a notebook, such as "05 Q-learning"."""
    path = _file(number)
    heading = path and re.search(rf'"# ({number} [^"\\]+)', path.read_text(encoding="utf-8"))
    return heading[1] if heading else f"notebook {number}"


def _png(picture):
    buffer = io.BytesIO()
    picture.quantize(128, dither=Image.Dither.NONE).save(buffer, format="png", optimize=True)
    return buffer.getvalue()


def _saved(data):
    """Save the picture, and return a sentence on where it is, or why it is nowhere."""
    try:
        path = paths.output_path(FILENAME)
        path.write_bytes(data)
    except OSError as error:
        reason = error.strerror or error
        return f"The certificate could not be saved ({reason}): save the picture with a right click."
    return f"Saved as {Path('notebooks', 'output', path.name).as_posix()}, ready to be printed."
