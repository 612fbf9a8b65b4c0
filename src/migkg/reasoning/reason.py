"""What follows, by the rules where they tell all, else by owlrl."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg.reasoning import closure
from migkg.reasoning.engine import Uncovered

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyoxigraph as ox

    from migkg.reasoning.closure import Closure
    from migkg.terms import GraphName


def close(store: ox.Store, said: GraphName, notify: Callable[[str], None]) -> Closure:
    """Find what OWL 2 RL entails of what a graph of a store says, and what contradicts itself.

    :param notify: is told where owlrl has to reason, and why
    :raises InputError: an axiom that cannot be read
    """
    try:
        return closure.close(store, said)
    except Uncovered as uncovered:
        notify(f"owlrl reasons in place of the rules, which takes its time: {uncovered}")
        from migkg.reasoning import by_owlrl

        return by_owlrl.close(store, said)
