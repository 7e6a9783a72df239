"""Encryption of personal values (AES-256-GCM, versioned keys) and the blind index (HMAC-SHA-256) for exact search.

A sealed value is `version(2 bytes) ‖ nonce(12) ‖ ciphertext`; its purpose (`party.identity`, …) is bound as associated
data, so a value cannot be moved to another column. The keys live outside the database and outside its backups.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VALUE_BYTES_MAX = 10 * 1024 * 1024
_NONCE_BYTES = 12
_VERSION_BYTES = 2


class CannotRead(Exception):
    """A sealed value was made with a key that is not in the keyring, or it was altered."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of one installation: data keys by version (the highest one seals), and the index key."""

    data_keys: Mapping[int, bytes]
    index_key: bytes

    @property
    def version(self) -> int:
        """The version that seals new values."""
        return max(self.data_keys)

    @property
    def fingerprint(self) -> str:
        """A short public name of this keyring: tells whether data and keys belong together, reveals neither."""
        digest = hmac.new(self.index_key, b"lipei keyring", hashlib.sha256).hexdigest()
        return digest[:16]

    def seal(self, text: str, *, purpose: str) -> bytes:
        """Encrypt `text` for one purpose."""
        return self.seal_bytes(text.encode(), purpose=purpose)

    def open(self, sealed: bytes | memoryview, *, purpose: str) -> str:
        """Decrypt; raises `CannotRead` when the key is missing or the value or purpose was altered."""
        return self.open_bytes(sealed, purpose=purpose).decode()

    def seal_bytes(self, data: bytes, *, purpose: str) -> bytes:
        """Encrypt the bytes of a file for one purpose; at most `VALUE_BYTES_MAX`."""
        if len(data) > VALUE_BYTES_MAX:
            raise ValueError(f"a personal value of {len(data)} bytes is above {VALUE_BYTES_MAX}")
        nonce = os.urandom(_NONCE_BYTES)
        body = AESGCM(self.data_keys[self.version]).encrypt(nonce, data, purpose.encode())
        return self.version.to_bytes(_VERSION_BYTES, "big") + nonce + body

    def open_bytes(self, sealed: bytes | memoryview, *, purpose: str) -> bytes:
        """Decrypt the bytes of a file; raises `CannotRead` like `open`."""
        raw = bytes(sealed)
        key = self.data_keys.get(int.from_bytes(raw[:_VERSION_BYTES], "big"))
        if key is None:
            raise CannotRead(f"no key of version {int.from_bytes(raw[:_VERSION_BYTES], 'big')}")
        nonce = raw[_VERSION_BYTES : _VERSION_BYTES + _NONCE_BYTES]
        try:
            return AESGCM(key).decrypt(nonce, raw[_VERSION_BYTES + _NONCE_BYTES :], purpose.encode())
        except InvalidTag as fault:
            raise CannotRead("the sealed value was altered or belongs elsewhere") from fault

    def index(self, value: str) -> str:
        """The blind index of a value: equal values give equal text, nothing else can be learned without the key."""
        canonical = "".join(value.split()).upper()
        return hmac.new(self.index_key, canonical.encode(), hashlib.sha256).hexdigest()[:40]

    def mac(self, text: str, *, purpose: str) -> str:
        """A keyed digest of `text` to the letter (64 hexadecimal digits): only who holds the key can make it, for this purpose."""
        return hmac.new(self.index_key, b"\x00mac\x00" + purpose.encode() + b"\x00" + text.encode(), hashlib.sha256).hexdigest()


_installed: list[Keyring] = []


def install(ring: Keyring) -> None:
    """Make `ring` the keyring of this process; called once by the site's wiring."""
    _installed[:] = [ring]


def keyring() -> Keyring:
    """The keyring of this process; raises `CannotRead` when none was installed."""
    if not _installed:
        raise CannotRead("no key file was loaded")
    return _installed[0]
