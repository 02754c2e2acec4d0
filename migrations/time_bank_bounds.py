"""What keeps the accounts of a time bank within their bounds, whoever writes the row."""

from alembic import op

# The names are the keys in web/errors.py on both databases.
FLOOR, CEILING, POOL = "time_postings_floor", "time_postings_ceiling", "time_postings_pool"
# What the house itself takes where no district and no community says otherwise (models/volunteer_rules.py).
USUAL = {"floor": -600, "ceiling": 6_000}


def _held(account: str) -> str:
    """Return what an account holds, the new row included."""
    came, went = (
        f"COALESCE((SELECT SUM(minutes) FROM time_postings WHERE {column} = NEW.{account}), 0)"
        for column in ("to_id", "from_id")
    )
    return f"({came} - {went})"


def _rule(name: str) -> str:
    """Return a bound that holds in the community: its own, else its district's, else the usual one."""
    own = f"SELECT {name} FROM volunteer_rules WHERE place_id = NEW.community_id"
    districts = f"SELECT {name} FROM volunteer_rules WHERE place_id = (SELECT district_id FROM places WHERE id = NEW.community_id)"
    return f"COALESCE(({own}), ({districts}), {USUAL[name]})"


# Members help on credit down to the floor; what they give away, buy or let expire they must have.
BROKEN = {
    FLOOR: f"NEW.kind = 'SERVICE' AND {_held('from_id')} < {_rule('floor')} "
    f"OR NEW.kind IN ('GIFT', 'REWARD', 'EXPIRY') AND {_held('from_id')} < 0",
    CEILING: f"NEW.kind IN ('SERVICE', 'GRANT') AND {_held('to_id')} > {_rule('ceiling')}",
    POOL: f"NEW.kind IN ('GRANT', 'REFUND') AND {_held('from_id')} < 0",
}


def create() -> None:
    """Refuse a movement that leaves an account beyond its bounds: a trigger on either database."""
    if op.get_bind().dialect.name == "postgresql":
        # Two at once are counted one after the other: the accounts are locked before they are added up.
        checks = "".join(
            f"IF {broken} THEN RAISE EXCEPTION 'constraint failed: {name}' "
            f"USING ERRCODE = 'check_violation', CONSTRAINT = '{name}'; END IF; "
            for name, broken in BROKEN.items()
        )
        op.execute(
            "CREATE FUNCTION linli_time_bank_bounds() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "PERFORM 1 FROM time_accounts WHERE id IN (NEW.from_id, NEW.to_id) ORDER BY id FOR UPDATE; "
            f"{checks} RETURN NULL; END $$"
        )
        op.execute(
            "CREATE TRIGGER time_postings_bounds AFTER INSERT ON time_postings "
            "FOR EACH ROW EXECUTE FUNCTION linli_time_bank_bounds()"
        )
        return
    for name, broken in BROKEN.items():
        op.execute(
            f"CREATE TRIGGER {name} AFTER INSERT ON time_postings WHEN {broken} "
            f"BEGIN SELECT RAISE(ABORT, 'constraint failed: {name}'); END"
        )
