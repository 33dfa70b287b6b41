# Dateline. `make map` draws the sample, `make test` checks everything; `make help` lists the rest.
# On Windows, or without make: see "Without make" in the README.

SHELL := /bin/sh
VENV  := .venv
BIN   := $(VENV)/bin
NAME  := syria-2014-04

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export PIP_NO_INPUT := 1
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help map test test-all lint lint-js types js bench bench-page bench-names bench-weights vendor chromium clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

map: $(VENV)/.installed vendor ## draw seeds/ on maps/syria-2014-04.html
	@mkdir -p maps
	@$(BIN)/geo incidents seeds -q -o maps/$(NAME).geojson
	@$(BIN)/geo map seeds -o maps/$(NAME).html
	@echo "The map:  maps/$(NAME).html (open it in a browser)"
	@echo "Its data: maps/$(NAME).geojson"

test: $(VENV)/.installed-test vendor chromium ## lint, types, unit, browser and wheel checks
	@$(call ALL_CHECKS,-m "not slow")

test-all: $(VENV)/.installed-test vendor chromium ## the same and the slow ones
	@$(call ALL_CHECKS,)

# One failing check does not hide what the others have to say.
ALL_CHECKS = failed=0; $(MAKE) --no-print-directory -k lint types js || failed=1; \
	echo "pytest $(1)"; $(BIN)/python -m pytest $(1) || failed=1; exit $$failed

lint: $(VENV)/.installed-test lint-js ## style
	@echo "ruff check"; $(BIN)/ruff check --quiet --output-format concise . && echo "ruff format --check" && $(BIN)/ruff format --check --output-format concise .

types: $(VENV)/.installed-test ## types, and who may import whom
	@echo "mypy"; $(BIN)/mypy
	@echo "lint-imports"; $(BIN)/lint-imports >$(VENV)/imports.log 2>&1 || { cat $(VENV)/imports.log; exit 1; }

js: $(VENV)/.made ## the page's own functions, where node is at hand
	@if command -v node >/dev/null && ls tests/js/*.test.* >/dev/null 2>&1; then \
	  echo "node --test tests/js"; node --test tests/js/*.test.* >$(VENV)/node.log 2>&1 || { cat $(VENV)/node.log; exit 1; }; \
	else echo "node is not here: the page's functions are tested in the browser only"; fi

# eslint is pinned with its hashes in tests/js/package-lock.json; where npm cannot fetch it the lint is left out, aloud.
ESLINT := tests/js/node_modules/.bin/eslint
lint-js: $(VENV)/.made
	@if ! command -v npm >/dev/null; then echo "npm is not here: the page's script is not linted"; exit 0; fi; \
	if [ ! -x $(ESLINT) ] || [ tests/js/package-lock.json -nt tests/js/node_modules/.package-lock.json ]; then \
	  npm ci --prefix tests/js --ignore-scripts --no-audit --no-fund >$(VENV)/npm.log 2>&1 \
	    || { tail -2 $(VENV)/npm.log; echo "eslint could not be fetched: the page's script is not linted"; exit 0; }; \
	  touch tests/js/node_modules/.package-lock.json; \
	fi; \
	echo "eslint"; $(ESLINT) -c tests/js/eslint.config.js --max-warnings 0 geo/maps/static/app geo/maps/static/guests.js tests/js

# What is measured, and by how much it beats others; slow, and no part of any test. Two benches need data that are not
# in the repository: GEONAMES, a dump of Syria's names (download.geonames.org, SY.zip), and SCENES, sentences with places.
GEONAMES := ../shared/data/gazetteers/SY.txt
SCENES   := ../shared/data/corpora/event_location_dev.jsonl.gz
bench: bench-page bench-names bench-weights ## all benches below; each prints its table

bench-page: $(VENV)/.installed-test vendor chromium ## the page at scale beside folium's own layers
	@echo "The page at scale"; $(BIN)/python tests/bench/page.py

bench-names: $(VENV)/.installed-test ## how often a spelling never seen finds its place
	@if [ -f "$(GEONAMES)" ]; then echo "Spellings never seen"; $(BIN)/python tests/bench/name_keys.py "$(GEONAMES)"; \
	else echo "Spellings are not measured: no $(GEONAMES); say where a dump is with GEONAMES=FILE"; fi

bench-weights: $(VENV)/.installed-test ## how well confidence and the scene of an event are guessed
	@echo "Confidence against hand-coded events"; $(BIN)/python tests/bench/confidence_weights.py \
	  seeds/gold.yaml=seeds/syria-2014-04.txt \
	  geo/data/colombia/sample/gold.yaml=geo/data/colombia/sample/colombia-2002-05.txt=colombia
	@if [ -f "$(SCENES)" ]; then echo "Where the event of a verb happened"; $(BIN)/python tests/bench/scene_weights.py "$(SCENES)"; \
	else echo "Scenes are not measured: no $(SCENES); say where the corpus is with SCENES=FILE"; fi

clean: ## remove what was built, the environment too
	rm -rf $(VENV) build dist geo/maps/static/vendor tests/js/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/.made:
	@for python in "$$PYTHON" python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  [ -n "$$python" ] && command -v "$$python" >/dev/null || continue; \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  "$$python" -m venv $(VENV) >$${TMPDIR:-/tmp}/dateline-venv.$$$$ 2>&1 && rm -f $${TMPDIR:-/tmp}/dateline-venv.$$$$ && touch $@ && exit 0; \
	  cat $${TMPDIR:-/tmp}/dateline-venv.$$$$; rm -f $${TMPDIR:-/tmp}/dateline-venv.$$$$; \
	  echo "$$python cannot make virtual environments (on Debian and Ubuntu: apt-get install python3-venv)" >&2; exit 1; \
	done; \
	echo "Python 3.11 or newer is needed and was not found; install it, or say where it is: make map PYTHON=/path/to/python3" >&2; exit 1

$(VENV)/.installed: $(VENV)/.made pyproject.toml hatch_build.py
	@echo "Installing into $(VENV) (a minute the first time)"
	@$(BIN)/python -m pip install -qq -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.made pyproject.toml hatch_build.py
	@echo "Installing into $(VENV), with what the tests need"
	@$(BIN)/python -m pip install -qq -e '.[test]'
	@touch $@ $(VENV)/.installed

# The page's third-party files; without them the page loads Leaflet from a CDN.
vendor: $(VENV)/.made
	@if command -v npm >/dev/null; then $(BIN)/python geo/maps/vendor.py >$(VENV)/vendor.log 2>&1 || { tail -1 $(VENV)/vendor.log; echo "Without npm's files the page loads Leaflet from a CDN instead of carrying it"; }; \
	elif [ ! -d geo/maps/static/vendor ]; then echo "npm is not here: the page will load Leaflet from a CDN instead of carrying it"; fi

chromium:
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium for the browser tests"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >$(VENV)/apt.log 2>&1 \
	    || { tail -20 $(VENV)/apt.log; echo "Chromium could not be installed; try: apt-get install chromium" >&2; exit 1; }; \
	else echo "The browser tests need Chromium; install it: sudo apt-get install chromium" >&2; exit 1; fi
