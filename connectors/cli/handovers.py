"""The part of `dapbot report` that tells what people thought of answers, and what they asked other people for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.lasting import lasting
from connectors.cli.session import spoken, words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from bot.database.engine import Sessions
    from bot.database.handovers import Handover, HandoverFigures, OpinionFigures
    from connectors.terminal import Screen

MOST_SHOWN = 10
LONGEST = 80
"""Characters of a question that are shown."""


@dataclass(frozen=True, slots=True)
class Helped:
    """Of a span: opinions, what was handed over to people, and those that wait now, whenever they were begun."""

    opinions: "OpinionFigures"
    handovers: "HandoverFigures"
    waiting: "Sequence[Handover]"


def helped_between(sessions: "Sessions", since: "datetime", until: "datetime") -> Helped:
    """Return it for a span."""
    from bot.database import handovers

    with sessions() as session:
        return Helped(
            handovers.opinions(session, since, until),
            handovers.figures(session, since, until),
            handovers.waiting(session),
        )


def opinions_line(helped: Helped) -> dict[str, Any]:
    """Return the opinions as JSON can hold them; "none" are those without a reason."""
    reasons = {reason or "none": count for reason, count in sorted(helped.opinions.reasons.items())}
    return {"good": helped.opinions.good, "bad": helped.opinions.bad, "reasons": reasons}


def handovers_line(helped: Helped) -> dict[str, Any]:
    """Return what was handed over as JSON can hold it."""
    figures = helped.handovers
    return {
        "total": figures.count,
        "waiting": figures.waiting,
        "median_seconds": figures.median_seconds,
        "outcomes": dict(sorted(figures.outcomes.items())),
        "open": [
            {
                "id": each.id,
                "channel": each.channel,
                "place": each.place,
                "asker": each.asker,
                "question": each.question,
                "since": each.created_at.isoformat(),
            }
            for each in helped.waiting
        ],
    }


def show_helped(screen: "Screen", helped: Helped, zone: "tzinfo") -> None:
    """Write it for people."""
    _show_opinions(screen, helped.opinions)
    screen.write("\n" + words("report.handovers") + "\n", "bold")
    figures = helped.handovers
    if not figures.count and not helped.waiting:
        screen.write("  " + words("report.handovers.none") + "\n")
        return
    values = {"total": figures.count, "solved": figures.count - figures.waiting, "waiting": figures.waiting}
    screen.write("  " + words("report.handovers.all", **values) + "\n")
    if figures.median_seconds is not None:
        screen.write("  " + words("report.handovers.median", time=lasting(figures.median_seconds, spoken())) + "\n")
    for outcome, count in figures.outcomes.most_common():
        name = words(f"slack.handover.outcome.{outcome}")
        screen.write("    " + words("report.counted", name=name, count=count) + "\n")
    if helped.waiting:
        screen.write("  " + words("report.handovers.open") + "\n", "dim")
    for each in helped.waiting[:MOST_SHOWN]:
        screen.write(f"    {each.created_at.astimezone(zone):%m-%d %H:%M}  ", "dim")
        screen.write(f"{each.asker}  {_short(each.question)}  ({each.channel} {each.place})\n")
    if len(helped.waiting) > MOST_SHOWN:
        screen.write("    " + words("report.handovers.more", count=len(helped.waiting) - MOST_SHOWN) + "\n", "dim")


def _show_opinions(screen: "Screen", opinions: "OpinionFigures") -> None:
    screen.write(words("report.opinions") + "\n", "bold")
    if not opinions.good + opinions.bad:
        screen.write("  " + words("report.opinions.none") + "\n")
        return
    screen.write("  " + words("report.opinions.all", good=opinions.good, bad=opinions.bad) + "\n")
    for reason, count in opinions.reasons.most_common():
        name = words(f"slack.reasons.{reason}" if reason else "report.opinions.no_reason")
        screen.write("    " + words("report.counted", name=name, count=count) + "\n")


def _short(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
