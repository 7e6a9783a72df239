"""Empties a database that holds the demonstration, and only such a one; the next start fills it anew."""

from __future__ import annotations

import os

import psycopg

from lipei.launch import marks
from lipei.launch.attached import TOLD
from lipei.launch.database import opened
from lipei.launch.running import Wish, only_run
from lipei.launch.trouble import Trouble
from lipei.terms.words import Words

EMPTY = """
    DROP SCHEMA public CASCADE;
    DROP SCHEMA launch CASCADE;
    CREATE SCHEMA public;
    GRANT USAGE ON SCHEMA public TO PUBLIC;
"""
NOT_A_DEMONSTRATION = Words(
    zh="这个数据库不是演示数据库，没有清空，什么也没有改。",
    en="This database does not hold the demonstration; it was not emptied and nothing was changed.",
)
FROM_WITHIN = Words(
    zh="理赔正在运行，不能在里面清空。请先结束它，再运行 lipei demo --reset。",
    en="Lipei is running; it cannot be emptied from within. End it first, then run `lipei demo --reset`.",
)


def empty() -> None:
    """Drop everything in a demonstration database. Raises `Trouble` (both languages) in any other, or while Lipei runs on it."""
    if TOLD in os.environ:
        raise Trouble(FROM_WITHIN)
    with only_run(Wish()), opened() as database:
        owner = database.addresses.owner
        kept = marks.read(owner)
        if kept.get(marks.KIND, marks.DEMO) != marks.DEMO:
            raise Trouble(NOT_A_DEMONSTRATION)
        if kept:
            with psycopg.connect(owner.url) as connection:
                connection.execute(EMPTY)
