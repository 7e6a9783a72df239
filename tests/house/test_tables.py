"""What the tables of the house promise each other: doors, permissions, verbs, events, foreign keys."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

import lipei
from lipei.claimfile.stages import BY_ID, MILESTONES, STEPS
from lipei.filing.command import VERBS
from lipei.filing.events import REGISTRY
from lipei.site.doors import DOORS, LOGGED_IN, PARTNER, PUBLIC
from lipei.staff.permissions import PERMISSIONS
from lipei.staff.roles import BY_ID as ROLES

FLOORS = (
    "filing", "staff", "policies", "claimfile", "documents", "communication", "frontdesk", "intake", "coverage", "assessment",
    "settlement", "payments", "complaints", "archive", "analytics",
)
FRAMEWORK = ("account_", "mfa_", "socialaccount_", "openid_connect_", "api-", "headless")
MAY_BE_PUBLIC = {"login", "login_as", "health", "mfa_authenticate", "openid_connect_login", "openid_connect_callback",
                 "status", "status_code", "kiosk", "receipt_check",
                 "kiosk_take", "kiosk_help", "kiosk_appointment", "kiosk_ticket", "ticket", "display", "hall_stream",
                 "status_message", "status_paper", "status_rate", "screen", "screen_now", "screen_answer", "screen_consent", "screen_rate", "screen_language"}


@pytest.fixture(scope="module", autouse=True)
def _every_room_is_open() -> None:
    for module in pkgutil.walk_packages(lipei.__path__, "lipei."):
        if module.name.endswith((".commands", ".events")) and ".tests" not in module.name:
            importlib.import_module(module.name)


def routes(resolver: URLResolver | None = None, space: str = "") -> list[str]:
    names: list[str] = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            names += routes(pattern, pattern.namespace or space)
        elif isinstance(pattern, URLPattern) and pattern.name and not space:
            names.append(pattern.name)
    return names


def test_every_address_of_ours_stands_in_the_table_of_doors() -> None:
    missing = [n for n in routes() if n not in DOORS and not n.startswith(FRAMEWORK)]
    assert missing == []


def test_the_table_of_doors_holds_no_address_that_does_not_exist() -> None:
    assert [n for n in DOORS if n not in routes() and not n.startswith(FRAMEWORK)] == []


def test_every_door_asks_for_a_verb_that_exists() -> None:
    assert [v for v in DOORS.values() if v not in PERMISSIONS and v not in (PUBLIC, LOGGED_IN, PARTNER)] == []


def test_only_login_status_and_kiosk_are_public() -> None:
    assert {n for n, v in DOORS.items() if v == PUBLIC} <= MAY_BE_PUBLIC


def test_every_command_claims_a_verb_of_the_permission_table() -> None:
    assert {v: c for v, c in VERBS.items() if v not in PERMISSIONS and not v.startswith(("system.", "api.", "test.", "visitor."))} == {}


def test_every_permission_names_roles_that_exist() -> None:
    assert [v for v, roles in PERMISSIONS.items() if not roles or not roles <= set(ROLES)] == []


def test_auditor_and_administrator_keep_their_hands_off() -> None:
    writes = {v for v in VERBS if v in PERMISSIONS}
    assert [v for v in writes if "auditor" in PERMISSIONS[v]] == []
    claims = [v for v in writes if "administrator" in PERMISSIONS[v]]
    assert [v for v in claims if v.split(".")[0] not in ("staff", "policy", "reference", "draft")] == []


def test_every_step_leads_between_stages_and_needs_milestones_that_exist() -> None:
    for step in STEPS:
        assert step.frm in BY_ID
        assert step.to in BY_ID
        assert set(step.needs) <= set(MILESTONES)


def test_events_are_frozen_and_speak_both_languages() -> None:
    assert len(REGISTRY) > 10
    for event in REGISTRY.values():
        assert event.__dataclass_params__.frozen  # type: ignore[attr-defined]
        assert {f.name for f in dataclasses.fields(event)} >= event.PERSONAL
        assert any("sentence" in vars(c) for c in event.__mro__[:-2]), f"{event.__name__} says nothing"


def test_foreign_keys_point_downstairs() -> None:
    guilty = []
    for model in apps.get_app_config("lipei").get_models():
        room = model.__module__.split(".")[1]
        for field in model._meta.get_fields():
            target = field.related_model
            if not (field.many_to_one or field.one_to_one) or field.auto_created or not isinstance(target, type):
                continue
            other = target.__module__.split(".")[1] if target.__module__.startswith("lipei.") else ""
            if other and other != room and FLOORS.index(other) >= FLOORS.index(room):
                guilty.append(f"{model.__name__}.{field.name} -> {target.__name__}")
    assert guilty == []


def test_the_template_library_folder_holds_libraries_only() -> None:
    """Django imports every module below `templatetags` at its start, where the tests' packages are not installed."""
    folder = next(p for p in lipei.__path__) + "/templatetags"
    assert [m.name for m in pkgutil.iter_modules([folder]) if m.ispkg] == []
