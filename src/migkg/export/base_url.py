"""The address that an export will have."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

from migkg.errors import UsageError


def checked(address: str) -> str:
    """Give back the address of a folder, with a slash at its end.

    :raises UsageError: it is no URL of HTTP that folders and files can follow
    """
    wrong = _wrong(address)
    if wrong:
        raise UsageError(
            f"--base-url {address}: {wrong}: give an address such as https://example.org/migkg/"
        )
    return address.rstrip("/") + "/"


def _wrong(address: str) -> str:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
        ox.NamedNode(address)
    except ValueError:
        return "this is no URL"
    if parts.scheme.lower() not in ("http", "https") or not host:
        return "it does not begin with https:// and the name of a host"
    if "?" in address or "#" in address or {".", ".."}.intersection(unquote(parts.path).split("/")):
        return "files cannot follow a ? or #, or a . or .. between slashes"
    if parts.username is not None or parts.password is not None:
        return "it has a user or a password in it, which everybody would see"
    readable = all(map(_can_be_read, re.findall("(?:%..)+", parts.path)))
    if not address.isascii() or "%" in host or "," in address or not readable:
        return "it is not plain ASCII (a host as xn--…, letters with %, no comma, no / as %2F)"
    return ""


def _can_be_read(encoded: str) -> bool:
    """Tell whether what is written with % means the same when it is not."""
    try:
        told = unquote(encoded, errors="strict")
    except UnicodeDecodeError:
        return False
    return re.fullmatch(r"[\w.~ -]+", told) is not None
