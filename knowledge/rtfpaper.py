"""The paragraphs and tables of a rich text while it is being read, and the code pages of its fonts."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.decoding import clean
from knowledge.outline import Line, as_table

CODE_PAGES = {  # the character sets of fonts
    128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(slots=True)
class Paper:
    """The lines written so far, and the paragraph, cell and row that are being written.

    ``continued``: which cells of the row only go on with the one above them.
    """

    lines: list[Line] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    continued: list[bool] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def paragraph(self, *, in_table: bool, level: int) -> None:
        """End a paragraph: of the text, or of a cell."""
        said = clean("".join(self.text)).strip()
        self.text.clear()
        if in_table:
            self.cell.append(said)
            return
        self.close_table()
        if said:
            self.lines.append(Line(said, level if len(said) <= 100 else 0))

    def close_cell(self) -> None:
        """End a cell."""
        self.cell.append(clean("".join(self.text)).strip())
        self.text.clear()
        self.row.append("\n".join(part for part in self.cell if part))
        self.cell.clear()

    def close_row(self) -> None:
        """End a row; a cell that goes on with the one above it has its text."""
        for at in range(len(self.row)) if self.rows else ():
            if at < min(len(self.continued), len(self.rows[-1])) and self.continued[at]:
                self.row[at] = self.rows[-1][at]
        if self.row:
            self.rows.append(self.row)
        self.row = []

    def close_table(self) -> None:
        """End a table, where there is one."""
        self.close_row()
        if self.cell:  # text after the last cell belongs to no row
            self.lines += [Line(part) for part in self.cell if part]
            self.cell.clear()
        if self.rows:
            self.lines += as_table(self.rows)
            self.rows = []


def code_page(number: int) -> str:
    """Return the codec of a code page by its number, the Western one where it is not known."""
    name = {1361: "johab", 10000: "mac_roman", 65001: "utf-8", 936: "gbk"}.get(number, f"cp{number}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def decoded(data: bytes, of_font: str, of_document: str) -> Iterator[str]:
    """Decode by the font's code page, and by the document's where that one cannot be."""
    if data.isascii():
        yield data.decode("ascii")
        return
    for name in dict.fromkeys([of_font, of_document, "cp949"]):
        try:
            if name:
                yield data.decode(name)
                return
        except UnicodeDecodeError:
            continue
    yield data.decode(of_document, errors="replace")
