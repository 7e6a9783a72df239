"""Every table, stage and role of the code stands in GLOSSARY.md with its Chinese and English word."""

from __future__ import annotations

import re

from django.apps import apps

from lipei.claimfile.stages import STAGES
from lipei.staff.roles import ROLES
from tests.house.sources import ROOT


def rows() -> dict[str, tuple[str, str]]:
    found = {}
    for line in (ROOT / "GLOSSARY.md").read_text().split("\n"):
        cells = [c.strip() for c in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0].startswith("`"):
            found[cells[0].strip("`")] = (cells[1], cells[2])
    return found


def test_every_table_is_in_the_glossary() -> None:
    known = rows()
    assert [m.__name__ for m in apps.get_app_config("lipei").get_models() if m.__name__ not in known] == []


def test_every_stage_and_role_is_in_the_glossary_with_the_same_words() -> None:
    known = rows()
    for stage in STAGES:
        assert known[stage.id][0].startswith(stage.name.zh), stage.id
        assert known[stage.id][1].startswith(stage.name.en), stage.id
    for role in ROLES:
        assert known[role.id][0] == role.name.zh, role.id


def test_every_row_has_both_languages() -> None:
    for word, (zh, en) in rows().items():
        assert re.search(r"[\u4e00-\u9fff]", zh), word
        assert re.search(r"[A-Za-z]", en), word
