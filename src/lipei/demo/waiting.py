"""Who sits in the hall of Jinghu when the demonstration begins: five with a number, one of them longer than promised, and two appointments."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from lipei.demo.drawing import SPACE
from lipei.filing.actor import Actor
from lipei.frontdesk.hall import make_appointment
from lipei.frontdesk.hall_queries import appointments_on
from lipei.frontdesk.kiosk import kiosk_of
from lipei.frontdesk.tickets import take_ticket

CAME: tuple[tuple[int, str, str], ...] = (
    (31, "bring_papers", ""), (9, "new_loss", ""), (7, "ask", "elderly"), (4, "ask", ""), (2, "new_loss", "with_child"),
)
"""Minutes ago, purpose, priority."""
EXPECTED: tuple[tuple[int, str, str, str], ...] = ((45, "闻女士", "new_loss", ""), (100, "汤先生", "collect_papers", "disabled"))
"""Minutes from now, how to address them, purpose, priority."""


def sit_in_the_hall(*, clerk: Actor, now: datetime) -> None:
    """Let them come; told again, the same keys are the same tickets."""
    kiosk = kiosk_of("JH")
    if kiosk is None:
        return
    for n, (ago, purpose, priority) in enumerate(CAME):
        key = uuid.uuid5(SPACE, f"hall {n}")
        take_ticket(purpose=purpose, priority=priority, key=key, by=kiosk.actor, at=now - timedelta(minutes=ago))
    known = {a.name for ahead, *_ in EXPECTED for a in appointments_on(timezone.localtime(now + timedelta(minutes=ahead)).date(), actor=clerk)}
    for ahead, name, purpose, priority in EXPECTED:
        if name in known:
            continue
        make_appointment(name=name, starts_at=now + timedelta(minutes=ahead), purpose=purpose, priority=priority, by=clerk, at=now - timedelta(hours=1))
