"""A checkup in the words of an admin, and as JSON for pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.checkup import LATELY, SOON, UNREAD, Checkup
from bot.checkup_entries import Pair
from bot.checkup_legs import FEWEST, LegReport
from bot.checkup_questions import Leftover
from bot.database.checkups import Entry
from bot.phrases import say
from knowledge.language import Language

MOST_SHOWN = 10
"""Findings of one kind that are written out; JSON has all."""

MOST_IN_JSON = 1_000
SHORT = 120

Weight = Literal["head", "plain", "detail", "good", "warning"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report and how it is shown."""

    text: str
    weight: Weight = "plain"


def lines(found: Checkup, language: Language) -> Iterator[Line]:
    """Yield the report, section by section."""
    counts = {"korean": found.entries["ko"], "english": found.entries["en"]}
    yield Line(say("checkup.entries", language, **counts), "head")
    if not sum(found.entries.values()):
        yield Line(say("checkup.nothing", language))
        return
    for report in found.legs:
        yield from _leg(report, language)
    yield from _pairs("contradictions", found.together.contradictions, language)
    yield from _pairs("duplicates", found.together.duplicates, language)
    yield from _pairs("overlaps", found.together.overlaps, language)
    yield from _entries("expired", found.expired, language)
    yield from _entries("expiring", found.expiring, language, days=SOON)
    if found.unread is None:
        yield Line(say("checkup.unread_unknown", language, days=UNREAD, count=found.answers), "detail")
    else:
        yield from _entries("unread", found.unread, language, days=UNREAD, answers=found.answers)
    yield from _leftovers(found.leftovers, language)


def words(found: Checkup, language: Language) -> str:
    """Return the report as text."""
    return "\n".join(line.text for line in lines(found, language)) + "\n"


def place(entry: Entry, language: Language) -> str:
    """Return where an admin finds an entry: the document, its row, sheet or page, and its key."""
    parts = [entry.document]
    if entry.sheet and entry.row:
        parts.append(say("checkup.sheet_row", language, sheet=entry.sheet, row=entry.row))
    elif entry.row:
        parts.append(say("checkup.row", language, row=entry.row))
    if entry.page:
        parts.append(say("checkup.page", language, page=entry.page))
    return ", ".join(parts) + f" ({entry.key})"


def name(entry: Entry) -> str:
    """Return what an entry is called: its question, else its title, else how it begins."""
    return shortened(entry.question or entry.title or entry.answer)


