"""What the doctor finds, and in which words it is told."""

from dataclasses import dataclass, field
from typing import Any, Literal

from bot.phrases import say
from knowledge.language import Language

State = Literal["ok", "note", "todo"]


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found: ``todo`` must be acted on, ``note`` may be; the phrase says it, ``advice`` what to do."""

    name: str
    state: State
    phrase: str
    values: dict[str, Any] = field(default_factory=dict)
    advice: str = ""

    def said(self, language: Language) -> str:
        """Return what was found, in words."""
        return say(self.phrase, language, **self.values)

    def advised(self, language: Language) -> str:
        """Return what to do, in words; empty where nothing is to be done."""
        return say(self.advice, language, **self.values) if self.advice else ""
