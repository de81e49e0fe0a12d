"""What all tables are made of: their base, moments in time, identifiers."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, DateTime, Dialect, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase


def now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return a fresh identifier."""
    return uuid4().hex


class Moment(TypeDecorator[datetime]):
    """A point in time, in UTC and aware of it on every database (SQLite keeps no time zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn any aware time into UTC before it is written."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Say that what was read is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(DeclarativeBase):
    """The base of all tables; the naming convention is what lets SQLite alter constraints later."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own hook
        datetime: Moment,
        str: Text,
        dict[str, Any]: JSON,
        list[Any]: JSON(none_as_null=True),
    }


# Ids that are shown to people or kept in an index are never given out twice: AUTOINCREMENT on SQLite, which
# would otherwise hand the id of a deleted last row to the next one.
NEVER_REUSED = {"sqlite_autoincrement": True}
