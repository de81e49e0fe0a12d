"""`dapbot inbox`, `dapbot pause`, `dapbot resume`: what waits for its answer, what was given up and why."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast
from zoneinfo import ZoneInfo

import typer

from bot.errors import UserError
from connectors.cli.session import DataOption, JsonOption, progress, settings_from, show, show_json, spoken, words

if TYPE_CHECKING:
    from bot.desk import Noting
    from bot.inbox import Inbox, Row, States

app = typer.Typer(no_args_is_help=True)

STATES = ("new", "answered", "sending", "done", "dead")
LONGEST = 80
"""Characters of a conversation's name or an error in a list."""

IdArgument = Annotated[int, typer.Argument(metavar="ID", help=words("cli.help.inbox_id"), show_default=False)]
MaybeIdArgument = Annotated[
    int | None, typer.Argument(metavar="[ID]", help=words("cli.help.inbox_id"), show_default=False)
]


@app.callback()
def inbox() -> None:
    """Look at what waits."""


@app.command("list", help=words("cli.help.inbox_list"), short_help=words("cli.help.inbox_list"))
def list_(
    state: Annotated[
        list[str] | None, typer.Option("--state", metavar="STATE", help=words("cli.help.state"), show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help=words("cli.help.inbox_limit"))] = 30,
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """List rows, what went wrong first and the newest of it on top."""
    if wrong := sorted(set(state or ()) - set(STATES)):
        raise typer.BadParameter(words("inbox.states", value=", ".join(wrong), states=", ".join(STATES)))
    with _opened(data) as desk:
        counts, paused = desk.inbox.counts(), desk.inbox.paused()
        rows = desk.rows(cast("list[States]", state or []), limit)
    if json_:
        show_json({"paused": paused, "counts": dict(counts), "rows": [_line(row, desk.zone) for row in rows]})
        return
    show(words("inbox.counts", **{str(name): count for name, count in counts.items()}))
    if paused:
        show(words("inbox.paused_now"))
    for row in rows:
        show(_sentence(row, desk.zone))
    if not rows:
        show(words("inbox.empty"))


@app.command("show", help=words("cli.help.inbox_show"), short_help=words("cli.help.inbox_show"))
def show_(row_id: IdArgument, json_: JsonOption = False, data: DataOption = None) -> None:
    """Show one row with everything that is known of it."""
    with _opened(data) as desk:
        row = desk.row(row_id)
    if json_:
        show_json(_line(row, desk.zone) | {"question": row.message.text if row.message else row.text or None})
        return
    for name, value in _about(row, desk.zone):
        if value:
            show(f"{words(f'inbox.about.{name}')}  {value}")


@app.command("retry", help=words("cli.help.inbox_retry"), short_help=words("cli.help.inbox_retry"))
def retry(
    row_id: MaybeIdArgument = None,
    all_: Annotated[bool, typer.Option("--all", help=words("cli.help.inbox_all"))] = False,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="NAME", help=words("cli.help.inbox_channel"), show_default=False)
    ] = None,
    data: DataOption = None,
) -> None:
    """Try a row again, one that was given up or that waits for its next try; or all that were given up."""
    if (row_id is None) != all_ or (channel is not None and not all_):
        raise typer.BadParameter(words("inbox.one_or_all"))
    with _opened(data) as desk:
        if row_id is None:
            show(words("inbox.retried_all", count=desk.retry_all(channel)))
            return
        desk.change(row_id, "retried", desk.inbox.retry)
    show(words("inbox.retried", id=row_id))


@app.command("drop", help=words("cli.help.inbox_drop"), short_help=words("cli.help.inbox_drop"))
def drop(row_id: IdArgument, data: DataOption = None) -> None:
    """Give a row up; it can be retried."""
    with _opened(data) as desk:
        desk.change(row_id, "dropped", desk.inbox.drop)
    show(words("inbox.dropped", id=row_id))


def pause(data: DataOption = None) -> None:
    """Answer nothing from the inbox until `dapbot resume`; what comes in is kept."""
    with _opened(data) as desk:
        already = desk.inbox.paused()
        if not already:
            desk.inbox.pause(noting=_noting("paused", "inbox"))
    show(words("inbox.already_paused" if already else "inbox.paused"))


def resume(data: DataOption = None) -> None:
    """Go on after `dapbot pause`."""
    with _opened(data) as desk:
        paused = desk.inbox.paused()
        if paused:
            desk.inbox.resume(noting=_noting("resumed", "inbox"))
    show(words("inbox.resumed" if paused else "inbox.not_paused"))


