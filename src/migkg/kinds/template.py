"""A template in Turtle: valid as soon as its blanks are filled.

A blank is ``___`` in an IRI or a text, so that the template is Turtle at any time, and validation
finds each blank that is left (mksh:Entry-blank).
"""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING

from migkg.kinds.kind import DOCUMENT, LABEL, PASSAGE, SELECTOR
from migkg.kinds.position import LINES, PAGE
from migkg.kinds.words import WORDS
from migkg.model.constraints import ADDRESS, NODE, TEXT
from migkg.namespaces import MK, MKC, PREFIXES, RDF, SKOS, XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.kinds.choices import Choice, Choices
    from migkg.kinds.kind import Field, Kind, Node
    from migkg.model.constraints import Values

BLANK = "___"
CONCEPT = SKOS + "Concept"
_FEW = 12  # codes or things that a template lists
_SOME = 6  # properties of what goes with the thing itself
_WIDTH = 100
_LONG = 90
_PATTERNS = {
    XSD + "date": "____-__-__",
    XSD + "gYear": "____",
    XSD + "gYearMonth": "____-__",
    XSD + "duration": "P___Y",
}
_BLANKS = {NODE: f"mkd:{BLANK}", ADDRESS: f"<https://{BLANK}>"}
_OF_A_SOURCE = {
    MK + "documentKind",
    MK + "fileName",
    MK + "publicationYear",
    MK + "readOn",
    PREFIXES["dct"] + "creator",
    PREFIXES["foaf"] + "page",
}


def template(kind: Kind, choices: Choices, language: str) -> str:
    """Write the template of a kind, its comments in the language."""
    body = "\n".join(_Writer(kind, choices, language).lines())
    used = {prefix for prefix in PREFIXES if re.search(rf"(?<![\w:-]){prefix}:[\w_]", body)}
    head = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in sorted(used))
    steps = WORDS[language].steps
    stem = kind.nodes[0].stem
    numbered = (f"{at}. {step.format(stem=stem)}" for at, step in enumerate(steps, 1))
    intro = [kind.nodes[0].meaning or kind.nodes[0].label, *numbered]
    said = "\n".join(line for text in intro for line in _said(text, ""))
    return f"{said}\n\n{head}\n{body}\n"


def uncommented(text: str) -> str:
    """Take away every ``#`` from all that can be filled."""
    return re.sub(r"^( *)(?:# +)+", r"\1", text, flags=re.MULTILINE)


def _said(text: str, indent: str, hang: str = "") -> Iterator[str]:
    """Write a comment; no line begins with the sign that French sets a blank before."""
    bound = re.sub(r" (?=[:;?!»·])", "\xa0", text)
    for line in wrap(
        bound,
        _WIDTH,
        initial_indent=f"{indent}## ",
        subsequent_indent=f"{indent}## {hang}",
        break_long_words=False,
        break_on_hyphens=False,
    ):
        yield line.replace("\xa0", " ")


def _off(lines: Iterable[str]) -> Iterator[str]:
    """Comment out a block, as an editor does; what explains is a comment already."""
    for line in lines:
        bare = line.lstrip()
        yield f"##  {line[: -len(bare)]}{bare[2:]}" if bare.startswith("##") else f"# {line}"


