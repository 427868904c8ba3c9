# Everything a person needs, one word each; `make` alone lists them. Every target sets up what it needs first.
# PYTHON=/path/to/python3 chooses the Python that .venv is made with (3.11 or newer).
# PYTEST_ARGS='-k sigmoid' narrows `make test` down.

SHELL := /bin/sh
VENV := .venv/bin
# At most four workers of one thread each: every one holds torch and starts processes of its own beside it.
WORKERS ?= auto --maxprocesses=4 --dist=worksteal
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint format build verify bench lab

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: ## Make or mend .venv; every other target does it for you.
	@for python in $(if $(PYTHON),"$(PYTHON)",python3 python python3.14 python3.13 python3.12 python3.11); do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 6))' 2>/dev/null; then \
			exec "$$python" tools/bootstrap.py $(if $(PYTHON),--this-python); \
		fi; \
	done; \
	echo "No Python 3 starts here ($(or $(PYTHON),python3 is not on the PATH)). Install Python 3.11 or newer" \
		"(https://www.python.org/downloads, or your system's package python3)," \
		"or name the one you have: make PYTHON=/path/to/python3 ..." >&2; \
	exit 1

demo: setup ## Grade a small sample class through nbgrader's gradebook and print the table.
	@$(VENV)/course demo

# Tests start hundreds of processes: where nothing compiled may be kept, each would compile course_lib for itself.
test: setup ## Run all tests; PYTEST_ARGS narrows them down.
	@PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 $(VENV)/python -m pytest -n $(WORKERS) $(PYTEST_ARGS)

lint: setup ## Check style, types and workflows.
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/mypy
	@$(VENV)/zizmor --quiet --offline .github
	@$(VENV)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml

format: setup ## Let ruff mend and format what it can.
	@$(VENV)/ruff check --fix .
	@$(VENV)/ruff format .

build: setup ## Source to release: what students receive, in assignments/.
	@$(VENV)/course build

verify: setup ## Prove that the hidden suites accept right answers and catch wrong ones, mutants too.
	@$(VENV)/course verify --mutants

bench: setup ## Measure the figures that README shows.
	@$(VENV)/python -m benchmarks

lab: setup ## Open JupyterLab on the notebooks.
	@$(VENV)/course lab
