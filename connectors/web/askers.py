"""Who asks over HTTP, and with what rights: our own page, a program with a token, the owner of the data folder."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from bot.limits import Reached
from bot.messages import Message
from bot.reach import connection_of
from connectors.web.conversations import Conversations
from connectors.web.people import Who, who_of
from connectors.web.refusals import Refused
from connectors.web.sessions import door_of
from connectors.web.shapes import QuestionLine
from connectors.web.visitors import PROOF_HEADER, Visitor
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.wiring import Bot

WEB = "web"
HTTP = "http"


@dataclass(frozen=True, slots=True)
class Asker:
    """``visitor``: our own page; ``who``: whose session or token it is, the owner, or another program here.

    ``here``: they ask on this machine itself.
    """

    visitor: Visitor | None = None
    who: Who = field(default_factory=lambda: Who("nobody"))
    here: bool = False
    conversations: Conversations = field(default_factory=lambda: Conversations(""))

    @property
    def owner(self) -> bool:
        """Whether it is whoever can read the data folder."""
        return self.who.kind == "owner"

    @property
    def channel(self) -> str:
        """Return the channel whose conversations and people the asker's are."""
        return WEB if self.visitor else HTTP

    def audience(self, named: list[str] | None) -> frozenset[str]:
        """Return the groups to search for: the asker's own, of them those that are named.

        The owner speaks for any group, a program without a token for none.
        """
        if self.owner:
            return frozenset(named or ())
        return self.who.groups if named is None else self.who.groups & frozenset(named)

    def person(self, named: str | None) -> str | None:
        """Return who is known to ask: the account, the page's visitor, whom the owner or a token names, else nobody."""
        if self.who.kind == "account":
            return f"account:{self.who.name}"
        if self.visitor:
            return self.visitor.name
        if self.who.kind == "token" and named:
            return f"{self._mark}{named}"
        return named if self.owner else None

    def conversation(self, named: str | None) -> str | None:
        """Return the channel's name of a conversation: nobody reaches another's by naming it."""
        if not named or self.owner:
            return named
        if self.visitor:
            return self.visitor.conversation(named)
        if self.who.kind in ("token", "account"):
            return f"{self._mark}{named}"
        return self.conversations.unknown(named, self.who.address)

    def begun(self, line: QuestionLine) -> QuestionLine:
        """Return the question with the name of its conversation: a fresh one where it begins one.

        The owner's begin under the name that the bot gives them.
        """
        if line.conversation or self.owner:
            return line
        return line.model_copy(update={"conversation": self.conversations.fresh()})

    @property
    def _mark(self) -> str:
        return f"{self.who.kind}-{self.who.token_id or self.who.account_id}."

    def shared(self, named: str | None) -> str | None:
        """Return what several people may stand behind, where it is not known well who asks: a program, an address.

        Cookies are thrown away easily, so that a visitor who is not signed in counts for the address besides. Whoever
        sits at this machine, or is the owner, counts for none.
        """
        if self.who.kind == "token":
            return None if named else f"token:{self.who.token_id}"
        if self.here or self.who.kind in ("account", "owner"):
            return None
        return f"address:{connection_of(self.who.address)}"

    def record(self, line: QuestionLine) -> bool:
        """Whether the exchange is logged: always, unless the owner asks for it not to be."""
        return line.record or not self.owner

    def message(self, line: QuestionLine) -> Message:
        """Return the bot's message."""
        return Message(
            line.question,
            line.channel if self.owner else self.channel,
            conversation=self.conversation(line.conversation),
            person=self.person(line.person),
            audience=self.audience(line.audience),
            language=line.language,
            shared=self.shared(line.person),
            task=line.task or "",
            options=line.options,
        )


def asker_of(request: Request) -> Asker:
    """Return who asks.

    Raises:
        Refused: 401, a bearer token that opens nothing; 403, another site's page in a browser.
    """
    who = who_of(request)
    if who.kind in ("owner", "token"):
        return Asker(None, who, conversations=request.app.state.conversations)
    visitor: Visitor | None = request.app.state.visitors.require(request, request.headers.get(PROOF_HEADER))
    return asker_from(request, visitor)


def asker_from(request: Request, visitor: Visitor | None) -> Asker:
    """Return who asks, as a visitor of our own page or none."""
    return Asker(visitor, who_of(request), door_of(request).is_here(request), request.app.state.conversations)


class TooMany(Refused):
    """429: a limit of messages is reached; ``Retry-After`` says for how long."""

    def __init__(self, reached: Reached) -> None:
        super().__init__(429, reached.phrase)
        self.headers = {"retry-after": str(reached.wait)}
        self.reached = reached

    def sentence(self, language: Language) -> str:
        """Return the sentence that says when it goes on."""
        return self.reached.sentence(language)


async def admit(request: Request, message: Message) -> None:
    """Count a message before it is answered.

    Raises:
        TooMany: its sender has reached a limit.
    """
    if not (message.person or message.shared):
        return
    verdict = await run_in_threadpool(bot_of(request).limits.admit, message)
    if verdict.reached is not None:
        raise TooMany(verdict.reached)


def bot_of(request: Request) -> "Bot":
    """Return the bot this application was made for."""
    bot: Bot = request.app.state.bot
    return bot
