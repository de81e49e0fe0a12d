"""`dapbot sentiment --with-model`: the language model of the settings reads, and what it cost is said."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.errors import UserError
from connectors.cli.session import note, words

if TYPE_CHECKING:
    from bot.sentiment.batches import ModelReader, Reading
    from bot.sentiment.feedback import Entry
    from bot.settings import Settings

LONG_WORK = 4
"""Times the deadline of an answer, for a pack of texts."""


@contextmanager
def model_reader(settings: "Settings") -> "Iterator[ModelReader]":
    """Yield what reads with the model that the settings name for this task; its use counts against the caps.

    Raises:
        UserError: the settings name no model.
        SettingsError: the model cannot be used.
    """
    from bot.database import engine
    from bot.database.migrating import require_current
    from bot.limits import Limits
    from bot.llm import model_from
    from bot.sentiment.batches import ModelReader
    from connectors.terminal import CHANNEL

    model = model_from(settings)
    if model is None:
        raise UserError("sentiment.no_model")
    opened = engine.open_engine(settings)
    try:
        require_current(opened)
        limits = Limits(settings, engine.sessions_for(opened))
        yield ModelReader(model, limits, LONG_WORK * settings.llm_deadline, CHANNEL)
    finally:
        opened.dispose()


def readings(reader: "ModelReader", entries: "Sequence[Entry]", threads: int) -> "Iterator[Reading]":
    """Yield the reading of each entry without an error, in order, several packs at a time."""
    from bot.sentiment.batches import packs
    from connectors.cli.batch import at_once

    texts = [entry.text for entry in entries if not entry.error]
    for pack in at_once(reader.read, list(packs(texts)), threads):
        yield from pack


def show_bill(reader: "ModelReader") -> None:
    """Say what the model read and cost, and why it did not read the others."""
    bill = reader.bill
    cost = words("report.unknown_price") if bill.cost_usd is None else f"${bill.cost_usd:,.4f}"
    values = {"judged": bill.judged, "input": bill.tokens.input, "output": bill.tokens.output, "cost": cost}
    note(words("sentiment.bill", **values))
    for phrase, told in bill.failures.items():
        note(words("sentiment.own_instead", why=words(phrase, **told)))
