"""Where things live on the machine: data, keys, cache, sockets, deposited blocks, and the files copied at set-up."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
SOCKET_PATH_BYTES_MAX = 100
"""The kernel takes 107 bytes for the path of a Unix socket; `/.s.PGSQL.5432` takes 15 of the rest."""
SHARED_DATA = Path("/var/lib/lipei")
SHARED_CACHE = Path("/var/cache/lipei")


def data_dir() -> Path:
    """Where everything Lipei keeps lives: `LIPEI_HOME`, else `lipei` in the user's data folder (XDG)."""
    return _named("LIPEI_HOME") or _xdg("XDG_DATA_HOME", ".local/share") / "lipei"


def keys_dir() -> Path:
    """Where the keys live, never inside the data folder: `LIPEI_KEYS`, else `lipei/keys` in the user's
    configuration folder."""
    return _named("LIPEI_KEYS") or _xdg("XDG_CONFIG_HOME", ".config") / "lipei" / "keys"


def cache_dir() -> Path:
    """What may be deleted at any time: `LIPEI_CACHE`, else `lipei` in the user's cache folder."""
    return _named("LIPEI_CACHE") or _xdg("XDG_CACHE_HOME", ".cache") / "lipei"


def deposit_dir() -> Path:
    """Where sealed blocks are deposited: `LIPEI_DEPOSIT` (best on another machine's disk), else beside the keys,
    outside the data."""
    return _named("LIPEI_DEPOSIT") or keys_dir().parent / "deposit"


def vendor_dir() -> Path:
    """The style sheet and script of Tabler, copied at set-up and served as static files."""
    return PACKAGE / "static" / "vendor"


def fonts_dir() -> Path:
    """The bold Chinese faces of the letters, copied at set-up."""
    return PACKAGE / "fonts"


def cluster_dir(data: Path, *, reachable: Callable[[Path], bool] | None = None) -> Path:
    """The folder of the embedded database for the data folder `data`.

    Inside `data`, unless the server must run as another user (`reachable` given) who may not enter there, as below
    `/root`:
    then a folder of its own below `/var/lib/lipei`, named by the digest of the data folder's path, so that no door
    has to be opened.
    A database that exists stays where it is.
    """
    inside, apart = data / "postgres", SHARED_DATA / digest(data) / "postgres"
    if reachable is None or (inside / "PG_VERSION").exists():
        return inside
    return apart if (apart / "PG_VERSION").exists() or not reachable(data) else inside


def socket_dir(cluster: Path, *, owner: int) -> Path:
    """A private folder with a short path for the database's Unix socket, made for the user `owner` (uid) with mode
    0700.

    In `XDG_RUNTIME_DIR` where that is the owner's, else in the system's temporary folder. A folder of that name which
    another user made first is left alone and the next name is taken.

    Raises `PermissionError` when ten names are taken.
    """
    base = _runtime_base(owner)
    for number in range(10):
        folder = base / f"lipei-{owner}-{digest(cluster)}{f'-{number}' if number else ''}"
        if _made_private(folder, owner):
            return folder
    raise PermissionError(f"no private folder for the database socket could be made in {base}")


def made_data_dir(data: Path, *, is_shared: bool) -> Path:
    """The data folder, made if it was not there: for the user alone, or, when the server runs as another user
    (`is_shared`), enterable."""
    if not is_shared:
        return private_folder(data)
    if not data.exists():
        open_folder(data).chmod(0o711)
    return data


def private_folder(folder: Path) -> Path:
    """The folder, made with mode 0700 if it was not there; parents are made as the system makes them."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def open_folder(folder: Path) -> Path:
    """The folder, made if it was not there; every folder made on the way may be entered by all, whatever the umask
    says."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        each.chmod(0o755)
    return folder


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read (0600), whole or not at all, also through a power cut."""
    private_folder(path.parent)
    waiting = path.with_name(f".{path.name}.{os.getpid()}.new")
    waiting.unlink(missing_ok=True)
    with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(path)
    _flush_folder(path.parent)


def digest(path: Path) -> str:
    """Ten hexadecimal digits that name a path: short enough for a socket, different for different paths."""
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:10]


def entered_by_all(path: Path) -> bool:
    """Whether every folder on the way to `path` may be entered by any user (folders not yet made are ours to make
    so)."""
    existing = next(folder for folder in (path, *path.parents) if folder.exists())
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (existing, *existing.parents))


def _named(variable: str) -> Path | None:
    value = os.environ.get(variable, "").strip()
    return Path(value).expanduser().absolute() if value else None


def _xdg(variable: str, fallback: str) -> Path:
    """The user's folder of that kind; the standard says that a relative value is to be ignored."""
    value = os.environ.get(variable, "")
    return Path(value) if value.startswith("/") else Path.home() / fallback


def _runtime_base(owner: int) -> Path:
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nowhere")
    if (
        runtime.is_dir()
        and runtime.stat().st_uid == owner == os.geteuid()
        and len(bytes(runtime)) < SOCKET_PATH_BYTES_MAX // 2
    ):
        return runtime
    temporary = Path(tempfile.gettempdir())
    fits = len(bytes(temporary)) < SOCKET_PATH_BYTES_MAX // 2 and (owner == os.geteuid() or entered_by_all(temporary))
    return temporary if fits else Path("/tmp")


def _made_private(folder: Path, owner: int) -> bool:
    try:
        folder.mkdir(mode=0o700)
        if owner != os.geteuid():
            os.chown(folder, owner, -1)
    except FileExistsError:
        pass
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == owner and not found.st_mode & 0o077


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
