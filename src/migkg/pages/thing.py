"""The page of a thing, concept, term or shape; and the list of all that refers to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from migkg.namespaces import MK, MKC, MKD, SKOS
from migkg.pages import codes
from migkg.pages.about import Group
from migkg.pages.links import CODES, ONTOLOGY, SHAPES, THINGS, anchor
from migkg.pages.reading import place
from migkg.pages.template import render
from migkg.pages.values import leading, order, rows, rules, show
from migkg.pages.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from migkg.pages.about import About, Citation, Said
    from migkg.pages.codes import Node
    from migkg.pages.values import Line, Shown
    from migkg.pages.view import View
    from migkg.terms import Term

MOST = 40  # things that refer to one by one property; the others have a page of their own
_OF_LISTS = {SKOS + name for name in ("hasTopConcept", "topConceptOf", "inScheme")}
_ANY = ox.NamedNode(SKOS + "definition")
_SECTIONS = {MKD: THINGS, MKC: CODES, MK: ONTOLOGY}


def overflows(about: About) -> bool:
    """Tell whether more refers to a thing than its page shows."""
    counted = [group for group in about.references if group.property.value not in _OF_LISTS]
    longest = max((len(group.values) for group in counted), default=0)
    return max(longest, len(about.resting)) > MOST


def page(view: View, about: About) -> str:
    """Write the page of a thing in a language.

    :param about: the thing, as `migkg.pages.about.about` has it
    """
    see = partial(show, view)
    name = view.reading.name(about.term, view.language)
    definitions = in_language(view, about.definitions)
    tree = codes.tree(view, about.term)
    statements = rows(view, _besides(about.statements, tree))
    references = rows(view, _besides(about.references, tree))
    resting = _resting(see, about)
    members_at = view.links.section(THINGS) + "#" + anchor(about.term.value)
    return render(
        "thing.html",
        view,
        _section(about.term.value),
        title=name.text,
        name=name,
        summary=definitions[0].shown.text if definitions else "",
        iri=about.term.value,
        kinds=[see(kind) for kind in about.kinds],
        definitions=definitions,
        statements=statements,
        rules=rules(view, statements, references),
        names=_names(view, about),
        tree=tree,
        members=about.members,
        members_at=members_at if about.listed else "",
        uses=about.uses,
        citations=[_citation(view, c) for c in about.citations],
        resting=resting[:MOST],
        resting_left=len(resting[MOST:]),
        references=[
            (row._replace(lines=row.lines[:MOST]), len(row.lines[MOST:])) for row in references
        ],
    )


def references(view: View, about: About) -> str:
    """Write the list of all that refers to a thing, or rests on it."""
    see = partial(show, view)
    name = view.reading.name(about.term, view.language)
    found = rows(view, about.references)
    return render(
        "references.html",
        view,
        _section(about.term.value),
        title=view.words["all_referring"].format(name.text),
        thing=see(about.term),
        resting=_resting(see, about),
        references=found,
        rules=rules(view, found),
    )


def in_language(view: View, values: list[Said]) -> list[Line]:
    """Show those texts that are in the language, else those in none or in English."""
    literals = [said for said in values if isinstance(said.value, ox.Literal)]
    for tags in ((view.language,), (None, "en")):
        found = [
            s for s in literals if isinstance(s.value, ox.Literal) and s.value.language in tags
        ]
        if found:
            return [line for row in rows(view, [Group(_ANY, found)]) for line in row.lines]
    return []


def _names(view: View, about: About) -> list[dict[str, Any]]:
    """List what a thing is called, in the order of the languages; its heading does for one name."""
    found = []
    for group in about.names:
        for said in group.values:
            if isinstance(said.value, ox.Literal):
                [row] = rows(view, [Group(group.property, [said])])
                rank = [*LANGUAGES, said.value.language].index(said.value.language)
                key = (rank, group.property.value.endswith("altLabel"), said.value.value)
                found.append((key, {**row.lines[0]._asdict(), "tag": said.value.language or ""}))
    if len(found) == 1 and not found[0][1]["cited"]:
        return []
    return [shown for _, shown in sorted(found, key=lambda pair: pair[0])]


def _besides(groups: list[Group], tree: list[Node]) -> list[Group]:
    """Leave out what the codes of a list, where they are shown, say already."""
    return [group for group in groups if not tree or group.property.value not in _OF_LISTS]


def _section(iri: str) -> str:
    return next((told for start, told in _SECTIONS.items() if iri.startswith(start)), SHAPES)


def _resting(see: Callable[[Term], Shown], about: About) -> list[tuple[Shown, list[Shown]]]:
    found = [(see(thing), [see(p) for p in properties]) for thing, properties in about.resting]
    return sorted(found, key=lambda pair: order(pair[0]))


def _citation(view: View, citation: Citation) -> dict[str, Any]:
    """Cite a passage of a document by code, heading and place, or a document as a whole."""
    see, source = partial(show, view), citation.source
    where = place(source, view.language)
    document_at = leading(view, source.document)
    return {
        "document": source.code
        or source.title
        or (see(ox.NamedNode(source.document)).text if document_at else ""),
        "title": source.title,
        "document_at": document_at,
        "passage": source.heading or where,
        "passage_at": leading(view, source.passage),
        "place": where if source.heading else "",
        "exact": [(text, [see(p).text for p in properties]) for text, properties in citation.exact],
    }
