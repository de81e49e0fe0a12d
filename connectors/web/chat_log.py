"""A conversation of the page as it is shown: what was asked and answered, what was told later, how requests stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.requests import Request

from bot.database import handed, notices
from bot.database.handed import Handed
from bot.database.own_conversations import Whose
from bot.database.transcripts import Shown, transcript
from connectors.web.askers import WEB, asker_from, bot_of
from connectors.web.visitors import Visitor

if TYPE_CHECKING:
    from bot.wiring import Bot

LONGEST_NAME = 150
"""Characters of what a browser calls its conversation."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was said in the conversation later; ``person``: by one, as the answer that was asked for."""

    id: int
    text: str
    person: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the log: an exchange, or something told."""

    at: datetime
    shown: Shown | None = None
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class ChatLog:
    """``tab`` is what the browser calls the conversation; ``requests`` are how those for a person stand, by answer."""

    tab: str
    items: tuple[Item, ...] = ()
    requests: dict[str, Handed] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Whether a person's answer is waited for."""
        return any(each.stage != "solved" for each in self.requests.values())


def whose(request: Request, visitor: Visitor) -> Whose:
    """Return whose conversations a page may show."""
    person = asker_from(request, visitor).person(None) or visitor.name
    return Whose(WEB, person, visitor.prefix)


def chat_log(request: Request, visitor: Visitor, tab: str) -> ChatLog:
    """Return a conversation of this visitor; an empty one where there is none of that name."""
    bot, name = bot_of(request), visitor.conversation(tab[:LONGEST_NAME])
    with bot.sessions() as session:
        shown = transcript(session, WEB, name)
    items = [Item(each.at, shown=each) for each in shown]
    items += [Item(each.at, told=each) for each in told_in(bot, name)] if shown else []
    requests = requests_in(bot, name) if shown else {}
    return ChatLog(tab[:LONGEST_NAME], tuple(sorted(items, key=lambda each: each.at)), requests)


def told_in(bot: "Bot", name: str, after: int = 0) -> Sequence[Told]:
    """Return what was told in a conversation, but for what the page has already."""
    with bot.sessions() as session:
        found = notices.of_place(session, WEB, name)
    return [Told(each.id, each.text, handed.is_reply(each.key), each.at) for each in found if each.id > after]


def requests_in(bot: "Bot", name: str) -> dict[str, Handed]:
    """Return the requests for a person in a conversation, by the answer that did not help; the last one of each."""
    with bot.sessions() as session:
        return {each.handover.answer_id or "": each for each in handed.in_place(session, WEB, name)}
