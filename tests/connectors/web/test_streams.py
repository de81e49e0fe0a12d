"""Blocking work followed as server-sent events: in order, kept alive, stopped when nobody reads."""

import asyncio
import threading
from collections.abc import Generator

import pytest

from connectors.web.refusals import Refused
from connectors.web.streams import Sent, Streams


def _fault(error: Exception) -> Sent:
    return "error", {"error": str(error)}


async def _read(streams: Streams, work: Generator[Sent, None, None], most: int = 100) -> list[str]:
    lines: list[str] = []
    async for chunk in streams.response(work, _fault).body_iterator:
        lines.append(str(chunk))
        if len(lines) == most:
            break
    return lines


def test_events_come_in_order_and_korean_stays_readable() -> None:
    def work() -> Generator[Sent, None, None]:
        yield "status", {"text": "찾고 있어요"}
        yield "text", {"text": "줄\n바꿈"}

    lines = asyncio.run(_read(Streams(), work()))
    assert lines[1:] == [
        'event: status\ndata: {"text": "찾고 있어요"}\n\n',
        'event: text\ndata: {"text": "줄\\n바꿈"}\n\n',
    ]


def test_an_error_of_the_work_is_the_last_event() -> None:
    def work() -> Generator[Sent, None, None]:
        yield "status", {"text": "1"}
        raise ZeroDivisionError("boom")

    assert asyncio.run(_read(Streams(), work()))[-1] == 'event: error\ndata: {"error": "boom"}\n\n'


def test_silence_is_filled_with_comments() -> None:
    ready = threading.Event()

    def work() -> Generator[Sent, None, None]:
        ready.wait(10)
        yield "done", {}

    async def read() -> list[str]:
        lines = []
        async for chunk in Streams(beat=0.02).response(work(), _fault).body_iterator:
            lines.append(str(chunk))
            if str(chunk).startswith(": still"):
                ready.set()
        return lines

    lines = asyncio.run(read())
    assert ": still working\n\n" in lines
    assert lines[-1].startswith("event: done")


def test_work_stops_when_the_reader_goes() -> None:
    closed = threading.Event()
    going_on = threading.Event()

    def work() -> Generator[Sent, None, None]:
        try:
            while True:
                going_on.wait(0.01)
                yield "text", {"text": "x"}
        finally:
            closed.set()

    async def leave() -> bool:
        body = Streams().response(work(), _fault).body_iterator
        await anext(aiter(body))
        await anext(aiter(body))
        await body.aclose()  # type: ignore[union-attr]
        return await asyncio.to_thread(closed.wait, 5)

    assert asyncio.run(leave())


def test_no_more_than_the_most_at_once_and_none_after_the_end() -> None:
    hold = threading.Event()

    def work() -> Generator[Sent, None, None]:
        hold.wait(10)
        yield "done", {}

    async def fill() -> None:
        streams = Streams(most=2)
        streams.response(work(), _fault)
        streams.response(work(), _fault)
        with pytest.raises(Refused) as refused:
            streams.response(work(), _fault)
        assert refused.value.status_code == 503
        hold.set()

    async def closed() -> None:
        streams = Streams()
        streams.close()
        with pytest.raises(Refused):
            streams.response(work(), _fault)

    asyncio.run(fill())
    asyncio.run(closed())


def test_closing_ends_readers_at_once_though_the_work_still_waits() -> None:
    hold = threading.Event()

    def work() -> Generator[Sent, None, None]:
        hold.wait(10)
        yield "done", {}

    async def read() -> list[str]:
        streams = Streams()
        reading = asyncio.create_task(_read(streams, work()))
        await asyncio.sleep(0.05)
        streams.close()
        return await asyncio.wait_for(reading, 2)

    try:
        assert asyncio.run(read()) == [": ok\n\n"]
    finally:
        hold.set()
