"""A look at the rows of a table before it is read: what stands in them, and what they would be read as."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.decoding import Decoded, clean, decode_as
from knowledge.entries import Entry, Note, Part, UnreadableError
from knowledge.formats import binary_kind
from knowledge.lines import as_json
from knowledge.plans import ENCODINGS, Chosen, Plan, SheetPlan, roles_of
from knowledge.reading import WORKBOOKS, table_of
from knowledge.tables import Layout, Rows, layout_of, read_table
from knowledge.transport import NotAReadingError, note_of

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20, 60, 160
"""Of a table that are shown."""
MOST_READ = 2_000
"""Rows of a table that are read: what becomes of the others can be guessed from them, and somebody waits."""

MOST_SHEETS = 30
SAMPLE = 4
"""Entries that are shown as they would be read."""
LONGEST_TEXT = 300

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """One of the first entries, its fields as they are shown."""

    question: str
    answer: str
    title: str = ""
    aliases: str = ""
    audience: str = ""
    valid: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class LookedSheet:
    """One table: its first rows, and how it is read; ``width`` and ``total`` are of all of it, ``count`` and ``notes``
    of its first ``MOST_READ`` rows.

    ``plan`` is what was said or guessed; ``prose``: neither says that there are questions, so that it is read as text.
    ``count`` entries are found, ``notes`` say how; ``problem`` why it cannot be read as it was said.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    width: int
    total: int
    plan: SheetPlan
    prose: bool
    count: int
    samples: tuple[Sample, ...]
    notes: tuple[Note, ...]
    problem: Note | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """A file: its tables, its encoding and delimiter, "" where it has none. No ``sheets``: it has no table."""

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[LookedSheet, ...] = ()
    lost: int = 0


def look(data: bytes, plan: Plan) -> Looked:
    """Return what a file looks like, read as the plan says, or as seems best.

    Raises:
        UnreadableError: it cannot be opened at all.
    """
    kind = binary_kind(data)
    if kind in WORKBOOKS:
        from knowledge.sheets import read_workbook

        sheets = read_workbook(data, kind).sheets[:MOST_SHEETS]
        return Looked(kind, sheets=tuple(_sheet(sheet.name, sheet.rows, plan) for sheet in sheets))
    if kind:
        return Looked(kind)
    decoded = _decoded(data, plan)
    if as_json(decoded.text)[0]:
        return Looked("json", decoded.encoding)
    table = table_of(decoded.text, Plan(delimiter=plan.delimiter or _delimiter(decoded.text)))
    if table is None:
        return Looked("txt", decoded.encoding)
    sheet = _sheet("", table.rows, plan)
    return Looked("csv", decoded.encoding, table.delimiter, (sheet,), decoded.lost)


def _delimiter(text: str) -> str:
    """Return what seems to set cells apart, also where the text is not surely a table: somebody asks to see one."""
    from knowledge.delimited import DELIMITERS, as_table

    if as_table(text) is not None:
        return ""
    start = text[:20_000]
    return max(DELIMITERS, key=start.count)


def _decoded(data: bytes, plan: Plan) -> Decoded:
    """Decode as was chosen, or as well as can be: damaged text is shown, so that another encoding can be chosen."""
    try:
        return decode_as(data, plan.encoding, remembered=plan.remembered)
    except UnreadableError as error:
        if error.note.phrase != "read.encoding":
            raise
        text = data.decode("utf-8", "replace")
        return Decoded(clean(text), plan.encoding or "?", text.count("\ufffd"))


def _sheet(name: str, rows: Rows, plan: Plan) -> LookedSheet:
    width, total = min(max(map(len, rows), default=0), MOST_COLUMNS), len(rows)
    rows = rows[:MOST_READ]
    problem = None
    try:
        layout = plan.layout(rows, name)
    except UnreadableError as error:
        layout, problem = None, error.note
    said = plan.of(name)
    parts: Sequence[Part] = ()
    notes: Sequence[Note] = ()
    if said is not None and (said.left_out or problem is not None):
        shown = said
    else:
        parts, notes = read_table(rows, name, layout=layout)
        layout = layout or layout_of(rows)
        shown = _plan(name, rows, layout, width)
    entries = [part for part in parts if isinstance(part, Entry)]
    cells = tuple(tuple(cell.strip()[:LONGEST_CELL] for cell in row[:width]) for row in rows[:MOST_ROWS])
    samples = tuple(map(_sample, entries[:SAMPLE]))
    prose = layout is None and problem is None and not shown.left_out
    count = len(entries) if not prose else _lines(parts)
    return LookedSheet(name, cells, width, total, shown, prose, count, samples, tuple(notes), problem)


