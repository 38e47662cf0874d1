# Two commands for a start: `make run` opens the demonstration, `make test` runs the whole suite.
# Nothing needs to be installed but make, python3 (3.11 or later) and python3-venv.

PYTHON ?= python3
PY := .venv/bin/python
ARGS ?=
# Programs that tests and services start compile our modules once, whatever the caller's shell says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test lint lint-style lint-templates lint-layers lint-types lint-migrations setup setup-dev bench
.DEFAULT_GOAL := help

help:
	@echo "make run              open the demonstration at http://localhost:8000 (make run PORT=8001 for another port)"
	@echo "make test             run the whole test suite (make test ARGS='-k checkout' for a part)"
	@echo "make lint             check style, layers, types and migrations"
	@echo "make bench            measure speed on the demonstration data"

run: setup
	@exec $(PY) -m expo.runtime run

test: setup-dev
	@$(PY) -m expo.runtime browser
	@exec $(PY) -m pytest -n 2 --dist worksteal $(ARGS)

# Each linter runs even if another complains; `make -k lint` shows all of them.
lint: lint-style lint-templates lint-layers lint-types lint-migrations

lint-style: setup-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

lint-templates: setup-dev
	$(PY) -m djlint --lint --quiet templates

lint-layers: setup-dev
	$(PY) -c "from importlinter.cli import lint_imports_command as run; run()" --no-cache

lint-types: setup-dev
	$(PY) -m mypy

lint-migrations: setup-dev
	$(PY) -W ignore manage.py makemigrations --check --dry-run --settings=tests.settings

setup:
	@$(PYTHON) -I expo/runtime/environment.py app.txt

setup-dev:
	@$(PYTHON) -I expo/runtime/environment.py app.txt dev.txt

bench: setup
	@exec $(PY) -m bench $(ARGS)
