"""What one run of the harness does: the options of ``python -m tests.reliability`` and their defaults."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any


def _option(default: Any, help_text: str, **more: Any) -> Any:
    return field(default=default, metadata={"help": help_text, **more})


@dataclass(frozen=True)
class Plan:
    """One run."""

    db: str = _option("sqlite", "where the rows are", choices=("sqlite", "pg"))
    messages: int = _option(500, "messages that are delivered")
    conversations: int = _option(25, "conversations they belong to")
    kills: int = _option(10, "processes that are killed (-9) at random moments; every fifth is one that accepts")
    seed: int = _option(7, "what the random moments follow")
    workers: int = _option(2, "worker processes")
    threads: int = _option(8, "threads of each")
    producers: int = _option(1, "processes that accept messages")
    rate: float = _option(0.0, "messages a second; 0: as fast as they are accepted")
    task: str = _option(
        "answer",
        "answer: the whole way with search and a scripted model; smalltalk: without both; null: nothing but a pause",
        choices=("answer", "smalltalk", "null"),
    )
    model: float = _option(0.02, "seconds that the model, or null, takes")
    stop: float = _option(0.0, "seconds that a worker is frozen")
    stops: int = _option(1, "how often, where --stop is given")
    inside: bool = _option(False, "freeze it inside a send, not while a model writes")
    restart_db: int = _option(0, "restarts of PostgreSQL (-m immediate); on SQLite another process locks the file, 2 s")
    fault: str = _option(
        "", "workers end at this point, at each of their first --kills starts; all: each point in turn"
    )
    poison: int = _option(-1, "this message ends whatever process is about to send its reply")
    die_for_good: bool = _option(False, "one worker is killed and not started again")
    no_ask: bool = _option(False, "the channel cannot be asked, and says so (repeats_possible)")
    forgetful: bool = _option(False, "the channel is asked and finds nothing, which is a bug: must be seen")
    at_most_once: bool = _option(False, "the workers say done before the work, which is a bug: must be seen")
    stream: bool = _option(False, "replies are shown while they are written")
    lease: float = _option(3.0, "seconds after which a silent worker's rows go to others")
    limited: float = _option(0.0, "share of the sends that the receiver refuses with 429")
    broken: float = _option(0.0, "share that it answers with 500, nothing written")
    forgotten: float = _option(0.0, "share that it writes and answers with 500")
    retry_after: float = _option(1.0, "what the 429 says")
    lag: float = _option(0.0, "seconds before a look-up finds what was sent")
    before: float = _option(0.003, "seconds before the receiver writes")
    after: float = _option(0.005, "seconds after it")
    delay: float = _option(0.0, "seconds that a reply waits in the worker before it is let out")
    patience: float = _option(120.0, "seconds without any progress after which the run is given up")
    keep: str = _option("", "folder to keep, for a closer look")


def parsed(words: Sequence[str] | None = None) -> Plan:
    """Return the plan that a command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.reliability",
        description="Deliver messages, kill and freeze what answers them, and judge by what arrived.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    for each in fields(Plan):
        name, more = f"--{each.name.replace('_', '-')}", dict(each.metadata)
        kind: dict[str, Any] = {"action": "store_true"} if each.default is False else {"type": type(each.default)}
        parser.add_argument(name, default=each.default, help=more.pop("help"), **kind, **more)
    return Plan(**vars(parser.parse_args(words)))
