"""What slides and site carry with them is the library that is pinned, downloaded once."""

import base64
import hashlib
import io
import tarfile

import pytest

from tools import downloads


def test_library_that_is_not_the_pinned_one_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(downloads.urllib.request, "urlopen", lambda *_, **__: io.BytesIO(b"something else"))
    with pytest.raises(ValueError, match="it is not used"):
        downloads.fetch(downloads.MATHJAX, tmp_path)
    assert not list(tmp_path.iterdir())


def test_library_is_downloaded_once(monkeypatch, tmp_path):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        member = tarfile.TarInfo("package/a/b.js")
        member.size = 2
        tar.addfile(member, io.BytesIO(b"42"))
    digest = base64.b64encode(hashlib.sha512(buffer.getvalue()).digest()).decode()
    library = downloads.Library("trial", "1.0", digest, ("a/b.js",))
    calls = []

    def answer(address, **_):
        calls.append(address)
        return io.BytesIO(buffer.getvalue())

    monkeypatch.setattr(downloads.urllib.request, "urlopen", answer)
    for _ in range(2):
        assert downloads.fetch(library, tmp_path) == {"a/b.js": "42"}
    assert calls == ["https://registry.npmjs.org/trial/-/trial-1.0.tgz"]
