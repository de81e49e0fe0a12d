"""The mood of what people say to the bot, read with each exchange that is recorded: some 0.3 ms."""

from bot.database.moods import TurnMood
from bot.sentiment.reading import read

SPOKEN = frozenset({"answer", "smalltalk", "tutor"})
"""Tasks whose messages are a person's own words; the others bring texts of somebody else."""

LONGEST_HEARD = 1_000
"""Characters of a message that are read: the first ones say what somebody comes with."""


def mood_of(text: str, task: str) -> TurnMood | None:
    """Return the mood of a message, None where it is no message of one's own."""
    if task not in SPOKEN or not text.strip():
        return None
    heard = read(text[:LONGEST_HEARD])
    return TurnMood(heard.score, heard.aspects)
