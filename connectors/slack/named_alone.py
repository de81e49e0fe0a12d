"""The bot is called by its name and nothing else: in a thread, to what was said last; else, to say what it can do."""

from collections.abc import Sequence

from bot.channels import Earlier
from bot.phrases import say
from knowledge.language import Language

NOTHING = " \t\n!?.,~…"
"""What adds nothing to a name."""


def meant(
    text: str, earlier: Sequence[Earlier] | None, language: Language | None
) -> tuple[str, Sequence[Earlier] | None]:
    """Return what is to be answered, and what was said before it.

    ``earlier`` is the thread, None where there is none; ``language`` is the asker's, None where it is not known.
    """
    if text.strip(NOTHING):
        return text, earlier
    last = max(
        (at for at, each in enumerate(earlier or ()) if each.role == "person" and each.text.strip(NOTHING)), default=-1
    )
    if earlier is not None and last >= 0 and not any(each.role == "bot" for each in earlier[last:]):
        return earlier[last].text, earlier[:last]
    return say("slack.prompt_one.message", language or "ko"), earlier
