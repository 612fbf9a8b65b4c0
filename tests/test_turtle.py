"""Canonical Turtle: the same statements are the same bytes, and none is lost or changed."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from migkg import turtle
from migkg.errors import InputError
from migkg.namespaces import PREFIXES

XSD = PREFIXES["xsd"]
RDF = PREFIXES["rdf"]
NAMES = [
    *("https://w3id.org/migkg/id/country-JOR", "https://w3id.org/migkg/id/", PREFIXES["skos"]),
    *("https://w3id.org/migkg/ontology#a.b", "https://w3id.org/migkg/ontology#ends.in."),
    *("https://w3id.org/migkg/id/a/b", "https://w3id.org/migkg/id/caf\u00e9", "http://e/%41(b)"),
    *("http://other.example/x-1", "http://other.example/\u00b5", "http://other.example/xy"),
    *("http://other.example/x#1", "http://other.example/x#", "urn:x:1", f"{RDF}type"),
    *(f"{RDF}first", f"{RDF}rest", f"{RDF}nil", "http://www.w3.org/2000/01/rdf-schema#Class"),
]
LEXICAL = {
    "integer": ["01", "1", "+1", "-0", "many", ""],
    "decimal": ["1.0", "1.", "01.50", ".5", "1", "-0.000000010", "-0.0"],
    "double": ["1.23456789e0", "1E5", "INF", "1.0", ".5e-3"],
    "boolean": ["true", "1", "TRUE"],
    "dateTime": ["2021-01-01T00:00:00+00:00", "2021-01-01T00:00:00Z"],
    "gYear": ["2018"],
    "string": ["a"],
    "float": ["1.10"],
}
NESTED = b"PREFIX o: <http://other.example/> PREFIX ox: <http://other.example/x>\n"
PIECES = ["a", "\u00e9", '"', '""', '"""', "'", "\\", "\n", "\r", "\t", " ", "#", "\u00a0", "\x01"]

iris = st.sampled_from(NAMES).map(ox.NamedNode)
blanks = st.sampled_from("abcdef").map(ox.BlankNode)
strings = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
literals = st.one_of(
    strings.map(ox.Literal),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag), strings, st.sampled_from(["en", "fr-ca"])
    ),
    st.sampled_from(sorted(LEXICAL)).flatmap(
        lambda name: st.sampled_from(LEXICAL[name]).map(
            lambda text: ox.Literal(text, datatype=ox.NamedNode(XSD + name))
        )
    ),
)
triples = st.builds(ox.Triple, st.one_of(iris, blanks), iris, st.one_of(iris, blanks, literals))
lists = st.lists(triples, max_size=12, unique=True)


def of_list(items: Sequence[ox.NamedNode | ox.Literal]) -> list[ox.Triple]:
    """A list of items as statements, from a thing to it."""
    cells = [ox.BlankNode(f"cell{at}") for at in range(len(items))]
    nodes: list[ox.NamedNode | ox.BlankNode] = [*cells, ox.NamedNode(RDF + "nil")]
    found = [ox.Triple(ox.NamedNode("urn:x:list"), ox.NamedNode("urn:x:p"), nodes[0])]
    for at, item in enumerate(items):
        found.append(ox.Triple(cells[at], ox.NamedNode(RDF + "first"), item))
        found.append(ox.Triple(cells[at], ox.NamedNode(RDF + "rest"), nodes[at + 1]))
    return found


def ntriples(statements: list[ox.Triple]) -> bytes:
    return "".join(f"{statement} .\n" for statement in statements).encode()


def meaning(text: bytes | str) -> set[str]:
    """The statements of a Turtle document, blank nodes named after what is said of them."""
    quads = ox.parse(text, ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    found = ox.Dataset(ox.Quad(*quad.triple) for quad in quads)
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in found}


@given(lists, st.lists(st.one_of(iris, literals), max_size=4).map(of_list), st.randoms())
@settings(max_examples=200, deadline=None)
def test_canonical_form_says_the_same_and_is_one(
    some: list[ox.Triple], more: list[ox.Triple], random: Random
) -> None:
    statements = [*some, *more]
    text = turtle.canonical(NESTED + ntriples(statements))
    assert meaning(text) == meaning(ntriples(statements))
    assert turtle.canonical(text.encode()) == text
    body = text.rpartition("PREFIX ")[2].partition("\n")[2]
    assert all(f"{name}:" in body for name in turtle.declared(text.encode()))
    assert not any(line != line.rstrip() for line in text.split("\n"))
    random.shuffle(statements)
    letters = list("abcdef")
    random.shuffle(letters)
    renamed = ntriples(statements).decode()
    for old, new in zip("abcdef", letters, strict=True):
        renamed = renamed.replace(f"_:{old} ", f"_:other{new} ")
    assert turtle.canonical(NESTED + renamed.encode()) == text


@given(lists)
@settings(max_examples=60, deadline=None)
def test_rdflib_reads_the_same_statements(some: list[ox.Triple]) -> None:
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        ours = rdflib.Graph().parse(data=turtle.canonical(ntriples(some)), format="turtle")
        theirs = rdflib.Graph().parse(data=ntriples(some), format="nt")
    finally:
        rdflib.NORMALIZE_LITERALS = before
    assert isomorphic(ours, theirs)