@dataclass(frozen=True, slots=True)
class _Desk:
    inbox: "Inbox"
    zone: ZoneInfo

    def rows(self, states: "list[States]", limit: int) -> "tuple[Row, ...]":
        """Return rows in these states, the newest first; where none is named, the worst first."""
        return self.inbox.list(*states, limit=limit, newest=True) if states else self.inbox.worst_first(limit)

    def row(self, row_id: int) -> "Row":
        found = self.inbox.get(row_id) if 0 < row_id < 2**63 else None
        if found is None:
            raise UserError("inbox.none", id=row_id)
        return found

    def change(self, row_id: int, action: str, did: "Callable[..., bool]") -> None:
        """Change a row; UserError where that cannot be."""
        row = self.row(row_id)
        if not did(row_id, noting=_noting(action, f"#{row_id}", channel=row.channel, kind=row.kind)):
            states = {"done": "inbox.finished", "dead": "inbox.is_dead"}
            raise UserError(states.get(self.row(row_id).state, "inbox.busy"), id=row_id)

    def retry_all(self, channel: str | None) -> int:
        """Try again what was given up, oldest first, each noted by itself; return how many it were."""
        numbers = self.inbox.given_up(channel)
        did = 0
        with progress(words("inbox.retrying")) as tell:
            for done, number in enumerate(numbers, 1):
                noting = _noting("retried", f"#{number}", **({"channel": channel} if channel else {}), all=True)
                did += self.inbox.retry(number, noting=noting)
                tell(done, len(numbers))
        return did


def _noting(action: str, subject: str, **detail: Any) -> "Noting":
    from bot.database.audit import command_actor, note

    return lambda session: note(session, command_actor(), f"inbox.{action}", subject, **detail)


@contextmanager
def _opened(data: Path | None) -> Iterator[_Desk]:
    from bot.database.opening import opened
    from bot.inbox import Inbox

    settings = settings_from(data)
    with opened(settings) as sessions:
        yield _Desk(Inbox(sessions), ZoneInfo(settings.timezone))


def _line(row: "Row", zone: ZoneInfo) -> dict[str, Any]:
    """Return a row as JSON; times as ISO 8601 with their offset."""
    from bot.inbox_words import is_worked_on

    return {
        "id": row.seq,
        "key": row.key,
        "kind": row.kind,
        "channel": row.channel,
        "conversation": row.conversation,
        "person": row.person,
        "state": row.state,
        "working": is_worked_on(row),
        "attempts": row.attempts,
        "crashes": row.crashes,
        "error": row.error,
        "repeated": row.repeated,
        "created_at": _iso(row.created_at, zone),
        "next_at": _iso(_next(row), zone),
        "finished_at": _iso(row.finished_at, zone),
        "waited_seconds": round(row.waited, 1),
        "answer_id": row.answer_id,
        "reference": row.reference,
    }


def _sentence(row: "Row", zone: ZoneInfo) -> str:
    from bot.inbox_words import error_in_words, state_in_words, whose

    parts = [f"#{row.seq}", state_in_words(row, spoken()), _cut(whose(row)), _when(row.created_at, zone)]
    if row.attempts:
        parts.append(words("inbox.tried", count=row.attempts))
    if following := _next(row):
        parts.append(words("inbox.next", at=_when(following, zone)))
    return " · ".join([*parts, *filter(None, [_cut(error_in_words(row.error, spoken()))])])


def _about(row: "Row", zone: ZoneInfo) -> list[tuple[str, str]]:
    from bot.inbox_words import error_in_words, state_in_words

    return [
        ("id", f"#{row.seq}"),
        ("state", state_in_words(row, spoken())),
        ("kind", words(f"inbox.kind.{row.kind}")),
        ("channel", row.channel),
        ("conversation", row.conversation),
        ("person", row.person or ""),
        ("question", row.message.text if row.message else row.text),
        ("created", _when(row.created_at, zone)),
        ("attempts", words("inbox.tried", count=row.attempts) if row.attempts else ""),
        ("crashes", words("inbox.crashed", count=row.crashes) if row.crashes else ""),
        ("next", _when(_next(row), zone)),
        ("finished", _when(row.finished_at, zone)),
        ("error", error_in_words(row.error, spoken())),
        ("repeated", words("inbox.repeated") if row.repeated else ""),
        ("answer", f"dapbot report answer {row.answer_id}" if row.answer_id else ""),
        ("key", row.key),
    ]


def _next(row: "Row") -> float | None:
    """Return when a row is tried again, where it waits for that."""
    later = row.not_before > row.created_at and not row.waited
    return row.not_before if later and row.state not in ("done", "dead") else None


def _when(at: float | None, zone: ZoneInfo) -> str:
    return f"{datetime.fromtimestamp(at, zone):%Y-%m-%d %H:%M:%S}" if at else ""


def _iso(at: float | None, zone: ZoneInfo) -> str | None:
    return datetime.fromtimestamp(at, zone).isoformat(timespec="seconds") if at else None


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
