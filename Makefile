# `make help` explains every target.
# the system's own first: one that was put before it is often compiled without what makes it a tenth faster
PYTHON ?= $(or $(shell for one in /usr/bin/python3 python3; do \
  $$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$one && break; done),python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes
# uv brings the same in half the time. It is told of the index that pip is told of; what it cannot bring, pip does.
UV := $(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python --no-deps --require-hashes
INDEX := $$($(BIN)/python -m pip config list | sed -nE "s/^(:env:|global|install)\.index-url='(.*)'/\2/p" | head -n 1)
bring = @index="$(INDEX)"; [ -z "$$index" ] || export UV_DEFAULT_INDEX="$$index"; $(UV) -r $(1) || $(PIP) -r $(1)
# the many processes of a run read what one of them compiled, even where the shell says otherwise
TESTED := PYTHONDONTWRITEBYTECODE=
RUN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-hanazono
# libatomic1 for the Node.js that Playwright brings; a browser is looked for by its command; redis-server is started by the tests that need it, on a socket of their own
TEST_PACKAGES := poppler-utils qpdf libatomic1 redis-server
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
MO := $(CATALOGUES:.po=.mo)

.PHONY: help run test test-ready check bench load system test-packages test-system fonts axe words plans docs guide

help:            ## Say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

run: $(VENV)/.ready system words  ## Set everything up and open the console on http://127.0.0.1:8080
	@exec $(BIN)/python run.py

test:            ## Run all tests, on SQLite and on PostgreSQL
	@$(MAKE) --no-print-directory -j 4 test-ready
	$(TESTED) TEST_DATABASE=sqlite $(BIN)/python -m pytest -n 2 --dist worksteal
	$(TESTED) TEST_DATABASE=postgresql $(BIN)/python -m pytest -n 2 --dist worksteal -m "not once"

test-ready: $(VENV)/.ready-dev test-system fonts axe words $(VENV)/.compiled

check: $(VENV)/.ready-dev words  ## Lint, types, room borders, translations and docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house.words
	$(BIN)/python -m tests.house.pages

bench: $(VENV)/.ready-dev system test-system words  ## Measure a million rows beside three peers (an hour; WRITE=1 writes docs/BENCHMARKS.md; SMALL=1 a minute)
	$(BIN)/python -m tests.bench $(if $(SMALL),--small) $(if $(WRITE),--write) $(ARGS)

load: $(VENV)/.ready-dev fonts words  ## Thirty desks at work for ten minutes, on SQLite and on PostgreSQL (WRITE=1 writes docs/LOAD.md)
	$(BIN)/python -m tests.bench.load $(if $(WRITE),--write) $(ARGS)

docs: $(VENV)/.ready-dev words  ## Write the pages that are made from the code (PLANS, MOVES, API)
	$(BIN)/python -m tests.house.pages --write
	$(BIN)/python -m tests.api.page --write

guide: $(VENV)/.ready-dev system test-system words  ## Take the user guide's pictures of the made-up estate and write its pages
	$(BIN)/python -m tests.e2e.guide

words: $(MO)  ## Compile the catalogues

translations/%.mo: translations/%.po | $(VENV)/.ready
	$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: PYTHON=/path/to/python3 make run"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) --no-print-directory apt PACKAGES="python3-venv"
	$(PYTHON) -m venv $(VENV)

# there is none for every machine: then pip does it all
$(VENV)/.uv: requirements-uv.lock | $(BIN)/python
	-$(PIP) --only-binary :all: -r requirements-uv.lock
	@touch $@

$(VENV)/.ready: requirements.lock | $(VENV)/.uv
	$(call bring,requirements.lock)
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	$(call bring,requirements-dev.lock)
	@touch $@

# what each process of the tests would compile for itself, while the typefaces are cut
$(VENV)/.compiled: $(VENV)/.ready-dev
	@$(TESTED) $(BIN)/python -m pytest --collect-only -qq > $(VENV)/collected || { cat $(VENV)/collected; exit 1; }
	@touch $@

fonts: system $(VENV)/.ready
	$(BIN)/python -m app.printing.fonts $(or $(DATA_DIR),var)

axe: $(VENV)/.ready
	$(BIN)/python -m tests.e2e.axe

system: | $(VENV)/bin/python
	@$(MAKE) --no-print-directory missing PACKAGES="$(RUN_PACKAGES)"

test-packages: system
	@$(MAKE) --no-print-directory missing PACKAGES="$(TEST_PACKAGES)"

test-system: test-packages $(VENV)/.ready-dev
	@$(BIN)/python -m tests.e2e.chromium || { . /etc/os-release; if [ "$$ID" = ubuntu ]; \
	  then $(BIN)/playwright install --with-deps --only-shell chromium || { echo "Playwright could not bring its Chromium;" \
	    "any other will do that answers to one of: $$($(BIN)/python -m tests.e2e.chromium --names)"; exit 1; }; \
	  else $(MAKE) --no-print-directory apt PACKAGES=chromium-headless-shell; fi; }

.PHONY: missing
missing:
	@missing=$$(for package in $(PACKAGES); do dpkg -s $$package >/dev/null 2>&1 || echo $$package; done); \
	  [ -z "$$missing" ] || $(MAKE) --no-print-directory apt PACKAGES="$$(echo $$missing)"

# Installs when it may; else says the one line to run.
.PHONY: apt
apt:
	@if [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PACKAGES); \
	elif sudo -n true 2>/dev/null; then sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PACKAGES); \
	else echo "Please run once:  sudo apt-get install -y $(PACKAGES)"; exit 1; fi
