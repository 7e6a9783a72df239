"""`lipei backup` and `lipei restore`: everything in one file, except the keys, which are never in it.

The file is PostgreSQL's own custom format, readable by `pg_restore` anywhere; the papers received are in the database,
so it is complete. A restore goes into an empty database only, and only with the keys that the data need.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, cast

from lipei.launch import keys, marks, programs
from lipei.launch.addresses import Address, Addresses
from lipei.launch.database import is_empty
from lipei.launch.trouble import BackupTrouble, KeysTrouble
from lipei.terms.words import Words

COPY_BLOCK_BYTES = 1 << 20
PREAMBLE_LINES_MAX = 60
WORDS_CHARACTERS_MAX = 600

EXISTS = Words(
    zh="文件 {path} 已经存在，没有覆盖它。请换一个文件名。",
    en="The file {path} exists already and was not overwritten. Choose another name.",
)
NOTHING_TO_SAVE = Words(
    zh="数据库是空的，没有可以备份的内容。",
    en="The database is empty; there is nothing to back up.",
)
NOT_WRITTEN = Words(
    zh="备份没有完成，未留下半份文件。程序的说明是：{said}",
    en="The backup was not completed, and no half of it was left. The program says: {said}",
)
KEEP_THE_KEYS = Words(
    zh="备份已写入 {path}（{size}）。密钥不在其中：请把 {keys} 另外保管在别处（例如加密的 U 盘，放进保险柜），"
    "不要与备份放在一起。没有密钥，备份中的身份证号、账号等个人信息谁也无法读出。",
    en="The backup was written to {path} ({size}). The keys are not in it: keep {keys} somewhere else, such as "
    "an encrypted stick in a safe, "
    "and never beside the backup. Without the keys nobody can read the identity and account numbers in it.",
)
NO_FILE = Words(
    zh="找不到备份文件 {path}，或者它不是理赔的备份。",
    en="There is no backup at {path}, or the file is not a backup of Lipei.",
)
NO_KEYS = Words(
    zh="没有密钥文件 {path}，因此没有恢复：备份里的身份证号、账号等个人信息将谁也无法读出。"
    "请先把与这份备份一起使用的密钥文件放到该处（权限 0600），或用 LIPEI_KEYS 指定它所在的目录，再重新执行。",
    en="There is no key file {path}, so nothing was restored: nobody could read the identity and account "
    "numbers in the backup. "
    "First put the key file that was used with this backup in that place (mode 0600), or name its folder with "
    "LIPEI_KEYS; then run this again.",
)
NOT_EMPTY = Words(
    zh="数据库里已有数据，因此没有恢复；现有数据没有改动。请用 LIPEI_HOME 指定一个新的目录，或在 DATABASE_URL 中指定一个空库。",
    en="The database already holds data, so nothing was restored and nothing was changed. "
    "Name a new folder with LIPEI_HOME, or an empty database in DATABASE_URL.",
)
NOT_RESTORED = Words(
    zh="恢复没有完成，数据库仍是空的。程序的说明是：{said}",
    en="The restore was not completed, and the database is empty as before. The program says: {said}",
)
RESTORED = Words(
    zh="已从 {path} 恢复。请接着运行 lipei verify 核对封存，再运行 lipei run。",
    en="Restored from {path}. Next, run `lipei verify` to check the seal, then `lipei run`.",
)


def backup(addresses: Addresses, target: Path) -> Words:
    """Write everything in the database to `target` (0600), whole or not at all; returns what to tell the person.

    Raises `BackupTrouble` when the file exists, there is nothing to save, or `pg_dump` fails.
    """
    if target.exists():
        raise BackupTrouble(EXISTS.with_(path=target))
    if is_empty(addresses.owner):
        raise BackupTrouble(NOTHING_TO_SAVE)
    waiting = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        os.close(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise BackupTrouble(NOT_WRITTEN.with_(said=error.strerror or str(error))) from error
    try:
        done = programs.run_here(
            "pg_dump",
            ["--format=custom", "--file", str(waiting), "--no-password"],
            environment=addresses.owner.environment(),
        )
        if done.returncode:
            raise BackupTrouble(NOT_WRITTEN.with_(said=done.stderr.strip()))
        waiting.rename(target)
    finally:
        waiting.unlink(missing_ok=True)
    size = f"{target.stat().st_size / 1_000_000:,.1f} MB"
    return KEEP_THE_KEYS.with_(path=target, size=size, keys=keys.path_of_keys())


def restore(addresses: Addresses, source: Path) -> Words:
    """Fill the empty database from `source`, in one transaction; returns what to tell the person.

    Raises `KeysTrouble` without the keys that the data need, `BackupTrouble` for a wrong file or a database that
    holds data.
    """
    needed = marks_of(source)
    try:
        kept = keys.load()
    except KeysTrouble as error:
        if keys.path_of_keys().exists():
            raise
        raise KeysTrouble(NO_KEYS.with_(path=keys.path_of_keys())) from error
    marks.check_keys(needed, kept, where=keys.path_of_keys())
    if not is_empty(addresses.owner):
        raise BackupTrouble(NOT_EMPTY)
    _fill(addresses.owner, source)
    return RESTORED.with_(path=source)


def marks_of(source: Path) -> Mapping[str, str]:
    """The marks in a backup: its kind, and the fingerprints of the keys that its data need.

    Raises `BackupTrouble` when the file is no backup of Lipei.
    """
    schema, table = marks.TABLE.split(".")
    options = ["--data-only", f"--schema={schema}", f"--table={table}", "--file=-", str(source)]
    done = programs.run_here("pg_restore", options)
    lines = done.stdout.splitlines()
    start = next((number for number, line in enumerate(lines) if line.startswith(f"COPY {marks.TABLE}")), None)
    if done.returncode or start is None:
        raise BackupTrouble(NO_FILE.with_(path=source))
    rows = lines[start + 1 : lines.index("\\.", start)]
    return dict(row.split("\t", 1) for row in rows if "\t" in row)


def _fill(owner: Address, source: Path) -> None:
    """`pg_restore` writes SQL, `psql` runs it as one transaction, so that a failure leaves the database as it was."""
    folder = programs.installed()
    read = [str(folder / "pg_restore"), "--no-owner", "--file=-", str(source)]
    write = [
        str(folder / "psql"),
        "--no-psqlrc",
        "--quiet",
        "--no-password",
        "--set=ON_ERROR_STOP=1",
        "--output=/dev/null",
    ]
    environment = {**os.environ, **owner.environment()}
    with tempfile.TemporaryFile() as said:
        with (
            subprocess.Popen(read, stdout=subprocess.PIPE, stderr=said) as reader,
            subprocess.Popen(write, stdin=subprocess.PIPE, stderr=said, env=environment) as writer,
        ):
            _pour(reader, writer)
        if reader.returncode or writer.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace").strip()[-WORDS_CHARACTERS_MAX:]
            raise BackupTrouble(NOT_RESTORED.with_(said=words))


def _pour(reader: subprocess.Popen[bytes], writer: subprocess.Popen[bytes]) -> None:
    """Hand the SQL on as one transaction, which is committed only when `pg_restore` has read its file to a good end.

    Marks of a start that went no further give way, and what PostgreSQL 15 does not know is left out of the preamble.
    """
    source, target = cast(IO[bytes], reader.stdout), cast(IO[bytes], writer.stdin)
    try:
        target.write(b"BEGIN;\nDROP SCHEMA IF EXISTS launch CASCADE;\n")
        for _ in range(PREAMBLE_LINES_MAX):
            line = source.readline()
            if not line.startswith(b"SET transaction_timeout"):
                target.write(line)
        while block := source.read(COPY_BLOCK_BYTES):
            target.write(block)
        target.write(b"COMMIT;\n" if reader.wait() == 0 else b"ROLLBACK;\n")
        target.close()
    except BrokenPipeError:
        source.close()
