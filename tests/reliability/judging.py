"""The judge: what was acknowledged, against what the receiver saw. The tables of the bot are not asked."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Given:
    """A message: delivered from ``started`` on, acknowledged at ``acked``, in seconds since 1970."""

    n: int
    conversation: str
    started: float
    acked: float


@dataclass(frozen=True)
class Verdict:
    """``latencies`` from the acknowledgement to the first time the whole reply was there, sorted, in seconds."""

    accepted: int
    replied: int
    lost: tuple[int, ...]
    doubled: tuple[int, ...]
    """Messages to which people see more than one reply, or one that was begun and left."""
    astray: tuple[int, ...]
    """Replies that stand in another conversation than the message."""
    order_violations: int
    latencies: tuple[float, ...]
    first: float
    last: float

    def at(self, share: float) -> float:
        """Return the latency that this share of the messages stays below."""
        return share_of(self.latencies, share)


def share_of(values: Sequence[float], share: float) -> float:
    """Return the value of sorted ones that this share stays below; 0 where there are none."""
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def read_lines(file: Path) -> list[dict[str, Any]]:
    """Return the lines of a file that others append to; a line that is not whole yet, or never will be, is left out."""
    if not file.exists():
        return []
    found = []
    for line in file.read_bytes().split(b"\n")[:-1]:
        try:
            found.append(json.loads(line))
        except ValueError:  # a writer was killed within it
            continue
    return found


def given(lines: Iterable[Mapping[str, Any]]) -> dict[int, Given]:
    """Return what was acknowledged, by number.

    One that was delivered several times counts as delivered the first time, although nobody acknowledged that: it may
    have been accepted then.
    """
    found: dict[int, Given] = {}
    started: dict[int, float] = {}
    for line in lines:
        n = int(line["n"])
        started.setdefault(n, float(line["started"]))
        if line["what"] == "acked" and n not in found:
            found[n] = Given(n, str(line["conversation"]), started[n], float(line["acked"]))
    return found


def judge(messages: Mapping[int, Given], seen: Iterable[Mapping[str, Any]], set_aside: Collection[int] = ()) -> Verdict:
    """Compare what was acknowledged with what the receiver wrote down, in its order.

    ``set_aside`` are messages that were given up and retried: those behind them did not wait.
    """
    posts: dict[int, dict[str, bool]] = defaultdict(dict)  # message -> reference -> whether the whole reply is there
    whole: dict[int, float] = {}
    shown: dict[int, int] = {}
    astray = set()
    for place, line in enumerate(seen):
        n, finished = int(line["n"]), line["what"] in ("post", "finish")
        shown.setdefault(n, place)
        posts[n][line["reference"]] = posts[n].get(line["reference"], False) or finished
        if finished:
            whole.setdefault(n, float(line["at"]))
        if n in messages and messages[n].conversation != line["conversation"]:
            astray.add(n)
    late = sorted(whole[n] - messages[n].acked for n in whole if n in messages)
    return Verdict(
        accepted=len(messages),
        replied=len(whole.keys() & messages.keys()),
        lost=tuple(sorted(messages.keys() - whole.keys())),
        doubled=tuple(sorted(n for n, references in posts.items() if len(references) > 1)),
        astray=tuple(sorted(astray)),
        order_violations=_violations([each for each in messages.values() if each.n not in set_aside], shown),
        latencies=tuple(late),
        first=min((each.started for each in messages.values()), default=0.0),
        last=max(whole.values(), default=0.0),
    )


def _violations(messages: Iterable[Given], shown: Mapping[int, int]) -> int:
    """Count the replies shown before that of a message which was acknowledged before theirs was even delivered."""
    conversations: dict[str, list[Given]] = defaultdict(list)
    for each in messages:
        if each.n in shown:
            conversations[each.conversation].append(each)
    return sum(
        any(other.acked <= each.started and shown[other.n] > shown[each.n] for other in several)
        for several in conversations.values()
        for each in several
    )
