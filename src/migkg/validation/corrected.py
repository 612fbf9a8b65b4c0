"""pySHACL as it is asked here: comparing what cannot be compared, and without what nobody reads."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from rdflib.term import Node

    Compared = tuple[bool, list[Any]]


@contextmanager
def corrected() -> Iterator[None]:
    """Change pySHACL for a while.

    Values that cannot be compared are a finding, https://www.w3.org/TR/shacl/#LessThanConstraintComponent
    and https://www.w3.org/TR/shacl/#LessThanOrEqualsConstraintComponent; of blank nodes and of
    texts that are no form of their datatype it raises.
    The text that it writes of each result besides the message takes a third of its time.
    """
    from pyshacl.constraints.constraint_component import ConstraintComponent
    from pyshacl.constraints.core import property_pair_constraints as pairs

    less, equal = pairs.LessThanConstraintComponent, pairs.LessThanOrEqualsConstraintComponent
    changed: list[tuple[type, str, Any]] = [
        (ConstraintComponent, "make_v_result_description", lambda *_, **__: ""),
        (less, "_compare_lt", _pair_by_pair(less._compare_lt)),
        (equal, "_compare_ltoe", _pair_by_pair(equal._compare_ltoe)),
    ]
    before = [(kind, name, getattr(kind, name)) for kind, name, _ in changed]
    try:
        for kind, name, new in changed:
            setattr(kind, name, new)
        yield
    finally:
        for kind, name, old in before:
            setattr(kind, name, old)


def _pair_by_pair(compare: Callable[..., Compared]) -> Callable[..., Compared]:
    from pyshacl.errors import ReportableRuntimeError

    def compared(
        component: Any, values: Collection[Node], others: Collection[Node], data: Any, focus: Node
    ) -> Compared:
        found: list[Any] = []
        for value in values:
            for other in others:
                try:
                    found += compare(component, [value], [other], data, focus)[1]
                except (TypeError, ReportableRuntimeError):
                    found.append(component.make_v_result(data, focus, value_node=value))
        return bool(found), found

    return compared
