"""Values that may stand in the place of another."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from rdflib import DCAT, OWL, RDF, RDFS, SKOS, XSD, BNode, Literal, URIRef

from migkg.kinds.template import BLANK
from migkg.lexical import is_form
from migkg.namespaces import LANGUAGES, MK, expand, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from migkg.validation.finding import Finding
    from migkg.validation.repair.midst import Midst

_DIGITS = re.compile(r"[0-9]+")
_SCIENTIFIC = re.compile(r"[+-]?[0-9]{1,9}([.][0-9]{1,9})?[eE][+]?[0-9]{1,2}")
_POWERS = {3: "thousand|mille|mil", 6: "millions?|millón|millones", 9: "billions?|milliards?"}
_IN_WORDS = re.compile(
    rf"[A-Z]{{0,3}}\s*[$€£]?\s*(\d{{1,6}}(?:[.,]\d{{1,2}})?)\s*({'|'.join(_POWERS.values())})\b"
    r"\s*[A-Z]{0,3}[$€£]?",
    re.IGNORECASE,
)
_GROUPED = re.compile(
    r"[0-9]{1,3}(?:([\s'’_])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]+)?"
    r"|(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|,[0-9]{3}\.[0-9]+)"
)
_COMMA = re.compile(r"[0-9]{1,3}(?:[0-9]*|(?:\.[0-9]{3})+),[0-9]{1,2}")
_FORMS = {  # rdflib lets more pass
    XSD.integer: re.compile(r"-?[0-9]+"),
    XSD.decimal: re.compile(r"-?[0-9]+[.][0-9]+"),
    XSD.date: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    XSD.gYear: re.compile(r"[0-9]{4}"),
    XSD.gYearMonth: re.compile(r"[0-9]{4}-[0-9]{2}"),
    XSD.anyURI: re.compile(r"https?://\S+"),
}


def rewritten(value: Literal) -> Iterator[Literal]:
    """Write a literal in other ways that say the same, or an e-mail address less."""
    text = str(value)
    plain = text.strip()
    yield from _others(value, [Literal(plain)])
    numbers = [*_ungrouped(plain), *_in_full(plain)]
    yield from _others(value, _typed([plain, *numbers, *_dates(plain)]))
    padded = re.sub(r"[0-9]+", lambda m: f"{int(m[0]):03}", text)
    without_address = re.sub(r"\S*@\S*", "", text).strip()
    ways = (text.upper(), text.lower(), text.capitalize(), padded, without_address)
    yield from _others(value, [_as(value, way) for way in ways])


def reworded(value: Literal, focus: Node, path: Node, midst: Midst) -> Iterator[Literal]:
    """Write a literal otherwise, then with the figures of other literals: each an example."""
    text = str(value)
    found = [_as(value, text.replace(BLANK, "example") if text.strip() else _spelt(focus))]
    found += [Literal(text.strip(), lang=tag) for tag in LANGUAGES]
    found += _typed([*_guessed_dates(text.strip(), path), text.strip().replace(",", "")])
    found += [_as(value, way) for way in _worded(text)]
    for other in (*midst.data.objects(focus), focus):
        if other != value and not isinstance(other, BNode):
            found += _with_figures_of(value, str(other))
    yield from _others(value, found)


def _others(value: Literal, found: Iterable[Literal]) -> Iterator[Literal]:
    if value.datatype == XSD.boolean:  # rdflib warns of other texts that are to be one
        value = Literal(str(value))
    for literal in dict.fromkeys(found):
        if literal != value and is_form(str(literal), str(literal.datatype)):
            yield literal


def _typed(texts: Iterable[str]) -> list[Literal]:
    """Give texts each datatype that they are a form of."""
    texts = list(texts)
    literals = [
        Literal(text, datatype=datatype, normalize=False)
        for datatype, form in _FORMS.items()
        for text in texts
        if form.fullmatch(text)
    ]
    return [literal for literal in literals if not literal.ill_typed]


def told_by_name(focus: Node, path: Node, midst: Midst) -> Iterator[Node]:
    """Read the class and the code of a thing from its IRI."""
    kind, _, rest = str(focus).rpartition("/")[2].partition("-")
    begin = str(focus)[: len(str(focus)) - len(rest)]
    if path == RDF.type and rest:
        alike = {s for s in midst.data.subjects(RDF.type) if str(s).startswith(begin)}
        classes = Counter(cls for s in alike for cls in midst.classes(s))
        named = URIRef(MK + kind.capitalize())
        yield from [named] if (named, RDF.type, OWL.Class) in midst.data else []
        yield from (cls for cls, _ in classes.most_common(3))
    value = next(iter(midst.data.objects(None, path)), None)
    if isinstance(value, Literal) and not value.language and rest:
        yield Literal(rest, datatype=value.datatype, normalize=False)


def told_by_message(finding: Finding, path: Node, midst: Midst) -> Iterator[Node]:
    """Read from a message what is to be written, and put before it what the entry has of its kind.

    That is what it says of the same thing by other properties, then what it describes.
    """
    name = re.escape(shorten(str(path)))
    written = re.search(rf"(?<!\S){name} (mk[cd]:[\w-]+)", finding.message("en"))
    if written is None or (iri := expand(written[1])) is None:
        return
    example = URIRef(iri)
    classes = set(midst.data.objects(example, RDF.type))
    for one in dict.fromkeys([*midst.entry.objects(finding.focus), *midst.entry.subjects()]):
        if one not in (finding.focus, example) and classes & {*midst.data.objects(one, RDF.type)}:
            yield one
    yield example


def _ungrouped(text: str) -> Iterator[str]:
    """Write a number without marks between thousands, and with a point for a decimal comma."""
    if _GROUPED.fullmatch(text):
        yield re.sub(r"[\s'’_,]", "", text)
    if _COMMA.fullmatch(text):
        yield text.replace(".", "").replace(",", ".")


def _in_full(text: str) -> Iterator[str]:
    """Write 1e6 and 94 million with all their zeros."""
    if _SCIENTIFIC.fullmatch(text):
        yield f"{Decimal(text):f}"
    if in_words := _IN_WORDS.fullmatch(text):
        figures, word = in_words[1].replace(",", "."), in_words[2].lower()
        power = next(power for power, words in _POWERS.items() if re.fullmatch(words, word))
        yield f"{Decimal(figures).scaleb(power):f}"


def _dates(text: str) -> Iterator[str]:
    """Write a day as XML Schema does, where month and day cannot be mistaken for each other."""
    for year, *parts in _days(text):
        month, day = sorted(parts, key=int)
        if int(day) > 12 or day == month:
            yield f"{year}-{month:0>2}-{day:0>2}"


def _guessed_dates(text: str, path: Node) -> Iterator[str]:
    """Take the first figure for the day, and a year for its first day, or its last if it ends."""
    yield from (f"{year}-{month:0>2}-{day:0>2}" for year, month, day in _days(text))
    years = [part for part in _DIGITS.findall(text) if len(part) == 4]
    yield from years
    yield from (year + ("-12-31" if path == DCAT.endDate else "-01-01") for year in years)


def _days(text: str) -> Iterator[tuple[str, str, str]]:
    if len(parts := _DIGITS.findall(text)) == 3 and len(parts[2]) == 4:
        yield parts[2], parts[1], parts[0]


def _worded(text: str) -> Iterator[str]:
    figures = _DIGITS.findall(text)
    if len(figures) == 2:  # a span from the end to the beginning
        yield re.sub(r"([0-9]+)(\D+)([0-9]+)", r"\3\2\1", text)
        first = int(figures[0])
        yield re.sub(r"([0-9]+)(\D+)([0-9]+)", rf"\g<1>\g<2>{first + 1}", text)
    yield " ".join(text.split()[:8])
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


def similarity(one: Node, other: Node) -> float:
    """Tell how alike two terms are spelt, from 0 to 100."""
    from rapidfuzz.fuzz import ratio

    return ratio(str(one), str(other))


def _spelt(focus: Node) -> str:
    """Read a name from an IRI."""
    return (
        "example"
        if isinstance(focus, BNode)
        else re.split("[/#]", str(focus))[-1].replace("-", " ")
    )


def labels(focus: Node, path: Node, midst: Midst) -> Iterator[tuple[Literal, ...]]:
    """Make labels in the languages that are missing, of those that are there or of the IRI."""
    there = {o.language: str(o) for o in midst.data.objects(focus, path) if isinstance(o, Literal)}
    others = [str(o) for p in (RDFS.label, SKOS.prefLabel) for o in midst.data.objects(focus, p)]
    text = there.get("en") or next(iter(there.values()), "") or next(iter(others), _spelt(focus))
    missing = [tag for tag in LANGUAGES if tag not in there]
    for tags in dict.fromkeys([tuple(missing[:1]), tuple(missing)]):
        if tags:
            yield tuple(Literal(text, lang=tag) for tag in tags)


def is_language(path: Node, midst: Midst) -> bool:
    """Tell whether a property has texts with a language."""
    value = next(iter(midst.data.objects(None, path)), None)
    return isinstance(value, Literal) and bool(value.language)
