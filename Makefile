# Two commands matter: `make lab` opens the course, `make test` checks all of it.
# One line a target; anything longer lives in Python, so that Windows can do without make.
ifeq ($(OS),Windows_NT)
PYTHON ?= py -3
PY := .venv/Scripts/python
else
PYTHON ?= python3
PY := .venv/bin/python
endif

.PHONY: help lab update test notebooks slides site bench load mutants breakout super_bob lock dev clean

help:          ## say what there is
	@$(PYTHON) -c "import re; [print('make %-10s %s' % line) for line in re.findall('^([a-z_]+):.*## (.*)', open('Makefile').read(), re.M)]"

lab:           ## open the course in JupyterLab
	@$(PYTHON) tools/environment.py lab

update:        ## fetch the newest course and keep your answers
	@$(PYTHON) tools/update.py

test: dev      ## unit tests, doctests, lint, every notebook, on all cores
	$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m pytest -n auto --durations=10

notebooks: dev ## rebuild every notebook from notebooks/src and execute it, glossary, INSTRUCTORS.md and the map of the code
	$(PY) -m tools.notebooks.glossary && $(PY) -m tools.notebooks && $(PY) -m tools.notebooks.instructors && $(PY) -m tools.code_map

slides: dev    ## make offline decks of slides, notebooks/output/slides/*.html
	$(PY) -m tools.slides

site:          ## make the web site, notebooks/output/site/html: notebooks as stored, and the reference
	@$(PYTHON) tools/environment.py site && $(PY) -m tools.site

bench: dev     ## measure speeds, sizes and memory that the README quotes
	$(PY) -m tools.bench

load: dev      ## let 20 learners run the tabular notebooks at once, and print their waits (a quarter of an hour)
	$(PY) -m tools.load

mutants: dev   ## break the learning code line by line and see that tests notice (Linux and macOS, half an hour)
	$(PY) -m mutmut run

breakout: dev  ## train Bob at Breakout with three seeds and measure him (an hour on one core)
	$(PY) -m tools.breakout

super_bob: dev ## train Bob on the nightmare, measure what he needs for it, film him (some hours on one core; stop and go on)
	$(PY) -m tools.super_bob

lock: dev      ## pin every dependency of pyproject.toml, with hashes
	$(PY) -m tools.lock

clean:         ## remove what make made
	$(PYTHON) -c "import shutil; [shutil.rmtree(path, ignore_errors=True) for path in ('.venv', 'notebooks/output')]"

dev:
	@$(PYTHON) tools/environment.py dev
