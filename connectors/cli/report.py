"""`dapbot report`: what people asked and how they felt about it, and why an answer says what it says."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.phrases import PHRASES
from connectors.cli.audit import moment
from connectors.cli.session import DataOption, JsonOption, settings_from, show_json, words

if TYPE_CHECKING:
    from bot.database.engine import Sessions
    from bot.database.ledger import Ledger, LedgerSource
    from bot.settings import Settings
    from connectors.terminal import Screen

app = typer.Typer(no_args_is_help=False)
LAST_WEEK = "7d"


@app.callback(invoke_without_command=True)
def reports(
    context: typer.Context,
    since: Annotated[str, typer.Option("--since", help=words("cli.help.since"))] = LAST_WEEK,
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Look back at what was answered: without a word after it, at the last seven days."""
    if context.invoked_subcommand is not None:
        return
    from bot.database.spending import spent_since
    from connectors.cli.handovers import handovers_line, helped_between, opinions_line, show_helped
    from connectors.cli.moods import moods_between, moods_line, show_moods
    from connectors.cli.screen import TerminalScreen
    from connectors.cli.spending import show_spending, spending_line

    settings = settings_from(data)
    zone, until = ZoneInfo(settings.timezone), datetime.now(UTC)
    begin = moment(since, zone)
    with _database(settings) as sessions:
        moods = moods_between(sessions, begin, until, zone)
        with sessions() as session:
            spent = spent_since(session, begin, until)
        helped = helped_between(sessions, begin, until)
    if json_:
        span = {"since": begin.isoformat(), "until": until.isoformat()}
        people = {"feedback": opinions_line(helped), "handovers": handovers_line(helped)}
        show_json({**span, "usage": spending_line(spent), "sentiment": moods_line(moods), **people})
        return
    screen = TerminalScreen()
    screen.write(words("report.span", since=f"{begin.astimezone(zone):%Y-%m-%d %H:%M}") + "\n\n", "dim")
    show_spending(screen, spent)
    screen.write("\n")
    show_moods(screen, moods)
    screen.write("\n")
    show_helped(screen, helped, zone)


