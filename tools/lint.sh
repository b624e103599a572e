#!/usr/bin/env bash
# Every linter, all of them even when one complains; ends with an error if any did.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.tools/bin:$PATH"
export TRAZA_HOME=${TRAZA_HOME:-$(mktemp -d)} DJANGO_SETTINGS_MODULE=traza.settings
failed=0
check() {
    local name=$1; shift
    local output
    if output=$("$@" 2>&1); then
        echo "✓ $name"
    else
        echo "✗ $name"; echo "$output" | tail -n 60; failed=1
    fi
}
check "ruff (lint)" .venv/bin/ruff check .
check "ruff (formato)" .venv/bin/ruff format --check .
check "mypy" .venv/bin/mypy
check "import-linter" .venv/bin/lint-imports
check "djlint" .venv/bin/djlint --lint --quiet src/traza
check "uv.lock al día" uv lock --check
check "migraciones al día" .venv/bin/traza makemigrations --check --dry-run
exit $failed
