"""The invented insurer's people: three branches and twenty-five colleagues in all roles, with the authority each has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lipei.filing.actor import Actor, system
from lipei.staff.commands import BranchData, ColleagueData, engage, open_branch
from lipei.staff.models import Branch, User
from lipei.staff.queries import actor_of

YUAN = 100

BRANCHES: tuple[BranchData, ...] = (
    BranchData(code="JH", name_zh="镜湖支公司", name_en="Jinghu branch", address_zh="镜湖市示例路 1 号", address_en="1 Shili Road, Jinghu", phone="400-000-0001"),
    BranchData(code="YL", name_zh="云岭支公司", name_en="Yunling branch", address_zh="云岭市松风街 18 号", address_en="18 Songfeng Street, Yunling", phone="400-000-0002"),
    BranchData(code="SW", name_zh="石湾支公司", name_en="Shiwan branch", address_zh="石湾市渡口巷 7 号", address_en="7 Dukou Lane, Shiwan", phone="400-000-0003"),
)

# number, name, English name, role, branch, authority in yuan
COLLEAGUES: tuple[tuple[str, str, str, str, str, int], ...] = (
    ("1001", "陆听澜", "Lu Tinglan", "front_desk", "JH", 0),
    ("1002", "乔安然", "Qiao Anran", "front_desk", "JH", 0),
    ("1003", "白露桐", "Bai Lutong", "front_desk", "YL", 0),
    ("1004", "池晚舟", "Chi Wanzhou", "front_desk", "SW", 0),
    ("2001", "沈怀瑾", "Shen Huaijin", "handler", "JH", 20_000),
    ("2002", "容若溪", "Rong Ruoxi", "handler", "JH", 20_000),
    ("2003", "简青梧", "Jian Qingwu", "handler", "JH", 20_000),
    ("2004", "喻知白", "Yu Zhibai", "handler", "YL", 20_000),
    ("2005", "罗敷远", "Luo Fuyuan", "handler", "YL", 20_000),
    ("2006", "钟离雪", "Zhongli Xue", "handler", "SW", 20_000),
    ("3001", "韩松屿", "Han Songyu", "investigator", "JH", 0),
    ("4001", "温见素", "Wen Jiansu", "assessor", "JH", 0),
    ("4002", "易清川", "Yi Qingchuan", "assessor", "YL", 0),
    ("4003", "纪南乔", "Ji Nanqiao", "assessor", "SW", 0),
    ("5001", "顾维桢", "Gu Weizhen", "approver", "JH", 50_000),
    ("5002", "秦望川", "Qin Wangchuan", "approver", "JH", 500_000),
    ("6001", "高望舒", "Gao Wangshu", "finance_maker", "JH", 0),
    ("6002", "程以宁", "Cheng Yining", "finance_checker", "JH", 0),
    ("7001", "许念慈", "Xu Nianci", "supervisor", "JH", 0),
    ("7002", "卫长庚", "Wei Changgeng", "supervisor", "YL", 0),
    ("8001", "霍明之", "Huo Mingzhi", "complaint_officer", "JH", 0),
    ("8002", "章砚农", "Zhang Yannong", "fraud_examiner", "JH", 0),
    ("8003", "梁守拙", "Liang Shouzhuo", "archivist", "JH", 0),
    ("8004", "邵清和", "Shao Qinghe", "auditor", "JH", 0),
    ("9001", "祝修远", "Zhu Xiuyuan", "administrator", "JH", 0),
)


@dataclass(frozen=True, slots=True)
class Crew:
    """Who works on one claim: an actor for each duty."""

    front_desk: Actor
    handler: Actor
    assessor: Actor
    approver: Actor
    senior_approver: Actor
    finance_maker: Actor
    finance_checker: Actor
    archivist: Actor

    def approver_for(self, amount: int) -> Actor:
        """The approver with the lowest authority that covers `amount` (fen)."""
        return self.approver if amount <= self.approver.authority else self.senior_approver


def engage_everybody(*, at: datetime) -> None:
    """Open the branches and engage the colleagues, those that are not there yet."""
    for branch in BRANCHES:
        if not Branch.objects.filter(code=branch.code).exists():
            open_branch(branch, by=system(), at=at)
    ids = dict(Branch.objects.values_list("code", "id"))
    there = set(User.objects.values_list("number", flat=True))
    for number, name, name_en, role, branch_code, yuan in COLLEAGUES:
        if number not in there:
            data = ColleagueData(number=number, name=name, name_en=name_en, branch_id=ids[branch_code], roles=(role,), authority=yuan * YUAN, extension=number)
            engage(data, by=system(), at=at)


def actors() -> dict[str, Actor]:
    """Every colleague as an actor, by staff number."""
    return {user.number: actor_of(user) for user in User.objects.filter(number__in=[c[0] for c in COLLEAGUES])}


def crew_for(branch: str, *, turn: int, everybody: dict[str, Actor]) -> Crew:
    """The crew of a branch's claim; where several hold a duty, `turn` says whose it is."""

    def one(role: str, *, at_branch: str = branch) -> Actor:
        able = [c[0] for c in COLLEAGUES if c[3] == role and c[4] == at_branch]
        return everybody[able[turn % len(able)]]

    return Crew(
        front_desk=one("front_desk"), handler=one("handler"), assessor=one("assessor"), approver=everybody["5001"], senior_approver=everybody["5002"],
        finance_maker=everybody["6001"], finance_checker=everybody["6002"], archivist=everybody["8003"],
    )
