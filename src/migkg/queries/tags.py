"""What the tags of stored queries are called, and the queries by tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migkg.queries.query import StoredQuery

_TITLES = {
    "claims": "Claims, and who makes them",
    "codes": "Code lists",
    "deficits": "Decent work deficits",
    "disagreements": "Where sources disagree",
    "events": "Events and crises",
    "gaps": "What is not known",
    "policy": "Policy and responses",
}
_UNTAGGED = "other"


def title(tag: str) -> str:
    """Call a tag as people read it."""
    return _TITLES.get(tag, tag.capitalize())


def by_tag(queries: Iterable[StoredQuery]) -> dict[str, list[StoredQuery]]:
    """Put each query under its first tag, tags in the order of their titles, untagged ones last."""
    found: dict[str, list[StoredQuery]] = {}
    for query in queries:
        found.setdefault((query.tags or (_UNTAGGED,))[0], []).append(query)
    return {
        tag: found[tag] for tag in sorted(found, key=lambda tag: (tag == _UNTAGGED, title(tag)))
    }
