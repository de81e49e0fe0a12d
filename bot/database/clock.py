"""The time by the database's clock: what several machines compare goes by one clock alone."""

from sqlalchemy import text
from sqlalchemy.orm import Session

_SECONDS = {
    "sqlite": text("SELECT (julianday('now') - 2440587.5) * 86400.0"),
    "postgresql": text("SELECT CAST(extract(epoch FROM clock_timestamp()) AS double precision)"),
}


def seconds(session: Session) -> float:
    """Return the seconds since 1970, to the millisecond; it goes on inside a transaction."""
    return float(session.connection().execute(_SECONDS[session.get_bind().dialect.name]).scalar_one())
