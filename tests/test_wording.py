"""Shapes without messages: each constraint component of SHACL Core has words in three languages."""

import string
from functools import cache

import pytest
from rdflib import RDF, RDFS, SH, Graph

from migkg.namespaces import LANGUAGES, MK
from migkg.validation import naming, shacl, wording
from migkg.validation.finding import Finding

PREFIXES = """
PREFIX ex: <https://example.org/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
DATA = """
ex:phase rdfs:label "PROSPECTS phase 2"@en , "PROSPECTS phase 2"@fr , "PROSPECTS fase 2"@es ;
    a ex:Phase ;
    ex:start "2023"^^xsd:gYear ; ex:end "2020"^^xsd:gYear ;
    ex:least 7 ; ex:most 5 ;
    ex:title "Title"@en , "Other"@en , "x" ;
    ex:partner ex:ilo , ex:lost ; ex:budget 1 , 2 , 3 .
ex:ilo rdfs:label "ILO"@en , "OIT"@fr , "OIT"@es .
ex:start rdfs:label "start"@en , "début"@fr , "inicio"@es .
ex:end rdfs:label "end"@en , "fin"@fr , "fin"@es .
ex:country rdfs:label "country"@en , "pays"@fr , "país"@es .
ex:Country rdfs:label "country"@en , "pays"@fr , "país"@es .
"""
NAMED = 'sh:name "country"@en , "pays"@fr , "país"@es ; '
PHASE = "PROSPECTS phase 2"
# component, what the shape asks, and what is said in English
CASES = [
    ("MinCount", f"{NAMED} sh:path ex:country ; sh:minCount 1", f"{PHASE} has no country."),
    (
        "MinCount",
        "sh:path ex:budget ; sh:minCount 5",
        f"{PHASE} has 3 values of budget, at least 5 are needed.",
    ),
    (
        "MaxCount",
        'sh:path ex:budget ; sh:name "budget" ; sh:maxCount 1',
        f"{PHASE} has 3 values of budget, at most 1 allowed.",
    ),
    (
        "Class",
        f"{NAMED} sh:path ex:partner ; sh:class ex:Country",
        f"The country of {PHASE}, ILO, is no country.",
    ),
    ("Class", "sh:class ex:Country", f"{PHASE} is no country."),
    (
        "Datatype",
        "sh:path ex:start ; sh:datatype xsd:date",
        f"The start of {PHASE}, “2023” (xsd:gYear), is not a date such as 2024-05-31.",
    ),
    ("NodeKind", "sh:nodeKind sh:Literal", f"{PHASE} is not a text, a number or a date."),
    (
        "NodeKind",
        "sh:nodeKind sh:BlankNodeOrLiteral",
        f"{PHASE} is not a blank node or a text, a number or a date.",
    ),
    ("MinExclusive", "sh:path ex:most ; sh:minExclusive 5", "“5”, is not above “5”."),
    ("MinInclusive", "sh:path ex:most ; sh:minInclusive 6", "“5”, is not “6” or more."),
    ("MaxExclusive", "sh:path ex:most ; sh:maxExclusive 5", "“5”, is not below “5”."),
    ("MaxInclusive", "sh:path ex:most ; sh:maxInclusive 4", "“5”, is not “4” or less."),
    (
        "MinLength",
        "sh:path ex:title ; sh:minLength 2",
        "“x”, does not have 2 characters or more.",
    ),
    (
        "MaxLength",
        "sh:path ex:most ; sh:maxLength 0",
        "“5”, does not have 0 characters or less.",
    ),
    ("Pattern", 'sh:path ex:most ; sh:pattern "^a+$"', "“5”, is not written like “^a+$”."),
    (
        "LanguageIn",
        'sh:path ex:title ; sh:languageIn ( "en" "fr" )',
        "“x”, is not in one of the languages en, fr.",
    ),
    (
        "UniqueLang",
        'sh:path ex:title ; sh:name "title"@en ; sh:uniqueLang true',
        f"{PHASE} has several values of title in one language.",
    ),
    (
        "Equals",
        "sh:path ex:least ; sh:equals ex:most",
        f"{PHASE}: least and most do not have the same values",
    ),
    ("Disjoint", "sh:path ex:partner ; sh:disjoint ex:partner", "ILO is both "),
    (
        "LessThan",
        "sh:path ex:start ; sh:lessThan ex:end",
        f"{PHASE}: end (“2020” (xsd:gYear)) comes before start (“2023” (xsd:gYear)).",
    ),
    (
        "LessThan",
        "sh:path ex:start ; sh:lessThan ex:start",
        f"{PHASE}: start (“2023” (xsd:gYear)) is not less than start (“2023” (xsd:gYear)).",
    ),
    (
        "LessThanOrEquals",
        "sh:path ex:least ; sh:lessThanOrEquals ex:most",
        f"{PHASE}: most (“5”) is less than least (“7”).",
    ),
    (
        "LessThanOrEquals",
        "sh:path ex:least ; sh:lessThanOrEquals ex:title",
        f"{PHASE}: least (“7”) is greater than title (",
    ),
    (
        "Not",
        'sh:not [ sh:class ex:Phase ; rdfs:label "a phase"@en ]',
        f"{PHASE} is what it must not be: a phase.",
    ),
    (
        "And",
        "sh:and ( [ sh:class ex:Phase ] [ sh:class ex:Country ] )",
        f"{PHASE} is not all of what it has to be: Phase, country.",
    ),
    (
        "Or",
        "sh:or ( [ sh:class ex:Country ] [ sh:datatype xsd:date ] )",
        f"{PHASE} is none of what it may be: country, xsd:date.",
    ),
    (
        "Xone",
        "sh:xone ( [ sh:class ex:Phase ] [ sh:nodeKind sh:IRI ] )",
        f"{PHASE} has to be exactly one of these: Phase, sh:IRI.",
    ),
    (
        "Node",
        "sh:node [ sh:class ex:Country ]",
        f"{PHASE} is not as it has to be: country.",
    ),
    (
        "QualifiedMinCount",
        "sh:path ex:partner ; sh:qualifiedValueShape [ sh:class ex:Country ] ;"
        " sh:qualifiedMinCount 1",
        f"{PHASE} has too few values of partner of this kind: country.",
    ),
    (
        "QualifiedMaxCount",
        "sh:path ex:partner ; sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ;"
        " sh:qualifiedMaxCount 1",
        f"{PHASE} has too many values of partner of this kind: sh:IRI.",
    ),
    ("Closed", "sh:closed true", f"{PHASE} has a property that is not foreseen: start."),
    (
        "HasValue",
        "sh:path ex:partner ; sh:hasValue ex:Country",
        f"{PHASE} lacks this partner: country.",
    ),
    (
        "In",
        "sh:path ex:most ; sh:in ( 1 2 )",
        f"The most of {PHASE}, “5”, is not one of: “1”, “2”.",
    ),
    (
        "MinCount",
        "sh:path [ sh:inversePath ex:part ] ; sh:minCount 1",
        f"{PHASE} has no reference to it by “<",
    ),
]


@cache
def found(asked: str) -> tuple[Finding, ...]:
    data = Graph().parse(data=PREFIXES + DATA, format="turtle")
    kind = "sh:property [ {} ]" if "sh:path" in asked.split("[", maxsplit=1)[0] else "{}"
    text = f"{PREFIXES} ex:S a sh:NodeShape ; sh:targetNode ex:phase ; {kind.format(asked)} ."
    shapes = Graph().parse(data=text, format="turtle")
    return tuple(shacl.judge(data, shapes, None, "").findings)


@pytest.mark.parametrize(("component", "asked", "said"), CASES)
def test_what_is_wrong_is_said_in_three_languages(component: str, asked: str, said: str) -> None:
    findings = [f for f in found(asked) if f.component == f"{SH}{component}ConstraintComponent"]
    assert findings
    assert any(said in f.message("en") for f in findings), [f.message("en") for f in findings]
    for finding in findings:
        assert set(finding.messages) == {"en", "fr", "es"}
        assert len(set(finding.messages.values())) == 3
        assert "PROSPECTS" in finding.message("fr")
        assert "PROSPECTS fase 2" in finding.message("es")
        for message in finding.messages.values():
            assert "{" not in message
            assert "None" not in message
            assert message.endswith(".")


def test_every_component_of_the_core_is_tried() -> None:
    from pyshacl.constraints.core import (
        cardinality_constraints,
        logical_constraints,
        other_constraints,
        property_pair_constraints,
        shape_based_constraints,
        string_based_constraints,
        value_constraints,
        value_range_constraints,
    )

    modules = (
        cardinality_constraints,
        logical_constraints,
        other_constraints,
        property_pair_constraints,
        shape_based_constraints,
        string_based_constraints,
        value_constraints,
        value_range_constraints,
    )
    names = {
        name.removesuffix("ConstraintComponent")
        for module in modules
        for name in vars(module)
        if name.endswith("ConstraintComponent") and "Base" not in name
    }
    tried = {component for component, _, _ in CASES}
    others = {
        "",
        "Property",  # which has no results of its own
        "QualifiedValueShape",  # pySHACL's class for QualifiedMinCount and QualifiedMaxCount
    }
    known = {name for name in names if not name.startswith("SH_")} - others
    assert known <= tried, known - tried


def test_sentences_hold_the_same_in_each_language() -> None:
    def slots(sentence: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}

    for component, said in wording._SENTENCES.items():
        assert set(said) == set(LANGUAGES)
        assert len({frozenset(slots(sentence)) for sentence in said.values()}) == 1, component


def test_a_message_of_the_shape_is_left_alone() -> None:
    (finding,) = found('sh:path ex:country ; sh:minCount 1 ; sh:message "Write one."@en')
    assert finding.messages == {"en": "Write one."}


def test_a_query_without_a_message_is_put_into_words() -> None:
    (finding,) = found('sh:sparql [ sh:select "SELECT $this { $this a ?class }" ]')
    assert finding.message("en")
    assert finding.component == f"{SH}SPARQLConstraintComponent"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("[ sh:inversePath mk:budget ]", "renvoi à cette ressource par « budget »"),
        ("rdfs:label", "libellé"),
        ("( mk:budget rdf:type )", "budget / classe"),
        ("[ sh:zeroOrMorePath mk:budget ]", "mk:budget*"),
    ],
)
def test_paths_are_called_by_the_labels_in_them(path: str, said: str) -> None:
    described = Graph().parse(
        data=f"""PREFIX mk: <{MK}> PREFIX sh: <{SH}> PREFIX rdf: <{RDF}> PREFIX rdfs: <{RDFS}>
        [] sh:path {path} . mk:budget rdfs:label "budget"@fr .""",
        format="turtle",
    )
    node = next(described.objects(None, SH.path))
    assert naming.path(node, described, described, "fr") == said
