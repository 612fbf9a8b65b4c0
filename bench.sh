#!/bin/sh
# Runs the benchmarks, in under ten minutes: sh bench.sh. bench/README.md says what each measures.
# MIGKG_BENCH names a folder for the graphs and stores that is kept; without it they are removed.
set -eu
cd "$(dirname "$0")"
if [ -z "${MIGKG_BENCH:-}" ]; then
  MIGKG_BENCH=$(mktemp -d)
  trap 'rm -rf "$MIGKG_BENCH"' EXIT
  export MIGKG_BENCH
fi
.venv/bin/python bench/rebuild.py
.venv/bin/python bench/closure.py
.venv/bin/python bench/suite.py
.venv/bin/python bench/query.py
.venv/bin/python bench/query.py 1000000 5
.venv/bin/python bench/export.py 100000 1
