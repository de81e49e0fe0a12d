"""The OpenAPI description of the API: what FastAPI knows of it, and how every address says no."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

ERROR = "Error"
ERRORS = {
    "4XX": "The request cannot be carried out; `error` says why, in the language of `Accept-Language`.",
    "5XX": "The server cannot carry it out now; `error` says why.",
}

JSON, EVENTS, CSV = "application/json", "text/event-stream", "text/csv"
MEDIA: dict[str, tuple[str, ...]] = {
    "POST /api/v1/ask": (JSON, EVENTS),
    "POST /api/v1/knowledge": (JSON, EVENTS),
    "POST /api/v1/knowledge/publish": (JSON, EVENTS),
    "POST /api/v1/knowledge/check": (EVENTS,),
    "POST /api/v1/golden/check": (EVENTS,),
    "POST /api/v1/knowledge/staged/{version}/trial": (EVENTS,),
    "GET /api/v1/knowledge/{document}/file": ("*/*",),
    "GET /api/v1/conversations/export": (CSV, "application/x-ndjson"),
    "GET /metrics": ("text/plain",),
}
"""What an address gives, where it is something else than JSON: of two, the request's `Accept` chooses."""


def describe(app: FastAPI) -> None:
    """Have the application give this description at its address."""

    def described() -> dict[str, Any]:
        if not app.openapi_schema:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign] # FastAPI's own way to another description


def _described(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):  # a wrong body is told in our own words
        schemas.pop(name, None)
    schemas[ERROR] = {
        "type": "object",
        "required": ["error"],
        "properties": {"error": {"type": "string", "description": "One sentence, for whoever must act."}},
    }
    content = {JSON: {"schema": {"$ref": f"#/components/schemas/{ERROR}"}}}
    for label, operation in _operations(found):
        responses = operation["responses"]
        if label in MEDIA:
            said = responses.setdefault("200", {"description": "The work, event by event."})
            said["content"] = {media: {} for media in MEDIA[label]}
        responses.pop("422", None)
        responses |= {status: {"description": said, "content": content} for status, said in ERRORS.items()}
    return found


def _operations(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in found["paths"].items():
        yield from ((f"{method.upper()} {path}", operation) for method, operation in methods.items())
