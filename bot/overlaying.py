"""Entries that people edited, written over the table or the lines that they came from; all else stays as it was."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from knowledge.columns import Columns, role_of
from knowledge.entries import Entry
from knowledge.lines import read_values
from knowledge.splitting import Draft, shortened
from knowledge.tables import Layout, Rows, entries_of, split_aliases

Field = Literal["question", "answer", "title", "aliases", "audience", "valid_from", "valid_until"]
FIELDS: tuple[Field, ...] = ("question", "answer", "title", "aliases", "audience", "valid_from", "valid_until")
NAMES: dict[str, dict[Field, str]] = {
    "ko": {
        "question": "질문",
        "answer": "답변",
        "title": "분류",
        "aliases": "유사질문",
        "audience": "대상",
        "valid_from": "시작일",
        "valid_until": "종료일",
    },
    "en": {
        "question": "question",
        "answer": "answer",
        "title": "category",
        "aliases": "aliases",
        "audience": "audience",
        "valid_from": "valid from",
        "valid_until": "valid until",
    },
}
"""What a column is called that a table did not have before."""


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A table with its edits: the rows, the key of the entry in each (by its index), and where it has what now."""

    rows: list[list[str]]
    keys: dict[int, str]
    layout: Layout


def overlay(rows: Rows, layout: Layout, drafts: Sequence[Draft], sheet: str = "") -> Overlaid:
    """Return a table with what ``drafts``, the entries of this sheet, say now; they may be fewer or more than its rows.

    Cells change only where an entry says something else than they do. Columns that are missing are added at the end.
    """
    table = _Table([list(row) for row in rows], layout)
    stored: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.row is not None:
            stored[draft.row - 1].append(draft)
    gone: set[int] = set()
    keys: dict[int, str] = {}
    for at, said in _by_row(entries_of(rows, layout, sheet)).items():
        pairs = _paired(said, stored.get(at, ()))
        places = [_pair(layout.columns, rows[at], entry) for entry, _ in pairs]
        for place, (entry, now) in zip(places, pairs, strict=True):
            if now is None:
                table.blank(at, place)
            else:
                table.write(at, entry, now, place)
                keys.setdefault(at, now.key)
        if all(now is None for _, now in pairs):
            gone.add(at)
    for added in drafts:
        if added.row is None:
            keys[len(table.rows)] = added.key
            table.append(added)
    kept = [at for at in range(len(table.rows)) if at not in gone]
    moved = {old: new for new, old in enumerate(kept)}
    return Overlaid([table.rows[at] for at in kept], {moved[at]: key for at, key in keys.items()}, table.layout)


class _Table:
    def __init__(self, rows: list[list[str]], layout: Layout) -> None:
        self.rows = rows
        self.layout = layout

    def write(self, at: int, entry: Entry, draft: Draft, pair: tuple[int, int]) -> None:
        """Write what an entry says now where it differs from what its row says."""
        for field in FIELDS:
            if _said(entry, field) != _said(draft, field):
                self._set(at, field, draft, pair)

    def append(self, draft: Draft) -> None:
        """Write an entry into a new row."""
        self.rows.append([""] * max(map(len, self.rows), default=0))
        columns = self.layout.columns
        for field in FIELDS:
            if _said(draft, field):
                self._set(len(self.rows) - 1, field, draft, columns.pairs[0] if columns.pairs else (-1, -1))

    def blank(self, at: int, pair: tuple[int, int]) -> None:
        """Empty a question and its answer."""
        for column in pair:
            if column >= 0:
                self._put(at, column, "")

    def _set(self, at: int, field: Field, draft: Draft, pair: tuple[int, int]) -> None:
        columns = self.layout.columns
        match field:
            case "question":
                self._put(at, pair[0], draft.question)
            case "answer":
                self._put(at, pair[1] if pair[1] >= 0 else columns.texts[0], draft.answer)
                for other in columns.texts[1:]:
                    self._put(at, other, "")
            case "title":
                self._titles(at, draft.title)
            case "aliases":
                self._aliases(at, draft.aliases)
            case "audience":
                self._put(at, self._column("audience", "audience"), ", ".join(draft.audience or ()))
            case _:
                self._dates(at, draft)

    def _titles(self, at: int, title: str) -> None:
        places = self.layout.columns.titles or (self._column("title", "titles"),)
        parts = title.split(" > ", len(places) - 1) if title else []
        for place, part in zip(places, [*parts, *[""] * (len(places) - len(parts))], strict=True):
            self._put(at, place, part)

    def _aliases(self, at: int, aliases: Sequence[str]) -> None:
        columns = self.layout.columns
        places = (*columns.aliases, *columns.keywords) or (self._column("aliases", "aliases"),)
        text, words = "\n".join(aliases), bool(columns.keywords) and not columns.aliases
        if split_aliases(text, commas=words) != [*aliases]:  # one of them has in it what stands between them
            text = json.dumps([*aliases], ensure_ascii=False)
        self._put(at, places[0], text)
        for place in places[1:]:
            self._put(at, place, "")

    def _dates(self, at: int, draft: Draft) -> None:
        columns = self.layout.columns
        if columns.period is not None and columns.valid_from is None and columns.valid_until is None:
            begin, end = draft.valid_from or "", draft.valid_until or ""
            self._put(at, columns.period, f"{begin} ~ {end}".strip() if begin or end else "")
            return
        if columns.period is not None:
            self._put(at, columns.period, "")
        self._put(at, self._column("valid_from", "valid_from"), str(draft.valid_from or ""))
        self._put(at, self._column("valid_until", "valid_until"), str(draft.valid_until or ""))

    def _column(self, field: Field, name: str) -> int:
        """Return the column of a field, one that is added at the end where there is none."""
        columns = self.layout.columns
        held = getattr(columns, name)
        if isinstance(held, int):
            return held
        if held:
            return int(held[0])
        column = max((len(row) for row in self.rows), default=0)
        if self.layout.header is not None:
            self._put(self.layout.header, column, NAMES[self._language][field])
        added: Any = (column,) if name in ("titles", "aliases") else column
        self.layout = replace(self.layout, columns=replace(columns, **{name: added}))
        return column

    @property
    def _language(self) -> str:
        header = self.rows[self.layout.header] if self.layout.header is not None else ()
        return "en" if header and all(cell.isascii() for cell in header) else "ko"

    def _put(self, at: int, column: int, text: str) -> None:
        row = self.rows[at]
        row += [""] * (column + 1 - len(row))
        row[column] = text


