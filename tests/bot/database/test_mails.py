"""Mails are kept whole, once, and go with their sender or when they have been kept long enough."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy import Engine

from bot.database import mails, retaining
from bot.database.columns import now
from bot.database.erasing import erase, find_people
from bot.database.mail_tables import MailRow
from bot.inbox import Inbox
from bot.incoming import Incoming
from bot.messages import Message
from bot.retention import bounds
from bot.settings import Settings
from tests.bot.database.exchanges import Sessions, exchange, put

RAW = "Subject: 견적\r\n\r\n안녕하세요\r\n".encode("cp949") * 1_000


def test_kept_once_and_read_back(sessions: Sessions) -> None:
    with sessions.begin() as session:
        assert mails.keep(session, "a" * 64, "minsu@company.com", RAW, address="team@company.com")
    with sessions.begin() as session:
        assert not mails.keep(session, "a" * 64, "other@company.com", b"something else")
        mails.note_summary(session, "a" * 64, {"lines": ["하나", "둘\x00", "셋"]})
    with sessions() as session:
        assert mails.data_of(session, "a" * 64) == RAW
        assert mails.data_of(session, "b" * 64) is None
        moment = now()
        five = timedelta(minutes=5)
        (kept,) = mails.summarised(session, moment - five, moment + five, address="team@company.com")
        assert (kept.sender, kept.size) == ("minsu@company.com", len(RAW))
        assert kept.summary is not None
        assert kept.summary["lines"][0] == "하나"
        assert mails.summarised(session, moment + five, moment + 2 * five, address="team@company.com") == []
        assert mails.summarised(session, moment - five, moment + five, address="bot@company.com") == []


def test_it_goes_when_its_time_is_over_but_not_while_it_waits(sessions: Sessions) -> None:
    inbox = Inbox(sessions)
    with sessions.begin() as session:
        for key in ("a" * 64, "b" * 64):
            mails.keep(session, key, "minsu@company.com", RAW)
    inbox.accept(Incoming("mail:" + "b" * 64, Message("", "mail", person="minsu@company.com")))
    rule = next(
        each for each in retaining.rules(bounds(Settings(), now() + timedelta(days=31))) if each.name == "mails"
    )
    assert sum(retaining.steps(sessions, rule)) == 1
    with sessions() as session:
        assert session.scalars(sa.select(MailRow.key)).all() == ["b" * 64]


def test_it_goes_with_its_sender(engine: Engine, sessions: Sessions) -> None:
    put(sessions, exchange("요약해 줘", name="m", person="minsu@company.com", channel="mail"))
    with sessions.begin() as session:
        mails.keep(session, "a" * 64, "minsu@company.com", RAW)
        mails.keep(session, "b" * 64, "jiyeon@company.com", RAW)
    with sessions() as session:
        (found,) = find_people(session, "minsu@company.com")
    assert erase(engine, [found]).counts["mails"] == 1
    with sessions() as session:
        assert session.scalars(sa.select(MailRow.sender)).all() == ["jiyeon@company.com"]
