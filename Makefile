# Two commands matter: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
LIBRETRANSLATE := .venv-libretranslate
ASSETS := $(BIN)/python -m welcome.cli.assets
COMPILE := uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes \
	--no-emit-index-url --no-annotate --no-header --quiet
SLOW := browser or postgresql or slow
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/*.po)
EXTRACT := $(BIN)/pybabel -q extract -k mark -k lazy_gettext -k _l --no-wrap --sort-by-file \
	--add-location=file --omit-header --ignore-dirs '.* node_modules instance'
UPDATE := $(BIN)/pybabel -q update -d translations --no-wrap --no-fuzzy-matching \
	--ignore-pot-creation-date

COMPILED := $(CATALOGUES:.po=.mo)
STAMP := translations/.compiled
READY := $(BIN)/.ready
DRESSED := $(BIN)/.dressed
TRAINED_WITH := .venv-models/.ready
SAMPLE := welcome/web/static/vendor/govuk.css
DRESSED_FROM := package-lock.json welcome/web/static/vendor.sha256 welcome/editions/print/fonts.sha256 \
	$(wildcard welcome/web/styles/* content/*/pack.toml)

.NOTPARALLEL:
.PHONY: help run demo test check faults soak libretranslate prepared lock models assets catalogues phrases format clean always

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-15s%s\n", $$1, $$2 }' Makefile

run: $(READY) $(DRESSED) $(STAMP) ## Set up, then serve the demonstration and say where (stop with Ctrl-C)
	@$(BIN)/welcome up

demo: $(READY) $(STAMP) ## Load the demonstration pack and cast into instance/
	@$(BIN)/welcome demo

# Done once, and again when what they are made from changes: a second start should not
# have to ask two programs whether there is anything to do.
$(READY): requirements.txt bootstrap.py
	@$(PYTHON) bootstrap.py
	@touch $@

$(DRESSED): $(READY) $(DRESSED_FROM) $(if $(wildcard $(SAMPLE)),,always)
	@$(ASSETS) fetch
	@touch $@

test: ## Everything: check, then the browser, PostgreSQL and slow tests
	@$(PYTHON) bootstrap.py --test
	@$(ASSETS) fetch --locales all --keep
	@$(MAKE) --no-print-directory check
	$(BIN)/pytest -m "postgresql and not browser" -n 2
	$(BIN)/pytest -m "(browser or slow) and not postgresql"

check: prepared catalogues ## Format, lint, types, import contract, fast tests (after `make test` once)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -m "not ($(SLOW))" -n 2

# AGPL, and with an old Flask: in an environment of its own, started as a program of its
# own. onnx is for the splitter that our packages lack and it would fetch.
libretranslate: prepared ## Try the engine of that name on a real server (650 MB, not part of the tests)
	@test -x $(LIBRETRANSLATE)/bin/libretranslate || { $(PYTHON) -m venv $(LIBRETRANSLATE) && \
		$(LIBRETRANSLATE)/bin/pip install --quiet --disable-pip-version-check libretranslate==1.9.6 onnx; }
	$(BIN)/pytest tests/optional/libretranslate.py

faults: prepared catalogues ## Kill, fill, lock and stop everything (FAULTS_KILLS=320 FAULTS_SEED=…, an hour)
	FAULTS_KILLS=$${FAULTS_KILLS:-320} $(BIN)/pytest tests/faults --deselect tests/faults/test_soak.py

soak: prepared catalogues ## Have everybody at work for half an hour (SOAK_SECONDS=1800)
	SOAK_SECONDS=$${SOAK_SECONDS:-1800} $(BIN)/pytest tests/faults/test_soak.py

prepared:
	@test -x $(BIN)/pytest || { echo "Nothing is set up for tests here. Run: make test"; exit 1; }

catalogues: $(STAMP) ## Compile the catalogues if one changed

# All in one run: starting the tool takes longer than its work.
$(STAMP): $(CATALOGUES) $(if $(filter-out $(wildcard $(COMPILED)),$(COMPILED)),always)
	@$(BIN)/pybabel -q compile -d translations -D "messages readers"
	@touch $@

phrases: ## Extract the phrases and bring every catalogue up to date
	$(EXTRACT) -F pyproject.toml -o translations/messages.pot .
	$(EXTRACT) -F translations/readers.toml -o translations/readers.pot .
	$(UPDATE) -D messages -i translations/messages.pot
	$(UPDATE) -D readers -i translations/readers.pot
	rm translations/messages.pot translations/readers.pot

assets: ## Fetch, build and check the third-party files of pages and print
	@$(PYTHON) bootstrap.py
	@$(ASSETS) fetch

format: ## Put the code in the one format
	$(BIN)/ruff format
	$(BIN)/ruff check --fix-only

# Locks name no host: hashes find the same file at any registry. npm writes addresses of
# its own into the lock (funding), which nothing reads.
lock: ## Compile the locked lists anew (needs uv and npm), then pin the assets
	$(COMPILE) --upgrade -o requirements.txt
	$(COMPILE) --upgrade --group test -o requirements-test.txt
	npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved
	$(PYTHON) -c 'import json; from pathlib import Path; p = Path("package-lock.json"); \
	lock = json.loads(p.read_text("utf-8")); \
	[entry.pop("funding", None) for entry in lock["packages"].values()]; \
	p.write_text(json.dumps(lock, indent=2) + "\n", "utf-8")'
	$(PYTHON) bootstrap.py --test
	$(ASSETS) pin

models: $(TRAINED_WITH) ## Train the tiny translation packages of content/models anew (needs torch, 20 minutes)
	.venv-models/bin/python -m tests.models.train --out content/models

$(TRAINED_WITH): tests/models/requirements.txt
	$(PYTHON) -m venv .venv-models
	.venv-models/bin/pip install --quiet -r $<
	@touch $@

clean: ## Remove what the set-up made; instance/ stays
	rm -rf .venv .venv-models $(LIBRETRANSLATE) node_modules build dist welcome/web/static/vendor \
		welcome/editions/print/fonts .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis translations/.compiled
