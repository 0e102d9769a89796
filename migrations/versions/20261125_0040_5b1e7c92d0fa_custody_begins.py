"""custody begins: what lay in the files before has its opening line, its filing day and its chain"""

import sqlalchemy as sa
from alembic import op

revision = "5b1e7c92d0fa"
down_revision = "a4d86e01b7c5"
branch_labels = None
depends_on = None

MARK = "期初"
DESK_DAY = {
    "sqlite": "date(document.created_at, '+8 hours')",
    "postgresql": "(document.created_at + interval '8 hours')::date",
}


def upgrade() -> None:
    day = DESK_DAY[op.get_bind().dialect.name]
    op.execute(
        "INSERT INTO custody_line (version, created_at, updated_at, site_id, file_id, scheme_key, standing, day, kind,"
        " holder_id, counter_id, amount, cause)"
        " SELECT 1, file.created_at, file.created_at, file.site_id, file.id, scheme.key,"
        " CASE WHEN file.state IN ('open', 'filed') THEN 'live' ELSE 'left' END,"
        f" file.opened_on, 'opened', file.custodian_id, NULL, 1, '{MARK}'"
        " FROM file JOIN scheme ON scheme.id = file.scheme_id WHERE file.state <> 'destroyed'"
    )
    op.execute("UPDATE handover_line SET kind = 'file', key = file_id WHERE file_id IS NOT NULL")
    op.execute("UPDATE handover SET done_on = handed_on WHERE state = 'done'")
    op.execute("UPDATE document SET is_complete = ink_is_good")
    op.execute(
        f"UPDATE document SET filed_on = {day} WHERE source <> '' OR file_id IN"
        " (SELECT id FROM file WHERE state IN ('filed', 'closed', 'destroyed'))"
    )
    op.execute("UPDATE lookup_request SET chain = 'supervisor manager' WHERE chain = ''")
    op.execute("UPDATE lookup_request SET spared = 'identity' WHERE classes = '' AND spared = ''")
    _decided("'supervisor'", "'agreed'", "passed", "''")
    _decided(
        "CASE WHEN passed_by_id IS NULL THEN 'supervisor' ELSE 'manager' END",
        "CASE WHEN state = 'refused' THEN 'refused' ELSE 'agreed' END",
        "decided",
        "reason",
    )


def _decided(role: str, verdict: str, step: str, reason: str) -> None:
    """What was decided on a look-up before there was a chain, as lines of it."""
    op.execute(
        "INSERT INTO approval (site_id, subject_type, subject_id, role, verdict, user_id, decided_at, reason, version,"
        f" created_at, updated_at) SELECT site_id, 'LookupRequest', id, {role}, {verdict}, {step}_by_id, {step}_at,"
        f" {reason}, 1, {step}_at, {step}_at FROM lookup_request WHERE {step}_by_id IS NOT NULL"
    )


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM custody_line WHERE cause = :mark").bindparams(mark=MARK))
