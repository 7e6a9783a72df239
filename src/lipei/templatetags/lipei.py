"""The template library `lipei`: words in the reader's language, money, dates, masks, and where bars stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import Any

from django import forms, template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from lipei.privacy import masking
from lipei.speech.rules import kinds_of
from lipei.speech.showing import Shelf, shelf_of
from lipei.templatetags import shapes
from lipei.terms import money as amounts
from lipei.terms.words import Language, Words

register = template.Library()

PLACE_CODES = {"zh": "zh-hans", "en": "en"}


def language() -> Language:
    """`zh` or `en`: the two languages of `Words`, from whatever code Django has active (`zh-hans`, `zh-cn`, `en-gb`)."""
    return "zh" if (get_language() or "zh").lower().startswith("zh") else "en"


# ---------- words ----------


@register.filter
def say(value: object) -> object:
    """`Words` in the reader's language; a mapping `{"zh", "en"}` as entries keep it, too; any other value as it is."""
    if isinstance(value, Words):
        return value.in_(language())
    if isinstance(value, dict) and set(value) == {"zh", "en"}:
        return value[language()]
    return value


FULL_WIDTH_ENDS = "。？！；，：、”）"


@register.filter
def lead(value: object) -> str:
    """The words and what parts them from a link that follows: a space, but none after full-width punctuation."""
    text = str(say(value) or "")
    return text if not text or text.endswith(tuple(FULL_WIDTH_ENDS)) else f"{text} "


@register.filter
def named(person: object) -> str:
    """The name of a colleague in the reader's language: `name` holds the Chinese one or `Words`, `name_en` the Latin one."""
    latin = shapes.part_of(person, "name_en", "")
    return str(latin if latin and language() == "en" else say(shapes.part_of(person, "name", "")))


@register.filter
def html_language(value: object) -> str:
    """The `lang` attribute of a language code: `zh-Hans` or `en`."""
    return "zh-Hans" if str(value).lower().startswith("zh") else "en"


@register.simple_tag
def speech_shelf(text: object, kind: str) -> Shelf:
    """The speech hints of a text that already stands in a form."""
    return shelf_of(str(say(text) or ""), kind=kinds_of(kind))


# ---------- money: whole fen in, text out ----------


@register.filter
def money(fen: int | None, currency: str = "CNY") -> str:
    """`¥1,234.50`."""
    return amounts.shown(fen, currency or "CNY") if isinstance(fen, int) else ""


@register.filter
def plain(fen: int | None) -> str:
    """`1,234.50`, a minus as U+2212."""
    return amounts.plain(fen) if isinstance(fen, int) else ""


@register.filter
def signed(fen: int | None) -> str:
    """`+1,650.00` or `−280.00`."""
    return ("+" if fen > 0 else "") + amounts.plain(fen) if isinstance(fen, int) else ""


@register.filter
def small_fen(text: str) -> SafeString:
    """An amount already written, its cents set smaller: `¥26,320<span class="fen">.33</span>`."""
    whole, point, cents = str(text).rpartition(".")
    return format_html('{}<span class="fen">{}{}</span>', whole, point, cents)


@register.filter
def money_html(fen: int | None, currency: str = "CNY") -> str:
    """`¥26,320.33` with small cents, for the one amount a page is about."""
    return small_fen(money(fen, currency)) if isinstance(fen, int) else ""


@register.filter
def in_capitals(fen: int | None) -> str:
    """大写: `人民币贰万陆仟叁佰贰拾元叁角叁分`."""
    return amounts.in_capitals(fen) if isinstance(fen, int) else ""


@register.filter
def ratio_percent(ratio: Sequence[int] | None) -> str:
    """`(4, 5)` → `80%`, `(1, 3)` → `33.33%`."""
    return shapes.share(ratio[0], ratio[1]) if ratio else ""


# ---------- dates ----------


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _day_of(value: date | datetime) -> date:
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local


def today(zone: tzinfo | None = None) -> date:
    """The local day of the reader's page."""
    return timezone.localdate(timezone=zone)


