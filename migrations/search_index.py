"""What needs are found by: an index of pairs of characters that forgets a text as soon as the text changes."""

from alembic import op

# What the index is made from; models/needs/search.py keeps it right after every change that a verb makes.
COLUMNS = "title, text, public_title, place_detail, ticket_no, external_no"

SQLITE = (
    """CREATE VIRTUAL TABLE need_words USING fts5
    (words, open, tokenize = 'unicode61 remove_diacritics 0', columnsize = 0)""",
    f"""CREATE TRIGGER need_words_forget_changed AFTER UPDATE OF {COLUMNS} ON needs
    BEGIN DELETE FROM need_words WHERE rowid = OLD.id; END""",
    """CREATE TRIGGER need_words_forget_deleted AFTER DELETE ON needs
    BEGIN DELETE FROM need_words WHERE rowid = OLD.id; END""",
)
POSTGRESQL = (
    """CREATE TABLE need_words (need_id BIGINT PRIMARY KEY REFERENCES needs (id) ON DELETE CASCADE,
    words tsvector NOT NULL, open tsvector NOT NULL)""",
    "CREATE INDEX ix_need_words_words ON need_words USING gin (words)",
    "CREATE INDEX ix_need_words_open ON need_words USING gin (open)",
    """CREATE FUNCTION linli_forget_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN DELETE FROM need_words WHERE need_id = OLD.id; RETURN NULL; END $$""",
    f"""CREATE TRIGGER need_words_forget_changed AFTER UPDATE OF {COLUMNS} ON needs
    FOR EACH ROW EXECUTE FUNCTION linli_forget_words()""",
)


def create() -> None:
    """Make the index and the triggers by which a text that changed is never found by its old words."""
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)
