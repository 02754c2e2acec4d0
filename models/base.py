"""What every area stands on: the database, the row, the clock and the word No."""

from __future__ import annotations

import contextlib
import contextvars
import functools
import re
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    Select,
    String,
    TypeDecorator,
    bindparam,
    event,
    select,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.functions import FunctionElement

SHANGHAI = ZoneInfo("Asia/Shanghai")
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
OPAQUE = re.compile(rf"[{CROCKFORD}]{{10}}")


class Refused(Exception):
    """A rule says no. The key names the sentence in web/sentences.py; the values fill it."""

    status = 422

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class Stale(Refused):
    """Somebody else changed the row since the form was opened: 409 with both texts."""

    status = 409


class NotFound(Exception):
    """The thing is not there, or not within the reader's reach: the answer is the same 404."""


class Clock:
    """The only clock. Tests and the demo year set it; everybody else asks."""

    def __init__(self) -> None:
        self.read: Callable[[], datetime] = lambda: datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.read()


clock = Clock()


def now() -> datetime:
    """Return the present instant, aware and in UTC."""
    return clock()


@contextlib.contextmanager
def travel(to: datetime | timedelta) -> Iterator[None]:
    """Set the clock to an instant, or shift it by a duration, until the block ends."""
    before = clock.read
    target = before() + to if isinstance(to, timedelta) else to
    if target.tzinfo is None:
        raise ValueError("the clock takes aware instants only")
    clock.read = lambda: target
    try:
        yield
    finally:
        clock.read = before


def today() -> Any:
    """Return the present date in Shanghai."""
    return now().astimezone(SHANGHAI).date()


class UtcTime(TypeDecorator[datetime]):
    """An instant: stored in UTC, refused when naive, given back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive time was about to be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        read = self.impl_instance.result_processor(dialect, coltype)

        # Lists read hundreds of instants, most of them empty.
        def written(value: str | None) -> datetime | None:
            return None if value is None else datetime.fromisoformat(value + "+00:00")

        def told(value: Any) -> datetime | None:
            if value is None:
                return None
            instant: Any = read(value) if read else value
            aware: datetime = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
            return aware

        return written if dialect.name == "sqlite" else told


class DayEnds(FunctionElement[datetime]):
    """The instant at which the Shanghai day of an instant is over, for a question to the database."""

    type = UtcTime()
    inherit_cache = True


@compiles(DayEnds, "sqlite")
def _day_ends_here(element: DayEnds, compiler: Any, **more: Any) -> str:
    at = compiler.process(element.clauses, **more)
    return f"strftime('%Y-%m-%d %H:%M:%S.000000', {at}, '+8 hours', 'start of day', '+1 day', '-8 hours')"


@compiles(DayEnds, "postgresql")
def _day_ends_there(element: DayEnds, compiler: Any, **more: Any) -> str:
    at = compiler.process(element.clauses, **more)
    zone = "AT TIME ZONE 'Asia/Shanghai'"
    return f"((date_trunc('day', {at} {zone}) + interval '1 day') {zone})"


# SQLite numbers rows by itself only in an INTEGER primary key.
BigKey = BigInteger().with_variant(Integer, "sqlite")
Fen = Annotated[int, mapped_column(BigInteger)]
Minutes = Annotated[int, mapped_column(Integer)]
Utc = Annotated[datetime, mapped_column(UtcTime)]
Short = Annotated[str, mapped_column(String(200))]
Code = Annotated[str, mapped_column(String(40))]


class Base(DeclarativeBase):
    """Every table's ancestor; constraints get names, so that errors can speak."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"expire_on_commit": False})


def once_committed(act: Callable[[], None]) -> None:
    """Do something that cannot be undone, such as removing a file, only when the present transaction is kept."""
    db.session().info.setdefault("once_committed", []).append(act)


