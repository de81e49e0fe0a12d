"""A data folder as large as the pages must bear: ``python -m tests.benchmarks.web_folder FOLDER``.

A Korean FAQ of many entries, added as an admin would, then conversations of ninety days written straight into the
tables: several channels, people, ratings, moods, handovers, a tenth of the questions in vain.
"""

import argparse
import csv
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, insert

from bot.database.tables import (
    Answer,
    AnswerSource,
    Conversation,
    Feedback,
    HandoverRow,
    MoodRow,
    Person,
    Turn,
    Usage,
)
from bot.wiring import Bot, build_bot
from tests.benchmarks.scale_corpus import Entry, Generator
from tests.servers.databases import settings_of

DAYS = 90
PEOPLE = 4_000
CHANNELS = {"slack": 0.5, "web": 0.3, "mail": 0.12, "terminal": 0.08}
IN_VAIN = (
    "주말에도 상담이 되나요?",
    "해외 카드로 결제할 수 있나요?",
    "아이 동반이 가능한가요?",
    "영수증을 다시 받고 싶어요",
    "매장에서 수선도 해 주나요?",
    "포인트를 친구에게 보낼 수 있나요?",
    "Do you ship to Canada?",
    "퇴근 뒤에도 택배를 받을 수 있나요?",
)
REASONS = ("wrong", "outdated", "incomplete", "other", None)
ASPECTS = ("배송", "가격", "응대", "품질", "앱")
ROWS_AT_ONCE = 5_000


@dataclass
class Rows:
    """What is written, by table."""

    rng: random.Random
    asked: Sequence[Entry]
    rows: dict[type, list[dict[str, Any]]] = field(default_factory=dict)
    turns: int = 0

    def add(self, table: type, **values: Any) -> None:
        self.rows.setdefault(table, []).append(values)

    def new_id(self) -> str:
        return UUID(int=self.rng.getrandbits(128)).hex

    def flush(self, connection: Connection) -> None:
        """Write all, parents first."""
        for table in (Person, Conversation, Turn, Answer, AnswerSource, Feedback, MoodRow, HandoverRow, Usage):
            if found := self.rows.pop(table, []):
                connection.execute(insert(_core(table)), found)


def _core(table: Any) -> Table:
    core: Table = table.__table__
    return core


def conversation(rows: Rows, number: int, at: datetime) -> None:
    """Add one conversation of one to three questions that began at a moment."""
    rng = rows.rng
    channel = rng.choices(list(CHANNELS), list(CHANNELS.values()))[0]
    person, name = rng.randint(1, PEOPLE), rows.new_id()
    rows.add(
        Conversation, id=name, channel=channel, external_id=f"{channel}-{number}", person_id=person, audience=[],
        language="ko", created_at=at, updated_at=at,
    )  # fmt: skip
    for exchange in range(rng.choices((1, 2, 3), (0.7, 0.2, 0.1))[0]):
        _exchange(rows, name, person, exchange, at + timedelta(minutes=exchange))


def _exchange(rows: Rows, name: str, person: int, position: int, at: datetime) -> None:
    rng = rows.rng
    vain, entry = rng.random() < 0.1, rng.choice(rows.asked)
    question = rng.choice(IN_VAIN) if vain else entry.question
    answer, asked, said = rows.new_id(), rows.turns + 1, rows.turns + 2
    rows.turns = said
    text = "문서에서 답을 찾지 못했습니다." if vain else entry.answer
    for turn, role, words in ((asked, "person", question), (said, "bot", text)):
        rows.add(
            Turn, id=turn, conversation_id=name, position=2 * position + (role == "bot"), role=role,
            person_id=person, text=words, completed=None, created_at=at,
        )  # fmt: skip
    rows.add(
        Answer, id=answer, conversation_id=name, question_turn_id=asked, turn_id=said, task="answer",
        language="en" if question.isascii() else "ko", answered=not vain,
        confidence=rng.uniform(0.1, 0.4) if vain else rng.uniform(0.5, 1.0), checks="none" if vain else "supported",
        check_details=[], nearest=[], legs={"keywords": "used"}, extract=True, model="extractive", prompt=None,
        prompt_version=None, input_tokens=0, output_tokens=0, cost_usd=0.0, latency_ms=rng.lognormvariate(3, 1),
        notice=None, error=None, created_at=at,
    )  # fmt: skip
    if not vain:
        rows.add(
            AnswerSource, answer_id=answer, position=0, passage_id=None, document="faq.csv", passage=entry.key,
            version=1, title=entry.question, page=None, score=rng.random(), keyword_score=rng.uniform(1, 30),
            vector_score=None, quote=entry.answer[:200],
        )  # fmt: skip
    _opinions(rows, answer, asked, person, name, at, vain=vain)


