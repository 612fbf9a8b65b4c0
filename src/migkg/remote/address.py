"""Addresses of engines, and the credentials for them, which never stand in an address."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from migkg.errors import UsageError

if TYPE_CHECKING:
    from requests.auth import AuthBase

WHERE = "MIGKG_STORE_USER and MIGKG_STORE_PASSWORD, MIGKG_STORE_TOKEN, or ~/.netrc"


def checked(address: str) -> str:
    """Give an address back if it is one of an engine.

    :raises UsageError: it is no URL of HTTP, or bears credentials, which other users of the
        machine could read off the list of processes
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
        credentials = parts.username is not None or parts.password is not None
    except ValueError:
        host, credentials = None, "@" in address
    if credentials:
        raise UsageError(
            "the address of a store bears no user and no password: leave them out of it and "
            f"give them by {WHERE}"
        )
    if not host or parts.scheme.lower() not in ("http", "https") or parts.fragment:
        raise UsageError(f"{address} is no address of a store such as https://example.org/sparql")
    return address


def credentials(address: str) -> AuthBase | None:
    """Take the credentials for an engine from the environment, else from ~/.netrc.

    :raises UsageError: there is a user without a password, or the other way round
    """
    from requests.utils import get_netrc_auth

    from migkg.remote.authentication import Bearer, Challenged

    token = os.environ.get("MIGKG_STORE_TOKEN")
    user, password = (os.environ.get(f"MIGKG_STORE_{name}") for name in ("USER", "PASSWORD"))
    if token:
        return Bearer(token)
    if (user is None) != (password is None):
        raise UsageError("MIGKG_STORE_USER and MIGKG_STORE_PASSWORD go together: set both or none")
    if user is not None and password is not None:
        return Challenged(user, password)
    found = get_netrc_auth(address)
    return Challenged(*found) if found else None
