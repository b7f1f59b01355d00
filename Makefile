# Envol. `make help` says what there is.
PYTHON ?= python3
PORT ?= 8000
VENV := var/venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
CODE := config cms challenges badges curation community microblog rulebook tests bench manage.py
export PORT

.DEFAULT_GOAL := help
.PHONY: help run dev test check bench lock messages format browser clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.ready $(MESSAGES) ## The whole platform with demo content, at http://127.0.0.1:8000 (PORT=… changes it)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo
	@$(MANAGE) greet
	@exec $(BIN)/honcho start

dev: $(VENV)/.ready-dev $(MESSAGES) ## The same for developers: debug pages, reload on change
	@DEBUG=1 $(MANAGE) migrate --verbosity 0
	@DEBUG=1 $(MANAGE) load_demo
	@DEBUG=1 $(BIN)/honcho start -f Procfile.dev

test: $(VENV)/.ready-dev $(MESSAGES) browser ## Every test, a real browser included
	$(BIN)/pytest -q -n 2 --dist loadscope --no-loadscope-reorder

check: $(VENV)/.ready-dev $(MESSAGES) ## Style, types, layers, templates, migrations
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/lint-imports
	$(BIN)/mypy $(filter-out tests bench,$(CODE))
	$(BIN)/djlint templates --lint --quiet
	DJANGO_SETTINGS_MODULE=config.settings.test $(MANAGE) check
	DJANGO_SETTINGS_MODULE=config.settings.test $(MANAGE) makemigrations --check --dry-run

bench: $(VENV)/.ready-dev $(MESSAGES) ## Speed, measured: a table, and bench/results/latest.json
	$(BIN)/python -m bench

format: $(VENV)/.ready-dev ## Put the code in order
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

messages: $(VENV)/.ready-dev ## Collect sentences to translate (needs GNU gettext)
	$(MANAGE) makemessages --locale fr --no-location --no-obsolete --ignore var --ignore tests --ignore bench \
		--extension html,txt,py

lock: $(VENV)/.ready-dev ## Pin dependencies anew, with hashes
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		--extra dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock

browser: $(VENV)/.ready-dev
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
		$(BIN)/playwright install chromium

clean: ## Throw away the state folder: database, uploads, environment
	rm -rf var

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Envol needs Python 3.11 or newer; try: make run PYTHON=python3.12"; exit 1; }
	@echo "Making the environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements.lock | $(VENV)/bin/python
	@echo "Installing what Envol is built on (about a minute, once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	@echo "Installing the developers' tools …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

%.mo: %.po $(VENV)/.ready
	@$(BIN)/python -c 'import sys, polib; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])' $< $@
