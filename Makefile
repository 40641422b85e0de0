# Each target runs one Python command or a few. README.md lists those that most people need, for
# machines without make.

PYTHON ?= python3
LESSON ?=
VENV ?= .venv
# the versions that are installed; empty for the newest ones
PINS ?= -c constraints.txt
BIN := $(VENV)/bin
READY := $(VENV)/installed
INSTALL := python -m pip install --quiet --disable-pip-version-check
# JupyterLab refuses to run as root, as in a container, without this option
ROOT_FLAG := $(if $(filter 0,$(shell id -u)),--allow-root)
# so that `python` is the interpreter of the virtual environment
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help demo test test-browser test-hostile own-suite baseline check lint test-latest \
  benchmark benchmark-grading coverage mutation notebooks wrong-answers site site-instructors \
  release lab instructor lock clean python
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 26

# ---- tests ----

demo: $(READY)  ## grade a sample class, from the lessons' sources to its points, in build/demo
	@python -m em_grader.demo

test: $(VENV)/site check  ## run lint and all tests of the library, the lessons, the notebooks and the grading
	@python -m pytest -n 2 --dist worksteal -m slow --ignore tests/hostile --ignore tests/em_grader/demo tests
	@python -m pytest -m slow tests/em_grader/demo
	@python -m pytest -n 2 --dist loadfile --nbval solutions

check: lint  ## run lint and the quick tests, in under two minutes
	@python -m pytest -n 2 --dist worksteal -m "not slow" tests

lint: $(READY)  ## check style, formatting and types without running a test
	@python -m ruff check .
	@python -m ruff format --check .
	@python -m mypy
	@lint-imports

test-hostile: $(READY)  ## test the grader with attacks, damaged notebooks and unusual right answers
	@python -m pytest -n 2 --dist worksteal -m slow --ignore tests/hostile/test_own_suite.py tests/hostile

test-browser: $(VENV)/browser  ## test the site and JupyterLab in Debian's Chromium (some minutes)
	@python -m tests.browser

test-latest:  ## run `make check` with the newest packages, in a fresh environment in build/latest
	@rm -rf build/latest
	@$(MAKE) --no-print-directory VENV=build/latest PINS= check

own-suite: $(READY)  ## run nbgrader's own tests under this course's configuration (slow)
	@python -m pytest -m slow tests/hostile/test_own_suite.py

baseline: $(READY)  ## run the attacks on stock nbgrader too, for docs/attacks.md (as root, half an hour)
	@python -m tests.hostile.baseline

# ---- measurements ----

benchmark: $(READY)  ## compare speed and memory with scikit-learn, in build/benchmark.json
	@python -m tests.benchmarks

benchmark-grading: $(READY)  ## compare grading with stock nbgrader, in build/grading-benchmark.json
	@python -m tests.benchmarks.grading $(LESSON)

coverage: $(READY)  ## measure the lines and branches that tests run; fails under 95 %, ten minutes
	@python -m tests.tools.coverage

mutation: $(READY)  ## change the code and see whether a test fails (FILES=...), some hours
	@python -m tests.tools.mutation $(FILES)

# ---- lessons and site ----

notebooks: $(READY)  ## build the notebooks from solutions/*/*.md (LESSON=03-e-step for one lesson)
	@python -m em_authoring $(LESSON)

wrong-answers: $(READY)  ## try the listed answers on the hidden tests (LESSON=03-e-step for one lesson)
	@python -m em_grader.check_wrong_answers $(LESSON)

release: $(READY)  ## build the students' archive, build/em-course.zip
	@python -m em_authoring.student_archive

site: $(VENV)/site  ## build the public site from the lessons, in build/site
	@rm -rf build/site build/doctrees
	@python -m sphinx -W --keep-going -q -b html -d build/doctrees docs build/site
	@echo "build/site/index.html"

site-instructors: $(VENV)/site  ## build the site with answers and hidden tests, in build/site-instructors
	@rm -rf build/site-instructors build/doctrees
	@python -m sphinx -W --keep-going -q -t instructors -b html -d build/doctrees docs build/$@
	@echo "build/site-instructors/index.html"

lab: $(READY)  ## open the student's JupyterLab on course/
	@cd course && python -m jupyterlab $(ROOT_FLAG)

instructor: $(READY)  ## open the instructor's JupyterLab with Formgrader
	@python -m jupyterlab . $(ROOT_FLAG)

# ---- environment ----

lock: python  ## pin the newest packages that work together, in constraints.txt
	@"$(PYTHON)" -m venv build/lock
	@build/lock/bin/python -m pip install --quiet --disable-pip-version-check --upgrade uv
	@build/lock/bin/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	  --upgrade --strip-extras --no-annotate --no-emit-index-url --quiet \
	  --custom-compile-command "make lock" --output-file constraints.txt

clean:  ## remove what was built, but not the virtual environment
	@rm -rf build

$(READY): pyproject.toml $(filter-out -c,$(PINS))
	@$(MAKE) --no-print-directory python
	@echo "creating $(VENV) and installing the course and its tools (about a minute)"
	@"$(PYTHON)" -m venv $(VENV)
	@$(INSTALL) $(PINS) -e '.[dev]'
	@touch $@

$(VENV)/site: $(READY)
	@$(INSTALL) $(PINS) -e '.[site]'
	@touch $@

$(VENV)/browser: $(READY)
	@$(INSTALL) $(PINS) -e '.[browser]'
	@touch $@

python:
	@command -v "$(PYTHON)" >/dev/null || \
	  { echo "$(PYTHON) was not found: install Python 3.11 or newer, or run make PYTHON=/path/to/python"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than Python 3.11: install a newer one, or run make PYTHON=/path/to/python3.11"; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "$(PYTHON) lacks the venv module: on Debian or Ubuntu, run apt install python3-venv"; exit 1; }
