"""What the town hall borrowed from others for its face, fetched again and compared by `python -m web.vendor`."""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENDOR = ROOT / "static" / "vendor"
LOCK = ROOT.parent / "vendor.lock"

# A list of literals would hide the words behind quotes; the order is that of use: tiles, faces, places, acts, arrows.
ICONS = """
accessibility heart-pulse music baby life-buoy scale book-open leaf briefcase building-2 car ellipsis
laugh smile meh frown angry
house presentation circle-plus calendar calendar-days user users hand-heart heart-handshake megaphone inbox list-checks
layers package wallet receipt banknote gavel handshake clipboard-list clipboard-check file-check chart-column activity
award bell flag settings shield-check graduation-cap wrench image send message-circle globe menu list map-pin hourglass
mic camera phone phone-call printer qr-code volume-2 square search funnel check x plus minus pencil trash-2 star
file-text download upload share-2 copy link external-link lock eye eye-off log-in log-out sun moon refresh-cw undo-2
clock alarm-clock triangle-alert circle-alert circle-check circle-x circle-question-mark info wifi-off cloud-upload
chevron-right chevron-left chevron-down chevron-up arrow-left arrow-right arrow-up
""".split()

PACKAGES: dict[str, tuple[str, list[str]]] = {
    "htmx.org": ("2.0.11", ["dist/htmx.min.js", "LICENSE"]),
    "idb": ("8.0.4", ["build/umd.js", "LICENSE"]),
    "qr-scanner": ("1.4.2", ["qr-scanner-worker.min.js", "LICENSE"]),
    "workbox-core": ("7.4.1", ["build/workbox-core.prod.js", "LICENSE"]),
    "workbox-routing": ("7.4.1", ["build/workbox-routing.prod.js", "LICENSE"]),
    "workbox-strategies": ("7.4.1", ["build/workbox-strategies.prod.js", "LICENSE"]),
    "workbox-precaching": ("7.4.1", ["build/workbox-precaching.prod.js", "LICENSE"]),
    "lucide-static": ("1.62.0", ["LICENSE", *(f"icons/{name}.svg" for name in ICONS)]),
}


def pack(name: str, version: str, into: Path) -> tuple[Path, str]:
    """Let npm fetch one package and say its integrity, as the registry signed it."""
    done = subprocess.run(
        ["npm", "pack", f"{name}@{version}", "--json", "--pack-destination", str(into)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    entry = json.loads(done.stdout)[0]
    return into / entry["filename"], entry["integrity"]


def take(archive: Path, wanted: list[str], folder: Path) -> dict[str, str]:
    """Put the wanted files of an archive into a folder, flat, and return the SHA-256 of each."""
    folder.mkdir(parents=True)
    digests = {}
    with tarfile.open(archive) as tar:
        for path in wanted:
            source = tar.extractfile(f"package/{path}")
            if source is None:
                raise FileNotFoundError(f"{archive.name} has no {path}")
            data = source.read()
            (folder / Path(path).name).write_bytes(data)
            digests[Path(path).name] = hashlib.sha256(data).hexdigest()
    return dict(sorted(digests.items()))


def fetch(vendor: Path = VENDOR, lock: Path = LOCK) -> None:
    """Replace everything vendored by what npm gives for the exact versions, and write the lock."""
    locked = []
    with tempfile.TemporaryDirectory() as work:
        for name, (version, wanted) in PACKAGES.items():
            archive, integrity = pack(name, version, Path(work))
            folder = vendor / f"{name}-{version}"
            shutil.rmtree(folder, ignore_errors=True)
            files = take(archive, wanted, folder)
            locked.append({"name": name, "version": version, "integrity": integrity, "files": files})
    lock.write_text(json.dumps(locked, indent=1) + "\n", encoding="utf-8")


def differences(vendor: Path = VENDOR, lock: Path = LOCK) -> list[str]:
    """Say which vendored files are missing or are not what the lock says; an empty list means all is well."""
    found = []
    for entry in json.loads(lock.read_text(encoding="utf-8")):
        for file, digest in entry["files"].items():
            path = vendor / f"{entry['name']}-{entry['version']}" / file
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
                found.append(f"{path.parent.name}/{file}")
    return found


if __name__ == "__main__":
    if "--check" not in sys.argv:
        fetch()
    wrong = differences()
    print("\n".join(wrong) if wrong else f"{LOCK.name}: every vendored file is as locked.")
    sys.exit(bool(wrong))
