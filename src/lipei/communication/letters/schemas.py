"""The letters as data: one frozen model a kind, read strictly, with every fault told at once in both languages.

Dates are local dates; amounts are whole fen; `date` is the day on the letter and decides which edition of the texts is used.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, get_args

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from lipei.communication.letters.faults import LetterFault, LetterFaults, faults_of
from lipei.communication.letters.parts import (
    ROWS_MAX,
    Account,
    Answer,
    Asked,
    Change,
    Check,
    Clause,
    Code,
    CoverageSteps,
    Days,
    Fact,
    Fen,
    LanguageOfLetter,
    Line,
    Link,
    PaperAsked,
    PaperKept,
    PaperReceived,
    Part,
    Payment,
    Person,
    Receiver,
    Refusal,
    Remedies,
    Said,
    Sender,
    Tried,
)


class Written(Part):
    """What everything we write carries: language, number, day, sender, receiver, the person who answers for it."""

    language: LanguageOfLetter
    number: Code
    date: dt.date
    sender: Sender
    to: Receiver
    handler: Person


class Letter(Written):
    """A letter about a claim: its number, and the code that opens the status page."""

    claim_number: Code
    check: Check


class Reckoned(Letter):
    """A letter that shows how an amount came about."""

    asked: Fen
    asked_fact: Said
    lines: tuple[Line, ...] = Field(default=(), max_length=ROWS_MAX)
    owed: Fen
    changes: tuple[Change, ...] = Field(default=(), max_length=50)
    remedies: Remedies
    decided_by: Person
    calculation_pages: Annotated[int, Field(strict=True, ge=1, le=500)] | None = None


class DecisionPay(Reckoned):
    """理赔决定通知书: what is owed is paid, each cut with its fact and clause."""

    kind: Literal["decision_pay"] = "decision_pay"
    pay_by: dt.date | None = None
    account: Account | None = None


class DecisionPart(Reckoned):
    """部分赔付决定通知书: part is paid, part refused; each refused part with its reasons (Insurance Law art. 24)."""

    kind: Literal["decision_part"] = "decision_part"
    pay_by: dt.date | None = None
    account: Account | None = None
    refused: tuple[Refusal, ...] = Field(default=(), max_length=50)


class DecisionRefuse(Letter):
    """拒赔通知书: written, with reasons, within three days of the determination (Insurance Law art. 24)."""

    kind: Literal["decision_refuse"] = "decision_refuse"
    asked: Fen
    asked_fact: Said
    determined_on: dt.date
    refused: tuple[Refusal, ...] = Field(default=(), max_length=50)
    found: tuple[Fact, ...] = Field(default=(), max_length=50)
    changes: tuple[Change, ...] = Field(default=(), max_length=50)
    contract_after: Said | None = None
    remedies: Remedies
    decided_by: Person


class Acknowledgement(Letter):
    """受理通知书: the claim request and these papers were received; what happens next and by when."""

    kind: Literal["acknowledgement"] = "acknowledgement"
    about: Said
    requested_on: dt.date
    received: tuple[PaperReceived, ...] = Field(default=(), max_length=ROWS_MAX)
    hear_by: dt.date
    hear_rule: Said
    missing: tuple[Said, ...] = Field(default=(), max_length=100)


class SupplementNotice(Letter):
    """一次性补件通知书: everything that is missing, told once (Insurance Law art. 22)."""

    kind: Literal["supplement_notice"] = "supplement_notice"
    about: Said
    papers: tuple[PaperAsked, ...] = Field(default=(), max_length=100)
    wanted_by: dt.date | None = None
    requested_on: dt.date
    decide_days_left: Days


class Closing(Letter):
    """结案通知书: how the claim ended, what was paid, what goes back, how it can be opened again."""

    kind: Literal["closing"] = "closing"
    about: Said
    ending: Literal["paid", "zero", "refused", "withdrawn", "cancelled"]
    reason: Said | None = None
    closed_on: dt.date
    payments: tuple[Payment, ...] = Field(default=(), max_length=100)
    returned: tuple[PaperKept, ...] = Field(default=(), max_length=ROWS_MAX)
    kept_until: dt.date
    kept_rule: Said
    remedies: Remedies


class CalculationStatement(Letter):
    """理赔计算书: every step with clause, operands and arithmetic; goes with the decision."""

    kind: Literal["calculation_statement"] = "calculation_statement"
    decision_number: Code
    product: Said
    edition: Code
    policy_number: Code
    insured: Said
    event: Said
    asked: Fen
    in_plain_words: Said | None = None
    coverages: tuple[CoverageSteps, ...] = Field(min_length=1, max_length=50)
    exclusions: tuple[Tried, ...] = Field(default=(), max_length=200)
    clauses: tuple[Clause, ...] = Field(default=(), max_length=200)
    owed: Fen
    calculated_by: Person
    reviewed_by: Person | None = None
    engine: Code
    fingerprint: Code


class ClaimForm(Letter):
    """索赔申请书: filled from what was told, read back, to be signed by the claimant."""

    kind: Literal["claim_form"] = "claim_form"
    product: Said
    policy_number: Code
    claimant: tuple[Answer, ...] = Field(min_length=1, max_length=40)
    insured: tuple[Answer, ...] = Field(min_length=1, max_length=40)
    event: tuple[Answer, ...] = Field(min_length=1, max_length=80)
    account_of: Said
    asked: tuple[Asked, ...] = Field(min_length=1, max_length=200)
    payee: tuple[Answer, ...] = Field(min_length=1, max_length=20)
    papers: tuple[PaperReceived, ...] = Field(default=(), max_length=ROWS_MAX)
    other_insurance: Said


class CustodyReceipt(Letter):
    """单证保管回执: each paper taken in or given back, its custody number, and where it is now. The QR code opens `check_url`."""

    kind: Literal["custody_receipt"] = "custody_receipt"
    occasion: Literal["taken", "returned"] = "taken"
    about: Said
    received_at: AwareDatetime
    counter: Said
    giver: Said
    papers: tuple[PaperKept, ...] = Field(min_length=1, max_length=ROWS_MAX)
    contact_by: dt.date | None = None
    missing: tuple[Said, ...] = Field(default=(), max_length=100)
    check_url: Link
    fingerprint: Code


class ComplaintReceipt(Written):
    """投诉回执: the complaint's number, who looks into it, by which day it is answered and by which rule, and the ways that stay open.

    It may be about no claim. `handler` took it at the counter; `owner` looks into it. Without `answer_by` the law of the place names no day.
    """

    kind: Literal["complaint_receipt"] = "complaint_receipt"
    received_on: dt.date
    owner: Person
    answer_by: dt.date | None = None
    rule: Said | None = None
    agreed: Said | None = None
    regulator_phone: Annotated[str, Field(max_length=40)] = ""


AnyLetter = Annotated[
    DecisionPay
    | DecisionPart
    | DecisionRefuse
    | Acknowledgement
    | SupplementNotice
    | Closing
    | CalculationStatement
    | ClaimForm
    | CustodyReceipt
    | ComplaintReceipt,
    Field(discriminator="kind"),
]
KINDS: tuple[str, ...] = tuple(
    str(get_args(model.model_fields["kind"].annotation)[0]) for model in get_args(get_args(AnyLetter)[0])
)

_ADAPTER: TypeAdapter[AnyLetter] = TypeAdapter(AnyLetter)


def read(data: dict[str, object]) -> AnyLetter:
    """The letter in `data` (its `kind` says which). Raises `LetterFaults` with all that is wrong, in both languages."""
    try:
        return _ADAPTER.validate_python(data)
    except ValidationError as error:
        raise LetterFaults(faults_of(error)) from None


def kept(letter: Written) -> dict[str, object]:
    """The letter as plain JSON data, to be stored; `read` gives back the same letter."""
    return letter.model_dump(mode="json")


__all__ = ["KINDS", "AnyLetter", "Letter", "LetterFault", "LetterFaults", "Written", "kept", "read"]
