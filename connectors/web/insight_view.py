"""What stands at the head of the page of insight: the main figures, and how they changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.insight_figures import Figures, Insight
from bot.lasting import lasting
from bot.phrases import say
from connectors.web.insight_tables import WITHOUT, Links, money, percent
from knowledge.language import Language

Turn = Literal["better", "worse", ""]


@dataclass(frozen=True, slots=True)
class Detail:
    """A figure beside the main one: its words, and the page it leads to."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A main figure: its name, value and page, how it changed, and what it is made of."""

    name: str
    label: str
    value: str
    link: str = ""
    change: str = ""
    turn: Turn = ""
    details: tuple[Detail, ...] = ()


def seconds_text(milliseconds: float | None, language: Language) -> str:
    """Return a time in seconds, one below a second in milliseconds; "–" where nothing was measured."""
    if milliseconds is None:
        return "–"
    unit, value = ("ms", f"{milliseconds:.0f}") if milliseconds < 1000 else ("seconds", f"{milliseconds / 1000:.1f}")
    return say(f"web.insight.{unit}", language, value=value)


class Head:
    """Makes the tiles of a span in one language."""

    def __init__(self, found: Insight, language: Language, links: Links) -> None:
        self._found = found
        self._language = language
        self._links = links

    def tiles(self) -> list[Tile]:
        """Return the main figures, in the order they are read."""
        now, before = self._found.now, self._found.before
        return [
            self._questions(now, before),
            self._answered(now, before),
            self._unanswered(now, before),
            self._handed(now, before),
            self._opinions(now, before),
            self._moods(now, before),
            self._times(now, before),
            self._costs(now, before),
        ]

    def _say(self, key: str, **values: object) -> str:
        return say(f"web.insight.{key}", self._language, **values)

    def _questions(self, now: Figures, before: Figures) -> Tile:
        details = [
            Detail(self._say("conversations", count=now.conversations), self._links.to() if now.conversations else "")
        ]
        details += [Detail(self._say("others", count=now.others))] if now.others else []
        change = self._relative(now.questions, before.questions)
        return self._tile("questions", f"{now.questions:,}", self._link(now.questions, task="answer"), change, details)

    def _answered(self, now: Figures, before: Figures) -> Tile:
        change, turn = self._points(now.share, before.share, 1)
        details = [Detail(self._say("answered", count=now.answered), self._link(now.answered, answered="yes"))]
        details.append(Detail(self._say("solved", count=now.solved)))
        value = percent(now.answered, now.questions)
        return self._tile("answered", value, self._link(now.answered, answered="yes"), change, details, turn)

    def _unanswered(self, now: Figures, before: Figures) -> Tile:
        change = self._relative(now.unanswered, before.unanswered)
        link = self._link(now.unanswered, answered="no")
        details = [Detail(self._say("see_groups"), "/questions")]
        turn = _turn(now.unanswered, before.unanswered, -1)
        return self._tile("unanswered", f"{now.unanswered:,}", link, change, details, turn)

    def _handed(self, now: Figures, before: Figures) -> Tile:
        details = [Detail(self._say("ended", count=now.ended), self._link(now.ended, handed="solved"))]
        if self._found.waiting:
            details.append(
                Detail(
                    self._say("waiting", count=self._found.waiting),
                    "/conversations?handed=open" if self._links.open else "",
                )
            )
        if now.replied is not None:
            details.append(Detail(self._say("replied", time=lasting(now.replied, self._language))))
        if now.waited is not None:
            details.append(Detail(self._say("waited", time=lasting(now.waited, self._language))))
        change = self._relative(now.handed, before.handed)
        return self._tile("handed", f"{now.handed:,}", self._link(now.handed, handed="yes"), change, details)

    def _opinions(self, now: Figures, before: Figures) -> Tile:
        total, earlier = now.good + now.bad, before.good + before.bad
        share = now.good / total if total else None
        change, turn = self._points(share, before.good / earlier if earlier else None, 1)
        details = (
            Detail(f"👍 {now.good:,}", self._link(now.good, rating="good")),
            Detail(f"👎 {now.bad:,}", self._link(now.bad, rating="bad")),
        )
        return self._tile("opinions", percent(now.good, total), "", change, details, turn)

    def _moods(self, now: Figures, before: Figures) -> Tile:
        change, turn = self._points(now.complaints, before.complaints, -1)
        negative, total = now.moods.get("negative", 0), sum(now.moods.values())
        details = [Detail(self._say("of_messages", count=negative, total=total))]
        value = percent(negative, total)
        return self._tile("complaints", value, self._link(negative, mood="negative"), change, details, turn)

    def _times(self, now: Figures, before: Figures) -> Tile:
        change = self._relative(now.p50, before.p50)
        turn = _turn(now.p50, before.p50, -1)
        details = [Detail(self._say("p95", time=seconds_text(now.p95, self._language)))] if now.p95 is not None else []
        return self._tile("times", seconds_text(now.p50, self._language), "", change, details, turn)

    def _costs(self, now: Figures, before: Figures) -> Tile:
        details = []
        if now.cost_usd:
            details.append(Detail(self._say("per_answer", cost=money(now.per_answer or 0))))
            details.append(Detail(self._say("per_solved", cost=money(now.per_solved)) if now.per_solved else ""))
        elif all(each.model in WITHOUT for each in self._found.spending):
            details.append(Detail(self._say("no_model")))
        if now.unpriced:
            details.append(Detail(self._say("unpriced", count=now.unpriced)))
        change = self._relative(now.cost_usd, before.cost_usd)
        return self._tile("cost", money(now.cost_usd), "", change, [each for each in details if each.text])

    def _tile(
        self,
        name: str,
        value: str,
        link: str,
        change: str,
        details: "list[Detail] | tuple[Detail, ...]",
        turn: Turn = "",
    ) -> Tile:
        turn = turn if change else ""
        return Tile(name, self._say(f"tile.{name}"), value, link, change, turn, tuple(details))

    def _link(self, count: int, **filters: object) -> str:
        return self._links.to(filters) if count else ""

    def _relative(self, now: float | None, before: float | None) -> str:
        if not now or not before or not self._found.comparable:
            return ""
        change = round((now - before) / before * 100)
        return self._say("change", change=f"{change:+,}%") if change else self._say("same")

    def _points(self, now: float | None, before: float | None, good: int) -> tuple[str, Turn]:
        if now is None or before is None or not self._found.comparable:
            return "", ""
        change = round((now - before) * 100)
        said = self._say("change_points", change=f"{change:+d}") if change else self._say("same")
        return said, _turn(now, before, good) if change else ""


def _turn(now: float | None, before: float | None, good: int) -> Turn:
    """Return whether it is better now; ``good``: 1 where more is better, -1 where less is."""
    if not now or not before or round((now - before) / before * 100) == 0:
        return ""
    return "better" if (now > before) == (good > 0) else "worse"


def figures_rows(found: Insight) -> Iterator[tuple[str, int | float | None, int | float | None]]:
    """Yield the name of each main figure, its value, and that of the span before, for spreadsheets and programs."""
    names = (
        "conversations", "questions", "answered", "unanswered", "solved", "others", "handed", "ended", "good", "bad",
        "p50", "p95", "waited", "waited_p95",
        "replied", "mood", "complaints", "answers", "cost_usd", "unpriced", "per_answer",
        "per_solved",
    )  # fmt: skip
    for name in names:
        yield name, _rounded(getattr(found.now, name)), _rounded(getattr(found.before, name))


def _rounded(value: float | None) -> int | float | None:
    return round(value, 6) if isinstance(value, float) else value
