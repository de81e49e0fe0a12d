"""Bytes to text: Korean encodings with and without marks, and what is no text at all."""

import os
import unicodedata

import pytest

from knowledge.decoding import clean, decode
from knowledge.entries import UnreadableError

KOREAN = "환불은 며칠 안에 되나요? 접수하신 뒤 3일 안에 해 드립니다. 똠방각하도 됩니다.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (KOREAN.encode(), "UTF-8"),
        (KOREAN.encode("utf-8-sig"), "UTF-8"),
        (KOREAN.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + KOREAN.encode("utf-16-be"), "UTF-16"),
        (KOREAN.encode("utf-16-le"), "UTF-16"),
        (KOREAN.encode("utf-16-be"), "UTF-16"),
        (KOREAN.encode("utf-32"), "UTF-32"),
        (KOREAN.encode("cp949"), "CP949"),
    ],
)
def test_korean_in_any_encoding(data: bytes, encoding: str) -> None:
    found = decode(data)
    assert (found.text, found.encoding, found.lost) == (KOREAN, encoding, 0)


def test_what_calls_itself_euc_kr_is_cp949() -> None:
    """똠, 뷁 and 펲 are in the code page of Windows and not in EUC-KR."""
    assert decode("똠방각하 펲시콜라 뷁".encode("cp949")).text == "똠방각하 펲시콜라 뷁"


def test_short_korean_in_cp949() -> None:
    assert decode("질문,답변\n환불?,네\n".encode("cp949")).text == "질문,답변\n환불?,네\n"


def test_english_utf16_without_a_mark() -> None:
    assert decode("How do I return it?".encode("utf-16-le")).text == "How do I return it?"


def test_western_text() -> None:
    found = decode("Le café est fermé – “demain”.".encode("cp1252"))
    assert (found.text, found.encoding) == ("Le café est fermé – “demain”.", "Windows-1252")


def test_a_character_cut_off_at_the_end_is_told() -> None:
    found = decode("한글 문서입니다".encode()[:-1])
    assert found.text.startswith("한글 문서입니")
    assert found.lost == 1
    assert decode("한글 문서입니다. 반갑습니다".encode("cp949") + b"\xff").lost == 1


def test_a_replacement_character_in_the_text_itself_is_not_lost() -> None:
    assert decode("이 글자 �는 원래 있던 것입니다".encode()).lost == 0


@pytest.mark.parametrize(
    "data",
    [
        "名前,年齢\n佐藤太郎,30\n三木英子,40\n髙橋淳,35\n".encode("cp932"),
        ("退款需要多长时间？一般三天之内可以完成。" * 3).encode("gbk"),
    ],
)
def test_other_alphabets_are_refused_and_never_shown_as_garbage(data: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        decode(data)
    assert refused.value.note.phrase == "read.encoding"


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, os.urandom(20_000), b"\x01\x02\x03abc" * 500])
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode(data)


def test_clean_leaves_what_people_can_read() -> None:
    decomposed = unicodedata.normalize("NFD", "한글")
    assert clean(f"{decomposed}\r\n가\u200b나\ufeff\x00\x07다\xa0라\ud800") == "한글\n가나다 라"
    assert clean("👨‍👩‍👧 가족") == "👨‍👩‍👧 가족"
    assert clean("a\rb\fc\vd") == "a\nb\nc\nd"


def test_a_million_accents_on_one_letter() -> None:
    """Composing them would take hours, and nobody could stop it."""
    assert len(clean("e" + "\u0315\u0300" * 500_000 + "!")) < 40
    assert clean("e\u0301\u0327") == unicodedata.normalize("NFC", "e\u0301\u0327")
