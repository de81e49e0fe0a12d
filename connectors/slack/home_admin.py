"""What admins see on App Home: a week in figures, what waits, the channels and what is set for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.database.volume import Volume
from bot.phrases import say
from connectors.slack.choices import Choices
from connectors.slack.home_blocks import Block, actions, button, confirm, context, fields, header, section
from knowledge.language import Language

PAUSE, RESUME, SETTINGS, WEB = "home_pause", "home_resume", "home_settings", "home_web"

CHANNELS = 15
"""Channels that are listed, each with a button."""

PEOPLE = 5
"""People who are listed of those who wait."""


@dataclass(frozen=True, slots=True)
class Waiter:
    """Somebody who asked for a person: since when, in which channel ("" in a direct message), the link to there."""

    user: str
    since: datetime
    channel: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand.

    ``waiting`` and ``dead`` are rows of the inbox; ``people`` asked for a person and wait, the first first.
    ``channels`` are those that the bot is in, by id, with what is set there; ``more`` are those beyond. ``web`` is the
    address of the web's administration, "" where none is set.
    """

    volume: Volume = field(default_factory=Volume)
    waiting: int = 0
    dead: int = 0
    people: Sequence[Waiter] = ()
    paused: bool = False
    channels: Sequence[tuple[str, Choices]] = ()
    more: int = 0
    web: str = ""


def administration(standing: Standing, language: Language, mention: str, now: datetime) -> Iterator[Block]:
    """Yield the blocks; ``now`` tells the time zone."""
    yield {"type": "divider"}
    yield header(say("slack.home.admin", language))
    yield section(say("slack.home.week", language))
    yield fields(_figures(standing, language))
    yield actions(list(_buttons(standing, language)))
    yield from _people(standing, language, now)
    yield from _channels(standing, language, mention)


def _figures(standing: Standing, language: Language) -> list[str]:
    volume = standing.volume
    counts = {
        "questions": volume.questions,
        "unanswered": volume.unanswered,
        "others": volume.others,
        "waiting": standing.waiting,
        "dead": standing.dead,
        "people_wait": len(standing.people),
    }
    said = {name: say(f"slack.home.{name}", language, count=f"{count:,}") for name, count in counts.items()}
    share = f"{volume.share:.0%}" if volume.questions else "–"
    said["answered"] = say("slack.home.answered", language, share=share)
    said["opinions"] = say("slack.home.opinions", language, good=f"{volume.good:,}", bad=f"{volume.bad:,}")
    shown = ["questions", "answered", "unanswered", "opinions", "others", "waiting", "people_wait", "dead"]
    return [said[name] for name in shown]


def _buttons(standing: Standing, language: Language) -> Iterator[dict[str, Any]]:
    if standing.paused:
        yield button(RESUME, say("slack.home.resume", language), RESUME, style="primary")
    else:
        asked = (say(f"slack.home.pause_{part}", language) for part in ("title", "text", "yes", "no"))
        yield button(PAUSE, say("slack.home.pause", language), PAUSE, confirm=confirm(*asked))
    if standing.web:
        yield button(WEB, say("slack.home.web", language), url=standing.web)


def _people(standing: Standing, language: Language, now: datetime) -> Iterator[Block]:
    if not standing.people:
        return
    lines = [say("slack.home.people_waiting", language)]
    for each in standing.people[:PEOPLE]:
        place = (
            f"<#{each.channel}> · <{each.link}|{say('slack.home.person_waits_there', language)}>" if each.link else ""
        )
        at = f"{each.since.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
        lines.append(say("slack.home.person_waits", language, person=f"<@{each.user}>", at=at, place=place).rstrip())
    if (more := len(standing.people) - PEOPLE) > 0:
        lines.append(say("slack.home.more_people", language, count=f"{more:,}"))
    yield section("\n".join(lines))


def _channels(standing: Standing, language: Language, mention: str) -> Iterator[Block]:
    yield section(say("slack.home.channels", language))
    if not standing.channels:
        yield context(say("slack.home.no_channels", language, mention=mention))
    for channel, choices in standing.channels:
        text = f"<#{channel}>\n{' · '.join(chosen(choices, language))}"
        yield section(text, button(SETTINGS + f":{channel}", say("slack.home.settings", language), channel))
    if standing.more:
        yield context(say("slack.home.more_channels", language, count=f"{standing.more:,}"))


def chosen(choices: Choices, language: Language) -> Iterator[str]:
    """Yield what is set for a channel, in a few words each."""
    if choices.paused:
        yield say("slack.home.channel.paused", language)
    yield say("slack.home.channel.auto" if choices.auto else "slack.home.channel.mention", language)
    if choices.private:
        yield say("slack.home.channel.private", language)
    if choices.documents:
        yield say("slack.home.channel.documents", language, count=len(choices.documents))
    if choices.language:
        yield say(f"preferences.language.{choices.language}", language)
    if choices.politeness:
        yield say(f"preferences.politeness.{choices.politeness}", language)
    if choices.owners:
        yield say("slack.home.channel.owners", language)
