"""What keyboard and pointer do: the list, the clause, the covered value, the hint, the lost connection."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser


def test_the_handler_walks_the_list_with_j_and_k_and_opens_with_enter(desk: Desk) -> None:
    page = desk.open("my-work")
    chosen = page.locator("[data-row].is-chosen .do")
    expect(chosen).to_have_text("写明 2 处核减的理由")
    page.keyboard.press("j")
    expect(chosen).to_have_text("回电：说明缺行驶证复印件")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(chosen).to_have_text("回电：说明缺行驶证复印件")
    expect(page.locator("[data-row][aria-current]")).to_have_count(1)
    for _ in range(40):
        page.keyboard.press("j")
    expect(chosen).to_have_text("补件通知 11-21 送达，12-01 电话问候")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claim/")


def test_keys_search_explain_themselves_and_leave_typing_alone(desk: Desk) -> None:
    page = desk.open("my-work")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("j/?")
    expect(page.locator("#find")).to_have_value("j/?")
    page.locator("#find").blur()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_n_opens_the_note_of_the_chosen_claim(desk: Desk) -> None:
    page = desk.open("my-work")
    with page.expect_navigation():
        page.keyboard.press("n")
    assert page.url.endswith("/note")


def test_a_clause_opens_beside_its_number_and_escape_returns_the_focus(desk: Desk) -> None:
    page = desk.open("decision")
    number = page.get_by_role("button", name="第 2.2 条第 1 项")
    number.focus()
    page.keyboard.press("Enter")
    clause = page.get_by_role("dialog", name="第 2.2 条第 1 项")
    expect(clause).to_contain_text("床位费每日以人民币 120 元为限。")
    under, beside = number.bounding_box(), clause.bounding_box()
    assert under
    assert beside
    assert abs(beside["x"] - under["x"]) < 20
    assert 0 <= beside["y"] - under["y"] < 80
    page.keyboard.press("Escape")
    expect(clause).to_be_hidden()
    expect(number).to_be_focused()


def test_a_revealed_value_covers_itself_after_thirty_seconds(desk: Desk) -> None:
    page = desk.context.new_page()
    page.clock.install()
    page.goto(desk.address)
    shown = page.locator("[data-masked]")
    expect(shown).to_contain_text("199 0000 0042")
    page.clock.fast_forward(29_000)
    expect(shown).to_contain_text("199 0000 0042")
    page.clock.fast_forward(2_000)
    expect(shown).to_have_text("199••••0042")
    assert "199 0000 0042" not in page.content()


def test_a_value_is_shown_only_after_a_purpose_is_chosen(desk: Desk) -> None:
    page = desk.open("claim")
    page.get_by_role("button", name="看电话").first.click()
    form = page.locator("form.lp-pop:popover-open")
    expect(form).to_contain_text("您为什么要看？")
    form.get_by_role("button").click()
    assert form.evaluate("form => form.checkValidity()") is False, "a purpose must be chosen"
    expect(form).to_be_visible()


def test_the_refused_panel_takes_the_focus_so_that_it_is_read(desk: Desk) -> None:
    page = desk.open("refused")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert").get_by_role("listitem")).to_have_count(4)


def test_a_better_sentence_is_taken_with_one_press(desk: Desk) -> None:
    page = desk.open("reception")
    page.get_by_role("button", name="换成这句").click()
    expect(page.locator("#note")).to_have_value("女儿很担心费用。已告诉她我们会在 30 日内核定，结果书面告诉您。，让她先回去等消息。")
    expect(page.locator(".lp-speech")).to_have_count(0)
    expect(page.locator("#note")).to_be_focused()


def test_the_filled_button_names_what_the_chosen_answer_will_do(desk: Desk) -> None:
    page = desk.open("decision")
    page.get_by_text("退回沈怀瑾", exact=True).first.click()
    expect(page.locator("[data-button-of]")).to_have_text("退回沈怀瑾")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-button-of]")).to_have_text("签名，写明不属于保障")


def test_a_lost_connection_is_said_and_what_was_typed_is_kept(desk: Desk) -> None:
    page = desk.open("reception")
    desk.context.set_offline(True)
    page.locator("#where").fill("家中卫生间")
    expect(page.locator("#offline")).to_contain_text("网络断了")
    page.wait_for_timeout(1000)
    desk.context.set_offline(False)
    page.reload()
    expect(page.locator("#where")).to_have_value("家中卫生间")
    desk.complaints[:] = [words for words in desk.complaints if not any(known in words for known in ("htmx:", "ERR_INTERNET", "/draft/"))]  # the example has no place for drafts


def test_what_a_form_took_along_does_not_come_back_as_a_draft(desk: Desk) -> None:
    page = desk.open("reception")
    page.locator("#where").fill("家中卫生间")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.goto(f"{desk.address}/reception/")
    expect(page.locator("#where")).to_have_value("")


def test_a_step_of_the_calculation_opens_without_any_script(desk: Desk) -> None:
    page = desk.open("calculation")
    step = page.locator("#step-2")
    assert step.get_attribute("open") is None
    step.locator("summary").click()
    expect(step).to_contain_text("特需病房、特需陪护的费用，不属于本合同保障范围。")
