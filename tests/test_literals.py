"""Literals leave as they were written, not as a store has them."""

from pathlib import Path

import pyoxigraph as ox

from migkg import graph, store
from migkg.export.literals import as_written

SOURCE = """
PREFIX ex: <https://example.org/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
ex:code rdfs:subPropertyOf ex:name .
ex:a ex:code "01"^^xsd:integer , "1"^^xsd:integer .
ex:b ex:code "1"^^xsd:integer , "1.50"^^xsd:decimal .
ex:c ex:code "2020-01-01T00:00:00+00:00"^^xsd:dateTime , "01" , "01"@en .
"""


def test_what_the_store_holds_is_written_as_the_sources_have_it(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.ttl").write_text(SOURCE, encoding="utf-8")
    of = graph.find(str(tmp_path), ".")
    opened = store.open_store(of, lambda _note: None)
    written = as_written(of)
    for name, prop in ((store.ASSERTED, "code"), (store.INFERRED, "name")):
        stored = opened.quads_for_pattern(
            None, ox.NamedNode(f"https://example.org/{prop}"), None, name
        )
        told = {triple for quad in stored for triple in written(quad.triple)}
        assert told == {
            ox.Triple(t.subject, ox.NamedNode(f"https://example.org/{prop}"), t.object)
            for t in ox.parse(SOURCE, ox.RdfFormat.TURTLE)
            if t.predicate.value == "https://example.org/code"
        }