def _time_tag(value: date | datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', _local(value).isoformat(), words)


@register.filter
def day(value: date | datetime | None) -> str:
    """`2026-11-27`, followed by 今天 / today where it is today."""
    if not isinstance(value, date):
        return str(value or "")
    written = _day_of(value).isoformat()
    if _day_of(value) == today():
        return format_html("{}\N{NO-BREAK SPACE}{}", _time_tag(value, written), gettext("today"))
    return _time_tag(value, written)


@register.filter
def dated(value: date | datetime | None) -> str:
    """`2026-11-27` alone, where the sentence itself says that it is today."""
    return _time_tag(value, _day_of(value).isoformat()) if isinstance(value, date) else str(value or "")


@register.filter
def short_day(value: date | datetime | None) -> str:
    """For rows: 今天 / today, `11-27` in this year, `2025-11-27` in another."""
    return _time_tag(value, _short(value)) if isinstance(value, date) else str(value or "")


def _short(value: date | datetime) -> str:
    there = _day_of(value)
    if there == today():
        return gettext("today")
    return f"{there:%m-%d}" if there.year == today().year else there.isoformat()


@register.filter
def moment(value: datetime | None) -> str:
    """`11-26 15:12`, `今天 09:31` / `today 09:31`."""
    if not isinstance(value, datetime):
        return str(value or "")
    return _time_tag(value, f"{_short(value)} {_local(value):%H:%M}")


@register.filter
def full_moment(value: datetime | None) -> str:
    """`2026-11-27 09:31`, for records and footers."""
    return _time_tag(value, f"{_local(value):%Y-%m-%d %H:%M}") if isinstance(value, datetime) else str(value or "")


@register.filter
def clock_time(value: datetime | None) -> str:
    """`10:42:07`, for what was saved."""
    return _time_tag(value, f"{_local(value):%H:%M:%S}") if isinstance(value, datetime) else str(value or "")


WEEKDAYS = (
    Words("星期一", "Monday"), Words("星期二", "Tuesday"), Words("星期三", "Wednesday"), Words("星期四", "Thursday"),
    Words("星期五", "Friday"), Words("星期六", "Saturday"), Words("星期日", "Sunday"),
)  # fmt: skip


@register.filter
def weekday(value: date | datetime | None) -> str:
    """星期五 / Friday."""
    return WEEKDAYS[_day_of(value).weekday()].in_(language()) if isinstance(value, date) else ""


@register.filter
def weekday_short(value: date | datetime | None) -> str:
    """五 / Fr."""
    name = weekday(value)
    return name[-1:] if language() == "zh" else name[:2]


# ---------- personal values ----------


@register.filter
def mask_phone(value: str | None) -> str:
    """`199••••0042`."""
    return masking.mask_phone(value or "")


@register.filter
def mask_id(value: str | None) -> str:
    """`••••••••••••••2624`."""
    return masking.mask_number(value or "")


@register.filter
def mask_account(value: str | None) -> str:
    """`••••0042`, whatever the number's length."""
    return masking.DOT * 4 + (value or "")[-4:]


@register.filter
def mask_name(value: str | None) -> str:
    """`方••`."""
    return masking.mask_name(value or "")


@register.filter
def initial(value: object) -> str:
    """The first character of a name, for the square beside it."""
    return str(say(value) or "")[:1]


# ---------- attributes and fields ----------


@register.filter
def passed(attrs: Any) -> SafeString:
    """The attributes a component does not name itself, escaped, as they go into its tag."""
    return format_html_join(" ", "{}", ((_attribute(k, v),) for k, v in attrs.attrs_dict().items()))


def _attribute(name: str, value: object) -> SafeString:
    return format_html("{}", name) if value is True else format_html('{}="{}"', name, say(value))


@register.filter
def field_kind(bound: Any) -> str:
    """`text`, `date`, `select`, `textarea` … of a Django form field, as `c-field` names its kinds."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "")
    return "date" if isinstance(widget, forms.DateInput) else kind or ("textarea" if isinstance(widget, forms.Textarea) else "text")


@register.filter
def field_options(bound: Any) -> list[dict[str, object]]:
    """Choices of a Django form field as `[{value, label}]`."""
    return [{"value": value, "label": label} for value, label in getattr(bound.field, "choices", ())]


@register.filter
def at(rows: Sequence[Any] | None, index: int) -> Any:
    """The row at `index`; nothing where there is none."""
    return rows[index] if rows and 0 <= index < len(rows) else ""


@register.filter
def same(value: object, other: object) -> bool:
    """Whether two values read the same: `3` and `"3"` do."""
    return str(say(value)) == str(say(other))


# ---------- where bars stand ----------

register.filter("share", shapes.share)
register.filter("fallen", shapes.fall)


@register.filter
def percent_of(value: float) -> str:
    """`37` → `37%`, `12.5` → `12.5%`, kept between 0 and 100."""
    return shapes.percent(max(0, min(shapes.HUNDREDTHS, round((value or 0) * 100))))


@register.simple_tag
def kept(step: object, claimed: int) -> shapes.Kept:
    """What is left after a step of the ladder and what it took, as widths."""
    return shapes.kept(step, claimed)


@register.simple_tag
def due_bars(days: Sequence[object], look: str = "large") -> list[shapes.DueBar]:
    """Heights of the due chart: `large` on the board, `small` in the rail."""
    return shapes.due_bars(days, step=14, tallest=140) if look == "large" else shapes.due_bars(days, step=12, tallest=40)


@register.simple_tag
def authority(levels: Sequence[object], amount: int) -> shapes.Scale:
    """Levels of authority and the place of this amount."""
    return shapes.authority(levels, amount)


@register.simple_tag
def similar(decisions: Sequence[object], own: int, low: int, high: int) -> shapes.Strip:
    """The strip of similar decisions."""
    return shapes.similar(decisions, own=own, low=low, high=high)


@register.filter
def longest(rows: Sequence[object], name: str) -> int:
    """The greatest value of `name` among the rows; 0 when there are none."""
    return max((int(shapes.part_of(row, name, 0)) for row in rows), default=0)


@register.filter
def times(value: int, by: int) -> int:
    """Whole-number product, for pixel widths."""
    return int(value) * int(by)


@register.filter
def minus(value: int, by: int) -> int:
    """Whole-number difference."""
    return int(value) - int(by)


@register.filter
def over(value: int, by: int) -> int:
    """Whole-number quotient, nothing when there is nothing to divide by."""
    return int(value) // int(by) if by else 0


# ---------- addresses ----------


@register.simple_tag(takes_context=True)
def page_url(context: Context, code: str) -> str:
    """The address that shows this very page in language `code`: the language switch keeps the place."""
    request: Any = context.get("request")
    if request is None:
        return f"?language={PLACE_CODES.get(code, code)}"
    query = request.GET.copy()
    query["language"] = PLACE_CODES.get(code, code)
    return f"{request.path}?{query.urlencode()}"
