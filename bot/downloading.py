"""A document as a file again: a table with its own columns and the ids of its entries, anything else as it came."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy.orm import Session

from bot.database import originals, version_rows
from bot.database.documents import name_of
from bot.database.version_rows import Entries
from bot.errors import UserError
from bot.overlaying import NAMES, Field, as_lines, overlay, overlay_lines
from knowledge.columns import role_of
from knowledge.decoding import decode_as
from knowledge.lines import as_json
from knowledge.plans import Plan, plan_of
from knowledge.reading import GUESSED as GUESSED_PLAN
from knowledge.reading import table_of
from knowledge.splitting import Draft
from knowledge.tables import Layout, layout_of
from knowledge.writing import CSV_TYPE, XLSX_TYPE, csv_bytes, workbook_bytes

Place = tuple[str, int]
"""A sheet and a row of it, from 1."""

ID = "id"
GUESSED = ("질문", "답변")
"""What the columns of a table without names are called, so that the next upload knows them."""

_ORDER: tuple[Field, ...] = ("title", "question", "answer", "aliases", "audience", "valid_from", "valid_until")
COLUMNS = {language: (ID, *(names[field] for field in _ORDER)) for language, names in NAMES.items()}
_WORKBOOKS = ("xlsx", "xls", "ods")
TABLES = ("csv", "tsv", "json", "jsonl", *_WORKBOOKS)
"""Kinds of files that are given back with what was changed in its place; of others it is given apart."""

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
    edited: bool = False
    plan: Plan = GUESSED_PLAN

    @property
    def keys(self) -> dict[Place, str]:
        """The key of the first entry that each row made."""
        found: dict[Place, str] = {}
        for draft in self.entries.drafts:
            if draft.row is not None:
                found.setdefault((draft.sheet, draft.row), draft.key)
        return found

    def layout(self, rows: Sequence[Sequence[str]], sheet: str) -> Layout | None:
        """Return where a sheet that entries came from has what: as somebody said, or as is found out."""
        if not any(draft.sheet == sheet for draft in self.entries.drafts):
            return None
        said = self.plan.of(sheet)
        layout = (said.layout(rows) if said else None) or layout_of(rows)
        return None if layout is None or (layout.header is None and layout.columns.texts) else layout

    @property
    def is_table(self) -> bool:
        """Whether it is given back as a table in which each entry has its place."""
        nameless = any(sheet.header is None and "text" in sheet.roles for sheet in self.plan.sheets)
        return self.kind in TABLES and bool(self.keys) and not nameless

    def of_sheet(self, sheet: str) -> list[Draft]:
        """Return the entries of a sheet."""
        return [draft for draft in self.entries.drafts if draft.sheet == sheet]


def download(session: Session, document: int, *, original: bool = False) -> Downloaded:
    """Return the file of the live version; UserError where it was not kept, or where there is no version at all."""
    source = _source(session, document)
    if original or not source.is_table:
        if source.edited and not original:
            return _lines(source)
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
    data = originals.original(session, row.file)
    plan = plan_of(row.plan) if row.plan else GUESSED_PLAN
    return _Source(name, row.kind, data, version_rows.entries(session, row.id), row.source is not None, plan)


def _workbook(source: _Source) -> Downloaded:
    from knowledge.sheets import read_workbook

    book = read_workbook(source.data or b"", source.kind)
    sheets: list[tuple[str, Sequence[Sequence[str]], int | None]] = []
    for sheet in book.sheets:
        rows, header = _with_ids(source, sheet.rows, sheet.name)
        sheets.append((sheet.name, rows, header))
    return str(PurePosixPath(_last(source.name)).with_suffix(".xlsx")), XLSX_TYPE, workbook_bytes(sheets)


def _delimited(source: _Source) -> Downloaded:
    table = table_of(decode_as(source.data or b"", source.plan.encoding).text, source.plan)
    if table is None:
        return _plain(source)
    rows, _ = _with_ids(source, table.rows, "")
    tabs = source.kind == "tsv"
    return _last(source.name), _TYPES["tsv"] if tabs else CSV_TYPE, csv_bytes(rows, "\t" if tabs else ",")


def _with_ids(source: _Source, rows: Sequence[Sequence[str]], sheet: str) -> tuple[list[list[str]], int | None]:
    """Return the rows as they are now, with an id beside each entry, and the index of the row that names columns."""
    layout = source.layout(rows, sheet)
    if layout is None:
        return [list(row) for row in rows], None
    keys = {row - 1: key for (of, row), key in source.keys.items() if of == sheet}
    if source.edited:
        overlaid = overlay(rows, layout, source.of_sheet(sheet), sheet)
        rows, keys, layout = overlaid.rows, overlaid.keys, overlaid.layout
    made = [_row(row, at, keys.get(at), rows, layout) for at, row in enumerate(rows)]
    if layout.header is None:
        made.insert(layout.start, _names(rows, layout))
        if layout.start and layout.start - 1 not in keys:
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
    columns, called = layout.columns, NAMES["ko"]
    for question, answer in columns.pairs:
        names[question], names[answer] = GUESSED
    for place in columns.titles:
        names[place] = called["title"]
    for place in (*columns.aliases, *columns.keywords):
        names[place] = called["aliases"]
    single: tuple[Field, ...] = ("audience", "valid_from", "valid_until")
    for field in single:
        column: int | None = getattr(columns, field)
        if column is not None:
            names[column] = called[field]
    return [ID, *names]


def _json(source: _Source) -> Downloaded:
    text = decode_as(source.data or b"", source.plan.encoding).text
    kind, values = as_json(text)
    keys = {row: key for (_, row), key in source.keys.items()}
    now: Sequence[tuple[int | None, Any]] = list(enumerate(values))
    if source.edited:
        now = overlay_lines(values, source.entries.drafts)
    made = [(at, _with_id(value, None if at is None else keys.get(at + 1))) for at, value in now]
    lines = [line for line in text.strip().split("\n") if line.strip()]
    if kind == "json":
        written = json.dumps([value for _, value in made], ensure_ascii=False, indent=2) + "\n"
    else:  # one value a line, or a single one over several
        told = (lines[at] if at is not None and not isinstance(v, dict) else _dumped(v) for at, v in made)
        written = "".join(f"{line}\n" for line in told)
    return _last(source.name), _TYPES[kind or "jsonl"], written.encode()


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _with_id(value: Any, key: str | None) -> Any:
    if not isinstance(value, dict) or key is None:
        return value
    name = next((name for name in value if (role_of(str(name)) or ("", 0))[0] == "key"), None)
    return {**value, name: key} if name is not None else {ID: key, **value}


def _lines(source: _Source) -> Downloaded:
    """Return the entries of a text that was edited as JSON lines: its file cannot be written anew."""
    lines = "".join(f"{_dumped(line)}\n" for line in as_lines(source.entries.drafts))
    return str(PurePosixPath(_last(source.name)).with_suffix(".jsonl")), _TYPES["jsonl"], lines.encode()


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
