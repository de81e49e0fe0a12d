"""What an answer would change before it is live: for the questions it is meant for, and for the golden questions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.database import golden
from bot.database.golden import Golden
from bot.database.instead import Instead
from bot.database.versions import live
from bot.measured import EFFECTS, Effect
from bot.replaying import Replayed, Said, holds, replay

if TYPE_CHECKING:
    from bot.wiring import Bot

MOST_GOLDEN = 500


def answers(bot: "Bot", asking: Iterable[Replayed], instead: Instead | None = None) -> dict[Replayed, Said]:
    """Ask each question again, without a model; ``instead``: as documents would be."""
    chosen = list(dict.fromkeys(asking))
    return dict(zip(chosen, replay(bot, chosen, rows=instead), strict=True))


def golden_questions(bot: "Bot") -> list[Golden]:
    """Return the golden questions that an effect is measured on."""
    with bot.sessions() as session:
        return golden.listed(session)[:MOST_GOLDEN]


def compared(
    meant: Sequence[Replayed], kept: Sequence[Golden], before: Mapping[Replayed, Said], after: Mapping[Replayed, Said]
) -> Effect:
    """Return what is different after something was changed; ``meant`` are the questions that it is for."""
    broken: list[str] = []
    mended: list[str] = []
    for each in kept:
        asking = Replayed.of(each)
        was, is_now = holds(each, before[asking]), holds(each, after[asking])
        if was != is_now:
            (mended if is_now else broken).append(each.question)
    return Effect(
        tuple((each.text, before[each].answered, after[each].answered) for each in dict.fromkeys(meant)),
        len(kept),
        tuple(broken),
        tuple(mended),
    )


def effect_of(bot: "Bot", meant: Sequence[Replayed], document: int, version: int) -> Effect:
    """Return what a version that waits would change; asked once for what is live and what is asked."""
    kept = golden_questions(bot)
    with bot.sessions() as session:
        state = live(session)
    known = (str(bot.engine.url), version, state, tuple(meant), tuple((each.id, each.updated_at) for each in kept))
    found = EFFECTS.get(known)
    if found is None:
        asking = [*meant, *map(Replayed.of, kept)]
        found = compared(meant, kept, answers(bot, asking), answers(bot, asking, Instead({document: version})))
        EFFECTS.put(known, found)
    return found
