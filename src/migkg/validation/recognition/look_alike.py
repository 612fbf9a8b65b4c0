"""A new thing that may be one that the graph has already, or that the entry describes twice.

Only what can be confused is compared: an organization with organizations, whatever their class, a
concept with those of its code list. One identifier, or one thing of another graph that both match,
makes it certain.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from rdflib import FOAF, OWL, RDF, RDFS, SKOS, Literal, URIRef

from migkg.namespaces import MK
from migkg.validation.finding import Finding
from migkg.validation.recognition import wording
from migkg.validation.recognition.name_index import NameIndex
from migkg.validation.recognition.names import NAMES, identifiers
from migkg.validation.recognition.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.validation.recognition.known import Known
    from migkg.validation.recognition.name_index import Names

NAME = "look-alike"
_SAME_NAME = {
    "en": "The name is that of {other}: use it, or write a name that tells the two apart.",
    "fr": "Ce nom désigne déjà {other} : utilisez cette ressource, ou écrivez un nom qui les "
    "distingue.",
    "es": "El nombre es el de {other}: use ese recurso, o escriba un nombre que los distinga.",
}
_ALIKE = {
    "en": "This may be {other} in another spelling: use it, or write a name that tells the two "
    "apart.",
    "fr": "C'est peut-être {other}, écrit autrement : utilisez cette ressource, ou écrivez un nom "
    "qui les distingue.",
    "es": "Tal vez sea {other}, escrito de otro modo: use ese recurso, o escriba un nombre que los "
    "distinga.",
}
_SAME_ID = {
    "en": "{other} has the same {path}: use it, or correct the value.",
    "fr": "{other} a la même valeur de {path} : utilisez cette ressource, ou corrigez la valeur.",
    "es": "{other} tiene el mismo valor de {path}: use ese recurso, o corrija el valor.",
}
_TOLD = 3  # things that one is like: of many more a reader learns no more
_CALLED_ALIKE = {URIRef(MK + "StatusReport")}  # as mksh:Thing-label-taken has it
_LANGUAGES = (str(OWL), str(RDF), str(RDFS))  # whose classes are of terms


def find(known: Known) -> Iterator[Finding]:
    """Report each new thing that is called like another, or identified like it."""
    own: dict[Node, NameIndex] = {}
    for thing in known.subjects:
        if not isinstance(thing, URIRef) or not known.is_new(thing):
            continue
        yield from _same_identity(known, thing)
        for root in sorted(_roots(known, thing) - _CALLED_ALIKE, key=str):
            if root not in own:
                own[root] = NameIndex(_named(known.entry.statements, root, known.sides))
            yield from islice(_same_name(known, thing, own[root], root), _TOLD)


def _roots(known: Known, thing: Node) -> set[Node]:
    """Tell among which things one is compared: those of its topmost class, or of its code list."""
    classes = known.objects(thing, RDF.type)
    if SKOS.Concept in classes:
        return known.objects(thing, SKOS.inScheme)
    found = {c for c in known.superclasses(classes) if not str(c).startswith(_LANGUAGES)}
    ours = {cls for cls in found if str(cls).startswith(MK)} or found
    return {c for c in ours if known.superclasses([c]).isdisjoint(ours - {c})}


def _named(
    statements: Statements, root: Node, hierarchy: Sequence[Statements]
) -> dict[URIRef, Names]:
    """Read the names of the members of a class and of those below it, or of a code list."""
    found = set(statements.subjects(SKOS.inScheme, root))
    classes = {c for side in hierarchy for c in side.transitive_subjects(RDFS.subClassOf, root)}
    for cls in classes:
        found |= set(statements.subjects(RDF.type, cls))
    return {
        node: _names(statements, node)
        for node in sorted(found, key=str)
        if isinstance(node, URIRef)
    }


def _names(statements: Statements, thing: Node) -> Names:
    found: Names = defaultdict(list)
    for prop in NAMES:
        for text in statements.objects(thing, prop):
            if isinstance(text, Literal):
                tag = text.language or "en"
                found[tag] += wording.read(str(text), tag)
    return found


def _same_name(known: Known, thing: URIRef, own: NameIndex, root: Node) -> Iterator[Finding]:
    around = known.around
    if root not in around.indexes:
        around.indexes[root] = NameIndex(_named(around.statements, root, [around.statements]))
    of_list = any((None, SKOS.inScheme, root) in side for side in known.sides)
    names = own.names[thing]
    for index in (around.indexes[root], own):
        for other in index.near(names):
            if other == thing or (known.is_new(other) and other > thing):
                continue  # of two new ones, one is told
            if template := _compared(names, index.names[other], of_list):
                messages = said(known.sides, template, other=other)
                label = _label(known, thing)
                yield Finding("Warning", thing, *label, messages, NAME, meant=(other,))


def _compared(own: Names, names: Names, of_list: bool) -> dict[str, str] | None:
    """Choose what to say of two things by their names; nothing if these are different."""
    if any(
        wording.is_same(a, b)
        for mine in own.values()
        for theirs in names.values()
        for a in mine
        for b in theirs
    ):
        return _SAME_NAME
    shared = own.keys() & names.keys()
    if shared and all(
        any(
            wording.is_alike(a, b) and (not of_list or a.little == b.little)
            for a in own[tag]
            for b in names[tag]
        )
        for tag in shared
    ):
        return _ALIKE
    return None


def _label(known: Known, thing: Node) -> tuple[Node | None, Node | None]:
    """Point to the label of a thing, the English one if there is one."""
    statements = known.entry.statements
    for prop in (RDFS.label, SKOS.prefLabel, *NAMES):
        texts = [text for text in statements.objects(thing, prop) if isinstance(text, Literal)]
        if texts:
            return prop, min(texts, key=lambda text: (text.language != "en", repr(text)))
    return None, None


def _same_identity(known: Known, thing: Node) -> Iterator[Finding]:
    codes = {*identifiers(known.around.statements), SKOS.notation}
    for path, value in sorted(known.entry.statements.predicate_objects(thing), key=repr):
        if path == SKOS.exactMatch:
            severity = "Violation"
        elif path in codes or path == FOAF.page:
            severity = "Violation" if path in codes else "Warning"
        else:
            continue
        others = {s for side in known.sides for s in side.subjects(path, value)} - {thing}
        for other in sorted(others, key=str)[:_TOLD]:
            if path == SKOS.exactMatch or not _roots(known, other).isdisjoint(_roots(known, thing)):
                messages = said(known.sides, _SAME_ID, other=other, path=path)
                yield Finding(*(severity, thing, path, value, messages, NAME), meant=(other,))
