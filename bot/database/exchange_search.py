"""Finds conversations: by words that were said and by what became of their answers, the newest first.

Rows are looked at from the newest question's turn downwards, a few at a time and for so long at most: a search for
something rare ends with the place to go on from, and never with a page that does not come. Where a filter is about
something rare itself (ratings, people who were called, an entry), those rows lead to the questions.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot.database import said
from bot.database.exchange_filters import Wanted, conditions_of, leading
from bot.database.grams import exchange_text, holds, words_of
from bot.database.statements import ANSWERS, CONVERSATIONS, TURNS

HIGHEST = 2**31 - 1
SECONDS = 0.05
"""How long a page is looked for."""

FEW, MANY = 250, 3_000
"""Rows that are looked at in one step: the first, and at most."""

FIRST = 6_000
"""Question turns that are looked through before a filter about something rare leads on."""

RARE = 20_000
"""More rows than so many lead to no question; the questions are looked through instead."""

SLACK = 200
"""Questions near the ends of a span whose order of time may differ from their order of writing."""


@dataclass(frozen=True, slots=True)
class Hit:
    """The newest exchange of a conversation that matches: its question's turn, which leads on to older ones."""

    turn: int
    answer: str
    conversation: str


@dataclass(frozen=True, slots=True)
class Hits:
    """Some hits, the newest first; ``below`` leads on, None where there are no more."""

    hits: tuple[Hit, ...]
    below: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many conversations match; ``whole``: that is all, else there are more."""

    count: int
    whole: bool


def find(
    session: Session, wanted: Wanted, *, below: int | None = None, size: int = 50, seconds: float = SECONDS
) -> Hits:
    """Return the newest conversations that match, of those whose matching question's turn is below a number."""
    end, found, until = HIGHEST if below is None else below, dict[str, Hit](), time.monotonic() + seconds
    words = words_of(wanted.words)
    for step in _steps(session, wanted, words, end):
        fresh: dict[str, Hit] = {}
        for hit in _matching(session, wanted, words, step):
            if hit.conversation not in found:
                fresh.setdefault(hit.conversation, hit)
        if below is not None and fresh:
            fresh = _first_seen(session, wanted, words, fresh, below)
        found |= fresh
        if len(found) >= size:
            hits = tuple(found.values())[:size]
            return Hits(hits, hits[-1].turn)
        if time.monotonic() > until:
            return Hits(tuple(found.values()), step.lowest or None)
    return Hits(tuple(found.values()), None)


def count(session: Session, wanted: Wanted, seconds: float = SECONDS) -> Counted:
    """Return how many conversations match, as far as that can be counted in so many seconds."""
    if not wanted.any:
        return Counted(session.scalar(select(func.count()).select_from(CONVERSATIONS)) or 0, whole=True)
    found, until, words = set[str](), time.monotonic() + seconds, words_of(wanted.words)
    for step in _steps(session, wanted, words, HIGHEST):
        found |= {hit.conversation for hit in _matching(session, wanted, words, step)}
        if time.monotonic() > until:
            return Counted(len(found), whole=False)
    return Counted(len(found), whole=True)


def matching_answers(session: Session, wanted: Wanted, conversations: Sequence[str]) -> set[str]:
    """Return the answers of these conversations that match, to mark them."""
    words = words_of(wanted.words)
    return {hit.answer for hit in _rows(session, wanted, words, ANSWERS.c.conversation_id.in_(conversations))}


# --- the steps ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Step:
    """Some question turns: all from ``lowest`` to below ``end``, or those that are named."""

    lowest: int
    end: int
    turns: tuple[int, ...] | None = None

    @property
    def condition(self) -> ColumnElement[bool]:
        turn = ANSWERS.c.question_turn_id
        if self.turns is not None:
            return turn.in_(self.turns)
        return (turn >= self.lowest) & (turn < self.end)


