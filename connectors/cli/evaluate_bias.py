"""`dapbot evaluate bias`: the same questions asked as if by other people; nothing is logged."""

import io
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import UserError
from connectors.cli.session import (
    DataOption,
    JsonOption,
    note,
    progress,
    running_bot,
    settings_from,
    show,
    show_json,
    words,
)

if TYPE_CHECKING:
    from bot.evaluation.bias import Bias, GroupFigure, Pair
    from bot.settings import Settings

SHOWN_PAIRS = 10
HINDERS = 0.05
"""Where so much less of the questions is answered behind an introduction, a sentence says so."""

LONGEST_SHOWN = 160
"""Characters of a question or an answer that are shown in a terminal; the file has them whole."""


def run(
    questions: Annotated[Path, typer.Option(help=words("cli.help.bias_questions"), show_default=False)],
    axis: Annotated[list[str] | None, typer.Option(help=words("cli.help.bias_axis"), show_default=False)] = None,
    most: Annotated[int | None, typer.Option(min=1, help=words("cli.help.bias_most"), show_default=False)] = None,
    before: Annotated[bool, typer.Option("--before", help=words("cli.help.bias_before"))] = False,
    pairs: Annotated[Path | None, typer.Option(help=words("cli.help.bias_pairs"), show_default=False)] = None,
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Ask every question as different people would, and once more unchanged, and show what differs."""
    from bot.evaluation.bias import evaluate_bias
    from bot.evaluation.bias_calls import call_lines, calls_of, replayed_of
    from bot.evaluation.bias_lines import bias_line
    from bot.evaluation.bias_words import AXES

    if unknown := sorted(set(axis or ()) - set(AXES)):
        raise typer.BadParameter(words("evaluate.no_axis", name=unknown[0], axes=", ".join(AXES)))
    settings = settings_from(data, cache_days=0)
    replayed = replayed_of(questions, axis or AXES, most, before=before)
    calls = calls_of(replayed)
    if settings.llm:
        note(words("evaluate.bias_plan", questions=len(replayed), calls=len(calls), model=settings.llm))
    found = evaluate_bias(replayed, calls, _asked(settings, call_lines(replayed, calls)))
    _keep(settings, found)
    if pairs is not None:
        _write_pairs(pairs, found)
    if json_:
        show_json(bias_line(found))
    else:
        _show(found, pairs)


def _asked(settings: "Settings", lines: Sequence[bytes]) -> list[dict[str, Any]]:
    """Return the answer line of each question, asked in this process: a server may give answers that it keeps."""
    from bot.owner import find_owner
    from connectors.cli.batch import answer_all, lines_at_once

    owner = find_owner(settings.data)
    if owner is not None and owner.address:
        raise UserError("evaluate.bias_server", address=owner.address)
    output = io.StringIO()
    with running_bot(settings) as bot, progress(words("ask.progress")) as done:
        failed = answer_all(partial(bot.ask, record=False), lines, output, done, lines_at_once(settings))
    if failed:
        note(words("ask.failed", failed=failed, total=len(lines)))
    return [json.loads(line) for line in output.getvalue().split("\n")[:-1]]


def _keep(settings: "Settings", found: "Bias") -> None:
    """Keep the figures for the page of insight; no question and no answer is among them."""
    from bot.database.bias_runs import keep_run
    from bot.database.columns import now
    from bot.database.opening import opened
    from bot.evaluation.bias_lines import bias_line

    with opened(settings) as sessions, sessions.begin() as session:
        keep_run(session, settings.llm or "extractive", bias_line(found), now())


def _write_pairs(path: Path, found: "Bias") -> None:
    from bot.evaluation.bias_lines import pair_line
    from connectors.cli.batch import written_aside

    with written_aside(path) as file:
        for pair in found.pairs:
            file.write(json.dumps(pair_line(pair, found.questions), ensure_ascii=False) + "\n")


def _show(found: "Bias", written: Path | None) -> None:
    from connectors.cli.figure_words import show_table

    show(words("evaluate.bias_run", **found.counts))
    _show_introductions(found)
    show()
    heads = ("axis", "control", "twins", "difference", "interval", "verdict")
    show_table([*(words(f"evaluate.head.{head}") for head in heads), "n"], _axis_rows(found))
    show()
    _show_groups(found)
    _show_pairs(found, written)
    show(words("evaluate.intervals"))


def _show_introductions(found: "Bias") -> None:
    plain, prefaced = found.counts["answered_plain"], found.counts["answered_introduced"]
    if plain is None:
        return
    shares = {"plain": f"{plain:.0%}", "prefaced": f"{prefaced:.0%}"}
    show(words("evaluate.bias_introduced", introduced=found.counts["introduced"], **shares))
    if prefaced < plain - HINDERS:
        show(words("evaluate.bias_hindered"))


def _axis_rows(found: "Bias") -> list[list[str]]:
    from connectors.cli.figure_words import cells, number, verdict

    rows = []
    for axis, both in found.axes.items():
        for name, apart in both.differences.items():
            control, twins = (run_.figures[name].value for run_ in (both.first, both.second) if run_ is not None)
            rows.append(
                [
                    f"{words(f'evaluate.axis.{axis}')}: {words(f'evaluate.bias.{name}')}",
                    number(control),
                    number(twins),
                    *cells(apart, sign="+"),
                    verdict(apart),
                    str(apart.n),
                ]
            )
    return rows


def _show_groups(found: "Bias") -> None:
    """Print the groups that are clearly off the others, and how many would be by chance."""
    from connectors.cli.figure_words import number

    chance = f"{found.clear_by_chance:.1f}"
    show(words("evaluate.bias_groups", clear=found.clear, compared=found.compared, chance=chance))
    for group in found.groups:
        for name, each in group.figures.items():
            if each.clear:
                show(_group_line(group, name, number(each.value, "+"), number(each.low, "+"), number(each.high, "+")))
    show()


def _group_line(group: "GroupFigure", name: str, value: str, low: str, high: str) -> str:
    return (
        f"  {words(f'evaluate.axis.{group.axis}')} {group.group}: "
        f"{words(f'evaluate.bias.{name}')} {value} ({low} .. {high})"
    )


def _show_pairs(found: "Bias", written: Path | None) -> None:
    """Print the pairs that differ, refusals first, of each question and axis only one."""
    differing = [pair for pair in found.pairs if not pair.control]
    one_each: dict[tuple[int, str], Pair] = {}
    for pair in sorted(differing, key=lambda pair: (not pair.refused, not pair.text)):
        one_each.setdefault((pair.question, pair.axis), pair)
    shown = list(one_each.values())[:SHOWN_PAIRS]
    for pair in shown:
        _show_pair(pair, found.questions[pair.question].id)
    if written is None and len(differing) > len(shown):
        show(words("evaluate.bias_more", count=len(differing) - len(shown)))
    if differing:
        show()


def _show_pair(pair: "Pair", name: str) -> None:
    from bot.evaluation.bias_lines import reasons_of

    differs = ", ".join(words(f"evaluate.reason.{reason}") for reason, so in reasons_of(pair).items() if so)
    show(f"[{name}] {words(f'evaluate.axis.{pair.axis}')}, {pair.first.group} / {pair.second.group}: {differs}")
    for twin, answer in zip((pair.first, pair.second), pair.answers, strict=True):
        show(f"  {_clipped(twin.text)}")
        show(f"    -> {_clipped(str(answer['answer']))}")


def _clipped(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"
