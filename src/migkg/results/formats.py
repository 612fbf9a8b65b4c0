"""Results in the formats of the W3C, and by way of other modules in those for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg.errors import UsageError
from migkg.namespaces import PREFIXES, XSD
from migkg.terms import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO

    from migkg.terms import Row, Term

ROW_FORMATS = ("table", "csv", "tsv", "json", "xml", "markdown", "xlsx", "chart")
GRAPH_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}
SUFFIXES = {
    **dict.fromkeys((".json", ".srj"), "json"),
    **dict.fromkeys((".xml", ".srx"), "xml"),
    **dict.fromkeys((".svg", ".png"), "chart"),
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "markdown",
    ".xlsx": "xlsx",
    ".txt": "table",
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".trig": "trig",
    ".nq": "nquads",
}

_READABLE = 10_000  # rows of a table
_XML_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_NOT_XML = r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def write(
    variables: Sequence[str],
    rows: Iterable[Row],
    form: str,
    out: BinaryIO,
    notes: Sequence[str] = (),
) -> None:
    """Write the rows of a SELECT.

    :param form: one of ROW_FORMATS except chart; csv, tsv, json and xml are written row by row
    :param notes: lines below a table
    :raises UsageError: the format cannot hold these results or so many, or needs what is not
        installed
    """
    if form == "csv":
        _csv(variables, rows, out)
    elif form == "tsv":
        _tsv(variables, rows, out)
    elif form == "json":
        _json(variables, rows, out)
    elif form == "xml":
        _xml(variables, rows, out)
    elif form == "xlsx":
        from migkg.results import spreadsheet

        spreadsheet.write(variables, rows, out)
    elif form == "markdown":
        from migkg.results.readable import markdown

        markdown(variables, _for_people(rows), out, notes)
    else:
        from migkg.results.table import render

        out.write(render(variables, _for_people(rows), notes, out.isatty()).encode())


def _for_people(rows: Iterable[Row]) -> list[Row]:
    """Hold the rows of a table, whose columns are as wide as the widest cell: all, or none."""
    from itertools import islice

    held = list(islice(rows, _READABLE + 1))
    if len(held) > _READABLE:
        raise UsageError(
            f"a table holds {_READABLE:,} rows, these are more; take csv, or --limit {_READABLE}"
        )
    return held


def write_boolean(answer: bool, form: str, out: BinaryIO) -> None:
    """Write the answer of an ASK; csv and tsv, which have no standard for it, say true or false."""
    said = "true" if answer else "false"
    written = {
        "json": f'{{"head":{{}},"boolean":{said}}}',
        "xml": '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        f"<head/><boolean>{said}</boolean></sparql>",
        "csv": said,
        "tsv": said,
        "table": "yes" if answer else "no",
        "markdown": "yes" if answer else "no",
    }
    if form not in written:
        raise UsageError(f"the answer is yes or no: -f {', '.join(written)}, not {form}")
    out.write(f"{written[form]}\n".encode())


def write_graph(triples: Iterable[ox.Triple], form: str, out: BinaryIO) -> None:
    """Write the triples of a CONSTRUCT or DESCRIBE in one of GRAPH_FORMATS.

    In Turtle, TriG and RDF/XML what is said of a thing stands together, below the prefixes.

    :raises InputError: RDF/XML cannot hold it
    """
    if form not in ("turtle", "trig", "rdfxml"):
        ox.serialize(triples, out, GRAPH_FORMATS[form])
        if form == "jsonld":  # which Oxigraph leaves without an end of line
            out.write(b"\n")
        return
    by_subject: dict[Term, list[ox.Triple]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, []).append(triple)
    together = [triple for about in by_subject.values() for triple in about]
    if form == "rdfxml":
        from migkg.results import rdfxml

        rdfxml.write(together, out)
        return
    terms = "\n".join(map(str, together))
    used = {name: iri for name, iri in PREFIXES.items() if f"<{iri}" in terms}
    write_below_prefixes(together, GRAPH_FORMATS[form], used, out)


def write_below_prefixes(
    triples: Iterable[ox.Triple], form: ox.RdfFormat, prefixes: dict[str, str], out: BinaryIO
) -> None:
    """Write a graph as Turtle or TriG below prefixes, which Oxigraph gives in any order."""
    import io

    written = io.BytesIO()
    ox.serialize(triples, written, form, prefixes=prefixes)
    lines = written.getvalue().splitlines(keepends=True)
    out.writelines(sorted(lines[: len(prefixes)]) + lines[len(prefixes) :])


def _csv(variables: Sequence[str], rows: Iterable[Row], out: BinaryIO) -> None:
    """Write https://www.w3.org/TR/sparql11-results-csv-tsv/#csv."""
    out.write((",".join(variables) + "\r\n").encode())
    for row in rows:
        cells = [_csv_field(plain(term)) for term in row]
        # a line without anything would be no row for many readers
        out.write(((",".join(cells) or '""') + "\r\n").encode())


