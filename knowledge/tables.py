"""Rows and columns to passages: one a row where it is a FAQ table, else lines of "column: value"."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from knowledge.asking import asks
from knowledge.columns import Columns, map_columns
from knowledge.entries import Entry, Note, Part, Section
from knowledge.validity import Period, ordered, to_date, to_period

Rows = Sequence[Sequence[str]]

HEADER_WITHIN = 20
"""The names of the columns stand in one of the first rows; titles and notes may come before."""

LONGEST_NAME = 40
LONGEST_TEXT = 200_000
"""Characters of one passage; what is longer is no answer to anybody and is left out, and told."""

_EVERYONE = {"전체", "모두", "전원", "전체공개", "공개", "누구나", "all", "everyone", "public", "any", "*"}
_SHOWN = 5
_VALUE = re.compile(r"\d{2,4}-\d{3,4}|\d{6,}|\d{1,2}:\d{2}|\d[.,]\d{3}|@\w|\d{4}\.\s?\d{1,2}\.")
"""What no name of a column has: telephone numbers, times, amounts, addresses, dates."""

_ABOVE_LABELS = set(
    """구분 항목 분류 종류 유형 이름 용어 단계 순번 번호 순서 no 날짜 일자 기간 시간 과목 품목 제품 상품 요금제
    등급 지역 부서 item name category type term date key field number step product plan grade""".split()
)
"""Names that stand above labels; a first row without one is itself a label and its value."""


@dataclass(slots=True)
class _Skipped:
    """The numbers of rows, from 1, that were left out or only partly understood, by reason."""

    rows: dict[str, list[int]] = field(default_factory=dict)

    def add(self, phrase: str, row: int) -> None:
        self.rows.setdefault(phrase, []).append(row)

    def notes(self) -> list[Note]:
        return [Note(phrase, {"count": len(n), "rows": numbers(n)}) for phrase, n in self.rows.items()]


def numbers(values: Sequence[int]) -> str:
    """Return the first few numbers as people read them: ``2, 7, 9 …``."""
    return ", ".join(map(str, values[:_SHOWN])) + (" …" if len(values) > _SHOWN else "")


def read_table(
    rows: Rows, sheet: str = "", *, form: bool = False, layout: "Layout | None" = None
) -> tuple[list[Part], list[Note]]:
    """Return the passages of a table and what there is to say about it; ``sheet`` is its name, where it has one.

    ``form``: two columns may be labels and what belongs to them, without names above them, as texts often have it.
    ``layout``: where it has what, if somebody said so.
    """
    rows = [[cell.strip() for cell in row] for row in rows]
    if layout is not None:
        return _as_said(rows, sheet, layout)
    at, columns = find_header(rows)
    if columns is not None:
        entries, skipped = _entries(rows, at + 1, columns, sheet)
        said = [_named(rows[at], columns, len(entries), sheet), *_also(rows[at], columns), *skipped.notes()]
        return list(entries), said
    guessed = _guess(rows)
    if guessed is not None:
        at, columns = guessed
        entries, skipped = _entries(rows, at, columns, sheet)
        question, answer = columns.pairs[0]
        values = {"question": question + 1, "answer": answer + 1, "rows": len(entries), "sheet": sheet}
        return list(entries), [Note("read.faq_guessed", values), *skipped.notes()]
    return _as_prose(rows, sheet, form=form)


def _as_said(rows: Rows, sheet: str, layout: "Layout") -> tuple[list[Part], list[Note]]:
    columns = layout.columns
    entries, skipped = _entries(rows, layout.start, columns, sheet)
    width = max(map(len, rows), default=0)
    header = rows[layout.header] if layout.header is not None else [str(at + 1) for at in range(width)]
    header = [*header, *[""] * (width - len(header))]
    said = [_named(header, columns, len(entries), sheet), *_also(header, columns), *skipped.notes()]
    return list(entries), said


def entries_of(rows: Rows, layout: "Layout", sheet: str = "") -> list[Entry]:
    """Return the entries of a table with this layout, each with its row."""
    return _entries([[cell.strip() for cell in row] for row in rows], layout.start, layout.columns, sheet)[0]


def find_header(rows: Rows) -> tuple[int, Columns | None]:
    """Return the row that names the columns of a FAQ table, and the columns; None where there is none."""
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        if all(len(cell) <= LONGEST_NAME for cell in row):
            columns = map_columns(row)
            if columns is not None:
                return at, columns
    return 0, None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a FAQ table has what: ``header`` is the index of the row that names the columns, None where none does."""

    header: int | None
    start: int
    columns: Columns


