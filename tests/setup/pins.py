"""What the project asks for, and what its locks pin on this machine."""

import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import environment, lock

ROOT = environment.ROOT
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def pinned(requirements):
    """Return name → version of pinned requirements that apply to this machine."""
    parsed = [Requirement(each) for each in requirements]
    return {
        canonicalize_name(each.name): next(iter(each.specifier)).version
        for each in parsed
        if each.marker is None or each.marker.evaluate()
    }


LEARNER = pinned(lock.pins(read("requirements.lock")))
SITE = pinned(lock.pins(read("requirements-site.lock")))
DEV = pinned(lock.pins(read("requirements-dev.lock")))
