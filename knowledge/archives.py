"""Zip archives of documents, as folders: what is in them, and each member on its own. Nothing is unpacked to disk.

The list of members is read here rather than by ``zipfile``: that takes a kilobyte of memory for every entry a hostile
archive lists, decodes Korean names as those of DOS in the USA, and knows nothing of members that overlap.
"""

import os
import re
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.entries import Note, UnreadableError
from knowledge.formats import MAX_BYTES

MAX_ARCHIVE = 200_000_000
MAX_UNPACKED = 200_000_000
MAX_MEMBERS = 2_000
MAX_RATIO = 200
SMALL = 10_000
"""Bytes packed that may unpack to any size below ``MAX_RATIO`` times of it: a short file of one letter packs well."""

_MAX_DIRECTORY = 2_000_000
_START, _EMPTY, _ENTRY, _END = b"PK\x03\x04", b"PK\x05\x06", b"PK\x01\x02", b"PK\x05\x06"
_END_SIZE, _ENTRY_SIZE, _LOCAL_SIZE = 22, 46, 30
_LONGEST_COMMENT = 65_535
_BEGINNING = 65_536
_STORED, _DEFLATED = 0, 8
_METHODS = {9: "Deflate64", 12: "BZIP2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_ENCRYPTED, _UTF8 = 0x1, 0x800
_DRIVE = re.compile(r"[A-Za-z]:")
_PACKAGES = frozenset(  # a document that happens to be a zip has one of these, and is read as a whole
    (
        "[Content_Types].xml", "mimetype", "META-INF/container.xml", "META-INF/manifest.xml", "META-INF/MANIFEST.MF",
        "AndroidManifest.xml", "Contents/content.hpf", "word/document.xml", "xl/workbook.xml", "xl/workbook.bin",
        "ppt/presentation.xml", "Index/Document.iwa", "Index.zip", "index.apxl",
    )
)  # fmt: skip

Source = Path | bytes


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name in there (with "/"), and where it lies; ``refusal``: why it is not read."""

    name: str
    source: Source
    offset: int
    packed: int
    size: int
    method: int
    crc: int
    refusal: Note | None = None

    def data(self) -> bytes:
        """Return the unpacked bytes.

        Raises:
            UnreadableError: it is refused, damaged, or not what the archive says of it.
        """
        if self.refusal:
            raise UnreadableError(self.refusal.phrase, **self.refusal.values)
        try:
            content = self._unpacked()
        except (OSError, struct.error, zlib.error) as error:
            raise UnreadableError("read.member_broken") from error
        if len(content) != self.size or zlib.crc32(content) != self.crc:
            raise UnreadableError("read.member_broken")
        return content

    def _unpacked(self) -> bytes:
        header = _bytes_at(self.source, self.offset, _LOCAL_SIZE)
        name, extra = struct.unpack("<HH", header[26:30])
        if not header.startswith(_START):
            raise UnreadableError("read.member_broken")
        packed = _bytes_at(self.source, self.offset + _LOCAL_SIZE + name + extra, self.packed)
        if self.method == _STORED:
            return packed
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        content = unpacking.decompress(packed, self.size + 1)
        return content if unpacking.eof or len(content) > self.size else b""


def members(source: Source) -> list[Member] | None:
    """Return the files of a zip archive in their order, None where ``source`` is no archive of files.

    Raises:
        UnreadableError: it is an archive that is damaged or made to exhaust the machine.
    """
    try:
        size = _size(source)
        if size is None or _bytes_at(source, 0, 4) not in (_START, _EMPTY) or size > MAX_ARCHIVE:
            return None
        start = _bytes_at(source, 0, _BEGINNING)
    except OSError:
        return None  # whoever reads the file itself says why
    try:
        entries = list(_entries(source, size))
    except (OSError, struct.error, UnreadableError) as error:
        if any(name.encode() in start for name in _PACKAGES):
            return None  # a damaged document: its reader has the words for that
        raise error if isinstance(error, UnreadableError) else UnreadableError("read.archive_broken") from error
    if any(entry.name in _PACKAGES for entry in entries):
        return None
    files = [entry for entry in entries if not entry.name.endswith("/")]
    if not files:
        raise UnreadableError("read.archive_empty")
    _refuse_bomb(files)
    return files


def _refuse_bomb(files: list[Member]) -> None:
    read = [file for file in files if not file.refusal]
    unpacked, packed = sum(file.size for file in read), sum(file.packed for file in read)
    ends = 0
    for file in sorted(files, key=lambda each: each.offset):
        if file.offset < ends:  # the same packed bytes stand for many members
            raise UnreadableError("read.archive_bomb", limit=MAX_UNPACKED // 1_000_000)
        ends = file.offset + _LOCAL_SIZE + file.packed
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, SMALL):
        raise UnreadableError("read.archive_bomb", limit=MAX_UNPACKED // 1_000_000)


def _entries(source: Source, size: int) -> Iterator[Member]:
    tail_size = min(size, _END_SIZE + _LONGEST_COMMENT)
    tail = _bytes_at(source, size - tail_size, tail_size)
    at = tail.rfind(_END)
    if at < 0:
        raise UnreadableError("read.archive_broken")
    count, length, offset = struct.unpack("<HII", tail[at + 10 : at + 20])
    if count > MAX_MEMBERS or length > _MAX_DIRECTORY:
        raise UnreadableError("read.archive_too_many", limit=MAX_MEMBERS)
    start = size - tail_size + at - length
    before = start - offset  # bytes in front of the archive, which its offsets do not know of
    if start < 0 or before < 0:
        raise UnreadableError("read.archive_broken")
    directory = _bytes_at(source, start, length)
    place = found = 0
    while place < length:
        if found == MAX_MEMBERS:
            raise UnreadableError("read.archive_too_many", limit=MAX_MEMBERS)
        head = directory[place : place + _ENTRY_SIZE]
        name_size, extra_size, comment_size = struct.unpack("<HHH", head[28:34])
        if not head.startswith(_ENTRY):
            raise UnreadableError("read.archive_broken")
        rest = directory[place + _ENTRY_SIZE :][: name_size + extra_size]
        yield _member(source, head, rest[:name_size], rest[name_size:], before)
        place += _ENTRY_SIZE + name_size + extra_size + comment_size
        found += 1


def _member(source: Source, head: bytes, raw: bytes, extra: bytes, before: int) -> Member:
    flags, method = struct.unpack("<HH", head[8:12])
    crc, packed, size = struct.unpack("<III", head[16:28])
    mode, offset = struct.unpack("<HI", head[40:46])
    said = _name(raw, extra, utf8=bool(flags & _UTF8))
    name = said if "/" in said else said.replace("\\", "/")
    refusal = _refusal(name, flags, method, packed, size, mode)
    if refusal and refusal.phrase == "read.member_outside":
        name = "/".join(part for part in _DRIVE.sub("", name).split("/") if part not in ("", ".", ".."))
    return Member(name, source, offset + before, packed, size, method, crc, refusal)


def _refusal(name: str, flags: int, method: int, packed: int, size: int, mode: int) -> Note | None:
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or _DRIVE.match(name):
        return Note("read.member_outside")
    if "\0" in name:
        return Note("read.member_name")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return Note("read.member_link")
    if flags & _ENCRYPTED:
        return Note("read.password")
    if method not in (_STORED, _DEFLATED):
        return Note("read.member_method", {"method": _METHODS.get(method, str(method))})
    if max(size, packed) > MAX_BYTES:
        return Note("read.too_large", {"size": round(max(size, packed) / 1e6, 1), "limit": MAX_BYTES // 1_000_000})
    if size > MAX_RATIO * max(packed, SMALL):
        return Note("read.archive_bomb", {"limit": MAX_UNPACKED // 1_000_000})
    return None


def _name(raw: bytes, extra: bytes, *, utf8: bool) -> str:
    """Return a member's name: marked as UTF-8, or as a Mac (UTF-8) or Windows in Korean (CP949) writes it unmarked."""
    if utf8:
        return raw.decode("utf-8", "replace")
    beside = _unicode_path(raw, extra)
    if beside:
        return beside
    for codec in ("utf-8", "cp949"):
        try:
            name = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if name.isascii() or any(_is_everyday_hangul(c) or "ᄀ" <= c <= "ᇿ" or "\u3000" < c < "\ua000" for c in name):
            return name
    return raw.decode("cp437")


def _is_everyday_hangul(character: str) -> bool:
    """Tell whether it is one of the 2,350 syllables of KS X 1001: what is no Korean read as CP949 gives others."""
    if not "가" <= character <= "힣":
        return False
    try:
        return len(character.encode("euc_kr")) == 2
    except UnicodeEncodeError:
        return False


def _unicode_path(raw: bytes, extra: bytes) -> str:
    """Return the name that the field 0x7075 holds beside an unmarked one; empty where there is none for this name."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        field = extra[4 : 4 + size]
        if kind == 0x7075 and len(field) > 5 and struct.unpack("<I", field[1:5])[0] == zlib.crc32(raw):
            return field[5:].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return ""


def _size(source: Source) -> int | None:
    """Return the size in bytes, None for what is no regular file."""
    if isinstance(source, bytes):
        return len(source)
    about = source.stat()
    return about.st_size if stat.S_ISREG(about.st_mode) else None


def _bytes_at(source: Source, offset: int, size: int) -> bytes:
    if isinstance(source, bytes):
        return source[offset : offset + size]
    with source.open("rb") as file:
        file.seek(offset, os.SEEK_SET)
        return file.read(size)
