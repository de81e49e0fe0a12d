"""Blocking work, followed from the event loop as server-sent events.

The bot is synchronous: an answer is an iterator that waits for indexes and models. Each runs in a thread of its own,
so that many waiting people starve neither the pages nor each other; it stops when its reader has gone.
"""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Generator
from typing import Any

from starlette.responses import StreamingResponse

from connectors.web.refusals import Refused

BEAT_SECONDS = 15.0
"""A silent connection is cut by proxies after about a minute; a comment line keeps it."""
MOST_STREAMS = 200

EVENT_STREAM = "text/event-stream"
Sent = tuple[str, dict[str, Any]]
"""An event's name and its data."""


class Streams:
    """The streams that are running; the server ends them when it stops."""

    def __init__(self, most: int = MOST_STREAMS, beat: float = BEAT_SECONDS) -> None:
        self.most = most
        self.beat = beat
        self._running: set[_Stream] = set()
        self._lock = threading.Lock()
        self._closed = False

    def response(self, work: Generator[Sent], fault: Callable[[Exception], Sent]) -> StreamingResponse:
        """Start ``work`` and return the response that follows it; ``fault`` words an error of the work.

        Raises:
            Refused: 503, as many as this server can follow are running, or it is stopping.
        """
        stream = _Stream(work, fault, self._forget)
        with self._lock:
            if self._closed or len(self._running) >= self.most:
                raise Refused(503, "web.refused.busy")
            self._running.add(stream)
        stream.start()
        headers = {"x-accel-buffering": "no"}  # nginx would hold the sentences back
        return StreamingResponse(stream.lines(self.beat), media_type=EVENT_STREAM, headers=headers)

    def close(self) -> None:
        """End every stream at its next event; no new one begins."""
        with self._lock:
            self._closed = True
            running = list(self._running)
        for stream in running:
            stream.stop()

    def _forget(self, stream: "_Stream") -> None:
        with self._lock:
            self._running.discard(stream)


class _Stream:
    def __init__(self, work: Generator[Sent], fault: Callable[[Exception], Sent], ended: Callable[["_Stream"], None]):
        self.work = work
        self.fault = fault
        self.ended = ended
        self.loop = asyncio.get_running_loop()
        self.queue: asyncio.Queue[Sent | None] = asyncio.Queue()
        self.stopped = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._run, name="answer", daemon=True).start()

    def stop(self) -> None:
        """Stop the work at its next event, and its reader now."""
        self.stopped.set()
        self._hand_over(None)

    async def lines(self, beat: float) -> AsyncIterator[str]:
        """Yield the events as lines of the protocol, a comment after each ``beat`` seconds of silence."""
        try:
            yield ": ok\n\n"  # sends the headers at once
            while True:
                try:
                    sent = await asyncio.wait_for(self.queue.get(), beat)
                except TimeoutError:
                    yield ": still working\n\n"
                    continue
                if sent is None:
                    return
                yield f"event: {sent[0]}\ndata: {json.dumps(sent[1], ensure_ascii=False)}\n\n"
        finally:
            self.stopped.set()

    def _run(self) -> None:
        try:
            for sent in self.work:
                if self.stopped.is_set():
                    break
                self._hand_over(sent)
        except Exception as error:  # noqa: BLE001 - the edge of the connector: the reader gets a sentence, the log the rest
            self._hand_over(self.fault(error))
        finally:
            self.work.close()
            self._hand_over(None)
            self.ended(self)

    def _hand_over(self, sent: Sent | None) -> None:
        try:
            self.loop.call_soon_threadsafe(self.queue.put_nowait, sent)
        except RuntimeError:  # the loop has ended, and with it whoever read this
            self.stopped.set()
