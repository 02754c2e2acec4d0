"""The vault: what was put there once is there after a power cut, and nobody reads an original from the disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from obstore.exceptions import GenericError

from models import vault
from models.ciphers import SealError
from models.vault import NAME, NoRoom, Vault

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
TOMORROW = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def kept(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "files", KEY)


def on_disk(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=2_000), st.booleans())
def test_what_is_put_is_got_again_under_a_name_that_says_nothing(kept: Vault, data: bytes, sealed: bool) -> None:
    name = kept.put(data, sealed=sealed)
    assert NAME.fullmatch(name)
    assert kept.get(name, sealed=sealed) == data
    assert kept.put(data, sealed=sealed) != name


def test_an_original_cannot_be_read_from_the_disk(kept: Vault, tmp_path: Path) -> None:
    kept.put(b"signatures of five residents", sealed=True)
    [path] = on_disk(tmp_path)
    assert b"signatures" not in path.read_bytes()


def test_a_sealed_file_opens_only_under_its_own_name_and_unchanged(kept: Vault, tmp_path: Path) -> None:
    first, second = kept.put(b"one", sealed=True), kept.put(b"two", sealed=True)
    shutil.copy(tmp_path / "files" / first, tmp_path / "files" / second)
    with pytest.raises(SealError):
        kept.get(second, sealed=True)
    (tmp_path / "files" / first).write_bytes(b"")
    with pytest.raises(SealError):
        kept.get(first, sealed=True)
    with pytest.raises(SealError):
        Vault(tmp_path / "files", OTHER).get(kept.put(b"three", sealed=True), sealed=True)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../../etc/passwd",
        "/etc/passwd",
        "ab/cd/../../../secret",
        "ab/cd/" + "g" * 32,
        "ab/cd/" + "0" * 32,
        "ab/cd/abcd" + "0" * 28 + "\n",
        "AB/CD/ABCD" + "0" * 28,
        "ab/cd/abcd" + "0" * 28 + "#1",
        "ab\\cd\\abcd",
        "ab/cd/abcd" + "0" * 28 + "/x",
        "\x00",
    ],
)
def test_a_name_that_the_vault_did_not_give_opens_nothing(kept: Vault, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_bytes(b"outside")
    for verb in (kept.get, kept.remove, kept.reseal):
        with pytest.raises(ValueError, match="no name"):
            verb(name)
    assert (tmp_path / "secret").exists()


def test_a_removed_file_is_gone_and_removing_it_again_is_no_error(kept: Vault, tmp_path: Path) -> None:
    name = kept.put(b"x")
    kept.remove(name)
    kept.remove(name)
    assert on_disk(tmp_path) == []
    with pytest.raises(FileNotFoundError):
        kept.get(name)


def test_an_old_seal_is_renewed_under_the_new_key_and_keeps_its_name(kept: Vault, tmp_path: Path) -> None:
    name = kept.put(b"original", sealed=True)
    both = Vault(tmp_path / "files", OTHER, former=[KEY])
    assert both.get(name, sealed=True) == b"original"
    assert both.reseal(name) is True
    assert both.reseal(name) is False
    assert Vault(tmp_path / "files", OTHER).get(name, sealed=True) == b"original"


def test_files_that_no_row_names_can_be_found_by_their_age(kept: Vault, tmp_path: Path) -> None:
    old, new = kept.put(b"old"), kept.put(b"new")
    long_ago = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    os.utime(tmp_path / "files" / old, (long_ago, long_ago))
    half = tmp_path / "files" / f"{old}#1"
    half.write_bytes(b"hal")
    assert set(kept.resting(TOMORROW)) == {old, new}
    assert list(kept.resting(datetime.now(UTC) - timedelta(days=1))) == [old]
    assert (kept.clear_partial(datetime.now(UTC) - timedelta(days=1)), kept.clear_partial(TOMORROW)) == (0, 1)
    assert not half.exists()
    assert kept.get(old) == b"old"


def test_file_and_folders_are_synced_before_the_name_is_given(kept: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row that names a file is written after put returns: by then every part of the way to it is on the disk."""
    synced: list[str] = []
    sync = os.fsync

    def noted(handle: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{handle}"))
        sync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    name = kept.put(b"x")
    assert [path.rpartition("/files")[2] for path in synced] == [f"/{name}", f"/{name[:5]}", f"/{name[:2]}", ""]


WRITER = """
import resource, sys
from pathlib import Path
from models.vault import NoRoom, Vault
vault = Vault(Path(sys.argv[1]), bytes(32))
small = vault.put(b"here before")
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    vault.put(b"x" * 300_000)
except Exception as error:
    print(type(error).__name__, vault.get(small).decode())
"""


def test_a_write_that_the_system_cuts_leaves_nothing_behind(tmp_path: Path) -> None:
    order = [sys.executable, "-c", WRITER, str(tmp_path / "files")]
    run = subprocess.run(order, capture_output=True, text=True, check=True)
    assert run.stdout.split(maxsplit=1)[1].strip() == "here before"
    assert len(on_disk(tmp_path)) == 1


@pytest.mark.parametrize("text", ["Unable to copy data to file: No space left (os error 28)", "quota (os error 122)"])
def test_a_full_disk_is_told_as_such(text: str) -> None:
    assert vault._is_full(GenericError(text))
    assert vault._is_full(OSError(28, "No space left on device"))
    assert not vault._is_full(OSError(13, "Permission denied"))
    assert NoRoom("storage_full").status == 507


@pytest.fixture
def no_open_vault() -> Iterator[None]:
    before = list(vault._vault)
    vault._vault.clear()
    yield
    vault._vault[:] = before


@pytest.mark.usefixtures("no_open_vault")
def test_the_house_has_one_open_vault(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        vault.store()
    vault.use(tmp_path / "files", "demo", demo=True)
    name = vault.store().put(b"x", sealed=True)
    vault.use(tmp_path / "files", KEY.hex(), former=["demo"], demo=True)
    assert vault.store().get(name, sealed=True) == b"x"
    assert (tmp_path / "files").stat().st_mode & 0o077 == 0
