"""What the worker does by the clock: seal blocks are deposited, a stopped clock's due date moves on, letters that wait go."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import override_settings

from lipei.claimfile.tests.people import the_cast
from lipei.filing.models import SealBlock
from lipei.filing.seal import read_blocks
from lipei.process.deadlines import sweep_due_dates
from lipei.process.jobs import seal

pytestmark = pytest.mark.django_db


def test_the_nightly_block_is_deposited_and_agrees(tmp_path: Path) -> None:
    the_cast()
    with override_settings(DEPOSIT=tmp_path):
        seal(timestamp=0)
        seal(timestamp=0)
    blocks = read_blocks(tmp_path)
    assert [b.number for b in blocks] == [1, 2]
    assert blocks[1].prev_root == blocks[0].root
    assert SealBlock.objects.count() == 2


def test_a_sweep_with_nothing_due_does_nothing() -> None:
    the_cast()
    assert sweep_due_dates() == 0
