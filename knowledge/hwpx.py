"""HWPX, the open format of Hangul: paragraphs, numbered as a person reads them, tables, text boxes and notes.

Written here because the library that reads both formats loses what follows a tab or a line break, the lines of cells
and the order of more than ten sections. The format: KS X 6101.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from knowledge.entries import Note, Part, UnreadableError, counted
from knowledge.grids import Cell
from knowledge.hangul import heading_level, in_cell, readable, table_lines
from knowledge.numbering import Level, Numbers, bullet
from knowledge.outline import Line, read_outline
from knowledge.packages import Package
from knowledge.xmltree import attribute, local, parse

_PACKAGE = "Contents/content.hpf"
_BREAKS = {"tab": "\t", "lineBreak": "\n", "nbSpace": " ", "fwSpace": " ", "hyphen": "-"}
_SHAPES = {"rect", "ellipse", "polygon", "curve", "arc", "line", "connectLine", "container", "textart"}
_PICTURES = {"pic", "ole", "chart", "video"}
_SAYING = {"equation", "edit", "compose", "dutmal", "checkBtn", "radioBtn", "comboBox", "btn"}
_WORDS = ("script", "text", "mainText", "subText")


@dataclass(slots=True)
class _Looks:
    """What the header says: of each form of paragraph its list and level, of lists and bullets their signs."""

    paragraphs: dict[str, tuple[str, str, int]] = field(default_factory=dict)  # type, list, level from 0
    numbers: Numbers = field(default_factory=lambda: Numbers({}))
    bullets: dict[str, str] = field(default_factory=dict)


def read_hwpx(data: bytes) -> tuple[list[Part], list[Note]]:
    """Return the passages and the prose of a HWPX document, and what there is to say about them.

    Raises:
        UnreadableError: it is damaged, protected by a password, or made to exhaust the machine.
    """
    package = Package(data, "hwpx")
    manifest = "META-INF/manifest.xml"
    if manifest in package and b"encryption-data" in package.read(manifest):
        raise UnreadableError("read.password")
    names = _sections(package)
    if not names:
        raise UnreadableError("read.broken", format="HWPX")
    reader = _Reader(_looks(package))
    lines = [line for name in names for line in reader.section(parse(package.read(name), "hwpx"))]
    parts, notes = read_outline(lines)
    return parts, [*notes, *reader.notes()]


def _sections(package: Package) -> list[str]:
    """Return the names of the sections in the order that the package gives, or by their number."""
    found = [name for name in package.names if posixpath.basename(name).startswith("section") and name.endswith(".xml")]
    found.sort(key=lambda name: (len(name), name))
    if _PACKAGE not in package:
        return found
    root = parse(package.read(_PACKAGE), "hwpx")
    places = {attribute(item, "id"): attribute(item, "href") for item in root.iter() if local(item) == "item"}
    spine = [places.get(attribute(item, "idref"), "") for item in root.iter() if local(item) == "itemref"]
    known = {posixpath.basename(name): name for name in found}
    ordered = [known[posixpath.basename(href)] for href in spine if posixpath.basename(href) in known]
    return list(dict.fromkeys(ordered)) or found


def _looks(package: Package) -> _Looks:
    name = next((each for each in package.names if posixpath.basename(each) == "header.xml"), "")
    looks = _Looks()
    for item in parse(package.read(name), "hwpx").iter() if name else ():
        kind, key = local(item), attribute(item, "id")
        if kind == "paraPr":
            heading = next((each for each in item.iter() if local(each) == "heading"), None)
            if heading is not None:
                level = attribute(heading, "level")
                about = (attribute(heading, "type"), attribute(heading, "idRef"), int(level) if level.isdigit() else 0)
                looks.paragraphs[key] = about
        elif kind == "numbering":
            looks.numbers.lists[key] = tuple(_level(each) for each in item if local(each) == "paraHead")
        elif kind == "bullet":
            looks.bullets[key] = attribute(item, "char")
    return looks


def _level(item: Element) -> Level:
    start = attribute(item, "start", "1")
    return Level(item.text or "", attribute(item, "numFormat"), int(start) if start.isdecimal() else 1)


class _Reader:
    """Walks through the paragraphs and counts what it leaves out."""

    def __init__(self, looks: _Looks) -> None:
        self._looks = looks
        self._outline = ""
        self._notes = 0
        self._deleted = False
        self.pictures = self.comments = self.charts = self.headers = 0

    def notes(self) -> list[Note]:
        return counted({
            "read.pictures": self.pictures, "read.charts": self.charts, "read.comments": self.comments,
            "read.headers_left_out": self.headers,
        })  # fmt: skip

    def section(self, root: Element) -> Iterator[Line]:
        """Yield the lines of a section."""
        about = next((each for each in root.iter() if local(each) == "secPr"), None)
        self._outline = attribute(about, "outlineShapeIDRef") if about is not None else self._outline
        yield from self._paragraphs(root)

    def _paragraphs(self, parent: Element) -> Iterator[Line]:
        """Yield the lines of a list; some programs write tables beside paragraphs instead of inside them."""
        for item in parent:
            if local(item) == "p":
                yield from self._paragraph(item)
            elif local(item) in ("tbl", *_SHAPES):
                after: list[Line] = []
                self._inside(item, [], after)
                yield from after

    def _paragraph(self, item: Element) -> Iterator[Line]:
        texts: list[str] = []
        after: list[Line] = []
        for run in item:
            for each in run if local(run) == "run" else (run,):
                self._inside(each, texts, after)
        text = readable("".join(texts)).strip()
        kind, key, depth = self._looks.paragraphs.get(attribute(item, "paraPrIDRef"), ("", "", 0))
        level = heading_level(text, depth + 1) if kind == "OUTLINE" else 0
        if text:
            yield Line(self._numbered(text, kind, key, depth), level)
        yield from after

    def _numbered(self, text: str, kind: str, key: str, depth: int) -> str:
        if kind == "BULLET":
            sign = bullet(self._looks.bullets.get(key, ""))
        elif kind in ("NUMBER", "OUTLINE"):
            sign = self._looks.numbers.next(self._outline if kind == "OUTLINE" else key, depth)
        else:
            sign = ""
        return f"{readable(sign)} {text}" if sign.strip() else text

    def _inside(self, item: Element, texts: list[str], after: list[Line]) -> None:
        kind = local(item)
        if kind == "t":
            self._text(item, texts)
        elif kind == "tbl":
            after += self._captions(item)
            after += self._table(item)
        elif kind in ("footNote", "endNote"):
            self._notes += 1
            texts.append(f"[{self._notes}]")
            after.append(Line(f"[{self._notes}] {self._all(item)}"))
        elif kind in _PICTURES:
            self.pictures += kind == "pic"
            self.charts += kind != "pic"
            after += self._captions(item)
        elif kind in _SHAPES and attribute(item, "dropcapstyle", "None") != "None":
            texts.insert(0, "".join(line.text for child in item.iter() for line in self._drawn(child)))
        elif kind in _SHAPES:
            after += [line for child in item.iter() for line in self._drawn(child)]
            after += self._captions(item)
            self.pictures += sum(local(child) == "pic" for child in item.iter())
        elif kind == "fieldBegin":
            self.comments += attribute(item, "type") == "MEMO"
        elif kind in _SAYING:
            texts.append(_said(item))
        elif kind == "autoNum" and attribute(item, "numType") in ("PICTURE", "TABLE", "EQUATION"):
            texts.append(attribute(item, "num"))
        elif kind == "ctrl":
            for child in item:
                self.comments += local(child) == "hiddenComment"
                self.headers += local(child) in ("header", "footer") and bool(self._all(child))
                self._inside(child, texts, after)

    def _text(self, item: Element, texts: list[str]) -> None:
        """Take text with its tabs and breaks; what a tracked change has deleted is gone."""
        self._take(item.text, texts)
        for child in item:
            kind = local(child)
            if kind in ("deleteBegin", "deleteEnd"):
                self._deleted = kind == "deleteBegin"
            self._take(_BREAKS.get(kind), texts)
            self._take(child.tail, texts)

    def _take(self, text: str | None, texts: list[str]) -> None:
        if text and not self._deleted:
            texts.append(text)

    def _drawn(self, item: Element) -> Iterator[Line]:
        return self._lists(item) if local(item) == "drawText" else iter(())

    def _lists(self, item: Element) -> Iterator[Line]:
        for child in item:
            if local(child) == "subList":
                yield from self._paragraphs(child)
            elif local(child) == "p":
                yield from self._paragraph(child)

    def _all(self, item: Element) -> str:
        return in_cell(list(self._lists(item))).replace("\n", " ")

    def _captions(self, item: Element) -> Iterator[Line]:
        for child in item:
            if local(child) == "caption":
                yield from self._lists(child)

    def _table(self, item: Element) -> list[Line]:
        cells: list[tuple[Cell, list[Line]]] = []
        for at, row in enumerate(each for each in item if local(each) == "tr"):
            for column, cell in enumerate(each for each in row if local(each) == "tc"):
                place = {key: value for child in cell for key, value in child.attrib.items()}
                lines = list(self._lists(cell))
                where = (
                    _number(place, "rowAddr", at), _number(place, "colAddr", column), in_cell(lines),
                    _number(place, "rowSpan", 1), _number(place, "colSpan", 1),
                )  # fmt: skip
                cells.append((Cell(*where), lines))
        first = next((each for each in item if local(each) == "tr"), None)
        headed = first is not None and all(attribute(each, "header") == "1" for each in first if local(each) == "tc")
        return table_lines(cells, headed=headed)


def _number(attributes: dict[str, str], name: str, default: int) -> int:
    value = attributes.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 9 else default


def _said(item: Element) -> str:
    """Return the words of an equation, a field to fill in, or a word with another above it."""
    texts = [
        attribute(item, "composeText"),
        attribute(item, "caption"),
        *(each.text or "" for each in item.iter() if local(each) in _WORDS),
    ]
    return " ".join(text.strip() for text in texts if text.strip())
