"""Tables of the file itself: files and their heads, entries, row history, seal blocks, drafts and counters.

Who may do what with them is granted in `sql/grants.sql`; hashes and numbers are made by the triggers in `sql/`.
"""

from __future__ import annotations

import uuid

from django.db import models


class File(models.Model):
    """卷宗: one file of a kind – a claim's, a visit's, a complaint's, or the office's."""

    KINDS = (("claim", "claim"), ("visit", "visit"), ("complaint", "complaint"), ("office", "office"))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=KINDS)
    number = models.CharField(max_length=32, unique=True)
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "file"


class FileHead(models.Model):
    """The present end of a file's chain: kept by the entry trigger, written by no role of the program."""

    file = models.OneToOneField(File, primary_key=True, on_delete=models.PROTECT, related_name="head")
    length = models.PositiveIntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "file_head"


class Entry(models.Model):
    """记录: one fact in a file, numbered without gaps, sealed by a hash over the one before it. Append-only.

    `at` is when it happened (told time), `recorded_at` when the database wrote it. `plain` is canonical JSON text;
    `personal` is ciphertext and may be erased, its salted digest stays in the chain.
    """

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_ref = models.CharField(max_length=64)
    by_name = models.CharField(max_length=120)
    why = models.TextField(blank=True)
    command = models.UUIDField()
    verb = models.CharField(max_length=60)
    caused_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="effects")
    plain = models.TextField()
    personal = models.BinaryField(null=True)
    personal_digest = models.BinaryField(null=True)
    history_digest = models.BinaryField()
    prev_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "entry"
        constraints = (models.UniqueConstraint(fields=("file", "number"), name="entry_number_once"),)
        indexes = (
            models.Index(fields=("command",), name="entry_by_command"),
            models.Index(fields=("kind", "at"), name="entry_by_kind"),
        )


class RowHistory(models.Model):
    """Every change of every row, written by one trigger function; the program's role can only read it."""

    id = models.BigAutoField(primary_key=True)
    table_name = models.CharField(max_length=63)
    row_key = models.CharField(max_length=64)
    operation = models.CharField(max_length=6)
    old_row = models.JSONField(null=True)
    old_digest = models.BinaryField(null=True)
    new_digest = models.BinaryField(null=True)
    command = models.UUIDField()
    db_role = models.CharField(max_length=63)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "row_history"
        indexes = (
            models.Index(fields=("table_name", "row_key"), name="row_history_by_row"),
            models.Index(fields=("command",), name="row_history_by_command"),
        )


class SealBlock(models.Model):
    """封存块: all heads at one moment under one Merkle root, to be deposited outside."""

    number = models.PositiveIntegerField(primary_key=True)
    made_at = models.DateTimeField()
    files = models.PositiveIntegerField()
    entries = models.BigIntegerField()
    root = models.BinaryField()
    prev_root = models.BinaryField()
    deposited_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "seal_block"


class Draft(models.Model):
    """草稿: what somebody has typed and not yet said. Encrypted; no fact, so no history."""

    id = models.BigAutoField(primary_key=True)
    place = models.CharField(max_length=120)
    user_ref = models.CharField(max_length=64)
    content = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "draft"
        constraints = (models.UniqueConstraint(fields=("place", "user_ref"), name="draft_once"),)


class Counter(models.Model):
    """The last number given in a series (`JH-2026`); gapless because it moves inside the command's transaction."""

    series = models.CharField(max_length=32, primary_key=True)
    value = models.BigIntegerField()

    class Meta:
        db_table = "counter"
