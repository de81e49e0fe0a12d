"""Makes versions live and takes documents away; holds the change number.

Every writing transaction begins by raising the change number, which the indexes follow. It is one row, so that the
writers of all processes come one after the other, on SQLite as on PostgreSQL.
"""

from collections.abc import Sequence

from sqlalchemy import Integer, String, Table, cast, delete, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.database.documents import ALIASES, DOCUMENTS, HELD, PASSAGES, VERSIONS
from bot.database.listening import notify
from bot.database.originals import drop_unused
from bot.database.tables import CachedAnswer, CachedPassage, State, new_id, now

STATES: Table = State.__table__  # type: ignore[assignment]
CHANGE = "change"
DATABASE = "database"
REBUILD = "rebuild"
PROGRESS = "progress"
LIVE = "live"


def raise_change(session: Session) -> int:
    """Raise the change number and return it; until the transaction ends no other process can."""
    raised = (
        update(STATES)
        .where(STATES.c.name == CHANGE)
        .values(value=cast(cast(STATES.c.value, Integer) + 1, String))
        .returning(STATES.c.value)
    )
    number = session.execute(raised).scalar()
    if number is None:
        _begin(session, CHANGE, "0")
        number = session.execute(raised).scalar_one()
    notify(session, CHANGE)
    return int(number)


def change_number(session: Session) -> int:
    """Return the change number: 0 where nothing was ever added."""
    return int(value(session, CHANGE) or 0)


def value(session: Session, name: str) -> str | None:
    """Return a single value of the database."""
    return session.execute(select(STATES.c.value).where(STATES.c.name == name)).scalar()


def put(session: Session, name: str, value: str) -> None:
    """Set a single value of the database."""
    changed = update(STATES).where(STATES.c.name == name).values(value=value).returning(STATES.c.name)
    if session.execute(changed).first() is None:
        _begin(session, name, value)
        session.execute(changed)


def _begin(session: Session, name: str, value: str) -> None:
    """Write a value that is not there; where another process comes first, wait for it and leave its value."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(STATES).values(name=name, value=value).on_conflict_do_nothing())


def identity(session: Session) -> str:
    """Return the name of this database, given once: what tells its indexes from those of another."""
    if value(session, DATABASE) is None:
        _begin(session, DATABASE, new_id())
    return str(value(session, DATABASE))


def requested(session: Session) -> list[int]:
    """Return the versions that wait to be published, in the order in which they are to be."""
    asked = select(VERSIONS.c.id).where(VERSIONS.c.state == "requested").order_by(VERSIONS.c.number, VERSIONS.c.id)
    return list(session.execute(asked).scalars())


def pending(session: Session) -> list[int]:
    """Return the versions whose passages the indexes hold beside the live ones: publishing them takes no time then."""
    return list(session.execute(select(VERSIONS.c.id).where(VERSIONS.c.state.in_(("staged", "requested")))).scalars())


def publish(session: Session, *versions: int) -> None:
    """Make versions the live ones, all in this transaction, those that are still asked for. Indexes must hold them."""
    asked = select(VERSIONS.c.id, VERSIONS.c.document_id).where(
        VERSIONS.c.id.in_(versions), VERSIONS.c.state == "requested"
    )
    for version, document in session.execute(asked.order_by(VERSIONS.c.number)).all():
        session.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == document).values(current_version=version))
        mine = VERSIONS.c.document_id == document
        session.execute(update(VERSIONS).where(mine, VERSIONS.c.state == "published").values(state="superseded"))
        session.execute(update(VERSIONS).where(VERSIONS.c.id == version).values(state="published", published_at=now()))
        _drop_answers(session, document, but=version)


def remove(session: Session, document: int) -> int | None:
    """Delete a document with all its versions, passages, aliases and files; return the change number, None where there
    is none."""
    change = raise_change(session)
    if session.execute(select(DOCUMENTS.c.id).where(DOCUMENTS.c.id == document)).first() is None:
        return None
    erase_deleted(session)
    _drop_answers(session, document)
    versions = select(VERSIONS.c.id).where(VERSIONS.c.document_id == document)
    session.execute(delete(HELD).where(HELD.c.version_id.in_(versions)))
    for table in (VERSIONS, PASSAGES, ALIASES):
        session.execute(delete(table).where(table.c.document_id == document))
    session.execute(delete(DOCUMENTS).where(DOCUMENTS.c.id == document))
    drop_unused(session)
    return change


def erase_deleted(session: Session) -> None:
    """Have what this transaction deletes overwritten: a copy of a SQLite file would hold it otherwise."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA secure_delete=ON"))


def set_enabled(session: Session, document: int, *, enabled: bool) -> None:
    """Have answers use a document, or not."""
    session.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == document).values(enabled=enabled))
    _drop_answers(session, document)


def set_audience(session: Session, document: int, groups: Sequence[str] | None) -> None:
    """Have only these groups see a document; None: everyone."""
    audience = None if groups is None else list(groups)
    session.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == document).values(audience=audience))
    _drop_answers(session, document)


def set_owner(session: Session, document: int, account: int | None) -> None:
    """Have an account see to a document, or nobody."""
    session.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == document).values(owner_id=account))


def live(session: Session) -> str:
    """Return a value that is another one whenever other passages may be in answers than before, or to other people.

    The day is not in it: passages begin and end to be valid by themselves.
    """
    return value(session, LIVE) or ""


def _drop_answers(session: Session, document: int, *, but: int | None = None) -> None:
    """Delete the kept answers that rest on a document; not those that rest only on what version ``but`` says too."""
    resting = select(CachedPassage.key).where(CachedPassage.document_id == document)
    if but is not None:
        held = select(HELD.c.passage_id).where(HELD.c.version_id == but)
        resting = resting.where(CachedPassage.passage_id.not_in(held))
    erase_deleted(session)
    session.execute(delete(CachedAnswer).where(CachedAnswer.key.in_(resting)))
    put(session, LIVE, f"{now().isoformat()} {new_id()}")
