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
        "retention_rule",
        sa.Column("scheme_key", sa.String(length=40), nullable=False),
        sa.Column("paper_class", sa.String(length=40), server_default="", nullable=False),
        sa.Column("clock", sa.String(length=30), nullable=False),
        sa.Column("is_permanent", sa.Boolean(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.String(length=200), server_default="", nullable=False),
        sa.Column("source", sa.String(length=100), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_retention_rule_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_retention_rule_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rule")),
        sa.UniqueConstraint("scheme_key", "paper_class", name=op.f("uq_retention_rule_scheme_key_paper_class")),
    )
    op.create_table(
        "appraisal",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("is_classified", sa.Boolean(), nullable=False),
        sa.Column("opinion", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("chain", sa.String(length=60), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_appraisal_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["ab_user.id"], name=op.f("fk_appraisal_drawn_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_appraisal_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_appraisal_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
        sa.UniqueConstraint("number", name=op.f("uq_appraisal_number")),
    )
    op.create_index(op.f("ix_appraisal_site_id"), "appraisal", ["site_id"], unique=False)
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
    op.create_table(
        "clearance",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("last_day_on", sa.Date(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=True),
        sa.Column("supervisor_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["closed_by_id"], ["ab_user.id"], name=op.f("fk_clearance_closed_by_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_clearance_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["receiver_id"], ["ab_user.id"], name=op.f("fk_clearance_receiver_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_clearance_site_id_site")),
        sa.ForeignKeyConstraint(["supervisor_id"], ["ab_user.id"], name=op.f("fk_clearance_supervisor_id_ab_user")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_clearance_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_clearance_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_clearance_site_id_number")),
    )
    op.create_index(op.f("ix_clearance_site_id"), "clearance", ["site_id"], unique=False)
    op.create_index(op.f("ix_clearance_user_id"), "clearance", ["user_id"], unique=False)
    op.create_index(
        "uq_clearance_open",
        "clearance",
        ["user_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "penalty_bound",
        sa.Column("least_cents", sa.BigInteger(), nullable=False),
        sa.Column("most_cents", sa.BigInteger(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("least_cents > 0 and least_cents <= most_cents", name=op.f("ck_penalty_bound_in_order")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_penalty_bound_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_penalty_bound_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_penalty_bound_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalty_bound")),
        sa.UniqueConstraint("site_id", name=op.f("uq_penalty_bound_site_id")),
    )
    op.create_index(op.f("ix_penalty_bound_site_id"), "penalty_bound", ["site_id"], unique=False)
    op.create_table(
        "register_review",
        sa.Column("register", sa.String(length=30), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_register_review_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["signed_by_id"], ["ab_user.id"], name=op.f("fk_register_review_signed_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_register_review_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_register_review_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_review")),
        sa.UniqueConstraint("site_id", "register", "month", name=op.f("uq_register_review_site_id_register_month")),
    )
    op.create_index(op.f("ix_register_review_site_id"), "register_review", ["site_id"], unique=False)
    op.create_table(
        "appraisal_member",
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_appraisal_member_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_appraisal_member_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_appraisal_member_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_appraisal_member_updated_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_appraisal_member_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_member")),
        sa.UniqueConstraint("appraisal_id", "user_id", name=op.f("uq_appraisal_member_appraisal_id_user_id")),
    )
    op.create_index(op.f("ix_appraisal_member_appraisal_id"), "appraisal_member", ["appraisal_id"], unique=False)
    op.create_index(op.f("ix_appraisal_member_site_id"), "appraisal_member", ["site_id"], unique=False)
    op.create_table(
        "destruction",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=30), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("carrier_id", sa.Integer(), nullable=False),
        sa.Column("first_witness_id", sa.Integer(), nullable=False),
        sa.Column("second_witness_id", sa.Integer(), nullable=False),
        sa.Column("first_signed_at", sa.DateTime(), nullable=True),
        sa.Column("second_signed_at", sa.DateTime(), nullable=True),
        sa.Column("first_signature", sa.Text(), server_default="", nullable=False),
        sa.Column("second_signature", sa.Text(), server_default="", nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("chain", sa.String(length=60), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["appraisal_id"], ["appraisal.id"], name=op.f("fk_destruction_appraisal_id_appraisal")),
        sa.ForeignKeyConstraint(["carrier_id"], ["ab_user.id"], name=op.f("fk_destruction_carrier_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_destruction_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["ab_user.id"], name=op.f("fk_destruction_drawn_by_id_ab_user")),
        sa.ForeignKeyConstraint(
            ["first_witness_id"], ["ab_user.id"], name=op.f("fk_destruction_first_witness_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["second_witness_id"], ["ab_user.id"], name=op.f("fk_destruction_second_witness_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_destruction_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_destruction_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction")),
        sa.UniqueConstraint("number", name=op.f("uq_destruction_number")),
    )
    op.create_index(op.f("ix_destruction_appraisal_id"), "destruction", ["appraisal_id"], unique=False)
    op.create_index(op.f("ix_destruction_site_id"), "destruction", ["site_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("number", sa.String(length=30), server_default="", nullable=False),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("verdict", sa.String(length=30), nullable=False),
        sa.Column("way", sa.String(length=30), nullable=False),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column("notice_digest", sa.String(length=64), server_default="", nullable=False),
        sa.Column("client_signature", sa.Text(), server_default="", nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_consent_contact_id_contact")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_consent_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_consent_customer_id_customer")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_consent_site_id_site")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["ab_user.id"], name=op.f("fk_consent_taken_by_id_ab_user")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_consent_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_consent_site_id_number")),
    )
    op.create_index(op.f("ix_consent_contact_id"), "consent", ["contact_id"], unique=False)
    op.create_index(op.f("ix_consent_customer_id"), "consent", ["customer_id"], unique=False)
    op.create_index("ix_consent_person", "consent", ["customer_id", "purpose", "contact_id"], unique=False)
    op.create_index(op.f("ix_consent_site_id"), "consent", ["site_id"], unique=False)
    op.create_table(
        "data_request",
        sa.Column("number", sa.String(length=30), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("asker", sa.String(length=60), nullable=False),
        sa.Column("wanted", sa.String(length=500), server_default="", nullable=False),
        sa.Column("correct_column", sa.String(length=60), server_default="", nullable=False),
        sa.Column("correct_value", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("proof", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("exported_at", sa.DateTime(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["ab_user.id"], name=op.f("fk_data_request_approved_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_data_request_contact_id_contact")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_data_request_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_data_request_customer_id_customer")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_data_request_site_id_site")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["ab_user.id"], name=op.f("fk_data_request_taken_by_id_ab_user")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_data_request_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["ab_user.id"], name=op.f("fk_data_request_verified_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_data_request_site_id_number")),
    )
    op.create_index(op.f("ix_data_request_contact_id"), "data_request", ["contact_id"], unique=False)
    op.create_index(op.f("ix_data_request_customer_id"), "data_request", ["customer_id"], unique=False)
    op.create_index(op.f("ix_data_request_due_on"), "data_request", ["due_on"], unique=False)
    op.create_index(op.f("ix_data_request_site_id"), "data_request", ["site_id"], unique=False)
    op.create_table(
        "inspection",
        sa.Column("number", sa.String(length=30), server_default="", nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("inspector_id", sa.Integer(), nullable=True),
        sa.Column("measures", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=500), server_default="", nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["closed_by_id"], ["ab_user.id"], name=op.f("fk_inspection_closed_by_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_inspection_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["inspector_id"], ["ab_user.id"], name=op.f("fk_inspection_inspector_id_ab_user")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_inspection_place_id_place")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_inspection_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_inspection_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_inspection_site_id_number")),
    )
    op.create_index(op.f("ix_inspection_follow_up_on"), "inspection", ["follow_up_on"], unique=False)
    op.create_index(op.f("ix_inspection_inspected_on"), "inspection", ["inspected_on"], unique=False)
    op.create_index(op.f("ix_inspection_place_id"), "inspection", ["place_id"], unique=False)
    op.create_index(op.f("ix_inspection_site_id"), "inspection", ["site_id"], unique=False)
    op.create_table(
        "stock_take",
        sa.Column("number", sa.String(length=30), server_default="", nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("strays", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["counter_id"], ["ab_user.id"], name=op.f("fk_stock_take_counter_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_stock_take_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_stock_take_place_id_place")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_stock_take_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_stock_take_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_take")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_stock_take_site_id_number")),
    )
    op.create_index(op.f("ix_stock_take_begun_on"), "stock_take", ["begun_on"], unique=False)
    op.create_index(op.f("ix_stock_take_finished_on"), "stock_take", ["finished_on"], unique=False)
    op.create_index(op.f("ix_stock_take_place_id"), "stock_take", ["place_id"], unique=False)
    op.create_index(op.f("ix_stock_take_site_id"), "stock_take", ["site_id"], unique=False)
    op.create_table(
        "store_entry",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("what", sa.String(length=200), server_default="", nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_store_entry_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_store_entry_place_id_place")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_store_entry_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_store_entry_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_store_entry_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_entry")),
    )
    op.create_index(op.f("ix_store_entry_at"), "store_entry", ["at"], unique=False)
    op.create_index(op.f("ix_store_entry_place_id"), "store_entry", ["place_id"], unique=False)
    op.create_index(op.f("ix_store_entry_site_id"), "store_entry", ["site_id"], unique=False)
    op.create_table(
        "store_room",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("coldest", sa.Integer(), nullable=False),
        sa.Column("warmest", sa.Integer(), nullable=False),
        sa.Column("swing_celsius", sa.Integer(), nullable=False),
        sa.Column("driest", sa.Integer(), nullable=False),
        sa.Column("dampest", sa.Integer(), nullable=False),
        sa.Column("swing_percent", sa.Integer(), nullable=False),
        sa.Column("readings_a_day", sa.Integer(), nullable=False),
        sa.Column("inspect_every", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_store_room_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_store_room_place_id_place")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_store_room_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_store_room_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_room")),
        sa.UniqueConstraint("place_id", name=op.f("uq_store_room_place_id")),
    )
    op.create_index(op.f("ix_store_room_site_id"), "store_room", ["site_id"], unique=False)
    op.create_table(
        "climate_reading",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.Column("temperature", sa.Integer(), nullable=False),
        sa.Column("humidity", sa.Integer(), nullable=False),
        sa.Column("outside_temperature", sa.Integer(), nullable=True),
        sa.Column("outside_humidity", sa.Integer(), nullable=True),
        sa.Column("finding", sa.String(length=30), nullable=False),
        sa.Column("measures", sa.String(length=300), server_default="", nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["climate_reading.id"], name=op.f("fk_climate_reading_corrects_id_climate_reading")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_climate_reading_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["store_room.id"], name=op.f("fk_climate_reading_room_id_store_room")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_climate_reading_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_climate_reading_updated_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_climate_reading_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_climate_reading")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_climate_reading_corrects_id")),
    )
    op.create_index(op.f("ix_climate_reading_read_at"), "climate_reading", ["read_at"], unique=False)
    op.create_index(op.f("ix_climate_reading_room_id"), "climate_reading", ["room_id"], unique=False)
    op.create_index(op.f("ix_climate_reading_site_id"), "climate_reading", ["site_id"], unique=False)
    op.create_table(
        "inspection_line",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("finding", sa.String(length=30), nullable=False),
        sa.Column("remark", sa.String(length=200), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_inspection_line_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_line_inspection_id_inspection")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_inspection_line_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_inspection_line_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_line")),
    )
    op.create_index(op.f("ix_inspection_line_inspection_id"), "inspection_line", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_inspection_line_site_id"), "inspection_line", ["site_id"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("issuer", sa.String(length=100), server_default="", nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("registered_number", sa.String(length=60), nullable=False),
        sa.Column("holder", sa.String(length=100), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_from", sa.String(length=60), server_default="", nullable=False),
        sa.Column("lent_to", sa.String(length=60), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_to", sa.String(length=60), server_default="", nullable=False),
        sa.Column("customer_signature", sa.Text(), server_default="", nullable=False),
        sa.Column("keeper_signature", sa.Text(), server_default="", nullable=False),
        sa.Column("is_signed_on_paper", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.String(length=500), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_certificate_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["keeper_id"], ["ab_user.id"], name=op.f("fk_certificate_keeper_id_ab_user")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_certificate_place_id_place")),
        sa.ForeignKeyConstraint(
            ["site_id", "number"],
            ["file.site_id", "file.number"],
            name=op.f("fk_certificate_site_id_number_file"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_certificate_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_certificate_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    op.create_index(op.f("ix_certificate_due_on"), "certificate", ["due_on"], unique=False)
    op.create_index(op.f("ix_certificate_keeper_id"), "certificate", ["keeper_id"], unique=False)
    op.create_index(op.f("ix_certificate_number"), "certificate", ["number"], unique=False)
    op.create_index(op.f("ix_certificate_place_id"), "certificate", ["place_id"], unique=False)
    op.create_index(op.f("ix_certificate_received_on"), "certificate", ["received_on"], unique=False)
    op.create_index(op.f("ix_certificate_site_id"), "certificate", ["site_id"], unique=False)
    op.create_table(
        "custody_line",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("scheme_key", sa.String(length=40), nullable=False),
        sa.Column("standing", sa.String(length=30), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=200), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["counter_id"], ["ab_user.id"], name=op.f("fk_custody_line_counter_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_custody_line_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_custody_line_file_id_file")),
        sa.ForeignKeyConstraint(["holder_id"], ["ab_user.id"], name=op.f("fk_custody_line_holder_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_custody_line_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_custody_line_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_line")),
    )
    op.create_index(
        "ix_custody_line_balance",
        "custody_line",
        ["site_id", "day", "holder_id", "scheme_key", "standing"],
        unique=False,
    )
    op.create_index(op.f("ix_custody_line_file_id"), "custody_line", ["file_id"], unique=False)
    op.create_index(op.f("ix_custody_line_site_id"), "custody_line", ["site_id"], unique=False)
    op.create_table(
        "file_number",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("old", sa.String(length=60), nullable=False),
        sa.Column("new", sa.String(length=60), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_file_number_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_file_number_file_id_file")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_file_number_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_file_number_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_file_number_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_number")),
    )
    op.create_index(op.f("ix_file_number_changed_at"), "file_number", ["changed_at"], unique=False)
    op.create_index(op.f("ix_file_number_file_id"), "file_number", ["file_id"], unique=False)
    op.create_index("ix_file_number_old", "file_number", ["site_id", "old"], unique=False)
    op.create_index(op.f("ix_file_number_site_id"), "file_number", ["site_id"], unique=False)
    op.create_table(
        "legal_hold",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("placed_by_id", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("release_reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_legal_hold_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_legal_hold_file_id_file")),
        sa.ForeignKeyConstraint(["placed_by_id"], ["ab_user.id"], name=op.f("fk_legal_hold_placed_by_id_ab_user")),
        sa.ForeignKeyConstraint(["released_by_id"], ["ab_user.id"], name=op.f("fk_legal_hold_released_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_legal_hold_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_legal_hold_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index(op.f("ix_legal_hold_file_id"), "legal_hold", ["file_id"], unique=False)
    op.create_index("ix_legal_hold_live", "legal_hold", ["file_id", "state"], unique=False)
    op.create_index(op.f("ix_legal_hold_site_id"), "legal_hold", ["site_id"], unique=False)
    op.create_table(
        "loan",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("borrower_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=60), server_default="", nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("left_out", sa.String(length=2000), server_default="", nullable=False),
        sa.Column("purpose_kind", sa.String(length=30), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("is_same_day", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("handed_out_at", sa.DateTime(), nullable=True),
        sa.Column("handed_out_by_id", sa.Integer(), nullable=True),
        sa.Column("borrower_signature", sa.Text(), server_default="", nullable=False),
        sa.Column("keeper_signature", sa.Text(), server_default="", nullable=False),
        sa.Column("is_signed_on_paper", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=500), server_default="", nullable=False),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(length=60), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["borrower_id"], ["ab_user.id"], name=op.f("fk_loan_borrower_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_loan_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_loan_file_id_file")),
        sa.ForeignKeyConstraint(["handed_out_by_id"], ["ab_user.id"], name=op.f("fk_loan_handed_out_by_id_ab_user")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_loan_place_id_place")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_loan_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_loan_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_loan_site_id_number")),
    )
    op.create_index(op.f("ix_loan_borrower_id"), "loan", ["borrower_id"], unique=False)
    op.create_index("ix_loan_due", "loan", ["state", "due_on"], unique=False)
    op.create_index(op.f("ix_loan_file_id"), "loan", ["file_id"], unique=False)
    op.create_index(op.f("ix_loan_returned_on"), "loan", ["returned_on"], unique=False)
    op.create_index(op.f("ix_loan_site_id"), "loan", ["site_id"], unique=False)
    op.create_table(
        "place_move",
        sa.Column("moved_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("from_place_id", sa.Integer(), nullable=True),
        sa.Column("to_place_id", sa.Integer(), nullable=True),
        sa.Column("moved_at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(moved_id is null) <> (file_id is null)", name=op.f("ck_place_move_one_thing")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_place_move_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_place_move_file_id_file")),
        sa.ForeignKeyConstraint(["from_place_id"], ["place.id"], name=op.f("fk_place_move_from_place_id_place")),
        sa.ForeignKeyConstraint(["moved_id"], ["place.id"], name=op.f("fk_place_move_moved_id_place")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_place_move_site_id_site")),
        sa.ForeignKeyConstraint(["to_place_id"], ["place.id"], name=op.f("fk_place_move_to_place_id_place")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_place_move_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_place_move_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_move")),
    )
    op.create_index(op.f("ix_place_move_file_id"), "place_move", ["file_id"], unique=False)
    op.create_index(op.f("ix_place_move_from_place_id"), "place_move", ["from_place_id"], unique=False)
    op.create_index(op.f("ix_place_move_moved_at"), "place_move", ["moved_at"], unique=False)
    op.create_index(op.f("ix_place_move_moved_id"), "place_move", ["moved_id"], unique=False)
    op.create_index(op.f("ix_place_move_site_id"), "place_move", ["site_id"], unique=False)
    op.create_index(op.f("ix_place_move_to_place_id"), "place_move", ["to_place_id"], unique=False)
    op.create_table(
        "appraisal_item",
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("paper_class", sa.String(length=40), server_default="", nullable=False),
        sa.Column("title", sa.String(length=300), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("verdict", sa.String(length=30), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.Column("verdict_remark", sa.String(length=200), server_default="", nullable=False),
        sa.Column("may_open", sa.String(length=30), nullable=False),
        sa.Column("open_remark", sa.String(length=200), server_default="", nullable=False),
        sa.Column("digitise", sa.String(length=30), nullable=False),
        sa.Column("digitise_remark", sa.String(length=200), server_default="", nullable=False),
        sa.Column("secrecy", sa.String(length=30), nullable=False),
        sa.Column("classified_by_id", sa.Integer(), nullable=True),
        sa.Column("declassify", sa.String(length=30), nullable=False),
        sa.Column("declassify_remark", sa.String(length=200), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_appraisal_item_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(
            ["classified_by_id"], ["ab_user.id"], name=op.f("fk_appraisal_item_classified_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_appraisal_item_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_appraisal_item_document_id_document")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_appraisal_item_file_id_file")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_appraisal_item_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_appraisal_item_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_item")),
        sa.UniqueConstraint(
            "appraisal_id", "file_id", "document_id", name=op.f("uq_appraisal_item_appraisal_id_file_id_document_id")
        ),
    )
    op.create_index(op.f("ix_appraisal_item_appraisal_id"), "appraisal_item", ["appraisal_id"], unique=False)
    op.create_index(op.f("ix_appraisal_item_document_id"), "appraisal_item", ["document_id"], unique=False)
    op.create_index(op.f("ix_appraisal_item_due_on"), "appraisal_item", ["due_on"], unique=False)
    op.create_index(op.f("ix_appraisal_item_file_id"), "appraisal_item", ["file_id"], unique=False)
    op.create_index(op.f("ix_appraisal_item_site_id"), "appraisal_item", ["site_id"], unique=False)
    op.create_table(
        "certificate_line",
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("person", sa.String(length=60), server_default="", nullable=False),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_line_certificate_id_certificate")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_certificate_line_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_certificate_line_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_certificate_line_updated_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_certificate_line_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_line")),
    )
    op.create_index(op.f("ix_certificate_line_certificate_id"), "certificate_line", ["certificate_id"], unique=False)
    op.create_index(op.f("ix_certificate_line_site_id"), "certificate_line", ["site_id"], unique=False)
    op.create_table(
        "data_task",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("found_in", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=300), server_default="", nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["assignee_id"], ["ab_user.id"], name=op.f("fk_data_task_assignee_id_ab_user")),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_data_task_consent_id_consent")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_data_task_contact_id_contact")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_data_task_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_data_task_customer_id_customer")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_data_task_document_id_document")),
        sa.ForeignKeyConstraint(["done_by_id"], ["ab_user.id"], name=op.f("fk_data_task_done_by_id_ab_user")),
        sa.ForeignKeyConstraint(["request_id"], ["data_request.id"], name=op.f("fk_data_task_request_id_data_request")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_data_task_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_data_task_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_task")),
    )
    op.create_index(op.f("ix_data_task_assignee_id"), "data_task", ["assignee_id"], unique=False)
    op.create_index(op.f("ix_data_task_contact_id"), "data_task", ["contact_id"], unique=False)
    op.create_index(op.f("ix_data_task_customer_id"), "data_task", ["customer_id"], unique=False)
    op.create_index(op.f("ix_data_task_due_on"), "data_task", ["due_on"], unique=False)
    op.create_index(op.f("ix_data_task_site_id"), "data_task", ["site_id"], unique=False)
    op.create_table(
        "incident",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("loan_id", sa.Integer(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("found_by_id", sa.Integer(), nullable=True),
        sa.Column("accountable_id", sa.Integer(), nullable=True),
        sa.Column("accountable_name", sa.String(length=60), server_default="", nullable=False),
        sa.Column("what_happened", sa.String(length=1000), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("penalty_cents", sa.BigInteger(), nullable=True),
        sa.Column("decision", sa.String(length=500), server_default="", nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("remaker_id", sa.Integer(), nullable=True),
        sa.Column("remake_due_on", sa.Date(), nullable=True),
        sa.Column("task", sa.String(length=30), nullable=False),
        sa.Column("remade_on", sa.Date(), nullable=True),
        sa.Column("new_paper_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=500), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["accountable_id"], ["ab_user.id"], name=op.f("fk_incident_accountable_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_incident_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["ab_user.id"], name=op.f("fk_incident_decided_by_id_ab_user")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_incident_document_id_document")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_incident_file_id_file")),
        sa.ForeignKeyConstraint(["found_by_id"], ["ab_user.id"], name=op.f("fk_incident_found_by_id_ab_user")),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_incident_loan_id_loan")),
        sa.ForeignKeyConstraint(["new_paper_id"], ["document.id"], name=op.f("fk_incident_new_paper_id_document")),
        sa.ForeignKeyConstraint(["remaker_id"], ["ab_user.id"], name=op.f("fk_incident_remaker_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_incident_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_incident_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_incident_site_id_number")),
    )
    op.create_index(op.f("ix_incident_accountable_id"), "incident", ["accountable_id"], unique=False)
    op.create_index(op.f("ix_incident_file_id"), "incident", ["file_id"], unique=False)
    op.create_index(op.f("ix_incident_found_on"), "incident", ["found_on"], unique=False)
    op.create_index(op.f("ix_incident_loan_id"), "incident", ["loan_id"], unique=False)
    op.create_index(op.f("ix_incident_remake_due_on"), "incident", ["remake_due_on"], unique=False)
    op.create_index(op.f("ix_incident_remaker_id"), "incident", ["remaker_id"], unique=False)
    op.create_index(op.f("ix_incident_site_id"), "incident", ["site_id"], unique=False)
    op.create_table(
        "loan_line",
        sa.Column("loan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_loan_line_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_loan_line_file_id_file")),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_loan_line_loan_id_loan")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_loan_line_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_loan_line_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_line")),
        sa.UniqueConstraint("loan_id", "file_id", name=op.f("uq_loan_line_loan_id_file_id")),
    )
    op.create_index(op.f("ix_loan_line_file_id"), "loan_line", ["file_id"], unique=False)
    op.create_index(op.f("ix_loan_line_loan_id"), "loan_line", ["loan_id"], unique=False)
    op.create_index(op.f("ix_loan_line_site_id"), "loan_line", ["site_id"], unique=False)
    op.create_index(
        "uq_loan_line_out",
        "loan_line",
        ["file_id"],
        unique=True,
        sqlite_where=sa.text("state = 'out'"),
        postgresql_where=sa.text("state = 'out'"),
    )
    op.create_table(
        "loan_reminder",
        sa.Column("loan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("reminded_at", sa.DateTime(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_loan_reminder_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_loan_reminder_loan_id_loan")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_loan_reminder_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_loan_reminder_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_reminder")),
        sa.UniqueConstraint("loan_id", "kind", name=op.f("uq_loan_reminder_loan_id_kind")),
    )
    op.create_index(op.f("ix_loan_reminder_site_id"), "loan_reminder", ["site_id"], unique=False)
    op.create_table(
        "paper_change",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("title", sa.String(length=200), server_default="", nullable=False),
        sa.Column("reference", sa.String(length=60), server_default="", nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["ab_user.id"], name=op.f("fk_paper_change_asked_by_id_ab_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_paper_change_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["ab_user.id"], name=op.f("fk_paper_change_decided_by_id_ab_user")),
        sa.ForeignKeyConstraint(["paper_id"], ["document.id"], name=op.f("fk_paper_change_paper_id_document")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_paper_change_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_paper_change_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(["version_id"], ["document.id"], name=op.f("fk_paper_change_version_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_change")),
    )
    op.create_index(op.f("ix_paper_change_paper_id"), "paper_change", ["paper_id"], unique=False)
    op.create_index(op.f("ix_paper_change_site_id"), "paper_change", ["site_id"], unique=False)
    op.create_table(
        "stock_take_line",
        sa.Column("stock_take_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("certificate_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(length=30), nullable=False),
        sa.Column("remark", sa.String(length=200), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_stock_take_line_certificate_id_certificate")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_stock_take_line_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_stock_take_line_file_id_file")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_stock_take_line_place_id_place")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_stock_take_line_site_id_site")),
        sa.ForeignKeyConstraint(
            ["stock_take_id"], ["stock_take.id"], name=op.f("fk_stock_take_line_stock_take_id_stock_take")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_stock_take_line_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_take_line")),
    )
    op.create_index(op.f("ix_stock_take_line_site_id"), "stock_take_line", ["site_id"], unique=False)
    op.create_index(op.f("ix_stock_take_line_stock_take_id"), "stock_take_line", ["stock_take_id"], unique=False)
    op.create_table(
        "destruction_item",
        sa.Column("destruction_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=300), server_default="", nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=40), server_default="", nullable=False),
        sa.Column("kept", sa.String(length=40), server_default="", nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("scan_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("remark", sa.String(length=200), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_destruction_item_created_by_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["destruction_id"], ["destruction.id"], name=op.f("fk_destruction_item_destruction_id_destruction")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_destruction_item_document_id_document")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_destruction_item_file_id_file")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["appraisal_item.id"], name=op.f("fk_destruction_item_item_id_appraisal_item")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_destruction_item_site_id_site")),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["ab_user.id"], name=op.f("fk_destruction_item_updated_by_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction_item")),
        sa.UniqueConstraint("destruction_id", "item_id", name=op.f("uq_destruction_item_destruction_id_item_id")),
    )
    op.create_index(op.f("ix_destruction_item_destruction_id"), "destruction_item", ["destruction_id"], unique=False)
    op.create_index(op.f("ix_destruction_item_document_id"), "destruction_item", ["document_id"], unique=False)
    op.create_index(op.f("ix_destruction_item_file_id"), "destruction_item", ["file_id"], unique=False)
    op.create_index(op.f("ix_destruction_item_item_id"), "destruction_item", ["item_id"], unique=False)
    op.create_index(op.f("ix_destruction_item_site_id"), "destruction_item", ["site_id"], unique=False)
    op.create_table(
        "loan_return",
        sa.Column("loan_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("returned_at", sa.DateTime(), nullable=False),
        sa.Column("received_by_id", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("condition", sa.String(length=30), nullable=False),
        sa.Column("remark", sa.String(length=500), server_default="", nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_loan_return_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_loan_return_incident_id_incident")),
        sa.ForeignKeyConstraint(["line_id"], ["loan_line.id"], name=op.f("fk_loan_return_line_id_loan_line")),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_loan_return_loan_id_loan")),
        sa.ForeignKeyConstraint(["received_by_id"], ["ab_user.id"], name=op.f("fk_loan_return_received_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_loan_return_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_loan_return_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_return")),
        sa.UniqueConstraint("line_id", name=op.f("uq_loan_return_line_id")),
    )
    op.create_index(op.f("ix_loan_return_loan_id"), "loan_return", ["loan_id"], unique=False)
    op.create_index(op.f("ix_loan_return_site_id"), "loan_return", ["site_id"], unique=False)
    op.add_column("document", sa.Column("is_complete", sa.Boolean(), server_default=sa.text("(false)"), nullable=False))
    op.add_column("document", sa.Column("filed_on", sa.Date(), nullable=True))
    op.add_column("document", sa.Column("destroyed_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_document_destroyed_on"), "document", ["destroyed_on"], unique=False)
    op.create_index(op.f("ix_document_filed_on"), "document", ["filed_on"], unique=False)
    op.add_column("file", sa.Column("seal", sa.String(length=30), server_default="none", nullable=False))
    op.add_column("file", sa.Column("seal_reason", sa.String(length=300), server_default="", nullable=False))
    op.add_column(
        "file",
        sa.Column(
            "seal_by_id",
            sa.Integer(),
            sa.ForeignKey("ab_user.id", name=op.f("fk_file_seal_by_id_ab_user")),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column("file", sa.Column("seal_at", sa.DateTime(), nullable=True))
    op.add_column("handover", sa.Column("kind", sa.String(length=30), server_default="people", nullable=False))
    op.add_column("handover", sa.Column("giver_organisation", sa.String(length=100), server_default="", nullable=False))
    op.add_column(
        "handover", sa.Column("receiver_organisation", sa.String(length=100), server_default="", nullable=False)
    )
    op.add_column("handover", sa.Column("receiver_name", sa.String(length=60), server_default="", nullable=False))
    op.add_column("handover", sa.Column("receiver_signature", sa.Text(), server_default="", nullable=False))
    op.add_column("handover", sa.Column("done_on", sa.Date(), nullable=True))
    op.add_column(
        "handover",
        sa.Column(
            "clearance_id",
            sa.Integer(),
            sa.ForeignKey("clearance.id", name=op.f("fk_handover_clearance_id_clearance")),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index(op.f("ix_handover_clearance_id"), "handover", ["clearance_id"], unique=False)
    op.create_index(op.f("ix_handover_giver_id"), "handover", ["giver_id"], unique=False)
    op.create_index(op.f("ix_handover_receiver_id"), "handover", ["receiver_id"], unique=False)
    op.add_column("handover_line", sa.Column("kind", sa.String(length=30), server_default="other", nullable=False))
    op.add_column("handover_line", sa.Column("key", sa.Integer(), nullable=True))
    op.add_column("handover_line", sa.Column("found", sa.String(length=30), server_default="unchecked", nullable=False))
    op.add_column("handover_line", sa.Column("counted", sa.Integer(), nullable=True))
    op.add_column("handover_line", sa.Column("counted_pages", sa.Integer(), nullable=True))
    op.add_column("handover_line", sa.Column("finding", sa.String(length=200), server_default="", nullable=False))
    op.create_index(op.f("ix_handover_line_file_id"), "handover_line", ["file_id"], unique=False)
    op.create_index("uq_handover_line_thing", "handover_line", ["handover_id", "kind", "key"], unique=True)
    op.add_column(
        "handover_signature", sa.Column("signed_name", sa.String(length=60), server_default="", nullable=False)
    )
    op.add_column("handover_signature", sa.Column("drawn", sa.Text(), server_default="", nullable=False))
    op.add_column("lookup_request", sa.Column("classes", sa.String(length=500), server_default="", nullable=False))
    op.add_column("lookup_request", sa.Column("spared", sa.String(length=500), server_default="", nullable=False))
    op.add_column("lookup_request", sa.Column("seal", sa.String(length=30), server_default="none", nullable=False))
    op.add_column("lookup_request", sa.Column("chain", sa.String(length=60), server_default="", nullable=False))
    op.add_column("place", sa.Column("state", sa.String(length=30), server_default="used", nullable=False))
    op.add_column("print_line", sa.Column("record_digest", sa.String(length=64), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("print_line", "record_digest")
    op.drop_column("place", "state")
    op.drop_column("lookup_request", "chain")
    op.drop_column("lookup_request", "seal")
    op.drop_column("lookup_request", "spared")
    op.drop_column("lookup_request", "classes")
    op.drop_column("handover_signature", "drawn")
    op.drop_column("handover_signature", "signed_name")
    op.drop_index("uq_handover_line_thing", table_name="handover_line")
    op.drop_index(op.f("ix_handover_line_file_id"), table_name="handover_line")
    op.drop_column("handover_line", "finding")
    op.drop_column("handover_line", "counted_pages")
    op.drop_column("handover_line", "counted")
    op.drop_column("handover_line", "found")
    op.drop_column("handover_line", "key")
    op.drop_column("handover_line", "kind")
    op.drop_index(op.f("ix_handover_receiver_id"), table_name="handover")
    op.drop_index(op.f("ix_handover_giver_id"), table_name="handover")
    op.drop_index(op.f("ix_handover_clearance_id"), table_name="handover")
    op.drop_column("handover", "clearance_id")
    op.drop_column("handover", "done_on")
    op.drop_column("handover", "receiver_signature")
    op.drop_column("handover", "receiver_name")
    op.drop_column("handover", "receiver_organisation")
    op.drop_column("handover", "giver_organisation")
    op.drop_column("handover", "kind")
    op.drop_column("file", "seal_at")
    op.drop_column("file", "seal_by_id")
    op.drop_column("file", "seal_reason")
    op.drop_column("file", "seal")
    op.drop_index(op.f("ix_document_filed_on"), table_name="document")
    op.drop_index(op.f("ix_document_destroyed_on"), table_name="document")
    op.drop_column("document", "destroyed_on")
    op.drop_column("document", "filed_on")
    op.drop_column("document", "is_complete")
    op.drop_index(op.f("ix_loan_return_site_id"), table_name="loan_return")
    op.drop_index(op.f("ix_loan_return_loan_id"), table_name="loan_return")
    op.drop_table("loan_return")
    op.drop_index(op.f("ix_destruction_item_site_id"), table_name="destruction_item")
    op.drop_index(op.f("ix_destruction_item_item_id"), table_name="destruction_item")
    op.drop_index(op.f("ix_destruction_item_file_id"), table_name="destruction_item")
    op.drop_index(op.f("ix_destruction_item_document_id"), table_name="destruction_item")
    op.drop_index(op.f("ix_destruction_item_destruction_id"), table_name="destruction_item")
    op.drop_table("destruction_item")
    op.drop_index(op.f("ix_stock_take_line_stock_take_id"), table_name="stock_take_line")
    op.drop_index(op.f("ix_stock_take_line_site_id"), table_name="stock_take_line")
    op.drop_table("stock_take_line")
    op.drop_index(op.f("ix_paper_change_site_id"), table_name="paper_change")
    op.drop_index(op.f("ix_paper_change_paper_id"), table_name="paper_change")
    op.drop_table("paper_change")
    op.drop_index(op.f("ix_loan_reminder_site_id"), table_name="loan_reminder")
    op.drop_table("loan_reminder")
    op.drop_index(
        "uq_loan_line_out",
        table_name="loan_line",
        sqlite_where=sa.text("state = 'out'"),
        postgresql_where=sa.text("state = 'out'"),
    )
    op.drop_index(op.f("ix_loan_line_site_id"), table_name="loan_line")
    op.drop_index(op.f("ix_loan_line_loan_id"), table_name="loan_line")
    op.drop_index(op.f("ix_loan_line_file_id"), table_name="loan_line")
    op.drop_table("loan_line")
    op.drop_index(op.f("ix_incident_site_id"), table_name="incident")
    op.drop_index(op.f("ix_incident_remaker_id"), table_name="incident")
    op.drop_index(op.f("ix_incident_remake_due_on"), table_name="incident")
    op.drop_index(op.f("ix_incident_loan_id"), table_name="incident")
    op.drop_index(op.f("ix_incident_found_on"), table_name="incident")
    op.drop_index(op.f("ix_incident_file_id"), table_name="incident")
    op.drop_index(op.f("ix_incident_accountable_id"), table_name="incident")
    op.drop_table("incident")
    op.drop_index(op.f("ix_data_task_site_id"), table_name="data_task")
    op.drop_index(op.f("ix_data_task_due_on"), table_name="data_task")
    op.drop_index(op.f("ix_data_task_customer_id"), table_name="data_task")
    op.drop_index(op.f("ix_data_task_contact_id"), table_name="data_task")
    op.drop_index(op.f("ix_data_task_assignee_id"), table_name="data_task")
    op.drop_table("data_task")
    op.drop_index(op.f("ix_certificate_line_site_id"), table_name="certificate_line")
    op.drop_index(op.f("ix_certificate_line_certificate_id"), table_name="certificate_line")
    op.drop_table("certificate_line")
    op.drop_index(op.f("ix_appraisal_item_site_id"), table_name="appraisal_item")
    op.drop_index(op.f("ix_appraisal_item_file_id"), table_name="appraisal_item")
    op.drop_index(op.f("ix_appraisal_item_due_on"), table_name="appraisal_item")
    op.drop_index(op.f("ix_appraisal_item_document_id"), table_name="appraisal_item")
    op.drop_index(op.f("ix_appraisal_item_appraisal_id"), table_name="appraisal_item")
    op.drop_table("appraisal_item")
    op.drop_index(op.f("ix_place_move_to_place_id"), table_name="place_move")
    op.drop_index(op.f("ix_place_move_site_id"), table_name="place_move")
    op.drop_index(op.f("ix_place_move_moved_id"), table_name="place_move")
    op.drop_index(op.f("ix_place_move_moved_at"), table_name="place_move")
    op.drop_index(op.f("ix_place_move_from_place_id"), table_name="place_move")
    op.drop_index(op.f("ix_place_move_file_id"), table_name="place_move")
    op.drop_table("place_move")
    op.drop_index(op.f("ix_loan_site_id"), table_name="loan")
    op.drop_index(op.f("ix_loan_returned_on"), table_name="loan")
    op.drop_index(op.f("ix_loan_file_id"), table_name="loan")
    op.drop_index("ix_loan_due", table_name="loan")
    op.drop_index(op.f("ix_loan_borrower_id"), table_name="loan")
    op.drop_table("loan")
    op.drop_index(op.f("ix_legal_hold_site_id"), table_name="legal_hold")
    op.drop_index("ix_legal_hold_live", table_name="legal_hold")
    op.drop_index(op.f("ix_legal_hold_file_id"), table_name="legal_hold")
    op.drop_table("legal_hold")
    op.drop_index(op.f("ix_file_number_site_id"), table_name="file_number")
    op.drop_index("ix_file_number_old", table_name="file_number")
    op.drop_index(op.f("ix_file_number_file_id"), table_name="file_number")
    op.drop_index(op.f("ix_file_number_changed_at"), table_name="file_number")
    op.drop_table("file_number")
    op.drop_index(op.f("ix_custody_line_site_id"), table_name="custody_line")
    op.drop_index(op.f("ix_custody_line_file_id"), table_name="custody_line")
    op.drop_index("ix_custody_line_balance", table_name="custody_line")
    op.drop_table("custody_line")
    op.drop_index(op.f("ix_certificate_site_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_received_on"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_place_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_number"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_keeper_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_due_on"), table_name="certificate")
    op.drop_table("certificate")
    op.drop_index(op.f("ix_inspection_line_site_id"), table_name="inspection_line")
    op.drop_index(op.f("ix_inspection_line_inspection_id"), table_name="inspection_line")
    op.drop_table("inspection_line")
    op.drop_index(op.f("ix_climate_reading_site_id"), table_name="climate_reading")
    op.drop_index(op.f("ix_climate_reading_room_id"), table_name="climate_reading")
    op.drop_index(op.f("ix_climate_reading_read_at"), table_name="climate_reading")
    op.drop_table("climate_reading")
    op.drop_index(op.f("ix_store_room_site_id"), table_name="store_room")
    op.drop_table("store_room")
    op.drop_index(op.f("ix_store_entry_site_id"), table_name="store_entry")
    op.drop_index(op.f("ix_store_entry_place_id"), table_name="store_entry")
    op.drop_index(op.f("ix_store_entry_at"), table_name="store_entry")
    op.drop_table("store_entry")
    op.drop_index(op.f("ix_stock_take_site_id"), table_name="stock_take")
    op.drop_index(op.f("ix_stock_take_place_id"), table_name="stock_take")
    op.drop_index(op.f("ix_stock_take_finished_on"), table_name="stock_take")
    op.drop_index(op.f("ix_stock_take_begun_on"), table_name="stock_take")
    op.drop_table("stock_take")
    op.drop_index(op.f("ix_inspection_site_id"), table_name="inspection")
    op.drop_index(op.f("ix_inspection_place_id"), table_name="inspection")
    op.drop_index(op.f("ix_inspection_inspected_on"), table_name="inspection")
    op.drop_index(op.f("ix_inspection_follow_up_on"), table_name="inspection")
    op.drop_table("inspection")
    op.drop_index(op.f("ix_data_request_site_id"), table_name="data_request")
    op.drop_index(op.f("ix_data_request_due_on"), table_name="data_request")
    op.drop_index(op.f("ix_data_request_customer_id"), table_name="data_request")
    op.drop_index(op.f("ix_data_request_contact_id"), table_name="data_request")
    op.drop_table("data_request")
    op.drop_index(op.f("ix_consent_site_id"), table_name="consent")
    op.drop_index("ix_consent_person", table_name="consent")
    op.drop_index(op.f("ix_consent_customer_id"), table_name="consent")
    op.drop_index(op.f("ix_consent_contact_id"), table_name="consent")
    op.drop_table("consent")
    op.drop_index(op.f("ix_destruction_site_id"), table_name="destruction")
    op.drop_index(op.f("ix_destruction_appraisal_id"), table_name="destruction")
    op.drop_table("destruction")
    op.drop_index(op.f("ix_appraisal_member_site_id"), table_name="appraisal_member")
    op.drop_index(op.f("ix_appraisal_member_appraisal_id"), table_name="appraisal_member")
    op.drop_table("appraisal_member")
    op.drop_index(op.f("ix_register_review_site_id"), table_name="register_review")
    op.drop_table("register_review")
    op.drop_index(op.f("ix_penalty_bound_site_id"), table_name="penalty_bound")
    op.drop_table("penalty_bound")
    op.drop_index(
        "uq_clearance_open",
        table_name="clearance",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(op.f("ix_clearance_user_id"), table_name="clearance")
    op.drop_index(op.f("ix_clearance_site_id"), table_name="clearance")
    op.drop_table("clearance")
    op.drop_index(op.f("ix_approval_site_id"), table_name="approval")
    op.drop_table("approval")
    op.drop_index(op.f("ix_appraisal_site_id"), table_name="appraisal")
    op.drop_table("appraisal")
    op.drop_table("retention_rule")
    op.drop_table("access_rule")
