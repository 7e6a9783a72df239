"""What goes over the machine door: shapes of requests and answers. Amounts are strings such as "26320.33", days ISO dates."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from lipei.intake.reported import PAGE_MAX

Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=200)]
Long = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=20_000)]


Cursor = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_=-]*$", max_length=40)]


class PageIn(Schema):
    """Which page of a list: how many, and `next` of the page before."""

    limit: int = Field(50, ge=1, le=PAGE_MAX)
    after: Cursor = ""


class PaperIn(Schema):
    """A paper: its kind as `papers_missing` names it (or `other` with a title), and its pages."""

    kind: Text
    title: Text = ""
    pages: int = Field(1, ge=1, le=999)


class Said(Schema):
    """The same words in both languages."""

    zh: str
    en: str


class ReportIn(Schema):
    """A loss. `facts` are the product's own facts by name, as text: `{"cause": "accident", "happened_on": "2026-10-24"}`;
    `hospital`, `place`, `diagnosis` and `estimated_cost` are known for every product."""

    model_config = ConfigDict(extra="forbid")
    policy_number: Text
    insured_identity: Text
    reporter_name: Text
    reporter_phone: Text
    account: Long
    facts: dict[Text, Text] = {}


class ReportOut(Schema):
    """The claim that was opened."""

    number: str
    stage: str
    reported_at: datetime


class PaperOut(Schema):
    """The paper that was received, with its custody number."""

    number: str
    custody_number: str
    received_at: datetime


class MissingPaper(Schema):
    """A paper that is still to come."""

    kind: str
    label: Said
    shows: Said


class ClaimOut(Schema):
    """A claim's state. `owed` is told once the decision letter reached the customer."""

    number: str
    policy_number: str
    stage: str
    stage_word: Said
    turn: str
    subject: Said
    reported_at: datetime
    requested_at: datetime | None
    currency: str = "CNY"
    claimed: str
    owed: str | None
    closing: str
    closing_word: Said | None


class ClaimDetail(ClaimOut):
    """A claim's state with every required paper that has not come yet."""

    papers_missing: list[MissingPaper]


class ClaimPage(Schema):
    """A page of claims, newest first; `next` is given as `after` to go on, empty at the end."""

    claims: list[ClaimOut]
    next: str


class MissingOut(Schema):
    """One thing that is missing or wrong."""

    what: Said
    why: Said | None
    do: Said | None
    field: str | None


class Problem(Schema):
    """Why a call was refused: all that is missing at once, in both languages (problem+json, RFC 9457)."""

    type: str
    title: str
    title_zh: str
    status: int
    code: str
    detail: Said | None
    do: Said | None
    missing: list[MissingOut]
