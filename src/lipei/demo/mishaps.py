"""What happens to invented cars, homes, journeys and lives, in the words of those who come, with what is asked and what is claimed. Pure data."""

from __future__ import annotations

from dataclasses import dataclass

from lipei.demo.told import Found
from lipei.terms.words import Words

DAYS = {"xingan_motor": "accident_on", "lutong_compulsory": "accident_on", "anju_home": "happened_on", "yuanfan_travel": "travelled_on", "anshou_life": "died_on"}
"""By product the question for the day of the loss."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mishap:
    """One kind of loss: `asked` are the product's questions with the answers to draw from; lines are dear in yuan from–to.

    `found` is what the papers tell later; the paper is named as it is called at the counter.
    """

    product: str
    account: str
    place: str
    about: Words
    asked: tuple[tuple[str, tuple[str, ...]], ...]
    brings: tuple[str, ...]
    lines: tuple[tuple[str, str, int, int], ...] = ()
    found: tuple[Found, ...] = ()
    situation: str = "first_visit"


@dataclass(frozen=True, slots=True)
class Sayings:
    """What is said in the course of a claim of one product: why it is not simple, withdrawn, sent back or cut, and by which paper."""

    complex: str
    withdrawn: str
    returned: str
    bill: str = ""
    excluded: tuple[Found, ...] = ()


_COMPULSORY = Words("交强险应赔部分", "Part for compulsory cover")
_NO_TOTAL_LOSS = Found("total_loss", Words("全部损失", "A total loss"), "false", "否", "估损单")
_DAMAGE_LIMIT = Found("compulsory_part", _COMPULSORY, "2000.00", "¥2,000.00", "事故认定书")
_NONE_COMPULSORY = Found("compulsory_part", _COMPULSORY, "0.00", "¥0.00", "事故认定书")
_CAR = ("licences", "police_finding", "invoice")
_HOME = ("loss_list", "repair_invoice", "event_proof")
_VALUE = Words("房屋保险价值", "Value of the building")

MISHAPS: tuple[Mishap, ...] = (
    Mishap(
        product="xingan_motor", account="早高峰跟得近了点，前面一个急刹，我没刹住，撞上了。人都没事，我的前杠和大灯坏了，前车后备厢瘪了。", place="柳岸街与青石路口",
        about=Words("追尾，两车受损", "Rear-end collision, two cars damaged"), asked=(("fault", ("full",)),), brings=_CAR,
        lines=(("repair", "前保险杠更换", 1_600, 3_400), ("repair", "大灯总成", 1_900, 6_800), ("repair", "喷漆和工时", 900, 2_600), ("third_property", "前车后备厢修理", 2_400, 6_200)),
        found=(_NO_TOTAL_LOSS, _DAMAGE_LIMIT),
    ),
    Mishap(
        product="lutong_compulsory", account="右转弯没看见后面骑车的，把人带倒了，腿破了，我陪着去医院缝的针，车子也压弯了。", place="松风街邮局门口",
        about=Words("右转碰倒骑车人", "Cyclist knocked over on a right turn"), asked=(("at_fault", ("true",)),), brings=("identity", "police_finding", "medical_record", "estimate"),
        lines=(("treatment", "诊疗费", 1_200, 7_800), ("hospital_meals", "住院伙食补助", 200, 600), ("lost_income", "误工费", 900, 3_600), ("goods", "自行车修理", 200, 900)),
    ),
    Mishap(
        product="anju_home", account="半夜厨房里水管爆了，早上起来一屋子水，地板鼓了，柜子也泡了。物业来关的总阀。", place="云杉里 6 栋 402",
        about=Words("水管破裂，地板和柜子受损", "Burst pipe, floor and cupboards damaged"), asked=(("peril", ("pipe",)),), brings=_HOME,
        lines=(("decoration", "木地板更换", 4_200, 16_000), ("decoration", "墙面铲除重刷", 1_500, 5_200), ("contents", "橱柜", 1_800, 7_500), ("contents", "地毯", 300, 1_600)),
        found=(Found("building_value", _VALUE, "1200000.00", "¥1,200,000.00", "损失清单"),),
    ),
    Mishap(
        product="yuanfan_travel", account="晚上的航班先说流量控制，后来说机械故障，在机场等到后半夜才飞。", place="镜湖机场", about=Words("航班延误", "Flight delayed"),
        asked=(("delay_hours", ("5", "6", "9", "13")), ("baggage_hours", ("0",))), brings=("itinerary", "delay_proof"),
    ),
    Mishap(
        product="xingan_motor", account="并线的时候没看见旁边的车，两边蹭了一道。交警来看过，说一人一半。车门关不上，叫了拖车。", place="环湖大道出口匝道",
        about=Words("并线刮擦，车门受损", "Scrape when changing lanes, door damaged"), asked=(("fault", ("equal",)),), brings=_CAR,
        lines=(("repair", "左前门更换", 2_600, 5_800), ("repair", "钣金喷漆", 1_100, 2_900), ("rescue", "拖车费", 300, 700)), found=(_NO_TOTAL_LOSS, _NONE_COMPULSORY),
    ),
    Mishap(
        product="anshou_life", account="我爱人查出来以后治了大半年，上个月走了。家里的事一直是他在管，保险我也不太懂。", place="医院", about=Words("疾病身故", "Death from illness"),
        asked=(("cause", ("illness",)),), brings=("identity", "death_certificate", "relation"), situation="bereavement",
    ),
    Mishap(
        product="lutong_compulsory", account="倒车出库，蹭了停在旁边的车，对方车门有一道长口子。", place="渡口巷停车场", about=Words("倒车蹭到停着的车", "Parked car scraped when reversing"),
        asked=(("at_fault", ("true",)),), brings=("identity", "police_finding", "estimate"), lines=(("vehicle", "对方车门钣金喷漆", 700, 2_900),),
    ),
    Mishap(
        product="anju_home", account="锅烧干了，油烟机先着的，邻居帮着用灭火器扑的。厨房整个熏黑了，吊顶也掉了。", place="柳岸小区 11 栋 703",
        about=Words("厨房起火", "Kitchen fire"), asked=(("peril", ("fire",)),), brings=_HOME,
        lines=(("structure", "厨房墙体和吊顶修复", 6_500, 24_000), ("decoration", "橱柜和瓷砖更换", 4_800, 15_000), ("contents", "油烟机和灶具", 1_500, 5_600), ("rescue", "灭火器和清运", 200, 900)),
        found=(Found("building_value", _VALUE, "860000.00", "¥860,000.00", "损失清单"),),
    ),
    Mishap(
        product="xingan_motor", account="雨天路滑，拐弯撞到骑电动车的人，他锁骨骨折住了院。我这边前杠裂了。交警定的我主要责任。", place="青石路菜场路口",
        about=Words("雨天碰撞，骑车人受伤", "Collision in the rain, a rider injured"), asked=(("fault", ("main",)),), brings=(*_CAR, "medical_record"),
        lines=(("third_injury", "骑车人医疗和误工", 24_000, 62_000), ("repair", "前保险杠更换", 1_600, 3_400)),
        found=(_NO_TOTAL_LOSS, Found("compulsory_part", _COMPULSORY, "18000.00", "¥18,000.00", "事故认定书")),
    ),
    Mishap(
        product="yuanfan_travel", account="人到了，箱子没到，航空公司说装错了飞机，第二天下午才送来。", place="石湾机场", about=Words("行李晚到", "Baggage late"),
        asked=(("delay_hours", ("0",)), ("baggage_hours", ("7", "15", "26"))), brings=("itinerary", "delay_proof"),
    ),
    Mishap(
        product="anshou_life", account="我妈过马路让车撞了，送到医院没救过来。事情太突然了，我到现在还没缓过来。", place="环湖大道", about=Words("意外身故", "Death by accident"),
        asked=(("cause", ("accident",)),), brings=("identity", "death_certificate", "relation"), situation="bereavement",
    ),
    Mishap(
        product="anju_home", account="那场暴雨，雨水从阳台漫进来，客厅地板和沙发都泡了。", place="滨湖路 52 号 1 单元 101", about=Words("暴雨进水", "Water came in with the rainstorm"),
        asked=(("peril", ("storm",)),), brings=_HOME, lines=(("decoration", "客厅地板更换", 3_800, 12_000), ("contents", "沙发", 1_200, 4_800)),
        found=(Found("building_value", _VALUE, "950000.00", "¥950,000.00", "损失清单"),),
    ),
)
SAYINGS: dict[str, Sayings] = {
    "xingan_motor": Sayings(
        "涉及第三方，责任比例和交强险的部分要一起核对，已告知客户。", "对方保险已经全部赔了，这边不办了。", "交强险应赔的部分请再核对一遍，写明页码。", "估损单",
        (Found("unlawful_driving", Words("酒驾、毒驾、无证或逃逸", "Drink, drugs, no licence, or left the scene"), "true", "是", "事故认定书"),),
    ),
    "lutong_compulsory": Sayings(
        "伤者还在复查，费用要等齐，已告知客户。", "两边私下谈好了，不走保险了。", "误工费的天数和病历差一天，请核对。", "估损单",
        (Found("victim_on_purpose", Words("受害人故意造成", "Caused by the victim on purpose"), "true", "是", "事故认定书"),),
    ),
    "anju_home": Sayings(
        "损失项目多，要上门查看一次，已和客户约好。", "物业认了责任，全部由他们赔。", "房屋保险价值的依据请写明页码。", "损失清单",
        (Found("wear", Words("自然磨损或虫蛀", "Wear or vermin"), "true", "是", "损失清单"),),
    ),
    "yuanfan_travel": Sayings(
        "延误原因承运人两次说法不同，要去函核实，已告知客户。", "航空公司已经补偿了，不办了。", "延误小时数请对照延误证明再核一遍。",
        excluded=(Found("announced_before", Words("购票时已经公布", "Public when bought"), "true", "是", "延误证明"),),
    ),
    "anshou_life": Sayings("受益人有两位，要分别核对关系，已告知家属。", "家里人商量，等公证办好了再一起来办。", "关系证明请再核对一遍，写明依据。"),
}
CUTS: tuple[tuple[str, str], ...] = (
    ("duplicate", "同一项目列了两次"), ("arithmetic", "单价乘数量与小计不符"), ("above_market", "比对三家的报价，高出的部分不认可"),
)
