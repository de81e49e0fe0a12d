import os
import signal
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pytest

from knowledge.passages import Passage, Within
from knowledge.search import Knowledge
from tests.knowledge.models import make_model

KOREAN = [
    Passage(1, "ko", "영업일 기준 3일 안에 처리됩니다.", question="환불은 얼마나 걸리나요?"),
    Passage(2, "ko", "3,000원이며 5만원 이상 주문하시면 무료입니다.", question="배송비는 얼마인가요?"),
    Passage(3, "ko", "쌓인 날부터 1년 동안 쓸 수 있습니다.", question="적립금 유효기간은 어떻게 되나요?"),
    Passage(4, "ko", "로그인 화면의 비밀번호 찾기를 눌러 주세요.", question="비밀번호를 잊어버렸어요"),
    Passage(5, "ko", "오류 화면을 닫고 앱을 지운 뒤 다시 설치해 주세요.", title="'E-401 인증 만료' 오류"),
]
ENGLISH = [
    Passage(11, "en", "Refunds reach your account within three business days.", question="How long do refunds take?"),
    Passage(12, "en", "Press 'forgot password' and follow the link.", question="I cannot sign in any more"),
    Passage(13, "en", "Error E-401 means that the token of the API has expired.", title="Error E-401"),
    Passage(14, "en", "Our office dog is called Bori. " * 40 + "Parking costs two euros an hour.", title="The house"),
]


def firsts(knowledge: Knowledge, question: str, count: int = 1) -> list[int]:
    return [candidate.id for candidate in knowledge.search(question).candidates[:count]]


@pytest.fixture(scope="module")
def korean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    knowledge = Knowledge(tmp_path_factory.mktemp("korean"))
    knowledge.index(KOREAN)
    yield knowledge
    knowledge.close()


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    knowledge = Knowledge(tmp_path_factory.mktemp("mixed"))
    knowledge.index([*KOREAN, *ENGLISH])
    yield knowledge
    knowledge.close()


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("환불 며칠 걸려요", 1),
        ("배송비 무료 기준이 뭐죠?", 2),
        ("적립금 유효 기간", 3),
        ("비번 말고 비밀번호 까먹었는데요", 4),
        ("'인증 만료'라고 나와요", 5),
        ("E-401", 5),
    ],
)
def test_korean_questions_find_their_passage(korean: Knowledge, question: str, right: int) -> None:
    assert firsts(korean, question) == [right]


def test_a_korean_corpus_needs_no_vectors_and_no_model(korean: Knowledge) -> None:
    found = korean.search("환불 기간")
    assert found.legs == {"keywords": "used", "vectors": "off: no passage needs them"}
    assert found.candidates[0].vector_score is None
    assert 0 < found.confidence < 1
    assert korean.ready() == {"keywords": "ready", "vectors": "off: no passage needs them"}


def test_confidence_tells_what_is_there_from_what_is_not(korean: Knowledge) -> None:
    inside = korean.search("적립금 유효기간이 궁금해요").confidence
    outside = korean.search("화성에 가는 우주선 표는 누가 파나요").confidence
    assert inside > outside + 0.2


@pytest.mark.parametrize("question", ["", "   ", "?", "\x00", "🙂🙂", "화성" * 20_000, "zzz qqq", "' OR 1=1 --"])
def test_any_question_is_searched(korean: Knowledge, question: str) -> None:
    found = korean.search(question)
    assert 0 <= found.confidence <= 1
    assert len(found.candidates) <= 100


def test_english_questions_are_understood_and_not_only_matched(mixed: Knowledge) -> None:
    assert firsts(mixed, "When do I get my money back?") == [11]
    found = mixed.search("When do I get my money back?")
    assert found.legs["vectors"] == "used"
    assert found.candidates[0].vector_score is not None
    assert mixed.ready()["vectors"] == "ready"


def test_a_window_of_a_long_passage_is_found(mixed: Knowledge) -> None:
    assert firsts(mixed, "how expensive is it to leave my car at your building") == [14]


def test_both_languages_meet_by_foreign_words_and_numbers(mixed: Knowledge) -> None:
    assert set(firsts(mixed, "E-401 오류가 나요", 2)) == {5, 13}
    assert mixed.search("환불").legs["vectors"] == "off: the model does not read this language"


