"""Where files rest: photos and papers under names that say nothing, the originals sealed for auditors alone."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

import obstore
from obstore.exceptions import GenericError
from obstore.store import LocalStore

from models.base import Refused
from models.ciphers import Sealer, data_key

# Two folders of two digits spread the files; the rest is random and carries no meaning.
NAME = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/[0-9a-f]{32}")
_PARTIAL = re.compile(r"[0-9a-f]{32}#\d+")


class NoRoom(Refused):
    """The disk is full: reading goes on, writing waits for the operator."""

    status = 507


class Vault:
    """Files under one folder. A name is given once; only a sealed file that changes its key is written again."""

    def __init__(self, root: Path, key: bytes, former: Sequence[bytes] = ()) -> None:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._root = root
        self._store = LocalStore(prefix=root)
        self._sealer = Sealer(b"linli file", key, former)

    def put(self, data: bytes, *, sealed: bool = False) -> str:
        """Keep the bytes and return their name once they would survive a power cut. Errors: NoRoom("storage_full").

        Source: decisions.md 12.
        """
        token = secrets.token_hex(16)
        name = f"{token[:2]}/{token[2:4]}/{token}"
        self._write(name, self._sealer.seal(data, name.encode()) if sealed else data, mode="create")
        return name

    def get(self, name: str, *, sealed: bool = False) -> bytes:
        """Return the bytes. Errors: ValueError for no name of ours, FileNotFoundError, SealError for changed bytes."""
        data = bytes(obstore.get(self._store, _checked(name)).bytes())
        return self._sealer.open(data, name.encode()) if sealed else data

    def remove(self, *names: str) -> None:
        """Remove files for good; one that is gone already is no error."""
        for name in names:
            path = self._root / _checked(name)
            with contextlib.suppress(FileNotFoundError):
                obstore.delete(self._store, name)
                _settle(path.parent)

    def reseal(self, name: str) -> bool:
        """Seal the file under the newest key; say whether it was under an older one. Errors: as get and put."""
        data = bytes(obstore.get(self._store, _checked(name)).bytes())
        if self._sealer.is_current(data):
            return False
        self._write(name, self._sealer.seal(self._sealer.open(data, name.encode()), name.encode()), mode="overwrite")
        return True

    def resting(self, before: datetime) -> Iterator[str]:
        """Return the names of the files last written before an instant, to be compared with the rows that name them."""
        for path in self._root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            name = path.relative_to(self._root).as_posix()
            if NAME.fullmatch(name) and path.stat().st_mtime < before.timestamp():
                yield name

    def clear_partial(self, before: datetime) -> int:
        """Remove what a killed process left half written before an instant; return how many."""
        partial = [
            path
            for path in self._root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*#*")
            if _PARTIAL.fullmatch(path.name) and path.stat().st_mtime < before.timestamp()
        ]
        for path in partial:
            path.unlink()
        return len(partial)

    def _write(self, name: str, data: bytes, *, mode: Literal["create", "overwrite"]) -> None:
        """Write through the store, which writes beside and then renames; the syncing is ours, since it does none."""
        path = self._root / name
        try:
            obstore.put(self._store, name, data, mode=mode)
            with path.open("rb") as file:
                os.fsync(file.fileno())
            for folder in (path.parent, path.parent.parent, self._root):
                _settle(folder)
        except (GenericError, OSError) as error:
            if _is_full(error):
                raise NoRoom("storage_full") from error
            raise


def _checked(name: str) -> str:
    found = NAME.fullmatch(name)
    if found is None or not name.endswith(f"/{found[1]}{found[2]}{name[10:]}"):
        raise ValueError("no name of a file in the vault")
    return name


def _settle(folder: Path) -> None:
    """Make the folder's own entries last: a file whose name is not on the disk is lost with the power."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_full(error: Exception) -> bool:
    # The store wraps the system's error and keeps its number only in the text.
    numbers = {errno.ENOSPC, errno.EDQUOT}
    return getattr(error, "errno", None) in numbers or any(f"(os error {number})" in str(error) for number in numbers)


_vault: list[Vault] = []


def use(root: Path | str, key: str, *, former: Sequence[str] = (), demo: bool = False) -> None:
    """Open the vault in a folder with LINLI_DATA_KEY, and with the keys before it while they are being rotated out."""
    _vault[:] = [Vault(Path(root), data_key(key, demo=demo), [data_key(one, demo=demo) for one in former])]


def store() -> Vault:
    """Return the open vault. Errors: RuntimeError before use()."""
    if not _vault:
        raise RuntimeError("no vault is in use yet")
    return _vault[0]
