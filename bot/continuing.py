"""Which task a message goes on with: the answer to what the bot asked is no new question to be looked up."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.drafting import thread
from bot.tutoring import thread as lesson

if TYPE_CHECKING:
    from bot.database.conversations import PastTurn
    from bot.routing import Wanted


def continued(text: str, past: "Sequence[PastTurn]", wanted: "Wanted") -> str | None:
    """Return the task that the bot's last turn left open and that this message goes on with, None for a new matter."""
    if not past or past[-1].role != "bot":
        return None
    if thread.continues(text, past, wanted):
        return "draft"
    return "tutor" if lesson.continues(text, past, wanted) else None
