"""Every name of the graph has files of its own, on every file system."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from migkg import graph
from migkg.export.naming import FOLDERS, paths
from migkg.namespaces import MK, MKC, MKD, MKSH

NAMES = st.text(
    st.sampled_from("aAbBéÉßİ-_.~%/#?:&'\"<>|\\* \n\u0301\U0001f600")
    | st.characters(codec="utf-8"),
    min_size=1,
    max_size=200,
)


@given(st.sets(st.builds(str.__add__, st.sampled_from([MK, MKC, MKD, MKSH]), NAMES)))
@example({MKD + "a", MKD + "A", MKD + "a~", MKD + "a%7E", MKD + "index", MKD + "CON", MKD + "."})
@example({MKD + "x" * 300, MKD + "x" * 300 + "y", MKD + "é" * 60, MKD + "e\u0301" * 60})
@example({MKD + "a", MKD + "a.fr", MKD + "a.fr.html", MKC + "a", MKSH + "../id/a"})
def test_no_two_names_share_a_file_and_every_file_system_takes_it(iris: set[str]) -> None:
    found = paths(iris)
    assert found.keys() == iris
    assert len({path.lower() for path in found.values()}) == len(iris)
    for iri, path in found.items():
        folder, _, name = path.partition("/")
        assert iri.startswith({folder: namespace for namespace, folder in FOLDERS.items()}[folder])
        assert re.fullmatch(r"[A-Za-z0-9_~-]{1,140}", name), name
        assert name.lower() not in ("index", "con", "nul", "com1")


@given(st.sets(st.builds(str.__add__, st.sampled_from([MK, MKD]), NAMES)), NAMES)
def test_the_file_of_a_name_stays_when_others_come(iris: set[str], name: str) -> None:
    before, after = paths(iris), paths(iris | {MKD + name})
    alone = {iri: paths([iri])[iri].lower() for iri in (*iris, MKD + name)}
    alike = {iri for iri in iris if alone[iri] == alone[MKD + name]}
    assert {iri for iri in iris if before[iri] != after[iri]} <= alike


def test_names_of_others_have_no_files() -> None:
    assert paths(["https://example.org/id/a", MKD, "urn:x"]) == {}


def test_the_files_of_the_shipped_graph_are_called_as_its_names(shipped_graph: graph.Graph) -> None:
    subjects = {
        triple.subject.value
        for path in graph.sources(shipped_graph) + graph.shape_files(shipped_graph)
        for triple in graph.read(path)
        if not isinstance(triple.subject, type(triple))
    }
    found = paths(subjects)
    assert len(found) > 1_000
    lower = [iri.lower() for iri in found]
    for iri, path in found.items():
        name, file = re.split("[/#]", iri)[-1], path.partition("/")[2]
        assert file == name or (file.startswith(f"{name}~") and lower.count(iri.lower()) > 1)


def test_of_a_class_and_a_property_of_the_same_name_the_property_has_it() -> None:
    found = paths([MK + "CountryGroup", MK + "countryGroup", MK + "Country"])
    assert found[MK + "countryGroup"] == "ontology/countryGroup"
    assert found[MK + "Country"] == "ontology/Country"
    assert re.fullmatch("ontology/CountryGroup~[0-9a-f]{8}", found[MK + "CountryGroup"])
