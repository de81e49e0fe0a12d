"""Which conversations are wanted, as conditions on their answers."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, or_, select

from bot.database.documents import PASSAGES
from bot.database.handover_tables import HandoverRow
from bot.database.moods import MOODS
from bot.database.statements import ANSWER_SOURCES, ANSWERS, CONVERSATIONS, FEEDBACK, TURNS

HANDOVERS: Any = HandoverRow.__table__

NEUTRAL = 0.1
"""Scores nearer to 0 are neutral, as ``bot.sentiment`` says it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which conversations: those with an exchange that has all of this; "" and None are no limit.

    ``until`` is not counted in. ``handed``: open, solved or yes. ``mood``: negative, neutral or positive. ``aspects``
    are names of one aspect, any of which it has. ``person`` is the number of who asked; ``words`` all stand in the
    exchange.
    """

    since: datetime | None = None
    until: datetime | None = None
    channel: str = ""
    task: str = ""
    language: str = ""
    answered: bool | None = None
    handed: str = ""
    rating: int = 0
    reason: str = ""
    mood: str = ""
    aspects: tuple[str, ...] = ()
    model: str = ""
    document: int | None = None
    passage: str = ""
    outcome: str = ""
    person: int | None = None
    words: str = ""

    @property
    def any(self) -> bool:
        """Whether there is a limit at all."""
        return self != Wanted()


def leading(wanted: Wanted) -> Iterator[Select[Any]]:
    """Yield the statements that a filter about something rare leads to question turns by."""
    turn = ANSWERS.c.question_turn_id
    if wanted.person is not None:
        theirs = TURNS.c.person_id == wanted.person
        yield select(turn).select_from(TURNS.join(ANSWERS, turn == TURNS.c.id)).where(theirs)
    if wanted.handed or wanted.outcome:
        handed = HANDOVERS.join(ANSWERS, ANSWERS.c.id == HANDOVERS.c.answer_id)
        yield select(turn).select_from(handed).where(*_of_handovers(wanted))
    if wanted.passage and wanted.document is not None:
        used = ANSWER_SOURCES.join(PASSAGES, PASSAGES.c.id == ANSWER_SOURCES.c.passage_id)
        used = used.join(ANSWERS, ANSWERS.c.id == ANSWER_SOURCES.c.answer_id)
        entry = (PASSAGES.c.document_id == wanted.document) & (PASSAGES.c.key == wanted.passage)
        yield select(turn).select_from(used).where(entry)
    if wanted.rating or wanted.reason:
        rated = FEEDBACK.join(ANSWERS, ANSWERS.c.id == FEEDBACK.c.answer_id)
        yield select(turn).select_from(rated).where(*_of_feedback(wanted))


def conditions_of(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return what an answer must be like."""
    at = ANSWERS.c.created_at
    of_conversation = select(CONVERSATIONS.c.channel).where(CONVERSATIONS.c.id == ANSWERS.c.conversation_id)
    equal = (
        (of_conversation.correlate(ANSWERS).scalar_subquery(), wanted.channel),  # no join: SQLite would begin there
        (ANSWERS.c.task, wanted.task),
        (ANSWERS.c.language, wanted.language),
        (ANSWERS.c.model, wanted.model),
    )
    conditions: list[ColumnElement[bool]] = [column == value for column, value in equal if value]
    if wanted.since is not None:
        conditions.append(at >= wanted.since)
    if wanted.until is not None:
        conditions.append(at < wanted.until)
    if wanted.answered is not None:
        conditions.append(ANSWERS.c.answered.is_(wanted.answered))
    return conditions + _existing(wanted)


def _existing(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the conditions on what hangs on an answer."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.rating or wanted.reason:
        conditions.append(_exists(FEEDBACK, FEEDBACK.c.answer_id == ANSWERS.c.id, *_of_feedback(wanted)))
    if wanted.handed or wanted.outcome:
        conditions.append(_exists(HANDOVERS, HANDOVERS.c.answer_id == ANSWERS.c.id, *_of_handovers(wanted)))
    if wanted.mood or wanted.aspects:
        conditions.append(_exists(MOODS, MOODS.c.turn_id == ANSWERS.c.question_turn_id, *_of_moods(wanted)))
    if wanted.person is not None:
        conditions.append(_exists(TURNS, TURNS.c.id == ANSWERS.c.question_turn_id, TURNS.c.person_id == wanted.person))
    if wanted.document is not None or wanted.passage:
        used = ANSWER_SOURCES.join(PASSAGES, PASSAGES.c.id == ANSWER_SOURCES.c.passage_id, isouter=True)
        conditions.append(_exists(used, ANSWER_SOURCES.c.answer_id == ANSWERS.c.id, *_of_sources(wanted)))
    return conditions


def _exists(table: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(1).select_from(table).where(*conditions).correlate(ANSWERS).exists()


def _of_feedback(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [FEEDBACK.c.rating == wanted.rating] if wanted.rating else []
    return conditions + ([FEEDBACK.c.reason == wanted.reason] if wanted.reason else [])


def _of_handovers(wanted: Wanted) -> list[ColumnElement[bool]]:
    waits = HANDOVERS.c.solved_at.is_(None)
    conditions: list[ColumnElement[bool]] = {"open": [waits], "solved": [~waits]}.get(wanted.handed, [])
    return conditions + ([HANDOVERS.c.outcome == wanted.outcome] if wanted.outcome else [])


def _of_moods(wanted: Wanted) -> list[ColumnElement[bool]]:
    score = MOODS.c.score
    by_mood: dict[str, list[ColumnElement[bool]]] = {
        "negative": [score <= -NEUTRAL],
        "positive": [score >= NEUTRAL],
        "neutral": [score > -NEUTRAL, score < NEUTRAL],
    }
    held = cast(MOODS.c.aspects, String)
    named = (held.contains(f"{json.dumps(name, ensure_ascii=False)}:", autoescape=True) for name in wanted.aspects)
    return by_mood.get(wanted.mood, []) + ([or_(*named)] if wanted.aspects else [])


def _of_sources(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [PASSAGES.c.document_id == wanted.document] if wanted.document is not None else []
    return conditions + ([ANSWER_SOURCES.c.passage == wanted.passage] if wanted.passage else [])
