"""Where something about a person can stand: every column that holds free text, and what erasing someone does to it.

A test walks all tables and fails for a column that is in neither list: whoever adds one decides here.
"""

PERSONAL: dict[str, dict[str, str]] = {
    "people": {
        "external_id": "the row goes",
        "name": "the row goes",
        "language": "the row goes",
        "level": "the row goes",
        "politeness": "the row goes",
    },
    "conversations": {
        "external_id": "the row goes where nobody else took part",
        "audience": "the row goes where nobody else took part",
        "language": "the row goes where nobody else took part",
        "title": "the row goes where nobody else took part",
    },
    "turns": {
        "text": "the rows of what they said and were answered go",
        "completed": "and it is emptied in the threads they took part in: others' questions may have words of theirs",
    },
    "answers": {
        "check_details": "the row goes with its question",
        "nearest": "the row goes with its question",
        "legs": "the row goes with its question",
        "notice": "the row goes with its question",
        "error": "the row goes with its question",
        "prompt": "the row goes; and it is emptied in the threads they took part in: it holds the earlier turns",
    },
    "moods": {"aspects": "the row goes with its turn"},
    "said": {"grams": "the row goes with its turn, and SQLite's index is written anew"},
    "answer_sources": {"quote": "the row goes with its answer: which question it was for says something of who asked"},
    "feedback": {"reason": "the row goes", "comment": "the row goes"},
    "handovers": {
        "place": "the row goes where they asked for a person, and where the question was theirs",
        "question": "as the place",
        "called": "their id is taken out",
        "outcome": "as the place",
        "note": "as the place; and it is emptied where they wrote it",
        "contact_name": "as the place",
        "contact_mail": "as the place",
    },
    "notices": {
        "text": "the row goes with its conversation, and in the threads they took part in: it names what was asked",
        "key": "as the text",
    },
    "question_groups": {
        "question": "what others asked stands in its place; the row goes where nobody else asked the same",
        "words": "made anew from what others asked",
        "decided_by": "an account's name: it stays",
    },
    "places": {"chosen": "their id is taken out of the owners of channels"},
    "inbox": {
        "key": "the row goes",
        "conversation": "the row goes",
        "person": "the row goes",
        "payload": "the row goes",
        "answer": "the row goes",
        "answer_id": "the row goes",
        "reference": "the row goes",
        "error": "the row goes",
    },
    "mails": {"sender": "the row goes", "packed": "the row goes", "summary": "the row goes"},
    "limit_counters": {"who": "the row goes"},
    "cached_answers": {
        "key": "all rows go: a hash of what somebody asked, with no name to it",
        "text": "all rows go, though words that only a question had keep an answer out of here",
        "check_details": "all rows go",
    },
    "aliases": {
        "question": "the row goes where a person confirmed it who has no account",
        "author": "the row goes; an account's is emptied",
    },
    "versions": {"author": "emptied"},
    "golden_questions": {
        "question": "the row goes where it was taken from what they asked",
        "note": "as the question",
        "answer_id": "as the question",
        "author": "emptied",
    },
    "background_runs": {"author": "emptied"},
    "version_trials": {"author": "emptied"},
    "version_trial_cases": {
        "answer_id": "the row goes with the answer",
        "before": "as the answer: a model may have taken up their words",
        "after": "as the answer",
    },
    "audit": {
        "actor": "replaced by a number, but for accounts: the law asks for their access records",
        "subject": "replaced by a number",
        "detail": "replaced by a number",
        "address": "emptied where the actor is replaced",
    },
    "state": {"name": "a hash that tells running processes, for an hour", "value": "as the name"},
}
"""By table and column."""

IMPERSONAL: dict[str, frozenset[str]] = {
    "people": frozenset({"channel"}),
    "conversations": frozenset({"id", "channel"}),
    "turns": frozenset({"conversation_id", "role"}),
    "answers": frozenset({"id", "conversation_id", "task", "language", "checks", "model", "prompt_version"}),
    "answer_sources": frozenset({"answer_id", "document", "passage", "title"}),
    "feedback": frozenset({"answer_id"}),
    "handovers": frozenset({"channel", "answer_id"}),
    "usage": frozenset({"model"}),
    "documents": frozenset({"name", "audience"}),
    "versions": frozenset({"sha256", "state", "filename", "kind", "reading", "source", "plan"}),
    "originals": frozenset({"sha256", "data"}),
    "unread_files": frozenset({"id", "name", "data", "problem"}),
    "passages": frozenset(
        {"key", "content_hash", "question", "answer", "aliases", "language", "audience", "title"},
    ),
    "version_passages": frozenset({"sheet"}),
    "golden_questions": frozenset({"digest", "expects", "document", "key", "language", "audience"}),
    "version_trials": frozenset({"state", "figures", "error"}),
    "version_trial_cases": frozenset({"kind", "audience"}),
    "background_runs": frozenset({"kind", "state", "summary", "result", "error"}),
    "aliases": frozenset({"key"}),
    "accounts": frozenset({"name", "password_hash", "role", "groups", "language"}),
    "api_tokens": frozenset({"name", "prefix", "digest", "role", "groups"}),
    "sign_in_failures": frozenset({"key"}),
    "web_sessions": frozenset({"id"}),
    "audit": frozenset({"action"}),
    "inbox": frozenset({"kind", "channel", "state", "owner"}),
    "limit_counters": frozenset({"window"}),
    "cached_answers": frozenset({"model", "prompt_version", "cited", "shown", "live"}),
    "cached_passages": frozenset({"key"}),
    "mails": frozenset({"key", "address"}),
    "notices": frozenset({"conversation_id"}),
    "places": frozenset({"channel", "place"}),
    "question_groups": frozenset({"language", "state", "reason", "entry", "nearest"}),
    "questions_asked": frozenset({"answer_id", "conversation_id", "channel"}),
    "processes": frozenset({"name", "host", "role", "detail"}),
    "day_sums": frozenset({"measure", "name", "detail"}),
    "bias_runs": frozenset({"model", "figures"}),
    "korean_vectors": frozenset({"name", "data", "figures", "author"}),
}
"""What holds nothing of people on the channels: the company's documents, hashes, names of machines; and accounts, which
an admin removes (`dapbot admin remove`)."""

TABLES = (*PERSONAL, "usage")
"""What is written anew after someone was erased."""