def _steps(session: Session, wanted: Wanted, words: Sequence[str], end: int) -> Iterator[_Step]:
    lowest, highest = _span(session, wanted)
    end = min(end, highest + 1)
    if words and (first := said.newest(session, words, end, FEW)) is not None:
        yield from _steps_of_words(session, words, first, lowest)
        return
    for step in _windows(session, lowest, end):
        yield step
        if step.lowest + FIRST < end:  # it is not all over the place: look where it can be
            end = step.lowest
            break
    else:
        return
    named = _rare(session, wanted, lowest, end)
    if named is None:
        yield from _windows(session, lowest, end)
        return
    for at in range(0, len(named), FEW):
        some = tuple(named[at : at + FEW])
        yield _Step(some[-1], some[0] + 1, some)


def _steps_of_words(session: Session, words: Sequence[str], found: list[int], lowest: int) -> Iterator[_Step]:
    many = FEW
    while found and found[0] >= lowest:
        yield _Step(found[-1], found[0] + 1, tuple(found))
        if len(found) < many:
            return
        many = min(2 * many, MANY // 4)
        found = said.newest(session, words, found[-1], many) or []


def _windows(session: Session, lowest: int, end: int) -> Iterator[_Step]:
    many, turn = FEW, ANSWERS.c.question_turn_id
    while end > lowest:
        last = select(turn).where(turn < end).order_by(turn.desc()).offset(many - 1).limit(1)
        begin = max(session.scalar(last) or 0, lowest)
        yield _Step(begin, end)
        end, many = begin, min(2 * many, MANY)
        if begin <= 0:
            return


def _span(session: Session, wanted: Wanted) -> tuple[int, int]:
    """Return the lowest and highest question turn of the time that is wanted."""
    at, turn = ANSWERS.c.created_at, ANSWERS.c.question_turn_id
    lowest, highest = 0, session.scalar(select(func.max(turn))) or 0
    if wanted.since is not None:
        some = select(turn).where(at >= wanted.since).order_by(at).limit(SLACK).subquery()
        lowest = session.scalar(select(func.min(some.c.question_turn_id))) or HIGHEST
    if wanted.until is not None:
        some = select(turn).where(at < wanted.until).order_by(at.desc()).limit(SLACK).subquery()
        highest = session.scalar(select(func.max(some.c.question_turn_id))) or 0
    return lowest, highest


def _rare(session: Session, wanted: Wanted, lowest: int, end: int) -> list[int] | None:
    """Return the question turns that one of the filters leads to, the newest first; None where none is about few.

    The span is looked at here: given to the database, it would go through all answers of the span.
    """
    for statement in leading(wanted):
        found = {row[0] for row in session.execute(statement.limit(RARE + 1))}
        if len(found) <= RARE:
            return sorted((turn for turn in found if lowest <= turn < end), reverse=True)
    return None


# --- what matches -------------------------------------------------------------------------------------------------


def _matching(session: Session, wanted: Wanted, words: tuple[str, ...], step: _Step) -> list[Hit]:
    return _rows(session, wanted, words, step.condition)


def _rows(session: Session, wanted: Wanted, words: tuple[str, ...], which: ColumnElement[bool]) -> list[Hit]:
    turn = ANSWERS.c.question_turn_id
    columns: list[Any] = [turn, ANSWERS.c.id, ANSWERS.c.conversation_id]
    found: Any = ANSWERS
    if words:
        asked, answered = TURNS.alias(), TURNS.alias()
        found = found.join(asked, asked.c.id == turn).join(answered, answered.c.id == ANSWERS.c.turn_id)
        columns += [asked.c.text, answered.c.text]
    chosen = select(*columns).select_from(found).where(which, *conditions_of(wanted)).order_by(turn.desc())
    rows = session.execute(chosen)
    return [Hit(*row[:3]) for row in rows if not words or holds(exchange_text(row[3], row[4]), words)]


def _first_seen(
    session: Session, wanted: Wanted, words: tuple[str, ...], found: dict[str, Hit], below: int
) -> dict[str, Hit]:
    """Leave out conversations that a newer exchange has brought onto an earlier page."""
    newer = ANSWERS.c.conversation_id.in_(list(found)) & (ANSWERS.c.question_turn_id >= below)
    shown = {hit.conversation for hit in _rows(session, wanted, words, newer)}
    return {name: hit for name, hit in found.items() if name not in shown}
