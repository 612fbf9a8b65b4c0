"""The dumps say what the graph says, in every syntax, and to every parser."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsers import FORMATS, READS, by_oxigraph, canonical, read_by

from migkg import graph, store
from migkg.errors import InputError
from migkg.export import dumps, jsonld, lines
from migkg.export.readable import write_trig, write_turtle
from migkg.export.site import Site, Version
from migkg.progress import unseen
from migkg.results import rdfxml
from migkg.terms import quad

ROOT = Path(__file__).parent.parent
PARTS = {
    "ontology": "ontology/*.ttl",
    "codes": "ontology/codes/*.ttl",
    "alignments": "ontology/alignments/*.ttl",
    "shapes": "ontology/shapes/*.ttl",
    "data": "data/**/*.ttl",
}

HOSTILE = """
PREFIX ex: <https://example.org/>
PREFIX mk: <https://w3id.org/migkg/ontology#>
PREFIX mkd: <https://w3id.org/migkg/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
ex:code rdfs:subPropertyOf ex:name .
ex:knows owl:inverseOf ex:knownBy .
mkd:a ex:code "01"^^xsd:integer , "1"^^xsd:integer , 1.50 , 1 , -0 , 1e3 , true , "1"^^xsd:boolean ,
    "2020-01-01T00:00:00+00:00"^^xsd:dateTime , "a"^^ex:type , "{}"^^rdf:JSON ;
    rdfs:label "a\\r\\nb\\t\\u0085\\u2028 \\"'''\\"\\"\\" \\\\ ]]> <&amp; </script>" , " x " , "" ,
        "x"@en , "x"@EN-gb , "@id" , "mk:a" , "_:a" , "\\uFFFC\\U0001F600" ;
    a ex:Thing , <https://example.org/2020> , rdf:li , rdf:Description , <urn:example:a²> ,
        [ a ex:Nameless ] ;
    ex:list ( 1 "2" ( ) ( [ ] <urn:example:x> ) ) , ( ) .
<mk:a> <mk:b> <mk:c> , <schema:x> , <https://w3id.org/migkg/id/> , <https://w3id.org/migkg/id/b.> ;
    <mk:b> <https://w3id.org/migkg/id/c%20(d)~é#/,;'*> , <urn:isbn:0451450523> ,
    <http://[::1]/?a=b&c=%3C> .
mkd:b ex:knows _:shared . mkd:c ex:knows _:shared , [ ex:knows [ ex:knows mkd:b ] ] .
_:shared ex:knows _:round . _:round ex:knows _:trip . _:trip ex:knows _:round .
_:self ex:knows _:self . [] ex:knows mkd:a . _:odd rdf:first 1 ; rdf:rest _:odd .
mkd:d ex:list _:unfinished . _:unfinished rdf:first 1 , 2 ; rdf:rest () .
mkd:d ex:list _:forked . mkd:e ex:list _:forked . _:forked rdf:first 1 ; rdf:rest () .
"""


def export_of(folder: Path, **files: str) -> Path:
    """Write the dumps of a graph that has these files in data/."""
    for name, text in files.items():
        path = folder / "graph" / "data" / f"{name}.ttl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    of = graph.find(str(folder / "graph"), ".")
    opened = store.open_store(of, lambda _note: None)
    (folder / "site").mkdir()
    dumps.write(Site(of, opened, Version("1", "", "", "")), str(folder / "site"), unseen)
    return folder / "site" / "dumps"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Dumps of what writers of RDF are known to get wrong."""
    return export_of(tmp_path_factory.mktemp("hostile"), a=HOSTILE, b=HOSTILE)


@pytest.fixture(scope="module")
def expected(exported: Path, hostile: Path) -> dict[Path, set[str]]:
    """What each dump says, by its path without ending."""
    found = [*(exported / "dumps").rglob("*.n[tq]"), *hostile.rglob("*.n[tq]")]
    return {path.with_suffix(""): by_oxigraph(path) for path in found}


def test_dumps_hold_what_files_and_store_say(
    expected: dict[Path, set[str]], exported: Path, shipped: ox.Store
) -> None:
    whole: list[ox.Quad] = []
    asserted: list[ox.Quad] = []
    for name, pattern in PARTS.items():
        found: list[ox.Quad] = []
        for path in ROOT.glob(pattern):
            of = ox.NamedNode(f"https://w3id.org/migkg/graph/{path.relative_to(ROOT).as_posix()}")
            parsed = ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE, rename_blank_nodes=True)
            triples = [one.triple for one in parsed]
            found += (ox.Quad(*triple) for triple in triples)
            whole += (quad(triple, of) for triple in triples)
        assert expected[exported / "dumps" / name] == canonical(found), name
        asserted += found if name != "shapes" else []
    assert expected[exported / "dumps" / "asserted"] == canonical(asserted)
    all_graphs = list(ox.parse(path=str(exported / "dumps" / "migkg.nq")))
    assert canonical(q for q in all_graphs if q.graph_name != store.INFERRED) == canonical(whole)
    inferred = list(shipped.quads_for_pattern(None, None, None, store.INFERRED))
    assert {q for q in all_graphs if q.graph_name == store.INFERRED} == set(inferred)
    of_names = (q for q in inferred if isinstance(q.subject, ox.NamedNode))
    assert expected[exported / "dumps" / "inferred"] == {str(q.triple) for q in of_names}


def test_every_syntax_says_the_same(expected: dict[Path, set[str]]) -> None:
    for stem, said in expected.items():
        for ending in (".trig",) if stem.name == "migkg" else (".ttl", ".rdf", ".jsonld"):
            assert by_oxigraph(stem.with_name(f"{stem.name}{ending}")) == said, (stem, ending)


@pytest.mark.parametrize("parser", READS)
def test_strict_parsers_of_other_makers_read_the_same(
    parser: str, expected: dict[Path, set[str]], tmp_path: Path
) -> None:
    files = [
        path
        for stem in expected
        for ending in READS[parser]
        if (path := stem.with_name(f"{stem.name}{ending}")).exists()
    ]
    read = read_by(parser, files, tmp_path)
    assert len(read) > 40
    for path, said in read.items():
        wanted = expected[path.with_suffix("")]
        if parser == "node" and path.suffix == ".jsonld":
            # jsonld.js writes doubles as it likes: https://github.com/digitalbazaar/jsonld.js
            wanted = {statement.replace('"1e3"', '"1.0E3"') for statement in wanted}
        assert said == wanted, path


def test_literals_stay_as_the_sources_write_them(hostile: Path) -> None:
    for name, prop in (("data", "code"), ("inferred", "name")):
        said = (hostile / f"{name}.nt").read_text(encoding="utf-8")
        for form in ('"01"', '"1"', '"1.50"', '"-0"', '"1e3"', '"2020-01-01T00:00:00+00:00"'):
            assert f"<https://w3id.org/migkg/id/a> <https://example.org/{prop}> {form}" in said


def test_turtle_is_laid_out_for_people(hostile: Path, exported: Path) -> None:
    text = (exported / "dumps" / "data.ttl").read_text(encoding="utf-8")
    assert (
        """
mkd:activity-prospects-tool-adaptation
    a mk:Activity ;
    rdfs:label "Adaptation of ILO tools on developing cooperatives and self-help organizations"@en ;
    mk:activityType mkc:activity-type-tool-adaptation ;
    mk:evidence
        [
            mk:passage mkd:passage-000-refugees-approach ;
            mk:supports mk:partOf ;
        ] ,
"""
        in text
    )
    things = [line for line in text.splitlines() if line[:4] == "mkd:"]
    assert things == sorted(things, key="{}>".format)
    assert "_:" not in text
    assert "[]\n    a ex:Nameless" not in (hostile / "data.ttl").read_text(encoding="utf-8")


def test_n_triples_are_sorted_and_large_files_lie_beside_their_compressed_forms(
    exported: Path,
) -> None:
    for path in (exported / "dumps").rglob("*.nt"):
        said = path.read_text(encoding="utf-8").split("\n")[:-1]
        assert said == sorted(set(said))
    files = [path for path in (exported / "dumps").rglob("*.*") if path.suffix != ".gz"]
    for path in files:
        beside = path.with_name(f"{path.name}.gz")
        assert beside.exists() is (path.stat().st_size > 100_000), path
        if beside.exists():
            assert gzip.decompress(beside.read_bytes()) == path.read_bytes()
            assert beside.read_bytes()[4:8] == bytes(4)  # the time


def test_a_data_set_can_be_harvested_alone(exported: Path) -> None:
    name = "dataset-governance-slides"
    of = ox.NamedNode(f"https://w3id.org/migkg/id/{name}")
    alone, asserted = (
        {one.triple for one in ox.parse(path=str(exported / "dumps" / f"{path}.nt"))}
        for path in (f"datasets/{name}", "asserted")
    )
    member = ox.NamedNode("http://purl.org/linked-data/cube#dataSet")
    observations = {t.subject for t in asserted if t.predicate == member and t.object == of}
    assert observations == {t.subject for t in alone if t.predicate == member}
    things = {of, *observations}
    assert {t for t in asserted if t.subject in things} == {t for t in alone if t.subject in things}
    assert alone < asserted


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            "mkd:x <https://example.org/2020/> 1 .",
            "mkd:x: RDF/XML cannot hold the property <https://example.org/2020/>",
        ),
        (
            "mkd:x <http://www.w3.org/1999/02/22-rdf-syntax-ns#li> 1 .",
            "mkd:x: RDF/XML cannot hold the property <http://www.w3.org/1999/02/22-rdf-syntax-ns#li>",
        ),
        (
            'mkd:x skos:note "a\\u0001" .',
            "mkd:x: the value of skos:note has the character U+0001, which RDF/XML cannot hold",
        ),
    ],
)
def test_what_a_syntax_cannot_hold_is_told(tmp_path: Path, said: str, message: str) -> None:
    prefixes = "PREFIX mkd: <https://w3id.org/migkg/id/>\n"
    prefixes += "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
    with pytest.raises(InputError) as caught:
        export_of(tmp_path, a=prefixes + said.replace("\\\\", "\\"))
    assert str(caught.value).startswith(message)


def test_terms_of_rdf_1_2_are_refused() -> None:
    thing, prop = ox.NamedNode("urn:example:a"), ox.NamedNode("urn:example:p")
    about = ox.Triple(thing, prop, thing)
    directed = ox.Literal("a", language="ar", direction=ox.BaseDirection.RTL)
    for value, what in ((about, "a triple as a term"), (directed, "text with a direction")):
        with pytest.raises(InputError, match=f"^<urn:example:a>: {what}"):
            lines.line(ox.Triple(thing, prop, value))


# each maker's zlib has its own idea of how well to compress
ANOTHER_ZLIB = """
import zlib
maker, shrink = zlib.compressobj, zlib.compress
zlib.compressobj = lambda level=-1, *more, **named: maker(1, *more, **named)
zlib.compress = lambda data, *_, **named: shrink(data, 1, **named)
"""


def test_an_export_is_the_same_bytes_wherever_and_whenever_it_is_made(
    exported: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "elsewhere" / "graph of another"
    for part in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / part, copy / part)
    (tmp_path / "sitecustomize.py").write_text(ANOTHER_ZLIB, encoding="utf-8")
    command = [sys.executable, "-m", "migkg", "--graph", str(copy), "export", str(tmp_path / "x")]
    command += ["--base-url", "https://portal.example/migkg/"]
    command += ["--endpoint", "https://portal.example/sparql"]
    subprocess.run(
        command,
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONHASHSEED": "42",
            "TZ": "Pacific/Apia",
            "LC_ALL": "C",
            "PYTHONPATH": str(tmp_path),
        },
        check=True,
        capture_output=True,
    )
    made = {path.relative_to(exported): path.read_bytes() for path in _files(exported)}
    again = {path.relative_to(tmp_path / "x"): path.read_bytes() for path in _files(tmp_path / "x")}
    assert made.keys() == again.keys()
    assert [name for name, content in made.items() if again[name] != content] == []


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_more_lines_than_memory_is_to_hold_are_sorted_as_well(tmp_path: Path) -> None:
    given = [f"{number % 700}\n" for number in range(1000)]
    assert list(lines.distinct(iter(given), str(tmp_path), at_once=64)) == sorted(set(given))
    assert list(lines.distinct([], str(tmp_path))) == []
    assert list(tmp_path.iterdir()) == []


NODES = st.sampled_from([ox.BlankNode(name) for name in "abcde"] + [ox.NamedNode("urn:x")])
LISTED = [
    ox.NamedNode(f"http://www.w3.org/1999/02/22-rdf-syntax-ns#{n}") for n in ("first", "rest")
]
NIL = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil")
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=4)
TRIPLES = st.builds(
    ox.Triple,
    NODES,
    st.sampled_from([*LISTED, ox.NamedNode("urn:p"), ox.NamedNode("https://schema.org/name")]),
    NODES | st.just(NIL) | st.builds(ox.Literal, TEXTS | st.sampled_from(["\r", "\n\t", " "])),
)


@settings(deadline=None, max_examples=150)
@given(st.sets(TRIPLES, max_size=14), st.sets(TRIPLES, max_size=4))
def test_any_graph_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, triples: set[ox.Triple], others: set[ox.Triple]
) -> None:
    folder = str(tmp_path_factory.getbasetemp())
    ordered = sorted(triples, key=lines.line)
    said = canonical(ox.Quad(*triple) for triple in triples)
    for ending, write in _writers(ordered, folder).items():
        write(out := BytesIO())
        assert canonical(ox.parse(out.getvalue(), FORMATS[ending])) == said, ending
    graphs = {"urn:g": ordered, "urn:h": sorted(others, key=lines.line)}
    shared = _blank(triples) & _blank(others)
    read = [(name, graphs[name].copy) for name in graphs]
    write_trig(read, shared, out := BytesIO(), folder)
    quads = (quad(t, ox.NamedNode(name)) for name, said in graphs.items() for t in said)
    assert canonical(ox.parse(out.getvalue(), ox.RdfFormat.TRIG)) == canonical(quads)


def _writers(ordered: list[ox.Triple], folder: str) -> dict[str, Callable[[BytesIO], None]]:
    return {
        ".ttl": lambda out: write_turtle(lambda: ordered, out, folder),
        ".jsonld": lambda out: jsonld.write(map(lines.line, ordered), ordered, out),
        ".rdf": lambda out: rdfxml.write(ordered, out),
    }


def _blank(triples: set[ox.Triple]) -> set[ox.BlankNode]:
    terms = {term for triple in triples for term in (triple.subject, triple.object)}
    return {term for term in terms if isinstance(term, ox.BlankNode)}


def test_chains_of_any_length_are_written(tmp_path: Path) -> None:
    chain: list[ox.NamedNode | ox.BlankNode]
    chain = [ox.NamedNode("urn:x"), *(ox.BlankNode(f"b{at:05}") for at in range(3000))]
    triples = [ox.Triple(one, LISTED[1], other) for one, other in pairwise(chain)]
    write_turtle(lambda: triples, out := BytesIO(), str(tmp_path))
    read = {one.subject: one.object for one in ox.parse(out.getvalue(), ox.RdfFormat.TURTLE)}
    node: object = chain[0]
    for _ in triples:  # one after the other, as they were
        node = read.pop(node)
    assert not read


def test_json_ld_says_of_what_class_a_thing_is_where_programs_look(exported: Path) -> None:
    read = json.loads((exported / "dumps" / "codes.jsonld").read_bytes())
    scheme = next(node for node in read["@graph"] if node["@id"] == "mkc:unit")
    assert scheme["@type"] == ["skos:ConceptScheme"]
