"""Stored queries: a page that lists them by subject, and one for each with its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from migkg import sparql
from migkg.pages.forms import number
from migkg.pages.links import QUERIES
from migkg.pages.reading import place
from migkg.pages.template import render
from migkg.pages.values import Shown, show
from migkg.queries.calling import command_line
from migkg.queries.query import option_name, without_header
from migkg.queries.tags import by_tag, title
from migkg.results.readable import heading, is_number, numeric_columns
from migkg.sources.passages import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.pages.answer import Answer
    from migkg.pages.view import View
    from migkg.queries.query import Parameter, StoredQuery
    from migkg.sources.passages import Support
    from migkg.terms import Row


def index(view: View, queries: Iterable[StoredQuery]) -> str:
    """Write the page that lists stored queries by subject."""
    words = view.words
    return render(
        "questions.html",
        view,
        QUERIES,
        here=True,
        title=words["queries"],
        summary=words["queries_about"],
        groups=[(title(tag), found) for tag, found in by_tag(queries).items()],
    )


def page(view: View, query: StoredQuery, asked: Answer) -> str:
    """Write the page of a stored query: what it asks, its SPARQL, its first rows."""
    given = [text for values in asked.typed.values() for text in values]
    return render(
        "question.html",
        view,
        QUERIES,
        title=query.summary,
        summary=query.description or query.summary,
        query=query,
        questions=[(q.ask, command_line(query, q.values)) for q in query.questions],
        parameters=[_parameter(view, p) for p in query.parameters],
        given=", ".join(given),
        counted=_counted(view, asked),
        command=command_line(query, asked.typed.items()),
        columns=list(
            zip(
                map(heading, asked.columns),
                numeric_columns(asked.columns, asked.rows),
                strict=True,
            )
        ),
        rows=list(_rows(view, asked)),
        sourced=asked.sources is not None,
        sparql=list(coloured(without_header(query.text).rstrip())),
        query_file=view.links.query(query.name, "rq"),
        rows_file=view.links.query(query.name, "csv"),
    )


def coloured(text: str) -> Iterator[tuple[str, str]]:
    """Cut a SPARQL text into pieces, each with the kind of token that it is, "" for white space."""
    end = 0
    for token in sparql.tokens(text):
        yield from _between(text[end : token.start])
        yield token.kind, text[token.start : token.end]
        end = token.end
    yield from _between(text[end:])


def _between(text: str) -> Iterator[tuple[str, str]]:
    if text:
        yield ("comment" if text.strip() else ""), text


def _counted(view: View, asked: Answer) -> str:
    words, total = view.words, number(str(asked.total), view.language)
    if asked.total > len(asked.rows):
        return words["first_rows"].format(len(asked.rows), total)
    if asked.total == 1:
        return words["one_row"]
    return words["all_rows"].format(total) if asked.total else words["no_rows"]


def _parameter(view: View, parameter: Parameter) -> dict[str, Any]:
    words = view.words
    told = [words["one_of"].format(", ".join(parameter.choices))] if parameter.choices else []
    if parameter.default is not None:
        told.append(words["default"].format(parameter.default))
    elif parameter.required:
        told.append(words["required"])
    if parameter.multiple:
        told.append(words["several"])
    domain = ox.NamedNode(parameter.domain) if parameter.domain else None
    return {
        "option": option_name(parameter.name),
        "description": parameter.description,
        "domain": show(view, domain) if domain else None,
        "conditions": told,
    }


def _rows(view: View, asked: Answer) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, str]]]]:
    sources = asked.sources or [[] for _ in asked.rows]
    for row, supports in zip(asked.rows, sources, strict=True):
        yield _cells(view, row), [_source(view, s) for s in supports]


def _cells(view: View, row: Row) -> list[dict[str, Any]]:
    return [
        {
            "shown": Shown("") if term is None else show(view, term),
            "number": is_number(term),
        }
        for term in row
    ]


def _source(view: View, support: Support) -> dict[str, str]:
    if not isinstance(support, Source):
        return {"href": "", "text": view.words["inferred"], "title": ""}
    where = place(support, view.language)
    code = support.code or support.title
    return {
        "href": view.links.term(support.passage or support.document) or "",
        "text": f"{code}, {where}" if where else code,
        "title": support.heading or support.title,
    }
