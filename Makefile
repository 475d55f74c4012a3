# Targets carry their help after "##"; "make" alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: learn test-server bench-prefect settings rebuild dictionary cookbook bench-load help install install-dev run test check quality run-site bench-clean bench-extract bench-fetch format constraints clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

install: $(VENV)/.installed ## create .venv with what a run needs

install-dev: $(VENV)/.installed-dev ## add what tests and checks need

run: install ## ingest the sample articles of seeds/articles and print their figures
	@$(BIN)/cakupan ingest seeds/articles

test: install-dev ## run the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

test-server: install-dev ## run the tests with a Prefect server, worker and schedule (six minutes)
	$(BIN)/python -m pytest -m server tests/server

check: install-dev ## lint, format, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

quality: install-dev ## measure cleaning and extraction, hold them to their floors, keep the scores in the warehouse
	@$(BIN)/python tests/quality_clean.py; clean=$$?; \
	$(BIN)/python tests/quality_extract.py && exit $$clean

run-site: install-dev ## show a refresh against a site on loopback: first run, nothing new, a change, a dead host
	@$(BIN)/python tests/site/run_site.py

bench-clean: install-dev ## measure how fast pages are cleaned, beside public extractors
	@$(PIP) install --quiet --quiet --constraint constraints.txt --editable '.[bench]'
	@$(BIN)/python tests/bench_clean.py

bench-load: install-dev ## measure loading against dlt's merge into DuckDB
	@$(PIP) install --quiet --quiet --constraint constraints.txt --editable '.[bench]'
	@$(BIN)/python tests/bench_load.py

bench-extract: install-dev ## measure how fast articles are read
	@$(BIN)/python tests/bench_extract.py

bench-fetch: install-dev ## measure fetching against trafilatura's downloader and a bare httpx client
	@$(BIN)/python tests/bench_fetch.py

bench-prefect: install-dev ## measure what orchestration adds to a run of 2,000 documents
	@$(BIN)/python tests/bench_prefect.py

learn: install-dev ## learn the weights of the judge from the annotated articles, and cross-validate them
	@$(BIN)/python tests/learn_judge.py
	@$(BIN)/python tests/learn_judge.py --validate

settings: install-dev ## write the table of docs/settings.md from the settings class
	@$(BIN)/python -m tests.settings_table

format: install-dev ## rewrite the code in the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

rebuild: install ## make the warehouse anew from the stored snapshots and compare the two
	@$(BIN)/python -m flows.rebuild

cookbook: install-dev ## write the answers of docs/cookbook.md anew
	@COLUMNS=100 $(BIN)/python tests/test_cookbook.py

dictionary: install-dev ## write docs/data-dictionary.md from the catalog
	$(BIN)/python -m warehouse.dictionary

constraints: install-dev ## pin the versions that are installed now
	{ head -1 constraints.txt; $(PIP) freeze --all --exclude cakupan; } > constraints.new
	mv constraints.new constraints.txt

clean: ## remove what runs and builds leave behind, but not data/
	rm -rf build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Where Python comes without ensurepip (Debian's python3-venv is a package of its own), the pip beside it steps in.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("$(PYTHON) is Python %d.%d, cakupan needs 3.11 or newer: make PYTHON=python3.12" % sys.version_info[:2])'
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
		$(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $@ install --quiet pip; }

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing into $(VENV) (once; takes about a minute)"
	@$(PIP) install --quiet --quiet --constraint constraints.txt --upgrade pip setuptools
	@$(PIP) install --quiet --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "installing what tests and checks need"
	@$(PIP) install --quiet --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@