@app.command("answer", help=words("cli.help.report_answer"))
def answer(
    answer_id: Annotated[str, typer.Argument(metavar="ID", help=words("cli.help.answer_id"), show_default=False)],
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Show the ledger of one answer: question, sources and scores, checks, model, prompt, cost."""
    from bot.database.ledger import answer_ledger
    from connectors.cli.screen import TerminalScreen

    settings = settings_from(data)
    with _database(settings) as sessions, sessions() as session:
        ledger = answer_ledger(session, answer_id)
    if json_:
        show_json(_line(ledger))
    else:
        _show(TerminalScreen(), ledger, ZoneInfo(settings.timezone))


@app.command("weekly", help=words("cli.help.report_weekly"))
def weekly(data: DataOption = None) -> None:
    """Show the weekly report of the seven days before today, as it goes out by mail or into Slack."""
    from bot.weekly import week_before, write
    from connectors.cli.screen import TerminalScreen
    from connectors.cli.session import spoken

    settings = settings_from(data)
    now = datetime.now(ZoneInfo(settings.timezone))
    with _database(settings) as sessions:
        written = write(sessions, week_before(now.date()), now, spoken(), settings.public_url)
    screen = TerminalScreen()
    screen.write(written.subject + "\n\n", "bold")
    screen.write(written.text + "\n")


@contextmanager
def _database(settings: "Settings") -> "Iterator[Sessions]":
    """Yield the sessions of the database; beside a server, which it does not disturb."""
    from bot.database import engine
    from bot.database.migrating import require_current

    opened = engine.open_engine(settings)
    try:
        require_current(opened)
        yield engine.sessions_for(opened)
    finally:
        opened.dispose()


def _line(ledger: "Ledger") -> dict[str, Any]:
    """Return the ledger as JSON can hold it: times as ISO 8601 with their offset."""
    from dataclasses import asdict

    line = asdict(ledger)
    line["at"] = ledger.at.isoformat()
    for opinion, kept in zip(line["feedback"], ledger.feedback, strict=True):
        opinion["at"] = kept.at.isoformat()
    return line


def _show(screen: "Screen", ledger: "Ledger", zone: tzinfo) -> None:
    for name, text in _about(ledger, zone):
        if text:
            screen.write(words(f"report.{name}") + "  ", "dim")
            screen.write(text + "\n")
    for number, source in enumerate(ledger.sources, 1):
        _show_source(screen, number, source)
    for near in ledger.nearest:
        screen.write(words("report.nearest") + "  ", "dim")
        screen.write(f"{near.get('question', '')} ({near.get('passage', '')})\n")
    for check in ledger.check_details:
        screen.write(words("report.check") + "  ", "dim")
        screen.write(_checked(check) + "\n")
    for opinion in ledger.feedback:
        screen.write(words("report.feedback") + "  ", "dim")
        screen.write(" ".join(filter(None, [f"{opinion.rating:+d}", opinion.reason, opinion.comment])) + "\n")
    if ledger.prompt:
        screen.write("\n" + words("report.prompt") + "\n", "dim")
        screen.write(ledger.prompt + "\n")


def _checked(check: dict[str, Any]) -> str:
    """Return what a check found in one sentence: a mark, the sentence, and why it failed."""
    said = f"{'✓' if check.get('ok') else '✗'} {check.get('text', '')}"
    reasons = [_reason(str(reason)) for reason in check.get("reasons", ())]
    return f"{said}  ({', '.join(reasons)})" if reasons else said


def _reason(reason: str) -> str:
    """Return a reason such as ``number: 3`` in the person's words."""
    kind, colon, detail = reason.partition(": ")
    return _known("report.reason", kind) + colon + detail


def _leg(name: str, state: str) -> str:
    """Return which part a leg of the search took, such as ``vectors`` and ``off: no question``."""
    leg, _, why = state.partition(": ")
    known = _known("report.leg", name), _known("report.leg_state", leg), _known("report.leg_off", why)
    return "{}: {}".format(known[0], f"{known[1]} ({known[2]})" if why else known[1])


def _known(group: str, word: str) -> str:
    """Return a word of the ledger in the person's language, itself where there is no translation."""
    key = f"{group}.{word.replace(' ', '_')}"
    return words(key) if key in PHRASES else word


def _mood(score: float) -> str:
    from bot.sentiment.reading import label_of

    return words("sentiment.found", label=words(f"sentiment.{label_of(score)}"), score=score)


def _about(ledger: "Ledger", zone: tzinfo) -> list[tuple[str, str]]:
    """Return what is said in one line each; a line without a value is left out."""
    cost = words("report.unknown_price") if ledger.cost_usd is None else f"${ledger.cost_usd:.4f}"
    return [
        ("answer", ledger.answer_id),
        ("at", f"{ledger.at.astimezone(zone):%Y-%m-%d %H:%M:%S %z}, {ledger.channel}"),
        ("person", ledger.person or ""),
        ("asked", ledger.asked),
        ("searched", ledger.searched if ledger.searched != ledger.asked else ""),
        ("said", ledger.answer),
        ("mood", "" if ledger.mood is None else _mood(ledger.mood)),
        ("answered", words("report.yes" if ledger.answered else "report.no")),
        ("confidence", f"{ledger.confidence:.2f}"),
        ("legs", ", ".join(_leg(name, str(state)) for name, state in ledger.legs.items())),
        ("checks", words(f"report.checks.{ledger.checks}")),
        ("model", ledger.model + (f" ({ledger.prompt_version})" if ledger.prompt_version else "")),
        ("tokens", f"{ledger.input_tokens} + {ledger.output_tokens}, {cost}" if ledger.prompt else ""),
        ("latency", f"{ledger.latency_ms:.0f} ms"),
        ("notice", ledger.notice or ""),
        ("error", ledger.error or ""),
    ]


def _show_source(screen: "Screen", number: int, source: "LedgerSource") -> None:
    scores = {"keywords": source.keyword_score, "vectors": source.vector_score}
    told = [f"{_known('report.leg', leg)} {score:.2f}" for leg, score in scores.items() if score is not None]
    parts = [f"{source.score:.3f}", *told]
    name = f"{source.document} · {source.title or source.passage} (v{source.version})"
    screen.write(f"[{number}] {name}  ", "bold")
    screen.write(" · ".join(parts) + ("" if source.live else "  " + words("report.gone")) + "\n", "dim")
    screen.write(f"    {source.quote}\n")
