"""The checks: the shipped graph passes each, and each finds a fault that is planted."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest

from migkg import graph, store
from migkg.errors import InputError
from migkg.namespaces import GRAPH, PREFIXES
from migkg.queries import catalogue
from migkg.queries.query import StoredQuery
from migkg.rdflib_terms import statement_of
from migkg.validation import check_query, checking
from migkg.validation.finding import Outcome
from migkg.validation.statements import statements

ROOT = Path(__file__).parent.parent
HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
QUERIES = sorted(path.stem for path in (ROOT / "queries" / "checks").glob("*.rq"))
MODULES = [name.replace("_", "-") for name in checking.MODULES if not name.startswith("evidence")]


@pytest.fixture(scope="module")
def shipped_context(shipped_graph: graph.Graph, shipped: ox.Store) -> checking.Context:
    data = statements(graph.sources(shipped_graph))
    shapes = statements(graph.shape_files(shipped_graph))
    return checking.read(shipped_graph, shipped, data, shapes)


def run(rule: str, context: checking.Context) -> Outcome:
    from importlib import import_module

    if rule in MODULES:
        module = import_module(f"migkg.validation.checks.{rule.replace('-', '_')}")
        outcome = module.check(context)
        assert isinstance(outcome, Outcome)
        return outcome
    (query,) = [query for query in context.check_queries if query.name == rule]
    return check_query.outcome(query, context.store, "")


@contextmanager
def planted(context: checking.Context, text: str, file: str) -> Iterator[None]:
    """Say more in a file of the graph, and take it back."""
    triples = [quad.triple for quad in ox.parse(HEAD + text, ox.RdfFormat.TURTLE)]
    of_shapes = file.startswith("ontology/shapes/")
    names: list[ox.NamedNode | ox.DefaultGraph] = [ox.NamedNode(GRAPH + file)]
    names += [] if of_shapes else [store.ALL, store.ASSERTED]
    quads = [ox.Quad(s, p, o, name) for s, p, o in triples for name in names]
    quads = [quad for quad in quads if quad not in context.store]
    graph_of_file = context.shapes if of_shapes else context.data
    new = [s for s in map(statement_of, triples) if s not in graph_of_file]
    for quad in quads:
        context.store.add(quad)
    for statement in new:
        graph_of_file.add(statement)
    try:
        yield
    finally:
        for quad in quads:
            context.store.remove(quad)
        for statement in new:
            graph_of_file.remove(statement)


class Fault(NamedTuple):
    """What is planted where, and the things that the rule then finds besides."""

    rule: str
    why: str
    text: str
    found: set[str]
    file: str = "ontology/planted.ttl"


ADDRESS = "<https://w3id.org/migkg/ontology>"
TERM = f'mk:x a owl:Class ; rdfs:isDefinedBy {ADDRESS} ; skos:definition "x"@en .'
CONCEPT = 'mkc:unit-x a skos:Concept ; skos:inScheme mkc:unit ; skos:prefLabel "x"@en .'
FAULTS = [
    Fault("ontology-header", "version", f'{ADDRESS} owl:versionInfo "9.9" .', {ADDRESS[1:-1]}),
    Fault("ontology-header", "unknown", "mk:x rdfs:isDefinedBy <urn:o> .", {"urn:o"}),
    Fault("ontology-header", "namespace", f"mkc:x rdfs:isDefinedBy {ADDRESS} .", {ADDRESS[1:-1]}),
    Fault("terms-defined", "class", "mk:x a owl:Class .", {"mk:x"}),
    Fault("terms-defined", "property", "mk:x a owl:AnnotationProperty .", {"mk:x"}),
    Fault("definition-language", "french", 'mk:x skos:definition "x"@fr .', {"mk:x"}),
    Fault("definition-language", "twice", 'mk:x skos:definition "x"@en , "y"@en .', {"mk:x"}),
    Fault("one-label-a-language", "reused", 'dct:x rdfs:label "x"@en , "y"@en .', {"dct:x"}),
    Fault("one-label-a-language", "concept", 'mkc:x skos:prefLabel "x"@fr , "y"@fr .', {"mkc:x"}),
    Fault(
        "one-label-a-language", "both", 'mk:x rdfs:label "x"@en ; skos:prefLabel "y"@en .', {"mk:x"}
    ),
    Fault(
        "one-label-a-language",
        "message",
        'mksh:X a sh:NodeShape ; sh:sparql mksh:X-y . mksh:X-y sh:message "x"@en , "y"@en .',
        {"mksh:X-y"},
        "ontology/shapes/planted.ttl",
    ),
    *(
        Fault("whitespace", ascii(text), f'mkd:x rdfs:label "{text}"@en .', {"mkd:x"})
        for text in ("a ", " a", "a  b", "a\u00a0: b", "a\u202fb", "a\u200b", "\ufeffa")
    ),
    Fault(
        "whitespace",
        "evidence",
        'mkd:x mk:evidence [ oa:exact "a  b" ] .',
        {"mkd:x"},
        "data/planted.ttl",
    ),
    Fault("whitespace", "break", 'mkd:x rdfs:label "a\\nb"@en .', {"mkd:x"}),
    Fault("whitespace", "tab", 'mkd:x rdfs:label "a\\tb"@en .', {"mkd:x"}),
    Fault("whitespace", "french", 'mkd:x rdfs:label "a\u00a0b"@fr .', {"mkd:x"}),
    Fault(
        "whitespace", "shape", 'mksh:x sh:name "a "@en .', {"mksh:x"}, "ontology/shapes/planted.ttl"
    ),
    *(
        Fault(
            "cycles",
            p,
            f"mk:x {p} mk:y . mk:y {p} mk:z . mk:z {p} mk:x .",
            {"mk:x", "mk:y", "mk:z"},
        )
        for p in (
            *("rdfs:subClassOf", "rdfs:subPropertyOf", "skos:narrower", "skos:broadMatch"),
            *("dct:isReplacedBy", "dct:isPartOf", "prov:wasDerivedFrom", "mk:revises"),
            *("mk:supplements", "org:member", "mk:shareOf", "mk:changeOf", "owl:priorVersion"),
        )
    ),
    Fault("property-kinds", "two", "mk:country a owl:DatatypeProperty .", {"mk:country"}),
    Fault("property-kinds", "annotation", "mk:supports a owl:ObjectProperty .", {"mk:supports"}),
    Fault("property-kinds", "ontology", "mk:country a owl:OntologyProperty .", {"mk:country"}),
    Fault(
        "property-kinds", "sub", "mk:country rdfs:subPropertyOf dct:identifier .", {"mk:country"}
    ),
    Fault("property-kinds", "inverse", "dct:identifier owl:inverseOf mk:x .", {"dct:identifier"}),
    Fault(
        "property-kinds",
        "chain",
        "mk:country owl:propertyChainAxiom ( mk:country dct:identifier ) .",
        {"dct:identifier"},
    ),
    Fault("property-kinds", "transitive", "mk:amount a owl:TransitiveProperty .", {"mk:amount"}),
    Fault(
        "property-kinds", "functional", "mk:supports a owl:FunctionalProperty .", {"mk:supports"}
    ),
    Fault("property-values", "iri", "mkd:x mk:amount mkd:y .", {"mkd:x"}, "data/planted.ttl"),
    Fault("property-values", "literal", 'mkd:x mk:country "y" .', {"mkd:x"}, "data/planted.ttl"),
    Fault("deprecated-replaced", "bare", "mk:x owl:deprecated true .", {"mk:x"}),
    Fault(
        "deprecated-replaced",
        "unknown",
        "mk:x owl:deprecated true ; dct:isReplacedBy mk:nothing .",
        {"mk:x"},
    ),
    Fault(
        "deprecated-replaced",
        "deprecated",
        "mk:x owl:deprecated true ; dct:isReplacedBy mk:country . mk:country owl:deprecated true ;"
        ' skos:changeNote "Gone."@en .',
        {"mk:x"},
    ),
    Fault(
        "skos-related",
        "broader",
        "mkc:a skos:related mkc:c . mkc:a skos:broader mkc:b . mkc:b skos:broader mkc:c .",
        {"mkc:a"},
    ),
    Fault(
        "skos-notations",
        "taken",
        'mkc:a skos:inScheme mkc:unit ; skos:notation "X" .'
        ' mkc:b skos:inScheme mkc:unit ; skos:notation "X" .',
        {"mkc:a", "mkc:b"},
    ),
    Fault(
        "skos-mappings",
        "exact",
        "mkc:a skos:exactMatch mkc:b . mkc:b skos:exactMatch mkc:c . mkc:a skos:broadMatch mkc:c .",
        {"mkc:a", "mkc:c"},
    ),
    Fault(
        "skos-mappings",
        "related",
        "mkc:a skos:exactMatch mkc:b ; skos:relatedMatch mkc:b .",
        {"mkc:a", "mkc:b"},
    ),
    Fault(
        "skos-top-concepts",
        "scheme",
        "mkc:a skos:inScheme mkc:unit ; skos:topConceptOf mkc:risk .",
        {"mkc:a"},
    ),
    Fault(
        "skos-top-concepts",
        "broader",
        "mkc:a skos:inScheme mkc:unit ; skos:topConceptOf mkc:unit ; skos:broader mkc:b .",
        {"mkc:a"},
    ),
    Fault("cube-dimension-range", "none", "mk:x a qb:DimensionProperty .", {"mk:x"}),
    Fault(
        "cube-optional-components",
        "dimension",
        "mkd:s qb:component mkd:c . mkd:c qb:dimension mk:x ; qb:componentRequired false .",
        {"mkd:s"},
    ),
    Fault(
        "cube-measures",
        "missing",
        "mkd:s qb:component [ qb:measure mk:x ] . mkd:d qb:structure mkd:s ."
        " mkd:o qb:dataSet mkd:d .",
        {"mkd:o"},
    ),
    Fault(
        "undeclared-terms", "subject", "mkd:x rdfs:seeAlso <urn:x> .", {"mkd:x"}, "data/planted.ttl"
    ),
    Fault("undeclared-terms", "object", "mkd:region-world mk:about mkd:x .", {"mkd:region-world"}),
    Fault(
        "undeclared-terms",
        "shape",
        "mksh:Term sh:property mksh:nothing .",
        {"mksh:Term"},
        "ontology/shapes/planted.ttl",
    ),
    Fault(
        "undeclared-terms",
        "select",
        "mksh:Term sh:select \"SELECT $this { $this mk:nothing 'mk:other' } # mk:none\" .",
        {"mksh:Term"},
        "ontology/shapes/planted.ttl",
    ),
    Fault(
        "declared-prefixes",
        "shape",
        'mksh:x sh:prefix "mk" ; sh:namespace "https://w3id.org/migkg/onto#"^^xsd:anyURI .',
        {"mksh:x"},
        "ontology/shapes/planted.ttl",
    ),
    Fault(
        "deprecated-unused",
        "data",
        "mkc:unit-x owl:deprecated true . mkd:x mk:unitOf mkc:unit-x .",
        {"mkd:x"},
        "data/planted.ttl",
    ),
    Fault("classes-asked", "class", TERM, {"mk:x"}),
    Fault("schemes-asked", "scheme", "mkc:x a skos:ConceptScheme .", {"mkc:x"}),
    Fault(
        "shape-cases",
        "constraint",
        'mksh:Term sh:property mksh:Term-x . mksh:Term-x sh:message "x"@en .',
        {"mksh:Term-x"},
        "ontology/shapes/planted.ttl",
    ),
]
FINE = [
    Fault(
        "whitespace", "french", 'mkd:x rdfs:label "«\u00a0a\u00a0» : 5\u202f%\u00a0!"@fr .', set()
    ),
    Fault("whitespace", "select", 'mksh:x sh:select "a\\n  b" .', set(), "ontology/shapes/p.ttl"),
    Fault("one-label-a-language", "judged", 'mkd:region-world rdfs:label "x"@en , "y"@en .', set()),
    Fault("one-label-a-language", "languages", 'mk:x rdfs:label "x"@en , "y"@fr .', set()),
    Fault(
        "deprecated-replaced",
        "note",
        'mk:x owl:deprecated true ; skos:changeNote "Gone."@en .',
        set(),
    ),
    Fault(
        "deprecated-unused",
        "itself",
        "mk:x owl:deprecated true ; rdfs:subClassOf mk:y . mk:y owl:deprecated true .",
        set(),
    ),
    Fault("property-kinds", "sub", "mk:country rdfs:subPropertyOf mk:about .", set()),
    Fault("undeclared-terms", "text", 'mkd:region-world rdfs:comment "mk:nothing"@en .', set()),
    Fault(
        "cycles", "diamond", "mk:x rdfs:subClassOf mk:y , mk:z . mk:y rdfs:subClassOf mk:z .", set()
    ),
]


def names(outcome: Outcome) -> list[str]:
    prefixes = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    short = []
    for finding in outcome.findings:
        text = str(finding.focus)
        fitting = [namespace for namespace in prefixes if text.startswith(namespace)]
        best = max(fitting, key=len, default="")
        short.append(f"{prefixes[best]}:{text[len(best) :]}" if best else text)
    return sorted(short)


def gained(context: checking.Context, fault: Fault) -> set[str]:
    before = names(run(fault.rule, context))
    with planted(context, fault.text, fault.file):
        after = names(run(fault.rule, context))
    for name in before:
        after.remove(name)
    return set(after)


@pytest.mark.parametrize("rule", [*QUERIES, *MODULES])
def test_shipped_graph_holds(shipped_context: checking.Context, rule: str) -> None:
    outcome = run(rule, shipped_context)
    assert [(str(f.focus), str(f.value)) for f in outcome.findings] == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.rule}-{fault.why}")
def test_fault_is_found(shipped_context: checking.Context, fault: Fault) -> None:
    assert gained(shipped_context, fault) == fault.found


@pytest.mark.parametrize("fault", FINE, ids=lambda fault: f"{fault.rule}-{fault.why}")
def test_what_is_no_fault_is_not_found(shipped_context: checking.Context, fault: Fault) -> None:
    assert gained(shipped_context, fault) == set()


def of_query(text: str, name: str = "planted") -> StoredQuery:
    return catalogue.parse(str(ROOT / "queries" / f"{name}.rq"), "#+ summary: planted\n" + text)


QUERY = """#+ parameters: {x: {domain: %s, description: x}}
PREFIX mk: <%s>
SELECT ?a { ?a mk:country ?b ; %s "mk:nothing <https://w3id.org/migkg/ontology#none>" # mk:noone
  FILTER (?b = ?_x_iri) }"""
QUERY_FAULTS = [
    ("undeclared-terms", QUERY % ("mk:Project", PREFIXES["mk"], "mk:nothing"), "nothing"),
    ("undeclared-terms", QUERY % ("mk:Nothing", PREFIXES["mk"], "mk:heading"), "Nothing"),
    ("undeclared-terms", QUERY % ("mkc:nothing", PREFIXES["mk"], "mk:heading"), "nothing"),
    ("undeclared-terms", QUERY % ("mk:Project", PREFIXES["mk"], "mk:heading"), None),
    ("undeclared-terms", "SELECT * { ?s ?p <https://w3id.org/migkg/id/no> }", "no"),
    ("declared-prefixes", "PREFIX oa: <urn:oa> SELECT * { ?s oa:p ?o }", "oa"),
    ("declared-prefixes", "PREFIX my: <urn:my> SELECT * { ?s my:p ?o }", "my"),
    ("declared-prefixes", f"PREFIX oa: <{PREFIXES['oa']}> SELECT * {{ ?s ?p 'oa:exact' }}", "oa"),
    ("declared-prefixes", f"PREFIX oa: <{PREFIXES['oa']}> SELECT * {{ ?s oa:exact ?o }}", None),
]


@pytest.mark.parametrize(("rule", "text", "found"), QUERY_FAULTS)
def test_fault_of_a_query_is_found(
    shipped_context: checking.Context, rule: str, text: str, found: str | None
) -> None:
    context = shipped_context._replace(queries=(of_query(text),), check_queries=())
    findings = [f for f in run(rule, context).findings if str(f.focus).startswith(GRAPH)]
    assert [str(f.focus) for f in findings] == [GRAPH + "queries/planted.rq"] * bool(found)
    assert [str(f.value).endswith(found) for f in findings if found] == [True] * bool(found)


@pytest.mark.parametrize("where", ["{ ?s ?p mkc:unit-usd }", "{ ?s mk:x ?o }", "{ ?s ?p ?o }"])
def test_deprecated_term_is_found_in_a_query(shipped_context: checking.Context, where: str) -> None:
    context = shipped_context._replace(
        queries=(catalogue.parse("a.rq", f"SELECT * {where} # mk:x 'mkc:unit-usd'", PREFIXES),)
    )
    text = "mkc:unit-usd owl:deprecated true . mk:x owl:deprecated true ."
    with planted(context, text, "ontology/planted.ttl"):
        found = [str(f.focus) for f in run("deprecated-unused", context).findings]
    assert any(focus.endswith("a.rq") for focus in found) is ("mk" in where)


def test_query_for_a_class_or_scheme_is_seen(shipped_context: checking.Context) -> None:
    text = """mk:X a owl:Class . mk:Y a owl:Class ; rdfs:subClassOf mk:X . mk:Z a owl:Class .
        mk:p a owl:ObjectProperty . mkd:a mk:p [ a mk:Z ] , mkc:s-a .
        mkc:s a skos:ConceptScheme . mkc:s-a skos:inScheme mkc:s ."""
    asking = {
        "SELECT * { ?a a mk:X }": {"Z", "s"},
        "SELECT * { ?a mk:p ?b }": {"X", "Y"},
        "SELECT * { ?a ?b mkc:s-a }": {"X", "Y", "Z"},
        "SELECT * { ?a skos:inScheme mkc:s }": {"X", "Y", "Z"},
        "SELECT * { ?a ?b 'mk:X mk:p mkc:s' } # mk:Z": {"X", "Y", "Z", "s"},
    }
    with planted(shipped_context, text, "ontology/planted.ttl"):
        for query, unasked in asking.items():
            parsed = catalogue.parse("a.rq", query, PREFIXES)
            context = shipped_context._replace(queries=(parsed,))
            found = {
                str(finding.focus).split("/")[-1].split("#")[-1]
                for rule in ("classes-asked", "schemes-asked")
                for finding in run(rule, context).findings
            }
            assert found & {"X", "Y", "Z", "s"} == unasked, query


@pytest.fixture
def small(tmp_path: Path) -> graph.Graph:
    for name in ("ontology/migkg.ttl", "ontology/shapes/a.ttl", "data/a.ttl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    return graph.find(str(tmp_path), ".")


def context_of(of: graph.Graph) -> checking.Context:
    data, shapes = statements(graph.sources(of)), statements(graph.shape_files(of))
    return checking.read(of, store.open_store(of, lambda _note: None), data, shapes)


CANONICAL = """\
PREFIX mk: <https://w3id.org/migkg/ontology#>

