"""What invented people are called and where they live: surnames, given names, towns, hospitals. Nobody here exists. Pure."""

from __future__ import annotations

import random
from datetime import date

from lipei.policies.commands import PersonData

SURNAMES = tuple("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文")
GIVEN_F = ("玉兰", "秀珍", "桂芳", "淑华", "雨桐", "思齐", "若兰", "静姝", "晓棠", "佩珊", "书瑶", "念安", "知夏", "清荷", "映雪", "云舒", "采薇", "怀瑜", "梓晴", "婉宁", "素心", "锦书", "月白", "令仪", "含章", "青禾", "望舒", "疏影", "南枝", "初见")
GIVEN_M = ("建国", "志远", "文博", "国栋", "浩然", "子轩", "明哲", "承泽", "景行", "怀远", "修齐", "德厚", "伯言", "星河", "牧之", "长风", "砚秋", "云起", "立言", "致远", "光启", "思源", "松年", "克勤", "守一", "若谷", "行舟", "定国", "正初", "亦凡")
HOSPITALS: dict[str, tuple[tuple[str, str], ...]] = {
    "JH": (("镜湖市第一人民医院", "tertiary"), ("镜湖市中医院", "secondary"), ("镜湖市滨湖区医院", "secondary"), ("镜湖市柳岸社区卫生服务中心", "primary")),
    "YL": (("云岭市中心医院", "tertiary"), ("云岭市第二人民医院", "secondary"), ("云岭市骨科医院", "secondary"), ("云岭市松风镇卫生院", "primary")),
    "SW": (("石湾市人民医院", "tertiary"), ("石湾市港区医院", "secondary"), ("石湾市妇幼保健院", "secondary"), ("石湾市渡口社区卫生服务中心", "primary")),
}
RELATIONS = ("parent", "spouse", "child")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
REGION = "000000"
"""The first six digits of an identity number name a region; this one does not exist."""


def identity_number(born_on: date, *, order: int) -> str:
    """An identity number with a right check digit, of a region that does not exist."""
    body = f"{REGION}{born_on:%Y%m%d}{order % 1000:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def person(draw: random.Random, *, born: tuple[int, int], relation: str = "self", surname: str = "") -> PersonData:
    """An invented person born between two years; the order number says the sex, as in real numbers."""
    sex = draw.choice("FM")
    name = (surname or draw.choice(SURNAMES)) + draw.choice(GIVEN_F if sex == "F" else GIVEN_M)
    born_on = date(draw.randint(*born), draw.randint(1, 12), draw.randint(1, 28))
    order = draw.randrange(0, 998, 2) + (1 if sex == "M" else 0)
    return PersonData(
        name=name, sex=sex, born_on=born_on, identity=identity_number(born_on, order=order), phone=f"1990000{draw.randrange(10_000):04d}",
        relation=relation, social_insurance=draw.random() < 0.93,
    )
