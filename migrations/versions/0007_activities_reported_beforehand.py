"""Activities that an organization reports to a community beforehand.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table('activity_pre_reports',
    sa.Column('community_id', sa.BigInteger(), nullable=False),
    sa.Column('project_id', sa.BigInteger(), nullable=False),
    sa.Column('organization_id', sa.BigInteger(), nullable=False),
    sa.Column('activity_id', sa.BigInteger(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('state_at', UtcTime(), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('starts_at', UtcTime(), nullable=False),
    sa.Column('ends_at', UtcTime(), nullable=False),
    sa.Column('expected', sa.Integer(), nullable=True),
    sa.Column('in_charge', sa.String(length=60), nullable=False),
    sa.Column('safety', sa.Text(), nullable=False),
    sa.Column('question', sa.Text(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('made_by_id', sa.BigInteger(), nullable=False),
    sa.Column('decided_by_id', sa.BigInteger(), nullable=True),
    sa.Column('decided_at', UtcTime(), nullable=True),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("(state = 'ANNOUNCED') = (activity_id IS NOT NULL)", name=op.f('ck_activity_pre_reports_announced_has_an_activity')),
    sa.CheckConstraint("state <> 'REFUSED' OR reason IS NOT NULL", name=op.f('ck_activity_pre_reports_refused_with_a_reason')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_activity_pre_reports_ends_after_it_starts')),
    sa.CheckConstraint('expected IS NULL OR expected > 0', name=op.f('ck_activity_pre_reports_expected_positive')),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_activity_pre_reports_activity_id_activities')),
    sa.ForeignKeyConstraint(['community_id'], ['places.id'], name=op.f('fk_activity_pre_reports_community_id_places')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['accounts.id'], name=op.f('fk_activity_pre_reports_decided_by_id_accounts')),
    sa.ForeignKeyConstraint(['made_by_id'], ['accounts.id'], name=op.f('fk_activity_pre_reports_made_by_id_accounts')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_activity_pre_reports_organization_id_organizations')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_activity_pre_reports_project_id_projects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_pre_reports')),
    sa.UniqueConstraint('activity_id', name=op.f('uq_activity_pre_reports_activity_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_activity_pre_reports_public_id'))
    )
    with op.batch_alter_table('activity_pre_reports', schema=None) as batch_op:
        batch_op.create_index('ix_activity_pre_reports_community_id_state', ['community_id', 'state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_activity_pre_reports_made_by_id'), ['made_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_activity_pre_reports_organization_id'), ['organization_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_activity_pre_reports_project_id'), ['project_id'], unique=False)