def layout_of(rows: Rows) -> Layout | None:
    """Return the layout by which ``read_table`` reads a table as a FAQ, None where it does not."""
    rows = [[cell.strip() for cell in row] for row in rows]
    at, columns = find_header(rows)
    if columns is not None:
        return Layout(at, at + 1, columns)
    guessed = _guess(rows)
    return None if guessed is None else Layout(None, *guessed)


def looks_like_faq(rows: Rows) -> bool:
    """Tell whether two columns look like questions and their answers although no names say so."""
    return _guess([[cell.strip() for cell in row] for row in rows]) is not None


def _entries(rows: Rows, start: int, columns: Columns, sheet: str) -> tuple[list[Entry], _Skipped]:
    entries: list[Entry] = []
    skipped = _Skipped()
    for at, row in enumerate(rows[start:], start + 1):
        if not any(row) or (start and row == rows[start - 1]):  # empty, or the header repeated on the next page
            continue
        said = [(row[q], row[a]) for q, a in columns.pairs if _cell(row, q) and _cell(row, a)]
        said += [("", text)] if (text := _prose(row, columns, rows[start - 1] if start else ())) else []
        if not said:
            missing = any(_cell(row, question) for question, _ in columns.pairs)
            skipped.add("read.row_no_answer" if missing or columns.texts else "read.row_no_question", at)
        elif max(map(len, row)) > LONGEST_TEXT:
            skipped.add("read.row_too_long", at)
        else:
            entries += [_entry(row, (at, sheet), asked, text, columns, skipped) for asked, text in said]
    return entries, skipped


def _prose(row: Sequence[str], columns: Columns, header: Sequence[str]) -> str:
    """Return the text of a row: of one column as it is, of several with their names."""
    if len(columns.texts) == 1:
        return _cell(row, columns.texts[0])
    named = [(_cell(header, at), _cell(row, at)) for at in columns.texts if _cell(row, at)]
    return "\n".join(f"{name}: {text}" if name else text for name, text in named)


def _entry(
    row: Sequence[str], place: tuple[int, str], asked: str, text: str, columns: Columns, skipped: _Skipped
) -> Entry:
    """Return the entry of a row, which stands ``place``: row and sheet."""
    try:
        start, end = _validity(row, columns)
    except ValueError:
        skipped.add("read.row_bad_date", place[0])
        start, end = None, None
    aliases = [
        *(alias for i in columns.aliases for alias in split_aliases(_cell(row, i))),
        *(word for i in columns.keywords for word in split_aliases(_cell(row, i), commas=True)),
    ]
    return Entry(
        text=text,
        question=asked,
        title=" > ".join(dict.fromkeys(filter(None, (_cell(row, i) for i in columns.titles)))),
        key=_cell(row, columns.key),
        aliases=tuple(alias for alias in dict.fromkeys(aliases) if alias != asked),
        audience=groups(_cell(row, columns.audience)),
        valid_from=start,
        valid_until=end,
        row=place[0],
        sheet=place[1],
    )


def _validity(row: Sequence[str], columns: Columns) -> Period:
    start, end = to_period(_cell(row, columns.period))
    begins, ends = to_date(_cell(row, columns.valid_from)), to_date(_cell(row, columns.valid_until))
    return ordered((begins or start, ends or end))


def split_aliases(text: str, *, commas: bool = False) -> list[str]:
    """Return the questions or, with ``commas``, the words that a cell holds."""
    if text.startswith("["):
        try:
            return [str(each).strip() for each in json.loads(text)]
        except (ValueError, TypeError, RecursionError):
            pass
    parts = re.split(r"[\n;|,、#]" if commas else r"[\n;|]", text)
    return [part.strip(" \t-•·") for part in parts if part.strip(" \t-•·")]


def groups(text: str) -> tuple[str, ...] | None:
    """Return the groups a cell names; None, everyone, where it is empty or says so."""
    named = [part.strip() for part in re.split(r"[\n;|,/]", text) if part.strip()] if text else []
    if not named or any(name.casefold().replace(" ", "") in _EVERYONE for name in named):
        return None
    return tuple(dict.fromkeys(named))


def _cell(row: Sequence[str], index: int | None) -> str:
    return row[index] if index is not None and index < len(row) else ""


