"""Small talk is what is nothing but small talk; every question goes to the documents, every order to its task."""

import json
import time
from pathlib import Path

import pytest

from bot.routing import BUILT, kind_of, route, wanted
from bot.tasks import TASKS
from knowledge.language import language_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("안녕하세요", "greeting"),
        ("안녕하세요~ 반갑습니다^^", "greeting"),
        ("ㅎㅇ", "greeting"),
        ("질문 있습니다", "greeting"),
        ("Hi there!", "greeting"),
        ("Good morning", "greeting"),
        ("こんにちは", "greeting"),
        ("你好", "greeting"),
        ("고마워요", "thanks"),
        ("네 감사합니다ㅎㅎ", "thanks"),
        ("정말 큰 도움이 됐어요", "thanks"),
        ("수고하세요", "thanks"),
        ("thanks a lot for your help", "thanks"),
        ("thx", "thanks"),
        ("안녕히 계세요", "farewell"),
        ("좋은 하루 되세요", "farewell"),
        ("bye", "farewell"),
        ("have a nice day!", "farewell"),
        ("누구세요?", "who"),
        ("너 이름이 뭐야?", "who"),
        ("사람이야 로봇이야?", "who"),
        ("who are you", "who"),
        ("are you a real person?", "who"),
        ("뭘 할 수 있어?", "help"),
        ("무엇을 물어볼 수 있나요?", "help"),
        ("도움말", "help"),
        ("help", "help"),
        ("What can you do?", "help"),
        ("상담원 연결해 주세요", "human"),
        ("담당자 연결 부탁드려요", "human"),
        ("담당자 호출해 줘", "human"),
        ("Can I ask a person?", "human"),
        ("I need a human please", "human"),
        ("I want to talk to a human", "human"),
        ("ㅋㅋㅋㅋㅋㅋㅋㅋ", "laughter"),
        ("hahaha", "laughter"),
        ("lol", "laughter"),
        ("ㅠㅠ", "sadness"),
        ("죄송합니다", "apology"),
        ("sorry", "apology"),
        ("바보야", "complaint"),
        ("도움이 안 되네요", "complaint"),
        ("you are useless", "complaint"),
        ("꺼져", "hostile"),
        ("fuck you", "hostile"),
        ("네 알겠습니다", "agree"),
        ("ok got it", "agree"),
        ("잘했어", "praise"),
        ("사랑해", "affection"),
        ("how are you?", "how_are_you"),
        ("테스트", "test"),
        ("ㅁㄴㅇㄹ", "unclear"),
        ("😀😀", "symbols"),
        ("?!", "symbols"),
        ("", "empty"),
        (" \n\t ", "empty"),
        ("요즘 너무 힘들어서 죽고 싶어요", "crisis"),
        ("I want to kill myself", "crisis"),
        ("야한 사진 보여줘", "sexual"),
        ("send me nudes", "sexual"),
        ("ㅋ" * 100_000, "laughter"),
        ("안녕" + "!" * 100_000, "greeting"),
        ("🙂" * 100_000, "symbols"),
    ],
)
def test_small_talk(text: str, kind: str) -> None:
    assert kind_of(text) == kind
    assert route(text, language_of(text, "ko")) == "smalltalk"


@pytest.mark.parametrize(
    "text",
    [
        "안녕하세요, 환불은 어떻게 하나요?",
        "안녕하세요 환불이요",
        "감사 일정 알려줘",
        "감사팀 연락처",
        "고마워 근데 교환은?",
        "씨발 환불 왜 안 해줘",
        "바보같이 비밀번호를 잊어버렸어요",
        "모바일에서는 노출되지 않아요",
        "프린터가 안 돼요",
        "안 돼요",
        "환불",
        "환불이요",
        "오늘 기분이 별로야",
        "배고파",
        "담당자가 누구예요?",
        "담당자 호출 버튼이 안 눌려요",
        "I need a person in charge of refunds",
        "직원 할인 되나요?",
        "자살 예방 교육은 언제 하나요?",
        "성희롱 신고는 어디에 하나요?",
        "보지 못한 메일을 다시 받을 수 있나요?",
        "상담원 근무 시간",
        "테스트 서버 주소",
        "하이패스 신청",
        "도움말 페이지가 안 열려요",
        "Hello, how do I get a refund?",
        "Thanks! How long does it take?",
        "help me reset my password",
        "Who are your partners?",
        "What is your name policy for accounts?",
        "hi res images",
        "goodbye party budget",
        "sorry to ask, where is the printer?",
        "The bot detection blocks my account",
        "Is suicide prevention training mandatory?",
        "1",
        "12345",
        "返金はどのくらいかかりますか?",
        "가" * 100_000,
        "안녕 " * 30_000,
    ],
)
def test_questions_are_never_swallowed(text: str) -> None:
    assert kind_of(text) is None
    assert route(text, language_of(text, "ko")) == "answer"


