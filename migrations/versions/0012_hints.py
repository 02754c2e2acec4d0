"""Hints that were commented on and decided; fingerprints of photos as people alter them.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.add_column("attachments", sa.Column("views", sa.String(length=400), nullable=True))
    op.create_table('hint_comments',
    sa.Column('mark', sa.String(length=80), nullable=False),
    sa.Column('community_id', sa.BigInteger(), nullable=False),
    sa.Column('author_id', sa.BigInteger(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['accounts.id'], name=op.f('fk_hint_comments_author_id_accounts')),
    sa.ForeignKeyConstraint(['community_id'], ['places.id'], name=op.f('fk_hint_comments_community_id_places')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hint_comments')),
    sa.UniqueConstraint('public_id', name=op.f('uq_hint_comments_public_id'))
    )
    with op.batch_alter_table('hint_comments', schema=None) as batch_op:
        batch_op.create_index('ix_hint_comments_mark', ['mark'], unique=False)

    op.create_table('hint_decisions',
    sa.Column('mark', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('community_id', sa.BigInteger(), nullable=False),
    sa.Column('organization_id', sa.BigInteger(), nullable=True),
    sa.Column('verdict', sa.String(length=9), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.BigInteger(), nullable=True),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['places.id'], name=op.f('fk_hint_decisions_community_id_places')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['accounts.id'], name=op.f('fk_hint_decisions_decided_by_id_accounts')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_hint_decisions_organization_id_organizations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hint_decisions')),
    sa.UniqueConstraint('mark', name=op.f('uq_hint_decisions_mark')),
    sa.UniqueConstraint('public_id', name=op.f('uq_hint_decisions_public_id'))
    )
    with op.batch_alter_table('hint_decisions', schema=None) as batch_op:
        batch_op.create_index('ix_hint_decisions_community_id', ['community_id'], unique=False)
