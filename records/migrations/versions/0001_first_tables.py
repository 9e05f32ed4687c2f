"""The first tables, and the triggers that keep what was written."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without parameters psycopg sends the whole text as it is, functions with semicolons included.
    driver = op.get_bind().connection.cursor()
    driver.execute(Path(__file__).with_suffix(".sql").read_text())
