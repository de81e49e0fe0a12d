"""App Home is within Slack's limits whatever documents and people are called, and says what is there."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.database.volume import Volume
from bot.holdings import Holding
from bot.preferences import Preferences
from connectors.slack.choices import Choices
from connectors.slack.home import _preferences
from connectors.slack.home_admin import Standing, Waiter
from connectors.slack.home_view import Facts, Notice, home
from knowledge.language import Language
from tests.connectors.slack.seen import texts
from tests.servers.slack_limits import check_view

NIGHT = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
SEOUL = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))
HOSTILE = "<!channel> <@U1> *x*" + "가" * 40_000 + "\x00\n\n@here & <https://evil.example|배송.csv>"


def facts(language: Language = "ko", **more: object) -> Facts:
    return Facts(language, "Dapbot", "<@U0DAPBOT>", SEOUL, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_largest_home_is_within_the_limits(language: Language) -> None:
    everything = Choices(frozenset({"a", HOSTILE}), "en", True, True, ("S1", "U1"), "hasipsio", True)
    waiter = Waiter("U1", NIGHT, "C1", "https://loopback.slack.example/archives/C1/p1764060000000001")
    standing = Standing(
        Volume(10**9, 1, 10**6, 5, 6), 10**9, 7, [waiter] * 900, True, [(f"C{n}", everything) for n in range(15)], 984,
        "https://bot.example/admin/inbox",
    )  # fmt: skip
    shown = facts(
        language,
        preferences=Preferences("ko", "child", "banmal"),
        holdings=[Holding(HOSTILE, 10**6, NIGHT)] * 500,
        examples=[HOSTILE] * 50,
        standing=standing,
    )
    view = home(shown, Notice(HOSTILE, "{}"))
    check_view(view)
    assert len(json.dumps(view, ensure_ascii=False).encode()) < 250_000
    documents = [line for line in texts(view).splitlines() if line.startswith("• *")]
    assert len(documents) == 10
    assert "<" not in "".join(documents)
    assert all(line.count("*") == 2 for line in documents)


def test_the_smallest_home_says_what_is_missing() -> None:
    view = home(facts())
    check_view(view)
    said = texts(view)
    assert "아직 보실 수 있는 자료가 없어요" in said
    assert "언어 모델이 없어" in said
    assert "home_forget" not in json.dumps(view)
    assert "지난 7일" not in said
    assert "언어 모델이 없어" not in texts(home(facts(written=True)))


def test_documents_are_dated_where_the_company_is() -> None:
    many = [Holding(f"{n}.csv", 1_200, NIGHT) for n in range(13)]
    said = texts(home(facts(holdings=many)))
    assert "*0.csv* · 항목 1,200개 · 2026-11-25 기준" in said
    assert "10.csv" not in said
    assert "그 밖에 자료 3건, 항목 3,600개" in said


def test_channels_say_what_is_set() -> None:
    usual, other = Choices(), Choices(frozenset({"a"}), auto=True, private=True, paused=True)
    said = texts(home(facts(standing=Standing(channels=[("C1", usual), ("C2", other)]))))
    assert "<#C1>\n부를 때만 답변" in said
    assert (
        "<#C2>\n:double_vertical_bar: 멈춤 · 질문처럼 보이면 자동으로 답변 · 질문한 사람에게만 · 쓰는 자료 1건" in said
    )
    assert "/invite <@U0DAPBOT>" in texts(home(facts(standing=Standing())))


def test_admins_see_who_waits_for_a_person() -> None:
    link = "https://loopback.slack.example/archives/C1/p1764060000000001"
    people = [Waiter("U1", NIGHT, "C1", link), *(Waiter(f"U{n}", NIGHT) for n in range(2, 9))]
    said = texts(home(facts("ko", standing=Standing(people=people))))
    assert f"• <@U1> · 2026-11-25 05:00부터 <#C1> · <{link}|스레드 열기>" in said
    assert "• <@U5> · 2026-11-25 05:00부터\n그 밖에 3명" in said
    assert "<@U6>" not in said


def test_what_a_button_brings_back_is_read_with_care() -> None:
    kept = json.dumps({"language": "ko", "level": "child", "politeness": "banmal"})
    assert _preferences(kept) == Preferences("ko", "child", "banmal")
    for forged in ("", "null", "[]", "{", '{"language": 3, "level": ["child"]}', "[" * 2_000, '{"language": "fr"}'):
        assert _preferences(forged) == Preferences()
