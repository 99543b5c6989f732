"""What a learner's or Binder's machine has in the end, and JupyterLab as it opens there."""

import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
import venv

import pytest
import yaml
from packaging.utils import canonicalize_name

from tests.setup.pins import LEARNER, ROOT, read
from tools import environment

MOST_MEGABYTES = 650
BYTECODE = 1.4  # bytes of bytecode for a byte of source, rather too many; compiling it all would take a while


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A new environment made as Binder makes it: the pip part of environment.yml, then postBuild."""
    folder = tmp_path_factory.mktemp("fresh")
    python = environment.program("python", folder / "env")
    venv.create(folder / "env", with_pip=True)
    *_, last = yaml.safe_load(read("environment.yml"))["dependencies"]
    (folder / "pins.txt").write_text("\n".join(last["pip"]), encoding="utf-8")  # conda does the same
    quiet = ["--quiet", "--disable-pip-version-check", "--only-binary", ":all:", "--no-compile"]
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
    files = [path for path in fresh.rglob("*") if path.is_file() and not path.is_symlink()]
    sizes = [(path.suffix, path.stat().st_size) for path in files if path.suffix != ".pyc"]
    size = sum(size * (1 + BYTECODE * (suffix == ".py")) for suffix, size in sizes)
    assert size / 1e6 < MOST_MEGABYTES


def test_package_registers_the_worlds_in_a_fresh_environment(fresh):
    code = "import gymnasium, rl_helpers, ale_py; print(gymnasium.make('Bob/Room-v0').reset(seed=0)[0])"
    assert python_in(fresh, "-c", code).strip().isdigit()


def test_package_brings_the_settings_of_jupyter(fresh):
    """By pip alone, so that conda and Binder have them: dark theme, quizzes, no question at the start."""
    settings = [path for path in (ROOT / "jupyter").rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert len(settings) >= 9
    for path in settings:
        assert (fresh / path.relative_to(ROOT / "jupyter")).read_bytes() == path.read_bytes(), path.name


@pytest.fixture(scope="module")
def lab(started):
    """JupyterLab as `make lab` starts it: its address, and what it has said so far."""
    address, log = started
    return address, log.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def started(fresh, tmp_path_factory):
    """JupyterLab as `make lab` starts it, for a user who has other kernels: its address and log file."""
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
        yield address, log
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


def test_the_last_thing_that_lab_says_is_its_address(started):
    address, log = started
    token = re.search(r"token=[0-9a-f]+", log.read_text(encoding="utf-8"))[0]
    ask(f"{address}/lsp/status?{token}")  # answers when everything has been started
    said = log.read_text(encoding="utf-8")
    assert "Skipped" not in said
    assert f"{address}/lab/tree/{environment.FIRST_NOTEBOOK}?token=" in said.strip().splitlines()[-1]


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
