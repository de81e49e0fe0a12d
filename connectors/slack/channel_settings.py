"""Admins set up a channel: the form is opened, searched, saved; what changed is told, and can be undone."""

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.channels import ChannelError
from bot.database.titles import titles
from bot.phrases import say
from connectors.slack.calls import said_no
from connectors.slack.choices import Choices
from connectors.slack.context import Context
from connectors.slack.forms import Block, View, button, context, section
from connectors.slack.listening import NOTE
from connectors.slack.settings_kept import Changed, keep, undo
from connectors.slack.settings_values import changes, submitted, warnings
from connectors.slack.settings_view import (
    ACTION,
    CALLBACK,
    DOCUMENTS,
    GROUPS,
    PEOPLE,
    Known,
    groups_offered,
    offered,
    sentence_view,
    settings_view,
    state_of,
)
from connectors.slack.workspace import UserGroup
from knowledge.language import Language

if TYPE_CHECKING:
    from slack_bolt import App

log = logging.getLogger(__name__)

UNDO = "settings_undo"
"""The action of the button that takes a change back."""

LOOKING = 1.5
"""Seconds for which those who are newly chosen are looked at: the form is gone after three."""

Ack = Callable[..., object]


def register(app: "App", shared: Context) -> None:
    """Tell the app what the form and its buttons lead to."""
    heard = ChannelSettings(shared)
    app.view(CALLBACK)(heard.saved)
    app.options(ACTION + DOCUMENTS)(heard.documents)
    app.options(ACTION + GROUPS)(heard.groups)
    app.action(UNDO)(heard.undone)


def open_settings(shared: Context, trigger_id: str, channel: str, user: str) -> bool:
    """Show the form for a channel to an admin, one sentence to anybody else; tell whether Slack showed it.

    To be called at once where somebody did something: a ``trigger_id`` lives three seconds.
    """
    language, refused = shared.language_of(user), refusal(shared, channel, user)
    if refused is None:
        view = settings_view(channel, shared.choices(channel), known_to(shared), language)
    else:
        view = sentence_view(refused, language)
    try:
        with said_no():
            shared.client.views_open(trigger_id=trigger_id, view=view)
    except ChannelError as error:
        log.warning("a channel's settings could not be shown: %s", error)
        return False
    return True


def refusal(shared: Context, channel: str, user: str) -> str | None:
    """Return the phrase that says why somebody cannot set up a channel, None where they can."""
    if not shared.admins.has(user):
        return "slack.settings.admins_only"
    return None if _is_channel(channel) else "slack.settings.channels_only"


def known_to(shared: Context) -> Known:
    """Return what can be chosen; without the user groups where Slack does not tell them."""
    with shared.bot.sessions() as session:
        documents = titles(session)
    groups: Sequence[UserGroup] = ()
    try:
        groups = shared.channel.workspace.user_groups()
    except ChannelError as error:
        log.info("user groups cannot be offered: %s", error)
    return Known(documents, groups)


