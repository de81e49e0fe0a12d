"""What was kept long enough goes, and nothing else; the sums stay; others write meanwhile."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from bot import retention
from bot.database import inbox, retaining
from bot.database.conversations import NOBODY, add_feedback
from bot.database.inbox_rows import NewRow
from bot.database.mail_tables import MailRow
from bot.database.tables import (
    Account,
    Answer,
    AnswerSource,
    Audit,
    CachedAnswer,
    Conversation,
    Feedback,
    InboxRow,
    LimitCounter,
    Person,
    Process,
    SignInFailure,
    State,
    Turn,
    UnreadFile,
    Usage,
    WebSession,
)
from bot.settings import Settings
from tests.bot.database.exchanges import Sessions, exchange, put

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
OLD, RECENT = NOW - timedelta(days=181), NOW - timedelta(days=179)
CACHED = {"text": "네.", "model": "m", "cited": [1], "shown": [1], "live": "", "day": NOW.date()}


def run(engine: Engine, sessions: Sessions, settings: Settings) -> dict[str, int]:
    return dict(retention.run(engine, sessions, settings, actor="schedule", at=NOW).counts)


def count(sessions: Sessions, table: type) -> int:
    with sessions() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def date_everything(sessions: Sessions, at: datetime) -> None:
    """Have all that is there be of that time."""
    with sessions.begin() as session:
        session.execute(sa.update(Conversation).values(created_at=at, updated_at=at))
        session.execute(sa.update(Person).values(created_at=at))


def test_conversations_go_with_all_that_hangs_on_them(engine: Engine, sessions: Sessions, settings: Settings) -> None:
    old = [replace(exchange(name=f"a{n}", person="kim"), at=OLD) for n in range(3)]
    put(sessions, *old, replace(exchange(name="mixed", person="lee"), at=OLD))
    date_everything(sessions, OLD)
    put(sessions, replace(exchange(name="mixed", person="lee"), at=RECENT), replace(exchange(name="b"), at=RECENT))
    with sessions.begin() as session:
        add_feedback(session, old[0].reply.answer_id, 1, channel="web", person="kim")
    assert retention.due(sessions, settings, at=NOW)["answers"] == 4
    found = run(engine, sessions, settings)
    assert {name: n for name, n in found.items() if n} == {"answers": 4, "conversations": 3, "people": 1}
    assert [count(sessions, table) for table in (Turn, Answer, AnswerSource, Feedback)] == [4, 2, 2, 0]
    with sessions() as session:
        assert set(session.scalars(sa.select(Conversation.external_id))) == {"mixed", "b"}
        assert list(session.scalars(sa.select(Person.external_id))) == ["lee"]
        sums = session.execute(sa.select(Usage.person_id, sa.func.sum(Usage.answers)).group_by(Usage.person_id))
        assert dict(sums.all())[NOBODY] == 4, "kim's three, and the one nobody is known of"
        line = session.scalars(sa.select(Audit)).one()
        assert (line.actor, line.action, line.detail) == (
            "schedule",
            "retention.done",
            {"answers": 4, "conversations": 3, "people": 1},
        )
        assert session.get_one(State, "retained").value == NOW.isoformat()
    assert sum(run(engine, sessions, settings).values()) == 0
    assert count(sessions, Audit) == 1, "a run that deletes nothing is not worth a line"


def test_the_rest_has_its_own_time(engine: Engine, sessions: Sessions, settings: Settings) -> None:
    seconds, day = NOW.timestamp(), 86_400
    with sessions.begin() as session:
        inbox.add(session, [NewRow(f"k{n}", "message", "slack", f"c{n}", "U1", {}) for n in range(4)])
        for key, state, days in (("k0", "done", 31), ("k1", "dead", 31), ("k2", "done", 29)):
            closed = {"state": state, "head": False, "finished_at": seconds - days * day}
            session.execute(sa.update(InboxRow).where(InboxRow.key == key).values(**closed, created_at=0.0))
        session.execute(sa.update(InboxRow).where(InboxRow.key == "k3").values(created_at=0.0))
        session.add_all(
            [
                LimitCounter(who="slack:U1", window="day:1", until=seconds - 1),
                LimitCounter(who="slack:U1", window="day:2", until=seconds + 1),
                Process(name="a", host="h", pid=1, role="serve", started_at=0, seen_at=seconds - 2 * day),
                Process(name="b", host="h", pid=2, role="serve", started_at=0, seen_at=seconds),
                SignInFailure(key="name:1", count=9, first_at=OLD, last_at=NOW - timedelta(hours=2)),
                SignInFailure(key="name:2", count=9, first_at=OLD, last_at=NOW),
                Account(id=1, name="kim", password_hash="x", role="admin"),
                Audit(actor="kim", action="x", subject="", at=NOW - timedelta(days=731)),
                Audit(actor="kim", action="x", subject="", at=NOW - timedelta(days=729)),
                *(
                    MailRow(
                        key=str(n), sender="a@b.c", address="", received_at=NOW - timedelta(days=n), size=1, packed=b"x"
                    )
                    for n in (29, 31)
                ),
                *(CachedAnswer(key=str(n), created_at=NOW - timedelta(days=n), **CACHED) for n in (29, 31)),
                *(
                    UnreadFile(id=str(n), name="a", data=b"", problem="", created_at=NOW - timedelta(hours=n))
                    for n in (23, 25)
                ),
                State(name="erased:1", value=OLD.isoformat()),
                State(name="erased:2", value=NOW.isoformat()),
            ]
        )
        session.flush()
        session.add_all(
            [
                WebSession(id="idle", account_id=1, created_at=NOW, seen_at=NOW - timedelta(minutes=31)),
                WebSession(id="long", account_id=1, created_at=NOW - timedelta(hours=13), seen_at=NOW),
                WebSession(id="now", account_id=1, created_at=NOW, seen_at=NOW),
            ]
        )
    found = run(engine, sessions, settings)
    assert found == {
        "answers": 0,
        "notices": 0,
        "questions": 0,
        "handovers": 0,
        "conversations": 0,
        "people": 0,
        "inbox": 2,
        "mails": 1,
        "audit": 1,
        "limits": 1,
        "sessions": 2,
        "failures": 1,
        "processes": 1,
        "cached": 1,
        "unread": 1,
        "erasures": 1,
    }
    with sessions() as session:
        assert set(session.scalars(sa.select(InboxRow.key))) == {"k2", "k3"}, "what is open is never too old"
        assert list(session.scalars(sa.select(WebSession.id))) == ["now"]
        assert set(session.scalars(sa.select(State.name))) >= {"erased:2", "retained"}


@pytest.fixture
def many(sessions: Sessions) -> int:
    """More answers than a step takes, all old."""
    number = 2 * retaining.AT_ONCE + 10
    with sessions.begin() as session:
        session.add(Conversation(id="c", channel="web", external_id="c", created_at=OLD, updated_at=OLD))
        session.flush()
        turns = [
            {"id": n, "conversation_id": "c", "position": n, "role": "person", "text": "t", "created_at": OLD}
            for n in range(1, 2 * number + 1)
        ]
        session.execute(sa.insert(Turn), turns)
        answers = [
            {
                "id": f"{n:032}",
                "conversation_id": "c",
                "question_turn_id": 2 * n + 1,
                "turn_id": 2 * n + 2,
                "task": "answer",
                "language": "ko",
                "answered": True,
                "confidence": 1.0,
                "checks": "none",
                "extract": True,
                "model": "m",
                "latency_ms": 1.0,
                "created_at": OLD,
            }
            for n in range(number)
        ]
        session.execute(sa.insert(Answer), answers)
    return number


def test_others_write_between_the_steps(engine: Engine, sessions: Sessions, settings: Settings, many: int) -> None:
    told: list[tuple[int, int]] = []
    written = threading.Event()

    def write() -> None:
        put(sessions, exchange("누가 그때 묻습니다", name="meanwhile"))
        written.set()

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) == 1:
            thread = threading.Thread(target=write)
            thread.start()
            thread.join(30)

    found = retention.run(engine, sessions, settings, actor="schedule", at=NOW, progress=progress)
    assert written.is_set()
    assert found.counts["answers"] == many
    assert [done for done, _ in told[:3]] == [retaining.AT_ONCE, 2 * retaining.AT_ONCE, many]
    assert all(done <= total for done, total in told)
    assert count(sessions, Turn) == 2
    if engine.dialect.name == "sqlite":
        assert found.free > 0
