"""How somebody said that a table is to be read: which column is what, which row names them, encoding, delimiter."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from knowledge.columns import Columns, Role, role_of
from knowledge.decoding import CHOSEN
from knowledge.entries import UnreadableError
from knowledge.tables import Layout, Rows, find_header

Chosen = Literal["", Role]
"""What a column is; "": it is not read."""

ROLES: tuple[Role, ...] = get_args(Role)
DELIMITERS = ("", ",", "\t", ";", "|")
ENCODINGS = ("", *CHOSEN)

HEADER_SOUGHT = 50
NAME_COMPARED = 100
"""Characters of a column's name that tell it from others."""

MOST_SHEETS, MOST_COLUMNS, LONGEST_NAME, HIGHEST_ROW = 200, 1_000, 1_000, 1_000_000


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One table. ``sheet`` None: whichever it is called. ``roles`` by column, ``names`` as the header had them.

    ``header`` is the row, from 0, that names the columns; None: no row does, and the first entry is in row ``start``.
    A header is looked for by its names, so that a table with more or other columns is read the same way.
    """

    roles: tuple[Chosen, ...] = ()
    names: tuple[str, ...] = ()
    sheet: str | None = None
    header: int | None = None
    start: int = 0
    left_out: bool = False

    def layout(self, rows: Rows, *, remembered: bool = False) -> Layout | None:
        """Return where these rows have what, None where they have not what the plan says.

        ``remembered``: it was made for an earlier file. One without names does not fit a table that has them.
        """
        rows = [[cell.strip() for cell in row] for row in rows[: HEADER_SOUGHT if self.header is not None else None]]
        if self.header is None:
            if remembered and find_header(rows)[1] is not None:
                return None
            found = {at: role for at, role in enumerate(self.roles) if role}
            wide = max(map(len, rows), default=0) > max(found, default=0)
            columns = columns_of(found) if wide else None
            return None if columns is None else Layout(None, self.start, columns)
        places = [self.header, *(at for at in range(len(rows)) if at != self.header)]
        for at in places:
            if at < len(rows) and (roles := self._found(rows[at])) is not None:
                columns = columns_of(roles)
                return None if columns is None else Layout(at, at + 1, columns)
        return None

    def _found(self, row: Sequence[str]) -> dict[int, Role] | None:
        """Return the roles by the columns of a row that has all the names, None for another row."""
        places: dict[str, list[int]] = {}
        for at, cell in enumerate(row):
            places.setdefault(cell[:NAME_COMPARED], []).append(at)
        found: dict[int, Role] = {}
        counted: Counter[str] = Counter()
        for at, (full, role) in enumerate(zip(self.names, self.roles, strict=True)):
            name = full[:NAME_COMPARED]
            nth, counted[name] = counted[name], counted[name] + 1
            if not role:
                continue
            there = places.get(name, [])
            if len(there) <= nth and not (not name and at < len(row)):
                return None
            found[at if not name else there[nth]] = role
        if "key" not in found.values():  # a download puts its own before the others
            key = next((at for at, cell in enumerate(row) if at not in found and _is_key(cell, self.names)), None)
            if key is not None:
                found[key] = "key"
        return found


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is to be read; "" where that is to be found out. ``remembered``: it was made for an earlier file."""

    sheets: tuple[SheetPlan, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    remembered: bool = False

    def of(self, sheet: str) -> SheetPlan | None:
        """Return what is said of a sheet."""
        named = (each for each in self.sheets if each.sheet == sheet)
        return next(named, None) or next((each for each in self.sheets if each.sheet is None), None)

    def layout(self, rows: Rows, sheet: str) -> Layout | None:
        """Return how a sheet is to be read, None where that is to be found out.

        Raises:
            UnreadableError: the columns that somebody named for this very file are not there.
        """
        said = self.of(sheet)
        if said is None or said.left_out:
            return None
        layout = said.layout(rows, remembered=self.remembered)
        if layout is None and not self.remembered:
            names = ", ".join(f"'{name}'" for name, role in zip(said.names, said.roles, strict=False) if role and name)
            if columns_of({at: role for at, role in enumerate(said.roles) if role}) is None:
                names = ""
            raise UnreadableError("read.plan_names" if names else "read.plan_roles", names=names)
        return layout

    def line(self) -> dict[str, Any]:
        """Return it as JSON."""
        line: dict[str, Any] = {"sheets": [_sheet_line(each) for each in self.sheets]}
        for name in ("encoding", "delimiter", "remembered"):
            if getattr(self, name):
                line[name] = getattr(self, name)
        return line

    def kept(self) -> "Plan":
        """Return it as it is stored: for the file that it was used for."""
        return replace(self, remembered=False)


def columns_of(roles: Mapping[int, Role]) -> Columns | None:
    """Return the columns that have these roles; None where there is neither a question with an answer nor a text."""

    def having(role: Role) -> tuple[int, ...]:
        return tuple(at for at in sorted(roles) if roles[at] == role)

    questions, answers, texts = having("question"), having("answer"), having("text")
    paired = len(questions) == len(answers)
    if questions and answers:
        pairs = tuple(zip(questions, answers, strict=True)) if paired else ((questions[0], answers[0]),)
        texts = ()
    elif texts and not questions and not answers:
        pairs = ()
    else:
        return None
    return Columns(
        pairs=pairs,
        titles=having("title"),
        aliases=(*having("aliases"), *(() if paired else questions[1:])),
        keywords=having("keywords"),
        audience=next(iter(having("audience")), None),
        valid_from=next(iter(having("from")), None),
        valid_until=next(iter(having("until")), None),
        period=next(iter(having("period")), None),
        key=next(iter(having("key")), None),
        texts=texts,
    )


def roles_of(columns: Columns, width: int) -> tuple[Chosen, ...]:
    """Return what each of ``width`` columns is."""
    found: dict[int, Chosen] = {}
    for question, answer in columns.pairs:
        found |= {question: "question", answer: "answer"}
    several: tuple[tuple[Role, Sequence[int]], ...] = (
        ("title", columns.titles),
        ("aliases", columns.aliases),
        ("keywords", columns.keywords),
        ("text", columns.texts),
    )
    for role, places in several:
        found |= dict.fromkeys(places, role)
    single: tuple[tuple[Role, int | None], ...] = (
        ("audience", columns.audience),
        ("from", columns.valid_from),
        ("until", columns.valid_until),
        ("period", columns.period),
        ("key", columns.key),
    )
    found |= {at: role for role, at in single if at is not None}
    return tuple(found.get(at, "") for at in range(width))


def plan_of(value: object) -> Plan:
    """Return the plan that stands in JSON.

    Raises:
        UnreadableError: it is none.
    """
    if isinstance(value, dict) and isinstance(sheets := value.get("sheets"), list) and len(sheets) <= MOST_SHEETS:
        encoding, delimiter = value.get("encoding", ""), value.get("delimiter", "")
        if encoding in ENCODINGS and delimiter in DELIMITERS:
            made = tuple(_sheet(each) for each in sheets)
            return Plan(made, encoding, delimiter, value.get("remembered") is True)
    raise UnreadableError("read.plan_broken")


def _sheet(value: object) -> SheetPlan:
    if not isinstance(value, dict):
        raise UnreadableError("read.plan_broken")
    roles, names, sheet = value.get("roles"), value.get("names", []), value.get("sheet")
    header, start = value.get("header"), value.get("start", 0)
    if not isinstance(roles, list) or not isinstance(names, list) or len(roles) > MOST_COLUMNS:
        raise UnreadableError("read.plan_broken")
    fine = (
        all(each in ("", *ROLES) for each in roles)
        and all(isinstance(name, str) and len(name) <= LONGEST_NAME for name in names)
        and all(type(each) is int and 0 <= each <= HIGHEST_ROW for each in (header or 0, start))
        and (sheet is None or isinstance(sheet, str))
    )
    if not fine:
        raise UnreadableError("read.plan_broken")
    filled = [*names, *[""] * (len(roles) - len(names))][: len(roles)]
    return SheetPlan(tuple(roles), tuple(filled), sheet, header, start, value.get("left_out") is True)


def _sheet_line(sheet: SheetPlan) -> dict[str, Any]:
    line: dict[str, Any] = {"roles": list(sheet.roles), "names": list(sheet.names), "header": sheet.header}
    said: Iterator[tuple[str, Any]] = ((n, getattr(sheet, n)) for n in ("sheet", "start", "left_out"))
    return line | {name: each for name, each in said if each not in (None, 0, False)}


def _is_key(name: str, known: Sequence[str]) -> bool:
    return bool(name) and name not in known and role_of(name) == ("key", 3)
