"""The figures as tables: for the page, for the charts on it, and for a spreadsheet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from bot.database.behind_sums import NamedEntry
from bot.insight_figures import Insight, Share, Span, Step, Used
from bot.phrases import PHRASES, say
from bot.sentiment.aspects import in_language
from knowledge.language import Language

WITHOUT = frozenset({"extractive", "none"})
"""What stands for the model where none was asked."""


NO_FILTERS: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: as it is read, as a spreadsheet takes it, the page it leads to, and the length of its bar (0 to 1)."""

    text: str
    value: str | int | float
    link: str = ""
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class InsightTable:
    """A table under its name; ``chart`` is how it is drawn besides ("": it is not)."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """Makes the addresses of the conversations behind a number; none for whoever may not read them."""

    span: Span
    open: bool

    def to(self, filters: Mapping[str, object] = NO_FILTERS, span: Span | None = None) -> str:
        """Return the address of the conversations of a span (this one's), filtered; "" where it may not be opened."""
        if not self.open:
            return ""
        span = span or self.span
        named = {name: value for name, value in filters.items() if value not in ("", None)}
        days = f"/conversations?from={span.first}&to={span.last}"
        return f"{days}&{urlencode(named)}" if named else days


def money(dollars: float) -> str:
    """Return an amount of US dollars: with cents, a small one with as many places as it needs."""
    return (
        f"${dollars:,.2f}" if dollars >= 0.1 or not dollars else f"${dollars:.2g}" if dollars >= 1e-4 else "< $0.0001"
    )


def percent(part: float, whole: float) -> str:
    """Return a share as people read it; "–" of nothing."""
    return f"{part / whole:.0%}" if whole else "–"


def day_text(day: date) -> str:
    """Return a day as it is shown in a narrow column."""
    return f"{day:%m-%d}"


def known(group: str, name: str, language: Language) -> str:
    """Return the words for a name (of a channel, a reason), itself where there are none."""
    key = f"{group}.{name}"
    return say(key, language) if key in PHRASES else name


class Tables:
    """Makes the tables of a span in one language; ``named`` are the entries whose words are known."""

    def __init__(
        self, found: Insight, language: Language, links: Links, named: Mapping[tuple[str, str], NamedEntry]
    ) -> None:
        self._found = found
        self._language = language
        self._links = links
        self._named = named

    def all(self) -> dict[str, InsightTable]:
        """Return all tables that have rows, by their names."""
        makers: Sequence[Callable[[], InsightTable]] = (
            self.days, self.moods, self.costs, self.channels, self.languages, self.tasks, self.reasons, self.outcomes,
            self.aspects, self.spending, self.entries, self.bad_entries,
        )  # fmt: skip
        return {table.name: table for make in makers if (table := make()).rows}

    def days(self) -> InsightTable:
        """Return the questions of each day or week: answered, not answered, handed over, rated."""
        rows = [
            (
                self._day(step),
                self._count(step.questions, {"task": "answer"}, step.span),
                self._count(step.answered, {"answered": "yes"}, step.span),
                self._count(step.questions - step.answered, {"answered": "no"}, step.span),
                self._count(step.handed, {"handed": "yes"}, step.span),
                self._count(step.good, {"rating": "good"}, step.span),
                self._count(step.bad, {"rating": "bad"}, step.span),
            )
            for step in self._found.steps
        ]
        heads = ("day", "questions", "answered", "unanswered", "handed", "good", "bad")
        return self._table("days", heads, rows, "answered unanswered")

    def moods(self) -> InsightTable:
        """Return the moods of each day or week."""
        rows = [
            (
                self._day(step),
                *(
                    self._count(getattr(step, label), {"mood": label}, step.span)
                    for label in ("negative", "neutral", "positive")
                ),
            )
            for step in self._found.steps
        ]
        filled = any(step.negative or step.neutral or step.positive for step in self._found.steps)
        return self._table("moods", ("day", "negative", "neutral", "positive"), rows if filled else [], "mood")

    def costs(self) -> InsightTable:
        """Return the cost of each day or week."""
        rows = [(self._day(step), Cell(money(step.cost_usd), round(step.cost_usd, 6))) for step in self._found.steps]
        filled = any(step.cost_usd for step in self._found.steps)
        return self._table("costs", ("day", "cost"), rows if filled else [], "cost")

    def channels(self) -> InsightTable:
        """Return the questions of each channel."""
        rows = [
            (
                *self._share(each, "channel", "web.insight.channel"),
                self._count(each.handed, {"channel": each.name, "handed": "yes"}),
            )
            for each in self._found.channels
        ]
        return self._table("channels", ("channel", "questions", "answered_share", "unanswered", "handed"), rows)

    def languages(self) -> InsightTable:
        """Return the questions in each language."""
        rows = [tuple(self._share(each, "language", "web.insight.language")) for each in self._found.languages]
        return self._table("languages", ("language", "questions", "answered_share", "unanswered"), rows)

    def tasks(self) -> InsightTable:
        """Return how often the other tasks were asked for."""
        total = sum(count for _, count in self._found.tasks)
        rows = [
            (
                Cell(known("report.task", name, self._language), name),
                self._count(count, {"task": name}, bar=count / total),
            )
            for name, count in self._found.tasks
        ]
        return self._table("tasks", ("task", "count"), rows)

    def reasons(self) -> InsightTable:
        """Return why answers did not help."""
        total = sum(count for _, count in self._found.reasons)
        rows = []
        for name, count in self._found.reasons:
            words = (
                known("slack.reasons", name, self._language) if name else say("web.insight.no_reason", self._language)
            )
            by_reason = self._count(count, {"rating": "bad", "reason": name}, bar=count / total)
            rows.append((Cell(words, name), by_reason if name else replace(by_reason, link="")))
        return self._table("reasons", ("reason", "count"), rows)

    def outcomes(self) -> InsightTable:
        """Return how handovers ended."""
        total = sum(count for _, count in self._found.outcomes)
        rows = [
            (
                Cell(known("slack.handover.outcome", name, self._language), name),
                self._count(count, {"handed": "solved", "outcome": name}, bar=count / total),
            )
            for name, count in self._found.outcomes
        ]
        return self._table("outcomes", ("outcome", "count"), rows)

    def aspects(self) -> InsightTable:
        """Return what messages speak of, what is complained of most first."""
        rows = []
        for each in self._found.aspects:
            change = each.negative - each.negative_before if self._found.comparable else 0
            rows.append(
                (
                    Cell(in_language(each.name, self._language), each.name),
                    self._count(each.count, {"aspect": each.name}),
                    self._count(
                        each.negative, {"aspect": each.name, "mood": "negative"}, bar=each.negative / each.count
                    ),
                    Cell(f"{change:+,}" if change else "–", change),
                    Cell(f"{each.mean:+.2f}", each.mean),
                )
            )
        return self._table("aspects", ("aspect", "messages", "complaints", "change", "mean"), rows)

    def spending(self) -> InsightTable:
        """Return what the answers of each task and model cost."""
        rows = []
        for each in self._found.spending:
            model = say("report.spending.no_model", self._language) if each.model in WITHOUT else each.model
            asked = each.input + each.output
            dear = (
                say("report.unknown_price", self._language)
                if each.unpriced and not each.cost_usd
                else money(each.cost_usd)
            )
            rows.append(
                (
                    Cell(known("report.task", each.task, self._language), each.task),
                    Cell(model, each.model),
                    self._count(each.answers, {"task": each.task, "model": each.model}),
                    Cell(f"{asked:,}" if asked else "–", asked),
                    Cell(dear if asked or each.cost_usd else "–", round(each.cost_usd, 6)),
                    Cell(
                        money(each.cost_usd / each.answers) if each.cost_usd else "–",
                        round(each.cost_usd / each.answers, 8),
                    ),
                )
            )
        return self._table("spending", ("task", "model", "answers", "tokens", "cost", "per_answer"), rows)

    def entries(self) -> InsightTable:
        """Return the entries that answers rest on most often."""
        return self._table("entries", ("entry", "document", "answers"), list(self._used(self._found.entries)))

    def bad_entries(self) -> InsightTable:
        """Return the entries whose answers did not help most often."""
        rows = list(self._used(self._found.bad_entries, rating="bad"))
        return self._table("bad_entries", ("entry", "document", "bad"), rows)

    # --- parts --------------------------------------------------------------------------------------------------

    def _table(
        self, name: str, heads: Sequence[str], rows: Sequence[tuple[Cell, ...]], chart: str = ""
    ) -> InsightTable:
        words = tuple(say(f"web.insight.head.{head}", self._language) for head in heads)
        return InsightTable(name, say(f"web.insight.table.{name}", self._language), words, tuple(rows), chart)

    def _count(
        self,
        count: int,
        filters: Mapping[str, object] = NO_FILTERS,
        span: Span | None = None,
        bar: float | None = None,
    ) -> Cell:
        return Cell(f"{count:,}", count, self._links.to(filters, span) if count else "", bar)

    def _day(self, step: Step) -> Cell:
        first, last = step.span.first, step.span.last
        text = day_text(first) if first == last else f"{day_text(first)} – {day_text(last)}"
        return Cell(text, first.isoformat())

    def _share(self, each: Share, name: str, group: str) -> Iterator[Cell]:
        whole = max(1, each.count)
        yield Cell(known(group, each.name, self._language), each.name)
        yield self._count(each.count, {name: each.name, "task": "answer"})
        yield Cell(percent(each.answered, each.count), round(each.answered / whole, 4), bar=each.answered / whole)
        yield self._count(each.count - each.answered, {name: each.name, "answered": "no"})

    def _used(self, some: Sequence[Used], **filters: object) -> Iterator[tuple[Cell, ...]]:
        for each in some:
            entry = self._named.get((each.document, each.key))
            where = f"/documents/{entry.document_id}" if entry else ""
            leads = f"{where}/entry?{urlencode({'key': each.key})}" if where else ""
            by: dict[str, object] = {"document": entry.document_id, "passage": each.key} if entry else {}
            counted = self._count(each.count, {**by, **filters}) if entry else Cell(f"{each.count:,}", each.count)
            yield (
                Cell(entry.question if entry else each.key, each.key, leads),
                Cell(each.document, each.document, where),
                counted,
            )
