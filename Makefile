# Two commands matter: `make run` and `make test`. Stamps in .cache/stamps keep a second run fast and offline.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help

export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1
STAMPS := .cache/stamps
PYTHON := $(STAMPS)/python
NODE := $(STAMPS)/node
WEB := $(STAMPS)/web
SYSTEM_RUN := $(STAMPS)/system-run
SYSTEM_TEST := $(STAMPS)/system-test
SOURCES := $(shell find frontend/src frontend/public -type f 2>/dev/null | sed 's/ /\\ /g')
WEB_FILES := $(wildcard frontend/*.html frontend/*.ts frontend/*.js frontend/*.mjs frontend/*.cjs frontend/*.json)

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-8s %s\n", $$1, $$2}'

# --- The two commands ---------------------------------------------------------------------------------------

.PHONY: run
run: $(SYSTEM_RUN) build ## install, build and start Plano with its demonstration, until Ctrl-C
	@exec plano serve --demo

.PHONY: test
test: $(SYSTEM_TEST) $(PYTHON) $(NODE) ## install, then run every check and every test
	@exec tools/run-tests

# --- Parts ---------------------------------------------------------------------------------------------------

.PHONY: build
build: $(WEB) ## build the web client when its sources changed

.PHONY: lint
lint: $(PYTHON) $(NODE) ## style, types, layers, generated files
	@exec tools/lint

.PHONY: format
format: $(PYTHON) $(NODE) ## rewrite Python and TypeScript in the house style
	@ruff check --quiet --fix-only --config backend/pyproject.toml backend tools/*.py e2e bench 2>/dev/null || true
	ruff format --quiet --config backend/pyproject.toml backend
	cd frontend && npm run --silent format --if-present

.PHONY: api
api: $(PYTHON) $(NODE) ## regenerate frontend/openapi.json and the types made from it
	@flock .cache/api.lock tools/generate-api

.PHONY: docs
docs: $(PYTHON) ## regenerate docs/configuration.md
	@python tools/configuration_page.py > docs/configuration.md

.PHONY: lock
lock: $(PYTHON) ## recompute the locked Python requirements (needs uv on PATH)
	@cd backend/requirements
	uv pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 base.in -o base.txt
	uv pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 -c base.txt dev.in -o dev.txt

.PHONY: clean
clean: ## remove what was installed and built; PLANO_DATA stays
	@rm -rf .venv .cache frontend/node_modules frontend/dist backend/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Stamps --------------------------------------------------------------------------------------------------

$(SYSTEM_RUN): tools/system-packages
	@mkdir -p $(STAMPS)
	tools/system-packages --optional janus
	touch $@

$(SYSTEM_TEST): tools/system-packages Makefile
	@mkdir -p $(STAMPS)
	tools/system-packages chromium janus iproute2 litmus cadaver rclone fonts-dejavu-core clamav-daemon tesseract-ocr tesseract-ocr-fra ffmpeg redis-server nginx-light \
		libreoffice-core-nogui libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui
	touch $@

$(PYTHON): backend/requirements/dev.txt backend/pyproject.toml tools/install-python
	@mkdir -p $(STAMPS)
	flock .cache/python.lock tools/install-python
	touch $@

$(NODE): frontend/package.json frontend/package-lock.json $(PYTHON)
	@mkdir -p $(STAMPS)
	flock .cache/node.lock tools/install-node
	touch $@

$(WEB): $(NODE) $(SOURCES) $(WEB_FILES)
	@mkdir -p $(STAMPS)
	echo "Building the web client…"
	cd frontend && npm run --silent build
	touch ../$@
