# Two commands matter: `make lab` opens the course, `make test` checks all of it.
# One line a target; anything longer lives in Python.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PY := $(BIN)/python

.PHONY: lab test lock notebooks bench clean

lab: .venv/learner   ## open the course in JupyterLab
	$(BIN)/jupyter lab notebooks/00_start_here.ipynb

test: .venv/dev      ## unit tests, doctests, lint, every notebook
	$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m pytest

notebooks: .venv/dev ## rebuild every notebook from notebooks/src and execute it
	$(PY) -m tools.notebooks

bench: .venv/dev     ## measure every figure the README quotes
	$(PY) -m tools.bench

lock: .venv/dev      ## pin every dependency of pyproject.toml, with hashes
	$(PY) -m tools.lock

clean:               ## remove what `make` made
	$(PYTHON) -c "import shutil; [shutil.rmtree(path, ignore_errors=True) for path in ('.venv', 'notebooks/output')]"

# The stamp is written last, so an interrupted installation is taken up again.
.venv/learner: requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed, this is ' + sys.version.split()[0] + ': run make with PYTHON=/path/to/python3.11')"
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --disable-pip-version-check --require-hashes -r requirements.lock
	$(PY) -m pip install --disable-pip-version-check --no-deps -e .
	$(PYTHON) -c "import pathlib; pathlib.Path('$@').touch()"

.venv/dev: .venv/learner requirements-dev.lock
	$(PY) -m pip install --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(PYTHON) -c "import pathlib; pathlib.Path('$@').touch()"