@event.listens_for(Session, "after_commit")
def _kept(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for act in session.info.pop("once_committed", []):
        act()


@event.listens_for(Session, "after_rollback")
def _not_kept(session: Session) -> None:
    session.info.pop("once_committed", None)


def ask(query: Any, **values: Any) -> Any:
    """Ask a query of bare columns that was built once, for building it takes longer than asking it.

    What waits to be written is written first, as it is before any query of rows. The connection is asked itself: the
    session would look through every column for entities to be made.
    """
    session = db.session()
    if session.autoflush:
        session.flush()
    transaction, connection = session.info.get("asked", (None, None))
    if transaction is None or transaction is not session.get_transaction():
        connection = session.connection()
        session.info["asked"] = session.get_transaction(), connection
    return connection.execute(query, values)


class Draw:
    """Where random ids come from; the demo year draws from a seeded source."""

    def __init__(self) -> None:
        self.choice: Callable[[str], str] = secrets.choice


draw = Draw()


def opaque() -> str:
    """Return ten random Crockford base32 characters: the only id that leaves the house."""
    return "".join(draw.choice(CROCKFORD) for _ in range(10))


def is_opaque(text: str) -> bool:
    """Tell whether a text from an address may be such an id; PostgreSQL would not even look for some others."""
    return text.isascii() and text.isalnum()


class Row(db.Model):  # type: ignore[name-defined, misc]
    """A row with a number of its own."""

    __abstract__ = True
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)

    @classmethod
    def get(cls, row_id: int) -> Self:
        """Return the row of that number or raise NotFound."""
        row = db.session.get(cls, row_id)
        if row is None:
            raise NotFound(cls.__name__)
        return row

    def save(self) -> Self:
        """Add the row to the transaction and give it its number."""
        db.session.add(self)
        db.session.flush()
        return self


class PublicRow(Row):
    """A row that may be named in a URL and edited by people who must not overwrite each other."""

    __abstract__ = True
    # It is drawn here and never twice, so a list of new rows goes in as one statement and each row finds its number.
    public_id: Mapped[str] = mapped_column(String(10), unique=True, default=opaque, insert_sentinel=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[Utc] = mapped_column(default=now)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}

    @classmethod
    def find(cls, public_id: str, within: Select[Any] | None = None) -> Self:
        """Return the row of that public id, within a reach where one is given, or raise NotFound."""
        # What is no id at all, a zero byte above all, never reaches the database.
        if not OPAQUE.fullmatch(public_id):
            raise NotFound(cls.__name__)
        if not is_opaque(public_id):
            raise NotFound(cls.__name__)
        kind: Any = cls
        query = _by_public_id(kind) if within is None else within.where(cls.public_id == bindparam("public_id"))
        row = db.session.scalars(query, {"public_id": public_id}).one_or_none()
        if row is None:
            raise NotFound(cls.__name__)
        return row

    def check_version(self, seen: int | None, **texts: Any) -> None:
        """Refuse an edit that was begun on an older version. Errors: Stale("stale_edit")."""
        if seen is not None and seen != self.version:
            raise Stale("stale_edit", version=self.version, **texts)


@functools.cache
def _by_public_id(row: Any) -> Select[Any]:
    """Return the question for one row by its public id, built once for each kind of row."""
    return select(row).where(row.public_id == bindparam("public_id"))


# A request that only reads says so; jobs, commands and forms that write are the default.
writing: contextvars.ContextVar[bool] = contextvars.ContextVar("writing", default=True)


@event.listens_for(Engine, "connect")
def _prepare_connection(raw: Any, entry: ConnectionPoolEntry) -> None:
    if type(raw).__module__.startswith("sqlite3"):
        raw.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=20000",
            "recursive_triggers=ON",
            "cache_size=-16000",
        ):
            raw.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Take the write lock at once where a request will write: a late upgrade fails without waiting."""
    if connection.dialect.name != "sqlite":
        if not writing.get():
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        return
    raw: Any = connection.connection.dbapi_connection
    if writing.get():
        raw.execute("PRAGMA query_only=OFF")
        # By way of the connection, so that a lock that is not given becomes an error that the counters know.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        raw.execute("PRAGMA query_only=ON")
        raw.execute("BEGIN")
