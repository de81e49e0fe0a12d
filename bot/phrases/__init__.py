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


_own: dict[str, tuple[str, str]] = {}
"""What a company says instead, "" where it has no words of its own in a language; kept by ``bot/own_words.py``."""


def say(key: str, language: Language, /, **values: object) -> str:
    """Return the phrase in ``language``, its placeholders filled in; a company's own words come first."""
    at = 0 if language == "ko" else 1
    own = _own.get(key)
    return ((own and own[at]) or PHRASES[key][at]).format(**values)


def original(key: str, language: Language) -> str:
    """Return the phrase as it was written, its placeholders open."""
    return PHRASES[key][0 if language == "ko" else 1]


def forms(key: str) -> tuple[str, ...]:
    """Return every form that a phrase has now, its placeholders open."""
    return (*PHRASES[key], *filter(None, _own.get(key, ())))


def replace_words(own: "dict[str, tuple[str, str]]") -> None:
    """Have these said instead from now on, in the whole process; what is not among them is said as it was written."""
    _own.update(own)
    for key in _own.keys() - own.keys():
        del _own[key]
