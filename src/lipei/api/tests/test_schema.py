"""Whatever a caller sends, the machine door answers as its own description says: never an error of ours, always in the shape promised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from lipei.filing.actor import system
from lipei.staff.commands import admit_partner

EXAMPLES = 25
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.fixture
def described(token: str) -> Iterator[Any]:
    """The door within this test's transaction: a call does not close its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), headers={"Authorization": f"Bearer {token}"})
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(db: None) -> str:
    return admit_partner("随意调用的平台", by=system())


OPERATIONS = ("report_claim", "list_claims", "read_claim", "add_document")


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_one_that_was_promised(described: Any, token: str, operation: str) -> None:
    strategy = described.find_operation_by_id(operation).as_strategy()

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(case=strategy)
    def any_call(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

    any_call()
