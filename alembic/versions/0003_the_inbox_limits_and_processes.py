"""The inbox, what counts with it, and the processes that work on it.

Revision: 0003, after 0002, 2026-11-25
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("state NOT IN ('done', 'dead')")
HEAD = sa.text("head")


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("seq", SEQ, nullable=False),
        sa.Column(
            "key", sa.String(length=400), nullable=False, comment="slack:<event_id>, mail:<sha256>, cron:<name>:<time>"
        ),
        sa.Column("kind", sa.String(length=10), nullable=False, comment="message, notice (its text is ready) or job"),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column(
            "conversation", sa.String(length=200), nullable=False, comment="rows of one are done one after the other"
        ),
        sa.Column("person", sa.String(length=320), nullable=True, comment="the channel's own id for who wrote it"),
        sa.Column("payload", sa.JSON(), nullable=False, comment="the message, and where its reply goes"),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True, comment="the reply, from when it is known until it is sent"),
        sa.Column("answer_id", sa.String(length=32), nullable=True, comment="answers.id of the reply"),
        sa.Column(
            "reference", sa.Text(), nullable=True, comment="the channel's own name for the reply: a ts, a Message-ID"
        ),
        sa.Column(
            "head",
            sa.Boolean(),
            nullable=False,
            comment="open, and the one of its conversation whose turn it is",
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("crashes", sa.Integer(), nullable=False, comment="claims whose lease ran out without a word"),
        sa.Column(
            "repeated",
            sa.Boolean(),
            nullable=False,
            comment="may have been sent twice: the channel can't be asked",
        ),
        sa.Column("not_before", sa.Float(53), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=True),
        sa.Column("lease_until", sa.Float(53), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False, comment="lower is sooner"),
        sa.Column("created_at", sa.Float(53), nullable=False),
        sa.Column("finished_at", sa.Float(53), nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_inbox"),
        sa.UniqueConstraint("key", name="uq_inbox_key"),
        sqlite_autoincrement=True,
    )
    conversation = ["channel", "conversation"]
    for name, columns, where in (
        ("ix_inbox_open_conversation", [*conversation, "seq"], OPEN),
        ("ix_inbox_heads", ["priority", "seq"], HEAD),
        ("uq_inbox_head", conversation, HEAD),
    ):
        unique = name.startswith("uq_")
        op.create_index(name, "inbox", columns, unique=unique, sqlite_where=where, postgresql_where=where)
    op.create_index("ix_inbox_finished_at", "inbox", ["finished_at"])
    op.create_index("ix_inbox_person", "inbox", ["channel", "person", "finished_at"])
    op.create_table(
        "limit_counters",
        sa.Column("who", sa.String(length=370), nullable=False, comment="channel:person, or * for everyone"),
        sa.Column("window", sa.String(length=30), nullable=False, comment="minute:.., day:.., month:.."),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("tokens", SEQ, nullable=False),
        sa.Column("cost_usd", sa.Float(53), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False, comment="the notice of this window was given"),
        sa.Column("until", sa.Float(53), nullable=False, comment="when the window is over and the row may go"),
        sa.PrimaryKeyConstraint("who", "window", name="pk_limit_counters"),
    )
    op.create_index("ix_limit_counters_until", "limit_counters", ["until"])
    op.create_table(
        "processes",
        sa.Column("name", sa.String(length=200), nullable=False, comment="host, data folder and slot"),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False, comment="serve or worker"),
        sa.Column("started_at", sa.Float(53), nullable=False),
        sa.Column("seen_at", sa.Float(53), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False, comment="the change number that its indexes follow"),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_processes"),
    )
    op.create_table(
        "cached_answers",
        sa.Column("key", sa.String(length=64), nullable=False, comment="hash of what was asked, of whom, and how"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("prompt_version", sa.String(length=64), nullable=True),
        sa.Column("cited", sa.JSON(), nullable=False, comment="passages it rests on, in the order of its citations"),
        sa.Column("shown", sa.JSON(), nullable=False, comment="passages that the model was shown"),
        sa.Column("live", sa.String(length=80), nullable=False, comment="state of the documents when it was written"),
        sa.Column("check_details", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_cached_answers"),
    )
    op.create_index("ix_cached_answers_created_at", "cached_answers", ["created_at"])
    op.create_table(
        "cached_passages",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("passage_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key"], ["cached_answers.key"], name="fk_cached_passages_key_cached_answers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "passage_id", name="pk_cached_passages"),
    )
    op.create_index("ix_cached_passages_document_id", "cached_passages", ["document_id"])
    op.create_table(
        "moods",
        sa.Column("turn_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Float(53), nullable=False, comment="-1 to 1, 0 where nothing was found"),
        sa.Column("aspects", sa.JSON(), nullable=False, comment="what it speaks of, each with its score"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name="fk_moods_turn_id_turns", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("turn_id", name="pk_moods"),
    )
    op.create_index("ix_moods_created_at", "moods", ["created_at"])
    op.create_table(
        "places",
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False, comment="the channel's own name for it"),
        sa.Column("chosen", sa.JSON(), nullable=False, comment="what is set, by name"),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "place", name="pk_places"),
    )

    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False, comment="the channel's own name for the thread"),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column(
            "answer_id",
            sa.String(length=32),
            nullable=True,
            comment="what did not help; its question is what for",
        ),
        sa.Column(
            "question",
            sa.Text(),
            nullable=True,
            comment="the asker's own words, where there is no answer to look at",
        ),
        sa.Column(
            "called", sa.JSON(none_as_null=True), nullable=False, comment="ids of the people and groups who were called"
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("solved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("solver_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True, comment="answered, missing, no_question or other"),
        sa.Column("note", sa.Text(), nullable=True, comment="the solver's words"),
        sa.Column("contact_name", sa.String(length=100), nullable=True, comment="what the asker wants to be called"),
        sa.Column("contact_mail", sa.String(length=320), nullable=True, comment="where the asker is answered, too"),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name="fk_handovers_answer_id_answers", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["asker_id"], ["people.id"], name="fk_handovers_asker_id_people", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["solver_id"], ["people.id"], name="fk_handovers_solver_id_people", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
        sqlite_autoincrement=True,
    )
    for column in ("asker_id", "answer_id", "created_at", "solver_id"):
        op.create_index(f"ix_handovers_{column}", "handovers", [column])
    waits = sa.text("solved_at IS NULL")
    place = ["channel", "place"]
    op.create_index("uq_handovers_waiting", "handovers", place, unique=True, sqlite_where=waits, postgresql_where=waits)
    op.create_table(
        "golden_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False, comment="of the question and who asks it"),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column(
            "expects",
            sa.String(length=10),
            nullable=False,
            comment="entry, answer (any) or none: must not be answered",
        ),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True, comment="the document's name when it was saved"),
        sa.Column("key", sa.String(length=200), nullable=True, comment="of the entry within the document"),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("audience", sa.JSON(none_as_null=True), nullable=False, comment="groups that the asker is in"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("answer_id", sa.String(length=32), nullable=True, comment="where somebody asked it, if they did"),
        sa.Column("author", sa.Text(), nullable=True, comment="who saved it, as shown"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name="fk_golden_questions_answer_id_answers", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_golden_questions"),
        sa.UniqueConstraint("digest", name="uq_golden_questions_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_golden_questions_answer_id", "golden_questions", ["answer_id"])
    op.create_table(
        "background_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="golden, checkup"),
        sa.Column("state", sa.String(length=10), nullable=False, comment="running, done, cancelled or failed"),
        sa.Column("author", sa.Text(), nullable=True, comment="who started it, as shown"),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False, comment="the figures of the result"),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True, comment="all of it: no words of people"),
        sa.Column("error", sa.Text(), nullable=True, comment="a name of a phrase"),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False, comment="when it was last known to go on"),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_background_runs"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_background_runs_kind_id", "background_runs", ["kind", "id"])
    runs = sa.text("state = 'running'")
    name = "uq_background_runs_running"
    op.create_index(name, "background_runs", ["kind"], unique=True, sqlite_where=runs, postgresql_where=runs)
    op.create_table(
        "mails",
        sa.Column("key", sa.String(length=64), nullable=False, comment="a hash, the same at every delivery"),
        sa.Column("sender", sa.String(length=320), nullable=False, comment="the address that was verified"),
        sa.Column("address", sa.String(length=320), nullable=False, comment="which of our addresses it came to"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes, before they were packed"),
        sa.Column("packed", sa.LargeBinary(), nullable=False, comment="the mail, by zlib"),
        sa.Column(
            "summary",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="what its sender was told, as the JSON of the contract",
        ),
        sa.Column("summarised_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_mails"),
    )
    for column in ("sender", "received_at", "summarised_at"):
        op.create_index(f"ix_mails_{column}", "mails", [column])
    op.create_table(
        "day_sums",
        sa.Column("measure", sa.String(length=20), nullable=False, comment="question, feedback, mood, spent, ..."),
        sa.Column("day", sa.Date(), nullable=False, comment="of the time zone that is set"),
        sa.Column("name", sa.String(length=400), nullable=False, comment="of what: a channel, a task, an entry"),
        sa.Column("detail", sa.String(length=200), nullable=False, comment="what more: a model, a reason, a key"),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.Float(53), nullable=False, comment="dollars, seconds or scores added up"),
        sa.PrimaryKeyConstraint("measure", "day", "name", "detail", name="pk_day_sums"),
    )
    op.create_table(
        "bias_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False, comment="extractive where none was asked"),
        sa.Column("figures", sa.JSON(), nullable=False, comment="as `dapbot evaluate bias --json` shows them"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bias_runs"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feedback_created_at", "feedback", ["created_at"])
    _questions()
    _said()
    _version_trials()


def _questions() -> None:
    """Make the tables of what was asked in vain, and of what people were told afterwards."""
    moment, listed, number, text = sa.DateTime(timezone=True), sa.JSON(none_as_null=True), sa.Integer(), sa.Text()
    short, flag, answer = sa.String(20), sa.Boolean(), sa.String(32)
    kinds: dict[str, dict[str, sa.types.TypeEngine[object]]] = {
        "notices": {"id": number, "key": sa.String(400), "conversation_id": answer, "text": text, "created_at": moment},
        "question_groups": {
            "id": number, "question": text, "words": listed, "language": sa.String(2), "state": sa.String(12),
            "reason": short, "decided_at": moment, "decided_by": text, "merged_into": number, "document_id": number,
            "entry": sa.String(200), "staged": number, "count": number, "people": number, "recent": number,
            "last_at": moment, "nearest": listed, "confidence": sa.Float(53), "checked": number, "alerted_at": moment,
        },
        "questions_asked": {
            "answer_id": answer, "group_id": number, "conversation_id": answer, "person_id": number,
            "channel": sa.String(40), "unanswered": flag, "bad": flag, "handed": flag, "asked_at": moment,
        },
    }  # fmt: skip
    nullable = set(
        "words reason decided_at decided_by merged_into document_id entry staged alerted_at person_id".split()
    )
    pointing = {
        "notices": {"conversation_id": "conversations"},
        "question_groups": {},
        "questions_asked": {"answer_id": "answers", "group_id": "question_groups", "person_id": "people"},
    }
    for table, columns in kinds.items():
        op.create_table(
            table,
            *(sa.Column(name, kind, nullable=name in nullable) for name, kind in columns.items()),
            *(
                sa.ForeignKeyConstraint(
                    [name],
                    [f"{of}.id"],
                    f"fk_{table}_{name}_{of}",
                    ondelete="SET NULL" if of == "people" else "CASCADE",
                )
                for name, of in pointing[table].items()
            ),
            sa.PrimaryKeyConstraint("id" if "id" in columns else "answer_id", name=f"pk_{table}"),
            *([sa.UniqueConstraint("key", name="uq_notices_key")] if table == "notices" else []),
            sqlite_autoincrement="id" in columns,
        )
    for index in (
        "notices conversation_id",
        "notices created_at",
        "question_groups last_at",
        "question_groups state recent count",
        "questions_asked person_id",
        "questions_asked group_id asked_at channel",
    ):
        table, *names = index.split()
        op.create_index(f"ix_{'_'.join([table, *names])}", table, names)
    op.add_column(
        "conversations", sa.Column("title", sa.Text(), comment="what whoever has it calls it; NULL: its first question")
    )
    op.add_column(
        "conversations", sa.Column("removed_at", sa.DateTime(timezone=True), comment="when whoever has it took it away")
    )
    op.create_index("ix_conversations_removed_at", "conversations", ["removed_at"])
    op.add_column(
        "documents", sa.Column("owner_id", sa.Integer(), comment="accounts.id of who sees to it that it is right")
    )
    op.add_column(
        "versions",
        sa.Column(
            "source",
            sa.String(length=64),
            comment="sha256 of the file that entries were edited over; NULL: it says what its own file says",
        ),
    )
    op.add_column(
        "versions",
        sa.Column(
            "plan",
            sa.JSON(none_as_null=True),
            comment="how somebody said its table is to be read; NULL: as was guessed",
        ),
    )
    op.create_table(
        "unread_files",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False, comment="why it could not be read, as a note in JSON"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unread_files"),
    )
    op.create_index("ix_unread_files_created_at", "unread_files", ["created_at"])


def _said() -> None:
    """Make the table that what was said is searched by, and the index over it that each database has."""
    op.create_table(
        "said",
        sa.Column("turn_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "grams",
            sa.Text(),
            nullable=False,
            comment="pairs of letters, each as four letters of its hash, once, by spaces",
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name="fk_said_turn_id_turns", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("turn_id", name="pk_said"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_said_grams ON said USING gin (to_tsvector('simple', grams))")
        return
    op.execute(
        "CREATE VIRTUAL TABLE said_index USING fts5("
        "grams, content='said', content_rowid='turn_id', detail=none, columnsize=0, tokenize='ascii')"
    )
    gone = "INSERT INTO said_index(said_index, rowid, grams) VALUES ('delete', old.turn_id, old.grams);"
    come = "INSERT INTO said_index(rowid, grams) VALUES (new.turn_id, new.grams);"
    for event, statements in (("INSERT", come), ("DELETE", gone), ("UPDATE", gone + come)):
        op.execute(f"CREATE TRIGGER said_{event.lower()} AFTER {event} ON said BEGIN {statements} END")


def _version_trials() -> None:
    """Make the tables of versions that are tried on real questions before they are published."""
    number, text, moment, short = sa.Integer(), sa.Text(), sa.DateTime(timezone=True), sa.String(10)
    op.create_table(
        "version_trials",
        sa.Column("id", number, nullable=False),
        sa.Column("version_id", number, nullable=False),
        sa.Column("state", short, nullable=False),
        sa.Column("author", text, nullable=True),
        sa.Column("live", number, nullable=True),
        sa.Column("done", number, nullable=False),
        sa.Column("total", number, nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("error", text, nullable=True),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("seen_at", moment, nullable=False),
        sa.Column("finished_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name="fk_version_trials_version_id_versions", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_version_trials"),
        sa.UniqueConstraint("version_id", name="uq_version_trials_version_id"),
        sqlite_autoincrement=True,
    )
    pointing = {"trial_id": "version_trials", "answer_id": "answers", "golden_id": "golden_questions"}
    op.create_table(
        "version_trial_cases",
        sa.Column("id", number, nullable=False),
        sa.Column("trial_id", number, nullable=False),
        sa.Column("kind", short, nullable=False),
        sa.Column("position", number, nullable=False),
        sa.Column("answer_id", sa.String(32), nullable=True),
        sa.Column("golden_id", number, nullable=True),
        sa.Column("asked", number, nullable=False),
        sa.Column("audience", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{of}.id"], f"fk_version_trial_cases_{name}_{of}", ondelete="CASCADE")
            for name, of in pointing.items()
        ),
        sa.PrimaryKeyConstraint("id", name="pk_version_trial_cases"),
        sqlite_autoincrement=True,
    )
    for names in (["trial_id", "kind", "position"], ["answer_id"], ["golden_id"]):
        op.create_index(f"ix_version_trial_cases_{'_'.join(names)}", "version_trial_cases", names)

    op.create_table(
        "korean_vectors",
        sa.Column("id", number, nullable=False),
        sa.Column("name", sa.String(40), nullable=False, comment="a hash of them"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False, comment="how well they did on questions held back"),
        sa.Column("author", sa.Text(), nullable=True, comment="who had them made, as shown"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_korean_vectors"),
        sa.UniqueConstraint("name", name="uq_korean_vectors_name"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.execute("DROP TABLE IF EXISTS said_index")
    op.drop_table("said")
    op.drop_index("ix_conversations_removed_at", "conversations")
    for table, column in (("conversations", "removed_at"), ("conversations", "title")):
        op.drop_column(table, column)
    for table, column in (("versions", "plan"), ("versions", "source"), ("documents", "owner_id")):
        op.drop_column(table, column)
    op.drop_index("ix_feedback_created_at", "feedback")
    for table in (
        "korean_vectors",
        "version_trial_cases",
        "version_trials",
        "unread_files",
        "notices",
        "questions_asked",
        "question_groups",
        "bias_runs",
        "day_sums",
        "background_runs",
        "golden_questions",
        "mails",
        "handovers",
        "places",
        "moods",
        "cached_passages",
        "cached_answers",
        "processes",
        "limit_counters",
        "inbox",
    ):
        op.drop_table(table)
