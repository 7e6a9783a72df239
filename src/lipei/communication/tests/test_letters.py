"""The letters as the customer holds them: what stands first, what is quoted, how long names and large amounts fare."""

from __future__ import annotations

import re
from typing import Any

import pytest

from lipei.communication.letters import schemas
from lipei.communication.letters.compose import compose, edition_of
from lipei.communication.letters.printing import faults_before_sending, printed
from lipei.communication.letters.schemas import KINDS
from lipei.communication.tests import letters_case as case
from lipei.communication.tests.letters_case import both
from lipei.communication.tests.letters_written import AT, a_letter
from lipei.communication.tests.reading import pages_of, text_of, tight


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_letter_may_go_and_names_its_person_number_and_code(kind: str, language: str) -> None:
    letter = a_letter(kind, language)
    assert faults_before_sending(letter) == ()
    text = text_of(printed(letter, at=AT))
    assert tight(letter.handler.name.in_(language)) in text
    assert letter.number in text
    if isinstance(letter, schemas.ComplaintReceipt):
        assert letter.owner.name.in_(language).replace(" ", "") in text
        assert "2026-12-12" in text
        assert "12378" in text
    else:
        assert letter.check.code in text or isinstance(letter, schemas.CalculationStatement)


@pytest.mark.parametrize("kind", KINDS)
def test_a_stored_letter_is_read_back_and_printed_as_the_same_bytes(kind: str) -> None:
    letter = a_letter(kind, "en")
    again = schemas.read(schemas.kept(letter))
    assert again == letter
    assert printed(again, at=AT).sha256 == printed(letter, at=AT).sha256


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_place_is_left_unfilled_and_no_mark_is_left_over(kind: str, language: str) -> None:
    text = text_of(printed(a_letter(kind, language), at=AT))
    assert not re.search(r"\{[a-z_]+\}|\*\*|None", text)


@pytest.mark.parametrize("kind", KINDS)
def test_an_english_letter_holds_no_chinese_but_the_seal_and_the_emblem(kind: str) -> None:
    text = text_of(
        printed(
            a_letter(kind, "en", asked_fact="Stay") if "asked_fact" in _fields(kind) else a_letter(kind, "en"), at=AT
        )
    )
    chinese = "".join(re.findall(r"[\u4e00-\u9fff]", text))
    assert set(chinese) <= set("理青禾示例保险股份有限公司理赔专用章")


def _fields(kind: str) -> set[str]:
    return set(type(a_letter(kind)).model_fields)


def test_the_customer_reads_the_amount_its_words_and_the_day_in_the_first_sentence() -> None:
    text = text_of(printed(a_letter("decision_pay"), at=AT))
    sentence = "我们决定付给您26,320.33元（人民币贰万陆仟叁佰贰拾元叁角叁分），最晚2026-12-07付到您在示例银行、尾号0042的账户。"
    assert text.index("方玉兰女士：") < text.index(sentence) < text.index("怎么得出这个数")


def test_the_english_letter_says_the_same_amount_in_words() -> None:
    text = text_of(printed(a_letter("decision_pay", "en"), at=AT))
    assert tight("¥26,320.33 (RMB twenty-six thousand three hundred and twenty yuan and thirty-three fen)") in text


def test_every_cut_shows_its_fact_its_clause_and_the_words_of_the_clause() -> None:
    letter = a_letter("decision_pay")
    assert isinstance(letter, schemas.DecisionPay)
    text = text_of(printed(letter, at=AT))
    for line in letter.lines:
        assert tight(line.fact.zh) in text
        assert all(
            tight(clause.label.zh) in text and tight(clause.text.zh) in text for clause in line.clauses if clause.text
        )


def test_the_three_ways_to_disagree_stand_in_each_decision_and_at_closing() -> None:
    for kind in ("decision_pay", "decision_part", "decision_refuse", "closing"):
        text = text_of(printed(a_letter(kind), at=AT))
        assert all(
            word in text for word in ("沈怀瑾，400-000-0000转4187", "15日内书面答复", "12378", "诉讼时效一般为两年")
        )


def test_a_contract_with_arbitration_and_life_insurance_says_so() -> None:
    remedies = {**case.REMEDIES, "forum": "arbitration", "limitation_years": 5}
    text = text_of(printed(a_letter("decision_pay", remedies=remedies), at=AT))
    assert "申请仲裁" in text
    assert "五年" in text
    assert "起诉" not in text


def test_a_refusal_names_the_law_the_facts_and_what_could_change_it() -> None:
    text = text_of(printed(a_letter("decision_refuse"), at=AT))
    for words in (
        "我们决定不付您这次申请的18,640.00元",
        "第二十四条",
        "血液酒精含量96毫克",
        "第8.1条第2项",
        "如果交警复核改变",
    ):
        assert words in text


