"""What people are told that the bot knows, and how much was asked, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import event

from bot.database import documents, versions
from bot.database.conversations import add_feedback
from bot.database.engine import Sessions
from bot.database.volume import Volume, volume_since
from bot.holdings import Holdings
from tests.bot.database.exchanges import exchange, put
from tests.bot.database.test_documents import TODAY, draft, publish

LATER = TODAY + timedelta(days=30)


def listed(holdings: Holdings, *groups: str, today: date = TODAY) -> dict[str, int]:
    return {each.name: each.entries for each in holdings.seen_by(groups, today)}


def test_everyone_is_told_of_what_they_may_see(sessions: Sessions) -> None:
    publish(sessions, draft("a"), draft("b", audience=("staff",)), draft("old", valid_until=date(2026, 1, 1)))
    publish(sessions, draft("c", audience=("staff",)), name="인사.csv")
    publish(sessions, draft("d"), draft("e", valid_from=LATER), name="임원.csv")
    publish(sessions, draft("f"), name="숨김.csv")
    publish(sessions, draft("g"), name="대기.csv", live=False)
    with sessions.begin() as session:
        table = documents.DOCUMENTS
        session.execute(table.update().where(table.c.name == "임원.csv").values(audience=["lead"]))
        session.execute(table.update().where(table.c.name == "숨김.csv").values(enabled=False))
    holdings = Holdings(sessions)
    assert listed(holdings) == {"faq.csv": 1}
    assert listed(holdings, "staff") == {"faq.csv": 2, "인사.csv": 1}
    assert listed(holdings, "lead", "nobody") == {"faq.csv": 1, "임원.csv": 1}
    assert listed(holdings, "lead", today=LATER) == {"faq.csv": 1, "임원.csv": 2}


def test_what_changed_last_comes_first_and_is_counted_once(sessions: Sessions) -> None:
    holdings = Holdings(sessions)
    assert listed(holdings) == {}
    for number in range(3):
        publish(sessions, draft(f"k{number}"), name=f"{number}.csv")
    assert list(listed(holdings)) == ["2.csv", "1.csv", "0.csv"]
    counted: list[str] = []
    engine = sessions.kw["bind"]

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "version_passages" in statement:
            counted.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    assert len(listed(holdings)) == 3
    assert counted == []
    gone = publish(sessions, draft("k0"), draft("new"), name="0.csv")
    counted.clear()
    assert listed(holdings) == {"0.csv": 2, "2.csv": 1, "1.csv": 1}
    assert len(counted) == 1
    event.remove(engine, "before_cursor_execute", note)
    with sessions.begin() as session:
        versions.remove(session, gone.document)
    assert listed(holdings) == {"2.csv": 1, "1.csv": 1}


def test_a_week_is_counted(sessions: Sessions) -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    said = [
        replace(exchange(), at=now),
        replace(exchange(answered=False), at=now - timedelta(days=6)),
        replace(exchange(channel="slack"), at=now - timedelta(days=8)),
        replace(exchange(task="summarize"), at=now),
        replace(exchange(task="smalltalk"), at=now),
        replace(exchange(task="preferences"), at=now),
    ]
    with sessions() as session:
        assert volume_since(session, now) == Volume()
        assert Volume().share == 0
    put(sessions, *said)
    with sessions.begin() as session:
        for each, person, rating in ((0, "a", 1), (0, "b", -1), (1, "a", -1), (2, "a", 1)):
            add_feedback(session, said[each].reply.answer_id, rating, channel="web", person=person)
    with sessions() as session:
        volume = volume_since(session, now - timedelta(days=7))
    assert volume == Volume(questions=2, answered=1, others=1, good=1, bad=2)
    assert (volume.share, volume.unanswered) == (0.5, 1)
