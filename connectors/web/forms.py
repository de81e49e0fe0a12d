"""Forms as browsers send them, with the files in them under names that lead nowhere."""

import unicodedata
from pathlib import PurePosixPath
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.phrases import say
from connectors.web.refusals import Refused
from knowledge.language import Language

MOST_FILES = 100
FILE_BYTES = 20_000_000
LONGEST_NAME = 200
MOST_FOLDERS = 20

NamedBytes = tuple[str, bytes]


async def form_of(request: Request) -> FormData:
    """Return a form, its files included.

    Raises:
        Refused: 415, it is no form; 400, it did not arrive whole; 422, too many files.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise Refused(415, "web.refused.form")
    try:
        return await request.form(max_files=MOST_FILES, max_fields=MOST_FILES)
    except Refused:
        raise
    except HTTPException as error:  # the framework's, in English: broken boundaries, too many parts
        if "Too many" in str(error.detail):
            raise Refused(422, "web.upload.too_many", limit=MOST_FILES) from error
        raise Refused(400, "web.upload.broken") from error


async def files_in(form: FormData, language: Language) -> tuple[list[NamedBytes], list[dict[str, Any]]]:
    """Return the files of a form that are small enough, and a result for each that is not.

    Raises:
        Refused: 422, there is none.
    """
    try:
        return await _read(form, language)
    finally:
        await form.close()


async def _read(form: FormData, language: Language) -> tuple[list[NamedBytes], list[dict[str, Any]]]:
    files: list[NamedBytes] = []
    refused: list[dict[str, Any]] = []
    uploads = [each for _, each in form.multi_items() if isinstance(each, UploadFile) and each.filename]
    paths = [value for value in form.getlist("path") if isinstance(value, str)]
    names = [plain_path(path) for path in paths] if len(paths) == len(uploads) else []
    for at, upload in enumerate(uploads):
        name = names[at] if names else plain_name(upload.filename or "")
        if (upload.size or 0) > FILE_BYTES:
            message = say("web.upload.too_large", language, name=name, limit=FILE_BYTES // 1_000_000)
            refused.append({"name": name, "state": "unreadable", "message": message})
        else:
            files.append((name, await upload.read()))
    if not files and not refused:
        raise Refused(422, "web.upload.no_file")
    return files, refused


def plain_name(name: str) -> str:
    """Return a file's name without folders and control characters, composed (a Mac sends Hangul in pieces)."""
    last = PurePosixPath(name.replace("\\", "/")).name
    printable = "".join(c for c in last if c.isprintable())
    return unicodedata.normalize("NFC", printable).strip()[:LONGEST_NAME] or "file"


def plain_path(path: str) -> str:
    """Return a file's name with the folders it is in, none of which leads anywhere else."""
    parts = [part for part in path[:4_000].replace("\\", "/").split("/") if part.strip(" .")]
    return "/".join(plain_name(part) for part in parts[-MOST_FOLDERS:]) or "file"