def _plan(name: str, rows: Rows, layout: Layout | None, width: int) -> SheetPlan:
    """Return how a sheet is read, as somebody would say it."""
    if layout is None:
        filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:MOST_ROWS]]
        header = next((at for at, count in enumerate(filled) if count >= max(2, max(filled) - 1)), 0)
        names = tuple(cell.strip() for cell in rows[header][:width]) if rows else ()
        unread: tuple[Chosen, ...] = tuple("" for _ in names)
        return SheetPlan(unread, names, name, header)
    roles: tuple[Chosen, ...] = roles_of(layout.columns, width)
    if layout.header is None:
        return SheetPlan(roles, ("",) * width, name, None, layout.start)
    names = tuple(cell.strip() for cell in rows[layout.header][:width])
    return SheetPlan(roles[: len(names)], names, name, layout.header)


def _lines(parts: Sequence[Part]) -> int:
    return sum(part.text.count("\n") + 1 for part in parts)


def _sample(entry: Entry) -> Sample:
    valid = f"{entry.valid_from or ''} ~ {entry.valid_until or ''}" if entry.valid_from or entry.valid_until else ""
    audience = ", ".join(entry.audience or ())
    aliases = " / ".join(entry.aliases)[:LONGEST_TEXT]
    answer = entry.text if len(entry.text) <= LONGEST_TEXT else entry.text[: LONGEST_TEXT - 1] + "…"
    return Sample(entry.question[:LONGEST_TEXT], answer, entry.title, aliases, audience, valid, entry.key)


# --- as JSON, from the process that looks ---------------------------------------------------------------------------


def look_line(looked: Looked) -> Line:
    """Return a look as JSON."""
    return {
        "kind": looked.kind,
        "encoding": looked.encoding,
        "delimiter": looked.delimiter,
        "lost": looked.lost,
        "sheets": [_sheet_line(each) for each in looked.sheets],
    }


def _sheet_line(sheet: LookedSheet) -> Line:
    plain = ("name", "rows", "width", "total", "prose", "count")
    about = {name: getattr(sheet, name) for name in plain}
    samples = [{name: getattr(each, name) for name in Sample.__slots__} for each in sheet.samples]
    notes = [[note.phrase, note.values] for note in sheet.notes]
    problem = None if sheet.problem is None else [sheet.problem.phrase, sheet.problem.values]
    plan = Plan((sheet.plan,)).line()["sheets"][0]
    return about | {"plan": plan, "samples": samples, "notes": notes, "problem": problem}


def look_of(line: object) -> Looked:
    """Return the look that a line holds.

    Raises:
        NotAReadingError: it is none.
    """
    try:
        return _looked(line)
    except (KeyError, TypeError, ValueError, AttributeError, UnreadableError) as error:
        raise NotAReadingError from error


def _looked(line: Any) -> Looked:
    encoding = _text(line["encoding"])
    if encoding not in (*ENCODINGS, "?") and not encoding.isascii():
        raise NotAReadingError
    sheets = tuple(_looked_sheet(each) for each in line["sheets"])
    return Looked(_text(line["kind"]), encoding, _text(line["delimiter"]), sheets, int(line["lost"]))


def _looked_sheet(line: Any) -> LookedSheet:
    from knowledge.plans import plan_of

    rows = tuple(tuple(_text(cell) for cell in row) for row in line["rows"])
    samples = tuple(Sample(**{name: _text(text) for name, text in each.items()}) for each in line["samples"])
    problem = None if line["problem"] is None else note_of(line["problem"])
    return LookedSheet(
        name=_text(line["name"]),
        rows=rows,
        width=int(line["width"]),
        total=int(line["total"]),
        plan=plan_of({"sheets": [line["plan"]]}).sheets[0],
        prose=line["prose"] is True,
        count=int(line["count"]),
        samples=samples,
        notes=tuple(note_of(each) for each in line["notes"]),
        problem=problem,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NotAReadingError
    return value
