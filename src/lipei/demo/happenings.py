"""What happens to invented people: illnesses and accidents in their own words, with what the bill of such a stay holds. Pure data."""

from __future__ import annotations

from typing import NamedTuple

from lipei.terms.words import Words


class Happening(NamedTuple):
    """An illness or accident: cause, words, where, what it is called, days in hospital from–to, dear lines of the bill in yuan from–to."""

    cause: str
    account: str
    place: str
    about: Words
    days: tuple[int, int]
    lines: tuple[tuple[str, str, int, int], ...]


_DRUGS = ("drug_west", "西药费", 1_200, 9_000)
_EXAM = ("exam", "检查费", 600, 4_200)
_LAB = ("lab", "化验费", 500, 2_400)
_TREAT = ("treatment", "治疗费", 700, 5_000)
_SURGERY = ("surgery", "手术费", 3_800, 13_000)
_IMPLANT = ("implant", "内固定材料", 6_000, 34_000)
_NURSING = ("nursing", "护理费", 260, 1_400)

HAPPENINGS: tuple[Happening, ...] = (
    Happening("accident", "早上起来上卫生间，地上有水，滑了一下，胯着地，站不起来。家里人叫的 120。", "家里卫生间", Words("卫生间摔伤骨折", "Fracture from a fall at home"), (9, 18), (_SURGERY, _IMPLANT, _DRUGS, _EXAM, _LAB, _NURSING)),
    Happening("accident", "下班骑电动车回家，拐弯让一个小孩，自己摔了，手撑在地上，当时就肿了。", "青石路口", Words("骑车摔伤手腕", "Wrist injury from a bicycle fall"), (4, 9), (_SURGERY, _IMPLANT, _DRUGS, _EXAM)),
    Happening("accident", "在厨房端汤，锅把松了，汤泼在腿上，冲了半小时冷水还是起泡。", "家里厨房", Words("热汤烫伤", "Scald in the kitchen"), (5, 12), (_DRUGS, _TREAT, _NURSING, _LAB)),
    Happening("accident", "周末打篮球落地没站稳，脚踝一响，就不能走了。", "小区球场", Words("打球扭伤韧带", "Ligament injury at basketball"), (5, 10), (_SURGERY, _DRUGS, _EXAM, _TREAT)),
    Happening("accident", "走人行道，被送货的三轮蹭了一下，头磕在路沿上，去医院观察了几天。", "柳岸街", Words("行走被撞，头部受伤", "Head injury as a pedestrian"), (4, 11), (_EXAM, _DRUGS, _LAB, _TREAT)),
    Happening("accident", "搬家抬柜子，腰一下直不起来，医生说是椎间盘压着了。", "家里", Words("搬重物伤腰", "Back injury when lifting"), (6, 13), (_TREAT, _DRUGS, _EXAM)),
    Happening("illness", "咳嗽发烧一个多星期，吃药不退，拍片说肺炎，让住院。", "家里", Words("肺炎住院", "Hospital stay for pneumonia"), (6, 12), (_DRUGS, _EXAM, _LAB, _TREAT)),
    Happening("illness", "半夜肚子疼得受不了，右下边，去急诊说是阑尾炎，当晚就做了手术。", "家里", Words("阑尾炎手术", "Appendicitis, operated"), (4, 8), (_SURGERY, _DRUGS, _LAB, _EXAM)),
    Happening("illness", "体检说胆结石，最近老是疼，就去把手术做了。", "家里", Words("胆囊结石手术", "Gallstones, operated"), (4, 9), (_SURGERY, _DRUGS, _EXAM, _LAB)),
    Happening("illness", "早上起来头晕，一边手没劲，家里人赶紧送医院，说是轻的脑梗。", "家里", Words("脑梗住院", "Hospital stay for a stroke"), (9, 16), (_DRUGS, _EXAM, _TREAT, _LAB, _NURSING)),
    Happening("illness", "胸口闷，走几步就喘，医生做了造影，放了一个支架。", "家里", Words("冠心病放支架", "Coronary stent"), (5, 9), (("implant", "冠脉支架", 9_000, 29_000), _SURGERY, _DRUGS, _EXAM)),
    Happening("illness", "孩子高烧三天不退，社区医院让转院，住了几天才好。", "家里", Words("高热住院", "Hospital stay for a high fever"), (3, 6), (_DRUGS, _LAB, _TREAT)),
    Happening("illness", "血糖一直高，人没力气，医生让住院调胰岛素。", "家里", Words("糖尿病住院调药", "Diabetes, medication adjusted"), (7, 12), (_DRUGS, _LAB, _EXAM)),
    Happening("illness", "眼睛看东西越来越糊，是白内障，一只一只做的手术。", "家里", Words("白内障手术", "Cataract surgery"), (2, 4), (("implant", "人工晶体", 1_800, 9_000), _SURGERY, _EXAM)),
)
CUTS: tuple[tuple[str, str, str], ...] = (
    ("duplicate", "同一天同一项目收了两次", "费用清单第 {page} 页"),
    ("not_necessary", "病历里没有这一项的医嘱", "费用清单第 {page} 页；医嘱单第 2 页"),
    ("more_days", "清单的天数多于住院天数", "费用清单第 {page} 页；出院小结第 1 页"),
    ("no_receipt", "票据上没有这笔钱", "费用清单第 {page} 页；票据第 1 页"),
    ("above_tariff", "高于物价部门公布的收费标准", "费用清单第 {page} 页"),
)
COMPLEX: tuple[str, ...] = (
    "材料多、涉及两家医院，需要逐项核对，已告知客户最长三十日。",
    "需要向医院病案室核实病程记录，已电话告知客户。",
    "费用较高且有植入材料，需要核对合格证和医院说明，已告知客户。",
)
WITHDRAWN: tuple[str, ...] = ("医院后来给报了，不想再办了。", "想等孩子出院以后一起办，先撤回来。", "别的保险已经全额报销，这边不用了。")
RETURNED: tuple[str, ...] = ("社保结算单上的金额请再核对一遍，写明页码。", "护理天数和出院小结差一天，请核对。")
