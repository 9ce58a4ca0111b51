# `make audit` shows what koujing does on the sample content repo; `make test` runs every check.
# Both set up everything they need in .venv, from a machine with only Python 3.11+, make and git.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

PEERS := build/peers
FUZZ_TIME ?= 10

.PHONY: audit test lint types unit coverage mutants guards deep fuzz bench bench-docs lock lowest pythons clean setup setup-dev setup-browser

audit: setup ## audit the sample content repo; the report is printed and kept under build/
	@mkdir -p build
	@cd examples && ../$(BIN)/koujing check --output text=../build/audit.txt --output json=../build/audit.json --output html=../build/audit.html; \
	code=$$?; \
	echo; echo "The same report: build/audit.html (open it in a browser), build/audit.txt and build/audit.json (koujing's exit code: $$code; 1 = findings block)"; \
	test $$code -le 1

test: lint types unit ## every check: style, types, tests

lint: setup-dev
	$(BIN)/ruff check .

types: setup-dev
	$(BIN)/mypy

unit: setup-dev setup-browser
	$(BIN)/python -m pytest -n auto

deep: setup-dev ## every property with a thousand new examples and more, hostile input in full size, kills at many moments (docs/testing.md); about half an hour on two cores
	KOUJING_LAWS=deep $(BIN)/python -m pytest -n auto -m hypothesis -p no:cacheprovider
	KOUJING_LAWS=deep $(BIN)/python -m pytest -n auto -p no:cacheprovider tests/hostile tests/faults

fuzz: setup-dev $(VENV)/.installed-fuzz ## everything that reads what others write, with inputs that a fuzzer makes (docs/testing.md); FUZZ_TIME=60 minutes, FUZZ='extraction domain' only these
	$(BIN)/python -m fuzz --minutes $(FUZZ_TIME) $(FUZZ)

coverage: setup-dev setup-browser ## lines and branches that the tests reach, a package at a time (docs/testing.md)
	@rm -rf build/coverage && mkdir -p build/coverage
	$(BIN)/python -m coverage run -m pytest -n auto
	@$(BIN)/python -m coverage combine --quiet
	@failed=0; for package in claims audit reports; do \
		echo; echo "== $$package"; \
		$(BIN)/python -m coverage report --include="*/$$package/*" --fail-under=95 || failed=1; \
	done; exit $$failed

mutants: setup-dev ## small mistakes in the code, one at a time, and whether a test notices (docs/testing.md)
	$(BIN)/python -m tools.mutants $(MUTANTS)

guards: setup-dev setup-browser ## each guard of docs/security.md taken out, and whether its tests notice (docs/testing.md); GUARDS=word only these
	$(BIN)/python -m tools.guards $(GUARDS)

bench: setup $(PEERS)/.tried ## speed, beside its limits and peers (docs/performance.md); needs an idle machine
	$(BIN)/python -m benchmarks --peers $(PEERS)/bin/python --output build/bench.json $(BENCH)

bench-docs: setup ## write what the last `make bench` measured into docs/performance.md
	$(BIN)/python -m benchmarks --from build/bench.json --docs docs/performance.md

# What koujing is measured beside, in an environment of its own. Without it the rows that need it say so.
$(PEERS)/.tried: benchmarks/requirements.txt
	@echo "setting up what koujing is measured beside, in $(PEERS) (once) …"
	@test -x $(PEERS)/bin/python || $(BIN)/python -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $< \
		&& touch $@ || echo "it could not be installed: measuring without it"

setup: $(VENV)/.installed
setup-dev: $(VENV)/.installed-dev

# What is installed is what the lock files name, by the hashes of its files: docs/dependencies.md. The stamps are older
# than these whenever a dependency may have changed.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

$(VENV)/.installed: requirements/run.txt pyproject.toml
	$(call install,$<)
	@touch $@

$(VENV)/.installed-dev: requirements/dev.txt pyproject.toml
	$(call install,$<)
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-fuzz: requirements/fuzz.txt $(VENV)/.installed-dev
	@$(INSTALL) --require-hashes --requirement $<
	@touch $@

define install
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "koujing needs Python 3.11 or newer; name one: make PYTHON=python3.12 …")'
@echo "setting up in $(VENV) (once) …"
@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
@$(INSTALL) --require-hashes --requirement $(1)
@$(INSTALL) --no-build-isolation --editable .
endef

lock: ## write the lock files anew, of what pyproject.toml asks for; UPGRADE=--upgrade takes the newest of everything
	$(PYTHON) tools/lock.py $(UPGRADE)

lowest: ## the tests with the oldest versions that pyproject.toml admits (docs/dependencies.md); LIKE='-- tests/claims -q'
	$(PYTHON) tools/environments.py lowest $(LIKE)

pythons: ## the tests with every Python from 3.11 to 3.14 that this machine has; LIKE='3.13 -- tests/claims -q'
	$(PYTHON) tools/environments.py pythons $(LIKE)

# A Chromium and Chinese fonts for the tests of the web page: the system's package where we may install one, else
# playwright's own. Without either these tests are skipped, which is said aloud.
setup-browser: setup-dev
	@$(BIN)/python tools/setup_browser.py

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
