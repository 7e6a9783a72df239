"""Who is standing here and may act: documents, their numbers, capacity and authority. Pure.

The check digit of a resident identity number is the one of GB 11643-1999 (ISO 7064, MOD 11-2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lipei.filing.refusal import Missing
from lipei.frontdesk.reading import Reader, day_of, echo
from lipei.terms.words import Words

NAME_CHARACTERS_MAX = 60
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS = "10X98765432"
_PHONE = re.compile(r"^\+?\d{7,15}$")

DOCUMENTS: dict[str, Words] = {
    "id_card": Words("居民身份证", "resident identity card"),
    "household_register": Words("户口簿", "household register"),
    "residence_permit": Words("港澳台居民居住证", "residence permit for Hong Kong, Macao and Taiwan residents"),
    "permanent_residence": Words("外国人永久居留身份证", "foreign permanent resident card"),
    "passport": Words("护照", "passport"),
    "military": Words("军官证", "military identity card"),
}
WITH_CHECK_DIGIT = frozenset({"id_card", "household_register", "residence_permit"})
_SHAPES = {
    "permanent_residence": (re.compile(r"^(9\d{17}|[A-Z]{3}\d{12})$"), Words("9 开头的 18 位数字，或 3 个字母加 12 位数字", "18 digits beginning with 9, or 3 letters and 12 digits")),
    "passport": (re.compile(r"^[A-Z0-9]{5,17}$"), Words("5 到 17 位字母和数字", "5 to 17 letters and digits")),
    "military": (re.compile(r"^[\u4e00-\u9fffA-Z0-9]{6,20}$"), Words("6 到 20 位", "6 to 20 characters")),
}

CAPACITIES: dict[str, Words] = {
    "insured": Words("被保险人本人", "The insured in person"),
    "policyholder": Words("投保人本人", "The policyholder in person"),
    "agent": Words("受托代办", "Acting with authority"),
    "guardian": Words("监护人", "Guardian"),
    "beneficiary": Words("受益人", "Beneficiary"),
    "heir": Words("继承人", "Heir"),
}
BY_AUTHORITY = frozenset({"agent", "guardian", "beneficiary", "heir"})
AUTHORITIES: dict[str, Words] = {
    "letter_of_authority": Words("授权委托书原件", "original letter of authority"),
    "household_register": Words("户口簿（亲属、监护关系）", "household register (kinship, guardianship)"),
    "birth_certificate": Words("出生医学证明", "birth certificate"),
    "marriage_certificate": Words("结婚证", "marriage certificate"),
    "court_document": Words("法院文书", "court document"),
    "notarial_deed": Words("公证书", "notarial deed"),
    "policy_names_beneficiary": Words("保单上写明的受益人", "named as beneficiary in the policy"),
}


PROVES: dict[str, frozenset[str]] = {
    "agent": frozenset({"letter_of_authority", "notarial_deed"}),
    "guardian": frozenset({"household_register", "birth_certificate", "court_document", "notarial_deed"}),
    "beneficiary": frozenset({"policy_names_beneficiary", "court_document", "notarial_deed"}),
    "heir": frozenset({"household_register", "marriage_certificate", "birth_certificate", "court_document", "notarial_deed"}),
}
"""What proves the right of each capacity: a letter makes nobody an heir, and a register makes nobody an agent."""
SCOPES: dict[str, Words] = {
    "claim": Words("办理这次理赔的全部手续", "everything in this claim"),
    "papers": Words("只代交、代取材料", "handing in and collecting papers only"),
}
WRITTEN = frozenset({"letter_of_authority"})
"""Proofs that somebody wrote for somebody: they say who, for what and until when."""


@dataclass(frozen=True, slots=True)
class Authority:
    """授权: by what a visitor acts for another. `given_by`, `scope` and `valid_to` stand in a written one; `valid_to` None: until closed."""

    relation: str = ""
    kind: str = ""
    given_by: str = ""
    scope: str = "claim"
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who came, as established: the document was in our hands. Numbers in the clear; nothing here is shown."""

    name: str
    capacity: str
    document: str
    number: str
    valid_to: date | None
    phone: str
    by: Authority = Authority()

    @property
    def relation(self) -> str:
        """How they are related to the insured."""
        return self.by.relation

    @property
    def authority(self) -> str:
        """The kind of proof by which they act; empty for who acts for themselves."""
        return self.by.kind


