"""What is typed behind /dapbot, in Korean and English: subcommands, periods, links, and what is none of them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from connectors.slack.command_words import order_of
from connectors.slack.commands import request_of
from connectors.slack.links import Linked, taken_out
from connectors.slack.periods import is_period, period_of
from connectors.slack.requests import Request

NOW = datetime(2026, 11, 25, 14, 30, tzinfo=ZoneInfo("Asia/Seoul"))  # a Wednesday
MESSAGE = "<https://x.slack.com/archives/C0123/p1712345678901234>"


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ("", "11-24 14:30", ""),
        ("오늘", "11-25 00:00", ""),
        ("이 채널 오늘", "11-25 00:00", ""),
        ("어제", "11-24 00:00", "11-25 00:00"),
        ("어제부터", "11-24 00:00", ""),
        ("그저께", "11-23 00:00", "11-24 00:00"),
        ("2시간", "11-25 12:30", ""),
        ("최근 두 시간 동안", "11-25 12:30", ""),
        ("30분 전부터", "11-25 14:00", ""),
        ("3일치", "11-22 14:30", ""),
        ("일주일", "11-18 14:30", ""),
        ("이번 주", "11-23 00:00", ""),
        ("지난주", "11-16 00:00", "11-23 00:00"),
        ("월요일부터", "11-23 00:00", ""),
        ("금요일부터", "11-20 00:00", ""),
        ("9시부터", "11-25 09:00", ""),
        ("오후 3시부터", "11-24 15:00", ""),
        ("11월 20일부터", "11-20 00:00", ""),
        ("2026-11-01", "11-01 00:00", ""),
        ("today", "11-25 00:00", ""),
        ("yesterday", "11-24 00:00", "11-25 00:00"),
        ("since yesterday", "11-24 00:00", ""),
        ("2h", "11-25 12:30", ""),
        ("the last hour", "11-25 13:30", ""),
        ("last 3 days", "11-22 14:30", ""),
        ("last week", "11-16 00:00", "11-23 00:00"),
        ("past week", "11-18 14:30", ""),
        ("since Monday", "11-23 00:00", ""),
        ("since 9am", "11-25 09:00", ""),
        ("9999일", "11-24 14:30", ""),
    ],
)
def test_periods(said: str, since: str, until: str) -> None:
    found = period_of(said, NOW)
    assert found is not None
    assert f"{found.since:%m-%d %H:%M}" == since
    assert (f"{found.until:%m-%d %H:%M}" if found.until else "") == until
    assert not found.own


@pytest.mark.parametrize("said", ["마지막 방문 이후", "내가 마지막으로 본 뒤부터", "since my last visit"])
def test_since_the_last_visit(said: str) -> None:
    found = period_of(said, NOW)
    assert found is not None
    assert found.own


@pytest.mark.parametrize(
    "said",
    ["환불 규정", "지난 3광년", "25시부터", "13/45", "0시간", "ㅋㅋ", "\x00", "오늘 " * 100, "1" * 5_000, "2월 30일"],
)
def test_what_is_no_period(said: str) -> None:
    assert not is_period(said)


@pytest.mark.parametrize(
    ("typed", "name", "text"),
    [
        ("", "help", ""),
        ("  ", "help", ""),
        ("도움말", "help", ""),
        ("help me with refunds", "ask", "help me with refunds"),
        ("환불은 며칠 걸리나요?", "ask", "환불은 며칠 걸리나요?"),
        ("질문 환불은?", "ask", "환불은?"),
        ("요약: 2시간", "summarize", "2시간"),
        ("요약 이 채널", "summarize", "이 채널"),
        ("요약 기능이 있나요?", "ask", "요약 기능이 있나요?"),
        ("정리\u3000오늘", "summarize", "오늘"),
        ("분위기 어때요?", "sentiment", ""),
        ("분위기 배송이 늦어서 화가 나요", "sentiment", "배송이 늦어서 화가 나요"),
        ("초안 신제품 공지", "draft", "신제품 공지"),
        ("조용히 해제", "unmute", ""),
        ("멈춤", "pause", ""),
        ("다시", "resume", ""),
        ("다시 배송받을 수 있나요?", "ask", "다시 배송받을 수 있나요?"),
        ("설정은 어디서 하나요?", "ask", "설정은 어디서 하나요?"),
        ("SETTINGS", "settings", ""),
        ("요약하면 뭐가 좋아요", "ask", "요약하면 뭐가 좋아요"),
        ("요약", "summarize", ""),
    ],
)
def test_subcommands(typed: str, name: str, text: str) -> None:
    order = order_of(typed)
    assert (order.name, order.text) == (name, text)


def test_a_word_written_in_parts_is_the_same_word() -> None:
    import unicodedata

    assert order_of(unicodedata.normalize("NFD", "요약 오늘")).name == "summarize"


@pytest.mark.parametrize(
    ("typed", "into", "text"),
    [
        ("번역 영어로 안녕하세요", "en", "안녕하세요"),
        ("번역 한국어로\nHello there", "ko", "Hello there"),
        ("translate en 안녕", "en", "안녕"),
        ("translate into Japanese: 안녕", "ja", "안녕"),
        ("번역 일본어: 안녕", "ja", "안녕"),
        ("번역 it is raining", "", "it is raining"),
        ("translate japanese food is nice", "", "japanese food is nice"),
        ("번역 영어 공부는 어려워요", "", "영어 공부는 어려워요"),
        ("translate to be or not", "", "to be or not"),
    ],
)
def test_into_which_language(typed: str, into: str, text: str) -> None:
    order = order_of(typed)
    assert (order.into, order.text) == (into, text)


def test_links() -> None:
    inside = "<https://x.slack.com/archives/C0123/p1712345678901234?thread_ts=1712345000.000100&amp;cid=C0123|볼 것>"
    assert taken_out(f"{inside} 영어로") == (Linked("C0123", "1712345678.901234", "1712345000.000100"), "영어로")
    assert taken_out("<#C0123|고객지원> 오늘") == (Linked("C0123"), "오늘")
    assert taken_out("https://x.slack.com/archives/G0123") == (Linked("G0123"), "")
    for other in (
        "https://example.com/archives",
        "http://x.slack.com/archives/C0123",
        "<#C01<23>",
        "<@U0123|민수>",
        "",
    ):
        assert taken_out(other) == (None, other)
    assert taken_out("<https://" * 5_000)[0] is None
    assert taken_out("https://a/archives/C0123/p" + "1" * 40_000)[0] == Linked("C0123")


def test_what_is_done() -> None:
    def wanted(typed: str) -> tuple[str, str, dict[str, object]] | None:
        request = request_of(order_of(typed), "C0HERE")
        return None if request is None else (request.task, request.text, dict(request.read))

    linked = {"channel": "C0123", "ts": "1712345678.901234", "alone": False}
    assert wanted("요약") == ("summarize", "", {"channel": "C0HERE", "said": ""})
    assert wanted("요약 <#C0123|고객지원> 어제") == ("summarize", "어제", {"channel": "C0123", "said": "어제"})
    assert wanted(f"요약 {MESSAGE}") == ("summarize", "", linked)
    assert wanted(f"분위기 {MESSAGE}") == ("sentiment", "", linked)
    assert wanted(f"번역 영어로 {MESSAGE}") == ("translate", "", linked | {"alone": True})
    assert request_of(order_of("요약 어제 5줄로 영어로"), "C0HERE") == Request(
        "summarize", "어제", {"lines": "5", "language": "en"}, {"channel": "C0HERE", "said": "어제"}
    )
    assert wanted("summarize today in 4 lines") == ("summarize", "today", {"channel": "C0HERE", "said": "today"})
    assert wanted("요약 지난 3광년") is None
    assert wanted("번역 영어로") is None
    assert wanted("초안") is None
    assert wanted("질문") is None
    assert wanted("질문 환불은?") == ("answer", "환불은?", {})
    assert wanted("안녕하세요") == ("", "안녕하세요", {})
    long = "우리 회사는 2010년에 세워졌고 지금까지 열 개의 나라에 물건을 팔고 있으며 사람은 백 명입니다."
    assert wanted(f"요약 {long}") == ("summarize", long, {})
    huge = "가" * 40_000
    assert wanted(huge) == ("", huge, {})
