"""Zip archives as hostile or careless people write them: every field may be a lie."""

import struct
import zlib
from dataclasses import dataclass

UTF8, ENCRYPTED = 0x800, 0x1


@dataclass(frozen=True, slots=True)
class Packed:
    """A member of an archive; what is None is as it should be."""

    name: bytes
    content: bytes = b""
    method: int = 8
    flags: int = 0
    mode: int = 0
    claimed: int | None = None
    crc: int | None = None
    at: int | None = None
    system: int = 3
    extra: bytes = b""


def archive(*members: Packed, count: int | None = None, before: bytes = b"", comment: bytes = b"") -> bytes:
    """Return a zip archive; ``before``: bytes in front of it that its offsets do not count."""
    body, directory = bytearray(), bytearray()
    for member in members:
        packed = deflated(member.content) if member.method == 8 else member.content
        size = len(member.content) if member.claimed is None else member.claimed
        crc = zlib.crc32(member.content) if member.crc is None else member.crc
        shared = struct.pack("<HHHHHIII", 20, member.flags, member.method, 0, 0x21, crc, len(packed), size)
        lengths = struct.pack("<HH", len(member.name), len(member.extra))
        at = len(body) if member.at is None else member.at
        made_by = struct.pack("<BB", 20, member.system)
        attributes = struct.pack("<HHHII", 0, 0, 0, member.mode << 16, at)
        directory += b"PK\x01\x02" + made_by + shared + lengths + attributes + member.name + member.extra
        if member.at is None:
            body += b"PK\x03\x04" + shared + lengths + member.name + member.extra + packed
    number = min(len(members) if count is None else count, 0xFFFF)
    end = struct.pack("<HHHHIIH", 0, 0, number, number, len(directory), len(body), len(comment))
    return before + bytes(body) + bytes(directory) + b"PK\x05\x06" + end + comment


def deflated(content: bytes) -> bytes:
    """Return the bytes as an archive packs them."""
    packing = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return packing.compress(content) + packing.flush()
