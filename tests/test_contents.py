"""A store that is brought up to date holds what one made anew holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from migkg import contents, graph

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ONTOLOGY = """
:Cooperative rdfs:subClassOf :Organization . :within a owl:TransitiveProperty .
:within rdfs:range :Place . :holds owl:inverseOf :within . :near rdfs:subPropertyOf :linked .
"""
PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
STATEMENTS = [
    *(f":{a} :within :{b}" for a in "abc" for b in "bcd" if a != b),
    *(":b :holds :a", ":d :holds :c", ":a a :Place", ":a a :Organization", ":a a :Cooperative"),
    *(":a :near [ :within :b ]", ":a :near [ :within :c ] , [ a :Cooperative ]", ":a :linked :b"),
    *(":a :count 007", ":a :count 7", ":a :count 7.0", ":c :near :a", ":c :linked :a"),
]
file = st.one_of(st.none(), st.lists(st.sampled_from(STATEMENTS), max_size=5))
states = st.lists(
    st.fixed_dictionaries({"data/one.ttl": file, "data/two.ttl": file, "ontology/more.ttl": file}),
    min_size=2,
    max_size=4,
)


def quiet(_: str) -> None:
    pass


def write(folder: Path, state: dict[str, list[str] | None]) -> list[str]:
    """Write a state of the sources; the paths that changed."""
    changed = []
    for name, statements in state.items():
        path = folder / name
        before = path.read_text() if path.exists() else None
        if statements is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(PREFIXES + "".join(f"{statement} .\n" for statement in statements))
        if before != (path.read_text() if path.exists() else None):
            changed.append(str(path))
    return changed


@settings(max_examples=80, deadline=None)
@given(states)
def test_a_store_brought_up_to_date_is_one_made_anew(
    tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, list[str] | None]]
) -> None:
    folder = tmp_path_factory.mktemp("graph")
    for name in ("data", "ontology"):
        (folder / name).mkdir()
    of = graph.Graph(str(folder))
    (folder / "ontology" / "terms.ttl").write_text(PREFIXES + ONTOLOGY)
    write(folder, states[0])
    kept = ox.Store()
    contents.fill(kept, of, graph.sources(of), quiet)
    for state in states[1:]:
        changed = write(folder, state)
        contents.update(kept, of, graph.sources(of), changed, quiet)
        anew = ox.Store()
        contents.fill(anew, of, graph.sources(of), quiet)
        assert set(kept) == set(anew)
