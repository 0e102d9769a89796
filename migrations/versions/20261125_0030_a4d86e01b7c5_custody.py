"""custody"""

import sqlalchemy as sa
from alembic import op


revision = "a4d86e01b7c5"
down_revision = "3b9d51c07e66"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_rule",
        sa.Column("scheme_key", sa.String(length=40), nullable=False),
        sa.Column("paper_class", sa.String(length=40), server_default="", nullable=False),
        sa.Column("mode", sa.String(length=30), nullable=False),
        sa.Column("seal", sa.String(length=30), nullable=False),
        sa.Column("is_allowed", sa.Boolean(), nullable=False),
        sa.Column("chain", sa.String(length=60), server_default="", nullable=False),
        sa.Column("longest_hours", sa.Integer(), nullable=True),
        sa.Column("beyond", sa.String(length=60), server_default="", nullable=False),
        sa.Column("utmost_hours", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=100), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_access_rule_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_access_rule_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_rule")),
        sa.UniqueConstraint(
            "scheme_key", "paper_class", "mode", "seal", name=op.f("uq_access_rule_scheme_key_paper_class_mode_seal")
        ),
    )
    op.create_table(
        "approval",
        sa.Column("subject_type", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=30), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_approval_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_approval_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_approval_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_approval_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint(
            "subject_type", "subject_id", "role", name=op.f("uq_approval_subject_type_subject_id_role")
        ),
    )
    op.create_index(op.f("ix_approval_site_id"), "approval", ["site_id"], unique=False)
    op.add_column("document", sa.Column("is_complete", sa.Boolean(), server_default=sa.text("(false)"), nullable=False))
    op.add_column("document", sa.Column("filed_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_document_filed_on"), "document", ["filed_on"], unique=False)
    op.add_column("file", sa.Column("seal", sa.String(length=30), server_default="none", nullable=False))
    op.add_column("file", sa.Column("seal_reason", sa.String(length=300), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("file", "seal_reason")
    op.drop_column("file", "seal")
    op.drop_index(op.f("ix_document_filed_on"), table_name="document")
    op.drop_column("document", "filed_on")
    op.drop_column("document", "is_complete")
    op.drop_index(op.f("ix_approval_site_id"), table_name="approval")
    op.drop_table("approval")
    op.drop_table("access_rule")
