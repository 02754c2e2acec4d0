"""What people served say about having been there: their own words leave the list, which the provider reads.

Revision ID: 0013
Revises: 0012
"""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    words = op.create_table('presence_words',
    sa.Column('attendance_id', sa.BigInteger(), nullable=False),
    sa.Column('community_id', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('words', sa.Text(), nullable=True),
    sa.Column('decision', sa.Text(), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger(), nullable=True),
    sa.Column('decided_at', UtcTime(), nullable=True),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("(state IN ('UPHELD', 'DISMISSED')) = (decided_at IS NOT NULL)", name=op.f('ck_presence_words_settled_at_a_time')),
    sa.ForeignKeyConstraint(['attendance_id'], ['attendances.id'], name=op.f('fk_presence_words_attendance_id_attendances')),
    sa.ForeignKeyConstraint(['community_id'], ['places.id'], name=op.f('fk_presence_words_community_id_places')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['accounts.id'], name=op.f('fk_presence_words_decided_by_id_accounts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_presence_words')),
    sa.UniqueConstraint('attendance_id', name=op.f('uq_presence_words_attendance_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_presence_words_public_id'))
    )
    with op.batch_alter_table('presence_words', schema=None) as batch_op:
        batch_op.create_index('ix_presence_words_community_id_state', ['community_id', 'state', 'id'], unique=False)
    _move(words)


def _move(words: Any) -> None:
    """Take what those served have said so far out of the lists."""
    seats = sa.table('attendances', sa.column('id', sa.BigInteger), sa.column('community_id', sa.BigInteger), sa.column('part', sa.String),
                     sa.column('state', sa.String), sa.column('state_at', UtcTime()), sa.column('reason', sa.Text))  # fmt: skip
    said = (seats.c.part == 'SERVED') & seats.c.state.in_(['CONFIRMED', 'DISPUTED'])
    rows = op.get_bind().execute(sa.select(seats).where(said)).all()
    values = [
        {'attendance_id': row.id, 'community_id': row.community_id, 'state': row.state, 'words': row.reason if row.state == 'DISPUTED' else None,
         'public_id': ''.join(secrets.choice(CROCKFORD) for _ in range(10)), 'version': 1, 'created_at': row.state_at}
        for row in rows
    ]  # fmt: skip
    if values:
        op.bulk_insert(words, values)
        op.execute(sa.update(seats).where(said).values(state='PRESENT', reason=None))
