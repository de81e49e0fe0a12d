"""HWP 5: text among controls, numbers, tables with merged cells, notes, boxes; what is locked, damaged or hostile."""

import os
import struct

import pytest

from knowledge.entries import Entry, Section, UnreadableError
from knowledge.reading import read
from tests.knowledge.hangul_files import Record, box, compound, control, hwp, hwp_table, note, paragraph


def texts(data: bytes) -> str:
    return "\n".join(part.text for part in read("문서.hwp", data).parts)


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        read("문서.hwp", data)
    return error.value.note.phrase


def test_text_with_tabs_breaks_and_signs_beyond_the_first_plane() -> None:
    said = texts(hwp([paragraph("성명\t홍길동\n연락처 😀"), paragraph("둘째 문단입니다.")]))
    assert said == "성명\t홍길동\n연락처 😀\n둘째 문단입니다."
    assert texts(hwp([paragraph("압축하지 않은 글")], compressed=False)) == "압축하지 않은 글"


def test_numbers_and_bullets_as_a_person_reads_them() -> None:
    lines = [
        paragraph("목적", shape=1),
        paragraph("이 규정은 출장을 정한다.", shape=0),
        paragraph("적용 범위", shape=1),
        paragraph("임직원", shape=2),
        paragraph("계약직", shape=3),
        paragraph("그 밖의 사람", shape=4),
    ]
    parts = read("규정.hwp", hwp(lines)).parts
    assert next(part.titles for part in parts if isinstance(part, Section)) == ("제1조 목적",)
    assert "나. 계약직" in texts(hwp(lines))
    assert "● 그 밖의 사람" in texts(hwp(lines))
    assert any("제2조 적용 범위" in " ".join(part.titles) for part in parts if isinstance(part, Section))


def test_a_faq_table_with_a_merged_cell_becomes_entries() -> None:
    cells = [
        (0, 0, 1, 1, [paragraph("분류")]),
        (0, 1, 1, 1, [paragraph("질문")]),
        (0, 2, 1, 1, [paragraph("답변")]),
        (1, 0, 2, 1, [paragraph("배송")]),
        (1, 1, 1, 1, [paragraph("배송비는 얼마인가요?")]),
        (1, 2, 1, 1, [paragraph("3,000원입니다."), paragraph("제주는 5,000원입니다.")]),
        (2, 1, 1, 1, [paragraph("언제 오나요?")]),
        (2, 2, 1, 1, [paragraph("이틀 안에 갑니다.")]),
    ]
    parts = read("faq.hwp", hwp([paragraph("\x01", hwp_table(cells, 3, 3))])).parts
    assert parts == (
        Entry("3,000원입니다.\n제주는 5,000원입니다.", "배송비는 얼마인가요?", title="배송"),
        Entry("이틀 안에 갑니다.", "언제 오나요?", title="배송"),
    )


def test_notes_boxes_and_frames() -> None:
    frame = hwp_table([(0, 0, 1, 1, [paragraph("상자 안의 글입니다.")])], 1, 1)
    said = texts(
        hwp(
            [
                paragraph("본문\x01입니다.", note("각주의 글")),
                paragraph("\x01", box("그림 상자의 글")),
                paragraph("\x01", frame),
            ]
        )
    )
    assert said.split("\n") == ["본문[1]입니다.", "[1] 각주의 글", "그림 상자의 글", "상자 안의 글입니다."]


def test_more_than_ten_sections_stay_in_order() -> None:
    said = texts(hwp(*[[paragraph(f"구역 {i}")] for i in range(12)]))
    assert said.split("\n") == [f"구역 {i}" for i in range(12)]


def test_what_is_left_out_is_told() -> None:
    picture = control("gso ", Record(76, bytes(40), [Record(85, bytes(80))]))
    reading = read("그림.hwp", hwp([paragraph("글\x01", picture), paragraph("메모\x01", control("%%me"))]))
    told = {note.phrase: note.values for note in reading.described}
    assert told["read.pictures"] == {"count": 1}
    assert told["read.comments"] == {"count": 1}


@pytest.mark.parametrize(
    ("properties", "phrase"),
    [(3, "read.password"), (5, "read.distribution"), (0x11, "read.drm"), (0x101, "read.drm")],
)
def test_locked_documents_say_so(properties: int, phrase: str) -> None:
    assert refused(hwp([paragraph("비밀")], properties=properties)) == phrase


def test_without_text_and_with_pictures_only() -> None:
    assert refused(hwp([paragraph("")])) == "read.nothing"
    picture = control("gso ", Record(76, bytes(40), [Record(85, bytes(80))]))
    assert refused(hwp([paragraph("\x01", picture)])) == "read.only_pictures"


@pytest.mark.parametrize("cut", [600, 2_000, 5_000, 9_000])
def test_a_file_that_ends_early(cut: int) -> None:
    data = hwp([paragraph(f"문단 {i} " + os.urandom(40).hex()) for i in range(200)])
    with pytest.raises(UnreadableError) as error:
        read("문서.hwp", data[:cut])
    assert error.value.note.phrase in ("read.broken", "read.old_office", "read.nothing")


def test_records_that_lie() -> None:
    deep = b"".join(struct.pack("<I", 66 | level << 10 | 24 << 20) + bytes(24) for level in range(1_000))
    long = struct.pack("<I", 67 | 1 << 10 | 0xFFF << 20) + struct.pack("<I", 0xFFFFFFFF) + b"\xac\x00"
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05010000, 0)
    files = {("FileHeader",): header, ("DocInfo",): b""}
    for body in (deep, long, os.urandom(5_000), b"\xff" * 5_000):
        assert refused(compound(files | {("BodyText", "Section0"): body})) in ("read.nothing", "read.broken")
