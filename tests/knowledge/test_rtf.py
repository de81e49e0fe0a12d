"""Rich texts: Korean by code page and by Unicode, tables, notes, what is not text; damaged and hostile ones."""

import pytest

from knowledge.entries import Entry, Section, UnreadableError
from knowledge.reading import read

FONTS = r"{\fonttbl{\f0\fnil\fcharset129 Malgun;}{\f1\fswiss\fcharset0 Arial;}}"


def coded(text: str) -> str:
    """Korean as codes of bytes; the second byte of a sign as a letter where it is one, as Word writes it."""
    return "".join(f"\\'{byte:02x}" if byte > 127 else chr(byte) for byte in text.encode("cp949"))


def rtf(body: str, head: str = r"\ansicpg949") -> bytes:
    return (r"{\rtf1\ansi" + head + r"\deff0\uc1 " + FONTS + body + "}").encode("latin-1")


def texts(data: bytes) -> str:
    return "\n".join(part.text for part in read("문서.rtf", data).parts)


@pytest.mark.parametrize("text", ["환불은 이레 안에 됩니다.", "똠방각하와 펲시, 뷁", "한글 and English 123"])
def test_korean_by_code_page(text: str) -> None:
    assert texts(rtf(rf"\f0 {coded(text)}\par")) == text
    assert texts(rtf(rf"\f1 {coded(text)}\par")) == text  # the font is Western, the document Korean
    assert texts(rtf(rf"\f0 {coded(text)}\par", r"\ansicpg1252")) == text  # and the other way round


def test_korean_by_unicode_and_signs_beyond_the_first_plane() -> None:
    said = "".join(f"\\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}?" for c in "각하")
    assert texts(rtf(rf"{said} \u-10179?\u-8704? 끝".replace("끝", coded("끝")))) == "각하 😀 끝"
    assert texts(rtf(r"\uc2\u44032\'b0\'a1\u45208\'b3\'aa\par")) == "가나"
    assert texts(rtf(r"{\uc0\u44032}{\uc1\u45208 ?}\par")) == "가나"


def test_raw_bytes_and_broken_lines_between_the_bytes_of_a_sign() -> None:
    data = rtf("")[:-1] + "환불 안내".encode("cp949") + b"}"
    assert texts(data) == "환불 안내"
    assert texts(rtf("\\f0 \\'c8\r\n\\'af\\par")) == "환"


def test_a_faq_table_with_lines_in_a_cell_and_a_merged_cell() -> None:
    def row(*cells: str, marks: str = "") -> str:
        inside = "".join(rf"\intbl {cell}\cell " for cell in cells)
        return rf"\trowd{marks}\cellx100\cellx200\cellx300 {inside}\row" + "\n"

    body = row(coded("분류"), coded("질문"), coded("답변"))
    body += row(coded("배송"), coded("얼마인가요?"), coded("3,000원") + r"\par " + coded("제주 5,000원"))
    body += row("", coded("언제 오나요?"), coded("내일"), marks=r"\clvmrg")
    assert read("faq.rtf", rtf(body + r"\pard " + coded("끝입니다.") + r"\par")).parts == (
        Entry("3,000원\n제주 5,000원", "얼마인가요?", title="배송"),
        Entry("내일", "언제 오나요?", title="배송"),
        Section(("faq",), "끝입니다."),
    )


def test_headings_notes_lists_and_what_is_not_text() -> None:
    body = (
        r"\pard\outlinelevel0 " + coded("배송") + r"\par\pard\outlinelevel1 " + coded("요금") + r"\par\pard "
        + coded("무료입니다") + r"{\footnote " + coded("섬은 유료") + r"}.{\v " + coded("숨김") + r"}\par"
        r"{\listtext 1.\tab}" + coded("첫째") + r"\par{\header " + coded("머리말") + r"}{\*\generator X;}"
        r"{\pict\wmetafile8\bin4 }}}}}{\field{\*\fldinst HYPERLINK}{\fldrslt " + coded("누리집") + "}}"
    )  # fmt: skip
    reading = read("안내.rtf", rtf(body))
    assert reading.parts == (Section(("배송", "요금"), "무료입니다 (섬은 유료).\n1.\t첫째\n누리집"),)
    assert any(note.phrase == "read.pictures" and note.values == {"count": 1} for note in reading.described)


def test_damaged_and_hostile_texts() -> None:
    for data in (b"{\\rtf1", b"{\\rtf1}", rtf(r"\bin999999999 x"), rtf(r"\u99999999999 \uc-5 \f-1 \ansicpg0")):
        with pytest.raises(UnreadableError) as error:
            read("문서.rtf", data)
        assert error.value.note.phrase == "read.nothing"
    assert texts(rtf(r"\'zz \ansicpg77777 \u-9 \fcharset x end")).endswith("end")
    with pytest.raises(UnreadableError) as error:
        read("문서.rtf", rtf("{" * 1_000 + "x"))
    assert error.value.note.phrase == "read.too_deep"
    assert texts(rtf("text}}}} outside of it")) == "text"
    assert texts(rtf(r"\cell\row\nestrow text\row\par")) == "text"


def test_more_text_than_is_kept() -> None:
    with pytest.raises(UnreadableError) as error:
        read("긴글.rtf", rtf((r"long line of words " * 50 + r"\par ") * 5_600))
    assert error.value.note.phrase == "read.text_too_long"
    assert error.value.note.values == {"size": 5.3, "limit": 5}
