"""Customers as a market.

Revision ID: c5e4f6071829
Revises: c4d3e5f60718
"""

import sqlalchemy as sa
from alembic import op

import app.kit.columns

revision = "c5e4f6071829"
down_revision = "c4d3e5f60718"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("scheme_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("findings", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("advice", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("delivered_at", app.kit.columns.Moment(), nullable=True),
        sa.Column("read_at", app.kit.columns.Moment(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["ab_user.id"], name=op.f("fk_evaluation_author_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_evaluation_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["reader_id"], ["ab_user.id"], name=op.f("fk_evaluation_reader_id_ab_user")),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_evaluation_scheme_id_scheme")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_evaluation_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_evaluation_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_evaluation_site_id_number")),
    )
    op.create_index(op.f("ix_evaluation_author_id"), "evaluation", ["author_id"], unique=False)
    op.create_index(op.f("ix_evaluation_due_on"), "evaluation", ["due_on"], unique=False)
    op.create_index(op.f("ix_evaluation_reader_id"), "evaluation", ["reader_id"], unique=False)
    op.create_index(op.f("ix_evaluation_site_id"), "evaluation", ["site_id"], unique=False)
    op.create_table(
        "survey",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("scheme_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("is_full", sa.Boolean(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("score", sa.String(length=8), server_default="", nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_survey_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["responsible_id"], ["ab_user.id"], name=op.f("fk_survey_responsible_id_ab_user")),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_survey_scheme_id_scheme")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_survey_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_survey_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_survey_site_id_number")),
    )
    op.create_index(op.f("ix_survey_closes_on"), "survey", ["closes_on"], unique=False)
    op.create_index(op.f("ix_survey_site_id"), "survey", ["site_id"], unique=False)
    op.create_table(
        "corrective_action",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("score", sa.String(length=8), server_default="", nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("cause", sa.String(length=500), server_default="", nullable=False),
        sa.Column("measure", sa.String(length=500), server_default="", nullable=False),
        sa.Column("prevention", sa.String(length=500), server_default="", nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("finding", sa.String(length=500), server_default="", nullable=False),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_corrective_action_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["done_by_id"], ["ab_user.id"], name=op.f("fk_corrective_action_done_by_id_ab_user")),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["ab_user.id"], name=op.f("fk_corrective_action_responsible_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_corrective_action_site_id_site")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_corrective_action_survey_id_survey")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_corrective_action_updated_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["ab_user.id"], name=op.f("fk_corrective_action_verified_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrective_action")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_corrective_action_site_id_number")),
        sa.UniqueConstraint("survey_id", "question", name=op.f("uq_corrective_action_survey_id_question")),
    )
    op.create_index(op.f("ix_corrective_action_due_on"), "corrective_action", ["due_on"], unique=False)
    op.create_index(op.f("ix_corrective_action_responsible_id"), "corrective_action", ["responsible_id"], unique=False)
    op.create_index(op.f("ix_corrective_action_site_id"), "corrective_action", ["site_id"], unique=False)
    op.create_index(op.f("ix_corrective_action_survey_id"), "corrective_action", ["survey_id"], unique=False)
    op.create_table(
        "market_profile",
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("scheme_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("facets", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("is_prospect", sa.Boolean(), nullable=False),
        sa.Column("potential", sa.Integer(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=True),
        sa.Column("grade", sa.String(length=40), server_default="", nullable=False),
        sa.Column("graded_on", sa.Date(), nullable=True),
        sa.Column("credit_grade", sa.String(length=40), server_default="", nullable=False),
        sa.Column("credit_limit_cents", sa.BigInteger(), nullable=True),
        sa.Column("outstanding_cents", sa.BigInteger(), nullable=False),
        sa.Column("is_over_limit", sa.Boolean(), nullable=False),
        sa.Column("payment_mode", sa.String(length=40), server_default="", nullable=False),
        sa.Column("terms", sa.String(length=300), server_default="", nullable=False),
        sa.Column("credit_handling", sa.String(length=300), server_default="", nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("reported_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_at", app.kit.columns.Moment(), nullable=True),
        sa.Column("finding", sa.String(length=300), server_default="", nullable=False),
        sa.Column("fresh_on", sa.Date(), nullable=False),
        sa.Column("stale_on", sa.Date(), nullable=False),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("potential between 0 and 100", name=op.f("ck_market_profile_potential")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_market_profile_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_market_profile_customer_id_customer")),
        sa.ForeignKeyConstraint(
            ["reported_by_id"], ["ab_user.id"], name=op.f("fk_market_profile_reported_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_market_profile_scheme_id_scheme")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_market_profile_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_market_profile_updated_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["ab_user.id"], name=op.f("fk_market_profile_verified_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_profile")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_market_profile_customer_id")),
    )
    op.create_index(op.f("ix_market_profile_customer_id"), "market_profile", ["customer_id"], unique=False)
    op.create_index(op.f("ix_market_profile_site_id"), "market_profile", ["site_id"], unique=False)
    op.create_index(op.f("ix_market_profile_stale_on"), "market_profile", ["stale_on"], unique=False)
    op.create_table(
        "answer_link",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=True),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("answered_at", app.kit.columns.Moment(), nullable=True),
        sa.Column("filled_by", sa.String(length=60), server_default="", nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("scheme_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_answer_link_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_answer_link_customer_id_customer")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["market_profile.id"], name=op.f("fk_answer_link_profile_id_market_profile")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_answer_link_site_id_site")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_answer_link_survey_id_survey")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_answer_link_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_answer_link_token_hash")),
    )
    op.create_index(op.f("ix_answer_link_customer_id"), "answer_link", ["customer_id"], unique=False)
    op.create_index(op.f("ix_answer_link_expires_on"), "answer_link", ["expires_on"], unique=False)
    op.create_index(op.f("ix_answer_link_profile_id"), "answer_link", ["profile_id"], unique=False)
    op.create_index(op.f("ix_answer_link_site_id"), "answer_link", ["site_id"], unique=False)
    op.create_index(op.f("ix_answer_link_survey_id"), "answer_link", ["survey_id"], unique=False)
    op.create_table(
        "grade_change",
        sa.Column("before", sa.String(length=40), server_default="", nullable=False),
        sa.Column("after", sa.String(length=40), server_default="", nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("sales_cents", sa.BigInteger(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("credit_grade", sa.String(length=40), server_default="", nullable=False),
        sa.Column("scheme_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_grade_change_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_grade_change_customer_id_customer")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["market_profile.id"], name=op.f("fk_grade_change_profile_id_market_profile")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_grade_change_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_grade_change_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_change")),
    )
    op.create_index(op.f("ix_grade_change_customer_id"), "grade_change", ["customer_id"], unique=False)
    op.create_index(op.f("ix_grade_change_profile_id"), "grade_change", ["profile_id"], unique=False)
    op.create_index(op.f("ix_grade_change_site_id"), "grade_change", ["site_id"], unique=False)
    op.create_table(
        "profile_datum",
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("value", sa.String(length=1000), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(length=60), server_default="", nullable=False),
        sa.Column("scheme_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["ab_user.id"], name=op.f("fk_profile_datum_author_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_profile_datum_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_profile_datum_customer_id_customer")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["market_profile.id"], name=op.f("fk_profile_datum_profile_id_market_profile")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_profile_datum_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_profile_datum_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_datum")),
    )
    op.create_index(op.f("ix_profile_datum_customer_id"), "profile_datum", ["customer_id"], unique=False)
    op.create_index(op.f("ix_profile_datum_profile_id"), "profile_datum", ["profile_id"], unique=False)
    op.create_index(op.f("ix_profile_datum_site_id"), "profile_datum", ["site_id"], unique=False)
    op.create_table(
        "quality_note",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("product", sa.String(length=100), nullable=False),
        sa.Column("batch", sa.String(length=60), server_default="", nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("observed", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("outcome", sa.String(length=500), server_default="", nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("scheme_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_quality_note_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_quality_note_customer_id_customer")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["market_profile.id"], name=op.f("fk_quality_note_profile_id_market_profile")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_quality_note_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_quality_note_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_note")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_quality_note_site_id_number")),
    )
    op.create_index(op.f("ix_quality_note_customer_id"), "quality_note", ["customer_id"], unique=False)
    op.create_index(op.f("ix_quality_note_noted_on"), "quality_note", ["noted_on"], unique=False)
    op.create_index(op.f("ix_quality_note_profile_id"), "quality_note", ["profile_id"], unique=False)
    op.create_index(op.f("ix_quality_note_site_id"), "quality_note", ["site_id"], unique=False)
    op.create_table(
        "sale",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("sold_on", sa.Date(), nullable=False),
        sa.Column("product", sa.String(length=100), nullable=False),
        sa.Column("region", sa.String(length=60), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("payment_mode", sa.String(length=40), server_default="", nullable=False),
        sa.Column("over_limit_reason", sa.String(length=200), server_default="", nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("scheme_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["corrects_id"], ["sale.id"], name=op.f("fk_sale_corrects_id_sale")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_sale_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_sale_customer_id_customer")),
        sa.ForeignKeyConstraint(["profile_id"], ["market_profile.id"], name=op.f("fk_sale_profile_id_market_profile")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_sale_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_sale_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_sale_site_id_number")),
    )
    op.create_index(op.f("ix_sale_customer_id"), "sale", ["customer_id"], unique=False)
    op.create_index(op.f("ix_sale_profile_id"), "sale", ["profile_id"], unique=False)
    op.create_index(op.f("ix_sale_site_id"), "sale", ["site_id"], unique=False)
    op.create_index(op.f("ix_sale_sold_on"), "sale", ["sold_on"], unique=False)
    op.create_table(
        "term_request",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("payment_mode", sa.String(length=40), nullable=False),
        sa.Column("credit_limit_cents", sa.BigInteger(), nullable=True),
        sa.Column("terms", sa.String(length=300), server_default="", nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("in_effect_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("chain", sa.String(length=60), server_default="", nullable=False),
        sa.Column("scheme_key", sa.String(length=40), server_default="", nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["ab_user.id"], name=op.f("fk_term_request_asked_by_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_term_request_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_term_request_customer_id_customer")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["market_profile.id"], name=op.f("fk_term_request_profile_id_market_profile")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_term_request_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_term_request_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_request")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_term_request_site_id_number")),
    )
    op.create_index(op.f("ix_term_request_customer_id"), "term_request", ["customer_id"], unique=False)
    op.create_index(op.f("ix_term_request_profile_id"), "term_request", ["profile_id"], unique=False)
    op.create_index(op.f("ix_term_request_site_id"), "term_request", ["site_id"], unique=False)
    op.create_table(
        "sale_payment",
        sa.Column("sale_id", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("remark", sa.String(length=200), server_default="", nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_sale_payment_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_sale_payment_customer_id_customer")),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_sale_payment_sale_id_sale")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_sale_payment_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_sale_payment_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale_payment")),
    )
    op.create_index(op.f("ix_sale_payment_customer_id"), "sale_payment", ["customer_id"], unique=False)
    op.create_index(op.f("ix_sale_payment_paid_on"), "sale_payment", ["paid_on"], unique=False)
    op.create_index(op.f("ix_sale_payment_sale_id"), "sale_payment", ["sale_id"], unique=False)
    op.create_index(op.f("ix_sale_payment_site_id"), "sale_payment", ["site_id"], unique=False)
    op.create_table(
        "survey_answer",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("score", sa.String(length=8), server_default="", nullable=False),
        sa.Column("words", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("filled_by", sa.String(length=60), server_default="", nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_survey_answer_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_survey_answer_customer_id_customer")),
        sa.ForeignKeyConstraint(["link_id"], ["answer_link.id"], name=op.f("fk_survey_answer_link_id_answer_link")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_survey_answer_site_id_site")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_answer_survey_id_survey")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_survey_answer_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        sa.UniqueConstraint("link_id", name=op.f("uq_survey_answer_link_id")),
    )
    op.create_index(op.f("ix_survey_answer_customer_id"), "survey_answer", ["customer_id"], unique=False)
    op.create_index(op.f("ix_survey_answer_site_id"), "survey_answer", ["site_id"], unique=False)
    op.create_index(op.f("ix_survey_answer_survey_id"), "survey_answer", ["survey_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_survey_answer_survey_id"), table_name="survey_answer")
    op.drop_index(op.f("ix_survey_answer_site_id"), table_name="survey_answer")
    op.drop_index(op.f("ix_survey_answer_customer_id"), table_name="survey_answer")
    op.drop_table("survey_answer")
    op.drop_index(op.f("ix_sale_payment_site_id"), table_name="sale_payment")
    op.drop_index(op.f("ix_sale_payment_sale_id"), table_name="sale_payment")
    op.drop_index(op.f("ix_sale_payment_paid_on"), table_name="sale_payment")
    op.drop_index(op.f("ix_sale_payment_customer_id"), table_name="sale_payment")
    op.drop_table("sale_payment")
    op.drop_index(op.f("ix_term_request_site_id"), table_name="term_request")
    op.drop_index(op.f("ix_term_request_profile_id"), table_name="term_request")
    op.drop_index(op.f("ix_term_request_customer_id"), table_name="term_request")
    op.drop_table("term_request")
    op.drop_index(op.f("ix_sale_sold_on"), table_name="sale")
    op.drop_index(op.f("ix_sale_site_id"), table_name="sale")
    op.drop_index(op.f("ix_sale_profile_id"), table_name="sale")
    op.drop_index(op.f("ix_sale_customer_id"), table_name="sale")
    op.drop_table("sale")
    op.drop_index(op.f("ix_quality_note_site_id"), table_name="quality_note")
    op.drop_index(op.f("ix_quality_note_profile_id"), table_name="quality_note")
    op.drop_index(op.f("ix_quality_note_noted_on"), table_name="quality_note")
    op.drop_index(op.f("ix_quality_note_customer_id"), table_name="quality_note")
    op.drop_table("quality_note")
    op.drop_index(op.f("ix_profile_datum_site_id"), table_name="profile_datum")
    op.drop_index(op.f("ix_profile_datum_profile_id"), table_name="profile_datum")
    op.drop_index(op.f("ix_profile_datum_customer_id"), table_name="profile_datum")
    op.drop_table("profile_datum")
    op.drop_index(op.f("ix_grade_change_site_id"), table_name="grade_change")
    op.drop_index(op.f("ix_grade_change_profile_id"), table_name="grade_change")
    op.drop_index(op.f("ix_grade_change_customer_id"), table_name="grade_change")
    op.drop_table("grade_change")
    op.drop_index(op.f("ix_answer_link_survey_id"), table_name="answer_link")
    op.drop_index(op.f("ix_answer_link_site_id"), table_name="answer_link")
    op.drop_index(op.f("ix_answer_link_profile_id"), table_name="answer_link")
    op.drop_index(op.f("ix_answer_link_expires_on"), table_name="answer_link")
    op.drop_index(op.f("ix_answer_link_customer_id"), table_name="answer_link")
    op.drop_table("answer_link")
    op.drop_index(op.f("ix_market_profile_stale_on"), table_name="market_profile")
    op.drop_index(op.f("ix_market_profile_site_id"), table_name="market_profile")
    op.drop_index(op.f("ix_market_profile_customer_id"), table_name="market_profile")
    op.drop_table("market_profile")
    op.drop_index(op.f("ix_corrective_action_survey_id"), table_name="corrective_action")
    op.drop_index(op.f("ix_corrective_action_site_id"), table_name="corrective_action")
    op.drop_index(op.f("ix_corrective_action_responsible_id"), table_name="corrective_action")
    op.drop_index(op.f("ix_corrective_action_due_on"), table_name="corrective_action")
    op.drop_table("corrective_action")
    op.drop_index(op.f("ix_survey_site_id"), table_name="survey")
    op.drop_index(op.f("ix_survey_closes_on"), table_name="survey")
    op.drop_table("survey")
    op.drop_index(op.f("ix_evaluation_site_id"), table_name="evaluation")
    op.drop_index(op.f("ix_evaluation_reader_id"), table_name="evaluation")
    op.drop_index(op.f("ix_evaluation_due_on"), table_name="evaluation")
    op.drop_index(op.f("ix_evaluation_author_id"), table_name="evaluation")
    op.drop_table("evaluation")
