"""Documents of Hangul as the tests need them: HWPX as a zip of XML, HWP 5 as records in a compound file."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import escape

PARAGRAPH = "http://www.hancom.co.kr/hwpml/2011/paragraph"
_NAMES = (
    f'xmlns:hp="{PARAGRAPH}" xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" '
    'xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head" xmlns:opf="http://www.idpf.org/2007/opf/"'
)
_FORMATS = ("^1.", "HANGUL_SYLLABLE")


def p(*inside: str, shape: int = 0) -> str:
    """A paragraph: runs of XML, or of text where it is none."""
    runs = "".join(f"<hp:run>{each if each.startswith('<') else t(each)}</hp:run>" for each in inside)
    return f'<hp:p paraPrIDRef="{shape}" styleIDRef="0">{runs}</hp:p>'


def t(text: str) -> str:
    """A piece of text; tabs and line breaks are elements."""
    said = escape(text).replace("\t", '<hp:tab width="4000"/>').replace("\n", "<hp:lineBreak/>")
    return f"<hp:t>{said}</hp:t>"


def table(rows: Sequence[Sequence[str]], spans: dict[tuple[int, int], tuple[int, int]] | None = None) -> str:
    """A table; ``spans``: rows and columns that a cell covers, the cells below it being left out."""
    spans = spans or {}
    covered = {
        (row + i, column + j)
        for (row, column), (down, across) in spans.items()
        for i in range(down)
        for j in range(across)
        if (i, j) != (0, 0)
    }
    lines = []
    for row, cells in enumerate(rows):
        line = ""
        for column, text in enumerate(cells):
            if (row, column) in covered:
                continue
            down, across = spans.get((row, column), (1, 1))
            inside = "".join(each if each.startswith("<hp:p") else p(each) for each in text.split("\n"))
            line += (
                f'<hp:tc><hp:subList>{inside}</hp:subList><hp:cellAddr colAddr="{column}" rowAddr="{row}"/>'
                f'<hp:cellSpan colSpan="{across}" rowSpan="{down}"/></hp:tc>'
            )
        lines.append(f"<hp:tr>{line}</hp:tr>")
    return f"<hp:tbl>{''.join(lines)}</hp:tbl>"


def hwpx(*sections: str, encrypted: bool = False, extra: dict[str, bytes] | None = None) -> bytes:
    """A HWPX file of these sections; shapes 1 to 3 are outlines, 4 is numbered 가., 5 has bullets."""
    shapes = [("NONE", "0", 0), *(("OUTLINE", "0", i) for i in range(3)), ("NUMBER", "2", 0), ("BULLET", "1", 0)]
    looks = "".join(
        f'<hh:paraPr id="{i}"><hh:heading type="{kind}" idRef="{key}" level="{level}"/></hh:paraPr>'
        for i, (kind, key, level) in enumerate(shapes)
    )
    numbering = (
        '<hh:numbering id="1">'
        + "".join(
            f'<hh:paraHead level="{i + 1}" start="1" numFormat="{kind}">{text}</hh:paraHead>'
            for i, (text, kind) in enumerate([("제^1장", "DIGIT"), ("^1.^2", "DIGIT"), ("(^3)", "DIGIT")])
        )
        + '</hh:numbering><hh:numbering id="2"><hh:paraHead level="1" start="1" numFormat="HANGUL_SYLLABLE">^1.'
        '</hh:paraHead></hh:numbering><hh:bullet id="1" char="&#xF09F;"/>'
    )
    items = "".join(f'<opf:item id="s{i}" href="Contents/section{i}.xml"/>' for i in range(len(sections)))
    spine = "".join(f'<opf:itemref idref="s{i}"/>' for i in range(len(sections)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/hwp+zip")
        manifest = "<manifest><encryption-data/></manifest>" if encrypted else "<manifest/>"
        archive.writestr("META-INF/manifest.xml", manifest)
        head = f"<hh:head {_NAMES}>{looks}{numbering}</hh:head>"
        archive.writestr("Contents/header.xml", head)
        archive.writestr(
            "Contents/content.hpf",
            f"<opf:package {_NAMES}><opf:manifest>{items}</opf:manifest><opf:spine>{spine}</opf:spine></opf:package>",
        )
        for i, section in enumerate(sections):
            about = '<hp:p><hp:run><hp:secPr outlineShapeIDRef="1"/></hp:run></hp:p>'
            archive.writestr(f"Contents/section{i}.xml", f"<hs:sec {_NAMES}>{about}{section}</hs:sec>")
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return file.getvalue()


# --- HWP 5


@dataclass
class Record:
    """A record and those inside it."""

    tag: int
    data: bytes = b""
    inside: list["Record"] = field(default_factory=list)

    def packed(self, level: int = 0) -> bytes:
        size = len(self.data)
        head = struct.pack("<I", self.tag | level << 10 | min(size, 0xFFF) << 20)
        head += struct.pack("<I", size) if size >= 0xFFF else b""
        return head + self.data + b"".join(each.packed(level + 1) for each in self.inside)


EXTENDED = {"tbl ": 11, "gso ": 11, "fn  ": 17, "secd": 2, "%%me": 3, "atno": 18}


def control(name: str, *inside: Record, data: bytes = b"") -> Record:
    """The record of a control, such as a table or a footnote."""
    return Record(71, name[::-1].encode() + data, list(inside))


def paragraph(text: str = "", *controls: Record, shape: int = 0) -> Record:
    """A paragraph; a sign of the code 1 in its text is the place of the next control, a tab takes eight signs."""
    units: list[int] = []
    waiting = list(controls)
    plain = text.isprintable()
    units += struct.unpack(f"<{len(text)}H", text.encode("utf-16-le")) if plain and text.isascii() else ()
    for character in text if not (plain and text.isascii()) else "":
        if character == "\x01":
            name = waiting.pop(0).data[:4]
            code = EXTENDED[name[::-1].decode()]
            units += [code, *struct.unpack("<2H", name), 0, 0, 0, 0, code]
        elif character == "\t":
            units += [9, 4000, 0, 256, 0, 0, 0, 9]
        elif character == "\n":
            units.append(10)
        else:
            units += struct.unpack(f"<{len(character.encode('utf-16-le')) // 2}H", character.encode("utf-16-le"))
    units.append(13)
    header = struct.pack("<IIHBB", len(units), 0, shape, 0, 0) + bytes(10)
    return Record(66, header, [Record(67, struct.pack(f"<{len(units)}H", *units)), *controls])


def hwp_table(cells: Sequence[tuple[int, int, int, int, Sequence[Record]]], rows: int, columns: int) -> Record:
    """A table of cells: row, column, rows and columns covered, paragraphs."""
    about = struct.pack("<IHH", 0, rows, columns) + bytes(10) + struct.pack(f"<{rows}H", *[columns] * rows) + bytes(4)
    inside = [Record(77, about)]
    for row, column, down, across, paragraphs in cells:
        place = struct.pack("<II4H", len(paragraphs), 0, column, row, across, down) + bytes(20)
        inside += [Record(72, place), *paragraphs]
    return control("tbl ", *inside)


def note(text: str) -> Record:
    """A footnote."""
    return control("fn  ", Record(72, struct.pack("<II", 1, 0)), paragraph(text))


def box(text: str) -> Record:
    """A box with text in it."""
    return control("gso ", Record(76, bytes(40), [Record(72, struct.pack("<II", 1, 0)), paragraph(text)]))


def docinfo() -> bytes:
    """Shapes: 0 plain, 1 and 2 outlines, 3 numbered, 4 with bullets."""
    numbering = b""
    for text, kind in [("제^1조", 0), ("^2.", 8), *[("^3)", 0)] * 5]:
        numbering += struct.pack("<IHHIH", kind << 5, 0, 0, 0, len(text)) + text.encode("utf-16-le")
    numbering += struct.pack("<H7I", 0, *[1] * 7)
    bullet = struct.pack("<IHHI", 0, 0, 0, 0) + "●".encode("utf-16-le")
    shapes = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (2, 1, 1), (3, 0, 1)]
    records = [Record(23, numbering), Record(24, bullet)]
    records += [
        Record(25, struct.pack("<I", kind << 23 | level << 25) + bytes(26) + struct.pack("<H", key) + bytes(20))
        for kind, level, key in shapes
    ]
    return b"".join(record.packed() for record in records)


def hwp(*sections: Sequence[Record], properties: int = 1, compressed: bool = True) -> bytes:
    """A HWP 5 file of these sections."""
    properties = properties | 1 if compressed else properties & ~1
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05010000, properties)
    about = control("secd", data=bytes(14) + struct.pack("<H", 1) + bytes(10))
    streams = {("FileHeader",): header, ("DocInfo",): docinfo()}
    for i, records in enumerate(sections):
        body = [paragraph("\x01", about), *records]
        streams["BodyText", f"Section{i}"] = b"".join(record.packed() for record in body)
    return compound(
        {path: _deflated(data) if compressed and path != ("FileHeader",) else data for path, data in streams.items()}
    )


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: dict[tuple[str, ...], bytes]) -> bytes:
    """A compound file; each stream is filled up to 4,096 bytes, so that none lies in the mini stream."""
    tree: dict[str, object] = {}
    for path, data in streams.items():
        at = tree
        for name in path[:-1]:
            at = at.setdefault(name, {})  # type: ignore[assignment]
        at[path[-1]] = data
    entries: list[list[object]] = []  # name, kind, next, child, data

    def add(level: dict[str, object]) -> int:
        indexes = []
        for name in sorted(level, key=lambda each: (len(each), each.upper())):
            value = level[name]
            entries.append([name, 2 if isinstance(value, bytes) else 1, _FREE, _FREE, value])
            indexes.append(len(entries) - 1)
        for one, following in pairwise(indexes):
            entries[one][2] = following
        for index in indexes:
            if isinstance(entries[index][4], dict):
                entries[index][3] = add(entries[index][4])  # type: ignore[arg-type]
        return indexes[0] if indexes else _FREE

    entries.append(["Root Entry", 5, _FREE, _FREE, b""])
    entries[0][3] = add(tree)
    return _sectors(entries)


def _sectors(entries: Sequence[Sequence[object]]) -> bytes:
    directory_size = -(-len(entries) // 4)
    contents = [e[4].ljust(4096, b"\0") if isinstance(e[4], bytes) and e[1] == 2 else b"" for e in entries]
    needed = directory_size + sum(-(-len(data) // 512) for data in contents)
    fat_size = -(-(needed + 8) // 127)
    fat = [_FAT] * fat_size + [fat_size + i + 1 for i in range(directory_size - 1)] + [_END]
    body, listed = b"", b""
    for entry, data in zip(entries, contents, strict=True):
        name, kind, following, child, _ = entry
        start = len(fat) if data else (_END if kind == 5 else 0)
        count = -(-len(data) // 512)
        fat += [start + i + 1 for i in range(count - 1)] + [_END] * bool(count)  # type: ignore[operator]
        body += data.ljust(count * 512, b"\0")
        letters = str(name).encode("utf-16-le") + b"\0\0"
        listed += letters.ljust(64, b"\0") + struct.pack("<HBB3I", len(letters), kind, 1, _FREE, following, child)
        listed += bytes(36) + struct.pack("<IQ", start, len(data))
    listed = listed.ljust(directory_size * 512, b"\0")
    fat += [_FREE] * (fat_size * 128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, fat_size, fat_size, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *[*range(fat_size), *[_FREE] * (109 - fat_size)])
    return header + struct.pack(f"<{len(fat)}I", *fat) + listed + body
