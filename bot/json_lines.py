"""Lines of JSON objects as people give them, in UTF-8 or the Korean code page."""

import json
import math
from typing import Any


def lines_of(data: bytes) -> list[bytes]:
    """Return the lines of a file; a last line that is empty is none."""
    lines = data.split(b"\n")
    return lines[:-1] if lines[-1] == b"" else lines


def object_of(raw: bytes) -> dict[str, Any] | str:
    """Return the object of a line, or the phrase (with a ``number``) that says why there is none."""
    try:
        found = json.loads(_decoded(raw))
    except (ValueError, RecursionError):
        return "batch.not_json"
    return found if isinstance(found, dict) else "batch.not_object"


def _decoded(raw: bytes) -> str:
    """Decode a line as UTF-8, else as CP949; ValueError (UnicodeDecodeError) where it is neither."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp949")


def id_of(found: dict[str, Any]) -> str | float | None:
    """Return the id if it is one that JSON can give back as it came: NaN and infinity are none."""
    name = found.get("id")
    if not isinstance(name, str | int | float) or (isinstance(name, float) and not math.isfinite(name)):
        return None
    return name
