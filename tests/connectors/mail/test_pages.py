"""The page of a mail: it fetches nothing and runs nothing whatever people wrote, is well nested, and fits a phone."""

import base64
from html.parser import HTMLParser
from typing import Any

import pytest

from bot.messages import Reply
from connectors.mail.pages import html_of, text_of
from tests.servers.browser import chromium

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=https://evil.example/x.png onerror=alert(1)>',
    "</li></ol></details></body></html><iframe src='https://evil.example'>",
    "<style>body{display:none}</style><link rel=stylesheet href=//evil.example/x.css>",
    "<!-- --!> ]]> &lt;script&gt; &#60;img src=x&#62;",
    "\u202e거꾸로\u2066\x00\x1b[31m\ud55c\r\nBcc: x@evil.example",
    "javascript:alert(1) {content} {} %s {0}",
    "가" * 3_000 + "W" * 3_000,
)
ALLOWED = {"html", "head", "meta", "body", "div", "p", "ol", "ul", "li", "span", "br", "details", "summary"} | {
    "blockquote"
}
EMPTY = {"meta", "br"}


def reply(words: str, *, summarised: bool = True, language: Any = "ko", actions: int = 3) -> Reply:
    summary = {
        "lines": [words] * 3,
        "evidence": [f"근거 {words}"] * 3,
        "from": {"name": words, "address": words},
        "extract": True,
        "actions": [{"what": words, "who": words, "due": "2026-11-27", "said": words} for _ in range(actions)],
        "questions": [words],
        "attachments": [{"name": words, "note": words}, words],
        "sentiment": words,
    }
    more: dict[str, Any] = {"summary": summary} if summarised else {}
    return Reply("a1", "c1", words, answered=True, confidence=1.0, task="summarize", language=language, **more)


class Page(HTMLParser):
    """Reads a page strictly."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        for name, value in attrs:
            assert name in {"style", "lang", "charset", "name", "content"}
            assert "url(" not in (value or "")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("summarised", [True, False])
def test_nothing_that_was_written_becomes_a_tag(words: str, summarised: bool) -> None:
    made = reply(words, summarised=summarised)
    Page(html_of(made))
    assert text_of(made).strip()


def test_a_summary_that_is_broken() -> None:
    all_broken: tuple[dict[str, Any], ...] = (
        {},
        {"lines": None, "actions": [None, 3, {}], "from": None},
        {"lines": ["하나"], "extract": True},
    )
    for broken in all_broken:
        made = Reply("a1", "c1", "하나", answered=True, confidence=1.0, task="summarize", language="ko", summary=broken)
        Page(html_of(made))


def test_it_fits_a_phone_and_asks_for_nothing() -> None:
    with chromium() as browser:
        korean, english = "시제품 스무 개의 견적 " * 8 + HOSTILE[-1], HOSTILE[1] * 20
        for width, language, words in ((390, "ko", korean), (390, "en", english), (800, "ko", korean)):
            page = base64.b64encode(html_of(reply(words, language=language, actions=30)).encode()).decode()
            browser.fresh("http://127.0.0.1", language, width=width)
            browser.open(f"data:text/html;base64,{page}")
            browser.script("document.querySelectorAll('details').forEach(each => { each.open = true })")
            wide, seen = browser.script("return [document.documentElement.scrollWidth, window.innerWidth]")
            assert wide <= seen == width
            assert [each for each in browser.requested() if not each.startswith(("data:", "about:"))] == []
            assert browser.complaints() == []
