"""What an entry says and where each term stands, whoever wrote it how."""

from __future__ import annotations

import io
import re
import sys
import time
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
from migkg.errors import InputError
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
    "comments at the end": (
        ":s :p :a .\n## what :s is\n#\n ## :s :p :no .",
        {":s :p :a": ["2:1 2:4 2:7"]},
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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(seed=st.integers(0))
def test_what_is_garbled_is_refused_at_a_place_or_placed(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    text = "".join(Author(chance, graphs=True).parts)
    for _ in range(chance.randint(1, 3)):
        at, sign = chance.randrange(len(text)), chance.choice(".;,[](){}<>\"'@^ \\:a1_#\n\r%-+eE")
        text = text[:at] + sign * chance.randint(0, 1) + text[at + chance.randint(0, 1) :]
    try:
        entry = entry_of(tmp_path, text, "x.trig")
    except InputError as error:
        told = str(error).removeprefix(f"{tmp_path}/")
    else:
        told = ""
    assert re.fullmatch(r"(x\.trig:(\d+:\d+:| holds) .*)?", told)
    if told:
        return
    starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]
    for statement, places in entry.written.items():
        for written in places:
            for term, at_ in zip(statement, written, strict=True):
                sign = text[starts[at_.line - 1] + at_.column - 1]
                if written.predicate != written.object:  # else of a list
                    assert (sign in "[(_") >= isinstance(term, BNode)
                    assert (sign in "\"'+-.0123456789tf") >= isinstance(term, Literal)
                    assert (sign in "\"'[") <= (not isinstance(term, URIRef))


THING = """:s :p :a , [ :q 007 ; :q "x"@en ] ;
  :n 1 , 02 .
:t :p :old , :s ."""


@pytest.mark.parametrize(
    ("focus", "path", "value", "place"),
    [
        pytest.param(":s", ":p", ":a", "2:7", id="the value where it stands"),
        pytest.param(":s", ":n", "2", "3:10", id="a number that pySHACL writes otherwise"),
        pytest.param(":s", ":p", None, "2:4", id="too many values: the property"),
        pytest.param(":s", ":p", ":b", "2:4", id="a value that is not there: the property"),
        pytest.param(":s", ":more", ":a", "2:7", id="a value of a more special property"),
        pytest.param(":s", ":missing", None, "2:1", id="a missing property: the thing"),
        pytest.param(":s", None, None, "2:1", id="no property: the thing"),
        pytest.param(":s", None, "7", "2:17", id="a value within the thing"),
        pytest.param(":s", "_:path", ":old", "2:1", id="a value that comes from elsewhere"),
        pytest.param(":old", ":p", None, "4:7", id="an old thing: where another refers to it"),
        pytest.param(":old", ":p", ":t", "4:7", id="an old thing, and what refers to it"),
        pytest.param(":none", ":p", ":a", "", id="what the entry does not name"),
        pytest.param("", ":p", ":a", "", id="no thing"),
    ],
)
def test_a_finding_points_to_what_is_wrong(
    tmp_path: Path, focus: str, path: str | None, value: str | None, place: str
) -> None:
    def node(text: str | None) -> Node | None:
        if not text or text.isdigit():
            return Literal(int(text)) if text else None
        return BNode(text[2:]) if text.startswith("_") else URIRef(E + text[1:])

    found = entry_of(tmp_path, HEAD + THING).place(node(focus), node(path), node(value))
    assert (f"{found.line}:{found.column}" if found else "") == place


def test_a_repeated_statement_is_pointed_to_where_it_stands_first(tmp_path: Path) -> None:
    (tmp_path / "b.ttl").write_text(HEAD + "\n\n\n:s :p :a .")
    (tmp_path / "a.ttl").write_text(HEAD + "\n\n:s :p :a .\n:s :p :a .")
    files = [str(tmp_path / name) for name in ("b.ttl", "a.ttl")]
    entry = read(files)
    assert entry.files == tuple(files)
    assert len(entry.statements) == 1
    assert len(entry.written[URIRef(E + "s"), URIRef(E + "p"), URIRef(E + "a")]) == 3
    place = entry.place(URIRef(E + "s"), URIRef(E + "p"), URIRef(E + "a"))
    assert str(place) == f"{files[0]}:5:7"


def test_blank_nodes_of_two_files_stay_apart_and_a_file_is_read_once(tmp_path: Path) -> None:
    text = HEAD + "_:n :p _:n , [] ."
    one, two, link = (str(tmp_path / name) for name in ("one.ttl", "two.ttl", "link.ttl"))
    for path in (one, two):
        Path(path).write_text(text)
    Path(link).symlink_to(one)
    assert len(read([one, two]).statements) == 4
    assert read([one, link, one]).files == (one,)
    assert len(read([one, link, one]).statements) == 2


SAME = {
    "turtle": HEAD + ":s :p 'é'@fr , :o .",
    "trig": "GRAPH <http://g/> { <http://e/s> <http://e/p> 'é'@fr }\n"
    "{<http://e/s><http://e/p><http://e/o>}",
    "ntriples": '<http://e/s> <http://e/p> "\\u00E9"@fr .\n'
    "<http://e/s> <http://e/p> <http://e/o> .",
    "nquads": '<http://e/s> <http://e/p> "é"@fr <http://g/> .\n'
    "<http://e/s> <http://e/p> <http://e/o> _:g .",
    "jsonld": '{"@context": {"e": "http://e/"}, "e:ref": [],\n "@id": "e:s",\n'
    ' "e:p": [{"@value": "é", "@language": "fr"}, {"@id": "e:o"}]}',
    "rdfxml": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://e/">\n\n'
    '  <r:Description r:about="http://e/s"><p xml:lang="fr">é</p>'
    '<p r:resource="http://e/o"/></r:Description>\n</r:RDF>',
}
ENDINGS = {"turtle": "TTL", "ntriples": "nt", "nquads": "nq", "trig": "trig", "jsonld": "json"}


@pytest.mark.parametrize("syntax", SAME)
def test_every_syntax_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, syntax: str
) -> None:
    entry = entry_of(tmp_path, SAME[syntax], f"x.{ENDINGS.get(syntax, 'owl')}")
    expected = entry_of(tmp_path, SAME["turtle"]).statements
    assert set(entry.statements) == set(expected)
    subject = URIRef(E + "s")
    where = {"turtle": (2, 1), "trig": (1, 21), "jsonld": (2, 9), "rdfxml": (3, 3)}
    at = entry.read_from[subject]
    assert (at.line, at.column) == where.get(syntax, (1, 1))
    assert bool(entry.written) == (syntax not in {"jsonld", "rdfxml"})
    assert entry.place(subject, URIRef(E + "p"), URIRef(E + "o"))

    piped = io.TextIOWrapper(io.BytesIO(SAME[syntax].encode()))
    monkeypatch.setattr(sys, "stdin", piped)
    entry = read(["-"], None if syntax == "turtle" else syntax)
    assert set(entry.statements) == set(expected)
    assert str(entry.read_from[subject]) == f"-:{at.line}:{at.column}"


def test_many_statements_about_one_thing_are_read_quickly(tmp_path: Path) -> None:
    text = HEAD + ":s\n" + "".join(f"  :p{n % 50} 'text {n}'@en ;\n" for n in range(20_000)) + " ."
    started = time.process_time()
    entry = entry_of(tmp_path, text)
    assert time.process_time() - started < 20_000 * 200e-6  # measured: 30e-6 each
    assert entry.written.keys() == set(entry.statements)
    started = time.process_time()
    for n in range(0, 20_000, 20):
        place = entry.place(
            URIRef(E + "s"), URIRef(f"{E}p{n % 50}"), Literal(f"text {n}", lang="en")
        )
        assert place
        assert place.line == n + 3
    assert time.process_time() - started < 2
