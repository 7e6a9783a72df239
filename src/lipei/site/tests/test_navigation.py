"""The bar over every page: what a colleague may open, and for who has many places the seldom ones behind “More”."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from lipei.claimfile.tests.people import the_cast
from lipei.workbench.claim.tests.walking import browser_of

pytestmark = pytest.mark.django_db


def bar(client: Client, path: str) -> str:
    html = client.get(path, {"language": "zh-hans"}, follow=True).content.decode()
    found = re.search(r'<nav class="lp-nav".*?</nav>', html, re.S)
    assert found is not None
    return found[0]


def test_a_supervisor_reaches_everything_and_the_seldom_places_fold() -> None:
    client = browser_of(the_cast().supervisor)
    shown = bar(client, "/work/")
    direct, folded = shown.split("<details", 1)
    assert direct.count("<a ") <= 7
    assert "看板" in direct
    assert re.findall(r'href="(/[a-z]+/)"', folded) == ["/papers/", "/coaching/", "/reference/"]
    assert "data-current" not in folded


def test_a_place_behind_more_says_where_one_is() -> None:
    shown = bar(browser_of(the_cast().supervisor), "/papers/")
    assert "更多 · 单证" in re.sub(r"\s+", " ", shown)
    assert shown.count('aria-current="page"') == 1


def test_who_has_few_places_sees_them_all() -> None:
    shown = bar(browser_of(the_cast().handler), "/work/")
    assert "<details" not in shown
    assert "/papers/" in shown