def overlay_lines(values: Sequence[Any], drafts: Sequence[Draft]) -> list[tuple[int | None, Any]]:
    """Return values of JSON with what ``drafts`` say now, each with the place of the one it came from (None: new)."""
    read = {entry.row: entry for entry in read_values(list(values))[0]}
    by_row = {draft.row: draft for draft in drafts if draft.row is not None}
    made: list[tuple[int | None, Any]] = []
    for at, value in enumerate(values, 1):
        entry, draft = read.get(at), by_row.get(at)
        if entry is None:
            made.append((at - 1, value))
        elif draft is not None:
            fields = [field for field in FIELDS if _said(entry, field) != _said(draft, field)]
            made.append((at - 1, _changed(value, draft, fields)))
    return [*made, *((None, line) for line in as_lines([draft for draft in drafts if draft.row is None]))]


def as_lines(drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    """Return entries as values of JSON: with a question as FAQ lines, without one as passage lines."""
    return [_changed({"id": each.key}, each, [field for field in FIELDS if _said(each, field)]) for each in drafts]


_LINE_ROLES: Mapping[Field, str] = {"valid_from": "from", "valid_until": "until"}


def _changed(value: Any, draft: Draft, fields: Sequence[Field]) -> Any:
    if not fields or not isinstance(value, dict):
        return value
    made = dict(value)
    roles = {name: "title" if name == "title" else (role_of(str(name)) or ("", 0))[0] for name in made}
    periods = [name for name, role in roles.items() if role == "period"]
    if periods and not set(fields).isdisjoint(_LINE_ROLES):  # in its place: when it begins, and when it ends
        made = {name: each for name, each in made.items() if name not in periods}
        fields = [*(field for field in fields if field not in _LINE_ROLES), *_LINE_ROLES]
    if "aliases" in fields:
        made = {name: each for name, each in made.items() if roles[name] != "keywords"}
    for field in fields:
        wanted = _LINE_ROLES.get(field, field)
        name = next((name for name, role in roles.items() if role == wanted), None)
        made[name or ("text" if field == "answer" and not draft.question else field)] = _value(draft, field)
    return made


def _value(draft: Draft, field: Field) -> Any:
    value = getattr(draft, field)
    if isinstance(value, tuple):
        return list(value)
    return None if value is None else str(value)


def _by_row(entries: Sequence[Entry]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[(entry.row or 1) - 1].append(entry)
    return found


def _paired(said: Sequence[Entry], stored: Sequence[Draft]) -> list[tuple[Entry, Draft | None]]:
    """Return which entry of a row is which now; several questions of one row may be fewer by now."""
    left = list(stored)
    if len(left) == len(said):
        return list(zip(said, left, strict=True))
    found: list[tuple[Entry, Draft | None]] = []
    for entry in said:
        same = next((d for d in left if d.question == entry.question), None)
        same = same or next((d for d in left if d.answer == entry.text), None)
        if same is not None:
            left.remove(same)
        found.append((entry, same))
    if left:  # reworded altogether
        free = [at for at, (_, draft) in enumerate(found) if draft is None]
        for at, draft in zip(free, left, strict=False):
            found[at] = (found[at][0], draft)
    return found


def _pair(columns: Columns, row: Sequence[str], entry: Entry) -> tuple[int, int]:
    """Return the columns of a question and its answer; -1 where a row is prose."""
    for question, answer in columns.pairs:
        cells = (row[at].strip() if at < len(row) else "" for at in (question, answer))
        if tuple(cells) == (entry.question, entry.text):
            return question, answer
    return columns.pairs[0] if columns.pairs else (-1, -1)


def _said(entry: Entry | Draft, field: Field) -> object:
    if field == "answer":
        return entry.text if isinstance(entry, Entry) else entry.answer
    if field == "title":
        return shortened(entry.title)
    value: object = getattr(entry, field)
    return value
