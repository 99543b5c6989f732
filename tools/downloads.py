"""JavaScript that slides and site carry with them: downloaded once from npm, pinned by digest."""

import base64
import hashlib
import io
import tarfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

from rl_helpers.notebook.paths import OUTPUT

FOLDER = OUTPUT / "lib"


class Library(NamedTuple):
    """A package of npm, pinned.

    Attributes:
        name: on npm.
        version: the only one that is accepted.
        digest: SHA-512 of its archive, base64, as npm calls `integrity`.
        files: those that are needed.
    """

    name: str
    version: str
    digest: str
    files: tuple


MATHJAX = Library(
    "mathjax",
    "3.2.2",
    "Bt+SSVU8eBG27zChVewOicYs7Xsdt40qm4+UpHyX7k0/O9NliPc+x77k1/FEsPsjKPZGJvtRZM1vO+geW0OhGw==",
    ("es5/tex-svg.js",),  # draws its letters itself: no fonts beside it
)


def fetch(library, folder=FOLDER):
    """Return the texts of a library's files, downloading them the first time.

    Args:
        library: a `Library`.
        folder: where they are kept.

    Returns:
        From the name of each file to its text.

    Raises:
        ConnectionError: if they are not there and cannot be downloaded.
        ValueError: if the archive is not the one that is pinned.
    """
    place = folder / f"{library.name}-{library.version}"
    kept = {name: place / Path(name).name for name in library.files}
    if not all(path.is_file() for path in kept.values()):
        archive = _download(library)
        place.mkdir(parents=True, exist_ok=True)
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
            for name, path in kept.items():
                path.write_bytes(tar.extractfile(f"package/{name}").read())
    return {name: path.read_text(encoding="utf-8") for name, path in kept.items()}


def _download(library):
    address = f"https://registry.npmjs.org/{library.name}/-/{library.name}-{library.version}.tgz"
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            archive = answer.read()
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise ConnectionError(
            f"{library.name} {library.version} cannot be downloaded ({error}): "
            "the first time needs the network, later ones do not"
        ) from error
    found = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != library.digest:
        raise ValueError(f"{address} has the SHA-512 {found}, expected {library.digest}: it is not used")
    return archive
