"""Changes as data: what to take out of a copy of the former release, and what to put into it.

Change sets of https://vocab.org/changeset/, each of which is also an activity of the W3C's
Activity Streams (https://www.w3.org/TR/activitystreams-vocabulary/): Create, Update or Delete.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from migkg.namespaces import OWL, PREFIXES, RDF, XSD
from migkg.results.formats import write_below_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from migkg.export.changes.compare import Change, Changes
    from migkg.export.site import Version
    from migkg.terms import Term

CS = "http://purl.org/vocab/changeset/schema#"
AS = "https://www.w3.org/ns/activitystreams#"
_DCT, _PROV = PREFIXES["dct"], PREFIXES["prov"]


def write(changes: Changes, former: Version, now: Version, out: BinaryIO) -> None:
    """Write a change set for each thing that came, went or is told otherwise, as Turtle."""
    used = {name: PREFIXES[name] for name in ("rdf", "owl", "xsd", "dct", "prov", "mk", "mkc")}
    prefixes = used | {"mkd": PREFIXES["mkd"], "as": AS, "cs": CS}
    told = _statements(changes, former, now)
    write_below_prefixes(told, ox.RdfFormat.TURTLE, prefixes, out)


def _statements(changes: Changes, former: Version, now: Version) -> Iterator[ox.Triple]:
    release = ox.NamedNode(now.iri)
    for prop in (OWL + "priorVersion", _PROV + "wasRevisionOf"):
        if former.iri != now.iri:
            yield ox.Triple(release, ox.NamedNode(prop), ox.NamedNode(former.iri))
    moment = ox.Literal(now.modified, datatype=ox.NamedNode(XSD + "dateTime"))
    yield ox.Triple(release, ox.NamedNode(_DCT + "modified"), moment)
    numbers = count(1)
    for kind, some in zip(("Create", "Delete", "Update"), changes, strict=True):
        for change in some:
            yield from _change_set(change, AS + kind, moment, numbers)


def _change_set(
    change: Change, kind: str, moment: ox.Literal, numbers: Iterator[int]
) -> Iterator[ox.Triple]:
    name = ox.BlankNode(f"change{next(numbers)}")
    removed = list(_apart(change.removed, numbers))
    added = list(_apart(change.added, numbers))
    about: dict[str, list[Term]] = {
        RDF + "type": [ox.NamedNode(CS + "ChangeSet"), ox.NamedNode(kind)],
        CS + "subjectOfChange": [change.thing],
        AS + "object": [change.thing],
        CS + "createdDate": [moment],
        CS + "removal": [statement for statement, _ in removed],
        CS + "addition": [statement for statement, _ in added],
    }
    for prop, values in about.items():
        yield from (ox.Triple(name, ox.NamedNode(prop), value) for value in values)
    for statement, triple in (*removed, *added):
        yield from _reified(statement, triple)


def _apart(
    told: list[list[ox.Triple]], numbers: Iterator[int]
) -> Iterator[tuple[ox.BlankNode, ox.Triple]]:
    """Give each statement a node, and the blank nodes in it names that no other release has."""
    names: dict[Term, ox.BlankNode] = {}

    def renamed(term: Any) -> Any:
        if not isinstance(term, ox.BlankNode):
            return term
        if term not in names:
            names[term] = ox.BlankNode(f"node{next(numbers)}")
        return names[term]

    for triple in (one for together in told for one in together):
        again = ox.Triple(renamed(triple.subject), triple.predicate, renamed(triple.object))
        yield ox.BlankNode(f"statement{next(numbers)}"), again


def _reified(name: ox.BlankNode, triple: ox.Triple) -> Iterator[ox.Triple]:
    """Describe a statement: https://www.w3.org/TR/rdf11-mt/#reification."""
    parts: dict[str, Term] = {
        "type": ox.NamedNode(RDF + "Statement"),
        "subject": triple.subject,
        "predicate": triple.predicate,
        "object": triple.object,
    }
    for prop, value in parts.items():
        yield ox.Triple(name, ox.NamedNode(RDF + prop), value)
