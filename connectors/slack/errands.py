"""Work that Slack asks for and no reply answers: it waits in the inbox like a message, and is done by a worker."""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.incoming import JOBS, Incoming
from bot.messages import Message

if TYPE_CHECKING:
    from connectors.slack.context import Context

log = logging.getLogger(__name__)

FILES, FILES_DONE, PINNED, PIN_DONE = "slack.files", "slack.files.act", "slack.pin", "slack.pin.act"
"""The jobs: files came in, a button below them was pressed; a message was pinned, a button below its draft."""


def keep(context: "Context", key: str, job: str, of: str, user: str, kept: Mapping[str, Any]) -> None:
    """Have a worker do a job for somebody; the same ``key`` is kept once, jobs of the same ``of`` come in order."""
    message = Message("", JOBS, person=user)
    where = {**kept, "job": job, "of": of, "user": user}
    if context.bot.inbox.accept(Incoming(key, message, kind="job", where=where)) == "refused":
        log.warning("a job was refused: too much waits already")
