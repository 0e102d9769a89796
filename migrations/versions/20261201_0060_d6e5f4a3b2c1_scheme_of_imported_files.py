"""files that a roster opened name the key of their scheme, too

Revision ID: d6e5f4a3b2c1
Revises: d4d3f5a7b91b
"""

from alembic import op

revision = "d6e5f4a3b2c1"
down_revision = "d4d3f5a7b91b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE file SET scheme_key = (SELECT scheme.key FROM scheme WHERE scheme.id = file.scheme_id)"
        " WHERE scheme_key = ''"
    )


def downgrade() -> None:
    """Nothing to undo: what is named now was wrong before."""
