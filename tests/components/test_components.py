"""Components as pages use them: escaped, without stray white space, and silent about what is absent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

import lipei
from lipei.terms.words import Words

ATTACK = '"><script>alert(1)</script>'


def drawn(source: str, **values: object) -> str:
    compiled = CottonCompiler().process("{% load i18n lipei %}" + source)
    with translation.override("en"):
        return engines["django"].from_string(compiled).render(values)


def test_an_inline_component_leaves_no_white_space_in_a_chinese_sentence() -> None:
    page = drawn('应付<c-money :amount="fen" />，<c-state kind="done" :word="w" />，<c-clock chip="剩 26 天" />。<c-custody number="017-04" />；', fen=1, w=Words("相符", "agrees"))
    assert "应付<span" in page
    assert re.search(r"</span>，<span.*</span>，<span.*</span>。<span.*</span>；$", page), page


@pytest.mark.parametrize(
    "source",
    [
        '<c-opens :url="x" :name="x">1</c-opens>', '<c-state :kind="x" :word="x" />', '<c-clause key="k" :ref="x" :title="x" :text="x" />', '<c-masked :value="x" :shown="x" :by="x" />',
        '<c-button :aria-label="x" :name="x">go</c-button>', '<c-field name="n" :label="x" :value="x" :error="x" />', '<c-quoted :text="x" :source="x" />', '<c-tile :url="x" :number="x" :unit="x" />',
        '<c-speech-hint :slip="x" :why="x" :better="x" field="f" />', '<c-data-table :caption="x" :columns="c" :rows="r" />',
    ],
)  # fmt: skip
def test_what_people_wrote_is_never_markup(source: str) -> None:
    page = drawn(source, x=ATTACK, c=[{"label": ATTACK}], r=[[ATTACK, {"text": ATTACK, "note": ATTACK}]])
    assert "<script" not in page


def test_what_is_absent_is_not_drawn() -> None:
    assert "lp-quote" not in drawn('<c-clause key="k" ref="Clause 1" />')
    assert "<form" not in drawn('<c-masked value="••••0042" last="0042" />')
    assert "<svg" not in drawn('<c-clock chip="26 days left" />')
    assert drawn('<c-data-table caption="x" :rows="r" />', r=[]).strip() == ""


def test_an_amount_of_nothing_is_still_an_amount() -> None:
    assert "¥0.00" in drawn('<c-opens url="/a" :amount="fen" />', fen=0)
    assert "lp-run" in drawn('<c-clock chip="30 days left" :used="n" />', n=0)


def test_a_field_ties_label_hint_and_error_together() -> None:
    page = drawn('<c-field name="amount" kind="amount" label="Claimed" value="12,3x" hint="in yuan" error="not an amount" />')
    assert '<label class="form-label" for="amount">' in page
    assert 'aria-describedby="amount-error amount-hint"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="amount-error">not an amount' in page
    assert 'value="12,3x"' in page, "what was typed is never lost"


def test_a_password_is_never_written_back() -> None:
    assert "secret" not in drawn('<c-field name="p" kind="password" label="Password" value="secret" />')


def test_a_component_sees_only_its_attributes() -> None:
    assert "elsewhere" not in drawn('<c-tile url="/a" number="1" unit="claims" />', note="elsewhere")


def test_no_template_carries_inline_style_or_script() -> None:
    for path in (Path(lipei.__file__).parent / "templates").rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", source), path


def test_every_component_says_what_it_takes() -> None:
    for path in sorted((Path(lipei.__file__).parent / "templates" / "cotton").glob("*.html")):
        assert re.match(r"(\{% load [\w ]+ %\})?\{% comment %\}\n\S", path.read_text(encoding="utf-8")), path.name
