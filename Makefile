# Everything a developer or an admin types. Needs Python 3.11 or newer and make; the rest is installed below .venv/.
#   make run PORT=9000        the page on another port
#   make setup PYTHON=/path/to/python3
#   make setup TORCH=cu130    a GPU build of torch (any name `uv --torch-backend` knows); the default is the CPU build

SHELL := /bin/bash
PYTHON ?=
UV_VERSION := 0.13.9
TORCH_VERSION := 2.13.0
TORCH ?= cpu
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Where `make test` looks for what it runs on PostgreSQL besides; `make soak` runs everything on it.
ON_POSTGRESQL := tests/journeys/test_sign_in.py tests/journeys/test_owner.py tests/connectors/web tests/reliability/test_kill.py

.DEFAULT_GOAL := help
.PHONY: help setup run test check soak lock vectors

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1|/' | column -t -s '|' 2>/dev/null \
	  || grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST)

setup: $(READY) ## make the environment in .venv (again and again: nothing happens when nothing changed)
	@echo "The environment in $(VENV) is ready."

run: $(READY) ## database, sample FAQ, then the web page; prints its address
	@$(BIN)/dapbot database upgrade
	@$(BIN)/dapbot knowledge sample
	@$(BIN)/dapbot serve $(if $(PORT),--port $(PORT))

test: $(READY) ## the whole test suite
	@$(BIN)/pytest -n 2 --dist loadfile
	@$(BIN)/pytest -n 2 --dist loadfile --database postgresql -m postgresql $(ON_POSTGRESQL)

check: $(READY) ## lint, format, types, layers, documents
	@echo "ruff: lint and format" && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "mypy: types" && $(BIN)/mypy
	@echo "import-linter: layers, cycles, one place per library" && $(BIN)/lint-imports --no-logo --no-cache
	@echo "pytest: layout and documents" && $(BIN)/pytest -q tests/test_layout.py tests/test_documents.py

soak: $(READY) ## the long tests (hours are fine, they are not part of `make test`)
	@$(BIN)/pytest -m soak || [ $$? -eq 5 ] # 5: there are none
	@$(BIN)/pytest -n 2 --dist loadfile --database postgresql

vectors: $(READY) ## make the Korean word vectors anew
	@OMP_NUM_THREADS=1 $(BIN)/python -m tests.benchmarks.fit_korean_vectors knowledge/korean_vectors.npz

$(READY): requirements.lock pyproject.toml Makefile
	@PYTHON="$(PYTHON)" UV_VERSION=$(UV_VERSION) TORCH_VERSION=$(TORCH_VERSION) TORCH=$(TORCH) bash .ci/setup
	@touch $@

# The lock is for Python 3.11 to 3.13 on any system, with hashes. Two things are taken out of it: the CUDA packages that
# torch's own metadata asks for, and the hashes of torch, because its CPU build is another file than the registry's.
# What is locked stays as it is where it can; newer versions only with `make lock UPGRADE=1`.
lock: $(READY) ## write requirements.lock anew from pyproject.toml (UPGRADE=1: with the newest versions)
	@$(if $(UPGRADE),: >,cp requirements.lock) requirements.lock.new
	@env -u UV_FIND_LINKS $(BIN)/uv pip compile pyproject.toml --group dev --all-extras --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header --quiet --output-file requirements.lock.new
	@{ echo "# Written by \`make lock\`; do not edit. Installed with uv (make setup)."; \
	   awk '/^[a-z0-9]/ {name = $$1; sub(/[=<>].*/, "", name)} \
	        name ~ /^(nvidia-|cuda-|triton$$)/ {next} \
	        name == "torch" {if (/^torch/) {sub(/ *\\$$/, ""); print} next} \
	        {print}' requirements.lock.new; } > requirements.lock.filtered
	@mv requirements.lock.filtered requirements.lock && rm requirements.lock.new
