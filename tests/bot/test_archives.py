"""Zip archives given as folders of documents: names, limits, and a sentence for every member that is not read."""

import io
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from pathlib import Path

import pytest

from bot.gathering import Gathered, distinct, gather
from bot.notes import sentence
from knowledge.archives import MAX_MEMBERS
from knowledge.entries import Note, UnreadableError
from tests.knowledge.archive_files import ENCRYPTED, UTF8, Packed, archive

FAQ = "질문,답변\n환불 기간은?,7일입니다\n".encode()


def opened(data: bytes, name: str = "묶음.zip") -> list[Gathered]:
    return distinct([(name, data)])


def names(data: bytes) -> list[str]:
    return [file.name for file in opened(data)]


def refused(file: Gathered) -> str:
    with pytest.raises(UnreadableError) as error:
        file.data()
    for language in ("ko", "en"):
        assert sentence(error.value.note, language)  # type: ignore[arg-type]
    return error.value.note.phrase


def only_refusal(data: bytes) -> str:
    (file,) = opened(data)
    return refused(file)


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return file.getvalue()


def test_an_archive_is_a_folder_of_its_files(tmp_path: Path) -> None:
    data = zipped(**{"faq.csv": FAQ, "안내/배송.md": "# 배송\n이틀 걸립니다".encode(), "빈 폴더/": b""})
    (tmp_path / "자료").mkdir()
    (tmp_path / "자료" / "faq.zip").write_bytes(data)
    for files in (gather([tmp_path]), gather([tmp_path / "자료"]), gather([tmp_path / "자료" / "faq.zip"])):
        assert [file.name.removeprefix("자료/") for file in files] == ["faq.zip/faq.csv", "faq.zip/안내/배송.md"]
        assert files[0].data() == FAQ
    assert names(data) == ["묶음.zip/faq.csv", "묶음.zip/안내/배송.md"]
    assert distinct(gather([tmp_path])) == gather([tmp_path])


def test_what_systems_leave_in_archives_is_passed_over() -> None:
    data = zipped(
        **{"__MACOSX/._faq.csv": b"x", ".DS_Store": b"x", "a/Thumbs.db": b"x", "a/~$b.xlsx": b"", "c.csv": FAQ}
    )
    assert names(data) == ["묶음.zip/c.csv"]
    assert only_refusal(zipped(**{".DS_Store": b"x"})) == "read.archive_empty"
    assert only_refusal(zipped()) == "read.archive_empty"


def test_documents_that_are_zips_stay_whole() -> None:
    for marker in ("xl/workbook.xml", "word/document.xml", "Contents/content.hpf", "mimetype", "[Content_Types].xml"):
        data = zipped(**{marker: b"<a/>", "other.xml": b"<b/>"})
        assert opened(data, "a.bin") == [Gathered("a.bin", data)]
        assert opened(data[:-30], "a.bin") == [Gathered("a.bin", data[:-30])]


@pytest.mark.parametrize("tool", ["windows", "mac", "marked", "beside"])
def test_korean_names_of_every_packer(tool: str) -> None:
    name = "자주 묻는 질문/뷁 펩시.csv"
    decomposed = unicodedata.normalize("NFD", name).encode()
    raw = name.encode("cp949")
    beside = struct.pack("<HHBI", 0x7075, 5 + len(name.encode()), 1, zlib.crc32(b"?.csv")) + name.encode()
    member = {
        "windows": Packed(raw, FAQ, system=0),
        "mac": Packed(decomposed, FAQ),
        "marked": Packed(decomposed, FAQ, flags=UTF8),
        "beside": Packed(b"?.csv", FAQ, extra=struct.pack("<HH", 0x5455, 1) + b"x" + beside),
    }[tool]
    data = archive(member)
    assert names(data) == [f"묶음.zip/{name}"]
    assert opened(data)[0].data() == FAQ


def test_western_names_and_back_slashes() -> None:
    assert names(archive(Packed("Müller.csv".encode("cp437"), FAQ))) == ["묶음.zip/Müller.csv"]
    assert names(archive(Packed(b"a\\b.csv", FAQ, system=0))) == ["묶음.zip/a/b.csv"]


