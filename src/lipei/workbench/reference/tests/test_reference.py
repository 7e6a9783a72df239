"""Reference data: read by those who watch, changed by the administrator alone, each change with its reason."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.urls import reverse

from lipei import products
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.filing.models import Entry
from lipei.filing.refusal import Refused
from lipei.settlement.commands import calculate_claim
from lipei.settlement.tests.steps import to_calculation
from lipei.staff.models import Absence, Branch, PartnerToken, User
from lipei.terms.money import shown
from lipei.workbench.claim.tests.walking import browser_of, read, text_of

pytestmark = pytest.mark.django_db
READ = ("reference", "reference_law", "reference_letters", "reference_people")
CHANGE = ("reference_engage", "reference_branch", "reference_partners")
NEW = {"number": "2003", "name": "简青梧", "name_en": "Jian Qingwu", "roles": ["handler"], "authority": "20,000", "extension": "2003",
       "password": "qing-wu-shan-2026"}


@pytest.fixture
def cast() -> Cast:
    return the_cast()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages(cast: Cast, language: str) -> None:
    browser = browser_of(cast.administrator, language=language)
    for name in (*READ, *CHANGE):
        read(browser, reverse(name))
    for name in ("reference_colleague", "reference_absence"):
        read(browser, reverse(name, args=("2001",)))
    page = read(browser, reverse("reference_product", args=("anxin_inpatient", "2026")))
    assert {"zh-hans": "分毫不差", "en": "agrees to the cent"}[language] in page


@pytest.mark.parametrize(("code", "edition"), [(e.document.product, e.document.edition) for e in products.editions()])
def test_every_edition_opens_with_its_clauses_and_its_cases_in_its_own_currency(cast: Cast, code: str, edition: str) -> None:
    found = products.named(code, edition=edition)
    page = read(browser_of(cast.auditor, language="en"), reverse("reference_product", args=(code, edition)))
    assert found.document.clauses[0].en in page
    assert all(shown(case.owed, found.document.currency) in page for case in found.document.cases)
    assert page.count("agrees to the cent") == len(found.document.cases)


def test_what_was_not_read_in_the_law_itself_is_flagged_with_its_source(cast: Cast) -> None:
    html = browser_of(cast.auditor).get(reverse("reference_law")).content.decode()
    page = text_of(html.encode())
    assert "《保险法》第二十三条第一款" in page
    assert page.count("待核对") > 10
    assert "C · 行业做法" in page


def test_a_supervisor_reads_but_changes_nothing(cast: Cast) -> None:
    browser = browser_of(cast.supervisor)
    for name in READ:
        assert browser.get(reverse(name)).status_code == 200
    assert "登记同事" not in read(browser, reverse("reference_people"))
    for name in CHANGE:
        assert browser.get(reverse(name)).status_code == 403
        assert browser.post(reverse(name), NEW).status_code == 403


def test_a_colleague_is_entered_with_roles_and_authority(cast: Cast) -> None:
    browser = browser_of(cast.administrator)
    answer = browser.post(reverse("reference_engage"), {**NEW, "branch_id": str(cast.branch.pk)}, follow=True)
    user = User.objects.get(number="2003")
    assert (user.roles, user.authority, user.account.check_password("qing-wu-shan-2026")) == (["handler"], 2_000_000, True)
    assert "简青梧" in text_of(answer.content)


def test_all_faults_of_a_new_colleague_are_told_at_once_and_nothing_is_lost(cast: Cast) -> None:
    typed = {"number": "", "name": "简青梧", "name_en": "", "branch_id": "", "authority": "20.005", "password": "1234567890"}
    answer = browser_of(cast.administrator).post(reverse("reference_engage"), typed)
    page = text_of(answer.content)
    assert answer.status_code == 422
    for words in ("还没有写工号", "还没有写拉丁字母姓名", "请选机构", "“20.005”的小数超过两位", "这个密码太容易猜"):
        assert words in page, words
    assert 'value="简青梧"' in answer.content.decode()
    assert "1234567890" not in answer.content.decode(), "a password is never sent back"


def test_roles_and_authority_change_with_a_reason_only(cast: Cast) -> None:
    browser, url = browser_of(cast.administrator), reverse("reference_colleague", args=("2001",))
    typed = {"roles": ["handler", "assessor"], "authority": "30000", "is_working": "yes"}
    refused = browser.post(url, {**typed, "why": ""})
    assert (refused.status_code, "还没有写为什么改" in text_of(refused.content)) == (422, True)
    browser.post(url, {**typed, "why": "兼任核损"})
    user = User.objects.get(number="2001")
    assert (user.roles, user.authority) == (["handler", "assessor"], 3_000_000)
    assert Entry.objects.filter(kind="staff_changed", why="兼任核损").count() == 1


def test_nobody_changes_their_own_authority(cast: Cast) -> None:
    url = reverse("reference_colleague", args=("9001",))
    answer = browser_of(cast.administrator).post(url, {"roles": ["administrator"], "authority": "1", "is_working": "yes", "why": "试试"})
    assert answer.status_code == 403
    assert User.objects.get(number="9001").authority == 0


def test_an_absence_that_ends_before_it_begins_or_on_31_february_is_told_kindly(cast: Cast) -> None:
    browser, url = browser_of(cast.administrator), reverse("reference_absence", args=("2001",))
    wrong = browser.post(url, {"from_date": "2026-12-10", "to_date": "2026-02-31", "reason": "休假"})
    assert (wrong.status_code, "没有“2026-02-31”这一天" in text_of(wrong.content)) == (422, True)
    back = browser.post(url, {"from_date": "2026-12-10", "to_date": "2026-12-01", "reason": "休假"})
    assert "2026-12-01 早于 2026-12-10" in text_of(back.content)
    browser.post(url, {"from_date": "2026-12-10", "to_date": "2026-12-11", "reason": "休假"})
    assert Absence.objects.get().user.number == "2001"


def test_a_branch_is_opened_once(cast: Cast) -> None:
    typed = {"code": "sw", "name_zh": "石湾支公司", "name_en": "Shiwan branch", "address_zh": "石湾市示例路 2 号", "address_en": "2 Example Road",
             "phone": "400-000-0000"}
    browser = browser_of(cast.administrator)
    browser.post(reverse("reference_branch"), typed)
    assert Branch.objects.get(code="SW").name_zh == "石湾支公司"
    again = browser.post(reverse("reference_branch"), typed)
    assert (again.status_code, "机构代码 SW 已经有了" in text_of(again.content)) == (422, True)


def test_a_partners_token_is_shown_once_and_kept_as_a_digest(cast: Cast) -> None:
    browser = browser_of(cast.administrator)
    page = browser.post(reverse("reference_partners"), {"partner": "镜湖市第一人民医院"}).content.decode()
    token = re.search(r"<code[^>]*>([\w-]{40,})</code>", page)
    assert token is not None
    again = browser.get(reverse("reference_partners")).content.decode()
    assert "镜湖市第一人民医院" in again
    assert token[1] not in again
    assert token[1] not in PartnerToken.objects.get().token_digest


def test_an_edition_whose_worked_case_fails_is_shown_as_not_fit_and_calculates_nothing(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = to_calculation(cast)
    for folder in ("anxin_inpatient", "anri_cash"):
        shutil.copytree(products.FOLDER / folder, tmp_path / folder)
    terms = tmp_path / "anxin_inpatient" / "2026.yaml"
    terms.write_text(terms.read_text().replace("150.00", "151.00", 1))
    (tmp_path / "anri_cash" / "2026.yaml").write_text("product: [")
    monkeypatch.setattr(products, "FOLDER", tmp_path)
    page = read(browser_of(cast.administrator), reverse("reference"))
    assert page.count("检查没有通过，不生效") == 2
    with pytest.raises(Refused) as refused:
        calculate_claim(number, by=cast.handler)
    assert "算例没有通过" in str([m.what.zh for m in refused.value.missing])
