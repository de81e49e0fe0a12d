"""Loopback servers that speak the protocols of Anthropic, Google and Ollama, as far as their clients ask.

with ProviderServer("anthropic", [Fail(429), Say("3일 [1]")]) as server:
    settings = Settings(llm="anthropic:claude-haiku-4-5", anthropic_base_url=server.url, ...)
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tests.servers.openai import Behaviour, Cut, Garbage, OpenAIServer, Say, send, send_stream

Pieces = Callable[[str, int], list[str]]


class ProviderServer(OpenAIServer):
    """Plays the same behaviours as the OpenAI server, in another provider's words."""

    def __init__(self, provider: str, behaviours: Iterable[Behaviour] = (Say("안녕하세요. [1]"),)) -> None:
        super().__init__(behaviours)
        self._spoken_by, self._kind = SPEAKS[provider]

    @property
    def url(self) -> str:
        return super().url.removesuffix("/v1")

    def _play(self, handler: Any, behaviour: Behaviour, body: dict[str, Any]) -> None:
        if isinstance(behaviour, Garbage):
            send(handler, 200, behaviour.body, behaviour.kind)
        elif isinstance(behaviour, Say):
            lines = self._paused(self._spoken_by(behaviour), behaviour)
            send_stream(handler, lines, clean=True, kind=self._kind)
        elif isinstance(behaviour, Cut):
            told = [*self._spoken_by(Say(behaviour.text, behaviour.piece))]
            lines = (line for line in told[: max(2, len(told) // 2)])
            send_stream(handler, lines, clean=behaviour.clean, kind=self._kind)
        else:
            super()._play(handler, behaviour, body)

    def _paused(self, lines: Iterable[str], say: Say) -> Iterator[str]:
        self._stopped.wait(say.wait)
        for line in lines:
            yield line
            self._stopped.wait(say.pause)


def _pieces(say: Say) -> list[str]:
    return [say.text[start : start + say.piece] for start in range(0, len(say.text), say.piece)]


def _anthropic(say: Say) -> list[str]:
    read, written = say.usage
    usage = {
        "input_tokens": read - say.cached - say.stored,
        "cache_read_input_tokens": say.cached,
        "cache_creation_input_tokens": say.stored,
        "output_tokens": written,
    }
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude", "content": []}
    events: list[dict[str, Any]] = [
        {"type": "message_start", "message": message | {"stop_reason": None, "usage": usage | {"output_tokens": 1}}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *(
            {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": piece}}
            for piece in _pieces(say)
        ),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": _reason(say, "end_turn", "max_tokens")}, "usage": usage},
        {"type": "message_stop"},
    ]
    return [f"event: {event['type']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n" for event in events]


def _google(say: Say) -> list[str]:
    read, written = say.usage
    counted = {"promptTokenCount": read, "candidatesTokenCount": written, "totalTokenCount": read + written}
    pieces = [{"candidates": [{"content": {"role": "model", "parts": [{"text": piece}]}}]} for piece in _pieces(say)]
    last: dict[str, Any] = {
        "candidates": [
            {"content": {"role": "model", "parts": [{"text": ""}]}, "finishReason": _reason(say, "STOP", "MAX_TOKENS")}
        ],
        "usageMetadata": counted | {"cachedContentTokenCount": say.cached},
    }
    return [f"data: {json.dumps(piece, ensure_ascii=False)}\r\n\r\n" for piece in [*pieces, last]]


def _ollama(say: Say) -> list[str]:
    read, written = say.usage
    head = {"model": "exaone", "created_at": "2026-11-25T00:00:00Z"}
    lines: list[dict[str, Any]] = [
        head | {"message": {"role": "assistant", "content": piece}, "done": False} for piece in _pieces(say)
    ]
    lines.append(
        head
        | {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": _reason(say, "stop", "length")}
        | {"prompt_eval_count": read, "eval_count": written}
    )
    return [json.dumps(line, ensure_ascii=False) + "\n" for line in lines]


def _reason(say: Say, stop: str, cut: str) -> str:
    return cut if say.finish == "length" else stop


SPEAKS: dict[str, tuple[Callable[[Say], list[str]], str]] = {
    "anthropic": (_anthropic, "text/event-stream"),
    "google_genai": (_google, "text/event-stream"),
    "ollama": (_ollama, "application/x-ndjson"),
}
