"""OpenDocument texts and slides (ODT, ODP): headings, lists, tables, notes, and the number of each slide."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from knowledge.decoding import clean
from knowledge.entries import Note, Part, UnreadableError, counted
from knowledge.grids import MOST_CELLS, WIDEST, Cell, to_rows
from knowledge.outline import Line, as_table, read_outline
from knowledge.packages import Package
from knowledge.tables import numbers
from knowledge.xmltree import attribute, local, parse

MOST_SLIDES = 2_000
_CONTENT = "content.xml"
_LEFT_OUT = {"tracked-changes", "sequence-decls", "forms", "annotation", "ruby-text", "note-citation", "variable-decls"}
_FRAMES = {"frame", "text-box", "custom-shape", "rect", "ellipse", "g", "a", "section", "index-body", "text-content"}
_INDEXES = {"table-of-content", "illustration-index", "table-index", "alphabetical-index", "bibliography"}
_SPACE = re.compile(r"[ \t\r\n]+")
_REPEATED_SLIDE_PARTS = {"header", "footer", "date-time", "page-number"}


def read_opendocument(data: bytes, kind: str) -> tuple[list[Part], list[Note]]:
    """Return the passages and the prose of a text (``odt``) or of slides (``odp``), and what to say about them.

    Raises:
        UnreadableError: it is damaged, protected by a password, made to exhaust the machine, or has too many slides.
    """
    package = Package(data, kind)
    manifest = "META-INF/manifest.xml"
    if manifest in package and b"encryption-data" in package.read(manifest):
        raise UnreadableError("read.password")
    root = parse(package.read(_CONTENT), kind)
    reader = _Reader(root)
    body = next((each for each in root.iter() if local(each) in ("text", "presentation") and len(each)), None)
    lines = list(reader.lines(body)) if body is not None else []
    parts, notes = read_outline(lines)
    slides = [Note("read.slides", {"count": reader.slides})] if reader.slides else []
    return parts, [*slides, *notes, *reader.notes()]


class _Reader:
    """Walks through a body and counts what it leaves out."""

    def __init__(self, root: Element) -> None:
        self.slides = self.pictures = self.charts = self.comments = self._notes = 0
        self.hidden: list[int] = []
        self._unseen = {attribute(style, "name") for style in root.iter() if local(style) == "style" and _hidden(style)}

    def notes(self) -> list[Note]:
        notes = counted({
            "read.pictures": self.pictures, "read.charts": self.charts, "read.comments": self.comments,
        })  # fmt: skip
        if self.hidden:
            notes.append(Note("read.hidden_slides", {"slides": numbers(self.hidden)}))
        return notes

    def lines(self, parent: Element, page: int | None = None, mark: str = "") -> Iterator[Line]:
        """Yield the lines of what stands in an element; ``mark`` goes before the first one of a list's item."""
        for item in parent:
            kind = local(item)
            if kind == "page":
                yield from self._slide(item)
            elif kind in ("p", "h"):
                for line in self._paragraph(item, page):
                    yield Line(mark + line.text, line.level, line.page, line.rows) if mark else line
                    mark = ""
            elif kind == "list":
                yield from self._list(item, page)
            elif kind == "table":
                yield from as_table(self._rows(item), page)
            elif kind == "notes":
                yield from self._speaker(item, page)
            elif kind == "annotation":
                self.comments += 1
            elif kind not in _LEFT_OUT and kind not in _INDEXES:
                yield from self._frame(item, page)

    def _frame(self, item: Element, page: int | None) -> Iterator[Line]:
        kind = local(item)
        texts = any(local(each) in ("p", "h", "table") for each in item.iter())
        self.pictures += kind == "image" and not texts
        self.charts += kind == "object"
        if attribute(item, "class") in _REPEATED_SLIDE_PARTS:
            return
        if attribute(item, "class") == "title":
            return  # it is the heading of its slide
        yield from self.lines(item, page)

    def _slide(self, item: Element) -> Iterator[Line]:
        self.slides += 1
        if self.slides > MOST_SLIDES:
            raise UnreadableError("read.too_many_pages", pages=self.slides, limit=MOST_SLIDES)
        if attribute(item, "style-name") in self._unseen:
            self.hidden.append(self.slides)
            return
        frames = [each for each in item if attribute(each, "class") == "title"]
        texts = [text for frame in frames for each in frame.iter() if local(each) == "p" for text in [_plain(each)]]
        yield Line(" ".join(text for text in texts if text), 1, self.slides)
        yield from self.lines(item, self.slides)

    def _speaker(self, item: Element, page: int | None) -> Iterator[Line]:
        for frame in item:
            if attribute(frame, "class") == "notes":
                yield from self.lines(frame, page)

    def _list(self, item: Element, page: int | None) -> Iterator[Line]:
        for each in item:
            if local(each) in ("list-item", "list-header"):
                yield from self.lines(each, page, "- " if local(each) == "list-item" else "")

    def _paragraph(self, item: Element, page: int | None) -> Iterator[Line]:
        texts: list[str] = []
        after: list[Line] = []
        self._inside(item, texts, after, page)
        text = clean("".join(texts)).strip()
        level = attribute(item, "outline-level", "1")
        if text:
            yield Line(text, int(level) if local(item) == "h" and level.isdecimal() else 0, page)
        yield from after

    def _inside(self, item: Element, texts: list[str], after: list[Line], page: int | None) -> None:
        texts.append(_SPACE.sub(" ", item.text or ""))
        for child in item:
            kind = local(child)
            if kind == "s":
                count = attribute(child, "c", "1")
                texts.append(" " * min(int(count) if count.isdecimal() else 1, 100))
            elif kind in ("tab", "line-break"):
                texts.append("\t" if kind == "tab" else "\n")
            elif kind == "note":
                self._notes += 1
                texts.append(f"[{self._notes}]")
                body = next((each for each in child if local(each) == "note-body"), child)
                said = " ".join(line.text for line in self.lines(body))
                after.append(Line(f"[{self._notes}] {said}", page=page))
            elif kind == "annotation":
                self.comments += 1
            elif kind in _FRAMES and kind != "a":
                after += self._frame(child, page)
            elif kind not in _LEFT_OUT:
                self._inside(child, texts, after, page)
            texts.append(_SPACE.sub(" ", child.tail or ""))

    def _rows(self, table: Element) -> list[list[str]]:
        cells: list[Cell] = []
        for at, row in enumerate(_table_rows(table)):
            column = 0
            for cell in row:
                if local(cell) == "table-cell":
                    text = "\n".join(line.text for line in self.lines(cell))
                    down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
                    repeated = _count(cell, "number-columns-repeated") if text else 1
                    cells += [Cell(at, column + i, text, down, across) for i in range(repeated)]
                column += _count(cell, "number-columns-repeated")
        return to_rows(cells)


def _table_rows(table: Element) -> Iterator[Element]:
    for item in table:
        if local(item) == "table-row":
            yield item
        elif local(item) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _table_rows(item)


def _count(item: Element, name: str) -> int:
    value = attribute(item, name, "1")
    return min(int(value), WIDEST if "columns" in name else MOST_CELLS) if value.isdecimal() and len(value) < 9 else 1


def _plain(item: Element) -> str:
    return " ".join("".join(item.itertext()).split())


def _hidden(style: Element) -> bool:
    return any(attribute(each, "visibility") == "hidden" for each in style if local(each) == "drawing-page-properties")
