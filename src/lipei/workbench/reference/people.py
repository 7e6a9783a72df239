"""Administration of people: branches, colleagues with roles and authority, absences, partners of the machine door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lipei.filing.refusal import Missing, Refused, not_found, refuse_if
from lipei.staff.commands import (
    BranchData,
    ColleagueData,
    admit_partner,
    change_colleague,
    engage,
    note_absence,
    open_branch,
)
from lipei.staff.queries import ColleagueView, branches, colleagues, partners
from lipei.staff.roles import BY_ID, ROLES
from lipei.terms.money import AmountFault, amount_of, machine
from lipei.terms.words import Words
from lipei.workbench.arriving import actor_in, day_in, typed, whole
from lipei.workbench.claim.writing import faults_of
from lipei.workbench.refusing import STATUS, panel

TEXT_CHARACTERS_MAX = {"number": 20, "name": 60, "name_en": 80, "extension": 12, "code": 8, "name_zh": 60, "address_zh": 120,
                       "address_en": 160, "phone": 24, "partner": 80, "reason": 80}


@require_GET
def everybody(request: HttpRequest) -> HttpResponse:
    """Branches and colleagues: roles, authority, who is away."""
    context = {
        "branches": branches(), "people": [_shown(c) for c in colleagues(timezone.localdate())],
        "may_change": "staff.change" in actor_in(request).verbs,
    }
    return render(request, "workbench/reference/people.html", context)


def _shown(found: ColleagueView) -> dict[str, Any]:
    return {"who": found, "name": Words(found.name, found.name_en), "roles": [BY_ID[r].name for r in found.roles if r in BY_ID]}


def _found(number: str) -> ColleagueView:
    found = next(iter(colleagues(timezone.localdate(), number=number)), None)
    if found is None:
        raise not_found(Words(f"没有工号 {number}。", f"There is no staff number {number}."))
    return found


def _form(request: HttpRequest, template: str, context: dict[str, Any], *, refused: Refused | None = None, values: dict[str, Any] | None = None) -> HttpResponse:
    around = {"values": values or {}, "refused": panel(refused) if refused else None, "faults": faults_of(refused), "roles": ROLES}
    status = STATUS.get(refused.code, 422) if refused else 200
    return render(request, f"workbench/reference/{template}.html", {**around, **context}, status=status)


def _texts(request: HttpRequest, *names: str) -> dict[str, Any]:
    return {name: value.strip() for name, value in typed(request, *names).items()}


def _too_long(values: dict[str, Any]) -> list[Missing]:
    """Every text that is longer than its place, with both numbers."""
    return [
        Missing(Words(f"“{values[name][:12]}…”有 {len(values[name])} 个字，最多 {most} 个", f"“{values[name][:12]}…” has {len(values[name])} characters; the most is {most}"), field=name)
        for name, most in TEXT_CHARACTERS_MAX.items() if name in values and len(values[name]) > most
    ]


def _lacking(values: dict[str, Any], labels: dict[str, Words]) -> list[Missing]:
    return [Missing(Words(f"还没有写{label.zh}", f"Not written yet: {label.en}"), field=name) for name, label in labels.items() if not values[name]]


def _authority(text: str) -> tuple[int, list[Missing]]:
    """An authority as typed, in fen, and what is wrong with it; empty means none."""
    if not text:
        return 0, []
    try:
        return amount_of(text), []
    except AmountFault as fault:
        return 0, [Missing(fault.words, field="authority")]


def _password_faults(password: str) -> list[Missing]:
    if not password:
        return []
    try:
        validate_password(password)
    except ValidationError:
        return [Missing(Words("这个密码太容易猜", "This password is too easy to guess"),
                        do=Words("至少 10 个字，不能全是数字，也不能是常见的。", "At least 10 characters, not digits only, and not a common one."), field="password")]
    return []


def _try(step: Callable[[], Any], faults: list[Missing], what: Words) -> tuple[Any, Refused | None]:
    """Run a command unless the form itself is wrong; returns its result or the refusal."""
    try:
        refuse_if(faults, what)
        return step(), None
    except Refused as refused:
        return None, refused


@require_http_methods(["GET", "POST"])
def engage_one(request: HttpRequest) -> HttpResponse:
    """A new colleague with a login."""
    options = [{"value": b.id, "label": Words(b.name_zh, b.name_en)} for b in branches()]
    if request.method == "GET":
        return _form(request, "engage", {"branches": options})
    values = _texts(request, "number", "name", "name_en", "branch_id", "authority", "extension", "password")
    values["roles"] = request.POST.getlist("roles")[: len(ROLES)]
    labels = {"number": Words("工号", "staff number"), "name": Words("姓名", "name"), "name_en": Words("拉丁字母姓名", "name in Latin letters")}
    authority, wrong = _authority(values["authority"])
    branch_id = whole(values["branch_id"], most=10**9)
    faults = _lacking(values, labels) + _too_long(values) + wrong + _password_faults(values["password"])
    if branch_id not in {o["value"] for o in options}:
        faults.append(Missing(Words("请选机构", "Choose a branch"), field="branch_id"))
    data = ColleagueData(
        number=values["number"], name=values["name"], name_en=values["name_en"], branch_id=branch_id, roles=tuple(values["roles"]),
        authority=authority, extension=values["extension"], password=values["password"] or None,
    )
    _done, refused = _try(lambda: engage(data, by=actor_in(request)), faults, Words("还不能登记同事", "The colleague cannot be entered yet"))
    if refused:
        return _form(request, "engage", {"branches": options}, refused=refused, values=values)
    messages.success(request, _("%(name)s is entered and may log in.") % {"name": data.name})
    return redirect("reference_people")


@require_http_methods(["GET", "POST"])
def colleague(request: HttpRequest, number: str) -> HttpResponse:
    """Roles, authority and whether somebody still works here; with the reason."""
    found = _found(number)
    context = {"person": _shown(found)}
    if request.method == "GET":
        kept = {"roles": list(found.roles), "authority": machine(found.authority), "is_working": found.is_working}
        return _form(request, "colleague", context, values=kept)
    values = _texts(request, "authority", "why")
    values |= {"roles": request.POST.getlist("roles")[: len(ROLES)], "is_working": request.POST.get("is_working") == "yes"}
    authority, faults = _authority(values["authority"])
    _done, refused = _try(
        lambda: change_colleague(
            found.id, roles=tuple(values["roles"]), authority=authority, is_working=values["is_working"], why=values["why"], by=actor_in(request)
        ),
        faults, Words("还不能保存这次修改", "This change cannot be saved yet"),
    )
    if refused:
        return _form(request, "colleague", context, refused=refused, values=values)
    messages.success(request, _("Changed, with its reason."))
    return redirect("reference_people")


@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest, number: str) -> HttpResponse:
    """From when to when somebody is away: nothing new is assigned to them then."""
    found = _found(number)
    context = {"person": _shown(found)}
    if request.method == "GET":
        return _form(request, "absence", context)
    values = _texts(request, "from_date", "to_date", "reason")
    first, last = day_in(values["from_date"]), day_in(values["to_date"])
    faults = _too_long(values)
    for name, day in (("from_date", first), ("to_date", last)):
        if day is None:
            faults.append(Missing(Words(f"没有“{values[name][:20]}”这一天", f"There is no day “{values[name][:20]}”"),
                                  do=Words("请写成 2026-11-27。", "Write it as 2026-11-27."), field=name))

    def step() -> None:
        assert first is not None
        assert last is not None
        note_absence(found.id, from_date=first, to_date=last, reason=values["reason"], by=actor_in(request))

    _done, refused = _try(step, faults, Words("还不能记下缺勤", "The absence cannot be saved yet"))
    if refused:
        return _form(request, "absence", context, refused=refused, values=values)
    messages.success(request, _("The absence is written down."))
    return redirect("reference_people")


@require_http_methods(["GET", "POST"])
def branch(request: HttpRequest) -> HttpResponse:
    """A new branch."""
    if request.method == "GET":
        return _form(request, "branch", {})
    values = _texts(request, "code", "name_zh", "name_en", "address_zh", "address_en", "phone")
    labels = {
        "code": Words("机构代码", "code"), "name_zh": Words("中文名称", "Chinese name"), "name_en": Words("英文名称", "English name"),
        "address_zh": Words("中文地址", "Chinese address"), "address_en": Words("英文地址", "English address"), "phone": Words("电话", "phone"),
    }
    values["code"] = values["code"].upper()
    faults = _lacking(values, labels) + _too_long(values)
    if values["code"] and not (values["code"].isascii() and values["code"].isalnum()):
        faults.append(Missing(Words(f"代码“{values['code'][:12]}”只能用字母和数字", f"The code “{values['code'][:12]}” may hold letters and digits only"), field="code"))
    _done, refused = _try(lambda: open_branch(BranchData(**values), by=actor_in(request)), faults, Words("还不能建立机构", "The branch cannot be opened yet"))
    if refused:
        return _form(request, "branch", {}, refused=refused, values=values)
    messages.success(request, _("The branch is opened."))
    return redirect("reference_people")


@never_cache
@require_http_methods(["GET", "POST"])
def partners_page(request: HttpRequest) -> HttpResponse:
    """Partners of the machine door; a new token is shown this once and kept only as a digest."""
    if request.method == "GET":
        return _form(request, "partners", {"partners": partners()})
    values = _texts(request, "partner")
    faults = _lacking(values, {"partner": Words("合作方名称", "the partner's name")}) + _too_long(values)
    token, refused = _try(lambda: admit_partner(values["partner"], by=actor_in(request)), faults, Words("还不能发令牌", "The token cannot be given yet"))
    return _form(request, "partners", {"partners": partners(), "token": token, "partner": values["partner"]}, refused=refused, values=values if refused else {})
