"""Every sentence the bot itself says, Korean and English side by side.

Each file holds the words of one part, its keys begin with the part's name; a test checks that no key stands in two
files and that both languages have the same placeholders.
"""

from bot.phrases import (
    commands,
    documents,
    mail,
    reports,
    settings,
    slack,
    tasks,
    tutoring,
    web,
    web_chat,
    web_conversations,
    web_documents,
    web_insight,
    web_publishing,
    web_settings,
    web_trials,
    web_unanswered,
)
from knowledge.language import Language

PARTS = (
    commands,
    documents,
    mail,
    reports,
    settings,
    slack,
    tasks,
    tutoring,
    web,
    web_chat,
    web_documents,
    web_publishing,
    web_trials,
    web_unanswered,
    web_insight,
    web_conversations,
    web_settings,
)

PHRASES: dict[str, tuple[str, str]] = {key: both for part in PARTS for key, both in part.PHRASES.items()}


def say(key: str, language: Language, /, **values: object) -> str:
    """Return the phrase in ``language``, its placeholders filled in."""
    return PHRASES[key][0 if language == "ko" else 1].format(**values)
