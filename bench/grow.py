"""Writes a graph of about N statements of the shape of the shipped one: to measure with.

.venv/bin/python bench/grow.py N FOLDER [TABLES]
N       statements asserted, such as 1000000
FOLDER  a new folder; ontology/, data/ and queries/ are made in it: migkg --graph FOLDER
TABLES  folder of unhcr_population.csv and country_codes.csv, default: $MIGKG_TABLES, else
        ../shared/tables; where they are not there, a made-up table of their shape takes their place

Half of what is added is observations, of UNHCR's counts of people by origin, asylum and year; the
other half copies of the shipped things that are no figures. The same call writes the same bytes.
"""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from itertools import chain

import pyoxigraph as ox
from copies import copies, schemes, templates
from figures import Block, Observed, country_names, observations, referred_to
from population import TABLE, counts

from migkg import graph
from migkg.namespaces import PREFIXES

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_IN_A_FILE = 900_000  # statements


def grow(statements: int, folder: str, tables: str) -> int:
    """Write the graph; gives how many statements it has."""
    for part in ("ontology", "data", "queries"):
        shutil.copytree(os.path.join(ROOT, part), os.path.join(folder, part))
    of = graph.Graph(folder)
    shipped = graph.data_files(of)
    present = {
        quad.subject.value.rsplit("/", 1)[-1]
        for path in shipped
        for quad in ox.parse(path=path)
        if isinstance(quad.subject, ox.NamedNode)
    }
    written = sum(sum(1 for _ in ox.parse(path=path)) for path in graph.sources(of))
    if statements < written:
        sys.exit(f"the shipped graph has {written} statements already: ask for more")
    counted = counts(tables)
    names = country_names(tables, {code for c in counted for code in (c.origin, c.asylum)})
    observed = Observed(set(), set(), set(), set())
    data = os.path.join(folder, "data", "grown")
    figures = _until(observations(counted, names, observed), (statements - written) // 2)
    written += _write(data, "observations", figures)
    written += _write(data, "observed", referred_to(observed, names, present))
    countries = [f"mkd:country-{code}" for code in sorted({*observed.countries, *_codes(present)})]
    codes = schemes(os.path.join(folder, "ontology", "codes"))
    more = copies(templates(shipped), codes, countries, statements - written)
    return written + _write(data, "things", more)


def _codes(present: set[str]) -> set[str]:
    return {name[8:] for name in present if name.startswith("country-") and len(name) == 11}


def _until(blocks: Iterable[Block], statements: int) -> Iterator[Block]:
    for block in blocks:
        if statements <= 0:
            return
        statements -= block.statements
        yield block
    print(f"grow: {statements} statements short of figures: the table is at its end")


def _write(folder: str, name: str, blocks: Iterator[Block]) -> int:
    os.makedirs(folder, exist_ok=True)
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    total = 0
    for part, first in enumerate(blocks, 1):
        held = 0
        with open(os.path.join(folder, f"{name}-{part:03}.ttl"), "w", encoding="utf-8") as file:
            file.write(prefixes)
            for block in chain((first,), blocks):
                file.write(block.text)
                held += block.statements
                if held >= _IN_A_FILE:
                    break
        total += held
    return total


def main() -> None:
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    default = os.environ.get("MIGKG_TABLES", os.path.join(ROOT, "..", "shared", "tables"))
    tables = sys.argv[3] if len(sys.argv) == 4 else default
    if not os.path.isfile(os.path.join(tables, TABLE)):
        print(f"grow: {tables} has no {TABLE}: a made-up table of its shape is taken")
    print(f"grow: {grow(int(sys.argv[1]), sys.argv[2], tables)} statements in {sys.argv[2]}")


if __name__ == "__main__":
    main()
