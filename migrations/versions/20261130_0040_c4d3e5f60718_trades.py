"""trades: who has which duty, first contact sheets, allocations, event sheets and follow-ups"""

import sqlalchemy as sa
from alembic import op

import app.kit.columns


revision = "c4d3e5f60718"
down_revision = "c3c2d4e5f607"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "allocation_policy",
        sa.Column("scheme_key", sa.String(length=40), nullable=False),
        sa.Column("area_place", sa.Integer(), nullable=False),
        sa.Column("newcomer_place", sa.Integer(), nullable=False),
        sa.Column("score_place", sa.Integer(), nullable=False),
        sa.Column("newcomer_percent", sa.Integer(), nullable=False),
        sa.Column("newcomer_days", sa.Integer(), nullable=False),
        sa.Column("weight_ability", sa.Integer(), nullable=False),
        sa.Column("weight_efficiency", sa.Integer(), nullable=False),
        sa.Column("weight_workload", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_allocation_policy_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_allocation_policy_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_allocation_policy_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_policy")),
        sa.UniqueConstraint("site_id", "scheme_key", name=op.f("uq_allocation_policy_site_id_scheme_key")),
    )
    op.create_index(op.f("ix_allocation_policy_site_id"), "allocation_policy", ["site_id"], unique=False)
    op.create_table(
        "duty_holder",
        sa.Column("scheme_key", sa.String(length=40), nullable=False),
        sa.Column("duty", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("areas", sa.String(length=300), server_default="", nullable=False),
        sa.Column("since_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("ability", sa.Integer(), nullable=False),
        sa.Column("efficiency", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_duty_holder_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_duty_holder_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_duty_holder_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_duty_holder_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_holder")),
    )
    op.create_index("ix_duty_holder_of", "duty_holder", ["site_id", "scheme_key", "duty"], unique=False)
    op.create_index(op.f("ix_duty_holder_site_id"), "duty_holder", ["site_id"], unique=False)
    op.create_index(op.f("ix_duty_holder_user_id"), "duty_holder", ["user_id"], unique=False)
    op.create_table(
        "contact_sheet",
        sa.Column("number", sa.String(length=30), server_default="", nullable=False),
        sa.Column("scheme_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("collector_id", sa.Integer(), nullable=True),
        sa.Column("filled_by", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=60), server_default="", nullable=False),
        sa.Column("phone", sa.String(length=40), server_default="", nullable=False),
        sa.Column("address", sa.String(length=200), server_default="", nullable=False),
        sa.Column("area", sa.String(length=60), server_default="", nullable=False),
        sa.Column("birth_year", sa.String(length=10), server_default="", nullable=False),
        sa.Column("gender", sa.String(length=30), nullable=False),
        sa.Column("occupation", sa.String(length=60), server_default="", nullable=False),
        sa.Column("household", sa.String(length=300), server_default="", nullable=False),
        sa.Column("interests", sa.String(length=300), server_default="", nullable=False),
        sa.Column("remark", sa.String(length=500), server_default="", nullable=False),
        sa.Column("has_consent", sa.Boolean(), nullable=False),
        sa.Column("consent_by", sa.String(length=60), server_default="", nullable=False),
        sa.Column("consent_at", app.kit.columns.Moment(), nullable=True),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column("notice_digest", sa.String(length=64), server_default="", nullable=False),
        sa.Column("client_signature", sa.Text(), server_default="", nullable=False),
        sa.Column("collector_signature", sa.Text(), server_default="", nullable=False),
        sa.Column("is_signed_on_paper", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("submitted_at", app.kit.columns.Moment(), nullable=True),
        sa.Column("batch", sa.String(length=30), server_default="", nullable=False),
        sa.Column("handed_over_at", app.kit.columns.Moment(), nullable=True),
        sa.Column("handed_to_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["collector_id"], ["ab_user.id"], name=op.f("fk_contact_sheet_collector_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_contact_sheet_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_contact_sheet_customer_id_customer")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_contact_sheet_file_id_file")),
        sa.ForeignKeyConstraint(["handed_to_id"], ["ab_user.id"], name=op.f("fk_contact_sheet_handed_to_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_contact_sheet_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_contact_sheet_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_sheet")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_contact_sheet_site_id_number")),
    )
    op.create_index(op.f("ix_contact_sheet_collector_id"), "contact_sheet", ["collector_id"], unique=False)
    op.create_index(op.f("ix_contact_sheet_customer_id"), "contact_sheet", ["customer_id"], unique=False)
    op.create_index(op.f("ix_contact_sheet_file_id"), "contact_sheet", ["file_id"], unique=False)
    op.create_index(op.f("ix_contact_sheet_site_id"), "contact_sheet", ["site_id"], unique=False)
    op.create_table(
        "allocation",
        sa.Column("scheme_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("batch", sa.String(length=30), server_default="", nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["before_id"], ["allocation.id"], name=op.f("fk_allocation_before_id_allocation")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_allocation_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_allocation_customer_id_customer")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["ab_user.id"], name=op.f("fk_allocation_decided_by_id_ab_user")),
        sa.ForeignKeyConstraint(["holder_id"], ["ab_user.id"], name=op.f("fk_allocation_holder_id_ab_user")),
        sa.ForeignKeyConstraint(["sheet_id"], ["contact_sheet.id"], name=op.f("fk_allocation_sheet_id_contact_sheet")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_allocation_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_allocation_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint("before_id", name=op.f("uq_allocation_before_id")),
    )
    op.create_index(op.f("ix_allocation_customer_id"), "allocation", ["customer_id"], unique=False)
    op.create_index(op.f("ix_allocation_holder_id"), "allocation", ["holder_id"], unique=False)
    op.create_index(op.f("ix_allocation_sheet_id"), "allocation", ["sheet_id"], unique=False)
    op.create_index(op.f("ix_allocation_site_id"), "allocation", ["site_id"], unique=False)
    op.create_index(
        "uq_allocation_first",
        "allocation",
        ["scheme_key", "customer_id"],
        unique=True,
        sqlite_where=sa.text("before_id is null"),
        postgresql_where=sa.text("before_id is null"),
    )
    op.create_table(
        "event_sheet",
        sa.Column("number", sa.String(length=30), server_default="", nullable=False),
        sa.Column("scheme_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("event_kind", sa.String(length=40), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("is_buyer", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.String(length=40), server_default="", nullable=False),
        sa.Column("address", sa.String(length=200), server_default="", nullable=False),
        sa.Column("bought", sa.String(length=200), server_default="", nullable=False),
        sa.Column("feedback", sa.String(length=500), server_default="", nullable=False),
        sa.Column("wishes", sa.String(length=500), server_default="", nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("filler_id", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.Column("is_legible", sa.Boolean(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("kept_by_id", sa.Integer(), nullable=True),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["checked_by_id"], ["ab_user.id"], name=op.f("fk_event_sheet_checked_by_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_event_sheet_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_event_sheet_customer_id_customer")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_event_sheet_file_id_file")),
        sa.ForeignKeyConstraint(["filler_id"], ["ab_user.id"], name=op.f("fk_event_sheet_filler_id_ab_user")),
        sa.ForeignKeyConstraint(["kept_by_id"], ["ab_user.id"], name=op.f("fk_event_sheet_kept_by_id_ab_user")),
        sa.ForeignKeyConstraint(["sheet_id"], ["contact_sheet.id"], name=op.f("fk_event_sheet_sheet_id_contact_sheet")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_event_sheet_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_event_sheet_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_sheet")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_event_sheet_site_id_number")),
    )
    op.create_index(op.f("ix_event_sheet_customer_id"), "event_sheet", ["customer_id"], unique=False)
    op.create_index("ix_event_sheet_day", "event_sheet", ["state", "event_on"], unique=False)
    op.create_index(op.f("ix_event_sheet_file_id"), "event_sheet", ["file_id"], unique=False)
    op.create_index(op.f("ix_event_sheet_filler_id"), "event_sheet", ["filler_id"], unique=False)
    op.create_index(op.f("ix_event_sheet_sheet_id"), "event_sheet", ["sheet_id"], unique=False)
    op.create_index(op.f("ix_event_sheet_site_id"), "event_sheet", ["site_id"], unique=False)
    op.create_table(
        "follow_up",
        sa.Column("number", sa.String(length=30), server_default="", nullable=False),
        sa.Column("scheme_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("event_sheet_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("duty", sa.String(length=40), server_default="", nullable=False),
        sa.Column("step", sa.String(length=60), server_default="", nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("guidance", sa.String(length=500), server_default="", nullable=False),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["ab_user.id"], name=op.f("fk_follow_up_asked_by_id_ab_user")),
        sa.ForeignKeyConstraint(["assignee_id"], ["ab_user.id"], name=op.f("fk_follow_up_assignee_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_follow_up_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_follow_up_customer_id_customer")),
        sa.ForeignKeyConstraint(
            ["event_sheet_id"], ["event_sheet.id"], name=op.f("fk_follow_up_event_sheet_id_event_sheet")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_follow_up_file_id_file")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_follow_up_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_follow_up_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_follow_up_site_id_number")),
    )
    op.create_index(op.f("ix_follow_up_assignee_id"), "follow_up", ["assignee_id"], unique=False)
    op.create_index(op.f("ix_follow_up_customer_id"), "follow_up", ["customer_id"], unique=False)
    op.create_index(op.f("ix_follow_up_done_on"), "follow_up", ["done_on"], unique=False)
    op.create_index("ix_follow_up_due", "follow_up", ["state", "due_on"], unique=False)
    op.create_index(op.f("ix_follow_up_event_sheet_id"), "follow_up", ["event_sheet_id"], unique=False)
    op.create_index(op.f("ix_follow_up_file_id"), "follow_up", ["file_id"], unique=False)
    op.create_index(op.f("ix_follow_up_site_id"), "follow_up", ["site_id"], unique=False)
    op.create_index(
        "uq_follow_up_occasion",
        "follow_up",
        ["customer_id", "step"],
        unique=True,
        sqlite_where=sa.text("event_sheet_id is null and step <> ''"),
        postgresql_where=sa.text("event_sheet_id is null and step <> ''"),
    )
    op.create_index(
        "uq_follow_up_step",
        "follow_up",
        ["event_sheet_id", "step"],
        unique=True,
        sqlite_where=sa.text("event_sheet_id is not null and step <> ''"),
        postgresql_where=sa.text("event_sheet_id is not null and step <> ''"),
    )
    op.create_table(
        "blank_issue",
        sa.Column("number", sa.String(length=30), server_default="", nullable=False),
        sa.Column("scheme_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("form", sa.String(length=30), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("first_no", sa.Integer(), nullable=False),
        sa.Column("last_no", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("spoilt", sa.Integer(), nullable=False),
        sa.Column("given_back", sa.Integer(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_blank_issue_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["holder_id"], ["ab_user.id"], name=op.f("fk_blank_issue_holder_id_ab_user")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["ab_user.id"], name=op.f("fk_blank_issue_issued_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_blank_issue_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_blank_issue_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blank_issue")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_blank_issue_site_id_number")),
    )
    op.create_index(op.f("ix_blank_issue_holder_id"), "blank_issue", ["holder_id"], unique=False)
    op.create_index(op.f("ix_blank_issue_site_id"), "blank_issue", ["site_id"], unique=False)
    key = sa.ForeignKey("follow_up.id", name=op.f("fk_loan_follow_up_id_follow_up"))
    op.add_column("loan", sa.Column("follow_up_id", sa.Integer(), key, nullable=True), inline_references=True)
    op.create_index(op.f("ix_loan_follow_up_id"), "loan", ["follow_up_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_loan_follow_up_id"), table_name="loan")
    op.drop_column("loan", "follow_up_id")
    for table in (
        "blank_issue",
        "follow_up",
        "event_sheet",
        "allocation",
        "contact_sheet",
        "duty_holder",
        "allocation_policy",
    ):
        op.drop_table(table)
