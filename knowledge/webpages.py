"""HTML to Markdown: what a person reads of a page, without scripts, menus and footers."""

import re

from markdownify import markdownify
from selectolax.lexbor import LexborHTMLParser, LexborNode

from knowledge.decoding import clean
from knowledge.entries import Entry, Note, Part, UnreadableError
from knowledge.markup import read_markup
from knowledge.tables import read_table

LONGEST_PAGE = 5_000_000
"""Characters of HTML without the pictures embedded in it."""

DEEPEST = 500
"""Tags inside each other, as browsers draw the line too: the parser's time grows with the square of the depth."""

MOST_REOPENED = 5_000_000
"""Type styles left open times tags: a parser opens each style anew in every paragraph."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_EMBEDDED = re.compile(r"data:[a-z]+/[^\"'\s)>]{200,}")
_NEVER_CLOSED = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "param"}
_CLOSES_ITSELF = {"p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "html", "head", "body"}
_STYLES = {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*){0,20}<(?:!doctype\s+html|html|head|body|meta|title|table|div|section|article|main|"
    r"h[1-6]|p|ul|ol|dl|span|style|script|center|font|link|header|nav|details)\b",
    re.IGNORECASE | re.DOTALL,
)
_DROPPED = (
    "script, style, noscript, template, iframe, svg, canvas, object, embed, nav, footer, aside, button, select, "
    "textarea, input, dialog, [hidden], [aria-hidden='true'], [role='navigation'], [role='banner'], "
    "[role='contentinfo'], [style*='display:none'], [style*='display: none'], [style*='visibility:hidden']"
)


def is_html(text: str) -> bool:
    """Tell whether a text begins as a web page, or a part of one, does."""
    return bool(_START.match(text[:8_000]))


def read_html(text: str) -> tuple[list[Part], list[Note]]:
    """Return the passages and the prose of a page, and what there is to say about them.

    Raises:
        UnreadableError: it is too large, or nested so deep that no browser would show it either.
    """
    text = _EMBEDDED.sub("", text)
    if len(text) > LONGEST_PAGE:
        raise UnreadableError("read.page_too_large", limit=LONGEST_PAGE)
    _check_depth(text)
    page = LexborHTMLParser(text)
    named = page.css_first("title")
    title = clean(named.text()).strip() if named else ""
    for node in page.css(_DROPPED):
        node.decompose()
    root = _content(page)
    if root is None:
        return [], []
    parts, notes = _take_tables(root)
    for link in root.css("a"):
        if not (link.attributes.get("href") or "").startswith(("http://", "https://", "mailto:", "tel:")):
            link.unwrap()
    for question in root.css("summary, dt"):  # what opens an answer is its heading
        question.replace_with(f"\n\n###### {' '.join(question.text().split())}\n\n")
    try:
        markdown = markdownify(
            root.html or "",
            heading_style="ATX",
            bullets="-",
            strip=["img"],
            escape_asterisks=False,
            escape_underscores=False,
            escape_misc=False,
        )
    except RecursionError as error:
        raise UnreadableError("read.page_too_deep") from error
    prose, said = read_markup(clean("\n".join(line.rstrip() for line in markdown.split("\n"))), markdown=True)
    return [*parts, *(_titled(part, title) for part in prose)], [*notes, *said]


def _check_depth(text: str) -> None:
    """Refuse a page that is made to keep the parser busy or to fill the memory."""
    depth = styles = deepest = most_styles = tags = 0
    for closing, name in _TAG.findall(text):
        tag = name.lower()
        tags += 1
        step = -1 if closing else 1
        if tag in _STYLES:
            styles = max(0, styles + step)
            most_styles = max(most_styles, styles)
        elif tag not in _NEVER_CLOSED and tag not in _CLOSES_ITSELF:
            depth = max(0, depth + step)
            deepest = max(deepest, depth)
    if deepest > DEEPEST or most_styles * tags > MOST_REOPENED:
        raise UnreadableError("read.page_too_deep")


def _titled(part: Part, title: str) -> Part:
    """Give prose above the first heading the title of the page."""
    if isinstance(part, Entry) or part.titles or not title:
        return part
    return type(part)((title,), part.text, part.page, part.rows)


def _content(page: LexborHTMLParser) -> LexborNode | None:
    """Return the main part of the page where it is marked and holds most of the words, else the body."""
    body = page.body
    if body is None:
        return None
    total = len(body.text())
    for selector in ("main", "article", "[role='main']"):
        found = page.css(selector)
        if len(found) == 1 and len(found[0].text()) >= 0.5 * total:
            return found[0]
    return body


def _take_tables(root: LexborNode) -> tuple[list[Part], list[Note]]:
    """Take the FAQ tables out of the page; a table that only lays out the page is opened."""
    parts: list[Part] = []
    notes: list[Note] = []
    for table in root.css("table"):
        rows = _rows(table)
        if table.css("table table, td table, th table") or max(map(len, rows), default=0) < 2:
            for node in table.css("table, tbody, thead, tfoot, tr, td, th"):
                node.insert_after("\n\n") if node.tag == "td" else None
            for node in (*table.css("tbody, thead, tfoot, tr, td, th"), table):
                node.unwrap()
            continue
        some, said = read_table(rows)
        if any(isinstance(part, Entry) for part in some):
            parts += some
            notes += said
            table.decompose()
    return parts, notes


def _rows(table: LexborNode) -> list[list[str]]:
    """Return the cells of a table as text, a cell over several rows or columns written into each of its rows."""
    rows: list[list[str]] = []
    spans: dict[int, tuple[int, str]] = {}
    for line in table.css("tr"):
        row: list[str] = []
        cells = [(_cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in line.css("td, th")]
        while cells or len(row) in spans:
            if len(row) in spans:
                left, text = spans.pop(len(row))
                if left > 1:
                    spans[len(row)] = (left - 1, text)
                row.append(text)
                continue
            text, down, across = cells.pop(0)
            if down > 1:
                spans[len(row)] = (down - 1, text)
            row += [text, *[""] * (across - 1)]
        rows.append(row)
    return rows


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return min(1_000, int(value)) if value.isascii() and value.isdigit() and int(value) > 0 else 1


def _cell_text(cell: LexborNode) -> str:
    for mark in cell.css("br"):
        mark.replace_with("\n")
    return clean(re.sub(r"[ \t]+", " ", cell.text())).strip()
