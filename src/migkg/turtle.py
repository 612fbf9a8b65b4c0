"""Turtle in its canonical form: the same statements are the same bytes, whoever wrote them how."""

from __future__ import annotations

import re
from collections import defaultdict
from io import BytesIO
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import RDF, XSD, BNode, Graph, Literal
from rdflib.plugins.serializers.longturtle import OBJECT, VERB, LongTurtleSerializer

from migkg.namespaces import PREFIXES
from migkg.rdflib_terms import statement_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import URIRef
    from rdflib.term import Node

_BOM = b"\xef\xbb\xbf"
TOKEN = re.compile(  # what may hold a "#", a quotation mark or a line break
    r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""'
    r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r'|<[^\x00-\x20<>"{}|^`]*>'
    r"|\\."  # in a local name
    r"|(?P<comment>#[^\n\r]*)",
    re.DOTALL,
)
# https://www.w3.org/TR/turtle/#sec-grammar-grammar, of local names the part that needs no escape
LOCAL_NAME = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?")
SHORT = {  # of what Turtle can write without quotation marks, that which everyone reads as it is
    str(XSD.integer): re.compile(r"0|-?[1-9][0-9]*"),
    str(XSD.decimal): re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{1,6}"),
    str(XSD.boolean): re.compile(r"true|false"),
}
# rdflib does not escape control characters, blanks before a line break, a last quotation mark
_UNESCAPED = re.compile(r'[\x00-\x09\x0b-\x1f\x7f]|[^\S\n]\n|\\"\Z')
_BLANKS = re.compile(r"(?<=\n) +\n| +(?=\n)")


def canonical(content: bytes) -> str:
    """Write a Turtle document in its canonical form: rdflib's ``longturtle``.

    Blank nodes are named by https://www.w3.org/TR/rdf-canon/, then after what is said of them. The
    prefixes are those in use: of `migkg.namespaces`, and what the document declares besides.
    Literals stay as they were written, but for language tags, which RDF has in lower case
    (https://www.w3.org/TR/rdf11-concepts/#section-Graph-Literal).

    :raises SyntaxError: the document is no Turtle
    :raises InputError: it has triples as terms, or text with a direction (RDF 1.2)
    """
    parsed = ox.parse(content.removeprefix(_BOM), ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    statements = ox.Dataset(ox.Quad(*quad.triple) for quad in parsed)
    statements.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    graph = Graph(bind_namespaces="none")
    for triple in sorted(_named_by_content(statements), key=str):
        graph.add(statement_of(triple))
    own = {name: iri for name, iri in parsed.prefixes.items() if iri and name not in PREFIXES}
    known = [*sorted(own.items(), reverse=True), *PREFIXES.items()]  # the last for an IRI is taken
    writer = _Writer(graph, {iri: name for name, iri in known})
    writer.serialize(body := BytesIO())
    head = (f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(writer.namespaces.items()))
    return "".join(head) + _BLANKS.sub("", body.getvalue().decode())


def commented(content: bytes) -> int:
    """Tell the line of the first comment of a Turtle document, 0 if it has none.

    A ``#`` within a string or an IRI is no comment: https://www.w3.org/TR/turtle/#sec-grammar-ws
    """
    text = content.removeprefix(_BOM).decode()
    for match in TOKEN.finditer(text):
        if match.lastgroup:
            return len(re.findall(r"\r\n?|\n", text[: match.start()])) + 1
    return 0


def declared(content: bytes) -> dict[str, str]:
    """Read the prefixes that a Turtle document declares, with their namespaces."""
    parsed = ox.parse(content.removeprefix(_BOM), ox.RdfFormat.TURTLE)
    for _ in parsed:
        pass
    return parsed.prefixes


def _named_by_content(statements: ox.Dataset) -> Iterator[ox.Triple]:
    """Name blank nodes so that they sort by what is said of them."""
    content: defaultdict[object, list[str]] = defaultdict(list)
    for subject, predicate, value, _ in statements:
        content[subject].append(f"{predicate} {value}")
        content[value] += []
    blank = [node for node in content if isinstance(node, ox.BlankNode)]
    order = sorted(blank, key=lambda node: (sorted(content[node]), node.value))
    names = {node: ox.BlankNode(f"b{at:05}") for at, node in enumerate(order)}
    for subject, predicate, value, _ in statements:
        yield ox.Triple(names.get(subject, subject), predicate, names.get(value, value))


class _Writer(LongTurtleSerializer):
    """rdflib's writer, mended where it changes or loses a statement, or depends on the run."""

    maxDepth = 50  # brackets; what is deeper is named, and stands by itself

    def __init__(self, graph: Graph, prefixes: dict[str, str]) -> None:
        super().__init__(graph)
        self.longest_first = sorted(prefixes.items(), key=lambda item: -len(item[0]))

    def startDocument(self) -> None:
        """Forget the prefixes that rdflib thinks it needs, to learn which it does."""
        self.namespaces.clear()

    def get_pname(self, uri: URIRef, gen_prefix: bool = True) -> str | None:
        """Shorten an IRI by the longest namespace that leaves a name to be written as it is."""
        for namespace, prefix in self.longest_first:
            if uri.startswith(namespace) and LOCAL_NAME.fullmatch(uri, len(namespace)):
                return f"{self.addNamespace(prefix, namespace)}:{uri[len(namespace) :]}"
        return None

    def label(self, node: Node, position: int) -> str:
        """Write a term, a literal as it is."""
        if node == RDF.nil and position == VERB:
            return str(self.get_pname(RDF.nil))
        if not isinstance(node, Literal):
            return super().label(node, position)
        short = SHORT.get(str(node.datatype))
        if short and short.fullmatch(node):
            return str(node)
        text = str(ox.Literal(str(node))) if _UNESCAPED.search(node) else Literal(str(node)).n3()
        if node.language:
            return f"{text}@{node.language}"
        return f"{text}^^{self.label(node.datatype, OBJECT)}" if node.datatype else text

    def path(self, node: Node, position: int, newline: bool = False) -> None:
        """Begin a line for a blank node that is one of several values, as for other values."""
        apart = newline and isinstance(node, BNode)
        deeper = apart and self.isValidList(node)
        self.write("\n" + self.indent(1)[:-1] if apart else "")
        self.depth += deeper
        super().path(node, position, newline and not apart)
        self.depth -= deeper

    def p_squared(self, node: Node, position: int) -> bool:
        return self.depth <= self.maxDepth and super().p_squared(node, position)

    def isValidList(self, l_: Node | None) -> bool:
        """Whether round brackets say all of a list: nothing else is about it, or refers into it."""
        while isinstance(l_, BNode) and self._references[l_] == 1 and l_ not in self._serialized:
            if sorted(self.store.predicates(l_), key=str) != [RDF.first, RDF.rest]:
                return False
            l_ = self.store.value(l_, RDF.rest)
        return l_ == RDF.nil and l_ not in self._subjects
