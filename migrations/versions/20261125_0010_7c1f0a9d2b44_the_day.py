"""the day"""

import sqlalchemy as sa
from alembic import op


revision = "7c1f0a9d2b44"
down_revision = "5e154d2d5f5c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "once_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_once_key")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_once_key_user_id_key")),
    )
    op.create_table(
        "api_token",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("acting_id", sa.Integer(), nullable=False),
        sa.Column("reads", sa.String(length=300), nullable=False),
        sa.Column("writes", sa.String(length=300), server_default="", nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("roles", sa.String(length=200), server_default="", nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("last_used_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["acting_id"], ["ab_user.id"], name=op.f("fk_api_token_acting_id_ab_user")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["ab_user.id"], name=op.f("fk_api_token_asked_by_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_api_token_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["ab_user.id"], name=op.f("fk_api_token_decided_by_id_ab_user")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_api_token_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
    )
    op.create_index(op.f("ix_api_token_acting_id"), "api_token", ["acting_id"], unique=False)
    op.create_table(
        "calendar_day",
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=60), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_calendar_day_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_calendar_day_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("day_on", name=op.f("uq_calendar_day_day_on")),
    )
    op.create_table(
        "calendar_key",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_calendar_key_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_calendar_key_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_calendar_key_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_key")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_calendar_key_key_hash")),
        sa.UniqueConstraint("user_id", name=op.f("uq_calendar_key_user_id")),
    )
    op.create_table(
        "complaint_promise",
        sa.Column("urgency", sa.String(length=30), nullable=False),
        sa.Column("answer_hours", sa.Integer(), nullable=False),
        sa.Column("solve_hours", sa.Integer(), nullable=True),
        sa.Column("solve_days", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_complaint_promise_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_complaint_promise_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_promise")),
        sa.UniqueConstraint("urgency", name=op.f("uq_complaint_promise_urgency")),
    )
    op.create_table(
        "repair_kind",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("warn_hours", sa.Integer(), nullable=False),
        sa.Column("visit_share", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_repair_kind_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_repair_kind_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair_kind")),
        sa.UniqueConstraint("name", name=op.f("uq_repair_kind_name")),
    )
    op.create_table(
        "telling_choice",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("is_overdue", sa.Boolean(), nullable=False),
        sa.Column("is_today", sa.Boolean(), nullable=False),
        sa.Column("is_waiting", sa.Boolean(), nullable=False),
        sa.Column("hours", sa.String(length=60), server_default="", nullable=False),
        sa.Column("is_immediate", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=30), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("seen", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_telling_choice_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_telling_choice_updated_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ab_user.id"], name=op.f("fk_telling_choice_user_id_ab_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling_choice")),
        sa.UniqueConstraint("user_id", "channel", name=op.f("uq_telling_choice_user_id_channel")),
    )
    op.create_table(
        "counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=10), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_counter_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter")),
        sa.UniqueConstraint("site_id", "series", "year", name=op.f("uq_counter_site_id_series_year")),
    )
    op.create_table(
        "letter_template",
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=200), server_default="", nullable=False),
        sa.Column("title_en", sa.String(length=200), server_default="", nullable=False),
        sa.Column("body", sa.String(length=4000), server_default="", nullable=False),
        sa.Column("body_en", sa.String(length=4000), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_letter_template_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_letter_template_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_letter_template_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template")),
        sa.UniqueConstraint("site_id", "key", name=op.f("uq_letter_template_site_id_key")),
    )
    op.create_index(op.f("ix_letter_template_site_id"), "letter_template", ["site_id"], unique=False)
    op.create_table(
        "telling_line",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("choice_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("occasion", sa.String(length=30), nullable=False),
        sa.Column("slot", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=True),
        sa.Column("tried_at", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("digest", sa.String(length=64), server_default="", nullable=False),
        sa.Column("problem", sa.String(length=30), nullable=False),
        sa.Column("code", sa.String(length=12), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["choice_id"],
            ["telling_choice.id"],
            name=op.f("fk_telling_line_choice_id_telling_choice"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_telling_line_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_telling_line_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ab_user.id"], name=op.f("fk_telling_line_user_id_ab_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling_line")),
        sa.UniqueConstraint(
            "user_id", "channel", "occasion", "slot", name=op.f("uq_telling_line_user_id_channel_occasion_slot")
        ),
    )
    op.create_index(op.f("ix_telling_line_choice_id"), "telling_line", ["choice_id"], unique=False)
    op.create_index(op.f("ix_telling_line_next_try_at"), "telling_line", ["next_try_at"], unique=False)
    op.create_table(
        "visit_plan",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("floors", sa.String(length=200), server_default="", nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_visit_plan_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_visit_plan_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_visit_plan_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_plan")),
    )
    op.create_index(op.f("ix_visit_plan_from_on"), "visit_plan", ["from_on"], unique=False)
    op.create_index(op.f("ix_visit_plan_site_id"), "visit_plan", ["site_id"], unique=False)
    op.create_index(op.f("ix_visit_plan_until_on"), "visit_plan", ["until_on"], unique=False)
    op.create_table(
        "application",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("applicant", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=40), server_default="", nullable=False),
        sa.Column("what", sa.String(length=500), server_default="", nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("from_at", sa.DateTime(), nullable=True),
        sa.Column("until_at", sa.DateTime(), nullable=True),
        sa.Column("plate", sa.String(length=40), server_default="", nullable=False),
        sa.Column("wanted_words", sa.String(length=100), server_default="", nullable=False),
        sa.Column("fee_cents", sa.BigInteger(), nullable=True),
        sa.Column("given", sa.String(length=100), server_default="", nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("tenancy_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_application_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["ab_user.id"], name=op.f("fk_application_decided_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_application_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_application_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_application_unit_id_unit")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_application_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_application_site_id_number")),
    )
    op.create_index(op.f("ix_application_asked_on"), "application", ["asked_on"], unique=False)
    op.create_index(op.f("ix_application_from_at"), "application", ["from_at"], unique=False)
    op.create_index(op.f("ix_application_site_id"), "application", ["site_id"], unique=False)
    op.create_index(op.f("ix_application_tenancy_id"), "application", ["tenancy_id"], unique=False)
    op.create_index(op.f("ix_application_unit_id"), "application", ["unit_id"], unique=False)
    op.create_table(
        "complaint",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("about", sa.String(length=30), nullable=False),
        sa.Column("urgency", sa.String(length=30), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("complainant", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=40), server_default="", nullable=False),
        sa.Column("content", sa.String(length=2000), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("answer_due_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.String(length=2000), server_default="", nullable=False),
        sa.Column("solve_due_at", sa.DateTime(), nullable=False),
        sa.Column("solved_at", sa.DateTime(), nullable=True),
        sa.Column("solution", sa.String(length=2000), server_default="", nullable=False),
        sa.Column("verdict", sa.String(length=30), nullable=False),
        sa.Column("visited_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("waits_for", sa.String(length=30), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("tenancy_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["assignee_id"], ["ab_user.id"], name=op.f("fk_complaint_assignee_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_complaint_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_complaint_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_complaint_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_complaint_unit_id_unit")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_complaint_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_complaint_site_id_number")),
    )
    op.create_index(op.f("ix_complaint_answer_due_at"), "complaint", ["answer_due_at"], unique=False)
    op.create_index(op.f("ix_complaint_assignee_id"), "complaint", ["assignee_id"], unique=False)
    op.create_index(op.f("ix_complaint_due_at"), "complaint", ["due_at"], unique=False)
    op.create_index(op.f("ix_complaint_received_at"), "complaint", ["received_at"], unique=False)
    op.create_index(op.f("ix_complaint_site_id"), "complaint", ["site_id"], unique=False)
    op.create_index(op.f("ix_complaint_solve_due_at"), "complaint", ["solve_due_at"], unique=False)
    op.create_index(op.f("ix_complaint_tenancy_id"), "complaint", ["tenancy_id"], unique=False)
    op.create_index(op.f("ix_complaint_unit_id"), "complaint", ["unit_id"], unique=False)
    op.create_table(
        "fitout",
        sa.Column("firm", sa.String(length=100), nullable=False),
        sa.Column("head", sa.String(length=60), nullable=False),
        sa.Column("head_phone", sa.String(length=40), server_default="", nullable=False),
        sa.Column("licence_number", sa.String(length=60), server_default="", nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("extended_to_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("inspect_by_on", sa.Date(), nullable=True),
        sa.Column("scope", sa.String(length=1000), nullable=False),
        sa.Column("work_hours", sa.String(length=100), server_default="", nullable=False),
        sa.Column("deposit_cents", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("applied_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("review", sa.String(length=500), server_default="", nullable=False),
        sa.Column("permit_number", sa.String(length=30), server_default="", nullable=False),
        sa.Column("permitted_on", sa.Date(), nullable=True),
        sa.Column("permitted_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("acceptance", sa.String(length=500), server_default="", nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("tenancy_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("deposit_cents >= 0", name=op.f("ck_fitout_deposit")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_fitout_span")),
        sa.CheckConstraint(
            "permitted_by_id is null or (permitted_by_id <> applied_by_id and permitted_by_id <> reviewed_by_id)",
            name=op.f("ck_fitout_permitter"),
        ),
        sa.CheckConstraint(
            "reviewed_by_id is null or reviewed_by_id <> applied_by_id", name=op.f("ck_fitout_reviewer")
        ),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["ab_user.id"], name=op.f("fk_fitout_accepted_by_id_ab_user")),
        sa.ForeignKeyConstraint(["applied_by_id"], ["ab_user.id"], name=op.f("fk_fitout_applied_by_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_fitout_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["permitted_by_id"], ["ab_user.id"], name=op.f("fk_fitout_permitted_by_id_ab_user")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["ab_user.id"], name=op.f("fk_fitout_reviewed_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_fitout_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_fitout_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_fitout_unit_id_unit")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_fitout_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fitout")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_fitout_site_id_number")),
    )
    op.create_index(op.f("ix_fitout_inspect_by_on"), "fitout", ["inspect_by_on"], unique=False)
    op.create_index(op.f("ix_fitout_site_id"), "fitout", ["site_id"], unique=False)
    op.create_index(op.f("ix_fitout_tenancy_id"), "fitout", ["tenancy_id"], unique=False)
    op.create_index(op.f("ix_fitout_unit_id"), "fitout", ["unit_id"], unique=False)
    op.create_index(op.f("ix_fitout_until_on"), "fitout", ["until_on"], unique=False)
    op.create_index(
        "uq_fitout_permit",
        "fitout",
        ["site_id", "permit_number"],
        unique=True,
        sqlite_where=sa.text("permit_number <> ''"),
        postgresql_where=sa.text("permit_number <> ''"),
    )
    op.create_table(
        "moving",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("notice_given_on", sa.Date(), nullable=True),
        sa.Column("is_authorised", sa.Boolean(), nullable=False),
        sa.Column("contact", sa.String(length=60), server_default="", nullable=False),
        sa.Column("phone", sa.String(length=40), server_default="", nullable=False),
        sa.Column("forwarding", sa.String(length=200), server_default="", nullable=False),
        sa.Column("remark", sa.String(length=500), server_default="", nullable=False),
        sa.Column("property_by", sa.String(length=60), server_default="", nullable=False),
        sa.Column("property_on", sa.Date(), nullable=True),
        sa.Column("engineering_by", sa.String(length=60), server_default="", nullable=False),
        sa.Column("engineering_on", sa.Date(), nullable=True),
        sa.Column("security_by", sa.String(length=60), server_default="", nullable=False),
        sa.Column("security_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("tenancy_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["closed_by_id"], ["ab_user.id"], name=op.f("fk_moving_closed_by_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_moving_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_moving_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_moving_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_moving_unit_id_unit")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_moving_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moving")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_moving_site_id_number")),
    )
    op.create_index(op.f("ix_moving_closed_on"), "moving", ["closed_on"], unique=False)
    op.create_index(op.f("ix_moving_planned_on"), "moving", ["planned_on"], unique=False)
    op.create_index(op.f("ix_moving_site_id"), "moving", ["site_id"], unique=False)
    op.create_index(op.f("ix_moving_tenancy_id"), "moving", ["tenancy_id"], unique=False)
    op.create_index(op.f("ix_moving_unit_id"), "moving", ["unit_id"], unique=False)
    op.create_index(
        "uq_moving_live",
        "moving",
        ["tenancy_id", "kind"],
        unique=True,
        sqlite_where=sa.text("state in ('open', 'checked')"),
        postgresql_where=sa.text("state in ('open', 'checked')"),
    )
    op.create_table(
        "notice",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("scope", sa.String(length=30), nullable=False),
        sa.Column("floor_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), server_default="", nullable=False),
        sa.Column("body", sa.String(length=4000), nullable=False),
        sa.Column("body_en", sa.String(length=4000), server_default="", nullable=False),
        sa.Column("batch", sa.String(length=30), server_default="", nullable=False),
        sa.Column("sign_by_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_at", sa.DateTime(), nullable=True),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("tenancy_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_notice_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["floor_id"], ["floor.id"], name=op.f("fk_notice_floor_id_floor")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["ab_user.id"], name=op.f("fk_notice_issued_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_notice_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_notice_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_notice_unit_id_unit")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_notice_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_notice_site_id_number")),
    )
    op.create_index(op.f("ix_notice_batch"), "notice", ["batch"], unique=False)
    op.create_index(op.f("ix_notice_issued_on"), "notice", ["issued_on"], unique=False)
    op.create_index(op.f("ix_notice_site_id"), "notice", ["site_id"], unique=False)
    op.create_index(op.f("ix_notice_tenancy_id"), "notice", ["tenancy_id"], unique=False)
    op.create_index(op.f("ix_notice_unit_id"), "notice", ["unit_id"], unique=False)
    op.create_table(
        "deposit",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("fitout_id", sa.Integer(), nullable=True),
        sa.Column("payable_cents", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("is_owed", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.String(length=300), server_default="", nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("tenancy_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("payable_cents >= 0", name=op.f("ck_deposit_payable")),
        sa.CheckConstraint("tenancy_id is not null", name=op.f("ck_deposit_tenant")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_deposit_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_deposit_customer_id_customer")),
        sa.ForeignKeyConstraint(["fitout_id"], ["fitout.id"], name=op.f("fk_deposit_fitout_id_fitout")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_deposit_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_deposit_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_deposit_unit_id_unit")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_deposit_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_deposit_site_id_number")),
    )
    op.create_index(op.f("ix_deposit_customer_id"), "deposit", ["customer_id"], unique=False)
    op.create_index(op.f("ix_deposit_fitout_id"), "deposit", ["fitout_id"], unique=False)
    op.create_index("ix_deposit_owed", "deposit", ["site_id", "is_owed", "due_on"], unique=False)
    op.create_index(op.f("ix_deposit_site_id"), "deposit", ["site_id"], unique=False)
    op.create_index(op.f("ix_deposit_tenancy_id"), "deposit", ["tenancy_id"], unique=False)
    op.create_index(op.f("ix_deposit_unit_id"), "deposit", ["unit_id"], unique=False)
    op.create_table(
        "fitout_inspection",
        sa.Column("fitout_id", sa.Integer(), nullable=False),
        sa.Column("tenancy_id", sa.Integer(), nullable=True),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("inspector_id", sa.Integer(), nullable=True),
        sa.Column("finding", sa.String(length=500), nullable=False),
        sa.Column("is_ok", sa.Boolean(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_fitout_inspection_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["fitout_id"], ["fitout.id"], name=op.f("fk_fitout_inspection_fitout_id_fitout")),
        sa.ForeignKeyConstraint(
            ["inspector_id"], ["ab_user.id"], name=op.f("fk_fitout_inspection_inspector_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_fitout_inspection_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_fitout_inspection_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_fitout_inspection_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fitout_inspection")),
    )
    op.create_index(op.f("ix_fitout_inspection_fitout_id"), "fitout_inspection", ["fitout_id"], unique=False)
    op.create_index(op.f("ix_fitout_inspection_inspected_on"), "fitout_inspection", ["inspected_on"], unique=False)
    op.create_index(op.f("ix_fitout_inspection_site_id"), "fitout_inspection", ["site_id"], unique=False)
    op.create_index(op.f("ix_fitout_inspection_tenancy_id"), "fitout_inspection", ["tenancy_id"], unique=False)
    op.create_table(
        "fitout_worker",
        sa.Column("fitout_id", sa.Integer(), nullable=False),
        sa.Column("tenancy_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("id_number", sa.Text(), nullable=False),
        sa.Column("trade", sa.String(length=30), nullable=False),
        sa.Column("pass_number", sa.String(length=30), server_default="", nullable=False),
        sa.Column("valid_until_on", sa.Date(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_fitout_worker_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["fitout_id"], ["fitout.id"], name=op.f("fk_fitout_worker_fitout_id_fitout")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_fitout_worker_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_fitout_worker_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_fitout_worker_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fitout_worker")),
        sa.UniqueConstraint("site_id", "pass_number", name=op.f("uq_fitout_worker_site_id_pass_number")),
    )
    op.create_index(op.f("ix_fitout_worker_fitout_id"), "fitout_worker", ["fitout_id"], unique=False)
    op.create_index(op.f("ix_fitout_worker_site_id"), "fitout_worker", ["site_id"], unique=False)
    op.create_index(op.f("ix_fitout_worker_tenancy_id"), "fitout_worker", ["tenancy_id"], unique=False)
    op.create_index(op.f("ix_fitout_worker_valid_until_on"), "fitout_worker", ["valid_until_on"], unique=False)
    op.create_table(
        "goods_line",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("remark", sa.String(length=200), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_goods_line_application_id_application")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_goods_line_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_goods_line_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_goods_line_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_line")),
    )
    op.create_index(op.f("ix_goods_line_application_id"), "goods_line", ["application_id"], unique=False)
    op.create_index(op.f("ix_goods_line_site_id"), "goods_line", ["site_id"], unique=False)
    op.create_table(
        "moving_item",
        sa.Column("moving_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("expected", sa.String(length=100), server_default="", nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("reading", sa.String(length=30), server_default="", nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(length=200), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_moving_item_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["done_by_id"], ["ab_user.id"], name=op.f("fk_moving_item_done_by_id_ab_user")),
        sa.ForeignKeyConstraint(["moving_id"], ["moving.id"], name=op.f("fk_moving_item_moving_id_moving")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_moving_item_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_moving_item_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moving_item")),
    )
    op.create_index(op.f("ix_moving_item_moving_id"), "moving_item", ["moving_id"], unique=False)
    op.create_index(op.f("ix_moving_item_site_id"), "moving_item", ["site_id"], unique=False)
    op.create_table(
        "notice_receipt",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("tenancy_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.String(length=60), server_default="", nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=True),
        sa.Column("is_signed_on_paper", sa.Boolean(), nullable=False),
        sa.Column("client_signature", sa.Text(), server_default="", nullable=False),
        sa.Column("remark", sa.String(length=200), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_notice_receipt_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_receipt_notice_id_notice")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_notice_receipt_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_notice_receipt_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_notice_receipt_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_notice_receipt_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_receipt")),
        sa.UniqueConstraint("notice_id", "tenancy_id", name=op.f("uq_notice_receipt_notice_id_tenancy_id")),
    )
    op.create_index(op.f("ix_notice_receipt_due_on"), "notice_receipt", ["due_on"], unique=False)
    op.create_index(op.f("ix_notice_receipt_notice_id"), "notice_receipt", ["notice_id"], unique=False)
    op.create_index(op.f("ix_notice_receipt_site_id"), "notice_receipt", ["site_id"], unique=False)
    op.create_index(op.f("ix_notice_receipt_tenancy_id"), "notice_receipt", ["tenancy_id"], unique=False)
    op.create_index(op.f("ix_notice_receipt_unit_id"), "notice_receipt", ["unit_id"], unique=False)
    op.create_table(
        "repair",
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("reporter", sa.String(length=60), server_default="", nullable=False),
        sa.Column("phone", sa.String(length=40), server_default="", nullable=False),
        sa.Column("place", sa.String(length=120), server_default="", nullable=False),
        sa.Column("appointment_at", sa.DateTime(), nullable=True),
        sa.Column("fault", sa.String(length=1000), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("charge", sa.String(length=30), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("paused_at", sa.DateTime(), nullable=True),
        sa.Column("paused_minutes", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("overall", sa.String(length=30), nullable=False),
        sa.Column("speed", sa.String(length=30), nullable=False),
        sa.Column("service", sa.String(length=30), nullable=False),
        sa.Column("remark", sa.String(length=500), server_default="", nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("last_reminded_at", sa.DateTime(), nullable=True),
        sa.Column("needs_visit", sa.Boolean(), nullable=True),
        sa.Column("visited_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("is_pending", sa.Boolean(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("tenancy_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["assignee_id"], ["ab_user.id"], name=op.f("fk_repair_assignee_id_ab_user")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_repair_complaint_id_complaint")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_repair_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["kind_id"], ["repair_kind.id"], name=op.f("fk_repair_kind_id_repair_kind")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_repair_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_repair_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_repair_unit_id_unit")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_repair_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_repair_site_id_number")),
    )
    op.create_index(op.f("ix_repair_appointment_at"), "repair", ["appointment_at"], unique=False)
    op.create_index(op.f("ix_repair_assignee_id"), "repair", ["assignee_id"], unique=False)
    op.create_index(op.f("ix_repair_closed_at"), "repair", ["closed_at"], unique=False)
    op.create_index(op.f("ix_repair_complaint_id"), "repair", ["complaint_id"], unique=False)
    op.create_index(op.f("ix_repair_done_at"), "repair", ["done_at"], unique=False)
    op.create_index(op.f("ix_repair_due_at"), "repair", ["due_at"], unique=False)
    op.create_index(op.f("ix_repair_is_pending"), "repair", ["is_pending"], unique=False)
    op.create_index(op.f("ix_repair_kind_id"), "repair", ["kind_id"], unique=False)
    op.create_index(op.f("ix_repair_reported_at"), "repair", ["reported_at"], unique=False)
    op.create_index(op.f("ix_repair_site_id"), "repair", ["site_id"], unique=False)
    op.create_index(op.f("ix_repair_tenancy_id"), "repair", ["tenancy_id"], unique=False)
    op.create_index(op.f("ix_repair_unit_id"), "repair", ["unit_id"], unique=False)
    op.create_index(op.f("ix_repair_visit_id"), "repair", ["visit_id"], unique=False)
    op.create_table(
        "violation",
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("fitout_id", sa.Integer(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("found_by", sa.String(length=60), server_default="", nullable=False),
        sa.Column("description", sa.String(length=1000), nullable=False),
        sa.Column("demand", sa.String(length=500), server_default="", nullable=False),
        sa.Column("rectify_by_on", sa.Date(), nullable=True),
        sa.Column("rectified_on", sa.Date(), nullable=True),
        sa.Column("deduction_cents", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("tenancy_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_violation_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["fitout_id"], ["fitout.id"], name=op.f("fk_violation_fitout_id_fitout")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_violation_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_violation_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_violation_unit_id_unit")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_violation_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violation")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_violation_site_id_number")),
    )
    op.create_index(op.f("ix_violation_fitout_id"), "violation", ["fitout_id"], unique=False)
    op.create_index(op.f("ix_violation_found_on"), "violation", ["found_on"], unique=False)
    op.create_index(op.f("ix_violation_rectify_by_on"), "violation", ["rectify_by_on"], unique=False)
    op.create_index(op.f("ix_violation_site_id"), "violation", ["site_id"], unique=False)
    op.create_index(op.f("ix_violation_tenancy_id"), "violation", ["tenancy_id"], unique=False)
    op.create_index(op.f("ix_violation_unit_id"), "violation", ["unit_id"], unique=False)
    op.create_table(
        "deposit_refund",
        sa.Column("deposit_id", sa.Integer(), nullable=False),
        sa.Column("settled_cents", sa.BigInteger(), nullable=False),
        sa.Column("asked_cents", sa.BigInteger(), nullable=False),
        sa.Column("payee", sa.String(length=100), server_default="", nullable=False),
        sa.Column("bank", sa.String(length=100), server_default="", nullable=False),
        sa.Column("bank_account", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("refusal", sa.String(length=300), server_default="", nullable=False),
        sa.Column("method", sa.String(length=30), server_default="", nullable=False),
        sa.Column("paid_by_id", sa.Integer(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("tenancy_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(checked_by_id is null or checked_by_id <> asked_by_id) and (approved_by_id is null or (approved_by_id <> asked_by_id and approved_by_id <> checked_by_id))",
            name=op.f("ck_deposit_refund_three_people"),
        ),
        sa.CheckConstraint(
            "settled_cents > 0 and asked_cents >= 0 and asked_cents <= settled_cents",
            name=op.f("ck_deposit_refund_amounts"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["ab_user.id"], name=op.f("fk_deposit_refund_approved_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["ab_user.id"], name=op.f("fk_deposit_refund_asked_by_id_ab_user")),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["ab_user.id"], name=op.f("fk_deposit_refund_checked_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_deposit_refund_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["deposit_id"], ["deposit.id"], name=op.f("fk_deposit_refund_deposit_id_deposit")),
        sa.ForeignKeyConstraint(["paid_by_id"], ["ab_user.id"], name=op.f("fk_deposit_refund_paid_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_deposit_refund_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_deposit_refund_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_deposit_refund_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_deposit_refund_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_refund")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_deposit_refund_site_id_number")),
    )
    op.create_index(op.f("ix_deposit_refund_deposit_id"), "deposit_refund", ["deposit_id"], unique=False)
    op.create_index(op.f("ix_deposit_refund_site_id"), "deposit_refund", ["site_id"], unique=False)
    op.create_index(op.f("ix_deposit_refund_tenancy_id"), "deposit_refund", ["tenancy_id"], unique=False)
    op.create_index(op.f("ix_deposit_refund_unit_id"), "deposit_refund", ["unit_id"], unique=False)
    op.create_index(
        "uq_deposit_refund_live",
        "deposit_refund",
        ["deposit_id"],
        unique=True,
        sqlite_where=sa.text("state in ('asked', 'checked', 'approved')"),
        postgresql_where=sa.text("state in ('asked', 'checked', 'approved')"),
    )
    op.create_table(
        "due",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("period", sa.String(length=40), server_default="", nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("repair_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("remark", sa.String(length=300), server_default="", nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("tenancy_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_due_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["repair_id"], ["repair.id"], name=op.f("fk_due_repair_id_repair")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_due_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_due_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_due_unit_id_unit")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_due_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_due_site_id_number")),
    )
    op.create_index(op.f("ix_due_due_on"), "due", ["due_on"], unique=False)
    op.create_index(op.f("ix_due_repair_id"), "due", ["repair_id"], unique=False)
    op.create_index(op.f("ix_due_site_id"), "due", ["site_id"], unique=False)
    op.create_index(op.f("ix_due_tenancy_id"), "due", ["tenancy_id"], unique=False)
    op.create_index(op.f("ix_due_unit_id"), "due", ["unit_id"], unique=False)
    op.create_table(
        "held_key",
        sa.Column("tenancy_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("way", sa.String(length=30), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("to_whom", sa.String(length=60), server_default="", nullable=False),
        sa.Column("remark", sa.String(length=200), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_held_key_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["item_id"], ["moving_item.id"], name=op.f("fk_held_key_item_id_moving_item")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_held_key_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_held_key_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_held_key_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_key")),
    )
    op.create_index(op.f("ix_held_key_item_id"), "held_key", ["item_id"], unique=False)
    op.create_index(op.f("ix_held_key_site_id"), "held_key", ["site_id"], unique=False)
    op.create_index(op.f("ix_held_key_tenancy_id"), "held_key", ["tenancy_id"], unique=False)
    op.create_table(
        "repair_cost",
        sa.Column("repair_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=200), server_default="", nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.BigInteger(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("is_material", sa.Boolean(), nullable=False),
        sa.Column("is_chargeable", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["repair_cost.id"], name=op.f("fk_repair_cost_corrects_id_repair_cost")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_repair_cost_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["repair_id"], ["repair.id"], name=op.f("fk_repair_cost_repair_id_repair")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_repair_cost_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_repair_cost_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair_cost")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_repair_cost_corrects_id")),
    )
    op.create_index(op.f("ix_repair_cost_repair_id"), "repair_cost", ["repair_id"], unique=False)
    op.create_index(op.f("ix_repair_cost_site_id"), "repair_cost", ["site_id"], unique=False)
    op.create_table(
        "repair_picture",
        sa.Column("repair_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=False),
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
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_repair_picture_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["repair_id"], ["repair.id"], name=op.f("fk_repair_picture_repair_id_repair")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_repair_picture_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_repair_picture_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair_picture")),
        sa.UniqueConstraint("blob", name=op.f("uq_repair_picture_blob")),
    )
    op.create_index(op.f("ix_repair_picture_repair_id"), "repair_picture", ["repair_id"], unique=False)
    op.create_index(op.f("ix_repair_picture_site_id"), "repair_picture", ["site_id"], unique=False)
    op.create_table(
        "repair_step",
        sa.Column("repair_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("took_minutes", sa.Integer(), nullable=False),
        sa.Column("opinion", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_repair_step_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["repair_id"], ["repair.id"], name=op.f("fk_repair_step_repair_id_repair")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_repair_step_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_repair_step_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_repair_step_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair_step")),
    )
    op.create_index(op.f("ix_repair_step_repair_id"), "repair_step", ["repair_id"], unique=False)
    op.create_index(op.f("ix_repair_step_site_id"), "repair_step", ["site_id"], unique=False)
    op.create_table(
        "visit",
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("repair_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("planned_at", sa.DateTime(), nullable=True),
        sa.Column("visitor_id", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(length=30), nullable=False),
        sa.Column("person_seen", sa.String(length=60), server_default="", nullable=False),
        sa.Column("phone", sa.String(length=40), server_default="", nullable=False),
        sa.Column("visited_at", sa.DateTime(), nullable=True),
        sa.Column("result", sa.String(length=30), nullable=False),
        sa.Column("opinion", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("follow_up", sa.String(length=500), server_default="", nullable=False),
        sa.Column("client_signature", sa.Text(), server_default="", nullable=False),
        sa.Column("signed_on_paper", sa.Boolean(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("tenancy_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_visit_complaint_id_complaint")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_visit_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["plan_id"], ["visit_plan.id"], name=op.f("fk_visit_plan_id_visit_plan")),
        sa.ForeignKeyConstraint(["repair_id"], ["repair.id"], name=op.f("fk_visit_repair_id_repair")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_visit_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_visit_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_visit_unit_id_unit")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_visit_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(["visitor_id"], ["ab_user.id"], name=op.f("fk_visit_visitor_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_visit_site_id_number")),
    )
    op.create_index(op.f("ix_visit_complaint_id"), "visit", ["complaint_id"], unique=False)
    op.create_index(op.f("ix_visit_due_on"), "visit", ["due_on"], unique=False)
    op.create_index(op.f("ix_visit_plan_id"), "visit", ["plan_id"], unique=False)
    op.create_index(op.f("ix_visit_planned_at"), "visit", ["planned_at"], unique=False)
    op.create_index(op.f("ix_visit_repair_id"), "visit", ["repair_id"], unique=False)
    op.create_index(op.f("ix_visit_site_id"), "visit", ["site_id"], unique=False)
    op.create_index(op.f("ix_visit_tenancy_id"), "visit", ["tenancy_id"], unique=False)
    op.create_index(op.f("ix_visit_unit_id"), "visit", ["unit_id"], unique=False)
    op.create_index(op.f("ix_visit_visited_at"), "visit", ["visited_at"], unique=False)
    op.create_index(op.f("ix_visit_visitor_id"), "visit", ["visitor_id"], unique=False)
    op.create_table(
        "deposit_deduction",
        sa.Column("refund_id", sa.Integer(), nullable=False),
        sa.Column("tenancy_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=30), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(length=300), server_default="", nullable=False),
        sa.Column("violation_id", sa.Integer(), nullable=True),
        sa.Column("due_id", sa.Integer(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount_cents > 0 or corrects_id is not null", name=op.f("ck_deposit_deduction_amount")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["deposit_deduction.id"], name=op.f("fk_deposit_deduction_corrects_id_deposit_deduction")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_deposit_deduction_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["due_id"], ["due.id"], name=op.f("fk_deposit_deduction_due_id_due")),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["deposit_refund.id"], name=op.f("fk_deposit_deduction_refund_id_deposit_refund")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_deposit_deduction_site_id_site")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_deposit_deduction_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_deposit_deduction_updated_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["violation_id"], ["violation.id"], name=op.f("fk_deposit_deduction_violation_id_violation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_deduction")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_deposit_deduction_corrects_id")),
    )
    op.create_index(op.f("ix_deposit_deduction_due_id"), "deposit_deduction", ["due_id"], unique=False)
    op.create_index(op.f("ix_deposit_deduction_refund_id"), "deposit_deduction", ["refund_id"], unique=False)
    op.create_index(op.f("ix_deposit_deduction_site_id"), "deposit_deduction", ["site_id"], unique=False)
    op.create_index(op.f("ix_deposit_deduction_tenancy_id"), "deposit_deduction", ["tenancy_id"], unique=False)
    op.create_index(op.f("ix_deposit_deduction_violation_id"), "deposit_deduction", ["violation_id"], unique=False)
    op.create_table(
        "due_payment",
        sa.Column("due_id", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=30), nullable=False),
        sa.Column("receipt", sa.String(length=100), server_default="", nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["due_payment.id"], name=op.f("fk_due_payment_corrects_id_due_payment")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_due_payment_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["due_id"], ["due.id"], name=op.f("fk_due_payment_due_id_due")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_due_payment_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_due_payment_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_payment")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_due_payment_corrects_id")),
    )
    op.create_index(op.f("ix_due_payment_due_id"), "due_payment", ["due_id"], unique=False)
    op.create_index(op.f("ix_due_payment_site_id"), "due_payment", ["site_id"], unique=False)
    op.add_column(
        "deposit_line",
        sa.Column(
            "deposit_id",
            sa.Integer(),
            sa.ForeignKey("deposit.id", name=op.f("fk_deposit_line_deposit_id_deposit")),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column("deposit_line", sa.Column("receipt_number", sa.String(length=30), server_default="", nullable=False))
    op.add_column("deposit_line", sa.Column("method", sa.String(length=30), server_default="", nullable=False))
    op.add_column("deposit_line", sa.Column("payer", sa.String(length=100), server_default="", nullable=False))
    op.add_column(
        "deposit_line",
        sa.Column(
            "taken_by_id",
            sa.Integer(),
            sa.ForeignKey("ab_user.id", name=op.f("fk_deposit_line_taken_by_id_ab_user")),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column(
        "deposit_line",
        sa.Column(
            "refund_id",
            sa.Integer(),
            sa.ForeignKey("deposit_refund.id", name=op.f("fk_deposit_line_refund_id_deposit_refund")),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column("deposit_line", sa.Column("once", sa.String(length=64), server_default="", nullable=False))
    op.create_index(op.f("ix_deposit_line_deposit_id"), "deposit_line", ["deposit_id"], unique=False)
    op.create_index(
        "uq_deposit_line_once",
        "deposit_line",
        ["once"],
        unique=True,
        sqlite_where=sa.text("once <> ''"),
        postgresql_where=sa.text("once <> ''"),
    )
    op.create_index(
        "uq_deposit_line_receipt_number",
        "deposit_line",
        ["site_id", "receipt_number"],
        unique=True,
        sqlite_where=sa.text("receipt_number <> ''"),
        postgresql_where=sa.text("receipt_number <> ''"),
    )
    op.create_index("uq_deposit_line_refund_id_reason", "deposit_line", ["refund_id", "reason"], unique=True)
    op.add_column("document", sa.Column("source", sa.String(length=40), server_default="", nullable=False))
    op.add_column("document", sa.Column("source_id", sa.Integer(), nullable=True))
    op.create_index("ix_document_source", "document", ["source", "source_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_document_source", table_name="document")
    op.drop_column("document", "source_id")
    op.drop_column("document", "source")
    op.drop_index("uq_deposit_line_refund_id_reason", table_name="deposit_line")
    op.drop_index(
        "uq_deposit_line_receipt_number",
        table_name="deposit_line",
        sqlite_where=sa.text("receipt_number <> ''"),
        postgresql_where=sa.text("receipt_number <> ''"),
    )
    op.drop_index(
        "uq_deposit_line_once",
        table_name="deposit_line",
        sqlite_where=sa.text("once <> ''"),
        postgresql_where=sa.text("once <> ''"),
    )
    op.drop_index(op.f("ix_deposit_line_deposit_id"), table_name="deposit_line")
    op.drop_column("deposit_line", "once")
    op.drop_column("deposit_line", "refund_id")
    op.drop_column("deposit_line", "taken_by_id")
    op.drop_column("deposit_line", "payer")
    op.drop_column("deposit_line", "method")
    op.drop_column("deposit_line", "receipt_number")
    op.drop_column("deposit_line", "deposit_id")
    op.drop_index(op.f("ix_due_payment_site_id"), table_name="due_payment")
    op.drop_index(op.f("ix_due_payment_due_id"), table_name="due_payment")
    op.drop_table("due_payment")
    op.drop_index(op.f("ix_deposit_deduction_violation_id"), table_name="deposit_deduction")
    op.drop_index(op.f("ix_deposit_deduction_tenancy_id"), table_name="deposit_deduction")
    op.drop_index(op.f("ix_deposit_deduction_site_id"), table_name="deposit_deduction")
    op.drop_index(op.f("ix_deposit_deduction_refund_id"), table_name="deposit_deduction")
    op.drop_index(op.f("ix_deposit_deduction_due_id"), table_name="deposit_deduction")
    op.drop_table("deposit_deduction")
    op.drop_index(op.f("ix_visit_visitor_id"), table_name="visit")
    op.drop_index(op.f("ix_visit_visited_at"), table_name="visit")
    op.drop_index(op.f("ix_visit_unit_id"), table_name="visit")
    op.drop_index(op.f("ix_visit_tenancy_id"), table_name="visit")
    op.drop_index(op.f("ix_visit_site_id"), table_name="visit")
    op.drop_index(op.f("ix_visit_repair_id"), table_name="visit")
    op.drop_index(op.f("ix_visit_planned_at"), table_name="visit")
    op.drop_index(op.f("ix_visit_plan_id"), table_name="visit")
    op.drop_index(op.f("ix_visit_due_on"), table_name="visit")
    op.drop_index(op.f("ix_visit_complaint_id"), table_name="visit")
    op.drop_table("visit")
    op.drop_index(op.f("ix_repair_step_site_id"), table_name="repair_step")
    op.drop_index(op.f("ix_repair_step_repair_id"), table_name="repair_step")
    op.drop_table("repair_step")
    op.drop_index(op.f("ix_repair_picture_site_id"), table_name="repair_picture")
    op.drop_index(op.f("ix_repair_picture_repair_id"), table_name="repair_picture")
    op.drop_table("repair_picture")
    op.drop_index(op.f("ix_repair_cost_site_id"), table_name="repair_cost")
    op.drop_index(op.f("ix_repair_cost_repair_id"), table_name="repair_cost")
    op.drop_table("repair_cost")
    op.drop_index(op.f("ix_held_key_tenancy_id"), table_name="held_key")
    op.drop_index(op.f("ix_held_key_site_id"), table_name="held_key")
    op.drop_index(op.f("ix_held_key_item_id"), table_name="held_key")
    op.drop_table("held_key")
    op.drop_index(op.f("ix_due_unit_id"), table_name="due")
    op.drop_index(op.f("ix_due_tenancy_id"), table_name="due")
    op.drop_index(op.f("ix_due_site_id"), table_name="due")
    op.drop_index(op.f("ix_due_repair_id"), table_name="due")
    op.drop_index(op.f("ix_due_due_on"), table_name="due")
    op.drop_table("due")
    op.drop_index(
        "uq_deposit_refund_live",
        table_name="deposit_refund",
        sqlite_where=sa.text("state in ('asked', 'checked', 'approved')"),
        postgresql_where=sa.text("state in ('asked', 'checked', 'approved')"),
    )
    op.drop_index(op.f("ix_deposit_refund_unit_id"), table_name="deposit_refund")
    op.drop_index(op.f("ix_deposit_refund_tenancy_id"), table_name="deposit_refund")
    op.drop_index(op.f("ix_deposit_refund_site_id"), table_name="deposit_refund")
    op.drop_index(op.f("ix_deposit_refund_deposit_id"), table_name="deposit_refund")
    op.drop_table("deposit_refund")
    op.drop_index(op.f("ix_violation_unit_id"), table_name="violation")
    op.drop_index(op.f("ix_violation_tenancy_id"), table_name="violation")
    op.drop_index(op.f("ix_violation_site_id"), table_name="violation")
    op.drop_index(op.f("ix_violation_rectify_by_on"), table_name="violation")
    op.drop_index(op.f("ix_violation_found_on"), table_name="violation")
    op.drop_index(op.f("ix_violation_fitout_id"), table_name="violation")
    op.drop_table("violation")
    op.drop_index(op.f("ix_repair_visit_id"), table_name="repair")
    op.drop_index(op.f("ix_repair_unit_id"), table_name="repair")
    op.drop_index(op.f("ix_repair_tenancy_id"), table_name="repair")
    op.drop_index(op.f("ix_repair_site_id"), table_name="repair")
    op.drop_index(op.f("ix_repair_reported_at"), table_name="repair")
    op.drop_index(op.f("ix_repair_kind_id"), table_name="repair")
    op.drop_index(op.f("ix_repair_is_pending"), table_name="repair")
    op.drop_index(op.f("ix_repair_due_at"), table_name="repair")
    op.drop_index(op.f("ix_repair_done_at"), table_name="repair")
    op.drop_index(op.f("ix_repair_complaint_id"), table_name="repair")
    op.drop_index(op.f("ix_repair_closed_at"), table_name="repair")
    op.drop_index(op.f("ix_repair_assignee_id"), table_name="repair")
    op.drop_index(op.f("ix_repair_appointment_at"), table_name="repair")
    op.drop_table("repair")
    op.drop_index(op.f("ix_notice_receipt_unit_id"), table_name="notice_receipt")
    op.drop_index(op.f("ix_notice_receipt_tenancy_id"), table_name="notice_receipt")
    op.drop_index(op.f("ix_notice_receipt_site_id"), table_name="notice_receipt")
    op.drop_index(op.f("ix_notice_receipt_notice_id"), table_name="notice_receipt")
    op.drop_index(op.f("ix_notice_receipt_due_on"), table_name="notice_receipt")
    op.drop_table("notice_receipt")
    op.drop_index(op.f("ix_moving_item_site_id"), table_name="moving_item")
    op.drop_index(op.f("ix_moving_item_moving_id"), table_name="moving_item")
    op.drop_table("moving_item")
    op.drop_index(op.f("ix_goods_line_site_id"), table_name="goods_line")
    op.drop_index(op.f("ix_goods_line_application_id"), table_name="goods_line")
    op.drop_table("goods_line")
    op.drop_index(op.f("ix_fitout_worker_valid_until_on"), table_name="fitout_worker")
    op.drop_index(op.f("ix_fitout_worker_tenancy_id"), table_name="fitout_worker")
    op.drop_index(op.f("ix_fitout_worker_site_id"), table_name="fitout_worker")
    op.drop_index(op.f("ix_fitout_worker_fitout_id"), table_name="fitout_worker")
    op.drop_table("fitout_worker")
    op.drop_index(op.f("ix_fitout_inspection_tenancy_id"), table_name="fitout_inspection")
    op.drop_index(op.f("ix_fitout_inspection_site_id"), table_name="fitout_inspection")
    op.drop_index(op.f("ix_fitout_inspection_inspected_on"), table_name="fitout_inspection")
    op.drop_index(op.f("ix_fitout_inspection_fitout_id"), table_name="fitout_inspection")
    op.drop_table("fitout_inspection")
    op.drop_index(op.f("ix_deposit_unit_id"), table_name="deposit")
    op.drop_index(op.f("ix_deposit_tenancy_id"), table_name="deposit")
    op.drop_index(op.f("ix_deposit_site_id"), table_name="deposit")
    op.drop_index("ix_deposit_owed", table_name="deposit")
    op.drop_index(op.f("ix_deposit_fitout_id"), table_name="deposit")
    op.drop_index(op.f("ix_deposit_customer_id"), table_name="deposit")
    op.drop_table("deposit")
    op.drop_index(op.f("ix_notice_unit_id"), table_name="notice")
    op.drop_index(op.f("ix_notice_tenancy_id"), table_name="notice")
    op.drop_index(op.f("ix_notice_site_id"), table_name="notice")
    op.drop_index(op.f("ix_notice_issued_on"), table_name="notice")
    op.drop_index(op.f("ix_notice_batch"), table_name="notice")
    op.drop_table("notice")
    op.drop_index(
        "uq_moving_live",
        table_name="moving",
        sqlite_where=sa.text("state in ('open', 'checked')"),
        postgresql_where=sa.text("state in ('open', 'checked')"),
    )
    op.drop_index(op.f("ix_moving_unit_id"), table_name="moving")
    op.drop_index(op.f("ix_moving_tenancy_id"), table_name="moving")
    op.drop_index(op.f("ix_moving_site_id"), table_name="moving")
    op.drop_index(op.f("ix_moving_planned_on"), table_name="moving")
    op.drop_index(op.f("ix_moving_closed_on"), table_name="moving")
    op.drop_table("moving")
    op.drop_index(
        "uq_fitout_permit",
        table_name="fitout",
        sqlite_where=sa.text("permit_number <> ''"),
        postgresql_where=sa.text("permit_number <> ''"),
    )
    op.drop_index(op.f("ix_fitout_until_on"), table_name="fitout")
    op.drop_index(op.f("ix_fitout_unit_id"), table_name="fitout")
    op.drop_index(op.f("ix_fitout_tenancy_id"), table_name="fitout")
    op.drop_index(op.f("ix_fitout_site_id"), table_name="fitout")
    op.drop_index(op.f("ix_fitout_inspect_by_on"), table_name="fitout")
    op.drop_table("fitout")
    op.drop_index(op.f("ix_complaint_unit_id"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_tenancy_id"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_solve_due_at"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_site_id"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_received_at"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_due_at"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_assignee_id"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_answer_due_at"), table_name="complaint")
    op.drop_table("complaint")
    op.drop_index(op.f("ix_application_unit_id"), table_name="application")
    op.drop_index(op.f("ix_application_tenancy_id"), table_name="application")
    op.drop_index(op.f("ix_application_site_id"), table_name="application")
    op.drop_index(op.f("ix_application_from_at"), table_name="application")
    op.drop_index(op.f("ix_application_asked_on"), table_name="application")
    op.drop_table("application")
    op.drop_index(op.f("ix_visit_plan_until_on"), table_name="visit_plan")
    op.drop_index(op.f("ix_visit_plan_site_id"), table_name="visit_plan")
    op.drop_index(op.f("ix_visit_plan_from_on"), table_name="visit_plan")
    op.drop_table("visit_plan")
    op.drop_index(op.f("ix_telling_line_next_try_at"), table_name="telling_line")
    op.drop_index(op.f("ix_telling_line_choice_id"), table_name="telling_line")
    op.drop_table("telling_line")
    op.drop_index(op.f("ix_letter_template_site_id"), table_name="letter_template")
    op.drop_table("letter_template")
    op.drop_table("counter")
    op.drop_table("telling_choice")
    op.drop_table("repair_kind")
    op.drop_table("complaint_promise")
    op.drop_table("calendar_key")
    op.drop_table("calendar_day")
    op.drop_index(op.f("ix_api_token_acting_id"), table_name="api_token")
    op.drop_table("api_token")
    op.drop_table("once_key")
