"""Where a request really comes from, and who may ask without signing in."""

import pytest
from sqlalchemy import create_engine
from starlette.requests import Request

from bot.accounts import Accounts
from bot.database.engine import sessions_for
from bot.errors import SettingsError
from bot.reach import is_loopback
from bot.settings import Settings, load
from connectors.web.sessions import Door


def door(**settings: str) -> Door:
    return Door(Settings(**settings), Accounts(sessions_for(create_engine("sqlite://"))), "secret")  # type: ignore[arg-type]


def request(peer: str, *forwarded: str, host: str = "127.0.0.1:8080") -> Request:
    headers = [(b"host", host.encode()), *((b"x-forwarded-for", each.encode("latin-1")) for each in forwarded)]
    return Request({"type": "http", "headers": headers, "client": (peer, 50_000), "server": ("127.0.0.1", 8080)})


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("10.0.0.9", [], "10.0.0.9"),
        ("10.0.0.9", ["1.2.3.4"], "10.0.0.9"),  # nobody we trust: it may write what it likes
        ("127.0.0.1", ["1.2.3.4"], "1.2.3.4"),
        ("::1", ["1.2.3.4"], "1.2.3.4"),
        ("::ffff:127.0.0.1", ["1.2.3.4"], "1.2.3.4"),
        ("127.0.0.1", ["6.6.6.6, 1.2.3.4"], "1.2.3.4"),
        ("127.0.0.1", ["6.6.6.6", "1.2.3.4"], "1.2.3.4"),
        ("192.168.7.7", ["6.6.6.6, 1.2.3.4"], "1.2.3.4"),
        ("127.0.0.1", ["6.6.6.6, 1.2.3.4, 192.168.7.1, 10.1.1.1"], "1.2.3.4"),  # a chain of proxies that are named
        ("127.0.0.1", ["192.168.7.1"], "192.168.7.1"),
        ("127.0.0.1", ["x"], "127.0.0.1"),
        ("127.0.0.1", [""], "127.0.0.1"),
        ("127.0.0.1", ["1.2.3.4, '; DROP TABLE"], "127.0.0.1"),
        ("127.0.0.1", ["\xff" * 1000], "127.0.0.1"),
    ],
)
def test_only_proxies_that_are_trusted_tell_an_address(peer: str, forwarded: list[str], address: str) -> None:
    trusting = door(web_proxies="192.168.7.0/24, 10.1.1.1")
    assert trusting.address(request(peer, *forwarded)) == address


def test_here_is_this_machine_under_its_own_name_through_no_proxy() -> None:
    assert door().is_here(request("127.0.0.1"))
    assert door().is_here(request("::1", host="[::1]:8080"))
    assert door().is_here(request("127.0.0.1", host="localhost:8080"))
    assert not door().is_here(request("127.0.0.1", host="faq.example"))
    assert not door().is_here(request("127.0.0.1", "127.0.0.1"))
    assert not door().is_here(request("10.0.0.9"))


@pytest.mark.parametrize(
    ("settings", "shut"),
    [
        ({}, False),
        ({"web_host": "::1"}, False),
        ({"public_url": "http://localhost:9000"}, False),
        ({"web_host": "0.0.0.0"}, True),  # noqa: S104
        ({"web_host": "192.168.0.5"}, True),
        ({"public_url": "https://faq.example"}, True),
        ({"web_host": "0.0.0.0", "web_ask": "open"}, False),  # noqa: S104
        ({"web_ask": "signed-in"}, True),
    ],
)
def test_asking_is_open_on_this_machine_and_for_those_signed_in_beyond_it(settings: dict[str, str], shut: bool) -> None:
    assert door(**settings).asks_signed_in is shut


def test_settings_that_cannot_be_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("DAPBOT_WEB_PROXIES", "proxy.internal"),
        ("DAPBOT_WEB_PROXIES", "1.2.3.4/99"),
        ("DAPBOT_WEB_ASK", "x"),
    ):
        monkeypatch.setenv(name, value)
        with pytest.raises(SettingsError) as error:
            load()
        assert name in str(error.value)
        monkeypatch.delenv(name)


@pytest.mark.parametrize("host", ["", "localhost.evil", "127.0.0.1.evil", "10.0.0.1", "0.0.0.0", "::"])  # noqa: S104
def test_what_others_can_reach_is_no_loopback(host: str) -> None:
    assert not is_loopback(host)
