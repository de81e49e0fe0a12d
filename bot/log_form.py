"""How a server's log looks: lines of text, or of JSON. Nothing in a line can begin another one."""

import json
import logging
from datetime import datetime

from bot.log_context import about

OURS = ("bot", "connectors", "knowledge", "dapbot")
"""The loggers whose level is set; those of the libraries speak from warnings on."""

_ESCAPES = {number: f"\\x{number:02x}" for number in (*range(32), *range(127, 160))} | {
    0x0A: "\\n",
    0x0D: "\\r",
    0x09: " ",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}

_ESCAPES_IN_JSON = {number: f"\\u{number:04x}" for number in (*range(127, 160), 0x2028, 0x2029)}
"""What JSON leaves as it is, and some that read a log take for the end of a line or for a command of a terminal."""


def one_line(text: str) -> str:
    """Return text with line ends and control characters written out."""
    return text.translate(_ESCAPES)


class TextLines(logging.Formatter):
    """``time level logger: message``; the lines of a traceback are indented, and so told from others."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as it is written."""
        at = datetime.fromtimestamp(record.created).astimezone().isoformat(" ", "milliseconds")
        ids = ", ".join(f"{name} {value}" for name, value in about().items()) if _is_plain(record) else ""
        line = f"{at} {record.levelname} {record.name}: {one_line(record.getMessage())}{f' ({ids})' if ids else ''}"
        trace = _trace(self, record)
        return "\n".join([line, *(f"    {one_line(each)}" for each in trace.splitlines())])


class JsonLines(logging.Formatter):
    """One JSON object a line: ``at``, ``level``, ``logger``, ``message`` (or ``answer``), and ``trace``.

    While an answer is being made, lines name it (``answer_id``) and, where it is known, its ``conversation``.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as it is written."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        answer = getattr(record, "answer", None)
        line |= {"message": record.getMessage(), **about()} if answer is None else {"answer": answer}
        if trace := _trace(self, record):
            line["trace"] = trace
        return json.dumps(line, ensure_ascii=False).translate(_ESCAPES_IN_JSON)


def _is_plain(record: logging.LogRecord) -> bool:
    """Whether a line does not name its answer itself."""
    return getattr(record, "answer", None) is None


def _trace(form: logging.Formatter, record: logging.LogRecord) -> str:
    return form.formatException(record.exc_info) if record.exc_info and record.exc_info[0] else ""


def begin(level: str, form: str) -> None:
    """Send the log to stderr in this form (``text`` or ``json``), ours from this level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for package in OURS:
        logging.getLogger(package).setLevel(level.upper())
