"""A checkup in the background, and its result as it is kept: which passages it is about, never what they say.

What is shown of it is read from the documents as they are now: a finding whose entries were changed or taken out since
is not shown any more, and no text outlives its document here. Questions of people are not kept at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from bot import background
from bot.background import Result
from bot.checkup import Checkup, check
from bot.checkup_entries import Pair, Together
from bot.checkup_legs import LegReport
from bot.contradictions import Difference
from bot.database import checkups, runs
from knowledge.passages import Progress

if TYPE_CHECKING:
    from bot.database.checkups import Entry
    from bot.database.runs import Run
    from bot.wiring import Bot

KIND = "checkup"
MOST_KEPT = 1_000
"""Findings of one kind that are kept."""

PAIRS: Final = ("contradictions", "duplicates", "overlaps")
SINGLE: Final = ("expired", "expiring", "unread")


@dataclass(frozen=True, slots=True)
class KeptCheckup:
    """A checkup of the past: what still holds of it. ``settled`` findings of those shown do not; ``more`` are not
    shown, by kind; ``unanswered`` questions were asked in vain then."""

    run: "Run"
    found: Checkup
    settled: int
    more: Mapping[str, int]
    unanswered: int


def start(bot: "Bot", author: str | None) -> int:
    """Begin a checkup in the background; return the number of its run.

    Raises:
        UserError: one goes on already.
    """
    return background.start(bot.sessions, KIND, author, lambda progress: _result(_checked(bot, progress)))


def run(bot: "Bot", author: str | None, progress: Progress | None = None, *, weigh: bool = True) -> Checkup:
    """Check now, and keep the result."""
    found: list[Checkup] = []

    def work(told: Progress) -> Result:
        found.append(_checked(bot, told, weigh=weigh))
        return _result(found[0])

    background.run(bot.sessions, KIND, author, work, progress)
    return found[0]


def last(bot: "Bot", most: int) -> KeptCheckup | None:
    """Return the last checkup that came to its end, with ``most`` findings of each kind; None where there is none."""
    with bot.sessions() as session:
        held = runs.last_result(session, KIND)
        if held is None:
            return None
        kept = held[1]
        numbers = {number for name in (*PAIRS, *SINGLE) for each in (kept[name] or ())[:most] for number in _ids(each)}
        entries = {entry.id: entry for entry in checkups.entries(session, numbers)}
    found = _restored(kept, entries, most)
    shown = sum(len((kept[name] or ())[:most]) for name in (*PAIRS, *SINGLE))
    left = sum(len(getattr(found.together, name)) for name in PAIRS) + sum(len(_single(found, name)) for name in SINGLE)
    more = {name: max(0, int(kept["counts"][name]) - most) for name in (*PAIRS, *SINGLE)}
    return KeptCheckup(held[0], found, shown - left, more, int(kept["unanswered"]))


def _checked(bot: "Bot", progress: Progress, *, weigh: bool = True) -> Checkup:
    return check(bot.sessions, bot.knowledge, bot.clock().date(), progress, line=bot.settings.line, weigh=weigh)


def _result(found: Checkup) -> Result:
    counts = {name: len(getattr(found.together, name)) for name in PAIRS}
    counts |= {name: len(_single(found, name)) for name in SINGLE}
    kept: dict[str, Any] = {
        "today": found.today.isoformat(),
        "entries": found.entries,
        "answers": found.answers,
        "legs": [asdict(leg) for leg in found.legs],
        "counts": counts,
        "unanswered": len(found.leftovers),
        "unread_known": found.unread is not None,
    }
    kept |= {name: [_pair(pair) for pair in getattr(found.together, name)[:MOST_KEPT]] for name in PAIRS}
    kept |= {name: [entry.id for entry in _single(found, name)[:MOST_KEPT]] for name in SINGLE}
    return Result(counts, kept)


def _single(found: Checkup, name: str) -> "Sequence[Entry]":
    entries: Sequence[Entry] | None = getattr(found, name)
    return entries or ()


def _pair(pair: Pair) -> list[Any]:
    """Return a pair: both entries, and what differs in them as its kind and two places in their answers."""
    numbers = [pair.one.id, pair.other.id]
    if pair.difference is None:
        return numbers
    difference = pair.difference
    places = [_place(pair.one.answer, difference.one), _place(pair.other.answer, difference.other)]
    return [*numbers, difference.kind, *places]


def _place(text: str, said: str) -> list[int]:
    """Return where a part of a text begins and ends; all of it where it does not stand there letter for letter."""
    begin = text.find(said)
    return [begin, begin + len(said)] if begin >= 0 else [0, len(text)]


def _ids(kept: Any) -> Iterable[int]:
    return (kept,) if isinstance(kept, int) else kept[:2]


def _restored(kept: Mapping[str, Any], entries: "Mapping[int, Entry]", most: int) -> Checkup:
    pairs = {
        name: tuple(_pair_of(each, entries) for each in kept[name][:most] if entries.keys() >= set(each[:2]))
        for name in PAIRS
    }
    single = {name: tuple(entries[each] for each in kept[name][:most] if each in entries) for name in SINGLE}
    return Checkup(
        date.fromisoformat(kept["today"]),
        kept["entries"],
        tuple(LegReport(**leg) for leg in kept["legs"]),
        Together(pairs["contradictions"], pairs["duplicates"], pairs["overlaps"]),
        single["expired"],
        single["expiring"],
        single["unread"] if kept["unread_known"] else None,
        kept["answers"],
        (),
    )


def _pair_of(kept: Sequence[Any], entries: "Mapping[int, Entry]") -> Pair:
    one, other = entries[kept[0]], entries[kept[1]]
    if len(kept) == 2:
        return Pair(one, other)
    (begin, end), (start_, stop) = kept[3], kept[4]
    return Pair(one, other, Difference(kept[2], one.answer[begin:end], other.answer[start_:stop]))