DOCUMENT = b"""\xef\xbb\xbf# a comment
@prefix z: <http://unused.example/> .
PREFIX other: <http://other.example/> PREFIX again: <http://other.example/>
PREFIX country: <https://w3id.org/migkg/id/> PREFIX mk: <http://not.ours.example/>
country:b mk:p other:y , "b" , "a"@fr , "a"@en , 2 , 1.50 ; a other:X .
country:a mk:p country:b , [ mk:p "x" ] , ( 1 [ a mk:B ] ) .
"""


def test_form() -> None:
    assert (
        turtle.canonical(DOCUMENT)
        == """\
PREFIX mkd: <https://w3id.org/migkg/id/>
PREFIX again: <http://other.example/>

mkd:a
    <http://not.ours.example/p>
        [
            <http://not.ours.example/p> "x" ;
        ] ,
        (
            1
            [
                a <http://not.ours.example/B> ;
            ]
        ) ,
        mkd:b ;
.

mkd:b
    a again:X ;
    <http://not.ours.example/p>
        again:y ,
        1.50 ,
        2 ,
        "b" ,
        "a"@en ,
        "a"@fr ;
.
""".replace(
            "PREFIX mkd: <https://w3id.org/migkg/id/>\nPREFIX again: <http://other.example/>",
            "PREFIX again: <http://other.example/>\nPREFIX mkd: <https://w3id.org/migkg/id/>",
        )
    )


def test_form_does_not_depend_on_the_run(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes(DOCUMENT)
    code = f"from migkg import turtle; print(turtle.canonical(open({str(file)!r}, 'rb').read()))"
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(texts) == 1


@pytest.mark.parametrize(("opening", "closing"), [("[ <urn:p> ", " ]"), ("( ", " )")])
def test_deep_nesting_is_written(opening: str, closing: str) -> None:
    text = f"<urn:a> <urn:p> {opening * 200} 1 {closing * 200} ."
    written = turtle.canonical(text.encode())
    assert meaning(written) == meaning(text)
    assert turtle.canonical(written.encode()) == written


@pytest.mark.parametrize(
    "statements",
    [
        "_:a :first 1 ; :rest _:c . _:b :first 2 ; :rest _:c . _:c :first 3 ; :rest () .",
        "<urn:a> <urn:p> _:a . _:a :first 1 ; :rest _:b . _:b :first 2 ; :rest _:c . "
        "_:c :first 3 ; :rest _:b .",
        "<urn:a> <urn:p> [ :first 1 , 2 ] .",
        "<urn:a> <urn:p> [ :first 1 ; :rest <urn:b> ] . <urn:b> :first 2 ; :rest () .",
        "<urn:a> <urn:p> [ :first 1 ; :rest () , () ; <urn:q> 2 ] .",
        "<urn:a> <urn:p> [ :first [] ; :rest [] ] .",
        '<urn:a> <urn:p> "\\n\\\\\\"" , "\\n\\"" , "\\"\\"\\"\\"\\n" , "\\n \\n" .',
        '<urn:a> <urn:p> "Infinity"^^<http://www.w3.org/2001/XMLSchema#double> .',
        "<urn:a> :nil () . () <urn:p> <urn:a> .",
        "<urn:a> <urn:p> [ :first 1 ; :rest () ] . () :first 2 .",
    ],
)
def test_what_rdflib_would_lose_is_kept(statements: str) -> None:
    text = f"PREFIX : <{RDF}>\n{statements}"
    written = turtle.canonical(text.encode())
    assert meaning(written) == meaning(text)
    assert turtle.canonical(written.encode()) == written


def test_what_is_no_turtle_is_refused() -> None:
    with pytest.raises(SyntaxError):
        turtle.canonical(b"<urn:a> <urn:b> .")
    with pytest.raises(InputError, match=r"RDF 1\.2"):
        turtle.canonical(b"<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> .")
    with pytest.raises(InputError, match=r"RDF 1\.2"):
        turtle.canonical(b'<urn:a> <urn:b> "c"@en--ltr .')


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('<urn:a#b> <urn:c> "#" , """\n# "no" \\""" comment""" , \'#\' , \'\'\'#\n\'#\'\'\' .', 0),
        ("PREFIX e: <urn:e>\ne:a e:b\\#c e:d .", 0),
        ("<urn:a> <urn:b> <urn:c> . # at the end", 1),
        ("<urn:a> <urn:b> <urn:c> .\r\n\r\n# alone", 3),
        ("PREFIX e: <urn:e#>\ne:a e:b 'it''' , e:c#comment\n .", 2),
        ("<urn:a> <urn:b> \"it's\" . #'", 1),
        ('<urn:a> <urn:b> """a\\\\""" . # c', 1),
    ],
)
def test_comments_are_told_from_strings_and_iris(text: str, line: int) -> None:
    content = text.replace("'it'''", "'it' , ''").encode()
    list(ox.parse(content, ox.RdfFormat.TURTLE))
    assert turtle.commented(content) == line


def test_declared_prefixes() -> None:
    assert turtle.declared(DOCUMENT)["country"] == "https://w3id.org/migkg/id/"
