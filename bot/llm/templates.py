"""The prompts: ``bot/prompts/<task>.<ko|en>.txt``, the bot's orders above a line of ``=====``, the data below it."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from bot.llm import Prompt
from knowledge.language import Language

PROMPTS = Path(__file__).parents[1] / "prompts"


@dataclass(frozen=True, slots=True)
class Template:
    """One prompt with ``{placeholders}``; ``version`` is a hash of its text, kept with every answer."""

    system: str
    user: str
    version: str

    def fill(self, **values: str) -> Prompt:
        """Return the prompt; braces inside the values stay as they are."""
        return Prompt(self.system.format(**values), self.user.format(**values))


@cache
def template(task: str, language: Language) -> Template:
    """Return the prompt of ``task`` in ``language``."""
    text = (PROMPTS / f"{task}.{language}.txt").read_text("utf-8")
    system, _, user = text.partition("\n=====\n")
    return Template(system.strip(), user.strip(), sha256(text.encode()).hexdigest()[:16])
