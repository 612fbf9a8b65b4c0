"""RDF as parsers of other makers read it, each strictly and in a process of its own."""

import subprocess
import sys
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

CLIENTS = Path(__file__).parent / "clients"
TOOLS = Path(__file__).parent.parent / ".venv" / "tools"

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
}
_RAPTOR = {".ttl": "turtle", ".nt": "ntriples", ".rdf": "rdfxml", ".trig": "trig", ".nq": "nquads"}

READS = {
    "raptor": tuple(_RAPTOR),
    "jena": (".ttl", ".nt", ".rdf", ".jsonld", ".trig", ".nq"),
    "node": (".ttl", ".nt", ".jsonld", ".trig", ".nq"),
}
"""The parsers, and the syntaxes that each knows; node's are N3.js and jsonld.js."""


def canonical(quads: Iterable[ox.Quad]) -> set[str]:
    """Name blank nodes as https://www.w3.org/TR/rdf-canon/ does: of isomorphic graphs the same."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def by_oxigraph(path: Path) -> set[str]:
    return canonical(ox.parse(path=str(path), format=FORMATS[path.suffix]))


def read_by(parser: str, files: Sequence[Path], folder: Path) -> dict[Path, set[str]]:
    """Read files by one of READS; what it says about them, warnings too, fails the test."""
    outs = [folder / f"{at}.nq" for at in range(len(files))]
    pairs = [str(path) for path in chain.from_iterable(zip(files, outs, strict=True))]
    if parser == "raptor":
        for path, out in zip(files, outs, strict=True):
            command = ["rapper", "-q", "-i", _RAPTOR[path.suffix], "-o", "nquads", str(path)]
            out.write_bytes(_said(command))
    elif parser == "jena":
        _said([sys.executable, str(CLIENTS / "jena.py"), str(folder), *pairs])
    else:
        _said(["node", str(CLIENTS / "read.mjs"), str(TOOLS), *pairs])
    return {path: by_oxigraph(out) for path, out in zip(files, outs, strict=True)}


def _said(command: list[str]) -> bytes:
    done = subprocess.run(command, capture_output=True, check=False)
    assert not done.stderr, done.stderr.decode()[:2000]
    assert done.returncode == 0
    return done.stdout