def _csv_field(text: str) -> str:
    """Quote as https://www.rfc-editor.org/rfc/rfc4180 has it; the module csv is slow to load."""
    if any(char in text for char in '",\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _tsv(variables: Sequence[str], rows: Iterable[Row], out: BinaryIO) -> None:
    """Write https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv."""
    out.write(("\t".join("?" + name for name in variables) + "\n").encode())
    for row in rows:
        cells = ("" if term is None else str(term) for term in row)
        out.write(("\t".join(cells) + "\n").encode())


def _json(variables: Sequence[str], rows: Iterable[Row], out: BinaryIO) -> None:
    """Write https://www.w3.org/TR/sparql11-results-json/."""
    import json

    head = json.dumps({"vars": list(variables)}, ensure_ascii=False)
    out.write(f'{{"head":{head},"results":{{"bindings":['.encode())
    between = "\n"
    for row in rows:
        bound = {
            name: _json_term(term)
            for name, term in zip(variables, row, strict=True)
            if term is not None
        }
        out.write((between + json.dumps(bound, ensure_ascii=False)).encode())
        between = ",\n"
    out.write(b"\n]}}\n")


def _json_term(term: Term) -> dict[str, str]:
    kind, value, about = _parts(term)
    return {"type": kind, "value": value, **about}


def _xml(variables: Sequence[str], rows: Iterable[Row], out: BinaryIO) -> None:
    """Write https://www.w3.org/TR/rdf-sparql-XMLres/."""
    out.write(
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b'<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n<head>'
    )
    out.write("".join(f'<variable name="{name}"/>' for name in variables).encode())
    out.write(b"</head>\n<results>\n")
    for row in rows:
        out.write(b"<result>")
        for name, term in zip(variables, row, strict=True):
            if term is not None:
                out.write(f'<binding name="{name}">{_xml_term(name, term)}</binding>'.encode())
        out.write(b"</result>\n")
    out.write(b"</results>\n</sparql>\n")


def _xml_term(name: str, term: Term) -> str:
    import re

    kind, value, about = _parts(term)
    if unwritable := re.search(_NOT_XML, value):
        raise UsageError(
            f"XML cannot hold the character U+{ord(unwritable[0]):04X} in column {name}; "
            "take -f json"
        )
    attributes = "".join(
        f' {key}="{given.translate(_XML_ESCAPES)}"' for key, given in about.items()
    )
    body = value.translate(_XML_ESCAPES)
    begin, end = len(body) - len(body.lstrip()), len(body.rstrip())
    if begin or end < len(body):  # some readers trim the blanks at both ends
        body = (
            _as_references(body[:begin]) + body[begin:end] + _as_references(body[max(begin, end) :])
        )
    return f"<{kind}{attributes}>{body}</{kind}>"


def _as_references(blanks: str) -> str:
    return "".join(f"&#{ord(char)};" for char in blanks)


def _parts(term: Term) -> tuple[str, str, dict[str, str]]:
    """Take a term apart: kind and attributes are called the same in JSON and XML."""
    if isinstance(term, ox.NamedNode):
        return "uri", term.value, {}
    if isinstance(term, ox.BlankNode):
        return "bnode", term.value, {}
    if isinstance(term, ox.Triple):
        raise UsageError("a triple as a term of RDF 1.2 cannot be written in this format; take tsv")
    if term.language:
        return "literal", term.value, {"xml:lang": term.language}
    if term.datatype.value == XSD + "string":
        return "literal", term.value, {}
    return "literal", term.value, {"datatype": term.datatype.value}
