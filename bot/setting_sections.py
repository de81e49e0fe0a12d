"""The settings as an administrator looks for them: by what they are about, and which of them a page may change.

Some are never kept in the database. Secrets, because they would stand there in clear and in every backup; addresses
that a key is sent to and paths of files, because whoever may use the page could send a key elsewhere or have any file
read; and what must be known before the database is open.
"""

from dataclasses import dataclass
from typing import Literal

from bot.settings import FOR_TESTS, MODEL_OF_TASK, SECRETS, VARIABLES

Changes = Literal["now", "restart", "secret", "trust", "start"]
"""When a change takes effect; or why the page cannot change it: ``secret``, ``trust``, or needed at the ``start``."""

CHANGEABLE = ("now", "restart")


@dataclass(frozen=True, slots=True)
class Item:
    """A setting, and how it can be changed."""

    variable: str
    changes: Changes

    @property
    def name(self) -> str:
        """Return the field of the settings."""
        return VARIABLES[self.variable]


def _items(changes: Changes, *names: str) -> tuple[Item, ...]:
    return tuple(Item(name if name in VARIABLES else f"DAPBOT_{name}", changes) for name in names)


_BY_HAND: dict[str, tuple[Item, ...]] = {
    "answers": (
        *_items("now", "LINE", "POLITENESS", "CHANNEL_TASKS", "PUBLISHING"),
        *_items("restart", "LANGUAGE", "TIMEZONE"),
        *_items("trust", "GLOSSARY"),
        *_items("start", "EMBEDDING_MODEL"),
    ),
    "models": (
        *_items("now", "LLM", "LLM_SMALL", "LLM_FALLBACK", "TASK_ANSWER_LLM", "TASK_FOLLOWUP_LLM"),
        *_items("now", "TASK_SUMMARIZE_LLM", "TASK_SENTIMENT_LLM", "TASK_DRAFT_LLM", "TASK_TRANSLATE_LLM"),
        *_items("now", "TASK_TUTOR_LLM", "LLM_PRICES", "LLM_DEADLINE", "LLM_ATTEMPTS", "LLM_CONCURRENCY", "CACHE_DAYS"),
        *_items("secret", "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GOOGLE_API_KEY", "UPSTAGE_API_KEY"),
        *_items("secret", "OPENROUTER_API_KEY", "GROQ_API_KEY", "MISTRAL_API_KEY"),
        *_items("trust", "OPENAI_BASE_URL", "ANTHROPIC_BASE_URL", "GOOGLE_GEMINI_BASE_URL", "UPSTAGE_BASE_URL"),
        *_items("trust", "OLLAMA_HOST"),
    ),
    "limits": (
        *_items("now", "MESSAGES_PER_MINUTE", "MESSAGES_PER_DAY", "PEOPLE_PER_ADDRESS", "TOKENS_PER_PERSON"),
        *_items("now", "TOKENS_PER_DAY", "COST_PER_DAY", "COST_PER_MONTH"),
        *_items("restart", "WORKERS", "WAITING", "WAITING_PER_PERSON", "ANSWER_HOURS"),
    ),
    "web": (
        *_items("now", "WEB_ASK", "WEB_OWNERS", "QUESTIONS_ALERT"),
        *_items("start", "WEB_HOST", "WEB_PORT", "PUBLIC_URL", "WEB_PROXIES"),
        *_items("secret", "SECRET"),
    ),
    "slack": (
        *_items("restart", "SLACK_OWNERS", "SLACK_ADMINS"),
        *_items("secret", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"),
        *_items("trust", "SLACK_API_URL"),
    ),
    "mail": (
        *_items("now", "MAIL_ALLOW", "MAIL_DAYS"),
        *_items("restart", "MAIL_DIGEST", "REPORT"),
        *_items("start", "MAIL_ADDRESS", "SMTP_LISTEN"),
        *_items("trust", "MAIL_AUTHSERV_ID", "SMTP_CERTIFICATE"),
        *_items("secret", "IMAP_URL", "SMTP_URL"),
    ),
    "keeping": (
        *_items("now", "KEEP_DAYS"),
        *_items("restart", "RETENTION_AT"),
    ),
    "server": (
        *_items("start", "DATA", "CHROMA_URL", "LOG_LEVEL", "LOG_FORMAT"),
        *_items("secret", "DATABASE_URL"),
    ),
}


def _rest() -> tuple[Item, ...]:
    """Return the settings that stand in no section above: shown, and changed where they have always been."""
    named = {item.variable for items in _BY_HAND.values() for item in items}
    left = [variable for variable in VARIABLES if variable not in named and variable != FOR_TESTS]
    return tuple(Item(variable, "secret" if variable in SECRETS else "start") for variable in left)


SECTIONS: dict[str, tuple[Item, ...]] = {**_BY_HAND, "server": _BY_HAND["server"] + _rest()}

ITEMS: dict[str, Item] = {item.variable: item for items in SECTIONS.values() for item in items}

NAMING = frozenset({"DAPBOT_LLM", "DAPBOT_LLM_SMALL", "DAPBOT_LLM_FALLBACK"}) | {
    variable for variable in VARIABLES if MODEL_OF_TASK.fullmatch(variable)
}
"""The settings that name a model."""

MODELS = frozenset(
    item.variable for item in SECTIONS["models"] if item.changes == "now" and item.variable != "DAPBOT_CACHE_DAYS"
)
"""What the client of a model is made from: another value, and it is made anew."""
