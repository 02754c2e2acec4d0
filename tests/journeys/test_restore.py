"""The restore drill as docs/operations.md has it: from a copy into an empty folder, until a photo opens again."""

from __future__ import annotations

import contextvars
import io
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models import erasures, my_data, vault
from models.accounts import Account, actor_of
from models.attachments import Attachment
from models.base import db as database
from models.people import Person, PersonState
from tests import builders
from tests.cast import Cast
from tests.conftest import KIND
from tests.models.test_attachments import photo
from tests.visiting import Visitor, sign_in
from web import create_app

SECRET = "only-for-tests"

pytestmark = [
    pytest.mark.commits,
    pytest.mark.skipif(KIND == "postgresql", reason="pg_dump and psql belong to the server's own tools"),
]


@pytest.fixture
def usual_files(app: Any) -> Iterator[None]:
    """Put the vault of all other tests back."""
    yield
    vault.use(app.config["FILES"], app.config["LINLI_DATA_KEY"], demo=True)
    erasures.use(app.config["ERASED"])


def backup(app: Any, folder: Path) -> None:
    """Take the database while the house is open, then the files."""
    with sqlite3.connect(database.engine.url.database or "") as live:
        live.execute("VACUUM INTO ?", (str(folder / "linli.db"),))
    shutil.copytree(app.config["FILES"], folder / "files")


def told(restored: Any, *command: str) -> str:
    """Return what a command says to whoever puts a backup back, in a context of its own as in a process of its own."""

    def say() -> Any:
        with restored.app_context():
            return restored.test_cli_runner().invoke(args=list(command))

    done = contextvars.Context().run(say)
    assert done.exit_code == 0, done.output
    return str(done.output).strip()


def test_a_backup_is_put_back_into_an_empty_folder_and_brings_nobody_back_who_asked_to_be_erased(
    app: Any, db: Any, cast: Cast, client_for: Callable[..., Any], usual_files: None, tmp_path: Path
) -> None:
    erasures.use(tmp_path / "erased")
    sent = client_for(cast.resident).post("/attachments", data={"photo": (io.BytesIO(photo()), "a.jpg"), "key": "a-0"})
    [number] = re.findall(r"(\w{10})$", sent.headers["Location"])
    need = builders.need(cast.community, photos=[number], photo_owner=f"account:{cast.resident.id}")
    leaver = builders.account("金丝雀", place=cast.community, person=builders.person(cast.community, "金丝雀"))
    loose = builders.account("无名册的人")
    db.session.commit()
    shown = database.session.scalars(select(Attachment.display).where(Attachment.public_id == number)).one()
    seen = vault.store().get(shown or "")
    clerk, page, gone = cast.clerk.id, f"/desk/needs/{need.public_id}", leaver.person_id
    house = tmp_path / "house"
    house.mkdir()
    backup(app, house)
    my_data.erase_own(by=actor_of(leaver))
    my_data.erase_own(by=actor_of(loose))
    db.session.commit()
    db.session.remove()

    restored = create_app(
        {
            "TESTING": True, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{house / 'linli.db'}", "SECRET_KEY": SECRET,
            "WTF_CSRF_ENABLED": False, "FILES": str(house / "files"), "ERASED": str(tmp_path / "erased"),
        }
    )  # fmt: skip
    restored.test_client_class = Visitor
    told(restored, "db", "upgrade")
    assert told(restored, "diary", "verify").endswith("whole")
    assert told(restored, "erase-again").startswith("erased 3 ")
    assert told(restored, "erase-again").startswith("erased 0 ")
    assert told(restored, "diary", "verify").endswith("whole")
    with restored.app_context():
        person = database.session.get_one(Person, gone)
        assert (person.name, person.state) == ("—", PersonState.ERASED)
        assert not database.session.scalars(select(Account.id).where(Account.name.in_(["金丝雀", "无名册的人"]))).all()
        visitor = restored.test_client()
        sign_in(visitor, database.session.get_one(Account, clerk))
        assert visitor.get(page).status_code == 200
        assert visitor.get(f"/attachments/{number}/display").data == seen
        for engine in database.engines.values():
            engine.dispose()
