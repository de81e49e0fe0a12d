"""Where the bot is and whom it serves there: invited, removed, archived, renamed; groups and tokens that go."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.channels import ChannelError
from bot.database import places
from bot.phrases import say
from connectors.slack.calls import said_no
from connectors.slack.choices import choices_from
from connectors.slack.context import Context
from connectors.slack.listening import NAME, NOTE
from connectors.slack.troubles import ARCHIVED, GONE, LEFT, watching

if TYPE_CHECKING:
    from slack_bolt import App

BIG = 500
"""Members of a channel above which the bot says that it is careful there."""

RENAMED, DISABLED, UNSEEN = "group_renamed", "group_disabled", "group_unseen"
"""Kinds of trouble with a user group: another handle, switched off, and documents that nobody sees in Slack so."""

_GONE = {
    "channel_left": LEFT,
    "group_left": LEFT,
    "channel_archive": ARCHIVED,
    "group_archive": ARCHIVED,
    "channel_deleted": GONE,
    "group_deleted": GONE,
}


def register(app: "App", context: Context) -> None:
    """Listen to what changes where the bot is."""
    heard = Membership(context)
    app.event("member_joined_channel")(heard.joined)
    app.event("channel_left")(heard.gone)
    app.event("group_left")(heard.gone)
    app.event("channel_archive")(heard.gone)
    app.event("group_archive")(heard.gone)
    app.event("channel_deleted")(heard.gone)
    app.event("group_deleted")(heard.gone)
    app.event("channel_unarchive")(heard.back)
    app.event("group_unarchive")(heard.back)
    app.event("channel_rename")(heard.renamed)
    app.event("group_rename")(heard.renamed)
    app.event("subteam_updated")(heard.group)
    app.event("tokens_revoked")(heard.revoked)
    app.event("app_uninstalled")(heard.revoked)
    context.soon(heard.look)


class Membership:
    """The listeners; each can be told the same thing again."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._bot = context.bot
        self._channel = context.channel
        self._troubles = watching(context.channel)

    # --- in

    def joined(self, event: dict[str, Any]) -> None:
        """Say once, where the bot was invited, what it does there."""
        if event.get("user") != self._context.own():
            return
        channel, inviter = str(event.get("channel") or ""), str(event.get("inviter") or "")
        if self._troubles is not None:
            self._troubles.over(channel)
        with self._bot.sessions.begin() as session:
            if places.chosen(session, NAME, channel).get("greeted"):
                return
            places.choose(session, NAME, channel, greeted=True)
        self._context.soon(partial(self._greet, channel, inviter))

    def _greet(self, channel: str, inviter: str) -> None:
        language, members = self._context.language_of(inviter), self._members(channel)
        name = self._channel.workspace.identity().name
        phrase = "slack.joined_big" if members > BIG else "slack.joined"
        text = say(phrase, language, name=name, members=members)
        with said_no():
            self._channel.client.chat_postMessage(channel=channel, text=text, metadata=NOTE)

    def _members(self, channel: str) -> int:
        """Return how many are in a channel, and keep what it is called; 0 where Slack does not say."""
        try:
            with said_no():
                said = self._channel.client.conversations_info(channel=channel, include_num_members=True)["channel"]
        except ChannelError:
            return 0
        self._context.choose(channel, name=str(said.get("name") or "") or None)
        return int(said.get("num_members") or 0)

    def back(self, event: dict[str, Any]) -> None:
        """Take that a channel is in use again."""
        if self._troubles is not None:
            self._troubles.over(_channel(event))

    def renamed(self, event: dict[str, Any]) -> None:
        """Keep what a channel is called now; what is set for it stays, for its id does."""
        about = event.get("channel")
        if isinstance(about, Mapping) and self._context.chosen(str(about.get("id") or "")):
            self._context.choose(str(about["id"]), name=str(about.get("name") or "") or None)

    # --- out

    def gone(self, event: dict[str, Any]) -> None:
        """Tell the admins that nobody is answered in a channel any more, where the bot was at home."""
        kind, channel = _GONE[str(event.get("type"))], _channel(event)
        if channel and self._troubles is not None and (kind == LEFT or self._context.chosen(channel)):
            self._troubles.note(channel, kind)

    def revoked(self, event: dict[str, Any]) -> None:
        """Take that our token is not taken any more; one of a person's is none of ours."""
        ours = event.get("type") == "app_uninstalled" or (event.get("tokens") or {}).get("bot")
        if ours and self._troubles is not None:
            self._troubles.lost_token("app_uninstalled" if event.get("type") == "app_uninstalled" else "token_revoked")

    # --- user groups

    def group(self, event: dict[str, Any]) -> None:
        """Look at a user group that was changed: owners of channels, and groups that documents are for."""
        about = event.get("subteam")
        if isinstance(about, Mapping) and about.get("id"):
            self._context.soon(partial(self._changed, dict(about)))

    def look(self) -> None:
        """Look at all groups: what was changed while nobody listened is told now."""
        with said_no():
            found = self._channel.client.usergroups_list(include_disabled=True).get("usergroups") or []
        with self._bot.sessions() as session:
            known = places.listed(session, NAME)
        for about in found:
            row = known.get(str(about["id"]), {})
            if row.get("handle") != about.get("handle") or row.get("trouble") or about.get("date_delete"):
                self._changed(about)

    def _changed(self, about: Mapping[str, Any]) -> None:
        """Keep what a group is called now; tell the admins where somebody relied on what it was."""
        from bot.database.audience_names import audience_names

        named, handle, off = str(about["id"]), str(about.get("handle") or ""), bool(about.get("date_delete"))
        with self._bot.sessions() as session:
            rows, wanted = places.listed(session, NAME), audience_names(session)
        row = rows.get(named, {})
        before = str(row.get("handle") or "") or (handle if off else "")
        self._context.choose(named, handle=handle or None)
        if self._troubles is None:
            return
        names = (before, str((row.get("trouble") or {}).get("group") or ""))
        unseen = next((name for name in names if name in wanted and (off or name != handle)), "")
        owned = ", ".join(f"<#{place}>" for place, each in rows.items() if named in choices_from(each).owners)
        if unseen:
            self._troubles.note(named, UNSEEN, group=unseen)
        elif off and owned:
            self._troubles.note(named, DISABLED, group=handle, places=owned)
        else:
            self._troubles.over(named)
            if owned and before not in ("", handle):
                self._troubles.note(named, RENAMED, lasts=False, group=before, now=handle, places=owned)


def _channel(event: Mapping[str, Any]) -> str:
    about = event.get("channel")
    return str((about.get("id") if isinstance(about, Mapping) else about) or "")
