"""Requests to an engine: sent again where that may help, and failing in one clear line."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import exceptions
from urllib3.connection import HTTPConnection
from urllib3.util.retry import Retry

from migkg import __version__
from migkg.errors import MachineError, UsageError
from migkg.remote.address import WHERE, checked, credentials

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from typing import Self

Form: TypeAlias = "Mapping[str, str | bytes | Sequence[str]]"

CONNECTING: Final = 10.0  # seconds until a host is taken not to answer
SILENCE: Final = 600.0  # seconds without a byte until an engine is taken not to answer
_LONGEST_WAIT = 60.0  # seconds, whatever Retry-After says
_DEAD = [  # a host that is gone while it computes is noticed within a minute
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    *(
        (socket.IPPROTO_TCP, getattr(socket, name), value)
        for name, value in (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3))
        if hasattr(socket, name)
    ),
]


class Session:
    """A connection to the engine at an address, with the credentials for it."""

    def __init__(self, address: str, patience: int = 3) -> None:
        """Prepare to talk to the engine at `address`; `patience` is how often to try again.

        :raises UsageError: the address is none, or bears credentials
        """
        self.address = checked(address)
        self._requests = requests.Session()
        self._requests.auth = credentials(address) or _nobody
        self._requests.headers["User-Agent"] = f"migkg/{__version__}"
        for scheme in ("http://", "https://"):
            self._requests.mount(scheme, _Adapter(_retry(patience)))

    def post(
        self, address: str, form: Form, accept: str, also: Container[int] = ()
    ) -> requests.Response:
        """Send a form; the body of the answer has not been read yet."""
        return self.send("POST", address, accept, also, data=form)

    def send(
        self, method: str, address: str, accept: str, also: Container[int] = (), **more: Any
    ) -> requests.Response:
        """Send a request; the body of the answer has not been read yet.

        :param also: what else than success is an answer
        :raises Refused: the engine finds fault with the request (400)
        :raises MachineError: there is no answer, or one that is none
        """
        headers = {"Accept": accept, **more.pop("headers", {})}
        try:
            response = self._requests.request(
                method,
                address,
                timeout=(CONNECTING, SILENCE),
                allow_redirects=False,
                stream=True,
                headers=headers,
                **more,
            )
        except requests.RequestException as error:
            raise MachineError(f"{address}: {_broken(error)}") from error
        if response.status_code >= 300 and response.status_code not in also:
            with response:
                _refuse(address, response, bool(self._requests.auth is not _nobody))
        return response

    def close(self) -> None:
        """End the connections."""
        self._requests.close()

    def __enter__(self) -> Self:
        """Use the session for a while."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.close()


class Refused(UsageError):
    """What the engine says of a request that it finds fault with."""


class Body:
    """The body of an answer as a file, which tells a break from an end."""

    def __init__(self, response: requests.Response) -> None:
        self._response = response

    def read(self, size: int = -1) -> bytes:
        """Read on.

        :raises MachineError: the connection broke
        """
        try:
            read: bytes = self._response.raw.read(size if size >= 0 else None, decode_content=True)
        except (exceptions.HTTPError, OSError) as error:
            raise MachineError(f"{self._response.url}: {_broken(error)}") from error
        return read


class _Adapter(HTTPAdapter):
    def __init__(self, retry: Retry) -> None:
        super().__init__(max_retries=retry)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        options["socket_options"] = [*HTTPConnection.default_socket_options, *_DEAD]
        super().init_poolmanager(*arguments, **options)


class _Retry(Retry):
    """Try again after a break, not after a time-out, and wait no longer than a user would."""

    def increment(self, *arguments: Any, **options: Any) -> Retry:  # type: ignore[override]
        error = options.get("error")
        if isinstance(error, exceptions.ReadTimeoutError):
            raise error
        return super().increment(*arguments, **options)

    def get_retry_after(self, response: Any) -> float | None:
        wait = super().get_retry_after(response)
        return None if wait is None else min(wait, _LONGEST_WAIT)


