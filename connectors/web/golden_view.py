"""Golden questions as their page shows them: what is expected, what came at the last run, and how runs went."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

from bot.database import golden, runs
from bot.database.golden import Golden, Outline
from bot.golden import KIND
from bot.phrases import say
from bot.shown import author_name
from connectors.web.trial import entry_address
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.database.runs import Run
    from bot.wiring import Bot

PAGE = 25
BARS = 30
BAR_WIDTH = 6
HEIGHT = 28

Chosen = Literal["all", "failed", "passed", "entry", "answer", "none"]
CHOSEN: tuple[Chosen, ...] = ("all", "failed", "passed", "entry", "answer", "none")


@dataclass(frozen=True, slots=True)
class ShownGolden:
    """One question; ``state`` is ``passed``, ``failed`` or "" where it has not been asked since it was changed.

    ``expected`` is what the entry is called, "" where there is none of this key any more; ``came`` says what came.
    """

    golden: Golden
    expected: str
    link: str
    place: str
    state: str
    came: str
    came_link: str
    trial: str
    author: str


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A run of the past; ``x``, ``y`` and ``height`` are its bar in the small picture."""

    at: str
    asked: int
    passed: int
    failed: int
    author: str
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class GoldenPage:
    """The questions that are shown, how many there are of each kind, and the runs, the oldest first."""

    questions: tuple[ShownGolden, ...]
    counts: Mapping[str, int]
    total: int
    found: int
    page: int
    last_page: int
    runs: tuple[ShownRun, ...]
    going: "Run | None"
    last: "Run | None"
    trouble: str


def golden_page(
    bot: "Bot", language: Language, *, chosen: Chosen = "all", words: str = "", page: int = 1
) -> GoldenPage:
    """Return what the page shows, read in one transaction."""
    zone = bot.clock().tzinfo
    with bot.sessions() as session:
        every = golden.outlines(session)
        held = runs.last_result(session, KIND)
        newest, past = runs.latest(session, KIND), runs.history(session, KIND, BARS)
        known = golden.documents(session)
        lines: Mapping[str, Any] = held[1].get("questions", {}) if held else {}
        states = {one.id: _state(one, held, lines) for one in every}
        counts = _counts(every, states)
        found = [one for one in every if _is_chosen(one, states, chosen) and _holds(one, words)]
        last_page = max(1, -(-len(found) // PAGE))
        page = min(max(page, 1), last_page)
        shown = golden.some(session, [one.id for one in found[(page - 1) * PAGE : page * PAGE]])
        wanted = {place for one in shown for place in _places(one, known, lines)}
        titles = golden.titles(session, wanted)
    rows = tuple(_row(one, states[one.id], lines.get(str(one.id)), (known, titles), language) for one in shown)
    ended = newest is not None and not newest.running
    return GoldenPage(
        rows,
        counts,
        len(every),
        len(found),
        page,
        last_page,
        _bars(past[::-1], zone, language),
        going=newest if newest is not None and newest.running else None,
        last=past[0] if past else None,
        trouble=_trouble(newest, language) if newest is not None and ended else "",
    )


def _state(one: Outline, held: "tuple[Run, Mapping[str, Any]] | None", lines: Mapping[str, Any]) -> str:
    line = lines.get(str(one.id))
    if held is None or line is None or one.updated_at > held[0].started_at:
        return ""
    return "passed" if line["passed"] else "failed"


def _counts(every: Sequence[Outline], states: Mapping[int, str]) -> dict[str, int]:
    counted = Counter(states.values()) + Counter(one.expects for one in every)
    return {name: len(every) if name == "all" else counted[name] for name in CHOSEN}


def _is_chosen(one: Outline, states: Mapping[int, str], chosen: Chosen) -> bool:
    return chosen == "all" or chosen in (states[one.id], one.expects)


def _holds(one: Outline, words: str) -> bool:
    if not words:
        return True
    text = f"{one.question} {one.note or ''} {one.document or ''}".casefold()
    return all(word in text for word in words.casefold().split())


def _places(one: Golden, known: Mapping[str, int], lines: Mapping[str, Any]) -> Iterable[tuple[int, str]]:
    """Yield the entries that are named in the row of a question."""
    if one.key is not None:
        yield from ((number, one.key) for number in _numbers(one, known))
    for entry in _came(lines.get(str(one.id))):
        yield entry["document_id"], entry["passage"]


def _numbers(one: Golden, known: Mapping[str, int]) -> list[int]:
    """Return the document's number, and that of the one that was added in its place."""
    again = known.get(one.document or "")
    return [number for number in (one.document_id, again) if number is not None]


def _came(line: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    if line is None:
        return []
    return list(line["entries"]) or ([line["nearest"]] if line["nearest"] else [])


def _row(
    one: Golden,
    state: str,
    line: Mapping[str, Any] | None,
    named: tuple[Mapping[str, int], Mapping[tuple[int, str], str]],
    language: Language,
) -> ShownGolden:
    known, titles = named
    key = one.key or ""
    number = next((each for each in _numbers(one, known) if (each, key) in titles), None)
    came = _came(line)
    first = came[0] if came else None
    title = titles.get((first["document_id"], first["passage"]), first["passage"]) if first else ""
    return ShownGolden(
        one,
        titles.get((number, key), "") if number is not None else "",
        entry_address(number, key) if number is not None else "",
        one.document or "",
        state,
        _said(line, title, language) if line is not None and state == "failed" else "",
        entry_address(first["document_id"], first["passage"]) if first and state == "failed" else "",
        _trial(one),
        author_name(one.author, language) if one.author else "",
    )


def _said(line: Mapping[str, Any], title: str, language: Language) -> str:
    """Say what came instead of what is expected."""
    if line["task"] != "answer":
        return say("golden.came.other", language)
    share = int(100 * line["confidence"])
    if line["answered"]:
        return say("golden.came.entry", language, title=title, share=share)
    if title:
        return say("golden.came.below", language, title=title, share=share)
    return say("golden.came.nothing", language)


def _trial(one: Golden) -> str:
    pairs = [("q", one.question), ("golden", str(one.id)), *(("groups", group) for group in sorted(one.audience))]
    return f"/documents/try?{urlencode(pairs)}"


def _bars(past: "Sequence[Run]", zone: tzinfo | None, language: Language) -> tuple[ShownRun, ...]:
    shown = []
    for place, each in enumerate(past):
        asked, passed = int(each.summary.get("asked", 0)), int(each.summary.get("passed", 0))
        height = round(HEIGHT * passed / asked) if asked else 0
        shown.append(
            ShownRun(
                each.started_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
                asked,
                passed,
                asked - passed,
                author_name(each.author, language) if each.author else "",
                x=place * (BAR_WIDTH + 2),
                y=HEIGHT - height,
                height=height,
            )
        )
    return tuple(shown)


def _trouble(newest: "Run", language: Language) -> str:
    """Say why the newest run has no result; "" where it has one."""
    if newest.state == "done":
        return ""
    if newest.state == "cancelled":
        return say("golden.cancelled", language)
    return say("golden.interrupted" if newest.interrupted else newest.error or "golden.failed", language)
