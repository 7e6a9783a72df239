"""Every address × every role: allowed or refused as the one table of doors says; without login only what is public."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lipei.claimfile.tests.people import engage_cast
from lipei.site.doors import DOORS, LOGGED_IN, PARTNER, PUBLIC
from lipei.staff.models import User
from lipei.staff.permissions import PERMISSIONS
from lipei.staff.roles import ROLES

pytestmark = pytest.mark.django_db
SAMPLES = {"StringConverter": "JH-2026-999999", "IntConverter": 999_999, "UUIDConverter": uuid.UUID(int=0), "SlugConverter": "none"}
FRAMEWORK = ("account_", "mfa_", "openid_connect_")
HELD = ("front_desk", "handler", "investigator", "assessor", "approver", "finance_maker", "finance_checker", "supervisor",
        "complaint_officer", "fraud_examiner", "archivist", "auditor", "administrator")


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if not pattern.namespace:
                yield from patterns(pattern)
        elif pattern.name in DOORS and not pattern.name.startswith(FRAMEWORK):
            yield pattern


def addresses_of_ours() -> dict[str, str]:
    found = {}
    for pattern in patterns():
        kwargs = {k: SAMPLES.get(type(c).__name__, "none") for k, c in pattern.pattern.converters.items()}
        found[str(pattern.name)] = reverse(str(pattern.name), kwargs=kwargs)
    return found


def test_every_role_meets_every_door_as_the_table_says() -> None:
    engage_cast()
    wrong = []
    for role in HELD:
        user = User.objects.select_related("account").filter(roles=[role]).first()
        assert user is not None
        client = Client(raise_request_exception=True)
        client.force_login(user.account, backend="django.contrib.auth.backends.ModelBackend")
        for name, url in addresses_of_ours().items():
            verb = DOORS[name]
            may = verb in (PUBLIC, LOGGED_IN, PARTNER) or role in PERMISSIONS[verb]
            status = client.get(url).status_code
            if (status == 403) == may or status >= 500:
                wrong.append(f"{role} {name} {url}: {status}, may={may}")
    assert wrong == []


def test_without_login_every_door_but_the_public_ones_leads_to_the_login_page() -> None:
    wrong = []
    for name, url in addresses_of_ours().items():
        answer = Client().get(url)
        is_open = not (answer.status_code == 302 and answer.headers["Location"].startswith("/login"))
        if is_open != (DOORS[name] in (PUBLIC, PARTNER)):
            wrong.append(f"{name}: {answer.status_code}")
    assert wrong == []


def test_all_roles_are_tried() -> None:
    assert {r.id for r in ROLES} - set(HELD) == {"colleague"}
