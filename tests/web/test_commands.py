"""The counter of whoever runs the house: every command ends in one line that says what is wrong, never in a trace."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from models.accounts import Account, actor_of
from models.base import db as database
from models.ledgers import Ledger, LedgerState
from models.people import Person
from models.places import Place
from tests import builders
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
        assert f"added {added}  unchanged {known}  errors 1  notes {notes}  filled 0" in done.output
    person = db.session.scalars(select(Person).where(Person.name == "张三")).one()
    assert (person.phone_cipher, person.gender) == (None, None)


# Known and new people, a number that stands otherwise, a sum and a signature below the entries.
OFFICE = """晋阳社区居民名册
姓名,性别,出生年份,电话,楼栋,单元,房号
冉秀英,女,1948,13900002222,5,1,101
邹德福,男,1950,13900009999,6,2,202
佘小满,女,1992,13900004444,7,1,303
,女,1960,,8,1,1
合计,3人,,,,,
制表人：周建国,,,,,,
"""


def known_people(cast: Cast) -> None:
    """Enter two people of the list before: of one nearly nothing is known, of the other another number."""
    builders.person(cast.community, "冉秀英", phone="13900002222")
    builders.person(cast.community, "邹德福", phone="13900003333", building="6", unit="2", room="202")


def register_of(place: Place) -> list[tuple[Any, ...]]:
    """Return what the register has of everybody in a place, as the names in OFFICE."""
    names = ("冉秀英", "邹德福", "佘小满")
    rows = database.session.scalars(select(Person).where(Person.community_id == place.id, Person.name.in_(names)))
    return sorted((p.name, p.gender, p.birth_year, p.phone, p.building, p.unit, p.room) for p in rows)


def test_the_command_and_the_counter_of_ledgers_make_the_same_of_a_list(
    app: Any, db: Any, cast: Cast, tmp_path: Path
) -> None:
    file = tmp_path / "居民名册.csv"
    file.write_text(OFFICE, encoding="utf-8")
    results, clerk = [], actor_of(cast.clerk)
    for way in ("counter", "command"):
        before = db.session.begin_nested()
        known_people(cast)
        if way == "counter":
            one = Ledger.receive(cast.community, file.name, file.read_bytes(), by=clerk)
            one.check(clerk)
            one.start(by=clerk)
            assert list(one.bring_in(by=clerk))
            told = (one.added, one.unchanged, one.outside, one.changed)
        else:
            done = run(app, "import-people", str(file), "--community", cast.community.code)
            assert "line 4, 电话: note: 台账与花名册不一样" in done.output and "line 6, 姓名: left out" in done.output
            told = tuple(int(n) for n in re.findall(r"(?:added|unchanged|errors|filled) (\d+)", done.output))
        results.append((told, register_of(cast.community)))
        if before.is_active:
            before.rollback()
            db.session.expire_all()
    assert results[0] == results[1]
    assert results[0] == (
        (1, 0, 1, 2),
        [("佘小满", "F", 1992, "13900004444", "7", "1", "303"), ("冉秀英", "F", 1948, "13900002222", "5", "1", "101"),
         ("邹德福", "M", 1950, "13900003333", "6", "2", "202")],
    )  # fmt: skip


def test_a_list_that_a_command_brought_in_is_taken_back_at_the_counter(
    app: Any, db: Any, cast: Cast, tmp_path: Path, client_for: Any
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(OFFICE, encoding="utf-8")
    known_people(cast)
    db.session.commit()
    run(app, "import-people", str(file), "--community", cast.community.code)
    again = run(app, "import-people", str(file), "--community", cast.community.code)
    assert "added 0" in again.output and "filled 0" in again.output
    [ledger] = db.session.scalars(select(Ledger).where(Ledger.state == LedgerState.DONE))
    page = client_for(cast.clerk).get(f"/ledgers/{ledger.public_id}")
    assert page.status_code == 200 and "冉秀英" in page.text
    assert ledger.undo(by=actor_of(cast.clerk)) == 3
    assert [one[:4] for one in register_of(cast.community)] == [
        ("冉秀英", None, None, "13900002222"), ("邹德福", None, None, "13900003333"),
    ]  # fmt: skip


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