def _named(header: Sequence[str], columns: Columns, count: int, sheet: str) -> Note:
    question = ", ".join(header[q] for q, _ in columns.pairs)
    answer = ", ".join(header[a] for _, a in columns.pairs)
    if columns.texts:
        texts = ", ".join(f"'{header[at]}'" for at in columns.texts)
        return Note("read.texts_sheet" if sheet else "read.texts", {"columns": texts, "rows": count, "sheet": sheet})
    return Note(
        "read.faq_sheet" if sheet else "read.faq",
        {"question": question, "answer": answer, "rows": count, "sheet": sheet},
    )


def _also(header: Sequence[str], columns: Columns) -> list[Note]:
    """Tell which further columns are read, and which are not."""
    validity = [i for i in (columns.period, columns.valid_from, columns.valid_until) if i is not None]
    groups_of = {
        "read.column_title": columns.titles,
        "read.column_aliases": (*columns.aliases, *columns.keywords),
        "read.column_audience": () if columns.audience is None else (columns.audience,),
        "read.column_validity": validity,
        "read.column_key": () if columns.key is None else (columns.key,),
        "read.column_unused": [i for i, name in enumerate(header) if name and i not in columns.used()],
    }
    return [
        Note(phrase, {"columns": ", ".join(f"'{header[i]}'" for i in indexes)})
        for phrase, indexes in groups_of.items()
        if indexes
    ]


def _guess(rows: Rows) -> tuple[int, Columns] | None:
    """Find two columns that look like questions and their answers where no names say so.

    Returns:
        The first row to read, and the columns; None where it does not look like a FAQ.
    """
    full = [row for row in rows if sum(map(bool, row)) >= 2]
    if len(full) < 2:
        return None
    width = Counter(len(row) for row in full).most_common(1)[0][0]
    body = [row for row in full[1:] if len(row) == width]
    if not 2 <= width <= 6 or len(body) < 0.8 * (len(full) - 1):
        return None
    for index in range(width - 1):
        asking = sum(asks(row[index]) for row in body)
        longer = median(len(row[index + 1]) for row in body) >= median(len(row[index]) for row in body)
        answers = sum(bool(row[index + 1]) and not asks(row[index + 1]) for row in body)
        if asking >= 0.6 * len(body) and answers >= 0.7 * len(body) and longer:
            start = next(at for at, row in enumerate(rows) if sum(map(bool, row)) >= 2)
            start += not asks(rows[start][index])  # names of columns that say nothing to us
            return start, Columns(pairs=((index, index + 1),), titles=(0,) if index == 1 else ())
    return None


def _is_form(filled: Rows, widest: int) -> bool:
    """Tell whether two columns are labels and values: nothing above them names columns."""
    pairs = [[cell for cell in row if cell] for row in filled]
    if widest != 2 or sum(len(pair) > 2 for pair in pairs) > 0.3 * len(pairs):
        return False
    first = next(pair[0] for pair in pairs if len(pair) == 2)
    return re.sub(r"[\W_]+", "", first).casefold() not in _ABOVE_LABELS


def _as_prose(rows: Rows, sheet: str, *, form: bool) -> tuple[list[Part], list[Note]]:
    """Write each row as ``column: value`` pairs, so that a part of the table still says what its numbers mean."""
    filled = [row for row in rows if any(row)]
    if not filled:
        return [], []
    widest = Counter(sum(map(bool, row)) for row in filled).most_common(1)[0][0]
    if form and _is_form(filled, widest):
        used = [[cell.replace("\n", " ") for cell in row if cell] for row in filled]
        text = "\n".join((": " if len(row) == 2 else ", ").join(row)[:LONGEST_TEXT] for row in used)
        return [Section((sheet,) if sheet else (), text, rows=True)], []
    at = next((i for i, row in enumerate(filled) if sum(map(bool, row)) >= max(2, widest - 1)), 0)
    before, header, body = filled[:at], filled[at], filled[at + 1 :]
    nameless = any(len(cell) > LONGEST_NAME or (form and _VALUE.search(cell)) for cell in header)
    if widest < 2 or not body or nameless:
        before, header, body = [], [], filled
    lines = [" ".join(filter(None, row)) for row in before]
    for row in body:
        named = [
            f"{header[i]}: {cell}" if i < len(header) and header[i] else cell for i, cell in enumerate(row) if cell
        ]
        lines.append(", ".join(named).replace("\n", " ")[:LONGEST_TEXT])
    note = Note("read.table_sheet" if sheet else "read.table", {"rows": len(body), "sheet": sheet})
    return [Section((sheet,) if sheet else (), "\n".join(lines), rows=True)], [note]
