"""The counter of whoever runs the house: every command ends in one line that says what is wrong, never in a trace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from models.accounts import Account
from models.people import Person
from models.places import Place
from tests.cast import Cast
from web import config

HEAD = "community_code,community,street_code,street,district_code,district\n"
UNDER = "510107001,浆洗街街道,510107,武侯区\n"


def run(app: Any, *args: str) -> Any:
    """Run a command; whatever it says, it does not break."""
    done = app.test_cli_runner().invoke(args=list(args))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_a_place_whose_name_no_page_would_take_stays_out(app: Any, db: Any, tmp_path: Path) -> None:
    file = tmp_path / "places.csv"
    file.write_text(f"{HEAD}510107001004,洗面桥社区,{UNDER}510107001005,{'长' * 61},{UNDER}", encoding="utf-8")
    done = run(app, "import-places", str(file))
    assert "added 3  unchanged 0  errors 1" in done.output
    assert "line 3, 社区: 太长了" in done.output
    assert db.session.scalar(select(func.count()).select_from(Place)) == 3


def test_a_line_comes_in_without_the_cell_that_cannot_be_read(app: Any, db: Any, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("姓名,电话,性别\n张三,12345,雌\n,13900001111,男\n", encoding="utf-8")
    for added, known, notes in ((1, 0, 2), (0, 1, 0)):
        done = run(app, "import-people", str(file), "--community", cast.community.code)
        assert f"added {added}  unchanged {known}  errors 1  notes {notes}" in done.output
    person = db.session.scalars(select(Person).where(Person.name == "张三")).one()
    assert (person.phone_cipher, person.gender) == (None, None)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--phone", "abc", "Error: 这不像电话号码"), ("--name", " ", "Error: --name"), ("--name", "字" * 61, "Error: --name"),
        ("--community", "", "Error: --community: 没有填"), ("--district-code", "<b>", "Error: --district-code"),
        ("--street-code", "510100", "Error: the three codes must differ"),
    ],
)  # fmt: skip
def test_the_first_administrator_is_not_made_of_nonsense(app: Any, db: Any, option: str, value: str, said: str) -> None:
    done = run(app, "first-admin", option, value)
    assert said in done.output
    assert done.exit_code == 1
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Account)) == 0


def test_accounts_of_a_demo_that_nobody_lived_are_not_named(app: Any, db: Any) -> None:
    done = run(app, "demo-accounts")
    assert "Error: this database holds no demo year" in done.output


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://somebody@here/linli", "postgresql+other://here/linli", "sqlite//"]
)
def test_an_address_of_no_database_is_refused_at_the_door(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(config.SettingWrong, match="DATABASE_URL"):
        config.check_environment()


def test_a_weak_key_is_refused_before_any_process_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {
        "LINLI_DEMO": "0",
        "SECRET_KEY": "one",
        "LINLI_DATA_KEY": "short",
        "LINLI_HTTPS": "1",
        "DATABASE_URL": "",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(config.SettingWrong, match="too weak"):
        config.check_environment()
