# make setup   prepare .venv and the engine (all other targets do it first)
# make run     everything on this machine, and one sample case; ONCE=1 ends after it
# make test    every test, on a real PostgreSQL and a real Temporal server
# make check   format, lint, types, floors, catalogue, container files
# make pages   renew the pages that are made: JSON Schema and reference of the language
# make bench   what a due date, a check and a scenario cost, and a case against a hand-written workflow
# make fuzz    the reader of procedures against inputs made to break it (atheris, for FOR=60 seconds)
# make clean   remove .venv and caches; what MOTCUA_HOME holds stays

# The first Python of this machine that is new enough.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN = .venv/bin

.PHONY: setup run test check pages bench fuzz clean engine browser
.SUFFIXES:

setup: .venv/installed engine

run: setup
	@$(BIN)/motcua up --demo $(if $(filter 1,$(ONCE)),--once)

test: setup browser
	$(BIN)/python -m pytest $(or $(TESTS),tests) -q -n $(or $(WORKERS),2) --dist worksteal

check: .venv/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_layers.py
	$(BIN)/motcua check procedures
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/hadolint Dockerfile

pages: .venv/installed
	$(BIN)/python -m cli.pages

bench: setup
	$(BIN)/python -m bench.legal_time
	$(BIN)/python -m bench.lint
	$(BIN)/python -m bench.scenarios
	$(BIN)/python -m bench

# Runs until it finds an input that breaks the reader, or FOR seconds; what it found stays in .fuzz.
fuzz: .venv/installed
	$(BIN)/uv pip install --quiet --require-hashes -r requirements/fuzz.txt
	@mkdir -p .fuzz
	$(BIN)/python -m tests.fuzz -max_total_time=$(or $(FOR),60) -max_len=20000 -artifact_prefix=.fuzz/ .fuzz

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

engine: .venv/installed
	@$(BIN)/python -m cli.engine.obtain

browser: .venv/installed
	@$(BIN)/python -m cli.browser

# Stamps lie inside .venv: who removes it removes them too.
.venv/installed: .venv/bootstrapped requirements/dev.txt pyproject.toml
	$(BIN)/uv pip sync --quiet --require-hashes requirements/dev.txt
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/bootstrapped: requirements/uv.txt
	@test -n '$(PYTHON)' || { echo 'motcua needs Python 3.11 or newer: install python3.11 and python3.11-venv.'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "python3-venv is missing: install it (Debian, Ubuntu: sudo apt-get install python3-venv) and run again."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@
