"""Versions that can be taken back, accounts, tokens and an audit log.

Revision: 0002, after 0001, 2026-11-24
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ADDED = (
    ("documents", sa.Column("audience", sa.JSON(none_as_null=True), nullable=True, comment="groups; NULL: everyone")),
    ("versions", sa.Column("author", sa.Text(), nullable=True, comment="who uploaded it, as shown")),
    ("versions", sa.Column("published_at", sa.DateTime(timezone=True), nullable=True)),
    ("versions", sa.Column("added", sa.Integer(), nullable=False, server_default="0")),
    ("versions", sa.Column("changed", sa.Integer(), nullable=False, server_default="0")),
    ("versions", sa.Column("removed", sa.Integer(), nullable=False, server_default="0")),
    (
        "versions",
        sa.Column("restored_from", sa.Integer(), nullable=True, comment="number of the version brought back"),
    ),
    (
        "versions",
        sa.Column(
            "base",
            sa.Integer(),
            nullable=True,
            comment="versions.id that was live, or about to be, when it was compared",
        ),
    ),
    (
        "passages",
        sa.Column(
            "touched",
            sa.Integer(),
            nullable=False,
            server_default="0",
            comment="change number since which an index must hold it anew: other aliases",
        ),
    ),
    (
        "version_passages",
        sa.Column(
            "row", sa.Integer(), nullable=True, comment="where it stands in its table or among its lines, from 1"
        ),
    ),
    (
        "version_passages",
        sa.Column("sheet", sa.Text(), nullable=True, comment="the name of its table, where it has one"),
    ),
    ("aliases", sa.Column("author", sa.Text(), nullable=True, comment="who gave or confirmed it, as shown")),
)


def upgrade() -> None:
    for table, column in ADDED:
        op.add_column(table, column)
    op.create_index("ix_version_passages_passage_version", "version_passages", ["passage_id", "version_id"])
    op.drop_index("ix_version_passages_passage_id", "version_passages")
    op.create_table(
        "originals",
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the file as uploaded"),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_originals"),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False, comment="composed and folded: two never look the same"),
        sa.Column("password_hash", sa.Text(), nullable=False, comment="argon2id, with its parameters"),
        sa.Column("role", sa.String(length=10), nullable=False, comment="admin, editor or viewer"),
        sa.Column("groups", sa.JSON(), nullable=False, comment="what it may see besides what everyone may"),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("password_at", sa.DateTime(timezone=True), nullable=False, comment="when the password was set"),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("name", name="uq_accounts_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("key", sa.String(length=80), nullable=False, comment="account:ID, name:HASH or address:NETWORK"),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sign_in_failures"),
    )
    op.create_table(
        "web_sessions",
        sa.Column("id", sa.String(length=64), nullable=False, comment="sha256 of what the cookie holds"),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_web_sessions_account_id_accounts", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_web_sessions"),
    )
    op.create_index("ix_web_sessions_account_id", "web_sessions", ["account_id"])
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False, comment="what it is for"),
        sa.Column("prefix", sa.String(length=12), nullable=False, comment="its beginning, to be recognised by"),
        sa.Column("digest", sa.String(length=64), nullable=False, comment="sha256 of the token"),
        sa.Column("role", sa.String(length=10), nullable=False, comment="admin, editor, viewer or asker"),
        sa.Column("groups", sa.JSON(), nullable=False, comment="the groups its questions may be asked for"),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_api_tokens_account_id_accounts", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_api_tokens"),
        sa.UniqueConstraint("digest", name="uq_api_tokens_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_api_tokens_account_id", "api_tokens", ["account_id"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False, comment="the account, token or command, as shown"),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False, comment="document.published, account.made, ..."),
        sa.Column("subject", sa.Text(), nullable=False, comment="what it was done to, as shown; never content"),
        sa.Column("detail", sa.JSON(), nullable=False, comment="numbers and names that say what changed"),
        sa.Column("address", sa.Text(), nullable=True, comment="where the request came from"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_audit_account_id_accounts", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_account_id", "audit", ["account_id"])


def downgrade() -> None:
    for table in ("audit", "api_tokens", "web_sessions", "sign_in_failures", "accounts", "originals"):
        op.drop_table(table)
    op.create_index("ix_version_passages_passage_id", "version_passages", ["passage_id"])
    op.drop_index("ix_version_passages_passage_version", "version_passages")
    for table, column in reversed(ADDED):
        op.drop_column(table, column.name)
