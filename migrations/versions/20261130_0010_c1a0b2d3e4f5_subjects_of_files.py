"""subjects of files: a file may be about a customer, a project or a year of a fonds; stages, limits, keepers"""

import sqlalchemy as sa
from alembic import op

revision = "c1a0b2d3e4f5"
down_revision = "5b1e7c92d0fa"
branch_labels = None
depends_on = None

HAS_SUBJECT = "(subject <> 'unit' or unit_id is not null) and (subject <> 'customer' or customer_id is not null)"
LIVE = "state in ('open', 'filed')"
INDEXES = {
    "uq_file_live_customer": (["scheme_key", "customer_id"], f"subject = 'customer' and {LIVE}"),
    "uq_file_live_title": (["site_id", "scheme_key", "title"], f"subject in ('project', 'fonds') and {LIVE}"),
}
PEOPLE = ("responsible_id", "deputy_id")


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def reword_file(old: str, new: str) -> None:
    """SQLite keeps a table's definition as text; lifting NOT NULL changes nothing that is stored.

    Making the table anew instead would need the foreign keys that point at it switched off. This is the shorter
    way of https://www.sqlite.org/lang_altertable.html, section 7.
    """
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = replace(sql, :old, :new) WHERE type = 'table' AND name = 'file'"),
        {"old": old, "new": new},
    )
    assert changed.rowcount == 1
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")


def record_columns(table: str) -> list[sa.Column | sa.Constraint]:
    """What every table of ours has."""
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f(f"fk_{table}_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f(f"fk_{table}_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    if is_sqlite():
        reword_file("unit_id INTEGER NOT NULL", "unit_id INTEGER")
        op.execute(
            "ALTER TABLE file ADD COLUMN subject VARCHAR(30) DEFAULT 'unit' NOT NULL "
            f"CONSTRAINT ck_file_has_subject CHECK ({HAS_SUBJECT})"
        )
    else:
        op.alter_column("file", "unit_id", existing_type=sa.Integer(), nullable=True)
        op.add_column("file", sa.Column("subject", sa.String(length=30), server_default="unit", nullable=False))
        op.create_check_constraint(op.f("ck_file_has_subject"), "file", HAS_SUBJECT)
    for name, length in (("scheme_key", 40), ("title", 200), ("stage", 40)):
        op.add_column("file", sa.Column(name, sa.String(length=length), server_default="", nullable=False))
    op.add_column("file", sa.Column("stage_on", sa.Date(), nullable=True))
    op.add_column("file", sa.Column("ended_on", sa.Date(), nullable=True))
    for name in PEOPLE:
        key = sa.ForeignKey("ab_user.id", name=op.f(f"fk_file_{name}_ab_user"))
        op.add_column("file", sa.Column(name, sa.Integer(), key, nullable=True), inline_references=True)
    op.execute("UPDATE file SET scheme_key = (SELECT scheme.key FROM scheme WHERE scheme.id = file.scheme_id)")
    for name, (columns, where) in INDEXES.items():
        op.create_index(name, "file", columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.add_column("document", sa.Column("is_signed", sa.Boolean(), server_default=sa.text("(false)"), nullable=False))
    op.add_column("site", sa.Column("works", sa.String(length=100), server_default="", nullable=False))
    op.add_column("scheme", sa.Column("state", sa.String(length=30), server_default="in_force", nullable=False))
    op.add_column("scheme", sa.Column("source_text", sa.String(length=60000), server_default="", nullable=False))
    op.create_table(
        "scheme_limit",
        sa.Column("scheme_key", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=100), server_default="", nullable=False),
        *record_columns("scheme_limit"),
        sa.UniqueConstraint("scheme_key", "key", name=op.f("uq_scheme_limit_scheme_key_key")),
    )
    op.create_table(
        "keeper",
        sa.Column("scheme_key", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("appointed_by_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        *record_columns("keeper"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_keeper_site_id_site")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_keeper_user_id_ab_user")),
        sa.ForeignKeyConstraint(["appointed_by_id"], ["ab_user.id"], name=op.f("fk_keeper_appointed_by_id_ab_user")),
    )
    op.create_index("ix_keeper_of", "keeper", ["site_id", "scheme_key"])
    op.create_index(op.f("ix_keeper_site_id"), "keeper", ["site_id"])
    op.create_index(op.f("ix_keeper_user_id"), "keeper", ["user_id"])


def downgrade() -> None:
    op.drop_table("keeper")
    op.drop_table("scheme_limit")
    op.drop_column("site", "works")
    op.drop_column("scheme", "source_text")
    op.drop_column("scheme", "state")
    op.drop_column("document", "is_signed")
    for name in INDEXES:
        op.drop_index(name, table_name="file")
    for name in (*PEOPLE, "ended_on", "stage_on", "stage", "title", "scheme_key"):
        op.drop_column("file", name)
    if is_sqlite():
        op.drop_column("file", "subject")
        reword_file("unit_id INTEGER", "unit_id INTEGER NOT NULL")
    else:
        op.drop_constraint(op.f("ck_file_has_subject"), "file", type_="check")
        op.drop_column("file", "subject")
        op.alter_column("file", "unit_id", existing_type=sa.Integer(), nullable=False)
