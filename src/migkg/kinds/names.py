"""IRIs of new things, made of what they are called."""

from __future__ import annotations

import re
import unicodedata

from migkg.namespaces import MKD

_LONGEST = 60
_SPELT = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "’": None, "'": None})


def new_iri(stem: str, name: str) -> str:
    """Make the IRI of a new thing: ``project-`` and a name give mkd:project-name."""
    return f"{MKD}{stem}{slug(name)}"


def slug(name: str) -> str:
    """Write a name in lower-case letters, digits and hyphens of ASCII; "" if none is left of it."""
    spelt = name.lower().translate(_SPELT)
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST].rstrip("-")
