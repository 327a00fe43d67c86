# GNU make 4. `make` alone lists what there is; ARGS="..." is handed to the command behind a target.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check lint types bench docs web pictures firefox notebook lock sbom audit clean
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
INSTALL := $(PIP) install --quiet --no-compile --only-binary=:all:

# An environment is known by the contents of its lock and by its place, not by dates: a checkout sets those anew.
fingerprint = $(shell { cat $(1) Makefile; pwd; } | cksum | cut -d' ' -f1)
RUNTIME := .venv/runtime-$(call fingerprint,requirements.txt)
DEVELOPMENT := .venv/development-$(call fingerprint,requirements-dev.txt)

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(RUNTIME) ## the whole job on a generated city; ARGS="--once" asks sample questions, prints the answers, ends
	@$(BIN)/polegraph demo $(ARGS)

test: $(DEVELOPMENT) ## all tests, on a real Neo4j; ARGS="tests/standards -x" for some
	@$(BIN)/pytest $(ARGS)

check: lint types ## what CI runs: lint, types, and all tests, half of the files each in two processes with a database of their own
	@$(MAKE) test ARGS="--numprocesses 2 --dist loadfile --no-loadscope-reorder"

lint: $(DEVELOPMENT) ## format, rules, what may import what, dependencies, spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/codespell

types: $(DEVELOPMENT) ## mypy, strict
	$(BIN)/mypy

bench: $(DEVELOPMENT) ## p50 and p95 of the questions beside the raw driver's
	@$(BIN)/python -m bench.questions $(ARGS)

docs: $(DEVELOPMENT) ## write again what is generated from the code
	$(BIN)/python -m graph.model.dictionary > docs/data-dictionary.md
	$(BIN)/python -m analysis.register.page > docs/transparency.md
	$(BIN)/python -c 'import sys; from api.schema import print_schema; sys.stdout.write(print_schema())' > api/schema.graphql
	$(BIN)/python -m tools.client_maker
	$(BIN)/python -m tests.project.generated > tests/project/generated.cypher
	$(BIN)/python -m typer cli.main utils docs --name polegraph --title 'The command line' --output docs/cli.md
	$(BIN)/python -m api.explorer.typescript > web/src/api.d.ts

web: $(DEVELOPMENT) ## build the explorer's pages again (needs Node 20.19 or newer); what is built is committed
	cd web && npm ci --no-audit --no-fund && npm run build
	$(BIN)/python -m tests.project.built

pictures: $(DEVELOPMENT) ## take the pictures of docs/explorer.md again of what `make demo` serves, or POLEGRAPH_URL
	@$(BIN)/python -m tests.web.pictures

firefox: $(DEVELOPMENT) ## the main path of each page of the explorer in Firefox; needs firefox-esr and xvfb
	@$(BIN)/pytest tests/web/test_firefox.py -m firefox $(ARGS)

notebook: $(DEVELOPMENT) ## run docs/notebooks again on what `make demo` serves, or POLEGRAPH_URL, and keep what it shows
	@$(BIN)/python -m tools.notebook

lock: $(DEVELOPMENT) ## resolve the requirements again; ARGS="--upgrade" for newer ones
	@test -x $(BIN)/uv || $(INSTALL) uv
	$(BIN)/uv pip compile $(LOCK) -o requirements.txt pyproject.toml $(ARGS)
	$(BIN)/uv pip compile $(LOCK) -o requirements-dev.txt --extra dev pyproject.toml $(ARGS)
	$(BIN)/uv pip compile $(LOCK) -o requirements-bench.txt --extra bench pyproject.toml $(ARGS)

sbom: $(DEVELOPMENT) ## write the bill of materials (CycloneDX) of the locks again
	$(BIN)/python -m tools.sbom > sbom.cdx.json

audit: $(DEVELOPMENT) ## is a fault known of what is locked? needs a service that knows; ARGS="--service osv"
	$(BIN)/python -m tools.audit_dependencies $(ARGS)

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url

clean: ## take away the environment and every cache of this folder; installations and their data stay
	rm -rf .venv build dist .*_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment of a user: locked wheels, and the checkout itself on the path, so that nothing is built.
$(RUNTIME):
	@$(BIN)/python -c '' 2> /dev/null || { \
	  for python in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	    $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null && break; \
	  done || { echo 'polegraph needs Python 3.11 or newer: install it, or put it on the PATH' >&2; exit 1; }; \
	  echo "Making .venv with $$($$python --version)" >&2; \
	  $$python -m venv --clear .venv; }
	@echo 'Installing the locked requirements into .venv: once, about half a minute' >&2
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(BIN)/python tools/launcher.py
	@rm -f .venv/runtime-* && touch $@

# The same with the developers' tools; its lock holds every pin of the other.
$(DEVELOPMENT): | $(RUNTIME)
	@echo 'Installing the tools of development into .venv' >&2
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@rm -f .venv/development-* && touch $@
