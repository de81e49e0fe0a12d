"""Three companies over four channels in one data folder: documents for everyone, for a company, for a closed circle.

Every passage carries a mark of its own, in its question and in its answer. Who may see which mark is kept here, in
plain Python and apart from the program, so that a leak is found in the text of a reply and nowhere else.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

COMPANIES = ("hanbit", "sora", "mirae")
CHANNELS = ("web", "http", "slack", "mail")
MARK = re.compile(r"QK\d{4}")

KOREAN = (
    ("환불", "은 며칠 안에 되나요?", "{mark} 담당이 신청한 날부터 {n}일 안에 환불해 드립니다."),
    ("배송비", "는 얼마인가요?", "배송비는 {n},000원이며 {mark} 등급은 무료입니다."),
    ("연차 이월", "은 며칠까지 되나요?", "연차는 {n}일까지 다음 해로 이월되며 {mark} 양식을 씁니다."),
    ("회의실 예약", "은 어떻게 하나요?", "회의실은 {mark} 달력에서 {n}일 전까지 예약합니다."),
    ("주차 요금", "은 얼마인가요?", "주차는 {n}시간까지 무료이고 {mark} 구역에 댑니다."),
    ("비밀번호 재설정", "은 어디에서 하나요?", "{mark} 화면에서 재설정 링크를 {n}분 안에 보내 드립니다."),
)
ENGLISH = (
    ("refund", "How long does a {topic} take?", "Desk {mark} pays refunds within {n} business days."),
    ("delivery fee", "How much is the {topic}?", "Delivery costs {n},000 won and is free for plan {mark}."),
    ("annual leave", "How much {topic} can be carried over?", "Up to {n} days of leave carry over with form {mark}."),
    ("meeting room", "How do I book a {topic}?", "Book the room in calendar {mark} up to {n} days ahead."),
    ("parking", "What does {topic} cost?", "Parking is free for {n} hours in zone {mark}."),
    ("password reset", "Where do I ask for a {topic}?", "Screen {mark} sends the link within {n} minutes."),
)
FOLLOW_UPS = (
    "그럼 담당은 어디예요?",
    "그건 며칠까지요?",
    "주말에도요?",
    "What about on weekends?",
    "And who does that?",
    "왜 그런가요?",
)


@dataclass(frozen=True)
class Row:
    """A passage; ``groups``: who may see it by its own word, None for everyone."""

    mark: str
    question: str
    answer: str
    groups: frozenset[str] | None = None
    valid_until: date | None = None

    @property
    def line(self) -> str:
        line = {"id": self.mark, "question": f"{self.question} ({self.mark})", "answer": self.answer}
        line |= {} if self.groups is None else {"audience": sorted(self.groups)}
        line |= {} if self.valid_until is None else {"valid_until": self.valid_until.isoformat()}
        return json.dumps(line, ensure_ascii=False)


@dataclass(frozen=True)
class Paper:
    """A document; ``groups``: who may see all of it."""

    name: str
    rows: tuple[Row, ...]
    groups: frozenset[str] | None = None
    enabled: bool = True

    @property
    def data(self) -> bytes:
        return "\n".join(row.line for row in self.rows).encode()


@dataclass(frozen=True)
class Asker:
    """Someone of a company (or of none) on a channel, in a closed circle there or not."""

    company: str
    channel: str
    closed: bool

    @property
    def groups(self) -> frozenset[str]:
        if not self.company:
            return frozenset()
        return frozenset({self.company} | ({f"{self.company}-{self.channel}"} if self.closed else set()))

    @property
    def name(self) -> str:
        return f"{self.company or 'nobody'}-{self.channel}-{self.closed}"


ASKERS = [
    *(Asker(company, channel, closed) for company in COMPANIES for channel in CHANNELS for closed in (True, False)),
    *(Asker("", channel, False) for channel in CHANNELS),
]


@dataclass
class Town:
    """All papers as they should be now."""

    random: random.Random
    papers: dict[str, Paper] = field(default_factory=dict)
    marks: int = 1000

    def paper(self, name: str, groups: frozenset[str] | None, topics: int) -> Paper:
        """Write a paper in both languages: what it says differs from one to the next, what is asked does not."""
        rows = [row for at in range(topics) for row in self._rows(at)]
        made = Paper(f"{name}.jsonl", tuple(rows), groups)
        self.papers[made.name] = made
        return made

    def _rows(self, at: int) -> Iterator[Row]:
        n = self.random.randint(2, 28)
        topic, asks, says = KOREAN[at % len(KOREAN)]
        mark = self._mark()
        yield Row(mark, topic + asks, says.format(mark=mark, n=n))
        topic, asks, says = ENGLISH[at % len(ENGLISH)]
        mark = self._mark()
        yield Row(mark, asks.format(topic=topic), says.format(mark=mark, n=n))

    def _mark(self) -> str:
        self.marks += self.random.randint(1, 7)
        return f"QK{self.marks}"

    def change(self, name: str, **values: object) -> Paper:
        self.papers[name] = replace(self.papers[name], **values)  # type: ignore[arg-type]
        return self.papers[name]

    def may_see(self, groups: frozenset[str], today: date) -> set[str]:
        """Return the marks of the passages that someone in these groups may see."""
        return {
            row.mark
            for paper in self.papers.values()
            if paper.enabled and _allowed(paper.groups, groups)
            for row in paper.rows
            if _allowed(row.groups, groups) and (row.valid_until is None or row.valid_until >= today)
        }

    def question(self, *, follow_up: bool = True) -> str:
        """Return something to ask, whoever may know the answer."""
        kind = self.random.random()
        if follow_up and kind < 0.25:
            return self.random.choice(FOLLOW_UPS)
        row = self.random.choice(self._all)
        if kind < 0.6:
            return row.question
        words = row.question.split()
        self.random.shuffle(words)
        if kind < 0.8:
            return " ".join(words[: max(2, len(words) - 1)])
        other = self.random.choice(self._all)
        return f"{row.question} {other.question}" if kind < 0.9 else f"{row.answer.replace(row.mark, '')}?"

    @cached_property
    def _all(self) -> list[Row]:
        return [row for paper in self.papers.values() for row in paper.rows]


def _allowed(some: frozenset[str] | None, groups: frozenset[str]) -> bool:
    return some is None or not some.isdisjoint(groups)


def build(seed: int) -> Town:
    town = Town(random.Random(seed))  # noqa: S311 - a test's own, the same at every run
    town.paper("everyone", None, 6)
    for company in COMPANIES:
        town.paper(company, frozenset({company}), 6)
        for channel in CHANNELS:
            town.paper(f"{company}-{channel}", frozenset({f"{company}-{channel}"}), 3)
    return town
