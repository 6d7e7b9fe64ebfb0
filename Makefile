# Two commands need nothing before them: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
PIP = $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check --quiet

# development articles that are only ever scored as figures
HELD_OUT := 03 06 09 12 15 18 21 24
HELD_OUT_ZH := 03 06 08 10

.DEFAULT_GOAL := help
.PHONY: help dev demo test lint check eval calibrate bench model lock wheel clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: dev  ## set up and run the main job on seeds/
	mkdir -p out
	$(BIN)/hkcrypto extract seeds -o out/seeds.jsonl
	$(BIN)/hkcrypto summary out/seeds.jsonl --no-documents

test: lint  ## set up, lint, check types and run the tests
	$(BIN)/python -m pytest

check: dev  ## compare the seeds with the baseline, and the scores with their floors
	$(BIN)/hkcrypto check seeds --baseline tests/baseline.jsonl --gold tests/articles/dev --floors tests/floors.yaml

eval: dev  ## the scores on all gold: seeds, development and held-out articles, other writers, the bank of sentences
	$(BIN)/hkcrypto evaluate tests/gold/seeds seeds
	$(BIN)/hkcrypto evaluate tests/articles/dev --language en $(foreach n,$(HELD_OUT),--exclude dev-$(n))
	$(BIN)/hkcrypto evaluate tests/articles/dev --language en $(foreach n,$(HELD_OUT),--only dev-$(n))
	$(BIN)/hkcrypto evaluate tests/articles/fresh
	$(BIN)/hkcrypto evaluate tests/articles/zh $(foreach n,$(HELD_OUT_ZH),--exclude zh-$(n))
	$(BIN)/hkcrypto evaluate tests/articles/zh $(foreach n,$(HELD_OUT_ZH),--only zh-$(n))
	$(foreach half,dev held,$(BIN)/hkcrypto evaluate tests/bank/$(half) && $(BIN)/hkcrypto evaluate tests/bank/$(half) --given-entities &&) true
	$(BIN)/hkcrypto evaluate tests/bank/cooccurrence.yaml
	$(BIN)/hkcrypto evaluate tests/bank/held --recall
	$(BIN)/hkcrypto evaluate tests/articles/dev --given-entities --language en

calibrate: dev  ## measure confidences on open gold, check them on the held, and draw docs/confidence.svg
	$(BIN)/python -m hkcrypto.calibrate tests/articles/dev tests/articles/fresh tests/bank/dev \
		$(addprefix models/proposer/sentences/,desks.yaml features.yaml) $(foreach n,$(HELD_OUT),--exclude dev-$(n))
	$(BIN)/python -m hkcrypto.calibrate --check tests/articles/dev tests/bank/held $(foreach n,$(HELD_OUT),--only dev-$(n))
	$(BIN)/python -m tests.benchmarks.confidence

bench: dev  ## what the parts of the pipeline and a large knowledge base cost
	$(BIN)/python -m tests.benchmarks.parts
	$(BIN)/python -m tests.benchmarks.aliases

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

dev: .venv/.installed

# --without-pip: Debian's Python has no ensurepip; pip installs from outside instead
.venv/.installed: requirements.lock pyproject.toml hatch_build.py
	test -x $(BIN)/python || $(PYTHON) -m venv --without-pip .venv
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

model: dev  ## assemble models/hk_news/pipeline
	$(BIN)/python -m hkcrypto.assemble

lock: dev  ## renew requirements.lock
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe \
		--no-emit-index-url --no-emit-find-links --extra dev -o requirements.lock pyproject.toml

wheel: dev  ## build the wheel and try it in an empty environment
	$(BIN)/python -m build --wheel --no-isolation --outdir dist
	rm -rf build/wheel && $(PYTHON) -m venv --without-pip build/wheel
	$(PYTHON) -m pip --python build/wheel/bin/python install --quiet dist/*.whl
	cd build && echo "The SFC has licensed OSL." | wheel/bin/hkcrypto extract -

clean:  ## remove what was made
	rm -rf .venv out build dist models/*/pipeline .mypy_cache .pytest_cache .ruff_cache .hypothesis
