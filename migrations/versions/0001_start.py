"""The first tables of Linli.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from migrations import append_only, hours_overlap, search_index
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
        "answer_templates",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=24), nullable=True),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_answer_templates_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_templates")),
        sa.UniqueConstraint("public_id", name=op.f("uq_answer_templates_public_id")),
    )
    with op.batch_alter_table("answer_templates", schema=None) as batch_op:
        batch_op.create_index("ix_answer_templates_community_id_step", ["community_id", "step"], unique=False)

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
        "need_daily_counts",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("tile", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=24), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_need_daily_counts_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_daily_counts")),
    )
    with op.batch_alter_table("need_daily_counts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_need_daily_counts_key", ["community_id", "day", "what", "tile", "field", "n"], unique=False
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
        "people_imports",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.CHAR(length=64), nullable=False),
        sa.Column("file", sa.String(length=80), nullable=True),
        sa.Column("added", sa.Integer(), nullable=True),
        sa.Column("unchanged", sa.Integer(), nullable=True),
        sa.Column("errors", sa.JSON(), nullable=False),
        sa.Column("finished_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_people_imports_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_imports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_people_imports_public_id")),
    )
    with op.batch_alter_table("people_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_imports_community_id"), ["community_id"], unique=False)

    op.create_table(
        "project_counters",
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_project_counters_community_id_places")),
        sa.PrimaryKeyConstraint("community_id", "year", name=op.f("pk_project_counters")),
    )
    op.create_table(
        "responsible_units",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("duties", sa.String(length=300), nullable=False),
        sa.Column("tiles", sa.JSON(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("hours", sa.String(length=80), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_responsible_units_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsible_units")),
        sa.UniqueConstraint("public_id", name=op.f("uq_responsible_units_public_id")),
    )
    with op.batch_alter_table("responsible_units", schema=None) as batch_op:
        batch_op.create_index(
            "ix_responsible_units_community_id_position", ["community_id", "position", "id"], unique=False
        )

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
        sa.Column("import_id", sa.BigInteger(), nullable=True),
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
        sa.ForeignKeyConstraint(["import_id"], ["people_imports.id"], name=op.f("fk_people_import_id_people_imports")),
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
        batch_op.create_index(batch_op.f("ix_people_import_id"), ["import_id"], unique=False)
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
        sa.Column("grid_id", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.String(length=80), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_accounts_community_id_places")),
        sa.ForeignKeyConstraint(["grid_id"], ["places.id"], name=op.f("fk_accounts_grid_id_places")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_accounts_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_accounts_public_id")),
    )
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_accounts_grid_id"), ["grid_id"], unique=False)
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
        "consents",
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("notice", sa.String(length=40), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("given_at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR account_id IS NOT NULL", name=op.f("ck_consents_a_consent_is_somebodys")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_consents_account_id_accounts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consents_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consents_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consents_person_id"), ["person_id"], unique=False)

    op.create_table(
        "declared_relatives",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone_lookup", sa.String(length=64), nullable=True),
        sa.Column("declared_by_id", sa.BigInteger(), nullable=False),
        sa.Column("declared_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["declared_by_id"], ["accounts.id"], name=op.f("fk_declared_relatives_declared_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_declared_relatives_organization_id_organizations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_relatives")),
    )
    with op.batch_alter_table("declared_relatives", schema=None) as batch_op:
        batch_op.create_index(
            "ix_declared_relatives_organization_phone", ["organization_id", "phone_lookup"], unique=False
        )

    op.create_table(
        "evaluation_schemes",
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("constants", sa.JSON(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("applies_from", sa.Date(), nullable=False),
        sa.Column("published_at", UtcTime(), nullable=True),
        sa.Column("published_by_id", sa.BigInteger(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["places.id"], name=op.f("fk_evaluation_schemes_district_id_places")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["accounts.id"], name=op.f("fk_evaluation_schemes_published_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_schemes")),
        sa.UniqueConstraint("district_id", "number", name=op.f("uq_evaluation_schemes_district_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evaluation_schemes_public_id")),
    )
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
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
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
        sa.UniqueConstraint("public_id", name=op.f("uq_grants_public_id")),
    )
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grants_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grants_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grants_place_id"), ["place_id"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("code_hash", sa.CHAR(length=64), nullable=False),
        sa.Column("made_by_id", sa.BigInteger(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=True),
        sa.Column("place_id", sa.BigInteger(), nullable=True),
        sa.Column("organization_id", sa.BigInteger(), nullable=True),
        sa.Column("valid_until", UtcTime(), nullable=False),
        sa.Column("used_at", UtcTime(), nullable=True),
        sa.Column("revoked_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_invitations_account_id_accounts")),
        sa.ForeignKeyConstraint(["made_by_id"], ["accounts.id"], name=op.f("fk_invitations_made_by_id_accounts")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_invitations_organization_id_organizations")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_invitations_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitations_public_id")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_made_by_id"), ["made_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_place_id"), ["place_id"], unique=False)
        batch_op.create_index("uq_invitations_code_hash", ["code_hash"], unique=True)

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
        "need_groups",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("closeness", sa.Integer(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("authors", sa.Integer(), nullable=False),
        sa.Column("refreshed_at", UtcTime(), nullable=False),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_need_groups_community_id_places")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["accounts.id"], name=op.f("fk_need_groups_decided_by_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_groups")),
        sa.UniqueConstraint("public_id", name=op.f("uq_need_groups_public_id")),
    )
    with op.batch_alter_table("need_groups", schema=None) as batch_op:
        batch_op.create_index("ix_need_groups_community_id_state", ["community_id", "state", "authors"], unique=False)

    op.create_table(
        "need_imports",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file", sa.String(length=80), nullable=True),
        sa.Column("sha256", sa.CHAR(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("failure", sa.String(length=40), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("outside", sa.Integer(), nullable=False),
        sa.Column("noted", sa.Integer(), nullable=False),
        sa.Column("errors", sa.JSON(), nullable=False),
        sa.Column("sample", sa.JSON(), nullable=False),
        sa.Column("moved_at", UtcTime(), nullable=False),
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
        batch_op.create_index(batch_op.f("ix_need_imports_state"), ["state"], unique=False)

    op.create_table(
        "notices",
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("written_by_id", sa.BigInteger(), nullable=True),
        sa.Column("published_at", UtcTime(), nullable=True),
        sa.Column("published_by_id", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "state <> 'PUBLISHED' OR published_at IS NOT NULL", name=op.f("ck_notices_published_has_a_day")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_notices_place_id_places")),
        sa.ForeignKeyConstraint(["published_by_id"], ["accounts.id"], name=op.f("fk_notices_published_by_id_accounts")),
        sa.ForeignKeyConstraint(["written_by_id"], ["accounts.id"], name=op.f("fk_notices_written_by_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("public_id", name=op.f("uq_notices_public_id")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("ix_notices_place_id_state_id", ["place_id", "state", "id"], unique=False)

    op.create_table(
        "packages",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("track", sa.String(length=10), nullable=False),
        sa.Column("field", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_at", UtcTime(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("output", sa.String(length=200), nullable=False),
        sa.Column("output_target", sa.Integer(), nullable=True),
        sa.Column("output_measure", sa.String(length=12), nullable=True),
        sa.Column("output_unit", sa.String(length=20), nullable=True),
        sa.Column("change", sa.String(length=400), nullable=False),
        sa.Column("how_checked", sa.String(length=400), nullable=False),
        sa.Column("activities", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("drafted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("submitted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("submitted_at", UtcTime(), nullable=True),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("households IS NULL OR households >= 0", name=op.f("ck_packages_households_not_negative")),
        sa.CheckConstraint(
            "output_target IS NULL OR output_target > 0", name=op.f("ck_packages_output_target_positive")
        ),
        sa.CheckConstraint("persons IS NULL OR persons >= 0", name=op.f("ck_packages_persons_not_negative")),
        sa.CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR starts_on < ends_on", name=op.f("ck_packages_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_packages_community_id_places")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["accounts.id"], name=op.f("fk_packages_decided_by_id_accounts")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["accounts.id"], name=op.f("fk_packages_drafted_by_id_accounts")),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["accounts.id"], name=op.f("fk_packages_submitted_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packages")),
        sa.UniqueConstraint("public_id", name=op.f("uq_packages_public_id")),
    )
    with op.batch_alter_table("packages", schema=None) as batch_op:
        batch_op.create_index("ix_packages_community_id_state_id", ["community_id", "state", "id"], unique=False)

    op.create_table(
        "project_imports",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.CHAR(length=64), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("entered_at", UtcTime(), nullable=True),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_project_imports_account_id_accounts")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_project_imports_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_imports")),
        sa.UniqueConstraint("community_id", "digest", name=op.f("uq_project_imports_community_id_digest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_project_imports_public_id")),
    )
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
        sa.Column("confirmed_at", UtcTime(), nullable=False),
        sa.Column("device", sa.String(length=10), nullable=False),
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
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("first_handler_id", sa.BigInteger(), nullable=True),
        sa.Column("accepted_at", UtcTime(), nullable=True),
        sa.Column("acceptance_due_at", UtcTime(), nullable=True),
        sa.Column("answer_from", UtcTime(), nullable=True),
        sa.Column("answer_due_at", UtcTime(), nullable=True),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("answer_kind", sa.String(length=12), nullable=True),
        sa.Column("answer_text", sa.Text(), nullable=True),
        sa.Column("extended_until", UtcTime(), nullable=True),
        sa.Column("extended_at", UtcTime(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("next_step", sa.String(length=200), nullable=True),
        sa.Column("next_step_at", UtcTime(), nullable=True),
        sa.Column("promised_at", UtcTime(), nullable=True),
        sa.Column("promise_changes", sa.Integer(), nullable=False),
        sa.Column("resolved_at", UtcTime(), nullable=True),
        sa.Column("closed_at", UtcTime(), nullable=True),
        sa.Column("served_at", UtcTime(), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("objected_at", UtcTime(), nullable=True),
        sa.Column("heard_at", UtcTime(), nullable=True),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("handover_no", sa.String(length=60), nullable=True),
        sa.Column("companion_offered", sa.Boolean(), nullable=False),
        sa.Column("merged_into_id", sa.BigInteger(), nullable=True),
        sa.Column("merged_at", UtcTime(), nullable=True),
        sa.Column("escalated", sa.String(length=8), nullable=True),
        sa.Column("delay_reason", sa.String(length=200), nullable=True),
        sa.Column("external_no", sa.String(length=80), nullable=True),
        sa.Column("external_due_at", UtcTime(), nullable=True),
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
        sa.ForeignKeyConstraint(["unit_id"], ["responsible_units.id"], name=op.f("fk_needs_unit_id_responsible_units")),
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
        batch_op.create_index("ix_needs_courtyard_id_raised_at", ["courtyard_id", "raised_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_needs_escalated"), ["escalated"], unique=False)
        batch_op.create_index(batch_op.f("ix_needs_grid_id"), ["grid_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_needs_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            "ix_needs_late",
            ["community_id", "escalated", "hidden"],
            unique=False,
            sqlite_where=sa.text("escalated IS NOT NULL"),
            postgresql_where=sa.text("escalated IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_needs_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index("ix_needs_promise_on", ["state", "next_step_at", "community_id", "hidden"], unique=False)
        batch_op.create_index(
            "ix_needs_public",
            ["community_id", "id"],
            unique=False,
            sqlite_where=sa.text("public_title IS NOT NULL"),
            postgresql_where=sa.text("public_title IS NOT NULL"),
        )

    op.create_table(
        "package_papers",
        sa.Column("package_id", sa.BigInteger(), nullable=False),
        sa.Column("attachment_id", sa.BigInteger(), nullable=False),
        sa.Column("paper", sa.String(length=8), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_package_papers_attachment_id_attachments")
        ),
        sa.ForeignKeyConstraint(["package_id"], ["packages.id"], name=op.f("fk_package_papers_package_id_packages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_papers")),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_package_papers_attachment_id")),
    )
    with op.batch_alter_table("package_papers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_package_papers_package_id"), ["package_id"], unique=False)

    op.create_table(
        "projects",
        sa.Column("project_no", sa.String(length=40), nullable=False),
        sa.Column("package_id", sa.BigInteger(), nullable=True),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("field", sa.String(length=24), nullable=False),
        sa.Column("track", sa.String(length=10), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=True),
        sa.Column("contract_no", sa.String(length=60), nullable=True),
        sa.Column("assignment_reason", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_at", UtcTime(), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("change", sa.String(length=400), nullable=False),
        sa.Column("how_checked", sa.String(length=400), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=False),
        sa.Column("supervision_phone", sa.String(length=40), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("budget >= 0", name=op.f("ck_projects_budget_not_negative")),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_projects_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_projects_community_id_places")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_projects_organization_id_organizations")
        ),
        sa.ForeignKeyConstraint(["package_id"], ["packages.id"], name=op.f("fk_projects_package_id_packages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("organization_id", "contract_no", name=op.f("uq_projects_organization_id_contract_no")),
        sa.UniqueConstraint("package_id", name=op.f("uq_projects_package_id")),
        sa.UniqueConstraint("project_no", name=op.f("uq_projects_project_no")),
        sa.UniqueConstraint("public_id", name=op.f("uq_projects_public_id")),
    )
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.create_index("ix_projects_community_id_state_id", ["community_id", "state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_projects_organization_id"), ["organization_id"], unique=False)

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
        "activities",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("organization_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("starts_at", UtcTime(), nullable=False),
        sa.Column("ends_at", UtcTime(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("in_charge", sa.String(length=60), nullable=False),
        sa.Column("made_by_id", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_at", UtcTime(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name=op.f("ck_activities_capacity_positive")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_activities_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_activities_community_id_places")),
        sa.ForeignKeyConstraint(["made_by_id"], ["accounts.id"], name=op.f("fk_activities_made_by_id_accounts")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_activities_organization_id_organizations")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_activities_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activities_public_id")),
    )
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.create_index("ix_activities_community_id_starts_at", ["community_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_activities_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activities_project_id"), ["project_id"], unique=False)

    op.create_table(
        "base_scores",
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("year_from", sa.Date(), nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.Column("achievement", sa.Integer(), nullable=False),
        sa.Column("organization", sa.Integer(), nullable=False),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("evaluator_id", sa.BigInteger(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "operation BETWEEN 0 AND 1000 AND achievement BETWEEN 0 AND 1000 AND organization BETWEEN 0 AND 1000 AND budget BETWEEN 0 AND 1000",
            name=op.f("ck_base_scores_tenths_within_a_hundred"),
        ),
        sa.ForeignKeyConstraint(["evaluator_id"], ["accounts.id"], name=op.f("fk_base_scores_evaluator_id_accounts")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_base_scores_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_scores")),
        sa.UniqueConstraint("public_id", name=op.f("uq_base_scores_public_id")),
    )
    with op.batch_alter_table("base_scores", schema=None) as batch_op:
        batch_op.create_index("ix_base_scores_project_id_year_from", ["project_id", "year_from", "id"], unique=False)

    op.create_table(
        "budget_lines",
        sa.Column("package_id", sa.BigInteger(), nullable=True),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("category", sa.String(length=12), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_budget_lines_amount_not_negative")),
        sa.ForeignKeyConstraint(["package_id"], ["packages.id"], name=op.f("fk_budget_lines_package_id_packages")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_budget_lines_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_lines")),
    )
    with op.batch_alter_table("budget_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_budget_lines_package_id"), ["package_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_budget_lines_project_id"), ["project_id"], unique=False)

    op.create_table(
        "goals",
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("measure", sa.String(length=12), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("scale_low", sa.Integer(), nullable=True),
        sa.Column("scale_high", sa.Integer(), nullable=True),
        sa.Column("scale_label", sa.String(length=80), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("target > 0", name=op.f("ck_goals_target_positive")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_goals_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goals_public_id")),
    )
    with op.batch_alter_table("goals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goals_project_id"), ["project_id"], unique=False)

    op.create_table(
        "need_group_members",
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("need_id", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", UtcTime(), nullable=False),
        sa.Column("left_at", UtcTime(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_need_group_members_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["need_groups.id"], name=op.f("fk_need_group_members_group_id_need_groups")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_need_group_members_need_id_needs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_group_members")),
        sa.UniqueConstraint("group_id", "need_id", name=op.f("uq_need_group_members_group_id_need_id")),
    )
    with op.batch_alter_table("need_group_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_group_members_need_id"), ["need_id"], unique=False)

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

    op.create_table(
        "need_supports",
        sa.Column("need_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_need_supports_household_id_households")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_need_supports_need_id_needs")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_need_supports_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_supports")),
    )
    with op.batch_alter_table("need_supports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_supports_need_id"), ["need_id"], unique=False)
        batch_op.create_index(
            "uq_need_supports_household",
            ["need_id", "household_id"],
            unique=True,
            sqlite_where=sa.text("household_id IS NOT NULL AND ended_at IS NULL"),
            postgresql_where=sa.text("household_id IS NOT NULL AND ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_need_supports_person",
            ["need_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "next_dates",
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("told_at", UtcTime(), nullable=False),
        sa.Column("kept_at", UtcTime(), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_next_dates_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_dates")),
        sa.UniqueConstraint("public_id", name=op.f("uq_next_dates_public_id")),
    )
    with op.batch_alter_table("next_dates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_next_dates_project_id"), ["project_id"], unique=False)

    op.create_table(
        "package_needs",
        sa.Column("package_id", sa.BigInteger(), nullable=True),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("need_id", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", UtcTime(), nullable=False),
        sa.Column("joined_by_id", sa.BigInteger(), nullable=True),
        sa.Column("left_at", UtcTime(), nullable=True),
        sa.Column("linked_later", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "package_id IS NOT NULL OR project_id IS NOT NULL", name=op.f("ck_package_needs_belongs_somewhere")
        ),
        sa.ForeignKeyConstraint(["joined_by_id"], ["accounts.id"], name=op.f("fk_package_needs_joined_by_id_accounts")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_package_needs_need_id_needs")),
        sa.ForeignKeyConstraint(["package_id"], ["packages.id"], name=op.f("fk_package_needs_package_id_packages")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_package_needs_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_needs")),
    )
    with op.batch_alter_table("package_needs", schema=None) as batch_op:
        batch_op.create_index("ix_package_needs_package_id", ["package_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_package_needs_project_id"), ["project_id"], unique=False)
        batch_op.create_index(
            "uq_package_needs_active_need",
            ["need_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )

    op.create_table(
        "rating_releases",
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("year_from", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("served", sa.Integer(), nullable=False),
        sa.Column("ratings", sa.Integer(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("mattered", sa.JSON(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_rating_releases_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_releases")),
        sa.UniqueConstraint("project_id", "week", name=op.f("uq_rating_releases_project_id_week")),
    )
    op.create_table(
        "team_members",
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("until", UtcTime(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_team_members_account_id_accounts")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_team_members_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_members")),
        sa.UniqueConstraint(
            "project_id", "account_id", "part", name=op.f("uq_team_members_project_id_account_id_part")
        ),
    )
    with op.batch_alter_table("team_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_members_account_id"), ["account_id"], unique=False)

    op.create_table(
        "service_logs",
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=True),
        sa.Column("activity_id", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(length=6), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_at", UtcTime(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("started_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("session_no", sa.Integer(), nullable=True),
        sa.Column("public_summary", sa.Text(), nullable=False),
        sa.Column("internal", sa.Text(), nullable=True),
        sa.Column("goal_id", sa.BigInteger(), nullable=True),
        sa.Column("scale_before", sa.Integer(), nullable=True),
        sa.Column("scale_after", sa.Integer(), nullable=True),
        sa.Column("case_no", sa.String(length=40), nullable=True),
        sa.Column("case_stage", sa.String(length=16), nullable=True),
        sa.Column("walk_ins", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.Text(), nullable=True),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.Column("submitted_at", UtcTime(), nullable=True),
        sa.Column("approved_at", UtcTime(), nullable=True),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("first_approved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("undo_reason", sa.Text(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "method <> 'CASE' OR (internal IS NULL AND public_summary = '')",
            name=op.f("ck_service_logs_a_case_tells_no_more"),
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> author_id", name=op.f("ck_service_logs_approved_by_another")
        ),
        sa.CheckConstraint("ended_at > started_at", name=op.f("ck_service_logs_ends_after_it_starts")),
        sa.CheckConstraint("minutes > 0 AND minutes <= 1440", name=op.f("ck_service_logs_minutes_within_a_day")),
        sa.CheckConstraint("walk_ins >= 0", name=op.f("ck_service_logs_walk_ins_not_negative")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_service_logs_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["accounts.id"], name=op.f("fk_service_logs_approved_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_service_logs_author_id_accounts")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_service_logs_community_id_places")),
        sa.ForeignKeyConstraint(
            ["first_approved_by_id"], ["accounts.id"], name=op.f("fk_service_logs_first_approved_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goals.id"], name=op.f("fk_service_logs_goal_id_goals")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_service_logs_organization_id_organizations")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_service_logs_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_logs")),
        sa.UniqueConstraint("public_id", name=op.f("uq_service_logs_public_id")),
    )
    with op.batch_alter_table("service_logs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_logs_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index("ix_service_logs_author_id_id", ["author_id", "id"], unique=False)
        batch_op.create_index("ix_service_logs_author_id_started_at", ["author_id", "started_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_logs_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_logs_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_logs_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index("ix_service_logs_project_id_state", ["project_id", "state", "id"], unique=False)
        batch_op.create_index("ix_service_logs_state_id", ["state", "id"], unique=False)

    op.create_table(
        "attendances",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("organization_id", sa.BigInteger(), nullable=True),
        sa.Column("log_id", sa.BigInteger(), nullable=True),
        sa.Column("activity_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("written_name", sa.String(length=60), nullable=True),
        sa.Column("written_building", sa.String(length=60), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("state_at", UtcTime(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("came_at", UtcTime(), nullable=True),
        sa.Column("seen_at", UtcTime(), nullable=True),
        sa.Column("left_at", UtcTime(), nullable=True),
        sa.Column("next_at", UtcTime(), nullable=True),
        sa.Column("absence", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("matched_by_id", sa.BigInteger(), nullable=True),
        sa.Column("matched_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(state = 'TO_MATCH') = (person_id IS NULL)",
            name=op.f("ck_attendances_only_an_unmatched_name_has_no_person"),
        ),
        sa.CheckConstraint(
            "left_at IS NULL OR came_at IS NULL OR left_at >= came_at", name=op.f("ck_attendances_leaves_after_coming")
        ),
        sa.CheckConstraint(
            "log_id IS NOT NULL OR activity_id IS NOT NULL", name=op.f("ck_attendances_belongs_somewhere")
        ),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_attendances_activity_id_activities")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_attendances_community_id_places")),
        sa.ForeignKeyConstraint(["log_id"], ["service_logs.id"], name=op.f("fk_attendances_log_id_service_logs")),
        sa.ForeignKeyConstraint(["matched_by_id"], ["accounts.id"], name=op.f("fk_attendances_matched_by_id_accounts")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_attendances_organization_id_organizations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attendances_person_id_people")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_attendances_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint("public_id", name=op.f("uq_attendances_public_id")),
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendances_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index("ix_attendances_community_id_state", ["community_id", "state", "id"], unique=False)
        batch_op.create_index("ix_attendances_log_id_state", ["log_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendances_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index("ix_attendances_person_id", ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendances_project_id"), ["project_id"], unique=False)
        batch_op.create_index(
            "uq_attendances_activity_person",
            ["activity_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("person_id IS NOT NULL AND activity_id IS NOT NULL AND state <> 'CANCELLED'"),
            postgresql_where=sa.text("person_id IS NOT NULL AND activity_id IS NOT NULL AND state <> 'CANCELLED'"),
        )
        batch_op.create_index(
            "uq_attendances_log_person",
            ["log_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("person_id IS NOT NULL AND log_id IS NOT NULL"),
            postgresql_where=sa.text("person_id IS NOT NULL AND log_id IS NOT NULL"),
        )

    op.create_table(
        "log_needs",
        sa.Column("log_id", sa.BigInteger(), nullable=False),
        sa.Column("need_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["log_id"], ["service_logs.id"], name=op.f("fk_log_needs_log_id_service_logs")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_log_needs_need_id_needs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_needs")),
        sa.UniqueConstraint("log_id", "need_id", name=op.f("uq_log_needs_log_id_need_id")),
    )
    with op.batch_alter_table("log_needs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_needs_need_id"), ["need_id"], unique=False)

    op.create_table(
        "rating_sheets",
        sa.Column("log_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=False),
        sa.Column("witnessed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("witnessed_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_rating_sheets_community_id_places")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_rating_sheets_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(["log_id"], ["service_logs.id"], name=op.f("fk_rating_sheets_log_id_service_logs")),
        sa.ForeignKeyConstraint(
            ["witnessed_by_id"], ["accounts.id"], name=op.f("fk_rating_sheets_witnessed_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_sheets")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rating_sheets_public_id")),
    )
    with op.batch_alter_table("rating_sheets", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rating_sheets_community_id_witnessed_at", ["community_id", "witnessed_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_rating_sheets_log_id"), ["log_id"], unique=False)

    op.create_table(
        "hour_records",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("log_id", sa.BigInteger(), nullable=True),
        sa.Column("attendance_id", sa.BigInteger(), nullable=True),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=True),
        sa.Column("activity_name", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("content", sa.String(length=200), nullable=False),
        sa.Column("organizer", sa.String(length=200), nullable=False),
        sa.Column("in_charge", sa.String(length=60), nullable=False),
        sa.Column("started_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=False),
        sa.Column("break_minutes", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("state_at", UtcTime(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column("late_reason", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> proposed_by_id",
            name=op.f("ck_hour_records_approved_by_another"),
        ),
        sa.CheckConstraint("break_minutes >= 0", name=op.f("ck_hour_records_break_not_negative")),
        sa.CheckConstraint("ended_at > started_at", name=op.f("ck_hour_records_ends_after_it_starts")),
        sa.CheckConstraint("minutes > 0 AND minutes <= 1440", name=op.f("ck_hour_records_minutes_within_a_day")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["accounts.id"], name=op.f("fk_hour_records_approved_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["attendances.id"], name=op.f("fk_hour_records_attendance_id_attendances")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_hour_records_community_id_places")),
        sa.ForeignKeyConstraint(["log_id"], ["service_logs.id"], name=op.f("fk_hour_records_log_id_service_logs")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_hour_records_organization_id_organizations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_hour_records_person_id_people")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_hour_records_project_id_projects")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["accounts.id"], name=op.f("fk_hour_records_proposed_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["hour_records.id"], name=op.f("fk_hour_records_replaces_id_hour_records")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_records")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hour_records_public_id")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_hour_records_replaces_id")),
    )
    with op.batch_alter_table("hour_records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hour_records_attendance_id"), ["attendance_id"], unique=False)
        batch_op.create_index("ix_hour_records_community_id_state", ["community_id", "state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hour_records_log_id"), ["log_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hour_records_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index("ix_hour_records_person_id_started_at", ["person_id", "started_at"], unique=False)
        batch_op.create_index("ix_hour_records_project_id_state", ["project_id", "state"], unique=False)

    op.create_table(
        "rating_invitations",
        sa.Column("attendance_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("log_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("code", sa.CHAR(length=8), nullable=True),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("cancelled_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["attendances.id"], name=op.f("fk_rating_invitations_attendance_id_attendances")
        ),
        sa.ForeignKeyConstraint(
            ["log_id"], ["service_logs.id"], name=op.f("fk_rating_invitations_log_id_service_logs")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_rating_invitations_person_id_people")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_rating_invitations_project_id_projects")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_invitations")),
        sa.UniqueConstraint("code", name=op.f("uq_rating_invitations_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rating_invitations_public_id")),
    )
    with op.batch_alter_table("rating_invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_invitations_attendance_id"), ["attendance_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rating_invitations_log_id"), ["log_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rating_invitations_project_id"), ["project_id"], unique=False)
        batch_op.create_index(
            "uq_rating_invitations_person_project_month", ["person_id", "project_id", "month"], unique=True
        )

    op.create_table(
        "hour_corrections",
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wanted_end", UtcTime(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("answer_text", sa.Text(), nullable=True),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("answered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["accounts.id"], name=op.f("fk_hour_corrections_answered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["accounts.id"], name=op.f("fk_hour_corrections_asked_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_hour_corrections_community_id_places")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_hour_corrections_organization_id_organizations")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["hour_records.id"], name=op.f("fk_hour_corrections_record_id_hour_records")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_corrections")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hour_corrections_public_id")),
    )
    with op.batch_alter_table("hour_corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hour_corrections_community_id"), ["community_id"], unique=False)
        batch_op.create_index("ix_hour_corrections_record_id", ["record_id"], unique=False)
        batch_op.create_index(
            "uq_hour_corrections_open_record",
            ["record_id"],
            unique=True,
            sqlite_where=sa.text("state = 'ASKED'"),
            postgresql_where=sa.text("state = 'ASKED'"),
        )

    op.create_table(
        "ratings",
        sa.Column("invitation_id", sa.BigInteger(), nullable=False),
        sa.Column("supersedes_id", sa.BigInteger(), nullable=True),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("log_id", sa.BigInteger(), nullable=False),
        sa.Column("sheet_id", sa.BigInteger(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("mattered", sa.String(length=8), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("contact", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("state_at", UtcTime(), nullable=False),
        sa.Column("needs_witness", sa.Boolean(), nullable=False),
        sa.Column("witness_id", sa.BigInteger(), nullable=True),
        sa.Column("invalid_reason", sa.String(length=16), nullable=True),
        sa.Column("doubt", sa.String(length=16), nullable=True),
        sa.Column("doubted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("origin", sa.CHAR(length=16), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_ratings_level_in_range")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_ratings_community_id_places")),
        sa.ForeignKeyConstraint(["doubted_by_id"], ["accounts.id"], name=op.f("fk_ratings_doubted_by_id_accounts")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["rating_invitations.id"], name=op.f("fk_ratings_invitation_id_rating_invitations")
        ),
        sa.ForeignKeyConstraint(["log_id"], ["service_logs.id"], name=op.f("fk_ratings_log_id_service_logs")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_ratings_project_id_projects")),
        sa.ForeignKeyConstraint(["sheet_id"], ["rating_sheets.id"], name=op.f("fk_ratings_sheet_id_rating_sheets")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["ratings.id"], name=op.f("fk_ratings_supersedes_id_ratings")),
        sa.ForeignKeyConstraint(["witness_id"], ["accounts.id"], name=op.f("fk_ratings_witness_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_ratings_invitation_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ratings_public_id")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_ratings_supersedes_id")),
    )
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ratings_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ratings_log_id"), ["log_id"], unique=False)
        batch_op.create_index("ix_ratings_project_id_state", ["project_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_ratings_sheet_id"), ["sheet_id"], unique=False)
        batch_op.create_index("ix_ratings_state_id", ["state", "id"], unique=False)

    op.create_table(
        "rating_contacts",
        sa.Column("rating_id", sa.BigInteger(), nullable=False),
        sa.Column("invitation_id", sa.BigInteger(), nullable=False),
        sa.Column("again_id", sa.BigInteger(), nullable=True),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("theme", sa.String(length=8), nullable=True),
        sa.Column("wish", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("settled_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["again_id"], ["rating_invitations.id"], name=op.f("fk_rating_contacts_again_id_rating_invitations")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_rating_contacts_community_id_places")),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["rating_invitations.id"],
            name=op.f("fk_rating_contacts_invitation_id_rating_invitations"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_rating_contacts_project_id_projects")),
        sa.ForeignKeyConstraint(["rating_id"], ["ratings.id"], name=op.f("fk_rating_contacts_rating_id_ratings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_contacts")),
        sa.UniqueConstraint("again_id", name=op.f("uq_rating_contacts_again_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rating_contacts_public_id")),
        sa.UniqueConstraint("rating_id", name=op.f("uq_rating_contacts_rating_id")),
    )
    with op.batch_alter_table("rating_contacts", schema=None) as batch_op:
        batch_op.create_index("ix_rating_contacts_community_id_state", ["community_id", "state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rating_contacts_project_id"), ["project_id"], unique=False)
    append_only.protect_all()
    search_index.create()
    hours_overlap.create()
