"""Stars, and the time bank with a ledger to which rows are only added.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from migrations import append_only
from models.base import UtcTime

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table('rewards',
    sa.Column('community_id', sa.BigInteger(), nullable=False),
    sa.Column('title', sa.String(length=40), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('stock', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_rewards_costs_something')),
    sa.CheckConstraint('stock >= 0', name=op.f('ck_rewards_stock_not_negative')),
    sa.ForeignKeyConstraint(['community_id'], ['places.id'], name=op.f('fk_rewards_community_id_places')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rewards')),
    sa.UniqueConstraint('public_id', name=op.f('uq_rewards_public_id'))
    )
    with op.batch_alter_table('rewards', schema=None) as batch_op:
        batch_op.create_index('ix_rewards_community_id', ['community_id'], unique=False)

    op.create_table('volunteer_rules',
    sa.Column('place_id', sa.BigInteger(), nullable=False),
    sa.Column('stars_on', sa.Boolean(), nullable=False),
    sa.Column('star_lines', sa.String(length=80), nullable=False),
    sa.Column('notice_days', sa.Integer(), nullable=False),
    sa.Column('bank_on', sa.Boolean(), nullable=False),
    sa.Column('floor', sa.Integer(), nullable=False),
    sa.Column('ceiling', sa.Integer(), nullable=False),
    sa.Column('expires_after', sa.Integer(), nullable=True),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('expires_after IS NULL OR expires_after BETWEEN 1 AND 120', name=op.f('ck_volunteer_rules_expires_after_months')),
    sa.CheckConstraint('floor <= 0 AND ceiling > 0', name=op.f('ck_volunteer_rules_nothing_lies_between')),
    sa.CheckConstraint('notice_days BETWEEN 1 AND 30', name=op.f('ck_volunteer_rules_a_notice_stands_some_days')),
    sa.ForeignKeyConstraint(['place_id'], ['places.id'], name=op.f('fk_volunteer_rules_place_id_places')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_volunteer_rules')),
    sa.UniqueConstraint('place_id', name=op.f('uq_volunteer_rules_place_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_volunteer_rules_public_id'))
    )
    op.create_table('time_accounts',
    sa.Column('community_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=True),
    sa.Column('left_at', UtcTime(), nullable=True),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['places.id'], name=op.f('fk_time_accounts_community_id_places')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_time_accounts_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_time_accounts')),
    sa.UniqueConstraint('community_id', 'person_id', name=op.f('uq_time_accounts_community_id_person_id')),
    sa.UniqueConstraint('id', 'community_id', name=op.f('uq_time_accounts_id_community_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_time_accounts_public_id'))
    )
    with op.batch_alter_table('time_accounts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_time_accounts_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_time_accounts_pool', ['community_id'], unique=True, sqlite_where=sa.text('person_id IS NULL'), postgresql_where=sa.text('person_id IS NULL'))

    op.create_table('reward_orders',
    sa.Column('community_id', sa.BigInteger(), nullable=False),
    sa.Column('reward_id', sa.BigInteger(), nullable=False),
    sa.Column('account_id', sa.BigInteger(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('state_at', UtcTime(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_reward_orders_costs_something')),
    sa.ForeignKeyConstraint(['account_id'], ['time_accounts.id'], name=op.f('fk_reward_orders_account_id_time_accounts')),
    sa.ForeignKeyConstraint(['community_id'], ['places.id'], name=op.f('fk_reward_orders_community_id_places')),
    sa.ForeignKeyConstraint(['reward_id'], ['rewards.id'], name=op.f('fk_reward_orders_reward_id_rewards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reward_orders')),
    sa.UniqueConstraint('public_id', name=op.f('uq_reward_orders_public_id'))
    )
    with op.batch_alter_table('reward_orders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reward_orders_account_id'), ['account_id'], unique=False)
        batch_op.create_index('ix_reward_orders_community_id_state', ['community_id', 'state'], unique=False)

    op.create_table('stars',
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('community_id', sa.BigInteger(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('full_name', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=9), nullable=False),
    sa.Column('state_at', UtcTime(), nullable=False),
    sa.Column('judged_by_id', sa.BigInteger(), nullable=True),
    sa.Column('notice_until', UtcTime(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('level BETWEEN 1 AND 5', name=op.f('ck_stars_one_of_five')),
    sa.CheckConstraint('minutes >= line', name=op.f('ck_stars_the_line_was_reached')),
    sa.ForeignKeyConstraint(['community_id'], ['places.id'], name=op.f('fk_stars_community_id_places')),
    sa.ForeignKeyConstraint(['judged_by_id'], ['accounts.id'], name=op.f('fk_stars_judged_by_id_accounts')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_stars_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stars')),
    sa.UniqueConstraint('public_id', name=op.f('uq_stars_public_id'))
    )
    with op.batch_alter_table('stars', schema=None) as batch_op:
        batch_op.create_index('ix_stars_community_id_state', ['community_id', 'state'], unique=False)
        batch_op.create_index('uq_stars_person_id_level', ['person_id', 'level'], unique=True, sqlite_where=sa.text("state IN ('APPLIED', 'NOTICED', 'AWARDED')"), postgresql_where=sa.text("state IN ('APPLIED', 'NOTICED', 'AWARDED')"))

    op.create_table('time_claims',
    sa.Column('community_id', sa.BigInteger(), nullable=False),
    sa.Column('helper_id', sa.BigInteger(), nullable=False),
    sa.Column('helped_id', sa.BigInteger(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('what', sa.String(length=80), nullable=False),
    sa.Column('state', sa.String(length=9), nullable=False),
    sa.Column('state_at', UtcTime(), nullable=False),
    sa.Column('public_id', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('helper_id <> helped_id', name=op.f('ck_time_claims_one_helps_another')),
    sa.CheckConstraint('minutes BETWEEN 1 AND 720', name=op.f('ck_time_claims_at_most_half_a_day')),
    sa.ForeignKeyConstraint(['community_id'], ['places.id'], name=op.f('fk_time_claims_community_id_places')),
    sa.ForeignKeyConstraint(['helped_id'], ['time_accounts.id'], name=op.f('fk_time_claims_helped_id_time_accounts')),
    sa.ForeignKeyConstraint(['helper_id'], ['time_accounts.id'], name=op.f('fk_time_claims_helper_id_time_accounts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_time_claims')),
    sa.UniqueConstraint('public_id', name=op.f('uq_time_claims_public_id'))
    )
    with op.batch_alter_table('time_claims', schema=None) as batch_op:
        batch_op.create_index('ix_time_claims_helped_id_state', ['helped_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_time_claims_helper_id'), ['helper_id'], unique=False)

    op.create_table('time_postings',
    sa.Column('community_id', sa.BigInteger(), nullable=False),
    sa.Column('from_id', sa.BigInteger(), nullable=False),
    sa.Column('to_id', sa.BigInteger(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('at', UtcTime(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('from_id <> to_id', name=op.f('ck_time_postings_from_one_to_another')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_time_postings_something_moves')),
    sa.ForeignKeyConstraint(['community_id'], ['places.id'], name=op.f('fk_time_postings_community_id_places')),
    sa.ForeignKeyConstraint(['from_id', 'community_id'], ['time_accounts.id', 'time_accounts.community_id'], name=op.f('fk_time_postings_from_id_community_id_time_accounts')),
    sa.ForeignKeyConstraint(['to_id', 'community_id'], ['time_accounts.id', 'time_accounts.community_id'], name=op.f('fk_time_postings_to_id_community_id_time_accounts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_time_postings'))
    )
    with op.batch_alter_table('time_postings', schema=None) as batch_op:
        batch_op.create_index('ix_time_postings_from_id_at', ['from_id', 'at'], unique=False)
        batch_op.create_index('ix_time_postings_to_id_at', ['to_id', 'at'], unique=False)
    append_only.protect("time_postings", "id")
