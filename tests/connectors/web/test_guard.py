"""Who is let in: the Host, Origin and Sec-Fetch headers that honest and hostile senders really send."""

import pytest
from starlette.datastructures import Headers

from connectors.web.guard import Guard, from_browser
from connectors.web.refusals import Refused

SERVER = ("127.0.0.1", 8080)


async def _nothing(*_: object) -> None:
    raise AssertionError("not called")


def status(method: str, path: str, headers: dict[str, str] | list[tuple[str, str]], public_url: str = "") -> int:
    """Return 200 if the guard lets the request in, else the status it refuses with."""
    pairs = list(headers.items()) if isinstance(headers, dict) else headers
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in pairs]
    try:
        Guard(_nothing, public_url).check(method, path, Headers(raw=raw), SERVER)
    except Refused as refused:
        return refused.status_code
    return 200


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080", "127.9.9.9:8080"])
def test_this_machines_own_names_are_let_in(host: str) -> None:
    assert status("GET", "/", {"Host": host}) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8080",
        "127.0.0.1.evil.example:8080",
        "localhost.evil.example:8080",
        "127.0.0.1:8081",
        "127.0.0.1",
        "localhost:80",
        "evil@127.0.0.1:8080",
        "127.0.0.1:8080@evil.example",
        "10.0.0.5:8080",
        "0.0.0.0:8080",
        "",
        "[::1",
        "localhost:99999999",
        "localhost:abc",
        "127.0.0.1:8080/evil",
        "faq.example",
    ],
)
def test_every_other_name_is_refused_as_rebinding_would_bring_it(host: str) -> None:
    assert status("GET", "/", {"Host": host}) == 421


def test_beyond_this_machine_its_address_and_the_name_it_listens_on_are_let_in() -> None:
    guard = Guard(_nothing, name="faq.internal")

    def let_in(host: str, server: tuple[str, int]) -> bool:
        try:
            guard.check("GET", "/", Headers({"host": host}), server)
        except Refused:
            return False
        return True

    assert let_in("192.168.0.5:8080", ("192.168.0.5", 8080))
    assert let_in("192.168.0.5:8080", ("::ffff:192.168.0.5", 8080))
    assert let_in("[2001:db8::7]:8080", ("2001:db8::7", 8080))
    assert let_in("FAQ.internal:8080".lower(), ("192.168.0.5", 8080))
    assert let_in("192.168.0.5", ("192.168.0.5", 80))
    for host in ("192.168.0.6:8080", "192.168.0.5:8081", "192.168.0.5", "evil.example:8080", "faq.internal.evil:8080"):
        assert not let_in(host, ("192.168.0.5", 8080)), host


def test_no_host_and_two_hosts_are_refused() -> None:
    assert status("GET", "/", {}) == 421
    assert status("GET", "/", [("Host", "127.0.0.1:8080"), ("Host", "127.0.0.1:8080")]) == 421


def test_the_public_address_is_let_in_with_its_own_origin_only() -> None:
    public = "https://faq.example"
    assert status("GET", "/", {"Host": "faq.example"}, public) == 200
    assert status("POST", "/", {"Host": "faq.example", "Origin": "https://faq.example"}, public) == 200
    assert status("POST", "/", {"Host": "127.0.0.1:8080", "Origin": "https://faq.example"}, public) == 200
    assert status("POST", "/", {"Host": "faq.example", "Origin": "https://evil.example"}, public) == 403
    assert status("GET", "/", {"Host": "faq.example.evil.example"}, public) == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:9999", "https://127.0.0.1:8080", "null", "", "http://localhost"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_another_origin_is_refused(method: str, origin: str) -> None:
    assert status(method, "/api/v1/ask", {"Host": "127.0.0.1:8080", "Origin": origin}) == 403


def test_our_own_origin_is_let_in() -> None:
    headers = {"Host": "localhost:8080", "Origin": "http://localhost:8080", "Sec-Fetch-Site": "same-origin"}
    assert status("POST", "/api/v1/ask", headers) == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_link_to_a_page_works_and_nothing_else_does(site: str) -> None:
    link = {
        "Host": "127.0.0.1:8080",
        "Sec-Fetch-Site": site,
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    assert status("GET", "/documents", link) == 200
    assert status("GET", "/api/v1/knowledge", link) == 403
    assert status("POST", "/", link) == 403
    assert status("GET", "/", {**link, "Sec-Fetch-Dest": "iframe"}) == 403
    assert status("GET", "/", {**link, "Sec-Fetch-Dest": "object"}) == 403
    assert status("GET", "/", {**link, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}) == 403


def test_a_typed_address_and_a_program_are_let_in() -> None:
    assert status("GET", "/", {"Host": "127.0.0.1:8080", "Sec-Fetch-Site": "none"}) == 200
    assert status("POST", "/api/v1/ask", {"Host": "127.0.0.1:8080"}) == 200


def test_a_browser_gives_itself_away() -> None:
    assert from_browser(Headers({"origin": "http://127.0.0.1:8080"}))
    assert from_browser(Headers({"sec-fetch-site": "same-origin"}))
    assert not from_browser(Headers({"user-agent": "curl/8"}))