class _Writer:
    """The lines of a template."""

    def __init__(self, kind: Kind, choices: Choices, language: str) -> None:
        self.kind, self.choices, self.language = kind, choices, language
        self.words = WORDS[language]
        self.owned = {node.iri for node in kind.nodes if node.owner}
        self.listed: dict[tuple[Choice, ...], tuple[int, Field]] = {}

    def lines(self) -> Iterator[str]:
        main, *others = self.kind.nodes
        yield from self._main(main)
        parts = [node for node in others if node.iri not in (DOCUMENT, PASSAGE, SELECTOR)]
        if parts:
            yield ""
            yield from _said(self.words.parts, "")
        for node in parts:
            shown = max(_SOME, sum(field.needed for field in node.fields))
            yield ""
            yield from _said(" · ".join(filter(None, (node.label, node.meaning))), "")
            yield from _off(self._beside(node, node.fields[:shown]))
            if len(node.fields) > shown:
                yield from _said(self.words.others.format(shorten(node.iri)), "")
        yield ""
        yield from self._sources(main)
        yield ""
        yield from self._lists()

    # -- a node -----------------------------------------------------------------------------------

    def _main(self, node: Node) -> Iterator[str]:
        """Write what the entry is about, with all that it may have."""
        yield f"mkd:{node.stem}{BLANK}"
        yield f"    a {shorten(node.iri)} ;"
        if node.narrower:
            yield from _said(self.words.precise, "    ")
            for narrower in node.narrower:
                text = " · ".join(filter(None, (narrower.label, narrower.meaning)))
                yield from _said(f"{shorten(narrower.iri)} {text}", "    ", "    ")
        yield ""
        yield from _said(self.words.label, "    ")
        yield from _labels()
        for field in node.fields:
            yield ""
            yield from self._field(field)
        yield ""
        yield from self._evidence()
        yield "."

    def _beside(self, node: Node, fields: Iterable[Field]) -> Iterator[str]:
        """Write what may go with it."""
        yield f"mkd:{node.stem}{BLANK}"
        yield f"    a {shorten(node.iri)} ;"
        yield from _labels()
        for field in fields:
            yield from self._field(field)
        yield f"    mk:evidence [ mk:passage mkd:passage-{BLANK} ] ;"
        yield "."

    def _field(self, field: Field) -> Iterator[str]:
        times = {
            (True, True): self.words.exactly_one,
            (True, False): self.words.one_or_more,
            (False, True): self.words.at_most_one,
            (False, False): self.words.several,
        }[field.needed, field.most == 1]
        or_else = self.words.instead.format(", ".join(field.instead)) if field.instead else ""
        about = "; ".join(filter(None, (times, or_else, self._choices(field))))
        told = f"{field.label} ({about})"
        yield from _said(f"{told} · {field.meaning}" if field.meaning else told, "    ")
        mark = "" if field.needed or field.usual else "# "
        yield f"    {mark}{shorten(field.iri)} {self._blank(field)} ;"

    def _choices(self, field: Field) -> str:
        """Say what to choose from: a list at the end of the file, each of them once."""
        values = field.values
        if values.classes & self.owned:
            return ""
        if NODE in values.datatypes:
            return self.words.anything
        if CONCEPT in values.classes:
            return self.words.any_code
        found = tuple(self.choices.of(field, self.language))
        if not found:
            return ""
        number, _ = self.listed.setdefault(found, (len(self.listed) + 1, field))
        return self.words.listed.format(number)

    def _lists(self) -> Iterator[str]:
        yield from _said(self.words.lists, "")
        for found, (number, field) in self.listed.items():
            yield "##"
            yield f"## {self.words.listed.format(number)}: {field.label}"
            few = found if len(found) <= _FEW + 1 else found[:_FEW]
            widest = max(len(shorten(one.iri)) for one in few)
            yield from (f"##   {shorten(one.iri):<{widest}}  {self._short(one)}" for one in few)
            if len(found) > len(few):
                yield f"##   {self.words.every.format(len(found), _query(field.values))}"

    def _short(self, choice: Choice) -> str:
        name = choice.name
        return name if len(name) <= _LONG else f"{name[: _LONG - 1].rstrip()}…"

    def _blank(self, field: Field) -> str:
        """Write a value to be replaced, of the form that the value is to have."""
        values = field.values
        if values.classes:
            return self._reference(values.classes)
        if values.schemes:
            scheme = min(values.schemes, key=lambda iri: (iri == MKC + "absence", iri))
            return f"{shorten(scheme)}-{BLANK}"
        if field.worded:
            return f'"{BLANK}"@en'
        datatype = min(values.datatypes, default="")
        if datatype in _BLANKS:
            return _BLANKS[datatype]
        text = _PATTERNS.get(datatype, BLANK)
        return f'"{text}"' if datatype in ("", TEXT) else f'"{text}"^^{shorten(datatype)}'

    def _reference(self, classes: frozenset[str]) -> str:
        """Refer to the thing itself where it may be meant, else to one of the first class."""
        main = self.kind.nodes[0]
        if CONCEPT in classes:
            return f"mkc:{BLANK}"
        if self.choices.is_within(main.iri, classes):
            return f"mkd:{main.stem}{BLANK}"
        return f"mkd:{self.choices.stem(min(classes))}{BLANK}"

    def _evidence(self) -> Iterator[str]:
        words = self.words
        yield from _said(words.evidence, "    ")
        yield "    mk:evidence ["
        yield f"        mk:passage mkd:passage-{BLANK} ;"
        for text, line in (
            (words.supports, f"mk:supports mk:{BLANK} ;"),
            (words.value, f"mk:value mkd:{BLANK} ;"),
            (words.exact, f'oa:exact "{BLANK}" ;'),
        ):
            yield from _said(text, "        ")
            yield f"        # {line}"
        yield "    ] ;"

    # -- what is cited ----------------------------------------------------------------------------

    def _sources(self, main: Node) -> Iterator[str]:
        words = self.words
        yield from _said(words.cited, "")
        if main.iri != DOCUMENT:
            node = self.kind.node(DOCUMENT)
            fields = [f for f in node.fields if f.needed or f.iri in _OF_A_SOURCE]
            yield ""
            yield from _said(f"{words.document}. {words.own}", "")
            yield from _off(self._beside(node, fields))
        for text, suffix, standard, position in (
            (words.lines, "lines", LINES, f"line={BLANK},{BLANK}"),
            (words.page, "position", PAGE, f"page={BLANK}"),
            (words.web, "", "", ""),
            (words.data, "", "", ""),
        ):
            yield ""
            yield from _said(text, "")
            yield from _off(_passage(suffix, standard, position))


def _labels() -> Iterator[str]:
    yield f'    {shorten(LABEL)} "{BLANK}"@en ;'
    for tag in ("fr", "es"):
        yield f'    # {shorten(LABEL)} "{BLANK}"@{tag} ;'


def _passage(suffix: str, standard: str, position: str) -> Iterator[str]:
    yield f"mkd:passage-{BLANK}"
    yield f"    a {shorten(PASSAGE)} ;"
    yield f"    oa:hasSource mkd:document-{BLANK} ;"
    yield f'    mk:heading "{BLANK}" ;'
    if suffix:
        yield f"    oa:hasSelector mkd:passage-{BLANK}-{suffix} ;"
    yield "."
    if suffix:
        yield f"mkd:passage-{BLANK}-{suffix}"
        yield f"    a {shorten(SELECTOR)} ;"
        yield f"    dct:conformsTo <{standard}> ;"
        yield f'    {shorten(RDF + "value")} "{position}" ;'
        yield "."


def _query(values: Values) -> str:
    """Write the command that lists all that a property takes."""
    if values.schemes and not values.classes:
        schemes = " ".join(f"--scheme {shorten(iri)}" for iri in sorted(values.schemes))
        return f"migkg query list-codes {schemes}"
    classes = " ".join(shorten(iri) for iri in sorted(values.classes))
    return (
        "migkg query -e 'SELECT ?thing ?name "
        f"{{ VALUES ?class {{ {classes} }} ?thing a ?class ; rdfs:label ?name }}'"
    )
