"""Login with the organisation's own account, against a small provider that speaks OpenID Connect over HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from lipei.claimfile.tests.people import the_cast

pytestmark = pytest.mark.django_db


@dataclass(slots=True)
class Provider:
    """The organisation's login: where it is, and whom it says stands before it."""

    url: str
    person: dict[str, str]


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    told = Provider("", {})

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here = told.url
            self._say(told.person if self.path == "/userinfo" else {
                "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token", "userinfo_endpoint": f"{here}/userinfo",
            })

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self._say({"access_token": "one-time", "token_type": "Bearer", "expires_in": 60})

        def _say(self, value: object) -> None:
            body = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_port}"
    app = {"provider_id": "work", "name": "示例集团", "client_id": "lipei", "secret": "s", "settings": {"server_url": told.url}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield told
    server.shutdown()
    server.server_close()


def come_back(browser: Client) -> Any:
    """Press the button, be sent to the organisation's login, and come back with its code."""
    sent = browser.post(reverse("openid_connect_login", args=["work"]))
    assert sent.status_code == 302
    state = parse_qs(urlsplit(sent["Location"]).query)["state"][0]
    return browser.get(reverse("openid_connect_callback", args=["work"]), {"code": "c", "state": state}, follow=True)


def test_the_button_stands_on_the_login_page_only_where_it_is_set_up(provider: Provider, settings: Any) -> None:
    assert "用单位账号登录" in Client().get("/login").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "用单位账号登录" not in Client().get("/login").content.decode()


def test_a_colleague_comes_in_by_the_staff_number_the_organisation_names_and_again_the_next_day(provider: Provider) -> None:
    the_cast()
    provider.person = {"sub": "u-1", "preferred_username": "2001", "name": "沈怀瑾"}
    for _ in range(2):
        page = come_back(Client()).content.decode()
        assert "沈怀瑾" in page


@pytest.mark.parametrize("number", ["9999", "", "2001; DROP"])
def test_somebody_the_house_does_not_know_is_told_so_and_stays_outside(provider: Provider, number: str) -> None:
    the_cast()
    provider.person = {"sub": "u-2", "preferred_username": number}
    browser = Client()
    page = come_back(browser)
    assert page.status_code == 422
    assert "请管理员登记" in page.content.decode()
    assert browser.get("/work/").status_code == 302


def test_an_account_that_is_tied_to_one_colleague_does_not_open_another_s(provider: Provider) -> None:
    the_cast()
    provider.person = {"sub": "u-3", "preferred_username": "2001"}
    come_back(Client())
    provider.person = {"sub": "u-3", "preferred_username": "5001"}
    assert come_back(Client()).status_code == 422