def identity_number_faults(number: str, *, today: date) -> Words | None:
    """What is wrong with an 18-character resident identity number; None when it is right. Never repeats the number."""
    if len(number) != 18:
        return Words(f"身份证号码有 {len(number)} 位，应是 18 位", f"The identity number has {len(number)} characters; it should have 18")
    if not number[:17].isdigit() or not number.isascii() or (not number[17].isdigit() and number[17] != "X"):
        return Words("身份证号码前 17 位是数字，最后一位是数字或 X", "An identity number is 17 digits and a last digit or X")
    born, wrong = day_of(number[6:14])
    if wrong is not None or born is None:
        return Words("身份证号码第 7 到 14 位不是存在的出生日期", "Digits 7 to 14 of the identity number are no date of birth that exists")
    if born > today:
        return Words("身份证号码里的出生日期还没有到", "The date of birth in the identity number has not come yet")
    if _DIGITS[sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True)) % 11] != number[17]:
        return Words(f"尾号 {number[-4:]} 的身份证号码，最后一位和前 17 位对不上，有一位看错了",
                     f"The identity number ending {number[-4:]}: its last digit does not fit the 17 before; one was misread")
    return None


def document_number(document: str, text: str, *, today: date) -> tuple[str, Words | None]:
    """The number of a document as it is kept (no spaces, capitals), or what is wrong with it."""
    number = "".join(text.split()).upper().replace("-", "") if document != "military" else "".join(text.split()).upper()
    if document in WITH_CHECK_DIGIT:
        return number, identity_number_faults(number, today=today)
    shape, right = _SHAPES[document]
    if shape.match(number):
        return number, None
    name = DOCUMENTS[document]
    return number, Words(f"{name.zh}号码应是{right.zh}", f"The number of a {name.en} has {right.en}")


def phone_number(text: str) -> tuple[str, Words | None]:
    """A phone number as it is kept, or what is wrong with it."""
    number = "".join(c for c in text if c not in " -()（）")
    if _PHONE.match(number) and number.isascii():
        return number, None
    return "", Words(f"“{echo(text)}”不是电话号码；手机是 11 位数字，座机带区号", f"“{echo(text)}” is no phone number; mobiles have 11 digits, landlines an area code")


def visitor_of(told: Mapping[str, str], *, today: date, needs_authority: bool = True, purpose: str = "") -> tuple[Visitor | None, list[Missing]]:
    """The visitor that was told, or everything that is missing or wrong. What an authority allows is judged for `purpose`."""
    read = Reader(told, today)
    name = read.text("name", Words("姓名", "Name"), most=NAME_CHARACTERS_MAX, missing=Words("还没有写证件上的姓名", "The name on the document is missing"))
    capacity = read.choice("capacity", CAPACITIES, missing=Words("还没有选来人是谁", "Who the visitor is was not chosen"))
    document = read.choice("document", DOCUMENTS, missing=Words("还没有选证件种类", "The kind of document was not chosen"))
    number = _number(read, document)
    valid_to = _validity(read)
    phone = _phone(read)
    authority = _authority(read, capacity, purpose=purpose) if needs_authority else Authority()
    read.ticked("sighted", Words("还没有看过证件原件", "The original document was not sighted"),
                why=Words("看到原件，才能说知道是谁。", "Only with the original in hand do we know who it is."))
    if read.faults:
        return None, read.faults
    return Visitor(name=name, capacity=capacity, document=document, number=number, valid_to=valid_to, phone=phone, by=authority), []


def _number(read: Reader, document: str) -> str:
    text = read.raw("number")
    if not text:
        read.fault("number", Words("还没有写证件号码", "The number of the document is missing"))
        return ""
    if not document:
        return ""
    number, wrong = document_number(document, text, today=read.today)
    if wrong is not None:
        read.fault("number", wrong, do=Words("请对着证件再读一遍。", "Read it once more from the document."))
    return number


