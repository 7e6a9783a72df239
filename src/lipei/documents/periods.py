"""How long a paper may be away before somebody must look for it, and how soon they must: the house's own periods, as data. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Period:
    """A period in calendar days, and what it is for."""

    id: str
    days: int
    name: Words


PERIODS: tuple[Period, ...] = (
    Period("out", 30, Words("送到外面（鉴定、司法、邮寄）的单证", "A paper sent out: to an expert, a court, by post")),
    Period("on_the_way", 5, Words("移交途中、还没有接收的单证", "A paper on its way to another house of ours, not yet accepted")),
    Period("sought", 2, Words("没有找到的单证，主管在此期限内答复", "A paper that was not found: the supervisor answers within this time")),
)
DAYS: dict[str, int] = {period.id: period.days for period in PERIODS}
