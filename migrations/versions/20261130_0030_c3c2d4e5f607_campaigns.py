"""Campaigns.

Revision ID: c3c2d4e5f607
Revises: c2b1c3d4e5f6
"""

import sqlalchemy as sa
from alembic import op


revision = "c3c2d4e5f607"
down_revision = "c2b1c3d4e5f6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("purpose", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("basis", sa.String(length=300), server_default="", nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("to_year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=True),
        sa.Column("base_points", sa.Integer(), nullable=False),
        sa.Column("points_per_year", sa.Integer(), nullable=False),
        sa.Column("missing_means", sa.String(length=30), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=500), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("from_year <= to_year", name=op.f("ck_campaign_years_in_order")),
        sa.CheckConstraint("points_per_year >= 0", name=op.f("ck_campaign_points_are_lost")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_campaign_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["receiver_id"], ["ab_user.id"], name=op.f("fk_campaign_receiver_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_campaign_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_campaign_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_campaign_site_id_number")),
    )
    op.create_index(op.f("ix_campaign_receiver_id"), "campaign", ["receiver_id"], unique=False)
    op.create_index(op.f("ix_campaign_site_id"), "campaign", ["site_id"], unique=False)
    op.create_table(
        "acceptance_expert",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("organisation", sa.String(length=100), nullable=False),
        sa.Column("post", sa.String(length=60), server_default="", nullable=False),
        sa.Column("signature", sa.Text(), server_default="", nullable=False),
        sa.Column("is_signed_on_paper", sa.Boolean(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_acceptance_expert_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_acceptance_expert_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_acceptance_expert_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_acceptance_expert_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance_expert")),
    )
    op.create_index(op.f("ix_acceptance_expert_campaign_id"), "acceptance_expert", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_acceptance_expert_site_id"), "acceptance_expert", ["site_id"], unique=False)
    op.create_table(
        "acceptance_item",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(length=250), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("remark", sa.String(length=300), server_default="", nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_acceptance_item_campaign_id_campaign")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_acceptance_item_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_acceptance_item_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_acceptance_item_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance_item")),
        sa.UniqueConstraint("campaign_id", "standard", name=op.f("uq_acceptance_item_campaign_id_standard")),
    )
    op.create_index(op.f("ix_acceptance_item_campaign_id"), "acceptance_item", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_acceptance_item_site_id"), "acceptance_item", ["site_id"], unique=False)
    op.create_table(
        "campaign_party",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("responsible", sa.String(length=60), server_default="", nullable=False),
        sa.Column("trainee", sa.String(length=60), server_default="", nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("since_year", sa.Integer(), nullable=True),
        sa.Column("until_year", sa.Integer(), nullable=True),
        sa.Column("planned_pieces", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(length=300), server_default="", nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_party_campaign_id_campaign")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_campaign_party_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_campaign_party_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_campaign_party_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_party")),
        sa.UniqueConstraint("campaign_id", "name", name=op.f("uq_campaign_party_campaign_id_name")),
    )
    op.create_index(op.f("ix_campaign_party_campaign_id"), "campaign_party", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_campaign_party_site_id"), "campaign_party", ["site_id"], unique=False)
    op.create_table(
        "campaign_phase",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("party_kind", sa.String(length=30), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=500), server_default="", nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("begins_on <= ends_on", name=op.f("ck_campaign_phase_days_in_order")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_phase_campaign_id_campaign")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_campaign_phase_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_campaign_phase_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_campaign_phase_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_phase")),
    )
    op.create_index(op.f("ix_campaign_phase_campaign_id"), "campaign_phase", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_campaign_phase_ends_on"), "campaign_phase", ["ends_on"], unique=False)
    op.create_index(op.f("ix_campaign_phase_site_id"), "campaign_phase", ["site_id"], unique=False)
    op.create_table(
        "campaign_task",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("department", sa.String(length=100), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.String(length=60), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=500), server_default="", nullable=False),
        sa.Column("budget_cents", sa.BigInteger(), nullable=True),
        sa.Column("spent_cents", sa.BigInteger(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_task_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_campaign_task_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name=op.f("fk_campaign_task_person_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_campaign_task_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_campaign_task_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_task")),
    )
    op.create_index(op.f("ix_campaign_task_campaign_id"), "campaign_task", ["campaign_id"], unique=False)
    op.create_index("ix_campaign_task_due", "campaign_task", ["state", "due_on"], unique=False)
    op.create_index(op.f("ix_campaign_task_person_id"), "campaign_task", ["person_id"], unique=False)
    op.create_index(op.f("ix_campaign_task_site_id"), "campaign_task", ["site_id"], unique=False)
    op.create_table(
        "expected_paper",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("category", sa.String(length=30), nullable=False),
        sa.Column("party_kind", sa.String(length=30), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("since_year", sa.Integer(), nullable=True),
        sa.Column("until_year", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_expected_paper_pieces_are_owed")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_expected_paper_campaign_id_campaign")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_expected_paper_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_expected_paper_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_expected_paper_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expected_paper")),
        sa.UniqueConstraint(
            "campaign_id", "name", "party_kind", name=op.f("uq_expected_paper_campaign_id_name_party_kind")
        ),
    )
    op.create_index(op.f("ix_expected_paper_campaign_id"), "expected_paper", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_expected_paper_site_id"), "expected_paper", ["site_id"], unique=False)
    op.create_table(
        "campaign_cost",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=200), server_default="", nullable=False),
        sa.Column("receipt", sa.String(length=60), server_default="", nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_cost_campaign_id_campaign")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["campaign_cost.id"], name=op.f("fk_campaign_cost_corrects_id_campaign_cost")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_campaign_cost_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_campaign_cost_site_id_site")),
        sa.ForeignKeyConstraint(["task_id"], ["campaign_task.id"], name=op.f("fk_campaign_cost_task_id_campaign_task")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_campaign_cost_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_cost")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_campaign_cost_corrects_id")),
    )
    op.create_index(op.f("ix_campaign_cost_campaign_id"), "campaign_cost", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_campaign_cost_site_id"), "campaign_cost", ["site_id"], unique=False)
    op.create_index(op.f("ix_campaign_cost_task_id"), "campaign_cost", ["task_id"], unique=False)
    op.create_table(
        "party_check",
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.String(length=60), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("regular", sa.Integer(), nullable=False),
        sa.Column("passing", sa.Integer(), nullable=False),
        sa.Column("findings", sa.String(length=500), server_default="", nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "passing >= 0 and passing <= looked_at", name=op.f("ck_party_check_passing_among_looked_at")
        ),
        sa.CheckConstraint(
            "regular >= 0 and regular <= looked_at", name=op.f("ck_party_check_regular_among_looked_at")
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_party_check_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_party_check_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(
            ["party_id"], ["campaign_party.id"], name=op.f("fk_party_check_party_id_campaign_party")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_party_check_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_party_check_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_check")),
    )
    op.create_index(op.f("ix_party_check_campaign_id"), "party_check", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_party_check_party_id"), "party_check", ["party_id"], unique=False)
    op.create_index(op.f("ix_party_check_site_id"), "party_check", ["site_id"], unique=False)
    op.create_table(
        "score_line",
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind in ('missing', 'made_up')) = (year is not null)", name=op.f("ck_score_line_years_are_named")
        ),
        sa.CheckConstraint("points != 0", name=op.f("ck_score_line_points_count")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_score_line_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["corrects_id"], ["score_line.id"], name=op.f("fk_score_line_corrects_id_score_line")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_score_line_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(
            ["party_id"], ["campaign_party.id"], name=op.f("fk_score_line_party_id_campaign_party")
        ),
        sa.ForeignKeyConstraint(
            ["phase_id"], ["campaign_phase.id"], name=op.f("fk_score_line_phase_id_campaign_phase")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_score_line_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_score_line_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_line")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_score_line_corrects_id")),
    )
    op.create_index(op.f("ix_score_line_campaign_id"), "score_line", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_score_line_party_id"), "score_line", ["party_id"], unique=False)
    op.create_index(op.f("ix_score_line_site_id"), "score_line", ["site_id"], unique=False)
    op.create_table(
        "submission",
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("passed_pieces", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=False),
        sa.Column("handed_in_by", sa.String(length=60), server_default="", nullable=False),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("pieces > 0 and passed_pieces >= 0", name=op.f("ck_submission_pieces_are_counted")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_submission_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_submission_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["expected_paper.id"], name=op.f("fk_submission_paper_id_expected_paper")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["campaign_party.id"], name=op.f("fk_submission_party_id_campaign_party")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_submission_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_submission_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("party_id", "paper_id", "year", name=op.f("uq_submission_party_id_paper_id_year")),
    )
    op.create_index(op.f("ix_submission_campaign_id"), "submission", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_submission_handed_in_on"), "submission", ["handed_in_on"], unique=False)
    op.create_index(op.f("ix_submission_paper_id"), "submission", ["paper_id"], unique=False)
    op.create_index("ix_submission_queue", "submission", ["campaign_id", "state"], unique=False)
    op.create_index(op.f("ix_submission_site_id"), "submission", ["site_id"], unique=False)
    op.create_index(op.f("ix_submission_year"), "submission", ["year"], unique=False)
    op.create_table(
        "submission_line",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("person", sa.String(length=60), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_submission_line_campaign_id_campaign")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_submission_line_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_submission_line_site_id_site")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_line_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_submission_line_updated_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_submission_line_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_line")),
    )
    op.create_index(op.f("ix_submission_line_campaign_id"), "submission_line", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_submission_line_site_id"), "submission_line", ["site_id"], unique=False)
    op.create_index(op.f("ix_submission_line_submission_id"), "submission_line", ["submission_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_submission_line_submission_id"), table_name="submission_line")
    op.drop_index(op.f("ix_submission_line_site_id"), table_name="submission_line")
    op.drop_index(op.f("ix_submission_line_campaign_id"), table_name="submission_line")
    op.drop_table("submission_line")
    op.drop_index(op.f("ix_submission_year"), table_name="submission")
    op.drop_index(op.f("ix_submission_site_id"), table_name="submission")
    op.drop_index("ix_submission_queue", table_name="submission")
    op.drop_index(op.f("ix_submission_paper_id"), table_name="submission")
    op.drop_index(op.f("ix_submission_handed_in_on"), table_name="submission")
    op.drop_index(op.f("ix_submission_campaign_id"), table_name="submission")
    op.drop_table("submission")
    op.drop_index(op.f("ix_score_line_site_id"), table_name="score_line")
    op.drop_index(op.f("ix_score_line_party_id"), table_name="score_line")
    op.drop_index(op.f("ix_score_line_campaign_id"), table_name="score_line")
    op.drop_table("score_line")
    op.drop_index(op.f("ix_party_check_site_id"), table_name="party_check")
    op.drop_index(op.f("ix_party_check_party_id"), table_name="party_check")
    op.drop_index(op.f("ix_party_check_campaign_id"), table_name="party_check")
    op.drop_table("party_check")
    op.drop_index(op.f("ix_campaign_cost_task_id"), table_name="campaign_cost")
    op.drop_index(op.f("ix_campaign_cost_site_id"), table_name="campaign_cost")
    op.drop_index(op.f("ix_campaign_cost_campaign_id"), table_name="campaign_cost")
    op.drop_table("campaign_cost")
    op.drop_index(op.f("ix_expected_paper_site_id"), table_name="expected_paper")
    op.drop_index(op.f("ix_expected_paper_campaign_id"), table_name="expected_paper")
    op.drop_table("expected_paper")
    op.drop_index(op.f("ix_campaign_task_site_id"), table_name="campaign_task")
    op.drop_index(op.f("ix_campaign_task_person_id"), table_name="campaign_task")
    op.drop_index("ix_campaign_task_due", table_name="campaign_task")
    op.drop_index(op.f("ix_campaign_task_campaign_id"), table_name="campaign_task")
    op.drop_table("campaign_task")
    op.drop_index(op.f("ix_campaign_phase_site_id"), table_name="campaign_phase")
    op.drop_index(op.f("ix_campaign_phase_ends_on"), table_name="campaign_phase")
    op.drop_index(op.f("ix_campaign_phase_campaign_id"), table_name="campaign_phase")
    op.drop_table("campaign_phase")
    op.drop_index(op.f("ix_campaign_party_site_id"), table_name="campaign_party")
    op.drop_index(op.f("ix_campaign_party_campaign_id"), table_name="campaign_party")
    op.drop_table("campaign_party")
    op.drop_index(op.f("ix_acceptance_item_site_id"), table_name="acceptance_item")
    op.drop_index(op.f("ix_acceptance_item_campaign_id"), table_name="acceptance_item")
    op.drop_table("acceptance_item")
    op.drop_index(op.f("ix_acceptance_expert_site_id"), table_name="acceptance_expert")
    op.drop_index(op.f("ix_acceptance_expert_campaign_id"), table_name="acceptance_expert")
    op.drop_table("acceptance_expert")
    op.drop_index(op.f("ix_campaign_site_id"), table_name="campaign")
    op.drop_index(op.f("ix_campaign_receiver_id"), table_name="campaign")
    op.drop_table("campaign")
