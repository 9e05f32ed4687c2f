"""What is kept about cases: the journal, its projections, commands, forms, papers and numbers."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON, JSONB, TIMESTAMP

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
metadata = MetaData(naming_convention=NAMES)
INSTANT = TIMESTAMP(timezone=True)

# The case row is the lock every writer of the case takes, the head of its journal, and what lists show of it.
case_file = Table(
    "case_file",
    metadata,
    Column("id", Text, primary_key=True),
    Column("last_seq", BigInteger, nullable=False, server_default=text("0")),
    Column("head_hash", LargeBinary, nullable=False),
    # Known runs of the workflow, oldest first: a reset run is told from a successor by it.
    Column("runs", ARRAY(Text), nullable=False),
    Column("dump_seq", BigInteger, nullable=False, server_default=text("0")),
    Column("dump_at", INSTANT),
    # JSON keeps the text as it came, compressed by the table; nothing searches inside.
    Column("dump", JSON),
    Column("pin_digest", Text),
    Column("procedure", Text),
    Column("version", Integer),
    Column("variant", Text),
    Column("channel", Text),
    Column("phase", Text, nullable=False),
    Column("status", Text),
    Column("verdict", Text),
    Column("national_code", Integer),
    Column("code", Text, unique=True),
    Column("receipt", Text),
    Column("receiving_unit", Text),
    Column("holding_unit", Text),
    Column("submitted_at", INSTANT),
    Column("accepted_at", INSTANT),
    Column("finished_at", INSTANT),
    Column("ended_at", INSTANT),
    Column("due", INSTANT),
    Column("original_due", INSTANT),
    Column("late", Boolean, nullable=False, server_default=text("false")),
    Column("suspended", Boolean, nullable=False, server_default=text("false")),
    Column("next_boundary", INSTANT),
)

journal = Table(
    "journal",
    metadata,
    Column("case_id", Text, ForeignKey("case_file.id"), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("run", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", INSTANT, nullable=False),
    # The canonical text, byte for byte what the hash is over: sha256(previous hash || entry).
    Column("entry", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("recorded_at", INSTANT, nullable=False, server_default=text("now()")),
)

command = Table(
    "command",
    metadata,
    Column("id", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verb", Text, nullable=False),
    # The command as it is sent, personal values by reference, so that it can be sent again as it was.
    Column("document", JSON, nullable=False),
    # What people wrote: the reason, notes; referred to as `command:<id>/<name>`.
    Column("texts", JSON),
    Column("digest", LargeBinary, nullable=False),
    Column("status", Text, nullable=False),
    Column("outcome", Text),
    Column("first_seq", BigInteger),
    Column("last_seq", BigInteger),
    Column("answer", JSON),
    Column("opened_at", INSTANT, nullable=False, server_default=text("now()")),
    Column("closed_at", INSTANT),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    # Until then whoever sent it is still waiting; afterwards the sweeper sends it again.
    Column("lease_until", INSTANT, nullable=False),
    CheckConstraint("status in ('sent', 'done', 'not_sent', 'refused')", name="status_known"),
    Index("ix_command_open", "lease_until", postgresql_where=text("status = 'sent'")),
    Index("ix_command_case_id", "case_id"),
)

# Deleting the row makes every payload of the case in the workflow's history unreadable for ever.
case_key = Table(
    "case_key",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("key", LargeBinary, nullable=False),
    Column("created_at", INSTANT, nullable=False, server_default=text("now()")),
)

task = Table(
    "task",
    metadata,
    Column("id", Text, primary_key=True),
    Column("case_id", Text, ForeignKey("case_file.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("step", Text),
    Column("kind", Text, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("function", Text, nullable=False),
    # The core's view of the task: title, choices, who may not do it.
    Column("view", JSON, nullable=False),
    Column("held", Boolean, nullable=False, server_default=text("false")),
    Column("due", INSTANT),
    # Keyset pages need an order without nulls: a task without a limit comes last.
    Column("due_order", INSTANT, Computed("coalesce(due, 'infinity'::timestamptz)", persisted=True), nullable=False),
    Column("opened_at", INSTANT, nullable=False),
    Column("closed_at", INSTANT),
    Column("open", Boolean, nullable=False, server_default=text("true")),
    Column("claimed_by", Text),
    Column("claimed_at", INSTANT),
    UniqueConstraint("case_id", "key"),
    Index("ix_task_inbox", "unit", "function", "due_order", "id", postgresql_where=text("open")),
)

task_audit = Table(
    "task_audit",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("task_id", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("holder", Text),
    Column("at", INSTANT, nullable=False),
    Index("ix_task_audit_case_id", "case_id"),
)

clock = Table(
    "clock",
    metadata,
    Column("case_id", Text, ForeignKey("case_file.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("started_at", INSTANT, nullable=False),
    Column("due", INSTANT),
    Column("original_due", INSTANT),
    Column("stopped_at", INSTANT),
    Column("late", Boolean, nullable=False, server_default=text("false")),
)

# What anybody who knows the case or its code may read: bytes PostgreSQL built when the entries were recorded.
progress = Table(
    "progress",
    metadata,
    Column("case_id", Text, ForeignKey("case_file.id"), primary_key=True),
    Column("code", Text, unique=True),
    Column("seq", BigInteger, nullable=False),
    Column("next_boundary", INSTANT),
    Column("body", LargeBinary, nullable=False),
)

case_party = Table(
    "case_party",
    metadata,
    Column("case_id", Text, ForeignKey("case_file.id"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    # Kept beside the party, so that "my cases" is one walk of one index.
    Column("submitted_at", INSTANT, nullable=False),
    Index("ix_case_party_account", "account", "submitted_at", "case_id"),
)

# Every unit that holds or held the file, was offered it, or had a task of it: what its officers may open.
case_unit = Table(
    "case_unit",
    metadata,
    Column("case_id", Text, ForeignKey("case_file.id"), primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("since", INSTANT, nullable=False),
    Index("ix_case_unit_unit", "unit"),
)

incident = Table(
    "incident",
    metadata,
    Column("id", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("effect", Text),
    Column("detail", JSONB, nullable=False),
    Column("opened_at", INSTANT, nullable=False),
    Column("resolved_at", INSTANT),
    UniqueConstraint("case_id", "key"),
    Index("ix_incident_open", "opened_at", "id", postgresql_where=text("resolved_at is null")),
)

form = Table(
    "form",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("digest", Text, primary_key=True),
    Column("values", JSON, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", INSTANT, nullable=False, server_default=text("now()")),
)

file = Table(
    "file",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("at", INSTANT, nullable=False, server_default=text("now()")),
    Index("ix_file_owner", "owner"),
)

attachment = Table(
    "attachment",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("file", Text, ForeignKey("file.id"), primary_key=True),
    Column("at", INSTANT, nullable=False, server_default=text("now()")),
)

document = Table(
    "document",
    metadata,
    Column("id", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("effect", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("result", Text),
    Column("digest", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("number", Text),
    # Drafts are the officers'; what was issued is the parties' as well.
    Column("issued_at", INSTANT),
    Column("at", INSTANT, nullable=False, server_default=text("now()")),
    Index("ix_document_case_id", "case_id"),
)

effect = Table(
    "effect",
    metadata,
    Column("key", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("activity", Text, nullable=False),
    Column("result", JSONB, nullable=False),
    Column("at", INSTANT, nullable=False, server_default=text("now()")),
)

notice = Table(
    "notice",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("effect", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("notice", Text, nullable=False),
    Column("text", JSONB, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("read_at", INSTANT),
    UniqueConstraint("effect", "account"),
    Index("ix_notice_account", "account", "id"),
)

sent_mail = Table(
    "sent_mail",
    metadata,
    Column("effect", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("sent_at", INSTANT, nullable=False),
)

registration = Table(
    "registration",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("receipt", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("at", INSTANT, nullable=False),
)

series = Table(
    "series",
    metadata,
    Column("key", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

book_number = Table(
    "book_number",
    metadata,
    Column("effect", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("book", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", INSTANT, nullable=False),
    UniqueConstraint("unit", "book", "year", "number"),
)
