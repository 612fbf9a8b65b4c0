"""A prefix of the graph that a file of the entry declares for another namespace."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import Literal

from migkg.entry.place import Place
from migkg.namespaces import MK, MKC, MKD, MKSH, PREFIXES
from migkg.validation.finding import Finding
from migkg.validation.recognition.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.validation.recognition.known import Known

NAME = "prefix"
_SAID = {
    "en": "The prefix {prefix}: stands for <{right}> in the graph, not for <{wrong}>: write "
    "PREFIX {prefix}: <{right}>.",
    "fr": "Le préfixe {prefix}: désigne <{right}> dans le graphe, et non <{wrong}> : écrivez "
    "PREFIX {prefix}: <{right}>.",
    "es": "El prefijo {prefix}: designa <{right}> en el grafo, no <{wrong}>: escriba "
    "PREFIX {prefix}: <{right}>.",
}
_OURS = {MK, MKC, MKD, MKSH}
_DECLARED = re.compile(rb"(?im)^[^\S\r\n]*(@?prefix\s+([\w-]+):\s*<([^<>\s]*)>)")
_SYNTAXES = (".ttl", ".trig")  # TriG is Turtle, and more


def of_ours(findings: Iterable[Finding]) -> list[Finding]:
    """List those about prefixes of ours: no name that is written with one means what it should."""
    return [
        finding
        for finding in findings
        if finding.source == f"recognition/{NAME}" and finding.severity == "Violation"
    ]


def find(known: Known) -> Iterator[Finding]:
    """Report each such prefix, where files can be read again."""
    for path in known.entry.files:
        if path.endswith(_SYNTAXES) and os.path.isfile(path):
            with open(path, "rb") as file:
                content = file.read()
            for at, prefix, wrong in _rebound(content):
                before = content[:at].decode(errors="replace")
                line = len(re.findall(r"\r\n?|\n", before)) + 1
                column = len(re.split(r"[\r\n]", before)[-1].removeprefix("\ufeff")) + 1
                right = PREFIXES[prefix]
                yield Finding(
                    "Violation" if right in _OURS else "Warning",
                    *(None, None, Literal(prefix)),
                    said(known.sides, _SAID, prefix=prefix, right=right, wrong=wrong),
                    NAME,
                    place=Place(path, line, column),
                )


def _rebound(content: bytes) -> list[tuple[int, str, str]]:
    """List the prefixes declared otherwise than in the graph: where, and for what."""
    declared = [
        (match.start(1), match[2].decode(), match[3].decode(errors="replace"))
        for match in _DECLARED.finditer(content)
    ]
    wrong = [one for one in declared if PREFIXES.get(one[1], one[2]) != one[2]]
    if not wrong:
        return []
    parsed = ox.parse(content.removeprefix(b"\xef\xbb\xbf"), ox.RdfFormat.TRIG)
    for _ in parsed:
        pass
    return [one for one in wrong if parsed.prefixes.get(one[1]) == one[2]]
