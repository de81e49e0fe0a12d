"""Documents to passages and prose: ``read`` finds out what a file is and has it read."""

from pathlib import PurePath

from knowledge.decoding import clean, decode_as
from knowledge.delimited import DELIMITERS, SAMPLE, Delimited, as_table, parse
from knowledge.entries import Entry, Note, Part, Reading, Section, UnreadableError, counted
from knowledge.formats import MAX_BYTES, binary_kind
from knowledge.lines import as_json, has_answer, read_values
from knowledge.markup import is_markdown, read_markup
from knowledge.plans import Plan
from knowledge.tables import read_table

MAX_TEXT = 5_000_000
"""Characters kept of one document that is no table."""

GUESSED = Plan()
"""Nobody said how."""

WORKBOOKS = ("xlsx", "xls", "ods")
_LEFT_OUT = ("read.row_", "read.line_")


BY_HAND, BY_HAND_ELSE = "read.by_hand", "read.by_hand_else"
"""What is told where a plan was followed, and where one that was made for an earlier file does not fit."""


def read(name: str, data: bytes, plan: Plan = GUESSED) -> Reading:
    """Read a document by its content; ``name`` only gives a title to prose that has none.

    ``plan``: how somebody said that it is to be read.

    Raises:
        UnreadableError: it cannot be read, and why.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError("read.too_large", size=round(len(data) / 1e6, 1), limit=MAX_BYTES // 1_000_000)
    if not data.strip():
        raise UnreadableError("read.empty")
    kind = binary_kind(data)
    kind, parts, notes = (kind, *_read_binary(data, kind, plan)) if kind else _read_text(data, plan)
    if not parts:
        left_out = next((note for note in notes if note.phrase.startswith(_LEFT_OUT)), Note("read.nothing"))
        if any(note.phrase in ("read.pictures", "read.charts") for note in notes):
            left_out = Note("read.only_pictures")
        raise UnreadableError(left_out.phrase, **left_out.values)
    stem = clean(PurePath(name).stem).strip()
    titled = (Section((stem,), p.text, p.page, p.rows) if isinstance(p, Section) and not p.titles else p for p in parts)
    return Reading(kind, tuple(titled), tuple(notes))


def _read_binary(data: bytes, kind: str, plan: Plan) -> tuple[list[Part], list[Note]]:
    """Read what is no plain text; the readers are imported where they are needed, for each brings a library."""
    if kind in WORKBOOKS:
        return _read_workbook(data, kind, plan)
    refuse_plan(plan)
    parts, notes = _read_document(data, kind)
    kept = sum(len(part.text) for part in parts)
    if kept > MAX_TEXT:
        raise UnreadableError("read.text_too_long", size=round(kept / 1e6, 1), limit=MAX_TEXT // 1_000_000)
    sections = sum(isinstance(part, Section) for part in parts)
    said = [Note("read.sections", {"count": sections})] if sections else []
    return parts, [Note("read.document", {"kind": kind.upper()}), *notes, *said]


def _read_document(data: bytes, kind: str) -> tuple[list[Part], list[Note]]:
    match kind:
        case "docx":
            from knowledge.word import read_docx

            return read_docx(data)
        case "pptx":
            from knowledge.slides import read_pptx

            return read_pptx(data)
        case "hwpx":
            from knowledge.hwpx import read_hwpx

            return read_hwpx(data)
        case "hwp":
            from knowledge.hwp import read_hwp

            return read_hwp(data)
        case "odt" | "odp":
            from knowledge.opendocument import read_opendocument

            return read_opendocument(data, kind)
        case "epub":
            from knowledge.epub import read_epub

            return read_epub(data)
        case "rtf":
            from knowledge.rtf import read_rtf

            return read_rtf(data)
        case "pdf":
            from knowledge.pdf import read_pdf

            return read_pdf(data)
    raise UnreadableError("read.data_file", format=kind.upper())


def _read_workbook(data: bytes, kind: str, plan: Plan) -> tuple[list[Part], list[Note]]:
    from knowledge.sheets import read_workbook

    book = read_workbook(data, kind)
    parts: list[Part] = []
    layouts = {sheet.name: plan.layout(sheet.rows, sheet.name) for sheet in book.sheets}
    notes = [Note("read.workbook", {"kind": kind.upper()}), *followed(plan, any(layouts.values()))]
    left_out = [sheet.name for sheet in book.sheets if (said := plan.of(sheet.name)) and said.left_out]
    for sheet in book.sheets:
        if sheet.name not in left_out:
            some, told = read_table(sheet.rows, sheet.name, layout=layouts[sheet.name])
            parts += some
            notes += told
    if left_out:
        notes.append(Note("read.left_out_sheets", {"sheets": ", ".join(f"'{name}'" for name in left_out)}))
    merged = sum(sheet.merged for sheet in book.sheets)
    notes += counted({"read.merged": merged, "read.pictures": book.pictures, "read.comments": book.comments})
    if book.hidden:
        notes.append(Note("read.hidden_sheets", {"sheets": ", ".join(f"'{name}'" for name in book.hidden)}))
    return parts, notes


def followed(plan: Plan, fits: bool) -> list[Note]:
    """Tell whether a plan was followed: that for an earlier file may not fit this one."""
    if not plan.sheets:
        return []
    return [Note(BY_HAND if fits or not plan.remembered else BY_HAND_ELSE)]


def refuse_plan(plan: Plan) -> None:
    """Refuse to look for columns in what is no table; a plan for an earlier file is of no use then."""
    if plan.sheets and not plan.remembered:
        raise UnreadableError("read.plan_no_table")


def _read_text(data: bytes, plan: Plan) -> tuple[str, list[Part], list[Note]]:
    decoded = decode_as(data, plan.encoding, remembered=plan.remembered)
    text = decoded.text
    if not text.strip():
        raise UnreadableError("read.empty")
    utf16 = decoded.encoding == "UTF-16"  # takes another particle in Korean
    notes = [Note("read.encoding_utf16") if utf16 else Note("read.encoding_used", {"encoding": decoded.encoding})]
    if decoded.lost:
        notes.append(Note("read.lost", {"count": decoded.lost}))
    kind, parts, said = _by_content(text, plan)
    return kind, parts, [*notes, *said]


def _by_content(text: str, plan: Plan) -> tuple[str, list[Part], list[Note]]:
    kind, values = as_json(text)
    if kind:
        refuse_plan(plan)
        entries, notes = read_values(values)
        if not entries and not any(map(has_answer, values)):
            raise UnreadableError("read.json_shape")
        return kind, list(entries), notes
    if text.lstrip().startswith("<"):
        from knowledge.webpages import is_html, read_html

        if is_html(text):
            refuse_plan(plan)
            return ("html", *read_html(text))
        _refuse_xml(text)
    table = table_of(text, plan)
    if table is not None:
        layout = plan.layout(table.rows, "")
        parts, notes = read_table(table.rows, layout=layout)
        said = followed(plan, layout is not None)
        return ("tsv" if table.delimiter == "\t" else "csv"), parts, [*said, *notes, *table.notes]
    markdown = is_markdown(text)
    parts, notes = read_markup(text, markdown=markdown)
    count = sum(isinstance(part, Entry) for part in parts)
    if len(parts) > count:
        notes.append(Note("read.sections", {"count": len(parts) - count}))
    return ("md" if markdown else "txt"), parts, notes


def table_of(text: str, plan: Plan) -> Delimited | None:
    """Return the table that a text is: one by the plan's delimiter, or whatever it seems to be."""
    if plan.delimiter and not (plan.remembered and plan.delimiter not in text):
        return Delimited(parse(text, plan.delimiter), plan.delimiter)
    table = as_table(text)
    if table is None and plan.sheets:
        delimiter = max(DELIMITERS, key=text[:SAMPLE].count)
        found = Delimited(parse(text, delimiter), delimiter)
        return found if plan.layout(found.rows, "") is not None else None
    return table


def _refuse_xml(text: str) -> None:
    """Refuse XML that is no page: tables of old Excel versions, Hangul documents, data."""
    start = text.lstrip()[:4_000]
    if "schemas-microsoft-com:office:spreadsheet" in start:
        raise UnreadableError("read.save_as_xlsx", format="XML")
    if "<HWPML" in start:
        raise UnreadableError("read.old_hwp", format="HWPML")
    if start.startswith("<?xml") or ("<!DOCTYPE" in start[:200] and "<!ENTITY" in start):
        raise UnreadableError("read.data_file", format="XML")