def _retry(times: int) -> Retry:
    """https://www.rfc-editor.org/rfc/rfc9110#name-retry-after; all that is sent may come twice."""
    return _Retry(
        total=times,
        redirect=0,
        status_forcelist=(429, 503),
        allowed_methods=None,
        backoff_factor=0.25,
        backoff_max=8,
        raise_on_status=False,
    )


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Sign nothing, so that requests looks for no credentials of its own."""
    return request


# The first kind that is among the causes of an error says why there is no answer.
_WHY: list[tuple[tuple[type[BaseException], ...], str]] = [
    (
        (ssl.SSLError, exceptions.SSLError, requests.exceptions.SSLError),
        "no secure connection: check the address, the certificate and the clock; "
        "REQUESTS_CA_BUNDLE names authorities of your own",
    ),
    ((socket.gaierror,), "there is no such host: check the address"),
    ((ConnectionRefusedError,), "the connection was refused: is the engine running there?"),
    (
        (exceptions.NewConnectionError,),
        "the host cannot be reached: check the address and the network",
    ),
    (
        (exceptions.ConnectTimeoutError, requests.ConnectTimeout),
        f"the host does not answer within {CONNECTING:g} seconds: check the address",
    ),
    (
        (exceptions.ReadTimeoutError, requests.ReadTimeout),
        f"no answer within {SILENCE:g} seconds: ask for less, or look after the engine",
    ),
    (
        (exceptions.ProxyError, requests.exceptions.ProxyError),
        "the proxy does not let this through: see HTTP_PROXY and NO_PROXY",
    ),
    (
        (exceptions.IncompleteRead, exceptions.InvalidChunkLength, EOFError),
        "the answer broke off before its end: try again",
    ),
    ((exceptions.ProtocolError, ConnectionError), "the connection broke: try again"),
]


def _broken(error: BaseException) -> str:
    """Say why there is no answer, or not all of it."""
    causes = [error]
    for cause in causes:  # it grows
        inner = (getattr(cause, "reason", None), *cause.args, cause.__cause__, cause.__context__)
        causes += [one for one in inner if isinstance(one, BaseException) and one not in causes]
    for kinds, why in _WHY:
        if any(isinstance(cause, kinds) for cause in causes):
            return why
    return " ".join(str(error).split())[:200]


def _refuse(address: str, response: requests.Response, known: bool) -> None:
    status = response.status_code
    said = _said(response)
    if status in (401, 403):
        why = "takes no such credentials" if known else "wants credentials"
        if status == 403:
            why = "does not allow this" + (" with these credentials" if known else "")
        raise MachineError(f"{address} {why} ({status}): set {WHERE}")
    if status < 400:
        to = urlsplit(urljoin(address, response.headers.get("Location", "")))
        named = urlunsplit(to._replace(netloc=to.netloc.rpartition("@")[2]))
        raise MachineError(f"{address} points to {named} ({status}): give that address instead")
    if status == 404:
        raise MachineError(f"{address}: there is no engine (404): check the address{said}")
    if status in (429, 503):
        raise MachineError(f"{address}: the engine is overloaded ({status}): try again later{said}")
    if status == 400:
        raise Refused(f"{address} finds fault with the request{said}")
    if status < 500:
        raise MachineError(f"{address} does not take the request ({status}){said}")
    raise MachineError(f"{address}: the engine failed ({status}){said or ': try again later'}")


def _said(response: requests.Response) -> str:
    """Take what a server says to people, in one line; of pages nothing."""
    if "html" in response.headers.get("Content-Type", ""):
        return ""
    try:
        text = response.raw.read(2000, decode_content=True).decode(errors="replace")
    except (exceptions.HTTPError, OSError):
        return ""
    line = " ".join(text.partition("\n\n")[0].split())[:300]
    return f": {line}" if line else ""
