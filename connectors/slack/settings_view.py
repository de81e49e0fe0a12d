"""The form in which admins set up a channel, filled with what is set."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bot.database.titles import Title
from bot.phrases import say
from connectors.slack.choices import Choices, kept
from connectors.slack.forms import LABEL, Block, View, context, field, modal, option, plain, section, shortened
from connectors.slack.safe_text import escaped
from connectors.slack.workspace import UserGroup
from knowledge.language import Language

CALLBACK = "channel_settings"
"""The name of the form."""

DOCUMENTS, LANGUAGE, AUTO, PRIVATE = "documents", "language", "auto", "private"
GROUPS, PEOPLE, POLITENESS, PAUSED = "groups", "people", "politeness", "paused"
"""The fields; each is the only thing in the block of its name, under the action ``settings_...``."""

ACTION = "settings_"
OFFERED = 100
"""Choices in one list: Slack takes no more."""

MOST_PEOPLE, MOST_GROUPS = 10, 3
NAMED = 8
"""Names of documents in one line; the others are counted."""

LEVELS = ("haeyo", "hasipsio")


@dataclass(frozen=True, slots=True)
class Known:
    """What can be chosen: the documents, and the user groups of the workspace."""

    titles: Sequence[Title] = ()
    groups: Sequence[UserGroup] = ()

    def title(self, name: str) -> Title | None:
        """Return the document of a name, None where there is none."""
        return next((each for each in self.titles if each.name == name), None)

    def gone(self, names: Iterable[str]) -> list[str]:
        """Return those of the names that no document has."""
        return sorted(set(names) - {each.name for each in self.titles})


def state_of(choices: Choices) -> str:
    """Return what tells one set of choices from another."""
    row = {name: value for name, value in kept(choices).items() if value is not None}
    return sha256(json.dumps(row, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


# --- the form -------------------------------------------------------------------------------------------------------


def settings_view(channel: str, choices: Choices, known: Known, language: Language, *, changed: bool = False) -> View:
    """Return the form; ``changed``: somebody else has changed the settings meanwhile, and this is what holds now."""
    heading = say("slack.settings.heading", language, channel=channel)
    blocks = [section(heading)]
    if changed:
        blocks.append(section(f":warning: {say('slack.settings.meanwhile', language)}"))
    blocks += _documents(choices, known, language)
    blocks += [_when(choices, language), _who(choices, language), *_owners(choices, known, language)]
    blocks += [_language(choices, language), _politeness(choices, language), _paused(choices, language)]
    return _form(
        language,
        blocks,
        callback_id=CALLBACK,
        submit=plain(say("slack.settings.save", language)),
        private_metadata=json.dumps({"channel": channel, "state": state_of(choices)}),
    )


def sentence_view(phrase: str, language: Language) -> View:
    """Return a form that only says something."""
    return _form(language, [section(say(phrase, language))])


def option_of(title: Title, language: Language) -> Block:
    """Return a document as something to choose."""
    mark = "" if title.used else say("slack.settings.not_used", language)
    mark = mark or (say("slack.settings.restricted", language) if title.restricted else "")
    return option(_marked(title.name, mark), mark_of(title.name))


def mark_of(name: str) -> str:
    """Return what stands for a document in a form: a name can be longer than Slack takes."""
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def offered(titles: Sequence[Title], typed: str, language: Language) -> dict[str, Any]:
    """Return the documents whose names have all the words typed, at most as many as Slack shows."""
    words = _folded(typed).split()
    found = [each for each in titles if all(word in _folded(each.name) for word in words)]
    options = [option_of(each, language) for each in found[:OFFERED]]
    if len(found) <= OFFERED:
        return {"options": options}
    label = say("slack.settings.more", language, shown=OFFERED, count=len(found))
    return {"option_groups": [{"label": plain(label), "options": options}]}


def groups_offered(groups: Sequence[UserGroup], typed: str) -> dict[str, Any]:
    """Return the user groups whose names or handles have all the words typed."""
    words = _folded(typed).split()
    found = [each for each in groups if all(word in _folded(f"{each.name} @{each.handle}") for word in words)]
    return {"options": [option(each.shown, each.id) for each in found[:OFFERED]]}


def _documents(choices: Choices, known: Known, language: Language) -> list[Block]:
    gone = known.gone(choices.documents)
    chosen = [known.title(name) or Title(name) for name in sorted(choices.documents)][:OFFERED]
    options = [
        option(_marked(each.name, say("slack.settings.gone", language)), mark_of(each.name))
        if each.name in gone
        else option_of(each, language)
        for each in chosen
    ]
    element = {
        "type": "multi_external_select",
        "min_query_length": 0,
        "max_selected_items": OFFERED,
        "placeholder": plain(say("slack.settings.documents_all", language)),
    } | ({"initial_options": options} if options else {})
    blocks = [_input(DOCUMENTS, element, language, "slack.settings.documents_hint")]
    if gone:
        names = listed(gone, language)
        blocks.append(context(f":warning: {say('slack.settings.documents_gone', language, names=names)}"))
    return blocks


def _when(choices: Choices, language: Language) -> Block:
    return _radio(AUTO, ("mentioned", "auto"), "auto" if choices.auto else "mentioned", language)


def _who(choices: Choices, language: Language) -> Block:
    return _radio(PRIVATE, ("public", "private"), "private" if choices.private else "public", language)


def _owners(choices: Choices, known: Known, language: Language) -> list[Block]:
    names = {each.id: each.shown for each in known.groups}
    groups = [each for each in choices.owners if each.startswith("S")][:MOST_GROUPS]
    people = [each for each in choices.owners if not each.startswith("S")][:MOST_PEOPLE]
    blocks = []
    if known.groups or groups:
        gone = say("slack.settings.group_gone", language)
        options = [option(names.get(each) or f"{each} ({gone})", each) for each in groups]
        element = {
            "type": "multi_external_select",
            "min_query_length": 0,
            "max_selected_items": MOST_GROUPS,
            "placeholder": plain(say("slack.settings.groups_none", language)),
        } | ({"initial_options": options} if options else {})
        blocks.append(_input(GROUPS, element, language))
    element = {
        "type": "multi_users_select",
        "max_selected_items": MOST_PEOPLE,
        "placeholder": plain(say("slack.settings.people_none", language)),
    } | ({"initial_users": people} if people else {})
    return [*blocks, _input(PEOPLE, element, language, "slack.settings.people_hint")]


def _language(choices: Choices, language: Language) -> Block:
    return _select(LANGUAGE, ("asked", "ko", "en"), choices.language or "asked", language)


def _politeness(choices: Choices, language: Language) -> Block:
    chosen = choices.politeness if choices.politeness in LEVELS else "usual"
    return _select(POLITENESS, ("usual", *LEVELS), chosen, language, "slack.settings.politeness_hint")


def _paused(choices: Choices, language: Language) -> Block:
    options = [option(say("slack.settings.paused.yes", language), "paused")]
    element = {"type": "checkboxes", "options": options} | ({"initial_options": options} if choices.paused else {})
    return _input(PAUSED, element, language)


# --- parts ----------------------------------------------------------------------------------------------------------


def listed(names: Iterable[str], language: Language) -> str:
    """Return names in a line of Slack's markup, the many of them counted."""
    held = list(names)
    more = [say("slack.settings.and_more", language, count=len(held) - NAMED)] if len(held) > NAMED else []
    return ", ".join([*(escaped(shortened(each, 80)) for each in held[:NAMED]), *more])


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _marked(name: str, mark: str) -> str:
    """Return a name and what is to be said of it, the name shortened so that both fit."""
    return f"{shortened(name, LABEL - len(mark) - 3)} ({mark})" if mark else name


def _form(language: Language, blocks: list[Block], **more: Any) -> View:
    return modal(say("slack.settings.title", language), say("slack.settings.close", language), blocks, **more)


def _input(name: str, element: Block, language: Language, hint: str = "") -> Block:
    said = say(hint, language) if hint else ""
    return field(name, ACTION + name, say(f"slack.settings.{name}", language), element, said)


def _options(name: str, values: Sequence[str], language: Language, *, described: bool = False) -> list[Block]:
    return [
        option(
            say(f"slack.settings.{name}.{each}", language),
            each,
            say(f"slack.settings.{name}.{each}_means", language) if described else "",
        )
        for each in values
    ]


def _radio(name: str, values: Sequence[str], chosen: str, language: Language) -> Block:
    options = _options(name, values, language, described=True)
    element = {"type": "radio_buttons", "options": options, "initial_option": options[values.index(chosen)]}
    return _input(name, element, language)


def _select(name: str, values: Sequence[str], chosen: str, language: Language, hint: str = "") -> Block:
    options = _options(name, values, language)
    element = {"type": "static_select", "options": options, "initial_option": options[values.index(chosen)]}
    return _input(name, element, language, hint)
