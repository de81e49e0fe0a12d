"""`compose.yaml` and the `Dockerfile` name only what exists. Docker itself is not asked: it need not be there."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.database.engine import database_url
from bot.settings import VARIABLES, Settings
from connectors.web import gate
from tests.test_documents import problem_with

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE_TEXT = (ROOT / "compose.yaml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
SERVICES: dict[str, Any] = COMPOSE["services"]
CHROMA_HEARTBEAT = "/api/v2/heartbeat"


def commands() -> dict[str, list[str]]:
    return {name: service["command"] for name, service in SERVICES.items() if "command" in service}


def test_commands_and_flags_exist() -> None:
    words = [each for each in commands().values() if each[0] == "dapbot"]
    assert ["dapbot", "worker"] in words
    problems = {" ".join(each): problem_with(each[1:]) for each in words}
    assert {line: problem for line, problem in problems.items() if problem} == {}


def test_settings_exist() -> None:
    named = set(re.findall(r"\b(?:DAPBOT|OPENAI|ANTHROPIC)_[A-Z_]+\b", COMPOSE_TEXT + DOCKERFILE))
    assert named - set(VARIABLES) == set()


def test_every_setting_reaches_the_containers() -> None:
    """One that is set in ``.env`` and is not handed on would be ignored without a word."""
    fixed = {"DAPBOT_DATABASE_URL", "DAPBOT_CHROMA_URL", "DAPBOT_SECRET"}
    of_the_image = {"DAPBOT_DATA", "DAPBOT_WEB_HOST", "DAPBOT_WEB_PORT", "DAPBOT_FAULT"}
    handed_on = {name for name, value in SERVICES["web"]["environment"].items() if value == f"${{{name}:-}}"}
    assert handed_on == set(VARIABLES) - fixed - of_the_image
    assert SERVICES["worker"]["environment"] == SERVICES["web"]["environment"]


def test_the_addresses_can_be_used() -> None:
    environment = SERVICES["web"]["environment"]
    address = re.sub(r"\$\{POSTGRES_PASSWORD:\?[^}]*\}", "secret", environment["DAPBOT_DATABASE_URL"])
    settings = Settings(database_url=address, chroma_url=environment["DAPBOT_CHROMA_URL"])  # type: ignore[arg-type]
    url = database_url(settings)
    assert (url.host, url.port) == ("postgres", 5432)
    assert (url.username, url.database) == tuple(
        SERVICES["postgres"]["environment"][name] for name in ("POSTGRES_USER", "POSTGRES_DB")
    )
    assert settings.chroma_url == "http://chroma:8000"
    assert commands()["chroma"][-1] == "8000"


def test_health_checks_ask_what_is_there() -> None:
    asked = re.findall(r"urlopen\('http://127\.0\.0\.1:(\d+)(/[^']*)'", DOCKERFILE + COMPOSE_TEXT)
    assert ("8000", CHROMA_HEARTBEAT) in asked
    ours = [(port, path) for port, path in asked if path != CHROMA_HEARTBEAT]
    assert ours
    assert {port for port, _ in ours} == {str(Settings().web_port)}
    assert {path for _, path in ours} <= gate.STATE


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_kept_up_and_knows_whom_to_wait_for(name: str) -> None:
    service = SERVICES[name]
    waits = service.get("depends_on", {})
    assert set(waits) <= set(SERVICES)
    for other, condition in waits.items():
        if condition["condition"] == "service_healthy":
            assert not SERVICES[other].get("healthcheck", {}).get("disable"), f"{other} cannot be healthy"
        else:
            assert SERVICES[other]["restart"] == "no", f"{other} never completes"
    assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")


def test_nothing_runs_as_root_or_is_open_to_others() -> None:
    assert re.search(r"^USER dapbot$", DOCKERFILE.partition("FROM python:${PYTHON}\n")[2], re.MULTILINE)
    for name, service in SERVICES.items():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
        assert name == "postgres" or (service["cap_drop"] == ["ALL"] and service["read_only"]), name


def test_volumes_and_secrets() -> None:
    used = {volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])
    for name in ("POSTGRES_PASSWORD", "DAPBOT_SECRET"):
        values = re.findall(rf"\$\{{{name}[^}}]*\}}", COMPOSE_TEXT)
        assert values
        assert all(":?" in value for value in values), f"{name} must be given from outside"


def test_the_image_is_made_of_what_there_is() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    kept = {line[1:] for line in ignored if line.startswith("!")}
    assert [name for name in kept if not (ROOT / name).exists()] == []
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    assert {name for line in copied for name in line.split()} - {"."} <= kept
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    for extra in re.findall(r"--extra (\w+)", DOCKERFILE):
        assert re.search(rf"^{extra} = \[", project, re.MULTILINE), extra
    makefile = (ROOT / "Makefile").read_text("utf-8")
    uv = re.search(r"^UV_VERSION := (\S+)$", makefile, re.MULTILINE)
    assert uv
    assert f"UV_VERSION={uv[1]}" in DOCKERFILE
