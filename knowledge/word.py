"""Word documents (DOCX): paragraphs with the numbers of their lists, headings, tables, notes and text boxes.

Written here because the library for it leaves out the numbers of lists ("제3조", "가.") and takes five times as long.
"""

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from knowledge.decoding import clean
from knowledge.entries import Note, Part, UnreadableError, counted
from knowledge.grids import Cell, to_rows
from knowledge.numbering import Numbers, bullet
from knowledge.outline import Line, as_table, read_outline
from knowledge.packages import Package
from knowledge.pairs import plain
from knowledge.wordstyles import Styles, read_lists, read_styles
from knowledge.xmltree import attribute, local, parse

LONGEST_HEADING = 150
"""Characters: a longer paragraph is text, whatever its style."""

_HEADERS = re.compile(r"^(?:header|footer)\d*\.xml$")
_MAIN = "word/document.xml"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}
_GONE = {"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "rt", "delInstrText", "annotationRef"}
_PICTURES, _CHARTS = {"pic", "imagedata"}, {"chart", "OLEObject", "relIds"}
_LINKED = ("http://", "https://", "mailto:", "tel:")


def read_docx(data: bytes) -> tuple[list[Part], list[Note]]:
    """Return the passages and the prose of a Word document, and what there is to say about them.

    Raises:
        UnreadableError: it is damaged, or made to exhaust the machine.
    """
    package = Package(data, "docx")
    name = _main(package)
    folder = posixpath.dirname(name)
    links = _relations(package, name)

    def beside(part: str) -> Element | None:
        place = f"{folder}/{part}"
        return parse(package.read(place), "docx") if place in package else None

    styles = beside("styles.xml")
    reader = _Reader(
        read_styles(styles) if styles is not None else Styles(), *read_lists(beside("numbering.xml")), links
    )
    for kind in ("footnote", "endnote"):
        root = beside(f"{kind}s.xml")
        for note in root if root is not None else ():
            if not attribute(note, "type"):
                reader.footnotes[kind, attribute(note, "id")] = note
    body = next((item for item in parse(package.read(name), "docx") if local(item) == "body"), None)
    if body is None:
        raise UnreadableError("read.broken", format="DOCX")
    parts, notes = read_outline(list(reader.lines(body)))
    comments = beside("comments.xml")
    reader.comments = sum(local(item) == "comment" for item in comments) if comments is not None else 0
    reader.headers = sum(
        _says(package.read(each)) for each in package.names if _HEADERS.match(posixpath.basename(each))
    )
    return parts, [*notes, *reader.notes()]


def _says(data: bytes) -> bool:
    return any((item.text or "").strip() for item in parse(data, "docx").iter() if local(item) == "t")


def _main(package: Package) -> str:
    relations = "_rels/.rels"
    for item in parse(package.read(relations), "docx") if relations in package else ():
        target = attribute(item, "Target").lstrip("/")
        if attribute(item, "Type").endswith("/officeDocument") and target in package:
            return target
    return _MAIN


def _relations(package: Package, name: str) -> dict[str, str]:
    """Return the addresses that links of the main part lead to."""
    place = f"{posixpath.dirname(name)}/_rels/{posixpath.basename(name)}.rels"
    items = parse(package.read(place), "docx") if place in package else ()
    return {attribute(item, "Id"): attribute(item, "Target") for item in items}


class _Reader:
    """Walks through the body and counts what it leaves out."""

    def __init__(self, styles: Styles, numbers: Numbers, lists: dict[str, str], links: dict[str, str]) -> None:
        self._styles, self._numbers, self._lists, self._links = styles, numbers, lists, links
        self.footnotes: dict[tuple[str, str], Element] = {}
        self._noted = 0
        self.pictures = self.charts = self.comments = self.headers = 0

    def notes(self) -> list[Note]:
        return counted({
            "read.pictures": self.pictures, "read.charts": self.charts, "read.comments": self.comments,
            "read.headers_left_out": self.headers,
        })  # fmt: skip

    def lines(self, parent: Element) -> Iterator[Line]:
        """Yield the lines of a body, a cell, a note or a text box."""
        for item in parent:
            kind = local(item)
            if kind == "p":
                yield from self._paragraph(item)
            elif kind == "tbl":
                yield from self._table(item)
            elif kind not in _GONE:  # what wraps paragraphs: content controls, accepted insertions
                yield from self.lines(item)

    def _paragraph(self, item: Element) -> Iterator[Line]:
        about = {local(each): each for each in item[0]} if len(item) and local(item[0]) == "pPr" else {}
        style = attribute(about["pStyle"], "val") if "pStyle" in about else self._styles.default
        pieces: list[tuple[str, bool]] = []
        after: list[Line] = []
        self._inside(item, pieces, after, bold=False)
        text = clean("".join(said for said, _ in pieces)).strip()
        level = self._styles.level(style)
        if "outlineLvl" in about:
            own = attribute(about["outlineLvl"], "val")
            level = int(own) + 2 if own.isdecimal() and int(own) < 9 else 0
        level = level if len(text) <= LONGEST_HEADING else 0
        if text:
            if not level and "*" not in text and all(bold for said, bold in pieces if said.strip()):
                text = "\n".join(f"**{line.strip()}**" if line.strip() else "" for line in text.split("\n"))
            yield Line(self._number(about, style) + text, level)
        yield from after

    def _number(self, about: dict[str, Element], style: str) -> str:
        key, depth = self._styles.list_of(style)
        for each in about.get("numPr", ()):
            value = attribute(each, "val")
            if local(each) == "numId":
                key = value
            elif local(each) == "ilvl" and value.isdecimal():
                depth = int(value)
        kind = self._lists.get(key, "")
        levels = self._numbers.lists.get(kind, ())
        if key == "0" or depth >= len(levels):
            return ""
        if levels[depth].kind == "BULLET":
            return f"{bullet(levels[depth].text)} "
        sign = self._numbers.next(kind, depth).strip()
        return f"{sign} " if sign else ""

    def _inside(self, item: Element, pieces: list[tuple[str, bool]], after: list[Line], *, bold: bool) -> None:
        for child in item:
            kind = local(child)
            if kind == "t":
                pieces.append((child.text or "", bold))
            elif kind in _SIGNS:
                pieces.append((_SIGNS[kind], True))
            elif kind == "sym":
                code = attribute(child, "char")
                pieces.append((bullet(chr(int(code, 16))) if _is_code(code) else "", bold))
            elif kind == "r":
                marks = {local(each): attribute(each, "val", "1") for each in child[0]} if len(child) else {}
                if marks.get("vanish", "0") in ("0", "false"):
                    self._inside(child, pieces, after, bold=marks.get("b", "0") not in ("0", "false"))
            elif kind in ("footnoteReference", "endnoteReference"):
                pieces.append((self._note(kind.removesuffix("Reference"), attribute(child, "id"), after), bold))
            elif kind == "hyperlink":
                self._link(child, pieces, after)
            elif kind == "AlternateContent":
                chosen = [each for each in child if local(each) == "Choice"] or list(child)
                self._inside(chosen[0], pieces, after, bold=bold) if chosen else None
            elif kind == "txbxContent":
                after += self.lines(child)
            elif kind not in _GONE:
                self.pictures += kind in _PICTURES
                self.charts += kind in _CHARTS
                self._inside(child, pieces, after, bold=bold)

    def _link(self, item: Element, pieces: list[tuple[str, bool]], after: list[Line]) -> None:
        said: list[tuple[str, bool]] = []
        self._inside(item, said, after, bold=False)
        text, target = "".join(each for each, _ in said), self._links.get(attribute(item, "id"), "")
        if target.startswith(_LINKED) and text.strip() and target.removeprefix("mailto:") != text.strip():
            said = [(f"[{text.strip()}]({target})", False)]
        pieces += said

    def _note(self, kind: str, key: str, after: list[Line]) -> str:
        note = self.footnotes.pop((kind, key), None)
        if note is None:
            return ""
        self._noted += 1
        said = " ".join(line.text for line in self.lines(note))
        after.append(Line(f"[{self._noted}] {said}"))
        return f"[{self._noted}]"

    def _table(self, table: Element) -> list[Line]:
        cells: list[Cell] = []
        only: list[Line] = []
        for at, row in enumerate(_children(table, "tr")):
            column = 0
            for item in _children(row, "tc"):
                about = {local(each): attribute(each, "val", "continue") for mark in item[:1] for each in mark}
                across = int(about["gridSpan"]) if about.get("gridSpan", "").isdecimal() else 1
                lines = list(self.lines(item))
                text = plain("\n".join(line.text for line in lines if line.text.strip()))
                above = next((i for i in range(len(cells) - 1, -1, -1) if cells[i].column == column), None)
                if about.get("vMerge") == "continue" and above is not None:
                    first = cells[above]
                    cells[above] = Cell(first.row, first.column, first.text, at - first.row + 1, first.across)
                else:
                    cells.append(Cell(at, column, text, 1, across))
                    only = lines
                column += across
        if len(cells) == 1:
            return only
        headed = any(local(each) == "tblHeader" for row in _children(table, "tr") for mark in row[:1] for each in mark)
        return as_table(to_rows(cells), headed=headed)


def _children(parent: Element, name: str) -> Iterator[Element]:
    """Yield rows or cells, also those that a content control or a tracked change wraps."""
    for item in parent:
        if local(item) == name:
            yield item
        elif local(item) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _children(item, name)


def _is_code(code: str) -> bool:
    return 0 < len(code) <= 4 and all(c in "0123456789abcdefABCDEF" for c in code)
