"""No cache of a running process keeps what a person said after they were erased."""

import importlib
import re
from pathlib import Path
from typing import Any

from bot.forgetting import forget_texts

ROOT = Path(__file__).parents[2]

OF_NOBODY = {
    "bot.database.grams._code": "two letters",
    "bot.sentiment.korean_model.shipped": "the model in the box",
    "bot.translating.glossary._read": "a file of terms",
    "knowledge.columns.role_of": "heads of columns",
}

SAID = "김철수가 3일에 환불을 물었다."
WITH_MORE = {"sentences_of": (SAID, "ko"), "term_and_noun": ("김철수", "NNP")}


def caches() -> dict[str, Any]:
    """Return every cache of the code by its name."""
    found = {}
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "knowledge").rglob("*.py")]:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for name in re.findall(r"@lru_cache\([^\n]*\)\ndef (\w+)", path.read_text("utf-8")):
            found[f"{module}.{name}"] = getattr(importlib.import_module(module), name)
    return found


def test_what_was_kept_of_texts_is_gone_everywhere() -> None:
    every = caches()
    assert every.keys() > OF_NOBODY.keys()
    of_people = {name: cached for name, cached in every.items() if name not in OF_NOBODY}
    for name, cached in of_people.items():
        cached(*WITH_MORE.get(name.rpartition(".")[2], (SAID,)))
        assert cached.cache_info().currsize, name
    forget_texts()
    assert [name for name, cached in of_people.items() if cached.cache_info().currsize] == []
