"""Tells once what both a shape and recognition found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg.validation.recognition.words import asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.validation.finding import Finding


def joined(
    judged: Sequence[Finding], recognized: Sequence[Finding], sides: Sequence[Statements]
) -> list[Finding]:
    """List what shapes found, then what recognition found besides.

    Two findings are the same if they have focus, path and value in common. That of the shape stays,
    with the question and the repair of the other. What a shape says twice in the same words, as of
    a value that is neither of its datatype nor in its range, is told once.

    :param sides: the statements that have the names of things, such as `Known.sides`
    """
    also = {_about(f): f for f in reversed(recognized) if f.severity != "Info"}
    once = {(*_about(f), f.source, f.message("en")): f for f in reversed(judged)}
    found = [
        _asking(f, also[_about(f)], sides) if _about(f) in also else f
        for f in reversed(once.values())
    ]
    said = {_about(f) for f in judged}
    return found + [f for f in recognized if f.severity == "Info" or _about(f) not in said]


def _about(finding: Finding) -> tuple[Node | None, Node | None, Node | None]:
    return finding.focus, finding.path, finding.value


def _asking(judged: Finding, recognized: Finding, sides: Sequence[Statements]) -> Finding:
    messages = {
        language: f"{text} {asked(sides, recognized.meant, language)}".strip()
        for language, text in judged.messages.items()
    }
    repair = judged.repair or recognized.repair
    return judged._replace(messages=messages, repair=repair, meant=recognized.meant)
