"""HWP 5, the binary format of Hangul: a compound file (olefile) whose sections are records in each other.

Written here because the library that reads both formats takes the inside of tabs for text, loses the lines of cells and
does not know where merged cells stand. The format: "한글 문서 파일 구조 5.0", which its maker has published.
"""

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import olefile  # type: ignore[import-untyped]

from knowledge.entries import Note, Part, UnreadableError, counted
from knowledge.grids import Cell
from knowledge.hangul import heading_level, in_cell, readable, table_lines
from knowledge.hwprecords import Record, all_records, levels_of, records_of, string_at, text_of
from knowledge.numbering import Numbers, bullet
from knowledge.outline import Line, read_outline

MAX_UNPACKED = 100_000_000
"""Bytes of the sections of a document: its pictures lie elsewhere, and unpacking takes twice as much for a moment."""
_NUMBERING, _BULLET, _PARAGRAPH_SHAPE = 23, 24, 25
_PARAGRAPH, _TEXT, _CONTROL, _LIST, _TABLE, _OLE, _PICTURE, _EQUATION = 66, 67, 71, 72, 77, 84, 85, 88
_COMPRESSED, _PASSWORD, _DISTRIBUTED, _DRM = 0x1, 0x2, 0x4, 0x10 | 0x100 | 0x400
_FAULTS = (OSError, struct.error, zlib.error, ValueError, IndexError, KeyError, TypeError, AttributeError, EOFError)
_SIGNATURE = b"HWP Document File"


@dataclass(slots=True)
class _Looks:
    """Of each form of paragraph its type (1 outline, 2 numbers, 3 bullets), level from 0, and list."""

    paragraphs: list[tuple[int, int, int]] = field(default_factory=list)
    numbers: Numbers = field(default_factory=lambda: Numbers({}))
    bullets: list[str] = field(default_factory=list)


