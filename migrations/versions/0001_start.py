"""The first tables of Linli.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from migrations import append_only
from models.base import UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    op.create_table(
        "holidays",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holidays")),
        sa.UniqueConstraint("day", name=op.f("uq_holidays_day")),
    )
    op.create_table(
        "knocks",
        sa.Column("door", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.CHAR(length=64), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knocks")),
    )
    with op.batch_alter_table("knocks", schema=None) as batch_op:
        batch_op.create_index("ix_knocks_door_subject_at", ["door", "subject", "at"], unique=False)

    op.create_table(
        "places",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("street_id", sa.BigInteger(), nullable=True),
        sa.Column("community_id", sa.BigInteger(), nullable=True),
        sa.Column("courtyard_type", sa.String(length=20), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("duty_phone", sa.String(length=40), nullable=True),
        sa.Column("rural", sa.Boolean(), nullable=False),
        sa.Column("opening_hours", sa.JSON(), nullable=True),
        sa.Column("trial_until", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "kind = 'DISTRICT' OR parent_id IS NOT NULL", name=op.f("ck_places_only_a_district_has_no_parent")
        ),
        sa.CheckConstraint("households IS NULL OR households >= 0", name=op.f("ck_places_households_not_negative")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_places_community_id_places")),
        sa.ForeignKeyConstraint(["district_id"], ["places.id"], name=op.f("fk_places_district_id_places")),
        sa.ForeignKeyConstraint(["parent_id"], ["places.id"], name=op.f("fk_places_parent_id_places")),
        sa.ForeignKeyConstraint(["street_id"], ["places.id"], name=op.f("fk_places_street_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
        sa.UniqueConstraint("code", name=op.f("uq_places_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_places_public_id")),
    )
    with op.batch_alter_table("places", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_places_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_places_district_id"), ["district_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_places_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_places_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_places_street_id"), ["street_id"], unique=False)

    op.create_table(
        "receipts",
        sa.Column("author", sa.String(length=60), nullable=False),
        sa.Column("route", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("body_digest", sa.CHAR(length=64), nullable=False),
        sa.Column("answer", sa.String(length=400), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("author", "route", "key", name=op.f("uq_receipts_author_route_key")),
    )
    op.create_table(
        "seals",
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("previous_hash", sa.CHAR(length=64), nullable=False),
        sa.Column("hash", sa.CHAR(length=64), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
        sa.UniqueConstraint("hash", name=op.f("uq_seals_hash")),
        sa.UniqueConstraint("previous_hash", name=op.f("uq_seals_previous_hash")),
    )
    op.create_table(
        "attachments",
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("sheet", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("subject_id", sa.BigInteger(), nullable=True),
        sa.Column("community_id", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.CHAR(length=64), nullable=False),
        sa.Column("dhash", sa.CHAR(length=16), nullable=False),
        sa.Column("shot_at", UtcTime(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("received_bytes", sa.Integer(), nullable=False),
        sa.Column("display", sa.String(length=80), nullable=True),
        sa.Column("thumbnail", sa.String(length=80), nullable=True),
        sa.Column("original", sa.String(length=80), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_attachments_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("public_id", name=op.f("uq_attachments_public_id")),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index("ix_attachments_kind_subject_id", ["kind", "subject_id"], unique=False)
        batch_op.create_index("ix_attachments_owner_created_at", ["owner", "created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachments_sha256"), ["sha256"], unique=False)

    op.create_table(
        "households",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("courtyard_id", sa.BigInteger(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_households_community_id_places")),
        sa.ForeignKeyConstraint(["courtyard_id"], ["places.id"], name=op.f("fk_households_courtyard_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_households")),
        sa.UniqueConstraint("public_id", name=op.f("uq_households_public_id")),
    )
    with op.batch_alter_table("households", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_households_community_id"), ["community_id"], unique=False)

    op.create_table(
        "need_counters",
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("month", sa.String(length=6), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_need_counters_community_id_places")),
        sa.PrimaryKeyConstraint("community_id", "month", name=op.f("pk_need_counters")),
    )
    op.create_table(
        "organizations",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("legal_form", sa.String(length=24), nullable=False),
        sa.Column("is_support", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("place_id", sa.BigInteger(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_organizations_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
        sa.UniqueConstraint("name", name=op.f("uq_organizations_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organizations_public_id")),
        sa.UniqueConstraint("uscc", name=op.f("uq_organizations_uscc")),
    )
    with op.batch_alter_table("organizations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organizations_place_id"), ["place_id"], unique=False)

    op.create_table(
        "people",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("gender", sa.String(length=1), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("phone_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("phone_lookup", sa.String(length=64), nullable=True),
        sa.Column("courtyard_id", sa.BigInteger(), nullable=True),
        sa.Column("grid_id", sa.BigInteger(), nullable=True),
        sa.Column("building", sa.String(length=20), nullable=True),
        sa.Column("unit", sa.String(length=20), nullable=True),
        sa.Column("room", sa.String(length=20), nullable=True),
        sa.Column("household_id", sa.BigInteger(), nullable=True),
        sa.Column("contact_person_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("merged_into_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(state = 'MERGED') = (merged_into_id IS NOT NULL)", name=op.f("ck_people_merged_has_a_target")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_people_community_id_places")),
        sa.ForeignKeyConstraint(["contact_person_id"], ["people.id"], name=op.f("fk_people_contact_person_id_people")),
        sa.ForeignKeyConstraint(["courtyard_id"], ["places.id"], name=op.f("fk_people_courtyard_id_places")),
        sa.ForeignKeyConstraint(["grid_id"], ["places.id"], name=op.f("fk_people_grid_id_places")),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_people_household_id_households")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["people.id"], name=op.f("fk_people_merged_into_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("public_id", name=op.f("uq_people_public_id")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(
            "ix_people_community_id_building", ["community_id", "building", "unit", "room"], unique=False
        )
        batch_op.create_index("ix_people_community_id_name", ["community_id", "name"], unique=False)
        batch_op.create_index(batch_op.f("ix_people_grid_id"), ["grid_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_people_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_people_phone_lookup"), ["phone_lookup"], unique=False)

    op.create_table(
        "accounts",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("phone_lookup", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("community_id", sa.BigInteger(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("theme", sa.String(length=5), nullable=False),
        sa.Column("elder", sa.Boolean(), nullable=False),
        sa.Column("text_step", sa.Integer(), nullable=False),
        sa.Column("tell_at_sign_in", sa.String(length=60), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_accounts_community_id_places")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_accounts_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_accounts_public_id")),
    )
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_accounts_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_accounts_phone_lookup", ["phone_lookup"], unique=False)
        batch_op.create_index(batch_op.f("ix_accounts_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_accounts_phone_lookup_confirmed",
            ["phone_lookup"],
            unique=True,
            sqlite_where=sa.text("state = 'CONFIRMED'"),
            postgresql_where=sa.text("state = 'CONFIRMED'"),
        )

    op.create_table(
        "consents",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("notice", sa.String(length=40), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("given_at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consents_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consents_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_tags",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("tag", sa.String(length=16), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=True),
        sa.Column("basis_on", sa.Date(), nullable=True),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_tags_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_tags")),
        sa.UniqueConstraint("person_id", "tag", name=op.f("uq_person_tags_person_id_tag")),
    )
    with op.batch_alter_table("person_tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_tags_tag"), ["tag"], unique=False)

    op.create_table(
        "access_log",
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("subject_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("community_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_access_log_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
    )
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_log_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_access_log_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_access_log_what"), ["what"], unique=False)

    op.create_table(
        "call_attempts",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_call_attempts_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_attempts")),
    )
    with op.batch_alter_table("call_attempts", schema=None) as batch_op:
        batch_op.create_index("ix_call_attempts_kind_subject_id", ["kind", "subject_id"], unique=False)

    op.create_table(
        "events",
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hash", sa.CHAR(length=64), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_events_account_id_accounts")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_events_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_events_community_id_id", ["community_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_events_verb"), ["verb"], unique=False)

    op.create_table(
        "follows",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_follows_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
        sa.UniqueConstraint("account_id", "kind", "subject_id", name=op.f("uq_follows_account_id_kind_subject_id")),
    )
    with op.batch_alter_table("follows", schema=None) as batch_op:
        batch_op.create_index("ix_follows_kind_subject_id", ["kind", "subject_id"], unique=False)

    op.create_table(
        "grants",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=True),
        sa.Column("organization_id", sa.BigInteger(), nullable=True),
        sa.Column("given_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "place_id IS NOT NULL OR organization_id IS NOT NULL", name=op.f("ck_grants_a_grant_has_a_reach")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_grants_account_id_accounts")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_grants_organization_id_organizations")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_grants_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grants_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grants_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grants_place_id"), ["place_id"], unique=False)

    op.create_table(
        "mandates",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("until", UtcTime(), nullable=True),
        sa.Column("revoked_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_mandates_account_id_accounts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mandates_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mandates_public_id")),
    )
    with op.batch_alter_table("mandates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mandates_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mandates_person_id"), ["person_id"], unique=False)

    op.create_table(
        "need_imports",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.CHAR(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("errors", sa.JSON(), nullable=False),
        sa.Column("finished_at", UtcTime(), nullable=True),
        sa.Column("undone_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_need_imports_account_id_accounts")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_need_imports_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_imports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_need_imports_public_id")),
    )
    with op.batch_alter_table("need_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_imports_community_id"), ["community_id"], unique=False)

    op.create_table(
        "revisions",
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_revisions_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
    )
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.create_index("ix_revisions_kind_subject_id", ["kind", "subject_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.CHAR(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("began_at", UtcTime(), nullable=False),
        sa.Column("last_seen_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sessions_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_account_id"), ["account_id"], unique=False)

    op.create_table(
        "tellings",
        sa.Column("community_id", sa.BigInteger(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("sentence", sa.String(length=60), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("read_at", UtcTime(), nullable=True),
        sa.Column("told_at", UtcTime(), nullable=True),
        sa.Column("told_by_id", sa.BigInteger(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_tellings_account_id_accounts")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_tellings_community_id_places")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_tellings_person_id_people")),
        sa.ForeignKeyConstraint(["told_by_id"], ["accounts.id"], name=op.f("fk_tellings_told_by_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tellings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tellings_public_id")),
    )
    with op.batch_alter_table("tellings", schema=None) as batch_op:
        batch_op.create_index("ix_tellings_account_id_read_at", ["account_id", "read_at"], unique=False)
        batch_op.create_index("ix_tellings_community_id_state", ["community_id", "state"], unique=False)
        batch_op.create_index("ix_tellings_kind_subject_id", ["kind", "subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tellings_person_id"), ["person_id"], unique=False)

    op.create_table(
        "event_subjects",
        sa.Column(
            "event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_subjects_event_id_events")),
        sa.PrimaryKeyConstraint("event_id", "kind", "subject_id", name=op.f("pk_event_subjects")),
    )
    with op.batch_alter_table("event_subjects", schema=None) as batch_op:
        batch_op.create_index(
            "ix_event_subjects_kind_subject_id_event_id", ["kind", "subject_id", "event_id"], unique=False
        )

    op.create_table(
        "needs",
        sa.Column("ticket_no", sa.String(length=40), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("courtyard_id", sa.BigInteger(), nullable=True),
        sa.Column("grid_id", sa.BigInteger(), nullable=True),
        sa.Column("place_detail", sa.String(length=200), nullable=True),
        sa.Column("author_person_id", sa.BigInteger(), nullable=True),
        sa.Column("author_account_id", sa.BigInteger(), nullable=True),
        sa.Column("author_code", sa.String(length=80), nullable=True),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("for_person_id", sa.BigInteger(), nullable=True),
        sa.Column("for_whom", sa.String(length=60), nullable=True),
        sa.Column("hide_name", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("tile", sa.String(length=16), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("public_title", sa.String(length=60), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=True),
        sa.Column("field", sa.String(length=24), nullable=True),
        sa.Column("urgency", sa.String(length=12), nullable=True),
        sa.Column("suggested_urgency", sa.String(length=12), nullable=False),
        sa.Column("target_group", sa.String(length=16), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_before", sa.String(length=12), nullable=True),
        sa.Column("state_at", UtcTime(), nullable=False),
        sa.Column("raised_at", UtcTime(), nullable=False),
        sa.Column("first_handler_id", sa.BigInteger(), nullable=True),
        sa.Column("accepted_at", UtcTime(), nullable=True),
        sa.Column("acceptance_due_at", UtcTime(), nullable=True),
        sa.Column("answer_due_at", UtcTime(), nullable=True),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("answer_kind", sa.String(length=12), nullable=True),
        sa.Column("answer_text", sa.Text(), nullable=True),
        sa.Column("extended_until", UtcTime(), nullable=True),
        sa.Column("extended_at", UtcTime(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("next_step", sa.String(length=200), nullable=True),
        sa.Column("next_step_at", UtcTime(), nullable=True),
        sa.Column("promise_changes", sa.Integer(), nullable=False),
        sa.Column("resolved_at", UtcTime(), nullable=True),
        sa.Column("closed_at", UtcTime(), nullable=True),
        sa.Column("served_at", UtcTime(), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("objected_at", UtcTime(), nullable=True),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("handover_no", sa.String(length=60), nullable=True),
        sa.Column("merged_into_id", sa.BigInteger(), nullable=True),
        sa.Column("merged_at", UtcTime(), nullable=True),
        sa.Column("escalated", sa.String(length=8), nullable=True),
        sa.Column("external_no", sa.String(length=80), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(state = 'MERGED') = (merged_into_id IS NOT NULL)", name=op.f("ck_needs_merged_has_a_target")
        ),
        sa.CheckConstraint(
            "state NOT IN ('ACCEPTED','PLANNED','IN_SERVICE') OR (field IS NOT NULL AND urgency IS NOT NULL)",
            name=op.f("ck_needs_accepted_has_field_and_urgency"),
        ),
        sa.CheckConstraint(
            "merged_into_id IS NULL OR merged_into_id <> id", name=op.f("ck_needs_not_merged_into_itself")
        ),
        sa.CheckConstraint("promise_changes >= 0", name=op.f("ck_needs_promise_changes_not_negative")),
        sa.ForeignKeyConstraint(
            ["author_account_id"], ["accounts.id"], name=op.f("fk_needs_author_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(["author_person_id"], ["people.id"], name=op.f("fk_needs_author_person_id_people")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_needs_community_id_places")),
        sa.ForeignKeyConstraint(["courtyard_id"], ["places.id"], name=op.f("fk_needs_courtyard_id_places")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["accounts.id"], name=op.f("fk_needs_entered_by_id_accounts")),
        sa.ForeignKeyConstraint(["first_handler_id"], ["accounts.id"], name=op.f("fk_needs_first_handler_id_accounts")),
        sa.ForeignKeyConstraint(["for_person_id"], ["people.id"], name=op.f("fk_needs_for_person_id_people")),
        sa.ForeignKeyConstraint(["grid_id"], ["places.id"], name=op.f("fk_needs_grid_id_places")),
        sa.ForeignKeyConstraint(["import_id"], ["need_imports.id"], name=op.f("fk_needs_import_id_need_imports")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["needs.id"], name=op.f("fk_needs_merged_into_id_needs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
        sa.UniqueConstraint("community_id", "external_no", name=op.f("uq_needs_community_id_external_no")),
        sa.UniqueConstraint("public_id", name=op.f("uq_needs_public_id")),
        sa.UniqueConstraint("ticket_no", name=op.f("uq_needs_ticket_no")),
    )
    with op.batch_alter_table("needs", schema=None) as batch_op:
        batch_op.create_index("ix_needs_acceptance_due_at", ["state", "acceptance_due_at"], unique=False)
        batch_op.create_index("ix_needs_answer_due_at", ["state", "answer_due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_needs_author_account_id"), ["author_account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_needs_author_person_id"), ["author_person_id"], unique=False)
        batch_op.create_index("ix_needs_community_id_id", ["community_id", "id"], unique=False)
        batch_op.create_index("ix_needs_community_id_state_id", ["community_id", "state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_needs_grid_id"), ["grid_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_needs_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_needs_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index("ix_needs_promise_on", ["state", "next_step_at"], unique=False)
        batch_op.create_index(
            "ix_needs_public",
            ["community_id", "id"],
            unique=False,
            sqlite_where=sa.text("public_title IS NOT NULL"),
            postgresql_where=sa.text("public_title IS NOT NULL"),
        )

    op.create_table(
        "seal_members",
        sa.Column(
            "event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("seal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_seal_members_event_id_events")),
        sa.ForeignKeyConstraint(["seal_id"], ["seals.id"], name=op.f("fk_seal_members_seal_id_seals")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_seal_members")),
    )
    with op.batch_alter_table("seal_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seal_members_seal_id"), ["seal_id"], unique=False)

    op.create_table(
        "need_pauses",
        sa.Column("need_id", sa.BigInteger(), nullable=False),
        sa.Column("began_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_need_pauses_need_id_needs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_pauses")),
    )
    with op.batch_alter_table("need_pauses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_pauses_need_id"), ["need_id"], unique=False)
    append_only.protect_all()
