"""Questions that people were asked to take over: once in a place, ended once, counted, erased, kept for a while."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from bot import retention
from bot.database import handovers
from bot.database.conversations import add_feedback
from bot.database.engine import sessions_for
from bot.database.erasing import erase, find_people
from bot.database.handovers import Handover, HandoverFigures, Questioned
from bot.database.tables import HandoverRow, Table
from bot.errors import UserError
from bot.inbox import Inbox
from bot.incoming import Incoming
from bot.messages import Message
from bot.settings import Settings
from tests.bot.database.exchanges import Sessions, exchange, put

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
NEW = Handover(0, "slack", "C1:1.2", "U1MINSU1", "교환 되나요?", ("S1", "U9OWNER9"), NOW)


def begun(sessions: Sessions, new: Handover = NEW) -> int:
    with sessions.begin() as session:
        return handovers.begin(session, new)


def test_a_place_has_one_that_waits(sessions: Sessions) -> None:
    number = begun(sessions)
    with pytest.raises(IntegrityError):
        begun(sessions)
    begun(sessions, replace(NEW, place="C1:9.9"))
    with sessions() as session:
        assert handovers.waiting_in(session, "slack", "C1:1.2") == replace(NEW, id=number)
        assert handovers.waiting_in(session, "mail", "C1:1.2") is None
        assert [each.place for each in handovers.waiting(session)] == ["C1:1.2", "C1:9.9"]
    end = NOW + timedelta(minutes=5)
    with sessions.begin() as session:
        assert handovers.solve(session, number, by="U9OWNER9", outcome="answered", note="전화로\x00 답함", at=end)
        assert not handovers.solve(session, number, by="U1MINSU1", outcome="other", at=end)
        assert not handovers.solve(session, 999, by="U1MINSU1", outcome="other", at=end)
    with sessions() as session:
        solved = handovers.handover(session, number)
        assert solved is not None
        assert (solved.solver, solved.outcome, solved.note, solved.solved_at) == (
            "U9OWNER9", "answered", "전화로 답함", end,
        )  # fmt: skip
        assert handovers.waiting_in(session, "slack", "C1:1.2") is None
        figures = handovers.figures(session, NOW, end)
        assert (figures.count, figures.waiting, figures.median_seconds) == (2, 1, 300.0)
        assert figures.outcomes == {"answered": 1}
        assert handovers.figures(session, end, end) == HandoverFigures()
    assert handovers.reopen(sessions, number)
    assert not handovers.reopen(sessions, number)
    assert not handovers.reopen(sessions, 999)
    with sessions.begin() as session:
        assert handovers.waiting_in(session, "slack", "C1:1.2") == replace(NEW, id=number)
        assert handovers.solve(session, number, by="U9OWNER9", outcome="other", at=end)
    begun(sessions)
    assert not handovers.reopen(sessions, number)  # another one waits there by now


def test_the_question_is_that_of_its_answer(sessions: Sessions) -> None:
    asked = replace(
        exchange("제주도는요?", name="C1:1.2", person="U1", channel="slack"), completed="제주도 배송비는요?"
    )
    put(sessions, asked, exchange("고마워요", name="C1:1.2", person="U1", channel="slack", task="smalltalk"))
    answer = asked.reply.answer_id
    known = Questioned(answer, "C1:1.2", "U1", "제주도 배송비는요?")
    with sessions() as session:
        assert handovers.question_of(session, "slack", answer) == known
        assert handovers.last_question(session, "slack", "C1:1.2", "U1") == known
        assert handovers.last_question(session, "slack", "C1:1.2", "U2") is None
        for unknown in ("", "x", "\x00", "'; DROP TABLE answers"):
            assert handovers.question_of(session, "slack", unknown) is None
        assert handovers.question_of(session, "web", answer) is None
    number = begun(sessions, replace(NEW, answer_id=answer, question="not kept twice"))
    with sessions() as session:
        assert handovers.handover(session, number) == replace(
            NEW, id=number, answer_id=answer, question="제주도 배송비는요?"
        )
        assert session.scalars(sa.select(HandoverRow.question)).all() == [None]


def test_opinions_are_counted_by_reason(sessions: Sessions) -> None:
    asked = [exchange(f"{n}?", person="U1", channel="slack") for n in range(4)]
    put(sessions, *asked)
    with sessions.begin() as session:
        for each, (rating, reason) in zip(asked, [(1, None), (-1, "wrong"), (-1, "wrong"), (-1, None)], strict=True):
            add_feedback(session, each.reply.answer_id, rating, channel="slack", person="U1", reason=reason)
    with sessions() as session:
        soon = datetime.now(UTC) + timedelta(minutes=1)
        opinions = handovers.opinions(session, soon - timedelta(hours=1), soon)
        assert (opinions.good, opinions.bad, opinions.reasons) == (1, 3, {"wrong": 2, "": 1})
        assert handovers.opinions(session, soon, soon).bad == 0


def everything(engine: Engine) -> str:
    with engine.connect() as connection:
        return repr([connection.execute(sa.select(table)).all() for table in Table.metadata.sorted_tables])


def test_erasing_takes_a_person_out(engine: Engine, sessions: Sessions) -> None:
    asked = exchange("비밀 질문", name="C1:5.5", person="U2JIYEON", channel="slack")
    put(sessions, asked)
    one = begun(sessions)
    two = begun(sessions, replace(NEW, place="C1:5.5", asker="U3SUJIN3", answer_id=asked.reply.answer_id))
    inbox = Inbox(sessions_for(engine))
    for name in ("U9OWNER9", "U1MINSU1"):  # told to others, in words of who is erased
        told = Message("", "slack", None, name)
        inbox.accept(Incoming(handovers.key(two, name), told, kind="notice", where={"q": "비밀 질문"}))
    with sessions.begin() as session:
        handovers.solve(session, one, by="U9OWNER9", outcome="other", note="제 번호는 비밀", at=NOW)
    for who, left in (("U9OWNER9", 2), ("U2JIYEON", 1), ("U1MINSU1", 0)):
        with sessions() as session:
            found = find_people(session, who)
        erase(engine, found)
        assert who not in everything(engine)
        with sessions() as session:
            assert session.scalar(sa.select(sa.func.count()).select_from(HandoverRow)) == left
    assert "비밀" not in everything(engine)


def test_who_was_only_called_is_found_and_erased(engine: Engine, sessions: Sessions) -> None:
    begun(sessions)
    with sessions() as session:
        found = find_people(session, "U9OWNER9")
    assert [each.channel for each in found] == ["slack"]
    erase(engine, found)
    with sessions() as session:
        assert [each.called for each in handovers.waiting(session)] == [("S1",)]
        with pytest.raises(UserError):
            find_people(session, "U9OWNER9")


def test_they_are_kept_as_long_as_conversations(engine: Engine, sessions: Sessions, settings: Settings) -> None:
    begun(sessions, replace(NEW, created_at=NOW - timedelta(days=181)))
    begun(sessions, replace(NEW, place="C1:3.3"))
    done = retention.run(engine, sessions, settings, actor="schedule", at=NOW)
    assert done.counts["handovers"] == 1
    with sessions() as session:
        assert [each.place for each in handovers.waiting(session)] == ["C1:3.3"]
