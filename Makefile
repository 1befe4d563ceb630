# Needs Python 3.11 or later with venv; everything else is installed into .venv.
PYTHON ?= python3
PORT ?= 8501
ARGS ?=

VENV := .venv
ENV_PYTHON := $(VENV)/bin/python
PIP_INSTALL := $(ENV_PYTHON) -m pip install --quiet --disable-pip-version-check
# One more than there are cores: who waits for a page or a process leaves its core to another.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
# In the order of folders long modules come early; by number of tests they would end alone.
# Where machines forbid compiled files, each process would compile all modules and tests anew.
PYTEST := PYTHONDONTWRITEBYTECODE= $(ENV_PYTHON) -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder --durations 20

.DELETE_ON_ERROR:
.PHONY: run help test test-deep check chromium libreoffice stores bench screenshots

run: $(VENV)/requirements.stamp ## the dashboard
	$(ENV_PYTHON) -m streamlit run app.py --server.port $(PORT)

help: ## what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

test: check chromium libreoffice stores ## all checks, then all tests; ARGS="-k csv" some of them
	$(PYTEST) $(ARGS)

test-deep: check chromium libreoffice stores ## as test, with many more and larger examples of each property, and branch coverage
	$(PYTEST) --hypothesis-profile=deep --cov --cov-report=term:skip-covered $(ARGS)

check: $(VENV)/requirements-dev.stamp ## ruff, formatting, mypy
	$(ENV_PYTHON) -m ruff check .
	$(ENV_PYTHON) -m ruff format --check .
	$(ENV_PYTHON) -m mypy --num-workers auto

chromium: $(VENV)/requirements-dev.stamp ## a browser for the tests, where there is none
	@$(ENV_PYTHON) -m tests.browser.chromium

libreoffice: $(VENV)/requirements-dev.stamp ## a spreadsheet that reads our files back, where there is none
	@$(ENV_PYTHON) -m tests.libreoffice

stores: $(VENV)/requirements-dev.stamp ## a Redis and a proxy for the tests, where there are none
	@$(ENV_PYTHON) -m tests.stores

bench: $(VENV)/requirements-dev.stamp ## speed, as ratios
	@for script in benchmarks/[a-z]*.py; do \
		echo "== $$script"; $(ENV_PYTHON) -m "benchmarks.$$(basename $$script .py)" || exit 1; \
	done

screenshots: chromium ## every page as pictures, into screenshots/
	$(ENV_PYTHON) -m tests.browser.screenshots

$(VENV)/requirements-dev.stamp: requirements.txt

$(VENV)/%.stamp: %.txt $(ENV_PYTHON)
	$(PIP_INSTALL) --requirement $<
	@touch $@

$(ENV_PYTHON):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		"Python 3.11 or later is needed: make PYTHON=/path/to/python3.11 ...")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python lacks venv: apt-get install python3-venv, or make PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
