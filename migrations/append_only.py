"""What keeps the diary append-only: triggers that refuse UPDATE, DELETE, REPLACE and TRUNCATE."""

from alembic import op

POSTGRES_FUNCTION = """
CREATE FUNCTION linli_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'append-only: % of % refused', TG_OP, TG_TABLE_NAME; END $$
"""


def protect(table: str, *key: str) -> None:
    """Make a table append-only; `key` names the columns of its primary key."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION linli_append_only()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION linli_append_only()"
        )
        return
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'append-only: {deed} of {table} refused'); END"
        )
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: REPLACE of {table} refused'); END"
    )


def protect_all() -> None:
    """Protect the diary, its seals and the access log."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRES_FUNCTION)
    protect("events", "id")
    protect("event_subjects", "event_id", "kind", "subject_id")
    protect("seals", "id")
    protect("seal_members", "event_id")
    protect("access_log", "id")
