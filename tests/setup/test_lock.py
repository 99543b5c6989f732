"""The locks pin what pyproject.toml asks for, with hashes."""

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.setup.pins import DEV, LEARNER, PROJECT, SITE, read
from tools import environment, lock


@pytest.mark.parametrize(
    ("wanted", "locked"),
    [
        (PROJECT["dependencies"], LEARNER),
        (PROJECT["optional-dependencies"]["site"], SITE),
        (PROJECT["optional-dependencies"]["dev"], DEV),
    ],
    ids=["learner", "site", "dev"],
)
def test_lock_pins_what_pyproject_asks_for(wanted, locked):
    for requirement in map(Requirement, wanted):
        version = locked.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not locked: run `make lock`"
        assert requirement.specifier.contains(version), (
            f"{requirement} is locked at {version}: run `make lock`"
        )


def test_tests_run_on_the_versions_that_learners_get():
    assert LEARNER.items() <= SITE.items() <= DEV.items()


@pytest.mark.parametrize("name", environment.LOCKS.values())
def test_every_locked_package_has_hashes_and_no_index(name):
    entries = re.split(r"\n(?=\S)", read(name).strip())
    assert len(entries) == len(lock.pins(read(name)))
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==\S+( ; [^\\]+)? \\\n( +--hash=sha256:[0-9a-f]{64}( \\\n|$))+$", entry)


def test_environment_file_is_made_from_the_lock():
    assert read("environment.yml") == lock.conda_environment(read("requirements.lock")), "run `make lock`"
