"""How findings call things, properties and values: by their labels, in one line, harmless."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from rdflib import DCTERMS, RDF, RDFS, SKOS, XSD, BNode, Literal, URIRef
from rdflib.paths import AlternativePath, InvPath, SequencePath

from migkg.namespaces import GRAPH, PREFIXES, shorten
from migkg.results.readable import harmless

if TYPE_CHECKING:
    from rdflib import Graph as Statements
    from rdflib.namespace import NamespaceManager
    from rdflib.term import Node

_EVIDENCE = URIRef(PREFIXES["mk"] + "evidence")
_LABELS = (SKOS.prefLabel, RDFS.label, URIRef(PREFIXES["dct"] + "title"))
_LONGEST = 120  # characters of a value or a label
_DEEPEST = 5  # blank nodes within each other
_PLAIN = {None, XSD.string, XSD.integer, XSD.decimal, XSD.boolean}
_WORDS = {
    "en": {"evidence": "evidence of {}", "part": "{} of {}", "unnamed": "a blank node"},
    "fr": {"evidence": "élément probant de {}", "part": "{} de {}", "unnamed": "un nœud anonyme"},
    "es": {"evidence": "prueba de {}", "part": "{} de {}", "unnamed": "un nodo anónimo"},
}


_OF_VOCABULARIES: dict[
    Node, dict[str, str]
] = {  # as the labels of the ontology are written; it does not declare these
    RDF.type: {"en": "class", "fr": "classe", "es": "clase"},
    RDF.value: {"en": "value", "fr": "valeur", "es": "valor"},
    RDFS.label: {"en": "label", "fr": "libellé", "es": "etiqueta"},
    SKOS.prefLabel: {
        "en": "preferred label",
        "fr": "libellé préférentiel",
        "es": "etiqueta preferente",
    },
    SKOS.related: {"en": "related concept", "fr": "concept associé", "es": "concepto relacionado"},
    DCTERMS.description: {"en": "description", "fr": "description", "es": "descripción"},
    DCTERMS.license: {"en": "licence", "fr": "licence", "es": "licencia"},
    DCTERMS.modified: {
        "en": "date modified",
        "fr": "date de modification",
        "es": "fecha de modificación",
    },
}
_REFERRING = {
    "en": "reference to it by “{}”",
    "fr": "renvoi à cette ressource par « {} »",
    "es": "remisión a este recurso por «{}»",
}


class Label(NamedTuple):
    """A label and the language it is in, if that is known."""

    text: str
    language: str


def label(node: Node, data: Statements, language: str) -> Label:
    """Give the label of a thing in the language, else in English, else in any, else none."""
    for prop in _LABELS:
        found = {
            str(getattr(text, "language", None) or ""): str(text)
            for text in data.objects(node, prop)
        }
        if found:
            tag = next((tag for tag in (language, "en") if tag in found), min(found))
            return Label(one_line(found[tag]), tag)
    return Label("", "")


def one_line(text: str) -> str:
    """Fit a text into a line: without line breaks, controls and what would be too long."""
    line = " ".join(text[: 4 * _LONGEST].split())
    return harmless(line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…")


def short(iri: str) -> str:
    """Write an IRI as a CURIE; the named graph of a file as the path of the file."""
    if iri.startswith(GRAPH):
        return one_line(unquote(iri.removeprefix(GRAPH)))
    return one_line(shorten(iri) if ":" in iri and " " not in iri else iri)


def thing(node: Node, data: Statements, language: str) -> str:
    """Call a thing by its label and CURIE; a blank node by what it is, and of what."""
    return _thing(node, data, language, _DEEPEST)


def _thing(node: Node, data: Statements, language: str, deepest: int) -> str:
    if isinstance(node, Literal):
        return value(node, data, language)
    if isinstance(node, BNode):
        return _part(node, data, language, deepest)
    named = label(node, data, language).text
    return f"{named} ({short(str(node))})" if named else short(str(node))


def _part(node: BNode, data: Statements, language: str, deepest: int) -> str:
    words = _WORDS[language]
    whole = owner_of(node, data)
    if whole is None or not deepest:
        return label(node, data, language).text or words["unnamed"]
    owner, prop = whole
    of = _thing(owner, data, language, deepest - 1)
    if prop == _EVIDENCE:
        return words["evidence"].format(of)
    return words["part"].format(name(prop, data, language), of)


def owner_of(node: BNode, data: Statements) -> tuple[Node, Node] | None:
    """Find the thing that a blank node belongs to, and by which property; of several the first."""
    return min(data.subject_predicates(node), key=str, default=None)


def value(node: Node, data: Statements, language: str) -> str:
    """Show a value: a literal as it is written, with its language or datatype."""
    if not isinstance(node, Literal):
        return thing(node, data, language)
    text = f"“{one_line(str(node))}”"
    if node.language:
        return f"{text}@{node.language}"
    return text if node.datatype in _PLAIN else f"{text} ({short(str(node.datatype))})"


def name(prop: Node, data: Statements, language: str) -> str:
    """Call a property by its label, else by a usual name, else by its CURIE."""
    usual = _OF_VOCABULARIES.get(prop, {})
    return label(prop, data, language).text or usual.get(language) or short(str(prop))


def path(node: Node, data: Statements, results: Statements, language: str) -> str:
    """Call a property by its label, and a path by those in it; "" if it cannot be told.

    :param results: the graph in which a path is described
    """
    if isinstance(node, URIRef):
        return name(node, data, language)
    written = _path(node, results)
    return one_line(_walked(written, data, language)) if written is not None else ""


def _walked(written: Any, data: Statements, language: str) -> str:
    """Say a path in words as far as there are words; else as SPARQL writes it."""
    match written:
        case URIRef():
            return name(written, data, language)
        case InvPath(arg=URIRef() as prop):
            return _REFERRING[language].format(name(prop, data, language))
        case SequencePath(args=parts):
            return " / ".join(_walked(part, data, language) for part in parts)
        case AlternativePath(args=parts):
            return " | ".join(_walked(part, data, language) for part in parts)
    return str(written.n3(_prefixes()))


def expression(node: Node, results: Statements, prefixes: NamespaceManager | None = None) -> str:
    """Write a path as SPARQL does, https://www.w3.org/TR/shacl/#property-paths, "" if it is none.

    :param prefixes: for its names; full IRIs without
    """
    written = _path(node, results)
    return str(written.n3(prefixes)) if written is not None else ""


def _path(node: Node, results: Statements) -> Any:
    """Read a path; None if it is none."""
    from rdflib.extras.shacl import SHACLPathError, parse_shacl_path

    try:
        return parse_shacl_path(results, node)
    except (SHACLPathError, ValueError, TypeError):
        return None


def _prefixes() -> NamespaceManager:
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph.namespace_manager
