"""Proofs of volunteer service: asked for, issued, revoked.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table(
        "certificate_counters",
        sa.Column("community_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("month", sa.String(length=6), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["places.id"], name=op.f("fk_certificate_counters_community_id_places")
        ),
        sa.PrimaryKeyConstraint("community_id", "month", name=op.f("pk_certificate_counters")),
    )
    _certificates()
    _lines()
    _requests()


def _certificates() -> None:
    table = "certificates"
    op.create_table(
        table,
        sa.Column("cert_no", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(length=800), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("issued_at", UtcTime(), nullable=False),
        sa.Column("issued_by_id", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", UtcTime(), nullable=True),
        sa.Column("revoked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_certificates_ends_after_it_begins")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_certificates_proves_something")),
        sa.CheckConstraint(
            "(state = 'REVOKED') = (revoked_at IS NOT NULL)", name=op.f("ck_certificates_revoked_at_a_time")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_certificates_person_id_people")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_certificates_community_id_places")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["accounts.id"], name=op.f("fk_certificates_issued_by_id_accounts")),
        sa.ForeignKeyConstraint(
            ["revoked_by_id"], ["accounts.id"], name=op.f("fk_certificates_revoked_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("cert_no", name=op.f("uq_certificates_cert_no")),
        sa.UniqueConstraint("public_id", name=op.f("uq_certificates_public_id")),
    )
    op.create_index("ix_certificates_community_id_id", table, ["community_id", "id"])
    op.create_index(op.f("ix_certificates_person_id"), table, ["person_id"])


def _lines() -> None:
    table = "certificate_lines"
    op.create_table(
        table,
        sa.Column("certificate_id", sa.BigInteger(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("activity_name", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("content", sa.String(length=200), nullable=False),
        sa.Column("organizer", sa.String(length=200), nullable=False),
        sa.Column("in_charge", sa.String(length=60), nullable=False),
        sa.Column("started_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_certificate_lines_certificate_id_certificates")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["hour_records.id"], name=op.f("fk_certificate_lines_record_id_hour_records")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_lines")),
        sa.UniqueConstraint("certificate_id", "record_id", name=op.f("uq_certificate_lines_certificate_id_record_id")),
    )
    op.create_index(op.f("ix_certificate_lines_record_id"), table, ["record_id"])


def _requests() -> None:
    table = "certificate_requests"
    op.create_table(
        table,
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("answered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("certificate_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_certificate_requests_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_certificate_requests_person_id_people")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["places.id"], name=op.f("fk_certificate_requests_community_id_places")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["accounts.id"], name=op.f("fk_certificate_requests_answered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_certificate_requests_certificate_id_certificates")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_requests")),
        sa.UniqueConstraint("certificate_id", name=op.f("uq_certificate_requests_certificate_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_certificate_requests_public_id")),
    )
    op.create_index("ix_certificate_requests_community_id_answered_at", table, ["community_id", "answered_at"])
    op.create_index(
        "uq_certificate_requests_open", table, ["person_id", "community_id"], unique=True,
        sqlite_where=sa.text("answered_at IS NULL"), postgresql_where=sa.text("answered_at IS NULL"),
    )  # fmt: skip
