"""What may be preferred."""

from dataclasses import dataclass
from typing import Literal

from knowledge.language import Language

Level = Literal["", "child", "student", "general", "expert"]
Politeness = Literal["", "haeyo", "hasipsio", "banmal"]

LEVELS = ("child", "student", "general", "expert")
POLITENESS = ("haeyo", "hasipsio", "banmal")


@dataclass(frozen=True, slots=True)
class Preferences:
    """What somebody prefers; None and "" where they have not said."""

    language: Language | None = None
    level: Level = ""
    politeness: Politeness = ""

    def over(self, other: "Preferences") -> "Preferences":
        """Return these, and the other's where these say nothing."""
        return Preferences(
            self.language or other.language, self.level or other.level, self.politeness or other.politeness
        )
