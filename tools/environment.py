"""Makes the virtual environment `.venv` with the locked packages. Needs Python and nothing else.

`python tools/environment.py lab` installs what a learner needs and opens JupyterLab; `site` adds what makes
the web site, `dev` that and the tools for tests; `run pytest` runs a module there, for those without make. A
second call finds everything in place and starts in seconds.
"""

import hashlib
import importlib.util
import os
import platform
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
# From the smallest set to the largest; each holds those before it.
LOCKS = {"learner": "requirements.lock", "site": "requirements-site.lock", "dev": "requirements-dev.lock"}
FIRST_NOTEBOOK = "00_start_here.ipynb"
# The versions for which every locked package has a wheel; without one, pip would ask for a compiler.
OLDEST, NEWEST = (3, 11), (3, 14)


def program(name, environment=ENVIRONMENT):
    """Return the path of a program in a virtual environment, such as "python" or "jupyter"."""
    return environment / "Scripts" / f"{name}.exe" if os.name == "nt" else environment / "bin" / name


def obstacle(version, *, has_ensurepip=True, machine=""):
    """Say in a sentence why this Python cannot run the course, and what to do; None if it can.

    >>> obstacle((3, 10, 4))
    'Python 3.11 to 3.14 is needed, this is 3.10.4: install one, then `make lab PYTHON=/path/to/python3.14`'
    """
    oldest, newest = (".".join(map(str, each)) for each in (OLDEST, NEWEST))
    if not OLDEST <= tuple(version[:2]) <= NEWEST:
        found = ".".join(map(str, version[:3]))
        return (
            f"Python {oldest} to {newest} is needed, this is {found}: "
            f"install one, then `make lab PYTHON=/path/to/python{newest}`"
        )
    if machine == "Darwin x86_64":
        return "the Atari emulator is not made for Macs with Intel chips: use the Binder link in README.md"
    if not has_ensurepip:
        name = f"python{version[0]}.{version[1]}-venv"
        return (
            "this Python cannot make virtual environments, because its module `ensurepip` is missing: "
            f"install it (Debian and Ubuntu: `sudo apt install {name}`) or give another Python, "
            "`make lab PYTHON=/path/to/python3`"
        )
    return None


def fingerprint(kind, root=ROOT):
    """Return what decides whether an installation is up to date, as a short text."""
    settings = sorted(path for path in (root / "jupyter").rglob("*") if path.is_file())
    paths = [root / LOCKS[kind], root / "pyproject.toml", *settings]
    texts = [b"%s\0%s" % (path.name.encode(), path.read_bytes()) for path in paths if path.suffix != ".pyc"]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()


def works(environment):
    """Tell whether there is an environment whose Python starts; an update of the system can break one."""
    try:
        return subprocess.run([program("python", environment), "-c", ""], check=False).returncode == 0
    except OSError:
        return False


def install(kind, environment=ENVIRONMENT, root=ROOT):
    """Make the environment if it is not there, and install what is missing.

    Args:
        kind: "learner", "site" or "dev", each of which includes the former.
        environment: where to.
        root: the folder with the locks.

    Returns:
        Whether there was anything to do.
    """
    stamp = environment / f"{kind}.stamp"
    usable = works(environment)
    if usable and stamp.is_file() and stamp.read_text() == fingerprint(kind, root):
        return False
    if not usable:
        has_ensurepip = importlib.util.find_spec("ensurepip") is not None
        machine = f"{platform.system()} {platform.machine()}"
        trouble = obstacle(sys.version_info, has_ensurepip=has_ensurepip, machine=machine)
        if trouble:
            sys.exit(trouble)
        print(f"Making {environment.name}", flush=True)
        venv.create(environment, with_pip=True, clear=True)
    print("Installing the locked packages: minutes the first time", flush=True)
    pip = [program("python", environment), "-m", "pip", "install", "--disable-pip-version-check"]
    locked = ["--progress-bar", "off", "--only-binary", ":all:", "--require-hashes", "-r", root / LOCKS[kind]]
    for arguments in (locked, ["--quiet", "--no-deps", "--editable", root]):
        if subprocess.run([*pip, *arguments], check=False).returncode:
            sys.exit("pip could not install the packages: see its message above, then run this again")
    # Written last, so that an interrupted installation is taken up again.
    kinds = list(LOCKS)
    for each in kinds[: kinds.index(kind) + 1]:
        (environment / f"{each}.stamp").write_text(fingerprint(each, root))
    return True


def lab_command(environment=ENVIRONMENT, root=ROOT):
    """Return the command that opens the course; the address it prints leads to the first notebook as well."""
    folder, page = f"--ServerApp.root_dir={root / 'notebooks'}", f"/lab/tree/{FIRST_NOTEBOOK}"
    command = [program("jupyter", environment), "lab", folder, f"--LabApp.default_url={page}"]
    # In a container one is often root, where JupyterLab would not start; it listens on this machine only.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*command, "--allow-root"] if is_root else command


def main(kind="lab", *module):
    """Install, and for "lab" open the course, for "run" run a module; returns the exit status."""
    if kind not in ("lab", "run", *LOCKS):
        sys.exit(f"expected lab, run, learner, site or dev, got {kind}")
    install({"lab": "learner", "run": "dev"}.get(kind, kind))
    if kind == "run":
        return subprocess.run([program("python"), "-m", *module], cwd=ROOT, check=False).returncode
    if kind != "lab":
        return 0
    try:
        return subprocess.run(lab_command(), cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:  # Ctrl-C is how JupyterLab is stopped.
        return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
