"""Another site's page, open in the same browser, tries everything a browser lets it try."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.servers import databases
from tests.servers.browser import Browser, chromium
from tests.servers.dapbot import Site

ATTACK = """
const target = arguments[0], tell = arguments[arguments.length - 1], seen = {};
const attempt = async (name, work) => { try { seen[name] = await work(); } catch (error) { seen[name] = 'failed'; } };
const say = async r => r.type + ' ' + r.status + ' ' + (await r.text()).slice(0, 50);
const line = JSON.stringify({question: '배송비는 얼마인가요?'});
const load = (tag, of) => new Promise(done => { const e = document.createElement(tag);
  e.onload = () => done('loaded'); e.onerror = () => done('failed'); Object.assign(e, of); document.body.append(e);
  setTimeout(() => done('silent'), 3000); });
(async () => {
  await attempt('read', () => fetch(target + '/api/v1/knowledge').then(say));
  await attempt('read with cookies', () => fetch(target + '/', {credentials: 'include'}).then(say));
  await attempt('blind text', () => fetch(target + '/api/v1/ask', {method: 'POST', mode: 'no-cors', body: line,
    credentials: 'include', headers: {'Content-Type': 'text/plain'}}).then(say));
  await attempt('json', () => fetch(target + '/api/v1/ask', {method: 'POST', body: line, credentials: 'include',
    headers: {'Content-Type': 'application/json'}}).then(say));
  await attempt('beacon', () => String(navigator.sendBeacon(target + '/api/v1/ask', new Blob([line]))));
  const files = new FormData(); files.append('files', new File(['질문,답변\\n악,의'], 'evil.csv'));
  await attempt('blind upload', () => fetch(target + '/api/v1/knowledge', {method: 'POST', mode: 'no-cors', body: files,
    credentials: 'include'}).then(say));
  await attempt('delete', () => fetch(target + '/api/v1/knowledge/1', {method: 'DELETE'}).then(say));
  for (const [path, kind] of [['/documents/1/remove', ''], ['/documents', 'multipart/form-data'],
      ['/api/v1/knowledge', 'multipart/form-data'], ['/api/v1/ask', 'text/plain'], ['/', '']]) {
    const name = 'f' + Math.random(), frame = document.createElement('iframe'), form = document.createElement('form');
    frame.name = name; form.target = name; form.method = 'post'; form.action = target + path;
    if (kind) form.enctype = kind;
    const field = document.createElement('input');
    field.name = kind === 'text/plain' ? '{"question": "x", "a": "' : 'question';
    field.value = kind === 'text/plain' ? '"}' : 'x'; form.append(field);
    document.body.append(frame, form);
    await new Promise(done => { frame.onload = done; form.submit(); setTimeout(done, 1500); });
    await attempt('form ' + path, () => String(frame.contentDocument && frame.contentDocument.body.textContent));
  }
  seen.script = await load('script', {src: target + '/api/v1/knowledge'});
  seen.image = await load('img', {src: target + '/static/x/icon.svg'});
  const frame = document.createElement('iframe'); frame.src = target + '/documents'; document.body.append(frame);
  await new Promise(done => { frame.onload = done; setTimeout(done, 1500); });
  await attempt('frame', () => String(frame.contentDocument && frame.contentDocument.body.textContent));
  seen.socket = await new Promise(done => { const s = new WebSocket(target.replace('http', 'ws') + '/api/v1/ask');
    s.onopen = () => done('open'); s.onerror = () => done('failed'); });
  const other = window.open(target + '/documents'); await new Promise(done => setTimeout(done, 700));
  await attempt('window', () => String(other && other.document && other.document.body.textContent));
  other && other.close();
  tell(seen);
})();
"""


class _Evil(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"<!doctype html><meta charset=utf-8><title>evil</title><body>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@contextmanager
def evil_site() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Evil)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def rows(site: Site) -> dict[str, int]:
    tables = ("answers", "turns", "documents", "versions", "feedback", "people")
    return {table: databases.count(site.data, table) for table in tables}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for which two names of other sites lead to this machine, as their owners can make them."""
    with chromium("--host-resolver-rules=MAP *.example 127.0.0.1", "--disable-popup-blocking") as browser:
        browser.driver.set_script_timeout(60)
        yield browser


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "evil.example"])
def test_a_page_of_another_origin_changes_and_reads_nothing(browser: Browser, site: Site, name: str) -> None:
    browser.fresh(site.address)
    browser.open(site.address + "/")  # the victim's own page: the cookie is there
    browser.one("#question")
    with evil_site() as port:
        browser.open(f"http://{name}:{port}/")
        before = rows(site)
        seen = browser.driver.execute_async_script(ATTACK, site.address)
        after = rows(site)
    assert after == before
    told = json.dumps(seen, ensure_ascii=False)
    assert "hanbit" not in told
    assert "3,000" not in told
    assert seen["socket"] == "failed"
    assert seen["script"] != "loaded"
    assert seen["image"] != "loaded"
    for how in ("read", "read with cookies", "json", "delete"):
        assert seen[how] == "failed", told
    for how in ("frame", "window"):
        assert seen[how] in ("null", "failed", ""), told


def test_a_name_that_leads_here_opens_nothing(browser: Browser, site: Site) -> None:
    """DNS rebinding: to the browser, evil.example *is* our server, same origin and all."""
    before = rows(site)
    browser.open(f"http://evil.example:{site.port}/documents")
    assert "이 주소로는" in browser.one("body").text or "this name" in browser.one("body").text
    for path, options in (
        ("/api/v1/knowledge", {}),
        ("/documents", {}),
        (
            "/api/v1/ask",
            {"method": "POST", "headers": {"Content-Type": "application/json"}, "body": '{"question": "배송비"}'},
        ),
        ("/api/v1/knowledge/1", {"method": "DELETE"}),
    ):
        status = browser.script("return fetch(arguments[0], arguments[1]).then(r => r.status)", path, options)
        assert status == 421, path
    assert rows(site) == before


def test_a_page_of_our_own_origin_needs_its_token(browser: Browser, site: Site) -> None:
    """A script that got into our origin without having read our page, and a page whose token is another's."""
    browser.fresh(site.address)
    browser.open(site.address + "/health")
    before = rows(site)
    send = (
        "return fetch('/api/v1/ask', {method: 'POST', body: '{\"question\": \"x\"}',"
        " headers: {'Content-Type': 'application/json', ...arguments[0]}}).then(r => r.status)"
    )
    assert browser.script(send, {}) == 403
    assert browser.script(send, {"X-CSRF-Token": "f" * 64}) == 403
    assert rows(site) == before


def test_a_link_from_another_site_opens_the_page(browser: Browser, site: Site) -> None:
    with evil_site() as port:
        browser.open(f"http://evil.example:{port}/")
        browser.script("location.href = arguments[0]", site.address + "/documents")
        browser.until(lambda: browser.driver.current_url.startswith(site.address))
        assert browser.one("#upload")
