"""Commands about the people who work here: branches, colleagues, absences, partners. Each is an entry in an office file."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.events import Event
from lipei.filing.models import File
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found, refuse_if
from lipei.filing.running import running
from lipei.staff.models import Absence, Account, Branch, Interest, PartnerToken, Team, User
from lipei.staff.roles import BY_ID
from lipei.terms.money import AMOUNT_MAX, shown
from lipei.terms.words import Words

OFFICE_STAFF = "OFFICE-STAFF"
ABSENCE_DAYS_MAX = 400


@dataclass(frozen=True, kw_only=True)
class StaffChanged(Event):
    """Something about who works here was changed."""

    KIND: ClassVar[str] = "staff_changed"
    what: Words

    def sentence(self) -> Words:
        return self.what


def _office() -> File:
    file = File.objects.filter(number=OFFICE_STAFF).first()
    return file or File.objects.create(kind="office", number=OFFICE_STAFF, opened_at=running().at)


def _say(zh: str, en: str) -> None:
    record(StaffChanged(what=Words(zh, en)), file_id=_office().id)


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchData:
    """A branch as written down."""

    code: str
    name_zh: str
    name_en: str
    address_zh: str
    address_en: str
    phone: str


@command("staff.change")
def open_branch(data: BranchData, *, by: Actor, why: str = "", at: datetime = NOW) -> int:
    """A new branch; returns its id."""
    refuse_if(
        [Missing(Words(f"机构代码 {data.code} 已经有了", f"Branch code {data.code} exists already"), field="code")]
        if Branch.objects.filter(code=data.code).exists() else [],
        Words("还不能建立机构", "The branch cannot be opened yet"),
    )
    branch = Branch.objects.create(
        code=data.code, name_zh=data.name_zh, name_en=data.name_en, address_zh=data.address_zh, address_en=data.address_en,
        phone=data.phone,
    )
    Team.objects.create(branch=branch, name_zh=f"{data.name_zh}理赔组", name_en=f"{data.name_en} claims team")
    _say(f"设立{data.name_zh}", f"Opened {data.name_en}")
    return branch.pk


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueData:
    """A colleague as written down; `authority` in fen."""

    number: str
    name: str
    name_en: str
    branch_id: int
    roles: tuple[str, ...]
    authority: int = 0
    skills: tuple[str, ...] = ()
    extension: str = ""
    password: str | None = None
    email: str = ""


@command("staff.change")
def engage(data: ColleagueData, *, by: Actor, why: str = "", at: datetime = NOW) -> int:
    """A new colleague with a login; returns the user's id. The login is unusable until a password is set."""
    refuse_if(_faults(data), Words("还不能登记同事", "The colleague cannot be entered yet"))
    account = Account.objects.create_user(data.number, data.password, email=data.email)
    user = User.objects.create(
        account=account, number=data.number, name=data.name, name_en=data.name_en, branch_id=data.branch_id,
        team=Team.objects.filter(branch_id=data.branch_id).first(), roles=list(data.roles), skills=list(data.skills),
        authority=data.authority, extension=data.extension,
    )
    _say(f"{data.name}（{data.number}）入职，权限 {shown(data.authority)}", f"{data.name_en} ({data.number}) joined, authority {shown(data.authority)}")
    return user.pk


def _faults(data: ColleagueData) -> list[Missing]:
    faults = []
    if User.objects.filter(number=data.number).exists():
        faults.append(Missing(Words(f"工号 {data.number} 已经有人用", f"Staff number {data.number} is taken"), field="number"))
    faults += _role_faults(data.roles)
    if not 0 <= data.authority <= AMOUNT_MAX:
        faults.append(Missing(Words("权限金额不能是负数或过大", "The authority cannot be negative or that large"), field="authority"))
    return faults


def _role_faults(roles: tuple[str, ...]) -> list[Missing]:
    unknown = [r for r in roles if r not in BY_ID]
    if not roles:
        return [Missing(Words("还没有选岗位", "No role was chosen"), field="roles")]
    return [Missing(Words(f"没有岗位“{r}”", f"There is no role “{r}”"), field="roles") for r in unknown]


@command("staff.change")
def change_colleague(
    user_id: int, *, roles: tuple[str, ...], authority: int, is_working: bool, by: Actor, why: str = "", at: datetime = NOW
) -> None:
    """Roles, authority (fen) and whether they still work here; needs a reason. Nobody changes their own."""
    user = User.objects.select_for_update().select_related("account").filter(id=user_id).first()
    if user is None:
        raise not_found(Words("没有这位同事。", "There is no such colleague."))
    if user.pk == by.user_id:
        raise Refused("own_work", Words("自己的岗位和权限由别的管理员来改。", "Another administrator changes your own roles and authority."))
    faults = _role_faults(roles)
    if not why.strip():
        faults.append(Missing(Words("还没有写为什么改", "The reason for the change is missing"), field="why"))
    if not 0 <= authority <= AMOUNT_MAX:
        faults.append(Missing(Words("权限金额不能是负数或过大", "The authority cannot be negative or that large"), field="authority"))
    refuse_if(faults, Words("还不能保存这次修改", "This change cannot be saved yet"))
    user.roles, user.authority, user.is_working = list(roles), authority, is_working
    user.save(update_fields=["roles", "authority", "is_working"])
    Account.objects.filter(id=user.account_id).update(is_active=is_working)
    _say(f"修改{user.name}的岗位和权限：{shown(authority)}", f"Changed roles and authority of {user.name_en}: {shown(authority)}")


@command("staff.change")
def note_absence(user_id: int, *, from_date: date, to_date: date, reason: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """A colleague is away from–to (both included); nothing new is assigned to them then."""
    faults = []
    if to_date < from_date:
        faults.append(Missing(Words(f"{to_date} 早于 {from_date}", f"{to_date} is before {from_date}"), field="to_date"))
    elif (to_date - from_date).days > ABSENCE_DAYS_MAX:
        faults.append(Missing(Words("一次最长 400 天", "At most 400 days at once"), field="to_date"))
    if not reason.strip():
        faults.append(Missing(Words("还没有写事由", "The reason is missing"), field="reason"))
    refuse_if(faults, Words("还不能记下缺勤", "The absence cannot be saved yet"))
    user = User.objects.get(id=user_id)
    Absence.objects.create(user=user, from_date=from_date, to_date=to_date, reason=reason.strip())
    _say(f"{user.name} {from_date} 至 {to_date} 不在", f"{user.name_en} is away {from_date} to {to_date}")


@command("staff.change")
def declare_interest(user_id: int, *, identity_index: str, relation: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """A relation of a colleague to a person (by blind index): it excludes them from that person's claims."""
    user = User.objects.get(id=user_id)
    Interest.objects.create(user=user, identity_index=identity_index, relation=relation.strip())
    _say(f"{user.name}申报一项利害关系", f"{user.name_en} declared an interest")


@command("staff.change")
def admit_partner(partner: str, *, by: Actor, why: str = "", at: datetime = NOW) -> str:
    """A partner may use the machine door; returns the token, which is shown this once and kept only as a digest."""
    token = secrets.token_urlsafe(32)
    PartnerToken.objects.create(partner=partner, token_digest=digest_of(token), verbs=["api.report", "api.read", "api.document"])
    _say(f"合作方“{partner}”得到接口令牌", f"Partner “{partner}” received an API token")
    return token


def digest_of(token: str) -> str:
    """The digest by which a token is recognised."""
    return hashlib.sha256(token.encode()).hexdigest()
