"""What comes back from the form of a channel's settings, and what it changes, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from bot.phrases import say
from bot.preference_kinds import Politeness
from connectors.slack.choices import Choices, kept
from connectors.slack.forms import shortened
from connectors.slack.safe_text import escaped
from connectors.slack.settings_view import (
    ACTION,
    AUTO,
    DOCUMENTS,
    GROUPS,
    LANGUAGE,
    LEVELS,
    MOST_GROUPS,
    MOST_PEOPLE,
    PAUSED,
    PEOPLE,
    POLITENESS,
    PRIVATE,
    Known,
    listed,
    mark_of,
)
from connectors.slack.workspace import UserGroup
from knowledge.language import Language


def submitted(view: Mapping[str, Any], before: Choices, known: Known) -> Choices:
    """Return what was chosen in a form; what is not in it, or cannot be chosen, is left as it was ``before``."""
    fields = _within(_within(view, "state"), "values")

    def field(name: str) -> Mapping[str, Any] | None:
        found = _within(_within(fields, name), ACTION + name)
        return found if isinstance(found, Mapping) else None

    after = replace(before, documents=_chosen_documents(field(DOCUMENTS), before, known))
    after = replace(after, owners=_chosen_owners(field(GROUPS), field(PEOPLE), before, known))
    if (value := _one(field(LANGUAGE))) in ("asked", "ko", "en"):
        after = replace(after, language=cast("Language | None", None if value == "asked" else value))
    if (value := _one(field(POLITENESS))) in ("usual", *LEVELS):
        after = replace(after, politeness=cast(Politeness, "" if value == "usual" else value))
    if (value := _one(field(AUTO))) in ("auto", "mentioned"):
        after = replace(after, auto=value == "auto")
    if (value := _one(field(PRIVATE))) in ("private", "public"):
        after = replace(after, private=value == "private")
    if (paused := field(PAUSED)) is not None:
        after = replace(after, paused="paused" in _several(paused))
    return after


def _chosen_documents(field: Mapping[str, Any] | None, before: Choices, known: Known) -> frozenset[str]:
    if field is None:
        return before.documents
    names = {mark_of(name): name for name in [*before.documents, *(each.name for each in known.titles)]}
    return frozenset(names[mark] for mark in _several(field) if mark in names)


def _chosen_owners(
    groups: Mapping[str, Any] | None, people: Mapping[str, Any] | None, before: Choices, known: Known
) -> tuple[str, ...]:
    old_groups = [each for each in before.owners if each.startswith("S")]
    old_people = [each for each in before.owners if not each.startswith("S")]
    may = {*old_groups, *(each.id for each in known.groups)}
    new_groups = old_groups if groups is None else [each for each in _several(groups) if each in may]
    new_people = old_people if people is None else _several(people, "selected_users")
    new_people = [each for each in new_people if each[:1] in ("U", "W") and each.isalnum()]
    return (*new_groups[:MOST_GROUPS], *new_people[:MOST_PEOPLE])


def _one(field: Mapping[str, Any] | None) -> str:
    return str(_within(_within(field, "selected_option"), "value") or "")


def _several(field: Mapping[str, Any], name: str = "selected_options") -> list[str]:
    """Return the values of what was chosen, ids as they are."""
    held = field.get(name)
    items = held if isinstance(held, list) else []
    return [str(each if isinstance(each, str) else _within(each, "value") or "") for each in items]


def _within(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, Mapping) else None


# --- in words -------------------------------------------------------------------------------------------------------


def changes(before: Choices, after: Choices, known: Known, language: Language) -> list[str]:
    """Return a line for each setting that is another now."""
    held = zip(_in_words(before, known, language), _in_words(after, known, language), strict=True)
    return [
        say("slack.settings.change", language, name=say(f"slack.settings.{name}", language), before=old, after=new)
        for (name, old), (_, new) in held
        if old != new
    ]


def changed_values(before: Choices, after: Choices) -> dict[str, Any]:
    """Return the new values of what is another now, "-" for what is as usual: for the audit log."""
    old = kept(before)
    return {name: "-" if value is None else value for name, value in kept(after).items() if value != old[name]}


def warnings(choices: Choices, known: Known, language: Language) -> list[str]:
    """Return what an admin would want to know before people do."""
    found: list[str] = []
    if choices.documents:
        chosen = [each for name in choices.documents if (each := known.title(name)) is not None and each.used]
        if not chosen:
            found.append(say("slack.settings.nothing_left", language))
        elif not choices.private and all(each.restricted for each in chosen):
            found.append(say("slack.settings.all_restricted", language))
    if choices.auto and choices.paused:
        found.append(say("slack.settings.paused_anyway", language))
    return found


def _in_words(choices: Choices, known: Known, language: Language) -> Iterable[tuple[str, str]]:
    """Yield each field and what is chosen in it, in Slack's markup."""

    def chosen(name: str, value: str) -> tuple[str, str]:
        return name, say(f"slack.settings.{name}.{value}", language)

    names = listed(sorted(choices.documents), language) or say("slack.settings.documents_all", language)
    yield DOCUMENTS, names
    yield chosen(AUTO, "auto" if choices.auto else "mentioned")
    yield chosen(PRIVATE, "private" if choices.private else "public")
    yield "owners", owners_in_words(choices.owners, known.groups) or say("slack.settings.owners_none", language)
    yield chosen(LANGUAGE, choices.language or "asked")
    yield chosen(POLITENESS, choices.politeness if choices.politeness in LEVELS else "usual")
    yield chosen(PAUSED, "yes" if choices.paused else "no")


def owners_in_words(owners: Sequence[str], groups: Sequence[UserGroup]) -> str:
    """Return owners as they are shown, a group by its name so that nobody is called by it; people call nobody in a
    direct message."""
    names = {each.id: each.shown for each in groups}
    return ", ".join(
        escaped(shortened(names.get(each, each), 80)) if each.startswith("S") else f"<@{each}>" for each in owners
    )
