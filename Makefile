# Every command a developer needs. `make` alone lists them.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:

PYTHON ?= $(shell tools/find-python.sh)
BIN := .venv/bin
SECONDS_PER_TARGET ?= 120

# One cache for cargo and maturin, whoever calls them.
export CARGO_TARGET_DIR := $(CURDIR)/kernel/target
CARGO_MANIFEST := --manifest-path kernel/Cargo.toml --locked
# Tests on several cores; whoever has none left takes over from the others.
TOGETHER := -n auto --maxprocesses 4 --dist worksteal

# What goes into the wheel; a folder's own time tells of removed files.
WHEEL_INPUTS := .cargo/config.toml pyproject.toml README.md LICENSE kernel/Cargo.toml kernel/Cargo.lock \
	$(shell find src kernel/src kernel/data -name __pycache__ -prune -o -print 2>/dev/null)

.PHONY: help demo test check fast prove bless fuzz bench-env accuracy wheel lock clean ci env prerequisites

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  ARGS=\"...\" goes to pytest, to the benchmark or to the demonstration."

demo: .venv/installed ## environment, kernel, and the main job on the embedded demonstration list
	@$(BIN)/article41 demo $(ARGS)

test: .venv/installed ## environment, kernel, every test (ARGS to pytest)
	cargo test $(CARGO_MANIFEST) --quiet
	$(BIN)/python -m pytest -m "not prove" $(TOGETHER) $(ARGS)

check: .venv/installed ## format, lint, types, floor plan, stubs, tidiness, links; seconds
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m mypy.stubtest article41.match._kernel
	$(BIN)/python -m pytest tests/test_tidy.py tests/test_docs.py tests/test_public_api.py
	cargo fmt --manifest-path kernel/Cargo.toml --check
	cargo clippy $(CARGO_MANIFEST) --quiet --lib --features python -- -D warnings

fast: .venv/installed ## the fast tests, a minute at most (ARGS to pytest)
	$(BIN)/python -m pytest -m "not slow and not prove" $(TOGETHER) $(ARGS)

prove: .venv/installed ## promises with many examples, whole lists, then fuzzing
	$(BIN)/python -m pytest --hypothesis-profile=prove $(ARGS)
	$(MAKE) fuzz

bless: .venv/installed ## rewrite golden files, then show their difference
	$(BIN)/python -m pytest --bless -m "not prove" $(ARGS)
	git diff --stat --patch -- tests

fuzz: .venv-fuzz/installed ## fuzz/*.py for SECONDS_PER_TARGET seconds each, from the golden files
	@for harness in fuzz/*.py; do \
		corpus=build/$${harness%.py} && mkdir -p $$corpus && echo "$$harness" && \
		.venv-fuzz/bin/python $$harness -max_total_time=$(SECONDS_PER_TARGET) -max_len=20000 \
			-timeout=10 -artifact_prefix=$$corpus/ $(ARGS) $$corpus tests/golden \
			src/article41/sources/declared/lists || exit 1; \
	done

bench-%: .venv/installed ## run bench/%.py (ARGS to it); peers too where `make bench-env` was run
	@if [ -e .venv-bench/installed ]; then $(MAKE) .venv-bench/installed; fi
	@bin=$(BIN); if [ -e .venv-bench/installed ]; then bin=.venv-bench/bin; fi; \
		$$bin/python bench/$*.py $(ARGS)

bench-env: .venv-bench/installed ## environment with the peers we measure beside (minutes)

accuracy: .venv/installed ## measure CASES=FILE.csv, with PAIRS=FILE.jsonl if given
	@$(BIN)/python bench/accuracy.py --cases "$(CASES)" $(if $(PAIRS),--pairs "$(PAIRS)") $(ARGS)

wheel: .venv/ready | prerequisites ## one wheel for every Python from 3.11 on, and the sources, in dist/
	@rm -rf dist && mkdir -p dist build
	@{ $(BIN)/maturin build --release --locked --interpreter $(BIN)/python --out dist && \
		$(BIN)/maturin sdist --out dist; } >build/dist.log 2>&1 || { cat build/dist.log; exit 1; }
	@ls -1 dist

lock: ## pin the dependencies anew, with hashes (needs uv)
	@for group in dev bench fuzz; do \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
			--upgrade pyproject.toml --extra serve --group $$group --output-file requirements/$$group.txt \
			|| exit 1; \
	done

ci: ## what CI runs, nothing else
	@.ci/run

clean: ## remove environments, builds and caches
	rm -rf .venv .venv-bench .venv-fuzz build dist kernel/target .mypy_cache .ruff_cache \
		.pytest_cache .hypothesis .import_linter_cache

env: .venv/installed

prerequisites:
	@tools/prerequisites.sh "$(PYTHON)"

# .venv builds the wheel; the environments of benchmarks and fuzzing take it from there.
.venv/ready: requirements/dev.txt
.venv-bench/ready: requirements/bench.txt
.venv-fuzz/ready: requirements/fuzz.txt
.venv/ready .venv-bench/ready .venv-fuzz/ready: | prerequisites
	@echo "Setting up $(@D) ..."
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --requirement $<
	@touch $@

.venv/installed: .venv/ready $(WHEEL_INPUTS) | prerequisites
	@echo "Building article41 ..."
	@rm -rf build/wheels && mkdir -p build
	@$(BIN)/maturin build --release --locked --interpreter $(BIN)/python --out build/wheels \
		>build/wheel.log 2>&1 || { cat build/wheel.log; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --force-reinstall build/wheels/*.whl
	@touch $@

.venv-bench/installed: .venv-bench/ready
.venv-fuzz/installed: .venv-fuzz/ready
.venv-bench/installed .venv-fuzz/installed: .venv/installed
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --force-reinstall build/wheels/*.whl
	@touch $@
