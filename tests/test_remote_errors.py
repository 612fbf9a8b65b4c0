"""What can go wrong with an engine elsewhere: one clear line, an exit code, and no secret told."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
import pytest
from engines import free_port

from migkg import federation
from migkg.errors import MachineError, UsageError
from migkg.remote.address import checked
from migkg.remote.endpoint import Endpoint
from migkg.remote.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
JSON = "application/sparql-results+json"
ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[%s]}}'
ROW = b'{"s":{"type":"uri","value":"https://example.org/a"}}'
SECRET = "s3cret-pass"
ASK = ("query", "-f", "csv", "-e", "SELECT ?s { ?s ?p ?o }")


class Server(NamedTuple):
    """A server that answers as it was told to, and what it was asked."""

    address: str
    requests: list[dict[str, str]]  # the headers of each


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    body = b""
    gone = False

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.body = self.rfile.read(length)
        server = self.server
        assert isinstance(server, _Fake)
        server.asked.append(dict(self.headers))
        server.answer(self, len(server.asked))

    do_GET = do_POST  # noqa: N815

    def reply(self, status: int, body: bytes = b"", kind: str = JSON, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", headers.pop("length", str(len(body))))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class _Fake(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, answer: Callable[[Handler, int], None]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer, self.asked = answer, list[dict[str, str]]()

    def handle_error(self, *_: object) -> None:
        pass  # a client that breaks off is what some tests are about


@contextmanager
def serving(answer: Callable[[Handler, int], None]) -> Iterator[Server]:
    with _Fake(answer) as fake:
        threading.Thread(target=fake.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield Server(f"http://127.0.0.1:{fake.server_port}/sparql", fake.asked)
        finally:
            fake.shutdown()


def migkg(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {n: v for n, v in os.environ.items() if not n.startswith("MIGKG_")}
    environment = {**kept, "MIGKG_GRAPH": str(ROOT), "NETRC": os.devnull, **more}
    environment["MIGKG_CACHE"] = os.environ["MIGKG_CACHE"]
    return subprocess.run(
        [sys.executable, "-m", "migkg", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def always(status: int, body: bytes = b"", kind: str = JSON, **headers: str) -> Callable[..., None]:
    return lambda handler, _number: handler.reply(status, body, kind, **headers)


def cut_off(handler: Handler, _number: int) -> None:
    handler.reply(200, ROWS[:44] % ROW, length="1000")
    handler.close_connection = True


def ends_too_soon(handler: Handler, _number: int) -> None:
    handler.reply(200, (ROWS % ROW)[:-20])


def hangs_up(handler: Handler, _number: int) -> None:
    handler.close_connection = True


FAILURES = {
    "401": (always(401), 4, "wants credentials (401): set MIGKG_STORE_USER"),
    "403": (always(403), 4, "does not allow this (403): set MIGKG_STORE_USER"),
    "404": (always(404), 4, "there is no engine (404): check the address"),
    "400": (always(400, b"line 3: what is this?\nmore", "text/plain"), 2, "what is this? more"),
    "500": (always(500, b"out of memory", "text/plain"), 4, "the engine failed (500): out of"),
    "503": (always(503, Retry_After="0"), 4, "overloaded (503): try again later"),
    "page": (always(200, b"<html>Welcome</html>", "text/html"), 4, "answers in text/html"),
    "page as JSON": (always(200, b"<html>Welcome</html>"), 4, "is cut off or damaged"),
    "cut off": (cut_off, 4, "broke"),
    "ends too soon": (ends_too_soon, 4, "is cut off or damaged"),
    "hangs up": (hangs_up, 4, "the connection broke"),
    "elsewhere": (
        always(302, Location="https://user:pw@example.org/sparql"),
        4,
        "points to https://example.org/sparql (302): give that address",
    ),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_is_one_clear_line(failure: str) -> None:
    answer, code, says = FAILURES[failure]
    with serving(answer) as server:
        done = migkg(*ASK, "--store", server.address)
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert server.address in done.stderr
    assert "pw" not in done.stderr


def test_nobody_there() -> None:
    address = f"http://127.0.0.1:{free_port()}/sparql"
    done = migkg(*ASK, "--store", address)
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert f"{address}: the connection was refused: is the engine running there?" in done.stderr


def test_no_such_host() -> None:
    done = migkg(*ASK, "--store", "http://nowhere.invalid/sparql", http_proxy="")
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert "there is no such host: check the address" in done.stderr


def test_no_secure_connection() -> None:
    with serving(always(200)) as server:
        done = migkg(*ASK, "--store", server.address.replace("http:", "https:"))
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert "no secure connection" in done.stderr


@pytest.mark.parametrize("status", [503, 429])
def test_an_engine_that_is_busy_is_asked_again(status: int) -> None:
    def answer(handler: Handler, number: int) -> None:
        if number < 3:
            handler.reply(status, Retry_After="0")
        else:
            handler.reply(200, ROWS % ROW)

    with serving(answer) as server:
        done = migkg(*ASK, "--store", server.address)
    assert (done.returncode, done.stdout) == (0, "s\nhttps://example.org/a\n")
    assert len(server.requests) == 3


def test_a_broken_connection_is_made_again() -> None:
    def answer(handler: Handler, number: int) -> None:
        if number < 3:
            hangs_up(handler, number)
        else:
            handler.reply(200, ROWS % ROW)

    with serving(answer) as server:
        assert migkg(*ASK, "--store", server.address).returncode == 0


def test_what_is_wrong_with_the_request_is_not_sent_again() -> None:
    for status in (400, 401, 403, 404, 500):
        with serving(always(status)) as server, Session(server.address) as session:
            with pytest.raises((MachineError, UsageError)):
                session.post(server.address, {"query": "ASK {}"}, JSON)
            assert len(server.requests) == 1, status


def test_a_timeout_ends_the_run_and_the_connection() -> None:
    ended = threading.Event()

    def trickle(handler: Handler, _number: int) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.end_headers()
        try:
            handler.wfile.write(ROWS.partition(b"%s")[0])
            for _ in range(600):  # each within any limit of one read
                time.sleep(0.05)
                handler.wfile.write(ROW + b",")
                handler.wfile.flush()
        except OSError:
            ended.set()

    with serving(trickle) as server:
        began = time.monotonic()
        done = migkg(*ASK, "--store", server.address, "--timeout", "1.5")
        assert time.monotonic() - began < 6
        assert ended.wait(5)
    assert done.returncode == 4
    assert "stopped after 1.5 seconds (--timeout)" in done.stderr


def test_an_error_of_one_thread_may_go_in_another() -> None:
    """A load asks in threads of its own, and what pyoxigraph gives one may only go there."""
    with serving(ends_too_soon) as server, ThreadPoolExecutor(1) as pool:
        endpoint = Endpoint(server.address)
        failed = pool.submit(lambda: list(endpoint.noted("", "?s ?p ?o")))
        assert isinstance(failed.exception(), MachineError)
    del failed
    gc.collect()  # whatever cannot go is a warning, and these are errors


def test_an_answer_that_may_be_cut_off_is_an_error() -> None:
    with serving(always(200, ROWS % (ROW + b"," + ROW), X_SPARQL_MaxRows="2")) as server:
        done = migkg(*ASK, "--store", server.address)
    assert done.returncode == 4
    assert "no more than 2 rows" in done.stderr


CREDENTIALS = {
    "Basic": {"MIGKG_STORE_USER": "ann", "MIGKG_STORE_PASSWORD": SECRET},
    "Digest": {"MIGKG_STORE_USER": "ann", "MIGKG_STORE_PASSWORD": SECRET},
    "Bearer": {"MIGKG_STORE_TOKEN": SECRET},
}
CHALLENGE = {"Basic": 'Basic realm="x"', "Digest": 'Digest realm="x", nonce="1", qop="auth"'}


@pytest.mark.parametrize("way", CREDENTIALS)
def test_credentials_are_given_as_the_engine_wants_them(way: str) -> None:
    def answer(handler: Handler, _number: int) -> None:
        if handler.headers.get("Authorization", "").startswith(way):
            handler.reply(200, ROWS % ROW)
        else:
            handler.reply(401, WWW_Authenticate=CHALLENGE.get(way, way))

    with serving(answer) as server:
        done = migkg(*ASK, "--store", server.address, **CREDENTIALS[way])
    assert done.returncode == 0, done.stderr
    assert [headers.get("Authorization") for headers in server.requests[:-1]] == (
        [] if way == "Bearer" else [None]
    )
    assert way != "Digest" or SECRET not in str(server.requests)


def test_credentials_are_taken_from_netrc(tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine 127.0.0.1 login ann password {SECRET}\n")
    netrc.chmod(0o600)

    def answer(handler: Handler, number: int) -> None:
        if number == 1:
            handler.reply(401, WWW_Authenticate=CHALLENGE["Basic"])
        else:
            handler.reply(200, ROWS % ROW)

    with serving(answer) as server:
        assert migkg(*ASK, "--store", server.address, NETRC=str(netrc)).returncode == 0
    assert server.requests[1]["Authorization"].startswith("Basic ")


@pytest.mark.parametrize("way", CREDENTIALS)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_credentials_go_to_no_other_host(way: str, status: int) -> None:
    with serving(always(401, WWW_Authenticate=CHALLENGE.get(way, way))) as other:
        address = other.address.replace("127.0.0.1", "localhost")

        def answer(handler: Handler, number: int) -> None:
            if number == 1 and way != "Bearer":
                handler.reply(401, WWW_Authenticate=CHALLENGE[way])
            else:
                handler.reply(status, Location=address)

        with serving(answer) as server:
            done = migkg(*ASK, "--store", server.address, **CREDENTIALS[way])
    assert done.returncode == 4
    assert f"points to {address}" in done.stderr
    assert other.requests == []


@pytest.mark.parametrize("way", CREDENTIALS)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 500, 302])
def test_no_message_tells_a_secret(way: str, status: int) -> None:
    def answer(handler: Handler, _number: int) -> None:
        said = handler.headers.get("Authorization", "")
        handler.reply(
            status,
            f"you sent {said}".encode(),
            "text/html",
            WWW_Authenticate=CHALLENGE.get(way, way),
        )

    with serving(answer) as server:
        done = migkg(*ASK, "--store", server.address, **CREDENTIALS[way], MIGKG_DEBUG="1")
    assert done.returncode in (2, 4)
    assert SECRET not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "address", ["http://ann:s3cret-pass@localhost/", "https://s3cret-pass@x.org/sparql"]
)
@pytest.mark.parametrize("option", ["--store", "MIGKG_STORE", "--to"])
def test_an_address_bears_no_credentials(address: str, option: str) -> None:
    if option == "--to":
        done = migkg("build", "--to", address)
    elif option == "--store":
        done = migkg(*ASK, "--store", address)
    else:
        done = migkg(*ASK, MIGKG_STORE=address)
    assert done.returncode == 2
    assert "MIGKG_STORE_PASSWORD" in done.stderr
    assert SECRET not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "address", ["", "x", "file:///etc", "http://", "http://[::1", "http://a:x/"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError):
        checked(address)


def test_half_of_the_credentials_is_refused() -> None:
    done = migkg(*ASK, "--store", "http://localhost:1/", MIGKG_STORE_USER="ann")
    assert done.returncode == 2
    assert "set both or none" in done.stderr


def test_store_is_taken_before_the_command_and_after_it() -> None:
    with serving(always(200, ROWS % ROW)) as server:
        for arguments in (("--store", server.address, *ASK), (*ASK, f"--store={server.address}")):
            assert migkg(*arguments).returncode == 0
        assert migkg(*ASK, MIGKG_STORE=server.address).returncode == 0
        assert len(server.requests) == 3
        assert migkg("--store", server.address, "validate").returncode == 2
        assert len(server.requests) == 3


UPDATES = ["INSERT DATA { <a:a> <a:b> <a:c> }", "DROP ALL", "SELECT * {} ; DROP ALL", "define x"]


@pytest.mark.parametrize("update", UPDATES)
def test_what_could_change_the_engine_is_not_sent(update: str) -> None:
    with serving(always(200, ROWS % ROW)) as server:
        done = migkg("query", "-e", update, "--store", server.address)
    assert done.returncode == 2
    assert server.requests == []


SERVICES = [
    "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { service silent <%s> { ?s ?p ?o } }",
    "ASK { SERVICE # here\n <%s> { ?s ?p ?o } }",
    "PREFIX x: <%s> SELECT * { ?s ?p ?o . { SERVICE x: { ?s ?p ?o } } }",
]


@pytest.mark.parametrize("query", SERVICES)
@pytest.mark.parametrize("remote", [True, False])
def test_another_engine_is_asked_by_leave_only(query: str, remote: bool, tmp_path: Path) -> None:
    path = tmp_path / "own.rq"
    with serving(always(200, ROWS % ROW)) as asked, serving(always(200, ROWS % ROW)) as engine:
        path.write_text(query % asked.address)
        where = ("--store", engine.address) if remote else ()
        for given in (("-e", query % asked.address), (str(path),)):
            done = migkg("query", *given, *where)
            assert done.returncode == 2
            assert f"--allow-service {asked.address}" in done.stderr
        assert asked.requests == engine.requests == []


def test_another_engine_is_asked_if_it_may_be() -> None:
    with serving(always(200, ROWS % ROW)) as asked:
        query = f"SELECT ?s {{ SERVICE <{asked.address}> {{ ?s ?p ?o }} }}"
        done = migkg("query", "-f", "csv", "-e", query, "--allow-service", asked.address)
        assert (done.returncode, done.stdout) == (0, "s\nhttps://example.org/a\n")
        done = migkg("query", "-e", query, "--allow-service", asked.address + "/other")
        assert done.returncode == 2
        assert len(asked.requests) == 1


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE <http://x.org/> { }" }',
        "SELECT * { ?s ?p ?o } # SERVICE <http://x.org/>",
        "PREFIX SERVICE: <http://x.org/> SELECT ?SERVICE { ?SERVICE SERVICE:a <http://SERVICE/> }",
    ],
)
def test_what_only_looks_like_asking_another_engine_is_none(text: str) -> None:
    federation.check(text, ())
    ox.Store().query(federation.inert(text))


def test_a_variable_engine_is_refused() -> None:
    with pytest.raises(UsageError, match="could ask any engine"):
        federation.check("SELECT * { ?x a ?y SERVICE ?x { ?s ?p ?o } }", ("http://x.org/",))
