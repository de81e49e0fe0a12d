"""The lines of a document, with its headings, tables and pages, to passages and prose."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from knowledge.asking import asks, asks_surely
from knowledge.entries import Entry, Note, Part, Section
from knowledge.language import language_of
from knowledge.pairs import find_pairs, marked_question, plain
from knowledge.tables import find_header, read_table

LONGEST_ANSWER = 4_000
"""A section under a question is one passage up to this length; what is longer is an article and is split as prose."""

LONGEST_MARK = 500
"""Characters of a line that may be a heading."""

SAYS_SOMETHING = 4
"""Characters of a heading with nothing below it that is kept as text: "가. 접수 기간: 3월 2일부터 13일까지"."""

BELOW_MARKED = 6
"""Headings that are told by their words alone stand below all those that are marked as such."""

# Headings as plain Korean texts have them: 제1장 총칙, 제3조(환불), ■ 배송 안내, [반품]
_PLAIN_HEADINGS = (
    (re.compile(r"^제\s?\d+\s?장(?:\s.{0,60})?$"), 1),
    (re.compile(r"^제\s?\d+\s?절(?:\s.{0,60})?$"), 2),
    (re.compile(r"^(제\s?\d+\s?조(?:의\s?\d+)?\s*(?:\([^)]{1,60}\)|[^.다]{0,40}$))"), 3),
    (re.compile(r"^[■□◆◇▣▶●★]\s*(\S.{0,60})$"), 4),
    (re.compile(r"^[\[【](\S[^\]】]{0,40})[\]】]$"), 5),
)
_SPREAD_CELL = re.compile(r"\A(?:[가-힣][ \t]{1,12}){1,8}[가-힣]\Z")
_SPREAD_LINE = re.compile(
    r"\A(\s{0,9}(?:[^\w\s]\s{0,3}|\w{1,3}[.)]\s{1,3})?)"
    r"((?:[가-힣][ \t]{1,12}){2,8}[가-힣](?=[ \t]{0,9}(?::|\Z))|[가-힣][ \t]{2,12}[가-힣](?=[ \t]{0,9}(?::|\Z)))"
)
_ONLY_QUESTION = {"질문", "q", "question", "문의"}
_ONLY_ANSWER = {"답변", "a", "answer", "답", "회신"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph, or a table: ``rows``, and ``text`` for reading.

    ``pages``: where the rows of a table stand on several; ``headed``: the first of them surely names the columns.
    ``level``: of a heading, from 1; a heading without text ends what stands under the one before.
    """

    text: str
    level: int = 0
    page: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    pages: tuple[int | None, ...] = ()
    headed: bool = False


@dataclass(slots=True)
class _Block:
    """The lines under one heading, before the next one; ``level`` 0: no heading."""

    titles: tuple[str, ...] = ()
    level: int = 0
    lines: list[Line] = field(default_factory=list)
    page: int | None = None
    leaf: bool = True  # no heading stands below its own

    @property
    def text(self) -> str:
        return _text(self.lines)

    @property
    def heading(self) -> str:
        return self.titles[-1] if self.level else ""


def plain_heading(line: str) -> tuple[int, str, str] | None:
    """Return the level and the text of a heading that only its words make one, and what follows it on the line."""
    stripped = line.strip()
    for pattern, level in _PLAIN_HEADINGS if len(stripped) <= LONGEST_MARK else ():
        match = pattern.match(stripped)
        if match:
            named = match[1] if pattern.groups else match[0]
            return level + BELOW_MARKED, named.strip(), stripped[match.end() :].strip()
    return None


def as_table(rows: Sequence[Sequence[str]], page: int | None = None, *, headed: bool = False) -> list[Line]:
    """Return a table as a line; one that only frames a text, or lays out a page, as the lines of its cells."""
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    used = [[cell for cell in row if cell.strip()] for row in rows]
    if not rows or max(map(len, used)) < 2:
        return [Line(text, page=page) for row in used for cell in row for text in cell.split("\n")]
    text = "\n".join("| " + " | ".join(cell.replace("\n", " ").strip() for cell in row) + " |" for row in rows)
    return [Line(text, page=page, rows=tuple(tuple(row) for row in rows), headed=headed)]


