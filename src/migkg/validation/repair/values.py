"""Values that may stand in the place of another."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SKOS, XSD, BNode, Literal

from migkg.kinds.template import BLANK
from migkg.namespaces import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from migkg.validation.repair.midst import Midst

_DIGITS = re.compile(r"[0-9]+")
_FORMS = {  # rdflib lets more pass
    XSD.integer: re.compile(r"-?[0-9]+"),
    XSD.decimal: re.compile(r"-?[0-9]+[.][0-9]+"),
    XSD.date: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    XSD.gYear: re.compile(r"[0-9]{4}"),
    XSD.gYearMonth: re.compile(r"[0-9]{4}-[0-9]{2}"),
    XSD.anyURI: re.compile(r"https?://\S+"),
}


def rewritten(value: Literal, focus: Node, midst: Midst) -> Iterator[Literal]:
    """Write a literal in other ways that say the same, then with the figures of other literals."""
    if value.datatype == XSD.boolean:  # rdflib warns of other texts that are to be one
        value = Literal(str(value))
    text = str(value)
    plain = text.strip()
    number = re.sub(r"[\s,'’_]|(?<=[0-9]) (?=[0-9])", "", plain)
    found: list[Literal] = [_as(value, text.replace(BLANK, "example"))]
    found += [Literal(plain, lang="en"), Literal(plain)]
    for datatype, form in _FORMS.items():
        for way in (plain, number, *_dates(plain)):
            literal = Literal(way, datatype=datatype, normalize=False)
            if form.fullmatch(way) and not literal.ill_typed:
                found.append(literal)
    found += [_as(value, way) for way in _reworded(text)]
    for other in (*midst.data.objects(focus), focus):
        if other != value and not isinstance(other, BNode):
            found += _with_figures_of(value, str(other))
    yield from (literal for literal in dict.fromkeys(found) if literal != value)


def told_by_name(focus: Node, path: Node, midst: Midst) -> Iterator[Node]:
    """Read the class and the code of a thing from its IRI."""
    _, _, rest = str(focus).rpartition("/")[2].partition("-")
    begin = str(focus)[: len(str(focus)) - len(rest)]
    if path == RDF.type and rest:
        alike = (s for s in midst.data.subjects(RDF.type) if str(s).startswith(begin))
        classes = Counter(cls for s in alike for cls in midst.data.objects(s, RDF.type))
        yield from (cls for cls, _ in classes.most_common(3))
    value = next(iter(midst.data.objects(None, path)), None)
    if isinstance(value, Literal) and not value.language and rest:
        yield Literal(rest, datatype=value.datatype, normalize=False)


def _dates(text: str) -> Iterator[str]:
    parts = _DIGITS.findall(text)
    if len(parts) == 3 and len(parts[2]) == 4:
        yield f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"
    yield from (part for part in parts if len(part) == 4)


def _reworded(text: str) -> Iterator[str]:
    figures = _DIGITS.findall(text)
    if len(figures) == 2:  # a span from the end to the beginning
        yield re.sub(r"([0-9]+)(\D+)([0-9]+)", r"\3\2\1", text)
        first = int(figures[0])
        yield re.sub(r"([0-9]+)(\D+)([0-9]+)", rf"\g<1>\g<2>{first + 1}", text)
    yield from (text.upper(), text.lower(), text.capitalize())
    yield " ".join(text.split()[:8])
    yield re.sub(r"\S*@\S*", "", text).strip()
    yield re.sub(r"[0-9]+", lambda m: f"{int(m[0]):03}", text)
    yield text + "…"


def _with_figures_of(value: Literal, other: str) -> Iterator[Literal]:
    """Bring the year or number of one text into another."""
    text = str(value)
    for figure in _DIGITS.findall(other):
        yield _as(value, _DIGITS.sub(figure, text, count=1))
        yield _as(value, str(int(figure)))
    yield _as(value, other.rpartition("-")[2])


def _as(value: Literal, text: str) -> Literal:
    return Literal(text, lang=value.language, datatype=value.datatype, normalize=False)


def labels(focus: Node, path: Node, midst: Midst) -> Iterator[tuple[Literal, ...]]:
    """Make labels in the languages that are missing, of those that are there or of the IRI."""
    there = {o.language: str(o) for o in midst.data.objects(focus, path) if isinstance(o, Literal)}
    others = [str(o) for p in (RDFS.label, SKOS.prefLabel) for o in midst.data.objects(focus, p)]
    spelt = re.split(r"[/#]", str(focus))[-1].replace("-", " ")
    text = there.get("en") or next(iter(there.values()), "") or next(iter(others), spelt)
    missing = [tag for tag in LANGUAGES if tag not in there]
    for tags in dict.fromkeys([tuple(missing[:1]), tuple(missing)]):
        if tags:
            yield tuple(Literal(text, lang=tag) for tag in tags)


def is_language(path: Node, midst: Midst) -> bool:
    """Tell whether a property has texts with a language."""
    value = next(iter(midst.data.objects(None, path)), None)
    return isinstance(value, Literal) and bool(value.language)
