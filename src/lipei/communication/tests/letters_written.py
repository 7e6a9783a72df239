"""One full letter of each kind, for tests here and elsewhere: `a_letter("decision_pay", "en")`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from lipei.communication.letters import schemas
from lipei.communication.letters.schemas import AnyLetter
from lipei.communication.tests import letters_case as case
from lipei.communication.tests import letters_case_more as more

AT = datetime(2026, 11, 27, 2, 30, tzinfo=UTC)

_PAY = {**case.RECKONING, "lines": case.LINES, "owed": 2_632_033, "calculation_pages": 3}
_PART = {
    **case.RECKONING,
    "number": "TZ-2026-004187-2",
    "lines": case.LINES[1:],
    "owed": 2_632_033,
    "refused": [case.PRIVATE_ROOM],
}
_REFUSE: dict[str, Any] = {
    "number": "JF-2026-004402-1",
    "claim_number": "JH-2026-004402",
    "to": {"name": case.both("程屿", "Cheng Yu"), "title": case.both("先生", "Mr")},
    "asked": 1_864_000,
    "asked_fact": case.both(
        "2026-10-03 在镜湖市环湖路碰撞护栏后，您的车（湖A·00000）的修理费",
        "Repairs to your car (plate 湖A·00000) after it hit the barrier on Huanhu Road, Jinghu, on 2026-10-03",
    ),
    "determined_on": "2026-11-26",
    "refused": [case.DRUNK],
    "found": [
        {
            "what": case.both("合同在出事时有效，保费已付清", "The contract was in force and the premium was paid"),
            "source": case.both("保单记录", "policy record"),
        },
        {
            "what": case.both("修理费 18,640.00 元属实", "The repairs cost ¥18,640.00, as claimed"),
            "source": case.both("定损单、发票", "appraisal; invoice"),
        },
    ],
    "changes": [
        {
            "what": case.both(
                "如果交警复核改变酒精检测的结论，这一条就不适用。",
                "If the police review changes the result of the alcohol test, this clause no longer applies.",
            ),
            "how": case.both("请把复核结论交给我们。", "Please send us the result of that review."),
            "answer_days": 5,
        }
    ],
    "contract_after": case.both(
        "这份合同继续有效，到 2027-02-10 为止；这次不付，不影响以后的事故。",
        "Your contract stays in force until 2027-02-10; this decision does not affect later events.",
    ),
    "remedies": case.REMEDIES,
    "decided_by": case.APPROVER,
}
_WRITTEN: dict[str, dict[str, Any]] = {
    "decision_pay": _PAY,
    "decision_part": _PART,
    "decision_refuse": _REFUSE,
    "acknowledgement": more.ACKNOWLEDGED,
    "supplement_notice": more.SUPPLEMENT,
    "closing": more.CLOSED,
    "calculation_statement": more.CALCULATION,
    "claim_form": more.FORM,
    "custody_receipt": more.RECEIPT,
    "complaint_receipt": more.COMPLAINED,
}


def data_of(kind: str, language: str = "zh", **changes: Any) -> dict[str, Any]:
    """The letter as plain data, with fields changed."""
    frame = case.frame(kind, language)
    if kind == "complaint_receipt":  # about no claim
        frame = {name: value for name, value in frame.items() if name not in ("claim_number", "check")}
    return {**frame, **_WRITTEN[kind], **changes}


def a_letter(kind: str, language: str = "zh", **changes: Any) -> AnyLetter:
    """A full letter of that kind, with fields changed."""
    return schemas.read(data_of(kind, language, **changes))
