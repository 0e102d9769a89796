"""registers that are declared, their entries, steps and readings

Revision ID: c2b1c3d4e5f6
Revises: c1a0b2d3e4f5
"""

import sqlalchemy as sa
from alembic import op

import app.kit.columns

revision = "c2b1c3d4e5f6"
down_revision = "c1a0b2d3e4f5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "register",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("schemes", sa.String(length=400), server_default="", nullable=False),
        sa.Column("series", sa.String(length=10), server_default="", nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("slots", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_register_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_register_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register")),
        sa.UniqueConstraint("key", "revision", name=op.f("uq_register_key_revision")),
    )
    op.create_index(op.f("ix_register_is_current"), "register", ["is_current"], unique=False)
    op.create_table(
        "entry",
        sa.Column("register_key", sa.String(length=40), nullable=False),
        sa.Column("declared_in", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("caption", sa.String(length=200), server_default="", nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("read_edition", sa.String(length=100), server_default="", nullable=False),
        sa.Column("only_one", sa.String(length=80), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.Column("text_1", sa.Text(), nullable=True),
        sa.Column("text_2", sa.Text(), nullable=True),
        sa.Column("text_3", sa.Text(), nullable=True),
        sa.Column("text_4", sa.Text(), nullable=True),
        sa.Column("text_5", sa.Text(), nullable=True),
        sa.Column("text_6", sa.Text(), nullable=True),
        sa.Column("text_7", sa.Text(), nullable=True),
        sa.Column("text_8", sa.Text(), nullable=True),
        sa.Column("text_9", sa.Text(), nullable=True),
        sa.Column("text_10", sa.Text(), nullable=True),
        sa.Column("text_11", sa.Text(), nullable=True),
        sa.Column("text_12", sa.Text(), nullable=True),
        sa.Column("text_13", sa.Text(), nullable=True),
        sa.Column("text_14", sa.Text(), nullable=True),
        sa.Column("text_15", sa.Text(), nullable=True),
        sa.Column("text_16", sa.Text(), nullable=True),
        sa.Column("number_1", sa.BigInteger(), nullable=True),
        sa.Column("number_2", sa.BigInteger(), nullable=True),
        sa.Column("number_3", sa.BigInteger(), nullable=True),
        sa.Column("number_4", sa.BigInteger(), nullable=True),
        sa.Column("number_5", sa.BigInteger(), nullable=True),
        sa.Column("number_6", sa.BigInteger(), nullable=True),
        sa.Column("number_7", sa.BigInteger(), nullable=True),
        sa.Column("number_8", sa.BigInteger(), nullable=True),
        sa.Column("day_1", sa.Date(), nullable=True),
        sa.Column("day_2", sa.Date(), nullable=True),
        sa.Column("day_3", sa.Date(), nullable=True),
        sa.Column("day_4", sa.Date(), nullable=True),
        sa.Column("day_5", sa.Date(), nullable=True),
        sa.Column("day_6", sa.Date(), nullable=True),
        sa.Column("moment_1", app.kit.columns.Moment(), nullable=True),
        sa.Column("moment_2", app.kit.columns.Moment(), nullable=True),
        sa.Column("moment_3", app.kit.columns.Moment(), nullable=True),
        sa.Column("flag_1", sa.Boolean(), nullable=True),
        sa.Column("flag_2", sa.Boolean(), nullable=True),
        sa.Column("flag_3", sa.Boolean(), nullable=True),
        sa.Column("person_1_id", sa.Integer(), nullable=True),
        sa.Column("person_2_id", sa.Integer(), nullable=True),
        sa.Column("person_3_id", sa.Integer(), nullable=True),
        sa.Column("entry_1_id", sa.Integer(), nullable=True),
        sa.Column("entry_2_id", sa.Integer(), nullable=True),
        sa.Column("entry_3_id", sa.Integer(), nullable=True),
        sa.Column("file_1_id", sa.Integer(), nullable=True),
        sa.Column("customer_1_id", sa.Integer(), nullable=True),
        sa.Column("unit_1_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_entry_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_1_id"], ["customer.id"], name=op.f("fk_entry_customer_1_id_customer")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_entry_customer_id_customer")),
        sa.ForeignKeyConstraint(["entry_1_id"], ["entry.id"], name=op.f("fk_entry_entry_1_id_entry")),
        sa.ForeignKeyConstraint(["entry_2_id"], ["entry.id"], name=op.f("fk_entry_entry_2_id_entry")),
        sa.ForeignKeyConstraint(["entry_3_id"], ["entry.id"], name=op.f("fk_entry_entry_3_id_entry")),
        sa.ForeignKeyConstraint(["file_1_id"], ["file.id"], name=op.f("fk_entry_file_1_id_file")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_entry_file_id_file")),
        sa.ForeignKeyConstraint(["person_1_id"], ["ab_user.id"], name=op.f("fk_entry_person_1_id_ab_user")),
        sa.ForeignKeyConstraint(["person_2_id"], ["ab_user.id"], name=op.f("fk_entry_person_2_id_ab_user")),
        sa.ForeignKeyConstraint(["person_3_id"], ["ab_user.id"], name=op.f("fk_entry_person_3_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_entry_site_id_site")),
        sa.ForeignKeyConstraint(["unit_1_id"], ["unit.id"], name=op.f("fk_entry_unit_1_id_unit")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_entry_unit_id_unit")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_entry_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("only_one", name=op.f("uq_entry_only_one")),
        sa.UniqueConstraint("site_id", "register_key", "number", name=op.f("uq_entry_site_id_register_key_number")),
    )
    op.create_index(op.f("ix_entry_customer_1_id"), "entry", ["customer_1_id"], unique=False)
    op.create_index(op.f("ix_entry_customer_id"), "entry", ["customer_id"], unique=False)
    op.create_index("ix_entry_due", "entry", ["due_on", "is_over"], unique=False)
    op.create_index(op.f("ix_entry_entry_1_id"), "entry", ["entry_1_id"], unique=False)
    op.create_index(op.f("ix_entry_entry_2_id"), "entry", ["entry_2_id"], unique=False)
    op.create_index(op.f("ix_entry_entry_3_id"), "entry", ["entry_3_id"], unique=False)
    op.create_index(op.f("ix_entry_file_1_id"), "entry", ["file_1_id"], unique=False)
    op.create_index(op.f("ix_entry_file_id"), "entry", ["file_id"], unique=False)
    op.create_index("ix_entry_list", "entry", ["register_key", "site_id", "state"], unique=False)
    op.create_index(op.f("ix_entry_person_1_id"), "entry", ["person_1_id"], unique=False)
    op.create_index(op.f("ix_entry_person_2_id"), "entry", ["person_2_id"], unique=False)
    op.create_index(op.f("ix_entry_person_3_id"), "entry", ["person_3_id"], unique=False)
    op.create_index(op.f("ix_entry_site_id"), "entry", ["site_id"], unique=False)
    op.create_index(op.f("ix_entry_unit_1_id"), "entry", ["unit_1_id"], unique=False)
    op.create_index(op.f("ix_entry_unit_id"), "entry", ["unit_id"], unique=False)
    op.create_table(
        "entry_step",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("from_state", sa.String(length=40), server_default="", nullable=False),
        sa.Column("to_state", sa.String(length=40), server_default="", nullable=False),
        sa.Column("at", app.kit.columns.Moment(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_entry_step_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_step_entry_id_entry")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_entry_step_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_entry_step_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_entry_step_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_step")),
    )
    op.create_index(op.f("ix_entry_step_entry_id"), "entry_step", ["entry_id"], unique=False)
    op.create_index(op.f("ix_entry_step_site_id"), "entry_step", ["site_id"], unique=False)
    op.create_table(
        "entry_reading",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(length=100), server_default="", nullable=False),
        sa.Column("at", app.kit.columns.Moment(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_entry_reading_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_reading_entry_id_entry")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_entry_reading_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_entry_reading_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_entry_reading_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_reading")),
        sa.UniqueConstraint("entry_id", "user_id", "edition", name=op.f("uq_entry_reading_entry_id_user_id_edition")),
    )
    op.create_index(op.f("ix_entry_reading_site_id"), "entry_reading", ["site_id"], unique=False)
    op.create_index(op.f("ix_entry_reading_user_id"), "entry_reading", ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_table("entry_reading")
    op.drop_table("entry_step")
    op.drop_table("entry")
    op.drop_table("register")
