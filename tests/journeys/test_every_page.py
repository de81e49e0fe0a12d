"""Every page there is, in a real Chromium: it asks nobody but this server for anything, and its console is empty."""

import re
from collections.abc import Mapping

from starlette.routing import Route

from connectors.web.app import ROUTERS, create_app
from tests.bot.database.exchanges import exchange, put
from tests.samples import BotMaker
from tests.servers.browser import chromium
from tests.servers.visitor import PageVisitor
from tests.servers.web import served_app

NO_PAGE = re.compile(r"/sign-out|\.csv|\.\{kind\}|/file\b|/progress$|/state$|/counts$|/list$|/messages|/template/")
"""What gives a file, or a part of a page."""


def addresses(values: Mapping[str, str]) -> list[str]:
    """Return the address of every page, what stands in braces filled in."""
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, Route)]
    paths = [r.path for r in routes if "GET" in (r.methods or ()) and not r.path.startswith("/api/v1")]
    filled = [re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], "1"), path) for path in paths]
    return sorted({path for path in filled if not NO_PAGE.search(path)} - {"/metrics", "/health", "/ready"})


def test_no_page_asks_anybody_else(make_bot: BotMaker) -> None:
    bot = make_bot()
    said = exchange("환불은 얼마나 걸리나요?", person="kim@example.com", name="a")
    put(bot.sessions, said, exchange("화성에 지점이 있나요?", answered=False))
    with served_app(create_app(bot), bot) as site, chromium() as browser:
        visitor = PageVisitor(site)
        conversation = site.call("GET", "/api/v1/conversations").json["conversations"][0]["id"]
        known = {"conversation": conversation, "answer": said.reply.answer_id, "section": "limits"}
        pages = [path for path in addresses(known) if is_page(visitor, path)]
        assert len(pages) >= 20
        browser.fresh(site.address)
        for path in pages:
            browser.open(site.address + path)
            assert browser.all("main"), path
            assert browser.complaints() == [], path
            assert browser.elsewhere(site.address) == [], path


def is_page(visitor: PageVisitor, path: str) -> bool:
    """Whether a page is there, for what the bot holds; each is shown under the policy that keeps it from others."""
    answer = visitor.open(path)
    assert answer.status < 500, (path, answer.text)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'"), path
    return answer.status == 200 and answer.headers["content-type"].startswith("text/html")
