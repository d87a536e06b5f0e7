# Two commands do all the set-up on a fresh machine: `make chat` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check --no-input

.PHONY: install chat test check format screenshots

# torch first and alone: a range would let another release, with gigabytes of GPU libraries, in.
install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -c constraints.txt torch
	$(PIP) install -c constraints.txt --editable '.[eval,ocr,dev]'
	touch $@

chat: install
	$(BIN)/tiaowen sync corpus
	$(BIN)/tiaowen chat

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: check
	scripts/install-browser
	$(BIN)/pytest

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: install
	scripts/install-browser
	$(BIN)/python scripts/screenshots
	$(BIN)/python scripts/eval-screenshot
