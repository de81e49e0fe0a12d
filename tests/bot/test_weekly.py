"""The weekly report: what it says, when it goes out, and that it goes out once."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import summing, weekly
from bot.database import audit
from bot.database.question_tables import QuestionAsked, QuestionGroup
from bot.errors import SettingsError
from bot.insight_figures import Span
from bot.jobs import jobs_of, scheduled
from bot.settings import Settings, load
from bot.weekly_targets import WeeklyReport, read_reports
from bot.wiring import Bot
from knowledge.language import Language
from tests.bot.insight_days import asked, filled
from tests.samples import BotMaker, zone_at_noon
from tests.servers import databases

CHANNELS = {"mail_address": "bot@company.com", "smtp_url": "smtp://127.0.0.1:2525", "slack_bot_token": "xoxb-1"}
BOTH = "0 9 * * 1 > team@company.com; 0  9 * * 1 > slack:C012AB3CD;"


def group(bot: Bot, question: str, count: int, at: datetime, state: str = "open") -> None:
    answers = [asked(bot, at, question, answered=False, sources=()) for _ in range(count)]
    with bot.sessions.begin() as session:
        made = QuestionGroup(question=question, words=None, language="ko", state=state, last_at=at)
        session.add(made)
        session.flush()
        for answer in answers:
            session.add(
                QuestionAsked(
                    answer_id=answer, group_id=made.id, conversation_id="c", channel="web", unanswered=True, bad=False,
                    handed=False, asked_at=at,
                )
            )  # fmt: skip


def write(bot: Bot, span: Span, language: Language) -> weekly.Written:
    return weekly.write(bot.sessions, span, bot.clock(), language, bot.settings.public_url)


def test_settings_are_read() -> None:
    made = read_reports(BOTH)
    assert made == (WeeklyReport("0 9 * * 1", "team@company.com"), WeeklyReport("0 9 * * 1", "slack:C012AB3CD"))
    assert len({each.name for each in scheduled(Settings(report=BOTH))}) == 4
    assert read_reports("0 9 * * 1 > a@b.kr;0 9 * * 1>a@b.kr") == (WeeklyReport("0 9 * * 1", "a@b.kr"),)


@pytest.mark.parametrize(
    "value", ["weekly > a@b.kr", "0 9 * * 1 a@b.kr", "0 9 * * 1 > team", "0 9 * * 1 > slack:general", "0 9 * * 1 > "]
)
def test_what_cannot_be_read_is_said(value: str) -> None:
    with pytest.raises(SettingsError, match="team@company"):
        load(report=value)


def test_the_week_in_words(make_bot: BotMaker) -> None:
    bot = make_bot(public_url="https://bot.company.com/")
    now = bot.clock() - timedelta(days=1)
    filled(bot, now)
    for days in (9, 14):
        asked(bot, now - timedelta(days=days))
    group(bot, "주말에도 상담이 되나요? 010-1234-5678로 알려 주세요", 3, now)
    group(bot, "해외 배송도 되나요?", 2, now)
    group(bot, "이미 답했나요?", 4, now, state="answered")
    summing.close_days(bot)
    korean = write(bot, Span(now.date() - timedelta(days=6), now.date()), "ko")
    assert korean.subject == "답봇 주간 보고: 11월 17일 – 11월 23일"
    lines = korean.text.split("\n")
    assert lines[0].startswith("■ 질문 13건 (지난주보다 +")
    assert "- 담당자에게 넘김 2건, 처리 1건 (보통 2시간 만에)" in lines
    assert "- 평가 👍 1 · 👎 1 (가장 많은 이유: 틀린 답이에요, 1건)" in lines
    assert "- 불만이 담긴 메시지 100%; 가장 많은 불만: 배송, 3건" in lines
    assert any(line.startswith("- 모델 비용 $0.50 (해결한 질문 하나에 $") for line in lines)
    at = lines.index("■ 많이 물었지만 답하지 못한 질문")
    assert lines[at + 1] == "1. 주말에도 상담이 되나요? [전화번호]로 알려 주세요 (3번)"
    assert lines[at + 2] == "2. 해외 배송도 되나요? (2번)"
    assert "이미 답했나요" not in korean.text
    assert lines[-1] == "자세히 보기: https://bot.company.com/insight?from=2026-11-17&to=2026-11-23"
    english = write(bot, Span(now.date() - timedelta(days=6), now.date()), "en")
    assert english.subject == "Dapbot's week: Nov 17 – Nov 23"
    assert "■ Questions: 13 (+" in english.text
    assert "most often of: delivery, 3" in english.text


def test_a_quiet_week_is_reported_too(make_bot: BotMaker) -> None:
    bot = make_bot()
    assert write(bot, weekly.week_before(bot.clock().date()), "ko").text == "■ 질문 0건"


@pytest.mark.postgresql
def test_a_planned_time_is_sent_once_and_closes_its_days(make_bot: BotMaker) -> None:
    bot = make_bot(report=BOTH, **CHANNELS)
    asked(bot, bot.clock() - timedelta(days=1))
    mail, slack = read_reports(BOTH)
    planned = {"planned": "2026-11-24T09:00"}
    for _ in range(2):  # the worker died after it, and does it once more
        jobs_of(bot)[mail.job](planned)
        jobs_of(bot)[slack.job](planned)
    rows = {row.channel: row for row in bot.inbox.list("new")}
    assert set(rows) == {"mail", "slack"}
    assert len(bot.inbox.list("new")) == 2
    assert rows["mail"].text.startswith("■ 질문 1건")
    assert rows["mail"].where["to"] == "team@company.com"
    assert rows["mail"].where["subject"] == "답봇 주간 보고: 11월 17일 – 11월 23일"
    assert rows["slack"].text.startswith("**답봇 주간 보고: 11월 17일 – 11월 23일**\n\n■ 질문 1건")
    assert rows["slack"].where["channel"] == "C012AB3CD"
    with bot.sessions() as session:
        lines = audit.lines(session, audit.Wanted(action="report"), limit=10)
    assert {(line.actor, line.subject) for line in lines} == {
        ("schedule", "team@company.com"),
        ("schedule", "slack:C012AB3CD"),
    }
    assert len(lines) == 2


def test_without_a_channel_nothing_waits_for_one(make_bot: BotMaker) -> None:
    bot = make_bot(report=BOTH)
    jobs_of(bot)[read_reports(BOTH)[0].job]({"planned": "2026-11-24T09:00"})
    assert not bot.inbox.list("new")


def test_the_report_tells_no_more_than_groups_do(make_bot: BotMaker) -> None:
    bot = make_bot()
    group(bot, "가" * 400, 1, bot.clock() - timedelta(days=1))
    text = write(bot, weekly.week_before(bot.clock().date()), "ko").text
    assert "1. " + "가" * (weekly.LONGEST - 1) + "… (1번)" in text


def test_the_terminal_shows_the_same(make_bot: BotMaker, capsys: pytest.CaptureFixture[str]) -> None:
    bot = make_bot(timezone=zone_at_noon())
    asked(bot, datetime.now(UTC) - timedelta(days=1))
    assert databases.run(["report", "weekly", "--data", str(bot.settings.data)]) == 0
    shown = capsys.readouterr().out
    assert "Questions: 1" in shown or "질문 1건" in shown
