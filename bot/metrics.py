"""Figures for Prometheus: what this process has answered, and what the database says of all of them.

No label holds anything of a person, and each has a bounded number of values.
"""

import logging
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from bot.answer_log import OTHER, Told
from bot.database import standing
from bot.errors import DapbotError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from prometheus_client.core import Metric

    from bot.database.engine import Sessions
    from bot.library import Library
    from bot.settings import Settings
    from knowledge.search import Knowledge

log = logging.getLogger(__name__)

CONTENT_TYPE = CONTENT_TYPE_LATEST

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120)
"""Bounds of the histogram: an extract takes a tenth of a second, a model up to its deadline."""

NOT_NEEDED = "off: no passage"
"""The state of a leg that no document asks for."""

MOST_MODELS = 20
"""Models that have a label of their own; further ones are ``other``."""


class Watched(Protocol):
    """What the figures are read from: a bot, whose module makes the figures and so cannot be named here."""

    @property
    def settings(self) -> "Settings":
        """The settings, which say where the data folder is."""

    @property
    def sessions(self) -> "Sessions":
        """What gives sessions of the database."""

    @property
    def clock(self) -> "Callable[[], datetime]":
        """The time now, aware of its zone: which day today is."""

    @property
    def knowledge(self) -> "Knowledge":
        """The indexes, which say how ready they are."""

    @property
    def library(self) -> "Library":
        """The documents, which say how far the indexes follow."""


class Metrics:
    """The figures of one process; threads share it."""

    def __init__(self, bot: Watched) -> None:
        self._registry = CollectorRegistry()
        self._models: set[str] = set()
        into = self._registry
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a moment beside every counter: twice the lines
        labels = ["channel", "task", "outcome"]
        self._answers = Counter("dapbot_answers", "Answers given.", labels, registry=into)
        self._seconds = Histogram(
            "dapbot_answer_seconds", "From the message to its answer.", ["channel"], buckets=SECONDS, registry=into
        )
        labels = ["model", "direction"]
        self._tokens = Counter("dapbot_tokens", "Tokens that models took and gave.", labels, registry=into)
        self._cost = Counter("dapbot_cost_usd", "What models cost, where prices are known.", ["model"], registry=into)
        self._errors = Counter("dapbot_answer_errors", "Answers with an error in them.", ["kind"], registry=into)
        self._registry.register(_Standing(bot))
        ProcessCollector(registry=self._registry)

    def answer(self, told: Told) -> None:
        """Count an answer."""
        reply, channel = told.reply, told.known_channel
        outcome = "error" if reply.error else "answered" if reply.answered else "unanswered"
        self._answers.labels(channel, reply.task, outcome).inc()
        self._seconds.labels(channel).observe(reply.latency_ms / 1000)
        if told.kind:
            self._errors.labels(told.kind).inc()
        if reply.tokens.input or reply.tokens.output:
            model = self._model(reply.model)
            self._tokens.labels(model, "input").inc(reply.tokens.input)
            self._tokens.labels(model, "output").inc(reply.tokens.output)
            self._cost.labels(model).inc(reply.cost_usd or 0.0)

    def page(self) -> bytes:
        """Return all figures in Prometheus' text form."""
        return bytes(generate_latest(self._registry))

    def _model(self, name: str) -> str:
        if name not in self._models and len(self._models) >= MOST_MODELS:
            return OTHER
        self._models.add(name)
        return name


class _Standing(Collector):
    """What is read anew for each scrape: the database, the indexes, the disk."""

    def __init__(self, bot: Watched) -> None:
        self._bot = bot

    def collect(self) -> "Iterator[Metric]":
        """Yield the figures; without the database those that do not come from it."""
        try:
            with self._bot.sessions() as session:
                found = standing.read(session, self._bot.clock().date())
        except DapbotError as error:
            log.warning("the figures lack what the database says: %s", error)
            found = None
        yield _gauge("database_up", "Whether the database answers.", found is not None)
        if found is not None:
            yield from self._rows(found)
        yield from self._indexes()
        yield _gauge("disk_free_bytes", "Room left on the data folder's disk.", _free(self._bot))
        yield _gauge(
            "database_log_bytes", "Size of SQLite's log file.", standing.log_bytes(self._bot.sessions.kw["bind"])
        )

    def _rows(self, found: standing.Standing) -> "Iterator[Metric]":
        yield _by("inbox_rows", "Messages in the inbox, by state.", "state", found.inbox)
        yield _gauge("inbox_oldest_seconds", "How long the oldest open message has waited.", found.oldest)
        yield _gauge("inbox_leased", "Messages that a worker has now.", found.leased)
        yield _gauge("inbox_paused", "Whether the inbox is paused.", found.paused)
        yield _by("processes", "Processes seen of late, by what they are.", "role", found.processes)
        for name, value in found.used.items():
            yield _gauge(f"today_{name}", "What all processes have answered and used today.", value)
        yield _gauge("change", "The change number of the documents.", found.change)
        followed = self._bot.library.followed
        yield _gauge("index_lag", "Changes that this process's indexes do not follow yet.", found.change - followed)
        for name, moment in (("retention", found.retained), ("backup", found.backed_up)):
            if moment is not None:
                yield _gauge(f"{name}_last_timestamp_seconds", f"When the last {name} ended.", moment.timestamp())

    def _indexes(self) -> "Iterator[Metric]":
        states = self._bot.knowledge.ready()
        ready = {leg: float(state == "ready") for leg, state in states.items() if not state.startswith(NOT_NEEDED)}
        yield _by("index_ready", "Whether a leg of the search is loaded and whole.", "leg", ready)


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"dapbot_{name}", about, value=float(value))


def _by(name: str, about: str, label: str, values: "standing.Counts") -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"dapbot_{name}", about, labels=[label])
    for key, value in values.items():
        family.add_metric([key], float(value))
    return family


def _free(bot: Watched) -> float:
    return float(shutil.disk_usage(bot.settings.data).free)
