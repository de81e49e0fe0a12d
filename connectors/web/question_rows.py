"""A group of questions as pages and programs see it, and what an address asks of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from bot.database.asked import KINDS
from bot.database.question_groups import Group, Span, Wanted
from bot.phrases import say
from bot.unanswered import SOME, refresh, waiting
from connectors.web.reader import reader_language
from connectors.web.trial import entry_address
from knowledge.confidence import LINES
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.wiring import Bot

DAYS = (7, 30, 90)
BAR_WIDTH, BAR_HEIGHT = 6, 20
DONE = frozenset("prepared approved discarded attached dismissed reopened merged split told telling".split())


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a little chart: where it stands, and how high, in its own units."""

    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Row:
    """A group as the list shows it; ``link`` leads to it, ``nearest`` is a name and an address, "" where none is."""

    group: Group
    span: Span
    link: str
    last: str
    bars: tuple[Bar, ...]
    trend: str
    covered: bool
    nearest: tuple[str, str]


def brought_up(bot: "Bot") -> bool:
    """Put a few new questions into groups at once; of many, tell that the background is at it."""
    came = waiting(bot)
    if 0 < came <= SOME:
        refresh(bot, whole=False)
    return came > SOME


def wanted_in(days: int, state: str, q: str, language: str, kind: str) -> Wanted:
    """Return which groups are asked for; what is none is no condition."""
    until = datetime.now(UTC)
    since = until - timedelta(days=min(max(days, 1), 3_650))
    known = language if language in ("ko", "en") else ""
    return Wanted(since, until, state, known, kind if kind in KINDS else "", q.replace("\x00", " ").strip())


def row_of(bot: "Bot", group: Group, span: Span, days: int, language: Language) -> Row:
    """Return a group as the list shows it."""
    counts = ", ".join(map(str, span.bars))
    return Row(
        group=group,
        span=span,
        link=f"/questions/{group.id}",
        last=local(group.last_at, bot.clock().tzinfo),
        bars=_bars(span.bars),
        trend=say("web.unanswered.trend", language, days=days, counts=counts),
        covered=group.confidence >= LINES[bot.settings.line] and group.checked > 0,
        nearest=next(iter(nearest_of(group)), ("", "")),
    )


def nearest_of(group: Group) -> list[tuple[str, str]]:
    """Return the entries that come next to a group: what they are called, and their addresses."""
    return [
        (str(each["question"]), entry_address(int(each["document"]), str(each["key"])))
        for each in group.nearest
        if each.get("document") and each.get("key")
    ]


def _bars(counts: Sequence[int]) -> tuple[Bar, ...]:
    highest = max(*counts, 1)
    heights = [round(BAR_HEIGHT * each / highest, 1) for each in counts]
    return tuple(Bar(at * BAR_WIDTH, BAR_HEIGHT - height, height) for at, height in enumerate(heights))


def local(at: datetime, zone: tzinfo | None) -> str:
    """Return a moment as pages show it."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def done_in(request: Request) -> str:
    """Return what the address of this page says was done, "" where it says nothing."""
    what, language = request.query_params.get("done", ""), reader_language(request)
    if what not in DONE:
        return ""
    numbers = {name: number_in(request, name, 0) for name in ("count", "total", "answered", "broken")}
    sentences = [say(f"web.unanswered.done.{what}", language, **numbers)]
    if numbers["broken"]:
        sentences.append(say("web.unanswered.done.broken", language, **numbers))
    return " ".join(sentences)


def number_in(request: Request, name: str, usual: int) -> int:
    """Return a number of the address, the usual one where there is none."""
    value = request.query_params.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else usual


def group_line(row: Row) -> Mapping[str, Any]:
    """Return a group as JSON."""
    group = row.group
    plain = ("id", "question", "language", "state", "reason", "count", "people", "recent", "decided_by")
    line = {name: getattr(group, name) for name in plain}
    nearest = [
        {"document": each["document"], "passage": each["key"], "question": each["question"]} for each in group.nearest
    ]
    about = {
        "last_at": group.last_at.isoformat(),
        "decided_at": group.decided_at.isoformat() if group.decided_at else None,
        "answer": {"document": group.document_id, "passage": group.entry} if group.entry else None,
        "waits": group.staged is not None,
        "confidence": round(group.confidence, 6),
        "nearest": nearest,
        "within": {
            "count": row.span.count,
            "channels": dict(row.span.channels),
            "parts": list(row.span.bars),
            "kinds": list(row.span.kinds),
        },
    }
    return line | about
