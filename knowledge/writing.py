"""Tables as files that Excel opens: CSV, and XLSX written by hand (one plain sheet of text needs no library)."""

import csv
import io
import re
import string
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from knowledge.formulas import guarded

Rows = Sequence[Sequence[str]]
Hints = Sequence[tuple[str, str]]

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MOST_CELL = 32_767
"""Characters of a cell: Excel takes no more."""
WIDTHS = (12, 60)
_MOST_PINNED = 5
HINTED = 5_000
"""Rows in which a column says what belongs into it."""


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font>'
    '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
    '</fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" '
    'wrapText="1"/></xf><xf numFmtId="49" fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def csv_bytes(rows: Rows, delimiter: str = ",") -> bytes:
    """Return rows as CSV in UTF-8, with the mark by which Excel knows that it is; no cell becomes a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def xlsx_bytes(rows: Rows, sheet: str = "FAQ", hints: Hints = ()) -> bytes:
    """Return rows as a workbook of one sheet: all cells text, the first row in bold and always in view.

    ``hints``: what is shown beside the cells of each column while somebody is in one, a title and a text.
    """
    return workbook_bytes([(sheet, rows, 0)], hints)


def workbook_bytes(sheets: Sequence[tuple[str, Rows, int | None]], hints: Hints = ()) -> bytes:
    """Return sheets, each with its name, rows and the index of the row that names the columns, as a workbook.

    All cells are text; that row is in bold, and always in view with all above it. ``hints`` as for ``xlsx_bytes``.
    """
    numbers = range(1, len(sheets) + 1)
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
            for number in numbers
        )
        + "</Types>",
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(
            f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
            for number, name in zip(numbers, _names([name for name, _, _ in sheets]), strict=True)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            *(("worksheet", f"worksheets/sheet{number}.xml") for number in numbers), ("styles", "styles.xml")
        ),
    }
    for number, (_, rows, header) in zip(numbers, sheets, strict=True):
        files[f"xl/worksheets/sheet{number}.xml"] = _sheet(rows, header, hints)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, _XML + text)
        archive.writestr("xl/styles.xml", _STYLES)
    return packed.getvalue()


def _names(names: Sequence[str]) -> list[str]:
    """Return names that Excel takes: at most 31 characters, no brackets, slashes, ``:*?``, and each once."""
    taken: set[str] = set()
    found = []
    for given in names:
        plain = re.sub(r"[\[\]:*?/\\]", " ", _plain(given)).strip("' ")[:31] or "Sheet"
        name, number = plain, 2
        while name.casefold() in taken:
            name, number = f"{plain[:27]} ({number})"[:31], number + 1
        taken.add(name.casefold())
        found.append(name)
    return found


def _relations(*targets: tuple[str, str]) -> str:
    lines = (
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _sheet(rows: Rows, header: int | None, hints: Hints) -> str:
    narrow, wide = WIDTHS
    lengths = [max((len(cell) for cell in column), default=0) for column in _columns(rows)]
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{min(max(narrow, 2 * length), wide)}" customWidth="1"/>'
        for at, length in enumerate(lengths, 1)
    )
    lines = "".join(
        f"<row>{''.join(_cell(cell, int(at == header)) for cell in row)}</row>" for at, row in enumerate(rows)
    )
    top = 0 if header is None or header >= _MOST_PINNED else header + 1
    pane = f'<pane ySplit="{top}" topLeftCell="A{top + 1}" state="frozen"/>' if top else ""
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>{lines}</sheetData>{_hints(hints)}</worksheet>"
    )


def _hints(hints: Hints) -> str:
    """Return the input messages of columns: Excel shows one beside the cell that is chosen, and refuses nothing."""
    made = "".join(
        f'<dataValidation allowBlank="1" showInputMessage="1" promptTitle={quoteattr(_plain(title)[:32])} '
        f'prompt={quoteattr(_plain(text)[:255])} sqref="{letter}1:{letter}{HINTED}"/>'
        for letter, (title, text) in zip(string.ascii_uppercase, hints, strict=False)
    )
    return f'<dataValidations count="{min(len(hints), 26)}">{made}</dataValidations>' if hints else ""


def _columns(rows: Rows) -> list[list[str]]:
    """Return the first rows by column: enough to see how wide each is."""
    some = rows[:50]
    return [[row[at] for row in some if at < len(row)] for at in range(max(map(len, some), default=0))]


def _cell(text: str, style: int) -> str:
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{escape(_plain(text)[:MOST_CELL])}</t></is></c>'


def _plain(text: str) -> str:
    """Return the text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)
