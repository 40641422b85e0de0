# Every target is one Python command, which README.md gives for machines without make.

PYTHON ?= python3
LESSON ?=
BIN := .venv/bin
# JupyterLab asks for it where the user is root, as in a container
ROOT_FLAG := $(if $(filter 0,$(shell id -u)),--allow-root)
READY := .venv/installed
# so that `python` is the one in .venv
export PATH := $(CURDIR)/$(BIN):$(PATH)


.PHONY: help demo test test-browser test-hostile own-suite baseline check benchmark benchmark-grading coverage mutation notebooks site site-instructors release lab instructor attempts clean python
.DEFAULT_GOAL := help

help:  ## say what each target does
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 26

demo: $(READY)  ## take a sample class from the lessons' sources to its grades, in build/demo
	@python -m em_helpers.grading.demo

test: .venv/site check  ## run everything: style, library, lessons, notebooks, grading
	@python -m pytest -n 2 --dist worksteal -m slow --ignore tests/hostile --ignore tests/grading/test_demo.py tests
	@python -m pytest -m slow tests/grading/test_demo.py
	@python -m pytest -n 2 --dist loadfile --nbval solutions

test-hostile: $(READY)  ## attacks on the grader, broken notebooks, right answers in odd styles
	@python -m pytest -n 2 --dist worksteal -m slow --ignore tests/hostile/test_own_suite.py tests/hostile

own-suite: $(READY)  ## nbgrader's own tests under this course's configuration; takes long
	@python -m pytest -m slow tests/hostile/test_own_suite.py

baseline: $(READY)  ## every attack on nbgrader as it comes as well, in docs/attacks.md (as root, half an hour)
	@python -m tests.hostile.baseline

check: $(READY)  ## style and the quick tests, in under two minutes
	@python -m ruff check .
	@python -m ruff format --check .
	@python -m mypy
	@python -m pytest -n 2 --dist worksteal -m "not slow" tests

test-browser: .venv/browser  ## the site and JupyterLab in Debian's Chromium, some minutes
	@python -m tests.browser

benchmark: $(READY)  ## speed and memory beside scikit-learn, in build/benchmark.json, some minutes
	@python -m tests.benchmarks

benchmark-grading: $(READY)  ## grading beside stock nbgrader, in build/grading-benchmark.json, some minutes
	@python -m tests.benchmarks.grading $(LESSON)

coverage: $(READY)  ## which lines and branches the tests run; fails under 95 %, ten minutes
	@python -m pip install --quiet --disable-pip-version-check -e '.[coverage]'
	@python -m tests.coverage

mutation: $(READY)  ## see whether the library's tests notice changed code (FILES=...), some hours
	@python -m pip install --quiet --disable-pip-version-check -e '.[mutation]'
	@python -m tests.mutation $(FILES)

notebooks: $(READY)  ## build the notebooks from solutions/*/*.md (LESSON=03-e-step for one)
	@python -m em_helpers.authoring $(LESSON)

site: .venv/site  ## build the public site from the lessons, in build/site
	@rm -rf build/site build/doctrees
	@python -m sphinx -W --keep-going -q -b html -d build/doctrees docs build/site
	@echo "build/site/index.html"

site-instructors: .venv/site  ## the site with answers and hidden tests, in build/site-instructors
	@rm -rf build/site-instructors build/doctrees
	@python -m sphinx -W --keep-going -q -t instructors -b html -d build/doctrees docs build/$@
	@echo "build/site-instructors/index.html"

release: $(READY)  ## the students' archive, build/em-course.zip
	@python -m em_helpers.authoring.archive

attempts: $(READY)  ## try every attempt against its hidden test (LESSON=03-e-step)
	@python -m em_helpers.grading.trial $(LESSON)

lab: $(READY)  ## the student's JupyterLab, on course/
	@cd course && python -m jupyterlab $(ROOT_FLAG)

instructor: $(READY)  ## the instructor's JupyterLab with Formgrader, at the root
	@python -m jupyterlab . $(ROOT_FLAG)

clean:  ## remove what was built, not the virtual environment
	@rm -rf build

$(READY): pyproject.toml
	@$(MAKE) --no-print-directory python
	@echo "making .venv and installing the course and its tools (about a minute)"
	@"$(PYTHON)" -m venv .venv
	@python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

.venv/site: $(READY)
	@python -m pip install --quiet --disable-pip-version-check -e '.[site]'
	@touch $@

.venv/browser: $(READY)
	@python -m pip install --quiet --disable-pip-version-check -e '.[browser]'
	@touch $@

python:
	@command -v "$(PYTHON)" >/dev/null || \
	  { echo "$(PYTHON) was not found: install Python 3.11 or newer, or say make PYTHON=/path/to/python"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than Python 3.11: install a newer one, or say make PYTHON=/path/to/python3.11"; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "$(PYTHON) lacks the venv module: on Debian or Ubuntu, apt install python3-venv"; exit 1; }
