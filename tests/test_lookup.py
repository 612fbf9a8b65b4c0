"""What a person types is one thing of the graph, or is refused with what could be meant."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migkg import lookup
from migkg.errors import UsageError
from migkg.namespaces import MK, MKC, MKD, XSD

DATA = """
PREFIX mk: <https://w3id.org/migkg/ontology#> PREFIX mkd: <https://w3id.org/migkg/id/>
PREFIX mkc: <https://w3id.org/migkg/code/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dct: <http://purl.org/dc/terms/>
mkd:country-JOR a mk:Country ; rdfs:label "Jordan"@en, "Jordanie"@fr ; skos:notation "JOR" .
mkd:country-CIV a mk:Country ; rdfs:label "Côte d’Ivoire"@fr ; dct:identifier "CIV" .
mkd:country-GEO a mk:Country ; rdfs:label "Georgia"@en .
mkd:region-GEO a mk:Region ; rdfs:label "Georgia"@en .
mkd:person-jordan a mk:Person ; rdfs:label "Jordan" .
mkd:us a mk:Country ; rdfs:label "US" . mkd:us2 a mk:Country ; rdfs:label "us" .
mkc:loan a skos:Concept ; skos:inScheme mkc:activity-type ; skos:prefLabel "Loan"@en ;
  skos:altLabel "Credit"@en .
