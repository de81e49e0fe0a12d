"""The index of what was said: written with each exchange, filled for older ones, asked for the newest that match."""

from collections.abc import Sequence

from sqlalchemy import Connection, Table, func, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, sessionmaker

from bot.database.cleaning import cleaned
from bot.database.grams import MOST_GRAMS, exchange_text, grams_of
from bot.database.said_tables import SaidRow
from bot.database.statements import ANSWERS, TURNS

SAID: Table = SaidRow.__table__  # type: ignore[assignment]

ROWS_AT_ONCE = 300
MERGED_PAGES = 200
"""Pages of the index that one step of tidying writes."""

_ASK = {
    "sqlite": text(
        "SELECT rowid FROM said_index WHERE said_index MATCH :grams AND rowid < :below ORDER BY rowid DESC LIMIT :most"
    ),
    "postgresql": text(
        "SELECT turn_id FROM said WHERE to_tsvector('simple', grams) @@ plainto_tsquery('simple', :grams)"
        " AND turn_id < :below ORDER BY turn_id DESC LIMIT :most"
    ),
}


def keep_said(connection: Connection, turn: int, question: str, answer: str) -> None:
    """Write what the exchange of this question's turn can be found by; the caller commits."""
    connection.execute(
        insert(SAID), {"turn_id": turn, "grams": grams_of(exchange_text(cleaned(question), cleaned(answer)))}
    )


def newest(session: Session, words: Sequence[str], below: int, most: int) -> list[int] | None:
    """Return the question turns below a number that may hold these folded words, the newest first.

    A letter alone is in no index: None where there is nothing but such.
    """
    grams = " ".join(filter(None, map(grams_of, words)))
    if not grams:
        return None
    chosen = " ".join(sorted(set(grams.split()))[:MOST_GRAMS])
    values = {"grams": chosen, "below": below, "most": most}
    return list(session.scalars(_ASK[session.get_bind().dialect.name], values))


def missing(session: Session) -> int:
    """Return how many exchanges are not in the index (yet)."""
    asked, there = (session.scalar(select(func.count()).select_from(table)) or 0 for table in (ANSWERS, SAID))
    return max(0, asked - there)


def fill(sessions: sessionmaker[Session], below: int) -> int | None:
    """Write some older exchanges into the index, the newest first; return below which to go on, None at the end.

    Each call is one short transaction, and one that only reads where there is nothing to write.
    """
    answered = TURNS.alias()
    rows_wanted = (
        select(ANSWERS.c.question_turn_id, TURNS.c.text, answered.c.text)
        .select_from(
            ANSWERS.join(TURNS, TURNS.c.id == ANSWERS.c.question_turn_id)
            .join(answered, answered.c.id == ANSWERS.c.turn_id)
            .outerjoin(SAID, SAID.c.turn_id == ANSWERS.c.question_turn_id)
        )
        .where(ANSWERS.c.question_turn_id < below, SAID.c.turn_id.is_(None))
        .order_by(ANSWERS.c.question_turn_id.desc())
        .limit(ROWS_AT_ONCE)
    )
    with sessions() as session:
        rows = session.execute(rows_wanted).all()
    if not rows:
        return None
    values = [{"turn_id": turn, "grams": grams_of(exchange_text(asked, said))} for turn, asked, said in rows]
    with sessions.begin() as session:
        still = set(session.scalars(select(TURNS.c.id).where(TURNS.c.id.in_([row["turn_id"] for row in values]))))
        values = [row for row in values if row["turn_id"] in still]  # retention may have been here
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        if values:
            session.execute(dialect.insert(SAID).on_conflict_do_nothing(), values)
    return int(rows[-1][0])


def tidy(sessions: sessionmaker[Session]) -> None:
    """Take what was deleted out of SQLite's index, a little at a time; PostgreSQL sees to it itself."""
    with sessions() as session:
        if session.get_bind().dialect.name != "sqlite":
            return
    pages, changed = -MERGED_PAGES, 2
    while changed >= 2:  # so FTS5 says that there was something to merge
        with sessions.begin() as session:
            before = session.scalar(text("SELECT total_changes()")) or 0
            session.execute(text("INSERT INTO said_index(said_index, rank) VALUES ('merge', :pages)"), {"pages": pages})
            changed = (session.scalar(text("SELECT total_changes()")) or 0) - before
        pages = MERGED_PAGES


def compact(session: Session) -> None:
    """Write SQLite's index anew without what was deleted, at once: after somebody was erased."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO said_index(said_index) VALUES ('optimize')"))
