"""What was read to passages: entries stay whole, prose is cut at headings and sentences."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.entries import Entry, Reading, Section
from knowledge.language import Language, language_of

TARGET = 600
LONGEST = 800
SHORTEST = 150
"""A rest shorter than this joins the passage before it, which may then be a little longer than ``LONGEST``."""

ANALYSED = 100_000
"""Characters of long paragraphs of a document whose sentences are found by analysis, beyond them by punctuation.

Analysis takes 30 microseconds a character of ordinary Korean, and 200 of a text that was written to be slow.
"""

LONGEST_KEY = 200
LONGEST_TITLE = 300


_PARAGRAPHS = re.compile(r"\n\s*\n")
_PUNCTUATED = re.compile(r"(?<=[.!?。！？…])\s+")


@dataclass(frozen=True, slots=True)
class Draft:
    """A passage before it is stored; ``repeated``: its key was taken in this document and got a number.

    ``row`` and ``sheet`` are where it stands in a table; they are told to people, not kept.
    """

    key: str
    answer: str
    language: Language
    question: str = ""
    title: str = ""
    aliases: tuple[str, ...] = ()
    audience: tuple[str, ...] | None = None
    page: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    repeated: bool = False
    row: int | None = field(default=None, compare=False)
    sheet: str = field(default="", compare=False)


def split(reading: Reading) -> list[Draft]:
    """Return the passages of a document, in order, each with a key that no other has.

    The key is the id given in the document, else a hash of the question, else of the headings and the place below
    them, so that it stays the same from one upload to the next while the text changes.
    """
    drafts: list[Draft] = []
    places: dict[tuple[str, ...], int] = defaultdict(int)
    left = ANALYSED
    for part in reading.parts:
        if isinstance(part, Entry):
            drafts.append(_whole(part))
            continue
        left -= _to_analyse(part)
        for piece in cut(part, analysed=left >= 0):
            places[part.titles] += 1
            key = hashed("\n".join(part.titles), str(places[part.titles]))
            title = shortened(" > ".join(part.titles))
            drafts.append(Draft(key, piece, language_of(piece), title=title, page=part.page))
    return list(_unique(drafts))


def _whole(entry: Entry) -> Draft:
    asked = entry.question or entry.text
    return Draft(
        key=_given(entry.key)
        or (hashed(normalised(entry.question)) if entry.question else hashed(entry.title, entry.text)),
        answer=entry.text,
        language=language_of(asked, language_of(entry.text)),
        question=entry.question,
        title=shortened(entry.title),
        aliases=entry.aliases,
        audience=entry.audience,
        page=entry.page,
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
        row=entry.row,
        sheet=entry.sheet,
    )


def normalised(question: str) -> str:
    """Return a question without spaces, marks and case: what makes two of them the same."""
    return re.sub(r"[\W_]+", "", question).casefold() or question


def hashed(*parts: str) -> str:
    """Return 16 hexadecimal digits that stand for these texts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def shortened(title: str) -> str:
    """Return a title of at most ``LONGEST_TITLE`` characters."""
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def _given(key: str) -> str:
    return key if len(key) <= LONGEST_KEY - 8 else f"{key[: LONGEST_KEY - 40]}-{hashed(key)}"


def _unique(drafts: Sequence[Draft]) -> Iterator[Draft]:
    given = {draft.key for draft in drafts}
    seen: set[str] = set()
    numbers: dict[str, int] = defaultdict(lambda: 2)
    for draft in drafts:
        key = draft.key
        if key not in seen:
            seen.add(key)
            yield draft
            continue
        number = numbers[key]  # where the last one ended: one question 100,000 times over takes no longer than others
        while key in seen or key in given:
            key, number = f"{draft.key}-{number}", number + 1
        numbers[draft.key] = number
        seen.add(key)
        yield replace(draft, key=key, repeated=True)


def _to_analyse(section: Section) -> int:
    """Return the characters of the paragraphs that are too long for a passage."""
    if section.rows or len(section.text) <= LONGEST:
        return 0
    return sum(len(each) for each in _PARAGRAPHS.split(section.text) if len(each) > LONGEST)


def cut(section: Section, *, analysed: bool = True) -> list[str]:
    """Cut a section into passages of about ``TARGET`` characters, at paragraphs, lines or sentences.

    ``analysed``: sentences of Korean are found by analysis, not by punctuation.
    """
    if len(section.text) <= LONGEST:
        return [section.text]
    units = list(_lines(section.text)) if section.rows else list(_units(section.text, analysed=analysed))
    return _packed(units)


def _packed(units: Sequence[str]) -> list[str]:
    """Join units up to ``LONGEST`` characters; past ``TARGET`` a new paragraph begins a new passage."""
    passages: list[str] = []
    current = ""
    for unit in units:
        starts_paragraph = unit.startswith("\n\n")
        if current and (
            len(current) + len(unit) > LONGEST or (starts_paragraph and len(current) + len(unit) / 2 > TARGET)
        ):
            passages.append(current)
            current = ""
        current += unit if current else unit.lstrip()
    if len(current) < SHORTEST and passages:
        passages[-1] += current if current.startswith(("\n", " ")) else "\n" + current
    elif current:
        passages.append(current)
    return [passage.strip() for passage in passages if passage.strip()]


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from _hard(f"\n{line}")


def _units(text: str, *, analysed: bool) -> Iterator[str]:
    """Yield what stays together, with the white space before it: paragraphs, lines, or sentences of long ones."""
    for paragraph in _PARAGRAPHS.split(text):
        lead = "\n\n"
        if len(paragraph) <= LONGEST:
            yield lead + paragraph.strip("\n")
            continue
        for line in _unwrapped(paragraph):
            if len(line) <= LONGEST:
                yield lead + line
            else:
                yield from _sentences(line, lead, analysed=analysed)
            lead = "\n"


def _unwrapped(paragraph: str) -> list[str]:
    """Return the lines of a paragraph; lines broken at the margin of a page are one."""
    lines = [line for line in paragraph.split("\n") if line.strip()]
    listed = sum(bool(re.match(r"\s*(?:[-*•·○●▶]|\d+[.)]|[가-하]\.)\s", line)) for line in lines)
    ended = sum(line.rstrip().endswith((".", "?", "!", ":", "다", "요", ")", "。")) for line in lines)
    wrapped = len(lines) > 3 and not listed and ended < 0.5 * len(lines) and max(map(len, lines)) <= 120
    return [" ".join(line.strip() for line in lines)] if wrapped else lines


def _sentences(line: str, lead: str, *, analysed: bool) -> Iterator[str]:
    from knowledge.tokens import sentences

    for sentence in sentences(line, language_of(line)) if analysed else _PUNCTUATED.split(line):
        yield from _hard(lead + sentence)
        lead = " "


def _hard(unit: str) -> Iterator[str]:
    """Cut what has no sentences at spaces, or anywhere where it has no spaces either."""
    start = 0
    while len(unit) - start > LONGEST:
        at = unit.rfind(" ", start + SHORTEST, start + LONGEST)
        at = at if at > 0 else start + LONGEST
        yield unit[start:at]
        start = at
    yield unit[start:]
