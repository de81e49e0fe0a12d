"""The judge and the receiver are right themselves: a harness that cannot see a fault proves nothing."""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.channels import ChannelError, Delivery
from bot.messages import Event, Message, Reply
from tests.reliability.channel import ReceiverChannel
from tests.reliability.judging import given, judge, read_lines
from tests.reliability.receiver import Manners, receiving
from tests.reliability.supervising import Supervisor


def acked(n: int, conversation: str, started: float, at: float) -> dict[str, Any]:
    return {"what": "acked", "n": n, "conversation": conversation, "started": started, "acked": at}


def post(n: int, conversation: str, reference: str, at: float, what: str = "post") -> dict[str, Any]:
    return {"what": what, "n": n, "conversation": conversation, "reference": reference, "at": at}


GIVEN = given([acked(0, "a", 1.0, 1.1), acked(1, "a", 1.2, 1.3), acked(2, "b", 1.2, 1.4)])


def test_all_is_well() -> None:
    verdict = judge(GIVEN, [post(2, "b", "1", 2.0), post(0, "a", "2", 2.1), post(1, "a", "3", 2.3)])
    assert (verdict.accepted, verdict.replied, verdict.lost, verdict.doubled) == (3, 3, (), ())
    assert (verdict.order_violations, verdict.astray) == (0, ())
    assert [round(each, 3) for each in verdict.latencies] == [0.6, 1.0, 1.0]


def test_a_loss_a_double_and_a_stray_are_seen() -> None:
    verdict = judge(GIVEN, [post(0, "b", "1", 2.0), post(2, "b", "2", 2.1), post(2, "b", "3", 2.3)])
    assert (verdict.lost, verdict.doubled, verdict.astray) == ((1,), (2,), (0,))


def test_what_was_accepted_later_must_not_be_shown_earlier() -> None:
    verdict = judge(GIVEN, [post(1, "a", "1", 2.0), post(0, "a", "2", 2.1), post(2, "b", "3", 2.3)])
    assert verdict.order_violations == 1


def test_what_was_delivered_at_the_same_time_has_no_order() -> None:
    both = given([acked(0, "a", 1.0, 1.5), acked(1, "a", 1.2, 1.3)])
    assert judge(both, [post(1, "a", "1", 2.0), post(0, "a", "2", 2.1)]).order_violations == 0


def test_what_was_tried_before_counts_from_then() -> None:
    """It may have been accepted the first time, when its sender was killed before it knew."""
    lines = [{"what": "tried", "n": 1, "conversation": "a", "started": 0.9}, *[acked(0, "a", 1.0, 1.1)]]
    both = given([*lines, acked(1, "a", 1.2, 1.3)])
    assert judge(both, [post(1, "a", "1", 2.0), post(0, "a", "2", 2.1)]).order_violations == 0


def test_one_that_was_begun_and_left_is_a_double() -> None:
    seen = [post(2, "b", "1", 2.0, "begin"), post(2, "b", "2", 2.1, "begin"), post(2, "b", "2", 2.2, "finish")]
    verdict = judge(GIVEN, seen)
    assert (verdict.doubled, verdict.lost) == ((2,), (0, 1))
    assert judge(GIVEN, seen[:1]).lost == (0, 1, 2)


def test_a_line_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "seen.jsonl"
    assert read_lines(file) == []
    file.write_bytes(b'{"n": 1}\n{"n":\n{"n": 2}\n{"n": 3')
    assert read_lines(file) == [{"n": 1}, {"n": 2}]


# --- the processes ----------------------------------------------------------------------------------------------


@pytest.fixture
def over(tmp_path: Path) -> tuple[Supervisor, list[str]]:
    """Two processes that have ended by themselves, which nobody has noticed yet; and the list of those noticed."""
    noticed: list[str] = []
    processes = Supervisor(tmp_path, lambda name, _: noticed.append(name))
    for name in ("a", "b"):
        processes.start(name, "judging", {})
        os.waitid(os.P_PID, processes.pid(name), os.WEXITED | os.WNOWAIT)
    return processes, noticed


def test_who_ended_a_moment_before_can_be_killed_all_the_same(over: tuple[Supervisor, list[str]]) -> None:
    processes, noticed = over
    assert processes.end("a") == 0
    assert (processes.running(), noticed) == ([], ["b"])


