"""Each cited passage, opened, says what is stated: the value itself or the words given for it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rdflib import RDFS, SKOS, Literal
from rdflib.namespace import DCTERMS

from migkg.evidence.documents import (
    HEADING,
    OMITTED_PASSAGE,
    PASSAGE,
    SELECTOR,
    open_library,
    passages,
    place,
    selected,
)
from migkg.evidence.support import EXACT, evidence_of, wanting_evidence
from migkg.evidence.values import is_figure, says
from migkg.evidence.wording import stands_in
from migkg.graph import data_files
from migkg.namespaces import shorten
from migkg.validation.finding import Finding, Outcome
from migkg.validation.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.evidence.documents import Library, Passage, Text
    from migkg.evidence.support import Evidence
    from migkg.validation.checking import Context

NAME = "evidence-borne-out"
_NAMING = (RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.notation, DCTERMS.title)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_MARKDOWN_HEADING = re.compile(r"^#+\s+(.*\S)\s*$", re.MULTILINE)
_PAGE = re.compile(r"page=(\d+)")
_NOT_BORNE_OUT = {
    "en": "{passage} ({place}) does not say this: correct the value, cite the lines that say it, "
    "or give the words that do as oa:exact.",
    "fr": "{passage} ({place}) ne le dit pas : corrigez la valeur, citez les lignes qui le disent, "
    "ou donnez dans oa:exact les mots qui le disent.",
    "es": "{passage} ({place}) no lo dice: corrija el valor, cite las líneas que lo dicen, o dé en "
    "oa:exact las palabras que lo dicen.",
}
_NO_SUCH_FIGURE = {
    "en": "{passage} ({place}) does not give this figure or date: correct it, or cite the lines "
    "that do.",
    "fr": "{passage} ({place}) ne donne pas ce chiffre ou cette date : corrigez-le, ou citez les "
    "lignes qui le donnent.",
    "es": "{passage} ({place}) no da esta cifra o fecha: corríjala, o cite las líneas que la dan.",
}
_NO_SUCH_WORDS = {
    "en": "These exact words do not stand in {passage} ({place}): correct them, or cite the lines "
    "where they stand.",
    "fr": "Ces mots exacts ne figurent pas dans {passage} ({place}) : corrigez-les, ou citez les "
    "lignes où ils figurent.",
    "es": "Estas palabras exactas no figuran en {passage} ({place}): corríjalas, o cite las líneas "
    "donde figuran.",
}
_NO_SUCH_LINES = {
    "en": "This selects no lines of {place}: write line=a,b, counted from 0 before the "
    "first line, within its {size} lines.",
    "fr": "Ceci ne sélectionne aucune ligne de {place} : écrivez line=a,b, à compter de 0 avant "
    "la première ligne, dans les limites de ses {size} lignes.",
    "es": "Esto no selecciona ninguna línea de {place}: escriba line=a,b, contando desde 0 "
    "antes de la primera línea, dentro de sus {size} líneas.",
}
_NO_SUCH_HEADING = {
    "en": "No such heading stands in {place}: correct it as it stands there.",
    "fr": "Cet intitulé ne figure pas dans {place} : corrigez-le tel qu'il y figure.",
    "es": "Este título no figura en {place}: corríjalo tal como figura allí.",
}


class _Opened(NamedTuple):
    """A passage that can be read: where it stands and what it says."""

    passage: Node
    document: Node | None
    place: str
    text: str


def check(context: Context) -> Outcome:
    """Open the documents that are at hand and judge by them what data/ states.

    Raises InputError if MIGKG_DOCUMENTS is no folder, or for a file that cannot be read.
    """
    data = statements(data_files(context.graph))
    return judge(data, context.data, open_library(context.graph, data))


def judge(data: Statements, everything: Statements, library: Library) -> Outcome:
    """Confirm each citation in the data by its lines; names are looked up in everything."""
    findings = list(_misplaced(data, library))
    opened: dict[Node | None, _Opened] = {one.passage: one for one in _opened(data, library)}
    evidence = evidence_of(data)
    names, pages = _names(everything), _pages(data)
    count: Counter[str] = Counter()
    for thing, prop, value in wanting_evidence(data):
        for one in evidence.get(thing, ()):
            if one.covers(prop, value):
                where = opened.get(one.passage)
                told = pages.get(value, value)
                borne_out = _borne_out(told, names.get(told, ()), one, where)
                count[borne_out] += 1
                if where and not borne_out and (is_figure(told) or not one.exact):
                    said = _NO_SUCH_FIGURE if is_figure(told) else _NOT_BORNE_OUT
                    findings.append(_finding(thing, prop, value, said, where))
    for thing, several in evidence.items():
        for one in several:
            where = opened.get(one.passage)
            if one.exact and where and not stands_in(str(one.exact), where.text):
                findings.append(_finding(thing, EXACT, one.exact, _NO_SUCH_WORDS, where))
    return Outcome(NAME, _counted(count, library), sorted(findings, key=str))


def _borne_out(value: Node, names: Iterable[str], one: Evidence, where: _Opened | None) -> str:
    """Tell what bears a citation out: "value", "words" or neither; "unread" if it is not known.

    A passage bears out that a statement is from its document.
    """
    if not where:
        return "unread"
    if value == where.document or says(where.text, value, names):
        return "value"
    words = one.exact is not None and not is_figure(value)
    return "words" if words and stands_in(str(one.exact), where.text) else ""


def _counted(count: Counter[str], library: Library) -> str:
    if not library.is_at_hand:
        return "no citation opened: the documents are not at hand (set MIGKG_DOCUMENTS)"
    return (
        f"{count['value'] + count['words']:,} citations borne out, {count['value']:,} by the value "
        f"itself and {count['words']:,} by exact words alone; {count['unread']:,} of notes, tables "
        "and pages not opened"
    )


def _finding(thing: Node, prop: Node, value: Node, said: dict[str, str], where: _Opened) -> Finding:
    passage = shorten(str(where.passage))
    messages = {
        language: text.format(passage=passage, place=where.place) for language, text in said.items()
    }
    return Finding("Violation", thing, prop, value, messages, NAME)


def _names(everything: Statements) -> dict[Node, list[str]]:
    """Give what each thing is called, also without what is added in brackets."""
    names: dict[Node, list[str]] = {}
    for prop in _NAMING:
        for thing, name in everything.subject_objects(prop):
            names.setdefault(thing, []).extend({str(name), _IN_BRACKETS.sub("", str(name))})
    return names


def _pages(data: Statements) -> dict[Node, Node]:
    """Give the number of the page that a passage is, where it is one: a citation gives it."""
    return {
        passage.node: Literal(int(found[1]))
        for passage in passages(data, PASSAGE)
        for selector in passage.selectors
        if (found := _PAGE.fullmatch(selector))
    }


def _opened(data: Statements, library: Library) -> Iterator[_Opened]:
    for passage in passages(data, PASSAGE):
        text = library.texts.get(passage.document)
        chosen = [found for one in passage.selectors if text and (found := selected(one, text))]
        if text and chosen:
            lines = (text.lines[index] for found in chosen for index in found)
            yield _Opened(passage.node, passage.document, place(text, chosen), "\n".join(lines))


def _misplaced(data: Statements, library: Library) -> Iterator[Finding]:
    """Find the passages whose lines or heading do not stand in their document."""
    for passage in [*passages(data, PASSAGE), *passages(data, OMITTED_PASSAGE)]:
        text = library.texts.get(passage.document)
        if not text:
            continue
        given = passage.selectors or ([] if text.own else [""])
        wrong = [(SELECTOR, one, _NO_SUCH_LINES) for one in given if not selected(one, text)]
        if not _is_headed(passage, text):
            wrong.append((HEADING, passage.heading, _NO_SUCH_HEADING))
        for prop, value, said in wrong:
            messages = {
                language: sentence.format(place=text.name, size=len(text.lines))
                for language, sentence in said.items()
            }
            yield Finding("Violation", passage.node, prop, Literal(value), messages, NAME)


def _is_headed(passage: Passage, text: Text) -> bool:
    """Tell whether the document has the heading, or each part of "slide / point on it"."""
    if text.own:
        return passage.heading in _MARKDOWN_HEADING.findall("\n".join(text.lines))
    whole = "\n".join(text.lines)
    return not passage.heading or all(stands_in(h, whole) for h in passage.heading.split(" / "))