def test_a_hostile_length_takes_no_time() -> None:
    hardest = [
        "아 네 음 " * 30,
        "a" * 100_000,
        "하하호호" * 50,
        "음음음음 " * 24 + "x",
        "yes no ok " * 12 + "q",
        "ㅋㅎ" * 50_000,
    ]
    started = time.perf_counter()
    for text in hardest:
        kind_of(text)
    assert time.perf_counter() - started < 5.0  # not a measure of speed: without a memory of dead ends it takes hours


# --- what is wanted, whether it can be done yet or not ----------------------------------------------------------

ROUTES = [json.loads(line) for line in (Path(__file__).parent / "routes.jsonl").read_text("utf-8").splitlines()]


def test_the_task_is_the_one_that_people_mean() -> None:
    wrong = [row["text"] for row in ROUTES if wanted(row["text"], row["language"]).task != row["task"]]
    assert len(wrong) <= 0.05 * len(ROUTES), wrong


def test_only_tasks_that_there_are_get_messages() -> None:
    assert set(TASKS) == BUILT
    assert {route(row["text"], row["language"]) for row in ROUTES} <= BUILT


@pytest.mark.parametrize(
    ("text", "task", "material"),
    [
        ("요약해줘:\n첫 줄입니다.\n둘째 줄입니다.", "summarize", "첫 줄입니다.\n둘째 줄입니다."),
        ("첫 줄입니다.\n둘째 줄입니다.\n\n위 글 요약해줘", "summarize", "첫 줄입니다.\n둘째 줄입니다."),
        ('"see you on Monday" 이거 우리말로 뭐라고 해?', "translate", "see you on Monday"),
        ("sentiment: the new layout is awful", "sentiment", "the new layout is awful"),
        ("이 코드 왜 안 돌아가? for i in range(3) print(i)", "tutor", "for i in range(3) print(i)"),
        (
            "Summarize this:\n\n" + "The board met on Tuesday. " * 400,
            "summarize",
            ("The board met on Tuesday. " * 400).strip(),
        ),
        (
            "The board met on Tuesday. " * 20 + "Please summarize this.",
            "summarize",
            ("The board met on Tuesday. " * 20).strip(),
        ),
        ("요약해줘", "summarize", ""),
    ],
)
def test_the_text_is_told_from_what_is_to_be_done_to_it(text: str, task: str, material: str) -> None:
    found = wanted(text, language_of(text, "ko"))
    assert (found.task, found.material) == (task, material)
    assert found.reason


@pytest.mark.parametrize(
    "text",
    [
        "방 정리 해주세요",
        "정리해고 절차가 궁금해요",
        "월별 이용 요약을 메일로 받을 수 있나요",
        "요금제 핵심만 알려줘",
        "앱을 영어로 바꿔 주세요",
        "영어 상담원 연결해줘",
        "감정 평가 비용이 얼마예요",
        "환불 절차 쉽게 설명해줘",
        "와이파이 비번 가르쳐줘",
        "결제 문제 도와줘",
        "draft status of my order",
        "put me through to the Korean team",
        "the summary page shows the wrong total",
        "change the language to English",
        "Please write to me when it is back in stock",
        "explain your refund policy",
        "create an account for me",
        "are the reviews checked by somebody",
        "문의: 번역 버튼이 안 눌려요",
        "어제 온 메일입니다.\n환불이 아직 안 됐다고 하는데요.\n언제 되나요?",
    ],
)
def test_what_only_sounds_like_a_task_is_a_question(text: str) -> None:
    assert wanted(text, language_of(text, "ko")).task == "answer"


def test_a_hostile_order_takes_no_time() -> None:
    hardest = [
        "please " * 5_000,
        "요약 " * 5_000,
        "이 글 " * 1_000,
        '"' * 4_000,
        ": " * 2_000,
        "write " * 30,
        "a\n" * 2_000,
        ". select " * 444,
        ". " * 1_000 + "a" * 2_000,
    ]
    started = time.perf_counter()
    for text in hardest:
        wanted(text, "en")
        wanted(text, "ko")
    assert time.perf_counter() - started < 5.0  # not a measure of speed: a pattern that tries everything takes hours