mk:a
    mk:p "x"@en ;
.
"""
FORMS = {
    "canonical": (CANONICAL, None),
    "empty": ("", None),
    "comment": ("# a\n" + CANONICAL.replace("\n\n", "\n\n# b\n") + "# more\n", None),
    "comment and break": ("# a\n" + CANONICAL.replace(" ;", ";  # b"), "5"),
    "break": (CANONICAL[:-1], "5"),
    "blank": (CANONICAL.replace("    mk:p", "   mk:p"), "4"),
    "idle prefix": (CANONICAL.replace("\n\n", f"\nPREFIX oa: <{PREFIXES['oa']}>\n\n"), "2"),
}


@pytest.mark.parametrize("folder", ["ontology", "ontology/shapes", "data"])
@pytest.mark.parametrize(("text", "line"), FORMS.values(), ids=FORMS)
def test_other_forms_of_turtle_are_found(
    small: graph.Graph, folder: str, text: str, line: str | None
) -> None:
    (Path(small.root) / folder / "b.ttl").write_text(text)
    outcome = run("canonical-turtle", context_of(small))
    assert [str(f.value) for f in outcome.findings] == [line] * bool(line)
    assert outcome.counted == "4 files"


def test_an_addition_that_was_stopped_is_found(small: graph.Graph) -> None:
    assert run("unfinished-addition", context_of(small)).findings == []
    (Path(small.root) / graph.UNFINISHED).mkdir()
    (finding,) = run("unfinished-addition", context_of(small)).findings
    assert "migkg add" in finding.message("es")


def test_prefixes_of_turtle_files(small: graph.Graph) -> None:
    text = "PREFIX mk: <urn:mk:> PREFIX my: <urn:my:> PREFIX oa: <%s> mk:a my:b oa:c ."
    (Path(small.root) / "data" / "b.ttl").write_text(text % PREFIXES["oa"])
    outcome = run("declared-prefixes", context_of(small))
    assert [(str(f.focus), str(f.value)) for f in outcome.findings] == [
        (GRAPH + "data/b.ttl", "mk"),
        (GRAPH + "data/b.ttl", "my"),
    ]


def test_names_are_counted_by_language(small: graph.Graph) -> None:
    text = """mkd:a a mk:Organization ; rdfs:label "a"@en , "a"@fr .
        mkd:b a mk:Organization ; rdfs:label "b"@en . mkd:c a mk:Document ; dct:title "c"@es ."""
    (Path(small.root) / "data" / "b.ttl").write_text(HEAD + text)
    counted = run("languages", context_of(small)).counted
    assert "2 organizations: 1 without French, 2 without Spanish" in counted
    assert "1 documents: 1 without English, 1 without French" in counted
    assert "0 countries: complete" in counted


def test_cases_that_are_not_at_hand_are_not_missed(small: graph.Graph) -> None:
    text = (
        "mksh:A a sh:NodeShape ; sh:targetClass mk:A ; sh:message 'a'@en ; sh:property mksh:A-b ."
    )
    more = "mksh:A-b sh:message 'b'@en ; sh:path mk:b ."
    (Path(small.root) / "ontology" / "shapes" / "a.ttl").write_text(HEAD + text + more)
    assert run("shape-cases", context_of(small)) == Outcome(
        "shape-cases", "2 constraints; the cases are not at hand", []
    )
    cases = Path(small.root) / "tests" / "cases" / "invalid"
    cases.mkdir(parents=True)
    (cases / "A-b-c.ttl").write_text("")
    outcome = run("shape-cases", context_of(small))
    assert names(outcome) == ["mksh:A"]
    (cases / "A-iri.ttl").write_text("")
    assert run("shape-cases", context_of(small)).findings == []


BROKEN = {
    "syntax": ("SELECT ?s {\n  ?s ?p }", "2:"),
    "ask": ("#+ summary: x\nASK { ?s ?p ?o }", "2:1: a check is a SELECT query"),
    "construct": ("CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p 2 }", "1:1: a check is a SELECT query"),
    "header": ("#+ summery: x\nSELECT ?s { ?s ?p ?o }", "1:"),
}


@pytest.mark.parametrize(("text", "where"), BROKEN.values(), ids=BROKEN)
def test_broken_check_is_named_with_its_place(small: graph.Graph, text: str, where: str) -> None:
    file = Path(small.root) / "queries" / "checks" / "broken.rq"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    with pytest.raises(InputError, match=f"queries/checks/broken.rq:{where}") as raised:
        list(checking.run(context_of(small)))
    assert "\n" not in str(raised.value)


def test_checks_see_shapes_and_single_files(shipped_context: checking.Context) -> None:
    text = "SELECT ?g ?s { GRAPH ?g { ?s a <%s> } } ORDER BY ?g ?s"
    query = catalogue.parse("a.rq", text % (PREFIXES["sh"] + "NodeShape"))
    found = {str(f.focus) for f in check_query.outcome(query, shipped_context.store, "").findings}
    assert GRAPH + "ontology/shapes/terms.ttl" in found
    assert all(name.startswith(GRAPH + "ontology/shapes/") for name in found)
    query = catalogue.parse(
        "a.rq", "SELECT ?g { GRAPH ?g { } FILTER(CONTAINS(STR(?g), '/data/')) }"
    )
    assert len(check_query.outcome(query, shipped_context.store, "").findings) > 10


def test_every_rule_has_a_fault() -> None:
    elsewhere = {"canonical-turtle", "languages", "owl-rl-constructs", "unfinished-addition"}
    assert {fault.rule for fault in FAULTS} | elsewhere == {*QUERIES, *MODULES}


def test_every_module_is_run() -> None:
    folder = Path(checking.__file__).parent / "checks"
    assert {path.stem for path in folder.glob("[!_]*.py")} == set(checking.MODULES)
