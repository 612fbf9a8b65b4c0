"""The data against the documents: every statement has a passage, and the passage bears it out."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, XSD
from rdflib.term import Node

MK = Namespace("https://w3id.org/migkg/ontology#")
OA = Namespace("http://www.w3.org/ns/oa#")
ROOT = Path(__file__).parent.parent
DOCUMENTS = Path(os.environ.get("MIGKG_DOCUMENTS", ROOT.parent / "shared" / "documents"))
NEEDS_NO_EVIDENCE = {
    RDF.type,
    RDFS.label,
    SKOS.prefLabel,
    SKOS.altLabel,
    MK.evidence,
    MK.passage,
    MK.supports,
    MK.value,
    OA.exact,
}
Statement = tuple[Node, Node, Node]


def turtle(folder: str) -> Graph:
    graph = Graph()
    for path in sorted((ROOT / folder).rglob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def data() -> Graph:
    return turtle("data")


@pytest.fixture(scope="module")
def everything(data: Graph) -> Graph:
    return data + turtle("ontology")


def statements(data: Graph) -> Iterator[Statement]:
    described = set(data.subjects(RDF.type, MK.Passage)) | set(
        data.subjects(RDF.type, OA.FragmentSelector)
    )
    for s, p, o in data:
        if p not in NEEDS_NO_EVIDENCE and s not in described:
            yield s, p, o


def evidence_of(data: Graph, statement: Statement) -> list[Node]:
    s, p, o = statement
    found = []
    for evidence in data.objects(s, MK.evidence):
        properties = set(data.objects(evidence, MK.supports))
        values = set(data.objects(evidence, MK.value))
        if (not properties or p in properties) and (not values or o in values):
            found.append(evidence)
    return found


def test_every_statement_has_evidence(data: Graph) -> None:
    bare = [s for s in statements(data) if not evidence_of(data, s)]
    assert not bare, f"{len(bare)} statements without evidence, such as {bare[:5]}"


def test_evidence_supports_something(data: Graph) -> None:
    """Evidence for a property or value that its subject does not have is a slip."""
    told = [*statements(data), *data.triples((None, RDFS.label, None))]
    used = {e for statement in told for e in evidence_of(data, statement)}
    idle = []
    for subject, evidence in data.subject_objects(MK.evidence):
        properties = set(data.objects(evidence, MK.supports))
        values = set(data.objects(evidence, MK.value))
        if properties - set(data.predicates(subject)):
            idle.append((subject, properties))
        if values - {o for p in properties for o in data.objects(subject, p)}:
            idle.append((subject, values))
        if (properties or values) and evidence not in used:
            idle.append((subject, properties | values))
    assert not idle


def test_exact_words_are_at_most_eight(data: Graph) -> None:
    assert [w for w in data.objects(None, OA.exact) if len(str(w).split()) > 8] == []


def squeezed(text: str) -> str:
    """Letters alone: white space, also inside words broken at a line end, and quote style gone."""
    return re.sub(r"\s+", "", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")).casefold()


def as_people_write(value: Node, graph: Graph) -> set[str]:
    """The forms in which a value may stand in a text."""
    if isinstance(value, Literal):
        if value.datatype in (XSD.integer, XSD.decimal):
            number = float(value)
            return {str(value), f"{number:,.0f}", f"{number / 1e6:g} million"}
        if value.datatype == XSD.date:
            date = value.toPython()
            return {f"{date.day} {date:%B %Y}"}
        return {str(value)}
    texts = {
        str(label)
        for p in (RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.notation, DCTERMS.title)
        for label in graph.objects(value, p)
    }
    return texts | {re.sub(r"\(.*?\)", "", text).strip() for text in texts} - {""}


def lines_of(data: Graph, passage: Node) -> tuple[Path, int, int] | None:
    """The file and the first and last line (from 1) of a passage in one of the documents."""
    document = data.value(passage, OA.hasSource)
    name = data.value(document, MK.fileName)
    selector = data.value(passage, OA.hasSelector)
    fragment = data.value(selector, RDF.value) if selector else None
    matched = re.fullmatch(r"line=(\d+),(\d+)", str(fragment))
    if name is None or matched is None:
        return None
    return DOCUMENTS / str(name), int(matched[1]) + 1, int(matched[2])


@pytest.fixture(scope="module")
def texts(data: Graph) -> dict[Node, str]:
    if not DOCUMENTS.is_dir():
        pytest.skip(f"the documents are not at hand in {DOCUMENTS} (set MIGKG_DOCUMENTS)")
    found = {}
    for passage in data.subjects(RDF.type, MK.Passage):
        if place := lines_of(data, passage):
            path, first, last = place
            lines = path.read_text(encoding="utf-8").split("\n")
            assert 1 <= first <= last <= len(lines), f"{passage} lies outside {path.name}"
            found[passage] = "\n".join(lines[first - 1 : last])
    return found


def test_passages_bear_out_the_statements(
    data: Graph, everything: Graph, texts: dict[Node, str]
) -> None:
    not_borne_out = []
    confirmed = 0
    for statement in statements(data):
        for evidence in evidence_of(data, statement):
            text = texts.get(data.value(evidence, MK.passage) or URIRef(""))
            if text is None:
                continue
            exact = data.value(evidence, OA.exact)
            forms = as_people_write(statement[2], everything) | ({str(exact)} if exact else set())
            if any(squeezed(form) in squeezed(text) for form in forms):
                confirmed += 1
            else:
                not_borne_out.append((*statement, exact))
    assert not not_borne_out, "\n".join(map(str, not_borne_out))
    assert confirmed > 0


def test_exact_words_stand_in_the_passage(data: Graph, texts: dict[Node, str]) -> None:
    missing = [
        (str(exact), passage)
        for evidence, exact in data.subject_objects(OA.exact)
        if (passage := data.value(evidence, MK.passage)) in texts
        and squeezed(str(exact)) not in squeezed(texts[passage])
    ]
    assert not missing


FURNITURE = {
    "6": "page number",
    "Thank you!": "thanks",
    "Social and Solidarity Economy": "section title",
    "and Decent Work": "section title",
    "ILO’s approach to labour": "section title",
    "migration and refugee": "section title",
    "situations and response": "section title",
    "through SSEEOs": "section title",
    "Labour Migration Statistics at a Glance": "title of a slide whose figures are lost",
    "---": "rule between slides",
    "International": "logo",
    "Labour": "logo",
    "Organization": "logo",
    "# Contents": "table of contents",
    "- Global context of migrants and refugees": "table of contents",
    "- Decent work challenges migrants and refugees face": "table of contents",
    "- ILO approach to migrants and refugees": "table of contents",
    "- Cooperative responses to migrants and refugees": "table of contents",
    "- Highlights of ILO's work with migrants and refugees through cooperatives": "contents",
}


def test_every_line_that_states_something_is_cited(data: Graph, texts: dict[Node, str]) -> None:
    cited: dict[Path, set[int]] = {}
    used = set(data.objects(None, MK.passage))
    for passage in texts:
        place = lines_of(data, passage)
        if place and passage in used:
            cited.setdefault(place[0], set()).update(range(place[1], place[2] + 1))
    for path, covered in cited.items():
        uncited = [
            line.strip()
            for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
            if line.strip() and number not in covered
        ]
        left_out = [line for line in uncited if line not in FURNITURE]
        assert not left_out, f"{path.name}: {left_out}"
