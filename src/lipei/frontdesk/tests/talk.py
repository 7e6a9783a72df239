"""What is typed at each station in our test stories: the visit of Zhou Yanqiu about her mother's fall (all invented)."""

from __future__ import annotations

import datetime as dt
import uuid

from lipei.claimfile.tests.people import SHANGHAI, Cast, identity_number
from lipei.coverage.commands import check_at_counter, show_first_view
from lipei.filing.actor import Actor
from lipei.frontdesk import commands as desk
from lipei.frontdesk.models import Visit

TODAY = dt.datetime.now(SHANGHAI).date()
ACCOUNT = "那天早上六点多，我妈起来上卫生间，地上有水，滑了一下，左边胯着地，站不起来。我叫的 120。"


def day(before: int) -> str:
    """A day so many days ago, as typed."""
    return (TODAY - dt.timedelta(days=before)).isoformat()


def daughter_number(year: int = TODAY.year) -> str:
    """The identity number of Zhou Yanqiu, who holds the policy."""
    return identity_number(dt.date(year - 43, 9, 21), order=262)


GREETING = {"purpose": "new_loss", "situation": "accompanying", "address": "周女士"}
CONSENTS = {"consent_health": "given", "consent_health_how": "voice", "consent_account": "given", "consent_account_how": "voice"}
UNDERSTOOD = {f"back_{point}": "right" for point in ("cover", "papers", "days", "next_step", "disagree")}
PAPERS = {
    "paper_identity_form": "sighted", "paper_receipts_form": "original", "paper_receipts_pages": "3", "paper_itemised_bill_form": "original",
    "paper_itemised_bill_pages": "17", "paper_discharge_summary_form": "copy", "paper_discharge_summary_pages": "2", "place": "3 柜 · 盒 12",
    "item_1_category": "bed", "item_1_label": "床位费", "item_1_days": "14", "item_1_amount": "1960.00",
    "item_2_category": "implant", "item_2_label": "人工髋关节", "item_2_page": "17", "item_2_amount": "28,500.00",
    "application_read": "on", "application_signed": "on",
}


def identity(choice: str, **changes: str) -> dict[str, str]:
    """The policyholder with her card in hand."""
    return {
        "name": "周砚秋", "capacity": "policyholder", "document": "id_card", "number": daughter_number(), "long_term": "on",
        "phone": "19900000042", "sighted": "on", "choice": choice, **CONSENTS, **changes,
    }


def facts(**changes: str) -> dict[str, str]:
    """Every question answered, one left to a colleague by the story itself."""
    return {
        "cause": "accident", "happened_on": day(23), "happened_time": "06:20", "place": "家里卫生间", "hospital": "镜湖市第一人民医院",
        "hospital_level": "tertiary", "admitted_on": day(23), "discharged_on": day(9), "settled_through_social_insurance": "true",
        "estimated_cost": "68,000", "other_insurance": "false", **changes,
    }


def farewell(**changes: str) -> dict[str, str]:
    """The next contact in three days."""
    return {"contact_on": day(-3), "about": "告诉您材料齐不齐，下一步做什么", "receipt_given": "on", **changes}


def choice_of(cast: Cast) -> str:
    """The policy and insured as the identity page offers them."""
    return f"policy:{cast.policy.pk}:{cast.policy.insured.get().pk}"


def opened(by: Actor, *, counter: int = 3) -> str:
    """A visit just begun."""
    return desk.open_visit(counter=counter, key=uuid.uuid4(), by=by)


def brought_to(station: str, cast: Cast, *, by: Actor | None = None) -> str:
    """A visit about a new loss, brought to `station` the regular way."""
    clerk = by or cast.front_desk
    visit = opened(clerk)
    steps = {
        "welcome": lambda: desk.greet(visit, told=GREETING, by=clerk),
        "identity": lambda: desk.identify(visit, told=identity(choice_of(cast)), by=clerk),
        "listening": lambda: desk.hear_account(visit, text=ACCOUNT, read_back=True, by=clerk),
        "facts": lambda: desk.gather_facts(visit, told=facts(), by=clerk),
        "check": lambda: (check_at_counter(number_of(visit), by=clerk), desk.pass_check(visit, by=clerk)),
        "first_view": lambda: (show_first_view(number_of(visit), by=clerk), desk.pass_first_view(visit, by=clerk)),
        "explanation": lambda: desk.explain(visit, told=UNDERSTOOD, by=clerk),
        "papers": lambda: desk.take_papers(visit, told=PAPERS, by=clerk),
    }
    for name, step in steps.items():
        if name == station:
            break
        step()
    return visit


def number_of(visit: str) -> str:
    """The claim a visit is about."""
    claim = Visit.objects.select_related("claim").get(number=visit).claim
    assert claim is not None
    return claim.number
