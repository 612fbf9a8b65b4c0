#!/bin/sh
# Runs everything that has to hold: format, lint, types, tests. Sets up what it needs.
set -eu
cd "$(dirname "$0")"

sh setup.sh --editable '.[test]'

if ! command -v java >/dev/null; then # HermiT and the OWL API judge the ontology
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update && apt-get install --yes --no-install-recommends default-jre-headless; } >&2
  else
    echo "please install Java (on Debian: sudo apt-get install default-jre-headless), then call this again" >&2
    exit 1
  fi
fi

.venv/bin/ruff format --check .
.venv/bin/ruff check .
.venv/bin/mypy
.venv/bin/pytest "$@"
