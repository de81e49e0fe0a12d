"""Conversations as a file: a table for a spreadsheet, or a line of JSON for each exchange; sent while it is read."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, tzinfo
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.database import audit
from bot.database.exporting import Exported, exported
from bot.database.ledger import Ledger
from bot.phrases import say
from connectors.web import record_filters as filters
from connectors.web.askers import bot_of
from connectors.web.desk import desk_of
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from knowledge.formulas import guarded
from knowledge.language import Language

router = APIRouter(include_in_schema=False)

MARK = "\ufeff"
"""Without it, Excel reads Korean in its own code page."""

COLUMNS = (
    "conversation", "channel", "person", "at", "question", "answer", "task", "language", "answered", "confidence",
    "sources", "rating", "reason", "comment", "model", "tokens", "cost", "latency", "answer_id",
)  # fmt: skip
KINDS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}


@router.get("/conversations/export.{kind}")
def export(request: Request, kind: str) -> Response:
    """Return the conversations that match as a file."""
    return exported_file(request, kind, filters.values_of(request.query_params))


def exported_file(request: Request, kind: str, values: Mapping[str, str]) -> Response:
    """Return what these filters choose as a file, and write down who took it.

    Raises:
        Refused: 404, there is no such kind of file.
    """
    desk = desk_of(request, "admin")
    if kind not in KINDS:
        raise Refused(404, "web.status.404")
    bot = bot_of(request)
    zone = bot.clock().tzinfo
    values = filters.values_of(request.query_params)
    with bot.sessions.begin() as session:
        limits = {name: value for name, value in values.items() if name != "q"}  # the words may be somebody's
        audit.note(session, desk.actor, "conversations.exported", kind, **limits, searched="q" in values)
    found = exported(bot.sessions, filters.wanted_of(values, zone))
    lines = csv_lines(found, zone, reader_language(request)) if kind == "csv" else json_lines(found)
    headers = {"content-disposition": f'attachment; filename="dapbot-conversations-{datetime.now(zone):%Y%m%d}.{kind}"'}
    return StreamingResponse(lines, media_type=KINDS[kind], headers=headers)


def csv_lines(found: Iterator[Exported], zone: tzinfo | None, language: Language) -> Iterator[str]:
    """Yield the lines of a table; a cell that a spreadsheet would take for a formula is only text."""
    yield MARK + _row([say(f"web.export.{name}", language) for name in COLUMNS])
    for each in found:
        yield _row([guarded(cell) for cell in _cells(each, zone, language)])


def _row(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _cells(each: Exported, zone: tzinfo | None, language: Language) -> list[str]:
    ledger = each.ledger
    opinion = ledger.feedback[-1] if ledger.feedback else None
    return [
        each.conversation,
        filters.word_of("channel", ledger.channel, language),
        ledger.person or "",
        f"{ledger.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        ledger.asked,
        ledger.answer,
        filters.word_of("task", ledger.task, language),
        ledger.language,
        filters.word_of("answered", "yes" if ledger.answered else "no", language),
        f"{ledger.confidence:.2f}",
        " / ".join(f"{source.document}: {source.title or source.passage}" for source in ledger.sources),
        str(opinion.rating) if opinion else "",
        (opinion.reason or "") if opinion else "",
        (opinion.comment or "") if opinion else "",
        ledger.model,
        str(ledger.input_tokens + ledger.output_tokens),
        "" if ledger.cost_usd is None else f"{ledger.cost_usd:.6f}",
        f"{ledger.latency_ms:.0f}",
        ledger.answer_id,
    ]


def json_lines(found: Iterator[Exported]) -> Iterator[str]:
    """Yield a line of JSON for each exchange: its ledger, and the id of its conversation."""
    for each in found:
        yield json.dumps({"id": each.conversation, **ledger_line(each.ledger)}, ensure_ascii=False) + "\n"


def ledger_line(ledger: Ledger) -> dict[str, Any]:
    """Return a ledger as JSON can hold it: times as ISO 8601 with their offset."""
    line = asdict(ledger)
    line["at"] = ledger.at.isoformat()
    for opinion, kept in zip(line["feedback"], ledger.feedback, strict=True):
        opinion["at"] = kept.at.isoformat()
    return line