def test_nobody_is_started_again_when_all_are_ended(over: tuple[Supervisor, list[str]]) -> None:
    processes, noticed = over
    processes.end_all()
    assert (processes.running(), noticed) == ([], [])


# --- the receiver -----------------------------------------------------------------------------------------------


def delivery(n: int = 1, key: str = "k1", conversation: str = "c", **more: Any) -> Delivery:
    return Delivery(key, Message("안녕하세요", "receiver", conversation), {"n": n}, **more)


Opener = Callable[..., ReceiverChannel]
REPLY = Reply("a", "c", "반갑습니다", answered=True, confidence=1.0, task="smalltalk", language="ko")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "seen.jsonl"


@pytest.fixture
def address(file: Path) -> Iterator[str]:
    with receiving(file, Manners(before=0, after=0, lookup=0)) as where:
        yield where


@pytest.fixture
def opened() -> Iterator[Opener]:
    """Opens channels that are closed at the end."""
    with ExitStack() as channels:
        yield lambda where, **more: channels.enter_context(ReceiverChannel(where, **more))


def test_a_reply_is_written_down_and_found(file: Path, address: str, opened: Opener) -> None:
    channel = opened(address)
    assert channel.find(delivery()) is None
    reference = channel.send(delivery(), REPLY)
    assert channel.find(delivery()) == reference
    assert channel.find(delivery(key="k2")) is None
    assert channel.send(delivery(reference=reference), REPLY) == reference
    seen = read_lines(file)
    assert [(line["what"], line["text"]) for line in seen] == [("post", "반갑습니다"), ("finish", "반갑습니다")]
    assert judge(given([acked(1, "c", 0.0, 0.0)]), seen).doubled == ()
    assert opened(address, forgetful=True).find(delivery()) is None


def test_a_stream_has_a_key_when_it_is_finished(file: Path, address: str, opened: Opener) -> None:
    channel = opened(address, streams=True)
    stream = channel.open_stream(delivery())
    assert stream is not None
    stream.show(Event("text", "반갑"))
    assert channel.find(delivery()) == stream.reference  # begun here, and nobody's
    assert channel.find(delivery(key="k2", conversation="d")) is None
    assert channel.find(delivery(sent_after=time.time() + 1)) is None
    stream.finish(REPLY)
    assert channel.find(delivery(key="k2")) is None
    assert channel.find(delivery(conversation="d")) == stream.reference
    assert [line["what"] for line in read_lines(file)] == ["begin", "show", "finish"]
    assert opened(address).open_stream(delivery()) is None


def test_a_look_up_may_lag(file: Path, opened: Opener) -> None:
    with receiving(file, Manners(before=0, after=0, lookup=0, lag=0.3)) as address:
        reference = opened(address).send(delivery(), REPLY)
        assert opened(address).find(delivery()) is None
        assert opened(address, lag=0.35).find(delivery()) == reference


@pytest.mark.parametrize(
    ("manners", "written", "wait", "permanent"),
    [
        (Manners(limited=1, retry_after=7), 0, 7.0, False),
        (Manners(broken=1), 0, None, False),
        (Manners(forgotten=1), 1, None, False),
    ],
)
def test_a_receiver_says_no(
    file: Path, opened: Opener, manners: Manners, written: int, wait: float | None, permanent: bool
) -> None:
    with receiving(file, manners) as address:
        with pytest.raises(ChannelError) as refused:
            opened(address).send(delivery(), REPLY)
        assert (refused.value.retry_after, refused.value.permanent) == (wait, permanent)
        assert len(read_lines(file)) == written


def test_a_place_that_is_not_there_and_a_receiver_that_is_gone(address: str, opened: Opener) -> None:
    with pytest.raises(ChannelError) as refused:
        opened(address).send(delivery(reference="999"), REPLY)
    assert refused.value.permanent
    with pytest.raises(ChannelError) as gone:
        opened("http://127.0.0.1:9").send(delivery(), REPLY)
    assert not gone.value.permanent


def test_many_at_once_are_all_written(file: Path, address: str, opened: Opener) -> None:
    channel = opened(address)

    def several(thread: int) -> None:
        for each in range(20):
            channel.send(delivery(n=20 * thread + each, key=f"{thread}-{each}"), REPLY)

    threads = [threading.Thread(target=several, args=(each,)) for each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = file.read_bytes().splitlines()
    assert {json.loads(line)["n"] for line in lines} == set(range(160))
    assert len(lines) == 160
