import subprocess
import sys

import pyoxigraph as ox
import pytest

from migkg import graph, lookup, store
from migkg.describe import Description, describe, triples
from migkg.why import grounding


def migkg(of: graph.Graph, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "migkg", "--graph", of.root, "describe", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def told(opened: ox.Store, thing: str, language: str = "en") -> Description:
    return describe(opened, lookup.resolve(opened, thing, None), language)


def values(description: Description, name: str) -> list[str]:
    return [s.value for s in description.statements if s.property == name]


def test_prospects_is_told_as_document_000_has_it(shipped: ox.Store) -> None:
    found = told(shipped, "PROSPECTS")
    assert found.kinds == ["project"]
    assert values(found, "country") == [
        *("Egypt", "Ethiopia", "Iraq", "Jordan", "Kenya", "Lebanon", "Sudan", "Uganda")
    ]
    assert values(found, "participant") == [
        *("International Finance Corporation", "International Labour Organization"),
        *("United Nations Children's Fund", "United Nations High Commissioner for Refugees"),
        "World Bank",
    ]
    assert values(found, "time frame") == ["1 July 2019 to 30 June 2023"]
    assert len(values(found, "objective")) == 3


@pytest.mark.parametrize("name", ["Jordan", "jordanie", "JOR", "mkd:country-JOR", "400"])
def test_a_thing_goes_by_all_its_names(shipped: ox.Store, name: str) -> None:
    assert told(shipped, name).curie == "mkd:country-JOR"


def test_names_come_in_the_language_asked_for(shipped: ox.Store) -> None:
    found = told(shipped, "Kenya", "fr")
    assert "Afrique subsaharienne" in values(found, "dans la région")
    assert found.kinds == ["pays"]


def test_what_is_stated_has_its_passage_and_what_follows_its_rule(shipped: ox.Store) -> None:
    ground = grounding(shipped, "en")
    for statement in told(shipped, "PROSPECTS").statements:
        why = ground(statement.triple)
        assert {source.code for source in why.sources()} == {"000"}, statement
        assert bool(why.rule) == (statement.property == "participant")
        assert bool(why.rule) != bool(why.supports)


def test_what_follows_is_led_back_to_what_is_said(shipped: ox.Store) -> None:
    """That the ILO is a member follows from a chain, one link of which follows from an inverse."""
    member_of = "Global Skills Partnership"
    [statement] = [s for s in told(shipped, "ILO").statements if s.value == member_of]
    why = grounding(shipped, "en")(statement.triple)
    assert why.rule == "prp-spo2"
    ilo, membership = "International Labour Organization", "ILO in the Global Skills Partnership"
    [link, organization, chain] = why.premises
    assert link.statement == f"{ilo} · membership · {membership}"
    assert link.rule == "prp-inv2"
    assert [premise.statement for premise in link.premises] == [
        f"{membership} · member · {ilo}",
        "membership · owl:inverseOf · member",
    ]
    assert {source.code for source in link.premises[0].sources()} == {"004"}
    assert organization.statement == f"{membership} · organization · {member_of}"
    assert chain.statement == "member of · owl:propertyChainAxiom · (membership, organization)"
    assert chain.files == ["ontology/reused.ttl"]


def test_a_wider_property_does_not_tell_the_same_again(shipped: ox.Store) -> None:
    found = told(shipped, "mkd:project-india-cooperatives-recruitment")
    assert [s.property for s in found.statements if s.value.startswith("Global project")] == [
        "part of"
    ]


def test_things_that_point_to_it_are_told(shipped: ox.Store) -> None:
    names = {s.value for s in told(shipped, "C097").references if s.property == "accompanies"}
    assert names == {"Migration for Employment Recommendation (Revised), 1949 (No. 86)"}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("turtle", ox.RdfFormat.TURTLE),
        ("ntriples", ox.RdfFormat.N_TRIPLES),
        ("rdfxml", ox.RdfFormat.RDF_XML),
        ("jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_rdf_holds_the_thing_with_its_evidence(
    shipped_graph: graph.Graph, shipped: ox.Store, name: str, form: ox.RdfFormat
) -> None:
    done = migkg(shipped_graph, "C143", "-f", name)
    assert done.returncode == 0, done.stderr
    printed = ox.Dataset(ox.Quad(*q.triple) for q in ox.parse(done.stdout, format=form))
    node = lookup.resolve(shipped, "C143", None)
    meant = ox.Dataset(ox.Quad(*t) for t in triples(shipped, node))
    for dataset in (printed, meant):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert printed == meant
    assert any(q.predicate.value.endswith("#passage") for q in meant)


def test_an_ambiguous_or_unknown_name_lists_candidates(shipped_graph: graph.Graph) -> None:
    ambiguous = migkg(shipped_graph, "migrant workers")
    assert ambiguous.returncode == 2
    assert "mkc:population-group-migrant-workers" in ambiguous.stderr
    unknown = migkg(shipped_graph, "Jordn")
    assert unknown.returncode == 2
    assert "mkd:country-JOR" in unknown.stderr
    assert (ambiguous.stdout, unknown.stdout) == ("", "")
    assert ambiguous.stderr.count("\n") == unknown.stderr.count("\n") == 1


def test_why_cites_heading_and_lines_and_names_the_documents(shipped_graph: graph.Graph) -> None:
    done = migkg(shipped_graph, "PROSPECTS", "--why")
    lines = done.stdout.splitlines()
    assert any(
        "000: ILO RESPONSE - REFUGEES / PROSPECTS PARTNERSHIP (lines 444–457)" in x for x in lines
    )
    assert lines[-1].startswith("000: Decent work deficits for labour migrants")


def test_blank_nodes_in_a_circle_are_told_once() -> None:
    opened = ox.Store()
    opened.load(
        b"<http://e/a> <http://e/p> _:x . _:x <http://e/p> _:y . _:y <http://e/p> _:x, _:y .",
        ox.RdfFormat.TURTLE,
    )
    told = list(triples(opened, ox.NamedNode("http://e/a")))
    assert len(told) == 4
    assert {q.triple for q in opened} == set(told)


def test_statements_that_read_the_same_have_an_order(shipped: ox.Store) -> None:
    opened = ox.Store()
    opened.bulk_extend(shipped.quads_for_pattern(None, None, None, None))
    thing = lookup.resolve(opened, "PROSPECTS", None)
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    others = [ox.NamedNode(f"http://example.org/{name}") for name in ("c", "a", "d", "b")]
    for other in others:
        opened.add(ox.Quad(thing, ox.NamedNode("http://example.org/with"), other))
        opened.add(ox.Quad(other, label, ox.Literal("same")))
    same = [s.triple.object for s in describe(opened, thing).statements if s.value == "same"]
    assert same == sorted(others, key=str)


def test_the_default_graph_is_what_is_described(shipped: ox.Store) -> None:
    node = lookup.resolve(shipped, "PROSPECTS", None)
    assert {q.triple for q in shipped.quads_for_pattern(node, None, None, store.ALL)} <= set(
        triples(shipped, node)
    )
