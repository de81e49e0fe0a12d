"""Columns chosen on a page: what its form says as a plan, and a file's tables as its form shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.datastructures import FormData

from bot.errors import UserError
from knowledge.columns import Role
from knowledge.plans import Chosen

if TYPE_CHECKING:
    from knowledge.looking import Looked, LookedSheet
    from knowledge.plans import Plan

ORDER: tuple[Role, ...] = (
    "question",
    "answer",
    "aliases",
    "keywords",
    "title",
    "audience",
    "from",
    "until",
    "period",
    "key",
    "text",
)
"""What a column can be, as the page offers it."""

DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";", "bar": "|"}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a table, from 1; ``names``: it names the columns, ``before``: it stands above all that is read."""

    number: int
    cells: tuple[str, ...]
    names: bool
    before: bool


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """One table; ``first`` is the row of the names, or of the first entry where it is ``nameless``.

    ``how``: table (its columns are chosen), auto (it is read as seems best) or out (it is not read).
    """

    at: int
    how: str
    nameless: bool
    first: int
    roles: "tuple[Chosen, ...]"
    rows: tuple[ShownRow, ...]
    sheet: "LookedSheet"


def plan_in(form: FormData, looked: "Looked") -> "Plan":
    """Return the plan that a form says of a file; the names of its columns are those of the file.

    Raises:
        UserError: it is no form of ours.
    """
    from knowledge.entries import UnreadableError
    from knowledge.plans import plan_of

    sheets = [
        line
        for at, sheet in enumerate(looked.sheets)
        if (line := _sheet_line(form, at, sheet, alone=len(looked.sheets) == 1))
    ]
    encoding, delimiter = str(form.get("encoding") or ""), DELIMITERS.get(str(form.get("delimiter") or ""), "")
    try:
        return plan_of({"sheets": sheets, "encoding": encoding, "delimiter": delimiter})
    except UnreadableError as error:
        raise UserError(error.note.phrase, **error.note.values) from error


def _sheet_line(form: FormData, at: int, sheet: "LookedSheet", *, alone: bool) -> dict[str, object] | None:
    """Return what a form says of one table, None where it is to be read as seems best."""
    how = form.get(f"how-{at}")
    if how not in ("table", "out"):
        return None
    roles = [str(role) for role in form.getlist(f"role-{at}")][: sheet.width]
    roles += [""] * (sheet.width - len(roles))
    first = str(form.get(f"first-{at}") or "")
    number = int(first) if first.isascii() and first.isdecimal() and len(first) < 7 else 1
    row = min(max(number, 1), max(len(sheet.rows), 1)) - 1
    line: dict[str, object] = {"sheet": None if alone else sheet.name, "roles": roles}
    if form.get(f"nameless-{at}"):
        line |= {"header": None, "start": row}
    else:
        line |= {"header": row, "names": list(sheet.rows[row]) if sheet.rows else []}
    return line | ({"left_out": True} if how == "out" else {})


def shown_sheets(looked: "Looked", plan: "Plan | None") -> tuple[ShownSheet, ...]:
    """Return the tables of a file: by what was chosen, else as they would be read."""
    return tuple(_shown(at, sheet, plan, alone=len(looked.sheets) == 1) for at, sheet in enumerate(looked.sheets))


def _shown(at: int, sheet: "LookedSheet", plan: "Plan | None", *, alone: bool) -> ShownSheet:
    said = sheet.plan
    nameless = said.header is None and bool(said.roles)
    first = (said.start if nameless else said.header or 0) + 1
    known = plan is not None and plan.of(sheet.name) is not None
    if said.left_out:
        how = "out"
    elif plan is not None:
        how = "table" if known else "auto"
    else:
        how = "table" if alone or not sheet.prose else "auto"
    rows = tuple(
        ShownRow(n, _filled(row, sheet.width), not nameless and n == first, n < first)
        for n, row in enumerate(sheet.rows, 1)
    )
    unsaid: tuple[Chosen, ...] = tuple("" for _ in range(sheet.width))
    roles = (*said.roles, *unsaid)[: sheet.width]
    return ShownSheet(at, how, nameless, first, roles, rows, sheet)


def _filled(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row, *("",) * (width - len(row)))


def delimiter_name(delimiter: str) -> str:
    """Return what a delimiter is called in a form."""
    return next((name for name, mark in DELIMITERS.items() if mark == delimiter), "")
