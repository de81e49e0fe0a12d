"""Every sentence is there in both languages, with the same values to fill in."""

import ast
import re
from pathlib import Path
from string import Formatter

from bot.phrases import PARTS, PHRASES, say

ROOT = Path(__file__).parent.parent.parent


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_no_key_stands_in_two_files() -> None:
    assert sum(len(part.PHRASES) for part in PARTS) == len(PHRASES)


def test_both_languages_are_there_and_take_the_same_values() -> None:
    assert [key for key, both in PHRASES.items() if not all(each.strip() for each in both)] == []
    assert [key for key, (ko, en) in PHRASES.items() if placeholders(ko) != placeholders(en)] == []


def test_korean_is_korean_and_english_is_not() -> None:
    hangul = re.compile("[가-힣]")
    assert [key for key, (_, english) in PHRASES.items() if hangul.search(english) and "{" not in english] == []
    worded = {key: re.sub(r"\{.*?\}", "", korean) for key, (korean, english) in PHRASES.items() if korean != english}
    assert [
        key for key, korean in worded.items() if re.search("[A-Za-z]{3}", korean) and not hangul.search(korean)
    ] == []


def test_values_are_filled_in() -> None:
    assert say("cli.not_text", "en", name="a.txt").startswith("a.txt is text in neither")


def test_every_phrase_that_code_names_exists() -> None:
    """A key that is misspelt would show only when something goes wrong."""
    missing = []
    for folder in ("bot", "connectors"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                first = node.args[0]
                if name in ("say", "words") or name.endswith("Error"):
                    key = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
                    if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", key) and key not in PHRASES:
                        missing.append(f"{path.relative_to(ROOT)}:{node.lineno} {key}")
    assert missing == []
