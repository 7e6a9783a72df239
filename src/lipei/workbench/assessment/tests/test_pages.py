"""The page of the assessment: amounts are read as people write them, typed words stay, one press completes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lipei.assessment.models import AllowedItem
from lipei.claimfile.models import LossItem
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.documents.tests.stories import a_claim, claim
from lipei.workbench.documents.tests.test_pages import browser, page

pytestmark = pytest.mark.django_db
STATEMENTS_MAX = 15


@pytest.fixture
def cast() -> Cast:
    return the_cast()


@pytest.fixture
def number(cast: Cast) -> str:
    return a_claim(cast, at="assessing")


def form(number: str, **said: str) -> dict[str, str]:
    """The form as sent: `bed="1,820.00"`, `bed_code="more_days"` …; untouched facts carry the item's own source."""
    fields: dict[str, str] = {}
    for item in LossItem.objects.filter(claim__number=number):
        for part in ("allowed", "code", "reason", "fact"):
            default = item.source if part == "fact" else ""
            fields[f"{part}-{item.pk}"] = said.get(item.category if part == "allowed" else f"{item.category}_{part}", default)
    return fields


def test_the_page_is_named_by_the_line_and_shows_asked_and_source(cast: Cast, number: str) -> None:
    zh = page(browser(cast.assessor), f"/claims/{number}/assessment/")
    assert all(words in zh for words in ("费用审核", "人工股骨头", "28,500.00", "费用清单第 17 页", "完成审核，送去计算"))
    en = page(browser(cast.assessor), f"/claims/{number}/assessment/", "en")
    assert all(words in en for words in ("Bill review", "Implants", "Allow the rest"))


def test_a_cut_without_reason_and_page_is_refused_with_everything_typed_kept(cast: Cast, number: str) -> None:
    answer = browser(cast.assessor).post(
        f"/claims/{number}/assessment/", {**form(number, bed="1,820.00", bed_reason="住院十三日", bed_fact="清单", surgery="-1", implant="三万"), "action": "save"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert all(words in text for words in ("“三万”不是金额", 'value="1,820.00"', "住院十三日", 'value="三万"'))
    assert not AllowedItem.objects.exists()
    second = browser(cast.assessor).post(
        f"/claims/{number}/assessment/", {**form(number, bed="1,820.00", bed_reason="住院十三日", bed_fact="清单", surgery="-1"), "action": "save"}
    ).content.decode()
    assert all(words in second for words in ("没有选理由", "没有写凭哪份单证第几页", "不能小于零"))


def test_the_assessor_cuts_allows_the_rest_and_completes(cast: Cast, number: str) -> None:
    client = browser(cast.assessor)
    said = form(number, bed="¥1,820", bed_code="more_days", bed_reason="住院 13 日，按 13 日计", bed_fact="费用清单第 3 页")
    client.post(f"/claims/{number}/assessment/", {**said, "action": "save"})
    assert AllowedItem.objects.count() == 1
    early = client.post(f"/claims/{number}/assessment/", {**said, "action": "complete"})
    assert early.status_code == 422
    assert "第 2 项西药费 ¥12,460.30 还没有审核" in early.content.decode()
    client.post(f"/claims/{number}/assessment/", {**said, "action": "rest"})
    assert sum(AllowedItem.objects.values_list("allowed", flat=True)) == 5_258_030
    client.post(f"/claims/{number}/assessment/", {**said, "action": "complete"})
    assert claim(number).stage == "calculating"


def test_sums_are_told_while_typing_and_what_was_typed_waits_for_the_assessor(cast: Cast, number: str) -> None:
    client = browser(cast.assessor)
    told = client.post(f"/claims/{number}/assessment/sums/", form(number, bed="1820", bed_reason="十三日", surgery="x"))
    text = told.content.decode()
    assert all(words in text for words in ("1,820.00", "−140.00", "3 项", "已保存"))
    assert not AllowedItem.objects.exists()
    back = page(client, f"/claims/{number}/assessment/")
    assert 'value="1820"' in back
    assert "十三日" in back
    assert 'value="1820"' not in page(browser(cast.handler), f"/claims/{number}/assessment/")


def test_others_read_and_nobody_types_before_the_papers_are_there(cast: Cast, number: str) -> None:
    read_only = page(browser(cast.handler), f"/claims/{number}/assessment/")
    assert 'name="allowed-' not in read_only
    assert browser(cast.handler).post(f"/claims/{number}/assessment/", {**form(number, bed="1"), "action": "save"}).status_code == 403
    early = page(browser(cast.assessor), f"/claims/{a_claim(cast)}/assessment/")
    assert "收集单证" in early


def test_the_page_asks_the_database_little(cast: Cast, number: str) -> None:
    client = browser(cast.assessor)
    client.get(f"/claims/{number}/assessment/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/claims/{number}/assessment/")
    assert len(asked) <= STATEMENTS_MAX, [q["sql"][:90] for q in asked]
