# Two commands are all a newcomer types: `make chat` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: chat test setup lint types unit clean

chat: setup
	@$(BIN)/tutorbot chat

test: setup lint types unit

setup: $(READY)
	@$(BIN)/tutorbot setup

# The environment is made again when the list of packages changes; an interrupted install is taken up where it stopped.
$(READY): pyproject.toml deploy/constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "tutorbot needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 chat"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --constraint deploy/constraints.txt $(TORCH_INDEX) --editable . --group dev
	@touch $@

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell knowledge/topics knowledge/glossary.yaml knowledge/README.md README.md CHANGELOG.md
	$(BIN)/tutorbot curriculum lint

types:
	$(BIN)/mypy

unit:
	$(BIN)/pytest

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
