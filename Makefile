# Two commands for a start: `make run` opens the demonstration, `make test` runs the whole suite.
# Nothing needs to be installed but make, python3 (3.11 or later) and python3-venv.

PYTHON ?= python3
PY := .venv/bin/python
ARGS ?=

.PHONY: help run test lint setup setup-dev bench
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
	@exec $(PY) -m pytest -n 2 $(ARGS)

lint: setup-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m djlint --lint --quiet templates
	.venv/bin/lint-imports
	$(PY) -m mypy
	$(PY) manage.py makemigrations --check --dry-run

setup:
	@$(PYTHON) -I expo/runtime/environment.py app.txt

setup-dev:
	@$(PYTHON) -I expo/runtime/environment.py app.txt dev.txt

bench: setup
	@exec $(PY) -m bench $(ARGS)
