"""Makes any text storable: PostgreSQL refuses NUL, both databases refuse half of a surrogate pair."""

from hashlib import sha256
from typing import Any

LONGEST = 200_000
"""Characters of one text that are kept; what is longer is cut, and ends in an ellipsis."""


def cleaned(text: str, limit: int = LONGEST) -> str:
    """Return the text without NUL characters, lone surrogates replaced by U+FFFD, at most ``limit`` characters."""
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:  # "surrogatepass" joins the pairs that belong together, "replace" ends the others
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def cleaned_or_none(text: str | None) -> str | None:
    """Return ``cleaned(text)``, None for None."""
    return None if text is None else cleaned(text)


def cleaned_json(value: Any) -> Any:
    """Return a JSON value with every text in it cleaned, keys included; tuples and sets become lists."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, dict):
        return {cleaned(str(key)): cleaned_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [cleaned_json(item) for item in value]
    return value


def name_of(text: str, limit: int) -> str:
    """Return an outside name as it is stored: one that is too long keeps its beginning and is told by its hash."""
    text = cleaned(text)
    return text if len(text) <= limit else f"{text[: limit - 65]}~{sha256(text.encode()).hexdigest()}"
