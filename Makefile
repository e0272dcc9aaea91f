# The commands of the house. `make` alone lists them; README.md says what they are for.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory --no-builtin-rules
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# Which Python makes the environment. A system with several: make setup PYTHON=python3.12
PYTHON ?= python3
BIN := .venv/bin
STATIC := src/ncdm/serve/static
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Where `make up` keeps things. The demo and your own data never share a data folder unless NCDM_HOME says so.
SOURCE ?=
PORT ?= 8737
DEMO ?= .ncdm/demo-portfolio
up: export NCDM_HOME ?= $(CURDIR)/.ncdm/$(if $(SOURCE),home,demo)
up: export NCDM_PORT ?= $(PORT)

.PHONY: help setup up test browser lint types layers ui-checks tests test-spark fuzz bench docs format lock clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

# ---------------------------------------------------------------------------------------------------------- environment

setup: .venv/.installed $(STATIC)/index.html ## the environment in .venv and the built pages; a second run does nothing

.venv/.locked: requirements-dev.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, and $(PYTHON) is not there. Install it, or name it: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, and $(PYTHON) is $$($(PYTHON) -V). Name a newer one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

.venv/.installed: .venv/.locked pyproject.toml
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

ui/node_modules/.locked: ui/package.json ui/package-lock.json
	@command -v node >/dev/null && command -v npm >/dev/null || { echo "Node 20.19 or newer with npm is needed to build the pages, and it is not there." >&2; exit 2; }
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || { echo "Node 20.19 or newer is needed to build the pages, and this is $$(node --version)." >&2; exit 2; }
	npm --prefix ui ci
	@touch $@

$(STATIC)/index.html: ui/node_modules/.locked ui/index.html ui/vite.config.ts ui/tsconfig.json $(shell find ui/src ui/public -type f 2>/dev/null)
	npm --prefix ui run build
	@touch $@

# ------------------------------------------------------------------------------------------------------------------ run

up: setup ## load the demo portfolio, or SOURCE=folder, and serve it; PORT=8737, NCDM_HOME=data folder
	@# Exit code 3: some files were refused and the rest is loaded; the pages show both.
ifeq ($(SOURCE),)
	@test -e $(DEMO).complete || { mkdir -p "$(dir $(DEMO))"; rm -rf "$(DEMO)"; $(BIN)/ncdm demo $(DEMO) --weeks 3; touch $(DEMO).complete; }
	@# Each week once, oldest first: loading the first week again would show it as the latest.
	@test -e "$$NCDM_HOME/demo.loaded" || { for week in $(DEMO)/week-*; do $(BIN)/ncdm ingest "$$week" || [ $$? = 3 ] || exit 1; done; touch "$$NCDM_HOME/demo.loaded"; }
else
	$(BIN)/ncdm ingest "$(SOURCE)" || [ $$? = 3 ]
endif
	exec $(BIN)/ncdm serve

# ---------------------------------------------------------------------------------------------------------------- check

test: setup browser lint types layers ui-checks tests ## everything CI runs

browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "No Chromium found: installing the one of this system."; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
		else \
			echo "The end-to-end tests drive Chromium, and it is not there. Install it (Debian, as root: apt-get install chromium) and run again." >&2; exit 2; \
		fi; }

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy src tests docs $(wildcard bench/*.py)

layers:
	$(BIN)/lint-imports

ui-checks: ui/node_modules/.locked
	npm --prefix ui run lint
	npm --prefix ui run typecheck
	npm --prefix ui test
	npm --prefix ui run size

# The report on ingest is shown only when a branch is missing, so that the last line is always the verdict of pytest.
tests:
	@rm -f .coverage .coverage.*
	$(BIN)/pytest -n 2 --dist worksteal --durations 10 --cov --cov-report term --cov-fail-under 95
	@report="$$($(BIN)/coverage report --include 'src/ncdm/ingest/*' --fail-under 100)" || { echo "Every line and branch of ncdm.ingest must be run by a test:" >&2; echo "$$report" >&2; exit 1; }

# Apart from `make test`: Spark is 400 MB, and starts slowly.
test-spark: setup .spark/.installed ## the measures on Spark, equal to those on DuckDB; needs Java 17 or 21 and 1 GB (Debian, as root: apt-get install openjdk-17-jre-headless)
	@command -v java >/dev/null || { echo "Spark runs on Java 17 or 21, and java is not there. Install it (Debian, as root: apt-get install openjdk-17-jre-headless) and run again." >&2; exit 2; }
	NCDM_SPARK=1 PYTHONPATH=.spark $(BIN)/pytest tests/property/test_measures_spark.py

.spark/.installed: requirements-spark.txt .venv/.installed
	rm -rf .spark
	$(BIN)/pip install --quiet --require-hashes --no-deps --target .spark -r requirements-spark.txt
	@touch $@

fuzz: setup ## what `make test` does not try: other examples of each law, and many more mutated workbooks (NCDM_FUZZ_CASES=20000)
	$(BIN)/pytest tests/property --hypothesis-profile=search
	NCDM_FUZZ_CASES=$${NCDM_FUZZ_CASES:-20000} $(BIN)/pytest tests -k fuzz

bench: setup ## what is timed; prints ratios against a peer measured in the same run
	@# Each runs, whatever the one before said; the last verdict is of all.
	@missed=0; for script in bench/*.py; do echo "== $$script"; $(BIN)/python "$$script" || missed=1; done; exit $$missed

# ----------------------------------------------------------------------------------------------------------------- tend

docs: setup ## write the generated pages of docs/reference again
	$(BIN)/python docs/generate.py

format: setup ## let the formatter have its way
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: setup ## resolve the dependencies again and write the hashed requirement files
	$(BIN)/uv lock --quiet --upgrade
	@for target in "requirements.txt --no-dev" "requirements-dev.txt" "requirements-spark.txt --only-group spark"; do \
		set -- $$target; file=$$1; shift; \
		{ echo "# Made by 'make lock' from pyproject.toml. Do not edit."; \
		  $(BIN)/uv export --quiet --frozen --format requirements-txt --no-emit-project --no-header "$$@"; } > "$$file"; \
		echo "wrote $$file"; \
	done
	@rm -f uv.lock

clean: ## remove the environment, the built pages and caches; data folders stay
	rm -rf .venv .spark ui/node_modules $(STATIC) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.* htmlcov
	find src tests docs -name __pycache__ -type d -prune -exec rm -rf {} +
