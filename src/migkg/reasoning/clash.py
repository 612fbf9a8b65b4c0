"""What the sources say that by a rule of OWL 2 RL cannot all hold."""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox

from migkg.errors import GraphInconsistent
from migkg.namespaces import shorten


class Clash(NamedTuple):
    """What is the matter with a thing: statements that by a rule of OWL 2 RL cannot all hold."""

    rule: str
    about: ox.NamedNode | ox.BlankNode | ox.Triple | None  # None: it is not known which
    meaning: str
    statements: tuple[ox.Triple, ...]
    files: tuple[str, ...] = ()  # that say the statements; "inferred" for what follows from others

    def __str__(self) -> str:
        files = self.files or ("",) * len(self.statements)
        said = " · ".join(
            " ".join(map(_shown, triple)) + (f" ({file})" if file else "")
            for triple, file in zip(self.statements, files, strict=True)
            if not any(isinstance(term, ox.BlankNode) for term in triple)
        )
        about = "a blank node" if isinstance(self.about, ox.BlankNode) else _shown(self.about)
        return f"{about} {self.meaning} ({self.rule}){said and ': '}{said}".lstrip()


class Inconsistency(GraphInconsistent):
    """The sources contradict each other; `clashes` tells where."""

    clashes: list[Clash]

    def __init__(self, clashes: list[Clash]) -> None:
        others = f" (and {len(clashes) - 1} more)" if clashes[1:] else ""
        super().__init__(f"the sources contradict each other: {clashes[0]}{others}")
        self.clashes = clashes


def _shown(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    return shorten(term.value) if isinstance(term, ox.NamedNode) else str(term or "")
