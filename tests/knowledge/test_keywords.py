import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.errors import IndexBusyError, IndexDamagedError
from knowledge.keywords import KeywordIndex
from knowledge.passages import Passage
from knowledge.questions import understand

PASSAGES = [
    Passage(1, "ko", "영업일 기준 3일 안에 처리됩니다.", question="환불은 얼마나 걸리나요?"),
    Passage(2, "ko", "3,000원이며 5만원 이상은 무료입니다.", title="배송", question="배송비는 얼마인가요?"),
    Passage(3, "en", "Within 3 business days.", question="How long do refunds take?", aliases=("money back",)),
]


def first(index: KeywordIndex, question: str) -> int:
    return next(iter(index.search(understand(question), 10).words.scores))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[KeywordIndex]:
    opened = KeywordIndex(tmp_path / "keywords")
    opened.add(PASSAGES)
    yield opened
    opened.close()


def test_questions_titles_and_aliases_are_searched(index: KeywordIndex) -> None:
    assert first(index, "환불 기간이 궁금해요") == 1
    assert first(index, "배송") == 2
    assert first(index, "can I get my money back") == 3


def test_each_field_has_scores_and_a_greatest_possible_one(index: KeywordIndex) -> None:
    hits = index.search(understand("환불은 며칠 걸리나요"), 10)
    for field in (hits.words, hits.bigrams):
        scores = list(field.scores.values())
        assert scores == sorted(scores, reverse=True)
        assert 0 < scores[0] <= field.greatest
    assert hits.count == 3


def test_what_was_found_can_be_looked_at(index: KeywordIndex) -> None:
    look = index.search(understand("환불"), 10).look([1, 999])
    assert set(look) == {1}
    assert look[1].lines == ("환불은 얼마나 걸리나요?", "영업일 기준 3일 안에 처리됩니다.")


def test_the_same_id_replaces(index: KeywordIndex) -> None:
    index.add([Passage(1, "ko", "교환은 일주일 걸립니다.", question="교환 기간은?")])
    assert index.ids() == {1, 2, 3}
    assert first(index, "교환") == 1
    assert 1 not in index.search(understand("환불"), 10).words.scores


def test_removed_is_gone_and_unknown_ids_are_no_error(index: KeywordIndex) -> None:
    index.remove([1, 999])
    assert index.ids() == {2, 3}
    assert 1 not in index.search(understand("환불"), 10).words.scores


def test_ids_by_mark(index: KeywordIndex) -> None:
    index.add([Passage(9, "ko", "새로")], mark=5)
    assert index.ids(5) == {9}
    assert index.ids() == {1, 2, 3, 9}


def test_no_terms_and_no_passages_find_nothing(tmp_path: Path, index: KeywordIndex) -> None:
    assert index.search(understand("?!"), 10).words.scores == {}
    empty = KeywordIndex(tmp_path / "empty")
    assert empty.ids() == set()
    assert empty.search(understand("환불"), 10).words.scores == {}
    empty.close()


def test_hostile_texts_are_indexed(index: KeywordIndex) -> None:
    texts = ["", "\x00\x1e\x1f", "a" * 70_000, "환불" * 40_000, "🙂" * 100, '"(환불 AND OR* \\']
    index.add([Passage(100 + number, "ko", text, title=text[:50]) for number, text in enumerate(texts)])
    assert {100, 101, 102, 103, 104, 105} <= index.ids()
    for text in texts:
        index.search(understand(text), 10).look(index.ids())


def test_a_second_writer_is_told_so(index: KeywordIndex, tmp_path: Path) -> None:
    other = KeywordIndex(tmp_path / "keywords")
    with pytest.raises(IndexBusyError):
        other.add(PASSAGES)
    assert other.ids() == {1, 2, 3}
    with pytest.raises(IndexBusyError):
        KeywordIndex(tmp_path / "keywords", writable=False).remove([1])
    other.close()


def test_what_another_process_wrote_is_seen(index: KeywordIndex, tmp_path: Path) -> None:
    reader = KeywordIndex(tmp_path / "keywords", writable=False)
    assert reader.ids() == {1, 2, 3}
    index.remove([1])
    reader.close()
    assert reader.ids() == {2, 3}


@pytest.mark.parametrize("damage", ["meta", "segment", "schema"])
def test_a_damaged_index_says_so_and_can_be_built_again(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "keywords"
    index = KeywordIndex(folder)
    index.add(PASSAGES)
    index.close()
    if damage == "meta":
        (folder / "meta.json").write_text("{not json")
    elif damage == "segment":
        for file in [*folder.glob("*.idx"), *folder.glob("*.term"), *folder.glob("*.store"), *folder.glob("*.fast")]:
            file.write_bytes(b"damaged")
    else:
        (folder / "meta.json").write_text((folder / "meta.json").read_text().replace('"bigrams"', '"other"'))
    with pytest.raises(IndexDamagedError) as raised:
        index.search(understand("환불"), 10)
    assert raised.value.folder == folder
    index.clear()
    index.add(PASSAGES)
    assert index.ids() == {1, 2, 3}
    index.close()


WRITER = """
import sys
from collections.abc import Iterator
from pathlib import Path
from knowledge.keywords import KeywordIndex
from knowledge.passages import Passage
index = KeywordIndex(Path(sys.argv[1]))
for number in range(10_000):
    index.add([Passage(number, "en", f"entry {number}")])
    print(number, flush=True)
"""


def test_a_killed_writer_leaves_its_last_commit_and_no_lock(tmp_path: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    assert writer.stdout is not None
    told = -1
    for line in writer.stdout:
        told = int(line)
        if told == 20:
            os.kill(writer.pid, signal.SIGKILL)
            break
    writer.wait()
    writer.stdout.close()
    index = KeywordIndex(tmp_path)
    assert set(range(told + 1)) <= index.ids()
    index.add(PASSAGES)
    assert first(index, "환불") == 1
    index.close()
