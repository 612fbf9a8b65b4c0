"""In which of the graph's three languages things have a name.

Terms, concepts, schemes and countries have one in each: their shapes see to that, and what has no
such shape is found by other checks. Organizations, instruments and documents have one where an
official name is known; what is missing is counted here, and is no fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from migkg.namespaces import PREFIXES
from migkg.validation.finding import Outcome

if TYPE_CHECKING:
    import pyoxigraph as ox

    from migkg.validation.checking import Context

NAME = "languages"
_LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish"}
_KINDS = {
    "terms": "rdfs:isDefinedBy",
    "concepts": "skos:inScheme",
    "countries": "mk:Country",
    "organizations": "mk:Organization",
    "instruments": "mk:Instrument",
    "documents": "mk:Document",
}


def check(context: Context) -> Outcome:
    """Count the names of each kind of thing, and those that lack one in a language."""
    return Outcome(NAME, "; ".join(_counted(context.store, kind) for kind in _KINDS), [])


def _counted(store: ox.Store, kind: str) -> str:
    name = _KINDS[kind]
    what = f"a {name}" if name.partition(":")[2][0].isupper() else f"{name} ?any"
    text = f"""SELECT ?thing (GROUP_CONCAT(DISTINCT LANG(?name)) AS ?languages) {{
        ?thing {what} OPTIONAL {{ ?thing rdfs:label|skos:prefLabel|dct:title ?name }}
    }} GROUP BY ?thing"""
    rows = cast("ox.QuerySolutions", store.query(text, prefixes=PREFIXES))
    found = [cast("ox.Literal", row["languages"]).value.split() for row in rows]
    lacking = {
        spoken: sum(language not in languages for languages in found)
        for language, spoken in _LANGUAGES.items()
    }
    missing = [f"{number:,} without {spoken}" for spoken, number in lacking.items() if number]
    return f"{len(found):,} {kind}: {', '.join(missing) or 'complete'}"
