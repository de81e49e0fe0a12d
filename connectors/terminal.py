"""Talking in the terminal: one sentence after the other, the sources below, earlier turns remembered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol
from uuid import uuid4

from bot.errors import DapbotError
from bot.messages import Event, Message, Reply, Source
from bot.phrases import say
from knowledge.language import Language

CHANNEL = "terminal"

Style = Literal["plain", "dim", "bold", "good", "warning"]


class Screen(Protocol):
    """Where a conversation is shown."""

    def write(self, text: str, style: Style = "plain") -> None:
        """Show ``text`` where the last one ended."""

    def status(self, text: str) -> None:
        """Show what is being done, until the next call of anything; nothing where it could not be erased."""


class Answering(Protocol):
    """The bot, in this process or behind a server's address."""

    def stream(self, message: Message) -> Iterator[Event]:
        """Yield the events of the reply to ``message``."""


@dataclass
class Chat:
    """One person at a terminal. Lines in, text on the screen; the bot keeps what was said under ``conversation``."""

    bot: Answering
    screen: Screen
    language: Language
    conversation: str = field(default_factory=lambda: uuid4().hex)
    said: list[tuple[str, str]] = field(default_factory=list)
    sources: tuple[Source, ...] = ()

    def talk(self, lines: Iterable[str]) -> None:
        """Answer line after line until they end or one of them is /quit."""
        for line in lines:
            text = line.strip()
            if text in COMMANDS:
                if COMMANDS[text] == "quit":
                    return
                self._command(COMMANDS[text])
            elif text.startswith("/") and " " not in text:
                self._say("chat.no_command", command=text)
            elif text:
                self.answer(text)

    def answer(self, text: str) -> None:
        """Show the reply to one message; Ctrl-C ends this reply, not the conversation."""
        shown = Shown(self.screen, self.language)
        events = self.bot.stream(Message(text, CHANNEL, conversation=self.conversation))
        try:
            for event in events:
                shown.show(event)
        except DapbotError as error:
            self.screen.write(say(error.phrase, self.language, **error.values) + "\n", "warning")
        except KeyboardInterrupt:
            self.screen.status("")
            self.screen.write("\n")
            self._say("chat.stopped")
        finally:
            if hasattr(events, "close"):
                events.close()  # the model is not asked on for nobody
        self.said.append((text, shown.text))
        if shown.sources:
            self.sources = shown.sources

    def _command(self, name: str) -> None:
        if name == "new":
            self.conversation, self.said, self.sources = uuid4().hex, [], ()
            self._say("chat.new")
        elif name == "sources":
            show_quotes(self.screen, self.sources, self.language)
        elif name == "history":
            for question, answer in self.said:
                self.screen.write(f"> {question}\n", "bold")
                self.screen.write(f"{answer}\n\n")
            if not self.said:
                self._say("chat.no_history")
        else:
            self._say("chat.commands")

    def _say(self, key: str, **values: object) -> None:
        self.screen.write(say(key, self.language, **values) + "\n", "dim")


COMMANDS = {
    "/new": "new",
    "/새로": "new",
    "/sources": "sources",
    "/출처": "sources",
    "/history": "history",
    "/기록": "history",
    "/help": "help",
    "/도움말": "help",
    "/quit": "quit",
    "/exit": "quit",
    "/끝": "quit",
}


@dataclass
class Shown:
    """One reply on the screen while it comes in."""

    screen: Screen
    language: Language
    text: str = ""
    sources: tuple[Source, ...] = ()

    def show(self, event: Event) -> None:
        """Show one step of the reply."""
        if event.kind == "status":
            self.screen.status(event.text)
        elif event.kind == "sources":
            self.sources = event.sources
        elif event.kind == "text":
            self.screen.write(event.text)
            self.text += event.text
        elif event.kind == "error":
            self.screen.write(event.text + "\n", "warning")
        elif event.reply is not None:
            self._finish(event.reply)

    def _finish(self, reply: Reply) -> None:
        """Show what streaming did not: the whole text where it differs, the notice, the sources."""
        if self.text.strip() != reply.text.strip():
            if self.text:
                self.screen.write("\n\n" + say("chat.replaced", reply.language) + "\n", "dim")
            self.screen.write(reply.text)
        self.screen.write("\n")
        self.text, self.sources = reply.text, reply.sources
        show_below(self.screen, reply)


def show_reply(screen: Screen, reply: Reply) -> None:
    """Show a whole reply: the text, then what goes below it."""
    screen.write(reply.text + "\n")
    show_below(screen, reply)


def show_below(screen: Screen, reply: Reply) -> None:
    """Show how the answer came about, its sources, and what else could be asked."""
    if reply.extract and reply.task == "answer":
        screen.write(say("chat.extract", reply.language) + "\n", "dim")
    if reply.notice:
        screen.write(reply.notice + "\n", "warning")
    worded = not reply.extract or reply.checks == "supported"  # else it is the model's failed text that was checked
    if reply.answered and reply.sources and worded:
        said = say(f"web.chat.checks.{reply.checks}", reply.language)
        screen.write(said + "\n", "good" if reply.checks == "supported" else "warning")
    if reply.sources:
        screen.write("\n" + say("chat.sources", reply.language) + "\n", "dim")
    for number, source in enumerate(reply.sources, 1):
        screen.write(f"  [{number}] {source_name(source, reply.language)}\n", "dim")
    if reply.nearest:
        screen.write("\n" + say("chat.nearest", reply.language) + "\n", "dim")
    for near in reply.nearest:
        screen.write(f"  - {near.question}\n", "dim")


def show_quotes(screen: Screen, sources: Iterable[Source], language: Language) -> None:
    """Show the passages that the last answer rests on."""
    empty = True
    for number, source in enumerate(sources, 1):
        screen.write(f"[{number}] {source_name(source, language)}\n", "bold")
        screen.write(f"{source.quote}\n\n")
        empty = False
    if empty:
        screen.write(say("chat.no_sources", language) + "\n", "dim")


def source_name(source: Source, language: Language) -> str:
    """Return document, title and page as a person would name them."""
    parts = [source.document, source.title if source.title != source.document else ""]
    if source.page is not None:
        parts.append(say("chat.page", language, page=source.page))
    return " · ".join(part for part in parts if part)
