"""What of a passage is embedded: the whole, windows of a long text, and each of its headings."""

from collections.abc import Iterator, Mapping
from typing import Final

from knowledge.language import Language
from knowledge.passages import Passage
from knowledge.tokens import lines, normalise, sentences

LENGTH: Final[Mapping[Language, int]] = {"en": 480, "ko": 240}
"""Characters of a window: about 80 English words, and as many tokens in Korean.

The bundled model reads 256 tokens of a text and blurs what it reads; the nearest of windows of 80 words that carry
the heading found more than the whole (xquad_en .97 -> .99, covidfaq .50 -> .53 at recall@1), 40 or 120 words fewer.
"""

MOST = 64
"""Windows of one passage."""


def heads(passage: Passage) -> list[str]:
    """Return the headings of a passage, each once: its question, title and aliases."""
    found = (normalise(head).strip() for head in (passage.question, passage.title, *passage.aliases))
    return list(dict.fromkeys(head for head in found if head))


def texts(passage: Passage) -> list[str]:
    """Return the texts of a passage whose nearest vector counts, each below its question and title."""
    head = "\n".join(dict.fromkeys(filter(None, (passage.title.strip(), passage.question.strip()))))
    text = normalise(passage.text).strip()
    parts = [text]
    if len(text) > LENGTH[passage.language]:
        parts += _windows(text, passage.language)
    return [f"{head}\n{part}".strip() or "-" for part in parts[: MOST + 1]]


def _windows(text: str, language: Language) -> Iterator[str]:
    window = ""
    for sentence in sentences(text, "en") if language == "en" else lines(text):
        if window and len(window) + len(sentence) > LENGTH[language]:
            yield window
            window = ""
        window = f"{window} {sentence}".strip()
    if window:
        yield window
