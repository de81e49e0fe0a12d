"""What a file is, by its first bytes and its inside, never by its name."""

import re

from knowledge.entries import UnreadableError
from knowledge.packages import package_kind

MAX_BYTES = 20_000_000

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"HWP Document File", "HWP 3", "read.old_hwp"),
    (b"<## NASCA", "NASCA", "read.drm"),
    (b"SCDSA", "SoftCamp", "read.drm"),
    (b"\x9b DRMONE", "Fasoo", "read.drm"),
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
_WRAPPED = ((b"DRMONE", "Fasoo"), (b"Fasoo DRM", "Fasoo"), (b"MarkAny", "MarkAny"), (b"DOCUMENT SAFER", "MarkAny"))
_OLE = (  # names of streams as a compound file's directory holds them
    ("DRMEncryptedDataSpace", "Microsoft", "read.drm"),
    ("EncryptedPackage", "", "read.password"),
    ("WordDocument", "Word (DOC)", "read.old_word"),
    ("PowerPoint Document", "PowerPoint (PPT)", "read.old_slides"),
    ("HwpSummaryInformation", "hwp", ""),
    ("FileHeader", "hwp", ""),
    ("Workbook", "xls", ""),
    ("Book", "xls", ""),
    ("__substg1.0_", "Outlook (MSG)", "read.data_file"),
)


def binary_kind(data: bytes) -> str:
    """Return the kind of a document by its content, or an empty string for what may be a text.

    Raises:
        UnreadableError: it is of a format that is not read, and which.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        kind = package_kind(data)
        if not kind:
            raise UnreadableError("read.archive", format="ZIP")
        return kind
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:64].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"{\\rt"):
        return "rtf"
    _refuse_known(data)
    return ""


def _refuse_known(data: bytes) -> None:
    for mark, name in _WRAPPED if _CONTROL.search(data[:4_096]) else ():
        if mark in data[:2_048]:
            raise UnreadableError("read.drm", format=name)
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


def _ole_kind(data: bytes) -> str:
    for stream, kind, phrase in _OLE:
        if stream.encode("utf-16-le") in data:
            if phrase:
                raise UnreadableError(phrase, format=kind)
            return kind
    raise UnreadableError("read.old_office", format="Office")
