"""The keys: made at the first start, kept outside the data, numbered so that a new one can be taken into use.

One file, `keys.json` (0600): the AES-256 keys for personal fields by version, the key of the blind index that serves
exact search, and Django's secret. Without it the personal data of a database or a backup cannot be read by anybody.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lipei.launch import places
from lipei.launch.trouble import KeysTrouble
from lipei.terms.words import Words

VARIABLE = "LIPEI_KEYS_FILE"
FILE = "keys.json"
FORMAT = 1
KEY_BYTES = 32
VERSIONS_MAX = 1000
FINGERPRINT_DIGITS = 16
FINGERPRINT_PURPOSE = b"lipei: fingerprint of a key, format 1"

MISSING = Words(
    zh="找不到密钥文件 {path}，而数据库里已有数据。没有它，身份证号、账号等个人信息无法读出，因此没有另建新密钥。"
    "请把您另外保管的密钥文件放回该处（权限 0600），或用 LIPEI_KEYS 指定它所在的目录。若密钥确已遗失，这些信息永远无法恢复。",
    en="The key file {path} is missing, and the database already holds data. Without it, identity and account "
    "numbers cannot be read, "
    "so no new keys were made. Put the copy that you keep elsewhere back in that place (mode 0600), or name its "
    "folder with LIPEI_KEYS. "
    "If the keys are truly lost, that information cannot be recovered by anybody.",
)
NONE_YET = Words(
    zh="还没有密钥文件 {path}。请先运行 lipei run；第一次启动时会建立它。",
    en="There is no key file {path} yet. Run `lipei run` first; its first start makes one.",
)
UNREADABLE = Words(
    zh="密钥文件 {path} 的内容已损坏或不完整。请用您另外保管的副本替换它；程序没有改动它。",
    en="The key file {path} is damaged or incomplete. Replace it with the copy that you keep elsewhere; nothing "
    "in it was changed.",
)
OPEN_TO_OTHERS = Words(
    zh="密钥文件 {path} 可被其他用户读取。请先执行 chmod 600 {path}，并考虑它是否已被他人看到。",
    en="The key file {path} can be read by other users. Run `chmod 600 {path}` first, and consider whether "
    "somebody has read it.",
)
ROTATED = Words(
    zh="密钥已换为第 {version} 版。请重新启动理赔使其生效，并把 {path} 的新副本另外保管；旧副本不能读出从现在起写入的内容。",
    en="The keys are now at version {version}. Start Lipei again to use it, and keep a new copy of {path} elsewhere; "
    "the old copy cannot read what is written from now on.",
)
TOO_MANY = Words(
    zh="密钥已有 {count} 个版本，不能再增加。",
    en="There are {count} versions of the key already; no more can be added.",
)


@dataclass(frozen=True, slots=True)
class Keys:
    """All keys; `version` is the one that new values are written with, the others still read old values. 32 bytes
    each."""

    version: int
    encryption: Mapping[int, bytes] = field(repr=False)
    blind_index: bytes = field(repr=False)
    secret_key: str = field(repr=False)

    @property
    def current(self) -> bytes:
        """The AES-256 key of the present version."""
        return self.encryption[self.version]


def path_of_keys() -> Path:
    """Where the key file is: `LIPEI_KEYS_FILE`, else `keys.json` in the keys folder."""
    named = os.environ.get(VARIABLE, "").strip()
    return Path(named).expanduser() if named else places.keys_dir() / FILE


def load(path: Path | None = None) -> Keys:
    """The keys from their file.

    Raises `KeysTrouble` (both languages) when there is none, others may read it, or it is damaged.
    """
    path = path or path_of_keys()
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise KeysTrouble(NONE_YET.with_(path=path)) from None
    if stat.S_IMODE(mode) & 0o077:
        raise KeysTrouble(OPEN_TO_OTHERS.with_(path=path))
    try:
        return _read(json.loads(path.read_bytes()))
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise KeysTrouble(UNREADABLE.with_(path=path)) from error


def load_or_make(path: Path | None = None, *, data_exists: bool) -> Keys:
    """The keys; new ones are made only for a database that holds nothing yet.

    Raises `KeysTrouble` as `load` does, and when the file is missing although `data_exists`.
    """
    path = path or path_of_keys()
    if path.exists():
        return load(path)
    if data_exists:
        raise KeysTrouble(MISSING.with_(path=path))
    return save(make(), path)


def make() -> Keys:
    """New random keys of version 1, not yet written anywhere."""
    return Keys(
        version=1,
        encryption={1: secrets.token_bytes(KEY_BYTES)},
        blind_index=secrets.token_bytes(KEY_BYTES),
        secret_key=secrets.token_urlsafe(48),
    )


def rotate(path: Path | None = None) -> Keys:
    """Add a version and make it the present one; older versions stay, for they still read what was written with
    them."""
    path = path or path_of_keys()
    keys = load(path)
    if len(keys.encryption) >= VERSIONS_MAX:
        raise KeysTrouble(TOO_MANY.with_(count=len(keys.encryption)))
    version = max(keys.encryption) + 1
    return save(
        replace(keys, version=version, encryption={**keys.encryption, version: secrets.token_bytes(KEY_BYTES)}), path
    )


def save(keys: Keys, path: Path) -> Keys:
    """Write the key file (0600), whole or not at all."""
    text = {
        "format": FORMAT,
        "version": keys.version,
        "encryption": {str(version): _text(key) for version, key in sorted(keys.encryption.items())},
        "blind_index": _text(keys.blind_index),
        "secret_key": keys.secret_key,
    }
    places.write_private(path, (json.dumps(text, indent=1) + "\n").encode())
    return keys


def fingerprints(keys: Keys) -> dict[str, str]:
    """What tells keys apart and gives nothing away: `{"encryption 1": "9f…", "blind index": "04…"}`, 16
    hexadecimal digits each."""
    named = {f"encryption {version}": key for version, key in sorted(keys.encryption.items())}
    return {name: _fingerprint(key) for name, key in {**named, "blind index": keys.blind_index}.items()}


def _fingerprint(key: bytes) -> str:
    return hmac.new(key, FINGERPRINT_PURPOSE, "sha256").hexdigest()[:FINGERPRINT_DIGITS]


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("a key is 32 bytes long")
    return key


def _read(kept: Mapping[str, object]) -> Keys:
    encryption = kept["encryption"]
    if kept["format"] != FORMAT or not isinstance(encryption, dict) or not kept["secret_key"]:
        raise ValueError("not a key file of this format")
    by_version = {int(version): _key(text) for version, text in encryption.items()}
    version = int(str(kept["version"]))
    if version not in by_version:
        raise ValueError("the present version has no key")
    return Keys(version, by_version, _key(str(kept["blind_index"])), str(kept["secret_key"]))
