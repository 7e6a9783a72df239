"""How our tests walk through the staff door: a colleague's browser, what a page says, how many statements it takes."""

from __future__ import annotations

import re
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lipei.filing.actor import Actor
from lipei.staff.models import User

STATEMENTS_MAX = 15
TAG = re.compile(r"<[^>]+>")


def browser_of(actor: Actor, *, language: str = "zh-hans") -> Client:
    """A browser in which this colleague is logged in and reads this language."""
    client = Client(raise_request_exception=True)
    user = User.objects.select_related("account").get(id=actor.user_id)
    client.force_login(user.account, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["lipei_language"] = language
    return client


def text_of(content: bytes) -> str:
    """What a reader reads: no tags, single spaces."""
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", content.decode(), flags=re.S)
    return " ".join(unescape(TAG.sub(" ", html)).split())


def read(client: Client, url: str, *, status: int = 200) -> str:
    """The page's words; it must take no more than `STATEMENTS_MAX` statements."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.status_code == status, f"{url}: {answer.status_code} {text_of(answer.content)[:400]}"
    told = "\n".join(q["sql"][:160] for q in queries.captured_queries)
    assert len(queries) <= STATEMENTS_MAX, f"{url} takes {len(queries)} statements:\n{told}"
    return text_of(answer.content)