def test_members_that_are_refused_do_not_keep_the_others_out() -> None:
    link = stat.S_IFLNK | 0o777
    data = archive(
        Packed(b"good.csv", FAQ),
        Packed(b"../../etc/passwd", b"x"),
        Packed(b"/etc/shadow", b"x"),
        Packed(b"C:\\Windows\\win.ini", b"x"),
        Packed(b"..\\..\\secret.txt", b"x"),
        Packed(b"a\0.exe.csv", FAQ),
        Packed(b"link.csv", b"/etc/passwd", mode=link),
        Packed(b"pipe.csv", b"", mode=stat.S_IFIFO),
        Packed(b"locked.csv", os.urandom(40), method=0, flags=ENCRYPTED),
        Packed(b"lzma.csv", b"x" * 40, method=14),
        Packed(b"large.csv", b"x", claimed=30_000_000),
        Packed(b"wrong.csv", FAQ, crc=1),
        Packed(b"longer.csv", FAQ * 50, claimed=len(FAQ)),
        Packed(b"shorter.csv", FAQ, claimed=len(FAQ) + 1),
        Packed("긴이름".encode() * 100 + b".csv", FAQ),
        Packed(b"CON.csv", FAQ),
        Packed(b"inner.zip", zipped(**{"faq.csv": FAQ})),
    )
    found = {file.name.removeprefix("묶음.zip/"): file for file in opened(data)}
    bad = {name: refused(file) for name, file in found.items() if not _is_read(file)}
    assert bad == {
        "etc/passwd": "read.member_outside",
        "etc/shadow": "read.member_outside",
        "Windows/win.ini": "read.member_outside",
        "secret.txt": "read.member_outside",
        "a.exe.csv": "read.member_name",
        "link.csv": "read.member_link",
        "pipe.csv": "read.member_link",
        "locked.csv": "read.password",
        "lzma.csv": "read.member_method",
        "large.csv": "read.too_large",
        "wrong.csv": "read.member_broken",
        "longer.csv": "read.member_broken",
        "shorter.csv": "read.member_broken",
    }
    assert len(found) == 17
    assert {"good.csv", "CON.csv", "inner.zip", "긴이름" * 100 + ".csv"} <= found.keys() - bad.keys()


def _is_read(file: Gathered) -> bool:
    try:
        return bool(file.data())
    except UnreadableError:
        return False


def test_archives_made_to_exhaust_the_machine() -> None:
    zeros = Packed(b"zeros.csv", bytes(19_000_000))
    assert only_refusal(archive(zeros)) == "read.archive_bomb"
    shared = Packed(b"a.csv", FAQ * 3_000, method=0)
    overlapping = [Packed(b"%d.csv" % n, FAQ * 3_000, method=0, at=0) for n in range(500)]
    assert only_refusal(archive(shared, *overlapping)) == "read.archive_bomb"
    many = [Packed(b"%d" % n) for n in range(MAX_MEMBERS + 1)]
    assert only_refusal(archive(*many)) == "read.archive_too_many"
    assert only_refusal(archive(*many, count=1)) == "read.archive_too_many"
    assert only_refusal(archive(Packed(b"a"), count=0xFFFF)) == "read.archive_too_many"
    assert len(opened(archive(*many[1:]))) == MAX_MEMBERS


def test_an_archive_behind_other_bytes_or_before_a_comment() -> None:
    data = archive(Packed(b"a.csv", FAQ), before=b"PK\x03\x04 something in front", comment=b"made by hand")
    assert opened(data)[0].data() == FAQ
    assert opened(b"%PDF-1.7\n" + data, "a.pdf") == [Gathered("a.pdf", b"%PDF-1.7\n" + data)]


def test_damaged_archives_have_a_sentence() -> None:
    data = archive(Packed(b"a.csv", FAQ), Packed(b"b.csv", FAQ * 100))
    assert only_refusal(data[:-23]) == "read.archive_broken"
    for seed in range(60):
        at = (seed * 7) % len(data)
        broken = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        for file in opened(broken):
            _is_read(file)
        for file in opened(data[:at]):
            _is_read(file)


def test_other_archives_are_not_opened() -> None:
    for start in (b"7z\xbc\xaf'\x1c", b"Rar!\x1a\x07", b"EGGA\x00\x01", b"ALZ\x01\x0a\x00"):
        assert opened(start + bytes(50), "a.zip") == [Gathered("a.zip", start + bytes(50))]


def test_a_refusal_is_the_content(tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 nothing")
    assert gather([tmp_path]) == [Gathered("bad.zip", Note("read.archive_broken"))]
