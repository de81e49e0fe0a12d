"""`/slack/events`: what Slack sends over HTTP, where no Socket Mode is set up; its signature is checked by the app."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

PATH = "/slack/events"

MOST = 1_000_000
"""Bytes of one request: Slack's are much smaller."""

Answer = Callable[[str, Mapping[str, str]], tuple[int, str, Mapping[str, str]]]
"""Takes a request's body and headers; returns status, body and headers of what is said."""

router = APIRouter(include_in_schema=False)


@router.post(PATH)
async def take(request: Request) -> Response:
    """Hand a request of Slack's to the app; 404 where Slack is not set up for HTTP."""
    answer: Answer | None = request.app.state.events
    if answer is None:
        return Response(status_code=404)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST:
            return Response(status_code=413)
    status, said, headers = await run_in_threadpool(answer, body.decode("utf-8", "replace"), dict(request.headers))
    return Response(said, status_code=status, headers=dict(headers))
