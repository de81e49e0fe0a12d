"""Mails that came to an address go out together, once each, at the time that is set."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import digesting
from bot.database import mails
from bot.database.columns import now
from bot.digesting import send, text_of
from bot.digests import Digest, read_digests, sources
from bot.errors import SettingsError
from bot.jobs import jobs_of, scheduled
from bot.settings import Settings, load
from bot.wiring import Bot
from tests.samples import BotMaker

TEAM = "30 8 * * 1-5 team@company.com > manager@company.com"
ZONE = ZoneInfo("Asia/Seoul")
SUMMARY = {
    "subject": "견적 문의",
    "from": {"name": "김민수", "address": "minsu@partner.com"},
    "lines": ["의자 20개의 견적을 달라고 합니다.", "예산은 200만 원입니다.", ""],
    "actions": [{"what": "견적서 보내기", "who": "이지연", "due": "2026-11-27"}],
}


def came(bot: Bot, key: str, address: str = "team@company.com", **summary: object) -> None:
    with bot.sessions.begin() as session:
        mails.keep(session, key, "minsu@company.com", b"x", address=address)
        mails.note_summary(session, key, {**SUMMARY, **summary})


def waiting(bot: Bot) -> list[tuple[str, str, str]]:
    return [(row.key, row.channel, row.text) for row in bot.inbox.list("new")]


def test_settings_are_read() -> None:
    made = read_digests(f"{TEAM}; 0 9 * * 1 Sales@Company.com>slack:C012AB3CD ;")
    assert made == (
        Digest("30 8 * * 1-5", "team@company.com", "manager@company.com"),
        Digest("0 9 * * 1", "sales@company.com", "slack:C012AB3CD"),
    )
    assert sources(TEAM) == {"team@company.com"}
    assert len({each.name for each in scheduled(Settings(mail_digest=TEAM))}) == 3


@pytest.mark.parametrize(
    "value",
    [
        "daily team@company.com > x@y.z",
        "30 8 * * 1-5 team > x@y.z",
        TEAM.replace(">", ""),
        "99 8 * * * a@b.c > d@e.f",
        "30 8 * * * a@b.c > slack:general",
    ],
)
def test_what_cannot_be_read_is_said(value: str) -> None:
    with pytest.raises(SettingsError, match="manager"):
        load(mail_digest=value)


def test_each_mail_is_in_one_digest(make_bot: BotMaker) -> None:
    bot = make_bot(mail_digest=TEAM, timezone="Asia/Seoul")
    (one,) = read_digests(bot.settings.mail_digest)
    came(bot, "a" * 64)
    came(bot, "b" * 64, address="bot@company.com")
    first = (now().astimezone(ZONE) + timedelta(minutes=1)).replace(tzinfo=None)
    assert send(bot, one, first)
    assert send(bot, one, first) is False  # the worker died after it, and does it once more
    ((key, channel, text),) = waiting(bot)
    assert channel == "mail"
    assert key.startswith("digest:")
    assert text.split("\n") == [
        "■ 견적 문의 — 김민수",
        "- 의자 20개의 견적을 달라고 합니다.",
        "- 예산은 200만 원입니다.",
        "→ 견적서 보내기 (담당: 이지연, 기한: 2026-11-27)",
    ]
    assert send(bot, one, first + timedelta(days=1)) is False  # nothing came: nothing is sent
    assert len(waiting(bot)) == 1


def test_killed_between_the_two_it_is_sent_once(make_bot: BotMaker) -> None:
    bot = make_bot(mail_digest=TEAM, timezone="Asia/Seoul")
    (one,) = read_digests(bot.settings.mail_digest)
    came(bot, "a" * 64)
    planned = (now().astimezone(ZONE) + timedelta(minutes=1)).replace(tzinfo=None)
    bot.inbox.accept(digesting._notice(one, planned, "x", 1, "ko"))
    send(bot, one, planned)
    assert len(waiting(bot)) == 1


def test_a_job_does_it_with_the_planned_time(make_bot: BotMaker) -> None:
    bot = make_bot(mail_digest=TEAM.replace("manager@company.com", "slack:C012AB3CD"), timezone="Asia/Seoul")
    (one,) = read_digests(bot.settings.mail_digest)
    came(bot, "a" * 64)
    planned = (now().astimezone(ZONE) + timedelta(minutes=1)).replace(tzinfo=None)
    jobs_of(bot)[one.job]({"planned": planned.isoformat(timespec="minutes")})
    ((_, channel, text),) = waiting(bot)
    assert channel == "slack"
    assert text.startswith("**team@company.com로 온 메일 1통 요약**")


def test_many_are_counted() -> None:
    kept = [mails.KeptMail(str(n), "a@b.c", datetime.now(ZONE), 1, SUMMARY) for n in range(70)]
    assert text_of(kept, "en").endswith("And 10 more.")
    assert text_of([mails.KeptMail("k", "a@b.c", datetime.now(ZONE), 1, {})], "en") == "■ (no subject)"
