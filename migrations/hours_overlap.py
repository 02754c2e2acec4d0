"""What keeps one person from being at two places at once: no two records that may count share time."""

from alembic import op

# The name is the key in web/errors.py on both databases.
NAME = "hour_records_one_place_at_a_time"
HOLDS = "state IN ('PROPOSED', 'COUNTED')"


def create() -> None:
    """Refuse overlapping time of one person: an exclusion on PostgreSQL, triggers on SQLite."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(
            f"ALTER TABLE hour_records ADD CONSTRAINT {NAME} EXCLUDE USING gist "
            f"(person_id WITH =, tstzrange(started_at, ended_at, '[)') WITH &&) WHERE ({HOLDS})"
        )
        return
    clash = (
        "SELECT 1 FROM hour_records AS other WHERE other.person_id = NEW.person_id AND other.id <> NEW.id "
        f"AND other.{HOLDS} AND other.started_at < NEW.ended_at AND NEW.started_at < other.ended_at"
    )
    # A new row has its number only after the insert, so the check comes after it and undoes the statement.
    for deed in ("INSERT", "UPDATE"):
        op.execute(
            f"CREATE TRIGGER {NAME}_{deed.lower()} AFTER {deed} ON hour_records "
            f"WHEN NEW.{HOLDS} AND EXISTS ({clash}) "
            f"BEGIN SELECT RAISE(ABORT, 'constraint failed: {NAME}'); END"
        )