mkc:other a skos:Concept ; skos:inScheme mkc:another ; skos:prefLabel "Loan"@en .
mkd:nameless a mk:Country .
"""
COUNTRY = MK + "Country"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(DATA.encode(), ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize(
    "typed",
    [
        *("Jordan", "jordan", " JORDAN ", "Jordanie", "JOR", "jor", "mkd:country-JOR"),
        *(MKD + "country-JOR", f"<{MKD}country-JOR>"),
    ],
)
def test_a_thing_has_many_names(store: ox.Store, typed: str) -> None:
    assert lookup.resolve(store, typed, COUNTRY) == ox.NamedNode(MKD + "country-JOR")


@pytest.mark.parametrize(
    ("typed", "domain", "local"),
    [
        ("cote d'ivoire", COUNTRY, MKD + "country-CIV"),
        ("CIV", COUNTRY, MKD + "country-CIV"),
        ("Georgia", COUNTRY, MKD + "country-GEO"),
        ("Georgia", "mk:Region", MKD + "region-GEO"),
        ("US", COUNTRY, MKD + "us"),
        ("us", COUNTRY, MKD + "us2"),
        ("mkd:nameless", COUNTRY, MKD + "nameless"),
        ("credit", MKC + "activity-type", MKC + "loan"),
        ("Loan", "mkc:activity-type", MKC + "loan"),
        ("Côte d’Ivoire", None, MKD + "country-CIV"),
        ("mkd:person-jordan", None, MKD + "person-jordan"),
    ],
)
def test_within_a_domain(store: ox.Store, typed: str, domain: str | None, local: str) -> None:
    assert lookup.resolve(store, typed, domain) == ox.NamedNode(local)


@pytest.mark.parametrize(
    ("typed", "domain", "says"),
    [
        ("Jordn", COUNTRY, "near: mkd:country-JOR (Jordan)"),
        ("Ivoire", COUNTRY, "near: mkd:country-CIV (Côte d’Ivoire)"),
        ("Xyzzy", "mk:Region", "there are mkd:region-GEO (Georgia)"),
        ("Loan", None, "ambiguous; give one of mkc:loan (Loan), mkc:other (Loan)"),
        ("uS", COUNTRY, "mkd:us (US), mkd:us2 (us)"),
        ("mkd:region-GEO", COUNTRY, "no country"),
        ("mkd:country-XXX", COUNTRY, "mkd:country-XXX is no country of this graph"),
        ("mkd:country-XXX", None, "no thing"),
        ("http://example.org/none", None, "<http://example.org/none> is no thing"),
        ("http://example.org/a b", COUNTRY, "no IRI"),
        ("<no iri>", COUNTRY, "no IRI"),
        ("", COUNTRY, "no country is called"),
        ("\udcff", COUNTRY, "no country is called"),
    ],
)
def test_what_is_unknown_or_ambiguous_is_said(
    store: ox.Store, typed: str, domain: str | None, says: str
) -> None:
    with pytest.raises(UsageError) as error:
        lookup.resolve(store, typed, domain)
    assert says in str(error.value)


NAMED = st.sampled_from(["us", "US", "Us", "üs", "u-s", "s"])
NAMES = st.lists(
    st.tuples(
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from(["label", "notation", "comment"]),
        NAMED,
        st.sampled_from([None, "en", "fr"]),
        st.booleans(),
    ),
    max_size=6,
)


@given(NAMES, NAMED, st.booleans())
def test_ambiguity_is_judged_by_all_names_then_by_how_they_are_written(
    names: list[tuple[str, str, str, str | None, bool]], typed: str, within: bool
) -> None:
    """The rule itself: what is called so but for case and accents; of several, the exact ones."""
    store = ox.Store()
    properties = {
        "label": "http://www.w3.org/2000/01/rdf-schema#label",
        "notation": "http://www.w3.org/2004/02/skos/core#notation",
        "comment": "http://www.w3.org/2000/01/rdf-schema#comment",
    }
    a = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for thing, kind, name, language, is_country in names:
        node = ox.NamedNode(MKD + thing)
        literal = ox.Literal(name, language=language)
        store.add(ox.Quad(node, ox.NamedNode(properties[kind]), literal))
        if is_country:
            store.add(ox.Quad(node, a, ox.NamedNode(COUNTRY)))
    countries = {thing for thing, _, _, _, is_country in names if is_country}
    called = {
        (thing, name)
        for thing, kind, name, _, _ in names
        if kind != "comment" and (thing in countries or not within)
    }
    plain = {"üs": "us", "u-s": "u s"}
    meant = {
        thing
        for thing, name in called
        if plain.get(name.lower(), name.lower()) == plain.get(typed.lower(), typed.lower())
    }
    if len(meant) > 1:
        meant = {thing for thing, name in called if name == typed} or meant
    try:
        assert {lookup.resolve(store, typed, COUNTRY if within else None).value} == {
            MKD + thing for thing in meant
        }
    except UsageError:
        assert len(meant) != 1


@given(
    st.one_of(
        st.text(),
        st.text(st.sampled_from(list('<>"{}|\\^`:/ mkdcountry-JOR#\n'))),
        st.builds("<{}>".format, st.text()),
        st.builds("http://{}".format, st.text()),
        st.builds("mkd:{}".format, st.text()),
    )
)
def test_any_text_is_one_thing_of_the_graph_or_refused(store: ox.Store, typed: str) -> None:
    try:
        found = lookup.resolve(store, typed, COUNTRY)
    except UsageError:
        return
    country = ox.NamedNode(COUNTRY)
    assert any(store.quads_for_pattern(found, None, country, None))


@pytest.mark.parametrize(
    ("datatype", "text", "written"),
    [
        ("string", " as typed ", '" as typed "'),
        ("en", "hello", '"hello"@en'),
        ("number", "5", f'"5"^^<{XSD}integer>'),
        ("number", " -1.50 ", f'"-1.50"^^<{XSD}decimal>'),
        ("number", "1e3", f'"1e3"^^<{XSD}double>'),
        (XSD + "integer", "007", f'"007"^^<{XSD}integer>'),
        (XSD + "date", "2020-02-29", f'"2020-02-29"^^<{XSD}date>'),
        (XSD + "gYear", "2016", f'"2016"^^<{XSD}gYear>'),
        (XSD + "boolean", "true", f'"true"^^<{XSD}boolean>'),
        ("http://example.org/unit", "3 m", '"3 m"^^<http://example.org/unit>'),
    ],
)
def test_literals(datatype: str, text: str, written: str) -> None:
    assert str(lookup.literal(datatype, text)) == written


@pytest.mark.parametrize(
    ("datatype", "text"),
    [
        *(
            ("number", text)
            for text in ("", "five", "1,000", "1 2", "٣", "0x1", "NaN", "1.", "9" * 40)
        ),
        *((XSD + "integer", text) for text in ("1.0", "x", "9" * 25)),
        (XSD + "positiveInteger", "0"),
        (XSD + "unsignedByte", "256"),
        *((XSD + "date", text) for text in ("2021-02-29", "2020", "29.02.2020", "2020-1-1")),
        (XSD + "gYear", "16"),
        (XSD + "boolean", "yes"),
        (XSD + "dateTime", "2020-01-01"),
        ("string", "\udcff"),
    ],
)
def test_what_is_not_of_the_datatype_is_refused(datatype: str, text: str) -> None:
    with pytest.raises(UsageError, match="“"):
        lookup.literal(datatype, text)


def test_labels(store: ox.Store) -> None:
    jordan, ivory = (ox.NamedNode(MKD + f"country-{code}") for code in ("JOR", "CIV"))
    assert lookup.label(store, jordan) == "Jordan"
    assert lookup.label(store, jordan, "fr") == "Jordanie"
    assert lookup.label(store, ivory) == "Côte d’Ivoire"
    assert lookup.label(store, ox.NamedNode(MKD + "nameless")) == "mkd:nameless"
