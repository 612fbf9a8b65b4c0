"""Pictures of the model as Mermaid class diagrams (https://mermaid.js.org/syntax/classDiagram)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migkg.errors import UsageError
from migkg.model.constraints import ADDRESS, NODE, NUMBER, PROPERTY, Values
from migkg.namespaces import MKC, RDF, XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.model.model import Class, Model, Property

_ABSENCE = MKC + "absence"
_HEAD = """---
config:
  class:
    hideEmptyMembersBox: true
---
classDiagram"""
_DATATYPES = {
    RDF + "langString": "text",
    XSD + "string": "text",
    XSD + "boolean": "yes or no",
    XSD + "integer": "whole number",
    NUMBER: "number",
    XSD + "date": "day",
    XSD + "gYear": "year",
    XSD + "gYearMonth": "month",
    ADDRESS: "address",
    NODE: "anything with an IRI",
    PROPERTY: "property",
}


def overview(model: Model, pairs: Iterable[tuple[str, str]]) -> str:
    """Draw classes without properties, and how the first of each pair points to the second.

    What narrower classes point to, or are pointed to, is drawn of the broader ones.

    :param pairs: IRIs of classes
    :raises UsageError: the one does not point to the other
    """
    boxes: dict[str, str] = {}
    lines: list[str] = []
    for one, other in pairs:
        names = {
            local(prop.iri)
            for bearer in model.classes.values()
            for prop in bearer.properties
            for target in prop.values.classes
            if one in _broader(model, bearer.iri) and other in _broader(model, target)
        }
        if not names:
            raise UsageError(f"nothing leads from {shorten(one)} to {shorten(other)}")
        boxes |= {iri: _box(iri) for iri in (one, other)}
        first = sorted(names, key=lambda name: (len(name), name))
        shown = ", ".join(first if len(first) < 4 else [*first[:2], "…"])
        lines.append(f"{_id(one)} --> {_id(other)} : {shown}")
    return _diagram([*boxes.values(), *lines])


def part(classes: Iterable[Class]) -> str:
    """Draw classes with their properties; links to classes that are not drawn are properties."""
    drawn = {found.iri: found for found in classes}
    lines: list[str] = []
    for found in drawn.values():
        above = {
            p.iri for parent in found.broader if parent in drawn for p in drawn[parent].properties
        }
        own = [prop for prop in found.properties if prop.iri not in above]
        inside = [line for prop in own for line in _member(prop, found, drawn)]
        lines += [f"{_box(found.iri)} {{", *inside, "}"] if inside else [_box(found.iri)]
    for found in drawn.values():
        lines += [f"{_id(parent)} <|-- {_id(found.iri)}" for parent in found.broader]
    for found in drawn.values():
        pairs: dict[str, list[str]] = {}
        for prop in found.properties:
            for target in _links(prop, drawn) - {found.iri}:
                pairs.setdefault(target, []).append(local(prop.iri))
        for target, names in sorted(pairs.items()):
            lines.append(f"{_id(found.iri)} --> {_id(target)} : {', '.join(names)}")
    return _diagram(lines)


def local(iri: str) -> str:
    """Name a term without its prefix: in labels of links Mermaid takes no colon."""
    return shorten(iri).partition(":")[2]


def datatype(iri: str) -> str:
    """Name a datatype in plain words."""
    return _DATATYPES.get(iri, local(iri))


def ordered(schemes: Iterable[str]) -> list[str]:
    """Order code lists, with that of absent values last."""
    return sorted(schemes, key=lambda iri: (iri == _ABSENCE, iri))


def values(told: Values) -> list[str]:
    """Name the datatypes of values, each once: all numbers are numbers."""
    names = sorted({datatype(iri) for iri in told.datatypes})
    return ["number"] if set(names) == {"number", "whole number"} else names


def _links(prop: Property, drawn: dict[str, Class]) -> frozenset[str]:
    """List the classes that a property is drawn to; with anything else among its values, none."""
    told = prop.values
    others = told.schemes or told.datatypes or not told.classes <= drawn.keys()
    return frozenset() if others else told.classes


def _member(prop: Property, bearer: Class, drawn: dict[str, Class]) -> Iterator[str]:
    """Write what stands within the box of a class: all that no line to another box says."""
    links = _links(prop, drawn)
    if prop.most == 0:
        return
    if not links or bearer.iri in links:
        told = Values(frozenset({bearer.iri})) if links else prop.values
        yield f"  {local(prop.iri)}: {_told(told)}"


def _told(told: Values) -> str:
    names = [local(iri) for iri in sorted(told.classes)]
    names += [local(iri) for iri in ordered(told.schemes)] + values(told)
    return " or ".join(names if len(names) < 4 else [*names[:2], "…"]) if names else "anything"


def _broader(model: Model, iri: str) -> Iterator[str]:
    """List a class and all broader ones."""
    yield iri
    if iri in model.classes:
        for parent in model.classes[iri].broader:
            yield from _broader(model, parent)


def _id(iri: str) -> str:
    return re.sub(r"\W", "", local(iri))


def _box(iri: str) -> str:
    name = "" if _id(iri) == local(iri) else f'["{local(iri)}"]'
    return f"class {_id(iri)}{name}"


def _diagram(lines: Iterable[str]) -> str:
    return "\n".join([_HEAD, *(f"  {line}" for line in lines)])
