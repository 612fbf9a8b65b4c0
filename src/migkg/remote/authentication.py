"""How a request says who makes it: basic, digest or bearer, to the host that was named alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

if TYPE_CHECKING:
    from collections.abc import Callable

    import requests


class Bearer(AuthBase):
    """A token. https://www.rfc-editor.org/rfc/rfc6750#section-2.1."""

    def __init__(self, token: str) -> None:
        self._token = token.strip()

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign a request."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Challenged(HTTPDigestAuth):
    """User and password, in the way that the server asks for, and not before it asks.

    https://www.rfc-editor.org/rfc/rfc7616, https://www.rfc-editor.org/rfc/rfc7617
    """

    _basic: HTTPBasicAuth | None = None

    def __call__(self, r: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign a request, once it is known how."""
        sign: Callable[..., requests.PreparedRequest] = self._basic or super().__call__
        return sign(r)

    def handle_401(self, r: requests.Response, **kwargs: Any) -> requests.Response:
        """Answer a challenge; of several ways, digest is taken."""
        ways = r.headers.get("WWW-Authenticate", "").lower()
        if r.status_code != 401 or "digest" in ways or "basic" not in ways:
            answered: requests.Response = super().handle_401(r, **kwargs)  # type: ignore[no-untyped-call]
            return answered
        self._basic = HTTPBasicAuth(self.username, self.password)
        _ = r.content  # to its end, so that the connection can be used again
        again: requests.Response = r.connection.send(self._basic(r.request.copy()), **kwargs)
        again.history.append(r)
        return again
