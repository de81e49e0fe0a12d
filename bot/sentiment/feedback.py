"""A file of feedback as texts: JSONL with a ``text`` a line, CSV, a workbook with a column of texts, or plain lines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

from bot.json_lines import id_of, lines_of, object_of
from bot.sentiment.reading import Sentiment
from knowledge.decoding import decode
from knowledge.delimited import parse
from knowledge.sheets import read_workbook

WORKBOOKS = ("xlsx", "xls", "ods")
DELIMITED = {"csv": ",", "tsv": "\t"}
PLAIN = ("txt", "text", "log", "md")
_TEXT = frozenset(
    "text 내용 의견 후기 리뷰 피드백 코멘트 댓글 메시지 문의내용 문의 feedback comment comments review body".split()
)
_ID = frozenset("id 번호 no 순번 아이디 번".split())


@dataclass(frozen=True, slots=True)
class Entry:
    """One line or row: its id (a row's number where it has none) and its text, or the phrase of an ``error``."""

    id: Any
    text: str = ""
    error: str = ""
    number: int = 0


def entries(data: bytes, kind: str) -> list[Entry]:
    """Return what a file holds, one entry for each line or row below the heading; ``kind`` is the suffix, ``csv``.

    Ids are those of the file, else the numbers of the rows; ``sheet!id`` where several sheets hold texts.

    Raises:
        UnreadableError: a workbook is damaged or locked.
    """
    if kind in WORKBOOKS:
        filled = [(sheet.name, rows) for sheet in read_workbook(data, kind).sheets if (rows := _from_rows(sheet.rows))]
        return [_of_sheet(entry, name, len(filled) > 1) for name, rows in filled for entry in rows]
    if kind in DELIMITED:
        return _from_rows(parse(decode(data).text, DELIMITED[kind]))
    if kind in PLAIN:
        lines = decode(data).text.splitlines()
        return [Entry(at, line.strip(), number=at) for at, line in enumerate(lines, 1) if line.strip()]
    return [_from_line(raw, at) for at, raw in enumerate(lines_of(data), 1)]


def _of_sheet(entry: Entry, sheet: str, several: bool) -> Entry:
    """Name an entry after its sheet too, where there are several: each of them counts its rows from 1."""
    return replace(entry, id=f"{sheet}!{entry.id}") if several else entry


def _from_line(raw: bytes, number: int) -> Entry:
    found = object_of(raw)
    if isinstance(found, str):
        return Entry(None, error=found, number=number)
    if not isinstance(found.get("text"), str):
        return Entry(id_of(found), error="batch.wrong_field", number=number)
    return Entry(id_of(found), found["text"], number=number)


def _from_rows(rows: Sequence[Sequence[str]]) -> list[Entry]:
    """Take the column whose heading says so, else the one with the longest texts; rows without a word are left out."""
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if not filled:
        return []
    heading = [cell.strip().lower().replace(" ", "") for cell in filled[0][1]]
    text = next((at for at, name in enumerate(heading) if name in _TEXT), None)
    own = next((at for at, name in enumerate(heading) if name in _ID), None) if text is not None else None
    below = filled[1:] if text is not None else filled
    column = _longest([row for _, row in below]) if text is None else text
    return [Entry(_cell(row, own) or number, _cell(row, column), number=number) for number, row in below]


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""


def _longest(rows: Sequence[Sequence[str]]) -> int:
    width = max(map(len, rows), default=1)
    return max(range(width), key=lambda at: sum(len(_cell(row, at)) for row in rows))


@dataclass(frozen=True, slots=True)
class Summary:
    """How many texts have which label, their mean score, and for each aspect how many name it and their mean score."""

    labels: Counter[str]
    mean: float
    aspects: dict[str, tuple[int, float]]


def summarize(moods: Sequence[Sentiment]) -> Summary:
    """Return the summary of many texts; aspects from the one named most often."""
    scores: dict[str, list[float]] = {}
    for mood in moods:
        for name, score in mood.aspects.items():
            scores.setdefault(name, []).append(score)
    named = sorted(scores, key=lambda name: -len(scores[name]))
    aspects = {name: (len(scores[name]), round(fmean(scores[name]), 3)) for name in named}
    mean = round(fmean(mood.score for mood in moods), 3) if moods else 0.0
    return Summary(Counter(mood.label for mood in moods), mean, aspects)
