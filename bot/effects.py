"""What an answer would change before it is live: for the questions it is meant for, and for the golden questions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.database import aliases, documents, golden
from bot.database.golden import Golden
from knowledge.confidence import LINES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.wiring import Bot

LOOKED_AT = 20
"""Passages a search is asked for: an answer rests on the first ones."""

MOST_GOLDEN = 500

Asking = tuple[str, frozenset[str]]
"""A question, and the groups of who asks it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Whether a question is answered, and which entry comes first: its document, "" and 0 where none does."""

    answered: bool
    document: int = 0
    name: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """``questions`` are those it is meant for, each with whether it was answered before and is after.

    ``broken`` and ``mended`` are golden questions, of ``golden`` that were asked.
    """

    questions: tuple[tuple[str, bool, bool], ...]
    golden: int
    broken: tuple[str, ...]
    mended: tuple[str, ...]

    @property
    def answered(self) -> int:
        """How many of the questions are answered after it."""
        return sum(after for _, _, after in self.questions)


Waiting = Mapping[int, Collection[str] | None]
"""Passages that are not live yet, each with whom it is for; None: everyone."""


def answers(bot: "Bot", asking: Iterable[Asking], waiting: Waiting | None = None) -> dict[Asking, Found]:
    """Look each question up, with the passages that wait as if they were live."""
    line = LINES[bot.settings.line]
    found = {}
    with bot.sessions() as session:
        for question, groups in dict.fromkeys(asking):
            looked = bot.knowledge.search(
                question, visible=_Visible(bot, session, groups, waiting or {}), limit=LOOKED_AT
            )
            first = looked.candidates[0].id if looked.candidates else 0
            sure = bool(first) and looked.confidence >= line
            found[question, groups] = Found(sure, *aliases.entry_of(session, first))
    return found


@dataclass(frozen=True, slots=True)
class _Visible:
    """What is live, with what is taken to be."""

    bot: "Bot"
    session: "Session"
    groups: frozenset[str]
    waiting: Waiting

    def __call__(self, ids: Sequence[int]) -> set[int]:
        live = documents.visible(self.session, ids, self.groups, self.bot.clock().date())
        return live | {each for each in self.waiting.keys() & set(ids) if self._may(self.waiting[each])}

    def _may(self, audience: Collection[str] | None) -> bool:
        return audience is None or not self.groups.isdisjoint(audience)


def golden_questions(bot: "Bot") -> list[Golden]:
    """Return the golden questions that an effect is measured on."""
    with bot.sessions() as session:
        return golden.listed(session)[:MOST_GOLDEN]


def asking_of(kept: Iterable[Golden]) -> list[Asking]:
    """Return what golden questions ask, and as whom."""
    return [(each.question, each.audience) for each in kept]


def compared(
    meant: Sequence[Asking], kept: Sequence[Golden], before: Mapping[Asking, Found], after: Mapping[Asking, Found]
) -> Effect:
    """Return what is different after something was changed; ``meant`` are the questions that it is for."""
    broken: list[str] = []
    mended: list[str] = []
    for each in kept:
        asking = (each.question, each.audience)
        was, is_now = _holds(each, before[asking]), _holds(each, after[asking])
        if was != is_now:
            (mended if is_now else broken).append(each.question)
    return Effect(
        tuple((each[0], before[each].answered, after[each].answered) for each in dict.fromkeys(meant)),
        len(kept),
        tuple(broken),
        tuple(mended),
    )


def _holds(kept: Golden, found: Found) -> bool:
    if kept.expects == "none":
        return not found.answered
    return found.answered and (kept.expects == "answer" or kept.is_entry(found.document, found.name, found.key))


def effect_of(bot: "Bot", meant: Sequence[Asking], waiting: Waiting) -> Effect:
    """Return what passages that wait would change if they were live."""
    kept = golden_questions(bot)
    asking = [*meant, *asking_of(kept)]
    return compared(meant, kept, answers(bot, asking), answers(bot, asking, waiting))
