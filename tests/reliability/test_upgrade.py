"""An upgrade in mid-flight (C 11): messages that wait are answered by the next release, with other code and tables;
rows of every table live through all steps up and down; a way back that would lose messages is refused.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from bot.database.engine import current, open_engine
from bot.database.migrating import downgrade, migrations_folder, require_nothing_waiting, revisions, upgrade
from bot.errors import UserError
from bot.inbox import Incoming
from bot.messages import Message
from bot.phrases import say
from bot.settings import Settings
from bot.wiring import build_bot
from tests.bot.database.conftest import settings_for
from tests.reliability.recording import RecordingChannel, wait_for, working

NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None


def upgrade():
    anew = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("inbox", recreate=anew) as inbox:
        inbox.add_column(sa.Column("workspace", sa.String(40), nullable=False, server_default="first"))
        inbox.alter_column("conversation", type_=sa.String(300), existing_type=sa.String(200), existing_nullable=False)
    op.create_index("ix_inbox_workspace", "inbox", ["workspace"])


def downgrade():
    op.drop_index("ix_inbox_workspace", "inbox")
    with op.batch_alter_table("inbox") as inbox:
        inbox.drop_column("workspace")
"""
"""What the next release might do to the table: another column, a wider one, an index; SQLite makes the table anew."""


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return settings_for(request.param, tmp_path / "data").model_copy(update={"messages_per_minute": 100_000})


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    engine = open_engine(settings)
    yield engine
    engine.dispose()


@pytest.fixture
def coming(tmp_path: Path) -> Path:
    """The migrations of the next release."""
    folder = tmp_path / "next"
    shutil.copytree(migrations_folder(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_the_next_release.py").write_text(NEXT.format(head=revisions()[0]), "utf-8")
    return folder


# --- rows of every table, at any revision -----------------------------------------------------------------------


INDEX = "said_index"
"""What SQLite keeps of its full-text index, in tables that it writes itself."""


def fill(engine: Engine) -> None:
    """Put a row into every table that has none, whichever tables there are."""
    metadata = sa.MetaData()
    with engine.begin() as connection:
        metadata.reflect(connection)
        for table in metadata.sorted_tables:
            if table.name.startswith(INDEX):
                continue
            if not connection.execute(sa.select(sa.func.count()).select_from(table)).scalar():
                connection.execute(table.insert().values(**{c.name: value_for(c) for c in table.columns}))


def value_for(column: sa.Column[Any]) -> object:
    kind = column.type
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.JSON):
        return ["한글"]
    if isinstance(kind, sa.DateTime):
        return datetime(2026, 11, 25, tzinfo=UTC)
    if isinstance(kind, sa.Date):
        return datetime(2026, 11, 25, tzinfo=UTC).date()
    if isinstance(kind, sa.LargeBinary):
        return b"\x00\xff"
    if isinstance(kind, sa.Integer | sa.Float | sa.Numeric):
        return 1
    return "done" if (column.table.name, column.name) == ("inbox", "state") else "1"


def held(engine: Engine) -> dict[str, int]:
    """Return how many rows each table has."""
    metadata = sa.MetaData()
    with engine.connect() as connection:
        metadata.reflect(connection)
        count = sa.func.count()
        tables = [each for each in metadata.sorted_tables if not each.name.startswith(INDEX)]
        return {each.name: connection.execute(sa.select(count).select_from(each)).scalar_one() for each in tables}


def test_rows_of_every_table_live_through_all_steps(engine: Engine) -> None:
    steps = revisions()[::-1]
    at: list[dict[str, int]] = []
    for revision in steps:
        upgrade(engine, revision)
        assert all(held(engine)[table] == 1 for table in (at[-1] if at else ()))
        fill(engine)
        at.append(held(engine))
        assert set(at[-1].values()) == {1}
    for before in at[-2::-1]:
        downgrade(engine)
        assert held(engine) == before
    upgrade(engine)
    assert {table: n for table, n in held(engine).items() if table in at[0]} == at[0]


# --- messages that wait -------------------------------------------------------------------------------------------


def test_a_hundred_messages_that_wait_are_answered_by_the_next_release(
    settings: Settings, engine: Engine, coming: Path
) -> None:
    """The database began at the first revision, with rows in it; one message was being sent when it stopped."""
    upgrade(engine, revisions()[-1])
    fill(engine)
    upgrade(engine)
    engine.dispose()
    channel = RecordingChannel()
    keys = [f"slack:{n}" for n in range(100)]
    with build_bot(settings, channels={"slack": channel}) as bot:
        for n, key in enumerate(keys):
            message = Message("안녕하세요", "slack", f"c{n % 10}", f"U{n % 10}")
            assert bot.inbox.accept(Incoming(key, message, where={"ts": n})) == "new"
        claimed = bot.inbox.claim("an old worker")
        assert claimed is not None
        bot.inbox.sending(claimed)
        bot.inbox.release("an old worker")
        upgrade(bot.engine, folder=coming)
        assert current(bot.engine) == "9999"
        with working(bot, 4):
            channel.wait_for(set(keys))
            wait_for(lambda: not bot.inbox.list())
    assert set(channel.keys().values()) == {1}
    for n in range(10):
        shown = [key for key, _ in channel.sent if int(key.removeprefix("slack:")) % 10 == n]
        assert shown == sorted(shown, key=lambda key: int(key.removeprefix("slack:"))), "in the order they came"
    downgrade(engine, "-1", folder=coming)
    assert held(engine)["inbox"] == 100


def test_a_way_back_that_would_lose_messages_is_refused(settings: Settings, coming: Path) -> None:
    with build_bot(settings, channels={"slack": RecordingChannel()}) as bot:
        require_nothing_waiting(bot.engine, "base")
        bot.inbox.accept(Incoming("slack:1", Message("안녕하세요", "slack", "c", "U1")))
        for revision in ("-1", "0002", "0001", "base"):
            with pytest.raises(UserError) as refused:
                require_nothing_waiting(bot.engine, revision)
            sentences = [say(refused.value.phrase, language, **refused.value.values) for language in ("ko", "en")]
            assert all("1" in sentence and "--force" in sentence for sentence in sentences)
        upgrade(bot.engine, folder=coming)
        require_nothing_waiting(bot.engine, "-1", folder=coming)  # that step leaves the inbox where it is
        with pytest.raises(UserError):
            require_nothing_waiting(bot.engine, "-2", folder=coming)