def test_when_nothing_is_owed_the_letter_says_zero_and_no_account() -> None:
    zero = a_letter("decision_pay", owed=0, asked=140_000, lines=[case.LINES[4]], pay_by=None, account=None, changes=[])
    assert faults_before_sending(zero) == ()
    text = text_of(printed(zero, at=AT))
    assert "这次应付给您0.00元（人民币零元整）" in text
    assert "尾号" not in text


@pytest.mark.parametrize(
    ("fen", "shown", "words"),
    [
        (1, "0.01", "人民币壹分"),
        (9_999_999_999, "99,999,999.99", "人民币玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
@pytest.mark.parametrize("name", ["阿依古丽买买提江吾斯曼江", "司徒"])
def test_the_smallest_and_the_largest_amount_and_a_name_of_twelve_characters(
    fen: int, shown: str, words: str, name: str
) -> None:
    letter = a_letter("decision_pay", asked=fen, lines=[], owed=fen, to={"name": name, "title": both("先生", "Mr")})
    out = printed(letter, at=AT)
    text = text_of(out)
    assert f"{name}先生：" in text
    assert f"{shown}元（{words}）" in text
    assert out.pages == 1


def test_a_long_table_repeats_its_head_and_each_page_counts_itself() -> None:
    lines = [{**case.LINES[0], "amount": 1, "label": f"第{n}项"} for n in range(60)]
    out = printed(a_letter("decision_pay", lines=lines, owed=6_842_050 - 60), at=AT)
    pages = pages_of(out)
    with_rows = [page for page in pages if "减：第" in page]
    assert len(with_rows) >= 3
    assert all("为什么（事实和合同条款）" in page for page in with_rows)
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页，共{out.pages}页" in page
    assert all("通知书编号TZ-2026-004187-1" in page for page in pages)


def test_the_signature_never_stands_alone_on_a_page() -> None:
    for count in range(20, 44):
        lines = [{**case.LINES[3], "amount": 1, "label": f"第{n}项"} for n in range(count)]
        last = pages_of(printed(a_letter("decision_pay", lines=lines, owed=6_842_050 - count), at=AT))[-1]
        assert "诉讼时效" in last
        assert "决定人顾维桢" in last


def test_a_receipt_lists_each_paper_with_its_number_and_place() -> None:
    letter = a_letter("custody_receipt")
    assert isinstance(letter, schemas.CustodyReceipt)
    text = text_of(printed(letter, at=AT))
    for paper in letter.papers:
        assert paper.number in text
        assert tight(paper.place.zh) in text
    assert "2026-11-2010:58" in text


def test_a_supplement_notice_counts_one_paper_and_several() -> None:
    letter = a_letter("supplement_notice", "en")
    assert isinstance(letter, schemas.SupplementNotice)
    one = letter.model_copy(update={"papers": letter.papers[:1]})
    assert tight("We still need 2 papers for") in text_of(printed(letter, at=AT))
    assert tight("We still need 1 paper for") in text_of(printed(one, at=AT))


@pytest.mark.parametrize("ending", ["zero", "refused", "withdrawn", "cancelled"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_ending_has_its_own_sentence(ending: str, language: str) -> None:
    changes: dict[str, Any] = {
        "ending": ending,
        "payments": [],
        "reason": both("您来电要求。", "You asked us to by phone."),
    }
    letter = a_letter("closing", language, **changes)
    assert faults_before_sending(letter) == ()
    assert "2026-12-04" in compose(letter)["blocks"][2]["runs"][1]["t"] or ending == "zero"


def test_the_edition_of_the_texts_follows_the_day_on_the_letter() -> None:
    assert edition_of(a_letter("decision_pay")) == "2026-1"


def test_an_address_stands_under_the_name_above_the_salutation() -> None:
    to = {"name": both("方玉兰", "Fang Yulan"), "title": both("女士", "Ms"), "address": "镜湖市示例路 12 号\n000000"}
    text = text_of(printed(a_letter("decision_pay", to=to), at=AT))
    assert "方玉兰镜湖市示例路12号000000方玉兰女士：" in text


def test_words_without_a_full_stop_do_not_run_into_the_next_sentence() -> None:
    rule = both("法律规定的核定期限", "The time the law allows")
    assert "核定期限。收到的次日为第1日。" in text_of(printed(a_letter("acknowledgement", hear_rule=rule), at=AT))
    change = {
        **case.CHANGE,
        "what": both("医院写明没有同类", "The hospital says so"),
        "how": both("请交给我们", "Send it to us"),
    }
    text = text_of(printed(a_letter("decision_pay", "en", changes=[change]), at=AT))
    assert "Thehospitalsaysso.Sendittous.Onceitreachesus" in text