def shortened(text: str) -> str:
    """Return the text in one line that is not too long."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"


def checkup_line(found: Checkup, language: Language) -> dict[str, Any]:
    """Return the checkup as JSON; ``words`` are in the language asked for."""
    together = found.together
    return {
        "today": found.today.isoformat(),
        "entries": found.entries,
        "legs": [_leg_line(report, language) for report in found.legs],
        "contradictions": [_pair_line(pair) for pair in together.contradictions[:MOST_IN_JSON]],
        "duplicates": [_pair_line(pair) for pair in together.duplicates[:MOST_IN_JSON]],
        "overlaps": [_pair_line(pair) for pair in together.overlaps[:MOST_IN_JSON]],
        "expired": [_entry_line(entry) for entry in found.expired[:MOST_IN_JSON]],
        "expiring": [_entry_line(entry) for entry in found.expiring[:MOST_IN_JSON]],
        "unread": None if found.unread is None else [_entry_line(entry) for entry in found.unread[:MOST_IN_JSON]],
        "answers": found.answers,
        "unanswered": [
            {
                "question": each.question,
                "count": each.count,
                "last": each.last.isoformat(),
                "examples": list(each.examples),
            }
            for each in found.leftovers
        ],
        "words": [{"text": line.text, "weight": line.weight} for line in lines(found, language)],
    }


# --- the legs -------------------------------------------------------------------------------------------------


def _leg(report: LegReport, language: Language) -> Iterator[Line]:
    yield Line("")
    yield Line(say(f"checkup.search_{report.language}", language, count=report.entries), "head")
    if report.asked:
        kinds = ", ".join(say(f"checkup.kind.{kind}", language, count=n) for kind, n in report.questions.items())
        yield Line(say("checkup.asked", language, count=report.asked, kinds=kinds), "detail")
        shown = {"first": _percent(report.shares["all"]), "three": _percent(report.found_in_three)}
        yield Line(say("checkup.found", language, **shown))
        parts = [say(f"checkup.leg.{leg}", language, share=_percent(report.shares[leg])) for leg in _legs(report)]
        yield Line("  " + " · ".join(parts))
    yield Line("  " + say(f"checkup.serves.{_served(report)}", language, language=_language(report, language)))
    if setting := _setting(report):
        yield Line("  " + say(setting, language, why=report.why.removeprefix("off: ")), "detail")
    if report.factor != 1:
        yield Line("  " + say("checkup.factor", language, factor=f"{report.factor:g}"), "detail")
    if report.asked >= FEWEST:
        shares = {"answered": _percent(report.answered), "wrong": _percent(report.answered_without)}
        yield Line("  " + say("checkup.line", language, **shares), "detail")


def _legs(report: LegReport) -> list[str]:
    return [leg for leg in ("words", "bigrams", "vectors") if leg in report.shares]


def _language(report: LegReport, language: Language) -> str:
    return say(f"checkup.language_{report.language}", language)


def _served(report: LegReport) -> str:
    if report.vectors != "used":
        return "keywords"
    return "random" if report.vectors_are_random else "both"


def _setting(report: LegReport) -> str:
    """Return the phrase of the one setting that changes which leg serves the language; "" where nothing is to do."""
    if report.vectors == "other language":
        return "checkup.setting.other_language"
    if report.vectors == "off":
        return "checkup.setting.off"
    return "checkup.setting.random" if report.vectors_are_random else ""


def _leg_line(report: LegReport, language: Language) -> dict[str, Any]:
    setting = _setting(report)
    return {
        "language": report.language,
        "entries": report.entries,
        "asked": report.asked,
        "questions": report.questions,
        "recall": report.shares,
        "recall_in_three": report.found_in_three,
        "vectors": report.vectors,
        "vectors_factor": report.factor,
        "vectors_random": report.vectors_are_random,
        "answered": report.answered,
        "answered_without_entry": report.answered_without,
        "serves": say(f"checkup.serves.{_served(report)}", language, language=_language(report, language)),
        "setting": say(setting, language, why=report.why.removeprefix("off: ")) if setting else "",
    }


def _percent(share: float) -> str:
    return f"{share:.0%}"


# --- the entries ----------------------------------------------------------------------------------------------


def _pairs(kind: str, pairs: Sequence[Pair], language: Language) -> Iterator[Line]:
    yield from _head(kind, len(pairs), language)
    for number, pair in enumerate(pairs[:MOST_SHOWN], 1):
        told = say(f"checkup.difference.{pair.difference.kind}", language) if pair.difference else name(pair.one)
        yield Line(f"{number:>3}. {told}")
        for entry, said in _sides(pair):
            yield Line(f"     {place(entry, language)}", "detail")
            yield Line(f"       {name(entry)} → {shortened(said)}" if said else f"       {name(entry)}")
    yield from _more(len(pairs), language)


def _sides(pair: Pair) -> tuple[tuple[Entry, str], tuple[Entry, str]]:
    said = (pair.difference.one, pair.difference.other) if pair.difference else ("", "")
    return (pair.one, said[0]), (pair.other, said[1])


def _entries(kind: str, entries: Sequence[Entry], language: Language, **values: object) -> Iterator[Line]:
    yield from _head(kind, len(entries), language, **values)
    for entry in entries[:MOST_SHOWN]:
        until = f"  ~{entry.valid_until}" if kind != "unread" and entry.valid_until else ""
        yield Line(f"   · {name(entry)}{until}")
        yield Line(f"     {place(entry, language)}", "detail")
    yield from _more(len(entries), language)


def _leftovers(found: Sequence[Leftover], language: Language) -> Iterator[Line]:
    yield from _head("unanswered", len(found), language, days=LATELY)
    for each in found[:MOST_SHOWN]:
        yield Line(say("checkup.asked_times", language, question=shortened(each.question), count=each.count))
        for example in each.examples:
            yield Line(f"       {shortened(example)}", "detail")
    yield from _more(len(found), language)


def _head(kind: str, count: int, language: Language, **values: object) -> Iterator[Line]:
    yield Line("")
    if count:
        warned: Weight = "warning" if kind in ("contradictions", "expired") else "head"
        yield Line(say(f"checkup.{kind}", language, count=count, **values), warned)
        yield Line(say(f"checkup.{kind}_do", language), "detail")
    else:
        yield Line(say(f"checkup.no_{kind}", language, **values), "good")


def _more(count: int, language: Language) -> Iterator[Line]:
    if count > MOST_SHOWN:
        yield Line("     " + say("checkup.more", language, count=count - MOST_SHOWN), "detail")


def _pair_line(pair: Pair) -> dict[str, Any]:
    line: dict[str, Any] = {"kind": pair.difference.kind if pair.difference else None}
    for side, (entry, said) in zip(("one", "other"), _sides(pair), strict=True):
        line[side] = _entry_line(entry) | {"says": said or shortened(entry.answer)}
    return line


def _entry_line(entry: Entry) -> dict[str, Any]:
    return {
        "document_id": entry.document_id,
        "document": entry.document,
        "passage": entry.key,
        "row": entry.row,
        "sheet": entry.sheet,
        "page": entry.page,
        "title": entry.title,
        "question": entry.question,
        "valid_until": entry.valid_until and entry.valid_until.isoformat(),
    }
