"""CSV and its relatives: is a text a table, and how are its cells set apart?"""

import csv
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.entries import Note
from knowledge.formats import MAX_BYTES
from knowledge.formulas import unguarded
from knowledge.tables import find_header, looks_like_faq

DELIMITERS = ("\t", ",", ";", "|")
SAMPLE = 64_000
MOST_COLUMNS = 1_000
_EXCEL_HINT = re.compile(r"sep=(.)\n", re.IGNORECASE)
_MARKDOWN_TABLE = re.compile(r"^[ \t]{0,9}\|?[ \t]{0,9}:?-{2,}:?[ \t]{0,9}\|", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Delimited:
    """A text that is a table: its rows, what sets the cells apart, and what had to be mended."""

    rows: list[list[str]]
    delimiter: str
    notes: tuple[Note, ...] = ()


def as_table(text: str) -> Delimited | None:
    """Return the table that ``text`` is, None where it is prose."""
    hint = _EXCEL_HINT.match(text)
    if hint:
        return _mend(parse(text[hint.end() :], hint[1]), hint[1])
    sample = text[:SAMPLE].rpartition("\n")[0] if len(text) > SAMPLE else text
    candidates = [d for d in DELIMITERS if d in sample and not (d == "|" and _MARKDOWN_TABLE.search(sample))]
    parsed = {delimiter: parse(sample, delimiter) for delimiter in candidates}
    candidates = [d for d in candidates if max(map(len, parsed[d])) <= MOST_COLUMNS]
    tests: tuple[Callable[[str], bool], ...] = (
        lambda d: find_header(parsed[d])[1] is not None,
        lambda d: _is_even(parsed[d], d, sample),
        lambda d: looks_like_faq(parsed[d]),
    )
    for test in tests:
        for delimiter in candidates:
            if test(delimiter):
                return _mend(parsed[delimiter] if sample is text else parse(text, delimiter), delimiter)
    return None


def parse(text: str, delimiter: str) -> list[list[str]]:
    """Return the cells of each row; a quotation mark that is never closed is taken as a letter."""
    csv.field_size_limit(MAX_BYTES)
    lines = text.splitlines(keepends=True)
    for strict in (True, False):
        try:
            rows = list(csv.reader(lines, delimiter=delimiter, strict=strict))
        except csv.Error:
            continue
        if strict or text.count('"') % 2 == 0:
            return _unguarded(rows)
    return _unguarded(list(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)))


def _unguarded(rows: list[list[str]]) -> list[list[str]]:
    return [[unguarded(cell) for cell in row] for row in rows]


def _is_even(rows: list[list[str]], delimiter: str, text: str) -> bool:
    """Tell whether the rows are so even that this is no accident of punctuation."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if len(filled) < (2 if delimiter == "\t" else 3):
        return False
    width, count = Counter(map(len, filled)).most_common(1)[0]
    if width < 2:
        return False
    if delimiter == "\t":
        return count >= 0.9 * len(filled)
    spaced = text.count(delimiter + " ")
    return count == len(filled) and (spaced <= 0.5 * text.count(delimiter) or '"' in text)


def _mend(rows: list[list[str]], delimiter: str) -> Delimited:
    """Put an answer together again that was cut at its own commas, where it is the last column."""
    at, columns = find_header(rows)
    if columns is None:
        return Delimited(rows, delimiter)
    width = len(rows[at])
    last_is_answer = any(answer == width - 1 for _, answer in columns.pairs)
    wide = sum(any(cell.strip() for cell in row[width:]) for row in rows[at + 1 :])
    if not wide or not last_is_answer:
        return Delimited(rows, delimiter)
    mended = [_joined(row, width, delimiter) if i > at else row for i, row in enumerate(rows)]
    return Delimited(mended, delimiter, (Note("read.rows_joined", {"count": wide}),))


def _joined(row: list[str], width: int, delimiter: str) -> list[str]:
    if not any(cell.strip() for cell in row[width:]):
        return row
    return [*row[: width - 1], delimiter.join(row[width - 1 :])]
