"""App Home as Slack shows it: what the bot knows, what to ask, how to use it, what people prefer; more for admins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.holdings import Holding
from bot.phrases import say
from bot.preference_kinds import LEVELS, POLITENESS, Preferences
from connectors.slack.home_admin import Standing, administration
from connectors.slack.home_blocks import Block, actions, button, context, escaped_short, header, section
from knowledge.language import Language

ASK, OPEN = "home_ask", "home_open"
LANGUAGE, LEVEL, POLITE = "home_language", "home_level", "home_politeness"
FORGET, UNDO = "home_forget", "home_undo"
"""The actions; those of the example questions end with their number."""

NOT_SET = "-"
DOCUMENTS = 10
EXAMPLES = 5
QUESTION = 1_500
"""Characters of a question that a button holds: Slack takes 2,000."""

_NO_MARKUP = str.maketrans("*~`", "∗∼ˋ")
"""What would end the bold of a name, or begin something else, and what looks like it."""

PREFERRED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (LANGUAGE, "language", ("ko", "en")),
    (LEVEL, "level", LEVELS),
    (POLITE, "politeness", POLITENESS),
)
"""What may be chosen: the action, the name of it in ``Preferences``, the values."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody is told of what they just did; ``undo`` is the value of the button that takes it back."""

    text: str
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the Home of one person shows.

    ``holdings`` are the documents that they may see; ``written``: a language model writes the answers. ``standing`` is
    for admins, None for everyone else. ``now`` tells the time zone.
    """

    language: Language
    bot: str
    mention: str
    now: datetime
    preferences: Preferences = field(default_factory=Preferences)
    holdings: Sequence[Holding] = ()
    examples: Sequence[str] = ()
    written: bool = False
    standing: Standing | None = None


def home(facts: Facts, notice: Notice | None = None) -> dict[str, Any]:
    """Return the view."""
    parts = (_greeting(facts, notice), _examples(facts), _known(facts), _how(facts), _preferred(facts))
    blocks = [block for part in parts for block in part]
    if facts.standing is not None:
        blocks.extend(administration(facts.standing, facts.language, facts.mention, facts.now))
    return {"type": "home", "blocks": blocks}


def _greeting(facts: Facts, notice: Notice | None) -> Iterator[Block]:
    language = facts.language
    yield section(say("slack.home.hello", language, name=escaped_short(facts.bot, 80)))
    if notice is not None:
        undo = button(UNDO, say("slack.home.undo", language), notice.undo) if notice.undo else None
        yield section(notice.text, undo)
    if facts.standing is not None and facts.standing.paused:
        yield section(say("slack.home.paused", language))


def _examples(facts: Facts) -> Iterator[Block]:
    """Questions that are asked by pressing them."""
    if facts.examples:
        yield header(say("slack.prompts", facts.language))
        yield actions(
            [button(f"{ASK}:{at}", each, each[:QUESTION]) for at, each in enumerate(facts.examples[:EXAMPLES])]
        )
        yield context(say("slack.home.ask_hint", facts.language))


def _known(facts: Facts) -> Iterator[Block]:
    """The documents that changed last, and how many more there are."""
    language = facts.language
    yield header(say("slack.home.knows", language))
    if not facts.holdings:
        yield section(say("slack.home.knows_nothing", language))
        return
    yield section("\n".join(_document(each, facts) for each in facts.holdings[:DOCUMENTS]))
    if more := facts.holdings[DOCUMENTS:]:
        entries = sum(each.entries for each in more)
        yield context(say("slack.home.more", language, documents=f"{len(more):,}", entries=f"{entries:,}"))


def _document(holding: Holding, facts: Facts) -> str:
    day = holding.changed.astimezone(facts.now.tzinfo).date()
    name = escaped_short(holding.name, 80).translate(_NO_MARKUP)
    return "• " + say(
        "slack.home.document", facts.language, name=name, count=f"{holding.entries:,}", date=day.isoformat()
    )


def _how(facts: Facts) -> Iterator[Block]:
    yield header(say("slack.home.how", facts.language))
    lines = [
        say("slack.home.how_mention", facts.language, mention=facts.mention),
        say("slack.home.how_direct", facts.language),
        say("slack.home.how_command", facts.language),
        say("slack.home.how_quiet", facts.language),
    ]
    if facts.standing is not None:
        lines.append(say("slack.home.how_files", facts.language))
    yield section("\n".join(lines))


def _preferred(facts: Facts) -> Iterator[Block]:
    """What somebody prefers, to be chosen, and to be forgotten."""
    language = facts.language
    yield header(say("slack.home.mine", language))
    for action, name, values in PREFERRED:
        label = f"*{say(f'preferences.{name}', language)}*"
        if name == "politeness":
            label += f" ({say('slack.home.politeness_hint', language)})"
        yield section(label, _select(action, name, values, str(getattr(facts.preferences, name) or ""), language))
    hints = [say("slack.home.mine_hint", language)]
    if not facts.written:
        hints.append(say("preferences.needs_model", language))
    yield context("\n".join(hints))
    if facts.preferences != Preferences():
        yield actions([button(FORGET, say("slack.home.forget", language), FORGET)])


def _select(action: str, name: str, values: Sequence[str], chosen: str, language: Language) -> dict[str, Any]:
    def option(value: str) -> dict[str, Any]:
        key = f"preferences.{name}.{value}" if value else f"slack.home.not_set.{name}"
        return {"text": {"type": "plain_text", "text": say(key, language)}, "value": value or NOT_SET}

    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": {"type": "plain_text", "text": say("slack.home.choose", language)},
        "options": [option(value) for value in ("", *values)],
        "initial_option": option(chosen if chosen in values else ""),
    }
