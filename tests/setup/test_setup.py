"""One command to learn, one to test: locks, environments, Binder, and JupyterLab as a learner gets it."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
import venv
from pathlib import Path

import nbformat
import pytest
import yaml
from nbclient import NotebookClient
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import environment, lock
from tools.bench import report
from tools.bench.figures import Figure

ROOT = environment.ROOT
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MOST_MEGABYTES = 650


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


# The locks.


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


# Binder and conda.


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


# What a learner's or Binder's machine has in the end.


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A new environment made as Binder makes it: the pip part of environment.yml, then postBuild."""
    folder = tmp_path_factory.mktemp("fresh")
    python = environment.program("python", folder / "env")
    venv.create(folder / "env", with_pip=True)
    *_, last = yaml.safe_load(read("environment.yml"))["dependencies"]
    (folder / "pins.txt").write_text("\n".join(last["pip"]), encoding="utf-8")  # conda does the same
    quiet = ["--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]
    subprocess.run([python, "-m", "pip", "install", *quiet, "-r", folder / "pins.txt"], check=True)
    # A copy, so that the environment does not depend on this one's installation of the package.
    for name in ("rl_helpers", "jupyter", "data"):
        shutil.copytree(ROOT / name, folder / "course" / name)
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-TEXT.md", "postBuild"):
        shutil.copy(ROOT / name, folder / "course")
    (folder / "course" / "notebooks").mkdir()
    path = os.pathsep.join([str(python.parent), os.environ["PATH"]])
    subprocess.run(["bash", "postBuild"], cwd=folder / "course", env={**os.environ, "PATH": path}, check=True)
    return folder / "env"


def python_in(fresh, *arguments):
    command = [environment.program("python", fresh), *arguments]
    return subprocess.run(command, cwd=fresh, capture_output=True, encoding="utf-8", check=True).stdout


def test_environment_file_installs_the_lock_and_nothing_else(fresh):
    frozen = python_in(fresh, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check")
    installed = {}
    for line in frozen.split():
        name, version = line.split("==")
        installed[canonicalize_name(name)] = version
    for own in ("pip", "setuptools", "rl-helpers"):
        installed.pop(own, None)
    assert installed == LEARNER
    assert "No broken requirements" in python_in(fresh, "-m", "pip", "check")


def test_learners_install_stays_small(fresh):
    # What pip brings, without what `python -m venv` itself puts there: conda has its own pip.
    size = sum(path.stat().st_size for path in fresh.rglob("*") if path.is_file() and not path.is_symlink())
    assert size / 1e6 < MOST_MEGABYTES


def test_package_registers_the_worlds_in_a_fresh_environment(fresh):
    code = "import gymnasium, rl_helpers, ale_py; print(gymnasium.make('Bob/Room-v0').reset(seed=0)[0])"
    assert python_in(fresh, "-c", code).strip().isdigit()


@pytest.fixture(scope="module")
def lab(fresh, tmp_path_factory):
    """JupyterLab as `make lab` starts it, for a user who has other kernels; yields its address and log."""
    home = tmp_path_factory.mktemp("home")
    for name in ("another", "python3"):  # `ipython kernel install --user` makes one that is called python3.
        folder = home / "JUPYTER_DATA_DIR" / "kernels" / name
        folder.mkdir(parents=True)
        spec = {"argv": ["/elsewhere/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]}
        (folder / "kernel.json").write_text(
            json.dumps(spec | {"display_name": "Another", "language": "python"})
        )
    log = home / "log.txt"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = fresh.parent / "course"
    command = [
        *environment.lab_command(fresh, root),
        "--no-browser",
        f"--ServerApp.port={port}",
    ]
    folders = {
        name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    with log.open("w", encoding="utf-8") as file:
        server = subprocess.Popen(
            command, env={**os.environ, **folders}, stdout=file, stderr=subprocess.STDOUT
        )
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", port)) == 0 or server.poll() is not None:
                    break
            time.sleep(0.1)
        yield address, log.read_text(encoding="utf-8")
    finally:
        server.terminate()
        server.wait(timeout=30)


def status(address):
    return ask(address)[0]


def test_lab_opens_the_first_notebook(lab):
    address, log = lab
    page = re.search(rf"{address}(/lab\S*)\?token=[0-9a-f]{{40,}}", log)
    assert page, log
    assert page[1] == f"/lab/tree/{environment.FIRST_NOTEBOOK}"


def test_lab_asks_for_the_token(lab):
    address, log = lab
    token = re.search(r"token=[0-9a-f]+", log)[0]
    assert status(f"{address}/api/contents") == 403
    assert status(f"{address}/api/contents?token=0") == 403
    assert status(f"{address}/api/contents?{token}") == 200


def test_lab_offers_no_wrong_kernel(lab, fresh):
    """With another Python nothing of the course is found; a kernel of the same name must not win either."""
    address, log = lab
    token = re.search(r"token=[0-9a-f]+", log)[0]
    with urllib.request.urlopen(f"{address}/api/kernelspecs?{token}", timeout=30) as answer:
        offered = json.load(answer)
    assert list(offered["kernelspecs"]) == [offered["default"]] == ["python3"]
    assert "/elsewhere/" not in json.dumps(offered)
    assert ask(f"{address}/api/kernels?{token}", {"name": "another"})[0] >= 400
    code, kernel = ask(f"{address}/api/kernels?{token}", {"name": "python3"})
    assert code == 201
    assert ask(f"{address}/api/kernels/{kernel['id']}?{token}", method="DELETE")[0] == 204


def ask(address, body=None, method=None):
    """Ask the server; return the status of its answer and what it says."""
    request = urllib.request.Request(address, body and json.dumps(body).encode(), method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else None
    except urllib.error.HTTPError as error:
        with error:
            return error.code, None


def test_lab_listens_on_this_computer_only(lab):
    address, log = lab
    assert set(re.findall(r"https?://([\w.-]+):", log)) == {"127.0.0.1"}
    port = int(address.rpartition(":")[2])
    others = {each[4][0] for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for other in others - {"127.0.0.1"}:
        with socket.socket() as attempt:
            attempt.settimeout(2)
            assert attempt.connect_ex((other, port)) != 0, f"JupyterLab answers on {other}"


def test_lab_needs_no_network(lab):
    address, log = lab
    token = re.search(r"token=[0-9a-f]+", log)[0]
    assert "Extension Manager is 'readonly'" in log
    with urllib.request.urlopen(f"{address}/lab?{token}", timeout=30) as answer:
        page = answer.read().decode()
    assert re.search(r'"news": *\{"disabled": *true\}', page)
    assert not re.search(r"""(src|href)=["']https?://(?!127\.0\.0\.1)""", page)
    with urllib.request.urlopen(f"{address}/lab/api/update?{token}", timeout=30) as answer:
        assert b'"notification": null' in answer.read()


# One environment for a class, a copy of the course for each learner.


def run_in(folder, code):
    """Run code in a kernel that JupyterLab starts for a notebook in a folder; return what it prints."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    return notebook.cells[0].outputs[0].text.strip()


def test_each_learners_kernel_uses_their_own_copy(tmp_path):
    code = "from rl_helpers.notebook import paths; print(paths.DATA.is_dir(), paths.output_path('film.gif'))"
    for name in ("ada", "bob"):
        for part in ("rl_helpers", "data"):
            shutil.copytree(ROOT / part, tmp_path / name / part)
        notebooks = tmp_path / name / "notebooks"
        (notebooks / "own notes").mkdir(parents=True)
        for folder in (notebooks, notebooks / "own notes"):
            assert run_in(folder, code) == f"True {notebooks / 'output' / 'film.gif'}"


def test_kernel_that_starts_elsewhere_uses_the_installed_course(tmp_path):
    code = "import rl_helpers; print(rl_helpers.__file__)"
    assert run_in(tmp_path, code) == str(ROOT / "rl_helpers" / "__init__.py")


# The script behind `make lab` and `make test`.


@pytest.mark.parametrize(
    ("version", "options", "words"),
    [
        ((3, 10, 4), {}, "Python 3.11 to 3.14 is needed, this is 3.10.4"),
        ((3, 15, 0), {}, "this is 3.15.0"),
        ((3, 12, 1), {"has_ensurepip": False}, "sudo apt install python3.12-venv"),
        ((3, 12, 1), {"machine": "Darwin x86_64"}, "Binder"),
    ],
)
def test_obstacles_are_named_with_the_way_round(version, options, words):
    assert words in environment.obstacle(version, **options)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 9), (3, 13, 1, "final", 0)])
def test_pythons_that_will_do(version):
    assert environment.obstacle(version, machine="Darwin arm64") is None


@pytest.fixture
def course(tmp_path):
    """A tiny course whose locks name no package, so that it installs in no time."""
    (tmp_path / "jupyter" / "etc" / "jupyter").mkdir(parents=True)
    (tmp_path / "jupyter" / "etc" / "jupyter" / "jupyter_lab_config.py").touch()
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    for name in environment.LOCKS.values():
        (tmp_path / name).touch()
    return tmp_path


@pytest.fixture
def calls(monkeypatch):
    """Records what would be run instead of running it; every call works unless `fail` is in it."""
    made = []

    def run(command, **_):
        made.append([str(each) for each in command])
        return subprocess.CompletedProcess(command, int(any("fail" in each for each in made[-1])))

    monkeypatch.setattr(environment.subprocess, "run", run)
    return made


def installing(calls):
    return [call for call in calls if "install" in call]


def test_second_call_installs_nothing(course, calls):
    target = course / "env"
    target.mkdir()
    assert environment.install("learner", target, course)
    assert len(installing(calls)) == 2
    assert "--require-hashes" in installing(calls)[0]
    calls.clear()
    assert not environment.install("learner", target, course)
    assert not installing(calls)


@pytest.mark.parametrize(
    "name",
    [
        "requirements.lock",
        "pyproject.toml",
        "jupyter/etc/jupyter/jupyter_lab_config.py",
        "jupyter/etc/ipython/startup/a_new_one.py",
    ],
)
def test_changed_pins_or_settings_are_installed(course, calls, name):
    target = course / "env"
    target.mkdir()
    environment.install("learner", target, course)
    (course / name).parent.mkdir(parents=True, exist_ok=True)
    (course / name).write_text("# changed")
    assert environment.install("learner", target, course)


def test_test_environment_is_a_learners_one_too_but_not_the_other_way_round(course, calls):
    target = course / "env"
    target.mkdir()
    environment.install("learner", target, course)
    assert environment.install("dev", target, course)
    assert not environment.install("learner", target, course)


def test_failed_installation_is_taken_up_again(course, calls):
    target = course / "fail" / "env"
    target.mkdir(parents=True)
    (course / "fail" / "env" / "bin").mkdir()
    with pytest.raises(SystemExit):
        environment.install("learner", target, course)
    assert not (target / "learner.stamp").exists()


def test_broken_environment_is_made_anew(course, calls, monkeypatch):
    made = []
    monkeypatch.setattr(environment.venv, "create", lambda path, **options: made.append((path, options)))
    monkeypatch.setattr(environment, "works", lambda path: False)
    (course / "env").mkdir()
    environment.install("learner", course / "env", course)
    assert made == [(course / "env", {"with_pip": True, "clear": True})]


def test_environment_that_is_not_there_does_not_work(tmp_path):
    assert not environment.works(tmp_path / "env")
    assert environment.works(Path(sys.prefix))


# The commands.


def test_a_module_runs_with_the_tools_of_the_project_and_its_status_is_kept(monkeypatch):
    called = []
    monkeypatch.setattr(environment, "install", called.append)

    def run(command, **_):
        called.append(command)
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(environment.subprocess, "run", run)
    assert environment.main("run", "ruff", "check", ".") == 3
    assert called == ["dev", [environment.program("python"), "-m", "ruff", "check", "."]]


def test_a_larger_set_holds_the_smaller_ones(course, calls):
    target = course / "env"
    target.mkdir()
    environment.install("site", target, course)
    assert not environment.install("learner", target, course)
    assert environment.install("dev", target, course)
    assert not environment.install("site", target, course)


def test_continuous_integration_runs_the_test_command():
    lines = [line for line in read(".ci/run").splitlines() if line and not line.startswith("#")]
    assert lines[:2] == ["set -eu", 'cd "$(dirname "$0")/.."']
    assert lines[-1] == "make test"
    # In between: the browser that the tests drive, and nothing if it is there or cannot be installed.
    assert re.search(r"if ! command -v chromium .*id -u.*= 0.*apt-get", lines[2])
    assert "apt-get -qq install -y chromium" in lines[3]
    assert "||" in lines[3]
    assert lines[4] == "fi"
    assert lines[5] == 'export CI="${CI:-true}"'  # There a missing browser is a failure.
    assert len(lines) == 7
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert os.access(ROOT / "postBuild", os.X_OK)


def test_test_command_lints_and_runs_every_test():
    (recipe,) = re.findall(r"^test:.*\n\t(.*)", read("Makefile"), re.MULTILINE)
    assert [part.split(" -m ")[1] for part in recipe.split(" && ")] == [
        "ruff check .",
        "ruff format --check .",
        "pytest",
    ]


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


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_root_of_a_container_may_open_the_course_too(monkeypatch, user, allowed):
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    assert ("--allow-root" in environment.lab_command()) is allowed
