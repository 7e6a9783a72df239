"""Which pages are measured, by whom they are opened, and which addresses they are asked for; drawn from the generated book by seed."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.test import Client

from lipei.bench.growing import FIRST_ID
from lipei.filing.actor import system
from lipei.privacy.cipher import keyring
from lipei.staff.commands import admit_partner
from lipei.staff.models import User
from lipei.workbench.search.views import address_of

SAMPLES = 100
HOST = "127.0.0.1"
BACKEND = "django.contrib.auth.backends.ModelBackend"
COLLEAGUES = ("2001", "2002", "1001", "4001", "5001", "6001")
"""Who opens their work: handlers, front desk, assessor, approver, payments."""
HANDLER, SUPERVISOR, AUDITOR = "2001", "7001", "8004"
WORDS = ("胆囊结石", "第一人民医院", "骨折", "住院")


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: who asks (a staff number, or the partner), the address, and a body to report."""

    who: str
    path: str
    body: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Callers:
    """Logged-in browsers by staff number, and the partner's token."""

    browsers: Mapping[str, Client]
    token: str

    def send(self, ask: Ask) -> int:
        """Send one request through the whole site in this process; returns the status."""
        if ask.who:
            return int(self.browsers[ask.who].get(ask.path).status_code)
        partner = {"HTTP_AUTHORIZATION": f"Bearer {self.token}", "HTTP_HOST": HOST}
        if not ask.body:
            return int(Client().get(ask.path, **partner).status_code)  # type: ignore[arg-type]
        body = json.dumps(ask.body)
        answer = Client().post(ask.path, body, content_type="application/json", HTTP_IDEMPOTENCY_KEY=ask.key, **partner)  # type: ignore[arg-type]
        return int(answer.status_code)


def callers() -> Callers:
    """Everybody whose pages are opened, each with a session of their own, and a partner with its token."""
    browsers = {}
    for number in {*COLLEAGUES, HANDLER, SUPERVISOR, AUDITOR}:
        browsers[number] = Client(HTTP_HOST=HOST)
        browsers[number].force_login(User.objects.get(number=number).account, backend=BACKEND)
    return Callers(browsers, admit_partner("测量用合作方", by=system()))


def asks(owner: psycopg.Connection[Any], *, seed: int, size: int, samples: int = SAMPLES) -> dict[str, list[Ask]]:
    """What is asked of every page: `samples` requests each, over claims drawn from the whole book."""
    draw = random.Random(f"{seed} asks {size}")
    ids = [FIRST_ID + draw.randrange(size) for _ in range(samples * 4)]
    rows = owner.execute(_CHOSEN, [ids]).fetchall()
    ours = [row for row in rows if row[0].startswith("JH-")][:samples] or rows[:samples]
    keys = [key for row in ours for key in (row[0], row[1], _open(row[3]))][:samples]
    found = {
        "my work": [Ask(COLLEAGUES[n % len(COLLEAGUES)], "/work/") for n in range(samples)],
        "claim": [Ask(HANDLER, f"/claims/{row[0]}/") for row in ours],
        "search by key": [Ask(AUDITOR, address_of(key)) for key in keys],
        "search by name": [Ask(AUDITOR, f"/search/?q={row[2]}") for row in ours],
        "search by words": [Ask(AUDITOR, f"/search/?q={WORDS[n % len(WORDS)]}") for n in range(samples)],
        "board": [Ask(SUPERVISOR, "/board/")] * samples,
        "list of claims": [Ask(HANDLER, "/claims/")] * samples,
        "API report": [Ask("", "/api/v1/claims", _report(row), f"bench-{size}-{seed}-{n:06d}") for n, row in enumerate(ours)],
        "API list": [Ask("", "/api/v1/claims")] * samples,
    }
    return {name: made for name, made in found.items() if made}


_CHOSEN = """
    SELECT c.number, p.number, c.insured_name, i.identity, c.loss_at::date FROM claim c JOIN policy p ON p.id = c.policy_id
    JOIN insured i ON i.id = c.insured_id WHERE c.id = ANY(%s) ORDER BY c.id
"""


def _open(sealed: Any) -> str:
    return keyring().open(sealed, purpose="insured.identity")


def _report(row: tuple[Any, ...]) -> dict[str, Any]:
    return {
        "policy_number": row[1], "insured_identity": _open(row[3]), "reporter_name": "测量用报案人", "reporter_phone": "19900000000",
        "account": "在家里浴室滑倒，送到镜湖市第一人民医院住院，诊断为右侧桡骨远端骨折。", "facts": {"hospital": "镜湖市第一人民医院"},
    }
