"""Small talk is what is nothing but small talk; every question goes to the documents."""

import time

import pytest

from bot.routing import kind_of, route
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
