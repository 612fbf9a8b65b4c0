"""What may mend a finding, by the constraint component that it is of, the best first."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Literal, URIRef

from migkg.kinds.template import BLANK
from migkg.validation.finding import Repair
from migkg.validation.repair import change, evidence, naming, values
from migkg.validation.repair.midst import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from migkg.rdflib_terms import Statement
    from migkg.validation.finding import Finding
    from migkg.validation.repair.change import Candidate
    from migkg.validation.repair.midst import Midst

_ENOUGH = 12  # values tried in the place of one
_ASKING = {f"recognition/{rule}" for rule in ("look-alike", "prefix", "taken-iri", "unseen")}
_LABELS = {RDFS.label, SKOS.prefLabel}


def candidates(finding: Finding, midst: Midst) -> Iterator[Candidate]:
    """Propose changes of the entry that may take a finding away."""
    focus, path = finding.focus, finding.path
    if focus is None:
        return
    if finding.repair:
        yield change.Candidate(finding.repair)
    if finding.meant or finding.source in _ASKING:
        return  # nobody but the contributor knows better
    yield from evidence.bracketed(focus, midst)
    if finding.source == evidence.REQUIRED:
        yield from evidence.cited(finding, midst)
    shape = named(finding.source)
    if path is None:
        yield from _named_anew(focus, shape, midst)
    elif isinstance(path, BNode):
        yield from _pointing(focus, shape, midst)
    else:
        yield from _of_path(finding, focus, path, midst)
    yield from _named_by_a_value(focus, midst)
    yield from _as_others(focus, midst)
    yield from _less(focus, midst)


def _of_path(finding: Finding, focus: Node, path: Node, midst: Midst) -> Iterator[Candidate]:
    shape, value = named(finding.source), finding.value
    if (shape, SH.maxCount, None) in midst.shapes:
        yield from _fewer(focus, path, midst)
    if (shape, SH.uniqueLang, None) in midst.shapes:
        yield from _one_a_language(focus, path, midst)
    for fixed in midst.shapes.objects(shape, SH.hasValue):
        yield from _instead(focus, path, fixed, midst)
    for other in (SH.lessThan, SH.lessThanOrEquals):
        for later in midst.shapes.objects(shape, other):
            yield from _exchanged(focus, path, later, midst)
    if value is None or (focus, path, value) not in midst.data:
        yield from _more(finding, focus, path, midst)
    else:
        yield from _other(focus, path, value, midst)


def _as_others(focus: Node, midst: Midst) -> Iterator[Candidate]:
    """Say what things like this one have, and change what they have otherwise."""
    for prop in midst.lacking(focus):
        for value in midst.usual(focus, prop)[:2]:
            yield change.added([(focus, prop, value)])
    for statement in sorted(midst.entry.triples((focus, None, None)), key=str):
        if statement[1] != RDF.type and isinstance(statement[2], URIRef):
            for value in midst.usual(focus, statement[1])[:3]:
                if value != statement[2]:
                    yield change.replaced(statement, value, example=True)


def _named_anew(focus: Node, shape: Node, midst: Midst) -> Iterator[Candidate]:
    patterns = midst.shapes.objects(shape, SH.pattern)
    for pattern in patterns:
        for at, name in enumerate(naming.names(focus, str(pattern), midst)):
            if at == _ENOUGH:
                break
            yield change.renamed(midst.entry, focus, name, example=isinstance(focus, BNode))


def _named_by_a_value(focus: Node, midst: Midst) -> Iterator[Candidate]:
    """Give the thing the name that its code asks for."""
    begin = str(focus).rpartition("-")[0]
    for value in midst.entry.objects(focus):
        if isinstance(focus, URIRef) and isinstance(value, Literal) and value.isalnum():
            yield change.renamed(midst.entry, focus, URIRef(f"{begin}-{value}"))


def _pointing(focus: Node, shape: Node, midst: Midst) -> Iterator[Candidate]:
    """Let another thing refer to this one, or fewer."""
    paths = [*midst.shapes.objects(shape, SH.path)]
    inverse = next((p for one in paths for p in midst.shapes.objects(one, SH.inversePath)), None)
    if inverse is None:
        return
    there = [*midst.data.subjects(inverse, focus)]
    if len(there) > 1:
        for kept in there:
            extra = [(s, inverse, focus) for s in there if s != kept]
            if all(statement in midst.entry for statement in extra):
                yield change.removed(extra)
        return
    for one in midst.pointing(focus, inverse)[:_ENOUGH]:
        yield change.added([(one, inverse, focus)])


def _more(finding: Finding, focus: Node, path: Node, midst: Midst) -> Iterator[Candidate]:
    if path in _LABELS or values.is_language(path, midst):
        for texts in values.labels(focus, path, midst):
            yield change.added([(focus, path, text) for text in texts])
    told = [*values.told_by_name(focus, path, midst), *values.told_by_message(finding, path, midst)]
    for value in dict.fromkeys([*told, *midst.usual(focus, path)[:_ENOUGH]]):
        yield change.added([(focus, path, value)])
    yield from _likewise(focus, path, midst)
    for one in midst.pointing(focus, path)[:_ENOUGH]:
        yield change.added([(one, path, focus)])


def _likewise(focus: Node, path: Node, midst: Midst) -> Iterator[Candidate]:
    """Give a thing a part that is named after it, as one most like it has."""
    for one, _ in midst.like(focus).most_common(_ENOUGH):
        for part in midst.data.objects(one, path):
            if str(part).startswith(f"{one}-"):
                name = URIRef(f"{focus}{str(part).removeprefix(str(one))}")
                said = [(name, prop, value) for prop, value in midst.said_of(part)]
                yield change.added([(focus, path, name), *said])
                return


def _fewer(focus: Node, path: Node, midst: Midst) -> Iterator[Candidate]:
    there = sorted(midst.data.objects(focus, path), key=str)
    for kept in sorted(
        there, key=lambda v: ((focus, path, v) in midst.entry, _is_unnamed(v, midst))
    ):
        extra = [(focus, path, v) for v in there if v != kept]
        if extra and all(statement in midst.entry for statement in extra):
            yield change.removed(extra, example=True)


def _one_a_language(focus: Node, path: Node, midst: Midst) -> Iterator[Candidate]:
    """Keep one label of each language, the others as other labels."""
    first: dict[str, Node] = {}
    extra = []
    for text in sorted(midst.entry.objects(focus, path), key=lambda v: (len(str(v)), v)):
        tag = text.language if isinstance(text, Literal) else None
        if tag and first.setdefault(tag, text) != text:
            extra.append((focus, path, text))
    repair = change.removed(extra).repair
    others = tuple((focus, SKOS.altLabel, text) for _, _, text in extra)
    yield change.Candidate(repair._replace(added=others))
    yield change.Candidate(repair)


def _exchanged(focus: Node, path: Node, other: Node, midst: Midst) -> Iterator[Candidate]:
    """Give two properties the value of each other."""
    one, two = ([*midst.entry.objects(focus, prop)] for prop in (path, other))
    if len(one) == len(two) == 1:
        removed = (focus, path, one[0]), (focus, other, two[0])
        yield change.Candidate(Repair(removed, ((focus, path, two[0]), (focus, other, one[0]))))


def _instead(focus: Node, path: Node, fixed: Node, midst: Midst) -> Iterator[Candidate]:
    for value in midst.entry.objects(focus, path):
        yield change.replaced((focus, path, value), fixed)
    yield change.added([(focus, path, fixed)], example=False)


def _other(focus: Node, path: Node, value: Node, midst: Midst) -> Iterator[Candidate]:
    """Put another value in the place of one, or leave it out, or say it by another property."""
    statement = (focus, path, value)
    if statement not in midst.entry:
        return
    if isinstance(value, Literal):
        yield from _other_text(statement, value, midst)
    if path == RDF.type:
        yield from _other_class(statement, midst)
    if value != focus:
        yield from _other_thing(statement, midst)
    yield change.removed([statement])
    yield change.removed(evidence.retracted(statement, midst))
    if isinstance(value, Literal) and isinstance(value.value, int | Decimal):
        for prop in midst.lacking(focus):
            yield change.Candidate(Repair((statement,), ((focus, prop, value),)))


def _other_thing(statement: Statement, midst: Midst) -> Iterator[Candidate]:
    """Take what others have, or what is spelt like something that nothing names."""
    focus, path, value = statement
    for told in midst.entry.triples((value, RDF.type, None)):
        yield from _other_class(told, midst)
    usual = [
        one
        for one in midst.usual(focus, path)
        if not str(one).startswith(str(OWL)) and not getattr(one, "language", None)
    ]
    if _is_unnamed(value, midst):
        usual.sort(key=lambda one: -values.similarity(value, one))
    for one in [v for v in usual if (focus, path, v) not in midst.data][:_ENOUGH]:
        yield change.replaced(statement, one, example=True)
    if len([*midst.entry.triples((None, None, value))]) > 1:
        yield from (change.renamed(midst.entry, value, one, example=True) for one in usual[:3])


def _is_unnamed(value: Node, midst: Midst) -> bool:
    return not any((value, prop, None) in midst.data for prop in _LABELS)


def _other_class(statement: Statement, midst: Midst) -> Iterator[Candidate]:
    for cls in values.told_by_name(statement[0], RDF.type, midst):
        yield change.replaced(statement, cls, example=True)


def _other_text(statement: Statement, value: Literal, midst: Midst) -> Iterator[Candidate]:
    for literal in values.rewritten(value):
        yield change.replaced(statement, literal, example=BLANK in value)
    for literal in values.reworded(value, *statement[:2], midst):
        yield change.replaced(statement, literal, example=True)


def _less(focus: Node, midst: Midst) -> Iterator[Candidate]:
    """Leave out any one statement about the thing, or one that refers to it."""
    about = sorted(midst.entry.triples((focus, None, None)), key=str)
    for statement in about:
        if statement[1] != RDF.type:
            yield change.removed([statement])
            yield change.removed(evidence.retracted(statement, midst))
    whole = [*about, *sorted(midst.entry.triples((None, None, focus)), key=str)]
    for statement in whole[len(about) :]:
        yield change.removed([statement])
    yield change.removed(whole, example=True)._replace(last=True)
