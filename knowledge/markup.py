"""Markdown and plain text: headings, tables, questions with their answers, and the prose between them."""

import re
from collections.abc import Iterator

from knowledge.entries import Note, Part
from knowledge.outline import BELOW_MARKED, LONGEST_MARK, Line, plain_heading, read_outline
from knowledge.pairs import plain

IN_CELL = "\x1f"
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
_UNDERLINE = re.compile(r"^ {0,3}(=|-){3,}\s*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_SEPARATOR = re.compile(r"^\s*\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?\s*$")
_FRONT_MATTER = re.compile(r"\A---\n(?:.*\n){0,200}?---\n")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")
_BREAK = re.compile(r"<br\s{0,9}/?>", re.IGNORECASE)
# None of these may contain what begins it: a text of nothing but beginnings would take hours.
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,300})\]\([^()\s]{0,2000}\)")
_LOCAL_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\((?!https?:|mailto:|tel:)[^()\s]{0,2000}\)")
_TEMPLATE = re.compile(r"\{%[^{}\n]{0,500}%\}")
_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6}[ \t]{1,9}\S|^ {0,3}```|^[ \t]{0,9}\|?[ \t]{0,9}:?-{3,}:?[ \t]{0,9}\|", re.MULTILINE
)


def is_markdown(text: str) -> bool:
    """Tell whether a text uses the marks of Markdown."""
    return bool(_MARKDOWN.search(text)) or len(re.findall(r"\*\*\S[^*\n]*\*\*", text)) >= 2


def read_markup(text: str, *, markdown: bool) -> tuple[list[Part], list[Note]]:
    """Return the passages and the prose of a text, and what there is to say about them."""
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(map(str.rstrip, text.split("\n"))))
    if markdown:
        text = _without_html(_FRONT_MATTER.sub("", text))
    return read_outline(_lines(text, markdown=markdown), words_are_headings=False)


def _runs(lines: list[str]) -> Iterator[tuple[list[str], bool]]:
    """Cut lines into tables (a row, a separator, more rows) and what is between them."""
    at = start = 0
    while at < len(lines):
        if "|" in lines[at] and at + 1 < len(lines) and "|" in lines[at + 1] and _is_separator(lines[at + 1]):
            end = at
            while end < len(lines) and "|" in lines[end]:
                end += 1
            yield lines[start:at], False
            yield lines[at:end], True
            at = start = end
        else:
            at += 1
    yield lines[start:], False


def _is_separator(line: str) -> bool:
    return len(line) <= LONGEST_MARK and bool(_SEPARATOR.match(line))


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner.removesuffix("|") if not inner.endswith("\\|") else inner
    return [plain(cell).replace("\\|", "|").replace(IN_CELL, "\n").strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _lines(text: str, *, markdown: bool) -> Iterator[Line]:
    """Cut a text at its headings and tables; a heading inside a fence of code is none."""
    lines = text.split("\n")
    below: list[str] = []
    fenced = False
    for at, line in enumerate(lines):
        fenced ^= bool(markdown and _FENCE.match(line))
        found = None if fenced else _heading(lines, at, markdown=markdown)
        if found is None:
            if not (markdown and not fenced and _is_underline(lines, at)):
                below.append(line)
            continue
        yield from _with_tables(below)
        level, heading, rest = found
        yield Line(heading, level)
        below = [rest] if rest else []
    yield from _with_tables(below)


def _with_tables(lines: list[str]) -> Iterator[Line]:
    for run, is_table in _runs(lines):
        if is_table:
            rows = tuple(tuple(_cells(line)) for line in run if not _is_separator(line))
            yield Line("\n".join(run).replace(IN_CELL, " "), rows=rows, headed=any(rows[0]))
        else:
            yield from (Line(line.replace(IN_CELL, " ")) for line in run)


def _heading(lines: list[str], at: int, *, markdown: bool) -> tuple[int, str, str] | None:
    """Return the level and the text of the heading that line ``at`` is, and what follows it on the same line."""
    line = lines[at]
    if len(line) > LONGEST_MARK:
        return None
    if markdown:
        found = _HEADING.match(line)
        if found:
            return len(found[1]), found[2].strip(), ""
        if at + 1 < len(lines) and _is_underline(lines, at + 1):
            return (1 if "=" in lines[at + 1] else 2), line.strip(), ""
    found_plain = plain_heading(line)
    if found_plain is None:
        return None
    level, heading, rest = found_plain
    return level if markdown else level - BELOW_MARKED, heading, rest


def _is_underline(lines: list[str], at: int) -> bool:
    """A line of = or - under one line of text makes that a heading; under a table or a paragraph it does not."""
    if at == 0 or len(lines[at]) > LONGEST_MARK or not _UNDERLINE.match(lines[at]):
        return False
    if not lines[at - 1].strip() or len(lines[at - 1]) > 120:
        return False
    alone = at == 1 or not lines[at - 2].strip()
    return alone and "|" not in lines[at - 1] and not lines[at - 1].lstrip().startswith(("#", "-", "*", ">"))


def _without_comments(text: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join(kept) + text[at:]


def _without_html(text: str) -> str:
    """Drop comments, tags, images and links to nowhere outside of code; a line break stays one."""
    pieces = re.split(r"(^ {0,3}```.*?^ {0,3}```|`[^`\n]*`)", text, flags=re.DOTALL | re.MULTILINE)
    for at in range(0, len(pieces), 2):
        lines = _without_comments(pieces[at]).split("\n")
        # A line break in a row of a table stays in its cell until the row is read.
        lines = [_BREAK.sub(IN_CELL if line.lstrip().startswith("|") else "\n", line) for line in lines]
        piece = _TAG.sub("", "\n".join(lines))
        pieces[at] = _LOCAL_LINK.sub(r"\1", _IMAGE.sub(r"\1", _TEMPLATE.sub("", piece)))
    return "".join(pieces)
