"""What a file is by its content: each format that is not read is named, with what to do."""

import io
import os
import unicodedata
import zipfile

import pytest

from bot.notes import sentence
from bot.phrases import PHRASES
from knowledge.entries import UnreadableError
from knowledge.formats import MAX_BYTES
from knowledge.reading import read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def ole(stream: str) -> bytes:
    return OLE + bytes(504) + stream.encode("utf-16-le") + bytes(512)


REFUSED = {
    "XLSB": zipped(**{"xl/workbook.bin": b""}),
    "iWork": zipped(**{"Index/Document.iwa": b""}),
    "OpenDocument": zipped(mimetype=b"application/vnd.oasis.opendocument.graphics"),
    "Word (DOC)": ole("WordDocument"),
    "PowerPoint (PPT)": ole("PowerPoint Document"),
    "Outlook (MSG)": ole("__substg1.0_1000001F"),
    "ZIP": zipped(**{"faq.csv": b"q,a"}),
    "7Z": b"7z\xbc\xaf'\x1c" + bytes(50),
    "GZIP": b"\x1f\x8b\x08" + bytes(50),
    "EXE": b"MZ\x90\x00" + bytes(100),
    "ELF": b"\x7fELF" + bytes(100),
    "PNG": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "JPEG": b"\xff\xd8\xff\xe0" + bytes(50),
    "WEBP": b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(50),
    "MP4": b"\x00\x00\x00\x18ftypmp42" + bytes(50),
    "HEIC/AVIF": b"\x00\x00\x00\x18ftypheic" + bytes(50),
    "MP3": b"ID3\x04\x00\x00" + bytes(50),
    "SQLite": b"SQLite format 3\x00" + bytes(50),
    "TAR": bytes(257) + b"ustar\x0000" + bytes(300),
    "XML": b'<?xml version="1.0"?><data><a>b</a></data>',
    "HWPML": b'<?xml version="1.0"?><HWPML Version="2.8"></HWPML>',
    "HWP 3": b"HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05" + bytes(100),
    "NASCA": b"<## NASCA DRM FILE - VER1.00 ##>" + bytes(range(100)),
    "Fasoo": b"\x9b DRMONE  This Document is encrypted and protected by Fasoo DRM" + bytes(range(100)),
    "SoftCamp": b"SCDSA004" + bytes(range(100)),
    "MarkAny": b"\x01\x02MarkAny" + bytes(range(100)),
    "Microsoft": ole("DRMEncryptedDataSpace"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_each_format_is_named_whatever_the_file_is_called(name: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read("faq.csv", REFUSED[name])
    for language in ("ko", "en"):
        said = sentence(refused.value.note, language)  # type: ignore[arg-type]
        assert name in said
        assert said.endswith((".", "요."))


@pytest.mark.parametrize(
    ("data", "phrase"),
    [
        (b"", "read.empty"),
        (b" \r\n\t \n", "read.empty"),
        (b"\xef\xbb\xbf", "read.empty"),
        (b"x" * (MAX_BYTES + 1), "read.too_large"),
        (b"PK\x03\x04 and then nothing", "read.broken"),
        (OLE + os.urandom(2_000), "read.old_office"),
        (b"# \n\n---\n", "read.nothing"),
        (b"<html><body><script>x</script></body></html>", "read.nothing"),
    ],
)
def test_nothing_to_read(data: bytes, phrase: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read("faq.csv", data)
    assert refused.value.note.phrase == phrase


@pytest.mark.parametrize(
    "text", ["MZ세대를 위한 안내입니다.", "BMW 차량 안내: 주차는 지하 2층입니다.", "PKI 인증서는 매년 바꿉니다."]
)
def test_a_text_that_begins_like_a_program(text: str) -> None:
    assert read("안내.txt", text.encode()).kind == "txt"


def test_names_of_every_kind() -> None:
    decomposed = unicodedata.normalize("NFD", "자주 묻는 질문.txt")
    assert read(decomposed, "내용입니다".encode()).parts[0].titles == ("자주 묻는 질문",)  # type: ignore[union-attr]
    for name in ("이름" * 150 + ".txt", "", "../../etc/passwd", "a\x00b", ".txt"):
        assert read(name, "내용입니다".encode()).kind == "txt"


@pytest.mark.parametrize("seed", range(8))
def test_garbage_behind_every_magic_number(seed: int) -> None:
    """Whatever follows, there is a text or a sentence, never another error."""
    phrases = set()
    for start in [
        *REFUSED.values(),
        OLE,
        b"{",
        b"[",
        b"<html>",
        b"\xff\xfe",
        b"\xfe\xff",
        b"Q. ",
        "질문,답변\n".encode(),
    ]:
        try:
            read("x", start[: 10 * (seed + 1)] + os.urandom(3_000) + start)
        except UnreadableError as error:
            phrases.add(error.note.phrase)
    assert phrases
    assert phrases <= set(PHRASES)
