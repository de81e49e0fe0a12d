"""Every column that can hold a text is listed: whoever adds a table says what erasing someone does to it."""

import sqlalchemy as sa

from bot.database.inbox_tables import InboxRow
from bot.database.personal import IMPERSONAL, PERSONAL, TABLES
from bot.database.tables import Table

HOLDS_NO_TEXT = (sa.Integer, sa.Float, sa.Boolean, sa.Date, sa.DateTime, sa.Numeric)


def unlisted(metadata: sa.MetaData) -> set[tuple[str, str]]:
    """Return the columns that could hold a text and are in neither list."""
    return {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if not isinstance(getattr(column.type, "impl", column.type), HOLDS_NO_TEXT)
        and column.name not in PERSONAL.get(table.name, {})
        and column.name not in IMPERSONAL.get(table.name, ())
    }


def test_every_column_that_can_hold_a_text_is_listed_once() -> None:
    assert unlisted(Table.metadata) == set()
    tables = Table.metadata.tables
    for listed in (PERSONAL, IMPERSONAL):
        assert {
            (name, column) for name, columns in listed.items() for column in columns if column not in tables[name].c
        } == set()
    assert {name: set(columns) & set(IMPERSONAL.get(name, ())) for name, columns in PERSONAL.items()} == {
        name: set() for name in PERSONAL
    }
    assert set(TABLES) <= set(tables)


def test_a_new_table_is_noticed() -> None:
    metadata = sa.MetaData()
    sa.Table("diary", metadata, sa.Column("id", sa.Integer), sa.Column("words", sa.Text), sa.Column("notes", sa.JSON))
    sa.Table("inbox", metadata, sa.Column("telephone", sa.String(20)), sa.Column("key", sa.String(20)))
    assert unlisted(metadata) == {("diary", "words"), ("diary", "notes"), ("inbox", "telephone")}
    assert InboxRow.__tablename__ in PERSONAL
