"""What people were told by a text that holds no longer is put right: where they asked, once in each conversation."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from bot.database import documents, outdated
from bot.database.audit import Actor, note
from bot.database.outdated import Entry, Outdated, Use
from bot.errors import UserError
from bot.phrases import say
from bot.shelf import NOBODY
from bot.telling import can_tell, tell
from knowledge.language import Language
from knowledge.passages import Progress

if TYPE_CHECKING:
    from bot.wiring import Bot

DAYS = 90
LONGEST = 3_000
"""Characters of what is sent."""
MOST_OLD, MOST_NEW = 300, 1_500
"""Characters of the old and of the new text in what is prepared."""

State = Literal["open", "told", "unreachable", "restricted"]
"""``restricted``: what holds now is not for who asked."""


@dataclass(frozen=True, slots=True)
class Affected:
    """A conversation that a text was used in; ``told_at`` is when a correction was sent there last."""

    use: Use
    state: State
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recall:
    """A text that holds no longer: what it said, what holds now, and the conversations it was used in.

    ``mark`` tells what holds now from what may hold later: nobody sends a correction to what was never looked at.
    """

    document: int
    name: str
    was: Entry
    now: Entry | None
    affected: tuple[Affected, ...]
    mark: str

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of those conversations that can be told."""
        found = {each.use.language for each in self.affected if each.state == "open"}
        return tuple(each for each in ("ko", "en") if each in found)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many conversations were told, and how many could not be."""

    told: int
    failed: int


def since(days: int) -> datetime:
    """Return the moment so many days ago."""
    return datetime.now(UTC) - timedelta(days=days)


def texts(bot: "Bot", document: int, days: int = DAYS) -> list[tuple[Outdated, int]]:
    """Return the texts of a document that were used and hold no longer, each with how many conversations were told."""
    with bot.sessions() as session:
        found = outdated.outdated(session, document, since(days))
        told = outdated.told(session)
        return [(each, told.get(each.was.passage, 0)) for each in found]


def recall(bot: "Bot", document: int, passage: int, days: int = DAYS) -> Recall:
    """Return one text that holds no longer, with its conversations.

    Raises:
        UserError: it holds, or there is none.
    """
    with bot.sessions() as session:
        name = documents.name_of(session, document)
        pair = outdated.text(session, document, passage)
        if name is None or pair is None:
            raise UserError("web.recall.gone_text")
        was, now = pair
        told = outdated.told_of(session, passage)
        mark = _mark(now)
        uses = outdated.uses(session, passage, since(days))
    found = [Affected(use, _state(bot, use, now, told.get(use.conversation_id), mark), _at(told, use)) for use in uses]
    found.sort(key=lambda each: each.state != "open")
    return Recall(document, name, was, now, tuple(found), mark)


def prepared(found: Recall, language: Language) -> str:
    """Return the correction in words of ours."""
    was, now = found.was, found.now
    question = was.question or was.title or _short(was.answer, 80)
    values = {"question": question, "old": _short(was.answer, MOST_OLD)}
    if now is None:
        return say("web.recall.text.gone", language, **values)
    return say("web.recall.text.changed", language, **values, new=_short(now.answer, MOST_NEW))


def send(
    bot: "Bot",
    found: Recall,
    chosen: Collection[str],
    words: Mapping[str, str],
    progress: Progress | None = None,
    *,
    author: str | Actor = NOBODY,
) -> Sent:
    """Send a correction to the chosen conversations (by id), in the words of each one's language.

    Those that cannot be told, or were told of this change before, are left out. Returns how many were told.

    Raises:
        UserError: nothing is chosen, or there are no words, or too many.
    """
    if not chosen:
        raise UserError("web.recall.nothing_chosen")
    with bot.sessions() as session:  # somebody else may have been faster
        before = {
            name for name, (mark, _) in outdated.told_of(session, found.was.passage).items() if mark == found.mark
        }
    uses = [each.use for each in found.affected if each.state == "open"]
    open_ = [use for use in uses if use.conversation_id in chosen and use.conversation_id not in before]
    texts_ = {language: words.get(language, "").strip() for language in ("ko", "en")}
    for use in open_:
        if not texts_[use.language]:
            raise UserError("web.recall.empty")
        if len(texts_[use.language]) > LONGEST:
            raise UserError("web.recall.long", limit=f"{LONGEST:,}")
    told = 0
    for done, use in enumerate(open_, 1):
        told += tell(bot, use.conversation_id, texts_[use.language], _key(found.was.passage, found.mark, use))
        if progress:
            progress(done, len(open_))
    if told:
        with bot.sessions.begin() as session:
            note(session, author, "recall.sent", found.name, key=found.was.key, count=told)
    return Sent(told, len(open_) - told)


def _state(bot: "Bot", use: Use, now: Entry | None, told: tuple[str, datetime] | None, mark: str) -> State:
    if told is not None and told[0] == mark:
        return "told"
    if not can_tell(bot, use.place):
        return "unreachable"
    return "open" if now is None or now.may_be_seen(use.asked_in) else "restricted"


def _at(told: Mapping[str, tuple[str, datetime]], use: Use) -> datetime | None:
    return told[use.conversation_id][1] if use.conversation_id in told else None


def _mark(now: Entry | None) -> str:
    return "gone" if now is None else hashlib.sha256(" ".join(now.answer.split()).encode()).hexdigest()[:12]


def _key(passage: int, mark: str, use: Use) -> str:
    return f"{outdated.KEY}{passage}:{mark}:{use.conversation_id}"


def _short(text: str, most: int) -> str:
    text = text.strip()
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
