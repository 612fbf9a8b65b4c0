"""Recognition: what no shape sees is reported, and what is right is left alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.compare import isomorphic

from migkg import graph
from migkg.entry.entry import Entry
from migkg.entry.place import Place
from migkg.entry.reading import read
from migkg.namespaces import MKSH, PREFIXES, shorten
from migkg.rdflib_terms import statement_of
from migkg.validation import shacl
from migkg.validation.entries import validate_entry
from migkg.validation.recognition import look_alike, unmatched_target, wording
from migkg.validation.recognition import recognize as recognition
from migkg.validation.recognition.joining import joined
from migkg.validation.recognition.known import Around, Known
from migkg.validation.recognition.spelling import nearest, pool, readings
from migkg.validation.statements import statements

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from migkg.rdflib_terms import Statement
    from migkg.validation.finding import Finding, Repair

ROOT = Path(__file__).parent.parent
VALID = sorted((ROOT / "tests" / "cases" / "valid").glob("*.ttl"))
ASKED = sorted((ROOT / "tests" / "cases" / "queries").glob("*.ttl"))
HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
EVIDENCE = "mk:evidence [ mk:passage mkd:passage-000-prospects ] ."


@pytest.fixture(scope="module")
def parts(shipped_graph: graph.Graph) -> dict[str, Graph]:
    """The statements of each file of the graph."""
    return {path: statements([path]) for path in graph.sources(shipped_graph)}


@pytest.fixture(scope="module")
def shapes(shipped_graph: graph.Graph) -> Graph:
    return statements(graph.shape_files(shipped_graph))


@pytest.fixture(scope="module")
def around(parts: dict[str, Graph], shapes: Graph) -> Around:
    whole = Graph(bind_namespaces="none")
    for part in parts.values():
        whole += part
    return Around(whole, shapes, list(parts))


def entry(said: Iterable[Statement], *files: str) -> Entry:
    statements = Graph(bind_namespaces="none")
    statements += said
    return Entry(files, statements, {}, {})


def parsed(text: str) -> list[Statement]:
    return [statement_of(quad.triple) for quad in ox.parse(HEAD + text, ox.RdfFormat.TURTLE)]


def recognized(text: str, around: Around) -> list[Finding]:
    return list(recognition.recognize(Known(entry(parsed(text)), around)))


def short(node: object) -> str:
    return shorten(node) if isinstance(node, URIRef) else str(node)


def alarms(findings: Iterable[Finding]) -> list[str]:
    return [f.message("en") for f in findings if f.severity != "Info"]


@pytest.mark.parametrize("case", [*VALID, *ASKED], ids=lambda case: case.stem)
def test_a_sound_entry_raises_no_alarm(case: Path, around: Around) -> None:
    found = list(recognition.recognize(Known(entry(statements([str(case)]), str(case)), around)))
    assert alarms(found) == []
    assert {f.source for f in found} <= {"recognition/addition"}


def test_a_file_of_the_graph_raises_no_alarm_in_its_own_place(
    parts: dict[str, Graph], shapes: Graph
) -> None:
    said = Counter(statement for part in parts.values() for statement in part)
    rest = Graph(bind_namespaces="none")
    rest += said
    for path, part in parts.items():
        alone = [statement for statement in part if said[statement] == 1]
        for statement in alone:
            rest.remove(statement)
        known = Known(entry(part, path), Around(rest, shapes), part)
        found = list(recognition.recognize(known))
        assert [(path, f.source, f.message("en")) for f in found] == []
        alike = look_alike.find(Known(known.entry, known.around))
        assert [f.message("en") for f in alike] == [], "two things of the graph are taken for one"
        rest += alone


class Case(NamedTuple):
    """What an entry says, and what is found: about what, and what may be meant."""

    said: str
    rule: str
    about: tuple[str, str, str]
    meant: str = ""
    severity: str = "Violation"
    repaired: bool = True


def project(said: str) -> str:
    return f'mkd:project-x a mk:Project ; rdfs:label "An example"@en ; {said} ; {EVIDENCE}'


def country(value: str, meant: str, rule: str = "unknown-reference", said: str = "") -> Case:
    about = ("mkd:project-x", "mk:country", said or value)
    return Case(project(f"mk:country {value}"), rule, about, meant)


def organization(name: str, other: str, tag: str = "en") -> Case:
    return Case(
        f'mkd:organization-x a mk:Organization ; rdfs:label "{name}"@{tag} ; {EVIDENCE}',
        "look-alike",
        ("mkd:organization-x", "rdfs:label", name),
        other,
        "Warning",
        repaired=False,
    )


X = "mkd:project-x"
HTTP = "<http://w3id.org/migkg/id/project-prospects>"
CASES = {
    "class": Case(
        "mkd:x a mk:Cooperatve .",
        "unknown-class",
        ("mkd:x", "rdf:type", "mk:Cooperatve"),
        "mk:Cooperative",
    ),
    "class in French": Case(
        "mkd:x a mk:Projet .", "unknown-class", ("mkd:x", "rdf:type", "mk:Projet"), "mk:Project"
    ),
    "class as text": Case(
        'mkd:x a "organización" .',
        "unknown-class",
        ("mkd:x", "rdf:type", "organización"),
        "mk:Organization",
    ),
    "class of elsewhere": Case(
        "mkd:x a schema:Blog .",
        "unknown-class",
        ("mkd:x", "rdf:type", "schema:Blog"),
        repaired=False,
    ),
    "slash for hash": Case(
        "mkd:x a <https://w3id.org/migkg/ontology/Project> .",
        "unknown-class",
        ("mkd:x", "rdf:type", "<https://w3id.org/migkg/ontology/Project>"),
        "mk:Project",
    ),
    "no hash": Case(
        "mkd:x a <https://w3id.org/migkg/ontologyProject> .",
        "unknown-class",
        ("mkd:x", "rdf:type", "<https://w3id.org/migkg/ontologyProject>"),
        "mk:Project",
    ),
    "http for https": Case(
        "mkd:x a <http://w3id.org/migkg/ontology#Project> .",
        "unknown-class",
        ("mkd:x", "rdf:type", "<http://w3id.org/migkg/ontology#Project>"),
        "mk:Project",
    ),
    "a property as a class": Case(
        "mkd:x a mk:country .", "unknown-class", ("mkd:x", "rdf:type", "mk:country"), "mk:Country"
    ),
    "property": Case(
        project("mk:contry mkd:country-JOR"),
        "unknown-property",
        (X, "mk:contry", "mkd:country-JOR"),
        "mk:country",
    ),
    "property in Spanish": Case(
        project("mk:presupuesto mkd:budget-prospects"),
        "unknown-property",
        (X, "mk:presupuesto", "mkd:budget-prospects"),
        "mk:budget",
    ),
    "property of another namespace": Case(
        project("mk:temporal mkd:period-2018"),
        "unknown-property",
        (X, "mk:temporal", "mkd:period-2018"),
        "dct:temporal",
    ),
    "a class as a property": Case(
        project("mk:Country mkd:country-JOR"),
        "unknown-property",
        (X, "mk:Country", "mkd:country-JOR"),
        "mk:country",
    ),
    "country": country("mkd:country-JRO", "mkd:country-JOR"),
    "country in small letters": country("mkd:country-jor", "mkd:country-JOR"),
    "country by name": country("mkd:country-Jordanie", "mkd:country-JOR"),
    "country unlike any": country("mkd:country-FRA", "")._replace(repaired=False),
    "thing in the wrong namespace": country("mk:country-JOR", "mkd:country-JOR"),
    "thing by http": country("<http://w3id.org/migkg/id/country-JOR>", "mkd:country-JOR"),
    "code": Case(
        project("mk:activityType mkc:activity-type-reserch"),
        "unknown-reference",
        (X, "mk:activityType", "mkc:activity-type-reserch"),
        "mkc:activity-type-research",
    ),
    "property that is supported": Case(
        'mkd:project-x a mk:Project ; rdfs:label "An example"@en ; mk:country mkd:country-JOR ;'
        " mk:evidence [ mk:passage mkd:passage-000-prospects ; mk:supports mk:contry ] .",
        "unknown-reference",
        ("", "mk:supports", "mk:contry"),
        "mk:country",
    ),
    "passage": Case(
        'mkd:project-x a mk:Project ; rdfs:label "An example"@en ;'
        " mk:evidence [ mk:passage mkd:passage-000-prospect ] .",
        "unknown-reference",
        ("", "mk:passage", "mkd:passage-000-prospect"),
        "mkd:passage-000-prospects",
    ),
    "syntax of a fragment": Case(
        "mkd:p a oa:FragmentSelector ; dct:conformsTo <http://tools.ietf.org/rfc/rfc5174> .",
        "unknown-reference",
        ("mkd:p", "dct:conformsTo", "<http://tools.ietf.org/rfc/rfc5174>"),
        "<http://tools.ietf.org/rfc/rfc5147>",
    ),
    "subject": Case(
        "mkd:project-prospect mk:country mkd:country-JOR .",
        "unknown-subject",
        ("mkd:project-prospect", "rdf:type", ""),
        "mkd:project-prospects",
    ),
    "subject unlike any": Case(
        "mkd:zzz mk:country mkd:country-JOR .",
        "unknown-subject",
        ("mkd:zzz", "rdf:type", ""),
        repaired=False,
    ),
    "subject outside": Case(
        '<https://example.org/p> a mk:Project ; rdfs:label "An example"@en .',
        "unknown-subject",
        ("<https://example.org/p>", "", "<https://example.org/p>"),
        repaired=False,
    ),
    "subject by http": Case(
        f"{HTTP} mk:country mkd:country-JOR .",
        "unknown-subject",
        (HTTP, "", HTTP),
        "mkd:project-prospects",
    ),
    "datatype": Case(
        'mkd:period-x a dct:PeriodOfTime ; dcat:startDate "2019-01-01"^^xsd:dat .',
        "unknown-datatype",
        ("mkd:period-x", "dcat:startDate", "2019-01-01"),
        "xsd:date",
    ),
    "region of a language": Case(
        project('skos:altLabel "Example"@en-GB'),
        "unknown-language",
        (X, "skos:altLabel", "Example"),
        severity="Warning",
    ),
    "language": Case(
        project('skos:altLabel "Exemple"@fra'),
        "unknown-language",
        (X, "skos:altLabel", "Exemple"),
        severity="Warning",
    ),
    "language unlike any": Case(
        project('skos:altLabel "Beispiel"@de'),
        "unknown-language",
        (X, "skos:altLabel", "Beispiel"),
        severity="Warning",
        repaired=False,
    ),
    "language like another": Case(
        project('skos:altLabel "مثال"@ar'),
        "unknown-language",
        (X, "skos:altLabel", "مثال"),
        severity="Warning",
        repaired=False,
    ),
    "name for a thing": country('"Jordan"', "mkd:country-JOR", "wrong-kind", "Jordan"),
    "name with a slip": country('"Jordann"@en', "mkd:country-JOR", "wrong-kind", "Jordann"),
    "name in French": country('"jordanie"@fr', "mkd:country-JOR", "wrong-kind", "jordanie"),
    "code for a thing": country('"JOR"', "mkd:country-JOR", "wrong-kind", "JOR"),
    "CURIE as text": country(
        '"mkd:country-JOR"', "mkd:country-JOR", "wrong-kind", "mkd:country-JOR"
    ),
    "IRI as text": country(
        '"https://w3id.org/migkg/id/country-JOR"',
        "mkd:country-JOR",
        "wrong-kind",
        "https://w3id.org/migkg/id/country-JOR",
    ),
    "text unlike any": country('"nowhere"', "", "wrong-kind", "nowhere")._replace(repaired=False),
    "address as text": Case(
        project('foaf:page "https://example.org/"'),
        "wrong-kind",
        (X, "foaf:page", "https://example.org/"),
    ),
    "thing for a number": Case(
        project("mk:territoryCount mkd:country-JOR"),
        "wrong-kind",
        (X, "mk:territoryCount", "mkd:country-JOR"),
        repaired=False,
    ),
    "thing for a label": Case(
        project("skos:altLabel mkd:country-JOR"),
        "wrong-kind",
        (X, "skos:altLabel", "mkd:country-JOR"),
        repaired=False,
    ),
    "number as text": Case(
        'mkd:budget-x a mk:Budget ; mk:amount "500" .',
        "wrong-kind",
        ("mkd:budget-x", "mk:amount", "500"),
    ),
    "year as text": Case(
        'mkd:document-x a mk:Document ; mk:publicationYear "2019" .',
        "wrong-kind",
        ("mkd:document-x", "mk:publicationYear", "2019"),
    ),
    "code as a number": Case(
        "mkd:country-X a mk:Country ; mk:m49Code 999 .",
        "wrong-kind",
        ("mkd:country-X", "mk:m49Code", "999"),
    ),
    "class without a shape": Case(
        f'mkd:organization-x a org:Organization ; rdfs:label "An example"@en ; {EVIDENCE}',
        "unseen",
        ("mkd:organization-x", "rdf:type", "org:Organization"),
        "mk:Organization",
        "Warning",
    ),
    "same name": organization("world bank", "mkd:organization-world-bank"),
    "spelling": organization("International Labor Organisation", "mkd:organization-ilo"),
    "order of words": organization("Organization, International Labour", "mkd:organization-ilo"),
    "articles and case": organization("THE WORLD-BANK", "mkd:organization-world-bank"),
    "legal form": organization("World Bank Ltd.", "mkd:organization-world-bank"),
    "accents": organization("Organizacion Internacional del Trabajo", "mkd:organization-ilo", "es"),
    "acronym": organization("ILO", "mkd:organization-ilo"),
    "acronym in brackets": organization("Labour Office (ILO)", "mkd:organization-ilo"),
    "words as one": organization("Worldbank", "mkd:organization-world-bank"),
    "another class": organization("World Bank", "mkd:organization-world-bank")._replace(
        said=f'mkd:organization-x a mk:Cooperative ; rdfs:label "World Bank"@en ; {EVIDENCE}'
    ),
    "concept": Case(
        'mkc:unit-x a skos:Concept ; skos:prefLabel "Percent"@en ; skos:inScheme mkc:unit .',
        "look-alike",
        ("mkc:unit-x", "skos:prefLabel", "Percent"),
        "mkc:unit-percent",
        "Warning",
        repaired=False,
    ),
    "code of another": Case(
        'mkd:country-X a mk:Country ; rdfs:label "Elsewhere"@en ; mk:isoAlpha3 "JOR" .',
        "look-alike",
        ("mkd:country-X", "mk:isoAlpha3", "JOR"),
        "mkd:country-JOR",
        repaired=False,
    ),
    "match of another": Case(
        'mkd:country-X a mk:Country ; rdfs:label "Elsewhere"@en ; skos:exactMatch wd:Q810 .',
        "look-alike",
        ("mkd:country-X", "skos:exactMatch", "wd:Q810"),
        "mkd:country-JOR",
        repaired=False,
    ),
    "another label": Case(
        'mkd:country-JOR rdfs:label "Jordania"@en .',
        "taken-iri",
        ("mkd:country-JOR", "rdfs:label", "Jordania"),
        repaired=False,
    ),
    "another class of things": Case(
        "mkd:country-JOR a mk:Project .",
        "taken-iri",
        ("mkd:country-JOR", "rdf:type", "mk:Project"),
        repaired=False,
    ),
    "more of a thing": Case(
        "mkd:project-prospects mk:country mkd:country-UKR .",
        "addition",
        ("mkd:project-prospects", "", ""),
        severity="Info",
        repaired=False,
    ),
    "much of what is known": Case(
        "mkd:project-prospects a mk:Project ; mk:country mkd:country-JOR , mkd:country-KEN .",
        "repetition",
        ("mkd:project-prospects", "", ""),
        severity="Info",
    ),
    "what is known": Case(
        "mkd:country-JOR a mk:Country .",
        "repetition",
        ("mkd:country-JOR", "rdf:type", "mk:Country"),
        severity="Info",
    ),
}


def test_a_thing_is_not_meant_by_itself(around: Around) -> None:
    said = (
        "mkc:cooperative-type-worker a skos:Concept ; skos:broader mkc:cooperative-type-workerz ."
    )
    (finding,) = [f for f in recognized(said, around) if f.source.endswith("unknown-reference")]
    assert [short(one) for one in finding.meant] == ["mkc:cooperative-type-workers"]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_not_right_is_found(case: Case, around: Around) -> None:
    found = recognized(case.said, around)
    (finding,) = [f for f in found if f.source == f"recognition/{case.rule}"]
    about = [short(node or "") for node in (finding.focus, finding.path, finding.value)]
    assert [about[0] if case.about[0] else "", *about[1:]] == list(case.about)
    assert [short(node) for node in finding.meant[:1]] == ([case.meant] if case.meant else [])
    assert finding.severity == case.severity
    others = [f.source for f in found if f is not finding and f.severity != "Info"]
    assert others == [], "one mistake, one finding"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_is_said_in_three_languages(case: Case, around: Around) -> None:
    for finding in recognized(case.said, around):
        assert finding.messages.keys() == {"en", "fr", "es"}
        assert len(set(finding.messages.values())) == 3
        for language, question in (("en", "Did you"), ("fr", "Vouliez"), ("es", "¿Quiso")):
            said = finding.message(language)
            assert "{" not in said
            assert all(short(node) in said for node in finding.meant)
            assert question in said or not finding.meant or case.rule == "look-alike"


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.repaired])
def test_a_repair_takes_the_finding_away_and_brings_none(name: str, around: Around) -> None:
    case = CASES[name]
    said = entry(parsed(case.said))
    before = list(recognition.recognize(Known(said, around)))
    (finding,) = [f for f in before if f.source == f"recognition/{case.rule}"]
    assert finding.repair
    after = list(recognition.recognize(Known(repaired(said, finding.repair), around)))
    assert alarms(after) == []


def repaired(said: Entry, repair: Repair) -> Entry:
    assert set(repair.removed) <= set(said.statements)
    return entry([*(set(said.statements) - set(repair.removed)), *repair.added])


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.repaired])
def test_where_nobody_knows_what_is_meant_nothing_is_repaired(name: str, around: Around) -> None:
    case = CASES[name]
    found = [f for f in recognized(case.said, around) if f.source == f"recognition/{case.rule}"]
    assert [finding.repair for finding in found] == [None]


def test_a_value_and_its_evidence_are_repaired_together(around: Around) -> None:
    wrong = (
        'mkd:project-x a mk:Project ; rdfs:label "An example"@en ; mk:contry mkd:country-JRO ;'
        "mk:evidence [ mk:passage mkd:passage-000-prospects ; mk:supports mk:contry ;"
        " mk:value mkd:country-JRO ] ."
    )
    right = Graph()
    right += parsed(wrong.replace("contry", "country").replace("JRO", "JOR"))
    mended = entry(parsed(wrong))
    for source in ("unknown-property", "unknown-reference"):
        found = list(recognition.recognize(Known(mended, around)))
        repair = next(f.repair for f in found if f.source == f"recognition/{source}")
        assert repair
        mended = repaired(mended, repair)
    assert isomorphic(mended.statements, right)


def test_what_an_entry_declares_it_may_use(around: Around) -> None:
    declared = (
        "mk:Raft a owl:Class . mk:floatsOn a owl:ObjectProperty . mkd:raft-a a mk:Raft ;"
        'rdfs:label "A raft"@en ; mk:floatsOn mkd:sea-b . mkd:sea-b a mk:Location .'
    )
    assert [f for f in recognized(declared, around) if "unknown" in f.source] == []
    found = recognized(declared + " mkd:raft-b a mk:Rafft .", around)
    (finding,) = [f for f in found if f.source == "recognition/unknown-class"]
    assert [short(node) for node in finding.meant] == ["mk:Raft"]


def test_of_two_new_things_alike_one_is_told(around: Around) -> None:
    two = "".join(
        f'mkd:organization-{at} a mk:Organization ; rdfs:label "{name}"@en .'
        for at, name in (("x", "Weavers of Irbid"), ("y", "The Weavers, Irbid"))
    )
    (finding,) = [f for f in recognized(two, around) if f.source == "recognition/look-alike"]
    told = [short(node) for node in (finding.focus, *finding.meant)]
    assert told == ["mkd:organization-y", "mkd:organization-x"]


def test_things_of_different_kinds_may_be_called_the_same(around: Around) -> None:
    said = f'mkd:tool-x a mk:Tool ; rdfs:label "World Bank"@en ; {EVIDENCE}'
    assert alarms(recognized(said, around)) == []


def test_what_differs_by_a_number_or_a_short_word_is_not_alike(around: Around) -> None:
    names = ("Weaving, phase 1", "Weaving, phase 2", "ILO in Irbid", "IOM in Irbid")
    said = "".join(
        f'mkd:project-{at} a mk:Project ; rdfs:label "{name}"@en ; {EVIDENCE}'
        for at, name in enumerate(names)
    )
    assert alarms(recognized(said, around)) == []


def test_a_page_of_another_thing_is_told(around: Around) -> None:
    page = "<https://github.com/cran/refugees>"
    said = f'mkd:document-x a mk:Document ; rdfs:label "Another"@en ; foaf:page {page} .'
    (finding,) = [f for f in recognized(said, around) if f.source == "recognition/look-alike"]
    assert (finding.severity, short(finding.value)) == ("Warning", page)


def test_of_a_file_of_the_graph_what_it_said_before_is_left_alone(
    parts: dict[str, Graph], shapes: Graph
) -> None:
    path = next(path for path in parts if path.endswith("/countries.ttl"))
    rest = Graph()
    for other, part in parts.items():
        if other != path:
            rest += part
    jordan = URIRef(PREFIXES["mkd"] + "country-JOR")
    changed = [s for s in parts[path] if s[0] != jordan or s[1] != RDFS.label]
    changed += parsed(
        'mkd:country-JOR rdfs:label "Jordania"@en ; mk:partOf mkd:region-world .'
        'mkd:country-X a mk:Country ; rdfs:label "Lebanon"@en .'
    )
    now = Known(entry(changed, path), Around(rest, shapes, [*parts]), parts[path])
    told = [
        (f.source.removeprefix("recognition/"), short(f.focus), [short(node) for node in f.meant])
        for f in recognition.recognize(now)
    ]
    assert told == [
        ("look-alike", "mkd:country-X", ["mkd:country-LBN"]),
        ("addition", "mkd:country-JOR", []),  # which an alignment tells of
    ]


def test_an_entry_that_no_shape_looks_at_is_told_as_a_whole(around: Around) -> None:
    blind = Around(around.statements, Graph())
    found = recognized(project("mk:territoryCount 2"), blind)
    (finding,) = [f for f in found if f.source == "recognition/unseen"]
    assert (finding.severity, finding.focus) == ("Violation", None)


def test_a_thing_that_no_shape_looks_at_is_told(around: Around) -> None:
    one = Graph()
    one += parsed("mksh:P a sh:NodeShape ; sh:targetClass mk:Project .")
    said = project("mk:territoryCount 2") + ' mkd:tool-x a mk:Tool ; rdfs:label "Another"@en .'
    found = recognized(said, Around(around.statements, one))
    unseen = [(f.severity, short(f.focus)) for f in found if f.source == "recognition/unseen"]
    assert unseen == [("Warning", "mkd:tool-x")]


def test_a_prefix_of_ours_means_ours(around: Around, tmp_path: Path) -> None:
    file = tmp_path / "entry.ttl"
    file.write_bytes(
        b"# PREFIX mkd: <http://nowhere/>\r\n"
        b"PREFIX mk: <https://w3id.org/migkg/ontology#>\r\n"
        b"  @prefix mkd: <https://w3id.org/migkg/ids/> .\r\n"
        b"@prefix dct: <http://purl.org/dc/elements/1.1/> . mkd:x a mk:Project ; dct:x '''\r\n"
        b"@prefix mkc: <http://nowhere/> .'''.\r\n"
    )
    found = list(recognition.recognize(Known(entry(statements([str(file)]), str(file)), around)))
    told = [
        (f.severity, str(f.value), f.place and (f.place.line, f.place.column))
        for f in found
        if f.source == "recognition/prefix"
    ]
    assert told == [("Violation", "mkd", (3, 3)), ("Warning", "dct", (4, 1))]


def test_what_a_shape_says_is_not_said_twice(around: Around) -> None:
    said = 'mkd:project-x a mk:Projct ; rdfs:label "An example"@en ; mk:country "Jordan" .'
    known = Known(entry(parsed(said)), around)
    data = Graph()
    data += around.statements
    data += known.entry.statements
    nodes = {URIRef(PREFIXES["mkd"] + "project-x")}
    judged = shacl.judge(data, around.shapes, nodes, "shipped").findings
    recognized = list(recognition.recognize(known))
    told = joined(judged, recognized, known.sides)
    assert len(told) == len(judged)
    by_shape = {f.source.removeprefix(MKSH): f for f in told}
    named = by_shape["Entry-class"]
    assert named.message("en").startswith("The ontology has no such class: correct its spelling")
    assert named.message("fr").endswith("Vouliez-vous dire projet (mk:Project) ?")
    assert named.repair == next(f for f in recognized if f.path == RDF.type).repair
    assert [short(node) for node in by_shape["Linked-country"].meant] == ["mkd:country-JOR"]


def test_what_recognition_alone_finds_stays(around: Around) -> None:
    known = Known(entry(parsed(CASES["passage"].said)), around)
    recognized = list(recognition.recognize(known))
    assert joined([], recognized, known.sides) == recognized


def test_shapes_that_match_nothing_are_told(around: Around) -> None:
    shapes = Graph()
    shapes += parsed(
        "mksh:A a sh:NodeShape ; sh:targetClass mk:Projct , mk:Project , mk:Treaty ;"
        " sh:targetSubjectsOf mk:contry ; sh:targetNode mkd:country-JOR ."
        "mk:Nothing a sh:NodeShape , owl:Class ."
    )
    told = [
        (f.severity, short(f.path), short(f.value), [short(node) for node in f.meant])
        for f in unmatched_target.find(shapes, around.statements)
    ]
    assert told == [
        ("Info", "sh:targetClass", "mk:Nothing", []),
        ("Info", "sh:targetClass", "mk:Projct", ["mk:Project"]),
        ("Info", "sh:targetSubjectsOf", "mk:contry", ["mk:country"]),
    ]


WORDS = ["Weavers", "Irbid", "Water", "Migration", "Fund", "Office", "Rights"]


@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=5, unique=True), st.randoms())
def test_ways_of_writing_a_name_are_alike(words: list[str], chance: random.Random) -> None:
    name = " ".join(words)
    mixed = chance.sample(words, len(words))
    others = (name.upper(), f"The {name}", ", ".join(mixed), f"{name} (WIW)", f"{name}, Ltd")
    for other in (*others, "".join(words)):
        assert alike(name, other)
    assert not alike(name, f"{name} 2")
    at = chance.randrange(len(mixed))
    typed = [*mixed[:at], mixed[at][:2] + "x" + mixed[at][2:], *mixed[at + 1 :]]
    assert alike(name, " ".join(typed)) == (len(mixed[at]) >= 5)


def alike(one: str, other: str) -> bool:
    (name, *_), (second, *_) = wording.read(one, "en"), wording.read(other, "en")
    assert wording.is_alike(name, second) == wording.is_alike(second, name)
    return wording.is_same(name, second) or wording.is_alike(name, second)


@given(st.text(max_size=20), st.sampled_from(["en", "fr", "es", "de"]))
def test_whatever_a_name_holds_it_is_itself(text: str, language: str) -> None:
    for name in wording.read(text, language):
        assert wording.is_same(name, name)
        assert wording.is_alike(name, name)


@given(st.text(alphabet="abcDE-é/#", min_size=1, max_size=12))
def test_a_term_is_not_its_own_neighbour(local: str) -> None:
    term = URIRef(PREFIXES["mkd"] + local)
    assert term not in nearest(term, [pool([term, URIRef(f"{term}x")])], lambda _: True)


def test_a_name_in_an_iri_is_read_as_words() -> None:
    assert readings("country-JordanRiver") == ["country jordan river", "jordan river", "river"]
    assert readings("sdgTarget2") == ["sdg target 2", "target 2", "2"]


def test_thousands_of_unknown_names_are_all_told(around: Around) -> None:
    said = "".join(f"mkd:x{at} a mk:Kind{at} ; mk:kin{at} mkd:kin{at} ." for at in range(2000))
    found = Counter(finding.source for finding in recognized(said, around))
    for rule in ("unknown-class", "unknown-property", "unknown-reference"):
        assert found[f"recognition/{rule}"] == 2000


def test_what_a_shape_says_twice_of_a_value_is_told_once(
    shipped_graph: graph.Graph, tmp_path: Path
) -> None:
    path = tmp_path / "entry.ttl"
    said = 'mkd:project-prospects mk:territoryCount "three"^^xsd:integer .'
    path.write_text(HEAD + said, encoding="utf-8")
    report = validate_entry(shipped_graph, read([str(path)]))
    told = [f.source for f in report.findings if f.source.endswith("territoryCount")]
    assert len(told) == 1


def test_a_wrong_prefix_of_ours_is_all_that_is_told(
    shipped_graph: graph.Graph, tmp_path: Path
) -> None:
    """As every name that is written with it is a wrong one."""
    path = tmp_path / "entry.ttl"
    path.write_text(
        "PREFIX mk: <http://w3id.org/migkg/ontology#>\n"
        "PREFIX mkd: <https://w3id.org/migkg/id/>\n"
        "mkd:project-x a mk:Project ; mk:country mkd:country-JOR .\n"
    )
    told: list[str] = []
    report = validate_entry(shipped_graph, read([str(path)]), None, told.append)
    (finding,) = report.findings
    assert finding.place == Place(str(path), 1, 1)
    assert "write PREFIX mk: <https://w3id.org/migkg/ontology#>." in finding.message("en")
    assert told == ["Only the prefixes were judged: mend them, and run it again for all the rest."]
