"""A document as a file again: a table with its own columns and the ids of its entries, anything else as it came."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy.orm import Session

from bot.database import originals, version_rows
from bot.database.documents import name_of
from bot.database.version_rows import Entries
from bot.errors import UserError
from knowledge.columns import role_of
from knowledge.decoding import decode
from knowledge.delimited import as_table
from knowledge.lines import as_json
from knowledge.splitting import Draft
from knowledge.tables import Layout, layout_of
from knowledge.writing import CSV_TYPE, XLSX_TYPE, csv_bytes, workbook_bytes

Place = tuple[str, int]
"""A sheet and a row of it, from 1."""

ID = "id"
GUESSED = ("질문", "답변")
"""What the columns of a table without names are called, so that the next upload knows them."""

COLUMNS = {
    "ko": (ID, "분류", "질문", "답변", "유사질문", "대상", "시작일", "종료일"),
    "en": (ID, "category", "question", "answer", "aliases", "audience", "valid from", "valid until"),
}
_WORKBOOKS = ("xlsx", "xls", "ods")
_TYPES = {
    "jsonl": "application/jsonl; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
OTHER = "application/octet-stream"

Downloaded = tuple[str, str, bytes]
"""A file name, a media type, and the bytes."""


@dataclass(frozen=True, slots=True)
class _Source:
    """The live version: the document's name, the file it was read from, and what it says."""

    name: str
    kind: str
    data: bytes | None
    entries: Entries

    @property
    def keys(self) -> dict[Place, str]:
        """The key of the first entry that each row made."""
        found: dict[Place, str] = {}
        for draft in self.entries.drafts:
            if draft.row is not None:
                found.setdefault((draft.sheet, draft.row), draft.key)
        return found


def download(session: Session, document: int, *, original: bool = False) -> Downloaded:
    """Return the file of the live version; UserError where it was not kept, or where there is no version at all."""
    source = _source(session, document)
    if original or not (source.kind in ("csv", "tsv", "json", "jsonl", *_WORKBOOKS) and source.keys):
        if source.data is None and not any(draft.question for draft in source.entries.drafts):
            raise UserError("library.no_original", name=source.name)
        if source.data is not None:
            return _last(source.name), _TYPES.get(source.kind, OTHER), source.data
    if source.data is None:
        return _plain(source)
    if source.kind in _WORKBOOKS:
        return _workbook(source)
    return _json(source) if source.kind.startswith("json") else _delimited(source)


def _source(session: Session, document: int) -> _Source:
    name = name_of(session, document) or ""
    basis = version_rows.basis(session, document)
    row = next((each for each in version_rows.history(session, document) if each.id == basis), None)
    row = row or next(iter(version_rows.history(session, document)), None)
    if row is None:
        raise UserError("library.no_original", name=name)
    data = originals.original(session, row.sha256)
    return _Source(name, row.kind, data, version_rows.entries(session, row.id))


def _workbook(source: _Source) -> Downloaded:
    from knowledge.sheets import read_workbook

    book = read_workbook(source.data or b"", source.kind)
    sheets: list[tuple[str, Sequence[Sequence[str]], int | None]] = []
    for sheet in book.sheets:
        rows, header = _with_ids(sheet.rows, source.keys, sheet.name)
        sheets.append((sheet.name, rows, header))
    return str(PurePosixPath(_last(source.name)).with_suffix(".xlsx")), XLSX_TYPE, workbook_bytes(sheets)


def _delimited(source: _Source) -> Downloaded:
    table = as_table(decode(source.data or b"").text)
    if table is None:
        return _plain(source)
    rows, _ = _with_ids(table.rows, source.keys, "")
    tabs = source.kind == "tsv"
    return _last(source.name), _TYPES["tsv"] if tabs else CSV_TYPE, csv_bytes(rows, "\t" if tabs else ",")


def _with_ids(
    rows: Sequence[Sequence[str]], keys: Mapping[Place, str], sheet: str
) -> tuple[list[list[str]], int | None]:
    """Return the rows with an id beside each entry, and the index of the row that names the columns."""
    layout = layout_of(rows) if any(place[0] == sheet for place in keys) else None
    if layout is None:
        return [list(row) for row in rows], None
    made = [_row(row, at, keys.get((sheet, at + 1)), rows, layout) for at, row in enumerate(rows)]
    if layout.header is None:
        made.insert(layout.start, _names(rows, layout))
        if layout.start and not keys.get((sheet, layout.start)):
            del made[layout.start - 1]  # names that say nothing to us
            return made, layout.start - 1
        return made, layout.start
    return made, layout.header


def _row(row: Sequence[str], at: int, key: str | None, rows: Sequence[Sequence[str]], layout: Layout) -> list[str]:
    column = layout.columns.key
    if column is None:
        named = layout.header is not None and (at == layout.header or list(row) == list(rows[layout.header]))
        return [ID if named else key or "", *row]
    filled = list(row)
    if key is not None:
        filled += [""] * (column + 1 - len(filled))
        filled[column] = key
    return filled


def _names(rows: Sequence[Sequence[str]], layout: Layout) -> list[str]:
    """Return names for the columns of a table that has none we know; those that are there otherwise are kept."""
    above = list(rows[layout.start - 1]) if layout.start else []
    width = max((len(row) for row in rows), default=0)
    names = [*above, *[""] * (width - len(above))]
    for question, answer in layout.columns.pairs:
        names[question], names[answer] = GUESSED
    for title in layout.columns.titles:
        names[title] = COLUMNS["ko"][1]
    return [ID, *names]


def _json(source: _Source) -> Downloaded:
    text = decode(source.data or b"").text
    kind, values = as_json(text)
    keys = {row: key for (_, row), key in source.keys.items()}
    made = [_with_id(value, keys.get(at)) for at, value in enumerate(values, 1)]
    if kind == "json":
        written = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    elif len(values) == 1 and "\n" in text.strip():  # one value over several lines
        written = json.dumps(made[0], ensure_ascii=False) + "\n"
    else:
        lines = [line for line in text.strip().split("\n") if line.strip()]
        both = zip(lines, made, strict=True)
        written = "".join(f"{json.dumps(v, ensure_ascii=False) if isinstance(v, dict) else line}\n" for line, v in both)
    return _last(source.name), _TYPES[kind or "jsonl"], written.encode()


def _with_id(value: Any, key: str | None) -> Any:
    if not isinstance(value, dict) or key is None:
        return value
    name = next((name for name in value if (role_of(str(name)) or ("", 0))[0] == "key"), None)
    return {**value, name: key} if name is not None else {ID: key, **value}


def _plain(source: _Source) -> Downloaded:
    """Return the entries as CSV, where the file they came from is not there."""
    drafts = source.entries.drafts
    korean = sum(draft.language == "ko" for draft in drafts) * 2 >= len(drafts)
    rows = [COLUMNS["ko" if korean else "en"], *map(_cells, drafts)]
    name = _last(source.name)
    return name if name.casefold().endswith(".csv") else f"{name}.csv", CSV_TYPE, csv_bytes(rows)


def _cells(draft: Draft) -> tuple[str, ...]:
    dates = (day.isoformat() if day else "" for day in (draft.valid_from, draft.valid_until))
    audience = "" if draft.audience is None else ", ".join(draft.audience)
    return (draft.key, draft.title, draft.question, draft.answer, "\n".join(draft.aliases), audience, *dates)


def _last(name: str) -> str:
    """Return the name of a document without its folders."""
    return PurePosixPath(name).name or "document"
