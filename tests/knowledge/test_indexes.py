"""Generations of the indexes: one is built beside another, and takes its place."""

import threading
import time
from pathlib import Path

import pytest

from knowledge.indexes import CURRENT, Place, next_place, read_place, write_place
from knowledge.passages import Passage
from knowledge.search import Knowledge

OLD = [Passage(1, "ko", "환불은 사흘 걸립니다."), Passage(2, "ko", "배송은 이틀 걸립니다.")]
NEW = [Passage(1, "ko", "환불은 나흘 걸립니다."), Passage(3, "ko", "교환은 이레 걸립니다.")]


def test_where_the_indexes_are(tmp_path: Path) -> None:
    assert read_place(tmp_path / "none") == Place()
    write_place(tmp_path, Place("7", "a"))
    assert read_place(tmp_path) == Place("7", "a")
    assert next_place(tmp_path, "b") == Place("8", "b")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"folder": "x", "space": ""}', '{"folder": "../..", "space": ""}'])
def test_a_broken_pointer_points_to_the_folder_itself(tmp_path: Path, text: str) -> None:
    (tmp_path / CURRENT).write_text(text, "utf-8")
    assert read_place(tmp_path) == Place()


def test_built_beside_and_switched(tmp_path: Path) -> None:
    knowledge = Knowledge(tmp_path)
    knowledge.index(OLD)
    fresh = knowledge.beside("s")
    fresh.index(NEW)
    assert knowledge.ids() == {1, 2}
    assert [each.id for each in knowledge.search("배송은 언제?").candidates][:1] == [2]
    knowledge.switch(fresh)
    assert knowledge.ids() == {1, 3}
    assert knowledge.held().passages == 2
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["1"]
    again = Knowledge(tmp_path)
    assert again.ids() == {1, 3}
    for each in (knowledge, again):
        each.close()


def test_another_reader_follows_the_switch(tmp_path: Path) -> None:
    """A second process that only reads finds out at its next question."""
    knowledge, reader = Knowledge(tmp_path), Knowledge(tmp_path, writable=False)
    knowledge.index(OLD)
    assert [each.id for each in reader.search("배송은 언제?").candidates][:1] == [2]
    fresh = knowledge.beside("")
    fresh.index(NEW)
    knowledge.switch(fresh)
    assert [each.id for each in reader.search("교환은 언제?").candidates][:1] == [3]
    for each in (knowledge, reader):
        each.close()


def test_a_generation_stays_while_somebody_searches_in_it(tmp_path: Path) -> None:
    knowledge = Knowledge(tmp_path)
    knowledge.index(OLD)
    fresh = knowledge.beside("")
    fresh.index(NEW)
    entered, leave = threading.Event(), threading.Event()

    def visible(ids: object) -> list[int]:
        entered.set()
        leave.wait(10)
        return [1, 2]

    found: list[int] = []
    slow = threading.Thread(
        target=lambda: found.extend(each.id for each in knowledge.search("환불 배송", visible=visible).candidates)
    )
    slow.start()
    entered.wait(10)
    switching = threading.Thread(target=knowledge.switch, args=(fresh,))
    switching.start()
    time.sleep(0.2)
    assert switching.is_alive()
    assert (tmp_path / "keywords").is_dir()
    leave.set()
    slow.join(10)
    switching.join(10)
    assert sorted(found) == [1, 2]
    assert not (tmp_path / "keywords").exists()
    knowledge.close()


def test_what_an_unfinished_build_left_is_removed_by_the_next(tmp_path: Path) -> None:
    knowledge = Knowledge(tmp_path)
    knowledge.index(OLD)
    knowledge.beside("").index(NEW[:1])
    fresh = knowledge.beside("")
    assert not (tmp_path / "1").exists()
    fresh.close()
    assert knowledge.ids() == {1, 2}
    knowledge.close()
