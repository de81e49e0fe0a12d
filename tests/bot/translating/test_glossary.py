"""The company's own words, out of any table people have."""

from pathlib import Path

import pytest

from bot.errors import UserError
from bot.translating.glossary import Term, not_applied, parsed, read_glossary, terms_in

TERMS = (Term("답봇", "Dapbot"), Term("정기 배송", "subscription"), Term("정기 배송 상자", "subscription box"))


@pytest.mark.parametrize(
    "table",
    [
        "한국어,영어\n답봇,Dapbot\n",
        "English,Korean\nDapbot,답봇\n",
        "\ufeffko;en\n답봇;Dapbot\n",
        "ko\ten\tmemo\n답봇\tDapbot\tthe product\n",
        "답봇,Dapbot\n,\n빈칸,\n",
        "Dapbot,답봇\r\n",
    ],
)
def test_tables(table: str) -> None:
    assert parsed(table) == (Term("답봇", "Dapbot"),)


def test_nothing() -> None:
    assert parsed("") == ()
    assert parsed("한 칸뿐\n") == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "glossary.csv"
    file.write_bytes("한국어,영어\n정기 배송,subscription\n적립금,store credit\n".encode(encoding))
    assert read_glossary(file) == (Term("정기 배송", "subscription"), Term("적립금", "store credit"))


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    import os

    file = tmp_path / "glossary.csv"
    file.write_text("답봇,Dapbot\n", "utf-8")
    assert len(read_glossary(file)) == 1
    file.write_text("답봇,Dapbot\n배송,delivery\n", "utf-8")
    os.utime(file, ns=(1, 1))
    assert len(read_glossary(file)) == 2


def test_what_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"\xff\xfe\x00")
    endless = tmp_path / "endless.csv"
    endless.write_bytes(b'"' + b"a" * 300_000 + b'",b\n')
    picture = tmp_path / "picture.csv"
    picture.write_bytes(bytes(range(256)) * 50)
    for file in (tmp_path / "none.csv", empty, endless, picture, tmp_path):
        with pytest.raises(UserError, match="glossary"):
            read_glossary(file)


def test_longer_terms_first() -> None:
    assert terms_in("정기 배송 상자가 왔어요", TERMS) == [TERMS[2]]
    assert terms_in("정기배송이 왔어요", TERMS) == []
    assert terms_in("Two subscription boxes and a subscription", TERMS) == [TERMS[2], TERMS[1]]
    assert terms_in("describe it", (Term("서브", "scribe"),)) == []


def test_terms_that_were_not_used() -> None:
    assert not_applied("정기 배송을 신청했어요", "I ordered a regular delivery.", TERMS) == [TERMS[1]]
    assert not_applied("정기 배송을 신청했어요", "I ordered a subscription.", TERMS) == []
    assert not_applied("Dapbot answers", "봇이 답합니다", TERMS) == [TERMS[0]]
