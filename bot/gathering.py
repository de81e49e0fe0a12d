"""The files an admin means: files as they are, folders and archives with what is in them, each under its own name."""

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UserError
from knowledge.archives import Member, members
from knowledge.entries import Note, UnreadableError
from knowledge.formats import MAX_BYTES

LONGEST_NAME = 400
_NOT_MEANT = ("Thumbs.db", "desktop.ini", "__MACOSX")

Given = Path | tuple[str, bytes]
"""A file on this machine, or one that was uploaded under a name."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A file by the name its document has, and its bytes, where they are, or why there are none."""

    name: str
    content: Path | bytes | Member | Note

    def data(self) -> bytes:
        """Return the bytes.

        Raises:
            UnreadableError: the file cannot be read, is no regular file, or is too large to be.
        """
        if isinstance(self.content, bytes):
            return self.content
        if isinstance(self.content, Note):
            raise UnreadableError(self.content.phrase, **self.content.values)
        if isinstance(self.content, Member):
            return self.content.data()
        try:
            about = self.content.stat()
            if not stat.S_ISREG(about.st_mode):
                raise UnreadableError("read.not_a_file")
            if about.st_size > MAX_BYTES:
                size, limit = round(about.st_size / 1e6, 1), MAX_BYTES // 1_000_000
                raise UnreadableError("read.too_large", size=size, limit=limit)
            return self.content.read_bytes()
        except OSError as error:
            raise UnreadableError("read.cannot_open", reason=error.strerror or str(error)) from error


def gather(paths: Iterable[Path]) -> list[Gathered]:
    """Return the files of these paths, folders and zip archives with all in them; a file given twice is taken once.

    Raises:
        UserError: a path does not exist, or there is no file in any of them.
    """
    found: dict[Path, Gathered] = {}
    for path in paths:
        if not os.path.lexists(path):
            raise UserError("library.no_path", path=path)
        for place, file in _below(path) if path.is_dir() else [(path, Gathered(path.name, path))]:
            found.setdefault(place.absolute(), file)
    if not found:
        raise UserError("library.no_files")
    return distinct(found.values())


def distinct(files: Iterable[Given | Gathered]) -> list[Gathered]:
    """Return files under names that differ: a second file of the same name is called by its folder as well.

    The members of a zip archive are called by its name and theirs: ``faq.zip/seoul/faq.csv``.
    """
    taken: set[str] = set()
    gathered = []
    for file in (each for given in files for each in _opened(_gathered(given))):
        name = document_name(file.name)
        if name in taken and isinstance(file.content, Path):
            name = document_name(f"{file.content.parent.name}/{name}")
        plain, number = name, 2
        while name in taken:
            name, number = document_name(f"{plain} ({number})"), number + 1
        taken.add(name)
        gathered.append(Gathered(name, file.content))
    return gathered


def _gathered(file: Given | Gathered) -> Gathered:
    if isinstance(file, Gathered):
        return file
    return Gathered(file.name, file) if isinstance(file, Path) else Gathered(*file)


def _opened(file: Gathered) -> Iterator[Gathered]:
    """Yield the members of an archive, or the file itself where it is none."""
    if not isinstance(file.content, Path | bytes):
        yield file
        return
    try:
        found = members(file.content)
    except UnreadableError as error:
        yield Gathered(file.name, error.note)
        return
    if found is None:
        yield file
        return
    meant = [member for member in found if all(map(_is_meant, member.name.split("/")))]
    yield from [Gathered(f"{file.name}/{member.name}", member) for member in meant]
    if not meant:
        yield Gathered(file.name, Note("read.archive_empty"))


def document_name(name: str) -> str:
    """Return a name that can be stored and shown: composed Hangul, no controls, at most ``LONGEST_NAME`` characters."""
    plain = unicodedata.normalize("NFC", name[: 10 * LONGEST_NAME].encode("utf-8", "replace").decode("utf-8"))
    plain = "".join(c for c in plain if c.isprintable()).strip() or "document"
    if len(plain) <= LONGEST_NAME:
        return plain
    digest = hashlib.sha256(plain.encode()).hexdigest()[:12]
    return f"{plain[: LONGEST_NAME - 40]}…{digest}{Path(plain).suffix[:12]}"


def below(folder: Path) -> list[Gathered]:
    """Return every file of a folder and of the folders in it, by its path there; archives are files as they are."""
    return [file for _, file in _below(folder)]


def _below(folder: Path) -> Iterator[tuple[Path, Gathered]]:
    """Yield the files of a folder with their names in it; what systems and editors leave there is passed over.

    A link out of it is not followed: whoever may write into the folder could have any file of this machine read.
    """
    inside = folder.resolve()
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if _is_meant(name))
        for name in sorted(filter(_is_meant, files)):
            file = Path(place, name)
            leads_out = file.is_symlink() and not file.resolve().is_relative_to(inside)
            content = Note("read.member_link") if leads_out else file
            yield file, Gathered(file.relative_to(folder).as_posix(), content)


def _is_meant(name: str) -> bool:
    return not name.startswith((".", "~$")) and name not in _NOT_MEANT
