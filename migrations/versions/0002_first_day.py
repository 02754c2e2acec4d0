"""Papers as PDF, calls about records, reports, ledgers and rosters, and indexes for what is read most.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def papers() -> None:
    """Papers may come as PDF beside photos."""
    op.add_column("attachments", sa.Column("document", sa.Boolean(), server_default=sa.false(), nullable=False))


def log_calls() -> None:
    """What a call about a drawn record brought."""
    with op.batch_alter_table("service_logs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("call_outcome", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("called_by_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("called_at", UtcTime(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_service_logs_called_by_id_accounts"), "accounts", ["called_by_id"], ["id"]
        )

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def reports() -> None:
    """Reports of any period on their way from clerk to street, and the office's own templates."""
    op.create_table(
        "reports",
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("state_at", UtcTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("made_by_id", sa.BigInteger(), nullable=True),
        sa.Column("submitted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("submitted_at", UtcTime(), nullable=True),
        sa.Column("signed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("signed_at", UtcTime(), nullable=True),
        sa.Column("received_by_id", sa.BigInteger(), nullable=True),
        sa.Column("received_at", UtcTime(), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.CheckConstraint("state = 'DRAFT' OR figures IS NOT NULL", name=op.f("ck_reports_handed_in_is_frozen")),
        sa.CheckConstraint(
            "signed_by_id IS NULL OR signed_by_id <> submitted_by_id", name=op.f("ck_reports_signed_by_another")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["accounts.id"], name=op.f("fk_reports_made_by_id_accounts")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_reports_place_id_places")),
        sa.ForeignKeyConstraint(["received_by_id"], ["accounts.id"], name=op.f("fk_reports_received_by_id_accounts")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["accounts.id"], name=op.f("fk_reports_signed_by_id_accounts")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["accounts.id"], name=op.f("fk_reports_submitted_by_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("place_id", "kind", "period", name=op.f("uq_reports_place_id_kind_period")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reports_public_id")),
    )
    op.create_index("ix_reports_place_id_state_id", "reports", ["place_id", "state", "id"])
    op.create_table(
        "report_templates",
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("format", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("file", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.CHAR(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kept_by_id", sa.BigInteger(), nullable=True),
        sa.Column("removed_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["kept_by_id"], ["accounts.id"], name=op.f("fk_report_templates_kept_by_id_accounts")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_report_templates_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_templates")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_templates_public_id")),
    )
    op.create_index("ix_report_templates_place_id_removed_at", "report_templates", ["place_id", "removed_at"])
    op.create_index("ix_needs_community_id_raised_at", "needs", ["community_id", "raised_at"])
    for table in ("service_logs", "hour_records"):
        op.create_index(f"ix_{table}_community_id_state_started_at", table, ["community_id", "state", "started_at"])


def ledgers() -> None:
    """The ledgers that an office drops in, and what titles of columns meant."""
    op.create_table(
        "ledger_titles",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_ledger_titles_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_titles")),
        sa.UniqueConstraint("community_id", "kind", "title", name=op.f("uq_ledger_titles_community_id")),
    )
    op.create_table(
        "ledgers",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.CHAR(length=64), nullable=False),
        sa.Column("file", sa.String(length=80), nullable=True),
        sa.Column("look", sa.String(length=80), nullable=True),
        sa.Column("by_hand", sa.JSON(), nullable=False),
        sa.Column("failure", sa.String(length=40), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("outside", sa.Integer(), nullable=False),
        sa.Column("noted", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.Column("moved_at", UtcTime(), nullable=False),
        sa.Column("finished_at", UtcTime(), nullable=True),
        sa.Column("undone_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_ledgers_account_id_accounts")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_ledgers_community_id_places")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_ledgers_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledgers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ledgers_public_id")),
    )
    with op.batch_alter_table("ledgers", schema=None) as batch_op:
        batch_op.create_index("ix_ledgers_community_id_id", ["community_id", "id"], unique=False)
        batch_op.create_index("ix_ledgers_state", ["state"], unique=False)


def rosters() -> None:
    """The lists of people served and of volunteers, and what volunteers did before."""
    op.create_table(
        "roster_entries",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("roster", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("last_seen_on", sa.Date(), nullable=True),
        sa.Column("skills", sa.String(length=200), nullable=True),
        sa.Column("times", sa.String(length=200), nullable=True),
        sa.Column("minutes_before", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("ledger_id", sa.BigInteger(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_roster_entries_community_id_places")),
        sa.ForeignKeyConstraint(["ledger_id"], ["ledgers.id"], name=op.f("fk_roster_entries_ledger_id_ledgers")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_roster_entries_person_id_people")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_roster_entries_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_entries")),
        sa.UniqueConstraint("public_id", name=op.f("uq_roster_entries_public_id")),
    )
    with op.batch_alter_table("roster_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_roster_entries_community_id_roster", ["community_id", "roster", "id"], unique=False
        )
        batch_op.create_index("uq_roster_entries_person_roster", ["person_id", "roster"], unique=True)
        batch_op.create_index(batch_op.f("ix_roster_entries_ledger_id"), ["ledger_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roster_entries_project_id"), ["project_id"], unique=False)
    op.create_table(
        "past_activities",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.CHAR(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("sort", sa.String(length=80), nullable=True),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("volunteers", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("told", sa.String(length=10), nullable=False),
        sa.Column("served", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_past_activities_a_month_of_the_year")),
        sa.CheckConstraint(
            "volunteers IS NULL OR volunteers >= 0", name=op.f("ck_past_activities_volunteers_not_negative")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_past_activities_community_id_places")),
        sa.ForeignKeyConstraint(["ledger_id"], ["ledgers.id"], name=op.f("fk_past_activities_ledger_id_ledgers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_activities")),
        sa.UniqueConstraint("community_id", "mark", name=op.f("uq_past_activities_community_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_past_activities_public_id")),
    )
    with op.batch_alter_table("past_activities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_past_activities_ledger_id"), ["ledger_id"], unique=False)

# Word for word what models/needs/clocks.py sorts by: an index of an expression serves only that very expression.
DUE = """CASE WHEN state = 'SUBMITTED' OR state = 'NEED_INFO' AND state_before = 'SUBMITTED'
THEN coalesce(acceptance_due_at, raised_at)
WHEN state IN ('PLANNED', 'IN_SERVICE') THEN coalesce(next_step_at, raised_at)
ELSE coalesce(answer_due_at, raised_at) END"""
OPEN = "state IN ('SUBMITTED', 'NEED_INFO', 'ACCEPTED', 'REOPENED', 'PLANNED', 'IN_SERVICE')"


def desk_indexes() -> None:
    """Indexes by which the desk reads its first page and its counts, however many matters lie there."""
    op.execute(f"CREATE INDEX ix_needs_line ON needs (community_id, ({DUE}), id) WHERE {OPEN}")
    op.create_index("ix_needs_heaps", "needs", ["community_id", "hidden", "state", "escalated"])
    op.execute(
        "CREATE INDEX ix_needs_channel ON needs (community_id, channel, handover_no) WHERE channel IS NOT NULL"
    )


def dashboard_indexes() -> None:
    """Indexes by which the dashboard counts services and hours without opening a row."""
    op.create_index("ix_service_logs_community", "service_logs", ["community_id", "state", "started_at"])
    columns = ["community_id", "state", "started_at", "minutes", "person_id"]
    op.create_index("ix_hour_records_counted", "hour_records", columns)


def there() -> None:
    """An index that holds all that a report counts attendance by."""
    op.create_index("ix_attendances_there", "attendances", ["log_id", "part", "state", "person_id"])


def asking_months() -> None:
    """How often a community asks the same person how a project went."""
    with op.batch_alter_table("places") as places:
        places.add_column(sa.Column("asking_months", sa.Integer(), server_default="1", nullable=False))
        places.create_check_constraint(op.f("ck_places_asked_at_least_once_a_year"), "asking_months BETWEEN 1 AND 12")


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    papers()
    log_calls()
    reports()
    ledgers()
    rosters()
    desk_indexes()
    dashboard_indexes()
    there()
    asking_months()
