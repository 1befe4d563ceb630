# Needs Python 3.11 or later with venv; everything else is installed into .venv.
PYTHON ?= python3
PORT ?= 8501
ARGS ?=

VENV := .venv
ENV_PYTHON := $(VENV)/bin/python
PIP_INSTALL := $(ENV_PYTHON) -m pip install --quiet --disable-pip-version-check

.DELETE_ON_ERROR:
.PHONY: run test check chromium bench screenshots

run: $(VENV)/requirements.stamp
	$(ENV_PYTHON) -m streamlit run app.py --server.port $(PORT)

test: chromium check
	$(ENV_PYTHON) -m pytest $(ARGS)

check: $(VENV)/requirements-dev.stamp
	$(ENV_PYTHON) -m ruff check .
	$(ENV_PYTHON) -m ruff format --check .
	$(ENV_PYTHON) -m mypy

chromium: $(VENV)/requirements-dev.stamp
	@$(ENV_PYTHON) -m tests.browser.chromium

bench: $(VENV)/requirements-dev.stamp
	@for script in benchmarks/[a-z]*.py; do \
		echo "== $$script"; $(ENV_PYTHON) -m "benchmarks.$$(basename $$script .py)" || exit 1; \
	done

screenshots: chromium
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
