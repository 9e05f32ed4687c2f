"""What is kept about the house itself: units, duties, accounts, sessions, published procedures."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSON, JSONB

from records.tables import INSTANT, metadata

unit = Table(
    "unit",
    metadata,
    Column("id", Text, primary_key=True),
    Column("agency", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("parent", Text, ForeignKey("unit.id")),
    Column("name", JSONB, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("contact", JSONB, nullable=False),
    # Templates of numbers; a unit without its own uses its parent's.
    Column("code_identifier", Text),
    Column("code_template", Text),
    Column("receipt_template", Text),
    Column("book_templates", JSONB, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
)

unit_function = Table(
    "unit_function",
    metadata,
    Column("unit", Text, ForeignKey("unit.id"), primary_key=True),
    Column("function", Text, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
)

# The areas a unit serves: a province (`01`), or a commune of it (`01/00004`).
unit_area = Table(
    "unit_area",
    metadata,
    Column("unit", Text, ForeignKey("unit.id"), primary_key=True),
    Column("area", Text, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    Index("ix_unit_area_area", "area"),
)

# Which unit decides what another one receives.
competence = Table(
    "competence",
    metadata,
    Column("unit", Text, ForeignKey("unit.id"), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("competent", Text, ForeignKey("unit.id"), nullable=False),
    Column("valid_to", Date),
)

account = Table(
    "account",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    # No database collation agrees with another one: names are sorted by a key Python computed.
    Column("name_key", Text, nullable=False),
    Column("email", Text),
    Column("phone", Text),
    # Without a password nobody logs in.
    Column("password", Text),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    CheckConstraint("kind in ('citizen', 'officer')", name="kind_known"),
)

duty = Table(
    "duty",
    metadata,
    Column("account", Text, ForeignKey("account.id"), primary_key=True),
    Column("unit", Text, ForeignKey("unit.id"), primary_key=True),
    Column("function", Text, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    Column("head", Boolean, nullable=False, server_default=text("false")),
    Index("ix_duty_unit", "unit", "function"),
)

session = Table(
    "session",
    metadata,
    # Only the hash of the opaque id: a copy of the table opens no session.
    Column("hash", LargeBinary, primary_key=True),
    Column("account", Text, ForeignKey("account.id"), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    Index("ix_session_expires_at", "expires_at"),
)

login_failure = Table(
    "login_failure",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("subject", LargeBinary, nullable=False),
    Column("at", INSTANT, nullable=False),
    Index("ix_login_failure_subject", "subject", "at"),
)

# The answers of writes that are no commands of a case: uploads, claims.
request = Table(
    "request",
    metadata,
    Column("actor", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("answer", JSON),
    Column("at", INSTANT, nullable=False, server_default=text("now()")),
)

pin = Table(
    "pin",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("document", JSON, nullable=False),
    Column("at", INSTANT, nullable=False, server_default=text("now()")),
)

procedure_version = Table(
    "procedure_version",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", JSONB, nullable=False),
    Column("in_force_from", Date, nullable=False),
    Column("in_force_to", Date),
    Column("document", JSON, nullable=False),
    Column("published_at", INSTANT, nullable=False, server_default=text("now()")),
    UniqueConstraint("code", "version"),
)

version_template = Table(
    "version_template",
    metadata,
    Column("digest", Text, ForeignKey("procedure_version.digest"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("content", Text, nullable=False),
)

# The pins made of a version, one for each set of calendars it was published with; the newest is in force.
version_pin = Table(
    "version_pin",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("digest", Text, ForeignKey("procedure_version.digest"), nullable=False),
    Column("pin", Text, ForeignKey("pin.digest"), nullable=False),
    Column("at", INSTANT, nullable=False, server_default=text("now()")),
    UniqueConstraint("digest", "pin"),
)
