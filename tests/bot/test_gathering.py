"""The files an admin means, and the names their documents get."""

import os
import unicodedata
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.gathering import LONGEST_NAME, Gathered, distinct, document_name, gather
from knowledge.entries import UnreadableError
from knowledge.formats import MAX_BYTES


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("내용")
    return folder


def test_folders_with_all_below_them(tmp_path: Path) -> None:
    fill(tmp_path, "b.csv", "a/c.csv", "a/d/e.md", ".hidden", "~$b.xlsx", "Thumbs.db", ".git/config", "a/.DS_Store")
    assert [file.name for file in gather([tmp_path])] == ["b.csv", "a/c.csv", "a/d/e.md"]


def test_a_file_given_twice_is_taken_once(tmp_path: Path) -> None:
    fill(tmp_path, "a.csv")
    assert [file.name for file in gather([tmp_path, tmp_path / "a.csv"])] == ["a.csv"]


def test_files_of_the_same_name_do_not_replace_each_other(tmp_path: Path) -> None:
    fill(tmp_path, "서울/faq.csv", "부산/faq.csv")
    files = gather([tmp_path / "서울" / "faq.csv", tmp_path / "부산" / "faq.csv"])
    assert [file.name for file in files] == ["faq.csv", "부산/faq.csv"]
    assert [file.name for file in distinct([("a.csv", b"1"), ("a.csv", b"2")])] == ["a.csv", "a.csv (2)"]


def test_what_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(UserError) as missing:
        gather([tmp_path / "없음.csv"])
    assert missing.value.phrase == "library.no_path"
    with pytest.raises(UserError) as nothing:
        gather([tmp_path])
    assert nothing.value.phrase == "library.no_files"


def test_names_as_they_are_stored() -> None:
    assert document_name(unicodedata.normalize("NFD", "질문.csv")) == "질문.csv"
    assert document_name("a\n\x00b.csv") == "ab.csv"
    assert document_name("") == "document"
    assert document_name("\udcff.csv") == "?.csv"
    one, two = document_name("가" * 900 + "1.csv"), document_name("가" * 900 + "2.csv")
    assert one != two
    assert max(len(one), len(two)) <= LONGEST_NAME
    assert one.endswith(".csv")


def test_what_is_no_file_or_too_large_has_a_sentence(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    (tmp_path / "broken").symlink_to("nowhere")
    expected = {"pipe": "read.not_a_file", "large": "read.too_large", "broken": "read.cannot_open"}
    for name, phrase in expected.items():
        with pytest.raises(UnreadableError) as refused:
            Gathered(name, tmp_path / name).data()
        assert refused.value.note.phrase == phrase


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("비밀")
    fill(tmp_path, "faq/a.csv")
    (tmp_path / "faq" / "b.csv").symlink_to("a.csv")
    (tmp_path / "faq" / "c.csv").symlink_to("../secret.txt")
    (tmp_path / "faq" / "d.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "linked").symlink_to("faq")
    for folder in (tmp_path / "faq", tmp_path / "linked"):
        files = {file.name: file for file in gather([folder])}
        assert files["b.csv"].data() == files["a.csv"].data()
        for name in ("c.csv", "d.csv"):
            with pytest.raises(UnreadableError) as refused:
                files[name].data()
            assert refused.value.note.phrase == "read.member_link"
    assert gather([tmp_path / "faq" / "c.csv"])[0].data() == "비밀".encode()
