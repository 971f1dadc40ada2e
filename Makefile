# Everything lives in .venv; nothing is installed outside it.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test train evaluate score bench pictures clean
.DELETE_ON_ERROR:

.venv/base: setup.cfg pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/test: .venv/base
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

demo: .venv/base  ## lint the samples; findings are no failure here
	@mkdir -p demo
	@$(BIN)/notelint check samples/notes samples/group-session --plans samples/plans.json --format html --output demo/report.html --fail-level never
	@$(BIN)/notelint check samples/notes/02*.txt --fail-level never
	@echo "The HTML report on all samples: $(CURDIR)/demo/report.html"

test: .venv/test  ## style, types, layers, and all tests with coverage
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term

train: .venv/test  ## samples/corpus → the tagger, its thresholds and its card; five minutes on two cores
	$(BIN)/python -m notelint.training train

evaluate: .venv/base  ## print the model card's tables
	@$(BIN)/python -m notelint.training evaluate

score: .venv/base  ## the shipped model on tests/benchmark/valid, into the card; once per finished model
	@mkdir -p build
	cd tests/benchmark && ../../$(BIN)/python parse_notes.py valid/*.notes > ../../build/valid.jsonl
	cd tests/benchmark && ../../$(BIN)/python score.py --inputs ../../build/valid.jsonl > ../../build/notes.jsonl
	$(BIN)/notelint check --format jsonl --all --fail-level never build/notes.jsonl > build/predictions.jsonl
	cd tests/benchmark && ../../$(BIN)/python score.py ../../build/valid.jsonl ../../build/predictions.jsonl
	cd tests/benchmark && ../../$(BIN)/python score.py --json ../../build/valid.jsonl ../../build/predictions.jsonl > ../../build/scores.json
	$(BIN)/python -m notelint.training record build/scores.json

bench: .venv/test  ## start-up, latency and memory, as ratios
	$(BIN)/python tests/bench/bench.py

pictures: .venv/base  ## the pictures in the README; needs Chromium
	$(BIN)/python tests/pictures/make.py

clean:
	rm -rf .venv demo build dist *.egg-info
