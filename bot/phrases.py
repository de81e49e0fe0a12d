"""Every sentence the bot itself says, Korean and English side by side.

Keys are grouped by the part that says them; a test checks that both languages have the same placeholders.
"""

from knowledge.language import Language

PHRASES: dict[str, tuple[str, str]] = {
    # --- answers (bot/tasks/answer.py, bot/orchestrator.py)
    # --- small talk, routing, history (bot/tasks/smalltalk.py)
    # --- language model (bot/llm/)
    # --- documents (knowledge/reading.py, bot/library.py)
    # --- database and settings (bot/database/, bot/settings.py)
    # --- commands (connectors/cli/)
    # --- pages (connectors/web/)
}


def say(key: str, language: Language, /, **values: object) -> str:
    """Return the phrase in ``language``, its placeholders filled in."""
    return PHRASES[key][0 if language == "ko" else 1].format(**values)
