"""Small signs that the bot is at it; where one cannot be shown, the reply is the sign."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient

from bot.channels import ChannelError
from bot.language import reply_language
from bot.messages import Message
from bot.phrases import say
from connectors.slack import private
from connectors.slack.calls import said_no
from connectors.slack.posted import readable
from connectors.slack.workspace import Workspace
from knowledge.language import Language

log = logging.getLogger(__name__)


class Signs:
    """Shows them; threads share it."""

    def __init__(self, client: WebClient, workspace: Workspace) -> None:
        self._client = client
        self._workspace = workspace

    def at_work(self, where: Mapping[str, Any], message: Message, setting: Language | None = None) -> None:
        """Show that the bot is at it; where the answer is private, the asker alone sees a word where it comes."""
        language = reply_language(readable(message.text), setting=setting)
        if not private.is_private(where):
            self.status(where, say("slack.status", language))
        elif where.get("kind") != "im" and not where.get("told"):
            self._point(where, str(message.person), language)

    def status(self, where: Mapping[str, Any], status: str) -> None:
        """Show a status; it goes by itself when the reply comes, or after two minutes."""
        try:
            with said_no():
                self._client.assistant_threads_setStatus(
                    channel_id=str(where["channel"]), thread_ts=str(where["thread"]), status=status
                )
        except ChannelError as error:
            log.debug("no status could be shown: %s", error)

    def _point(self, where: Mapping[str, Any], person: str, language: Language) -> None:
        try:
            text = private.pointer(language, self._workspace.identity().url, self._workspace.direct(person))
        except ChannelError as error:
            log.info("an answer is private, and its asker cannot be written to: %s", error)
            text = say("slack.private.closed", language)
        self.whisper(where, person, text)

    def whisper(self, where: Mapping[str, Any], person: str, text: str) -> None:
        """Say something where only one person sees it."""
        thread = str(where.get("thread") or "") if where.get("threaded") else None
        try:
            with said_no():
                self._client.chat_postEphemeral(
                    channel=str(where["channel"]), user=person, thread_ts=thread or None, text=text
                )
        except ChannelError as error:
            log.debug("nobody could be told in the channel: %s", error)
