"""What somebody prefers: kept where they are known, shown, forgotten. No model."""

from collections.abc import Generator

from bot.database import people
from bot.language import reply_language
from bot.messages import Event
from bot.phrases import say
from bot.preferences import Preferences, Wish, wish_of
from bot.tasks.request import Asked, Outcome, Tools
from knowledge.language import Language


def run(asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Do what the message asks of all that follows, and say what holds from now on."""
    wish = wish_of(asked.message.text) or Wish("show")
    known = bool(asked.message.person)
    own = _own(asked, tools)
    holds = {"set": wish.wanted.over(own), "show": own, "forget": Preferences()}[wish.kind]
    if known and wish.kind != "show":
        with tools.sessions.begin() as session:
            people.prefer(session, asked.message, holds, tools.clock())
    language = holds.language or reply_language(asked.message.text, setting=tools.settings.language or None)
    text = _said(wish, holds, language, known=known, model=tools.llm is not None)
    yield Event("text", text)
    return Outcome(text, model="none")


def _own(asked: Asked, tools: Tools) -> Preferences:
    """Return what the asker prefers, without what is usual in the place where they ask."""
    if not asked.message.person:
        return asked.preferences
    with tools.sessions() as session:
        return people.preferences_of(session, asked.message)


def _said(wish: Wish, holds: Preferences, language: Language, *, known: bool, model: bool) -> str:
    if wish.kind == "forget":
        return say("preferences.forgotten", language)
    if holds == Preferences():
        return say("preferences.none", language)
    lines = [say("preferences.set" if wish.kind == "set" else "preferences.shown", language), *_lines(holds, language)]
    if not known:
        lines.append(say("preferences.here_only", language))
    if not model and (holds.level or holds.politeness):
        lines.append(say("preferences.needs_model", language))
    lines.append(say("preferences.undo", language))
    return "\n".join(lines)


def _lines(holds: Preferences, language: Language) -> list[str]:
    chosen = {"language": holds.language, "level": holds.level, "politeness": holds.politeness}
    return [
        f"- {say(f'preferences.{name}', language)}: {say(f'preferences.{name}.{value}', language)}"
        for name, value in chosen.items()
        if value
    ]
