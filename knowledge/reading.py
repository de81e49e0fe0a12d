"""Documents to passages and prose: ``read`` finds out what a file is and has it read."""

from pathlib import PurePath

from knowledge.decoding import clean, decode
from knowledge.delimited import as_table
from knowledge.entries import Entry, Note, Part, Reading, Section, UnreadableError, counted
from knowledge.formats import MAX_BYTES, binary_kind
from knowledge.lines import as_json, has_answer, read_values
from knowledge.markup import is_markdown, read_markup
from knowledge.tables import read_table

MAX_TEXT = 5_000_000
"""Characters kept of one document that is no table."""

_WORKBOOKS = ("xlsx", "xls", "ods")
_LEFT_OUT = ("read.row_", "read.line_")


def read(name: str, data: bytes) -> Reading:
    """Read a document by its content; ``name`` only gives a title to prose that has none.

    Raises:
        UnreadableError: it cannot be read, and why.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError("read.too_large", size=round(len(data) / 1e6, 1), limit=MAX_BYTES // 1_000_000)
    if not data.strip():
        raise UnreadableError("read.empty")
    kind = binary_kind(data)
    kind, parts, notes = (kind, *_read_binary(data, kind)) if kind else _read_text(data)
    if not parts:
        left_out = next((note for note in notes if note.phrase.startswith(_LEFT_OUT)), Note("read.nothing"))
        if any(note.phrase in ("read.pictures", "read.charts") for note in notes):
            left_out = Note("read.only_pictures")
        raise UnreadableError(left_out.phrase, **left_out.values)
    stem = clean(PurePath(name).stem).strip()
    titled = (Section((stem,), p.text, p.page, p.rows) if isinstance(p, Section) and not p.titles else p for p in parts)
    return Reading(kind, tuple(titled), tuple(notes))


def _read_binary(data: bytes, kind: str) -> tuple[list[Part], list[Note]]:
    """Read what is no plain text; the readers are imported where they are needed, for each brings a library."""
    if kind in _WORKBOOKS:
        return _read_workbook(data, kind)
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


def _read_workbook(data: bytes, kind: str) -> tuple[list[Part], list[Note]]:
    from knowledge.sheets import read_workbook

    book = read_workbook(data, kind)
    parts: list[Part] = []
    notes = [Note("read.workbook", {"kind": kind.upper()})]
    for sheet in book.sheets:
        some, said = read_table(sheet.rows, sheet.name)
        parts += some
        notes += said
    merged = sum(sheet.merged for sheet in book.sheets)
    notes += counted({"read.merged": merged, "read.pictures": book.pictures, "read.comments": book.comments})
    if book.hidden:
        notes.append(Note("read.hidden_sheets", {"sheets": ", ".join(f"'{name}'" for name in book.hidden)}))
    return parts, notes


def _read_text(data: bytes) -> tuple[str, list[Part], list[Note]]:
    decoded = decode(data)
    text = decoded.text
    if not text.strip():
        raise UnreadableError("read.empty")
    utf16 = decoded.encoding == "UTF-16"  # takes another particle in Korean
    notes = [Note("read.encoding_utf16") if utf16 else Note("read.encoding_used", {"encoding": decoded.encoding})]
    if decoded.lost:
        notes.append(Note("read.lost", {"count": decoded.lost}))
    kind, parts, said = _by_content(text)
    return kind, parts, [*notes, *said]


def _by_content(text: str) -> tuple[str, list[Part], list[Note]]:
    kind, values = as_json(text)
    if kind:
        entries, notes = read_values(values)
        if not entries and not any(map(has_answer, values)):
            raise UnreadableError("read.json_shape")
        return kind, list(entries), notes
    if text.lstrip().startswith("<"):
        from knowledge.webpages import is_html, read_html

        if is_html(text):
            return ("html", *read_html(text))
        _refuse_xml(text)
    table = as_table(text)
    if table is not None:
        parts, notes = read_table(table.rows)
        return ("tsv" if table.delimiter == "\t" else "csv"), parts, [*notes, *table.notes]
    markdown = is_markdown(text)
    parts, notes = read_markup(text, markdown=markdown)
    count = sum(isinstance(part, Entry) for part in parts)
    if len(parts) > count:
        notes.append(Note("read.sections", {"count": len(parts) - count}))
    return ("md" if markdown else "txt"), parts, notes


def _refuse_xml(text: str) -> None:
    """Refuse XML that is no page: tables of old Excel versions, Hangul documents, data."""
    start = text.lstrip()[:4_000]
    if "schemas-microsoft-com:office:spreadsheet" in start:
        raise UnreadableError("read.save_as_xlsx", format="XML")
    if "<HWPML" in start:
        raise UnreadableError("read.old_hwp", format="HWPML")
    if start.startswith("<?xml") or ("<!DOCTYPE" in start[:200] and "<!ENTITY" in start):
        raise UnreadableError("read.data_file", format="XML")
