"""the house"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


revision = '5e154d2d5f5c'
down_revision = None
branch_labels = None
depends_on = None

# SQLite's word index over search_entry; PostgreSQL has its own below.
WORD_INDEX = (
    'CREATE VIRTUAL TABLE search_fts USING fts5(tokens, content=\'search_entry\', content_rowid=\'id\', detail=none, columnsize=0, tokenize="ascii tokenchars \'=^%@+-\'")',
    'CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN INSERT INTO search_fts(rowid, tokens) VALUES (new.id, new.tokens); END',
    "CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN INSERT INTO search_fts(search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens); END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE OF tokens ON search_entry BEGIN INSERT INTO search_fts(search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens); INSERT INTO search_fts(rowid, tokens) VALUES (new.id, new.tokens); END",
)
DROP_WORD_INDEX = (
    'DROP TRIGGER IF EXISTS search_entry_added',
    'DROP TRIGGER IF EXISTS search_entry_gone',
    'DROP TRIGGER IF EXISTS search_entry_changed',
    'DROP TABLE IF EXISTS search_fts',
)


def upgrade() -> None:
    op.create_table('ab_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('label', sa.String(length=150), nullable=True),
    sa.Column('description', sa.String(length=512), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_group')),
    sa.UniqueConstraint('name', name=op.f('uq_ab_group_name'))
    )
    op.create_table('ab_permission',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_permission')),
    sa.UniqueConstraint('name', name=op.f('uq_ab_permission_name'))
    )
    op.create_table('ab_register_user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_name', sa.String(length=64), nullable=False),
    sa.Column('last_name', sa.String(length=64), nullable=False),
    sa.Column('username', sa.String(length=128), nullable=False),
    sa.Column('password', sa.String(length=256), nullable=True),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('registration_date', sa.DateTime(), nullable=True),
    sa.Column('registration_hash', sa.String(length=256), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_register_user')),
    sa.UniqueConstraint('email', name=op.f('uq_ab_register_user_email')),
    sa.UniqueConstraint('username', name=op.f('uq_ab_register_user_username'))
    )
    op.create_table('ab_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_role')),
    sa.UniqueConstraint('name', name=op.f('uq_ab_role_name'))
    )
    op.create_table('ab_user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_name', sa.String(length=64), nullable=False),
    sa.Column('last_name', sa.String(length=64), nullable=False),
    sa.Column('username', sa.String(length=128), nullable=False),
    sa.Column('password', sa.String(length=256), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=True),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('last_login', sa.DateTime(), nullable=True),
    sa.Column('login_count', sa.Integer(), nullable=True),
    sa.Column('fail_login_count', sa.Integer(), nullable=True),
    sa.Column('created_on', sa.DateTime(), nullable=True),
    sa.Column('changed_on', sa.DateTime(), nullable=True),
    sa.Column('created_by_fk', sa.Integer(), nullable=True),
    sa.Column('changed_by_fk', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by_fk'], ['ab_user.id'], name=op.f('fk_ab_user_changed_by_fk_ab_user')),
    sa.ForeignKeyConstraint(['created_by_fk'], ['ab_user.id'], name=op.f('fk_ab_user_created_by_fk_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_user')),
    sa.UniqueConstraint('email', name=op.f('uq_ab_user_email')),
    sa.UniqueConstraint('username', name=op.f('uq_ab_user_username'))
    )
    op.create_table('ab_view_menu',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=250), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_view_menu')),
    sa.UniqueConstraint('name', name=op.f('uq_ab_view_menu_name'))
    )
    op.create_table('audit_line',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('username', sa.String(length=128), server_default='', nullable=False),
    sa.Column('action', sa.String(length=40), nullable=False),
    sa.Column('subject_type', sa.String(length=60), server_default='', nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('subject_site_id', sa.Integer(), nullable=True),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('ip', sa.String(length=45), server_default='', nullable=False),
    sa.Column('previous_mac', sa.String(length=64), nullable=False),
    sa.Column('mac', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_line'))
    )
    op.create_index('ix_audit_line_action', 'audit_line', ['action', 'at'], unique=False)
    op.create_index(op.f('ix_audit_line_at'), 'audit_line', ['at'], unique=False)
    op.create_index('ix_audit_line_subject', 'audit_line', ['subject_type', 'subject_id'], unique=False)
    op.create_index('ix_audit_line_user', 'audit_line', ['user_id', 'at'], unique=False)
    op.create_table('login_failure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('first_at', sa.DateTime(), nullable=False),
    sa.Column('locked_until', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_failure'))
    )
    op.create_index('uq_login_failure_kind_key', 'login_failure', ['kind', 'key'], unique=True)
    op.create_table('search_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('opens', sa.String(length=20), nullable=False),
    sa.Column('opens_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('subtitle', sa.String(length=500), nullable=False),
    sa.Column('badge', sa.String(length=20), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.Column('tokens', sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False),
    sa.Column('digest', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_entry')),
    sa.UniqueConstraint('kind', 'record_id', name=op.f('uq_search_entry_kind_record_id'))
    )
    op.create_table('setup_state',
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('value', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_setup_state'))
    )
    op.create_table('ab_api_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('name', sa.String(length=256), nullable=False),
    sa.Column('key_hash', sa.String(length=256), nullable=False),
    sa.Column('lookup_hash', sa.String(length=256), nullable=True),
    sa.Column('key_prefix', sa.String(length=16), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('scopes', sa.Text(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_on', sa.DateTime(), nullable=True),
    sa.Column('expires_on', sa.DateTime(), nullable=True),
    sa.Column('revoked_on', sa.DateTime(), nullable=True),
    sa.Column('last_used_on', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_ab_api_key_user_id_ab_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_api_key')),
    sa.UniqueConstraint('lookup_hash', name=op.f('uq_ab_api_key_lookup_hash')),
    sa.UniqueConstraint('uuid', name=op.f('uq_ab_api_key_uuid'))
    )
    op.create_index('idx_api_key_lookup_hash', 'ab_api_key', ['lookup_hash'], unique=True)
    op.create_index('idx_api_key_prefix', 'ab_api_key', ['key_prefix'], unique=False)
    op.create_index('idx_api_key_user_id', 'ab_api_key', ['user_id'], unique=False)
    op.create_table('ab_group_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['ab_group.id'], name=op.f('fk_ab_group_role_group_id_ab_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['role_id'], ['ab_role.id'], name=op.f('fk_ab_group_role_role_id_ab_role'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_group_role')),
    sa.UniqueConstraint('group_id', 'role_id', name=op.f('uq_ab_group_role_group_id_role_id'))
    )
    op.create_index('idx_group_id', 'ab_group_role', ['group_id'], unique=False)
    op.create_index('idx_group_role_id', 'ab_group_role', ['role_id'], unique=False)
    op.create_table('ab_permission_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('permission_id', sa.Integer(), nullable=False),
    sa.Column('view_menu_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['permission_id'], ['ab_permission.id'], name=op.f('fk_ab_permission_view_permission_id_ab_permission')),
    sa.ForeignKeyConstraint(['view_menu_id'], ['ab_view_menu.id'], name=op.f('fk_ab_permission_view_view_menu_id_ab_view_menu')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_permission_view')),
    sa.UniqueConstraint('permission_id', 'view_menu_id', name=op.f('uq_ab_permission_view_permission_id_view_menu_id'))
    )
    op.create_index('idx_permission_id', 'ab_permission_view', ['permission_id'], unique=False)
    op.create_index('idx_view_menu_id', 'ab_permission_view', ['view_menu_id'], unique=False)
    op.create_table('ab_user_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['ab_group.id'], name=op.f('fk_ab_user_group_group_id_ab_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_ab_user_group_user_id_ab_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_user_group')),
    sa.UniqueConstraint('user_id', 'group_id', name=op.f('uq_ab_user_group_user_id_group_id'))
    )
    op.create_index('idx_user_group_id', 'ab_user_group', ['group_id'], unique=False)
    op.create_index('idx_user_id', 'ab_user_group', ['user_id'], unique=False)
    op.create_table('ab_user_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['role_id'], ['ab_role.id'], name=op.f('fk_ab_user_role_role_id_ab_role'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_ab_user_role_user_id_ab_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_user_role')),
    sa.UniqueConstraint('user_id', 'role_id', name=op.f('uq_ab_user_role_user_id_role_id'))
    )
    op.create_table('account',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('password_changed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_account_user_id_ab_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_account'))
    )
    op.create_table('job',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('queue', sa.String(length=64), server_default='', nullable=False),
    sa.Column('language', sa.String(length=10), server_default='', nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.Column('message', sa.String(length=500), server_default='', nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('finished_at', sa.DateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_job_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['owner_id'], ['ab_user.id'], name=op.f('fk_job_owner_id_ab_user')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_job_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job'))
    )
    op.create_index(op.f('ix_job_queue'), 'job', ['queue'], unique=False)
    op.create_table('login_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('data', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('seen_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_login_session_user_id_ab_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_login_session_token_hash'))
    )
    op.create_index(op.f('ix_login_session_seen_at'), 'login_session', ['seen_at'], unique=False)
    op.create_index(op.f('ix_login_session_user_id'), 'login_session', ['user_id'], unique=False)
    op.create_table('scheme',
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_scheme_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_scheme_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scheme')),
    sa.UniqueConstraint('key', 'revision', name=op.f('uq_scheme_key_revision'))
    )
    op.create_table('site',
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('short_name', sa.String(length=20), server_default='', nullable=False),
    sa.Column('address', sa.String(length=200), server_default='', nullable=False),
    sa.Column('telephone', sa.String(length=40), server_default='', nullable=False),
    sa.Column('manager_firm', sa.String(length=100), server_default='', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_site_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_site_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_site')),
    sa.UniqueConstraint('name', name=op.f('uq_site_name'))
    )
    op.create_table('ab_permission_view_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('permission_view_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['permission_view_id'], ['ab_permission_view.id'], name=op.f('fk_ab_permission_view_role_permission_view_id_ab_permission_view'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['role_id'], ['ab_role.id'], name=op.f('fk_ab_permission_view_role_role_id_ab_role'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_permission_view_role')),
    sa.UniqueConstraint('permission_view_id', 'role_id', name=op.f('uq_ab_permission_view_role_permission_view_id_role_id'))
    )
    op.create_index('idx_permission_view_id', 'ab_permission_view_role', ['permission_view_id'], unique=False)
    op.create_index('idx_role_id', 'ab_permission_view_role', ['role_id'], unique=False)
    op.create_table('building',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_building_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_building_site_id_site')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_building_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_building')),
    sa.UniqueConstraint('site_id', 'name', name=op.f('uq_building_site_id_name'))
    )
    op.create_index(op.f('ix_building_site_id'), 'building', ['site_id'], unique=False)
    op.create_table('customer',
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), server_default='', nullable=False),
    sa.Column('licence_number', sa.String(length=40), server_default='', nullable=False),
    sa.Column('industry', sa.String(length=60), server_default='', nullable=False),
    sa.Column('representative', sa.String(length=60), server_default='', nullable=False),
    sa.Column('id_number', sa.Text(), nullable=False),
    sa.Column('id_number_index', sa.String(length=64), nullable=False),
    sa.Column('remark', sa.String(length=500), server_default='', nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_customer_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_customer_site_id_site')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_customer_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer'))
    )
    op.create_index(op.f('ix_customer_id_number_index'), 'customer', ['id_number_index'], unique=False)
    op.create_index(op.f('ix_customer_licence_number'), 'customer', ['licence_number'], unique=False)
    op.create_index(op.f('ix_customer_name'), 'customer', ['name'], unique=False)
    op.create_index(op.f('ix_customer_site_id'), 'customer', ['site_id'], unique=False)
    op.create_index('ix_customer_site_name', 'customer', ['site_id', 'name'], unique=False)
    op.create_table('handover',
    sa.Column('number', sa.String(length=30), nullable=False),
    sa.Column('handed_on', sa.Date(), nullable=False),
    sa.Column('giver_id', sa.Integer(), nullable=False),
    sa.Column('giver_department', sa.String(length=100), server_default='', nullable=False),
    sa.Column('receiver_id', sa.Integer(), nullable=False),
    sa.Column('receiver_department', sa.String(length=100), server_default='', nullable=False),
    sa.Column('supervisor_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_handover_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['giver_id'], ['ab_user.id'], name=op.f('fk_handover_giver_id_ab_user')),
    sa.ForeignKeyConstraint(['receiver_id'], ['ab_user.id'], name=op.f('fk_handover_receiver_id_ab_user')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_handover_site_id_site')),
    sa.ForeignKeyConstraint(['supervisor_id'], ['ab_user.id'], name=op.f('fk_handover_supervisor_id_ab_user')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_handover_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover')),
    sa.UniqueConstraint('number', name=op.f('uq_handover_number'))
    )
    op.create_index(op.f('ix_handover_site_id'), 'handover', ['site_id'], unique=False)
    op.create_table('print_line',
    sa.Column('serial', sa.String(length=20), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(length=60), nullable=False),
    sa.Column('form_digest', sa.String(length=64), nullable=False),
    sa.Column('subject_type', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('copy_no', sa.Integer(), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=30), nullable=False),
    sa.Column('times_printed', sa.Integer(), nullable=False),
    sa.Column('pdf_sha256', sa.String(length=64), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('printed_by_id', sa.Integer(), nullable=True),
    sa.Column('printed_at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_print_line_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['printed_by_id'], ['ab_user.id'], name=op.f('fk_print_line_printed_by_id_ab_user')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_print_line_site_id_site')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_print_line_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_print_line')),
    sa.UniqueConstraint('serial', name=op.f('uq_print_line_serial'))
    )
    op.create_index(op.f('ix_print_line_content_hash'), 'print_line', ['content_hash'], unique=False)
    op.create_index(op.f('ix_print_line_printed_at'), 'print_line', ['printed_at'], unique=False)
    op.create_index(op.f('ix_print_line_printed_by_id'), 'print_line', ['printed_by_id'], unique=False)
    op.create_index(op.f('ix_print_line_site_id'), 'print_line', ['site_id'], unique=False)
    op.create_index('ix_print_line_subject', 'print_line', ['form_key', 'subject_type', 'subject_id'], unique=False)
    op.create_table('site_user',
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_site_user_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_site_user_site_id_site')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_site_user_updated_by_id_ab_user')),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_site_user_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_site_user')),
    sa.UniqueConstraint('site_id', 'user_id', name=op.f('uq_site_user_site_id_user_id'))
    )
    op.create_index(op.f('ix_site_user_user_id'), 'site_user', ['user_id'], unique=False)
    op.create_table('contact',
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=30), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('phone', sa.String(length=40), server_default='', nullable=False),
    sa.Column('email', sa.String(length=200), server_default='', nullable=False),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_contact_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_contact_customer_id_customer')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_contact_site_id_site')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_contact_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact'))
    )
    op.create_index(op.f('ix_contact_customer_id'), 'contact', ['customer_id'], unique=False)
    op.create_index(op.f('ix_contact_site_id'), 'contact', ['site_id'], unique=False)
    op.create_table('floor',
    sa.Column('building_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['building_id'], ['building.id'], name=op.f('fk_floor_building_id_building')),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_floor_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_floor_site_id_site')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_floor_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_floor')),
    sa.UniqueConstraint('building_id', 'name', name=op.f('uq_floor_building_id_name'))
    )
    op.create_index(op.f('ix_floor_level'), 'floor', ['level'], unique=False)
    op.create_index(op.f('ix_floor_site_id'), 'floor', ['site_id'], unique=False)
    op.create_table('handover_signature',
    sa.Column('handover_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=30), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('signed_at', sa.DateTime(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_handover_signature_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['handover_id'], ['handover.id'], name=op.f('fk_handover_signature_handover_id_handover')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_handover_signature_site_id_site')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_handover_signature_updated_by_id_ab_user')),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_handover_signature_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_signature')),
    sa.UniqueConstraint('handover_id', 'role', name=op.f('uq_handover_signature_handover_id_role'))
    )
    op.create_index(op.f('ix_handover_signature_handover_id'), 'handover_signature', ['handover_id'], unique=False)
    op.create_index(op.f('ix_handover_signature_site_id'), 'handover_signature', ['site_id'], unique=False)
    op.create_table('place',
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('floor_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('code', sa.String(length=30), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_place_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['floor_id'], ['floor.id'], name=op.f('fk_place_floor_id_floor')),
    sa.ForeignKeyConstraint(['parent_id'], ['place.id'], name=op.f('fk_place_parent_id_place')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_place_site_id_site')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_place_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place')),
    sa.UniqueConstraint('site_id', 'code', name=op.f('uq_place_site_id_code'))
    )
    op.create_index(op.f('ix_place_site_id'), 'place', ['site_id'], unique=False)
    op.create_table('unit',
    sa.Column('building_id', sa.Integer(), nullable=False),
    sa.Column('floor_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('area_dm2', sa.Integer(), nullable=True),
    sa.Column('use', sa.String(length=30), nullable=False),
    sa.Column('remark', sa.String(length=500), server_default='', nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['building_id'], ['building.id'], name=op.f('fk_unit_building_id_building')),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_unit_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['floor_id'], ['floor.id'], name=op.f('fk_unit_floor_id_floor')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_unit_site_id_site')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_unit_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit')),
    sa.UniqueConstraint('building_id', 'number', name=op.f('uq_unit_building_id_number'))
    )
    op.create_index(op.f('ix_unit_floor_id'), 'unit', ['floor_id'], unique=False)
    op.create_index(op.f('ix_unit_number'), 'unit', ['number'], unique=False)
    op.create_index(op.f('ix_unit_site_id'), 'unit', ['site_id'], unique=False)
    op.create_table('tenancy',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('moved_out_on', sa.Date(), nullable=True),
    sa.Column('rent_cents', sa.BigInteger(), nullable=True),
    sa.Column('parking', sa.String(length=100), server_default='', nullable=False),
    sa.Column('nameboard', sa.String(length=100), server_default='', nullable=False),
    sa.Column('remark', sa.String(length=500), server_default='', nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_tenancy_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_tenancy_customer_id_customer')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_tenancy_site_id_site')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_tenancy_unit_id_unit')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_tenancy_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tenancy'))
    )
    op.create_index(op.f('ix_tenancy_customer_id'), 'tenancy', ['customer_id'], unique=False)
    op.create_index(op.f('ix_tenancy_ends_on'), 'tenancy', ['ends_on'], unique=False)
    op.create_index(op.f('ix_tenancy_site_id'), 'tenancy', ['site_id'], unique=False)
    op.create_index(op.f('ix_tenancy_starts_on'), 'tenancy', ['starts_on'], unique=False)
    op.create_index(op.f('ix_tenancy_unit_id'), 'tenancy', ['unit_id'], unique=False)
    op.create_index('uq_tenancy_live_unit', 'tenancy', ['unit_id'], unique=True, sqlite_where=sa.text("state = 'live'"), postgresql_where=sa.text("state = 'live'"))
    op.create_table('deposit_line',
    sa.Column('tenancy_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('reason', sa.String(length=30), nullable=False),
    sa.Column('amount_cents', sa.BigInteger(), nullable=False),
    sa.Column('booked_on', sa.Date(), nullable=False),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.Column('remark', sa.String(length=200), server_default='', nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['corrects_id'], ['deposit_line.id'], name=op.f('fk_deposit_line_corrects_id_deposit_line')),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_deposit_line_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_deposit_line_site_id_site')),
    sa.ForeignKeyConstraint(['tenancy_id'], ['tenancy.id'], name=op.f('fk_deposit_line_tenancy_id_tenancy')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_deposit_line_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deposit_line'))
    )
    op.create_index(op.f('ix_deposit_line_site_id'), 'deposit_line', ['site_id'], unique=False)
    op.create_index(op.f('ix_deposit_line_tenancy_id'), 'deposit_line', ['tenancy_id'], unique=False)
    op.create_table('file',
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('tenancy_id', sa.Integer(), nullable=True),
    sa.Column('customer_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('filed_at', sa.DateTime(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('custodian_id', sa.Integer(), nullable=True),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('label_name', sa.String(length=200), server_default='', nullable=False),
    sa.Column('remark', sa.String(length=500), server_default='', nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_file_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['custodian_id'], ['ab_user.id'], name=op.f('fk_file_custodian_id_ab_user')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_file_customer_id_customer')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_file_place_id_place')),
    sa.ForeignKeyConstraint(['scheme_id'], ['scheme.id'], name=op.f('fk_file_scheme_id_scheme')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_file_site_id_site')),
    sa.ForeignKeyConstraint(['tenancy_id'], ['tenancy.id'], name=op.f('fk_file_tenancy_id_tenancy')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_file_unit_id_unit')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_file_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_file')),
    sa.UniqueConstraint('site_id', 'number', name=op.f('uq_file_site_id_number')),
    sa.UniqueConstraint('tenancy_id', name=op.f('uq_file_tenancy_id'))
    )
    op.create_index(op.f('ix_file_customer_id'), 'file', ['customer_id'], unique=False)
    op.create_index(op.f('ix_file_site_id'), 'file', ['site_id'], unique=False)
    op.create_index(op.f('ix_file_unit_id'), 'file', ['unit_id'], unique=False)
    op.create_index('uq_file_live_unit', 'file', ['unit_id'], unique=True, sqlite_where=sa.text("state in ('open', 'filed')"), postgresql_where=sa.text("state in ('open', 'filed')"))
    op.create_table('document',
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('paper_class', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=200), server_default='', nullable=False),
    sa.Column('reference', sa.String(length=60), server_default='', nullable=False),
    sa.Column('issuer', sa.String(length=100), server_default='', nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('copy_kind', sa.String(length=30), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('ink_is_good', sa.Boolean(), nullable=False),
    sa.Column('remark', sa.String(length=500), server_default='', nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_document_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['file_id'], ['file.id'], name=op.f('fk_document_file_id_file')),
    sa.ForeignKeyConstraint(['replaces_id'], ['document.id'], name=op.f('fk_document_replaces_id_document')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_document_site_id_site')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_document_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document'))
    )
    op.create_index(op.f('ix_document_file_id'), 'document', ['file_id'], unique=False)
    op.create_index(op.f('ix_document_issued_on'), 'document', ['issued_on'], unique=False)
    op.create_index(op.f('ix_document_site_id'), 'document', ['site_id'], unique=False)
    op.create_index(op.f('ix_document_valid_until'), 'document', ['valid_until'], unique=False)
    op.create_table('handover_line',
    sa.Column('handover_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=200), server_default='', nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('remark', sa.String(length=200), server_default='', nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_handover_line_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['file_id'], ['file.id'], name=op.f('fk_handover_line_file_id_file')),
    sa.ForeignKeyConstraint(['handover_id'], ['handover.id'], name=op.f('fk_handover_line_handover_id_handover')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_handover_line_site_id_site')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_handover_line_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_line')),
    sa.UniqueConstraint('handover_id', 'file_id', name=op.f('uq_handover_line_handover_id_file_id'))
    )
    op.create_index(op.f('ix_handover_line_handover_id'), 'handover_line', ['handover_id'], unique=False)
    op.create_index(op.f('ix_handover_line_site_id'), 'handover_line', ['site_id'], unique=False)
    op.create_table('lookup_request',
    sa.Column('number', sa.String(length=30), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('requester_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=300), nullable=False),
    sa.Column('mode', sa.String(length=30), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('passed_by_id', sa.Integer(), nullable=True),
    sa.Column('passed_at', sa.DateTime(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('reason', sa.String(length=300), server_default='', nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=True),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_lookup_request_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['ab_user.id'], name=op.f('fk_lookup_request_decided_by_id_ab_user')),
    sa.ForeignKeyConstraint(['file_id'], ['file.id'], name=op.f('fk_lookup_request_file_id_file')),
    sa.ForeignKeyConstraint(['passed_by_id'], ['ab_user.id'], name=op.f('fk_lookup_request_passed_by_id_ab_user')),
    sa.ForeignKeyConstraint(['requester_id'], ['ab_user.id'], name=op.f('fk_lookup_request_requester_id_ab_user')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_lookup_request_site_id_site')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_lookup_request_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lookup_request')),
    sa.UniqueConstraint('number', name=op.f('uq_lookup_request_number'))
    )
    op.create_index(op.f('ix_lookup_request_file_id'), 'lookup_request', ['file_id'], unique=False)
    op.create_index('ix_lookup_request_live', 'lookup_request', ['requester_id', 'file_id', 'state'], unique=False)
    op.create_index(op.f('ix_lookup_request_site_id'), 'lookup_request', ['site_id'], unique=False)
    op.create_table('scan',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('blob', sa.String(length=64), nullable=False),
    sa.Column('original_name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['ab_user.id'], name=op.f('fk_scan_created_by_id_ab_user')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_scan_document_id_document')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_scan_site_id_site')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['ab_user.id'], name=op.f('fk_scan_updated_by_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scan')),
    sa.UniqueConstraint('blob', name=op.f('uq_scan_blob'))
    )
    op.create_index(op.f('ix_scan_document_id'), 'scan', ['document_id'], unique=False)
    op.create_index(op.f('ix_scan_site_id'), 'scan', ['site_id'], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("ix_search_entry_tokens", "search_entry", ["tokens"], postgresql_using="gin")
    else:
        for statement in WORD_INDEX:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_search_entry_tokens", table_name="search_entry")
    else:
        for statement in DROP_WORD_INDEX:
            op.execute(statement)
    op.drop_index(op.f('ix_scan_site_id'), table_name='scan')
    op.drop_index(op.f('ix_scan_document_id'), table_name='scan')
    op.drop_table('scan')
    op.drop_index(op.f('ix_lookup_request_site_id'), table_name='lookup_request')
    op.drop_index('ix_lookup_request_live', table_name='lookup_request')
    op.drop_index(op.f('ix_lookup_request_file_id'), table_name='lookup_request')
    op.drop_table('lookup_request')
    op.drop_index(op.f('ix_handover_line_site_id'), table_name='handover_line')
    op.drop_index(op.f('ix_handover_line_handover_id'), table_name='handover_line')
    op.drop_table('handover_line')
    op.drop_index(op.f('ix_document_valid_until'), table_name='document')
    op.drop_index(op.f('ix_document_site_id'), table_name='document')
    op.drop_index(op.f('ix_document_issued_on'), table_name='document')
    op.drop_index(op.f('ix_document_file_id'), table_name='document')
    op.drop_table('document')
    op.drop_index('uq_file_live_unit', table_name='file', sqlite_where=sa.text("state in ('open', 'filed')"), postgresql_where=sa.text("state in ('open', 'filed')"))
    op.drop_index(op.f('ix_file_unit_id'), table_name='file')
    op.drop_index(op.f('ix_file_site_id'), table_name='file')
    op.drop_index(op.f('ix_file_customer_id'), table_name='file')
    op.drop_table('file')
    op.drop_index(op.f('ix_deposit_line_tenancy_id'), table_name='deposit_line')
    op.drop_index(op.f('ix_deposit_line_site_id'), table_name='deposit_line')
    op.drop_table('deposit_line')
    op.drop_index('uq_tenancy_live_unit', table_name='tenancy', sqlite_where=sa.text("state = 'live'"), postgresql_where=sa.text("state = 'live'"))
    op.drop_index(op.f('ix_tenancy_unit_id'), table_name='tenancy')
    op.drop_index(op.f('ix_tenancy_starts_on'), table_name='tenancy')
    op.drop_index(op.f('ix_tenancy_site_id'), table_name='tenancy')
    op.drop_index(op.f('ix_tenancy_ends_on'), table_name='tenancy')
    op.drop_index(op.f('ix_tenancy_customer_id'), table_name='tenancy')
    op.drop_table('tenancy')
    op.drop_index(op.f('ix_unit_site_id'), table_name='unit')
    op.drop_index(op.f('ix_unit_number'), table_name='unit')
    op.drop_index(op.f('ix_unit_floor_id'), table_name='unit')
    op.drop_table('unit')
    op.drop_index(op.f('ix_place_site_id'), table_name='place')
    op.drop_table('place')
    op.drop_index(op.f('ix_handover_signature_site_id'), table_name='handover_signature')
    op.drop_index(op.f('ix_handover_signature_handover_id'), table_name='handover_signature')
    op.drop_table('handover_signature')
    op.drop_index(op.f('ix_floor_site_id'), table_name='floor')
    op.drop_index(op.f('ix_floor_level'), table_name='floor')
    op.drop_table('floor')
    op.drop_index(op.f('ix_contact_site_id'), table_name='contact')
    op.drop_index(op.f('ix_contact_customer_id'), table_name='contact')
    op.drop_table('contact')
    op.drop_index(op.f('ix_site_user_user_id'), table_name='site_user')
    op.drop_table('site_user')
    op.drop_index('ix_print_line_subject', table_name='print_line')
    op.drop_index(op.f('ix_print_line_site_id'), table_name='print_line')
    op.drop_index(op.f('ix_print_line_printed_by_id'), table_name='print_line')
    op.drop_index(op.f('ix_print_line_printed_at'), table_name='print_line')
    op.drop_index(op.f('ix_print_line_content_hash'), table_name='print_line')
    op.drop_table('print_line')
    op.drop_index(op.f('ix_handover_site_id'), table_name='handover')
    op.drop_table('handover')
    op.drop_index('ix_customer_site_name', table_name='customer')
    op.drop_index(op.f('ix_customer_site_id'), table_name='customer')
    op.drop_index(op.f('ix_customer_name'), table_name='customer')
    op.drop_index(op.f('ix_customer_licence_number'), table_name='customer')
    op.drop_index(op.f('ix_customer_id_number_index'), table_name='customer')
    op.drop_table('customer')
    op.drop_index(op.f('ix_building_site_id'), table_name='building')
    op.drop_table('building')
    op.drop_index('idx_role_id', table_name='ab_permission_view_role')
    op.drop_index('idx_permission_view_id', table_name='ab_permission_view_role')
    op.drop_table('ab_permission_view_role')
    op.drop_table('site')
    op.drop_table('scheme')
    op.drop_index(op.f('ix_login_session_user_id'), table_name='login_session')
    op.drop_index(op.f('ix_login_session_seen_at'), table_name='login_session')
    op.drop_table('login_session')
    op.drop_index(op.f('ix_job_queue'), table_name='job')
    op.drop_table('job')
    op.drop_table('account')
    op.drop_table('ab_user_role')
    op.drop_index('idx_user_id', table_name='ab_user_group')
    op.drop_index('idx_user_group_id', table_name='ab_user_group')
    op.drop_table('ab_user_group')
    op.drop_index('idx_view_menu_id', table_name='ab_permission_view')
    op.drop_index('idx_permission_id', table_name='ab_permission_view')
    op.drop_table('ab_permission_view')
    op.drop_index('idx_group_role_id', table_name='ab_group_role')
    op.drop_index('idx_group_id', table_name='ab_group_role')
    op.drop_table('ab_group_role')
    op.drop_index('idx_api_key_user_id', table_name='ab_api_key')
    op.drop_index('idx_api_key_prefix', table_name='ab_api_key')
    op.drop_index('idx_api_key_lookup_hash', table_name='ab_api_key')
    op.drop_table('ab_api_key')
    op.drop_table('setup_state')
    op.drop_table('search_entry')
    op.drop_index('uq_login_failure_kind_key', table_name='login_failure')
    op.drop_table('login_failure')
    op.drop_index('ix_audit_line_user', table_name='audit_line')
    op.drop_index('ix_audit_line_subject', table_name='audit_line')
    op.drop_index(op.f('ix_audit_line_at'), table_name='audit_line')
    op.drop_index('ix_audit_line_action', table_name='audit_line')
    op.drop_table('audit_line')
    op.drop_table('ab_view_menu')
    op.drop_table('ab_user')
    op.drop_table('ab_role')
    op.drop_table('ab_register_user')
    op.drop_table('ab_permission')
    op.drop_table('ab_group')
