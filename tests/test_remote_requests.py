"""An engine elsewhere is asked few times, and what it answers is not held in memory."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from test_remote import engine, migkg  # noqa: F401  # a fixture

from migkg import lookup, store
from migkg.describe import describe
from migkg.remote.endpoint import Endpoint
from migkg.remote.session import Session
from migkg.sources import rows
from migkg.why import grounding

if TYPE_CHECKING:
    from engines import Engine


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the requests that are sent."""
    sent: list[str] = []
    post = Session.post

    def counted(self: Session, address: str, *more: object) -> object:
        sent.append(address)
        return post(self, address, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "post", counted)
    return sent


def test_describing_a_thing_with_many_neighbours_takes_a_handful_of_requests(
    engine: Engine,  # noqa: F811
    requests: list[str],
) -> None:
    remote = Endpoint(engine.asked)
    found = describe(remote, lookup.resolve(remote, "ILO", None))
    assert len(found.statements) + len(found.references) > 100
    assert len(requests) <= 20
    ground = grounding(remote, "en")
    for statement in found.statements + found.references:
        ground(statement.triple)
    assert len(requests) <= 60


def test_telling_the_sources_of_rows_takes_a_handful_of_requests(
    engine: Engine,  # noqa: F811
    requests: list[str],
) -> None:
    text = "SELECT * { ?p a mk:Project ; mk:country ?c ; mk:participant ?o . ?c rdfs:label ?n }"
    found = rows.explain(Endpoint(engine.asked), text, store.ALL)
    assert len(found.rows) > 100
    assert len(requests) <= 20


def peak(address: str, count: int) -> float:
    """Print so many rows; the megabytes that the process takes at most."""
    text = f"SELECT * {{ ?a a ?ac . ?b a ?bc . ?c a ?cc }} LIMIT {count}"
    command = [sys.executable, "-m", "migkg", "--store", address, "query", "-e", text, "-f", "csv"]
    lines = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        for _ in child.stdout or ():
            lines += 1
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    assert (status, lines) == (0, count + 1)
    return usage.ru_maxrss / 1024


def test_many_rows_take_no_more_memory_than_few(engine: Engine) -> None:  # noqa: F811
    assert peak(engine.asked, 150_000) < peak(engine.asked, 10) + 40


def test_what_did_not_change_is_not_sent_again_after_a_rebuild(engine: Engine) -> None:  # noqa: F811
    assert migkg("build", "--force").returncode == 0
    to = engine.update if engine.name == "virtuoso" else engine.graph_store
    again = migkg("build", "--to", to, **engine.credentials)
    assert again.returncode == 0
    assert "\n0 statements sent in 0 graphs" in again.stdout
