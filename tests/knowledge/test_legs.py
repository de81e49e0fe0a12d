"""The legs of the search are measured with questions made from the corpus, and weigh what they deserve."""

from pathlib import Path

import pytest

from knowledge.calibration import load
from knowledge.confidence import Signals
from knowledge.language import Language
from knowledge.legs import PRIOR, Probed, best_factor, recall
from knowledge.passages import Passage
from knowledge.probing import Kind, Probe, probe_of, probes_of
from knowledge.search import Knowledge
from tests.knowledge.models import make_model

MEANINGS = [
    ("환불", "돈을 돌려받기"),
    ("배송", "택배 도착"),
    ("비밀번호", "암호 분실"),
    ("탈퇴", "계정 삭제"),
    ("영수증", "결제 증빙"),
    ("주차", "차량 세우기"),
    ("휴가", "쉬는 날 신청"),
    ("급여", "월급 지급"),
]
"""The word of each entry, and an alias that shares no letter with it: only meaning finds one by the other."""


def passages(language: Language = "ko") -> list[Passage]:
    return [
        Passage(number, language, f"{word} 담당자에게 문의해 주세요.", "", f"{word} 안내", (alias,))
        for number, (word, alias) in enumerate(MEANINGS, 1)
    ]


@pytest.fixture(scope="module")
def multilingual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    return make_model(
        folder, [f"{word} {alias}" for word, alias in MEANINGS], ["안내", "담당자에게", "문의해", "주세요"]
    )


@pytest.fixture
def knowledge(multilingual: Path, tmp_path: Path) -> Knowledge:
    made = Knowledge(tmp_path / "indexes", embedding_model=str(multilingual))
    made.index(passages())
    made.calibrate(passages())
    return made


def test_each_leg_is_asked_for_what_only_meaning_finds(knowledge: Knowledge, tmp_path: Path) -> None:
    found = knowledge.measure_legs(probes_of(passages()))
    assert len(found) == len(MEANINGS)
    assert {each.probe.kind for each in found} == {"alias"}
    assert recall(found, "vectors") == 1
    assert recall(found, "words") < 0.3
    assert knowledge.vectors_for("ko") == (True, "used")
    factor = best_factor(found)
    assert factor >= 1
    knowledge.weigh_legs({"ko": 2.0})
    assert load(tmp_path / "indexes" / "calibration.json").factors == {"ko": 2.0}
    knowledge.calibrate(passages())
    assert load(tmp_path / "indexes" / "calibration.json").factors == {"ko": 2.0}
    knowledge.close()


def test_the_weights_of_another_model_are_forgotten(knowledge: Knowledge, tmp_path: Path) -> None:
    knowledge.weigh_legs({"ko": 4.0})
    knowledge.close()
    kept = load(tmp_path / "indexes" / "calibration.json")
    assert kept.factor("ko", kept.model) == 4.0
    assert kept.factor("ko", "another") == 1.0
    assert kept.factor("en", kept.model) == 1.0


def test_words_alone_where_the_model_does_not_read_the_language(tmp_path: Path) -> None:
    made = Knowledge(tmp_path / "indexes")
    made.index(passages())
    assert not made.vectors_for("ko")[0]
    found = made.measure_legs(probes_of(passages()))
    assert all("vectors" not in each.places and not each.factors for each in found)
    assert best_factor(found) == 1.0
    made.close()


def test_a_passage_taken_out_is_not_what_is_found(knowledge: Knowledge) -> None:
    question = Passage(1, "ko", "환불 담당자에게 문의해 주세요.", "", "환불 안내")
    probe = Probe(question, "환불 안내", "question", question)
    [found] = knowledge.measure_legs([probe])
    assert found.places["words"] == 1
    assert found.left.words_top < found.held.words_top
    knowledge.close()


def test_nothing_to_ask_is_no_error(knowledge: Knowledge) -> None:
    assert knowledge.measure_legs([]) == []
    assert recall([], "words") == 0
    assert best_factor([]) == 1.0
    knowledge.close()


def probed(count: int, places: dict[float, int | None], kind: Kind = "alias") -> list[Probed]:
    passage = passages()[0]
    probe = Probe(passage, "암호 분실", kind, passage)
    return [Probed(probe, {"all": places[1.0]}, places, Signals(), Signals()) for _ in range(count)]


BETTER = {0.0: None, 0.25: 9, 0.5: 5, 1.0: 3, 2.0: 1, 4.0: 1}
WORSE = {0.0: 1, 0.25: 1, 0.5: 3, 1.0: 5, 2.0: 9, 4.0: None}


def test_the_factor_is_shrunk_to_the_shipped_weights() -> None:
    few, many = best_factor(probed(5, BETTER)), best_factor(probed(500, BETTER))
    assert 1 < few < many < 2
    assert best_factor(probed(PRIOR, BETTER)) == pytest.approx(2**0.5)
    assert 0.2 < best_factor(probed(500, WORSE)) < 0.5


def test_titles_and_sentences_do_not_move_the_weights() -> None:
    assert best_factor(probed(100, WORSE, "sentence")) == 1.0
    assert best_factor(probed(100, WORSE, "title")) == 1.0


def test_a_probe_is_the_same_each_time() -> None:
    assert probe_of(passages()[0]) == probe_of(passages()[0])
