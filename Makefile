# Lipei: `make run` starts it, `make test` tries it. Everything else serves these two.
# Needs Python 3.11 or newer with venv, pip, git and make; the rest comes by version and hash from the lock files.

SHELL := /bin/sh
VENV ?= .venv
BIN := $(VENV)/bin
CACHE ?= .cache
PORT ?= 8000

find_python = for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done
PYTHON ?= $(shell $(find_python))
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input

READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
PURE := $(CACHE)/pure
READY_PURE := $(PURE)/.ready
ASSETS := src/lipei/static/vendor/.ready
WORDS := $(CACHE)/words.ready
PO := $(wildcard src/lipei/locale/*/*.po)

.PHONY: help run setup setup-dev test test-deep lint bench screenshots lock clean

help: ## what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## start Lipei with demo data; the address is printed when the page answers
	@exec $(BIN)/lipei run --demo --port $(PORT)

setup: $(READY) $(ASSETS) $(WORDS) ## what `make run` needs: environment, front-end files, the screens' words

setup-dev: setup $(READY_DEV) $(READY_PURE) ## the same, and what `make test` needs

test: setup-dev ## every check: pure floors, style, types, walls, tests with database and browser
	@$(BIN)/python .ci/checks.py

test-deep: setup-dev ## the same with the long property and fault tests in full
	@LIPEI_DEEP=1 $(BIN)/python .ci/checks.py

lint: setup-dev ## ruff, mypy and import-linter only
	@$(BIN)/python .ci/checks.py --only style types walls

bench: setup ## how fast the desk and the calculation are on this machine
	@$(BIN)/lipei bench

screenshots: setup-dev ## the ten main pages, desktop and phone, into docs/guide/
	@LIPEI_CHROMIUM="$$($(BIN)/python .ci/chromium.py)" $(BIN)/python -m pytest tests/browser -m screenshots -q

lock: $(READY_DEV) ## renew the lock files: versions and hashes, no addresses
	@$(BIN)/python .ci/lock.py

clean: ## take away everything that the other targets made in this folder; data and keys are elsewhere and stay
	rm -rf $(VENV) $(CACHE) build dist node_modules src/*.egg-info src/lipei/static/vendor src/lipei/fonts test-results
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	find src/lipei/locale -name '*.mo' -delete 2>/dev/null || true

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Lipei needs Python 3.11 or newer with venv (Debian: apt install python3-venv)." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(READY): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Lipei needs (once, one to two minutes) …"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(READY_DEV): requirements-dev.lock $(READY)
	@echo "Installing what the tests need (once) …"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# The pure floors' tests run where Django cannot be imported, because it is not installed there.
$(READY_PURE): requirements-pure.lock
	@echo "Installing the small environment of the pure floors (once) …"
	@test -x $(PURE)/bin/python || $(PYTHON) -m venv $(PURE)
	@$(PURE)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-pure.lock
	@touch $@

$(ASSETS): package.json package-lock.json src/lipei/launch/assets.py | $(READY)
	@echo "Fetching the front-end files (once) …"
	@$(BIN)/python -m lipei.launch.assets
	@touch $@

$(WORDS): $(PO) | $(READY)
	@mkdir -p $(CACHE)
	@$(BIN)/python -m lipei.site.catalogues
	@touch $@
