"""holders, fonds, archival items, transfers, openings

Revision ID: c6f507182930
Revises: c5e4f6071829
"""

import sqlalchemy as sa
from alembic import op

import app.kit.columns

revision = "c6f507182930"
down_revision = "c5e4f6071829"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "holder",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("covered_by_on", sa.Date(), nullable=True),
        sa.Column("head", sa.String(length=60), server_default="", nullable=False),
        sa.Column("remark", sa.String(length=300), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_holder_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_holder_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_holder_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holder")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_holder_site_id_name")),
    )
    op.create_index(op.f("ix_holder_site_id"), "holder", ["site_id"], unique=False)
    op.create_table(
        "opening",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("chain", sa.String(length=60), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_opening_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["ab_user.id"], name=op.f("fk_opening_drawn_by_id_ab_user")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_opening_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_opening_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_opening_site_id_number")),
    )
    op.create_index(op.f("ix_opening_published_on"), "opening", ["published_on"], unique=False)
    op.create_index(op.f("ix_opening_site_id"), "opening", ["site_id"], unique=False)
    op.create_table(
        "fonds",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), server_default="", nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("scheme_key", sa.String(length=40), nullable=False),
        sa.Column("spelling", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("close_reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_fonds_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_fonds_file_id_file")),
        sa.ForeignKeyConstraint(["holder_id"], ["holder.id"], name=op.f("fk_fonds_holder_id_holder")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_fonds_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_fonds_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fonds")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_fonds_site_id_number")),
    )
    op.create_index(op.f("ix_fonds_holder_id"), "fonds", ["holder_id"], unique=False)
    op.create_index(op.f("ix_fonds_site_id"), "fonds", ["site_id"], unique=False)
    op.create_table(
        "archival_item",
        sa.Column("fonds_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("volume_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=80), server_default="", nullable=False),
        sa.Column("other_number", sa.String(length=80), server_default="", nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), server_default="", nullable=False),
        sa.Column("category", sa.String(length=30), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(length=30), nullable=False),
        sa.Column("body", sa.String(length=60), server_default="", nullable=False),
        sa.Column("body_code", sa.String(length=12), server_default="", nullable=False),
        sa.Column("title", sa.String(length=300), server_default="", nullable=False),
        sa.Column("responsible", sa.String(length=100), server_default="", nullable=False),
        sa.Column("document_number", sa.String(length=80), server_default="", nullable=False),
        sa.Column("day", sa.String(length=8), server_default="", nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("secrecy", sa.String(length=30), nullable=False),
        sa.Column("carriers", sa.String(length=60), server_default="", nullable=False),
        sa.Column("shelf_mm", sa.Integer(), nullable=False),
        sa.Column("audio_count", sa.Integer(), nullable=False),
        sa.Column("video_count", sa.Integer(), nullable=False),
        sa.Column("photo_count", sa.Integer(), nullable=False),
        sa.Column("object_count", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=30), nullable=False),
        sa.Column("standard", sa.String(length=60), server_default="", nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("open_state", sa.String(length=30), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("no_copy_reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("no_copy_on", sa.Date(), nullable=True),
        sa.Column("no_copy_by_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(length=300), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_archival_item_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_archival_item_document_id_document")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_archival_item_file_id_file")),
        sa.ForeignKeyConstraint(["fonds_id"], ["fonds.id"], name=op.f("fk_archival_item_fonds_id_fonds")),
        sa.ForeignKeyConstraint(["holder_id"], ["holder.id"], name=op.f("fk_archival_item_holder_id_holder")),
        sa.ForeignKeyConstraint(["no_copy_by_id"], ["ab_user.id"], name=op.f("fk_archival_item_no_copy_by_id_ab_user")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_archival_item_place_id_place")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_archival_item_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_archival_item_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(
            ["volume_id"], ["archival_item.id"], name=op.f("fk_archival_item_volume_id_archival_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archival_item")),
    )
    op.create_index(op.f("ix_archival_item_document_id"), "archival_item", ["document_id"], unique=False)
    op.create_index(op.f("ix_archival_item_file_id"), "archival_item", ["file_id"], unique=False)
    op.create_index(op.f("ix_archival_item_filed_on"), "archival_item", ["filed_on"], unique=False)
    op.create_index(op.f("ix_archival_item_fonds_id"), "archival_item", ["fonds_id"], unique=False)
    op.create_index(op.f("ix_archival_item_holder_id"), "archival_item", ["holder_id"], unique=False)
    op.create_index(op.f("ix_archival_item_opened_on"), "archival_item", ["opened_on"], unique=False)
    op.create_index(op.f("ix_archival_item_other_number"), "archival_item", ["other_number"], unique=False)
    op.create_index(op.f("ix_archival_item_place_id"), "archival_item", ["place_id"], unique=False)
    op.create_index(
        "ix_archival_item_series", "archival_item", ["fonds_id", "kind", "year", "period", "body_code"], unique=False
    )
    op.create_index(op.f("ix_archival_item_site_id"), "archival_item", ["site_id"], unique=False)
    op.create_index(op.f("ix_archival_item_volume_id"), "archival_item", ["volume_id"], unique=False)
    op.create_index(op.f("ix_archival_item_year"), "archival_item", ["year"], unique=False)
    op.create_index(
        "uq_archival_item_number",
        "archival_item",
        ["site_id", "number"],
        unique=True,
        sqlite_where=sa.text("number <> ''"),
        postgresql_where=sa.text("number <> ''"),
    )
    op.create_table(
        "fonds_note",
        sa.Column("fonds_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("said", sa.String(length=2000), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("author", sa.String(length=60), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_fonds_note_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["fonds_id"], ["fonds.id"], name=op.f("fk_fonds_note_fonds_id_fonds")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_fonds_note_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_fonds_note_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fonds_note")),
    )
    op.create_index(op.f("ix_fonds_note_fonds_id"), "fonds_note", ["fonds_id"], unique=False)
    op.create_index(op.f("ix_fonds_note_site_id"), "fonds_note", ["site_id"], unique=False)
    op.create_table(
        "keeping",
        sa.Column("fonds_id", sa.Integer(), nullable=False),
        sa.Column("keeper_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("consent_number", sa.String(length=60), server_default="", nullable=False),
        sa.Column("consent_by", sa.String(length=100), server_default="", nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("reach_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_keeping_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["fonds_id"], ["fonds.id"], name=op.f("fk_keeping_fonds_id_fonds")),
        sa.ForeignKeyConstraint(["keeper_id"], ["holder.id"], name=op.f("fk_keeping_keeper_id_holder")),
        sa.ForeignKeyConstraint(["owner_id"], ["holder.id"], name=op.f("fk_keeping_owner_id_holder")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_keeping_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_keeping_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keeping")),
    )
    op.create_index(op.f("ix_keeping_fonds_id"), "keeping", ["fonds_id"], unique=False)
    op.create_index(op.f("ix_keeping_reach_on"), "keeping", ["reach_on"], unique=False)
    op.create_index(op.f("ix_keeping_site_id"), "keeping", ["site_id"], unique=False)
    op.create_index(
        "uq_keeping_live",
        "keeping",
        ["fonds_id"],
        unique=True,
        sqlite_where=sa.text("state in ('asked', 'consented')"),
        postgresql_where=sa.text("state in ('asked', 'consented')"),
    )
    op.create_table(
        "transfer",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("fonds_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("nature", sa.String(length=30), nullable=False),
        sa.Column("statement", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("opinion", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("giver_head", sa.String(length=60), server_default="", nullable=False),
        sa.Column("giver_handler", sa.String(length=60), server_default="", nullable=False),
        sa.Column("receiver_head", sa.String(length=60), server_default="", nullable=False),
        sa.Column("receiver_handler", sa.String(length=60), server_default="", nullable=False),
        sa.Column("containers", sa.String(length=60), server_default="", nullable=False),
        sa.Column("giver_checks", sa.String(length=60), server_default="", nullable=False),
        sa.Column("receiver_checks", sa.String(length=60), server_default="", nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=True),
        sa.Column("handover_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_transfer_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["ab_user.id"], name=op.f("fk_transfer_drawn_by_id_ab_user")),
        sa.ForeignKeyConstraint(["fonds_id"], ["fonds.id"], name=op.f("fk_transfer_fonds_id_fonds")),
        sa.ForeignKeyConstraint(["giver_id"], ["holder.id"], name=op.f("fk_transfer_giver_id_holder")),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"], name=op.f("fk_transfer_handover_id_handover")),
        sa.ForeignKeyConstraint(["receiver_id"], ["holder.id"], name=op.f("fk_transfer_receiver_id_holder")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_transfer_site_id_site")),
        sa.ForeignKeyConstraint(["supervisor_id"], ["ab_user.id"], name=op.f("fk_transfer_supervisor_id_ab_user")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_transfer_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_transfer_site_id_number")),
    )
    op.create_index(op.f("ix_transfer_fonds_id"), "transfer", ["fonds_id"], unique=False)
    op.create_index(op.f("ix_transfer_site_id"), "transfer", ["site_id"], unique=False)
    op.create_table(
        "number_change",
        sa.Column("fonds_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("old", sa.String(length=80), nullable=False),
        sa.Column("new", sa.String(length=80), nullable=False),
        sa.Column("changed_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_number_change_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["fonds_id"], ["fonds.id"], name=op.f("fk_number_change_fonds_id_fonds")),
        sa.ForeignKeyConstraint(["item_id"], ["archival_item.id"], name=op.f("fk_number_change_item_id_archival_item")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_number_change_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_number_change_updated_by_id_ab_user")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_number_change_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_change")),
    )
    op.create_index(op.f("ix_number_change_changed_at"), "number_change", ["changed_at"], unique=False)
    op.create_index(op.f("ix_number_change_fonds_id"), "number_change", ["fonds_id"], unique=False)
    op.create_index(op.f("ix_number_change_item_id"), "number_change", ["item_id"], unique=False)
    op.create_index(op.f("ix_number_change_old"), "number_change", ["old"], unique=False)
    op.create_index(op.f("ix_number_change_site_id"), "number_change", ["site_id"], unique=False)
    op.create_table(
        "opening_line",
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_opening_line_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["item_id"], ["archival_item.id"], name=op.f("fk_opening_line_item_id_archival_item")),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_opening_line_opening_id_opening")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_opening_line_site_id_site")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_opening_line_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_line")),
        sa.UniqueConstraint("opening_id", "item_id", name=op.f("uq_opening_line_opening_id_item_id")),
    )
    op.create_index(op.f("ix_opening_line_item_id"), "opening_line", ["item_id"], unique=False)
    op.create_index(op.f("ix_opening_line_opening_id"), "opening_line", ["opening_id"], unique=False)
    op.create_index(op.f("ix_opening_line_site_id"), "opening_line", ["site_id"], unique=False)
    op.create_table(
        "transfer_line",
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), server_default="", nullable=False),
        sa.Column("title", sa.String(length=300), server_default="", nullable=False),
        sa.Column("found", sa.String(length=30), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("updated_at", app.kit.columns.Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["ab_user.id"], name=op.f("fk_transfer_line_created_by_id_ab_user")),
        sa.ForeignKeyConstraint(["item_id"], ["archival_item.id"], name=op.f("fk_transfer_line_item_id_archival_item")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_transfer_line_site_id_site")),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfer.id"], name=op.f("fk_transfer_line_transfer_id_transfer")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["ab_user.id"], name=op.f("fk_transfer_line_updated_by_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_line")),
        sa.UniqueConstraint("transfer_id", "item_id", name=op.f("uq_transfer_line_transfer_id_item_id")),
    )
    op.create_index(op.f("ix_transfer_line_item_id"), "transfer_line", ["item_id"], unique=False)
    op.create_index(op.f("ix_transfer_line_site_id"), "transfer_line", ["site_id"], unique=False)
    op.create_index(op.f("ix_transfer_line_transfer_id"), "transfer_line", ["transfer_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_transfer_line_transfer_id"), table_name="transfer_line")
    op.drop_index(op.f("ix_transfer_line_site_id"), table_name="transfer_line")
    op.drop_index(op.f("ix_transfer_line_item_id"), table_name="transfer_line")
    op.drop_index(op.f("ix_opening_line_site_id"), table_name="opening_line")
    op.drop_index(op.f("ix_opening_line_opening_id"), table_name="opening_line")
    op.drop_index(op.f("ix_opening_line_item_id"), table_name="opening_line")
    op.drop_index(op.f("ix_number_change_site_id"), table_name="number_change")
    op.drop_index(op.f("ix_number_change_old"), table_name="number_change")
    op.drop_index(op.f("ix_number_change_item_id"), table_name="number_change")
    op.drop_index(op.f("ix_number_change_fonds_id"), table_name="number_change")
    op.drop_index(op.f("ix_number_change_changed_at"), table_name="number_change")
    op.drop_index(op.f("ix_transfer_site_id"), table_name="transfer")
    op.drop_index(op.f("ix_transfer_fonds_id"), table_name="transfer")
    op.drop_index("uq_keeping_live", table_name="keeping")
    op.drop_index(op.f("ix_keeping_site_id"), table_name="keeping")
    op.drop_index(op.f("ix_keeping_reach_on"), table_name="keeping")
    op.drop_index(op.f("ix_keeping_fonds_id"), table_name="keeping")
    op.drop_index(op.f("ix_fonds_note_site_id"), table_name="fonds_note")
    op.drop_index(op.f("ix_fonds_note_fonds_id"), table_name="fonds_note")
    op.drop_index("uq_archival_item_number", table_name="archival_item")
    op.drop_index(op.f("ix_archival_item_year"), table_name="archival_item")
    op.drop_index(op.f("ix_archival_item_volume_id"), table_name="archival_item")
    op.drop_index(op.f("ix_archival_item_site_id"), table_name="archival_item")
    op.drop_index("ix_archival_item_series", table_name="archival_item")
    op.drop_index(op.f("ix_archival_item_place_id"), table_name="archival_item")
    op.drop_index(op.f("ix_archival_item_other_number"), table_name="archival_item")
    op.drop_index(op.f("ix_archival_item_opened_on"), table_name="archival_item")
    op.drop_index(op.f("ix_archival_item_holder_id"), table_name="archival_item")
    op.drop_index(op.f("ix_archival_item_fonds_id"), table_name="archival_item")
    op.drop_index(op.f("ix_archival_item_filed_on"), table_name="archival_item")
    op.drop_index(op.f("ix_archival_item_file_id"), table_name="archival_item")
    op.drop_index(op.f("ix_archival_item_document_id"), table_name="archival_item")
    op.drop_index(op.f("ix_fonds_site_id"), table_name="fonds")
    op.drop_index(op.f("ix_fonds_holder_id"), table_name="fonds")
    op.drop_index(op.f("ix_opening_site_id"), table_name="opening")
    op.drop_index(op.f("ix_opening_published_on"), table_name="opening")
    op.drop_index(op.f("ix_holder_site_id"), table_name="holder")
    op.drop_table("transfer_line")
    op.drop_table("opening_line")
    op.drop_table("number_change")
    op.drop_table("transfer")
    op.drop_table("keeping")
    op.drop_table("fonds_note")
    op.drop_table("archival_item")
    op.drop_table("fonds")
    op.drop_table("opening")
    op.drop_table("holder")
