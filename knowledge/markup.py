"""Markdown and plain text: headings, tables, questions with their answers, and the prose between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.asking import asks, asks_surely
from knowledge.entries import Entry, Note, Part, Section
from knowledge.language import language_of
from knowledge.pairs import find_pairs, marked_question, plain
from knowledge.tables import read_table

LONGEST_ANSWER = 4_000
"""A section under a question is one passage up to this length; what is longer is an article and is split as prose."""

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
LONGEST_MARK = 500
"""Characters of a line that may be a heading or the separator of a table."""
# Headings as plain Korean texts have them: 제1장 총칙, 제3조(환불), ■ 배송 안내, [반품]
_PLAIN_HEADINGS = (
    (re.compile(r"^제\s?\d+\s?장(?:\s.{0,60})?$"), 1),
    (re.compile(r"^제\s?\d+\s?절(?:\s.{0,60})?$"), 2),
    (re.compile(r"^(제\s?\d+\s?조(?:의\s?\d+)?\s*(?:\([^)]{1,60}\)|[^.다]{0,40}$))"), 3),
    (re.compile(r"^[■□◆◇▣▶●★]\s*(\S.{0,60})$"), 4),
    (re.compile(r"^[\[【](\S[^\]】]{0,40})[\]】]$"), 5),
)
_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6}[ \t]{1,9}\S|^ {0,3}```|^[ \t]{0,9}\|?[ \t]{0,9}:?-{3,}:?[ \t]{0,9}\|", re.MULTILINE
)
_ONLY_QUESTION = {"질문", "q", "question", "문의"}
_ONLY_ANSWER = {"답변", "a", "answer", "답", "회신"}


@dataclass(slots=True)
class _Block:
    """The text under one heading, before the next one; ``level`` 0: no heading."""

    titles: tuple[str, ...] = ()
    level: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        lines = [line.replace(IN_CELL, " ") for line in self.lines]
        if all(line.lstrip().startswith(">") or not line.strip() for line in lines):  # all of it is a quotation
            lines = [line.lstrip().removeprefix(">").removeprefix(" ") for line in lines]
        return "\n".join(lines).strip("\n").rstrip()

    @property
    def heading(self) -> str:
        return self.titles[-1] if self.level else ""


def is_markdown(text: str) -> bool:
    """Tell whether a text uses the marks of Markdown."""
    return bool(_MARKDOWN.search(text)) or len(re.findall(r"\*\*\S[^*\n]*\*\*", text)) >= 2


def read_markup(text: str, *, markdown: bool) -> tuple[list[Part], list[Note]]:
    """Return the passages and the prose of a text, and what there is to say about them."""
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(map(str.rstrip, text.split("\n"))))
    if markdown:
        text = _without_html(_FRONT_MATTER.sub("", text))
    blocks = list(_blocks(text, markdown=markdown))
    parts: list[Part] = []
    notes: list[Note] = []
    waiting = ""
    for block in blocks:
        name = block.heading.strip(" .:").casefold()
        if name in _ONLY_QUESTION and block.text:
            waiting = block.text
        elif name in _ONLY_ANSWER and waiting and block.text:
            parts.append(Entry(block.text, question=plain(" ".join(waiting.split())), title=_path(block.titles[:-1])))
            waiting = ""
        else:
            some, said = _read_block(block)
            parts += some
            notes += said
    pairs = sum(isinstance(part, Entry) for part in parts) - sum(
        int(note.values["rows"]) for note in notes if note.phrase.startswith("read.faq")
    )
    if pairs:
        notes.insert(0, Note("read.pairs", {"count": pairs}))
    return parts, notes


def _read_block(block: _Block) -> tuple[list[Part], list[Note]]:
    text = block.text
    if not text.strip():
        return [], []
    question = _question_of(block)
    if question and len(text) <= LONGEST_ANSWER:
        return [Entry(plain(text).strip(), question=question, title=_path(block.titles[:-1]))], []
    before, pairs = find_pairs(text)
    if pairs:
        title = _path(block.titles)
        entries = [Entry(pair.answer, question=pair.question, title=title) for pair in pairs]
        return [*_prose(block.titles, before), *entries], []
    return _with_tables(block)


def _question_of(block: _Block) -> str:
    heading = plain(block.heading)
    marked = marked_question(heading)
    if marked:
        return marked
    korean = language_of(heading) == "ko"
    return heading if asks_surely(heading) or (korean and asks(heading)) else ""


def _with_tables(block: _Block) -> tuple[list[Part], list[Note]]:
    """Read the tables of a block as tables and the rest as prose."""
    parts: list[Part] = []
    notes: list[Note] = []
    prose: list[str] = []
    for lines, is_table in _runs(block.lines):
        if not is_table:
            prose += lines
            continue
        parts += _prose(block.titles, "\n".join(prose))
        prose = []
        some, said = read_table([_cells(line) for line in lines if not _is_separator(line)])
        for part in some:
            if isinstance(part, Section):
                parts.append(Section(block.titles, part.text, rows=True))
            else:
                parts.append(part)
        notes += said if any(isinstance(part, Entry) for part in some) else []
    return [*parts, *_prose(block.titles, "\n".join(prose))], notes


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


def _prose(titles: tuple[str, ...], text: str) -> list[Part]:
    says = any(c.isalnum() for c in text)
    return [Section(tuple(map(plain, titles)), plain(text).strip())] if says else []


def _path(titles: tuple[str, ...]) -> str:
    return " > ".join(map(plain, titles))


def _blocks(text: str, *, markdown: bool) -> Iterator[_Block]:
    """Cut a text at its headings; a heading inside a fence of code is none."""
    block = _Block()
    path: list[tuple[int, str]] = []
    fenced = False
    lines = text.split("\n")
    for at, line in enumerate(lines):
        fenced ^= bool(markdown and _FENCE.match(line))
        found = None if fenced else _heading(lines, at, markdown=markdown)
        if found is None:
            if not (markdown and not fenced and _is_underline(lines, at)):
                block.lines.append(line)
            continue
        level, heading, rest = found
        yield block
        path = [(each, title) for each, title in path if each < level] + [(level, heading)]
        block = _Block(tuple(title for _, title in path), level, [rest] if rest else [])
    yield block


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
    stripped = line.strip()
    for pattern, level in _PLAIN_HEADINGS:
        match = pattern.match(stripped)
        if match:
            named = match[1] if pattern.groups else match[0]
            return level + (6 if markdown else 0), named.strip(), stripped[match.end() :].strip()
    return None


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
