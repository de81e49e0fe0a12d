"""Answers as safe HTML: Markdown without raw HTML or images, then a sanitiser, so that no document can add markup."""

import re
from functools import cache

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "pre", "blockquote", "table", "thead", "tbody"}
TAGS |= {"tr", "th", "td", "h3", "h4", "hr"}
SCHEMES = {"http", "https", "mailto"}
ADDRESS = re.compile(
    r"(?<!\]\()(?<![\w<\[\"'`/=@.])(https?://[^\s<>()\[\]\"'`ㄱ-힣]{1,2000}[A-Za-z0-9_/#=&%~-]|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8})"
)
MOST_CHARACTERS = 200_000
"""Longer answers are shown as plain text: rendering them would hold the page up."""


@cache
def _markdown() -> MarkdownIt:
    """Return the renderer. Off: what turns plain FAQ text into something it does not mean to be."""
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
    return markdown.disable(["html_block", "html_inline", "image", "code", "lheading", "reference"]).enable("table")


def to_html(text: str) -> str:
    """Return an answer as HTML that is safe to put into a page."""
    if len(text) > MOST_CHARACTERS:
        return f"<p>{nh3.clean_text(text)}</p>"
    linked = text if "`" in text else ADDRESS.sub(r"<\1>", text)  # an address inside code stays as it is
    rendered = _markdown().render(linked)
    lowered = re.sub(r"<(/?)h[1-6]>", r"<\1h4>", rendered)  # the page has its own headings
    return nh3.clean(
        lowered,
        tags=TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
