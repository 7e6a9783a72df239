"""Example values of the reception's step of facts, to try the frame of a visit."""

from __future__ import annotations

from datetime import date
from typing import Any

from lipei.terms.words import Words
from tests.browser.gallery.claim import PURPOSES, at

STATIONS = [
    {"word": Words("迎接", "Welcome"), "url": "/reception/?at=1", "state": "done"}, {"word": Words("身份与授权", "Identity"), "url": "/reception/?at=2", "state": "done"},
    {"word": Words("倾听", "Listening"), "url": "/reception/?at=3", "state": "done"}, {"word": Words("出险事实", "Facts"), "state": "now"},
    *({"word": w} for w in (Words("当场核对", "Checking"), Words("初步看法", "First view"), Words("说明", "Explaining"), Words("收件", "Papers"), Words("送别", "Farewell"))),
]  # fmt: skip

RECEPTION: dict[str, Any] = {
    "stations": STATIONS, "ticket": "A017", "saved_at": at(11, 20, 10, 42), "lost_on": "2026-10-28", "lost_at": "06:20", "until": date(2026, 11, 24), "purposes": PURPOSES,
    "who": Words("沈怀瑾", "Shen Huaijin"),
    "say": {"words": Words("“周女士，您刚才讲的我都记下了。我再问您几件事，不着急；不清楚的可以说不清楚，我们来查。”", "“Ms Zhou, I have written down all you said. A few more questions, no hurry; if you are not sure, say so, and we will find out.”"), "situation": Words("陪同长辈来的客户", "someone who comes with an elder"), "manner": Words("看着客户说，不看着屏幕念。客户停下来时，等三秒再问下一件。", "Look at the customer, not at the screen. When they stop, wait three seconds.")},
    "social": [{"value": "yes", "label": Words("用了", "Used")}, {"value": "no", "label": Words("没有", "Not used")}, {"value": "none", "label": Words("没有社保", "Not insured")}],
    "slip": Words("这种情况一定赔", "this is sure to be paid"), "why": Words("“一定赔”是承诺，现在还没有核定", "“sure to be paid” is a promise; nothing is determined yet"), "better": Words("我们会在 30 日内核定，结果书面告诉您。", "We determine it within 30 days and write to you."),
    "note": Words("女儿很担心费用。已告诉她这种情况一定赔，让她先回去等消息。", "The daughter worries about the cost. Told her this is sure to be paid."),
    "missing": [{"label": Words("在哪里", "Where"), "url": "#where"}, {"label": Words("社保报销过吗", "Social insurance"), "url": "#social"}],
    "labels": {"where": Words("在哪里", "Where did it happen"), "where_ask": Words("“是在家里，还是在外面？”", "“Was it at home or outside?”"), "when": Words("什么时候出的事", "When did it happen"), "note": Words("柜台记录", "Note of the counter"), "social": Words("社保报销过吗", "Did social insurance pay"), "third": Words("有没有别人的责任", "Was somebody else to blame"), "back": Words("回到“倾听”", "Back to listening"), "send": Words("记好了，去核对", "Save, go to check"), "name": Words("周砚秋", "Zhou Yanqiu"), "visitor": Words("来客", "The visitor"), "phone": Words("电话", "phone number"), "title": Words("出险事实", "What happened"), "day_ask": Words("“是哪一天？”", "“On which day?”"), "hour": Words("大概几点", "About what time"), "placeholder": Words("小区、楼号或地点", "Street, house or place")},
    "day_error": Words("11 月只有 30 天，没有 2026-11-31", "November has 30 days; 2026-11-31 does not exist"),
}  # fmt: skip
