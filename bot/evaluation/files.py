"""Files of questions, texts and answers, as lines of JSON with ids."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import UserError
from bot.json_lines import id_of, lines_of, object_of


@dataclass(frozen=True, slots=True)
class Row:
    """A line: its number from 1, its id as text, the object, and the bytes it was read from."""

    number: int
    id: str
    values: dict[str, Any]
    raw: bytes


def rows_of(path: Path, *, repeated: bool = False) -> list[Row]:
    """Return the lines of a file that are not empty; each has an id, and no id is there twice. ``repeated``: several
    lines may be about one thing, and a further one is called ``id#2``, ``id#3``; one without an id by its number.

    Raises:
        UserError: the file cannot be read, has no line, or a line is not what it should be; the sentence names it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError("evaluate.unreadable", file=path, reason=error.strerror or error) from error
    rows = list(_rows(path, data, repeated=repeated))
    if not rows:
        raise UserError("evaluate.empty", file=path)
    return rows


def _rows(path: Path, data: bytes, *, repeated: bool) -> Iterator[Row]:
    seen: set[str] = set()
    times: Counter[str] = Counter()
    for number, raw in enumerate(lines_of(data), 1):
        if not raw.strip():
            continue
        values = object_of(raw)
        if isinstance(values, str):
            raise UserError("evaluate.line", file=path, line=number)
        name = id_of(values)
        if name is None and repeated:
            name = number
        if name is None:
            raise UserError("evaluate.no_id", file=path, line=number)
        called = str(name)
        times[called] += 1
        if repeated and times[called] > 1:
            called = f"{called}#{times[called]}"
        if called in seen:
            raise UserError("evaluate.id_twice", file=path, line=number, id=called)
        seen.add(called)
        yield Row(number, called, values, raw)


def by_id(path: Path) -> dict[str, dict[str, Any]]:
    """Return the objects of a file of answers or labels by id; errors as for `rows_of`."""
    return {row.id: row.values for row in rows_of(path)}
