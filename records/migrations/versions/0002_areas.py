"""The areas units serve, so that a step can be done where somebody lives or moves to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unit_area",
        sa.Column("unit", sa.Text, sa.ForeignKey("unit.id", name="fk_unit_area_unit"), nullable=False),
        sa.Column("area", sa.Text, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_to", sa.Date),
        sa.PrimaryKeyConstraint("unit", "area", "valid_from", name="pk_unit_area"),
    )
    op.create_index("ix_unit_area_area", "unit_area", ["area"])
