"""What the app listens to. Whatever leads to a post goes to the inbox, and is said to be heard only when it is kept."""

import json
import logging
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.incoming import Incoming
from bot.messages import Message
from bot.phrases import say
from connectors.slack import (
    again_button,
    channel_settings,
    commands,
    files,
    handover,
    home,
    listening,
    membership,
    pinning,
    reasons,
    share_button,
    shortcuts,
)
from connectors.slack.blocks import NEAREST_ASKED
from connectors.slack.calls import said_no
from connectors.slack.context import Context, Soon
from connectors.slack.handover import HANDED
from connectors.slack.listening import DIRECT, MENTIONED, NAME, Known
from connectors.slack.posted import Posted, posted_from, withdrawn
from knowledge.language import language_of

if TYPE_CHECKING:
    from slack_bolt import App

    from bot.wiring import Bot
    from connectors.slack.channel import SlackChannel

log = logging.getLogger(__name__)


def register(app: "App", bot: "Bot", channel: "SlackChannel", soon: Soon) -> None:
    """Tell the app what to listen to; ``soon`` does what Slack need not wait for."""
    context = Context(bot, channel, soon)
    heard = Listeners(context, handover.register(app, context))
    app.event("message")(heard.message)
    app.event("app_mention")(heard.message)
    app.action(re.compile(rf"^{NEAREST_ASKED}:\d+$"))(heard.nearest)
    channel_settings.register(app, context)
    commands.register(app, context)
    files.register(app, context)
    home.register(app, context)
    membership.register(app, context)
    pinning.register(app, context)
    reasons.register(app, context)
    share_button.register(app, context)
    shortcuts.register(app, context)
    again_button.register(app, context)


class Listeners:
    """The listeners; Bolt calls them in its threads, with what they name."""

    def __init__(self, context: Context, handovers: handover.Handovers) -> None:
        self._context = context
        self._handovers = handovers
        self._bot = context.bot
        self._channel = context.channel
        self._soon = context.soon

    # --- messages

    def message(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        """Keep a message that is for the bot; the same one told twice is kept once."""
        if taken_back := withdrawn(event):
            self._context.withdraw(taken_back)
        posted = posted_from(event)
        if posted is None:
            return
        team = str(body.get("team_id") or "")
        if files.keep_files(self._context, posted, event, team):
            return
        own = self._context.own()
        asked = listening.why(posted, own, self._known())
        if asked is None or self._paused(posted, event):
            return
        if posted.kind != "im" and listening.is_quiet(posted, own):
            self._mute(posted)
            return
        if self._handovers.wanted(posted, asked):
            return
        if asked == MENTIONED:
            self._handovers.back_in(posted.conversation)
        self._context.keep(listening.incoming(posted, asked, team=team, own=own))

    def _known(self) -> Known:
        return Known(
            takes_part=self._takes_part,
            muted=self._muted,
            auto=lambda channel: self._context.choices(channel).auto,
        )

    def _paused(self, posted: Posted, event: dict[str, Any]) -> bool:
        """Tell whether nothing is answered there now; who mentions the bot is told so, where only they see it."""
        if posted.kind == "im" or not self._context.choices(posted.channel).paused:
            return False
        if event.get("type") == "app_mention":  # the same message is told as "message" as well
            self._soon(partial(self._say_paused, posted))
        return True

    def _say_paused(self, posted: Posted) -> None:
        where = {"channel": posted.channel, "thread": posted.thread, "threaded": posted.threaded}
        text = say("slack.gate.paused", self._context.language_of(posted.user))
        self._channel.signs.whisper(where, posted.user, text)

    def _muted(self, conversation: str) -> bool:
        """Tell whether the bot is to be quiet there: in the thread, or in the whole channel."""
        held = self._context.chosen(conversation).keys()
        channel = conversation.partition(":")[0]
        return bool({"muted", HANDED} & held) or bool(self._context.chosen(channel).get("muted"))

    def _takes_part(self, conversation: str) -> bool:
        from bot.database.conversations import recent_turns

        with self._bot.sessions() as session:
            return bool(recent_turns(session, NAME, conversation, 1))

    def _mute(self, posted: Posted) -> None:
        """Be quiet in a thread from now on, and show so by a sign rather than a word."""
        self._context.choose(posted.conversation, muted=True)
        self._soon(partial(self._react, posted, "shushing_face"))

    def _react(self, posted: Posted, sign: str) -> None:
        with said_no():
            self._channel.client.reactions_add(channel=posted.channel, timestamp=posted.ts, name=sign)

    # --- channels

    # --- buttons

    def nearest(self, ack: Callable[[], object], body: dict[str, Any]) -> None:
        """Ask one of the nearest questions, in the name of who pressed the button."""
        action = (body.get("actions") or [{}])[0]
        try:
            question = str(json.loads(str(action.get("value") or "{}")).get("question") or "")
        except (ValueError, AttributeError):
            question = ""
        message, container = body.get("message") or {}, body.get("container") or {}
        channel, ts = (
            str(container.get("channel_id") or ""),
            str(message.get("ts") or container.get("message_ts") or ""),
        )
        user = str((body.get("user") or {}).get("id") or "")
        if question and channel and ts and user:
            thread = str(message.get("thread_ts") or container.get("thread_ts") or ts)
            kind = "im" if channel.startswith("D") else "channel"
            posted = Posted(channel, ts, thread, user, question, kind)  # type: ignore[arg-type]
            where = dict(listening.incoming(posted, DIRECT, team="", own="").where)
            said = Message(question, NAME, posted.conversation, user, language=language_of(question))
            key = f"slack:{channel}:{ts}:{action.get('action_id')}:{user}"
            self._context.keep(Incoming(key, said, where=where))
        ack()
