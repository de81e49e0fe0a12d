"""`dapbot knowledge tune`: the search learns from the questions that people asked and found answered.

What is learned is which words mean the same here: "돈 돌려받기" and "환불". It takes part in searches only where it
finds more on questions that were held back, and can be undone. No question stays in it, only vectors of words.
"""

import tempfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from bot.database import audit, checkups, korean_vectors, versions
from bot.database.audit import Actor
from bot.errors import UserError
from knowledge.language import language_of
from knowledge.passages import Passage, Progress

if TYPE_CHECKING:
    from bot.wiring import Bot
    from knowledge.tuning import Told, Tuned

_INDEXED, _LEARNED = 10, 90
"""Hundredths of the work that are done after the entries were read, and after learning."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the figures, and whether the search uses it from now on."""

    figures: Mapping[str, Any]
    used: bool


def tune(bot: "Bot", actor: str | Actor, progress: Progress | None = None) -> Outcome:
    """Learn from the live Korean entries and the questions that they are known to answer, and use it if it helps.

    Raises:
        UserError: there are too few such questions, or another embedding model is set, which reads Korean itself.
        DataError: the indexes do not follow; what was learned is kept.
    """
    from knowledge.korean_vectors import name_of, written

    if bot.settings.embedding_model:
        raise UserError("tune.other_model", model=bot.settings.embedding_model)
    tell = _onward(progress)
    passages, told = _known(bot)
    found = _learned(passages, told, tell)
    figures = {name: value for name, value in asdict(found).items() if name != "vectors"}
    if found.vectors is None:
        return Outcome(figures, used=False)
    data = written(found.vectors)
    with bot.sessions.begin() as session:
        change = versions.raise_change(session)
        korean_vectors.keep(session, name_of(data), data, figures, Actor.of(actor).name)
        audit.note(session, actor, "search.tuned", name_of(data), questions=found.told, better=found.better)
    bot.library.follow(change, lambda done, of: tell(_LEARNED + (100 - _LEARNED) * done // max(1, of), 100))
    tell(100, 100)
    return Outcome(figures, used=True)


def _onward(progress: Progress | None) -> Progress:
    """Return a progress that never goes back: indexing tells of its parts, each from its beginning."""
    furthest = 0

    def tell(done: int, of: int) -> None:
        nonlocal furthest
        furthest = max(furthest, done)
        if progress:
            progress(furthest, of)

    return tell


def undo(bot: "Bot", actor: str | Actor, progress: Progress | None = None) -> bool:
    """Search as before the last ``tune``, or the last ``undo``; tell whether something learned is used then.

    Raises:
        UserError: nothing was learned yet.
        DataError: as for ``tune``.
    """
    with bot.sessions.begin() as session:
        change = versions.raise_change(session)
        before = korean_vectors.go_back(session)
        if before is None:
            raise UserError("tune.nothing_to_undo")
        audit.note(session, actor, "search.untuned", before or "-")
    bot.library.follow(change, progress)
    return bool(before)


def _known(bot: "Bot") -> tuple[list[Passage], "list[Told]"]:
    """Return the live Korean passages, and the questions of which it is known what answers them."""
    from knowledge.tuning import FEWEST, Told

    with bot.sessions() as session:
        today = bot.clock().date()
        live = [entry for entry in checkups.live_entries(session) if entry.is_valid(today)]
        passages = [entry.passage for entry in live if entry.language == "ko"]
        numbers = [passage.id for passage in passages]
        told = korean_vectors.confirmed(session) + korean_vectors.golden(session, numbers)
    right: defaultdict[str, set[int]] = defaultdict(set)
    for passage in passages:
        for alias in passage.aliases:
            right[alias.strip()].add(passage.id)
    here = set(numbers)
    for each in told:
        if each.passage in here:
            right[each.question.strip()].add(each.passage)
    asked = [Told(text, frozenset(ids)) for text, ids in sorted(right.items()) if text and language_of(text) == "ko"]
    if len(asked) < FEWEST:
        raise UserError("tune.too_few", count=len(asked), fewest=FEWEST)
    return passages, asked


def _learned(passages: list[Passage], told: "list[Told]", tell: Progress) -> "Tuned":
    """Learn, with a keyword index of its own: that of the data folder may be another process's."""
    from knowledge import tuning
    from knowledge.keywords import KeywordIndex
    from knowledge.questions import understand
    from knowledge.ranking import POOL, hits_of

    with tempfile.TemporaryDirectory(prefix="dapbot-tune-") as folder:
        index = KeywordIndex(Path(folder))
        index.add(passages, progress=lambda done, of: tell(_INDEXED * done // max(1, of), 100))
        mean = fmean(index.lengths().values())

        def step(done: int, of: int) -> None:
            tell(_INDEXED + (_LEARNED - _INDEXED) * done // max(1, of), 100)

        found = tuning.tune(
            passages,
            told,
            lambda text: (asked := understand(text), hits_of(index, asked, None, None, POOL)),
            mean,
            step,
        )
        index.close()
    return found
