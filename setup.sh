#!/bin/sh
# Makes the virtual environment .venv and installs migkg into it: sh setup.sh [what pip installs, default: .]
# Needs Python 3.11 or later; PYTHON names another one than python3.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
  echo "migkg needs Python 3.11 or later; set PYTHON to one: PYTHON=python3.12 sh setup.sh" >&2
  exit 1
}

debian() { # installs a Debian package where it may, names it where it may not
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update && apt-get install --yes --no-install-recommends "$1"; } >&2
  else
    echo "please install $1 (on Debian: sudo apt-get install $1), then call this again" >&2
    exit 1
  fi
}

base='import sys; print(sys.base_prefix, sys.version)'
if ! [ -x .venv/bin/pip ] || [ "$("$python" -c "$base")" != "$(.venv/bin/python -c "$base")" ]; then
  # Debian's own Pythons make environments only with a package of their own
  "$python" -c 'import ensurepip' 2>/dev/null || debian "$(basename "$python")-venv"
  "$python" -m venv --clear .venv
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check "${@:-.}"
