# Every target sets up what it needs; Python 3.11 or newer and make are all a machine must have.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTEST_WORKERS ?= auto
VENDOR := src/gongkai/web/static/vendor
RUN_DIR ?= build/site

.PHONY: setup run samples pictures test check fix bench lock clean

setup: $(READY) $(VENDOR)/.ready

# The lock file pins and hashes everything, the extras included; it names no index.
$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Gongkai needs Python 3.11 or newer, this is " + sys.version) if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

# The front-end files, as package-lock.json pins them; nothing is fetched when a page is shown.
$(VENDOR)/.ready: package.json package-lock.json tools/vendor.py | $(READY)
	@$(BIN)/python tools/vendor.py
	@touch $@

# The site at 127.0.0.1:8000, with its data in RUN_DIR.
run: setup
	GONGKAI_DATA=$(RUN_DIR) GONGKAI_LOG_LEVEL=$${GONGKAI_LOG_LEVEL:-WARNING} $(BIN)/gongkai serve --demo --open

# The sample reports read and checked, without a server; 1 says that one of them has errors, as it should.
samples: setup
	$(BIN)/gongkai read src/gongkai/cli/samples --out build/overview || [ $$? -eq 1 ]

# The pictures of the documents, taken of the demonstration county; needs Chromium.
pictures: setup
	$(BIN)/python -m tools.pictures

# Everything on SQLite, then the platform once more on PostgreSQL where one answers.
test: setup
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS)
	$(BIN)/python tools/second_engine.py -n $(PYTEST_WORKERS)

# Changes nothing. The last step is the README's test command.
check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

fix: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup
	$(BIN)/python -m benchmarks

# Needs uv; writes neither index nor resolved addresses.
lock:
	uv pip compile --quiet --all-extras --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate pyproject.toml --output-file requirements.lock

clean:
	rm -rf build node_modules $(VENDOR) $(VENV)
