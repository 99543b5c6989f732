"""Binder and conda build what is tested, and open the first notebook."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.setup.pins import PROJECT, ROOT, read
from tools import environment, lock


@pytest.fixture(scope="module")
def dockerfile():
    """What repo2docker would do with this repository; it builds nothing."""
    tool = environment.program("jupyter-repo2docker", Path(sys.prefix))
    command = [tool, "--no-build", "--debug", "."]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return result.stdout + result.stderr


def test_binder_takes_conda_with_the_python_that_is_tested(dockerfile):
    (python,) = re.findall(r"Building conda environment for python=([\d.]+)", dockerfile)
    assert python == lock.PYTHON == f"{environment.OLDEST[0]}.{environment.OLDEST[1]}"
    assert 'env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"' in dockerfile
    assert PROJECT["requires-python"].startswith(f">={python}")
    if os.environ.get("CI"):
        assert python == f"{sys.version_info.major}.{sys.version_info.minor}"


def test_new_content_does_not_make_binder_install_the_packages_again(dockerfile):
    steps = [
        "COPY --chown=0:0 src/environment.yml",
        "env update -p",
        "COPY --chown=0:0 src/ ${REPO_DIR}/",
        "RUN ./postBuild",
    ]
    places = [dockerfile.index(step) for step in steps]
    assert places == sorted(places)


@pytest.mark.filterwarnings("ignore:pythonjsonlogger:DeprecationWarning")  # what repo2docker imports
def test_repo2docker_takes_its_conda_buildpack_and_runs_our_post_build_last(monkeypatch):
    """Asked of repo2docker's own code: the first buildpack that finds its files is the one it uses."""
    from repo2docker.app import Repo2Docker

    monkeypatch.chdir(ROOT)
    app = Repo2Docker()
    chosen = next(each for each in (kind(app.base_image) for kind in app.buildpacks) if each.detect())
    assert type(chosen).__name__ == "CondaBuildPack"
    assert chosen.get_post_build_scripts() == ["postBuild"]
    assert "environment.yml" in chosen.get_preassemble_script_files()
    assert not chosen.get_start_script()


def test_conda_is_told_to_install_what_binder_installs():
    (told,) = re.findall(r"^\*\*conda:\*\*.*`pip (install [^`]+)`", read("README.md"), re.M)
    (done,) = re.findall(r"-m pip (install .+)", read("postBuild"))
    assert told.replace("-e", "--editable") == done


def test_the_environment_of_conda_comes_before_what_its_user_has(monkeypatch, tmp_path):
    """Settings that pip puts there are heard first, as in a virtual environment."""
    from jupyter_core import paths

    for name in ("prefix", "base_prefix"):
        monkeypatch.setattr(sys, name, str(tmp_path))
    monkeypatch.delenv("JUPYTER_PREFER_ENV_PATH", raising=False)
    monkeypatch.setenv("CONDA_PREFIX", str(tmp_path))
    monkeypatch.setenv("CONDA_DEFAULT_ENV", "bob-learns")
    assert paths.prefer_environment_over_user()


def test_launch_link_opens_the_first_notebook():
    pattern = r"\]\(https://mybinder\.org/v2/gh/([^/]+)/([^/]+)/HEAD\?urlpath=lab/tree/([^)]+)\)"
    (link,) = re.findall(pattern, read("README.md"))
    assert link[2] == f"notebooks/{environment.FIRST_NOTEBOOK}"
    assert (ROOT / link[2]).is_file()
    assert os.access(ROOT / "postBuild", os.X_OK)


def test_configuration_is_in_the_root_only():
    assert not [
        name for name in ("binder", ".binder", "requirements.txt", "runtime.txt") if (ROOT / name).exists()
    ]
