"""Documents that are zip archives: which kind they are, whether they are safe to open, and their members."""

import io
import re
import zipfile
import zlib

from knowledge.entries import UnreadableError

MAX_UNPACKED = 200_000_000
MAX_MEMBERS = 5_000
MAX_RATIO = 200
MAX_CELLS = 2_000_000
"""A spreadsheet reader keeps the whole rectangle in memory: one cell far out would fill it."""

FAULTS = (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, NotImplementedError, EOFError, OSError, KeyError)
"""What opening a damaged archive raises."""

_KINDS = (  # a member of the archive, what it then is, and how it is refused ("": it is read)
    ("xl/workbook.xml", "xlsx", ""),
    ("xl/workbook.bin", "XLSB", "read.save_as_xlsx"),
    ("word/document.xml", "docx", ""),
    ("ppt/presentation.xml", "pptx", ""),
    ("Contents/content.hpf", "hwpx", ""),
    ("META-INF/container.xml", "epub", ""),
    ("Index/Document.iwa", "iWork", "read.iwork"),
    ("Index.zip", "iWork", "read.iwork"),
    ("index.apxl", "iWork", "read.iwork"),
)
_MIMETYPES = {
    "application/epub+zip": "epub",
    "application/hwp+zip": "hwpx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
_MAIN_PARTS = (  # as [Content_Types].xml of an Office file calls its main part, wherever that lies
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"presentationml.presentation.main+xml", "pptx"),
    (b"presentationml.slideshow.main+xml", "pptx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
)
_MACROS = (b"macroEnabled", b"vnd.ms-office.vbaProject")


def package_kind(data: bytes) -> str:
    """Return the kind of a document that is a zip archive, an empty string for an archive of files.

    Raises:
        UnreadableError: it is damaged, made to exhaust the machine, holds macros, or of a kind that is not read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_bomb(members)
            names = {member.filename for member in members}
            first = _start(archive, "mimetype") if "mimetype" in names else b""
            types = _start(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except FAULTS as error:
        raise UnreadableError("read.broken", format="ZIP") from error
    kind = _MIMETYPES.get(first[:80].strip().decode("ascii", "replace"), "")
    if any(mark in types for mark in _MACROS) or any(name.endswith("vbaProject.bin") for name in names):
        raise UnreadableError("read.macros")
    kind = kind or next((each for mark, each in _MAIN_PARTS if mark in types), "")
    for member, each, phrase in () if kind else _KINDS:
        if member in names:
            if phrase:
                raise UnreadableError(phrase, format=each)
            return each
    if not kind and (first or types):
        raise UnreadableError("read.data_file", format="OpenDocument" if first else "Office")
    return kind


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as content:
        return content.read(1_000_000)


def _refuse_bomb(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 10_000):
        raise UnreadableError("read.bomb")


# A cell that holds something; empty ones that only have a format take no room.
_CELL = re.compile(
    rb'<(?:\w{1,20}:)?c\b[^<>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"[^<>]{0,200}?(?<!/)>(?!</(?:\w{1,20}:)?c>)'
)
_ROW = re.compile(rb'<(?:\w{1,20}:)?row\b[^<>]{0,200}?\br="(\d{1,7})"')
_UNPLACED = re.compile(rb'<(?:\w{1,20}:)?c(?:>|\s(?![^<>]{0,200}\br=")[^<>]{0,200}(?<!/)>)(?!</(?:\w{1,20}:)?c>)')
_TAIL = 512
_DOCTYPE = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)")


def check_package(data: bytes, kind: str) -> None:
    """Unpack every member once, in pieces, to see that none is larger than it says, no sheet is too wide.

    XML with a document type is refused too: no Office program writes one, and its entities can fill the memory.

    Raises:
        UnreadableError: a member lies about its size, is damaged, defines entities, or a sheet spans too many cells.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                _check_member(archive, member, kind)
    except FAULTS as error:
        raise UnreadableError("read.broken", format=kind.upper()) from error


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, kind: str) -> None:
    if member.flag_bits & 1:
        raise UnreadableError("read.password")
    claimed, read = member.file_size, 0
    member.file_size += 1  # so that one byte more than claimed is seen: readers in other languages would go on
    sheet = member.filename.startswith("xl/worksheets/")
    xml = kind != "epub" and member.filename.endswith((".xml", ".rels", ".hpf", ".rdf"))
    rows = columns = 0
    tail = b""
    with archive.open(member) as content:
        while piece := content.read(1_000_000):
            read += len(piece)
            if read > claimed:
                raise UnreadableError("read.bomb")
            if xml and _DOCTYPE.search(tail + piece):
                raise UnreadableError("read.entities", format=kind.upper())
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


class Package:
    """The members of a zip document, unpacked one at a time.

    Every access raises UnreadableError where the archive is damaged.
    """

    def __init__(self, data: bytes, kind: str) -> None:
        check_package(data, kind)
        self.kind = kind
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = self._archive.namelist()

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def read(self, name: str) -> bytes:
        """Return a member; one that is missing makes the document a damaged one."""
        try:
            return self._archive.read(name)
        except FAULTS as error:
            raise UnreadableError("read.broken", format=self.kind.upper()) from error
