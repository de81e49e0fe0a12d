"""The prompts: ``bot/prompts/<task>.<ko|en>.txt``, the bot's orders above a line of ``=====``, the data below it."""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from bot.llm import Prompt
from knowledge.language import Language

PROMPTS = Path(__file__).parents[1] / "prompts"

_PLACEHOLDER = re.compile(r"(?<!{){\w")


@dataclass(frozen=True, slots=True)
class Template:
    """One prompt with ``{placeholders}``; ``version`` is a hash of its text, kept with every answer.

    ``stable`` counts the characters of the whole lines before the first placeholder of ``system``.
    """

    system: str
    user: str
    version: str
    stable: int = 0

    def fill(self, **values: str) -> Prompt:
        """Return the prompt; braces inside the values stay as they are."""
        return Prompt(self.system.format(**values), self.user.format(**values), stable=self.stable)


@cache
def template(task: str, language: Language) -> Template:
    """Return the prompt of ``task`` in ``language``."""
    text = (PROMPTS / f"{task}.{language}.txt").read_text("utf-8")
    system, _, user = text.partition("\n=====\n")
    system = system.strip()
    return Template(system, user.strip(), sha256(text.encode()).hexdigest()[:16], _stable(system))


def _stable(system: str) -> int:
    """Return how many characters, filled in, come before the line of the first placeholder; all where there is none."""
    found = _PLACEHOLDER.search(system)
    before = system if found is None else system[: system.rfind("\n", 0, found.start()) + 1]
    return len(before.format())