def _validity(read: Reader) -> date | None:
    if read.raw("long_term"):
        return None
    day = read.day("valid_to", missing=Words("还没有写证件有效期", "The date until which the document is valid is missing"))
    if day is not None and day < read.today:
        read.fault("valid_to", Words(f"证件 {day} 过期了", f"The document expired on {day}"),
                   do=Words("请看别的有效证件，如户口簿、临时身份证。", "Ask for another valid document, such as the household register."))
    return day


def _phone(read: Reader) -> str:
    text = read.raw("phone")
    if not text:
        read.fault("phone", Words("还没有写联系电话", "The phone number is missing"), why=Words("下一步要能找到人。", "We must be able to reach the person."))
        return ""
    number, wrong = phone_number(text)
    if wrong is not None:
        read.fault("phone", wrong)
    return number


def _authority(read: Reader, capacity: str, *, purpose: str) -> Authority:
    if capacity not in BY_AUTHORITY:
        return Authority()
    relation = read.text("relation", Words("与被保险人的关系", "Relation to the insured"), most=24,
                         missing=Words("还没有写与被保险人的关系", "The relation to the insured is missing"))
    kind = read.choice("authority", AUTHORITIES, missing=Words("还没有看证明授权或关系的材料", "The proof of authority or relation was not seen"))
    if not kind:
        return Authority(relation)
    if kind not in PROVES[capacity]:
        _proves_nothing(read, capacity, kind)
    read.ticked("authority_sighted", Words("还没有看过授权材料的原件", "The original proof of authority was not sighted"),
                why=Words("没有授权，不能替别人办，也不能听别人的保单。", "Without authority nobody may act for another or hear of their policy."))
    return _written(read, relation, kind, purpose=purpose) if kind in WRITTEN else Authority(relation, kind)


def _proves_nothing(read: Reader, capacity: str, kind: str) -> None:
    fitting = [AUTHORITIES[k] for k in AUTHORITIES if k in PROVES[capacity]]
    shown, who = AUTHORITIES[kind], CAPACITIES[capacity]
    read.fault(
        "authority", Words(f"{shown.zh}证明不了“{who.zh}”", f"“{who.en}” is not proved by the {shown.en}"),
        do=Words(f"请看其中一样：{'、'.join(f.zh for f in fitting)}。", f"Any one of these serves: {', '.join(f.en for f in fitting)}."),
    )


def _written(read: Reader, relation: str, kind: str, *, purpose: str) -> Authority:
    """Who gave the authority, for what and until when, as the letter says."""
    given_by = read.text("authority_by", Words("委托人", "Who gave the authority"), most=NAME_CHARACTERS_MAX,
                         missing=Words("还没有写是谁委托的", "Who gave the authority is missing"))
    scope = read.choice("authority_scope", SCOPES, missing=Words("还没有选委托办什么", "What the authority is for was not chosen"))
    valid_to = None if read.raw("authority_until_closed") else read.day(
        "authority_to", missing=Words("还没有写委托到哪一天", "The day until which the authority holds is missing"))
    if valid_to is not None and valid_to < read.today:
        read.fault("authority_to", Words(f"委托 {valid_to} 过期了", f"The authority ended on {valid_to}"),
                   do=Words("请委托人重新写一份；不便出门的，可用手机视频见证。", "Ask for a new letter; where going out is hard, it can be witnessed by video call."))
    if scope == "papers" and purpose == "new_loss":
        read.fault("authority_scope", Words("这份委托只够代交、代取材料，不能报案签申请", "This authority is only for papers; it does not cover reporting and signing a claim"),
                   do=Words("材料可以先收：来意改选“交材料”；或请委托人写明办理理赔。", "Papers can be taken: choose “Bring papers”; or ask for a letter that covers the claim."))
    return Authority(relation, kind, given_by, scope or "claim", valid_to)
