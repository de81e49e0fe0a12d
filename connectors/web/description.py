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
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{ERROR}"}}}
    for operation in _operations(found):
        responses = operation["responses"]
        responses.pop("422", None)
        responses |= {status: {"description": said, "content": content} for status, said in ERRORS.items()}
    return found


def _operations(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in found["paths"].values():
        yield from methods.values()
