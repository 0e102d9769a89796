"""attachments of entries; appraisal and destruction lists are numbered by site

Revision ID: d1a0c2e4b6f8
Revises: c6f507182930
"""

import sqlalchemy as sa
from alembic import op

revision = "d1a0c2e4b6f8"
down_revision = "c6f507182930"
branch_labels = None
depends_on = None

NUMBERED = ("appraisal", "destruction")


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def reword(table: str, old: str, new: str) -> None:
    """SQLite keeps a table's definition as text; the index behind a constraint is then built anew from it.

    Making the table anew instead would need the foreign keys that point at it switched off. This is the shorter
    way of https://www.sqlite.org/lang_altertable.html, section 7.
    """
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = replace(sql, :old, :new) WHERE type = 'table' AND name = :table"),
        {"old": old, "new": new, "table": table},
    )
    assert changed.rowcount == 1
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
    connection.exec_driver_sql(f"REINDEX {table}")


def number_by(table: str, *, by_site: bool) -> None:
    """A list's number is unique at its site, or at all sites."""
    everywhere, of_site = f"uq_{table}_number", f"uq_{table}_site_id_number"
    before, after = (everywhere, of_site) if by_site else (of_site, everywhere)
    columns = {everywhere: ["number"], of_site: ["site_id", "number"]}
    if is_sqlite():
        spelled = {name: f"CONSTRAINT {name} UNIQUE ({', '.join(columns[name])})" for name in columns}
        reword(table, spelled[before], spelled[after])
    else:
        op.drop_constraint(op.f(before), table, type_="unique")
        op.create_unique_constraint(op.f(after), table, columns[after])


def upgrade() -> None:
    for table in NUMBERED:
        number_by(table, by_site=True)
    op.create_table(
        "entry_attachment",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("original_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_entry_attachment_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_attachment_entry_id_entry")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_entry_attachment_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_entry_attachment_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_attachment")),
        sa.UniqueConstraint("blob", name=op.f("uq_entry_attachment_blob")),
    )
    op.create_index(op.f("ix_entry_attachment_entry_id"), "entry_attachment", ["entry_id"])
    op.create_index(op.f("ix_entry_attachment_site_id"), "entry_attachment", ["site_id"])


def downgrade() -> None:
    op.drop_table("entry_attachment")
    for table in NUMBERED:
        number_by(table, by_site=False)
