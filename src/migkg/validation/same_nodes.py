"""Which blank nodes of a former version of statements are still there.

A blank node is the same if the same is said of it, and it is said of the same, down to the things
with names: in both versions together the nodes are told apart by colour refinement, which is how
RDFC-1.0 begins (https://www.w3.org/TR/rdf-canon/#hash-1d-quads). Of nodes that are alike, the first
stands for the first.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rdflib import BNode

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from rdflib.term import Node

    from migkg.rdflib_terms import Statement

    Key = tuple[int, Node]  # a node of the former or the present version

_DEEPEST = 16  # steps from a blank node within which it has to be the same


def aligned(former: Collection[Statement], now: Collection[Statement]) -> set[Statement]:
    """Give the blank nodes of former statements the names that they have now.

    A node that is there no more gets a name that no other has.
    """
    waiting: dict[str, list[Node]] = defaultdict(list)
    names: dict[Node, Node] = {}
    for (version, node), colour in sorted(_colours(former, now).items(), reverse=True):
        if version:
            waiting[colour].append(node)
        else:
            names[node] = waiting[colour].pop() if waiting[colour] else BNode(f"former{node}")
    return {(names.get(s, s), p, names.get(o, o)) for s, p, o in former}


def _colours(*versions: Collection[Statement]) -> dict[Key, str]:
    about: dict[Key, list[tuple[str, Node, Key]]] = defaultdict(list)
    for version, statements in enumerate(versions):
        for s, p, o in statements:
            if isinstance(s, BNode):
                about[version, s].append((">", p, (version, o)))
            if isinstance(o, BNode):
                about[version, o].append(("<", p, (version, s)))
    colours, kinds = dict.fromkeys(about, ""), 1
    for _ in range(_DEEPEST):
        colours = {key: _colour(said, colours) for key, said in about.items()}
        if len(set(colours.values())) == kinds:
            break
        kinds = len(set(colours.values()))
    return colours


def _colour(said: list[tuple[str, Node, Key]], colours: dict[Key, str]) -> str:
    from hashlib import sha256

    about = sorted((way, str(p), colours.get(key, _term(key[1]))) for way, p, key in said)
    return sha256(repr(about).encode(errors="surrogatepass")).hexdigest()


def _term(node: Any) -> str:
    datatype, language = (getattr(node, name, None) for name in ("datatype", "language"))
    return f"{type(node).__name__} {datatype} {language} {node}"
