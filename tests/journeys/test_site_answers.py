"""The site itself, with web and worker as the launcher starts them, answers and shows the login page."""

from __future__ import annotations

from urllib.request import urlopen

from tests.conftest import Town


def test_the_login_page_shows_a_badge_for_each_role(town: Town) -> None:
    with urlopen(town.site.url + "/login", timeout=20) as answer:
        page = answer.read().decode()
    assert "沈怀瑾" in page
    assert "陆听澜" in page
    assert "理赔员" in page
