"""indexes for what the first page counts and looks for

Revision ID: d4d3f5a7b91b
Revises: d3c2e4f6a80a
"""

import sqlalchemy as sa
from alembic import op

revision = "d4d3f5a7b91b"
down_revision = "d3c2e4f6a80a"
branch_labels = None
depends_on = None

STATES = ("complaint", "file", "repair", "visit")


def upgrade() -> None:
    for table in STATES:
        op.create_index(f"ix_{table}_state", table, ["state"])
    replaces = sa.text("replaces_id is not null")
    op.create_index(
        "ix_document_replaces", "document", ["replaces_id"], sqlite_where=replaces, postgresql_where=replaces
    )


def downgrade() -> None:
    op.drop_index("ix_document_replaces", table_name="document")
    for table in reversed(STATES):
        op.drop_index(f"ix_{table}_state", table_name=table)
