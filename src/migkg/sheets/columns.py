"""What the columns of a sheet hold: one for each property and language, named by a key.

The second row of a sheet has the keys: that of the first column is the class of the rows, that of
any other a property, with a language (``rdfs:label@fr``) or from value to thing (``^mk:budget``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from migkg.kinds.kind import EVIDENCE, LABEL, PASSAGE, SELECTOR, Field
from migkg.model.constraints import ADDRESS, NODE, NUMBER, PROPERTY, Values
from migkg.namespaces import LANGUAGES, MK, OA, RDF, XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.kinds.kind import Kind, Node
    from migkg.sheets.words import Words

Form = Literal[
    "name",
    "text",
    "thing",
    "value",
    "address",
    "position",
    "number",
    "integer",
    "date",
    "year",
    "month",
    "duration",
]
OF_EVIDENCE: Final = MK + "Evidence"
TYPE: Final = RDF + "type"
SEPARATOR: Final = "|"
_FORMS: dict[str, Form] = {
    NUMBER: "number",
    ADDRESS: "address",
    XSD + "integer": "integer",
    XSD + "date": "date",
    XSD + "gYear": "year",
    XSD + "gYearMonth": "month",
    XSD + "duration": "duration",
}
_INVISIBLE = [0x180E, *range(0x200B, 0x2010), 0x2060, 0xFEFF]  # and what str.strip takes anyway
_AROUND = "".join(map(chr, _INVISIBLE)) + "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_PASSAGES = Values(classes=frozenset({PASSAGE}))


class Column(NamedTuple):
    """A column: what it says of the row, and what its cells hold."""

    field: Field
    form: Form
    language: str = ""
    inverse: bool = False
    """Whether the cells hold the subjects: the owner of what the row describes."""

    @property
    def key(self) -> str:
        """Name the column for programs."""
        tag = f"@{self.language}" if self.language else ""
        return f"{'^' if self.inverse else ''}{shorten(self.field.iri)}{tag}"

    @property
    def heading(self) -> str:
        """Name the column for people."""
        return self.field.label + (f" ({self.language})" if self.language else "")

    @property
    def many(self) -> bool:
        """Whether a cell holds several values, with separators between them."""
        if self.language and self.field.one_a_language:
            return False
        return self.field.most != 1


class Sheet(NamedTuple):
    """A sheet: a class and the columns beside the first, which says which thing each row is of."""

    node: Node
    columns: tuple[Column, ...]


def sheets(kind: Kind, words: Words, languages: Iterable[str] = LANGUAGES) -> list[Sheet]:
    """Lay out the sheets of a kind, evidence last; a position stands with its passage."""
    of = [node for node in kind.nodes if node.iri != SELECTOR]
    owned = {node.owner for node in of if node.owner}
    laid = [
        Sheet(
            node,
            tuple(
                column
                for column in columns(node, words, languages)
                if not (column.field.iri in owned and not column.inverse)
            ),
        )
        for node in of
    ]
    return [*laid, evidence(words)]


def columns(node: Node, words: Words, languages: Iterable[str] = LANGUAGES) -> Iterator[Column]:
    """List the columns of a class: its owner, labels, class and passages, then its properties."""
    tags = list(languages)
    if node.owner:
        yield Column(Field(node.owner, words.owner, "", Values(), 1, 1), "thing", inverse=True)
    if node.is_thing:
        label = Field(LABEL, words.label, words.label_meaning, Values(), 1, None, True, True)
        for tag in tags:
            yield Column(label._replace(least=int(tag == "en")), "text", tag)
    if node.narrower:
        yield Column(Field(TYPE, words.type, words.type_meaning, Values(), 0, 1), "thing")
    if node.is_thing:
        told = Field(EVIDENCE, words.passage, words.passage_meaning, _PASSAGES, 1)
        yield Column(told, "thing")
    for field in node.fields:
        if field.iri == OA + "hasSelector":
            yield Column(field._replace(meaning=words.position_meaning), "position")
        elif field.worded:
            for tag in tags:
                yield Column(field._replace(least=int(field.needed and tag == "en")), "text", tag)
        else:
            yield Column(field, form(field.values))


def evidence(words: Words) -> Sheet:
    """Lay out the sheet of evidence for a part of what is said; its rows begin with the thing."""
    from migkg.kinds.kind import Node

    node = Node(OF_EVIDENCE, words.evidence, words.evidence_meaning, "", (), (), False, EVIDENCE)
    supports = Values(datatypes=frozenset({PROPERTY}))
    return Sheet(
        node,
        (
            Column(Field(MK + "passage", words.passage, "", _PASSAGES, 1, 1), "thing"),
            Column(
                Field(MK + "supports", words.supports, words.supports_meaning, supports), "thing"
            ),
            Column(Field(MK + "value", words.value, words.value_meaning, Values()), "value"),
            Column(Field(OA + "exact", words.exact, words.exact_meaning, Values(), 0, 1), "text"),
        ),
    )


def form(values: Values) -> Form:
    """Tell what the cells of a property hold."""
    if values.classes or values.schemes or NODE in values.datatypes:
        return "thing"
    forms = {_FORMS[datatype] for datatype in values.datatypes if datatype in _FORMS}
    return min(forms) if len(forms) == 1 else "text"


def split(text: str) -> list[str]:
    """Take the values of a cell that holds several apart."""
    return [part for part in map(bare, text.split(SEPARATOR)) if part]


def bare(text: str) -> str:
    """Take a text without blanks around it, also those that nobody sees."""
    return text.strip(_AROUND)
