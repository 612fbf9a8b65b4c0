"""pySHACL as it is asked here: comparing what cannot be compared, and without what nobody reads."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rdflib import BNode

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from rdflib.term import Node

    Compared = tuple[bool, list[Any]]


@contextmanager
def corrected() -> Iterator[None]:
    """Change pySHACL for a while.

    Values that cannot be compared are a finding, https://www.w3.org/TR/shacl/#LessThanConstraintComponent
    and https://www.w3.org/TR/shacl/#LessThanOrEqualsConstraintComponent; of blank nodes it raises.
    The text that it writes of each result besides the message takes a third of its time.
    """
    from pyshacl.constraints.constraint_component import ConstraintComponent
    from pyshacl.constraints.core import property_pair_constraints as pairs

    less, equal = pairs.LessThanConstraintComponent, pairs.LessThanOrEqualsConstraintComponent
    changed: list[tuple[type, str, Any]] = [
        (ConstraintComponent, "make_v_result_description", lambda *_, **__: ""),
        (less, "_compare_lt", _with_blank_nodes(less._compare_lt)),
        (equal, "_compare_ltoe", _with_blank_nodes(equal._compare_ltoe)),
    ]
    before = [(kind, name, getattr(kind, name)) for kind, name, _ in changed]
    try:
        for kind, name, new in changed:
            setattr(kind, name, new)
        yield
    finally:
        for kind, name, old in before:
            setattr(kind, name, old)


def _with_blank_nodes(compare: Callable[..., Compared]) -> Callable[..., Compared]:
    def compared(
        component: Any, values: Collection[Node], others: Collection[Node], data: Any, focus: Node
    ) -> Compared:
        found = [
            component.make_v_result(data, focus, value_node=value)
            for value in values
            for other in others
            if isinstance(value, BNode) or isinstance(other, BNode)
        ]
        named, named_others = (
            [node for node in nodes if not isinstance(node, BNode)] for nodes in (values, others)
        )
        _, more = compare(component, named, named_others, data, focus)
        return bool(found or more), found + more

    return compared