class ChannelSettings:
    """The listeners; Bolt calls them in its threads, with what they name."""

    def __init__(self, shared: Context) -> None:
        self._shared = shared
        self._bot = shared.bot

    # --- lists to choose from

    def documents(self, ack: Ack, body: dict[str, Any]) -> None:
        """Offer the documents whose names have what was typed; nobody but admins is told names."""
        user = _user(body)
        if not self._shared.admins.has(user):
            ack(options=[])
            return
        with self._bot.sessions() as session:
            ack(**offered(titles(session), str(body.get("value") or ""), self._shared.language_of(user)))

    def groups(self, ack: Ack, body: dict[str, Any]) -> None:
        """Offer the user groups whose names have what was typed."""
        if not self._shared.admins.has(_user(body)):
            ack(options=[])
            return
        ack(**groups_offered(known_to(self._shared).groups, str(body.get("value") or "")))

    # --- saved

    def saved(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Keep what was chosen. Where somebody else changed it meanwhile, the form is shown again with what holds."""
        user, language = _user(body), self._shared.language_of(_user(body))
        channel, state = _of_form(view)
        if not self._shared.admins.has(user):
            ack(response_action="update", view=sentence_view("slack.settings.admins_only", language))
            return
        if not _is_channel(channel):
            ack()
            return
        known = known_to(self._shared)
        now = self._shared.choices(channel)
        wanted = submitted(view, now, known)
        if robots := self._robots(wanted, now):
            names = ", ".join(robots)
            ack(response_action="errors", errors={PEOPLE: say("slack.settings.no_robots", language, names=names)})
            return
        changed = keep(self._bot.sessions, channel, state, wanted, self._shared.admins.actor(user))
        if changed is None:
            again = settings_view(channel, self._shared.choices(channel), known, language, changed=True)
            ack(response_action="update", view=again)
            return
        ack()
        if changed.before != changed.after:
            self._shared.show_home(user)
            self._shared.soon(partial(self._tell, user, changed, known))

    def _robots(self, wanted: Choices, now: Choices) -> list[str]:
        """Return the names of those newly chosen who are programs: they answer nobody who asks for a person."""
        found, until = [], time.monotonic() + LOOKING
        for each in wanted.owners:
            if each in now.owners or each.startswith("S") or time.monotonic() > until:
                continue
            try:
                colleague = self._shared.channel.workspace.colleague(each)
            except ChannelError:  # Slack does not say: better an owner who does not exist than a form that cannot be
                continue  # saved
            if colleague.bot or each == self._shared.own():
                found.append(colleague.name or each)
        return found

    # --- told, and undone

    def _tell(self, user: str, changed: Changed, known: Known) -> None:
        """Tell the admin alone, in a direct message, what changed; the button takes it back."""
        language = self._shared.language_of(user)
        blocks = self._told(changed, known, language)
        if not self._is_in(changed.channel):
            blocks.insert(1, context(f":warning: {say('slack.settings.not_in', language)}"))
        with said_no():
            self._shared.client.chat_postMessage(
                channel=self._shared.channel.workspace.direct(user),
                text=say("slack.settings.saved", language, channel=changed.channel),
                blocks=blocks,
                metadata=NOTE,
                unfurl_links=False,
            )

    def _told(self, changed: Changed, known: Known, language: Language) -> list[Block]:
        heading = say(
            "slack.settings.undone" if changed.undoing else "slack.settings.saved", language, channel=changed.channel
        )
        lines = [f"• {line}" for line in changes(changed.before, changed.after, known, language)]
        blocks = [section("\n".join([heading, *lines]))]
        blocks += [context(f":warning: {each}") for each in warnings(changed.after, known, language)]
        value = json.dumps({"channel": changed.channel, "state": state_of(changed.after)})
        label = say("slack.settings.redo" if changed.undoing else "slack.settings.undo", language)
        return [*blocks, button(label, UNDO, value)]

    def _is_in(self, channel: str) -> bool:
        """Tell whether the bot is in a channel; where Slack does not say, nobody is alarmed."""
        try:
            with said_no():
                found = self._shared.client.conversations_info(channel=channel)["channel"]
        except ChannelError as error:
            return getattr(error, "code", "") != "channel_not_found"
        return bool(found.get("is_member", True))

    def undone(self, ack: Ack, body: dict[str, Any]) -> None:
        """Take the last change back, where it is the last; pressed once more, it holds again."""
        user, (channel, state) = _user(body), _of_button(body)
        if not self._shared.admins.has(user):
            ack()
            self._shared.soon(partial(self._refuse, user, body.get("container") or {}))
            return
        changed = undo(self._bot.sessions, channel, state, self._shared.admins.actor(user))
        ack()
        self._shared.show_home(user)
        self._shared.soon(partial(self._replace, user, body.get("container") or {}, changed))

    def _replace(self, user: str, place: Mapping[str, Any], changed: Changed | None) -> None:
        """Say below the button's message what came of it."""
        language = self._shared.language_of(user)
        if changed is None:
            text = say("slack.settings.too_late", language)
            blocks = [section(text)]
        else:
            text = say("slack.settings.undone", language, channel=changed.channel)
            blocks = self._told(changed, known_to(self._shared), language)
        with said_no():
            self._shared.client.chat_update(
                channel=str(place.get("channel_id") or ""),
                ts=str(place.get("message_ts") or ""),
                text=text,
                blocks=blocks,
                metadata=NOTE,
            )

    def _refuse(self, user: str, place: Mapping[str, Any]) -> None:
        with said_no():
            self._shared.client.chat_postEphemeral(
                channel=str(place.get("channel_id") or ""),
                user=user,
                text=say("slack.settings.admins_only", self._shared.language_of(user)),
            )


def _user(body: Mapping[str, Any]) -> str:
    return str((body.get("user") or {}).get("id") or "")


def _is_channel(channel: str) -> bool:
    """Tell whether an id is that of a channel: a direct message has nothing to set."""
    return channel[:1] in ("C", "G") and channel.isalnum() and len(channel) <= 40


def _of_form(view: View) -> tuple[str, str]:
    return _channel_and_state(view.get("private_metadata"))


def _of_button(body: Mapping[str, Any]) -> tuple[str, str]:
    return _channel_and_state((body.get("actions") or [{}])[0].get("value"))


def _channel_and_state(text: object) -> tuple[str, str]:
    """Return what a form or a button carries; it went through a client, so that it may be anything."""
    try:
        said = json.loads(str(text or "{}"))
    except ValueError:
        said = {}
    held = said if isinstance(said, dict) else {}
    return str(held.get("channel") or ""), str(held.get("state") or "")
