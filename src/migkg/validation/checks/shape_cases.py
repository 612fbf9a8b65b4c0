"""Every constraint has a case that it finds: ``tests/cases/invalid/<constraint>-<why>.ttl``.

A case belongs to the constraint with the longest name that its own begins with. That it is found
by this constraint and by no other is what the tests show.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from migkg.namespaces import MKSH
from migkg.validation.finding import Finding, Outcome
from migkg.validation.shacl import constraints

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migkg.validation.checking import Context

NAME = "shape-cases"
_MESSAGE = {
    "en": "No case shows what this constraint finds: add "
    "tests/cases/invalid/<constraint>-<why>.ttl.",
    "fr": "Aucun cas ne montre ce que trouve cette contrainte : ajoutez "
    "tests/cases/invalid/<contrainte>-<raison>.ttl.",
    "es": "Ningún caso muestra lo que halla esta restricción: añada "
    "tests/cases/invalid/<restricción>-<motivo>.ttl.",
}


def check(context: Context) -> Outcome:
    """Look for a case of each constraint, where the cases are at hand."""
    folder = os.path.join(context.graph.root, "tests", "cases", "invalid")
    asked = {str(node).removeprefix(MKSH): node for node in constraints(context.shapes)}
    if not os.path.isdir(folder):
        return Outcome(NAME, f"{len(asked)} constraints; the cases are not at hand", [])
    cases = [name.removesuffix(".ttl") for name in os.listdir(folder) if name.endswith(".ttl")]
    shown = {constraint_of(case, asked) for case in cases}
    findings = [
        Finding("Violation", node, None, None, _MESSAGE, NAME)
        for name, node in sorted(asked.items())
        if name not in shown
    ]
    return Outcome(NAME, f"{len(asked)} constraints, {len(cases)} cases", findings)


def constraint_of(case: str, names: Iterable[str]) -> str:
    """Tell which constraint a case is of, by its name; "" for none."""
    return max((name for name in names if f"{case}-".startswith(f"{name}-")), key=len, default="")