def read_hwp(data: bytes) -> tuple[list[Part], list[Note]]:
    """Return the passages and the prose of a HWP 5 document, and what there is to say about them.

    Raises:
        UnreadableError: it is damaged, locked by a password, for distribution or by document security.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            header = file.openstream("FileHeader").read()
            if not header.startswith(_SIGNATURE):
                raise UnreadableError("read.old_office", format="Office")
            compressed = _check(struct.unpack_from("<I", header, 36)[0])
            streams = _Streams(file, compressed=compressed)
            looks = _looks(records_of(streams.read("DocInfo")))
            reader = _Reader(looks)
            lines = [line for name in _sections(file) for line in reader.section(records_of(streams.read(name)))]
    except _FAULTS as error:
        raise UnreadableError("read.broken", format="HWP") from error
    parts, notes = read_outline(lines)
    return parts, [*notes, *reader.notes()]


def _check(properties: int) -> bool:
    """Refuse what is locked; return whether the streams are compressed."""
    if properties & _PASSWORD:
        raise UnreadableError("read.password")
    if properties & _DRM:
        raise UnreadableError("read.drm", format="HWP")
    if properties & _DISTRIBUTED:
        raise UnreadableError("read.distribution", format="HWP")
    return bool(properties & _COMPRESSED)


def _sections(file: "olefile.OleFileIO") -> list[str]:
    names = [path[1] for path in file.listdir() if len(path) == 2 and path[0] == "BodyText"]
    numbered = sorted((int(name[7:]), name) for name in names if name.startswith("Section") and name[7:].isdecimal())
    if not numbered:
        raise UnreadableError("read.broken", format="HWP")
    return [f"BodyText/{name}" for _, name in numbered]


@dataclass(slots=True)
class _Streams:
    file: "olefile.OleFileIO"
    compressed: bool
    left: int = MAX_UNPACKED

    def read(self, name: str) -> bytes:
        """Return a stream, unpacked; all of them together may not exceed a limit."""
        data: bytes = self.file.openstream(name).read()
        if self.compressed:
            data = zlib.decompressobj(-15).decompress(data, self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise UnreadableError("read.bomb")
        return data


def _looks(records: Sequence[Record]) -> _Looks:
    looks = _Looks()
    for record in all_records(records):
        data = record.data
        if record.tag == _PARAGRAPH_SHAPE and len(data) >= 32:
            (about,) = struct.unpack_from("<I", data)
            (key,) = struct.unpack_from("<H", data, 30)
            looks.paragraphs.append((about >> 23 & 3, about >> 25 & 7, key))
        elif record.tag == _NUMBERING:
            looks.numbers.lists[str(len(looks.numbers.lists) + 1)] = levels_of(data)
        elif record.tag == _BULLET:
            looks.bullets.append(bullet(data[12:14].decode("utf-16-le", "replace")))
    return looks


class _Reader:
    """Walks through the paragraphs and counts what it leaves out."""

    def __init__(self, looks: _Looks) -> None:
        self._looks = looks
        self._outline = "1"
        self._notes = 0
        self.pictures = self.comments = self.charts = self.headers = 0

    def notes(self) -> list[Note]:
        return counted({
            "read.pictures": self.pictures, "read.charts": self.charts, "read.comments": self.comments,
            "read.headers_left_out": self.headers,
        })  # fmt: skip

    def section(self, records: Sequence[Record]) -> Iterator[Line]:
        """Yield the lines of a section or of another list of paragraphs."""
        for record in records:
            if record.tag == _PARAGRAPH:
                yield from self._paragraph(record)

    def _paragraph(self, record: Record) -> Iterator[Line]:
        controls = [each for each in record.inside if each.tag == _CONTROL]
        words = [self._word(control) for control in controls]
        data = b"".join(each.data for each in record.inside if each.tag == _TEXT)
        text = readable(text_of(data, [word for word, _ in words])).strip()
        shape = struct.unpack_from("<H", record.data, 8)[0] if len(record.data) >= 10 else 0
        known = shape < len(self._looks.paragraphs)
        kind, depth, key = self._looks.paragraphs[shape] if known else (0, 0, 0)
        if text:
            level = heading_level(text, depth + 1) if kind == 1 else 0
            yield Line(self._numbered(text, kind, depth, key), level)
        for _, after in words:
            yield from after

    def _numbered(self, text: str, kind: int, depth: int, key: int) -> str:
        sign = ""
        if kind == 3:
            sign = self._looks.bullets[key - 1] if 0 < key <= len(self._looks.bullets) else "-"
        elif kind:
            sign = self._looks.numbers.next(self._outline if kind == 1 else str(key), depth)
        return f"{readable(sign)} {text}" if sign.strip() else text

    def _word(self, control: Record) -> tuple[str, list[Line]]:
        """Return what a control puts into its paragraph, and the lines that come after it."""
        name = control.data[:4][::-1].decode("latin-1")
        if name == "tbl ":
            return "", self._table(control)
        if name in ("fn  ", "en  "):
            self._notes += 1
            number = f"[{self._notes}]"
            return number, [Line(f"{number} {self._all_text(control)}")]
        if name == "gso ":
            return "", self._shape(control)
        if name == "secd" and len(control.data) >= 20:
            self._outline = str(struct.unpack_from("<H", control.data, 18)[0])
        self.comments += name in ("tcmt", "%%me")
        self.headers += name in ("head", "foot") and bool(self._all_text(control))
        return _said(name, control), []

    def _shape(self, control: Record) -> list[Line]:
        """Return the text in a box and below a picture; shapes in a group have theirs deeper."""
        inside = list(all_records(control.inside))
        tags = [each.tag for each in inside]
        self.pictures += tags.count(_PICTURE)
        self.charts += tags.count(_OLE)
        return [line for each in (control, *inside) for line in self._lists(each) if _holds_list(each)]

    def _lists(self, record: Record) -> Iterator[Line]:
        if _holds_list(record):
            yield from self.section(record.inside)

    def _all_text(self, control: Record) -> str:
        return in_cell(list(self.section(control.inside))).replace("\n", " ")

    def _table(self, control: Record) -> list[Line]:
        """Return the caption and the cells: each list header says where its paragraphs stand."""
        before: list[Line] = []
        cells: list[tuple[Cell, list[Line]]] = []
        for header, paragraphs, in_table in _cells(control):
            lines = list(self.section(paragraphs))
            if in_table and len(header.data) >= 16:
                column, row, across, down = struct.unpack_from("<4H", header.data, 8)
                cells.append((Cell(row, column, in_cell(lines), down, across), lines))
            else:
                before += lines
        return [*before, *table_lines(cells)]


def _holds_list(record: Record) -> bool:
    return any(each.tag == _LIST for each in record.inside)


def _cells(control: Record) -> Iterator[tuple[Record, list[Record], bool]]:
    """Yield each list header of a table, its paragraphs, and whether it is a cell and not the caption."""
    header: Record | None = None
    paragraphs: list[Record] = []
    in_table = started = False
    for record in control.inside:
        if record.tag in (_LIST, _TABLE) and header is not None:
            yield header, paragraphs, started
            header, paragraphs = None, []
        in_table |= record.tag == _TABLE
        if record.tag == _LIST:
            header, started = record, in_table
            paragraphs = [each for each in record.inside if each.tag == _PARAGRAPH]
        elif record.tag == _PARAGRAPH:
            paragraphs.append(record)
    if header is not None:
        yield header, paragraphs, started


def _said(name: str, control: Record) -> str:
    """Return the words of an equation, the number of a figure, or a word with another above it."""
    data = control.data
    if name == "eqed":
        script = next((each.data for each in control.inside if each.tag == _EQUATION), b"")
        return string_at(script, 4)
    if name == "tdut":
        return string_at(data, 4)
    if name == "atno" and len(data) >= 10:
        about, number = struct.unpack_from("<IH", data, 4)
        return str(number) if about & 0xF in (3, 4, 5) else ""
    return ""
