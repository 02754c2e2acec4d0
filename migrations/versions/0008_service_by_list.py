"""Service by list: people chosen, doors ticked, and the one record that names its list.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table('service_lists',
    sa.Column('community_id', sa.BigInteger(), nullable=False),
    sa.Column('project_id', sa.BigInteger(), nullable=False),
    sa.Column('organization_id', sa.BigInteger(), nullable=True),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('goods', sa.String(length=120), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('department', sa.String(length=80), nullable=True),
    sa.Column('basis', sa.String(length=200), nullable=True),
    sa.Column('money', sa.BigInteger(), nullable=False),
    sa.Column('made_by_id', sa.BigInteger(), nullable=False),
    sa.Column('dropped_at', UtcTime(), nullable=True),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('(department IS NULL) = (basis IS NULL)', name=op.f('ck_service_lists_handed_down_on_a_ground')),
    sa.CheckConstraint('money >= 0 AND (money = 0 OR department IS NOT NULL)', name=op.f('ck_service_lists_money_comes_with_the_task')),
    sa.ForeignKeyConstraint(['community_id'], ['places.id'], name=op.f('fk_service_lists_community_id_places')),
    sa.ForeignKeyConstraint(['made_by_id'], ['accounts.id'], name=op.f('fk_service_lists_made_by_id_accounts')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_service_lists_organization_id_organizations')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_service_lists_project_id_projects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_lists')),
    sa.UniqueConstraint('public_id', name=op.f('uq_service_lists_public_id'))
    )
    with op.batch_alter_table('service_lists', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_lists_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_service_lists_made_by_id'), ['made_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_service_lists_organization_id'), ['organization_id'], unique=False)
        batch_op.create_index('ix_service_lists_project_id', ['project_id', 'id'], unique=False)

    op.create_table('service_list_lines',
    sa.Column('list_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=True),
    sa.Column('ticked_at', UtcTime(), nullable=True),
    sa.Column('ticked_by_id', sa.BigInteger(), nullable=True),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("outcome IS NULL OR outcome IN ('SEEN', 'NOT_IN', 'REFUSED')", name=op.f('ck_service_list_lines_ticked_at_a_door')),
    sa.CheckConstraint('(outcome IS NULL) = (ticked_at IS NULL)', name=op.f('ck_service_list_lines_a_tick_has_a_time')),
    sa.ForeignKeyConstraint(['list_id'], ['service_lists.id'], name=op.f('fk_service_list_lines_list_id_service_lists')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_service_list_lines_person_id_people')),
    sa.ForeignKeyConstraint(['ticked_by_id'], ['accounts.id'], name=op.f('fk_service_list_lines_ticked_by_id_accounts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_list_lines')),
    sa.UniqueConstraint('list_id', 'person_id', name=op.f('uq_service_list_lines_list_id_person_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_service_list_lines_public_id'))
    )
    with op.batch_alter_table('service_list_lines', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_list_lines_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('service_logs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('list_id', sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_service_logs_list_id_service_lists'), 'service_lists', ['list_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f("ck_service_logs_a_list_names_its_list"), "(method = 'LIST') = (list_id IS NOT NULL)")
    once = sa.text("list_id IS NOT NULL AND state <> 'VOIDED'")
    op.create_index("uq_service_logs_list_id", "service_logs", ["list_id"], unique=True, sqlite_where=once, postgresql_where=once)