def read_outline(lines: Iterable[Line], *, words_are_headings: bool = True) -> tuple[list[Part], list[Note]]:
    """Return the passages and the prose of a document, and what there is to say about them."""
    parts: list[Part] = []
    notes: list[Note] = []
    waiting = ""
    for block in _blocks(map(_closed_up, lines), words_are_headings=words_are_headings):
        name = block.heading.strip(" .:").casefold()
        if name in _ONLY_QUESTION and block.text:
            waiting = block.text
        elif name in _ONLY_ANSWER and waiting and block.text:
            asked = plain(" ".join(waiting.split()))
            parts.append(Entry(block.text, question=asked, title=path(block.titles[:-1]), page=block.page))
            waiting = ""
        else:
            some, said = _read_block(block)
            _add(parts, some)
            notes += said
    pairs = sum(isinstance(part, Entry) for part in parts) - sum(
        int(note.values["rows"]) for note in notes if note.phrase.startswith("read.faq")
    )
    if pairs:
        notes.insert(0, Note("read.pairs", {"count": pairs}))
    return parts, notes


def _add(parts: list[Part], some: list[Part]) -> None:
    """Add parts; headings with nothing below them, one after the other, are lines of one text."""
    last, first = parts[-1:], some[:1]
    if len(some) == 1 and isinstance(first[0], Section) and last and isinstance(last[0], Section):
        before, after = last[0], first[0]
        if (before.titles, before.page, before.rows, after.rows) == (after.titles, after.page, False, False):
            some = [replace(before, text=f"{before.text}\n{after.text}")]
            parts.pop()
    parts += some


def path(titles: tuple[str, ...]) -> str:
    """Return the headings above a text as one title."""
    return " > ".join(map(plain, titles))


def _closed_up(line: Line) -> Line:
    """Take the spaces out of words that are spread for their looks: "서  약  서", "행 사 명: 음악회"."""
    if line.rows:
        return replace(line, rows=tuple(tuple(_SPREAD_CELL.sub(_close, cell) for cell in row) for row in line.rows))
    text = _SPREAD_LINE.sub(_close, line.text) if len(line.text) <= LONGEST_MARK else line.text
    return line if text == line.text else replace(line, text=text)


def _close(found: "re.Match[str]") -> str:
    return "".join(found[0].split()) if found.re is _SPREAD_CELL else found[1] + "".join(found[2].split())


def _blocks(lines: Iterable[Line], *, words_are_headings: bool) -> Iterator[_Block]:
    block = _Block()
    above: list[tuple[int, str]] = []
    for line, level, heading, rest in _with_levels(list(lines), words_are_headings=words_are_headings):
        if not level:
            block.lines.append(line)
            continue
        block.leaf = level <= block.level
        yield block
        above = [(each, title) for each, title in above if each < level] + ([(level, heading)] if heading else [])
        below = [Line(rest, page=line.page)] if rest else []
        block = _Block(tuple(title for _, title in above), level if heading else 0, below, line.page)
    yield block


def _with_levels(lines: Sequence[Line], *, words_are_headings: bool) -> Iterator[tuple[Line, int, str, str]]:
    """Yield each line with its level, its text as a heading, and what follows that on the same line.

    What only its words make a heading is none where nothing stands below it: "● 임직원" among others is an item.
    """
    found = [_heading(line, words_are_headings=words_are_headings) for line in lines]
    said = [at for at, line in enumerate(lines) if line.text.strip()]
    bare = [found[at][0] if not found[at][2] else 0 for at in said]
    for place, at in enumerate(said):
        level, before, after = bare[place], bare[place - 1 : place], bare[place + 1 : place + 2]
        ends = not after or 0 < after[0] <= level
        goes_on = before == [level] and lines[at].text.lstrip()[:1] == lines[said[place - 1]].text.lstrip()[:1]
        if level > BELOW_MARKED and (ends or goes_on):
            found[at] = (0, "", "")
    for line, (level, heading, rest) in zip(lines, found, strict=True):
        yield line, level, heading, rest


