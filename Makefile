# Linli 邻里. `make` alone lists what can be made.
# A fresh machine needs python3 (3.11 or newer) and make, and root or sudo for what comes from its package manager.

SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
PY := .venv/bin/python
FLASK := .venv/bin/flask --app wsgi
PIP := $(PY) -m pip install -qq --disable-pip-version-check --no-compile --require-hashes --only-binary :all:
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
ROOT := $(shell [ "$$(id -u)" = 0 ] || command -v sudo >/dev/null && echo yes)
APT := $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get
CODE := $(wildcard models web bench wsgi.py) $(if $(wildcard demo/*.py),demo)
# Tests are handed out one by one (loadgroup): in portions all those of the browser fall to one worker, the last to end.
WORKERS ?= 4

export PORT ?= 8000
export LINLI_DEMO ?= 1

.PHONY: help run test lint bench screenshots messages vendor lock dev browser clean

help: ## list what can be made
	@echo "make …"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "From the environment: PORT (8000), LINLI_DEMO (1: a year of demo data; 0: an empty community),"
	@echo "DATABASE_URL (a file under instance/), SECRET_KEY, LINLI_DATA_KEY, LINLI_HTTPS. See docs/."

run: .venv/.runtime ## start Linli on http://127.0.0.1:8000, with demo data unless LINLI_DEMO=0
	@if [ "$$LINLI_DEMO" = 0 ] && { [ -z "$$SECRET_KEY" ] || [ -z "$$LINLI_DATA_KEY" ] || [ "$$LINLI_HTTPS" != 1 ]; }; then \
	  echo "  LINLI_DEMO=0 is production and needs SECRET_KEY, LINLI_DATA_KEY and LINLI_HTTPS=1: see docs/operations.md."; exit 1; \
	fi
	@echo "— bringing the database up to date"
	@$(FLASK) db upgrade || { echo "  The database could not be brought up to date: the last line above says why (a secret, or DATABASE_URL)."; exit 1; }
	@if [ "$$LINLI_DEMO" = 0 ]; then \
	  echo "— making the first community and administrator, where there is none"; \
	  $(FLASK) first-admin || { echo "  Nobody could sign in yet: see \`$(FLASK) first-admin --help\`."; exit 1; }; \
	else \
	  echo "— filling an empty database with a demo community"; \
	  $(FLASK) demo-fill --if-empty || { echo "  The demo could not be built: LINLI_DEMO=0 make run starts without it."; exit 1; }; \
	fi
	@exec $(PY) -m web.serve

test: dev browser lint ## lint, then every test on SQLite, then the database's tests on PostgreSQL
	@echo "— tests on SQLite"; \
	$(PY) -m pytest -n $(WORKERS) --dist loadgroup && \
	echo "— tests on PostgreSQL, on a machine of another time zone" && \
	TZ=America/New_York LINLI_TEST_DATABASE=postgresql $(PY) -m pytest -n $(WORKERS) --dist loadgroup

lint: dev ## style, types, templates and the order of areas
	@echo "— ruff"
	@$(PY) -m ruff check . || { echo "  \`$(PY) -m ruff check --fix .\` mends most of it."; exit 1; }
	@$(PY) -m ruff format --check . || { echo "  \`$(PY) -m ruff format .\` mends it."; exit 1; }
	@echo "— mypy, and beside it djlint and import-linter"
	@$(PY) -m mypy $(CODE) & types=$$!; \
	{ [ ! -d web/templates ] || .venv/bin/djlint --quiet --lint web/templates; } && .venv/bin/lint-imports; others=$$?; \
	wait $$types && exit $$others

bench: dev ## run the benchmarks and write docs/benchmarks.md; `python -m bench` lists them
	@$(PY) -m bench all

screenshots: dev browser ## draw the pages on a phone and on a desk, into instance/screenshots
	@$(PY) -m bench screenshots

messages: .venv/.runtime ## collect the strings of code and templates into the catalogs, and say what lacks Chinese
	@$(PY) -m web.messages

vendor: .venv/.runtime ## fetch the browser's libraries anew, as web/static/vendor names them (needs npm)
	@command -v npm >/dev/null || { echo "  npm is missing; install your system's npm, or leave the files as they are."; exit 1; }
	@$(PY) -m web.vendor

lock: ## pin every dependency, with hashes, from the .in files
	@echo "— compiling requirements.txt and requirements-dev.txt"
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	$(PYTHON) -m venv "$$folder" && "$$folder/bin/pip" install --quiet --disable-pip-version-check uv==0.13.9 && \
	for name in requirements requirements-dev; do \
	  "$$folder/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-annotate \
	    --no-emit-index-url $$name.in -o $$name.txt || exit 1; \
	done || { echo "  The lock could not be made: check the network and the versions in the .in files."; exit 1; }

dev: .venv/.dev

clean: ## remove the environment and caches; data under instance/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.venv/bin/python:
	@echo "— making .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "  Python 3.11 or newer is needed; PYTHON=/path/to/python make … names another."; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null || { \
	  rm -rf .venv; \
	  [ -n "$(ROOT)" ] || { echo "  Ask an administrator for: apt-get install python3-venv"; exit 1; }; \
	  command -v apt-get >/dev/null || { echo "  Install the venv module of Python, then try again."; exit 1; }; \
	  echo "— installing python3-venv"; \
	  $(APT) update -qq && $(APT) install -y -qq --no-install-recommends python3-venv >/dev/null && $(PYTHON) -m venv .venv; \
	} || { echo "  No environment could be made: check the network and try again."; exit 1; }

.venv/.runtime: requirements.txt | .venv/bin/python
	@echo "— installing what Linli needs"
	@$(PIP) -r requirements.txt || { echo "  The packages could not be installed: check the network and try again."; exit 1; }
	@touch $@

.venv/.dev: requirements-dev.txt | .venv/bin/python
	@echo "— installing what the tests need"
	@$(PIP) -r requirements-dev.txt || { echo "  The packages could not be installed: check the network and try again."; exit 1; }
	@touch $@ .venv/.runtime

browser:
	@command -v chromium >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q . || { \
	  if [ -n "$(ROOT)" ] && command -v apt-get >/dev/null; then \
	    echo "— installing chromium and a Chinese font"; \
	    $(APT) update -qq && $(APT) install -y -qq --no-install-recommends chromium fontconfig fonts-wqy-microhei >/dev/null; \
	  else false; fi; \
	} || echo "  No chromium here: the browser tests will be skipped. Ask for: apt-get install chromium fonts-wqy-microhei"
