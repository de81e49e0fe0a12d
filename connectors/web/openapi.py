"""The OpenAPI description as rows for a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One value that a request carries."""

    name: str
    type: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address and method; ``media`` is the type of its body, "" without one."""

    method: str
    path: str
    summary: str
    description: str
    media: str
    fields: tuple[Field, ...]


def operations(description: Mapping[str, Any]) -> list[Operation]:
    """Return every operation of an OpenAPI description, in its order."""
    schemas = description.get("components", {}).get("schemas", {})
    return [
        _operation(method.upper(), path, about, schemas)
        for path, methods in description["paths"].items()
        for method, about in methods.items()
    ]


def _operation(method: str, path: str, about: Mapping[str, Any], schemas: Mapping[str, Any]) -> Operation:
    content = about.get("requestBody", {}).get("content", {})
    media = next(iter(content), "")
    schema = content[media]["schema"] if media else {}
    schema = schemas.get(schema.get("$ref", "").rpartition("/")[2], schema)
    fields = (*_parameters(about), *_fields(schema))
    return Operation(method, path, about.get("summary", ""), about.get("description", ""), media, fields)


def _parameters(about: Mapping[str, Any]) -> Iterator[Field]:
    for parameter in about.get("parameters", ()):
        kind = _type(parameter.get("schema", {}))
        yield Field(parameter["name"], kind, parameter.get("required", False), parameter.get("description", ""))


def _fields(schema: Mapping[str, Any]) -> Iterator[Field]:
    required = schema.get("required", ())
    for name, about in schema.get("properties", {}).items():
        yield Field(name, _type(about), name in required, about.get("description", ""))


def _type(schema: Mapping[str, Any]) -> str:
    """Return a JSON schema's type in a few words: ``"ko" | "en"``, ``string[]``."""
    if "anyOf" in schema:
        return " | ".join(_type(each) for each in schema["anyOf"] if each.get("type") != "null")
    if "enum" in schema or "const" in schema:
        values = schema.get("enum") or [schema["const"]]
        return " | ".join(f'"{value}"' if isinstance(value, str) else str(value) for value in values)
    if schema.get("type") == "array":
        return f"{_type(schema.get('items', {}))}[]"
    return str(schema.get("format") if schema.get("format") == "binary" else schema.get("type", "any"))
