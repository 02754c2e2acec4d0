"""What came with the second week: activities ahead, service by list, the outbox, the board, volunteers, set-up, dossiers.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; restoring a backup is the way back."""
    _activities_ahead()
    _activities_reported_beforehand()
    _service_by_list()
    _written_on_the_phone()
    _board()
    _service_apart()
    _hours_for_the_official_system()
    _what_volunteers_offer()
    _set_up()
    _dossier_samples()


def _activities_ahead() -> None:
    op.add_column("activities", sa.Column("reminded_at", UtcTime(), nullable=True))


def _activities_reported_beforehand() -> None:
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


def _service_by_list() -> None:
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


def _written_on_the_phone() -> None:
    op.create_table(
        "awaited_photos",
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("entry_key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=True),
        sa.Column("coming", sa.Integer(), nullable=False),
        sa.Column("arrived", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "arrived >= 0 AND arrived <= coming", name=op.f("ck_awaited_photos_no_more_than_were_announced")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["places.id"], name=op.f("fk_awaited_photos_community_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awaited_photos")),
        sa.UniqueConstraint("owner", "entry_key", name=op.f("uq_awaited_photos_owner_entry_key")),
    )
    op.create_index("ix_awaited_photos_kind_subject_id", "awaited_photos", ["kind", "subject_id"])
    op.add_column("service_logs", sa.Column("received_at", UtcTime(), nullable=True))
    op.add_column(
        "service_logs", sa.Column("clock_off", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    # What was written before had a network: it came when its row was made.
    op.execute("UPDATE service_logs SET received_at = created_at")


def _board() -> None:
    op.add_column("notices", sa.Column("kind", sa.String(length=8), nullable=False, server_default="NOTICE"))
    op.create_table(
        "notice_readings",
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("read_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_notice_readings_notice_id_notices")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_notice_readings_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_readings")),
        sa.UniqueConstraint("notice_id", "account_id", name=op.f("uq_notice_readings_notice_id_account_id")),
    )
    op.create_index(op.f("ix_notice_readings_account_id"), "notice_readings", ["account_id"])
    op.create_table(
        "kept_answers",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("need_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.String(length=120), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_kept_answers_community_id_places")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["responsible_units.id"], name=op.f("fk_kept_answers_unit_id_responsible_units")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_kept_answers_need_id_needs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_answers")),
        sa.UniqueConstraint("need_id", name=op.f("uq_kept_answers_need_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_kept_answers_public_id")),
    )
    op.create_index("ix_kept_answers_community_id_id", "kept_answers", ["community_id", "id"])


def _service_apart() -> None:
    op.drop_index("ix_service_logs_community", table_name="service_logs")
    op.create_index("ix_service_logs_community", "service_logs", ["community_id", "state", "started_at", "method"])


def _hours_for_the_official_system() -> None:
    op.create_table(
        "hour_layouts",
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_hour_layouts_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_layouts")),
        sa.UniqueConstraint("place_id", name=op.f("uq_hour_layouts_place_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hour_layouts_public_id")),
    )
    op.create_table(
        "hour_reports",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("marked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("undone_at", UtcTime(), nullable=True),
        sa.Column("undone_by_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_hour_reports_community_id_places")),
        sa.ForeignKeyConstraint(["marked_by_id"], ["accounts.id"], name=op.f("fk_hour_reports_marked_by_id_accounts")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["accounts.id"], name=op.f("fk_hour_reports_undone_by_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_reports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hour_reports_public_id")),
    )
    op.create_index("ix_hour_reports_community_id_id", "hour_reports", ["community_id", "id"])
    op.create_table(
        "hour_report_lines",
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.BigInteger(), nullable=True),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["hour_reports.id"], name=op.f("fk_hour_report_lines_report_id_hour_reports")),
        sa.ForeignKeyConstraint(["record_id"], ["hour_records.id"], name=op.f("fk_hour_report_lines_record_id_hour_records")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["hour_records.id"], name=op.f("fk_hour_report_lines_corrects_id_hour_records")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_report_lines")),
        sa.UniqueConstraint(
            "record_id", "taken_back", name=op.f("uq_hour_report_lines_record_id_taken_back")
        ),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_hour_report_lines_corrects_id")),
    )
    op.create_index(op.f("ix_hour_report_lines_report_id"), "hour_report_lines", ["report_id"])


def _what_volunteers_offer() -> None:
    op.create_table(
        "volunteer_profiles",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("skills", sa.String(length=200), nullable=False),
        sa.Column("times", sa.String(length=200), nullable=False),
        sa.Column("for_organizations", sa.Boolean(), nullable=False),
        sa.Column("agreed_at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["places.id"], name=op.f("fk_volunteer_profiles_community_id_places")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_volunteer_profiles_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_profiles")),
        sa.UniqueConstraint("person_id", name=op.f("uq_volunteer_profiles_person_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_volunteer_profiles_public_id")),
    )
    op.create_index("ix_volunteer_profiles_community_id_id", "volunteer_profiles", ["community_id", "id"])


def _set_up() -> None:
    op.create_table(
        "trials",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("begun_at", UtcTime(), nullable=False),
        sa.Column("extended_at", UtcTime(), nullable=True),
        sa.Column("extension_reason", sa.String(length=200), nullable=True),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("ending_reason", sa.String(length=200), nullable=True),
        sa.Column("id", NUMBER, nullable=False),
        sa.CheckConstraint(
            "(extended_at IS NULL) = (extension_reason IS NULL)", name=op.f("ck_trials_an_extension_has_a_reason")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ending_reason IS NULL)", name=op.f("ck_trials_an_early_end_has_a_reason")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_trials_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trials")),
        sa.UniqueConstraint("community_id", name=op.f("uq_trials_community_id")),
    )
    op.create_table(
        "set_asides",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_set_asides_community_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_asides")),
        sa.UniqueConstraint("community_id", "step", name=op.f("uq_set_asides_community_id_step")),
    )


def _dossier_samples() -> None:
    table = "dossier_samples"
    op.create_table(
        table,
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("year_from", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("secret", sa.String(length=32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("frame", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("drawn_by_id", sa.BigInteger(), nullable=True),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.CheckConstraint("size BETWEEN 1 AND 60", name=op.f("ck_dossier_samples_a_day_bears_it")),
        sa.CheckConstraint("(number = 1) = (reason IS NULL)", name=op.f("ck_dossier_samples_a_redraw_has_its_reason")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_dossier_samples_project_id_projects")),
        sa.ForeignKeyConstraint(["community_id"], ["places.id"], name=op.f("fk_dossier_samples_community_id_places")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["accounts.id"], name=op.f("fk_dossier_samples_drawn_by_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_samples")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dossier_samples_public_id")),
        sa.UniqueConstraint(
            "project_id", "year_from", "number", name=op.f("uq_dossier_samples_project_id_year_from_number")
        ),
    )
    op.create_index(op.f("ix_dossier_samples_community_id"), table, ["community_id"])
