"""The part of `dapbot report` that tells what the answers used and cost, by task and model."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.phrases import PHRASES
from connectors.cli.session import words

if TYPE_CHECKING:
    from bot.database.spending import Spent
    from connectors.terminal import Screen

WITHOUT = frozenset({"extractive", "none"})
"""What stands for the model where none was asked."""


def spending_line(spent: "Sequence[Spent]") -> dict[str, Any]:
    """Return it as JSON can hold it."""
    from bot.llm.prices import AS_OF

    return {
        "answers": sum(each.answers for each in spent),
        "tokens": {"input": sum(each.input for each in spent), "output": sum(each.output for each in spent)},
        "cost_usd": round(sum(each.cost_usd for each in spent), 6),
        "unpriced": sum(each.unpriced for each in spent),
        "prices_as_of": AS_OF,
        "by": [
            {
                "task": each.task,
                "model": each.model,
                "answers": each.answers,
                "tokens": {"input": each.input, "output": each.output},
                "cost_usd": round(each.cost_usd, 6),
                "unpriced": each.unpriced,
                "latency_ms": round(each.latency_ms),
            }
            for each in spent
        ],
    }


def show_spending(screen: "Screen", spent: "Sequence[Spent]") -> None:
    """Write it for people."""
    from bot.llm.prices import AS_OF

    screen.write(words("report.spending") + "\n", "bold")
    if not spent:
        screen.write("  " + words("report.spending.none") + "\n")
        return
    total = spending_line(spent)
    values = {"answers": total["answers"], "cost": total["cost_usd"], **total["tokens"]}
    screen.write("  " + words("report.spending.all", **values) + "\n")
    for each in spent:
        screen.write("  " + _one(each) + "\n")
    if total["unpriced"]:
        screen.write("  " + words("report.spending.unpriced", count=total["unpriced"]) + "\n", "warning")
    if total["cost_usd"]:
        screen.write("  " + words("report.spending.prices", as_of=AS_OF) + "\n", "dim")


def _one(spent: "Spent") -> str:
    model = words("report.spending.no_model") if spent.model in WITHOUT else spent.model
    key = f"report.task.{spent.task}"
    task = words(key) if key in PHRASES else spent.task
    values = {"task": task, "model": model, "answers": spent.answers, "seconds": spent.latency_ms / 1000}
    line = words("report.spending.one", **values)
    if not spent.input + spent.output:
        return line
    cost = words("report.unknown_price") if spent.unpriced == spent.answers else f"${spent.cost_usd:,.4f}"
    return line + words("report.spending.tokens", input=spent.input, output=spent.output, cost=cost)
