"""How an export is asked for, and what is said where that cannot be."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from migkg.cli import cli
from migkg.errors import UsageError
from migkg.export.base_url import checked


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/", "https://example.org/"),
        ("http://localhost:8080/a/b//", "http://localhost:8080/a/b/"),
        ("HTTPS://[::1]:443/caf%C3%A9", "HTTPS://[::1]:443/caf%C3%A9/"),
    ],
)
def test_an_address_is_that_of_a_folder(given: str, taken: str) -> None:
    assert checked(given) == taken


@pytest.mark.parametrize(
    "address",
    [
        *("", "example.org/migkg", "/migkg/", "ftp://example.org/", "https:///migkg", "https://"),
        *("https://example.org/?x=1", "https://example.org/#a", "https://example.org/?"),
        *("https://user@example.org/", "https://user:secret@example.org/", "mailto:a@b.org"),
        *("https://example.org:port/", "https://exa mple.org/", "https://example.org/a b"),
        *("https://example.org/<x>", 'https://example.org/"', "https://example.org/caf\u00e9"),
        *("https://ex\u00e4mple.org/", "https://example.org/\n", "javascript:alert(1)"),
        *("https://example.org/a/../b", "https://example.org/./", "https://example.org/%2E%2e/b"),
        *("https://example.org/a,b/", "https://example.org/a%2Fb/", "https://example.org/%0AX/"),
        *("https://example.org/%FF/", "https://example.org/\x00", "https://[::1/", "file:///tmp"),
    ],
)
def test_what_is_no_address_is_refused_in_one_line(address: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["export", str(tmp_path / "x"), "--base-url", address])
    assert isinstance(result.exception, UsageError)
    assert "give an address such as https://example.org/migkg/" in str(result.exception)
    assert not (tmp_path / "x").exists()


@given(st.text(st.sampled_from('https:/ex.org?#@%[]<>é" \\a0'), max_size=30))
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    with suppress(UsageError):
        assert re.fullmatch(r"https://[!-~]+/", checked("https://" + text))


@pytest.mark.parametrize(
    ("address", "said"),
    [("sparql", "is no address of a store"), ("https://a:b@example.org/sparql", "no password")],
)
def test_an_endpoint_is_an_address_too(address: str, said: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["export", str(tmp_path / "x"), "--endpoint", address])
    assert isinstance(result.exception, UsageError)
    assert said in str(result.exception)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("more", [[], ["--only", "Jordan"]])
def test_an_earlier_release_without_a_name_is_refused(tmp_path: Path, more: list[str]) -> None:
    """As where a script has a variable that is not set."""
    result = CliRunner().invoke(cli, ["export", str(tmp_path / "x"), "--since", "", *more])
    assert isinstance(result.exception, UsageError)
    assert "--since" in str(result.exception)
    assert not (tmp_path / "x").exists()
