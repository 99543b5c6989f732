"""Pins every dependency: `make lock` writes the three locks and `environment.yml` from `pyproject.toml`.

Locked versions stay unless pyproject.toml forbids them; `python -m tools.lock --upgrade` takes the newest.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = "3.11"  # the oldest that the course runs on, the one that Binder gets, and the one that tests run on
HEADER = f"""\
# What Binder and conda install. Made by `make lock` from requirements.lock: change pyproject.toml instead.
# The pins stand here, not behind `-r requirements.lock`, so that Binder installs them before it copies the
# course, and keeps that layer until a pin changes. The hashes are in requirements.lock; here they would make
# a hundred lines three thousand.
name: bob-learns
channels: [conda-forge, nodefaults]
dependencies:
  - python={PYTHON}
  - pip
  - pip:
"""


def pins(lock):
    r"""Return the pinned requirements of a lock, without hashes, with their environment markers.

    >>> pins("numpy==2.4.6 \\\n    --hash=sha256:0\npywinpty==3.1 ; os_name == 'nt' \\\n")
    ['numpy==2.4.6', "pywinpty==3.1 ; os_name == 'nt'"]
    """
    lines = (line.removesuffix("\\").strip() for line in lock.splitlines())
    return [line for line in lines if line and not line.startswith(("#", "--hash"))]


def conda_environment(lock):
    """Return the text of `environment.yml` for the text of a lock."""
    return HEADER + "".join(f'      - "{pin}"\n' for pin in pins(lock))


def compile_lock(output, *options):
    """Run `uv pip compile` on pyproject.toml; the versions in `output` are kept where they can be."""
    # `--universal`: one lock for Linux, macOS and Windows. No index is written into it.
    command = ["uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", PYTHON]
    style = ["--fork-strategy", "fewest", "--generate-hashes", "--no-annotate", "--no-header", "--quiet"]
    subprocess.run(
        [sys.executable, "-m", *command, *style, *options, "--output-file", output], cwd=ROOT, check=True
    )


def main(*options):
    """Write the locks, each with the versions of the smaller ones, and the environment file."""
    compile_lock("requirements.lock", *options)
    site, dev = ["--extra", "site"], ["--extra", "site", "--extra", "dev"]
    compile_lock("requirements-site.lock", *site, "--constraint", "requirements.lock", *options)
    compile_lock("requirements-dev.lock", *dev, "--constraint", "requirements-site.lock", *options)
    text = conda_environment((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    (ROOT / "environment.yml").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
