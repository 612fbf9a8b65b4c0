"""What the graph around an entry knows, and what it and the entry know together."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from rdflib import OWL, QB, RDF, RDFS, SH, SKOS, XSD, Literal, URIRef
from rdflib import Graph as Statements

from migkg.validation.recognition.described import Files
from migkg.validation.recognition.names import NAMES, by_name
from migkg.validation.recognition.spelling import Pool, namespace, pool
from migkg.validation.recognition.targets import Targets, targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rdflib.namespace import DefinedNamespace
    from rdflib.term import Node

    from migkg.entry.entry import Entry
    from migkg.rdflib_terms import Statement
    from migkg.validation.recognition.name_index import NameIndex

_ENOUGH = 1000
_CLASSES = frozenset((OWL.Class, RDFS.Class))
_PROPERTIES = frozenset(
    (
        *(RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty),
        *(OWL.OntologyProperty, OWL.TransitiveProperty, OWL.SymmetricProperty),
        *(OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.AsymmetricProperty),
        *(OWL.ReflexiveProperty, OWL.IrreflexiveProperty, OWL.DeprecatedProperty),
        *(QB.DimensionProperty, QB.AttributeProperty, QB.MeasureProperty, QB.CodedProperty),
    )
)


class Around:
    """The graph without the entry: read when asked, and kept for all entries that it is around.

    Nothing may be added to the statements or taken from them meanwhile.
    """

    def __init__(
        self, statements: Statements, shapes: Statements, files: Sequence[str] = ()
    ) -> None:
        """Take the statements of the graph, those of its shapes, and the files that hold them."""
        self.statements = statements
        self.shapes = shapes
        self._files = Files(files)
        self._values: dict[Node, list[Node]] = {}
        self.indexes: dict[Node, NameIndex] = {}

    def describing(self, thing: Node) -> str:
        """Name the file that describes a thing, or where such files are."""
        return self._files.describing(thing) or "ontology/, data/"

    def values(self, prop: Node) -> list[Node]:
        """List values that a property has in the graph, of many the first thousand."""
        if prop not in self._values:
            self._values[prop] = list(islice(self.statements.objects(None, prop), _ENOUGH))
        return self._values[prop]

    @cached_property
    def classes(self) -> Pool:
        """The classes that the graph declares, and those of RDF, RDFS and OWL."""
        own = _declared(self.statements, _CLASSES) + _declared(self.shapes, _CLASSES)
        return pool([*own, *_UPPER])

    @cached_property
    def properties(self) -> Pool:
        """The properties that the graph declares, and those of RDF, RDFS and OWL."""
        own = _declared(self.statements, _PROPERTIES) + _declared(self.shapes, _PROPERTIES)
        return pool([*own, *_LOWER])

    @cached_property
    def things(self) -> Pool:
        """All that the graph describes, shapes included."""
        return pool(_described(self.statements) + _described(self.shapes))

    @cached_property
    def targets(self) -> Targets:
        """What the shapes aim at."""
        return targets(self.shapes)

    @cached_property
    def by_name(self) -> dict[str, list[URIRef]]:
        """What is called how."""
        return by_name(self.statements)

    @cached_property
    def vocabularies(self) -> frozenset[str]:
        """The namespaces of which the graph declares classes or properties."""
        return frozenset(map(namespace, (*self.classes.terms, *self.properties.terms)))

    def texts(self, *properties: Node) -> Iterator[Literal]:
        """List what things are called, and the texts that these properties have."""
        for prop in (*NAMES, *properties):
            for text in self.statements.objects(None, prop):
                if isinstance(text, Literal):
                    yield text


class Known:
    """An entry, the graph around it, and what these know together.

    `former` holds what the files of the entry said before, if they are of the graph.
    """

    def __init__(self, entry: Entry, around: Around, former: Statements | None = None) -> None:
        """Look at an entry in the midst of a graph."""
        self.entry = entry
        self.around = around
        self.former = Statements() if former is None else former
        self.asked = 0
        self._superclasses: dict[Node, set[Node]] = {}
        self._wanted: dict[Node, set[Node]] = {}
        self.sides = (entry.statements, around.statements)
        self._all = (*self.sides, around.shapes)

    def objects(self, subject: Node, predicate: Node) -> set[Node]:
        """List what entry and graph say together."""
        return {value for side in self.sides for value in side.objects(subject, predicate)}

    def about(self, subject: Node) -> list[Statement]:
        """List what the entry says of a thing."""
        return sorted(self.entry.statements.triples((subject, None, None)), key=repr)

    def is_described(self, node: Node) -> bool:
        """Whether anything is said of it, by shapes as well."""
        return any((node, None, None) in side for side in self._all)

    @cached_property
    def subjects(self) -> list[Node]:
        """What the entry describes, in a fixed order."""
        return sorted(set(self.entry.statements.subjects()), key=repr)

    def is_in_graph(self, node: Node) -> bool:
        """Whether anything is said of it without the entry."""
        return any((node, None, None) in side for side in self._all[1:])

    def is_new(self, node: Node) -> bool:
        """Whether neither the graph nor the former version of the entry says anything of it."""
        return not self.is_in_graph(node) and (node, None, None) not in self.former

    def is_class(self, term: Node) -> bool:
        """Whether it is declared as a class, or has members already."""
        return (
            any(not _CLASSES.isdisjoint(side.objects(term, RDF.type)) for side in self._all)
            or (None, RDF.type, term) in self.around.statements
            or term in _UPPER
        )

    def is_property(self, term: Node) -> bool:
        """Whether it is declared as a property, or in use already."""
        return (
            any(not _PROPERTIES.isdisjoint(side.objects(term, RDF.type)) for side in self._all)
            or (None, term, None) in self.around.statements
            or term in _LOWER
            or str(term).startswith(f"{RDF}_")
        )

    def is_a(self, term: Node, kind: Node) -> bool:
        """Whether entry or graph says that it is of this class."""
        return any((term, RDF.type, kind) in side for side in self.sides)

    @cached_property
    def classes(self) -> tuple[Pool, Pool]:
        """The classes of the graph, and those that the entry declares."""
        return self.around.classes, pool(_declared(self.entry.statements, _CLASSES))

    @cached_property
    def properties(self) -> tuple[Pool, Pool]:
        """The properties of the graph, and those that the entry declares."""
        return self.around.properties, pool(_declared(self.entry.statements, _PROPERTIES))

    @cached_property
    def things(self) -> tuple[Pool, Pool]:
        """What the graph describes, and what the entry does."""
        return self.around.things, pool(s for s in self.subjects if isinstance(s, URIRef))

    @cached_property
    def by_name(self) -> tuple[dict[str, list[URIRef]], dict[str, list[URIRef]]]:
        """What is called how, in the graph and in the entry."""
        return self.around.by_name, by_name(self.entry.statements)

    @cached_property
    def vocabularies(self) -> frozenset[str]:
        """The namespaces of which graph or entry declare classes or properties."""
        own = (*self.classes[1].terms, *self.properties[1].terms)
        return self.around.vocabularies | frozenset(map(namespace, own))

    def superclasses(self, classes: Iterable[Node]) -> set[Node]:
        """List the classes and those above: https://www.w3.org/TR/rdf-schema/#ch_subclassof."""
        return set().union(*map(self._above, classes))

    def _above(self, cls: Node) -> set[Node]:
        if cls not in self._superclasses:
            found = [cls]
            for above in found:
                found += self.objects(above, RDFS.subClassOf) - set(found)
            self._superclasses[cls] = set(found)
        return self._superclasses[cls]

    def kinds(self, node: Node) -> set[Node]:
        """Tell what a thing is: its classes, and of a concept its code lists."""
        found = self.superclasses(self.objects(node, RDF.type))
        return (found - {SKOS.Concept}) | self.objects(node, SKOS.inScheme)

    def wanted(self, prop: Node) -> set[Node]:
        """Tell of which kinds the values of a property are, by range, shapes and use."""
        if prop not in self._wanted:
            self._wanted[prop] = self._kinds_of_values(prop)
        return self._wanted[prop]

    def _kinds_of_values(self, prop: Node) -> set[Node]:
        shapes = self.around.shapes
        found = self.objects(prop, RDFS.range)
        for shape in shapes.subjects(SH.path, prop):
            found |= set(shapes.objects(shape, SH["class"]))
            for node in shapes.objects(shape, SH.node):
                for part in shapes.objects(node, SH.property):
                    found |= set(shapes.objects(part, SH.hasValue))
        for value in set(self.around.values(prop)):
            found |= self.objects(value, SKOS.inScheme) or self.objects(value, RDF.type)
        return found - {SKOS.Concept}


def is_term_of_rdf(term: Node) -> bool:
    """Whether RDF, RDFS, OWL, XML Schema or SHACL has it."""
    return term in _TERMS


def _declared(statements: Statements, kinds: Iterable[Node]) -> list[URIRef]:
    found = {node for kind in kinds for node in statements.subjects(RDF.type, kind)}
    return sorted(node for node in found if isinstance(node, URIRef))


def _described(statements: Statements) -> list[URIRef]:
    found = dict.fromkeys(statements.subjects(RDF.type))
    return [node for node in found if isinstance(node, URIRef)]


def _terms(*vocabularies: type[DefinedNamespace]) -> list[URIRef]:
    return [URIRef(str(term)) for vocabulary in vocabularies for term in dir(vocabulary)]


def _upper(term: URIRef) -> bool:
    return term.rpartition("#")[2][:1].isupper()


_TERMS = frozenset(_terms(RDF, RDFS, OWL, XSD, SH))
_UPPER = dict.fromkeys(filter(_upper, _terms(RDF, RDFS, OWL)))
_NO_PROPERTIES = {*_UPPER, RDF.langString, RDF.nil}
_LOWER = dict.fromkeys(t for t in _terms(RDF, RDFS, OWL) if t not in _NO_PROPERTIES)
