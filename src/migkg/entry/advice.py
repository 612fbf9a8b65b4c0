"""What to do about a fault in the syntax of Turtle and its like, from what pyoxigraph says."""

from __future__ import annotations

import re
import unicodedata

from migkg.namespaces import PREFIXES

_ADVICE = tuple(
    (re.compile(pattern), advice)
    for pattern, advice in (
        ("A dot is expected", "end the statement before it with a dot, or go on with ; or ,"),
        (
            "No scheme found",
            "write the IRI whole, or declare what it is relative to: BASE <https://…>",
        ),
        (
            "Invalid (?:IRI|character)",
            "in an IRI, write %20 for a blank, and %XX for what it may not have",
        ),
        (
            "[“”„«»‘’] ?'? is not|'[“”„«»‘’]'",
            'write straight quotation marks: "…"',
        ),
        ("^' ' is not", "this is a no-break space, or another that is no blank: write a blank"),
        ("^'[/?=&+~!]'", "write a \\ before it, or the IRI whole, in angle brackets"),
        (
            r"^[-+.]?\d.* is not a valid subject",
            'put a value that is no plain number into quotation marks: "2026-03-01"^^xsd:date',
        ),
        ("Line jumps", 'put """ around a text of several lines, or write \\n'),
        ("escape (?:character|sequence)", "write \\\\ for a backslash"),
        ("should end with a ']'", "close the bracket [ before the dot"),
        ("datatype IRI after", "write a datatype with its prefix, as in ^^xsd:date"),
        ("language|subtag", "write a language as in @en or @pt-BR"),
        (
            "^\\. is not a valid",
            "a property or a value is missing before the dot, a bracket is open, "
            "or a dot before it stands where ; belongs",
        ),
        ("^[,;] is not a valid", "something is missing before it"),
        (r"^\^ is not a valid", "write ^^ before a datatype"),
        (
            '^"?.*is not a valid subject',
            "write , between values, ; between properties and . at the end",
        ),
        (
            "^a is not a valid RDF object",
            "if a thing begins here, end the statement before it with a dot, not with ; or ,",
        ),
        (
            "is not a valid RDF object",
            "put a text into quotation marks; a name has a prefix: mkd:name",
        ),
        (
            "is not a valid predicate",
            "a property has a prefix, mk:name, and a name no blanks or brackets",
        ),
        ("prefix like|PREFIX declaration", "declare a prefix so: PREFIX mkd: <https://…/>"),
        ("Unexpected end of file at [\"'<\\[(]", "close what is opened here"),
        ("Unexpected end of file", "the file ends within a statement: end it with a dot"),
        ("Unexpected end|followed by a dot", "a dot is missing, or a bracket is not closed"),
        ("Only a single triple|line jumps", "write each statement on a line of its own"),
        (
            "must be an IRI",
            "write IRIs whole, in angle brackets, or name the file .ttl if it is Turtle",
        ),
    )
)
_UNSEEN = re.compile(r"^'(?P<unseen>[^\x20-\x7e])' is not")
_UNDECLARED = re.compile(r"The prefix (?P<prefix>[^:]*): has not been declared")


def advice(message: str) -> str:
    """Say what to do about a message of pyoxigraph, if that is known."""
    if match := _UNDECLARED.search(message):
        prefix = match["prefix"]
        return f"write PREFIX {prefix}: <{PREFIXES.get(prefix, 'https://…')}> above"
    if (match := _UNSEEN.search(message)) and not match["unseen"].isprintable():
        name = unicodedata.name(match["unseen"], "a control character").lower()
        return f"this is U+{ord(match['unseen']):04X} ({name}): write a plain blank, or nothing"
    return next((advice for pattern, advice in _ADVICE if pattern.search(message)), "")
