"""Who asks over HTTP, and with what rights: our own page, the owner of the data folder, or any program here."""

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request

from bot.messages import Message
from connectors.web.refusals import Refused
from connectors.web.shapes import QuestionLine
from connectors.web.visitors import PROOF_HEADER, Visitor

if TYPE_CHECKING:
    from bot.wiring import Bot

WEB = "web"
HTTP = "http"


@dataclass(frozen=True, slots=True)
class Asker:
    """``visitor``: our own page; ``owner``: whoever can read the data folder; neither: another program here."""

    visitor: Visitor | None = None
    owner: bool = False

    @property
    def channel(self) -> str:
        """Return the channel whose conversations and people the asker's are."""
        return WEB if self.visitor else HTTP

    def audience(self, named: list[str] | None) -> frozenset[str]:
        """Return the groups to search for: those the request names only if the owner sent it."""
        return frozenset(named or ()) if self.owner else frozenset()

    def person(self, named: str | None) -> str | None:
        """Return who is known to ask: the page's visitor, whom the owner names, else nobody."""
        return self.visitor.name if self.visitor else named if self.owner else None

    def record(self, line: QuestionLine) -> bool:
        """Whether the exchange is logged: always, unless the owner asks for it not to be."""
        return line.record or not self.owner

    def message(self, line: QuestionLine) -> Message:
        """Return the bot's message; a visitor's conversations are their own, whatever name they give them."""
        conversation = line.conversation
        if self.visitor and conversation:
            conversation = self.visitor.conversation(conversation)
        return Message(
            line.question,
            line.channel if self.owner else self.channel,
            conversation=conversation,
            person=self.person(line.person),
            audience=self.audience(line.audience),
            language=line.language,
        )


def asker_of(request: Request) -> Asker:
    """Return who asks.

    Raises:
        Refused: 401, a bearer token that is not the owner's; 403, another site's page in a browser.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        owner_token: str = request.app.state.token
        if owner_token and hmac.compare_digest(token.strip().encode(), owner_token.encode()):
            return Asker(owner=True)
        raise Refused(401, "web.refused.bearer")
    visitor: Visitor | None = request.app.state.visitors.require(request, request.headers.get(PROOF_HEADER))
    return Asker(visitor)


def bot_of(request: Request) -> "Bot":
    """Return the bot this application was made for."""
    bot: Bot = request.app.state.bot
    return bot
