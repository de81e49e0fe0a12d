"""${message}

Before you write this step, four rules:

- One change per revision, so that a failure leaves the database at a known place.
- It runs on SQLite and PostgreSQL: ``with op.batch_alter_table(...)`` for every change to an existing table.
- Nothing is imported from ``bot``: the tables there will change, what this step did must not. Rows are changed with
  ``sa.table``/``sa.column`` written out here.
- The previous release may still be running on the same PostgreSQL while this step is applied: add columns as nullable
  or with a default, stop using a column one release before it is dropped, and create large indexes in a step of their
  own. Every statement waits for, and then holds, locks that the bot's answers wait for.

Then set ``HEAD`` in ``bot/database/engine.py`` to ${repr(up_revision)}.

Revision: ${up_revision}, after ${down_revision | comma,n}, ${create_date}
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
