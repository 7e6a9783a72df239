"""The cast of our test stories: one insurer, two branches, a colleague in each role, a policy of the inpatient product.

Everything is made through the commands. Names and numbers are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lipei.filing.actor import Actor, system
from lipei.policies.commands import PersonData, PolicyData, take_over_policy
from lipei.policies.models import Policy
from lipei.staff.commands import BranchData, ColleagueData, engage, open_branch
from lipei.staff.models import Branch, User
from lipei.staff.queries import actor_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
YUAN = 100
# number, name, English name, role, authority in yuan
CAST = (
    ("1001", "陆听澜", "Lu Tinglan", "front_desk", 0),
    ("1002", "乔安然", "Qiao Anran", "front_desk", 0),
    ("2001", "沈怀瑾", "Shen Huaijin", "handler", 20_000),
    ("2002", "容若溪", "Rong Ruoxi", "handler", 20_000),
    ("3001", "韩松屿", "Han Songyu", "investigator", 0),
    ("4001", "温见素", "Wen Jiansu", "assessor", 0),
    ("5001", "顾维桢", "Gu Weizhen", "approver", 50_000),
    ("5002", "秦望川", "Qin Wangchuan", "approver", 200_000),
    ("6001", "高望舒", "Gao Wangshu", "finance_maker", 0),
    ("6002", "程以宁", "Cheng Yining", "finance_checker", 0),
    ("7001", "许念慈", "Xu Nianci", "supervisor", 0),
    ("8001", "霍明之", "Huo Mingzhi", "complaint_officer", 0),
    ("8002", "章砚农", "Zhang Yannong", "fraud_examiner", 0),
    ("8003", "梁守拙", "Liang Shouzhuo", "archivist", 0),
    ("8004", "邵清和", "Shao Qinghe", "auditor", 0),
    ("9001", "祝修远", "Zhu Xiuyuan", "administrator", 0),
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_number(born_on: date, *, order: int, region: str = "000000") -> str:
    """An identity number with a right check digit of a region that does not exist (invented on purpose)."""
    body = f"{region}{born_on:%Y%m%d}{order % 1000:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody by role, and a policy of Fang Yulan's, held by her daughter."""

    actors: dict[str, Actor]
    policy: Policy
    branch: Branch

    def __getattr__(self, role: str) -> Actor:
        actors: dict[str, Actor] = object.__getattribute__(self, "actors")
        if role in actors:
            return actors[role]
        raise AttributeError(role)


def engage_cast(*, at: datetime | None = None) -> dict[str, Actor]:
    """Both branches and all colleagues; returns the actors by role (a second colleague of a role as `role_2`)."""
    when = {"at": at} if at else {}
    for code, zh, en in (("JH", "镜湖支公司", "Jinghu branch"), ("YL", "云岭支公司", "Yunling branch")):
        open_branch(
            BranchData(code=code, name_zh=zh, name_en=en, address_zh=f"{zh[:2]}市示例路 1 号", address_en="1 Example Road",
                       phone="400-000-0000"),
            by=system(), **when,
        )
    branch = Branch.objects.get(code="JH")
    actors: dict[str, Actor] = {}
    for number, name, name_en, role, yuan in CAST:
        user_id = engage(
            ColleagueData(number=number, name=name, name_en=name_en, branch_id=branch.pk, roles=(role,), authority=yuan * YUAN,
                          extension=number),
            by=system(), **when,
        )
        key = role if role not in actors else f"{role}_2"
        actors[key] = actor_of(User.objects.get(id=user_id))
    return actors


def fang_policy(*, year: int, number: str = "QH-2026-M-0071-4420") -> Policy:
    """安心住院医疗保险 for 方玉兰 (71), held by her daughter 周砚秋, in force for a calendar year."""
    mother = date(year - 71, 3, 8)
    daughter = date(year - 43, 9, 21)
    policy_id = take_over_policy(
        PolicyData(
            number=number, product_code="anxin_inpatient", branch_code="JH", from_date=date(year, 1, 1), to_date=date(year, 12, 31),
            holder=PersonData(name="周砚秋", sex="F", born_on=daughter, identity=identity_number(daughter, order=262), phone="19900000042"),
            insured=(
                PersonData(name="方玉兰", sex="F", born_on=mother, identity=identity_number(mother, order=284), phone="19900000176",
                           relation="parent"),
            ),
            premium_paid_to=date(year, 12, 31), first_from_date=date(year, 1, 1), explained_on=date(year - 1, 12, 28),
            explained_to="周砚秋",
        ),
        by=system(),
    )
    return Policy.objects.get(id=policy_id)


def the_cast(*, today: date | None = None) -> Cast:
    """Branches, colleagues and Fang Yulan's policy, ready for a story."""
    actors = engage_cast()
    day = today or (datetime.now(SHANGHAI).date() - timedelta(days=0))
    return Cast(actors, fang_policy(year=day.year), Branch.objects.get(code="JH"))
