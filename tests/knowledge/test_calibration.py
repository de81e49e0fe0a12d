"""The line moves with the corpus; a file that is missing, broken or from another version is no error."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.calibration import SAMPLE, TYPICAL, Calibration, load, measure_corpus, sample
from knowledge.confidence import LINES, Signals
from knowledge.language import Language
from knowledge.passages import Passage
from knowledge.search import Knowledge

MIDDLING = Signals(words_gap=0.25, bigrams_gap=0.25, words_top=0.7)


def test_long_passages_raise_the_line_and_short_ones_lower_it() -> None:
    short = measure_corpus([("ko", 12)] * 50)
    long = measure_corpus([("ko", 250)] * 50)
    none = Calibration()
    order = [each.confidence(MIDDLING, "ko") for each in (long, none, short)]
    assert order == sorted(order)
    assert order[2] - order[0] > 0.2


def test_small_faqs_have_a_friendlier_line() -> None:
    lengths: list[tuple[Language, int]] = [("ko", 40)] * 30
    sizes = [measure_corpus(lengths, {"ko": size}) for size in (30, 52, 300, 600)]
    order = [each.confidence(MIDDLING, "ko") for each in sizes]
    assert order == sorted(order, reverse=True)
    assert order[0] - order[2] > 0.05
    limits = [measure_corpus(lengths, {"ko": size}).confidence(MIDDLING, "ko") for size in (1, 10**6)]
    assert limits == [order[0], order[-1]]
    unknown = measure_corpus(lengths)
    assert unknown.confidence(MIDDLING, "ko") == order[2]


def test_a_corpus_that_fakes_answers_raises_the_line() -> None:
    lengths: list[tuple[Language, int]] = [("ko", 40)] * 30
    faked = [[Signals(share, share, 3 * share)] * 50 for share in (0.05, 0.15, 0.25, 9.0, 99.0)]
    order = [measure_corpus(lengths, None, {"ko": some}).confidence(MIDDLING, "ko") for some in faked]
    assert order == sorted(order, reverse=True)
    assert order[0] - order[2] > 0.15
    assert order[-1] == order[-2] > 0.1  # the correction has a bound
    assert measure_corpus(lengths, None, {"ko": []}).line("ko") == measure_corpus(lengths).line("ko")
    few = measure_corpus(lengths, None, {"ko": [Signals()]})
    assert 0 < few.line("ko") - measure_corpus(lengths).line("ko") < 0.5  # one says little


def test_each_language_has_its_own_length() -> None:
    mixed = measure_corpus([("ko", 12)] * 40 + [("en", 250)] * 40)
    assert mixed.lengths["en"] > TYPICAL > mixed.lengths["ko"]
    assert measure_corpus([("ko", 12)] * 40).confidence(MIDDLING, "en") == Calibration().confidence(MIDDLING, "en")


def test_one_entry_or_none_or_a_huge_one_move_little() -> None:
    assert measure_corpus([]) == Calibration()
    alone = measure_corpus([("ko", 3)])
    assert abs(alone.lengths["ko"] - TYPICAL) < 1
    huge = measure_corpus([("ko", 10**7)] * 300)
    assert huge.confidence(MIDDLING, "ko") == Calibration({"ko": 5.7}).confidence(MIDDLING, "ko")
    assert measure_corpus([("en", 0)] * 300).confidence(MIDDLING, "en") > 0


def test_the_cosine_needs_no_correction() -> None:
    signals = Signals(0.2, 0.2, 0.5, cosine=0.6)
    assert measure_corpus([("en", 300)] * 9).confidence(signals, "en") == Calibration().confidence(signals, "en")


def test_the_sample_is_even_and_the_same_each_time() -> None:
    assert sample(0) == []
    assert sample(3) == [0, 1, 2]
    assert len(sample(100_000)) == len(set(sample(100_000))) == SAMPLE
    assert sample(100_000)[-1] > 99_000


def test_kept_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "indexes" / "calibration.json"
    kept = replace(
        measure_corpus([("ko", 20), ("en", 90)], {"ko": 7, "en": 9}, {"ko": [Signals(0.1)] * 7}),
        factors={"en": 2.0},
        model="all-MiniLM-L6-v2",
    )
    kept.save(path)
    assert load(path) == kept
    assert [each.name for each in path.parent.iterdir()] == ["calibration.json"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1]",
        b"null",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"format": 99, "lengths": {"ko": 2.0}}',
        b'{"format": 1, "lengths": 7}',
        b'{"format": 1, "lengths": {"ko": "long", "en": true}}',
        b'{"format": 1, "lengths": {"ko": NaN, "en": Infinity}}',
        b'{"format": 1, "lengths": {}, "counts": [], "impostors": [1], "factors": "x", "model": 7}',
    ],
)
def test_a_broken_file_means_a_typical_corpus(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "calibration.json"
    path.write_bytes(content)
    assert load(path) == Calibration()


def test_no_file_means_a_typical_corpus(tmp_path: Path) -> None:
    assert load(tmp_path / "calibration.json") == Calibration()
    assert load(tmp_path) == Calibration()  # a folder in its place


FAQ = [
    ("환불은 어떻게 하나요?", "구매하신 날부터 7일 안에 마이페이지의 주문 내역에서 환불을 신청하실 수 있습니다."),
    ("배송은 얼마나 걸리나요?", "결제가 끝난 뒤 보통 이틀, 제주와 섬 지역은 나흘쯤 걸립니다."),
    (
        "비밀번호를 잊어버렸어요",
        "로그인 화면의 비밀번호 찾기에서 가입하신 이메일로 인증하시면 새로 정하실 수 있습니다.",
    ),
    ("포인트는 언제 사라지나요?", "적립된 날부터 1년이 지나면 소멸하며, 한 달 전에 메일로 알려 드립니다."),
    ("영수증을 다시 받을 수 있나요?", "주문 내역에서 해당 주문을 누르시면 영수증을 내려받으실 수 있습니다."),
    ("매장은 몇 시에 문을 여나요?", "평일은 오전 10시, 주말은 오전 11시에 엽니다."),
    ("선물 포장이 되나요?", "장바구니에서 선물 포장을 고르시면 됩니다. 비용은 2,000원입니다."),
    ("회원 탈퇴는 어디서 하나요?", "계정 설정 맨 아래의 회원 탈퇴를 누르시면 됩니다. 남은 포인트는 사라집니다."),
]


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = tmp_path_factory.mktemp("indexes")
    passages = [Passage(number, "ko", answer, "", question) for number, (question, answer) in enumerate(FAQ, 1)]
    made = Knowledge(folder)
    made.index(passages)
    made.calibrate(passages)
    assert json.loads((folder / "calibration.json").read_text())["lengths"]["ko"] < TYPICAL
    return made


def test_a_sample_stands_for_the_whole_corpus(tmp_path: Path) -> None:
    passages = [Passage(number, "ko", answer, "", question) for number, (question, answer) in enumerate(FAQ, 1)]
    made = Knowledge(tmp_path)
    made.index(passages)
    made.calibrate(passages[::2])
    assert load(tmp_path / "calibration.json").counts == {"ko": len(FAQ)}
    made.close()


@pytest.mark.parametrize("question", [question for question, _ in FAQ])
def test_a_question_of_the_faq_itself_is_answered_without_doubt(knowledge: Knowledge, question: str) -> None:
    assert knowledge.search(question).confidence > 0.8


@pytest.mark.parametrize(
    "question", ["환불", "배송", "비밀번호", "비밀 번호를 잊었어요", "회원탈퇴", "배송 얼마나 걸려요"]
)
def test_a_keyword_is_enough_where_one_entry_is_about_it(knowledge: Knowledge, question: str) -> None:
    assert knowledge.search(question).confidence >= LINES["balanced"]


@pytest.mark.parametrize(("question", "right"), [("환불 방법", 1), ("배송 기간", 2), ("포인트 유효기간", 4)])
def test_a_keyword_with_a_word_the_faq_does_not_know_is_offered_first(
    knowledge: Knowledge, question: str, right: int
) -> None:
    assert knowledge.search(question).candidates[0].id == right


@pytest.mark.parametrize(
    "question",
    [
        "오늘 점심 뭐 먹지?",
        "심심해",
        "나 오늘 헤어졌어",
        "주식은 언제 사야 하나요?",
        "대한민국의 수도는 어디인가요?",
        "ㅋㅋㅋㅋ",
        "?",
    ],
)
def test_what_the_faq_does_not_hold_is_not_answered(knowledge: Knowledge, question: str) -> None:
    assert knowledge.search(question).confidence < LINES["balanced"]


def test_a_new_process_reads_the_calibration(tmp_path: Path) -> None:
    passages = [Passage(1, "ko", "가" * 5)]
    first = Knowledge(tmp_path)
    first.index(passages)
    first.calibrate(passages)
    first.close()
    again = Knowledge(tmp_path, writable=False)
    assert load(tmp_path / "calibration.json").lengths.keys() == {"ko"}
    assert again.search("가가가가가").confidence > 0
    again.close()