def _heading(line: Line, *, words_are_headings: bool) -> tuple[int, str, str]:
    if line.level or line.rows or not words_are_headings:
        return line.level, line.text.strip(), ""
    return plain_heading(line.text) or (0, "", "")


def _read_block(block: _Block) -> tuple[list[Part], list[Note]]:
    """Take the FAQ tables out of a block and read what is between them."""
    parts: list[Part] = []
    notes: list[Note] = []
    tables = [at for at, line in enumerate(block.lines) if line.rows and find_header(line.rows)[1] is not None]
    start = 0
    for at in [*tables, len(block.lines)]:
        some, said = _read_between(replace(block, lines=block.lines[start:at]), alone=not tables)
        parts += some
        notes += said
        if at < len(block.lines):
            some, said = _read_rows(block.titles, block.lines[at])
            parts += some
            notes += said
        start = at + 1
    return parts, notes


def _read_between(block: _Block, *, alone: bool) -> tuple[list[Part], list[Note]]:
    text = block.text
    if not text.strip():
        says = alone and block.leaf and len(block.heading) >= SAYS_SOMETHING
        return _prose(block.titles[:-1], [Line(block.heading, page=block.page)]) if says else [], []
    question = _question_of(block) if alone else ""
    if question and len(text) <= LONGEST_ANSWER:
        title = path(block.titles[:-1])
        return [Entry(plain(text).strip(), question=question, title=title, page=block.page)], []
    whole = "\n".join(line.text for line in block.lines)
    before, pairs = find_pairs(whole)
    if not pairs:
        return _with_tables(block)
    pages = [line.page for line in block.lines for _ in line.text.split("\n")]
    entries = [Entry(p.answer, question=p.question, title=path(block.titles), page=pages[p.at]) for p in pairs]
    first = pages[0] if pages else None
    return [*_prose(block.titles, [Line(before, page=first)]), *entries], []


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
    for is_table, group in groupby(block.lines, key=lambda line: bool(line.rows)):
        if not is_table:
            parts += _prose(block.titles, list(group))
            continue
        for line in group:
            some, said = _read_rows(block.titles, line)
            parts += some
            notes += said if any(isinstance(part, Entry) for part in some) else []
    return parts, notes


def _read_rows(titles: tuple[str, ...], line: Line) -> tuple[list[Part], list[Note]]:
    some, said = read_table(line.rows, form=not line.headed)
    parts: list[Part] = []
    for part in some:
        if isinstance(part, Section):
            parts.append(Section(tuple(map(plain, titles)), part.text, line.page, rows=True))
        else:
            at = (part.row or 1) - 1
            page = line.pages[at] if at < len(line.pages) else line.page
            parts.append(replace(part, title=part.title or path(titles), page=page))
    return parts, said


def _prose(titles: tuple[str, ...], lines: Sequence[Line]) -> list[Part]:
    """Return the prose under a heading, a section for each page."""
    sections: list[Part] = []
    for page, group in groupby(lines, key=lambda line: line.page):
        text = plain(_text(list(group))).strip()
        if any(c.isalnum() for c in text):
            sections.append(Section(tuple(map(plain, titles)), text, page))
    return sections


def _text(lines: Sequence[Line]) -> str:
    texts = "\n".join(line.text for line in lines).split("\n")
    if all(text.lstrip().startswith(">") or not text.strip() for text in texts):  # all of it is a quotation
        texts = [text.lstrip().removeprefix(">").removeprefix(" ") for text in texts]
    return "\n".join(texts).strip("\n").rstrip()