def _opinions(rows: Rows, answer: str, turn: int, person: int, name: str, at: datetime, *, vain: bool) -> None:
    rng = rows.rng
    if rng.random() < 0.08:
        rating = -1 if rng.random() < (0.8 if vain else 0.2) else 1
        reason = rng.choice(REASONS) if rating < 0 else None
        rows.add(
            Feedback, answer_id=answer, person_id=person, rating=rating, reason=reason, comment=None, created_at=at
        )
    if rng.random() < 0.3:
        score = rng.choice((-0.8, -0.4, 0.0, 0.5))
        rows.add(MoodRow, turn_id=turn, score=score, aspects={rng.choice(ASPECTS): score}, created_at=at)
    if vain and rng.random() < 0.3:
        rows.add(
            HandoverRow, channel="slack", place=name, asker_id=person, answer_id=answer, question=None, called=[],
            created_at=at, solved_at=at + timedelta(hours=rng.random() * 8), solver_id=None, outcome="answered",
            note=None,
        )  # fmt: skip


def people(rng: random.Random, at: datetime) -> Iterator[dict[str, Any]]:
    """Return the rows of everybody who asks."""
    for number in range(1, PEOPLE + 1):
        channel = rng.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        yield {
            "id": number, "channel": channel, "external_id": f"U{number:06}", "name": f"사람 {number}",
            "language": None, "level": None, "politeness": None, "created_at": at,
        }  # fmt: skip


def converse(bot: Bot, asked: Sequence[Entry], count: int, seed: int = 7) -> None:
    """Write so many conversations of the last ninety days."""
    rng, now = random.Random(seed), datetime.now(UTC)  # noqa: S311 - a benchmark
    rows = Rows(rng, asked)
    rows.rows[Person] = list(people(rng, now - timedelta(days=DAYS)))
    moments = sorted(now - timedelta(days=DAYS * rng.random()) for _ in range(count))
    with bot.engine.begin() as connection:
        for number, at in enumerate(moments):
            conversation(rows, number, at)
            if number % ROWS_AT_ONCE == 0:
                rows.flush(connection)
        for day in range(DAYS):
            moment = now - timedelta(days=day)
            rows.add(
                Usage, day=moment.date(), model="extractive", person_id=0, answers=count // DAYS, input_tokens=0,
                output_tokens=0, cost_usd=0.0,
            )  # fmt: skip
        rows.flush(connection)


def make(folder: Path, conversations: int, passages: int) -> None:
    """Make the folder; entries are added first."""
    entries = list(Generator("ko").entries(passages, length=60))
    file = folder.parent / "faq.csv"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([("id", "질문", "답변"), *((e.key, e.question, e.answer) for e in entries)])
    with build_bot(settings_of(folder)) as bot:
        bot.library.add([file])
        often = sorted(entries, key=lambda entry: entry.key)[:3_000]
        converse(bot, often, conversations)


def main() -> None:
    """Make the folder that the command names."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--passages", type=int, default=20_000)
    options = parser.parse_args()
    begun = time.perf_counter()
    make(options.folder, options.conversations, options.passages)
    print(f"{options.conversations} conversations, {options.passages} entries: {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
