"""PDF files as the tests need them: Korean text with a map to its characters, lines, pictures, bookmarks."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Sheet:
    """A page: texts with their place and size, lines from point to point, and whether a picture fills it."""

    texts: list[tuple[float, float, float, str]] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    picture: bool = False

    def write(self, left: float, bottom: float, text: str, size: float = 10) -> "Sheet":
        """Add a line of text."""
        self.texts.append((left, bottom, size, text))
        return self

    def block(self, left: float, top: float, lines: Sequence[str], size: float = 10) -> float:
        """Add lines below each other; return where the next one would stand."""
        for line in lines:
            top -= 1.5 * size
            self.write(left, top, line, size)
        return top

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> "Sheet":
        """Draw the lines of a table."""
        self.lines += [(x, min(ys), x, max(ys)) for x in xs] + [(min(xs), y, max(xs), y) for y in ys]
        return self


def pdf(*sheets: Sheet, bookmarks: Sequence[tuple[int, str]] = (), mapped: bool = True, encrypt: bytes = b"") -> bytes:
    """A PDF file of A4 pages; every sign is as wide as the type is high, those of ASCII half of it."""
    used = sorted({c for sheet in sheets for *_, text in sheet.texts for c in text})
    entries = "".join(f"<{ord(c):04x}> <{c.encode('utf-16-be').hex()}>\n" for c in used)
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        f"1 begincodespacerange <0000> <ffff> endcodespacerange {len(used)} beginbfchar\n{entries}"
        "endbfchar endcmap end end"
    )
    parts: list[bytes] = [
        b"",  # the catalog, below
        b"",  # the pages, below
        b"<</Type/Font/Subtype/Type0/BaseFont/Malgun/Encoding/Identity-H/DescendantFonts[4 0 R]"
        + (b"/ToUnicode 6 0 R" if mapped else b"")
        + b">>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Malgun/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 1000/W[32 126 500]/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/Malgun/Flags 4/FontBBox[0 -200 1000 800]/ItalicAngle 0/Ascent 800"
        b"/Descent -200/CapHeight 700/StemV 80>>",
        _stream(to_unicode.encode()),
        _stream(bytes(3 * 4), b"/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceRGB/BitsPerComponent 8"),
    ]
    kids = []
    for sheet in sheets:
        parts.append(_stream(_drawn(sheet)))
        parts.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject<</I 7 0 R>>>>"
            b"/Contents %d 0 R>>" % len(parts)
        )
        kids.append(len(parts))
    parts[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    outline = b""
    if bookmarks:
        first = len(parts) + 2
        outline = b"/Outlines %d 0 R" % (len(parts) + 1)
        last = first + len(bookmarks) - 1
        parts.append(b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, len(bookmarks)))
        for at, (page, title) in enumerate(bookmarks):
            following = b"/Next %d 0 R" % (first + at + 1) if at + 1 < len(bookmarks) else b""
            hexed = (b"\xfe\xff" + title.encode("utf-16-be")).hex().encode()
            parent, dest = first - 1, kids[page - 1]
            parts.append(b"<</Title<%s>/Parent %d 0 R/Dest[%d 0 R/Fit]%s>>" % (hexed, parent, dest, following))
    parts[0] = b"<</Type/Catalog/Pages 2 0 R%s>>" % outline
    return _file(parts, encrypt)


def _drawn(sheet: Sheet) -> bytes:
    out = [f"{x} {y} m {to_x} {to_y} l S" for x, y, to_x, to_y in sheet.lines]
    for left, bottom, size, text in sheet.texts:
        codes = "".join(f"{ord(c):04x}" for c in text)
        out.append(f"BT /F1 {size} Tf {left} {bottom} Td <{codes}> Tj ET")
    if sheet.picture:
        out.append("q 500 0 0 700 40 60 cm /I Do Q")
    return "\n".join(out).encode()


def _stream(data: bytes, about: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (about, len(data), data)


def _file(parts: Sequence[bytes], encrypt: bytes) -> bytes:
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, encrypt, start)
    return out
