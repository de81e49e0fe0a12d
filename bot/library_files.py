"""Files become versions of documents: published at once, or staged to be looked at first."""

from collections.abc import Collection, Iterable

from sqlalchemy.orm import Session

from bot.database import staging, unread_files, version_rows
from bot.database.audit import Actor, note
from bot.database.staging import Staged
from bot.gathering import Gathered, Given, distinct
from bot.intake import Intake, Taken, read_in, remembered, take
from bot.notes import to_json
from bot.previewing import Compared
from bot.shelf import NOBODY, Shelf
from bot.shown import FileResult, FileState
from knowledge.passages import Progress
from knowledge.plans import Plan

_ROWS = ("read.row_no_answer", "read.row_no_question")
CHOOSABLE = frozenset(("read.encoding", "read.binary", "read.nothing", "read.plan_names", "read.plan_roles", *_ROWS))
"""Problems of a table that may be mended by saying how it is to be read."""


class Files(Shelf):
    """What comes in."""

    def add(
        self,
        files: Iterable[Given | Gathered],
        progress: Progress | None = None,
        *,
        author: str | Actor = NOBODY,
        audience: Collection[str] | None = None,
        publish: bool = True,
        plan: Plan | None = None,
        keep_unread: bool = False,
    ) -> list[FileResult]:
        """Add documents, replacing those of the same name; return one result a file, in order.

        All are live when this returns, unless ``publish`` is False: then they wait to be published or discarded. A
        file that cannot be read has its own result and stops nothing. ``audience``: the groups that may see these
        documents from now on, nobody else; None leaves that as it is, everyone for a new document. ``plan``: how their
        tables are to be read; without one, as was said of an earlier file of the same name, if that fits. With
        ``keep_unread`` a table that cannot be read is kept for a day, so that somebody can say how.

        Raises:
            DataError: the process that owns the data folder does not take them up; their rows are safe.
        """
        actor = Actor.of(author)
        groups = None if audience is None else tuple(dict.fromkeys(audience))
        with self._uptake.working():
            results = [
                self._add_file(file, actor, groups, publish=publish, plan=plan, keep_unread=keep_unread)
                for file in distinct(files)
            ]
            changes = [change for _, change in results if change is not None]
            if publish or self._uptake.owns:
                self._uptake.apply(max(changes, default=0), progress)
        return [result for result, _ in results]

    def compare(self, *files: Given | Gathered, plan: Plan | None = None) -> list[Compared]:
        """Return what each file, and each one in an archive, would change, under the name it would have.

        Nothing is written. ``plan`` as for ``add``.
        """
        return [self._previewer.compare(file, plan) for file in distinct(files)]

    def _add_file(
        self,
        file: Gathered,
        actor: Actor,
        audience: tuple[str, ...] | None,
        *,
        publish: bool,
        plan: Plan | None,
        keep_unread: bool,
    ) -> tuple[FileResult, int | None]:
        """Read a file and stage its rows; return its result and the change number to wait for, if any."""
        taken = take(file)
        if isinstance(taken, Taken):
            with self._sessions() as session:
                same = None if plan else _unchanged(session, taken, audience, publish=publish)
                said = plan or remembered(version_rows.last_plan(session, file.name))
            if same is not None:
                return same, None
            taken = read_in(taken, said)
        if taken.problem is not None:
            kept = self._kept(taken) if keep_unread else ""
            return FileResult(file.name, "unreadable", problem=taken.problem, unread=kept), None
        with self._sessions.begin() as session:
            staged = staging.stage(session, taken.upload(actor.name, audience), publish=publish)
            if staged.version is not None:
                _note_file(session, actor, file.name, staged, publish=publish)
            elif audience is not None:
                note(session, actor, "document.audience", file.name, groups=sorted(audience))
            else:
                session.rollback()  # another file that says the same: not even the change number is raised
            self._uptake.reached("before_commit")
        return _result(taken, staged, publish=publish), None if staged.version is None else staged.change

    def _kept(self, intake: Intake) -> str:
        """Keep a table that could not be read, and return by what it is found; "" where nothing could be chosen."""
        if intake.problem is None or intake.problem.phrase not in CHOOSABLE:
            return ""
        with self._sessions.begin() as session:
            return unread_files.keep(session, intake.taken.name, intake.taken.data, to_json([intake.problem]))


def _unchanged(session: Session, taken: Taken, audience: tuple[str, ...] | None, *, publish: bool) -> FileResult | None:
    """Return the result for bytes that are live or about to be already, or staged already where they are to be."""
    document = version_rows.document_id(session, taken.name)
    if document is None or audience is not None:
        return None
    basis = version_rows.basis(session, document)
    live = None if basis is None else version_rows.one(session, basis)
    if live is not None and live.sha256 == taken.sha256:
        return FileResult(taken.name, "unchanged", document=document)
    waiting = [row for row in version_rows.history(session, document) if row.state == "staged" and row.base == basis]
    same = next((row for row in waiting if row.sha256 == taken.sha256), None)
    if publish or same is None:
        return None
    state: FileState = "added" if basis is None else "changed"
    counts = (same.added, same.changed, same.removed)
    return FileResult(taken.name, state, *counts, document=document, version=same.id, staged=True)


def _note_file(session: Session, actor: Actor, name: str, staged: Staged, *, publish: bool) -> None:
    counts = {"added": staged.added, "changed": staged.changed, "removed": staged.removed}
    row = None if staged.version is None else version_rows.one(session, staged.version)
    number = row.number if row else None
    note(session, actor, "document.published" if publish else "document.staged", name, version=number, **counts)


def _result(intake: Intake, staged: Staged, *, publish: bool) -> FileResult:
    name, notes = intake.taken.name, intake.notes
    if staged.version is None:
        return FileResult(name, "unchanged", notes=notes, document=staged.document)
    state: FileState = "added" if staged.new else "changed"
    counts = (staged.added, staged.changed, staged.removed)
    return FileResult(name, state, *counts, notes, document=staged.document, version=staged.version, staged=not publish)