def test_only_visible_passages_are_found(korean: Knowledge) -> None:
    asked: list[int] = []

    def visible(ids: Sequence[int]) -> Collection[int]:
        asked.extend(ids)
        return [each for each in ids if each != 1]

    found = korean.search("환불은 얼마나 걸리나요?", visible=visible)
    assert 1 in asked
    assert 1 not in {candidate.id for candidate in found.candidates}
    nothing = korean.search("환불", visible=lambda _ids: [])
    assert nothing.candidates == ()
    assert nothing.confidence == 0


@pytest.mark.parametrize("question", ["환불 안내 900호", "refund 12", "안내", "비슷한 것이 없는 물음"])
def test_few_passages_are_found_as_among_all(tmp_path: Path, question: str) -> None:
    knowledge = Knowledge(tmp_path)
    knowledge.index(
        [
            Passage(n, "ko", f"{n}호 환불 안내는 {n % 7}층에서 합니다.", question=f"환불 안내 {n}호")
            for n in range(1, 900)
        ]
    )
    few = frozenset(range(3, 900, 61))

    def seen(ids: Sequence[int]) -> Collection[int]:
        return few.intersection(ids) - {3}

    deep, near = (knowledge.search(question, visible=visible, limit=8) for visible in (seen, Within(few, seen)))
    assert [each.id for each in near.candidates][:3] == [each.id for each in deep.candidates][:3]
    assert near.confidence == pytest.approx(deep.confidence)
    assert not knowledge.search(question, visible=Within(frozenset(), seen)).candidates
    knowledge.close()


def test_the_ranking_stays_right_when_most_candidates_are_invisible(tmp_path: Path) -> None:
    knowledge = Knowledge(tmp_path)
    knowledge.index([Passage(number, "ko", f"환불 안내 {number}호 문서입니다.") for number in range(1, 1_501)])
    seen = {700, 900, 1_500}
    found = knowledge.search("환불 안내 900호", visible=lambda ids: seen.intersection(ids), limit=3)
    assert found.candidates[0].id == 900
    assert {candidate.id for candidate in found.candidates} == seen
    knowledge.close()


def test_changed_removed_cleared(tmp_path: Path) -> None:
    knowledge = Knowledge(tmp_path)
    steps: list[tuple[int, int]] = []
    knowledge.index(KOREAN, lambda done, total: steps.append((done, total)))
    assert steps[-1] == (5, 5)
    knowledge.index([Passage(1, "ko", "교환은 일주일 걸립니다.", question="교환은요?")])
    assert knowledge.ids() == {1, 2, 3, 4, 5}
    assert firsts(knowledge, "교환") == [1]
    knowledge.remove([1, 2, 999])
    assert knowledge.ids() == {3, 4, 5}
    knowledge.close()
    again = Knowledge(tmp_path)
    assert again.ids() == {3, 4, 5}
    again.clear()
    assert again.ids() == set()
    assert again.search("적립금").candidates == ()
    again.index([])
    again.close()


def test_a_question_does_not_wait_for_the_model_where_it_is_told_not_to(mixed: Knowledge, tmp_path: Path) -> None:
    fresh = Knowledge(tmp_path)
    fresh.index(ENGLISH[:1])
    fresh.close()
    cold = Knowledge(tmp_path)
    assert cold.ready()["vectors"] == "loading"
    found = cold.search("How long do refunds take?", wait=False)
    assert found.candidates[0].id == 11
    assert found.legs["vectors"] in {"loading", "used"}
    cold.close()


def test_korean_vectors_with_a_model_that_reads_korean(tmp_path: Path) -> None:
    model = make_model(tmp_path / "model", ["주차 차 세울", "반려견 강아지"], ["데려와도", "지하에", "됩니다", "곳"])
    passages = [
        Passage(1, "ko", "지하에 주차 됩니다", title="안내"),
        Passage(2, "ko", "반려견 됩니다", title="안내"),
        Passage(3, "en", "nothing of that", title="note"),
    ]
    knowledge = Knowledge(tmp_path / "indexes", embedding_model=str(model))
    knowledge.index(passages)
    found = knowledge.search("강아지")
    assert found.legs["vectors"] == "used"
    assert found.candidates[0].id == 2
    assert found.candidates[0].keyword_score is None
    assert found.candidates[0].vector_score == pytest.approx(0.7, abs=0.3)
    knowledge.close()


