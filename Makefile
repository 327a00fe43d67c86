# What people do with polegraph. `make` alone prints this list.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types imports docs bench lock clean

help: ## print this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /: /' | sort

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The project runs from its folder: a path file and a launcher are all that an installation needs.
$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes -r requirements.txt
	@$(BIN)/python tools/launcher.py
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes -r requirements-dev.txt
	@$(BIN)/python tools/launcher.py
	@touch $@ $(VENV)/.run

demo: $(VENV)/.run ## the main job on a generated city; ARGS="--once" asks the sample questions and exits
	$(BIN)/polegraph demo $(ARGS)

test: $(VENV)/.dev ## all tests, on a real Neo4j
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.dev ## formatting, lint, spelling, dependencies, module sizes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell
	$(BIN)/deptry .

types: $(VENV)/.dev ## mypy, strict
	$(BIN)/mypy

imports: $(VENV)/.dev ## which room may know which
	$(BIN)/lint-imports

check: lint types imports test ## all that CI runs

docs: $(VENV)/.dev ## write the generated pages again
	$(BIN)/python -m graph.model.dictionary > docs/data-dictionary.md
	$(BIN)/python -m api.schema > api/schema.graphql

bench: $(VENV)/.dev ## time the questions of the API on the demo world
	$(BIN)/python -m bench.questions $(ARGS)

lock: ## write the requirement locks again, hashes and no addresses (needs uv)
	uv pip compile pyproject.toml --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --universal -q -o requirements.txt
	uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --universal -q -o requirements-dev.txt

clean: ## remove the environment and all caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
