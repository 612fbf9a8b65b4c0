"""The scanner finds what a SPARQL parser finds, and says where a query goes wrong."""

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.term import Literal, URIRef, Variable

from migkg import sparql
from migkg.queries.diagnosis import syntax_error

HIDDEN = r'''# ?comment and "
PREFIX ex: <http://example.org/?iri#>
SELECT ?a $b WHERE { # '?comment
  ?a ex:p "?string \" ?still" , '?x' , """long " ?x "" ?y """ , \'\'\'?z
 ' \'\'\' .
  $b ex:p\#q ?été ; <http://example.org/#?v> 1 .
  FILTER(?a<?b && ?b>?a) FILTER (?a != ex:q\?no)
}'''.replace("\\'", "'")


def _parsed_variables(text: str) -> set[str]:
    found: set[str] = set()

    def collect(node: object) -> None:
        if isinstance(node, Variable):
            found.add(str(node))

    traverse(parseQuery(text), visitPre=collect)
    return found


def test_variables_are_those_that_a_parser_sees() -> None:
    text = HIDDEN.replace("FILTER(?a<?b && ?b>?a) ", "")  # rdflib reads <?b …> otherwise
    assert {token.name for token in sparql.variables(text)} == _parsed_variables(text)


def test_tokens_stand_where_they_say() -> None:
    for token in sparql.variables(HIDDEN):
        assert HIDDEN[token.start : token.end] in ("?" + token.name, "$" + token.name)


def test_replace_touches_nothing_else() -> None:
    text = 'SELECT ?x { ?x ?_p "?_p" # ?_p\n ; <http://e/?_p> ?_pq }'
    tokens = [token for token in sparql.variables(text) if token.name == "_p"]
    assert sparql.replace_tokens(text, tokens, lambda _: "<http://e/p>") == (
        'SELECT ?x { ?x <http://e/p> "?_p" # ?_p\n ; <http://e/?_p> ?_pq }'
    )


@given(st.text())
def test_scanning_takes_every_text_apart_and_loses_nothing(text: str) -> None:
    assert sparql.replace_tokens(text, sparql.tokens(text), lambda t: text[t.start : t.end]) == text


TRICKY = st.text(st.sampled_from(list("\"'\\u0075U?{}<>#@^.\n\r\t \x00\x07é😀tn`|")), max_size=20)


@example("\\u0022", None)
@example("\\\\U00000022\\u", None)
@given(st.one_of(st.text(), TRICKY), st.sampled_from([None, "en", "date"]))
def test_a_literal_is_one_token_for_every_parser(text: str, kind: str | None) -> None:
    try:
        if kind == "date":
            literal = ox.Literal(text, datatype=ox.NamedNode("http://example.org/date"))
        else:
            literal = ox.Literal(text, language=kind)
    except ValueError:
        return
    written = sparql.term(literal)
    assert sparql.tokens(written)[0].kind == "string"
    query = f"SELECT ?x {{ ?x <http://e/p> {written} }}"
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), literal))
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    assert len(list(found)) == 1
    read = [node for node in _terms(query) if isinstance(node, Literal)]
    assert [str(node) for node in read] == [text]


def _terms(text: str) -> list[object]:
    found: list[object] = []
    traverse(parseQuery(text), visitPre=found.append)
    return [node for node in found if isinstance(node, Literal | URIRef | Variable)]


def test_known_prefixes_are_declared_where_they_are_used() -> None:
    text = "SELECT ?x { ?x a ex:C ; own:p 'no:t' }"
    known = {"ex": "http://e/", "no": "http://n/", "own": "http://o/"}
    declared = sparql.declare("PREFIX own: <http://mine/> " + text, known)
    assert sparql.prefixes(declared) == {"ex": "http://e/", "own": "http://mine/"}
    assert "\n" not in declared


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("SELECT ?x WHER { ?x a ?y }", 1, 11, "WHERE"),
        ("SELECT ?x {\n  ?x a foo:Bar }", 2, 8, "foo:"),
        ("SELECT ?x {\n  ?x a <http://a b> }", 2, 8, "<http://a b>"),
        ("SELECT ?x { ?x a <rel> }", 1, 18, "<rel>"),
        ("SELECT ?x { ?x a <?y> }", 1, 18, "put a space after <"),
        ("SELECT ?x { ?x a 'no end }", 1, 18, "string"),
        ("SELECT ?x { ?x a ?y", 1, 20, "}"),
        ("SELECT ?x { FILTR(?x) }", 1, 13, "FILTER"),
        ("SELECT ?x { ?x a ?y } LIMIT ten", 1, 29, "ten"),
        ("DELETE WHERE { ?x a ?y }", 1, 1, "change"),
        ("SELECT ?x (SUM(?y) AS ?z) { ?x a ?y }", 1, 1, "grouped"),
        ("  ", 1, 1, "no query"),
    ],
)
def test_errors_name_line_column_and_what_stands_there(
    text: str, line: int, column: int, word: str
) -> None:
    error = syntax_error(text, {})
    assert error is not None
    assert error[:2] == (line, column)
    assert word in error[2]
    assert "\n" not in error[2]


@given(st.integers(0, 200), st.text(min_size=1, max_size=3))
def test_whatever_is_broken_is_explained_in_one_line(at: int, noise: str) -> None:
    text = HIDDEN[:at] + noise + HIDDEN[at:]
    error = syntax_error(text, {})
    if error is None:
        ox.Store().query(text)
    else:
        assert 1 <= error[0] <= text.count("\n") + 1
        assert "\n" not in error[2]