def test_another_model_makes_its_own_vectors_and_until_then_words_are_enough(tmp_path: Path) -> None:
    one = make_model(tmp_path / "one", ["환불 반품", "배송 택배"], ["안내"])
    two = make_model(tmp_path / "two", ["환불 취소", "배송 배달"], ["안내"])
    passages = [Passage(1, "ko", "환불 안내"), Passage(2, "ko", "배송 안내")]
    first = Knowledge(tmp_path / "indexes", embedding_model=str(one))
    first.index(passages)
    assert first.ids() == {1, 2}
    first.close()
    second = Knowledge(tmp_path / "indexes", embedding_model=str(two))
    assert second.ids() == set()  # so that whoever follows the rows indexes them again
    assert firsts(second, "배송") == [2]
    second.index(passages)
    assert second.ids() == {1, 2}
    assert firsts(second, "배달") == [2]
    second.close()


def test_a_model_that_is_not_there_leaves_the_words(tmp_path: Path) -> None:
    knowledge = Knowledge(tmp_path, embedding_model="no-such/model")
    knowledge.index(KOREAN)
    assert firsts(knowledge, "환불 기간") == [1]
    assert knowledge.ids() == {1, 2, 3, 4, 5}
    knowledge.close()


def test_a_vector_server_that_is_away_leaves_the_words_and_the_work_is_repeated(tmp_path: Path) -> None:
    knowledge = Knowledge(tmp_path, chroma_url="http://127.0.0.1:9")
    knowledge.index([*KOREAN, *ENGLISH])
    assert knowledge.ids() == set()
    found = knowledge.search("How long do refunds take?")
    assert found.candidates[0].id == 11
    assert found.legs["vectors"].startswith("off: the vector server")
    assert knowledge.ready()["vectors"].startswith("off: the vector server")
    knowledge.remove([1])
    knowledge.close()


def test_damaged_vectors_leave_the_words(tmp_path: Path) -> None:
    knowledge = Knowledge(tmp_path)
    knowledge.index(ENGLISH[:2])
    knowledge.close()
    (tmp_path / "vectors" / "chroma.sqlite3").write_bytes(b"damaged" * 1_000)
    damaged = Knowledge(tmp_path)
    found = damaged.search("How long do refunds take?")
    assert found.candidates[0].id == 11
    assert "cannot be read" in found.legs["vectors"]
    damaged.clear()
    damaged.index(ENGLISH[:2])
    assert damaged.search("How long do refunds take?").legs["vectors"] == "used"
    damaged.close()


def test_questions_are_answered_while_passages_are_indexed(tmp_path: Path) -> None:
    knowledge = Knowledge(tmp_path)
    knowledge.index([*KOREAN, *ENGLISH])
    failures: list[str] = []
    stop = threading.Event()

    def ask(question: str, right: int) -> None:
        while not stop.is_set():
            if firsts(knowledge, question) != [right]:
                failures.append(question)

    askers = [threading.Thread(target=ask, args=pair) for pair in (("환불 기간", 1), ("money back", 11))]
    for asker in askers:
        asker.start()
    for number in range(5):
        start = 1_000 + number * 40
        knowledge.index([Passage(each, "ko", f"{each}번 상품의 색상 안내") for each in range(start, start + 40)])
        knowledge.index([Passage(start + 500, "en", f"The colour of item {start}")])
    stop.set()
    for asker in askers:
        asker.join()
    assert failures == []
    assert len(knowledge.ids()) == len(KOREAN) + len(ENGLISH) + 205
    knowledge.close()


INDEXER = """
import sys
from pathlib import Path
from knowledge.passages import Passage, Within
from knowledge.search import Knowledge
knowledge = Knowledge(Path(sys.argv[1]))
for number in range(10_000):
    knowledge.index([Passage(number, "ko", f"{number}번 상품 환불 안내")])
    print(number, flush=True)
"""


def test_killed_while_indexing_all_that_was_told_is_there(tmp_path: Path) -> None:
    indexer = subprocess.Popen(
        [sys.executable, "-c", INDEXER, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    assert indexer.stdout is not None
    for line in indexer.stdout:
        if int(line) == 15:
            os.kill(indexer.pid, signal.SIGKILL)
            break
    indexer.wait()
    indexer.stdout.close()
    knowledge = Knowledge(tmp_path)
    assert set(range(16)) <= knowledge.ids()
    assert firsts(knowledge, "15번 환불") == [15]
    knowledge.close()
