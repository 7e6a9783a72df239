"""Writes the one table of stages into the database, where its trigger reads it. Run by the owner after every migration."""

from __future__ import annotations

from django.db import transaction

from lipei.claimfile.models import StageStep
from lipei.claimfile.stages import STEPS


def write_stage_steps() -> None:
    """Make `stage_step` equal to `stages.STEPS`; where it is, nothing is written."""
    wanted = {(s.verb, s.frm, s.to, tuple(s.needs)) for s in STEPS}
    with transaction.atomic():
        have = StageStep.objects.values_list("verb", "from_stage", "to_stage", "needs")
        if {(verb, frm, to, tuple(needs)) for verb, frm, to, needs in have} == wanted:
            return
        StageStep.objects.all().delete()
        StageStep.objects.bulk_create(
            StageStep(verb=s.verb, from_stage=s.frm, to_stage=s.to, needs=list(s.needs)) for s in STEPS
        )
