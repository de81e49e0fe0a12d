"""What a file is, by its first bytes and its inside, never by its name."""

import io
import re
import zipfile

from knowledge.entries import UnreadableError

MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000
MAX_MEMBERS = 2_000
MAX_RATIO = 200
MAX_CELLS = 2_000_000
"""A spreadsheet reader keeps the whole rectangle in memory: one cell far out would fill it."""

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "PDF", "read.later"),
    (b"{\\rtf", "RTF", "read.later"),
    (b"HWP Document File", "HWP", "read.later"),
    (b"MZ", "EXE", "read.program"),
    (b"\x7fELF", "ELF", "read.program"),
    (b"\xcf\xfa\xed\xfe", "Mach-O", "read.program"),
    (b"\xca\xfe\xba\xbe", "Java/Mach-O", "read.program"),
    (b"\x89PNG\r\n", "PNG", "read.image"),
    (b"\xff\xd8\xff", "JPEG", "read.image"),
    (b"GIF8", "GIF", "read.image"),
    (b"BM", "BMP", "read.image"),
    (b"II*\x00", "TIFF", "read.image"),
    (b"MM\x00*", "TIFF", "read.image"),
    (b"8BPS", "PSD", "read.image"),
    (b"\x00\x00\x01\x00", "ICO", "read.image"),
    (b"ID3", "MP3", "read.media"),
    (b"\xff\xfb", "MP3", "read.media"),
    (b"OggS", "OGG", "read.media"),
    (b"fLaC", "FLAC", "read.media"),
    (b"\x1a\x45\xdf\xa3", "MKV/WEBM", "read.media"),
    (b"7z\xbc\xaf'\x1c", "7Z", "read.archive"),
    (b"Rar!", "RAR", "read.archive"),
    (b"\x1f\x8b", "GZIP", "read.archive"),
    (b"BZh", "BZIP2", "read.archive"),
    (b"\xfd7zXZ", "XZ", "read.archive"),
    (b"\x28\xb5\x2f\xfd", "ZSTD", "read.archive"),
    (b"EGGA", "EGG", "read.archive"),
    (b"ALZ\x01", "ALZ", "read.archive"),
    (b"SQLite format 3\x00", "SQLite", "read.data_file"),
    (b"PAR1", "Parquet", "read.data_file"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_ZIPS = (  # a member of the archive, what it then is, and how it is refused ("": it is read)
    ("xl/workbook.xml", "xlsx", ""),
    ("xl/workbook.bin", "XLSB", "read.save_as_xlsx"),
    ("word/document.xml", "Word (DOCX)", "read.later"),
    ("ppt/presentation.xml", "PowerPoint (PPTX)", "read.later"),
    ("Contents/content.hpf", "HWPX", "read.later"),
    ("META-INF/container.xml", "EPUB", "read.later"),
)
_MIMETYPES = {
    b"application/epub+zip": ("EPUB", "read.later"),
    b"application/hwp+zip": ("HWPX", "read.later"),
    b"application/vnd.oasis.opendocument.text": ("OpenDocument (ODT)", "read.later"),
    b"application/vnd.oasis.opendocument.spreadsheet": ("OpenDocument (ODS)", "read.save_as_xlsx"),
    b"application/vnd.oasis.opendocument.presentation": ("OpenDocument (ODP)", "read.later"),
}
_OLE = (  # names of streams as a compound file's directory holds them
    ("EncryptedPackage", "", "read.password"),
    ("WordDocument", "Word (DOC)", "read.old_office"),
    ("PowerPoint Document", "PowerPoint (PPT)", "read.old_office"),
    ("HwpSummaryInformation", "HWP", "read.later"),
    ("Workbook", "xls", ""),
    ("Book", "xls", ""),
    ("__substg1.0_", "Outlook (MSG)", "read.data_file"),
)


def binary_kind(data: bytes) -> str:
    """Return ``xlsx`` or ``xls``, or an empty string for what may be a text.

    Raises:
        UnreadableError: it is of a format that is not read, or not yet, and which.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_kind(data)
    if b"%PDF-" in data[:1024]:
        raise UnreadableError("read.later", format="PDF")
    for magic, name, phrase in _MAGIC:
        # "BM" or "MZ" may begin a text as well; a program or a picture goes on with controls.
        if data.startswith(magic) and (len(magic) > 3 or not magic.isalnum() or _CONTROL.search(data[:512])):
            raise UnreadableError(phrase, format=name)
    inner = data[4:12]
    if inner.startswith(b"ftyp"):
        image = inner[4:8] in (b"heic", b"heix", b"mif1", b"avif")
        raise UnreadableError("read.image" if image else "read.media", format="HEIC/AVIF" if image else "MP4")
    if data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        image = data[8:12] == b"WEBP"
        raise UnreadableError("read.image" if image else "read.media", format=data[8:12].decode().strip())
    if data[257:262] == b"ustar":
        raise UnreadableError("read.archive", format="TAR")
    return ""


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_bomb(members)
            names = {member.filename for member in members}
            first = archive.read("mimetype")[:80].strip() if "mimetype" in names else b""
    except UnreadableError:
        raise
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableError("read.broken", format="ZIP") from error
    if first in _MIMETYPES:
        name, phrase = _MIMETYPES[first]
        raise UnreadableError(phrase, format=name)
    for member, kind, phrase in _ZIPS:
        if member in names:
            if phrase:
                raise UnreadableError(phrase, format=kind)
            return kind
    raise UnreadableError("read.archive", format="ZIP")


def _refuse_bomb(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 10_000):
        raise UnreadableError("read.bomb")


def _ole_kind(data: bytes) -> str:
    for stream, kind, phrase in _OLE:
        if stream.encode("utf-16-le") in data:
            if phrase:
                raise UnreadableError(phrase, format=kind)
            return kind
    raise UnreadableError("read.old_office", format="Office")


# A cell that holds something; empty ones that only have a format take no room.
_CELL = re.compile(rb'<(?:\w{1,20}:)?c\b[^<>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"[^<>]{0,200}?(?<!/)>')
_ROW = re.compile(rb'<(?:\w{1,20}:)?row\b[^<>]{0,200}?\br="(\d{1,7})"')
_UNPLACED = re.compile(rb'<(?:\w{1,20}:)?c(?:>|\s(?![^<>]{0,200}\br=")[^<>]{0,200}(?<!/)>)')
_TAIL = 512


def check_xlsx(data: bytes) -> None:
    """Unpack every member once, in pieces, to see that none is larger than it says and no sheet is too wide.

    Raises:
        UnreadableError: a member lies about its size, is damaged, or a sheet spans too many cells.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                _check_member(archive, member)
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableError("read.broken", format="XLSX") from error


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    claimed, read = member.file_size, 0
    member.file_size += 1  # so that one byte more than claimed is seen: readers in other languages would go on
    sheet = member.filename.startswith("xl/worksheets/")
    rows = columns = 0
    tail = b""
    with archive.open(member) as content:
        while piece := content.read(1_000_000):
            read += len(piece)
            if read > claimed:
                raise UnreadableError("read.bomb")
            if sheet:
                high, wide = _extent(tail + piece)
                rows, columns = max(rows, high), max(columns, wide)
                tail = piece[-_TAIL:]
    if rows * columns > MAX_CELLS:
        raise UnreadableError("read.too_many_cells", cells=rows * columns, limit=MAX_CELLS)


def _extent(xml: bytes) -> tuple[int, int]:
    """Return the last row and the last column with a cell that holds something."""
    cells = _CELL.findall(xml)
    rows = max((int(number) for _, number in cells), default=0)
    columns = max((_column(letters) for letters in {letters for letters, _ in cells}), default=0)
    if _UNPLACED.search(xml):  # a cell may leave its place out: it is then in the row it stands in
        rows = max(rows, *map(int, _ROW.findall(xml)), 1)
        columns = max(columns, 1)
    return rows, columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
