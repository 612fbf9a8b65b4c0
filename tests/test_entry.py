"""What an entry says and where each term stands, whoever wrote it how."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from author import Author
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rdflib import RDF, BNode, Literal, URIRef

from migkg.entry.entry import Entry, Written
from migkg.entry.reading import read
from migkg.validation.statements import statements

if TYPE_CHECKING:
    from rdflib.term import Node

ROOT = Path(__file__).parent.parent
FILES = sorted(
    [
        *(ROOT / "tests" / "cases").glob("*/*.ttl"),
        *(ROOT / "data").rglob("*.ttl"),
        *(ROOT / "ontology").rglob("*.ttl"),
    ]
)
E = "http://e/"
HEAD = f"PREFIX : <{E}>\n"


def entry_of(folder: Path, text: str, name: str = "x.ttl") -> Entry:
    path = folder / name
    path.write_bytes(text.encode())
    return read([str(path)])


def placed(entry: Entry) -> dict[str, list[str]]:
    """Where each statement stands: subject, predicate and object as line:column."""
    shown: dict[str, list[str]] = {}
    for statement, places in entry.written.items():
        said = " ".join(re.sub(f"^{E}|^http.*#", ":", str(term)) for term in statement)
        for written in places:
            where = " ".join(f"{place.line}:{place.column}" for place in written)
            shown.setdefault(re.sub(r"\bb[0-9a-f]{16}x", "_:", said), []).append(where)
    return shown


EXAMPLES = {
    "repeated subjects and continuations": (
        ":s :p :a , :b ;\n  :q 1 .\n:s :p :a .",
        {
            ":s :p :a": ["2:1 2:4 2:7", "4:1 4:4 4:7"],
            ":s :p :b": ["2:1 2:4 2:12"],
            ":s :q 1": ["2:1 3:3 3:6"],
        },
    ),
    "a, tabs, comments and prefixes in the midst": (
        ":s\ta\t:T . # :s :p :no .\n@prefix n: <http://e/n/> .\nn:x :p 'x'@en,'y'^^ # why\n:t .",
        {
            ":s :type :T": ["2:1 2:4 2:6"],
            ":n/x :p x": ["4:1 4:5 4:8"],
            ":n/x :p y": ["4:1 4:5 4:15"],
        },
    ),
    "blank nodes in each other": (
        ":s :p [ :q [ :r 1 ] ; :t 2 ] .\n[] :p [] .\n[ :q 3 ] .",
        {
            ":s :p _:1": ["2:1 2:4 2:7"],
            "_:1 :q _:0": ["2:7 2:9 2:12"],
            "_:0 :r 1": ["2:12 2:14 2:17"],
            "_:1 :t 2": ["2:7 2:23 2:26"],
            "_:2 :p _:3": ["3:1 3:4 3:7"],
            "_:4 :q 3": ["4:1 4:3 4:6"],
        },
    ),
    "lists": (
        ":s :p ( 1 [ :q 2 ] ) , () .",
        {
            ":s :p _:0": ["2:1 2:4 2:7"],
            "_:0 :first 1": ["2:7 2:9 2:9"],
            "_:0 :rest _:1": ["2:7 2:11 2:11"],
            "_:1 :first _:2": ["2:11 2:11 2:11"],
            "_:2 :q 2": ["2:11 2:13 2:16"],
            "_:1 :rest :nil": ["2:11 2:20 2:20"],
            ":s :p :nil": ["2:1 2:4 2:24"],
        },
    ),
    "lines of all kinds, and text over several": (
        ':s\r\n:p\r\'\'\'a\r\n\rb\'\'\',\n\n """c\u2028\n"d\\""""@en .',
        {":s :p a\r\n\rb": ["2:1 3:1 4:1"], ':s :p c\u2028\n"d"': ["2:1 3:1 8:2"]},
    ),
    "characters of several bytes": (
        ":é :😀 '😀é\u0301' , :ü .",
        {":é :😀 😀é\u0301": ["2:1 2:4 2:7"], ":é :😀 :ü": ["2:1 2:4 2:15"]},
    ),
    "nothing between": (
        ':s<http://e/p>\'x\'@en,1.5,.5e3,<http://e/\\u0061>;:q"""b""",:c\\(d.<http://e/s>a true.',
        {
            ":s :p x": ["2:1 2:3 2:15"],
            ":s :p 1.5": ["2:1 2:3 2:22"],
            ":s :p .5e3": ["2:1 2:3 2:26"],
            ":s :p :a": ["2:1 2:3 2:31"],
            ":s :q b": ["2:1 2:49 2:51"],
            ":s :q :c(d": ["2:1 2:49 2:59"],
            ":s :type true": ["2:65 2:77 2:79"],
        },
    ),
}


@pytest.mark.parametrize(("text", "expected"), EXAMPLES.values(), ids=EXAMPLES)
def test_each_term_stands_where_it_was_written(
    tmp_path: Path, text: str, expected: dict[str, list[str]]
) -> None:
    assert placed(entry_of(tmp_path, HEAD + text)) == expected


def spelled(term: Node, prefixes: dict[str, str]) -> tuple[str, ...]:
    """The ways in which the files of this repository begin a term."""
    if isinstance(term, BNode):
        return ("[", "_:")
    if isinstance(term, Literal):
        return ('"', str(term))
    assert isinstance(term, URIRef)
    short = [f"{p}:{term[len(ns) :]}" for p, ns in prefixes.items() if term.startswith(ns)]
    return (f"<{term}>", *short, *(["a"] if term == RDF.type else []))


def test_every_file_of_the_graph_and_every_case_is_placed() -> None:
    for path in FILES:
        entry, text = read([str(path)]), path.read_text(encoding="utf-8")
        assert set(entry.statements) == set(statements([str(path)])) == set(entry.written), path
        prefixes = dict(re.findall(r"PREFIX (\S*): <(\S*)>", text))
        lines = text.split("\n")
        for statement, places in entry.written.items():
            for term, at in zip(statement, places[0], strict=True):
                if not {RDF.first, RDF.rest} & set(statement):
                    there = lines[at.line - 1][at.column - 1 :]
                    assert there.startswith((*spelled(term, prefixes), "(")), (path, at)


def canonical(quads: list[ox.Quad]) -> str:
    found = ox.Dataset(ox.Quad(*quad.triple) for quad in quads)
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(map(str, found)))


def of_rdflib(found: rdflib.Graph) -> str:
    return canonical(list(ox.parse(found.serialize(format="nt"), ox.RdfFormat.N_TRIPLES)))


def test_another_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    for path in FILES:
        by_rdflib = rdflib.Graph().parse(path)
        assert of_rdflib(read([str(path)]).statements) == of_rdflib(by_rdflib), path


@pytest.mark.parametrize("ending", ["ttl", "trig"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(seed=st.integers(0))
def test_whatever_is_written_how_stands_where_it_was_put(
    tmp_path: Path, ending: str, seed: int
) -> None:
    author = Author(Random(seed), graphs=ending == "trig")
    assume(author.said)
    path = tmp_path / f"x.{ending}"
    path.write_bytes("".join(author.parts).encode())
    entry = read([str(path)])
    written = {places: said for said, all_ in entry.written.items() for places in all_}
    expected = {
        Written(*(at._replace(file=str(path)) for at in places)): said
        for said, places in author.said
    }
    assert written.keys() == expected.keys()
    same: dict[Node, Node] = {}
    for places, said in expected.items():
        for ours, theirs in zip(said, written[places], strict=True):
            if isinstance(ours, BNode):
                assert isinstance(theirs, BNode)
                assert same.setdefault(ours, theirs) == theirs
            else:
                assert ours == theirs
    assert len(set(same.values())) == len(same)
